"""Every data file: where it comes from and what it must hold."""

from __future__ import annotations

from shared.datasets.data_file import DataFile
from shared.datasets.signal_files import SIGNALS
from shared.datasets.text_files import TEXTS

FILES: dict[str, DataFile] = {**TEXTS, **SIGNALS}
"""Path in the data folder -> file, of all data sets."""

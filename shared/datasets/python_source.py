"""The running Python's own standard library, as a text of source code.

Which text it is depends on the Python that runs, so its version and the
text's sha256 belong to a result.
"""

import hashlib
import os
import platform
import sysconfig
from pathlib import Path

from shared.errors import DataError

LEFT_OUT = {
    *("test", "tests", "idle_test"),
    *("site-packages", "dist-packages"),
    # Tables and pages of help that were written by programs.
    *("encodings", "pydoc_data"),
}
"""Folders whose files are no part of the text."""

MADE = ("_sysconfigdata", "sitecustomize", "usercustomize")
"""How files begin that a machine's installation brings."""


def version() -> str:
    return platform.python_version()


def load(characters: int = 0) -> tuple[str, dict[str, str]]:
    """Whole files up to `characters` in total (0: all), and the text's sha256.

    Files are sorted by the sha256 of their names, which mixes packages; a file
    that does not fit in what is left is skipped.
    """
    folder = Path(sysconfig.get_path("stdlib"))
    texts = []
    left = float(characters or "inf")
    for path in sources(folder):
        # In ASCII, and without carriage returns, a byte is a character.
        content = path.read_bytes().replace(b"\r\n", b"\n")
        if content.isascii() and len(content) <= left:
            texts.append(content.decode("ascii"))
            left -= len(content)
    text = "".join(texts)
    if not text:
        raise DataError(
            f"{folder} holds no source of {characters or 'some'} characters "
            "that could be read; --characters 0 reads all"
        )
    sums = hashlib.sha256(text.encode()).hexdigest()
    return text, {f"standard library of Python {version()}": sums}


def sources(folder: Path) -> list[Path]:
    names = []
    for place, folders, files in os.walk(folder):
        # What is left out may be large: it is not opened.
        folders[:] = [name for name in folders if name not in LEFT_OUT]
        names += [
            (Path(place) / file).relative_to(folder)
            for file in files
            if file.endswith(".py") and not file.startswith(MADE)
        ]
    return [folder / name for name in sorted(names, key=_place)]


def _place(name: Path) -> str:
    return hashlib.sha256(name.as_posix().encode()).hexdigest()

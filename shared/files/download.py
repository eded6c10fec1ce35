"""One file from its address to a folder, or a reason in one line."""

import sys
import tempfile
from pathlib import Path

from shared.errors import DataError
from shared.files.registry import DataFile

TIMEOUT = 30.0
"""Seconds without a byte after which a download is given up."""

PREFIX = 12
"""Digits of a checksum that a message shows."""


def download(file: DataFile, path: Path, label: str, ways_out: str) -> None:
    """Download a file; pooch verifies its hash.

    label: of a progress bar on standard error, or of a line where that is no
        terminal, "" for none; ways_out: what the user can do instead, the end
        of the DataError.
    """
    import pooch
    from requests.exceptions import RequestException
    from tqdm import tqdm

    pooch.get_logger().setLevel("ERROR")
    # Pooch sets the total, but asks before whether the bar is true.
    options = {"total": 1, "unit": "B", "unit_scale": True, "leave": False}
    terminal = sys.stderr is not None and sys.stderr.isatty()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path.parent):
            pass  # nothing is shown of a folder that cannot be written
        if label and sys.stderr and not terminal:
            print(label, file=sys.stderr, flush=True)
        hidden = not (label and terminal)
        with tqdm(desc=label, disable=hidden, **options) as bar:
            pooch.retrieve(
                file.url,
                known_hash=f"{file.algorithm}:{file.digest}",
                fname=path.name,
                path=path.parent,
                downloader=pooch.HTTPDownloader(bar, timeout=TIMEOUT),
            )
    except RequestException as error:
        if error.response is not None:
            error.response.close()
        reason = f"{file.url} cannot be reached ({type(error).__name__})"
        raise DataError(f"{reason}; {ways_out}") from error
    except ValueError as error:
        raise DataError(
            f"{file.url} did not send the file of {file.algorithm} "
            f"{file.digest[:PREFIX]}...; {ways_out}"
        ) from error
    except OSError as error:
        raise DataError(
            f"{path.name} cannot be written to {path.parent} ({error.strerror})"
        ) from error

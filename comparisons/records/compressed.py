"""Records compressed by gzip, as docs/ has the large ones."""

import fcntl
import gzip
import os
import shutil
from io import BytesIO
from pathlib import Path

from comparisons.records.files import COMPRESSED, RECORDS, records_file
from comparisons.records.lines import content_of


def compressed(content: bytes) -> bytes:
    """The same bytes for the same content, whenever it is compressed."""
    found = BytesIO()
    with gzip.GzipFile("", "wb", fileobj=found, mtime=0) as file:
        file.write(content)
    return found.getvalue()


def unpacked(folder: Path) -> bool:
    """Unpack compressed records, if any; False while another process does.

    The compressed file goes when the plain one is whole and on the disk.
    OSError if that cannot be written, StoreError if the other is damaged.
    """
    packed = folder / COMPRESSED
    if records_file(folder) != packed:
        return True
    with packed.open("rb") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        if records_file(folder) == packed:  # still
            unpack(packed)
    return True


def unpack(packed: Path) -> None:
    part = packed.with_name(f".{RECORDS}.partial")
    try:
        with content_of(packed) as content, part.open("wb") as file:
            shutil.copyfileobj(content, file)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(packed, part)
        part.replace(packed.with_name(RECORDS))
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    packed.unlink()

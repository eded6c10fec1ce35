"""A folder in place of a file: its files, and a digest of them."""

import hashlib
from collections.abc import Collection, Iterator
from pathlib import Path

from shared.errors import DataError
from shared.files import limits


def files_of(folder: Path) -> Iterator[Path]:
    """Its files at any depth in the order of their names; none is hidden."""
    for count, path in enumerate(sorted(folder.rglob("*"))):
        if count > limits.MEMBERS:
            raise DataError(
                f"{folder} has more than {limits.MEMBERS:,} files, the limit "
                "of a folder"
            )
        names = path.relative_to(folder).parts
        hidden = any(name.startswith(".") for name in names)
        if path.is_file() and not hidden:
            yield path


def read(path: Path) -> bytes:
    """The content of a file; DataError if it is too large or unreadable."""
    try:
        if (size := path.stat().st_size) > limits.MEMBER:
            raise DataError(
                f"{path} has {size:,} bytes, more than "
                f"{limits.MEMBER >> 30} GiB, the limit of a file in a folder"
            )
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}") from error


def digest_of(folder: Path, endings: Collection[str]) -> str:
    """The sha256 of the names and contents of its files with these endings."""
    sums = hashlib.sha256()
    for path in files_of(folder):
        if path.suffix.lower() in endings:
            content = hashlib.sha256(read(path)).hexdigest()
            name = path.relative_to(folder).as_posix()
            sums.update(f"{content}  {name}\n".encode())
    return sums.hexdigest()

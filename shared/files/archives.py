"""The files in a TAR archive of the user's own, each within its limits.

Nothing is unpacked, so the names in an archive lead nowhere.
"""

import bz2
import gzip
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from shared.errors import DataError
from shared.files import limits

OPENERS: dict[bytes, Any] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\x00": lzma.open,
}
"""First bytes -> what decompresses the rest."""

DAMAGED = (
    *(tarfile.TarError, EOFError, OSError, zlib.error, lzma.LZMAError),
    *(ValueError, OverflowError, IndexError, struct.error),
)
"""What reading an archive raises that was cut short or altered."""


def read_members(
    path: Path, wanted: Callable[[str], object]
) -> Iterator[tuple[str, bytes]]:
    """Name and content of the files of wanted names; links are followed.

    DataError, in one line, for a file that is no TAR archive or is damaged, and
    before what exceeds a limit is read.
    """
    try:
        with _open(path) as stream:
            content = _Content(path, stream)
            with tarfile.open(fileobj=content, mode="r:") as archive:  # type: ignore[call-overload]
                _check_headers(path, archive)
                content.largest = limits.MEMBER
                yield from _contents(path, archive, wanted)
    except DAMAGED as error:
        raise DataError(f"{path} {_fault(path, error)}") from error


def _open(path: Path) -> Any:
    with path.open("rb") as stream:
        head = stream.read(6)
    found = (
        open_ for first, open_ in OPENERS.items() if head.startswith(first)
    )
    return next(found, open)(path, "rb")


def _check_headers(path: Path, archive: tarfile.TarFile) -> None:
    for count, member in enumerate(archive, 1):
        if count > limits.MEMBERS:
            raise DataError(
                f"{path} has more than {limits.MEMBERS:,} members, the limit "
                "of an archive"
            )
        if member.size < 0:
            raise tarfile.ReadError(f"a size of {member.size:,} bytes")
        if member.size > limits.MEMBER:
            raise DataError(
                f"{path}: {member.name} has {member.size:,} bytes, more than "
                f"{limits.MEMBER >> 30} GiB, the limit of a file in an archive"
            )


def _contents(
    path: Path, archive: tarfile.TarFile, wanted: Callable[[str], object]
) -> Iterator[tuple[str, bytes]]:
    total = 0
    for member in archive:
        if not wanted(member.name):
            continue
        try:
            file = archive.extractfile(member)
        except (KeyError, RecursionError) as error:
            raise DataError(
                f"{path}: {member.name} is a link to '{member.linkname}', "
                "which leads to no file of the archive"
            ) from error
        if file is not None:
            content = file.read()
            total += len(content)
            if total > limits.CONTENT:
                raise DataError(
                    f"{path} links to more than {limits.CONTENT >> 30} GiB"
                )
            yield member.name, content


def _fault(path: Path, error: BaseException) -> str:
    if path.stat().st_size == 0:
        return "is empty"
    if zipfile.is_zipfile(path):
        return "is a ZIP archive, not TAR (.tar, .tar.gz, .tar.bz2, .tar.xz)"
    reason = " ".join(str(error).split()) or type(error).__name__
    return f"is no whole archive of TAR ({reason})"


class _Content:
    """Decompressed bytes that tarfile reads and skips, up to the limits."""

    def __init__(self, path: Path, stream: Any) -> None:
        self.path, self.stream, self.largest = path, stream, limits.HEADER

    def tell(self) -> int:
        position: int = self.stream.tell()
        return position

    def seek(self, position: int) -> None:
        self._check(position)
        self.stream.seek(position)

    def read(self, size: int) -> bytes:
        if not 0 <= size <= self.largest:
            raise tarfile.ReadError(f"a header of {size:,} bytes")
        self._check(self.tell() + size)
        content: bytes = self.stream.read(size)
        return content

    def _check(self, position: int) -> None:
        if position > limits.CONTENT:
            raise DataError(
                f"{self.path} holds more than {limits.CONTENT >> 30} GiB, the "
                "limit of an archive"
            )

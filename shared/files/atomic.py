"""Files that are written whole: the new content, or the old one stays."""

import errno
import os
import secrets
from pathlib import Path

from shared.errors import UserError

SIDE = ".partial"
"""The ending of what is written next to a file, and then takes its name."""


class WriteError(UserError):
    """A file that could not be written; it is as it was before."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, its folder made; WriteError if it cannot be.

    What is no regular file (a pipe, a device) gets the content itself.
    """
    try:
        target = Path(os.path.realpath(path))  # a link stays a link
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_bytes(content)
        else:
            _replace(target, content)
    except OSError as error:
        raise WriteError(f"cannot write '{path}': {reason(error)}") from error


def reason(error: OSError) -> str:
    """What the system says of it, without numbers and names."""
    return error.strerror or str(error)


def _replace(path: Path, content: bytes) -> None:
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    name = f".{os.getpid()}-{secrets.token_hex(4)}{SIDE}"
    side = path.with_name(name)
    try:
        with side.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if path.is_file():
            side.chmod(path.stat().st_mode & 0o777)
        side.replace(path)
    except BaseException:
        side.unlink(missing_ok=True)
        raise

"""Sizes beyond which a file is refused while it is read.

A few megabytes of a compressed file can hold any number of gigabytes: each
limit is above what real data have, and is checked before memory is taken.
"""

from pathlib import Path
from typing import Any

from shared.errors import DataError

LINE = 1 << 26
"""Characters of a line; the longest field of a table has fewer."""

CONTENT = 1 << 34
"""Bytes of a compressed file's content, or of an archive's: 16 GiB."""

MEMBER = 1 << 30
"""Bytes of a file in an archive: a CD of sound has 0.7 GiB."""

MEMBERS = 1 << 18
"""Files in an archive; Speech Commands has 105,829."""

HEADER = 1 << 20
"""Bytes of a header in an archive, which holds a name of any length."""

SAMPLES = 1 << 26
"""Samples of a recording: 25 minutes at 44,100 a second."""

RATES = (1_000, 768_000)
"""Samples a second; converting others takes filters of any length."""

SOUND = 1 << 28
"""Samples of all recordings together: 9 hours at 8,000 a second."""

FRAMES = 1 << 32
"""Bytes of the frames of a split, each recording padded to the longest."""

ROWS = 1 << 26
"""Records of a Parquet file, which stores a repeated value once."""

ROW_GROUP = 1 << 32
"""Bytes of a row group of such a file, decompressed, which is read at once."""

LEARNED = 20_000_000
"""Tokens from which n-grams are counted, in some 200 MB of memory."""


def check_parquet(path: Path, metadata: Any) -> None:
    """DataError if the metadata of a Parquet file exceed a limit."""
    groups = map(metadata.row_group, range(metadata.num_row_groups))
    largest = max((group.total_byte_size for group in groups), default=0)
    for number, limit, unit in (
        (metadata.num_rows, ROWS, "records"),
        (largest, ROW_GROUP, "bytes in a row group"),
    ):
        if number > limit:
            raise DataError(
                f"{path} has {number:,} {unit}, more than {limit:,}, the limit "
                "of a Parquet file"
            )

"""What a file is that is read neither as text nor as a table."""

import re
from collections.abc import Iterable
from pathlib import Path

from shared.errors import DataError

GZIP, BZIP2, XZ = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00"
PACKED = (GZIP, BZIP2, XZ)
ZIP, PDF = b"PK\x03\x04", b"%PDF-"
SO = "a name that ends in {} says so"
AS_CSV = "save it as CSV (UTF-8)"
FORMATS = {
    GZIP: f"compressed by gzip; {SO.format('.gz')}",
    BZIP2: f"compressed by bzip2; {SO.format('.bz2')}",
    XZ: f"compressed by xz; {SO.format('.xz')}",
    b"\x28\xb5\x2f\xfd": "compressed by Zstandard; decompress it",
    b"7z\xbc\xaf": "an archive of 7-Zip; extract the file",
    b"Rar!\x1a": "an archive of RAR; extract the file",
    b"PAR1": "a Parquet file, read as a table whose name ends in .parquet",
    b"\xd0\xcf\x11\xe0": f"an old workbook; {AS_CSV}",
    PDF: "a PDF file",
    b"SQLite format 3\0": f"a database of SQLite; {AS_CSV}",
    b"\x89HDF": f"an HDF5 file; {AS_CSV}",
    b"\x93NUMPY": f"an array of NumPy; {AS_CSV}",
    b"ARROW1": "a Feather file; save it as .parquet or .csv",
    b"Obj\x01": f"an Avro file; {AS_CSV}",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    **dict.fromkeys(
        (b"\x80\x03", b"\x80\x04", b"\x80\x05"), f"a pickle; {AS_CSV}"
    ),
}
"""First bytes -> what a file is that is no text."""

INSIDE = {b"xl/": f"a workbook; {AS_CSV}", b"word/": "a document of Word"}
"""Folder of a ZIP archive -> what the archive is."""

MEMORY = (
    "a translation memory; export it as text with a tab between a sentence and "
    "its translation"
)
SQL = (
    r"\s*(?:create|drop|alter)\s+(?:table|database|schema)\b|\s*insert\s+into\b"
    r"|\s*pragma\s+\w+\s*=|\s*begin(?:\s+transaction)?;|\s*/\*!\d"
    r"|\s*--.*?(?:\bdump\b|\binsert\s+into\b|\bcreate\s+table\b)"
)
MARKUP = {
    r"\s*(?:<[?!].*?)?<tmx\b": MEMORY,
    r"\s*(?:<[?!].*?)?<xliff\b": MEMORY,
    r"\s*(?:<[?!].*?)?<(?:!doctype\s+html|html|head|body|table)\b": (
        "a web page, not a table"
    ),
    r"\s*<\?xml\b": f"XML, not a table; {AS_CSV}",
    r"\s*\{\\rtf": "rich text; save it as plain text",
    SQL: "a dump of SQL; export the table as CSV",
    r"\s*@relation\b": f"an ARFF file; {AS_CSV}",
    r"version https://git-lfs": (
        "a pointer of Git LFS; git lfs pull fetches the file"
    ),
}
"""How a text begins -> what it is that is no table."""

BEGIN = 20
"""Lines that show what a text is."""

UNREAD = (".zst", ".7z", ".rar", ".lz4", ".br")
"""Endings of compressed files that are not decompressed."""

ENDINGS = {
    **dict.fromkeys(UNREAD, "a file that is compressed in this way"),
    **dict.fromkeys(
        (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".numbers"), "a spreadsheet"
    ),
    **dict.fromkeys((".sql", ".db", ".sqlite", ".mdb"), "a database"),
    **dict.fromkeys((".html", ".htm", ".mhtml"), "a web page"),
    **dict.fromkeys((".pdf", ".doc", ".docx", ".rtf", ".odt"), "a document"),
    **dict.fromkeys((".pkl", ".pickle", ".npy", ".npz"), "a binary file"),
    **dict.fromkeys((".h5", ".hdf5", ".mat", ".nc"), "a binary file"),
    **dict.fromkeys((".feather", ".orc", ".avro"), "a binary file"),
    **dict.fromkeys((".rds", ".rda", ".sav", ".dta"), "a binary file"),
    **dict.fromkeys((".xml", ".yaml", ".yml", ".arff"), "such a file"),
}
"""Ending of a name -> what the file is, and is not read."""


def kind_of(head: bytes) -> str:
    """What a file that begins so is, and what helps; "" if it may be text."""
    if head.startswith(ZIP):
        known = (what for name, what in INSIDE.items() if name in head)
        other = f"a workbook, or a ZIP archive; {SO.format('.zip')}"
        return next(known, other)
    return next((w for b, w in FORMATS.items() if head.startswith(b)), "")


def check_table(path: Path, lines: Iterable[str]) -> None:
    """DataError if the first lines of a text are of something else."""
    begin = "\n".join(line for line, _ in zip(lines, range(BEGIN)))[:2000]
    for pattern, what in MARKUP.items():
        if re.match(pattern, begin.lstrip("\ufeff"), re.I | re.S):
            raise DataError(f"{path} is {what}")

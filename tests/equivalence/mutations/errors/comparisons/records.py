"""Where records are, how they are compressed and made; what a run leaves."""

FILES = "comparisons/records/files.py"
COMPRESSED = "comparisons/records/compressed.py"
LINES = "comparisons/records/lines.py"
SLIM = "comparisons/site/record/slim.py"
RECORD = "comparisons/site/record/__main__.py"
LOADING = "comparisons/worker/loading.py"

ERRORS = [
    (
        RECORD,
        "publish",
        "(found / REPORT).exists()",
        "False",
        "a published report quotes a command that is not in its records",
    ),
    (
        LOADING,
        "load_implementation",
        "framework.package in sys.modules",
        "False",
        "what a run leaves is not collected before the next run",
    ),
    (
        LOADING,
        "uncollected",
        "gc.enable()",
        "None",
        "no garbage is collected after the import of a framework",
    ),
    (
        FILES,
        "records_file",
        "compressed.is_file() and not plain.exists()",
        "compressed.is_file()",
        "the compressed file is read though a command writes a plain one",
    ),
    (
        FILES,
        "folders_of_records",
        "(RECORDS, COMPRESSED)",
        "(RECORDS,)",
        "folders of compressed records are not found",
    ),
    (
        FILES,
        "folders_of_records",
        "{path.parent for paths in found for path in paths}",
        "[path.parent for paths in found for path in paths]",
        "a folder with both files is found twice",
    ),
    (
        COMPRESSED,
        "compressed",
        "0",
        "None",
        "the time is in the compressed file, which changes with it",
    ),
    (
        COMPRESSED,
        "unpacked",
        "return False",
        "pass",
        "two processes unpack the same records",
    ),
    (
        COMPRESSED,
        "unpacked",
        "records_file(folder) == packed",
        "True",
        "a file that another process unpacked is unpacked again",
    ),
    (
        COMPRESSED,
        "unpack",
        "part.unlink(missing_ok=True)",
        "None",
        "half of an unpacked file stays",
    ),
    (
        COMPRESSED,
        "unpack",
        "packed.unlink()",
        "None",
        "the compressed file stays when it is unpacked",
    ),
    (
        COMPRESSED,
        "unpack",
        "part.open('wb')",
        "part.open('ab')",
        "records are added to what a kill left of an unpacked file",
    ),
    (
        LINES,
        "content_of",
        "is_packed(path) and not path.stat().st_size",
        "False",
        "an empty compressed file is a comparison without runs",
    ),
    (
        LINES,
        "content_of",
        "raise StoreError(str(error)) from error",
        "raise",
        "a damaged compressed file ends in a traceback",
    ),
    (
        SLIM,
        "slim_folder",
        "plain.unlink(missing_ok=True)",
        "None",
        "large records are published twice",
    ),
    (
        SLIM,
        "slim_folder",
        "packed.unlink(missing_ok=True)",
        "None",
        "records that have become small are published twice",
    ),
    (
        SLIM,
        "slim_folder",
        "len(content) > LIMIT",
        "len(content) >= LIMIT",
        "records of the limit's size are compressed",
    ),
    (
        SLIM,
        "shorter",
        "not deviation['limit'] or measured is None",
        "measured is None",
        "a count of several digits is rounded",
    ),
    (
        SLIM,
        "without_folder",
        "index + 2",
        "index + 1",
        "a command is published with the folder that it wrote to",
    ),
]

"""Where the records of a folder are: in plain text, or compressed by gzip."""

import difflib
from pathlib import Path

RECORDS = "runs.jsonl"
COMPRESSED = f"{RECORDS}.gz"


def records_file(folder: Path) -> Path:
    """The file of a folder's records; of a folder without any, the plain one.

    Where there are both, the plain one: it is what a command writes.
    """
    plain, compressed = folder / RECORDS, folder / COMPRESSED
    if compressed.is_file() and not plain.exists():
        return compressed
    return plain


def folders_of_records(folder: Path, pattern: str = "**") -> list[Path]:
    """The folders with records, by name: of a folder and all below it.

    pattern: other paths from the folder, such as `*` for those in it.
    """
    found = (folder.glob(f"{pattern}/{n}") for n in (RECORDS, COMPRESSED))
    return sorted({path.parent for paths in found for path in paths})


def no_records(folder: Path) -> str:
    """The error message for a folder without a comparison."""
    found = {
        *folders_of_records(Path(), "*/*"),
        *folders_of_records(folder.parent, "*"),
    }
    folders = sorted(map(str, found))
    near = difflib.get_close_matches(str(folder), folders, n=1, cutoff=0.5)
    hint = f"did you mean '{near[0]}'? " if near else ""
    choices = f"choices: {', '.join(folders)}" if folders else "none is near"
    return f"'{folder}' holds no {RECORDS}; {hint}{choices}"

"""What an atlas found, from the records of its searches."""

from pathlib import Path

from comparisons.atlas.page import sections
from comparisons.atlas.results import effects_of, read_atlas, table
from comparisons.site.record.__main__ import commands


def atlas_sections(root: Path, name: str) -> str:
    """The answer, ranks, wins, and decisions; the command that goes on."""
    entries = read_atlas(root / name)
    words = commands()[Path(name).name]
    command = ["compare.py", *words, "--out", name]
    parts = sections(
        *(entries, table(entries), effects_of(entries), command),
        folder=f"{name}/",
    )
    return "\n\n".join(parts)


ATLAS = {"atlas": atlas_sections}

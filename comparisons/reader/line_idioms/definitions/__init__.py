"""Why a definition is organized differently: of rows that no idiom explains."""

import re

from comparisons.reader.line_idioms.definitions.models import MODELS
from comparisons.reader.line_idioms.definitions.recurrent import RECURRENT
from comparisons.reader.line_idioms.definitions.training import TRAINING

DEFINITIONS = (RECURRENT, TRAINING, MODELS)
"""Of each, a sentence; indented: a file and its names, or one name and the
pattern of a statement, which goes before all other reasons."""


def _entries(patterns: bool) -> list[tuple[str, str]]:
    rows = re.findall(r"((?:\S.*\n)+)((?: .*\n)+)", "".join(DEFINITIONS))
    return [
        (" ".join(entry.split()), " ".join(why.split()))
        for why, entries in rows
        for entry in entries.splitlines()
        if (": " in entry) == patterns
    ]


WHOLE = {
    f"{file} {name}": why
    for entry, why in _entries(patterns=False)
    for file, *names in [entry.split()]
    for name in names
}
"""File and name, or `* name` -> why the whole definition differs."""

PASSAGES = [
    (place, re.compile(pattern, re.MULTILINE), why)
    for entry, why in _entries(patterns=True)
    for place, _, pattern in [entry.partition(": ")]
]
"""File and name, pattern of a statement, why it differs."""

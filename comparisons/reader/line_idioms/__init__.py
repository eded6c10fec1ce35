"""Why a line differs: idioms of the frameworks, found by their patterns.

A pattern is a regular expression of the statement; a framework without one says
nothing of the kind. Idioms with a file are the rows of "What differs", with the
first statements of that file that match.
"""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from comparisons.reader.line_idioms.arrays import ARRAYS
from comparisons.reader.line_idioms.execution import EXECUTION
from comparisons.reader.line_idioms.idiom import LineIdiom
from comparisons.reader.line_idioms.modules import MODULES
from comparisons.reader.line_idioms.recurrence import RECURRENCE
from comparisons.reader.line_idioms.tensors import TENSORS
from comparisons.reader.line_idioms.training import TRAINING

LINE_IDIOMS = (*RECURRENCE, *MODULES, *TRAINING, *EXECUTION, *ARRAYS, *TENSORS)
"""In the order of importance: a row has the first that is not said above."""


@cache
def idioms_of(package: str, text: str) -> frozenset[str]:
    """Titles of the idioms that a statement of a package matches."""
    return frozenset(
        title
        for title, pattern in compiled(package).items()
        if pattern.search(text)
    )


@cache
def compiled(package: str) -> dict[str, re.Pattern[str]]:
    """Title -> pattern of a package."""
    return {
        idiom.title: re.compile(idiom.patterns()[package], re.MULTILINE)
        for idiom in LINE_IDIOMS
        if package in idiom.patterns()
    }


def explanations(statements: Mapping[str, str]) -> list[LineIdiom]:
    """The idioms of a row: at least two of its statements must match.

    One is enough for an idiom of one framework alone, and in a row of one.
    """
    hits = Counter(
        title
        for package, text in statements.items()
        for title in idioms_of(package, text)
    )
    return [
        idiom
        for idiom in LINE_IDIOMS
        if hits[idiom.title] >= min(2, len(statements), len(idiom.patterns()))
    ]

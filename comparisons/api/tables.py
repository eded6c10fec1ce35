"""The tables of one comparison, or of several together."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from comparisons.analysis.loading import Comparison
    from comparisons.analysis.summary import Summary
Parts = Mapping[str, "Comparison"]
"""Name -> comparison."""


def joined(
    parts: Parts, frame: Callable[[Summary], pd.DataFrame]
) -> pd.DataFrame:
    """The frames of all; of several, "comparison" has the name of each."""
    import pandas as pd

    frames = {name: frame(part.summary) for name, part in parts.items()}
    if len(frames) == 1:
        return next(iter(frames.values()))
    together = pd.concat(frames, names=["comparison", None])
    return together.reset_index("comparison").reset_index(drop=True)


def meaning(summary: Summary) -> str:
    """What the metric and the marks mean, and whether runs are too short."""
    from comparisons.analysis.context import too_short
    from comparisons.analysis.notes import legend

    short = too_short(summary)
    begin = f"{short[0].upper()}{short[1:]}. " if short else ""
    return f"{begin}{legend(summary)}"


def plain(summary: Summary) -> str:
    """The table as the terminal shows it."""
    from comparisons.analysis.results import print_results
    from comparisons.analysis.tables import make_console

    printed = io.StringIO()
    print_results(summary, make_console(file=printed, force_terminal=False))
    return printed.getvalue().strip("\n")

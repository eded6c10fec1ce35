"""The most confident mistakes of a classifier, as a table."""

from __future__ import annotations

from shared.exhibits.kinds import RunView, TextTable

SHOWN = 10


def mistakes_table(runs: list[RunView], of: str, text: str) -> TextTable:
    """The most confident mistakes of one row, all seeds together."""
    found: dict[tuple[str, ...], dict[int, float]] = {}
    for run in runs:
        for mistake in run.details["mistakes"]:
            place = tuple(mistake[f] for f in (of, "truth", "guess"))
            found.setdefault(place, {})[run.seed] = mistake["probability"]
    rows: list[tuple[str | float, ...]] = [
        (*place, max(by_seed.values()), ", ".join(map(str, by_seed)))
        for place, by_seed in found.items()
    ]
    rows.sort(key=lambda row: -float(row[3]))
    return TextTable(
        name="mistakes",
        title=f"Most confident mistakes, {runs[0].framework} {runs[0].cell}",
        text=text,
        headings=(of, "truth", "guess", "probability", "seeds"),
        rows=tuple(rows[:SHOWN]),
    )

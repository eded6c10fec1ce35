"""Exhibits of a classifier of texts: confusion, most confident mistakes."""

from shared.exhibits.confusion import confusion_exhibits
from shared.exhibits.kinds import Exhibit, TextTable
from shared.exhibits.runs import RunView, best_runs

SHOWN = 10


def classifier_exhibits(
    runs: list[RunView], kind: str, note: str
) -> list[Exhibit]:
    """kind: what a text is called; note: printed above its mistakes."""
    exhibits = confusion_exhibits(runs, f"{kind}s")
    best = best_runs(runs, "mistakes")
    return [*exhibits, _mistakes(best, kind, note)] if best else exhibits


def _mistakes(runs: list[RunView], kind: str, note: str) -> TextTable:
    """The most confident mistakes of one row, all seeds together."""
    found: dict[tuple[str, ...], dict[int, float]] = {}
    for run in runs:
        for mistake in run.details["mistakes"]:
            key = tuple(mistake[name] for name in (kind, "truth", "predicted"))
            found.setdefault(key, {})[run.seed] = mistake["probability"]
    rows: list[tuple[str | float, ...]] = [
        (*key, max(by_seed.values()), ", ".join(map(str, by_seed)))
        for key, by_seed in found.items()
    ]
    rows.sort(key=lambda row: -float(row[3]))
    return TextTable(
        name="mistakes",
        title=f"Most confident mistakes, {runs[0].framework} {runs[0].cell}",
        text=note,
        headings=(kind, "truth", "prediction", "probability", "seeds"),
        rows=tuple(rows[:SHOWN]),
    )

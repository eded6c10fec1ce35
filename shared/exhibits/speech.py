"""Exhibits of recognized speech."""

from shared.exhibits.kinds import Exhibit, Matrix, TextTable
from shared.exhibits.runs import RunView, best_runs, details_by_cell, runs_with

KINDS = ("substitutions", "deletions", "insertions")


def speech_exhibits(runs: list[RunView]) -> list[Exhibit]:
    known, best = runs_with(runs, "errors"), best_runs(runs, "strings")
    if not known or not best:
        return []
    return [
        _errors(known),
        _posteriors(best[0]),
        _beams(known),
        _strings(best[0]),
    ]


def _errors(runs: list[RunView]) -> TextTable:
    """Words in error by kind and cell, in percent of the spoken words."""
    rows = []
    for cell, own in details_by_cell(runs, "errors").items():
        words = sum(run.details["words"] for run in runs if run.cell == cell)
        shares = (100 * sum(one[kind] for one in own) / words for kind in KINDS)
        rows.append((cell, *(round(share, 2) for share in shares)))
    return TextTable(
        name="errors",
        title=f"Errors by kind, {runs[0].framework}, seeds added up",
        text="Percent of the spoken digits of the test split.",
        headings=("cell", *KINDS),
        rows=tuple(rows),
    )


def _beams(runs: list[RunView]) -> TextTable:
    """Word error rate and exact matches by cell and beam, means over seeds."""
    rows = []
    for cell, own in details_by_cell(runs, "by_beam").items():
        for group in zip(*own, strict=True):
            means = (
                round(100 * sum(one[name] for one in group) / len(group), 2)
                for name in ("wer", "exact")
            )
            rows.append((cell, group[0]["beam"], *means))
    return TextTable(
        name="beams",
        title=f"Greedy decoding and prefix search, {runs[0].framework}",
        text=(
            "Percent, mean over seeds; a beam of 1 is greedy decoding. The "
            "logits are the same."
        ),
        headings=("cell", "beam", "word error rate", "exact match"),
        rows=tuple(rows),
    )


def _posteriors(run: RunView) -> Matrix:
    """The probability of each class at each time step of one string."""
    found = run.details["posteriors"]
    values = tuple(map(tuple, found["probabilities"]))
    blank = sum(one > 0.5 for one in values[0])
    times = (
        f"{found['seconds'] * number:.2f}" for number in range(len(values[0]))
    )
    return Matrix(
        name="posteriors",
        title=(
            f"The blank is the most probable class at {blank} of "
            f"{len(values[0])} time steps"
        ),
        text=(
            f"Class probabilities of {run.framework} {run.cell}, seed "
            f"{run.seed}, while it reads “{found['spoken']}”."
        ),
        row_label="class",
        column_label="seconds",
        rows=tuple(found["classes"]),
        columns=tuple(times),
        values=values,
        shares=values,
    )


def _strings(run: RunView) -> TextTable:
    return TextTable(
        name="strings",
        title=f"Spoken and recognized, {run.framework} {run.cell}",
        text="Test strings, those with the most errors first.",
        headings=("spoken", "recognized"),
        rows=tuple(
            (one["spoken"], one["recognized"]) for one in run.details["strings"]
        ),
    )

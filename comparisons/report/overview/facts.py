"""Facts of a comparison: its best score, spread, speed, and checks."""

from comparisons.analysis.effects.headline import times
from comparisons.analysis.findings import by_cell
from comparisons.analysis.frame import ROW
from comparisons.analysis.speed.groups import speed_groups
from comparisons.analysis.statistics import best_name, means
from comparisons.analysis.summary import Summary
from comparisons.analysis.wording import listed
from shared.exhibits.names import (
    cell_name,
    framework_name,
    gap_text,
    metric_name,
    score_text,
)


def passed(summary: Summary) -> tuple[int, int]:
    """Checks of equality that hold, and how many there are."""
    found = [one for r in summary.equivalence for one in r.deviations]
    return sum(one.holds for one in found), len(found)


def proved(summary: Summary) -> str:
    """What was shown of the implementations before they were trained."""
    holding, known = passed(summary)
    if not known:
        return "The implementations were not checked to be the same model."
    steps = [
        one.measured
        for record in summary.equivalence
        for one in record.deviations
        if one.check == "trajectory"
    ]
    largest = (
        f" (largest error after 20 steps: {max(steps):.0e})" if steps else ""
    )
    if holding == known:
        return (
            "The implementations of each cell are the same model: "
            f"{known} of {known} comparisons with the NumPy reference passed "
            f"before training{largest}."
        )
    return (
        f"Not proved: {known - holding} of {known} checks that the "
        "implementations are the same model failed."
    )


def facts(summary: Summary) -> list[tuple[str, str]]:
    """The best score, the spread of frameworks, the speed, the checks."""
    found = [best_score(summary), spread(summary), speed(summary)]
    holding, known = passed(summary)
    if known:
        found.append((f"{holding} of {known}", "equivalence checks passed"))
    return [fact for fact in found if fact]


def best_score(summary: Summary) -> tuple[str, str]:
    metric, better = summary.task.metric, summary.task.better
    cells = means(by_cell(summary))
    cell = best_name(cells, better)
    text = f"{metric_name(metric)} of the best cell, {cell_name(cell)}"
    baselines = means(summary.baselines)
    if baselines:
        name = best_name(baselines, better)
        shown = score_text(metric, baselines[name])
        text += f"; best baseline, {name}: {shown}"
    if summary.noise_floor == summary.noise_floor:
        text += f"; noise floor: {score_text(metric, summary.noise_floor)}"
    return score_text(metric, cells[cell]), text


def spread(summary: Summary) -> tuple[str, str] | tuple[()]:
    """The largest difference between the frameworks of one cell."""
    metric = summary.task.metric
    by_row: dict[str, list[float]] = {}
    for (_, cell), value in means(summary.samples(ROW, "metric")).items():
        by_row.setdefault(cell, []).append(value)
    gaps = [max(v) - min(v) for v in by_row.values() if len(v) > 1]
    if not gaps:
        return ()
    where = f"in {metric_name(metric)} between the frameworks of a cell"
    if not max(gaps):
        return "no difference", where
    gap = gap_text(metric, max(gaps)).removeprefix("at most ")
    return gap, f"largest difference {where}"


def speed(summary: Summary) -> tuple[str, str] | tuple[()]:
    """The fastest framework of each cell, and its ratios to the others."""
    groups = [
        group
        for (place, _), group in speed_groups(summary).items()
        if place == 1
    ]
    if not groups:
        return ()
    cells: dict[str, list[str]] = {}
    for group in groups:
        framework, cell = group[0].first
        cells.setdefault(framework, []).append(cell)
    ratios = [ratio for group in groups for ratio in group]
    if len(cells) > 1:
        shown = [
            f"{framework_name(framework)} with {listed(map(cell_name, own))}"
            for framework, own in cells.items()
        ]
        most = max(ratio.value for ratio in ratios)
        return (
            f"up to {most:.1f} times",
            f"as fast as the slowest framework: {listed(shown)}",
        )
    others = dict.fromkeys(framework_name(r.second[0]) for r in ratios)
    return (
        times(ratios),
        f"as fast: a training step of {framework_name(*cells)} against "
        f"{listed(others)}",
    )

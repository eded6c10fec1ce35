"""What each picture says, in a sentence that is its title.

A title states what is drawn, means over seeds; whether a difference is more
than chance is a matter of the tests, and only their pictures claim it.
"""

from collections.abc import Mapping, Sequence

from comparisons.analysis.curves import Timed
from comparisons.analysis.effects.effect import Effect
from comparisons.analysis.effects.marks import marks
from comparisons.analysis.rows import Place, Row
from comparisons.analysis.summary import Summary
from comparisons.analysis.wording import listed
from shared.exhibits.names import (
    cell_name,
    metric_name,
    row_name,
    score_phrase,
    score_text,
)

COSTS = {
    "train_seconds": ("training time", "s"),
    "parameters": ("parameters", ""),
    "peak_memory_mb": ("peak memory", "MB"),
}
"""Field of a row -> its name and unit."""


def cost_message(
    summary: Summary, rows: Sequence[Row], fields: Sequence[str]
) -> str:
    """What the best score costs, against the cheapest row."""
    best = [row for row in rows if marks(summary)[row.place] == "*"] or rows
    name = metric_name(summary.task.metric)
    if len(fields) > 1:
        times = [
            f"{ratio:.1f} times the {COSTS[field][0]}"
            for field in fields
            if (ratio := least(best, field) / least(rows, field)) > 1.05
        ]
        if not times:
            return f"The row with the best {name} is also the cheapest"
        return f"The best {name} takes {listed(times)} of the cheapest row"
    (field,) = fields
    good, cheap = (
        min(group, key=lambda row: getattr(row, field))
        for group in (best, rows)
    )
    shown = [
        f"{short(getattr(row, field))} {COSTS[field][1]}".strip()
        for row in (good, cheap)
    ]
    reach = score_phrase(good.metric, good.metric_mean)
    text = f"{good.name} reaches {reach} in {shown[0]}"
    if good == cheap:
        return text
    score = score_text(cheap.metric, cheap.metric_mean)
    return f"{text}, {cheap.name} {score} in {shown[1]}"


def least(rows: Sequence[Row], field: str) -> float:
    return float(min(getattr(row, field) for row in rows))


def short(value: float) -> str:
    """Two digits, or all of a whole number: 9.8, 26, 158,930."""
    return f"{value:,.2g}" if value < 10 else f"{value:,.0f}"


def steps_message(found: Mapping[Place, tuple[int, tuple[float, ...]]]) -> str:
    """The shortest and the longest median step."""
    medians = {place: values[2] for place, (_, values) in found.items()}
    first, last = (
        choose(medians, key=medians.__getitem__) for choose in (min, max)
    )
    text = f"{short(medians[first])} ms"
    if len(medians) == 1:
        return f"A training step of {row_name(*first)} takes {text}"
    return (
        f"{row_name(*first)} takes the shortest steps, {text}, "
        f"{row_name(*last)} the longest, {short(medians[last])} ms"
    )


def compile_message(rows: Sequence[Timed]) -> str:
    """Which row compiles longest."""
    longest = max((one.row for one in rows), key=lambda r: r.compile_seconds)
    seconds = f"{short(longest.compile_seconds)} s"
    if len(rows) == 1:
        return f"{longest.name} compiles in {seconds}"
    return f"{longest.name} compiles longest, {seconds}"


def effects_message(found: Sequence[Effect]) -> str:
    """Which differences between cells are settled."""
    settled: dict[str, list[str]] = {}
    for effect in found:
        if effect.settled:
            worse = settled.setdefault(cell_name(effect.first), [])
            worse.append(cell_name(effect.second))
    parts = [
        f"{name} is better than {listed(worse)}"
        for name, worse in settled.items()
    ]
    ties = [e for e in found if e.equivalent and not e.settled]
    parts += [f"{listed(map(cell_name, e.names))} tie" for e in ties]
    count = sum(not (e.settled or e.equivalent) for e in found)
    if count == len(found):
        return "No difference between cells is settled"
    if count:
        verb = "differences are" if count > 1 else "difference is"
        parts.append(f"{count} {verb} not settled")
    return "; ".join(parts)

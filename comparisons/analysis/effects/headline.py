"""The sentences on a whole comparison."""

from collections.abc import Iterable

from comparisons.analysis.context import too_short
from comparisons.analysis.effects.effect import EXAMPLES, Effect
from comparisons.analysis.effects.families import baseline_effects, effects
from comparisons.analysis.effects.text import reached, same_score, verdict_of
from comparisons.analysis.speed.disturbances import disturbances
from comparisons.analysis.speed.groups import speed_groups
from comparisons.analysis.speed.ratios import Ratio
from comparisons.analysis.statistics import means
from comparisons.analysis.summary import Summary
from comparisons.analysis.wording import BETTER, TIE, listed
from shared.exhibits.names import cell_name, framework_name, score_text


def headline(summary: Summary) -> str:
    """The best cells, the lead, whether that is settled; who is fastest."""
    parts = [best_cells(summary), fastest(summary)]
    text = "; ".join(filter(None, parts)) or "No run has a result"
    if short := too_short(summary):
        text = f"{short[0].upper()}{short[1:]}. {text}"
    return f"{text}."


def best_cells(summary: Summary) -> str:
    """The best cell and those of the same score, how far the others are."""
    found = effects(summary)
    behind = [effect for effect in found if effect.first == found[0].first]
    if not behind:
        scores = summary.samples("cell", "metric")
        first = next(iter(means(scores).items()), None)
        return reached(summary.task.metric, first[1], first[0]) if first else ""
    level = [effect.second for effect in behind if same_score(effect)]
    best = behind[0]
    text = reached(best.metric, best.first_score, best.first, *level)
    groups: dict[str, list[Effect]] = {}
    for effect in behind:
        if not same_score(effect):
            groups.setdefault(outcome(effect), []).append(effect)
    word = "less" if summary.task.better == "higher" else "more"
    return ", ".join(
        [
            text,
            *(
                f"{gaps(group)} {word} ({how_sure})"
                for how_sure, group in groups.items()
            ),
        ]
    )


def gaps(group: Iterable[Effect]) -> str:
    """LSTM 0.5 points and RNN 1.1 points."""
    return listed(
        f"{cell_name(e.second)} {e.in_unit(e.difference)}" for e in group
    )


def outcome(effect: Effect) -> str:
    if not effect.tested:
        return f"{seeds_of(effect.seeds)}, no test"
    if verdict_of(effect) == TIE:
        return "a tie"
    known = "settled" if effect.settled else "not settled"
    if effect.chance == EXAMPLES:
        return f"{known} for this training run"
    return f"{known} by {seeds_of(effect.seeds)}"


def seeds_of(count: int) -> str:
    return "one seed" if count == 1 else f"{count:,} seeds"


def against_baseline(summary: Summary) -> str:
    """Which cells outperform the best baseline; "" without any."""
    found = baseline_effects(summary)
    if not found:
        return ""
    best = found[0]
    score = score_text(best.metric, best.second_score)
    shown = score if best.tested else f"{score}; not tested"
    name = f"the best baseline, {best.second} ({shown})"
    good = [e.first for e in found if verdict_of(e) == BETTER]
    if not good:
        how = "is significantly better than" if best.tested else "outperforms"
        return f"No cell {how} {name}."
    if len(good) == len(found) > 1:
        return f"All cells outperform {name}."
    only = "Only " * (len(good) < len(found))
    names = listed(map(cell_name, good))
    return f"{only}{names} outperform{'s' * (len(good) == 1)} {name}."


def fastest(summary: Summary) -> str:
    """The framework of the shortest steps; "" where there is only one."""
    groups = [
        group
        for (place, _), group in speed_groups(summary).items()
        if place == 1
    ]
    if not groups:
        return ""
    first = {group[0].first[0] for group in groups}
    if len(first) > 1:
        return "no framework trains every cell fastest"
    ratios = [ratio for group in groups for ratio in group]
    others = list(dict.fromkeys(ratio.second[0] for ratio in ratios))
    than = framework_name(others[0]) if len(others) == 1 else "the others"
    text = (
        f"{framework_name(first.pop())} trains fastest, "
        f"{times(ratios)} as fast as {than}"
    )
    notes = []
    if any(ratio.rounds < 2 for ratio in ratios):
        notes.append("one round, no test")
    elif not all(ratio.settled for ratio in ratios):
        some = any(ratio.settled for ratio in ratios)
        notes.append("not settled" + " for every cell" * some)
    if disturbances(summary):
        notes.append("measured under load")
    return f"{text} ({', '.join(notes)})" if notes else text


def times(ratios: Iterable[Ratio]) -> str:
    """1.1 to 1.9 times."""
    values = [ratio.value for ratio in ratios]
    form = ".2f" if min(values) < 1.05 else ".1f"
    low, high = f"{min(values):{form}}", f"{max(values):{form}}"
    return f"{low} times" if low == high else f"{low} to {high} times"

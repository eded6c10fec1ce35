"""How differences are tested, in words: families, correction, tests, n."""

from collections import Counter
from collections.abc import Iterator

from comparisons.analysis.effects.effect import LEVEL, SEEDS, Effect
from comparisons.analysis.effects.families import family
from comparisons.analysis.framework_findings import framework_tests
from comparisons.analysis.speed.groups import speed_groups
from comparisons.analysis.summary import Summary
from comparisons.analysis.wording import listed

ROWS = f"paired t-test over seeds, Holm, α = {LEVEL}"
"""The test behind the marks of rows that are no cells of one model."""

OVER_SEEDS = (
    " and over seeds alone (not all of these runs keep a score for each of the "
    "same test examples)"
)
"""What is said once of records without the scores of single examples."""


def tested_effects(summary: Summary) -> list[Effect]:
    return [effect for effect in family(summary) if effect.tested]


def test_of_marks(summary: Summary) -> str:
    """The test, its n, and its correction: for a legend or a caption."""
    tested = tested_effects(summary)
    if not summary.matched or not tested:
        return ROWS
    return f"{methods(tested)}; {correction(tested)}"


def methods(tested: list[Effect]) -> str:
    return listed(dict.fromkeys(effect.method for effect in tested))


def correction(tested: list[Effect]) -> str:
    count = len(tested)
    if count == 1:
        return f"α = {LEVEL}"
    return f"Holm over {count} comparisons, α = {LEVEL}"


def how_tested(summary: Summary) -> Iterator[str]:
    """The family of the scores' tests; the other questions of the page."""
    tested = tested_effects(summary)
    if tested:
        kinds = Counter(effect.which for effect in tested)
        parts = [
            f"{count} {text}"
            for which, text in (
                ("cells", "between cells"),
                ("baseline", "with the best baseline"),
            )
            if (count := kinds[which])
        ]
        family_of = f"{listed(parts)}, one family" if len(tested) > 1 else "one"
        over = OVER_SEEDS if {e.chance for e in tested} == {SEEDS} else ""
        text = (
            f"Tests of scores: {family_of} ({methods(tested)}; "
            f"{correction(tested)}). Intervals are of 95 % each{over}, "
            "uncorrected"
        )
        if kinds["baseline"]:
            text += "; the score of a baseline is taken as exact"
        yield f"{text}."
    ratios = [r for group in speed_groups(summary).values() for r in group]
    others = [
        f"{what} ({count} paired t-test{'s' * (count > 1)}{of})"
        for what, count, of in (
            (
                "ratios of step times",
                sum(ratio.rounds > 1 for ratio in ratios),
                " of their logarithms",
            ),
            (
                "differences in score between frameworks",
                sum(test.tested for test in framework_tests(summary)),
                "",
            ),
        )
        if count
    ]
    if others:
        shown = listed(others)
        yield (
            f"{shown[0].upper()}{shown[1:]} answer other questions than the "
            "tests of scores: each is a family of its own (Holm)."
        )

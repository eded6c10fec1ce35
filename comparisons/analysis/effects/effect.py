"""A difference between two models, its interval, and the evidence for it."""

import math
from dataclasses import dataclass, replace

from shared.exhibits.names import metric as form_of

BOTH, EXAMPLES, SEEDS, NONE = (
    "seeds and test examples",
    "test examples",
    "seeds",
    "",
)
"""Sources of chance; NONE: nothing from which to estimate any."""

LEVEL = 0.05
"""Of all claims on a page together."""


@dataclass(frozen=True)
class Effect:
    """How much better the first of two models is, and how sure that is.

    first, second: cells, or a cell and a baseline; which: "cells", "baseline";
    difference: of the scores, positive where the first is better;
    low, high: its 95 % interval, NaN where nothing allows one;
    p: of the test for a difference, Holm-adjusted over the page, NaN if none;
    p_seeds: of the paired t-test over seeds alone, Holm-adjusted as p;
    seeds, examples: shared by both, 0 examples where their scores are unknown;
    unit: what an example is ("test names");
    chance: the source of chance that the interval covers; method: its name;
    margin: differences within it do not matter for the task;
    settled: whether the difference is significant;
    equivalent: whether two one-sided tests place it within the margin;
    seeds_needed: seeds that would settle such a difference in 80 % of repeats,
        None if unknown or if no number of seeds would.
    """

    first: str
    second: str
    metric: str
    first_score: float
    second_score: float
    difference: float
    low: float = math.nan
    high: float = math.nan
    p: float = math.nan
    p_seeds: float = math.nan
    seeds: int = 1
    examples: int = 0
    unit: str = "test examples"
    chance: str = NONE
    method: str = ""
    margin: float = 0.0
    settled: bool = False
    equivalent: bool = False
    seeds_needed: int | None = None
    which: str = "cells"

    @property
    def tested(self) -> bool:
        return not math.isnan(self.p)

    @property
    def names(self) -> tuple[str, str]:
        return self.first, self.second

    @property
    def reversed(self) -> "Effect":
        """The same with the second first."""
        return replace(
            self,
            first=self.second,
            second=self.first,
            first_score=self.second_score,
            second_score=self.first_score,
            difference=-self.difference,
            low=-self.high,
            high=-self.low,
        )

    @property
    def form(self) -> str:
        """The format of a difference: of an error one digit more than its."""
        known = form_of(self.metric)
        scores = abs(self.first_score), abs(self.second_score)
        form = known.form(known.scale * max(scores))
        if known.decimals is None and form.endswith("f"):
            form = f",.{int(form[2:-1]) + 1}f"
        return form

    def in_unit(self, value: float) -> str:
        """The size of a difference in the metric's unit: 1.0 points, 0.012."""
        known = form_of(self.metric)
        text = format(abs(known.scale * value), self.form)
        return f"{text} points" if known.unit.strip() == "%" else text

    @property
    def interval(self) -> str:
        """−0.2 to 2.2, in the unit of `in_unit`; "" where there is none."""
        if math.isnan(self.low):
            return ""
        scale, texts = form_of(self.metric).scale, []
        for end in (self.low, self.high):
            text = format(scale * end, self.form)
            if not text.strip("-0.,"):
                text = text.lstrip("-")  # a rounded zero has no sign
            texts.append(text.replace("-", "−"))
        return " to ".join(texts)

    @property
    def evidence(self) -> str:
        """3 seeds × 2,000 test names."""
        seeds = f"{self.seeds} seed{'s' * (self.seeds != 1)}"
        if not self.examples:
            return seeds
        examples = f"{self.examples:,} {self.unit}"
        return examples if self.seeds == 1 else f"{seeds} × {examples}"

"""The records of baselines, equivalence checks, and benchmarks."""

from collections.abc import Sequence
from statistics import median
from typing import Annotated, Literal

from msgspec import field

from comparisons.records.spec import (
    Count,
    Metric,
    NoiseFloor,
    Part,
    Record,
    Scores,
    Seconds,
    Settings,
    Times,
    says,
)

DISTURBED = 1.1
"""Times of the same products, relative to each other, under load."""


class Baselines(Record, kw_only=True):
    """Scores of the task's baselines, without any framework."""

    kind: Annotated[Literal["baselines"], says("kind of the record")]
    metric: Metric = ""
    baselines: Annotated[dict[str, Scores], says("baseline, its scores")] = {}
    noise_floor: NoiseFloor = None
    metadata: Annotated[Settings, says("metadata of the data set")] = {}

    def __post_init__(self) -> None:
        """Each baseline has the metric."""
        for name, scores in self.baselines.items():
            if self.metric not in scores:
                raise ValueError(f"'{name}' lacks the score '{self.metric}'")


class Deviation(Part, kw_only=True):
    """How far a measure of a case is from the numpy reference."""

    case: Annotated[str, says("the model that was checked")]
    check: Annotated[str, says("what was compared")]
    measured: Annotated[float, says("largest relative deviation")]
    limit: Annotated[float, says("largest deviation that is admitted")]

    @property
    def holds(self) -> bool:
        return self.measured <= self.limit


class Equivalence(Record, kw_only=True):
    """The equivalence checks of a run's own model."""

    kind: Annotated[Literal["equivalence"], says("kind of the record")]
    deviations: Annotated[list[Deviation], says("all checks")] = []


class Verification(Record, kw_only=True):
    """The equivalence checks of all cases of `compare.py verify`."""

    kind: Annotated[Literal["verification"], says("kind of the record")]
    impl: Annotated[str, says("implementation of the layers")]
    loop: Annotated[str, says("training loop")]
    deviations: Annotated[list[Deviation], says("all checks")] = []


class StepTimes(Record, kw_only=True):
    """The times of our training step and of a minimal loop's."""

    hidden_size: Annotated[int, says("hidden units")]
    ours: Annotated[Times, says("seconds per step")]
    minimal: Annotated[Times, says("the same of the fastest minimal loop")]
    loops: Annotated[dict[str, Times], says("the same of each such loop")] = {}


class Bench(StepTimes, kw_only=True):
    """Step times, epoch by epoch."""

    kind: Annotated[Literal["bench"], says("kind of the record")]


class BenchRounds(StepTimes, kw_only=True):
    """Step times of a language model, in rounds of a few steps."""

    kind: Annotated[Literal["bench-rounds"], says("kind of the record")]
    steps: Annotated[int, says("steps of a round")]
    tokens: Annotated[int, says("tokens of a step")]
    unit: Annotated[str, says("token: character or word")]
    flops: Annotated[int, says("operations of a step's products")]
    product_rates: Annotated[
        list[float], says("operations per second of large products")
    ]


class GeneratedText(Part, kw_only=True):
    """The times of one batch of generated texts."""

    batch: Annotated[int, says("texts at once")]
    length: Annotated[int, says("tokens of each text")]
    first: Annotated[Seconds, says("until the first chunk")]
    later: Annotated[Seconds, says("of the later chunks")]
    first_tokens: Annotated[int, says("tokens of the first chunk")]
    later_tokens: Annotated[int, says("tokens of the later chunks")]

    @property
    def seconds(self) -> float:
        """Of the whole text."""
        return self.first + self.later


class BenchGeneration(Record, kw_only=True):
    """How fast a language model generates."""

    kind: Annotated[Literal["generation"], says("kind of the record")]
    hidden_size: Annotated[int, says("hidden units")]
    texts: Annotated[list[GeneratedText], says("each batch of texts")]
    token_bytes: Annotated[
        Count, says("bytes of weights that one token reads; 0: not counted")
    ] = 0
    bandwidths: Annotated[
        dict[str, list[float]],
        says("of memory, and of the weights: bytes/s before and after"),
    ] = {}


class BenchAttention(Record, kw_only=True):
    """What attention and beam search cost."""

    kind: Annotated[Literal["attention"], says("kind of the record")]
    sizes: Annotated[dict[str, int], says("sizes of the synthetic data")]
    steps: Annotated[dict[str, Times], says("attention: of each step")]
    searches: Annotated[dict[str, Times], says("search: of each batch")]


class BenchScan(Record, kw_only=True):
    """What a training step costs, by the number of time steps."""

    kind: Annotated[Literal["scan"], says("kind of the record")]
    sizes: Annotated[dict[str, int], says("sizes of the synthetic data")]
    form: Annotated[
        Literal["scan", "loop", "native"],
        says("all steps by a scan, a loop over time, or the layers' own"),
    ]
    times: Annotated[dict[str, Times], says("time steps: of each step")]

    @property
    def medians(self) -> dict[int, float]:
        """Time steps T -> the median."""
        return {int(t): median(times) for t, times in self.times.items()}

    @property
    def lengths(self) -> list[int]:
        return list(self.medians)


class BenchPadding(Record, kw_only=True):
    """What passing lengths to a layer costs."""

    kind: Annotated[Literal["padding"], says("kind of the record")]
    sizes: Annotated[dict[str, int], says("sizes of the synthetic data")]
    with_lengths: Annotated[Times, says("of each step")] = field(name="with")
    without: Annotated[Times, says("of each step without lengths")]
    packed: Annotated[Times, says("with lengths, always packed")] = []
    padded: Annotated[Times, says("with lengths, never packed")] = []
    by_hand: Annotated[Times, says("with lengths, gradients by hand")] = []


class BenchPaths(Record, kw_only=True):
    """What a step costs on each way that a framework has to compute it."""

    kind: Annotated[Literal["paths"], says("kind of the record")]
    mode: Annotated[Literal["training", "inference"], says("kind of step")]
    sizes: Annotated[dict[str, int], says("sizes of the synthetic data")]
    times: Annotated[dict[str, Times], says("path: of a step in each round")]
    deviations: Annotated[
        dict[str, float],
        says("path: largest relative deviation of outputs from the reference"),
    ]
    products: Annotated[
        list[float],
        says("seconds of the matrix products of a step, before and after"),
    ]
    operations: Annotated[
        dict[str, dict[str, float]],
        says("path: seconds of a traced step by kind of operation; {}: none"),
    ] = {}
    flops: Annotated[int, says("operations of these products")]
    bytes: Annotated[int, says("bytes that they read and write")]

    @property
    def disturbed(self) -> bool:
        """Whether the machine was slower before or after than the other."""
        return max(self.products) > DISTURBED * min(self.products)


class BenchInference(Record, kw_only=True):
    """How long a model predicts, one sequence and many at once."""

    kind: Annotated[Literal["inference"], says("kind of the record")]
    group: Annotated[
        str, says("digest that rows share whose rounds were timed in turn")
    ]
    sizes: Annotated[dict[str, int], says("sizes of the model and its data")]
    latency: Annotated[
        Sequence[Times], says("of each call with one sequence, by round")
    ]
    throughput: Annotated[
        Sequence[Times], says("of each call with a batch, by round")
    ]
    deviations: Annotated[
        dict[str, float],
        says("latency and throughput: largest relative deviation of outputs"),
    ]

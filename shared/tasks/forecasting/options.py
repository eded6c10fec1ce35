"""The data options of forecasts."""

from dataclasses import dataclass
from itertools import pairwise

from shared.datasets.series import SOURCES
from shared.datasets.times.reach import Reach
from shared.datasets.user.series import UserSeries
from shared.errors import SpecError
from shared.fields import count, option, several

MEDIAN = 0.5
"""The level of the quantile that is the point forecast."""


@dataclass(frozen=True)
class ForecastData(UserSeries):
    dataset: str = option("etth1", "time series", choices=tuple(SOURCES))
    window: int = option(
        96,
        "time steps T of the input window; of your own file, two seasons of "
        "its step",
        least=2,
    )
    horizon: int = count(
        24, "time steps to forecast; of your own file, a season of its step"
    )
    multivariate: bool = option(
        False, "read and forecast every column, not the target column alone"
    )
    residual: bool = option(
        True,
        "read and forecast differences from the last value; off where targets "
        "are every step's, the strategy is recursive, or returns are forecast",
    )
    targets: str = option(
        "last",
        "values learned in training: those after the window, or those after "
        "every step of it",
        ("last", "every"),
    )
    strategy: str = option(
        "direct",
        "forecast the horizon at once, or step by step from own forecasts",
        ("direct", "recursive"),
    )
    returns: bool = option(
        False, "forecast logarithmic returns of the series, not its levels"
    )
    calendar: bool = option(
        False,
        "read hour of day, day of week, and day of year as sines and cosines, "
        "at each step and of the steps ahead",
    )
    exogenous: tuple[str, ...] = several(
        str, "columns to read with the target, known up to the present"
    )
    known_ahead: tuple[str, ...] = several(
        str,
        "columns to read with the target, known for the steps ahead too, "
        "such as holidays",
    )
    quantiles: tuple[float, ...] = several(
        float,
        "quantiles to forecast, such as 0.1 0.5 0.9, by the pinball loss; "
        "none: the mean, by the squared error",
    )
    folds: int = count(
        1,
        "folds of walk-forward evaluation: each seed trains on all that comes "
        "before the test rows of one fold; 1: one split",
    )

    def __post_init__(self) -> None:
        """Check every field, and which go together."""
        super().__post_init__()
        for name in ("exogenous", "known_ahead", "quantiles"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        self.check_columns()
        check_quantiles(self.quantiles)
        if self.quantiles and self.strategy == "recursive":
            raise SpecError(
                "quantiles of one step are no inputs of the next: --quantiles "
                "needs --strategy direct"
            )

    @property
    def input_columns(self) -> tuple[str, ...]:
        """The columns that are read and not forecast."""
        return (*self.exogenous, *self.known_ahead)

    @property
    def reach(self) -> Reach:
        """These columns, and how many of the last rows each may lack."""
        present = ((name, self.horizon) for name in self.exogenous)
        return (*present, *((name, 0) for name in self.known_ahead))

    @property
    def lead(self) -> int:
        """By how many steps columns known ahead come before their time."""
        return 1 if self.strategy == "recursive" else self.horizon

    @property
    def plain(self) -> bool:
        """Whether the model learns what is scored, and nothing else."""
        return (self.targets, self.strategy) == ("last", "direct")

    def check_columns(self) -> None:
        """SpecError for columns that cannot be read with the target."""
        for place, name in enumerate(self.input_columns):
            if name in self.input_columns[:place]:
                raise SpecError(
                    f"column '{name}' is named twice: it is known ahead or "
                    "it is not"
                )
        if self.input_columns and self.multivariate:
            raise SpecError(
                f"column '{self.input_columns[0]}' is exogenous, but "
                "--multivariate forecasts every column"
            )
        if self.exogenous and self.strategy == "recursive":
            raise SpecError(
                f"--strategy recursive has no values of '{self.exogenous[0]}' "
                "at the steps ahead: it needs --known-ahead, or --strategy "
                "direct"
            )

    def check_residual(self) -> None:
        """SpecError for differences from a value that is not known yet."""
        if self.residual and not self.plain:
            raise SpecError(
                "differences from the last value are unknown at the steps "
                "before it: --targets every and --strategy recursive need "
                "--residual off"
            )

    def check_lead(self) -> None:
        """SpecError if some steps ahead would come before the window."""
        ahead = self.calendar or self.known_ahead
        if ahead and self.window < self.lead:
            raise SpecError(
                f"window {self.window} is shorter than horizon "
                f"{self.horizon}: it holds what is known ahead of its last "
                f"{self.window} steps only; --window {self.horizon} suffices"
            )


def check_quantiles(levels: tuple[float, ...]) -> None:
    """SpecError unless they rise within (0, 1) and include the median."""
    for level in levels:
        if not isinstance(level, float) or not 0.0 < level < 1.0:
            raise SpecError(f"quantile {level} is not between 0 and 1")
    for first, second in pairwise(levels):
        if first >= second:
            raise SpecError(
                f"quantiles {first:g} and {second:g} are out of order: they "
                "must increase"
            )
    if levels and MEDIAN not in levels:
        raise SpecError(
            f"quantiles {' '.join(f'{level:g}' for level in levels)} lack "
            f"{MEDIAN}, the median, which is the point forecast"
        )

"""The data options of forecasts."""

from dataclasses import dataclass

from shared.datasets.series import SOURCES
from shared.datasets.user_series import UserSeries
from shared.errors import SpecError
from shared.fields import count, option


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
        "are every step's or the strategy is recursive",
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

    @property
    def plain(self) -> bool:
        """Whether the model learns what is scored, and nothing else."""
        return (self.targets, self.strategy) == ("last", "direct")

    def check_residual(self) -> None:
        """SpecError for differences from a value that is not known yet."""
        if self.residual and not self.plain:
            raise SpecError(
                "differences from the last value are unknown at the steps "
                "before it: --targets every and --strategy recursive need "
                "--residual off"
            )

"""Chapter 8: series and signals."""

from shared.exercises.series.ctc_collapse import CTC_COLLAPSE
from shared.exercises.series.forecast_ahead import AHEAD
from shared.exercises.series.mase import MASE
from shared.exercises.series.normalize import NORMALIZE
from shared.exercises.series.pinball_loss import PINBALL

EXERCISES = (
    NORMALIZE,
    MASE,
    PINBALL,
    CTC_COLLAPSE,
    AHEAD,
)

"""Chapter 10: choosing a model."""

from shared.exercises.choosing.compare_cells import CELLS
from shared.exercises.choosing.count_parameters import COUNT
from shared.exercises.choosing.largest_hidden_size import BUDGET
from shared.exercises.choosing.paired_interval import INTERVAL

EXERCISES = (
    COUNT,
    INTERVAL,
    BUDGET,
    CELLS,
)

"""A column of times, read as a whole: one order, one zone, one step."""

from shared.datasets.times.formats import AUTO, check_format
from shared.datasets.times.readings import Column
from shared.datasets.times.recognize import Times, read_times
from shared.datasets.times.steps import Steps, steps_of

"""The studies of `compare.py study`, one a module."""

import comparisons.figures  # noqa: F401 - before a study imports matplotlib

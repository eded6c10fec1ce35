"""The limits, held against the deviations that were measured last."""

from functools import cache

import pytest

from comparisons.equivalence.limits import LIMITS
from comparisons.frameworks import DEFAULT
from comparisons.records.environment import ROOT
from comparisons.records.files import records_file
from comparisons.records.store import read_records
from shared.specs import CELLS, IMPLS_OF

MARGIN = 100
"""A limit is at most this many times the largest deviation in float64."""


@cache
def recorded():
    """The records of `compare.py verify --out docs/verify`."""
    return read_records(records_file(ROOT / "docs" / "verify"))


def largest(precision, check):
    return max(
        one.measured
        for record in recorded()
        if record.spec.precision == precision
        for one in record.deviations
        if one.check == check
    )


def test_all_frameworks_cells_and_layers_were_verified():
    found = {
        (one.framework, one.cell, one.impl, one.spec.precision)
        for one in recorded()
    }
    assert found == {
        (framework, cell, impl, precision)
        for framework in DEFAULT
        for cell in CELLS
        for impl in IMPLS_OF[cell]
        for precision in ("float64", "float32")
    }
    assert {one.status for one in recorded()} == {"ok"}


@pytest.mark.parametrize("check", LIMITS["float64"])
def test_a_limit_in_float64_is_near_what_was_measured(check):
    limit, found = LIMITS["float64"][check], largest("float64", check)
    assert found <= limit <= MARGIN * found


@pytest.mark.parametrize("check", LIMITS["float32"])
def test_a_limit_in_float32_is_kept(check):
    assert largest("float32", check) <= LIMITS["float32"][check]


def test_limits_of_the_records_are_those_of_the_table():
    limits = {
        (record.spec.precision, one.check, one.limit)
        for record in recorded()
        for one in record.deviations
        if one.check in LIMITS[record.spec.precision]
    }
    assert limits == {
        (precision, check, limit)
        for precision in ("float64", "float32")
        for check, limit in LIMITS[precision].items()
    }

"""The pinned versions are those of the published numbers."""

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from comparisons.records.environment import ROOT
from comparisons.records.files import records_file
from comparisons.records.lines import lines_of

PIN = re.compile(r"^([\w.-]+)==(\S+)$", re.MULTILINE)
PINS = {
    canonicalize_name(name): version
    for name, version in PIN.findall((ROOT / "constraints.txt").read_text())
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
RECORDS = [*lines_of(records_file(ROOT / "docs" / "sine"))]


def requirements(texts):
    return [
        Requirement(text) for text in texts if "rnn-comparisons" not in text
    ]


@pytest.mark.parametrize("extra", ["", "pytorch", "keras", "jax"])
def test_what_a_comparison_needs_is_pinned(extra):
    texts = EXTRAS[extra] if extra else PROJECT["dependencies"]
    for one in requirements(texts):
        assert PINS.get(canonicalize_name(one.name)), one


@pytest.mark.parametrize("extra", EXTRAS)
def test_a_pin_is_within_the_bounds(extra):
    texts = PROJECT["dependencies"] + EXTRAS[extra]
    for one in requirements(texts):
        pin = PINS.get(canonicalize_name(one.name))
        assert pin is None or pin in one.specifier, one


def test_records_have_the_pinned_versions():
    found = {
        pair
        for _, line in RECORDS
        for pair in json.loads(line)["versions"].items()
    }
    assert len(found) >= 8
    for name, version in found:
        assert PINS[canonicalize_name(name)] == version.partition("+")[0]

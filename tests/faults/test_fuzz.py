"""Edited files are read, or refused in one line: never a trace, never a hang.

`FUZZ_SECONDS=20 FUZZ_EXAMPLES=100000 pytest tests/faults/test_fuzz.py` searches
further than the few examples of each run of the tests.
"""

import json
import os
import time

import pytest
from factories.damage.edits import edited, edits, json_of
from factories.damage.fuzzed import readers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.errors import UserError

SECONDS = float(os.environ.get("FUZZ_SECONDS", "0.3"))
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "40"))
LONGEST = 2000
"""Characters of a message: a screen."""

READERS = readers()
fuzzed = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=EXAMPLES == 40,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def assert_read_or_refused(read, path):
    try:
        read(path)
    except UserError as error:
        assert 0 < len(str(error)) < LONGEST, str(error)[:LONGEST]
        assert "\n" not in str(error).strip(), str(error)


@pytest.mark.parametrize("name", sorted(READERS.keys() - {"zip"}))
def test_the_good_file_is_read(tmp_path, name):
    reader = READERS[name]
    path = tmp_path / reader.name
    path.write_bytes(reader.content)
    reader.read(path)


@pytest.mark.parametrize("name", READERS)
def test_an_edited_file_is_read_or_refused(tmp_path_factory, name):
    reader, end = READERS[name], time.monotonic() + SECONDS
    folder = tmp_path_factory.mktemp("edited")

    @fuzzed
    @given(edits)
    def check(given):
        if time.monotonic() < end:
            content = edited(reader.content, given)
            (folder / reader.name).write_bytes(content)
            assert_read_or_refused(reader.read, folder / reader.name)

    check()


@pytest.mark.parametrize("name", ["records", "records of a report"])
def test_an_edited_record_is_read_or_refused(tmp_path_factory, name):
    reader, end = READERS[name], time.monotonic() + SECONDS
    path = tmp_path_factory.mktemp("edited") / reader.name
    lines = [json.loads(line) for line in reader.content.splitlines()]

    @fuzzed
    @given(st.sampled_from(lines).flatmap(json_of))
    def check(changed):
        if time.monotonic() < end:
            text = "".join(
                f"{json.dumps(line)}\n" for line in [*lines, changed]
            )
            path.write_text(text, encoding="utf-8")
            assert_read_or_refused(reader.read, path)

    check()

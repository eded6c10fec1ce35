"""Records in plain text, and the same compressed."""

from __future__ import annotations

import gzip

import pytest
from factories import records as made

RUNS = [made.run(seed=seed) for seed in range(3)]


@pytest.fixture
def plain(tmp_path):
    return made.stored(tmp_path / "plain", [*RUNS, made.baselines()])


@pytest.fixture
def packed(plain):
    """A folder with the records of the plain one, and no other file."""
    folder = plain.with_name("packed")
    folder.mkdir()
    content = (plain / "runs.jsonl").read_bytes()
    (folder / "runs.jsonl.gz").write_bytes(gzip.compress(content))
    return folder

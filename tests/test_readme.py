"""The pages' numbers are those of the recorded runs they name."""

import pytest

from comparisons.docs import MARK, PAGES, filled
from comparisons.environment import ROOT
from comparisons.store import read_records


@pytest.mark.parametrize("page", PAGES)
def test_results_in_a_page_come_from_their_records(page):
    text = (ROOT / page).read_text()
    assert MARK.search(text)
    assert filled(text, ROOT) == text


def test_recorded_results_are_whole():
    text = (ROOT / "README.md").read_text()
    for found in MARK.finditer(text):
        records = read_records(ROOT / found[3] / "runs.jsonl")
        runs = [r for r in records if r["kind"] == "run"]
        assert len(runs) == 27
        assert {run["status"] for run in runs} == {"ok"}
        assert all(all(run["checks"].values()) for run in runs)

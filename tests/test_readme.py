"""The README's numbers are those of the recorded runs it names."""

from comparisons.docs import MARK, filled
from comparisons.environment import ROOT
from comparisons.store import read_records


def test_results_in_the_readme_come_from_their_records():
    text = (ROOT / "README.md").read_text()
    assert MARK.search(text)
    assert filled(text, ROOT) == text


def test_recorded_results_are_whole():
    text = (ROOT / "README.md").read_text()
    for found in MARK.finditer(text):
        records = read_records(ROOT / found[2] / "runs.jsonl")
        runs = [r for r in records if r["kind"] == "run"]
        assert len(runs) == 27
        assert {run["status"] for run in runs} == {"ok"}
        assert all(all(run["checks"].values()) for run in runs)

"""The pages' numbers are those of the recorded runs they name."""

import json
import re

import pytest

from comparisons.analysis.loading import read_summary
from comparisons.records.environment import ROOT
from comparisons.records.files import folders_of_records, records_file
from comparisons.records.store import read_records
from comparisons.report.markdown import write_markdown
from comparisons.report.render import REPORT
from comparisons.site.pages import MARK, PAGES, filled
from comparisons.site.proof import SAMPLE, mutants


@pytest.mark.parametrize("page", PAGES)
def test_results_in_a_page_come_from_their_records(page):
    text = (ROOT / page).read_text()
    assert MARK.search(text)
    assert filled(text, ROOT, page) == text


REPORTS = sorted((ROOT / "docs").rglob(REPORT))


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.parent.name)
def test_a_committed_report_is_that_of_its_records(report, tmp_path):
    write_markdown(read_summary(report.parent), tmp_path / REPORT)
    assert (tmp_path / REPORT).read_text() == report.read_text()


RUNS = {
    "docs/sine": 45,
    "docs/sine-one-wave": 27,
    "docs/names": 27,
    "docs/sentiment": 9,
    "docs/sst2": 27,
    "docs/tagging": 9,
    "docs/wnut17": 27,
    "docs/charlm": 9,
    "docs/charlm-90-10": 9,
    "docs/charlm-off": 3,
    "docs/charlm-quick": 9,
    "docs/charlm-stateful": 9,
    "docs/charlm-stateless": 9,
    "docs/wordlm-quick": 9,
    "docs/translate": 9,
    "docs/translate-none": 6,
    "docs/translate-paper": 6,
    "docs/translate-quick": 9,
    "docs/reverse": 9,
    "docs/chatbot": 9,
    "docs/chatbot-quick": 9,
    "docs/echo": 27,
    "docs/echo-20": 9,
    "docs/echo-20-native": 9,
    "docs/seqmnist": 9,
    "docs/forecast": 27,
    "docs/digits": 27,
    "docs/music": 27,
    "docs/music-paper": 3,
    "docs/adding": 9,
    "docs/copy": 9,
    "docs/echo-sweep": 90,
    "docs/anomaly": 27,
    "docs/anomaly-forecast": 27,
    "docs/digits-speaker": 27,
    "docs/digits-speakers": 18,
    "docs/digits-regularized": 36,
    "docs/wnut17-sweep": 4,
    "docs/speech": 9,
    "docs/speech-speakers": 12,
    "docs/video": 9,
    "docs/digits-optimizers": 108,
    "docs/tagging-directions": 6,
    "docs/forecast-strategy": 18,
    "docs/charlm-layers": 9,
    "docs/sine-targets": 30,
    "docs/seqmnist-relu": 6,
    "docs/sst2-directions": 18,
    "docs/sst2-tokenizers": 24,
    "docs/bike": 9,
    "docs/melbourne": 9,
    "docs/seattle": 9,
    "docs/wti": 9,
    "docs/sp500/returns=off": 9,
    "docs/sp500/returns=on": 9,
    "docs/sst2-regularization": 201,
    "docs/charlm-regularization": 201,
    "docs/adding-regularization": 450,
    "docs/names-tune": 9,
    "docs/atlas": 105,
}
"""Folder -> the runs that are recorded in it."""

UNSURE = {
    ("docs/copy", "pytorch", "rnn", "loss_decreased"),
    ("docs/adding-regularization", "jax", "rnn", "loss_decreased"),
    ("docs/adding-regularization", "keras", "rnn", "timings_add_up"),
    ("docs/adding-regularization", "keras", "gru", "timings_add_up"),
    ("docs/sst2-regularization", "pytorch", "rnn", "timings_add_up"),
    ("docs/sst2-regularization", "pytorch", "gru", "timings_add_up"),
    ("docs/sst2-regularization", "pytorch", "lstm", "timings_add_up"),
}
"""Checks that do not hold, as the pages say, or times of a busy machine that
no page shows."""

DIVERGE = ("docs/adding-regularization",)
"""Folders whose pages count the runs that diverge."""


@pytest.mark.parametrize("page", PAGES)
def test_links_of_a_page_resolve(page):
    path = ROOT / page
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text()):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("folder", RUNS)
def test_recorded_results_are_complete(folder):
    pages = [(ROOT / page).read_text() for page in PAGES]
    mark = re.compile(rf"<!-- \w+: ([^>]* )?{folder}( [^>]*)? -->")
    assert any(mark.search(text) for text in pages)
    paths = map(records_file, folders_of_records(ROOT / folder))
    records = [record for path in paths for record in read_records(path)]
    runs = [r for r in records if r.kind == "run"]
    assert len(runs) == RUNS[folder]
    diverged = {"diverged"} if folder in DIVERGE else set()
    assert {run.status for run in runs} == {"ok"} | diverged
    failed = {
        (folder, run.framework, run.cell, check)
        for run in runs
        if run.status == "ok"
        for check, holds in run.checks.items()
        if not holds
    }
    assert failed == {one for one in UNSURE if one[0] == folder}


NAMED = re.compile(
    r"(?<![\w./-])(?:comparisons|shared|tests|\w+_impl|docs|\.ci)/[\w./=-]*\w"
)


@pytest.mark.parametrize("page", [*PAGES, "CONTRIBUTING.md"])
def test_the_files_that_a_page_names_exist(page):
    named = set(NAMED.findall((ROOT / page).read_text())) - {"docs/NAME"}
    assert len(named) > 1
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_mutants_that_did_not_run_count_as_their_sample(tmp_path):
    """Of 10 run 9 are killed, of a sample of the other 30 a half: 24 of 40."""
    names = ("file", "mutants", "run", "killed", "survived")
    lines = [("a.py", 40, 10, 9, 1), (SAMPLE, 30, 4, 2, 2)]
    text = [json.dumps(dict(zip(names, line, strict=True))) for line in lines]
    (tmp_path / "m.jsonl").write_text("\n".join(text))
    table = mutants(tmp_path, "m.jsonl").splitlines()
    assert table[2] == "| a.py | 40 | 10 | 9 | 1 | 90.0 |"
    assert table[-1] == "| all | 40 | 14 | 11 | 3 | 60.0 |"

"""What `compare.py bench scan` times, prints, draws and refuses."""

import importlib
from contextlib import closing

import pytest
from factories.specs import run_spec

from comparisons.arguments.command_line import parse
from comparisons.arguments.flags.bench import SCAN_CELLS, SCAN_SIZES
from comparisons.bench import scan
from comparisons.bench.scan_plot import crossover, draw_scan, line_of, message
from comparisons.records.measurements import BenchScan
from comparisons.records.record import record_of
from comparisons.records.store import Store
from comparisons.site.pages import filled
from comparisons.worker.jobs import Job
from comparisons.worker.timing.scan import time_lengths
from shared.errors import UserError
from shared.specs import TABLE

SIZES = {"batch_size": 2, "size": 3, "hidden_size": 4, "repeats": 2}
LINEAR = [name for name in SCAN_CELLS if TABLE[name].linear]


def record(form, cell, times, framework="pytorch") -> BenchScan:
    impl = "scratch" if TABLE[cell].linear else "native"
    run = run_spec("sine", framework, cell, model={"impl": impl})
    by_length = {str(t): [s, 9 * s, s] for t, s in zip((16, 32, 64), times)}
    found = record_of(
        *("scan", "", run, "compare.py bench scan"),
        versions={},
        sizes=SIZES,
        form=form,
        times=by_length,
    )
    assert isinstance(found, BenchScan)
    return found


SCAN = record("scan", LINEAR[0], (3.0, 3.0, 3.0))
RECORDS = [
    SCAN,
    record("loop", LINEAR[0], (4.0, 8.0, 16.0)),
    record("native", "gru", (1.0, 3.5, 7.0)),
    record("native", "lstm", (1.0, 2.0, 4.0)),
]


@pytest.mark.parametrize("form", ["scan", "loop"])
def test_each_form_is_timed_at_each_length(form, monkeypatch):
    assert {*SIZES, "threads"} == SCAN_SIZES.keys()
    cells, scratch = (
        importlib.import_module(f"pytorch_impl.{file}")
        for file in ("cells", "scratch")
    )
    inner, scanned = scratch.associative_scan, set()

    def counted(steps, reverse):
        scanned.add(steps[0].shape[1])
        return inner(steps, reverse)

    monkeypatch.setattr(scratch, "associative_scan", counted)
    parallel = dict(cells.PARALLEL)
    for module in (cells, scratch):
        monkeypatch.setattr(module, "PARALLEL", parallel)
    run = run_spec(
        *("sine", "pytorch", LINEAR[0]), threads=1, model={"impl": "scratch"}
    )
    request = {**SIZES, "threads": 1, "form": form, "lengths": [2, 5]}
    implementation = importlib.import_module("pytorch_impl")
    found = time_lengths(Job(run, implementation, request))
    assert {t: len(s) for t, s in found["times"].items()} == {"2": 2, "5": 2}
    assert found["form"] == form
    assert scanned >= {2, 5} if form == "scan" else not scanned
    assert found["sizes"] == {**SIZES, "threads": 1}


def test_linear_cells_have_two_forms_and_others_their_layers():
    runs = scan.planned(parse("bench scan", ["--frameworks", "jax"]))
    cells = {form: [run.cell for run in rows] for form, rows in runs.items()}
    native = [name for name in SCAN_CELLS if name not in LINEAR]
    assert cells == {"scan": LINEAR, "loop": LINEAR, "native": native}
    assert {run.model.impl for run in runs["loop"]} == {"scratch"}
    assert {run.model.impl for run in runs["native"]} == {"native"}


def test_a_scan_is_faster_from_where_it_stays_faster():
    natives = RECORDS[2:]
    assert [crossover(SCAN, [one]) for one in RECORDS[1:]] == [16, 32, 64]
    assert crossover(SCAN, natives) == 64
    again = record("native", "gru", (4.0, 1.0, 4.0))
    assert crossover(SCAN, [again]) == 64
    assert crossover(SCAN, [record("native", "gru", (4.0, 4.0, 1.0))]) is None
    assert crossover(SCAN, []) is None


def test_the_picture_says_where_each_framework_crosses(tmp_path):
    other = [
        record("scan", LINEAR[0], (5.0, 5.0, 5.0), "jax"),
        record("native", "gru", (1.0, 2.0, 3.0), "jax"),
    ]
    assert message([*RECORDS, *other]) == (
        "minGRU by a scan trains faster than native layers from T 64 in "
        "PyTorch and at no T in JAX"
    )
    line, loop, layer, _ = (line_of(one, RECORDS) for one in RECORDS)
    assert line.marks == [(64, 3.0)]
    assert (line.label, loop.label, layer.label) == ("minGRU", "", "GRU")
    assert len({line.dash, loop.dash, layer.dash}) == 3
    draw_scan([*RECORDS, *other], tmp_path / "scan.png")
    assert (tmp_path / "scan.png").stat().st_size > 1000


def test_times_are_printed_recorded_and_drawn(tmp_path, monkeypatch, capsys):
    requested = []

    def rows(kind, job, runs, options, command, form, **request):
        requested.append((form, request["lengths"]))
        return [one for one in RECORDS if one.form == form]

    monkeypatch.setattr(scan, "record_rows", rows)
    words = ["--lengths", "64", "16", "32", "--frameworks", "pytorch"]
    assert scan.main([*words, "--out", str(tmp_path)]) == 0
    lengths = [16, 32, 64]
    forms = ("scan", "loop", "native")
    assert requested == [(form, lengths) for form in forms]
    shown = " ".join(capsys.readouterr().out.split())
    assert "minGRU scan 3000.0 3000.0 3000.0" in shown
    assert (
        "PyTorch minGRU: a scan is faster than its loop from T 16, than GRU "
        "from T 32, than LSTM from T 64" in shown
    )
    assert [path.name for path in tmp_path.iterdir()] == ["scan.png"]


def test_a_page_has_the_table_of_a_record(tmp_path):
    with closing(Store(tmp_path)) as store:
        for one in RECORDS:
            store.append(one)
    marked = "<!-- scan: runs.jsonl -->\n<!-- end of scan -->"
    text = filled(marked, tmp_path, "docs/memory.md")
    assert "| framework | cell | form | T 16 | T 32 | T 64 |" in text
    assert "| PyTorch | minGRU | loop | 4000.0 | 8000.0 | 16000.0 |" in text
    assert "- PyTorch minGRU: a scan is faster than its loop from" in text


@pytest.mark.parametrize(
    ("flags", "text"),
    [
        (["--lengths", "0"], "lengths must be at least 1, not 0"),
        (["--cells", "gruu"], "unknown cell 'gruu'; did you mean 'gru'?"),
        (["--hidden-size", "1000000"], "GB of memory"),
    ],
)
def test_impossible_options_are_refused(flags, text):
    with pytest.raises(UserError, match=text):
        scan.main(flags)

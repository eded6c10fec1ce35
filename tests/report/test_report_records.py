"""Records of all kinds: lacking fields, other settings, very many."""

import copy
from dataclasses import asdict

import pytest
from factories import records as made
from factories.html.elements import parse, report, rows, words
from factories.processes import assert_refused, compare
from factories.specs import run_spec
from msgspec import structs

from comparisons.analysis.loading import choices_of, read_parts
from comparisons.commands import report as report_command
from comparisons.records.store import FIELDS
from comparisons.report import page as report_page
from comparisons.report.page import page
from shared.errors import UserError

pytestmark = pytest.mark.usefixtures("numpy_training")

FULL = {
    "run": made.run(detail={}, data_hashes={"a": "b"}, batches="c")
    | {"began": "2026-01-01T00:00:00+00:00", "kernels": "oneDNN"},
    "baselines": made.baselines(),
    "equivalence": made.equivalence(forward=1e-7),
}
OPTIONAL = [
    (kind, name)
    for kind, record in FULL.items()
    for name in record
    if name not in {*FIELDS, "task"}
]


@pytest.fixture
def report_alone(monkeypatch):
    """Pages without code and Plotly, which hang on no record: quick to make."""
    monkeypatch.setattr(report_page, "reader", lambda tasks: None)
    monkeypatch.setattr(report_page, "plotly_script", lambda: b"")


def parts_of(folder, records):
    """The comparisons of a folder with these records."""
    numbered = [r | {"key": str(n)} for n, r in enumerate(records)]
    return read_parts([made.stored(folder, numbered)])


def fields_of(part):
    """The fields of each record, its epochs as a list."""
    return [
        structs.asdict(one) | {"epochs": [*getattr(one, "epochs", ())]}
        for one in part.records
    ]


@pytest.mark.usefixtures("report_alone")
@pytest.mark.parametrize(("kind", "name"), OPTIONAL)
def test_a_record_may_lack_a_field(tmp_path, kind, name):
    absent, null = copy.deepcopy(FULL), copy.deepcopy(FULL)
    del absent[kind][name]
    null[kind][name] = None
    found = parts_of(tmp_path, absent.values())
    (same,) = parts_of(tmp_path, null.values())
    assert fields_of(same) == fields_of(found[0])
    root = parse(page(found))
    assert len(list(report(root).all("section"))) == 13
    (line,) = rows(root.by_id("part1-runs"))
    assert line[0] in ("PyTorch", "?")


@pytest.mark.usefixtures("report_alone")
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("scores", {"mae": 0.1}, "lacks the score 'rmse'"),
        ("scores", {"rmse": None}, "`float`, got `null` - at `$.scores"),
        ("epochs", [], "length >= 1 - at `$.epochs`"),
        ("steps_per_epoch", None, "required field `steps_per_epoch`"),
    ],
)
def test_a_run_without_a_required_field_has_no_result(
    tmp_path, name, value, said
):
    (part,) = parts_of(tmp_path, [made.run() | {name: value}])
    (row,) = part.summary.rows
    assert (row.status, row.seeds) == ("failed", 0)
    assert said in words(parse(page([part])).by_id("part1-runs"))


@pytest.mark.usefixtures("report_alone")
def test_epochs_without_validation_have_no_curve(tmp_path):
    run = made.run()
    for epoch in run["epochs"]:
        del epoch["validation"]
    root = parse(page(parts_of(tmp_path, [run])))
    assert "No run has a learning curve" in words(root.by_id("curves"))


def sized(size, cell, seed=0):
    """A run with a given hidden size."""
    spec = {"init": "matched", "model": {"hidden_size": size}}
    return made.run(cell=cell, seed=seed, spec=spec)


def test_cells_with_their_own_sizes_are_one_comparison(tmp_path):
    records = [sized(64, "rnn"), sized(32, "gru"), sized(28, "lstm")]
    (part,) = parts_of(tmp_path, records)
    assert part.cells == ["rnn", "gru", "lstm"]
    assert part.label == "sine"


def test_a_complete_spec_reads_like_its_overrides(tmp_path):
    data = {"dataset": "one-wave", "noise": 0.3}
    changes = {"train": {"epochs": 3}, "data": data}
    whole = asdict(run_spec("sine", "pytorch", "rnn", **changes))
    older = {**whole, "model": {}, **changes}
    first = made.run(cell="rnn", spec=whole, key="a", overrides=changes)
    first = {**first, "schema": 2, "checks": {"loss_decreased": True}}
    for name in ("model_spec", "train_spec"):
        del first[name]
    second = made.run(cell="gru", spec={**older, "cell": "gru"}, key="b")
    records = [first, second]
    (part,) = parts_of(tmp_path, records)
    said = [choices_of(record)[-3:] for record in part.records]
    assert said == [["epochs 3", "dataset one-wave", "noise 0.3"]] * 2


def test_a_cell_of_two_sizes_is_two_comparisons(tmp_path):
    records = [sized(64, "rnn"), sized(32, "rnn"), sized(32, "gru")]
    first, second = parts_of(tmp_path, records)
    assert (first.cells, second.cells) == (["rnn"], ["rnn", "gru"])
    assert first.label.startswith("sine, preset standard, init matched, ")
    assert ", hidden size 64, " in first.label


def test_other_settings_are_other_comparisons(tmp_path):
    native = made.run() | {"spec": {"init": "native"}}
    records = [
        made.run(),
        native,
        made.baselines(),
        made.equivalence(forward=1e-7),
    ]
    parts = parts_of(tmp_path, records)
    assert [part.records[0].spec.init for part in parts] == [
        "matched",
        "native",
    ]
    assert all(part.summary.baselines for part in parts)
    assert [len(part.summary.equivalence) for part in parts] == [1, 0]


def test_the_last_record_of_a_run_counts(tmp_path):
    records = [made.run(rmse=0.5), made.run(rmse=0.1)]
    (part,) = parts_of(tmp_path, records)
    assert [row.metric_mean for row in part.summary.rows] == [0.1]


@pytest.mark.usefixtures("report_alone")
def test_the_last_equivalence_record_of_a_row_counts(tmp_path):
    later = made.equivalence(forward=2e-3) | {"seed": 3}
    records = [made.run(), made.equivalence(forward=1e-7), later]
    root = parse(page(parts_of(tmp_path, records)))
    assert rows(root.by_id("part1-checks")) == [
        ["PyTorch", "LSTM", "2.0e-03 > 1e-03", "no"]
    ]


@pytest.mark.usefixtures("report_alone")
def test_comparisons_of_one_task_are_shown_together(tmp_path):
    for name, rmse in (("a", 0.1), ("b", 0.2)):
        parts_of(tmp_path / name, [made.run(rmse=rmse)])
    parts = read_parts([tmp_path / "a", tmp_path / "b"])
    assert [p.label for p in parts] == [
        f"sine, {tmp_path / name}" for name in ("a", "b")
    ]
    root = parse(page(parts))
    assert rows(root.by_id("together-part1")) == [
        ["PyTorch", "LSTM", "0.100", "0.200", "20.00", "20.00"]
    ]


def test_a_thousand_runs_stay_small(tmp_path):
    frameworks = [f"framework{n}" for n in range(5)]
    runs = [
        made.run(framework, cell, seed, 0.1 + 0.001 * (seed % 7))
        for seed in range(50)
        for framework in frameworks
        for cell in ("rnn", "rnn-relu", "gru", "lstm")
    ]
    text = page(parts_of(tmp_path, runs))
    root = parse(text)
    assert len(rows(root.by_id("part1-runs"))) == 1000
    assert len(rows(root.by_id("part1-results"))) == 20
    assert len(text.encode()) < 6_000_000


def test_the_command_writes_one_page_of_several_folders(tmp_path, capsys):
    for name in ("a", "b"):
        parts_of(tmp_path / name, [made.run()])
    path = tmp_path / "new" / "page.html"
    folders = [str(tmp_path / name) for name in ("a", "b")]
    assert report_command.main([*folders, "--out", str(path)]) == 0
    assert f"file: {path}" in capsys.readouterr().out.replace("\n", "")
    root = parse(path.read_text())
    assert len(list(report(root).all("h3"))) == 2 * 13
    assert report_command.main(folders[:1]) == 0
    assert (tmp_path / "a" / "report.html").exists()


def test_a_folder_without_records_is_named_with_the_nearest(tmp_path):
    parts_of(tmp_path / "sine", [made.run()])
    done = compare("report", tmp_path / "sin")
    assert_refused(done, "'", "holds no runs.jsonl", "did you mean", "sine'?")
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "runs.jsonl").touch()
    with pytest.raises(UserError, match="holds no run of a comparison"):
        read_parts([tmp_path / "empty"])

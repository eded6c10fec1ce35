"""Stores of several machines in one: nothing lost, nothing doubled."""

import json

import pytest
from factories import records as made
from factories.processes import assert_refused, compare

from comparisons.analysis.formats import frame
from comparisons.analysis.loading import read_parts, read_summary
from comparisons.analysis.notes import notes
from comparisons.analysis.results import texts
from comparisons.commands.merge import main
from comparisons.records.environment import host
from comparisons.records.merge import merge
from comparisons.records.store import read_records
from comparisons.report.page import write_page

OTHER = made.MACHINE | {"processor": "Other CPU", "cores": 64}
TWIN = made.MACHINE | {"host": "12ab34cd"}


def keys(folder):
    return [r.key for r in read_records(folder / "runs.jsonl")]


@pytest.fixture
def stores(tmp_path):
    """Seeds 0 and 1 of one machine, 1 and 2 of another; and a folder."""
    first = [made.run(seed=seed) for seed in (0, 1)]
    second = [
        made.run(seed=seed, machine=OTHER, timing="scored") for seed in (1, 2)
    ]
    first.append(made.baselines())
    second.append(made.baselines())
    return [
        made.stored(tmp_path / "a", first),
        made.stored(tmp_path / "b", second),
        tmp_path / "c",
    ]


def test_each_key_is_there_once_and_again_adds_nothing(stores):
    *sources, out = stores
    assert merge(sources, out) == (4, 2)
    found = keys(out)
    assert sorted(found) == sorted({*keys(sources[0]), *keys(sources[1])})
    assert merge(sources, out) == (0, 6)
    assert keys(out) == found


@pytest.mark.parametrize("order", [1, -1])
def test_a_timed_run_replaces_a_scored_one_of_its_key(stores, order):
    *sources, out = stores
    merge(sources[::order], out)
    runs = {
        r.seed: r for r in read_records(out / "runs.jsonl") if r.kind == "run"
    }
    assert [runs[s].timing for s in range(3)] == ["timed", "timed", "scored"]
    assert runs[1].machine.processor == "Example CPU"


def test_a_result_replaces_a_failure_that_is_there(tmp_path):
    out = made.stored(tmp_path / "out", [made.broken()])
    good = made.stored(tmp_path / "good", [made.run()])
    assert merge([good], out) == (1, 0)
    assert read_summary(out).rows[0].status == "ok"
    assert merge([made.stored(tmp_path / "bad", [made.broken()])], out) == (
        0,
        1,
    )


def test_files_of_the_runs_come_along(stores):
    *sources, out = stores
    key = keys(sources[0])[0]
    for folder, name in (("scores", f"{key}.npz"), ("checkpoints", "one.bin")):
        (sources[0] / folder).mkdir()
        (sources[0] / folder / name).write_text(folder)
    path = sources[0] / "runs.jsonl"
    first, *others = path.read_text().splitlines()
    record = json.loads(first) | {"checkpoint": "one.bin"}
    path.write_text("\n".join([json.dumps(record), *others]) + "\n")
    merge(sources, out)
    assert (out / "scores" / f"{key}.npz").read_text() == "scores"
    assert (out / "checkpoints" / "one.bin").read_text() == "checkpoints"


@pytest.mark.parametrize("other", [OTHER, TWIN])
def test_tables_distinguish_machines_and_show_the_times_of_one(tmp_path, other):
    folder = made.stored(
        tmp_path / "out",
        [
            *(made.run(cell="gru", seed=seed) for seed in range(3)),
            *(
                made.run(cell="lstm", seed=seed, machine=other, ms=5.0)
                for seed in range(2)
            ),
            made.baselines(),
        ],
    )
    summary = read_summary(folder)
    shown = texts(summary).set_index("cell")
    assert shown["machine"].to_dict() == {"GRU": "A", "LSTM": "B"}
    assert shown.loc["LSTM", "ms/step (IQR)"] == "-"
    assert shown.loc["GRU", "ms/step (IQR)"] != "-"
    rows = frame(summary).set_index("cell")
    assert rows["machine"].to_dict() == {"gru": "A", "lstm": "B"}
    assert rows["step_ms_median"].isna().to_dict() == {
        "gru": False,
        "lstm": True,
    }
    assert rows["metric_mean"].notna().all()
    text = "\n".join(notes(summary))
    assert "All times are of machine A; scores are of all." in text
    write_page(read_parts([folder]), tmp_path / "page.html")
    assert "All times are of machine A" in (tmp_path / "page.html").read_text()


def test_runs_of_one_machine_have_no_column_and_no_note(stores):
    summary = read_summary(stores[0])
    assert "machine" not in texts(summary)
    assert "Machines:" not in "\n".join(notes(summary))


def test_a_container_has_the_host_of_its_machine():
    assert host("3f2a9c0d1e4b") == host("") == ""
    assert host("node-1") != host("node-2")
    assert "node" not in host("node-1")


def test_the_command_merges_and_says_how_many(stores, capsys):
    *sources, out = stores
    assert main([*map(str, sources), "--out", str(out)]) == 0
    assert "4 records added, 2 already there" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("a", "nowhere", "--out", "c"), "holds no runs.jsonl"),
        (("a", "b", "--out", "a"), "is one of the folders"),
        (("a", "b"), "--out"),
    ],
)
def test_a_wrong_merge_is_refused_in_one_line(stores, words, text):
    root = stores[0].parent
    given = [w if w.startswith("--") else root / w for w in words]
    assert_refused(compare("merge", *given), text)
    assert not stores[2].exists()

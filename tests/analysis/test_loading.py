"""From folders to comparisons: their labels, and what is in one of them."""

import pytest
from factories import records as made

from comparisons.analysis.loading import read_parts
from shared.errors import UserError


def run(cell="lstm", seed=0, train=None, model=None, **spec):
    given = {"init": "matched", **spec}
    given |= {"train": train} if train else {}
    given |= {"model": model} if model else {}
    name = f"{cell} {seed} {given}"
    return made.run(cell=cell, seed=seed, spec=given, key=name)


def test_a_part_has_its_number_folder_rows_and_label(tmp_path):
    folders = [
        made.stored(tmp_path / "a", [run("gru"), made.broken(cell="rnn")]),
        made.stored(tmp_path / "b", [run(), run(seed=1)]),
    ]
    first, second = read_parts(folders)
    assert (first.slug, second.slug) == ("part1", "part2")
    assert (first.folder, second.folder) == tuple(folders)
    assert first.label == f"sine, {folders[0]}"
    assert second.label == f"sine, {folders[1]}"
    assert (first.frameworks, first.cells) == (["pytorch"], ["rnn", "gru"])
    assert [r.cell for r in first.records] == ["rnn", "gru"]
    assert [r.cell for r in first.done] == ["gru"]
    assert [r.seed for r in second.done] == [0, 1]


def test_only_the_requested_keys_are_read(tmp_path):
    runs = [run("gru"), run("rnn"), run("lstm", init="native")]
    folder = made.stored(tmp_path / "a", runs)
    (part,) = read_parts([folder], [runs[1]["key"], "absent"])
    assert part.cells == ["rnn"]
    message = f"^'{folder / 'runs.jsonl'}' holds no run of a comparison$"
    with pytest.raises(UserError, match=message):
        read_parts([folder], [])


def test_a_folder_without_records_is_named(tmp_path):
    with pytest.raises(UserError, match=f"^'{tmp_path}/a' holds no runs.jsonl"):
        read_parts([tmp_path / "a"])


def test_comparisons_of_one_folder_are_labeled_by_their_settings(tmp_path):
    runs = [
        run(preset="quick", train={"learning_rate": 0.1, "epochs": 3}),
        run(preset="quick", train={"learning_rate": 0.2}, data={"noise": 0.5}),
        made.run(spec={"preset": ""}, key="c"),
    ]
    parts = read_parts([made.stored(tmp_path, runs)])
    common = "precision float32, device auto"
    assert [part.label for part in parts] == [
        f"sine, preset quick, init matched, {common}, learning rate 0.1, "
        "epochs 3, dataset one-wave",
        f"sine, preset quick, init matched, {common}, learning rate 0.2, "
        "dataset one-wave, noise 0.5",
        f"sine, {common}, dataset one-wave",
    ]
    folders = [tmp_path, made.stored(tmp_path / "other", [run()])]
    first, *_, last = read_parts(folders)
    assert first.label.startswith(f"sine, {tmp_path}, preset quick, init")
    assert last.label == f"sine, {folders[1]}"


def test_other_tasks_do_not_change_a_label(tmp_path):
    scores = {"task": "names", "scores": {"accuracy": 0.5}}
    runs = [run(), run("gru") | scores]
    parts = read_parts([made.stored(tmp_path / name, runs) for name in "ab"])
    assert [part.label for part in parts] == [
        f"{task}, {tmp_path / name}"
        for name in "ab"
        for task in ("sine", "names")
    ]
    (one, other) = read_parts([tmp_path / "a"])
    assert (one.label, other.label) == ("sine", "names")


def test_parts_are_in_the_order_of_their_records(tmp_path):
    first = run(init="native")
    orders = ([first, run()], [run(), first])
    for number, records in enumerate(orders):
        parts = read_parts([made.stored(tmp_path / str(number), records)])
        inits = [part.records[0].spec.init for part in parts]
        assert inits == [r["spec"]["init"] for r in records]


def test_fields_in_another_order_are_the_same_setting(tmp_path):
    one, other = (
        {"epochs": 3, "clip_norm": 1.0},
        {"clip_norm": 1.0, "epochs": 3},
    )
    runs = [run(train=one), run(seed=1, train=other)]
    (part,) = read_parts([made.stored(tmp_path, runs)])
    assert len(part.records) == 2


def test_three_sizes_of_a_cell_are_three_comparisons(tmp_path):
    sizes = (64, 8, 16)
    runs = [run(model={"hidden_size": size}) for size in sizes]
    parts = read_parts([made.stored(tmp_path, runs)])
    assert [p.label.split(", ")[-2] for p in parts] == [
        f"hidden size {size}" for size in sizes
    ]
    assert [p.records[0].spec.model["hidden_size"] for p in parts] == [32] * 3


def test_baselines_are_shown_with_the_runs_of_their_data(tmp_path):
    def baselines(key, **spec):
        return made.baselines() | {"spec": spec, "key": key}

    noisy = {"data": {"noise": 0.5}}
    records = [
        baselines("a"),
        baselines("b", **noisy),
        baselines("c", preset="quick"),
        run(),
        run("gru", **noisy),
        run("rnn", preset="quick"),
        run("rnn", data={"noise": 0.7}),
    ]
    parts = read_parts([made.stored(tmp_path, records)])
    keys = [[r.key for r in p.summary.baseline_records] for p in parts]
    assert keys == [["a"], ["b"], ["c"], []]


def test_a_folder_of_checks_alone_has_no_comparison(tmp_path):
    folder = made.stored(tmp_path, [made.equivalence(forward=1e-7)])
    with pytest.raises(UserError, match=r"holds no run of a comparison$"):
        read_parts([folder])


def test_lines_that_are_no_records_are_counted_and_named(tmp_path, capsys):
    folder = made.stored(tmp_path / "a", [run("gru"), run("lstm")])
    path = folder / "runs.jsonl"
    path.write_text(path.read_text() + "{not a record\n")
    (part,) = read_parts([folder])
    assert (part.unread, len(part.done)) == (1, 2)
    assert f"'{path}': line 3 is no record" in capsys.readouterr().err
    (part,) = read_parts([made.stored(tmp_path / "b", [run()])])
    assert part.unread == 0
    path.write_text("{not a record\n")
    with pytest.raises(UserError) as error:
        read_parts([folder])
    assert f"'{path}': line 1 is no record" in str(error.value)


def test_details_are_read_from_the_file_of_the_folder(tmp_path):
    kept = run("gru") | {"detail": {"found": 3}}
    (part,) = read_parts([made.stored(tmp_path / "a", [kept])])
    (found,) = part.done
    assert part.summary.folder == tmp_path / "a"
    assert part.summary.detail(found) == {"found": 3}

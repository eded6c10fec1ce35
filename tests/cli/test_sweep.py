"""A sweep: a comparison for each value of a flag, and one picture of all."""

from __future__ import annotations

import io

import pytest
from factories import records as made
from factories.html.elements import parse, plots
from factories.processes import TINY, command, run
from rich.console import Console

from comparisons.analysis.loading import read_parts
from comparisons.analysis.sweeps.folders import comparisons_in
from comparisons.analysis.sweeps.reading import sweep_of
from comparisons.commands import report
from comparisons.commands import sweep as sweep_command
from comparisons.figures.colors import color
from comparisons.report.page import page
from comparisons.report.several.joint import joint_table
from comparisons.runs.progress import Lines
from comparisons.site.selected import selected_table
from comparisons.site.settings import settings_table
from comparisons.site.tables import commands, sweep_table

pytestmark = pytest.mark.usefixtures("numpy_training")


def recorded(folder, lag, init, **scores):
    """A comparison of a lag and an init; cell -> its score of each seed."""
    runs = []
    for cell, values in scores.items():
        for seed, value in enumerate(values):
            found = made.run(cell=cell, seed=seed, scores={"rmse": value})
            found["spec"] |= {"init": init, "data": {"lag": lag}}
            runs.append(found)
    return made.stored(folder, runs)


@pytest.fixture
def folders(tmp_path):
    return [
        recorded(tmp_path / "a", 20, "matched", rnn=(0.5, 0.7), gru=(0.2, 0.2)),
        recorded(tmp_path / "b", 5, "matched", rnn=(0.1, 0.3), gru=(0.2, 0.4)),
        recorded(tmp_path / "c", 5, "native", rnn=(0.4, 0.4)),
    ]


def test_settings_are_rows_with_test_and_validation_scores(tmp_path):
    for lag in (10, 5):
        name = f"lag={lag},init=native"
        recorded(
            tmp_path / name, lag, "native", rnn=(0.1 * lag, 0.7), gru=[0.3]
        )
    assert settings_table(tmp_path, "").splitlines() == [
        "| `--lag` | `--init` | RNN: RMSE (validation) | "
        "GRU: RMSE (validation) |",
        "| --- | --- | ---: | ---: |",
        "| 5 | native | 0.600 (0.200) | 0.300 (0.200) |",
        "| 10 | native | 0.850 (0.200) | 0.300 (0.200) |",
    ]


def test_each_value_is_compared_where_validation_chose_the_others(tmp_path):
    """The better test score at lag 20 must not choose; RMSE: less is better."""
    for init, lag, validation, scores in (
        ("native", 5, 0.1, (0.5, 0.6, 0.7)),
        ("native", 20, 0.2, (0.1, 0.1, 0.1)),
        ("matched", 5, 0.4, (0.1, 0.1, 0.1)),
        ("matched", 20, 0.3, (0.4, 0.6, 0.5)),
    ):
        epoch = {"epoch": 0, "loss": 1.0, "seconds": 1.0}
        epochs = [epoch | {"validation": validation}]
        runs = [
            made.run(seed=seed, scores={"rmse": score}, epochs=epochs)
            for seed, score in enumerate(scores)
        ]
        made.stored(tmp_path / f"init={init},lag={lag}", runs)
    # Differences 0.1, 0.0, 0.2: mean 0.1, s = 0.1, t(2) = 4.303.
    assert selected_table(tmp_path, "", "native").splitlines()[2:] == [
        "| LSTM | matched | 20 | 0.300 | 0.500 | "
        "0.1000 better (−0.1484 to 0.3484) | 0.23 |",
        "| LSTM | native | 5 | 0.100 | 0.600 |  |  |",
    ]


def test_without_a_report_nothing_but_the_runs_is_written(folders, capsys):
    out = folders[0].parent
    sweep_command.show(out, folders, report=False)
    assert "Test RMSE over lag" in capsys.readouterr().out
    assert not [path for path in out.iterdir() if path.is_file()]


def test_a_report_of_the_folder_of_a_sweep_is_of_its_comparisons(tmp_path):
    """In the order of their numbers; the curve and the map come first."""
    for lag, init, score in (
        *((20, "matched", 0.5), (5, "matched", 0.1)),
        *((20, "native", 0.6), (5, "native", 0.2)),
    ):
        name = f"lag={lag},init={init}"
        recorded(tmp_path / "sweep" / name, lag, init, rnn=(score,))
    given = tmp_path / "sweep"
    names = [folder.name for folder in comparisons_in(given)]
    assert names[:2] == ["lag=5,init=matched", "lag=5,init=native"]
    assert comparisons_in(tmp_path) == [tmp_path]
    assert report.main([str(given)]) == 0
    text = (given / "report.html").read_text()
    order = [text.index(f'id="{n}"') for n in ("sweep", "result-single")]
    assert order == sorted(order)
    for tab in ("result", "curves", "examples", "speed", "proof", "records"):
        assert text.count(f'id="{tab}-single"') == 1
    assert text.count("<summary>lag 5, init matched</summary>") == 6
    (drawn,) = plots(parse(text))["part1-map-0"]["data"]
    assert drawn["x"] == ["5", "20"]
    assert drawn["y"] == ["matched", "native"]
    assert drawn["z"] == [[0.1, 0.5], [0.2, 0.6]]
    single = page(read_parts([given / names[0]]))
    assert 'id="sweep"' not in single
    assert "<summary>lag 5" not in single


def test_a_slash_in_a_value_makes_no_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(sweep_command, "show", lambda *given: None)
    ran = []
    given = ["--task", "charlm", "--sweep", "split=90/5/5,90/10"]
    sweep_command.sweep(
        [*given, "--out", str(tmp_path)], lambda words: ran.append(words) or 0
    )
    assert [words[-1] for words in ran] == [
        str(tmp_path / f"split={name}") for name in ("90-5-5", "90-10")
    ]


def test_the_option_that_differs_is_the_axis(folders):
    found = sweep_of(read_parts(folders))
    assert (found.option, found.values) == ("lag", [5.0, 20.0])
    assert found.groups == ["init matched", "init native"]
    points = found.lines["pytorch", "rnn", "init matched"]
    assert [(p.value, p.low, p.high) for p in points] == [
        (5.0, 0.1, 0.3),
        (20.0, 0.5, 0.7),
    ]
    assert [p.mean for p in points] == pytest.approx([0.2, 0.6])
    rows = {row[:3]: row[3:] for row in found.rows()}
    assert rows["pytorch", "rnn", "init native"] == (0.4, None)


def test_comparisons_that_differ_in_no_number_are_no_sweep(folders):
    assert sweep_of(read_parts(folders[1:])) is None
    with pytest.raises(ValueError, match="no number differs"):
        sweep_table(folders[2].parent, "c")


def test_a_page_has_the_table_of_a_sweep(folders):
    lines = sweep_table(folders[0].parent.parent, folders[0].parent.name)
    assert lines.splitlines() == [
        "| framework | cell | with | lag 5 | lag 20 |",
        "| --- | --- | --- | ---: | ---: |",
        "| PyTorch | RNN | init matched | 0.200 | 0.600 |",
        "| PyTorch | GRU | init matched | 0.300 | 0.200 |",
        "| PyTorch | RNN | init native | 0.400 | - |",
    ]


def test_a_page_has_a_line_for_each_command_and_cell(folders):
    heads, rule, *rows = commands(folders[0].parent, "c", "a").splitlines()
    assert heads.split(" | ")[3:] == ["RMSE", "min", "max |"]
    assert rule == "| --- | ---: | --- | ---: | ---: | ---: |"
    cells = [row.strip("| ").split(" | ")[2:] for row in rows]
    assert cells == [
        ["RNN", "0.400", "0.400", "0.400"],
        ["RNN", "0.600", "0.500", "0.700"],
        ["GRU", "0.200", "0.200", "0.200"],
    ]


def test_lines_of_a_page_have_colors_by_cell_and_dashes_by_the_rest(folders):
    drawn = plots(parse(page(read_parts(folders))))["part1-over-0"]["data"]
    lines = {trace["name"]: trace for trace in drawn}
    assert lines["RNN, init matched"]["x"] == [5.0, 20.0]
    assert lines["RNN, init matched"]["line"]["color"] == color("rnn")
    assert lines["RNN, init native"]["line"]["dash"] == "dash"
    assert lines["GRU, init matched"]["error_y"]["array"] == pytest.approx(
        [0.1, 0.0]
    )


def test_each_value_is_run_in_a_folder_of_its_own(tmp_path):
    arguments = (
        *(*TINY, "--frameworks", "pytorch", "--cells", "rnn", "--seeds", "1"),
        *("--out", str(tmp_path), "--sweep", "noise=0.1,0.5"),
    )
    done = run(command(*arguments))
    assert done.code == 0, done
    assert "Test RMSE over noise" in done.out
    folders = sorted(p.parent.name for p in tmp_path.glob("*/runs.jsonl"))
    assert folders == ["noise=0.1", "noise=0.5"]
    assert not (tmp_path / "report.html").exists()  # TINY: --report off
    sweep_command.show(tmp_path, [tmp_path / name for name in folders], True)
    lines = (tmp_path / "sweep.csv").read_text().splitlines()
    assert lines[0] == "framework,cell,with,noise,mean,least,greatest"
    small, large = (float(line.split(",")[4]) for line in lines[1:])
    assert 0.1 < small < 0.4 < large
    assert (tmp_path / "sweep.png").stat().st_size > 5000
    assert "part1-over-0" in plots(
        parse((tmp_path / "report.html").read_text())
    )
    again = run(command(*arguments))
    assert again.code == 0, again
    records = (tmp_path / "noise=0.1" / "runs.jsonl").read_text()
    assert records.count('"kind":"run"') == 1


def test_all_values_are_checked_before_the_first_is_run(tmp_path):
    done = run(
        command(
            *("--task", "echo", "--out", str(tmp_path / "out")),
            *("--steps", "10", "--sweep", "lag=5,10"),
        )
    )
    assert done.code == 2, done
    assert done.err.strip() == (
        "compare.py: lag 10 must be less than steps 10: nothing would be "
        "repeated"
    )
    assert not (tmp_path / "out").exists()


def test_an_unknown_flag_is_named_with_the_nearest(tmp_path):
    done = run(command("--task", "echo", "--sweep", "lagg=1,2"))
    assert done.code == 2, done
    assert "unknown flag '--lagg'; did you mean '--lag'" in done.err


@pytest.mark.parametrize(
    ("axis", "chooses"), [("hidden-size=4,8", True), ("noise=0.1,0.5", False)]
)
def test_settings_to_choose_from_are_run_without_their_test_scores(
    tmp_path, monkeypatch, capsys, axis, chooses
):
    monkeypatch.setattr(sweep_command, "show", lambda *given: None)
    shown, hidden = [], []
    given = [*TINY, "--frameworks", "pytorch", "--sweep", axis]
    sweep_command.sweep(
        [*given, "--out", str(tmp_path)],
        lambda words: shown.append(words) or 0,
        lambda words: hidden.append(words) or 0,
    )
    assert (len(shown), len(hidden)) == ((0, 2) if chooses else (2, 0))
    assert ("test scores of the setting" in capsys.readouterr().out) == chooses


def test_progress_of_settings_to_choose_from_has_validation_scores():
    console = Console(file=io.StringIO(), width=80)
    (run,) = made.typed([made.run(scores={"rmse": 0.75})])
    Lines(console, validation=True).end(run)
    text = console.file.getvalue()
    assert f"validation RMSE {run.validation:.3f} in" in text
    assert "0.75" not in text


def test_the_table_of_settings_to_choose_from_has_validation_scores(tmp_path):
    """Test 0.9 and 0.8 at hidden size 4 and 8, validation as recorded."""
    parts = []
    for size, score in ((4, 0.9), (8, 0.8)):
        run = made.run(cell="gru", scores={"rmse": score})
        run["spec"] |= {"model": {"hidden_size": size}}
        run["overrides"] = {"model": {"hidden_size": size}}
        parts.append(made.stored(tmp_path / f"hidden-size={size}", [run]))
    table = joint_table(read_parts(parts))
    assert any("validation RMSE" in name for name in table.headings)
    (row,) = table.rows
    assert not {"0.900", "0.800"} & {cell.text for cell in row.cells}

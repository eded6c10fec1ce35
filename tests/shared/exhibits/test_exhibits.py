"""What tasks show, and that the report shows whatever a task may."""

import dataclasses

import numpy as np
import pytest
from factories import records as made
from factories.html.elements import (
    headings,
    own_words,
    parse,
    plots,
    rows,
    words,
)

from comparisons.analysis.loading import Comparison
from comparisons.analysis.summary import summarize
from comparisons.records.environment import ROOT
from comparisons.records.files import records_file
from comparisons.records.store import read_records
from comparisons.report.markdown import write_markdown
from comparisons.report.page import page
from comparisons.report.render import write_report
from comparisons.report.renderers import RENDERERS
from shared.exhibits.attention import attention_maps
from shared.exhibits.kinds import (
    Exhibit,
    LinePanels,
    Lines,
    Matrices,
    Matrix,
    Samples,
    Series,
    TextTable,
)
from shared.exhibits.runs import RunView, best_runs, one_seed, runs_with
from shared.task import Published
from shared.tasks import get_task, task_names


def view(framework="pytorch", cell="gru", seed=0, mark="", **detail):
    """A finished run with a detail."""
    return RunView(framework, cell, seed, mark, {}, detail)


def forecast(step):
    """A detail of the sine task whose worst step is the further off the later.

    Errors of odd steps are below 0.
    """
    series = {"noisy": [0.0, 1.0], "clean": [0.1, 0.9], "forecast": [0.2, 1.1]}
    worst = {"step": [step], "noisy": [1.0], "clean": [0.9]}
    value = 1.0 + (-1) ** step * 0.01 * step
    return {**series, "worst": {**worst, "forecast": [value]}}


def test_the_best_row_comes_with_the_other_cells():
    runs = [
        view("jax", "gru", 1, "*", loss=1),
        view("jax", "rnn", 0, loss=1),
        view("keras", "gru", 0, "~", loss=1),
        view("jax", "gru", 0, "*", loss=1),
        view("jax", "lstm", 0),
    ]
    assert [run.seed for run in best_runs(runs)] == [0, 1]
    found = [run.cell for run in runs_with(runs, "loss")]
    assert found == ["rnn", "gru", "gru"]


def test_the_first_seed_that_recorded_a_detail():
    runs = [
        view("jax", "gru", 1, "*", curve=1),
        view("jax", "rnn", 1, curve=2),
        view("jax", "gru", 0, "*"),
        view("jax", "rnn", 2, curve=3),
        view("keras", "gru", 1, "~", curve=4),
    ]
    assert [run.details["curve"] for run in one_seed(runs, "curve")] == [1, 2]
    assert one_seed(runs, "other") == []


def test_sine_shows_forecasts_of_all_cells_and_the_ground_truth():
    runs = [
        view(cell=cell, seed=seed, mark=mark, **forecast(seed + 3))
        for seed in (0, 1)
        for cell, mark in (("rnn", ""), ("gru", "*"))
    ]
    lines, worst = get_task("sine").exhibits(runs)
    names = [series.name for series in lines.series]
    assert names == ["noisy truth", "clean truth", "rnn", "gru"]
    assert lines.series[-1].y == (0.2, 1.1)
    # The largest error first, whatever the seed.
    assert worst.rows == (
        (1, 4, 1.0, 0.9, 1.04, 0.04),
        (0, 3, 1.0, 0.9, 0.97, -0.03),
    )


def test_sine_skips_exhibits_that_a_record_lacks():
    detail = forecast(3)
    del detail["worst"]
    assert len(get_task("sine").exhibits([view(mark="*", **detail)])) == 1
    assert get_task("sine").exhibits([view(mark="*")]) == []
    assert get_task("sine").exhibits([]) == []


def named(counts, name="Ali", probability=0.9):
    """A detail of the names task."""
    mistake = {"name": name, "truth": "a", "predicted": "b"}
    return {
        "classes": ["a", "b"],
        "confusion": counts,
        "mistakes": [mistake | {"probability": probability}],
    }


def test_names_shows_confusion_recall_and_mistakes():
    runs = [
        view(seed=0, mark="*", **named([[3, 1], [0, 2]])),
        view(seed=1, mark="*", **named([[1, 3], [2, 0]], probability=0.95)),
        view(cell="rnn", seed=0, **named([[4, 0], [2, 0]], "Zoe", 0.99)),
    ]
    matrix, recall, mistakes = get_task("names").exhibits(runs)
    assert matrix.values == ((4, 4), (2, 2))
    assert matrix.shares == ((0.5, 0.5), (0.5, 0.5))
    assert recall.headings == ("class", "names", "gru", "rnn")
    assert recall.rows == (("a", 4, 0.5, 1.0), ("b", 2, 0.5, 0.0))
    # A name that several seeds get wrong is one mistake; the RNN's is none.
    assert mistakes.rows == (("Ali", "a", "b", 0.95, "0, 1"),)


def test_a_class_without_examples_has_no_recall():
    detail = named([[0, 0], [1, 1]])
    _, recall, _ = get_task("names").exhibits([view(mark="*", **detail)])
    assert recall.rows[-1] == ("a", 0, "-")


@pytest.mark.parametrize("name", ["sine", "names"])
def test_recorded_comparisons_have_something_to_show(name):
    records = read_records(records_file(ROOT / "docs" / name))
    text = page([part_of(summarize(records))])
    assert list(parse(text).by_id("task").all("table"))
    assert "cannot be shown" not in text


EXHIBITS: dict[type[Exhibit], Exhibit] = {
    Lines: Lines(
        "a", "A", "of a", "x", "y", (Series("gru", (1.0, 2.0), (3.0, 4.0)),)
    ),
    Matrix: Matrix(
        "b", "B", "of b", "r", "c", ("one", "two"), ("u",), ((1.5,), (2.5,))
    ),
    Matrices: Matrices(
        "c",
        "C",
        "of c",
        {
            "left": Matrix("cl", "", "", "r", "k", ("x",), ("u",), ((3.5,),)),
            "right": Matrix("cr", "", "", "r", "k", ("y",), ("u",), ((4.5,),)),
        },
    ),
    LinePanels: LinePanels(
        "f",
        "F",
        "of f",
        {"one": Lines("", "", "", "x", "y", (Series("u", (1.0,), (7.0,)),))},
    ),
    TextTable: TextTable("d", "D", "of d", ("h", "i"), (("word", 0.25),)),
    Samples: Samples("e", "E", "of e", (("warm", "to <b>be</b>\nor"),)),
}


def part_of(summary):
    """A part of a report."""
    return Comparison("any", "part1", ROOT / "any", summary)


def showing(exhibits, **fields):
    """The page of a task that shows these exhibits, as elements."""
    summary = made.summarized([made.run()])
    show = fields.pop("show", lambda runs: exhibits)
    summary.task = dataclasses.replace(summary.task, exhibits=show, **fields)
    return parse(page([part_of(summary)]))


def test_any_kind_of_exhibit_is_shown():
    assert EXHIBITS.keys() == RENDERERS.keys()
    root = showing(list(EXHIBITS.values()))
    section = root.by_id("task")
    drawn = plots(root)
    assert drawn["part1-a-0"]["data"][0]["x"] == [3.0, 4.0]
    assert drawn["part1-b-0"]["data"][0]["z"] == [[1.5], [2.5]]
    assert rows(root.by_id("part1-b-data")) == [["one", "1.5"], ["two", "2.5"]]
    assert drawn["part1-c-0"]["data"][0]["z"] == [[3.5]]
    assert drawn["part1-c-1"]["data"][0]["y"] == ["y"]
    assert drawn["part1-f-0"]["data"][0]["x"] == [7.0]
    assert rows(root.by_id("part1-f-data")) == [["one", "7", "u", "1"]]
    assert headings(root.by_id("part1-c-data")) == ["of", "r", "u"]
    assert rows(root.by_id("part1-c-data")) == [
        ["left", "x", "3.5"],
        ["right", "y", "4.5"],
    ]
    assert headings(root.by_id("part1-d")) == ["h", "i"]
    assert rows(root.by_id("part1-d")) == [["word", "0.25"]]
    assert "to <b>be</b>\nor" in section.text
    for name in "abcde":
        assert f"of {name}" in section.text


def test_figures_have_distinct_file_names():
    lines = EXHIBITS[Lines]
    taken = dataclasses.replace(lines, name="trade-off")
    with pytest.raises(ValueError, match="2 drawings are called 'part1-trade"):
        showing([lines, taken])


def test_unreadable_details_are_reported():
    def show(runs):
        raise KeyError("forecast")

    root = showing([], show=show)
    assert "cannot be shown: KeyError: 'forecast'" in words(root.by_id("task"))


def test_published_results_are_shown_with_ours():
    ours = Published("Doe 2020", 0.125, "rmse", "their table 2")
    none = Published("Roe 2021", None, "rmse", "on training data only")
    root = showing([], published=(ours, none))
    lines = rows(root.by_id("part1-published"))
    assert lines == [
        ["published", "Doe 2020", "RMSE", "0.125", "their table 2"],
        ["published", "Roe 2021", "RMSE", "-", "on training data only"],
        ["this comparison", "LSTM", "RMSE", "0.100", "here"],
    ]
    assert "No published result" not in words(root.by_id("published"))
    root = showing([], published=(none,))
    assert "No published result" in words(root.by_id("published"))


def test_each_task_states_its_published_results():
    for name in task_names():
        for item in get_task(name).published:
            assert item.name
            assert item.source
            assert item.value is None or np.isfinite(item.value)


def test_report_md_has_a_picture_of_each_matrix(tmp_path):
    detail = named([[3, 1], [0, 2]])
    run = made.run(task="names", scores={"accuracy": 0.5}, detail=detail)
    made.stored(tmp_path, [run])
    write_report(tmp_path)
    pictures = {path.name for path in (tmp_path / "figures").iterdir()}
    assert pictures == {"learning-curves.png", "speed.png", "confusion.png"}
    text = (tmp_path / "report.md").read_text()
    for name in pictures:
        assert f"](figures/{name})" in text
    write_markdown(made.summarized([made.run()]), tmp_path / "report.md")
    assert "confusion" not in (tmp_path / "report.md").read_text()
    shown = parse((tmp_path / "report.html").read_text())
    cells = shown.by_id("part1-confusion-data").all("td")
    assert [own_words(cell) for cell in cells] == ["3", "1", "0", "2"]


def test_a_map_says_the_mean_share_of_the_largest_weight():
    weights = [[0.7, 0.2, 0.1], [0.5, 0.4, 0.1]]
    one = {"weights": weights, "source": ["a", "b", "c"], "decoded": ["d", "e"]}
    detail = {"attention_maps": [one]}
    (shown,) = attention_maps(
        [RunView("jax", "gru", 0, "*", {}, detail)], "gru"
    )
    assert "has 60 % of the attention" in shown.title

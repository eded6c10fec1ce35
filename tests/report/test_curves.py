"""Curves and costs as drawn: where a point is, and in which unit."""

import pytest
from factories import records as made

from comparisons.analysis.curves import scored_epochs
from comparisons.analysis.loading import Comparison
from comparisons.analysis.results import results_markdown
from comparisons.figures.lines import epoch_lines
from comparisons.report.citation import bibtex
from comparisons.report.compilation import compile_section
from comparisons.report.curves import SEVERAL, SINGLE, curves_section
from comparisons.report.results import table_section
from comparisons.report.runs import runs_section
from comparisons.report.tradeoff.section import cost_figure


def part(records):
    """One part of a page, of these records."""
    return Comparison("", "part1", "", made.summarized(records))


def epochs(*values):
    return [
        {"epoch": e, "loss": 1.0, "seconds": 0.2, "validation": value}
        for e, value in enumerate(values)
    ]


def test_the_first_epoch_is_number_1_in_drawing_and_table():
    run = made.run(epochs=epochs(0.4, 0.3, 0.25))
    found = part([run])
    (line,) = epoch_lines(found.summary)["PyTorch"]
    assert (list(line.x), list(line.y)) == ([1, 2, 3], [0.4, 0.3, 0.25])
    figure = curves_section(found)[0]
    drawn = next(d for d in figure.panels[0].data if d.get("name") == "LSTM")
    assert (list(drawn["x"]), drawn["y"][0]) == ([1, 2, 3], 0.4)
    cells = [[cell.text for cell in row.cells] for row in figure.table.rows]
    assert [number for number, _ in cells] == ["1", "2", "3"]
    assert cells[0][1] == "0.400"
    assert figure.text == f"Validation RMSE: {SINGLE}."


def test_several_seeds_have_a_mean_and_a_range():
    runs = [
        made.run(seed=s, epochs=epochs(v, 0.1))
        for s, v in enumerate((0.3, 0.5))
    ]
    figure = curves_section(part(runs))[0]
    assert figure.table.rows[0].cells[1].text == "0.400 (0.300 to 0.500)"
    assert SEVERAL in figure.text


@pytest.mark.parametrize(("count", "step"), [(2, 1), (11, None)])
def test_epochs_until_compilation_has_paid_are_whole(count, step):
    (figure,) = compile_section(part([made.run(epochs=epochs(*[0.4] * count))]))
    axis = figure.panels[0].layout["xaxis"]
    assert axis.get("dtick") == step


def test_a_page_is_cited_by_its_task_year_and_commit():
    found = part([made.run(began="2025-01-02T00:00:00+00:00")])
    text = bibtex(found, {"commit": ("abc",), "comparison": ("compare.py",)})
    assert text.startswith("@misc{rnn-comparisons-sine,\n")
    assert "  year = {2025},\n  note = {commit abc},\n" in text


def test_the_losses_and_times_of_a_run_have_the_decimals_of_their_column():
    (table,) = runs_section(part([made.run(peak_memory_mb=1234.56)]))
    cells = dict(zip(table.headings, table.rows[0].cells, strict=True))
    assert cells["ms/step"].text == "20.00"
    assert cells["peak MB"].text == "1,235"
    assert "GPU MB" not in table.headings


def test_memory_of_a_gpu_has_a_column_where_a_run_has_it():
    runs = [made.run(seed=seed, device_memory_mb=1e3 + seed) for seed in (0, 1)]
    found = part([*runs, made.run("jax"), made.broken("failed", "keras")])
    (table,) = runs_section(found)
    number = table.headings.index("GPU MB")
    texts = [row.cells[number].text for row in table.rows]
    assert texts == ["1,000", "1,001", "-", "-"]
    shown = results_markdown(found.summary).splitlines()
    assert [line.split("|")[-2].strip() for line in shown] == [
        *("GPU MB", "---:", "1,001", "-", "-")
    ]
    rows = table_section(found)[0]
    column = rows.headings.index("GPU MB")
    assert rows.rows[0].cells[column].value == 1001.0


@pytest.mark.parametrize(
    ("task", "drawn"), [("sine", True), ("anomaly", False)]
)
def test_the_baseline_is_drawn_only_among_values_of_its_metric(task, drawn):
    metric = {"sine": "rmse", "anomaly": "f1"}[task]
    run = made.run(
        task=task, epochs=epochs(0.4, 0.1), scores={metric: 0.2}, metric=metric
    )
    scores = {"naive": {metric: 0.3}}
    base = made.record("baselines", task=task, baselines=scores)
    figure = curves_section(part([run, base]))[0]
    names = [trace.get("name") for trace in figure.panels[0].data]
    assert ("best baseline" in names) is drawn


def test_the_pareto_front_goes_through_the_points_it_joins():
    fields = {"task": "names", "metric": "accuracy"}
    runs = [
        made.run(cell=cell, scores={"accuracy": score}, parameters=n, **fields)
        for cell, score, n in (("rnn", 0.7, 100), ("gru", 0.8, 300))
    ]
    figure = cost_figure(part(runs), ("parameters",), "cost")
    front, *points = figure.panels[0].data
    assert list(zip(front["x"], front["y"])) == [(100, 70.0), (300, 80.0)]
    assert {(p["x"][0], p["y"][0]) for p in points} == {
        (100, 70.0),
        (300, 80.0),
    }


def test_the_mark_of_a_run_is_the_epoch_whose_weights_are_scored():
    three = epochs(0.4, 0.25, 0.3)
    records = [
        made.run(seed=0, epochs=three, best_epoch=1),
        made.run(seed=1, epochs=three, best_epoch=0),
        made.run(cell="gru", epochs=three),
        made.run(cell="rnn", epochs=epochs(0.4, None), best_epoch=1),
    ]
    assert scored_epochs(made.summarized(records)) == {
        ("pytorch", "lstm"): [(2, 0.25), (1, 0.4)]
    }
    named = {"task": "names", "metric": "accuracy", "best_epoch": 1}
    run = made.run(epochs=three, scores={"accuracy": 0.2}, **named)
    assert scored_epochs(made.summarized([run])) == {
        ("pytorch", "lstm"): [(2, 25.0)]
    }

"""Comparisons from Python: the command's options, engine and errors."""

import inspect
import subprocess
import sys

import numpy as np
import pytest
from factories import records as made
from factories.comparisons import RANKED

import comparisons
from comparisons.analysis.tables import make_console
from comparisons.api.run import words_of
from comparisons.arguments.options import parse_options
from comparisons.commands import run as command
from comparisons.runs.progress import Bars, Lines, make_progress
from shared.errors import UserError

HEAVY = ("numpy", "pandas", "matplotlib", "torch", "keras", "jax", "shared")


def results_of(tmp_path, records=RANKED):
    return comparisons.load(made.stored(tmp_path / "out", records))


def refusal(function, *arguments, **options):
    with pytest.raises(UserError) as refused:
        function(*arguments, **options)
    return str(refused.value)


def test_the_import_is_cheap_and_has_the_public_names():
    program = (
        "import sys, comparisons; "
        f"assert not {{*{HEAVY}}} & sys.modules.keys(); "
        "assert {*comparisons.__all__} <= {*dir(comparisons)}; "
        "print(callable(comparisons.compare), comparisons.load.__name__)"
    )
    words = [sys.executable, "-c", program]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.stdout == "True load\n", done.stderr


def test_the_module_that_is_called_shows_its_parameters():
    names = list(inspect.signature(comparisons.compare).parameters)
    assert names[:3] == ["task", "frameworks", "cells"]


def test_a_name_that_is_not_public_is_no_attribute():
    with pytest.raises(AttributeError, match="no attribute 'bets'"):
        comparisons.bets  # noqa: B018 - it is what fails


def test_options_are_those_of_the_command():
    named = {
        "task": "sine",
        "frameworks": ("jax", "keras"),
        "cells": "gru",
        "hidden_size": np.int64(8),
        "bidirectional": True,
        "report": False,
        "learning_rate": 1e-4,
        "fresh": True,
        "out": None,
        "seeds": 2,
    }
    options = parse_options(words_of("run", named))
    assert options.frameworks == ["jax", "keras"]
    assert (options.cells, options.seeds) == (["gru"], 2)
    assert options.run.model.hidden_size == 8
    assert options.run.model.bidirectional
    assert options.run.train.learning_rate == 1e-4
    assert options.fresh and not options.report


@pytest.mark.parametrize(
    "wrong, word",
    [
        ({"hiden_size": 8}, ("--hiden-size", "8")),
        ({"hidden_size": 0.5}, ("--hidden-size", "0.5")),
        ({"cells": ["gru", "lsmt"]}, ("--cells", "gru", "lsmt")),
        ({"preset": "quik"}, ("--preset", "quik")),
        ({"bidirectional": "yes"}, ("--bidirectional", "yes")),
        ({"seeds": 0}, ("--seeds", "0")),
    ],
)
def test_a_wrong_option_has_the_text_of_the_command(wrong, word):
    text = refusal(comparisons.compare, "sine", **wrong)
    assert text == refusal(parse_options, ["--task", "sine", *word])


def test_an_unknown_task_and_a_sweep_are_refused():
    assert "did you mean 'sine'" in refusal(comparisons.compare, "sin")
    text = refusal(comparisons.compare, "sine", sweep="hidden_size=8,16")
    assert text == "sweep is of the command: call compare() for each value"


def test_the_tables_hold_each_row_and_each_run(tmp_path):
    results = results_of(tmp_path)
    table = results.table()
    assert len(table) == 4
    assert list(table.columns[:4]) == ["task", "dataset", "framework", "cell"]
    runs = results.runs()
    assert len(runs) == 12
    lstm = runs[runs["cell"] == "lstm"]
    assert lstm["metric"].tolist() == [0.1, 0.11, 0.12]
    assert "record" not in runs


def test_results_of_several_settings_name_them(tmp_path):
    other = made.run() | {"key": "other", "spec": {"init": "native"}}
    results = results_of(tmp_path, [made.run(), other])
    assert len(results.parts) == 2
    assert set(results.runs()["comparison"]) == set(results.parts)
    assert all(": " in text for text in results.findings())


def test_results_are_shown_as_text_markdown_and_html(tmp_path, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")  # as the kernel of a notebook
    results = results_of(tmp_path)
    (first, *_) = findings = results.findings()
    assert "PyTorch" in repr(results) and first in repr(results)
    assert results._repr_markdown_().startswith("| framework | cell |")
    assert "\x1b" not in repr(results)
    page = results._repr_html_()
    assert all("* best" in text for text in (repr(results), page))
    assert page.count("<li>") == len(findings)
    assert "<td>PyTorch</td>" in page


def test_a_preset_that_is_too_short_is_said_with_the_table(tmp_path):
    quick = made.run()
    quick["spec"]["preset"] = "quick"
    text = repr(results_of(tmp_path, [quick]))
    assert "\nQuick: a functional check, not a result. RMSE on the " in text


def test_the_plot_has_a_panel_for_each_framework(tmp_path):
    figure = results_of(tmp_path).plot()
    assert [axis.get_title() for axis in figure.axes] == ["PyTorch", "JAX"]
    assert len(figure.axes[0].lines) >= 3
    assert "matplotlib.pyplot" not in figure.__module__
    assert figure._repr_png_().startswith(b"\x89PNG")  # a notebook shows it


def test_a_notebook_shows_lines_of_progress_and_of_errors(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    assert make_console(stderr=True).is_terminal
    monkeypatch.setitem(sys.modules, "ipykernel", None)
    assert not make_console(stderr=True).is_terminal
    progress = make_progress(quiet=False)
    assert isinstance(progress, Lines) and not isinstance(progress, Bars)
    assert not progress.console.stderr
    with pytest.raises(UserError) as error:
        comparisons.compare("sinee")
    (line,) = error.value._render_traceback_()
    assert line.startswith("SpecError: unknown task 'sinee'; did you mean")


@pytest.mark.parametrize(
    "ending, begin",
    [
        (".html", b"<!doctype html>"),
        (".csv", b"task,dataset,"),
        (".md", b"| framework |"),
        (".tex", b"\\begin{table}"),
        (".parquet", b"PAR1"),
    ],
)
def test_the_report_has_the_format_of_its_ending(tmp_path, ending, begin):
    path = results_of(tmp_path).report(tmp_path / f"page{ending}")
    assert path.read_bytes().lower().startswith(begin.lower())


def test_a_report_of_no_known_format_is_refused(tmp_path):
    text = refusal(results_of(tmp_path).report, "page.pdf")
    assert text.startswith("'page.pdf' ends in none of .html, .csv")


def test_an_empty_folder_is_refused(tmp_path):
    assert "no" in refusal(comparisons.load, tmp_path)
    assert str(tmp_path) in refusal(comparisons.best, tmp_path, "jax", "gru")


def test_an_interrupt_leaves_the_table_of_what_is_done(
    tmp_path, monkeypatch, capsys
):
    def interrupted(choices, words):
        made.stored(choices.out, [made.run(cell="gru")])
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "train", interrupted)
    with pytest.raises(KeyboardInterrupt):
        comparisons.compare("sine", out=tmp_path / "out")
    shown = capsys.readouterr().err
    assert "GRU" in shown and f"load('{tmp_path / 'out'}')" in shown
    assert len(comparisons.load(tmp_path / "out").runs()) == 1


def test_the_tasks_are_those_of_the_list():
    tasks = comparisons.tasks()
    assert tasks["sine"].metric == "rmse"
    assert "standard" in tasks["sine"].presets
    assert "sine       next value of a noisy sine wave" in repr(tasks)
    assert '">next value of a noisy sine wave' in tasks._repr_html_()

"""Changes as they are printed: tables, and sentences of several rows."""

import io
import math
from dataclasses import replace

from factories import records as made
from rich.console import Console

from comparisons.analysis.changes import Change, changes
from comparisons.analysis.changes_text import cells, print_changes, sentences
from comparisons.analysis.frame import Measure

OLD = (0.2, 0.21, 0.22)
CLEARLY = (0.1, 0.112, 0.12)


def runs(values, cell, **fields):
    return [
        made.run("jax", cell, seed, value, **fields)
        for seed, value in enumerate(values)
    ]


def found_in(new, old):
    return changes(made.summarized(new), made.summarized(old))


def test_changes_of_three_rows_are_stated_together():
    rows = [run for cell in ("rnn", "gru", "lstm") for run in runs(OLD, cell)]
    assert sentences(found_in(rows, rows)) == [
        "Same setup: machine, versions, commit, options.",
        *(
            f"{name}: unchanged for all rows."
            for name in ("RMSE", "ms/step", "train s", "compile s")
        ),
        "peak MB: unchanged for all rows.",
        "parameters: unchanged for all rows.",
    ]
    one = [run | {"parameters": 2242} for run in rows[:6]] + rows[6:]
    assert sentences(
        found_in([*one[:3], *runs(CLEARLY, "gru"), *one[6:]], rows)
    )[1:4] == [
        "RMSE, JAX GRU: better, 0.111 against 0.210, 0.53 × (p < 0.001).",
        "RMSE: unchanged for JAX RNN and JAX LSTM.",
        "ms/step: unchanged for all rows.",
    ]
    assert sentences(found_in(one, rows))[-1] == (
        "parameters (no test: a count): JAX RNN 2,242 against 1,121, 2.00 ×; "
        "JAX GRU 2,242 against 1,121, 2.00 ×."
    )


def test_two_rows_are_named_and_so_are_those_of_one_side():
    old = [*runs(OLD, "rnn"), *runs(OLD, "gru"), *runs(OLD, "lstm")]
    new = [
        run | {"commit": "ba9876543210", "versions": {"numpy": "2.5.0"}}
        for run in old[:6]
    ]
    found = sentences(found_in(new, old))
    assert found[:3] == [
        "Setup differs: commit ba9876543210 (before 0123456789ab); "
        "versions.numpy 2.5.0 (before 2.4.0).",
        "Only in the old comparison: JAX LSTM.",
        "RMSE: unchanged for JAX RNN and JAX GRU.",
    ]


def test_the_caveat_of_times_is_stated_only_if_one_changes():
    old, new = runs(OLD, "gru"), runs(OLD, "gru", ms=10.0)
    caveat = (
        "The times are from two sessions: a significant difference need not be "
        "due to the code."
    )
    assert sentences(found_in(new, old))[-1] == caveat
    assert caveat not in sentences(found_in(runs(CLEARLY, "gru"), old))


def test_a_row_of_the_table_has_both_values_ratio_p_and_verdict():
    measure = Measure("ms/step", "step_ms", timed=True)
    change = Change(measure, "jax", "gru", 12.0, 8.0, 3, 0.01234)
    assert cells(change) == (
        *("JAX", "GRU", "12.00", "8.00", "1.500 ×", "0.012", "worse"),
    )
    nothing = replace(change, old=0.0, p=math.nan)
    assert cells(nothing)[3:] == ("0.00", "- ×", "-", "no test")


def test_a_table_has_its_measure_above_and_texts_stay_as_they_are():
    old = runs(OLD, "gru")
    new = [run | {"commit": "[red]ba98"} for run in runs(CLEARLY, "gru")]
    text = io.StringIO()
    print_changes(found_in(new, old), Console(file=text, width=80))
    lines = [line.rstrip() for line in text.getvalue().splitlines()]
    assert lines[:6] == [
        "RMSE",
        "",
        " framework  cell    new    old  new/old        p  verdict",
        f" {57 * '─'}",
        " JAX        GRU   0.111  0.210  0.527 ×  4.5e-05  better",
        "",
    ]
    assert lines[6] == "ms/step"
    setup = "Setup differs: commit [red]ba98 (before 0123456789ab)."
    assert setup in lines

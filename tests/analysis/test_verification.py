"""The table and the sentences of `compare.py verify`."""

import io

from factories import records as made
from rich.console import Console

from comparisons.analysis.equivalence import (
    absence,
    failures,
    generation_summary,
    print_checks,
)


def verification(framework="pytorch", cell="gru", precision="float64", **more):
    """The record of these deviations: check, measured, and limit."""
    found = [
        {"case": "tagger", "check": check, "measured": m, "limit": limit}
        for check, m, limit in more.pop("deviations", ())
    ]
    fields = {"impl": "native", "loop": "step", "deviations": found} | more
    fields["spec"] = {"precision": precision}
    record = made.record("verification", framework, cell, **fields)
    return made.typed([record])[0]


def test_a_failure_names_check_measure_and_limit():
    deviations = [
        ("forward", 2e-13, 1e-13),
        ("gradient", 1e-9, 1e-9),  # a limit is admitted
        ("trajectory", 3.14e-9, 1e-13),
    ]
    assert list(failures(verification(deviations=deviations))) == [
        "PyTorch float64, tagger: forward 2.0e-13 > 1e-13",
        "PyTorch float64, tagger: trajectory 3.1e-09 > 1e-13",
    ]


def test_a_job_without_a_result_fails_unless_it_is_unavailable():
    failed = verification("jax", status="failed", error="it fell")
    assert list(failures(failed)) == ["JAX float64 gru native: it fell"]
    assert absence(failed) == ""
    absent = verification("jax", status="unavailable", error="not installed")
    assert list(failures(absent)) == []
    assert absence(absent) == "JAX: not installed"
    assert absence(verification()) == ""


def test_wrong_tokens_are_counted_in_float64_alone():
    records = [
        verification(deviations=[("tokens", 2.0, 0.0), ("forward", 9.0, 0.0)]),
        verification(deviations=[("tokens", 1.0, 0.0)]),
        verification(precision="float32", deviations=[("tokens", 5.0, 0.0)]),
    ]
    assert generation_summary(records) == (
        "2 language models generated 24 texts of 200 tokens; 3 tokens differ "
        "from the reference"
    )


def test_the_table_has_the_largest_deviation_of_each_check():
    records = [
        verification(
            deviations=[("forward", 1e-15, 1), ("gradient", 3e-11, 1)]
        ),
        verification(
            deviations=[("forward", 4e-15, 1), ("gradient", 2e-11, 1)]
        ),
        verification(deviations=[("training", 5e-15, 1)], impl="scratch"),
        verification(precision="float32", deviations=[("trajectory", 6e-5, 1)]),
        verification("jax", deviations=[("trajectory", 7e-16, 1)]),
    ]
    text = io.StringIO()
    console = Console(file=text, width=110, highlight=False)
    print_checks(records, ["pytorch", "jax"], ["gru"], console)
    lines = [" ".join(line.split()) for line in text.getvalue().splitlines()]
    assert lines[1] == " ".join(["float64"] * 4 + ["float32"] * 3)
    assert lines[2].startswith("forward gradient 20 steps training forward")
    assert lines[3] == (
        "framework, cell, layers ≤ 1e-13 ≤ 1e-09 ≤ 1e-13 ≤ 2e-13 ≤ 1e-05 "
        "≤ 1e-04 ≤ 1e-03"
    )
    assert lines[5:11] == [
        "PyTorch GRU native 4e-15 3e-11 - - - - 6e-05",
        "PyTorch GRU scratch - - - 5e-15 - - -",
        "PyTorch GRU bptt - - - - - - -",
        "JAX GRU native - - 7e-16 - - - -",
        "JAX GRU scratch - - - - - - -",
        "JAX GRU bptt - - - - - - -",
    ]

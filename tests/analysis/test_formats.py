"""The same rows in every format."""

import io
import math
from dataclasses import replace

import pandas as pd
import pyarrow.parquet
import pytest
from factories import records as made

from comparisons.analysis.formats import (
    FORMATS,
    csv,
    in_latex,
    latex,
    write_parquet,
)
from comparisons.analysis.results import columns
from comparisons.analysis.rows import COLUMNS
from comparisons.analysis.summary import Summary

BEST, LIKE, WORSE = (0.1, 0.11, 0.12), (0.112, 0.1, 0.121), (0.2, 0.212, 0.22)


def cell_runs(cell, values):
    return [made.run("jax", cell, seed, v) for seed, v in enumerate(values)]


@pytest.fixture
def summary():
    """A best row, one that ties with it, a worse one and a failed one."""
    return made.summarized(
        [
            *cell_runs("rnn", WORSE),
            *cell_runs("gru", LIKE),
            *cell_runs("lstm", BEST),
            *(made.baselines(seed) for seed in range(3)),
            made.broken("failed", "keras_x", "rnn-relu"),
        ]
    )


def assert_same(found, summary):
    """Every value of every row, and nothing else."""
    assert list(found.columns) == list(COLUMNS)
    assert len(found) == len(summary.rows)
    for line, row in zip(found.to_dict("records"), summary.rows):
        for name in COLUMNS:
            value, wanted = line[name], getattr(row, name)
            if pd.isna(wanted):
                assert pd.isna(value), name
            elif wanted != "" or not pd.isna(value):  # CSV: both are empty
                assert value == wanted, name


def test_parquet_holds_the_rows_with_their_types(summary, tmp_path):
    path = tmp_path / "results.parquet"
    write_parquet(summary, path)
    found = pd.read_parquet(path)
    assert_same(found, summary)
    for name in ("seeds", "parameters", "hidden_size"):
        assert str(found[name].dtype) == "Int64"
    assert str(found["metric_mean"].dtype) == "float64"
    assert pyarrow.parquet.read_schema(path).names == list(COLUMNS)


def test_csv_and_parquet_are_the_same_rows(summary, tmp_path):
    path = tmp_path / "results.parquet"
    write_parquet(summary, path)
    text = io.StringIO(csv(summary))
    found = pd.read_csv(text)
    assert_same(found, summary)
    for name in COLUMNS:
        one, other = found[name], pd.read_parquet(path)[name]
        for a, b in zip(one, other.replace("", None)):
            same = (
                math.isclose(a, b, rel_tol=1e-15)  # of reading text
                if isinstance(a, float) and isinstance(b, float)
                else a == b
            )
            assert (pd.isna(a) and pd.isna(b)) or same, name
    assert csv(summary).startswith("task,dataset,framework,cell,init,device,")
    assert ",1121," in csv(summary)
    assert "1121.0" not in csv(summary)


def test_markdown_has_what_the_terminal_shows(summary):
    head, alignments, *lines = FORMATS["markdown"](summary).splitlines()
    cells = columns(summary)
    assert head == f"| {' | '.join(cells)} |"
    assert alignments.count("---") == len(cells)
    shown = [[cell(row) for cell in cells.values()] for row in summary.rows]
    assert lines == [
        f"| {' | '.join(text.rstrip() for text in line)} |" for line in shown
    ]


def test_markdown_keeps_a_bar_inside_its_cell():
    text = FORMATS["markdown"](made.summarized([made.broken("failed", "a|b")]))
    assert r"| a\|b | LSTM |" in text


def test_latex_has_rules_a_bold_best_and_marked_ties(summary):
    text = latex(summary)
    for rule in (r"\toprule", r"\midrule", r"\bottomrule"):
        assert text.count(rule) == 1
    body = text.split(r"\midrule")[1].split(r"\bottomrule")[0]
    rnn, gru, lstm, failed = body.strip().splitlines()
    assert r"& \textbf{0.110 $\pm$ 0.010} &" in lstm
    assert r"& 0.111 $\pm$ 0.011 $\sim$ &" in gru
    assert r"& 0.211 $\pm$ 0.010 &" in rnn
    assert failed.startswith(r"keras\_x & RNN (ReLU) & - & - & failed &")
    assert text.count("textbf") == 1
    width = len(columns(summary))
    for line in body.strip().splitlines():
        assert line.endswith(r"\\")
        assert line.count("&") == width - 1
    assert "{ll" + "r" * (width - 2) + "}" in text
    assert text.count("{") == text.count("}")


def test_latex_is_a_whole_table_with_caption_and_label():
    runs = cell_runs("gru", WORSE)
    above, rest = latex(made.summarized(runs)).split(r"\toprule")
    assert above.splitlines() == [
        r"\begin{table}",
        r"\centering",
        r"\caption{sine: next value of a noisy sine wave (many-to-one "
        r"regression). RMSE on the test split (lower is better), mean $\pm$ "
        r"std over seeds; best in bold, $\sim$ no significant difference from "
        r"the best (paired t-test over seeds, Holm, $\alpha$ = 0.05).}",
        r"\label{tab:sine}",
        r"\begin{tabular}{llrrrrrrrrrr}",
    ]
    assert rest.splitlines()[1:] == [
        r"framework & cell & hidden & parameters & RMSE & best baseline & "
        r"train s & ms/step (IQR) & seqs/s & compile s & latency ms (B=1) & "
        r"peak MB \\",
        r"\midrule",
        r"JAX & GRU & 32 & 1,121 & \textbf{0.211 $\pm$ 0.010} & - & 0.60 & "
        r"20.00 (0.00) & 3,200 & 0.30 & 2.00 & 302 \\",
        r"\bottomrule",
        r"\end{tabular}",
        r"\end{table}",
    ]


def test_latex_keeps_signs_of_a_metric_in_its_heading():
    accuracy = {"task": "names", "scores": {"accuracy": 0.5}}
    task = replace(made.summarized([made.run() | accuracy]).task, metric="a%b")
    run = made.typed([made.run() | accuracy])[0]
    run.scores["a%b"] = 0.25
    text = latex(Summary(task, [run], [], []))
    assert r"& parameters & a\%b & best baseline &" in text
    assert r"a\%b on the test split (higher is better), mean" in text


def test_latex_prints_every_character_as_it_is():
    assert in_latex("a_b & 5 % of $x$ #1 {z}") == (
        r"a\_b \& 5 \% of \$x\$ \#1 \{z\}"
    )
    assert in_latex("\\^~<|>±") == (
        r"\textbackslash{}\textasciicircum{}$\sim$\textless{}\textbar{}"
        r"\textgreater{}$\pm$"
    )
    assert in_latex("[x]\n\x1b") == "{[}x{]}  "


def test_a_formula_in_the_name_of_a_data_set_is_quoted_in_csv():
    run = made.run("jax", "gru", 0, -0.5)
    summary = made.summarized([{**run, "dataset": "=1+1.csv"}])
    found = pd.read_csv(io.StringIO(csv(summary)))
    assert list(found["dataset"]) == ["'=1+1.csv"]
    assert list(found["metric_mean"]) == [-0.5]


def test_a_comparison_without_a_result_has_a_table_too(tmp_path):
    summary = made.summarized([made.broken("unavailable")])
    for make in FORMATS.values():
        assert "unavailable" in make(summary)
    write_parquet(summary, tmp_path / "a.parquet")
    assert_same(pd.read_parquet(tmp_path / "a.parquet"), summary)

"""The table for LaTeX: its structure, its caption, and that it compiles."""

import shutil
import subprocess
from dataclasses import replace

import pytest
from factories import records as made
from factories.four_rows import WORSE, cell_runs, four_rows
from matplotlib import get_data_path
from matplotlib.ft2font import FT2Font

from comparisons.analysis.exports.latex import (
    FITTING,
    caption,
    in_latex,
    in_siunitx,
    latex,
)
from comparisons.analysis.results import NAMES
from comparisons.analysis.summary import Summary


@pytest.fixture
def summary():
    return four_rows()


DOCUMENT = r"""\documentclass{article}
\usepackage{booktabs}
\usepackage{siunitx}
\begin{document}
%s
\end{document}
"""


def body(text):
    """The cells of each row."""
    rows = text.split(r"\midrule")[1].split(r"\bottomrule")[0]
    return [
        row.strip().removesuffix(r" \\").split(" & ")
        for row in rows.strip().splitlines()
    ]


def test_the_best_is_bold_and_what_is_like_it_is_marked(summary):
    text = latex(summary)
    for rule in (r"\toprule", r"\midrule", r"\bottomrule"):
        assert text.count(rule) == 1
    rnn, gru, lstm, failed = body(text)
    assert lstm[3] == r"\textbf{0.110 $\pm$ 0.010}"
    assert gru[3] == r"0.111 $\pm$ 0.011 $\sim$"
    assert rnn[3] == r"0.211 $\pm$ 0.010"
    assert failed[:4] == [r"keras\_x", "RNN (ReLU)", "-", "failed"]
    assert text.count("textbf") == 1
    assert text.count("{") == text.count("}")


def test_columns_are_those_that_are_chosen_in_their_order(summary):
    text = latex(summary, ("cell", "metric", "peak_memory_mb"))
    assert r"\begin{tabular}{@{}lrr@{}}" in text
    assert "\ncell & RMSE & peak MB \\\\\n" in text
    assert body(text)[0] == ["RNN", r"0.211 $\pm$ 0.010", "302"]
    without = latex(summary, ("cell", "parameters"))
    assert body(without)[0] == ["RNN", "1,121"]
    assert [len(row) for row in body(latex(summary, NAMES))] == [12] * 4


def test_it_is_a_whole_table_with_caption_and_label():
    above, rest = latex(made.summarized(cell_runs("gru", WORSE))).split(
        r"\toprule"
    )
    assert above.splitlines() == [
        r"\begin{table}",
        r"\centering",
        r"\small",
        r"\caption{sine: next value of a noisy sine wave (many-to-one "
        r"regression). RMSE on the test split (lower is better), mean $\pm$ "
        r"std over n = 3 seeds; best in bold (paired t-test over seeds, Holm, "
        r"$\alpha$ = 0.05).}",
        r"\label{tab:sine}",
        r"\begin{tabular}{@{}llrrrr@{}}",
    ]
    assert rest.splitlines()[1:] == [
        r"framework & cell & parameters & RMSE & train s & ms/step (IQR) \\",
        r"\midrule",
        r"JAX & GRU & 1,121 & \textbf{0.211 $\pm$ 0.010} & 0.60 & "
        r"20.00 (0.00) \\",
        r"\bottomrule",
        r"\end{tabular}",
        r"\end{table}",
    ]


def test_one_seed_has_no_spread_and_no_test():
    text = latex(made.summarized(cell_runs("gru", WORSE[:1])))
    assert "one seed (n = 1); best in bold, not tested.}" in text
    assert r"\pm" not in text
    assert "Holm" not in text


def test_signs_of_a_metric_stay_in_its_heading():
    accuracy = {"task": "names", "scores": {"accuracy": 0.5}}
    task = replace(made.summarized([made.run() | accuracy]).task, metric="a%b")
    run = made.typed([made.run() | accuracy])[0]
    run.scores["a%b"] = 0.25
    text = latex(Summary(task, [run], [], []))
    assert r"& parameters & a\%b & train s &" in text
    assert r"A\%b on the test split (higher is better), one seed" in text


def test_every_character_is_printed_as_it_is():
    assert in_latex("a_b & 5 % of $x$ #1 {z}") == (
        r"a\_b \& 5 \% of \$x\$ \#1 \{z\}"
    )
    assert in_latex("\\^~<|>±−") == (
        r"\textbackslash{}\textasciicircum{}$\sim$\textless{}\textbar{}"
        r"\textgreater{}$\pm$$-$"
    )
    assert in_latex("[x]\n\x1b") == "{[}x{]}  "


def test_siunitx_sets_the_numbers(summary):
    assert in_siunitx("82.7 ± 0.2 % ~") == r"\num{82.7 \pm 0.2} \% $\sim$"
    assert in_siunitx("1,121") == r"\num{1121}"
    assert in_siunitx("3.4e-07 (0.10)") == r"\num{3.4e-07} (\num{0.10})"
    assert in_siunitx("failed") == "failed"
    text = latex(summary, siunitx=True)
    assert r"\textbf{\num{0.110 \pm 0.010}}" in text
    assert text.index(r"\sisetup{text-series-to-math") < text.index("tabular")


TEXT_WIDTH, SEPARATION, SIZE, BOLD = 345.0, 12.0, 9.0, 1.16
"""Points: the width of an article's text, of a gap between columns, of small
letters; how much wider those are in bold."""

SIGNS = {r"\%": "%", r"$\pm$": "+", r"$\sim$": "+"}


def width(cell: str) -> float:
    """Points of a cell in Computer Modern, the font of an article."""
    font = FT2Font(f"{get_data_path()}/fonts/ttf/cmr10.ttf")
    font.set_size(SIZE, 72)
    bold = cell.startswith(r"\textbf{")
    shown = cell.removeprefix(r"\textbf{").removesuffix("}")
    for sign, same in SIGNS.items():
        shown = shown.replace(sign, same)
    font.set_text(shown.replace(" ", "i"))
    return font.get_width_height()[0] / 64 * (BOLD if bold else 1.0)


def test_the_default_columns_fit_the_text_width():
    values = {"gru": (0.965, 0.967, 0.951), "lstm": (0.96, 0.955, 0.97)}
    runs = [
        made.run(framework, cell, seed, task="names", parameters=207570)
        | {"scores": {"accuracy": value}}
        for framework in ("pytorch", "keras", "jax")
        for cell, scores in values.items()
        for seed, value in enumerate(scores)
    ]
    text = latex(made.summarized(runs))
    head = text.split(r"\toprule")[1].split(r"\midrule")[0]
    heading = head.strip().removesuffix(r" \\").split(" & ")
    columns = zip(heading, *body(text))
    widths = [max(map(width, column)) for column in columns]
    assert sum(widths) + SEPARATION * (len(widths) - 1) < TEXT_WIDTH


COMPILERS = {
    "tectonic": ("tectonic", "--keep-logs", "--only-cached"),
    "pdflatex": ("pdflatex", "-interaction=nonstopmode", "-halt-on-error"),
}


@pytest.mark.skipif(
    not any(map(shutil.which, COMPILERS)),
    reason="needs tectonic or pdflatex",
)
@pytest.mark.parametrize("siunitx", [False, True])
def test_it_compiles_and_fits_the_text_width(summary, tmp_path, siunitx):
    name = next(filter(shutil.which, COMPILERS))
    text = DOCUMENT % latex(summary, FITTING, siunitx)
    (tmp_path / "table.tex").write_text(text)
    done = subprocess.run(
        [*COMPILERS[name], "table.tex"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout
    assert "Overfull" not in (tmp_path / "table.log").read_text()


def test_the_caption_explains_the_mark_of_what_is_like_the_best(summary):
    assert ", ~ not significantly different from the best (" in caption(summary)
    apart = [*cell_runs("gru", WORSE), *cell_runs("lstm", [0.01, 0.02, 0.03])]
    text = caption(made.summarized(apart))
    assert "mean ± std over n = 3 seeds; best in bold (" in text
    two = [made.run(cell="gru", seed=seed) for seed in (0, 1)]
    assert "over n = 2 seeds" in caption(made.summarized(two))

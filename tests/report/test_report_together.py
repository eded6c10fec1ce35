"""Several comparisons of one task in one drawing."""

from factories import records as made
from factories.html.elements import parse, plots, rows, words

from comparisons.analysis.loading import read_parts
from comparisons.figures.colors import color
from comparisons.report.overview.ranks import rank_blocks, ranks_of
from comparisons.report.overview.section import joint_overview
from comparisons.report.page import page


def translated(folder, **bleu):
    """A comparison of cells, each with its BLEU of short and long sources."""
    runs = []
    for cell, (short, long) in bleu.items():
        lengths = [
            {"words": 3.5, "sentences": 2, "bleu": short},
            {"words": 9.0, "sentences": 2, "bleu": long},
        ]
        fields = {
            "task": "translate",
            "metric": "bleu",
            "scores": {"bleu": long},
            "detail": {"by_length": lengths},
        }
        runs.append(made.run(cell=cell, **fields))
    made.stored(folder, runs)


def test_one_figure_has_the_curves_of_all_comparisons(tmp_path):
    with_it, without = tmp_path / "with", tmp_path / "without"
    translated(with_it, gru=(50.0, 40.0), lstm=(48.0, 39.0))
    translated(without, gru=(45.0, 20.0))
    root = parse(page(read_parts([with_it, without])))
    traces = plots(root)["together-part1-lengths-0"]["data"]
    assert [
        (t["name"], t["y"], t["line"]["color"], t["line"]["dash"])
        for t in traces
    ] == [
        (f"GRU, translate, {with_it}", [50.0, 40.0], color("gru"), "solid"),
        (f"LSTM, translate, {with_it}", [48.0, 39.0], color("lstm"), "solid"),
        (f"GRU, translate, {without}", [45.0, 20.0], color("gru"), "dash"),
    ]
    assert (
        "BLEU from 3.5 to 9 words, mean of GRU: translate, "
        f"{with_it} 50.0 to 40.0; translate, {without} 45.0 to 20.0"
    ) in words(root.by_id("task"))
    table = root.by_id("together-part1-lengths-data")
    assert rows(table) == [
        ["3.5", "50", "48", "45"],
        ["9.0", "40", "39", "20"],
    ]


def test_a_single_comparison_has_no_combined_figure(tmp_path):
    translated(tmp_path, gru=(50.0, 40.0))
    root = parse(page(read_parts([tmp_path])))
    names = [name for name in plots(root) if "lengths" in name]
    assert names == ["part1-lengths-0"]


def test_cells_are_ranked_over_the_comparisons():
    assert ranks_of({"rnn": 0.5, "gru": 0.9, "lstm": 0.9}, "higher") == {
        "rnn": 3,
        "gru": 1,
        "lstm": 1,
    }
    lower = ranks_of({"rnn": 0.5, "gru": 0.9}, "lower")
    lead, table = rank_blocks([lower, {"gru": 1, "rnn": 2}, {"gru": 1}])
    assert lead.text == "Best mean of 2 comparisons: RNN in 1, GRU in 1."
    assert [tuple(cell.text for cell in row.cells) for row in table.rows] == [
        ("RNN", "2", "1", "1.5"),
        ("GRU", "2", "1", "1.5"),
    ]
    assert rank_blocks([{"gru": 1}]) == []


def test_a_page_of_several_begins_with_the_ranks(tmp_path):
    translated(tmp_path / "a", gru=(50.0, 40.0), lstm=(48.0, 39.0))
    translated(tmp_path / "b", gru=(45.0, 20.0), lstm=(44.0, 30.0))
    lead, ranks, rows = joint_overview(
        read_parts([tmp_path / "a", tmp_path / "b"])
    )
    assert lead.text == "Best mean of 2 comparisons: GRU in 1, LSTM in 1."
    assert (ranks.name, rows.name) == ("ranks", "all-comparisons")


def noisy(folder, noise):
    """A comparison of sine with this noise."""
    fields = {
        "overrides": {"data": {"noise": noise}},
        "spec": {"init": "matched", "data": {"noise": noise}},
    }
    return made.stored(folder, [made.run(**fields)])


def test_a_sweep_leads_its_own_page_and_follows_the_ranks_of_many_tasks(
    tmp_path,
):
    folders = [noisy(tmp_path / f"noise={n}", n) for n in (0.1, 0.2)]
    translated(tmp_path / "t", gru=(50.0, 40.0))
    for others, first in (
        ([], ["sweep", "overview"]),
        ([tmp_path / "t"], ["overview", "sweep"]),
    ):
        root = parse(page(read_parts([*folders, *others])))
        view = root.by_id("view-result")
        assert [e.get("id") for e in view.all("section")][:2] == first

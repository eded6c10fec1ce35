"""The effects of a page, from its records and the scores of examples."""

from __future__ import annotations

import json
import math
import re

import numpy as np
import pytest
from factories import records as made

from comparisons.analysis.effects.effect import BOTH, EXAMPLES, SEEDS, Effect
from comparisons.analysis.effects.estimate import Difference
from comparisons.analysis.effects.families import (
    baseline_effects,
    corrected,
    effects,
    family,
)
from comparisons.analysis.effects.headline import headline
from comparisons.analysis.effects.marks import marks
from comparisons.analysis.effects.method import OVER_SEEDS
from comparisons.analysis.effects.text import conclusion
from comparisons.analysis.findings import findings, sentences
from comparisons.analysis.loading import read_summary
from comparisons.analysis.notes import notes
from comparisons.analysis.statistics import holm
from comparisons.analysis.wording import BETTER, TIE
from shared.task.examples import means_of, read_examples, write_examples

COUNT = 400


def names_run(cell, seed, hits, framework="pytorch", **fields):
    """A run of the names task whose first `hits` examples are correct."""
    return made.run(
        framework,
        cell,
        seed,
        task="names",
        scores={"accuracy": hits / COUNT},
        **fields,
    )


def page(folder, hits, frameworks=("pytorch",), stored=True, **fields):
    """A folder of runs; hits: cell -> correct examples by seed."""
    records = [
        names_run(cell, seed, count, framework, **fields)
        for framework in frameworks
        for cell, counts in hits.items()
        for seed, count in enumerate(counts)
    ]
    made.stored(folder, records)
    for record in records if stored else ():
        count = round(record["scores"]["accuracy"] * COUNT)
        correct = np.arange(COUNT) < count
        path = folder / "scores" / f"{record['key']}.npz"
        write_examples(path, means_of(correct, "names"))
    return folder


def summary_of(*args, **fields):
    return read_summary(page(*args, **fields))


def test_one_seed_is_compared_over_its_test_examples(tmp_path):
    summary = summary_of(tmp_path, {"rnn": [280], "gru": [320]})
    (found,) = effects(summary)
    assert found.names == ("gru", "rnn")
    assert (found.chance, found.examples) == (EXAMPLES, COUNT)
    assert found.difference == pytest.approx(0.1)
    # 40 of 400 examples differ: McNemar's standard error.
    error = math.sqrt(40 / COUNT - 0.1**2) / math.sqrt(COUNT)
    assert found.high - found.low == pytest.approx(3.93 * error, rel=0.06)
    assert found.settled and math.isnan(found.p_seeds)
    assert sentences(summary)[0].startswith(
        "GRU reaches 80.0 % accuracy, 10.0 points more than RNN (95 % CI "
    )
    assert (
        "400 test names): settled for this training run (p < 0.001)"
        in (sentences(summary)[0])
    )


def test_seeds_and_examples_are_both_a_source_of_chance(tmp_path):
    hits = {"rnn": [280, 290, 284], "gru": [320, 310, 318]}
    both = summary_of(tmp_path / "both", hits)
    old = summary_of(tmp_path / "seeds", hits, stored=False)
    (found,), (alone,) = map(effects, (both, old))
    assert (found.chance, alone.chance) == (BOTH, SEEDS)
    assert found.p_seeds == alone.p_seeds == pytest.approx(alone.p)
    assert found.high - found.low > alone.high - alone.low
    assert found.evidence == "3 seeds × 400 test names"
    assert (alone.evidence, alone.examples) == ("3 seeds", 0)
    said = [" ".join(notes(one)).count(OVER_SEEDS) for one in (both, old)]
    assert said == [0, 1]


def test_frameworks_of_one_model_are_no_more_evidence(tmp_path):
    hits = {"rnn": [280, 290], "gru": [320, 310]}
    (one,) = effects(summary_of(tmp_path / "one", hits))
    three = ("pytorch", "keras", "jax")
    (many,) = effects(summary_of(tmp_path / "many", hits, three))
    assert many.p == pytest.approx(one.p) and many.seeds == one.seeds == 2


def test_a_damaged_file_leaves_the_seeds_and_says_so(tmp_path, capsys):
    folder = page(tmp_path, {"rnn": [280, 290], "gru": [320, 310]})
    (folder / "scores" / "run pytorch gru 1.npz").write_bytes(b"PK")
    (found,) = effects(read_summary(folder))
    assert found.chance == SEEDS
    assert "intervals are over seeds only" in capsys.readouterr().err


def test_all_tests_of_a_page_are_one_family(tmp_path):
    hits = {"rnn": [280, 290, 284], "gru": [320, 310, 318], "lstm": [1, 2, 3]}
    folder = page(tmp_path, hits)
    known = made.baselines(0) | {
        "task": "names",
        "baselines": {"majority": {"accuracy": 0.5}},
    }
    with (folder / "runs.jsonl").open("a") as file:
        file.write(json.dumps(known) + "\n")
    summary = read_summary(folder)
    found = family(summary)
    assert len(effects(summary)) == len(baseline_effects(summary)) == 3
    lone = read_summary(page(tmp_path / "lone", dict([*hits.items()][:2])))
    raw = effects(lone)[0].p
    same = next(e for e in found if e.names == ("gru", "rnn"))
    place = sorted(e.p for e in found).index(same.p)
    assert same.p == pytest.approx(raw * (6 - place))
    assert holm([raw]) == [raw]
    (method,) = (note for note in notes(summary) if "Holm over" in note)
    assert method == (
        "Tests of scores: 3 between cells and 3 with the best baseline, one "
        "family (hierarchical, Student's t over 3 seeds and paired bootstrap "
        "over 400 test names; Holm over 6 comparisons, α = 0.05). Intervals "
        "are of 95 % each, uncorrected; the score of a baseline is taken as "
        "exact."
    )


def test_marks_and_findings_are_of_one_family(tmp_path):
    """Many examples settle what the seeds alone do not, or the reverse."""
    hits = {"gru": [330, 318, 324], "rnn": [310, 316, 306]}
    summary = summary_of(tmp_path, hits)
    (found,) = effects(summary)
    assert not found.settled
    assert marks(summary) == {("pytorch", "gru"): "*", ("pytorch", "rnn"): "~"}
    one = summary_of(tmp_path / "one", {"gru": [330], "rnn": [328]})
    assert not effects(one)[0].settled
    assert marks(one)["pytorch", "rnn"] == "~"
    lost = summary_of(tmp_path / "lost", {"gru": [330], "rnn": [130]})
    assert marks(lost)["pytorch", "rnn"] == ""


def test_dependent_examples_are_resampled_in_blocks(tmp_path):
    folder = page(tmp_path, {"gru": [320], "rnn": [300]})
    for path in (folder / "scores").iterdir():
        known = read_examples(path)
        write_examples(path, known._replace(dependent=True))
    (found,) = effects(read_summary(folder))
    assert found.method == (
        "paired bootstrap over 20 blocks of neighboring test names"
    )


def test_what_is_settled_alone_may_not_be_among_others():
    found = Difference(1.0, 0.05, 0.0, 3)  # t = 4.5, p = 0.047
    effect = Effect("gru", "rnn", "accuracy", 0.8, 0.7, 1.0, seeds=3)
    assert 0.04 < found.p() < 0.05
    (alone,) = corrected([(effect, found)])
    among = corrected([(effect, found), (effect, found)])
    assert alone.settled and not any(one.settled for one in among)
    assert [one.p for one in among] == [2 * alone.p] * 2


def test_a_tie_needs_a_test_of_equivalence(tmp_path):
    rng = np.random.default_rng(0)
    same = [320 + n for n in (0, 1, 0, 1, 0, 1)]
    near = [320 + n for n in (1, 0, 0, 1, 1, 0)]
    summary = summary_of(tmp_path / "a", {"rnn": same, "gru": near})
    (found,) = findings(summary)[:1]
    assert found.verdict == TIE and "a tie within 1.0 points" in found.text
    wide = [320 + n for n in rng.integers(-30, 30, 6)]
    summary = summary_of(tmp_path / "b", {"rnn": same, "gru": wide})
    assert "tie" not in sentences(summary)[0]


def test_what_would_settle_a_difference_is_said():
    effect = Effect(
        *("gru", "rnn", "accuracy", 0.827, 0.817, 0.010, -0.002, 0.022, 0.1),
        seeds=3,
        examples=2000,
        unit="test names",
        chance=BOTH,
        seeds_needed=8,
    )
    assert (effect.in_unit(effect.difference), effect.interval) == (
        "1.0 points",
        "−0.2 to 2.2",
    )
    assert conclusion(effect) == (
        "not settled by 3 seeds (p = 0.1); 8 seeds would settle a difference "
        "of this size"
    )
    back = effect.reversed
    assert back.names == ("rnn", "gru") and back.interval == "−2.2 to 0.2"


def test_one_seed_without_examples_names_the_command_once(tmp_path):
    summary = summary_of(
        tmp_path,
        {"rnn": [280], "gru": [320], "lstm": [300]},
        stored=False,
        command="compare.py --task names --seeds 1 --quiet",
    )
    assert not any(effect.tested for effect in effects(summary))
    text = " ".join(sentences(summary))
    assert len(re.findall("no interval can be given", text)) == 1
    command = (
        "compare.py --task names --quiet --frameworks pytorch "
        "--cells rnn gru lstm --seeds 5"
    )
    assert f"5 seeds give one: {command}" in text


def test_the_headline_leads_with_the_best_cell(tmp_path):
    hits = {"rnn": [280, 290, 284], "gru": [320, 310, 318]}
    text = headline(summary_of(tmp_path / "a", hits, ("pytorch", "jax")))
    assert text == (
        "GRU reaches 79.0 % accuracy, RNN 7.8 points less (settled by 3 "
        "seeds); PyTorch trains fastest, 1.00 times as fast as JAX (not "
        "settled)."
    )
    quick = {"init": "matched", "preset": "quick"}
    text = headline(summary_of(tmp_path / "b", hits, spec=quick))
    assert text.startswith("Quick: a functional check, not a result. GRU")


def test_cells_that_are_better_come_first_of_an_error(tmp_path):
    runs = [
        made.run(cell=cell, seed=seed, rmse=value + seed / 1000)
        for cell, value in (("rnn", 0.2), ("gru", 0.1))
        for seed in range(3)
    ]
    (found,) = effects(made.summarized(runs))
    assert found.names == ("gru", "rnn") and found.difference > 0
    assert findings(made.summarized(runs))[0].verdict == BETTER

"""Every generated sentence, once; other tests assert what they state."""

import copy
import re
from dataclasses import replace

import pytest
from factories import records as made
from factories.comparisons import (
    BAD,
    BEST,
    DISTINCT,
    FAILED,
    FOUR,
    ONE_SEED,
    PROVED,
    RANKED,
    runs,
)

from comparisons.analysis.changes import changes
from comparisons.analysis.changes_text import sentences as change_sentences
from comparisons.analysis.findings import sentences
from comparisons.analysis.notes import notes
from shared.task import Published

FINDINGS = {
    "ranked": (
        RANKED,
        """
        - LSTM reaches an RMSE of 0.110, 0.0010 less than GRU (95 % CI −0.0263
          to 0.0283; 3 seeds): not settled by 3 seeds (p = 1).
        - LSTM reaches an RMSE of 0.110, 0.1007 less than RNN (95 % CI 0.0978 to
          0.1035; 3 seeds): settled by 3 seeds (p < 0.001).
        - GRU reaches an RMSE of 0.111, 0.0997 less than RNN (95 % CI 0.0698 to
          0.1295; 3 seeds): settled by 3 seeds (p = 0.019).
        - Not settled against the best baseline, linear (0.110): LSTM better by
          0.0000 (95 % CI −0.0248 to 0.0248) and GRU worse by 0.0010 (95 % CI
          −0.0252 to 0.0272).
        - RNN falls short of the best baseline, linear (0.110), by 0.1007 (95 %
          CI 0.0757 to 0.1257).
        - Relative to the noise floor (RMSE 0.100): RNN +110.7 %, GRU +11.0 %,
          LSTM +10.0 %.
        - The frameworks train one model and do not differ in RMSE (GRU: PyTorch
          0.111, JAX 0.111; means of 3 seeds).
        - With GRU, JAX trains 5.0 times as fast as PyTorch (95 % CI 5.0 to 5.0;
          3 rounds).
        - In PyTorch, RNN trains 2.0 times as fast as GRU (95 % CI 2.0 to 2.0)
          and 2.0 times as fast as LSTM (95 % CI 2.0 to 2.0; 3 rounds).
        """,
    ),
    "one seed": (
        [*ONE_SEED, made.baselines(noise_floor=None)],
        """
        - RMSE: GRU 0.100, RNN 0.900, of one seed each, without a score for each
          test example: no interval can be given. 5 seeds give one: compare.py
          --task sine --dataset one-wave --frameworks pytorch jax --cells rnn
          gru --seeds 5
        - GRU outperforms the best baseline, linear (0.110; not tested), by
          0.0100.
        - RNN falls short of the best baseline, linear (0.110; not tested), by
          0.7900.
        - The frameworks train one model and do not differ in RMSE (RNN: PyTorch
          0.900, JAX 0.900; one seed).
        - With RNN, PyTorch trains 1.00 times as fast as JAX (one round, no
          interval).
        - With GRU, PyTorch trains 1.00 times as fast as JAX (one round, no
          interval).
        - In PyTorch, RNN trains 1.00 times as fast as GRU (one round, no
          interval).
        - In JAX, RNN trains 1.00 times as fast as GRU (one round, no interval).
        """,
    ),
    "one seed of four cells": (
        [
            *(made.run(cell=cell, rmse=value) for cell, value in FOUR.items()),
            made.baselines(0, 0.5, 0.3, None),
        ],
        """
        - RMSE: GRU 0.100, RNN (ReLU) 0.200, LSTM 0.800, RNN 0.900, of one seed
          each, without a score for each test example: no interval can be given.
          5 seeds give one: compare.py --task sine --dataset one-wave
          --frameworks pytorch --cells rnn rnn-relu gru lstm --seeds 5
        - GRU and RNN (ReLU) outperform the best baseline, linear (0.300; not
          tested), by 0.2000 and 0.1000.
        - LSTM and RNN fall short of the best baseline, linear (0.300; not
          tested), by 0.5000 and 0.6000.
        - In PyTorch, RNN trains 1.00 times as fast as RNN (ReLU), 1.00 times as
          fast as GRU, and 1.00 times as fast as LSTM (one round, no interval).
        """,
    ),
    "frameworks that differ": (
        DISTINCT,
        """
        - With GRU, PyTorch outperforms JAX in RMSE (p < 0.001, 3 seeds).
        - With GRU, PyTorch trains 1.00 times as fast as JAX (95 % CI 1.00 to
          1.00, not settled, p = 1; 3 rounds).
        """,
    ),
    "matched frameworks that differ": (
        [run | {"spec": {"init": "matched"}} for run in DISTINCT],
        """
        - The frameworks train one model and differ by at most 0.101 in RMSE
          (GRU: PyTorch 0.110, JAX 0.211; means of 3 seeds). With GRU that is
          more than chance between seeds explains (p < 0.001): see the
          equivalence checks.
        - With GRU, PyTorch trains 1.00 times as fast as JAX (95 % CI 1.00 to
          1.00, not settled, p = 1; 3 rounds).
        """,
    ),
}
NOTES = {
    "proved": (
        PROVED,
        """
        - RMSE on the test split (lower is better), mean ± std over 3 seeds. *
          best.
        - Tests of scores: one (paired Student's t over 3 seeds; α = 0.05).
          Intervals are of 95 % each and over seeds alone (not all of these runs
          keep a score for each of the same test examples), uncorrected; the
          score of a baseline is taken as exact.
        - Noise floor: 0.100.
        - Baselines: last value 0.190; linear 0.110.
        - Other scores: LSTM: MAE 0.0550.
        - Equivalence, largest relative error to the NumPy reference: forward
          6e-07, 20 steps 4e-05.
        """,
    ),
    "ranked": (
        RANKED,
        """
        - RMSE on the test split (lower is better), mean ± std over 3 seeds. *
          best, ~ not significantly different from the best; marks compare
          cells, averaged over frameworks.
        - Tests of scores: 3 between cells and 3 with the best baseline, one
          family (paired Student's t over 3 seeds; Holm over 6 comparisons, α =
          0.05). Intervals are of 95 % each and over seeds alone (not all of
          these runs keep a score for each of the same test examples),
          uncorrected; the score of a baseline is taken as exact.
        - Ratios of step times (3 paired t-tests of their logarithms) and
          differences in score between frameworks (1 paired t-test) answer other
          questions than the tests of scores: each is a family of its own
          (Holm).
        - Noise floor: 0.100.
        - Baselines: last value 0.190; linear 0.110.
        - Other scores: LSTM: MAE 0.0550.
        - Equivalence: not checked (requires --init matched).
        """,
    ),
    "failed": (
        FAILED,
        """
        - RMSE on the test split (lower is better), mean ± std over 2 seeds. *
          best; marks compare cells, averaged over frameworks.
        - Other scores: LSTM: MAE 0.0500.
        - Equivalence, largest relative error to the NumPy reference: forward
          2e-03, 20 steps 3e-03, unknown 4e-03. FAILED: PyTorch GRU: forward of
          any deviates by 2.0e-03, limit 1e-03; PyTorch GRU: 20 steps of any
          deviates by 3.0e-03, limit 1e-03; PyTorch LSTM: unknown of any
          deviates by 4.0e-03, limit 1e-03; JAX GRU: equivalence was not
          checked: it failed.
        - JAX GRU, seed 0: timeout: it timeout
        - warning: PyTorch LSTM seed 4: training loss did not decrease
        - warning: PyTorch LSTM seed 5: check failed: odd
        """,
    ),
    "one seed": (
        ONE_SEED,
        """
        - RMSE on the test split (lower is better), one seed. * best, not
          tested; marks compare cells, averaged over frameworks.
        - Other scores: GRU: MAE 0.0500.
        - Equivalence: not checked (requires --init matched).
        """,
    ),
}


def lines(text):
    """The items of a list, each in one line."""
    items = re.split(r"^\s*- ", text, flags=re.MULTILINE)[1:]
    return [" ".join(item.split()) for item in items]


@pytest.mark.parametrize("name", FINDINGS)
def test_findings(name):
    records, text = FINDINGS[name]
    assert sentences(made.summarized(records)) == lines(text)


@pytest.mark.parametrize("name", NOTES)
def test_notes(name):
    records, text = NOTES[name]
    assert list(notes(made.summarized(records))) == lines(text)


def test_notes_on_the_data_and_on_published_results():
    summary = made.summarized(PROVED)
    for record in summary.baseline_records:
        record.metadata = {"split": "first half", "notes": ["old", "rare"]}
    summary.task = replace(
        summary.task,
        published=(
            Published("good", 0.05, "rmse", "book"),
            Published("bad", 0.2, "rmse", "book"),
        ),
    )
    found = [*notes(summary), *sentences(summary)]
    for text in lines(
        """
        - Data: first half.
        - Data: old.
        - Published (sources in the report): good 0.0500; bad 0.200.
        - Every baseline, even last value (0.190), outperforms these published
          results: bad (0.200).
        """
    ):
        assert text in found


def changed(new, old):
    return change_sentences(changes(made.summarized(new), made.summarized(old)))


def test_changes():
    old = [*runs("lstm", BAD, "jax"), *runs("gru", BAD, "jax")]
    new = [
        *runs("lstm", BEST, "jax", ms=10.0, parameters=2000),
        *runs("gru", BAD, "jax"),
        *runs("rnn", BAD, "jax"),
        made.broken("failed", "jax", "gru", 9),
    ]
    assert changed(new, old) == lines(
        """
        - Same setup: machine, versions, commit, options.
        - Only in the new comparison: JAX RNN.
        - JAX GRU: failed (before ok).
        - RMSE, JAX LSTM: better, 0.110 against 0.211, 0.52 × (p < 0.001).
        - RMSE: unchanged for JAX GRU.
        - ms/step, JAX LSTM: better, 10.00 against 20.00, 0.50 × (p < 0.001).
        - ms/step: unchanged for JAX GRU.
        - train s, JAX LSTM: better, 0.30 against 0.60, 0.50 × (p < 0.001).
        - train s: unchanged for JAX GRU.
        - compile s: unchanged for all rows.
        - peak MB: unchanged for all rows.
        - parameters (no test: a count): JAX LSTM 2,000 against 1,121, 1.78 ×.
        - The times are from two sessions: a significant difference need not be
          due to the code.
        """
    )


def test_changes_without_a_test_and_another_setup():
    old = runs("lstm", (0.2, 0.21, 0.22), "jax")
    unclear = runs("lstm", (0.19, 0.21, 0.228), "jax")
    assert "RMSE: no significant change for JAX LSTM." in changed(unclear, old)
    new = copy.deepcopy(old[:1])
    new[0] |= {"commit": "ba9876543210"}
    new[0]["scores"] = {"rmse": 0.1}
    found = changed(new, old)
    assert (
        found[0] == "Setup differs: commit ba9876543210 (before 0123456789ab)."
    )
    text = "RMSE: no test (fewer than two shared seeds) for JAX LSTM."
    assert text in found

"""What chapters compute: gradients, a cliff, retention, and trained models."""

from __future__ import annotations

import numpy as np
import pytest

from comparisons.records.environment import ROOT
from comparisons.site.course.base import summary
from comparisons.site.course.computed import (
    by_hand,
    cliff,
    clipping,
    embeddings,
    memory,
    names,
    row_claims,
    techniques,
)
from comparisons.site.course.computed.directives import (
    CHECKS,
    FIGURES,
    TEXTS,
    defined,
)
from shared.errors import UserError

STEP = 1e-6


def unit(w, u):
    h = 0.0
    for x in by_hand.PULSE:
        h = np.tanh(w * x + u * h)
    return h


def test_the_table_of_chapter_2_has_the_gradient_of_the_loop():
    w, u = by_hand.W, by_hand.U
    by_w = (unit(w + STEP, u) - unit(w - STEP, u)) / (2 * STEP)
    by_u = (unit(w, u + STEP) - unit(w, u - STEP)) / (2 * STEP)
    # A central difference errs by the square of the step, and rounding.
    assert by_hand.totals() == pytest.approx({"u": by_u, "w": by_w}, abs=1e-8)
    assert by_hand.table().splitlines()[-1].split("|")[1].strip() == "sum"
    with pytest.raises(UserError, match="unknown weight 'b'"):
        by_hand.total("b")


def test_the_gradient_at_the_cliff_is_that_of_the_loss():
    w, b = 4.5, -1.9
    _, by_w, by_b = cliff.loss_and_gradient(w, b)
    up, down = (cliff.loss_and_gradient(w + d, b)[0] for d in (STEP, -STEP))
    assert (up - down) / (2 * STEP) == pytest.approx(float(by_w), rel=1e-4)
    up, down = (cliff.loss_and_gradient(w, b + d)[0] for d in (STEP, -STEP))
    assert (up - down) / (2 * STEP) == pytest.approx(float(by_b), rel=1e-4)


def test_clipping_bounds_each_step_and_keeps_the_descent_at_the_cliff():
    moved = np.diff(cliff.descent(cliff.CLIP).path, axis=0)
    longest = np.linalg.norm(moved, axis=1).max()
    assert longest <= cliff.RATE * cliff.CLIP * (1 + 1e-9)
    free = np.diff(cliff.descent(0.0).path, axis=0)
    assert np.linalg.norm(free, axis=1).max() > 10 * longest
    assert cliff.clipping_helps()


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.25, "0.25"), (117.4, "117"), (2.96e-05, "3 × 10⁻⁵"), (12.0, "12")],
)
def test_a_factor_is_a_short_number_or_a_power_of_ten(value, text):
    assert memory.scientific(value) == text


def test_the_norms_are_those_of_the_study():
    text = (ROOT / "docs/echo-gradients/gradients.csv").read_text("utf-8")
    rows = [line.split(",") for line in text.splitlines()]
    known = {tuple(row[:4]): float(row[4]) for row in rows[1:]}
    first, later = (
        known["pytorch", "rnn", "radius 0.5", n] for n in ("0", "20")
    )
    found = memory.part_left("rnn", "radius-0.5", "20")
    assert found == pytest.approx(later / first)
    assert memory.reaches_further(
        *("rnn", "radius-1", "rnn", "radius-0.5", "20")
    )
    with pytest.raises(UserError, match="unknown weights 'radius-2'"):
        memory.share_left("rnn", "radius-2", "20")


def test_a_gate_of_bias_0_keeps_half_of_the_memory_a_step():
    assert memory.half_life(0.0) == pytest.approx(1.0)
    assert memory.half_life(3.0) > memory.half_life(1.0) > 2.0
    row = memory.retention_table().splitlines()[2]
    assert [text.strip() for text in row.split("|")][1:4] == [
        "0",
        "0.500",
        "1.0",
    ]


def test_claims_of_rows_and_folders_can_fail():
    found = summary("docs/echo-20-native")
    better = row_claims.row_better
    assert better(found, "keras", "rnn", "pytorch", "rnn")
    assert not better(found, "pytorch", "rnn", "keras", "rnn")
    with pytest.raises(UserError, match="unknown row 'jax gru'"):
        better(found, "jax", "gru", "keras", "rnn")
    there = "docs/echo-20"
    assert not row_claims.better_than_in(found, there, "rnn")
    other = "docs/echo-20-native"
    assert row_claims.better_than_in(summary(there), other, "rnn")


def test_a_lower_error_is_better():
    adding = summary("docs/adding")
    assert row_claims.row_better(adding, "jax", "gru", "jax", "rnn")


def test_a_share_of_confused_names_is_that_of_the_records():
    share = names.confused("docs/names", "Scottish", "English")
    assert 50 < int(share.removesuffix(" %")) < 100
    assert names.confused("docs/names", "Scottish", "Korean") == "0 %"
    with pytest.raises(UserError, match="unknown class 'Scotish'"):
        names.confused("docs/names", "Scotish", "English")


def test_neighbors_are_the_rows_of_the_largest_cosine():
    table = np.array([[1.0, 0], [0, 2], [3, 0.1], [-1, 0], [1, 1]])
    found = embeddings.nearest(table, 0)
    assert [k for k, _ in found] == [2, 4, 1, 3]
    assert found[1][1] == pytest.approx(np.sqrt(0.5))


def test_two_components_keep_distances_of_points_in_a_plane():
    rng = np.random.default_rng(0)
    plane = rng.normal(size=(6, 2)) @ rng.normal(size=(2, 5))
    plane += 10 * rng.normal(size=5)  # it does not contain the origin
    points, shares = embeddings.components(plane)
    before, after = (
        np.linalg.norm(p[:, None] - p[None], axis=-1) for p in (plane, points)
    )
    assert np.allclose(before, after)
    assert shares.sum() == pytest.approx(1.0)


def test_a_definition_is_cut_from_its_file():
    source = (
        "import os\n\n\ndef one():\n    return 1\n\n\nclass Two:\n    x = 2\n"
    )
    assert defined(source, "one") == (4, "def one():\n    return 1")
    assert defined(source, "Two")[0] == 8
    with pytest.raises(UserError, match="unknown definition 'tow'"):
        defined(source, "tow")


def test_every_name_has_one_meaning():
    kinds = by_hand, cliff, clipping, embeddings, memory, names, techniques
    for table, known in (("FIGURES", FIGURES), ("TEXTS", TEXTS)):
        sizes = [len(getattr(kind, table, {})) for kind in kinds]
        assert sum(sizes) == len(known)
    assert CHECKS

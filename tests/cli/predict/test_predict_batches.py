"""Batches of input, and answers fitted to a terminal."""

import numpy as np
from rich.cells import cell_len

from comparisons.arguments.texts import Example, in_batches, joined
from comparisons.commands.trained import predict
from comparisons.commands.trained.predict_output import Answer, print_table
from shared.batching.chunks import PREDICTION_CHUNK
from shared.task import Prediction


def test_each_batch_is_predicted_before_more_input_is_read():
    read = []

    def endless():
        while True:
            read.append(Example("a", np.zeros((1, 1)), np.ones(1)))
            yield read[-1]

    assert len(next(in_batches(endless()))) == len(read) == PREDICTION_CHUNK


def test_words_and_characters_are_padded_in_one_batch():
    one, other = np.full((1, 2, 3), 7, "i4"), np.full((1, 17, 2), 5, "i4")
    x, lengths = joined(
        [
            Example("a b", one, np.array([2])),
            Example("c", other, np.array([17])),
        ]
    )
    assert (x.shape, x.dtype) == ((2, 32, 16), np.int32)
    np.testing.assert_array_equal(x[0, :2, :3], one[0])
    np.testing.assert_array_equal(x[1, :17, :2], other[0])
    assert x.sum() == one.sum() + other.sum()
    assert lengths.tolist() == [2, 17]


def test_outputs_of_words_are_cut_to_each_text():
    batch = [
        Example("a b", np.ones((1, 2, 3), "i4"), np.array([2])),
        Example("c", np.ones((1, 1, 3), "i4"), np.array([1])),
    ]
    answer = np.arange(2 * 16 * 5, dtype=float).reshape(2, 16, 5)
    one, other = predict.outputs_of(
        lambda job, **request: {"outputs": answer}, "path", batch
    )
    np.testing.assert_array_equal(one, answer[:1, :2])
    np.testing.assert_array_equal(other, answer[1:, :1])


def test_long_and_odd_texts_are_fitted_to_80_columns(capsys):
    texts = ("long " * 40, "\u4e2d\u6587" * 40, "a\x1b[2J\tb", "[b]:smile:[/b]")
    answers = [
        Answer(t, np.zeros(2), [Prediction(t, "[i]" + "x" * 40, 0.5)])
        for t in texts
    ]
    print_table(iter([answers[:1], answers[1:]]), "heading", 1)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 + len(texts)
    assert max(map(cell_len, lines)) <= 80
    assert "\u2026" in lines[2]
    assert "\x1b" not in "".join(lines)
    assert lines[5].rstrip().endswith("  [b]:smile:[/b]")

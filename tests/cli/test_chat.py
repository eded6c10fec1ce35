"""`compare.py chat`: lines in, answers out, commands between them."""

import io
import math
import sys
from contextlib import contextmanager

import numpy as np
import pytest
from factories.pairs import BEST, FOLDER, made_dataset, saved
from factories.processes import Finished

from comparisons import compare
from comparisons.commands.trained import chat, models
from shared.decoding.options import END, DecodedOutputs, DecodingOptions
from shared.errors import SpecError
from shared.reference import decoding as reference_decoding
from shared.tasks.language_modeling.scores import distinct
from shared.tasks.translation.chatbot import baselines, score
from shared.tasks.translation.codec import decode, encode
from shared.text.tokens import plain_text
from shared.weights.checkpoints import WEIGHTS, save_checkpoint


@pytest.fixture
def talk(tmp_path, monkeypatch, capsys):
    """Runs a conversation with a model, the reference as its worker."""
    monkeypatch.chdir(tmp_path)
    save_checkpoint(FOLDER / WEIGHTS, saved())
    monkeypatch.setattr(compare.signal, "signal", lambda *given: None)
    searches = []

    def ask(job, path, x, lengths, search):
        trained, searches[len(searches) :] = saved(), [search]
        found = reference_decoding.decode(
            trained.model,
            trained.weights,
            np.array(x),
            np.array(lengths),
            DecodingOptions(**search),
        )
        return {"tokens": found}

    @contextmanager
    def model_worker(*given):
        yield ask

    monkeypatch.setattr(models, "model_worker", model_worker)

    def call(text, *arguments):
        words = [
            "compare.py",
            "chat",
            *BEST,
            "--max-new-tokens",
            "6",
            *arguments,
        ]
        monkeypatch.setattr(compare.sys, "argv", words)
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        with pytest.raises(SystemExit) as left:
            compare.main()
        return Finished(left.value.code, *capsys.readouterr()), searches

    return call


def reply(text, **rule):
    trained = saved()
    x, lengths = encode(text, trained.metadata)
    found = reference_decoding.decode(
        *(trained.model, trained.weights, x, lengths),
        DecodingOptions(max_new_tokens=6, **rule),
    )
    return decode(found[0], trained.metadata)


def test_each_line_gets_a_reply_until_the_input_ends(talk):
    done, _ = talk("the cat sleeps\n\na dog runs here\n")
    assert done.code == 0, done
    assert done.out.splitlines() == [
        reply("the cat sleeps"),
        reply("a dog runs here"),
    ]
    assert "computed with JAX" in done.err


def test_commands_change_the_decoding(talk):
    typed = "the cat\n/beam 3\nthe cat\n/temperature 0.7\nthe cat\n/quit\nno\n"
    done, searches = talk(typed)
    rules = [{}, {"beam": 3}, {"temperature": 0.7}]
    answers = [reply("the cat", **rule) for rule in rules]
    assert done.out.splitlines() == [
        *(answers[0], "beam 3", answers[1]),
        *("temperature 0.7", answers[2]),
    ]
    decoding = [(s["beam"], s["temperature"]) for s in searches]
    assert decoding == [(1, 0.0), (3, 0.0), (1, 0.7)]


def test_the_history_is_shown(talk):
    done, _ = talk("the cat\n/history\n")
    answer = reply("the cat")
    assert done.out == f"{answer}\n> the cat\n{answer}\n"


def test_unreadable_input_does_not_end_the_conversation(talk):
    lines = {
        "xyz qqq": "no word of 'xyz qqq' is in the vocabulary",
        "/beem 2": "unknown command '/beem'; did you mean '/beam'?",
        "/beam many": "/beam needs a whole number, not 'many'",
        "/beam \u00b2": "/beam needs a whole number, not '\u00b2'",
        "/beam 1000000": "beam must be at most 1000, not 1000000",
        "/beam 0": "beam must be at least 1, not 0",
        "/temperature hot": "/temperature needs a number, not 'hot'",
        "/temperature -1": "temperature must be at least 0.0, not -1.0",
    }
    done, _ = talk("\n".join([*lines, "the cat"]) + "\n")
    assert done.code == 0
    errors = done.err.splitlines()[2:]
    assert len(errors) == len(lines)
    for error, text in zip(errors, lines.values()):
        assert text in error
    assert done.out == f"{reply('the cat')}\n"


def test_a_line_in_another_encoding_is_named(monkeypatch):
    stdin = io.TextIOWrapper(io.BytesIO(b"caf\xe9\nthe cat\n"), "utf-8")
    monkeypatch.setattr(sys, "stdin", stdin)
    assert list(chat.lines()) == ["caf\udce9", "the cat"]
    with pytest.raises(SpecError, match="is not UTF-8"):
        plain_text("caf\udce9")


def test_replies_are_scored_by_perplexity_and_variety():
    dataset = made_dataset()
    y = dataset.test.y
    tokens = np.where(y == END, -1, y)
    tokens[:] = tokens[0]  # the same reply to all
    same = DecodedOutputs(np.full(y.shape, np.log(7.0)), y >= 0, tokens)
    found = score(same, "test", dataset)
    assert found["perplexity"] == pytest.approx(7.0)
    words = int((tokens[0] >= 0).sum())
    assert found["words"] == words
    assert found["distinct_1"] == pytest.approx(1 / len(y))
    assert found["distinct_2"] == pytest.approx(1 / len(y))


def test_distinct_counts_within_a_reply():
    replies = [["a", "b"], ["a", "b", "a"], []]
    assert distinct(replies, 1) == pytest.approx(2 / 5)
    assert distinct(replies, 2) == pytest.approx(2 / 3)
    assert math.isnan(distinct([[], ["a"]], 2))
    dataset = made_dataset()
    y = dataset.test.y
    none = DecodedOutputs(np.ones(y.shape), y >= 0, np.full(y.shape, -1))
    assert score(none, "test", dataset)["distinct_2"] == 0.0


def test_the_unigram_baseline_is_smoothed_over_the_training_tokens():
    dataset = made_dataset()
    found = baselines(dataset)["unigram"]
    counts = np.bincount(
        dataset.train.y[dataset.train.y >= 0], minlength=dataset.output_size
    )
    shares = (counts + 1) / (counts + 1).sum()
    real = dataset.test.y[dataset.test.y >= 0]
    nats = -np.log(shares[real]).mean()
    assert found["perplexity"] == pytest.approx(np.exp(nats))
    assert 0.0 < found["token_accuracy"] < 1.0

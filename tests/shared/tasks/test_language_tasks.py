"""Scores, details and tasks of language models."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest
from factories.specs import run_spec
from test_language_data import corpus_of

from shared.errors import SpecError
from shared.exhibits import language_modeling as exhibits
from shared.exhibits.runs import RunView
from shared.task import Dataset
from shared.tasks import get_task, sized
from shared.tasks.language_modeling import scores as views
from shared.tasks.language_modeling.charlm import CharacterData
from shared.tasks.language_modeling.data import character_dataset, word_dataset
from shared.tasks.language_modeling.ngrams import ngram_losses
from shared.tasks.language_modeling.scores import (
    score,
)
from shared.tasks.language_modeling.wordlm import WordData


def made() -> Dataset:
    """Windows of 3 over `abacab|acabb`, the last one filled up with two."""
    return character_dataset(corpus_of("abacab", "acabb"), 3)


def test_scores_ignore_padding():
    dataset = made()
    assert dataset.test.y.tolist() == [[2, 0, 1], [1, -1, -1]]
    outputs = np.array([[1.0, 2.0, 3.0], [6.0, 99.0, np.nan]], np.float32)
    assert score(outputs, "test", dataset) == {
        "nats": 3.0,
        "bits_per_character": pytest.approx(3.0 / 0.693147180559945),
        "perplexity": pytest.approx(20.085536923187668),
    }
    # To be as unsure as among 50 words is a perplexity of 50.
    words = word_dataset(corpus_of("a b c d e"), 2)
    found = score(np.full((2, 2), np.log(50)), "test", words)
    assert list(found) == ["perplexity", "nats"]
    assert found["perplexity"] == pytest.approx(50)
    infinite = score(np.full((2, 2), 1e4), "test", words)
    assert infinite["perplexity"] == np.inf


def test_losses_are_recorded_by_position_and_by_token():
    dataset = made()
    outputs = np.array([[1.0, 2.0, 3.0], [6.0, 99.0, np.nan]])
    assert views.by_position(outputs, dataset) == [3.5, 2.0, 3.0]
    assert views.worst_tokens(outputs, dataset) == [
        {"of": "'b'", "count": 2, "nats": 4.5},
        {"of": "'a'", "count": 1, "nats": 2.0},
        {"of": "'c'", "count": 1, "nats": 1.0},
    ]


def test_rare_characters_are_not_among_the_worst():
    test = "ab" * 1000 + "c"
    dataset = character_dataset(corpus_of("abc", test), 1)
    losses = np.where(dataset.test.y == 2, 9.0, 1.0)
    found = views.worst_tokens(losses, dataset)
    assert [row["of"] for row in found] == ["'a'", "'b'"]
    rare = character_dataset(corpus_of("abc", test[1000:]), 1)
    losses = np.where(rare.test.y == 2, 9.0, 1.0)
    assert views.worst_tokens(losses, rare)[0]["of"] == "'c'"


def test_losses_are_recorded_by_the_rank_of_words():
    words = [f"w{i}" for i in range(150)]
    train = " ".join(w for i, w in enumerate(words) for _ in range(200 - i))
    test = "w3 w0 w9 w10 w99 w100 w149"
    dataset = word_dataset(corpus_of(train, test), 4)
    outputs = np.array([[1.0, 2.0, 3.0, 5.0], [7.0, 8.0, 0.0, 0.0]])
    found = views.by_frequency(outputs, dataset)
    assert [(row["of"], row["count"]) for row in found] == [
        ("1 to 10", 2),
        ("11 to 100", 2),
        ("101 to 150", 2),
    ]
    assert [row["nats"] for row in found] == [1.5, 4.0, 7.5]


def view_of(cell, seed, mark, detail):
    return RunView("jax", cell, seed, mark, {}, detail)


def test_a_report_shows_a_curve_and_a_number_for_each_cell():
    row = {"of": "'?'", "count": 7, "nats": 4.0}
    higher = [{**row, "nats": 5.0}]
    runs = [
        view_of("gru", 0, "*", {"by_position": [1, 2], "worst_tokens": [row]}),
        view_of("gru", 1, "*", {"by_position": [3, 4], "worst_tokens": []}),
        view_of("rnn", 0, "", {"by_position": [5, 6], "worst_tokens": higher}),
        view_of("lstm", 0, "", {}),
    ]
    curves, table = exhibits.exhibits(runs)
    found = {item.name: item.y for item in curves.series}
    assert found == {"gru": (2.0, 3.0), "rnn": (5.0, 6.0)}
    assert table.headings == ("character", "number", "gru", "rnn")
    assert table.rows == (("'?'", 7, 4.0, 5.0),)
    assert exhibits.exhibits([view_of("gru", 0, "*", {})]) == []


@pytest.mark.parametrize(
    ("name", "preset"),
    [
        (name, preset)
        for name in ("charlm", "wordlm")
        for preset in get_task(name).presets
    ],
)
def test_every_preset_is_a_model_of_its_data(data_dir, name, preset):
    task = get_task(name)
    cut = {"charlm": {"characters": 50_000}, "wordlm": {"train_words": 20_000}}
    run = run_spec(name, "jax", "gru", preset=preset, data=cut[name])
    dataset = task.load(run.data, 0)
    model, train = sized(run, dataset).model, run.train
    assert model.input_size == model.output_size == dataset.input_size
    assert train.stateful
    steps = dataset.metadata["steps"]
    assert dataset.train.x.shape[1] == dataset.test.x.shape[1] == steps
    assert len(dataset.train.x) >= train.batch_size
    stored = task.codec.metadata(dataset)
    prompt = task.codec.encode(stored["prompt"], stored, "error")
    assert 0 < prompt.size < 20
    assert all(len(line) <= 80 for line in task.summarize(dataset))
    assert any(
        dataset.metadata["split"] in line for line in task.summarize(dataset)
    )


def test_the_baselines_are_n_grams_of_the_training_tokens(data_dir):
    run = run_spec("charlm", "jax", "gru", data={"characters": 30_000})
    task = get_task("charlm")
    dataset = task.load(run.data, 0)
    found = task.baselines(dataset)
    unigram, ngram = found["unigram"], found["5-gram, Witten-Bell"]
    assert (
        ngram[task.metric] < unigram[task.metric] < np.log(dataset.input_size)
    )
    outputs = ngram_losses(dataset, 5)
    assert task.score(outputs, "test", dataset) == ngram
    detail = json.loads(json.dumps(task.details(outputs, dataset)))
    assert np.mean(detail["by_position"]) == pytest.approx(
        ngram["nats"], rel=0.01
    )
    worst = [row["nats"] for row in detail["worst_tokens"]]
    assert worst == sorted(worst, reverse=True)
    assert worst[-1] > ngram["nats"]


@pytest.mark.parametrize(
    ("data", "changes", "words"),
    [
        (CharacterData(), {"bptt": 0}, "bptt must be at least 1"),
        (CharacterData(), {"split": "90/20"}, "did you mean '90/10'"),
        (CharacterData(), {"dataset": "pyton"}, "did you mean 'python'"),
        (CharacterData(), {"encoding": "latin-1"}, "--data FILE"),
        (WordData(), {"dataset": "wikitext"}, "did you mean 'wikitext-2'"),
        (WordData(), {"folder": "x"}, "folder 'x' needs --dataset ptb"),
        (WordData(), {"train_words": -1}, "train_words must be at least 0"),
    ],
)
def test_options_are_checked(data, changes, words):
    with pytest.raises(SpecError, match=words):
        dataclasses.replace(data, **changes)

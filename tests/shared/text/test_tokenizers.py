"""Tokenizers of libraries: what they cut, and what a checkpoint keeps."""

import json

import numpy as np
import pytest

from shared.datasets.sentiment_corpora import CLASSES, Reviews
from shared.errors import DataError, SpecError
from shared.files.user_file import pinned
from shared.tasks.classification import text_data
from shared.tasks.classification.text_data import SentimentData, text_dataset
from shared.tasks.tagging.codec import words_of
from shared.tasks.tagging.data import TaggingData
from shared.tasks.translation import codec as pair_codec
from shared.tasks.translation.data import PairData, Pairs, pair_dataset
from shared.tasks.translation.tokenizers import tokens
from shared.text.labelled import LabelledTexts
from shared.text.tokenizers.stored import (
    StoredTokenizer,
    cut_by,
    make_tokenizer,
)
from shared.text.tokenizers.words import library
from shared.text.tokens import tokenize_all

LIBRARIES = {"nltk": "nltk", "spacy": "spacy", "hf": "tokenizers"}
TEXTS = [
    f"The {film} isn't {word}, it's a {word}-made \"film\" of 3.5 hours."
    for film in ("first", "second", "third", "last")
    for word in ("good", "bad", "long", "well")
]


def needs(name):
    """Skip where a library is not installed."""
    pytest.importorskip(LIBRARIES[name], reason="needs the extra text")


@pytest.fixture
def file(tmp_path):
    """A tokenizer's file: subwords, with a decoder."""
    needs("hf")
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    made = Tokenizer(models.BPE(unk_token="<unk>"))
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    made.decoder = decoders.Metaspace()
    trainer = trainers.BpeTrainer(
        vocab_size=60, special_tokens=["<unk>"], show_progress=False
    )
    texts = [text.lower() for text in TEXTS]
    made.train_from_iterator([*texts, "0123456789 un deux ici"], trainer)
    path = tmp_path / "tokenizer.json"
    made.save(str(path))
    return path


def corpus():
    parts = {}
    for part, size in (("train", 12), ("validation", 2), ("test", 2)):
        texts = TEXTS[:size]
        labels = np.arange(size, dtype=np.int32) % 2
        parts[part] = LabelledTexts(texts, labels, tokenize_all(texts))
    return Reviews(parts, CLASSES, {})


def options(name, file):
    value = f"hf:{file}" if name == "hf" else name
    return {"tokenizer": value, "vocab_size": 60}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("simple", "it 's n't a well - made \" film \" of 3 . 5 hours ."),
        ("nltk", "it 's n't a well-made '' film '' of 3.5 hours ."),
        ("spacy", "it 's n't a well - made \" film \" of 3.5 hours ."),
    ],
)
def test_words_of_each_tokenizer(name, expected):
    if name in LIBRARIES:
        needs(name)
    cut = cut_by(StoredTokenizer(name))
    found = cut("It's n't a well-made \"film\"<br />of 3.5 hours.")
    assert found == expected.replace("''", '"').split()


@pytest.mark.parametrize("name", ["nltk", "spacy"])
def test_words_to_tag_keep_their_case(name):
    needs(name)
    assert words_of("Ann can't go to the U.S. today.", name) == (
        ["Ann", "ca", "n't", "go", "to", "the", "U.S.", "today", "."]
    )


@pytest.mark.parametrize("name", ["nltk", "spacy", "bpe", "hf"])
def test_a_classifier_reads_a_text_as_its_data(name, request):
    if name in LIBRARIES:
        needs(name)
    file = request.getfixturevalue("file") if name == "hf" else None
    data = SentimentData(min_count=1, **options(name, file))
    dataset = text_dataset(corpus(), data)
    usual = text_dataset(corpus(), SentimentData(min_count=1))
    assert dataset.metadata["tokenizer"] == name
    tokens, before = (d.metadata["tokens"]["train"] for d in (dataset, usual))
    assert tokens != before
    assert (tokens > before) == (name in ("bpe", "hf"))
    stored = json.loads(json.dumps(text_data.metadata(dataset)))
    for row, text in enumerate(corpus().parts["test"].texts):
        x, lengths = text_data.encode(text, stored)
        length = dataset.test.lengths[row]
        assert lengths == [length]
        assert np.array_equal(x[0], dataset.test.x[row, :length])


def test_a_checkpoint_without_a_tokenizer_has_the_usual_one():
    dataset = text_dataset(corpus(), SentimentData(min_count=1))
    stored = text_data.metadata(dataset)
    assert stored["tokenizer"] == {"name": "simple", "model": ""}
    before = {n: v for n, v in stored.items() if n != "tokenizer"}
    for one, other in zip(
        text_data.encode(TEXTS[0], stored), text_data.encode(TEXTS[0], before)
    ):
        assert np.array_equal(one, other)


@pytest.mark.parametrize("name", ["nltk", "spacy", "hf"])
def test_a_pair_is_cut_and_joined(name, request):
    needs(name)
    file = request.getfixturevalue("file") if name == "hf" else None
    pairs = [
        (text.lower(), f"{word} {number} ici .")
        for number, text in enumerate(TEXTS)
        for word in ("un", "deux")
    ]
    data = PairData(max_length=20, min_count=1, **options(name, file))
    dataset = pair_dataset(Pairs(pairs, {}), data)
    stored = json.loads(json.dumps(pair_codec.metadata(dataset)))
    assert stored["tokenizer"] == ("simple" if name == "hf" else name)
    source = dataset.arrays["test"][0][0]
    texts = {tokens(t, stored["tokenizer"]): t for t, _ in pairs}
    x, lengths = pair_codec.encode(texts[source], stored)
    assert np.array_equal(x[0], dataset.test.x[0, : lengths[0], 0])
    y = dataset.train.y[0]
    end = np.where(y == y[y >= 0][-1], -1, y)
    target = dataset.arrays["train"][0][1]
    assert pair_codec.decode(end, stored) == pair_codec.joined(target)


def test_a_file_is_pinned_by_its_content(file):
    found = pinned({"tokenizer": f"hf:{file}"})
    assert found["tokenizer"] == f"hf:{file}"
    assert len(found["tokenizer_sha256"]) == 64
    data = SentimentData(min_count=1, **found)
    assert "tokenizer.json" in text_dataset(corpus(), data).hashes
    file.write_text(file.read_text() + "\n")
    with pytest.raises(DataError, match="has changed"):
        text_dataset(corpus(), data)


def test_only_a_file_is_pinned():
    assert pinned({"tokenizer": "bpe"}) == {"tokenizer": "bpe"}
    with pytest.raises(DataError, match="does not exist"):
        pinned({"tokenizer": "hf:/no/such.json"})


def test_a_file_without_a_tokenizer_is_refused(tmp_path):
    needs("hf")
    path = tmp_path / "a.json"
    path.write_text("{}")
    with pytest.raises(DataError, match=r"a\.json .*no tokenizer in JSON"):
        make_tokenizer(SentimentData(tokenizer=f"hf:{path}"), TEXTS)


@pytest.mark.parametrize("kind", [SentimentData, PairData, TaggingData])
def test_an_unknown_tokenizer_names_the_nearest(kind):
    with pytest.raises(SpecError, match="did you mean 'spacy'"):
        kind(tokenizer="spaci")


@pytest.mark.parametrize("value", ["hf:", "hf"])
def test_a_file_must_be_named(value):
    with pytest.raises(SpecError, match="hf:FILE"):
        SentimentData(tokenizer=value)


def test_a_tagger_has_no_subwords():
    with pytest.raises(SpecError, match="unknown tokenizer 'bpe'"):
        TaggingData(tokenizer="bpe")


def test_a_missing_library_names_the_extra():
    with pytest.raises(SpecError) as refused:
        library("no_such_library.part", "nltk")
    assert str(refused.value) == (
        "tokenizer 'nltk' needs no_such_library, which is not installed: "
        "pip install 'rnn-comparisons[text]'"
    )


def test_subwords_are_learned_of_the_training_texts():
    data = SentimentData(min_count=1, tokenizer="bpe", vocab_size=60)
    (model,) = text_dataset(corpus(), data).arrays["tokenizer_model"]
    learned, others = (
        make_tokenizer(data, corpus().parts[part].texts).model
        for part in ("train", "test")
    )
    assert model == learned != others


def test_a_text_is_cut_as_the_data_of_its_model():
    data = SentimentData(min_count=1, tokenizer="bpe", vocab_size=60)
    stored = text_data.metadata(text_dataset(corpus(), data))
    cut = cut_by(StoredTokenizer(**stored["tokenizer"]))
    indices, lengths = text_data.encode(TEXTS[0], stored)
    words = ["", "", *stored["words"]]  # padding, unknown
    assert [words[i] for i in indices[0]] == cut(TEXTS[0])[-lengths[0] :]
    assert (indices > 1).all()

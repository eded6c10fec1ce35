"""Tokenizers where no library is installed: stand-ins find the cuts."""

import re
from types import SimpleNamespace

import numpy as np
import pytest

from shared.tasks.classification.text_data import SentimentData
from shared.tasks.tagging import codec as tag_codec
from shared.tasks.translation import codec as pair_codec
from shared.tasks.translation.data import PairData, Pairs, pair_dataset
from shared.tasks.translation.tokenizers import word_vocabulary
from shared.text.tokenizers import subwords, words
from shared.text.tokenizers.stored import (
    StoredTokenizer,
    cut_by,
    make_tokenizer,
)
from shared.text.tokenizers.subwords import SPECIAL, subword_vocab

WORDS = ("sentence", "network", "recurrent", "gradient", "memory")


class FakeLibraries:
    """What is used of the three libraries, in a few lines."""

    class NLTKWordTokenizer:
        """It writes quotation marks as the Penn Treebank does."""

        def tokenize(self, text):
            return text.replace('"', "``", 1).replace('"', "''").split()

    class Tokenizer:
        """That of a file, which begins a text with a special token."""

        @classmethod
        def from_str(cls, content):
            return cls()

        def encode(self, text, add_special_tokens):
            found = ["[CLS]"] * add_special_tokens + text.split()
            return SimpleNamespace(tokens=found)

    @staticmethod
    def blank(language):
        assert language == "en"

        def cut(text):
            return [
                SimpleNamespace(text=part, is_space=part.isspace())
                for part in re.split(r"(\s)", text)
            ]

        return SimpleNamespace(tokenizer=cut)


@pytest.fixture
def fakes(monkeypatch):
    """Stand-ins for the libraries, which need not be installed."""
    for module in (words, subwords):
        monkeypatch.setattr(module, "library", lambda *_: FakeLibraries)
    makers = (*words.LIBRARIES.values(), subwords.file_tokenizer)
    for maker in makers:
        maker.cache_clear()
    yield
    for maker in makers:
        maker.cache_clear()


@pytest.mark.usefixtures("fakes")
@pytest.mark.parametrize("name", ["nltk", "spacy", "hf"])
def test_what_a_library_finds_is_the_text_alone(name):
    cut = cut_by(StoredTokenizer(name))
    assert cut('a " well-made " film') == ["a", '"', "well-made", '"', "film"]


@pytest.fixture
def blanks(monkeypatch):
    """`nltk` cuts at blanks."""
    monkeypatch.setitem(words.LIBRARIES, "nltk", lambda: str.split)


@pytest.mark.usefixtures("blanks")
def test_the_tokenizer_of_the_data_cuts_every_text():
    assert cut_by(StoredTokenizer("nltk"))("A b-c. D") == ["a", "b-c.", "d"]
    own = {"words": [], "characters": [], "classes": [*"XYZ"], "char_steps": 4}
    text, outputs = "a b-c. d", np.zeros((1, 3, 3), np.float32)
    metadata = {**own, "tokenizer": "nltk"}
    assert tag_codec.encode(text, metadata)[0].shape[1] == 3
    found = tag_codec.decode(outputs, text, metadata)
    assert [one.text for one in found] == ["a", "b-c.", "d"]


@pytest.mark.usefixtures("blanks")
def test_both_sides_of_a_pair_are_cut_alike():
    pairs = [(f"a-b. {n}", f"c-d. {n}") for n in range(40)]
    data = PairData(max_length=9, min_count=1, tokenizer="nltk")
    dataset = pair_dataset(Pairs(pairs, {}), data)
    (source, target), *_ = dataset.arrays["train"]
    assert (source[0], target[0]) == ("a-b.", "c-d.")
    stored = pair_codec.metadata(dataset)
    number = dataset.arrays["train"][0][0][1]
    _, lengths = pair_codec.encode(f"a-b. {number}", stored)
    assert lengths == [3]
    assert pair_codec.left_out("a-b. " * 10, stored) == ("a-b.",)


def test_a_special_token_of_a_text_is_not_twice_in_a_vocabulary():
    vocab = word_vocabulary([("<unk>", "a"), ("<unk>", "a")], 1, 0)
    assert vocab["tokens"] == [*SPECIAL, "a"]


def test_as_many_subwords_are_learned_as_requested():
    data = SentimentData(tokenizer="bpe", vocab_size=40)
    texts = [f"one {word} and another {word[::-1]}" for word in WORDS]
    stored = make_tokenizer(data, texts)
    assert len(subword_vocab(stored.model)) == 40

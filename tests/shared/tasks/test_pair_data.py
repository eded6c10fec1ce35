"""Pairs of sentences: read, tokenized, and split without leakage."""

import json

import numpy as np
import pytest
from factories.pairs import made_dataset, made_pairs

from shared.datasets import self_dialogue
from shared.datasets.tatoeba import HELD_OUT, Pairs, parts_of, read_own
from shared.decoding.options import END, PAD, START, UNKNOWN
from shared.errors import DataError, SpecError
from shared.files.user_file import UserFile
from shared.task import Splits
from shared.tasks.translation import tokenizers
from shared.tasks.translation.bleu import text_scores
from shared.tasks.translation.chatbot import DialogueData
from shared.tasks.translation.codec import (
    decode,
    encode,
    encode_pairs,
    left_out,
    metadata,
)
from shared.tasks.translation.data import PairData, load, pair_dataset
from shared.tasks.translation.tokenizers import joined, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’ami, c'est-à-dire !", "l' ami , c' est -à -dire !"),
        ("Où\u202fvas-tu\xa0?", "où vas -tu ?"),
        ("It's 3.5.", "it' s 3 . 5 ."),
        ("«\u202fOui\u202f»", "« oui »"),
        ("cafe\u0301", "café"),
    ],
)
def test_a_sentence_is_split_into_words_and_punctuation(text, expected):
    assert " ".join(tokens(text)) == expected


@pytest.mark.parametrize(
    "text", ["l'ami, c'est-à-dire!", "où vas-tu?", "(it's me.)", "a-t-il ri?"]
)
def test_words_detokenize_to_the_sentence(text):
    assert joined(tokens(text)) == text


def test_all_translations_of_a_source_are_in_one_split():
    sources = [tokens(source) for source, _ in made_pairs().pairs]
    parts = parts_of(sources, 0)
    by_source = {}
    for source, part in zip(sources, parts):
        by_source.setdefault(source, set()).add(part)
    assert all(len(found) == 1 for found in by_source.values())
    counts = [sum(p == {n} for p in by_source.values()) for n in range(3)]
    assert counts == [52, 6, 6]
    assert not np.array_equal(parts, parts_of(sources, 1))
    many = [(str(n),) for n in range(20 * HELD_OUT)]
    assert np.bincount(parts_of(many, 0)).tolist() == [
        18 * HELD_OUT,
        HELD_OUT,
        HELD_OUT,
    ]


def test_no_test_source_is_in_training():
    dataset = made_dataset()
    learnt = {source for source, _ in dataset.arrays["train"]}
    for part in Splits._fields[1:]:
        scored = [source for source, _ in dataset.arrays[part]]
        assert len(scored) == len(set(scored))
        assert not learnt & set(scored)
        assert len(getattr(dataset, part).x) == len(scored)
        assert all(len(own) == 2 for _, own in dataset.arrays[part])


def test_decoder_inputs_are_the_targets_shifted_by_one():
    vocab = {"source": tokenizers.word_vocabulary([("a",)], 1, 0)}
    vocab["target"] = tokenizers.word_vocabulary([("b", "c"), ("b",)], 1, 0)
    split = encode_pairs([(("a", "z"), ("b", "c"))], vocab)
    assert split.x[0].tolist() == [[4, START], [UNKNOWN, 4], [END, 5]]
    assert split.y.tolist() == [[4, 5, END]]
    assert split.lengths.tolist() == [3]
    both = encode_pairs([(("a",), ("b",)), (("a",), ("c", "b", "b"))], vocab)
    assert both.x.shape == (2, 4, 2)
    assert both.y[0].tolist() == [4, END, -1, -1]
    assert both.x[0, 2:].tolist() == [[PAD, PAD], [PAD, PAD]]
    assert both.lengths.tolist() == [2, 2]  # of the sources


def test_the_vocabulary_has_the_frequent_words_of_training():
    vocab = tokenizers.word_vocabulary(
        [("b", "a"), ("a", "b", "c"), ("d", "a")], 2, 0
    )
    assert vocab["tokens"][UNKNOWN + 1 :] == ["a", "b"]
    assert tokenizers.encoder(vocab)(["a", "c"]) == [4, UNKNOWN]
    assert tokenizers.decoder(vocab)([4, 5, -1, -1]) == ["a", "b"]


def test_words_of_other_splits_are_unknown():
    pairs = [(f"number {n} .", f"nombre {n} .") for n in range(60)]
    options = PairData(max_length=8, min_count=1, vocab_size=1000)
    dataset = pair_dataset(Pairs(pairs, {}), options)
    for side, vocab in enumerate(("source", "target")):
        trained = {w for p in dataset.arrays["train"] for w in p[side]}
        known = dataset.metadata["vocabularies"][vocab]["tokens"]
        assert set(known) == {*tokenizers.SPECIAL, *trained}
        assert len(trained) < 62


def test_subwords_join_to_words():
    dataset = made_dataset(tokenizer="bpe", vocab_size=40)
    vocab = dataset.metadata["vocabularies"]["target"]
    assert len(vocab["tokens"]) == 40
    assert vocab["tokens"][:4] == list(tokenizers.SPECIAL)
    words = tokens("le cheval dort ici .")
    subwords = tokenizers.encoder(vocab)(words)
    assert len(subwords) > len(words)
    assert UNKNOWN not in subwords
    assert tokenizers.decoder(vocab)(subwords) == list(words)


def test_a_vocab_size_beyond_the_sentences_is_refused():
    with pytest.raises(DataError, match="no 8,000 subwords"):
        made_dataset(tokenizer="bpe", vocab_size=8000)


def test_pairs_beyond_the_maximum_length_are_left_out():
    dataset = made_dataset(max_length=5)
    assert all(
        len(side) <= 5 for pair in dataset.arrays["train"] for side in pair
    )
    assert dataset.metadata["left_out"] > 0
    sources = {source for source, _ in dataset.arrays["train"]}
    assert max(map(len, sources)) == 5  # "The cat sleeps today ."
    with pytest.raises(DataError, match="larger --max-length or file"):
        made_dataset(max_length=2)


def test_a_larger_length_is_not_advised_where_no_pair_is_longer():
    with pytest.raises(DataError, match=r"too few: .*; take a larger file$"):
        pair_dataset(Pairs([("a", "b"), ("c", "d")], {}), PairData())


def test_the_reverse_task_needs_no_file():
    for name, step in (("reverse", -1), ("copy", 1)):
        dataset = load(PairData(dataset=name), 0)
        for source, target in dataset.arrays["train"][:50]:
            assert source[::step] == target
        assert len(dataset.train.x) > 3000


def write(tmp_path, data):
    path = tmp_path / "pairs.tsv"
    path.write_bytes(data)
    return UserFile(data=str(path))


def test_a_user_file_has_two_columns(tmp_path):
    found = read_own(write(tmp_path, b"Go.\tVa !\tmore\n\nRun\tCours\n"))
    assert found.pairs == [("Go.", "Va !"), ("Run", "Cours")]
    assert list(found.hashes) == ["pairs.tsv"]
    assert found.notes == ()


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (
            "\ufeffGo.\tVa !\t\t\r\n \t\r\nRun \t Cours\r\n",
            "Go.|Va !,Run|Cours",
        ),
        ("# 1\t# un\n2\t3\n", "# 1|# un,2|3"),
        ("7\tGo.\t8\tVa !\n9\t2 h\t1\t2 heures\n", "Go.|Va !,2 h|2 heures"),
        ("7\tGo.\t8\tVa !\n9\tRun\n", "7|Go.,9|Run"),
        ("1\t2\t3\t4\n", "1|2"),
        ("7\tGo.\tVa !\n9\t2 h\t2 heures\tmore\n", "Go.|Va !,2 h|2 heures"),
        ("1\tune\n2\tdeux\t2\n", "1|une,2|deux"),
    ],
)
def test_columns_besides_the_pairs_are_left_out(tmp_path, text, pairs):
    found = read_own(write(tmp_path, text.encode()))
    assert ",".join(map("|".join, found.pairs)) == pairs
    assert bool(found.notes) == ("columns 2 and " in str(found.notes))
    assert bool(found.notes) == ("heures" in pairs)


def test_a_target_without_blanks_is_read_and_scored_by_characters():
    numbers = "零一二三四五六七八九"
    pairs = [
        (f"number {a} {b}!", f"数{numbers[a]}Abc{numbers[b]}。")
        for a in range(10)
        for b in range(10)
    ]
    dataset = pair_dataset(Pairs(pairs, {}), PairData(min_count=1))
    assert "Han" in dataset.metadata["notes"][0]
    test = [targets[0] for _, targets in dataset.arrays["test"]]
    assert {len(words) for words in test} == {5}
    assert joined(test[0]) in [target.lower() for _, target in pairs]
    y = dataset.test.y[0]
    assert decode(np.where(y == END, -1, y), metadata(dataset)) == joined(
        test[0]
    )
    wrong = [("数", *words[1:3], "零", "。") for words in test]
    found = text_scores(wrong, "test", dataset)
    assert "bleu_13a" not in found
    assert 0 < found["bleu_char"] < 100
    assert text_scores(test, "test", dataset)["bleu_char"] == pytest.approx(100)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Go.\tVa !\nRun\n", "line 2: a sentence, a tab and its translation"),
        (b"Go.\t \n", "line 1: a sentence, a tab"),
        (b"\n\n", "has no pairs"),
        ("Où\tWhere\n".encode("latin-1"), "line 1"),
    ],
)
def test_a_file_without_two_columns_is_named(tmp_path, data, text):
    with pytest.raises(DataError, match=text):
        read_own(write(tmp_path, data))


def test_a_text_is_encoded_and_decoded():
    stored = metadata(made_dataset())
    x, lengths = encode("The cat sleeps.", stored)
    assert x.shape == (1, lengths[0]) == (1, 5)
    assert x[0, -1] == END
    words = tokenizers.encoder(stored["target"])(
        tokens("le chat dort aujourd'hui !")
    )
    assert decode(np.array([*words, -1, -1]), stored) == (
        "le chat dort aujourd'hui!"
    )
    long = "the cat sleeps here here here here here now ."
    assert left_out(long, stored) == ("now", ".")
    assert encode(long, stored)[1] == [9]


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "there is no word in ''"), ("xyz qqq", "no word of 'xyz qqq' is in")],
)
def test_a_text_that_cannot_be_encoded_is_refused(text, message):
    with pytest.raises(SpecError, match=message):
        encode(text, metadata(made_dataset()))


def dialogue(*turns):
    return json.dumps({"topic": "films", "turns": turns}) + "\n"


def test_each_reply_is_the_next_turn(add_file):
    lines = dialogue("a?", "b.", "c!") + dialogue("d", "e")
    add_file(self_dialogue.FILE, lines.encode())
    found = self_dialogue.read_dialogues()
    assert found.pairs == [("a?", "b."), ("b.", "c!"), ("d", "e")]
    assert found.groups == ["000001", "000001", "000002"]


def test_a_dialogue_is_in_one_split(add_file):
    lines = [dialogue(*(f"w{n} x{k}" for k in range(4))) for n in range(60)]
    add_file(self_dialogue.FILE, "".join(lines).encode())
    dataset = load(DialogueData(min_count=1), 0)
    parts = {
        part: {words[0] for words, _ in dataset.arrays[part]}
        for part in Splits._fields
    }
    assert [len(parts[part]) for part in Splits._fields] == [48, 6, 6]
    assert not parts["train"] & (parts["validation"] | parts["test"])
    assert not parts["validation"] & parts["test"]


def test_missing_dialogues_name_how_to_get_them(own_cache, tmp_path):
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.delenv("RNN_DATA_DIR", raising=False)
        with pytest.raises(DataError, match="set RNN_DATA_DIR to a folder"):
            self_dialogue.fetch()

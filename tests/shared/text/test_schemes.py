"""Entities of each scheme of tags, as conlleval defines them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from factories.tagged import guessing, made
from hypothesis import given
from hypothesis import strategies as st

from shared.tasks import get_task
from shared.text.schemes import (
    BARE,
    allowed_tags,
    allowed_transitions,
    scheme_of,
    to_bio,
)
from shared.text.tagged import Sentence

TASK = get_task("tagging")


def sentences(*rows: str) -> list[Sentence]:
    """Of these tags; words do not matter."""
    return [Sentence(["w"] * len(r.split()), r.split()) for r in rows]


PENN = "NNP VBD PRP$ $ '' `` . : -LRB- IN LS WP$ # ,"

SCHEMES = {
    "IOB2": ("B-PER I-PER O B-PER B-PER", "O B-LOC"),
    "IOB1": ("I-PER I-PER O I-LOC", "I-PER B-PER I-PER O"),
    "IOE1": ("I-PER I-PER O", "I-PER E-PER I-PER O"),
    "IOE2": ("I-PER E-PER O", "E-LOC E-LOC O"),
    "BIOES": ("B-PER E-PER O S-LOC", "B-PER I-PER E-PER"),
    "BILOU": ("B_PER L_PER O U_LOC", "B_PER I_PER L_PER"),
    "BMES": ("B-NAME M-NAME E-NAME O S-ORG",),
    "BMEWO": ("B-NAME M-NAME E-NAME O W-ORG",),
    BARE: ("PER PER O O O", "O LOC creative_work"),
    "": (PENN,),
}
OTHERS = [
    # Other spellings of a scheme.
    ("IOB1", "I-PER I-PER O I-LOC"),
    ("IOB2", "B_PER I_PER O"),
    ("IOB2", "b-per i-per o"),
    ("IOB2", "PER-B PER-I O LOC-B"),
    ("IOB2", "B-creative-work I-creative-work O"),
    ("IOB2", "B I O B"),
    ("IOB2", "B:PER I:PER O LOC:B"),
    ("BILOU", "B/PER L/PER O U/LOC"),
    ("IOB2", "B- I- O"),
    ("IOB2", "B-PER O O"),
    ("BIOES", "S-PER O O"),
    ("BMES", "B M E S S B E"),
    ("BIOES", "B-NN E-NN S-VV"),
    ("IOB2", "B-PER I-PER B-PER I-PER"),
    # Tags of words: parts of speech, one of them O, and marks of no scheme.
    ("", "NOUN VERB ADP PROPN"),
    ("", "D N V A"),
    ("", "O V N ^ $ P O , V V"),
    ("", "O O O NOUN VERB"),
    ("", "O O O $ #"),
    ("", "PER LOC LOC O"),
    ("", "B-PER I-PER O MISC"),
    ("", "B-PER U-PER S-LOC O O O"),
    ("", "lang1 lang2 other"),
    ("", "O O"),
    ("", "S M S"),
]


@pytest.mark.parametrize(
    ("name", "rows"),
    [*SCHEMES.items(), *((name, (row,)) for name, row in OTHERS)],
)
def test_the_scheme_is_that_of_all_tags(name, rows):
    assert scheme_of(sentences(*rows)).name == name


@pytest.mark.parametrize(
    ("rows", "note"),
    [
        (
            ("B-x I-x O", "I-x B-x", "O B-x"),
            "IOB2; entities that begin with I: 1",
        ),
        (
            ("I-x O I-x", "B-x O", "O I-x"),
            "IOB1; entities that begin with B: 1",
        ),
        (("PER O O",), "tags read as types of entities"),
        (("B-x O MISC",), "not of entities: B-x and MISC are of no known"),
        (("PER LOC LOC O",), "not of entities: O is not the most frequent"),
        (("O O NOUN",), "not of entities: some are parts of speech"),
        (("NOUN VERB",), ""),
    ],
)
def test_what_tags_are_read_as_is_said(rows, note):
    found = scheme_of(sentences(*rows)).note
    assert note in found
    assert bool(note) == bool(found)


@pytest.mark.parametrize(
    ("scheme", "tags", "bio"),
    [
        # IOB1 and IOB2, with an I- after O, at first, and of another type.
        ("IOB1", "I-x I-x B-x O I-y", "B-x I-x B-x O B-y"),
        ("IOB2", "O I-x B-y I-x I-x", "O B-x B-y B-x I-x"),
        ("IOB1", "I-x I-x I-y O", "B-x I-x B-y O"),
        # IOE1 and IOE2: E- ends, and what follows begins.
        ("IOE1", "I-x E-x I-x I-x O", "B-x I-x B-x I-x O"),
        ("IOE2", "I-x E-x E-x I-y I-x", "B-x I-x B-x B-y B-x"),
        # BIOES with an end of another type, without a beginning, cut off.
        ("BIOES", "B-x I-x E-x S-x O", "B-x I-x I-x B-x O"),
        ("BIOES", "B-x E-y O E-x", "B-x B-y O B-x"),
        ("BIOES", "B-x I-x O I-x E-x", "B-x I-x O B-x I-x"),
        ("BIOES", "S-x I-x S-x E-x", "B-x B-x B-x B-x"),
        ("BILOU", "B_x I_x L_x U_y U_y O", "B-x I-x I-x B-y B-y O"),
        ("BMEWO", "b-x m-x e-x w-y o", "B-x I-x I-x B-y O"),
        ("IOB2", "x-B x-I y-I O", "B-x I-x B-y O"),
        (
            "BMES",
            "B E S B M E",
            " ".join(f"{mark}-entity" for mark in "BIBBII"),
        ),
        (BARE, "PER PER LOC O I-95 S", "B-PER I-PER B-LOC O B-I-95 B-S"),
    ],
)
def test_entities_become_bio(scheme, tags, bio):
    assert " ".join(to_bio(tags.split(), scheme)) == bio


def conlleval(tags: list[str]) -> set[tuple[str, int, int]]:
    """Chunks as in conlleval.py (after the script of CoNLL-2000).

    Its two tables of which tag ends and which one begins a chunk.
    """
    found, start = set(), None
    old, old_kind = "O", ""
    for place, tag in enumerate([*tags, "O"]):
        new, _, kind = tag.partition("-")
        other = old_kind != kind
        ends = old + new in (
            "BB",
            "BO",
            "BS",
            "IB",
            "IO",
            "IS",
            "EE",
            "EI",
            "EO",
            "EB",
            "ES",
            "SB",
            "SI",
            "SE",
            "SS",
            "SO",
        )
        ends |= old not in "O." and other
        begins = new in "BS" or old + new in (
            "EE",
            "EI",
            "SE",
            "SI",
            "OE",
            "OI",
        )
        begins |= new not in "O." and other
        if ends and start is not None:
            found.add((old_kind, start, place))
            start = None
        if begins:
            start = place
        old, old_kind = new, kind
    return found


TAGS = ["O", *(f"{mark}-{kind}" for mark in "BIES" for kind in "xy")]


@given(st.lists(st.sampled_from(TAGS), max_size=12))
def test_any_tags_mark_the_entities_of_conlleval(tags):
    assert conlleval(to_bio(tags, "BIOES")) == conlleval(tags)


@pytest.mark.parametrize(
    ("train", "truth", "guess", "f1"),
    [
        (
            "a/B-x b/E-x c/O c/S-x",
            "a/B-x b/E-x c/O d/S-x",
            "B-x E-x O S-x",
            1.0,
        ),
        (
            "a/B-x b/E-x c/O c/S-x",
            "a/B-x b/E-x c/O d/S-x",
            "B-x E-x O O",
            2 / 3,
        ),
        ("a/I-x b/B-x c/O", "a/I-x b/I-x c/O", "I-x B-x O", 0.0),
        ("a/PER b/PER c/O d/O e/O f/O", "a/PER b/PER c/O", "PER PER O", 1.0),
        ("a/PER b/PER c/O d/O e/O f/O", "a/PER b/PER c/O", "PER O O", 0.0),
    ],
)
def test_entities_of_any_scheme_are_scored(train, truth, guess, f1):
    dataset = made(train=[train], test=[truth], steps=9)
    assert dataset.metric == "f1"
    outputs = guessing(dataset, guess)
    found = TASK.score(outputs, "test", dataset)
    assert found["f1"] == pytest.approx(f1)
    assert TASK.details(outputs, dataset)["entities"][0]["count"] > 0


def test_the_scheme_and_what_is_left_out_are_said():
    dataset = made(train=["a/I-x b/O"] * 3, test=["b/I-x c/O"])
    assert dataset.metadata["scheme"] == "IOB1"
    assert "tags read as IOB1" in TASK.summarize(dataset)
    plain = made()
    assert (plain.metadata["scheme"], plain.metadata["notes"]) == ("", [])


IOB2 = ["B-a", "B-b", "I-a", "I-b", "O"]


def test_an_entity_is_continued_by_its_own_type_alone():
    allowed = allowed_transitions(IOB2, "IOB2")
    follows = {
        tag: [c for c, yes in zip(IOB2, row) if yes]
        for tag, row in zip([*IOB2, "start"], allowed)
    }
    everything = ["B-a", "B-b", "O"]
    assert follows["O"] == follows["start"] == everything
    assert follows["B-a"] == follows["I-a"] == ["B-a", "B-b", "I-a", "O"]
    assert follows["B-b"] == follows["I-b"] == ["B-a", "B-b", "I-b", "O"]
    for scheme in ("", "IOB1", "BIOES", "bare types"):
        assert allowed_transitions(IOB2, scheme).all()


def test_metadata_decide_which_tags_a_model_allows():
    model = replace(TASK.model, output_size=5, crf=True)
    stored = {"classes": IOB2, "scheme": "IOB2"}
    found = allowed_tags(model, stored)
    assert np.array_equal(found, allowed_transitions(IOB2, "IOB2"))
    assert allowed_tags(model, {**stored, "scheme": ""}).all()
    assert allowed_tags(model, None).shape == (6, 5)
    assert allowed_tags(TASK.model, stored) is None

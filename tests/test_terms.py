"""Words that a standard term replaces are in no name and no text.

CONTRIBUTING.md: one concept has one term, that of the field.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from comparisons.records.environment import ROOT

FOLDERS = (
    *("comparisons", "shared", "tests", "docs/course"),
    *("pytorch_impl", "keras_impl", "jax_impl"),
)
ENDINGS = {".py", ".html", ".js", ".css", ".md", ".toml", ".txt", ".yaml"}

TERMS = {
    "coins? thrown": "scheduled sampling, sample_mask",
    "told tells? telling foretells? foretold foretelling": "predict, report",
    "beside": "next to, besides, baselines, context",
    "bridged unbridged": "bridge",
    "carried": "state, stateful",
    "turned": "reversed",
    "asked": "options, requested",
    "mend mends mended mending": "repair",
    "nudges? nudged": "perturbation",
    "strayed parted": "deviation",
    "watched watches watching": "monitor",
    "swept": "sweep",
    "heard": "in the training split",
    "meanwhile": "during",
    "guesses": "baselines, predictions",
}
"""Words, as regular expressions -> what to write."""

IN_NAMES = {
    "looks? looked looking": "attend, attention_maps",
    "keeping": "repair, checkpointing",
    "stands? standing": "DecoderState",
    "unfolding": "encoder_spec, decoder_spec",
    "gating ungated": "check",
    "likelihoods": "token_nll",
}
"""The same of names alone: in a sentence these are plain English."""

ALLOWED = {
    ("shared/fields.py", "asked"): "a field of older records",
    ("shared/fields.py", "looks"): "a field of older records",
    ("tests/runs/test_schema.py", "asked"): "a field of older records",
    ("shared/files/archives.py", "tell"): "the method of a file",
    (
        "tests/equivalence/mutations/errors/comparisons/tuning.py",
        "tell",
    ): "the method of a study",
    ("comparisons/tuning/search.py", "tell"): "the method of a study",
    ("comparisons/tuning/trials.py", "tell"): "the method of a study",
    ("comparisons/tuning/storage.py", "tell"): "the method of a study",
    ("tests/shared/text/test_tokens.py", "told"): "a sentence to split",
}

TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def texts(root: Path) -> Iterator[tuple[str, str]]:
    """Path and content of what a person reads; not the data of pages."""
    paths = [*root.glob("*.*"), *(root / "docs").glob("*.md")]
    for folder in FOLDERS:
        paths += (root / folder).rglob("*.*")
    for path in sorted(paths):
        if path.suffix in ENDINGS and path != Path(__file__):
            name = path.relative_to(root).as_posix()
            yield name, f"{name}\n{path.read_text(encoding='utf-8')}"


def names(source: str) -> Iterator[str]:
    """What a file of Python defines, reads, and calls by name."""
    for node in ast.walk(ast.parse(source)):
        for field in ("id", "name", "arg", "attr"):
            if isinstance(name := getattr(node, field, None), str):
                yield name


def words(text: str) -> set[str]:
    """Its words, also those of sample_mask and of SampleMask."""
    return {found[0].lower() for found in TOKEN.finditer(text)}


def matching(terms: dict[str, str], found: set[str]) -> list[str]:
    """Those of the found words that have a better one."""
    pattern = re.compile("|".join(" ".join(terms).split()))
    return sorted(filter(pattern.fullmatch, found))


def wrong_terms(root: Path) -> list[str]:
    """File and word, without those allowed."""
    found = []
    for name, text in texts(root):
        wrong = matching(TERMS, words(text))
        if name.endswith(".py"):
            source = text.partition("\n")[2]
            wrong += matching(IN_NAMES, words(" ".join(names(source))))
        found += [(name, word) for word in wrong]
    return [f"{f}: {word}" for f, word in found if (f, word) not in ALLOWED]


def test_no_name_or_text_has_a_word_that_a_term_replaces():
    assert wrong_terms(ROOT) == []


@pytest.mark.parametrize(
    ("file", "text", "word"),
    [
        ("shared/a.py", "def with_coins(x): pass", "coins"),
        ("shared/a.py", "class Bridged: pass", "bridged"),
        ("shared/a.py", "x = pair.askedOf", "asked"),
        ("shared/a.py", "def f(*, pair_looks): pass", "looks"),
        ("shared/a.py", "from b import LOOKED", "looked"),
        ("shared/a.py", '"""What an LSTM foretells."""', "foretells"),
        ("shared/a.py", '"""How a value looks."""', ""),
        ("shared/foretold.py", "", "foretold"),
        ("docs/a.md", "GRU tells 98.8 % of the digits", "tells"),
        ("docs/a.md", "Besides these, aside and told-off", "told"),
        ("docs/sub/a.md", "told", ""),
        ("README.md", "Beside it: the baselines", "beside"),
        ("comparisons/a/page.js", "let coin = 1", "coin"),
    ],
)
def test_a_word_is_found_wherever_it_is(tmp_path, file, text, word):
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text(text)
    found = [one.partition(": ")[2] for one in wrong_terms(tmp_path)]
    assert found == [word] * bool(word)


def test_each_exception_is_needed():
    for name, word in ALLOWED:
        assert word in words((ROOT / name).read_text(encoding="utf-8"))

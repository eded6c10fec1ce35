"""Reading data sets of text: small files made here, and the real ones."""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from shared.datasets import cache, catalogue, ewt, imdb, sst2, wnut17
from shared.datasets.content import numbered_lines
from shared.datasets.files import DataFile
from shared.datasets.labelled import repeats
from shared.datasets.tagged import check_bio, read_columns, read_conllu
from shared.errors import DataError

REVIEWS = {
    "aclImdb/train/pos/1_9.txt": "Fine<br />film",
    "aclImdb/train/pos/10_8.txt": "So fine",
    "aclImdb/train/neg/0_2.txt": "A b\u00f6re",
    "aclImdb/test/pos/0_10.txt": "So fine",
    "aclImdb/test/neg/0_1.txt": "Weak",
    "aclImdb/test/neg/1_1.txt": "Weak",
}
OTHERS = {
    "aclImdb/train/unsup/5_0.txt": "Unlabelled",
    "aclImdb/train/pos/readme": "No review",
    "../aclImdb/train/pos/7_7.txt": "Outside",
    "/aclImdb/train/pos/8_8.txt": "Absolute",
}

CONLLU = """\
# text = Don't, they
1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
1\tDo\tdo\tAUX\tVBP\t_\t0\troot\t_\t_
2\tn't\tnot\tPART\tRB\t_\t1\tadvmod\t_\t_
2.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t_\t_

# sent_id = 2
1\t#\t#\tSYM\t_\t_\t0\troot\t_\t_
"""


def packed(path: Path, members: dict[str, str], reverse: bool = False) -> Path:
    """An archive of these texts; its name says how it is compressed."""
    with tarfile.open(path, f"w:{path.suffix[1:]}") as archive:
        folder = tarfile.TarInfo("aclImdb/train/pos")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name in sorted(members, reverse=reverse):
            content = members[name].encode()
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("aclImdb/train/pos/9_9.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(link)
    return path


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    folder = tmp_path / "cache"
    monkeypatch.setattr(catalogue, "cache_folder", lambda: folder)
    return folder


@pytest.fixture
def catalogued(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_cache: Path
) -> Iterator[Path]:
    """A data folder whose files, once written, are catalogued by `add`."""
    folder = tmp_path / "data"
    monkeypatch.setenv("RNN_DATA_DIR", str(folder))
    monkeypatch.setattr(catalogue, "FILES", {})
    return folder


def add(folder: Path, name: str, content: bytes) -> Path:
    """Write a file and catalogue it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    catalogue.FILES[name] = DataFile(f"http://127.0.0.1:9/{name}", digest)
    return path


def written(path: Path, text: str) -> Path:
    """The path, now with this text."""
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_reviews_are_sorted_and_all_else_is_passed_over(tmp_path):
    members = {**REVIEWS, **OTHERS}
    forth = imdb.read_archive(packed(tmp_path / "a.xz", members))
    back = imdb.read_archive(packed(tmp_path / "a.gz", members, reverse=True))
    assert forth == back
    names = [f"aclImdb/{r.part}/{r.label}/{r.file}" for r in forth]
    assert names == sorted(REVIEWS)
    assert [review.text for review in forth] == [REVIEWS[n] for n in names]


def test_reviews_become_texts_labels_and_tokens(catalogued, tmp_path):
    archive = packed(tmp_path / "a.gz", REVIEWS).read_bytes()
    add(catalogued, imdb.UPSTREAM, archive)
    parts, content = imdb.load()
    train, test = parts["train"], parts["test"]
    assert train.texts == ["A b\u00f6re", "So fine", "Fine<br />film"]
    assert train.labels.tolist() == [0, 1, 1]
    assert train.labels.dtype == np.int32
    assert list(train.tokens.rows())[2] == ["fine", "film"]
    assert test.texts == ["Weak", "Weak", "So fine"]
    assert test.labels.tolist() == [0, 0, 1]
    assert repeats(parts) == {
        "repeated_in_train": 0,
        "repeated_in_test": 1,
        "test_texts_in_train": 1,
    }
    assert len(content) == 64


def test_both_archives_hold_the_same_and_the_cache_too(
    catalogued, tmp_path, own_cache, monkeypatch
):
    repack = packed(tmp_path / "a.xz", REVIEWS, reverse=True).read_bytes()
    add(catalogued, imdb.ARCHIVES[1], repack)
    assert imdb.archive() == imdb.ARCHIVES[1]
    first, first_sum = imdb.load()
    monkeypatch.setattr(imdb, "read_archive", None)
    again, again_sum = imdb.load()
    monkeypatch.undo()
    assert len(list(own_cache.glob("derived/imdb-*"))) == 1
    for part in imdb.PARTS:
        assert first[part].texts == again[part].texts
        assert list(first[part].tokens.rows()) == list(
            again[part].tokens.rows()
        )
    other = {**REVIEWS, "aclImdb/test/neg/0_1.txt": "Weaker"}
    reviews = imdb.read_archive(packed(tmp_path / "b.xz", other))
    assert first_sum == again_sum
    assert imdb._arrays(reviews)["sha256"].tobytes().hex() != first_sum


def test_another_archive_is_not_taken_from_the_cache(catalogued, tmp_path):
    for text in ("Weak", "Weaker"):
        members = {**REVIEWS, "aclImdb/test/neg/0_1.txt": text}
        archive = packed(tmp_path / "a.gz", members).read_bytes()
        add(catalogued, imdb.UPSTREAM, archive)
        assert imdb.load()[0]["test"].texts[0] == text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no archive", "is no whole archive"),
        (None, "has no review in aclImdb/test/neg"),
    ],
)
def test_a_broken_archive_is_named_in_one_line(tmp_path, content, words):
    path = tmp_path / "a.gz"
    if content is None:
        train = {n: t for n, t in REVIEWS.items() if "/train/" in n}
        packed(path, train)
    else:
        path.write_bytes(content)
    with pytest.raises(DataError) as error:
        imdb.read_archive(path)
    message = str(error.value)
    assert message.startswith(f"{path} ")
    assert words in message
    assert "\n" not in message


@pytest.mark.parametrize("suffix", ["gz", "xz"])
def test_an_archive_cut_short_is_refused(tmp_path, suffix):
    # A text that hardly compresses, so that the cut is within it.
    long = np.random.default_rng(0).bytes(99_000).hex()
    members = {**REVIEWS, "aclImdb/train/pos/11_7.txt": long}
    path = packed(tmp_path / f"a.{suffix}", members)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(DataError, match="no whole archive"):
        imdb.read_archive(path)


def test_no_archive_names_the_home_page(tmp_path, own_cache, monkeypatch):
    monkeypatch.setenv("RNN_DATA_DIR", str(tmp_path))
    with pytest.raises(DataError, match=r"ai.stanford.edu/.*/aclImdb_v1"):
        imdb.fetch()


def test_a_cached_file_that_is_damaged_is_made_anew(own_cache):
    made = []

    def make():
        made.append(1)
        return {"a": np.arange(1000)}

    def read(key: str) -> np.ndarray:
        return cache.cached("x", key, make)["a"]

    assert read("k").tolist() == read("k").tolist() == list(range(1000))
    assert len(made) == 1
    read("other")
    assert len(made) == 2
    for damage in (lambda b: b[:-9], lambda b: b[:900] + b"?" + b[901:]):
        for path in own_cache.glob("derived/*"):
            path.write_bytes(damage(path.read_bytes()))
        assert read("k").tolist() == list(range(1000))
    assert len(made) == 4


def test_a_cached_file_cannot_bring_objects(own_cache):
    cache.cached("x", "k", lambda: {"a": np.arange(3)})
    (path,) = own_cache.glob("derived/*")
    np.savez(path, a=np.array([{"an": "object"}], dtype=object))
    found = cache.cached("x", "k", lambda: {"a": np.arange(4)})
    assert found["a"].tolist() == [0, 1, 2, 3]


def test_a_cache_that_cannot_be_written_is_done_without(own_cache):
    own_cache.write_text("a file where the folder belongs")
    assert cache.cached("x", "k", lambda: {"a": np.ones(2)})["a"].sum() == 2


def test_strings_come_back_from_their_bytes():
    strings = ["", "b\u00f6re", "\U0001f600\n", ""]
    assert cache.to_strings(*cache.from_strings(strings)) == strings
    assert cache.to_strings(*cache.from_strings([])) == []


def test_labelled_sentences_are_read_and_a_bad_line_is_named(tmp_path):
    path = written(tmp_path / "a", "1 ca n't be better\n0 -lrb- bad\u0085 !\n")
    found = sst2.read_sentences(path)
    assert found.texts == ["ca n't be better", "-lrb- bad\u0085 !"]
    assert found.labels.tolist() == [1, 0]
    assert next(found.tokens.rows()) == ["ca", "n't", "be", "better"]
    for line in ("2 odd", "1", "1  ", "good"):
        written(path, f"1 fine\n{line}\n")
        with pytest.raises(DataError, match=f"{path}, line 2: "):
            sst2.read_sentences(path)


def test_conllu_passes_over_ranges_empty_nodes_and_comments(tmp_path):
    first, second = read_conllu(written(tmp_path / "a.conllu", CONLLU))
    assert first == (["Do", "n't"], ["AUX", "PART"])
    assert second == (["#"], ["SYM"])


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("\tSYM", "\t_", "line 8: '#' has no tag in column 4"),
        ("1\t#", "x\t#", "line 8: 'x' is no id"),
        ("2\tn't\tnot", "2\tn't", "line 4: 9 fields"),
    ],
)
def test_a_bad_line_of_conllu_is_named(tmp_path, before, after, words):
    path = written(tmp_path / "a.conllu", CONLLU.replace(before, after))
    with pytest.raises(DataError, match=words):
        read_conllu(path)


def test_columns_keep_every_word_and_blank_lines_part_sentences(tmp_path):
    text = "#\tO\r\n\u200bDubbz\ufeff\tB-person\n\t\n\n\u2028x\tO\n"
    found = read_columns(written(tmp_path / "a.conll", text))
    assert [s.words for s in found] == [
        ["#", "\u200bDubbz\ufeff"],
        ["\u2028x"],
    ]
    assert found[0].tags == ["O", "B-person"]


@pytest.mark.parametrize("line", ["word", "word\t", "\tO", "a\tb\tO"])
def test_a_bad_line_of_columns_is_named(tmp_path, line):
    path = written(tmp_path / "a.conll", f"x\tO\n{line}\n")
    with pytest.raises(DataError, match=f"{path}, line 2: "):
        read_columns(path)


def test_a_tag_that_is_not_bio_is_named(tmp_path):
    path = written(tmp_path / "a.conll", "x\tO\n\ny\tE-person\n")
    with pytest.raises(DataError, match="sentence 2: 'E-person' of 'y'"):
        check_bio(path, read_columns(path))


def test_lines_keep_their_blanks_and_lose_their_ends(tmp_path):
    path = written(tmp_path / "a", "a\t \r\n\n\u2028b\n\tc")
    assert list(numbered_lines(path)) == [
        (1, "a\t "),
        (2, ""),
        (3, "\u2028b"),
        (4, "\tc"),
    ]


def test_text_that_is_not_utf_8_or_empty_is_named(tmp_path):
    path = tmp_path / "a.conll"
    path.write_bytes(b"x\tO\nb\xf6\tO\n")
    with pytest.raises(DataError, match=r"line 2: not UTF-8 .* at byte 1"):
        read_columns(path)
    with pytest.raises(DataError, match="has no sentence"):
        read_columns(written(path, "\n\n"))


def test_a_compressed_file_stands_for_the_plain_one(catalogued):
    plain = add(catalogued, "a/b.conllu", CONLLU.encode())
    compressed = plain.with_name("b.conllu.gz")
    compressed.write_bytes(gzip.compress(CONLLU.encode()))
    assert catalogue.locate("a/b.conllu") == plain
    plain.unlink()
    assert catalogue.first_present(["a/c", "a/b.conllu"]) == "a/b.conllu"
    found = catalogue.locate("a/b.conllu")
    assert found == compressed
    assert [text for _, text in numbered_lines(found)] == CONLLU.splitlines()
    compressed.write_bytes(gzip.compress(b"other"))
    with pytest.raises(DataError, match=r"conllu.gz is altered"):
        catalogue.locate("a/b.conllu")
    compressed.write_bytes(gzip.compress(CONLLU.encode())[:-9])
    with pytest.raises(DataError, match=r"conllu.gz is no whole gzip file"):
        catalogue.locate("a/b.conllu")


def test_real_reviews_are_all_there(data_dir):
    parts, content = imdb.load()
    sizes = {"train": 33132823, "test": 32350685}
    for part, size in sizes.items():
        found = parts[part]
        assert len(found.texts) == len(found.tokens.lengths) == 25000
        assert found.labels.sum() == 12500
        assert sum(len(text.encode()) for text in found.texts) == size
        assert found.tokens.lengths.min() > 0
    assert repeats(parts) == {
        "repeated_in_train": 96,
        "repeated_in_test": 199,
        "test_texts_in_train": 123,
    }
    assert content.startswith("a8a7e7163d69")


def test_real_sentences_are_all_there(data_dir):
    parts, hashes = sst2.load()
    sizes = {part: len(found.texts) for part, found in parts.items()}
    assert sizes == {"train": 6920, "validation": 872, "test": 1821}
    positive = {part: int(found.labels.sum()) for part, found in parts.items()}
    assert positive == {"train": 3610, "validation": 444, "test": 909}
    assert all(len(value) == 64 for value in hashes.values())


@pytest.mark.parametrize(
    ("dataset", "sentences", "words", "tags"),
    [
        (ewt, (12544, 2001, 2077), (204577, 25147, 25094), 17),
        (wnut17, (3394, 1009, 1287), (62730, 15733, 23394), 13),
    ],
)
def test_real_tagged_sentences_are_all_there(
    data_dir, dataset, sentences, words, tags
):
    parts, hashes = dataset.load()
    assert list(parts) == ["train", "validation", "test"]
    assert tuple(map(len, parts.values())) == sentences
    counts = [sum(len(s.words) for s in part) for part in parts.values()]
    assert tuple(counts) == words
    for part in parts.values():
        assert all(len(s.words) == len(s.tags) > 0 for s in part)
        assert len({tag for s in part for tag in s.tags}) == tags
    assert len(hashes) == 3

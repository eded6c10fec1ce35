"""Reading text data sets: small synthetic files, and the real ones."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import numpy as np
import pytest

from shared.datasets import imdb, sst2
from shared.errors import DataError
from shared.text.labelled import repeats

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


def packed(path: Path, members: dict[str, str], reverse: bool = False) -> Path:
    """An archive of these texts; compressed according to its name."""
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


def test_reviews_are_sorted_and_other_files_are_ignored(tmp_path):
    members = {**REVIEWS, **OTHERS}
    forth = imdb.read_archive(packed(tmp_path / "a.xz", members))
    back = imdb.read_archive(packed(tmp_path / "a.gz", members, reverse=True))
    assert forth == back
    names = [f"aclImdb/{r.part}/{r.label}/{r.file}" for r in forth]
    assert names == sorted(REVIEWS)
    assert [review.text for review in forth] == [REVIEWS[n] for n in names]


def test_reviews_become_texts_labels_and_tokens(add_file, tmp_path):
    archive = packed(tmp_path / "a.gz", REVIEWS).read_bytes()
    add_file(imdb.UPSTREAM, archive)
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


def test_both_archives_and_the_cache_give_the_same_texts(
    add_file, tmp_path, own_cache, monkeypatch
):
    repack = packed(tmp_path / "a.xz", REVIEWS, reverse=True).read_bytes()
    add_file(imdb.ARCHIVES[1], repack)
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


def test_another_archive_is_not_taken_from_the_cache(add_file, tmp_path):
    for text in ("Weak", "Weaker"):
        members = {**REVIEWS, "aclImdb/test/neg/0_1.txt": text}
        archive = packed(tmp_path / "a.gz", members).read_bytes()
        add_file(imdb.UPSTREAM, archive)
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


def test_a_missing_archive_names_the_home_page(
    tmp_path, own_cache, monkeypatch
):
    monkeypatch.setenv("RNN_DATA_DIR", str(tmp_path))
    with pytest.raises(DataError, match=r"ai.stanford.edu/.*/aclImdb_v1"):
        imdb.fetch()


def test_labelled_sentences_are_read_and_a_bad_line_is_named(tmp_path):
    path = tmp_path / "a"
    path.write_text("1 ca n't be better\n0 -lrb- bad\u0085 !\n", "utf-8")
    found = sst2.read_sentences(path)
    assert found.texts == ["ca n't be better", "-lrb- bad\u0085 !"]
    assert found.labels.tolist() == [1, 0]
    assert next(found.tokens.rows()) == ["ca", "n't", "be", "better"]
    for line in ("2 odd", "1", "1  ", "good"):
        path.write_text(f"1 fine\n{line}\n")
        with pytest.raises(DataError, match=f"{path}, line 2: "):
            sst2.read_sentences(path)


def test_real_reviews_have_the_published_counts(data_dir):
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


def test_real_sentences_have_the_published_counts(data_dir):
    parts, hashes = sst2.load()
    sizes = {part: len(found.texts) for part, found in parts.items()}
    assert sizes == {"train": 6920, "validation": 872, "test": 1821}
    positive = {part: int(found.labels.sum()) for part, found in parts.items()}
    assert positive == {"train": 3610, "validation": 444, "test": 909}
    assert all(len(value) == 64 for value in hashes.values())

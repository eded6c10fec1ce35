"""`--data hf:NAME`: local data sets of Hugging Face, and what is refused."""

from __future__ import annotations

import json

import pytest

from comparisons.arguments.options import parse_options
from shared.datasets.tatoeba import read_own as read_pairs
from shared.datasets.user.labelled import read_table
from shared.datasets.user.tagged import read_tags
from shared.errors import DataError
from shared.files import catalogue, hugging_face
from shared.files.hugging_face import resolved, stored
from shared.files.user_file import UserTable, UserTags
from shared.tasks.translation.data import PairData

EXTRA = "needs the extra: pip install '.[datasets]'"


@pytest.fixture
def datasets(tmp_path, monkeypatch):
    """The library, and a cache of its own for what is stored."""
    found = pytest.importorskip("datasets", reason=EXTRA)
    monkeypatch.setattr(catalogue, "cache_folder", lambda: tmp_path / "cache")
    return found


def labelled(datasets, count=30):
    """Texts with the numbers of two classes."""
    features = datasets.Features(
        {
            "text": datasets.Value("string"),
            "label": datasets.ClassLabel(names=["bad", "good"]),
        }
    )
    rows = {
        "text": [f"text number {n}" for n in range(count)],
        "label": [n % 2 for n in range(count)],
    }
    return datasets.Dataset.from_dict(rows, features=features)


def test_a_saved_data_set_is_read_with_the_names_of_its_classes(
    datasets, tmp_path
):
    parts = {"train": labelled(datasets), "test": labelled(datasets, 12)}
    datasets.DatasetDict(parts).save_to_disk(tmp_path / "saved")
    path = stored(f"hf:{tmp_path / 'saved'}", ".parquet")
    found = read_table(UserTable(data=str(path)))
    assert set(found.labels) == {"bad", "good"}
    assert found.labels[:2] == ["bad", "good"]
    assert len(found.texts) == 30
    other = stored(f"hf:{tmp_path / 'saved'}#test", ".parquet")
    assert len(read_table(UserTable(data=str(other))).texts) == 12
    again = stored(f"hf:{tmp_path / 'saved'}", ".parquet")
    assert again == path


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_folder_of_tables_is_read(datasets, tmp_path, ending):
    folder = tmp_path / "tables"
    folder.mkdir()
    rows = labelled(datasets)
    getattr(rows, f"to_{ending}")(folder / f"train.{ending}")
    path = stored(f"hf:{folder}", ".parquet")
    assert len(read_table(UserTable(data=str(path))).texts) == len(rows)


def test_tags_pairs_and_text_are_read(datasets, tmp_path):
    tags = datasets.Features(
        {
            "tokens": datasets.List(datasets.Value("string")),
            "ner_tags": datasets.List(datasets.ClassLabel(names=["O", "B"])),
        }
    )
    rows = {
        "tokens": [["a", f"b{n}"] for n in range(30)],
        "ner_tags": [[0, 1]] * 30,
    }
    folder = tmp_path / "tags"
    datasets.Dataset.from_dict(rows, features=tags).save_to_disk(folder)
    path = stored(f"hf:{folder}", ".jsonl")
    first = read_tags(UserTags(data=str(path))).sentences[0]
    assert (list(first.words), list(first.tags)) == (["a", "b0"], ["O", "B"])
    pairs = {"translation": [{"en": f"go {n}", "fr": f"va {n}"} for n in "ab"]}
    folder = tmp_path / "pairs"
    datasets.Dataset.from_dict(pairs).save_to_disk(folder)
    path = stored(f"hf:{folder}", PairData.COPIED_AS)
    assert read_pairs(PairData(data=str(path))).pairs[0] == ("go a", "va a")
    folder = tmp_path / "texts"
    texts = {"text": ["one", "", "two\n"]}
    datasets.Dataset.from_dict(texts).save_to_disk(folder)
    assert stored(f"hf:{folder}", ".txt").read_text() == "one\n\ntwo\n"


def test_a_command_reads_a_data_set(datasets, tmp_path):
    labelled(datasets).save_to_disk(tmp_path / "saved")
    words = ["--task", "sentiment", "--data", f"hf:{tmp_path / 'saved'}"]
    data = parse_options(words).run.data
    assert data.data.startswith(str(tmp_path / "cache"))
    assert len(data.data_sha256) == 64


@pytest.mark.parametrize(
    ("address", "form", "fault"),
    [
        ("hf:", ".txt", "is no address; write it as hf:NAME"),
        ("hf:a:b:c", ".txt", "is no address"),
        ("hf:/no/such/folder", ".txt", "no such folder"),
        ("hf:user/name", "", "reads no data set of Hugging Face"),
    ],
)
def test_an_address_that_cannot_be_is_refused(address, form, fault):
    with pytest.raises(DataError, match=fault) as refused:
        resolved({"data": address}, form)
    assert "\n" not in str(refused.value)


def test_without_the_library_its_extra_is_named(monkeypatch):
    monkeypatch.setattr(hugging_face, "find_spec", lambda name: None)
    words = ["--task", "sentiment", "--data", "hf:user/name"]
    with pytest.raises(DataError, match=r"pip install .*\[datasets\]"):
        parse_options(words)


@pytest.mark.parametrize("offline", [False, True])
def test_without_a_network_the_way_out_is_named(datasets, monkeypatch, offline):
    def unreachable(*arguments, **options):
        raise ConnectionError("no route to the Hub")

    hub = pytest.importorskip("huggingface_hub", reason=EXTRA)
    monkeypatch.setattr(hub.HfApi, "dataset_info", unreachable)
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", offline)
    with pytest.raises(DataError, match="without a network: ") as refused:
        stored("hf:user/name-that-is-nowhere", ".txt")
    assert "\n" not in str(refused.value)
    assert ("no route" in str(refused.value)) is not offline
    assert not catalogue.cache_folder().exists()


def test_a_wrong_split_and_an_empty_one_are_named(
    datasets, tmp_path, monkeypatch
):
    folder = tmp_path / "saved"
    parts = {"train": labelled(datasets), "test": labelled(datasets)}
    datasets.DatasetDict(parts).save_to_disk(folder)
    with pytest.raises(DataError, match="did you mean 'train'"):
        stored(f"hf:{folder}#trian", ".parquet")
    with pytest.raises(DataError, match="cannot be read"):
        (tmp_path / "nothing").mkdir()
        stored(f"hf:{tmp_path / 'nothing'}", ".parquet")
    monkeypatch.setattr(hugging_face, "loaded", lambda *_: {"test": []})
    with pytest.raises(DataError, match="no rows in split 'test'"):
        stored(f"hf:{folder}", ".parquet")


def test_other_options_stay_as_they_are():
    changes = {"data": "own.csv", "text_column": "t"}
    assert resolved(changes, "") == changes
    assert json.dumps(resolved({}, "")) == "{}"

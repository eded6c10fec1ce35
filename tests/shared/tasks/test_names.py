"""The names task: its data, scores, baselines and detail."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest

from shared.errors import DataError, SpecError
from shared.files import catalogue
from shared.task import Dataset
from shared.tasks import get_task
from shared.tasks.classification.name_data import NamesData
from shared.tasks.classification.names import load

TASK = get_task("names")
PARTS = ("train", "validation", "test")


def perfect(dataset: Dataset) -> np.ndarray:
    """Logits (N, K) that are right for each test name."""
    return 5.0 * np.eye(dataset.output_size)[dataset.test.y]


def test_names_become_indices_and_languages_classes(tiny_names):
    dataset = load(NamesData(), 0)
    assert dataset.metadata["classes"] == ["Greek", "Irish"]
    assert dataset.metadata["class_counts"] == [16, 16]
    assert dataset.metadata["majority_share"] == 1 / 2
    assert dataset.metadata["majority_share_in_files"] == 2 / 3
    assert dataset.metadata["longest_name"] == 7
    assert dataset.output_size == 2
    assert dataset.input_size == dataset.metadata["vocabulary_size"]
    for part in PARTS:
        x, y, lengths = getattr(dataset, part)
        assert x.shape == (len(y), 7)
        assert x.dtype == y.dtype == lengths.dtype == np.int32
        assert x.max() < dataset.input_size
        assert ((x != 0).sum(axis=1) == lengths).all()
        names = dataset.arrays[f"names_{part}"]
        assert [len(name) for name in names] == lengths.tolist()
        assert [name[0] == "O" for name in names] == (y == 1).tolist()


def test_characters_outside_the_training_split_are_unknown(tiny_names):
    dataset = load(NamesData(), 0)
    train_characters = set("".join(dataset.arrays["names_train"]))
    assert dataset.input_size == len(train_characters) + 2
    unknown = 0
    for part in PARTS:
        for name, row in zip(
            dataset.arrays[f"names_{part}"],
            getattr(dataset, part).x,
            strict=True,
        ):
            for character, index in zip(name, row, strict=False):
                assert (index == 1) == (character not in train_characters)
                unknown += index == 1
    assert not (dataset.train.x == 1).any()
    assert unknown > 0


def test_duplicates_are_dropped_by_default(tiny_names):
    unique = load(NamesData(), 0)
    repeated = load(NamesData(keep_duplicates=True), 0)
    sizes = [
        sum(len(getattr(d, part).x) for part in PARTS)
        for d in (unique, repeated)
    ]
    assert sizes == [32, 48]
    assert repeated.metadata["class_counts"] == [16, 32]


def test_training_seeds_share_the_split(tiny_names):
    first, other = load(NamesData(), 0), load(NamesData(), 1)
    assert (first.test.x == other.test.x).all()
    moved = load(NamesData(split_seed=1), 0)
    before, after = (set(d.arrays["names_test"]) for d in (first, moved))
    assert before != after


def test_fewer_training_lines_leave_the_test_split(tiny_names):
    whole, few = load(NamesData(), 0), load(NamesData(train_lines=12), 0)
    assert len(few.train.x) == 12
    for part in ("validation", "test"):
        names = f"names_{part}"
        assert (whole.arrays[names] == few.arrays[names]).all()


def test_scores_of_right_and_wrong_predictions(tiny_names):
    dataset = load(NamesData(), 0)
    right = perfect(dataset)
    found = TASK.score(right, "test", dataset)
    assert found == {"accuracy": 1.0, "macro_f1": 1.0}
    assert TASK.score(-right, "test", dataset)["accuracy"] == 0.0


def test_details_have_the_most_confident_mistakes(tiny_names):
    dataset = load(NamesData(), 0)
    outputs = perfect(dataset)
    outputs[0] = [9.0, 0.0] if dataset.test.y[0] else [0.0, 9.0]
    shown = TASK.details(outputs, dataset)
    assert shown == json.loads(json.dumps(shown))
    (mistake,) = shown["mistakes"]
    assert mistake["name"] == dataset.arrays["names_test"][0]
    assert {mistake["truth"], mistake["predicted"]} == {"Greek", "Irish"}
    assert mistake["truth"] == shown["classes"][dataset.test.y[0]]
    assert mistake["probability"] == pytest.approx(1 / (1 + np.exp(-9)), 1e-4)
    rows = np.array(shown["confusion"]).sum(axis=1)
    assert rows.tolist() == np.bincount(dataset.test.y).tolist()


def test_at_most_ten_mistakes_come_most_confident_first(data_dir):
    dataset = load(NamesData(), 0)
    rng = np.random.default_rng(0)
    outputs = rng.standard_normal((len(dataset.test.y), 18))
    shown = TASK.details(outputs, dataset)["mistakes"]
    certainty = [mistake["probability"] for mistake in shown]
    assert len(certainty) == 10
    assert certainty == sorted(certainty, reverse=True)
    assert all(m["truth"] != m["predicted"] for m in shown)


def test_baselines_classify_separable_languages(tiny_names):
    found = TASK.baselines(load(NamesData(keep_duplicates=True), 0))
    # Irish is the larger class; each tiny language has a prefix of its own.
    assert found["majority class"]["macro_f1"] < 0.5
    assert found["character trigram naive Bayes"]["accuracy"] == 1.0


def test_real_baselines(data_dir):
    dataset = load(NamesData(), 0)
    assert dataset.output_size == 18
    lines = dataset.metadata["majority_share_in_files"]
    assert lines == pytest.approx(0.468, abs=5e-4)
    share = dataset.metadata["majority_share"]
    assert share == pytest.approx(0.519, abs=5e-4)
    found = TASK.baselines(dataset)
    majority = found["majority class"]["accuracy"]
    bayes = found["character trigram naive Bayes"]["accuracy"]
    # About 1,800 test names: three standard errors are 0.035.
    assert majority == pytest.approx(share, abs=0.035)
    assert bayes > majority + 0.2


def test_a_name_seen_in_training_is_not_tested(data_dir):
    def leaked(split: str) -> float:
        arrays = load(NamesData(split=split, keep_duplicates=True), 0).arrays
        return np.isin(arrays["names_test"], arrays["names_train"]).mean()

    assert leaked("name") == 0.0
    assert leaked("line") > 0.1


def test_absent_and_altered_data_are_named(tiny_names):
    path = tiny_names / "names/Irish.txt"
    path.write_text("Byrne\n")
    with pytest.raises(DataError, match=r"Irish\.txt is altered"):
        load(NamesData(), 0)
    path.unlink()
    with pytest.raises(DataError, match=r"Irish\.txt does not exist"):
        TASK.fetch(NamesData(), False)


def test_fetch_downloads_what_load_reads(tiny_names):
    TASK.fetch(NamesData(), False)
    hashes = load(NamesData(), 0).hashes
    assert hashes == {n: f.sha256 for n, f in catalogue.FILES.items()}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"dataset": "nmes"}, "did you mean 'names'"),
        ({"split": "names"}, "did you mean 'name'"),
        ({"split_seed": -1}, "split_seed must be at least 0"),
    ],
)
def test_impossible_options_are_refused(changes, words):
    with pytest.raises(SpecError, match=words):
        dataclasses.replace(NamesData(), **changes)

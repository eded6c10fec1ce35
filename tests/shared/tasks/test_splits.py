"""What validation chooses is not chosen by the test split."""

from __future__ import annotations

import dataclasses
import re

import pytest
from factories.generated import saved
from factories.specs import run_spec

from comparisons.arguments.options import parse_options
from comparisons.records.checkpoints import load_checkpoint
from comparisons.records.environment import ROOT
from comparisons.records.store import read_records
from comparisons.runs.plan import make_plan
from shared.datasets.corpora import SAME
from shared.errors import DataError, UserError
from shared.tasks import get_task, task_names
from shared.weights import checkpoints
from shared.weights.checkpoints import save_checkpoint

SHARED = {
    # The last training window and the first of the test split.
    "anomaly": 2,
    "sentiment": 2,  # reviews that IMDB has twice
    "tagging": 12,  # short sentences, in the published split
    "translate": 30,  # distinct sources, of which rare words are one token
}
"""Task -> examples of validation that are in test too, and why."""

TEXT = "to be, or not to be: that is the question.\n" * 90


@pytest.fixture
def play(tmp_path):
    path = tmp_path / "play.txt"
    path.write_text(TEXT)
    return str(path)


@pytest.mark.parametrize("name", task_names())
def test_validation_and_test_share_no_example(data_dir, name):
    task = get_task(name)
    run = run_spec(name, "jax", "gru", preset="quick")
    dataset = task.load(run.data, 0)
    validation, test = (
        [(x.tobytes(), y.tobytes()) for x, y in zip(part.x, part.y)]
        for part in (dataset.validation, dataset.test)
    )
    known = set(test)
    assert sum(one in known for one in validation) == SHARED.get(name, 0)
    assert not dataset.validation_is_test


@pytest.mark.parametrize("split", ["90/10", "95/5"])
def test_a_split_whose_test_is_its_validation_says_so(play, split):
    task = get_task("charlm")
    data = dataclasses.replace(task.data, data=play, split=split)
    dataset = task.load(data, 0)
    assert dataset.validation_is_test
    assert dataset.metadata["split"].endswith(SAME)
    assert any(SAME in line for line in task.summarize(dataset))
    where = {"split": dataset.metadata["split"]}
    published = [item.where == where for item in task.published]
    assert set(published) == {split == "90/10"}


def plan_of(play, *words):
    given = ["--task", "charlm", "--data", play, "--batch-size", "4"]
    return make_plan(parse_options([*given, *words]), "")


@pytest.mark.parametrize(
    ("words", "what", "instead"),
    [
        (("--patience", "3"), "the best epoch ", "--patience 0"),
        (
            ("--seeds", "2"),
            "the best checkpoint of a row ",
            "--checkpoints off",
        ),
    ],
)
def test_nothing_is_chosen_by_the_test_score(play, words, what, instead):
    with pytest.raises(UserError) as error:
        plan_of(play, "--split", "90/10", *words)
    message = str(error.value)
    assert message.startswith(what + "would be chosen by the test score: ")
    assert "in split 90/10 validation and test are the same" in message
    assert message.endswith(f"use --split 90/5/5 or {instead}")
    assert "\n" not in message
    plan_of(play, "--split", "90/10", *instead.split())
    plan_of(play, *words)


def test_several_seeds_that_save_no_checkpoint_choose_none(play):
    flags = ("--split", "90/10", "--seeds", "2", "--checkpoints", "off")
    assert len(plan_of(play, *flags).runs) == 18


@pytest.mark.parametrize(
    ("bptt", "split", "least"),
    [(32, "90/5/5", 40), (64, "90/10", 73), (64, "90/5/5", 73)],
)
def test_an_error_on_a_short_text_names_the_least(tmp_path, bptt, split, least):
    path, task = tmp_path / "own.txt", get_task("charlm")
    data = dataclasses.replace(
        task.data, data=str(path), bptt=bptt, split=split
    )
    path.write_text("a" * (least // 2))
    words = f"take a longer text ({least} characters are enough) or a smaller"
    with pytest.raises(DataError, match=re.escape(words)):
        task.load(data, 0)
    path.write_text("a" * (least - 1))  # and the end of its line
    task.load(data, 0)


def test_records_without_a_split_are_of_the_one_before_it():
    folder = ROOT / "docs" / "charlm-90-10"
    for record in read_records(folder / "runs.jsonl"):
        assert record.spec.data == {"split": "90/10"}
        assert record.overrides.data == {"split": "90/10"}
        assert record.command.endswith(" --split 90/10")
    report = (folder / "report.md").read_text()
    assert f"Data: first 90 % for training, last 10 % {SAME}." in report
    assert "--split 90/10`" in report


@pytest.mark.parametrize(
    ("preset", "stored", "split"),
    [
        ("standard", {}, "90/10"),
        ("paper", {}, "95/5"),
        ("standard", {"train_share": 0.95}, "95/5"),
        ("standard", {"split": "90/5/5"}, "90/5/5"),
    ],
)
def test_checkpoints_without_a_split_are_of_the_one_before_it(
    tmp_path, monkeypatch, preset, stored, split
):
    def fields_of(record):
        fields = dataclasses.asdict(record)
        return {**fields, "data": stored} if "data" in fields else fields

    path, checkpoint = tmp_path / "a.safetensors", saved()
    run = dataclasses.replace(checkpoint.run, preset=preset)
    monkeypatch.setattr(checkpoints, "asdict", fields_of)
    save_checkpoint(path, checkpoint._replace(run=run))
    assert load_checkpoint(path).run.data.split == split

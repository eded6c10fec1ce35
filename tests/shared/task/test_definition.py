"""A dataset's sizes, a baseline's split, and what a task falls back to."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from shared.specs import Split
from shared.task import Dataset, scores_of
from shared.tasks import get_task


def split(count, value=0.0):
    return Split(np.full((count, 2, 1), value), np.zeros((count, 1)), None)


DATASET = Dataset(split(1200), split(30), split(7), 1, 1)


def test_sizes_are_those_of_train_validation_and_test():
    found = DATASET.sizes("windows")
    assert found == "1,200 / 30 / 7 windows (train / validation / test)"


def test_equal_examples_of_validation_and_test_are_noticed():
    assert not DATASET.validation_is_test
    same = replace(DATASET, validation=split(7), test=split(7))
    assert same.validation_is_test
    other = replace(DATASET, validation=split(7), test=split(7, 1.0))
    assert not other.validation_is_test


def test_baselines_are_scored_on_the_test_split():
    def score(outputs, part, dataset):
        return {"value": outputs + len(getattr(dataset, part).x)}

    found = scores_of(score, {"zero": 0, "one": 1}, DATASET)
    assert found == {"zero": {"value": 7}, "one": {"value": 8}}


def test_epochs_are_compared_by_the_monitored_score_if_there_is_one():
    task = replace(get_task("sine"), metric="rmse", better="lower", monitor=())
    assert task.validation_metric == "rmse"
    assert task.validation_better == "lower"
    task = replace(task, monitor=("accuracy", "higher"))
    assert task.validation_metric == "accuracy"
    assert task.validation_better == "higher"


def test_nothing_is_downloaded_for_the_users_own_file():
    fetched = []
    task = replace(get_task("sine"), fetchers={"known": fetched.append})
    task.fetch(SimpleNamespace(dataset="known", data="own.csv"), True)
    task.fetch(SimpleNamespace(dataset="other"), True)
    assert fetched == []
    task.fetch(SimpleNamespace(dataset="known", data=""), True)
    task.fetch(SimpleNamespace(dataset="known"), False)
    assert fetched == [True, False]

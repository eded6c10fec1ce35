"""Anomalies in a series of one's own: labels in its file or in another."""

from __future__ import annotations

import json

import numpy as np
import pytest

from shared.errors import DataError, SpecError
from shared.exhibits.anomaly import exhibits
from shared.exhibits.kinds import TextTable
from shared.exhibits.runs import RunView
from shared.files.user_file import pinned
from shared.tasks import get_task, resolve
from shared.tasks.forecasting.anomalies.details import details
from shared.tasks.forecasting.anomalies.scores import baselines, score
from shared.tasks.forecasting.anomaly import AnomalyData, load

ROWS = 40
TIMES = [f"2024-01-{1 + n // 24:02} {n % 24:02}:00" for n in range(ROWS)]
IN_TEST = slice(ROWS // 2, None)


@pytest.fixture
def series(tmp_path):
    """A file, its times of `write(times)`; rows 30 and 31 are marked."""

    def write(times=TIMES, marks=("0", "1")):
        lines = [
            f"{time},{n % 3},{marks[n in (30, 31)]}"
            for n, time in enumerate(times)
        ]
        path = tmp_path / "own.csv"
        path.write_text("\n".join(["timestamp,value,is_anomaly", *lines]))
        return path

    return write


def own(path, **options):
    options = {"data": str(path), "window": 3, "smoothing_window": 1, **options}
    return load(AnomalyData(**options), 0)


def labels_of(path, **options):
    return own(path, **options).arrays["labels"].tolist()


def expected(*rows):
    return [int(n in rows) for n in range(*IN_TEST.indices(ROWS))]


@pytest.mark.parametrize("marks", [("0", "1"), ("False", "True"), ("", "1.0")])
def test_a_column_marks_anomalies(series, marks):
    found = labels_of(series(marks=marks), label_column="is_anomaly")
    assert found == expected(30, 31)


def test_marks_follow_their_rows(series):
    found = labels_of(series(TIMES[::-1]), label_column="is_anomaly")
    assert found == [0] * (ROWS // 2)  # rows 8 and 9 of the training part
    shuffled = [*TIMES[1:], TIMES[0]]
    found = labels_of(series(shuffled), label_column="is_anomaly")
    assert found == expected(31, 32)


@pytest.mark.parametrize(
    "labels",
    [
        {"x/own.csv": [[TIMES[30], f"{TIMES[31]}:00.000000"]], "b.csv": []},
        [[TIMES[30], TIMES[31]]],
        [{"start": TIMES[30], "end": TIMES[31]}],
        [TIMES[30], TIMES[31]],
    ],
)
def test_a_file_of_json_has_windows(series, tmp_path, labels):
    path = tmp_path / "labels.json"
    path.write_text(json.dumps(labels))
    found = labels_of(series(), label_file=str(path))
    assert np.sign(found).tolist() == expected(30, 31)


def test_a_table_has_windows(series, tmp_path):
    path = tmp_path / "labels.csv"
    path.write_text(f"start,end\n{TIMES[30]},{TIMES[31]}\n")
    assert labels_of(series(), label_file=str(path)) == expected(30, 31)
    path.write_text("start,end\n31,32\n")
    numbers = {"label_file": str(path), "time_column": "none"}
    assert labels_of(series(), **numbers) == expected(30, 31)


def test_a_series_is_found_by_its_path(series, tmp_path):
    path, name = tmp_path / "labels.json", tmp_path.name
    series()
    windows = [[TIMES[35], TIMES[35]]]
    keys = {"b/own.csv": [], f"{name}/own.csv": windows}
    path.write_text(json.dumps(keys))
    found = labels_of(tmp_path / "own.csv", label_file=str(path))
    assert found == expected(35)
    path.write_text(json.dumps({"a/own.csv": [], "b/own.csv": []}))
    with pytest.raises(DataError, match=r"unknown series 'own\.csv'; did"):
        own(tmp_path / "own.csv", label_file=str(path))


@pytest.mark.parametrize(
    ("labels", "text"),
    [
        ([["2031-01-01", "2031-01-02"]], "none of 1 windows has a row"),
        ([[TIMES[3], TIMES[2]]], "ends before it begins"),
        ([[TIMES[3]]], "is no window"),
        ([["soon", "late"]], "'soon' in column 'windows' is no time"),
    ],
)
def test_windows_that_are_none_are_one_line(series, tmp_path, labels, text):
    path = tmp_path / "labels.json"
    path.write_text(json.dumps(labels))
    with pytest.raises(DataError) as caught:
        own(series(), label_file=str(path))
    assert text in str(caught.value)
    assert "\n" not in str(caught.value)


def test_other_marks_are_refused(series):
    with pytest.raises(
        DataError, match=r"line 32: '-1' in column 'is_anomaly'"
    ):
        own(series(marks=("1", "-1")), label_column="is_anomaly")


def test_labels_are_of_one_kind_and_of_a_file():
    with pytest.raises(SpecError, match="choose one"):
        AnomalyData(data="a.csv", label_column="a", label_file="b.json")
    with pytest.raises(SpecError, match=r"label_file .* needs a file"):
        AnomalyData(label_file="b.json")


def test_a_series_without_labels_is_compared_by_its_error(series):
    dataset = own(series())
    assert "no labels: --label-column" in dataset.metadata["notes"][-1]
    task = get_task("anomaly", dataset.metric)
    assert (task.metric, task.better) == ("mse", "lower")
    outputs = np.zeros_like(dataset.test.y)
    outputs[-4] += 9.0
    assert score(outputs, "test", dataset)["alarms"] == 1
    found = details(outputs, dataset)
    (alarm,) = found["alarms"]
    assert (alarm["first"], alarm["last"]) == (TIMES[36], TIMES[36])
    assert baselines(dataset)["training mean"].keys() == {"mse", "alarms"}
    shown = exhibits([RunView("jax", "gru", 0, "*", {"alarms": 2.0}, found)])
    assert shown[0].title == "gru raises 2 alarms"
    assert shown[-1].rows == ((TIMES[36], TIMES[36], 1, alarm["error"]),)
    assert isinstance(shown[-1], TextTable)
    assert "roc" not in [one.name for one in shown]


def test_labels_outside_the_test_part_are_not_scored(series, tmp_path):
    path = tmp_path / "labels.json"
    path.write_text(json.dumps([TIMES[3]]))
    dataset = own(series(), label_file=str(path))
    assert dataset.metric == "mse"
    assert "none of the 20 test rows are labeled" in str(dataset.metadata)


def test_the_window_follows_the_step_and_the_length(series):
    options = {"data": {"data": str(series())}}
    run = resolve(task="anomaly", framework="jax", cell="gru", **options)
    assert (run.data.window, run.data.smoothing_window) == (8, 4)
    assert run.train.batch_size == 8
    options["data"] |= {"window": 5, "smoothing_window": 1}
    run = resolve(task="anomaly", framework="jax", cell="gru", **options)
    assert (run.data.window, run.data.smoothing_window) == (5, 1)


def test_the_labels_are_pinned_too(series, tmp_path):
    path = tmp_path / "labels.json"
    path.write_text(json.dumps([TIMES[30]]))
    options = pinned({"data": str(series()), "label_file": str(path)})
    assert set(own("", **options).hashes) == {
        "own.csv",
        "labels.json",
    }
    path.write_text(json.dumps([TIMES[31]]))
    with pytest.raises(DataError, match=r"labels\.json has changed"):
        own("", **options)

"""`compare.py publish`: what TensorBoard and MLflow read of a comparison."""

from __future__ import annotations

import matplotlib.image
import numpy as np
import pytest
from factories import records as made

from comparisons.analysis.loading import read_parts
from comparisons.commands.sharing import publish
from comparisons.compare import dispatch
from comparisons.publish.content import group_of
from shared.errors import UserError

EXTRA = "needs the extra: pip install '.[trackers]'"
LOSSES = [1.0, 1 / 2, 1 / 3]


@pytest.fixture
def comparison(tmp_path):
    """Two runs with a result and one without, a table, and a figure."""
    folder = made.stored(
        tmp_path / "sine",
        [
            made.run("pytorch", "gru", 0, began="2026-01-02T03:04:05+00:00"),
            made.run("jax", "gru", 1, rmse=0.3),
            made.broken("failed", "keras", "gru", 0),
        ],
    )
    (folder / "results.csv").write_text("framework,cell\n")
    (folder / "figures").mkdir()
    pixels = np.linspace(0.0, 1.0, 18).reshape(2, 3, 3)
    matplotlib.image.imsave(folder / "figures" / "curves.png", pixels)
    return folder


def published(*words):
    return dispatch(["publish", *map(str, words)])


def test_a_run_is_described_by_its_record(comparison):
    (part,) = read_parts([comparison])
    first, *_ = group_of(part).runs
    assert first.slug == "pytorch-gru-seed0"
    assert first.parameters["model.hidden_size"] == 32
    assert first.tags["version.numpy"] == "2.4.0"
    assert [step.scalars["train/loss"] for step in first.steps] == LOSSES
    assert first.scores["test/rmse"] == 0.1
    ends = [step.time - first.began for step in first.steps]
    assert ends == pytest.approx([0.5, 0.7, 0.9])


def test_tensorboard_reads_scalars_settings_table_and_figures(
    comparison, tmp_path, capsys
):
    pytest.importorskip("tensorboardX", reason=EXTRA)
    accumulator = pytest.importorskip(
        "tensorboard.backend.event_processing.event_accumulator", reason=EXTRA
    )
    out = tmp_path / "events"
    for _ in range(2):  # the second time replaces the first
        assert published(comparison, "--to", "tensorboard", "--out", out) == 0
    assert "3 runs published" in capsys.readouterr().out
    read = accumulator.EventAccumulator(str(out / "pytorch-gru-seed0")).Reload()
    losses = read.Scalars("train/loss")
    assert [event.step for event in losses] == [0, 1, 2]
    assert [event.value for event in losses] == pytest.approx(LOSSES)
    (score,) = read.Scalars("test/rmse")
    assert score.value == pytest.approx(0.1)
    assert read.summary_metadata["_hparams_/session_start_info"]
    assert session_of(read)["model.hidden_size"].number_value == 32
    table = accumulator.EventAccumulator(str(out / "comparison")).Reload()
    (text,) = table.Tensors("results/text_summary")
    assert b"PyTorch" in text.tensor_proto.string_val[0]
    (image,) = table.Images("curves")
    assert (image.height, image.width) == (2, 3)
    failed = accumulator.EventAccumulator(str(out / "keras-gru-seed0"))
    assert failed.Reload().Tags()["scalars"] == []


def session_of(read):
    """The hyper-parameters as the HParams tab decodes them."""
    from tensorboard.plugins.hparams import plugin_data_pb2

    metadata = read.SummaryMetadata("_hparams_/session_start_info")
    data = plugin_data_pb2.HParamsPluginData.FromString(
        metadata.plugin_data.content
    )
    return data.session_start_info.hparams


# Of SQLAlchemy, about how MLflow loads its tables.
@pytest.mark.filterwarnings("ignore:The ``noload`` loader")
def test_mlflow_reads_runs_metrics_parameters_and_files(comparison, tmp_path):
    mlflow = pytest.importorskip("mlflow", reason=EXTRA)
    out = tmp_path / "store"
    for _ in range(2):  # the second time adds no run
        assert published(comparison, "--to", "mlflow", "--out", out) == 0
    uri = f"sqlite:///{out / 'mlflow.db'}"
    client = mlflow.MlflowClient(tracking_uri=uri)
    experiment = client.get_experiment_by_name("sine").experiment_id
    runs = {run.info.run_name: run for run in client.search_runs([experiment])}
    assert len(runs) == 4
    run = runs["PyTorch GRU, seed 0"]
    assert run.info.status == "FINISHED"
    assert run.info.start_time == 1767323045000
    assert run.data.params["model.hidden_size"] == "32"
    assert run.data.metrics["test/rmse"] == pytest.approx(0.1)
    history = client.get_metric_history(run.info.run_id, "train/loss")
    assert [m.value for m in history] == pytest.approx(LOSSES)
    assert [m.step for m in history] == [0, 1, 2]
    assert runs["Keras GRU, seed 0"].info.status == "FAILED"
    parent = runs["comparison sine"].info.run_id
    assert run.data.tags["mlflow.parentRunId"] == parent
    paths = {item.path for item in client.list_artifacts(parent)}
    assert paths == {"figures", "results.csv", "runs.jsonl", "table"}
    (figure,) = client.list_artifacts(parent, "figures")
    assert figure.path == "figures/curves.png"


@pytest.mark.filterwarnings("ignore:The filesystem tracking backend")
def test_mlflow_reads_a_store_of_files_where_it_is_allowed(
    comparison, tmp_path, monkeypatch
):
    mlflow = pytest.importorskip("mlflow", reason=EXTRA)
    words = ["--to", "mlflow", "--tracking-uri", (tmp_path / "runs").as_uri()]
    monkeypatch.delenv("MLFLOW_ALLOW_FILE_STORE", raising=False)
    with pytest.raises(UserError, match="MLFLOW_ALLOW_FILE_STORE") as refused:
        published(comparison, *words)
    assert "\n" not in str(refused.value)
    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
    assert published(comparison, *words) == 0
    client = mlflow.MlflowClient(tracking_uri=words[-1])
    experiment = client.get_experiment_by_name("sine").experiment_id
    scores = [
        run.data.metrics["test/rmse"]
        for run in client.search_runs([experiment])
        if "test/rmse" in run.data.metrics
    ]
    assert sorted(scores) == pytest.approx([0.1, 0.3])


@pytest.mark.parametrize("tracker", publish.NEEDS)
def test_a_missing_extra_is_said_in_one_line(
    tracker, comparison, tmp_path, monkeypatch
):
    monkeypatch.setattr(publish, "find_spec", lambda name: None)
    with pytest.raises(UserError, match=r"pip install .*\[trackers\]"):
        published(comparison, "--to", tracker, "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["--to", "tensorboard", "--tracking-uri", "x"], "is of no use to"),
        (["--to", "mlflow", "--tracking-uri", "x", "--out", "y"], "exclude"),
        (["--to", "tensorboad"], "did you mean 'tensorboard'"),
    ],
)
def test_flags_that_do_not_fit_are_refused(
    words, fault, comparison, monkeypatch
):
    monkeypatch.setattr(publish, "find_spec", lambda name: "found")
    with pytest.raises(UserError, match=fault):
        published(comparison, *words)


def test_a_folder_without_records_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(publish, "find_spec", lambda name: "found")
    with pytest.raises(UserError, match=r"holds no runs\.jsonl"):
        published(tmp_path, "--to", "tensorboard")
    assert list(tmp_path.iterdir()) == []

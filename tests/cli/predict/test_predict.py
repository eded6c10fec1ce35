"""`compare.py predict`: trained in one framework, read in the others."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from factories.processes import LIMIT, compare, records
from factories.small_tasks import FRAMEWORKS, SMALL, TASKS, Stated

from comparisons.arguments.texts import Example
from comparisons.commands.trained.predict import outputs_of
from comparisons.frameworks import in_framework
from comparisons.records.checkpoints import load_checkpoint
from comparisons.runs.processes import Worker
from shared.reference import model as reference_model
from shared.task import LabelCodec
from shared.tasks import get_task
from shared.weights.checkpoints import CARD, Checkpoint

SAME = 1e-5
"""Largest difference of logits, absolute."""


@dataclass(frozen=True)
class Found:
    """A comparison of the frameworks, and what each made of each model.

    outputs: (trained in, read in) -> outputs by text.
    """

    folder: Path
    codec: LabelCodec
    runs: dict[str, dict]
    trained: dict[str, Checkpoint]
    stated: dict[str, list[Stated]]
    outputs: dict[tuple[str, str], dict[str, np.ndarray]]


@pytest.fixture(scope="module")
def readers():
    """A process for each framework, which reads the models of all tasks."""
    processes = {framework: Worker() for framework in FRAMEWORKS}
    yield processes
    for process in processes.values():
        process.end()


@pytest.fixture(scope="module", params=TASKS)
def found(request, tmp_path_factory, readers):
    """The task trained in some frameworks, then read in every one."""
    small, out = TASKS[request.param], tmp_path_factory.mktemp(request.param)
    done = compare(
        *("--task", request.param, "--frameworks", *small.trained_in),
        *("--cells", small.cell, "--seeds", "1", "--threads", "1"),
        *("--out", out, "--quiet", *SMALL),
        *small.flags(tmp_path_factory.mktemp("data")),
    )
    assert done.code == 0, done
    codec = get_task(request.param).codec
    runs = {run["framework"]: run for run in records(out)}
    folders = {f: out / "best" / f"{f}-{small.cell}" for f in small.trained_in}
    trained = {f: load_checkpoint(folder) for f, folder in folders.items()}
    stated = {f: small.stated(run["detail"]) for f, run in runs.items()}

    def read_in(reader):
        run = in_framework(trained[small.trained_in[0]].run, reader)

        def ask(job, **request):
            return readers[reader].ask(job, run, LIMIT, **request)["result"]

        outputs = {}
        for f in small.trained_in:
            texts = (*small.texts, *(text for text, *_ in stated[f]))
            batch = [
                Example(t, *codec.encode(t, trained[f].metadata)) for t in texts
            ]
            rows = outputs_of(ask, str(folders[f]), batch)
            outputs[f, reader] = dict(zip(texts, rows, strict=True))
        return outputs

    with ThreadPoolExecutor(len(FRAMEWORKS)) as pool:
        outputs = {
            k: v for d in pool.map(read_in, FRAMEWORKS) for k, v in d.items()
        }
    return Found(out / "best", codec, runs, trained, stated, outputs)


def expected(found, framework, text):
    """Outputs of the numpy reference for one text, without padding."""
    trained = found.trained[framework]
    x, lengths = found.codec.encode(text, trained.metadata)
    return reference_model.forward(trained.model, trained.weights, x, lengths)


def test_all_frameworks_give_equal_logits(found):
    assert {reader for _, reader in found.outputs} == {*FRAMEWORKS}
    for (trainer, reader), outputs in found.outputs.items():
        for text, logits in outputs.items():
            wanted = expected(found, trainer, text)
            assert logits.shape == wanted.shape
            deviations = np.abs(logits - wanted).max()
            assert deviations <= SAME, (trainer, reader, text)
            own = found.outputs[trainer, trainer][text]
            assert np.abs(logits - own).max() <= SAME


def test_each_model_and_each_text_has_logits_of_its_own(found):
    """Else the same logits everywhere would prove nothing."""
    for framework in found.trained:
        outputs = found.outputs[framework, framework]
        some = [
            row.mean(axis=tuple(range(row.ndim - 1)))
            for row in outputs.values()
        ]
        assert np.ptp(np.array(some), axis=0).max() > 100 * SAME


def test_predictions_are_those_of_the_training_process(found):
    for (trainer, reader), outputs in found.outputs.items():
        metadata = found.trained[trainer].metadata
        assert found.stated[trainer]
        for text, place, label, probability in found.stated[trainer]:
            predictions = found.codec.decode(outputs[text], text, metadata)
            pieces = [text] if len(predictions) == 1 else text.split()
            assert [one.text for one in predictions] == pieces
            assert predictions[place].label == label, (trainer, reader)
            assert predictions[place].probability == pytest.approx(
                probability, abs=1e-4
            )


def test_a_checkpoint_describes_its_run(found):
    for framework, trained in found.trained.items():
        run = found.runs[framework]
        assert trained.run.framework == framework
        assert trained.result == {
            "metric": get_task(run["task"]).metric,
            "validation": run["epochs"][-1]["validation"],
            "epoch": run["epochs"][-1]["epoch"],
            "seed": 0,
        }
        assert trained.data_hashes == run["data_hashes"]
        folder = found.folder / f"{framework}-{run['cell']}"
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        assert card["metadata"] == trained.metadata
        assert card["run"] == run["spec"]


def test_the_command_reads_text_without_the_data(found, tmp_path):
    pairs = {"keras": "pytorch", "pytorch": "jax"}
    trainer = "keras" if "keras" in found.trained else "pytorch"
    reader = pairs[trainer]
    folder = found.folder / f"{trainer}-{found.runs[trainer]['cell']}"
    outputs = found.outputs[trainer, reader]
    first, *others = outputs
    file = tmp_path / "texts.txt"
    file.write_text("\ufeff" + "".join(f"{text}\r\n" for text in others))
    done = compare(
        *("predict", "--checkpoint", folder, "--framework", reader),
        *("--text", first, "--file", file, "--format", "json"),
        env={"RNN_DATA_DIR": str(tmp_path)},
    )
    assert (done.code, done.err) == (0, ""), done
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert [line["text"] for line in lines] == [first, *others]
    metadata = found.trained[trainer].metadata
    for line in lines:
        wanted = outputs[line["text"]]
        np.testing.assert_allclose(line["outputs"], wanted[0], atol=SAME)
        predictions = found.codec.decode(wanted, line["text"], metadata)
        for shown, one in zip(line["predictions"], predictions, strict=True):
            assert (shown["piece"], shown["label"]) == one[:2]
            assert shown["probabilities"] == pytest.approx(dict(one.probs))

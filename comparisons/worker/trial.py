"""One trial of a search: a training that its validation scores may end."""

import time
from dataclasses import replace

from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from comparisons.worker.recorder import DivergedError
from comparisons.worker.train import ending, opening, prepare
from shared.specs import Split
from shared.task import Dataset


def trial_job(job: Job) -> Message:
    """Train; after each epoch the client replies whether to prune.

    The test split is taken away first: no part of a trial can read it.
    """
    recorder = prepare(job.run, job.implementation, job.emit)
    fields = opening(recorder, job.run)
    recorder.dataset = without_test(recorder.dataset)
    pruned = False

    def on_epoch_end(epoch: int, loss: float) -> bool:
        nonlocal pruned
        ended = recorder.on_epoch_end(epoch, loss)
        pruned = job.reply()["prune"] and not ended
        recorder.since = time.perf_counter()  # the epochs' clock
        return ended or pruned

    train = recorder.dataset.train
    recorder.since = recorder.reported = time.perf_counter()
    try:
        with recorder.monitoring():
            job.implementation.fit(
                recorder.model, train, job.run.train, on_epoch_end
            )
    except DivergedError as error:
        return {**fields, **ending(recorder, "diverged"), "error": str(error)}
    return {**fields, **ending(recorder, "pruned" if pruned else "ok")}


def without_test(dataset: Dataset) -> Dataset:
    """The data with no example in the test split."""
    x, y, lengths = dataset.test
    none = Split(x[:0], y[:0], None if lengths is None else lengths[:0])
    return replace(dataset, test=none)

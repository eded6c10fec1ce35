"""Timing attention and beam search."""

import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from comparisons.implementation import Implementation
from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from comparisons.worker.timing.epochs import TURNS, timed_in_turn
from shared.decoding.options import END, START, DecodingOptions
from shared.specs import ATTENTIONS, ModelSpec, Split, TrainSpec


def time_attention(job: Job) -> Message:
    """Seconds of steps by kind of attention, of searches by beam."""
    run, implementation, sizes = job.run, job.implementation, job.request
    implementation.configure(run.device, run.threads, run.precision, 0)
    spec = attention_spec(run.cell, sizes)
    models = {
        kind: implementation.build_model(replace(spec, attention=kind))
        for kind in ATTENTIONS
    }
    batch = sentences(sizes)
    count = -(-sizes["repeats"] // TURNS) + 1  # the first one compiles
    training = TrainSpec(
        epochs=count, batch_size=sizes["batch_size"], loop=run.train.loop
    )
    fits = {
        kind: partial(implementation.fit, model, batch, training)
        for kind, model in models.items()
    }
    steps = timed_in_turn(fits)
    found = searches(implementation, models["bahdanau"], sizes)
    return {"sizes": sizes, "steps": steps, "searches": found}


def attention_spec(cell: str, sizes: Mapping[str, Any]) -> ModelSpec:
    return ModelSpec(
        model="seq2seq",
        cell=cell,
        input="embedding",
        input_size=sizes["sources"],
        output_size=sizes["targets"],
        embedding_size=sizes["embedding_size"],
        hidden_size=sizes["hidden_size"],
        bidirectional=True,
    )


def searches(
    implementation: Implementation, model: Any, sizes: dict[str, Any]
) -> dict[str, list[float]]:
    """Seconds to decode a batch, greedy and beam in alternation."""
    (x, _, ends), longest = sentences(sizes), sizes["steps"]
    sources, lengths = x[..., 0], np.asarray(ends)
    rules = {
        "greedy": DecodingOptions(max_new_tokens=longest),
        "beam": DecodingOptions(beam=sizes["beam"], max_new_tokens=longest),
    }
    seconds: dict[str, list[float]] = {name: [] for name in rules}
    for turn in range(TURNS + 1):
        for name, rule in rules.items():
            begin = time.perf_counter()
            implementation.decode(model, sources, lengths, rule)
            if turn:  # the first one compiles
                seconds[name].append(time.perf_counter() - begin)
    return seconds


def sentences(sizes: dict[str, Any]) -> Split:
    """One batch of random sentences, all of length T."""
    rng = np.random.default_rng(0)
    shape = sizes["batch_size"], sizes["steps"]
    source = rng.integers(4, sizes["sources"], shape, np.int32)
    target = rng.integers(4, sizes["targets"], shape, np.int32)
    source[:, -1] = target[:, -1] = END
    read = np.roll(target, 1, axis=1)
    read[:, 0] = START
    lengths = np.full(shape[0], shape[1], np.int32)
    return Split(np.stack([source, read], axis=2), target, lengths)

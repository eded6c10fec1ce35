"""The memory that a run needs at least, estimated before it starts."""

from dataclasses import replace

from comparisons.arguments.machine import may_have_gpu, memory_limit
from shared.errors import UserError
from shared.exhibits.names import cell_name
from shared.specs import GATES, ModelSpec, RunSpec, TrainSpec
from shared.weights.flops import count_parameters
from shared.weights.layout import DIRECTIONS, EVERY_STEP, stacks

MOMENTS = {"adam": 2, "adamw": 2, "rmsprop": 1, "sgd": 0}
"""Optimizer -> arrays of the size of the weights that it keeps."""


def check_memory(run: RunSpec, steps: int = 1) -> None:
    """UserError if training on sequences of T steps cannot fit in memory.

    On a GPU only the weights, as they are initialized, must fit here.
    """
    model = run.model
    if not model.char_size:  # the data are not read yet
        model = replace(model, char_encoder=False)
    gpu = run.device != "cpu" and may_have_gpu()
    size = 8 if run.precision == "float64" else 4
    numbers = count_parameters(model)
    if not gpu:
        numbers *= 2 + MOMENTS[run.train.optimizer]  # and the gradients
        numbers += activations(model, run.train, steps)
    needed, limit = numbers * size, memory_limit()
    if needed > limit:
        raise UserError(
            f"{cell_name(run.cell)} with {sizes_of(run, steps)} needs at least "
            f"{gigabytes(needed)} of memory; this machine has "
            f"{gigabytes(limit)}"
        )


def sizes_of(run: RunSpec, steps: int) -> str:
    """The sizes that memory depends on, with their names."""
    names = ["hidden_size", "num_layers"]
    names += ["embedding_size"] * (run.model.input == "embedding")
    sizes = [f"{name} {getattr(run.model, name)}" for name in names]
    sizes += [f"{steps:,} steps"] * (steps > 1)
    return f"{', '.join(sizes)} and batch_size {run.train.batch_size}"


def activations(spec: ModelSpec, train: TrainSpec, steps: int) -> int:
    """Numbers that a backward pass finds again: gates, states, outputs."""
    each = 0
    for _, stack in stacks(spec):
        layers = stack.num_layers * len(DIRECTIONS[stack.bidirectional])
        each += layers * (GATES[stack.cell] + 1) * stack.hidden_size
    if spec.model in (*EVERY_STEP, "seq2seq"):
        each += spec.output_size
    return train.batch_size * steps * each


def gigabytes(size: int) -> str:
    return f"{size / 1e9:,.3g} GB" if size < 1e12 else f"{size / 1e9:,.0f} GB"

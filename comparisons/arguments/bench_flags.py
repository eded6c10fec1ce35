"""The flags of the benchmarks on synthetic data, of verify and of score."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from comparisons.arguments.flags import (
    CHECKPOINT,
    add_cells,
    add_device,
    add_frameworks,
    add_out,
    add_timeout,
)
from comparisons.arguments.types import at_least


class Size(NamedTuple):
    """A number that synthetic data or a model has."""

    default: int
    text: str
    least: int = 1


THREADS = Size(0, "CPU threads; 0: all cores", 0)
ATTENTION_SIZES = {
    "batch_size": Size(64, "sentences per batch B"),
    "steps": Size(10, "tokens T of a source and of a target"),
    "sources": Size(8000, "tokens in the source's vocabulary", 5),
    "targets": Size(12000, "tokens in the target's vocabulary", 8),
    "embedding_size": Size(128, "size E of an embedding"),
    "hidden_size": Size(256, "hidden units H"),
    "repeats": Size(12, "timed steps of each kind of attention"),
    "beam": Size(5, "hypotheses of the beam search", 2),
    "threads": THREADS,
}
PADDING_SIZES = {
    "batch_size": Size(64, "sequences per batch B"),
    "steps": Size(200, "time steps T of the longest sequence"),
    "shortest": Size(50, "time steps of the shortest sequence"),
    "size": Size(100, "input features D"),
    "hidden_size": Size(128, "hidden units H of each direction"),
    "repeats": Size(15, "timed steps with lengths, and without"),
    "threads": THREADS,
}
PADDING_ROWS = ("pytorch", "keras", "jax")


def add_bench_attention(parser: Any, *task: Any) -> None:
    """Sizes of the sentences and of the model."""
    add_synthetic(parser, ATTENTION_SIZES, "pytorch, keras, jax", "gru")
    add_out(parser, "results/attention")


def add_bench_padding(parser: Any, *task: Any) -> None:
    """Sizes of the sequences and of the layer."""
    add_synthetic(parser, PADDING_SIZES, ", ".join(PADDING_ROWS), "lstm")
    add_out(parser, "results/padding")


def add_synthetic(
    parser: Any, sizes: dict[str, Size], frameworks: str, cell: str
) -> None:
    """A flag for each size, and what all benchmarks have."""
    add_frameworks(parser, frameworks)
    add_cells(parser, cell)
    for name, (value, text, least) in sizes.items():
        parser.add_argument(
            "--" + name.replace("_", "-"),
            type=at_least(least),
            default=value,
            metavar="N",
            help=text,
        )
    add_device(parser, "auto")
    add_timeout(parser, 900.0, "the process of a framework and cell")


def add_verify(parser: Any, *task: Any) -> None:
    """What is proved, and where."""
    add_frameworks(parser)
    add_cells(parser, "all")
    add_device(parser, "cpu")
    add_timeout(parser, 1800.0, "the checks of a framework and cell")
    add_out(parser, "results/verify")


def add_score(parser: Any, *task: Any) -> None:
    """Which trained model, and where it is scored."""
    parser.add_argument(
        "file", type=Path, metavar="PATH", help=f"trained model: a {CHECKPOINT}"
    )
    add_frameworks(parser)
    add_timeout(parser, 900.0, "a framework")

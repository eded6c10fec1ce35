"""Which tests look at a file: the nearest ones first."""

from __future__ import annotations

import shlex

MARKERS = {"pytorch_impl": "torch", "keras_impl": "keras", "jax_impl": "jax"}
"""Package -> the marker of the tests that run it."""

EQUAL = "tests/equivalence/test_equivalence.py"
TRAININGS = "tests/equivalence/test_trainings.py"
DROPOUT = "tests/equivalence/test_dropout.py"
SEEDS = "tests/equivalence/test_seeds.py"
LANGUAGE = "tests/equivalence/test_language_checks.py"
SEQ2SEQ = "tests/equivalence/test_seq2seq_checks.py"
GENERATION = "tests/impl/test_generation.py"
JAX_SETUP = "tests/impl/test_jax_setup.py"
GRADIENTS = "tests/shared/reference/test_state_gradients.py"
UNROLLED = "tests/shared/reference/test_unroll.py"
SCORES = "tests/shared/scores -m 'not slow'"
TASKS = "tests/shared/tasks/test"
CHOSEN = "tests/runs/test_best_epoch.py -m 'not (jax or keras)'"
TIMED = "tests/runs/test_synchronization.py tests/impl/test_timed_loops.py"

IMPL = (
    "tests/equivalence/test_equivalence.py",
    "tests/equivalence/test_language_checks.py",
    "tests/equivalence/test_seq2seq_checks.py",
    "tests/equivalence/test_trainings.py",
    "tests/equivalence/test_dropout.py",
    "tests/equivalence/test_seeds.py",
    "tests/equivalence/test_lengths.py",
    "tests/impl",
    "tests/runs/test_best_checkpoints.py",
    "tests/shared/reference",
    "tests/studies",
    "tests/cli/test_generate.py",
)

RELATED = {
    "pytorch_impl/": IMPL,
    "keras_impl/": IMPL,
    "jax_impl/": IMPL,
    "shared/batching/": (
        "tests/shared/batching -m 'not slow'",
        f"{SEEDS} -m torch",
        f"{TRAININGS} -m torch",
        f"{EQUAL} -m torch",
        f"{SEQ2SEQ} -m torch",
        f"{LANGUAGE} -m torch",
        "tests/runs -m 'not slow'",
    ),
    "shared/datasets/": ("tests/shared/datasets", "tests/shared/tasks"),
    "shared/decoding/": (
        "tests/shared/decoding",
        f"{GENERATION} -m torch",
        f"{SEQ2SEQ} -m torch",
        f"{LANGUAGE} -m torch",
        "tests/cli/test_generate.py",
        "tests/cli/test_translate_command.py",
    ),
    "shared/exhibits/": ("tests/shared/exhibits", "tests/report"),
    "shared/files/": ("tests/shared/datasets", "tests/shared/tasks"),
    "shared/metrics": (SCORES, "tests/shared/tasks"),
    "shared/reference/state_gradients": (
        f"{GRADIENTS} -m 'not (jax or keras)'",
    ),
    "shared/reference/unroll": (f"{UNROLLED} -m torch", "tests/studies"),
    "shared/reference/": (
        "tests/shared/reference/test_reference.py",
        f"{TRAININGS} -m 'not (jax or keras)'",
        f"{LANGUAGE} -m torch",
        f"{SEQ2SEQ} -m 'not (jax or keras)'",
        f"{EQUAL} -m torch",
        "tests/shared/reference -m 'not (jax or keras)'",
        f"{GENERATION} -m torch",
        "tests/studies -m 'not slow'",
    ),
    "shared/tasks/": ("tests/shared/tasks", "tests/shared/scores"),
    "shared/tasks/audio/": (
        SCORES,
        f"{TASKS}_music.py {TASKS}_digits.py",
    ),
    "shared/tasks/classification/": (
        SCORES,
        f"{TASKS}_names.py {TASKS}_sentiment.py",
    ),
    "shared/tasks/forecasting/": (
        SCORES,
        f"{TASKS}_forecast.py {TASKS}_anomaly.py",
    ),
    "shared/tasks/fundamentals/": (SCORES, f"{TASKS}_sine.py"),
    "shared/tasks/language_modeling/": (
        SCORES,
        f"{TASKS}_language_data.py {TASKS}_language_tasks.py",
    ),
    "shared/tasks/memory/": (
        SCORES,
        f"{TASKS}_memory.py {TASKS}_seqmnist.py",
    ),
    "shared/tasks/tagging/": (
        SCORES,
        f"{TASKS}_tag_data.py {TASKS}_tagging.py",
    ),
    "shared/tasks/translation/": (SCORES, f"{TASKS}_pair_data.py"),
    "shared/text/": (
        "tests/shared/text",
        "tests/shared/datasets/test_user_data.py -m 'not slow'",
        f"{TASKS}_splits.py {TASKS}_sentiment.py {TASKS}_names.py",
        "tests/shared/tasks",
    ),
    "shared/specs/": (
        "tests/shared/specs",
        "tests/shared/weights -m 'not slow'",
        "tests/runs -m 'not slow'",
        "tests/cli -m 'not slow'",
        "tests/shared -m 'not slow'",
        f"{EQUAL} -m torch",
        f"{TRAININGS} -m torch",
    ),
    "shared/task/": (
        "tests/shared/task",
        "tests/shared/tasks -m 'not slow'",
        "tests/runs -m 'not slow'",
        "tests/shared/exhibits -m 'not slow'",
        "tests/analysis",
        "tests/cli -m 'not slow'",
    ),
    "shared/weights/": (
        "tests/shared/weights -m 'not slow'",
        f"{EQUAL} -m torch",
        f"{SEQ2SEQ} -m torch",
        f"{LANGUAGE} -m torch",
        "tests/runs -m 'not slow'",
        "tests/shared/weights",
    ),
    "shared/": ("tests/shared", "tests/equivalence"),
    "comparisons/analysis/": (
        "tests/analysis",
        CHOSEN,
        "tests/report -m 'not slow'",
        "tests/cli/test_verify.py",
        "tests/report",
    ),
    "comparisons/arguments/": ("tests/cli", "tests/runs"),
    "comparisons/baselines/": (SCORES, "tests/shared/tasks"),
    "comparisons/bench/": (
        TIMED,
        "tests/cli -k bench -m 'not slow'",
        "tests/cli -k bench",
        "tests/equivalence/test_lengths.py",
    ),
    "comparisons/commands/": (
        "tests/cli/test_verify.py",
        "tests/cli -m 'not slow'",
        "tests/cli",
        "tests/runs",
    ),
    "comparisons/commands/score": (
        "tests/cli/test_score.py",
        "tests/shared/weights/test_checkpoints.py",
    ),
    "comparisons/equivalence/": (
        "tests/equivalence/test_measure.py",
        f"{TRAININGS} -m 'not (jax or keras)'",
        f"{LANGUAGE} -m torch",
        f"{SEQ2SEQ} -m torch",
        f"{EQUAL} -m torch",
    ),
    "comparisons/figures/": ("tests/report",),
    "comparisons/records/": (
        CHOSEN,
        "tests/equivalence/test_measure.py",
        "tests/runs -m 'not slow'",
        "tests/analysis",
        "tests/report",
    ),
    "comparisons/report/": ("tests/report",),
    "comparisons/runs/": (
        CHOSEN,
        "tests/runs -m 'not slow'",
        "tests/cli -m 'not slow'",
        "tests/shared/tasks/test_splits.py",
        "tests/runs",
    ),
    "comparisons/runs/plan": (
        "tests/cli/test_cli.py tests/shared/tasks/test_splits.py",
        "tests/runs/test_runner.py -m torch",
        "tests/runs -m 'not slow'",
        "tests/shared/datasets",
        "tests/cli",
    ),
    "comparisons/studies/": ("tests/studies",),
    "comparisons/worker/": (
        CHOSEN,
        TIMED,
        "tests/runs/test_kept_results.py",
        "tests/equivalence/test_measure.py",
        "tests/runs -m 'not slow'",
        "tests/impl/test_training.py -m 'not (jax or keras)'",
        "tests/cli",
    ),
    "comparisons/worker/scoring": (
        "tests/runs/test_kept_results.py",
        "tests/shared/weights/test_checkpoints.py",
        "tests/equivalence/test_measure.py",
    ),
    "comparisons/": ("tests/runs", "tests/cli"),
}
"""Beginning of a path -> stages of tests; the longest one counts.

A stage of a package is all of its files and folders; any other a file or
folder, with options of pytest.
"""


NEAREST = {
    "jax_impl/attention": (SEQ2SEQ,),
    "jax_impl/autoencoder": (EQUAL, DROPOUT, "-k", "autoencoder"),
    "jax_impl/cells": (UNROLLED, JAX_SETUP, DROPOUT),
    "jax_impl/classifier": (EQUAL, DROPOUT, "-k", "classifier"),
    "jax_impl/device": (JAX_SETUP,),
    "jax_impl/decoding": (SEQ2SEQ, DROPOUT, "-k", "seq2seq"),
    "jax_impl/encoder_decoder": (SEQ2SEQ, DROPOUT, "-k", "seq2seq"),
    "jax_impl/forecaster": (DROPOUT, "-k", "forecaster"),
    "jax_impl/generation": (GENERATION, LANGUAGE, DROPOUT),
    "jax_impl/inputs": (DROPOUT, EQUAL),
    "jax_impl/language_model": (DROPOUT, LANGUAGE, "-k", "language"),
    "jax_impl/losses": (EQUAL, SEQ2SEQ, LANGUAGE, TRAININGS),
    "jax_impl/models": (SEEDS, EQUAL),
    "jax_impl/optimizers": (TRAININGS, EQUAL, "-k", "reference or optimizers"),
    "jax_impl/pooling": (EQUAL, "-k", "classifier or pooling"),
    "jax_impl/recurrent": (JAX_SETUP, EQUAL, DROPOUT, LANGUAGE),
    "jax_impl/seq2seq": (SEQ2SEQ, DROPOUT, "-k", "seq2seq"),
    "jax_impl/state_gradients": (GRADIENTS,),
    "jax_impl/tagger": (DROPOUT, EQUAL, "-k", "tagger"),
    "jax_impl/tbptt": (LANGUAGE, DROPOUT, "-k", "language"),
    "jax_impl/training": (
        "tests/impl/test_training.py",
        SEEDS,
        DROPOUT,
        TRAININGS,
        SEQ2SEQ,
    ),
    "jax_impl/unroll": (UNROLLED,),
    "jax_impl/weights": (JAX_SETUP, EQUAL),
}
"""Beginning of a file's path in a package -> what is run before the rest."""

DEVICE = "tests/impl/test_device.py"
WEIGHTS = "tests/impl/test_weights.py"
STEMS = {
    "attention": (SEQ2SEQ,),
    "autoencoder": (DROPOUT, EQUAL, "-k", "autoencoder"),
    "cells": (EQUAL, UNROLLED, DROPOUT, WEIGHTS),
    "classifier": (EQUAL, DROPOUT, "-k", "classifier"),
    "decoding": (SEQ2SEQ, DROPOUT, "-k", "seq2seq"),
    "device": (DEVICE, SEEDS),
    "encoder_decoder": (SEQ2SEQ, DROPOUT, "-k", "seq2seq"),
    "forecaster": (EQUAL, TRAININGS, DROPOUT),
    "generation": (GENERATION,),
    "language_model": (DROPOUT, LANGUAGE, "-k", "language"),
    "losses": ("tests/impl/test_losses.py", SEQ2SEQ, LANGUAGE),
    "optimizers": (TRAININGS,),
    "pooling": (EQUAL, "-k", "classifier or pooling"),
    "recurrent": (EQUAL, DROPOUT),
    "seq2seq": (SEQ2SEQ, DROPOUT, "-k", "seq2seq"),
    "state_gradients": (GRADIENTS,),
    "tagger": (DROPOUT, EQUAL, "-k", "tagger"),
    "tbptt": (LANGUAGE,),
    "training": (
        "tests/impl/test_training.py",
        TRAININGS,
        SEEDS,
        SEQ2SEQ,
        LANGUAGE,
        EQUAL,
    ),
    "unroll": (UNROLLED,),
    "weights": (WEIGHTS, EQUAL),
}
"""File of a package -> the same, of PyTorch and Keras."""

NEAREST |= {
    f"{package}/{stem}": tests
    for package in ("pytorch_impl", "keras_impl")
    for stem, tests in STEMS.items()
}


def stages(file: str) -> list[list[str]]:
    """The arguments of pytest for a file, one list for each stage."""
    prefix = max((p for p in RELATED if file.startswith(p)), key=len)
    marker = MARKERS.get(file.partition("/")[0])
    if marker is None:
        return [shlex.split(one) for one in RELATED[prefix]]
    nearest = [
        [*tests, "-m", marker]
        for start, tests in NEAREST.items()
        if file.startswith(f"{start}.")
    ]
    others = " and ".join(f"not {one}" for one in MARKERS.values())
    return [
        *nearest,
        [*RELATED[prefix], "-m", marker],
        ["tests/equivalence/test_lengths.py", "-m", f"({others})"],
        ["tests/impl", "tests/runs", "tests/cli", "-m", f"({others})"],
    ]

"""Which tests look at a file: the nearest ones first."""

from __future__ import annotations

import shlex

from .nearest import (
    CHOSEN,
    EQUAL,
    GENERATION,
    GRADIENTS,
    LANGUAGE,
    NEAREST,
    SCORES,
    SEEDS,
    SEQ2SEQ,
    TASKS,
    TIMED,
    TRAININGS,
    UNROLLED,
)

MARKERS = {"pytorch_impl": "torch", "keras_impl": "keras", "jax_impl": "jax"}
"""Package -> the marker of the tests that run it."""

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

REPORT = "tests/report --ignore=tests/report/test_readme.py"
"""Without the test that a page is current: any change of a word fails it."""

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
    "shared/exhibits/": ("tests/shared/exhibits", REPORT),
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
        f"{REPORT} -m 'not slow'",
        "tests/cli/test_verify.py",
        REPORT,
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
    "comparisons/figures/": ("tests/figures", REPORT),
    "comparisons/records/": (
        CHOSEN,
        "tests/equivalence/test_measure.py",
        "tests/runs -m 'not slow'",
        "tests/analysis",
        REPORT,
    ),
    "comparisons/report/": (REPORT,),
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

"""Which tests look at a file: the nearest ones first."""

from __future__ import annotations

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

RELATED = {
    "pytorch_impl/": IMPL,
    "keras_impl/": IMPL,
    "jax_impl/": IMPL,
    "shared/batching/": ("tests/shared/batching", "tests/equivalence"),
    "shared/datasets/": ("tests/shared/datasets", "tests/shared/tasks"),
    "shared/decoding/": ("tests/shared/decoding", "tests/equivalence"),
    "shared/exhibits/": ("tests/shared/exhibits", "tests/report"),
    "shared/files/": ("tests/shared/datasets", "tests/shared/tasks"),
    "shared/metrics": ("tests/shared/scores", "tests/shared/tasks"),
    "shared/reference/": ("tests/shared/reference", "tests/equivalence"),
    "shared/tasks/": ("tests/shared/tasks", "tests/shared/scores"),
    "shared/text/": ("tests/shared/text", "tests/shared/tasks"),
    "shared/weights/": ("tests/shared/weights", "tests/equivalence"),
    "shared/": ("tests/shared", "tests/equivalence"),
    "comparisons/analysis/": ("tests/analysis", "tests/report"),
    "comparisons/arguments/": ("tests/cli", "tests/runs"),
    "comparisons/baselines/": ("tests/shared/scores", "tests/shared/tasks"),
    "comparisons/bench/": ("tests/cli",),
    "comparisons/commands/": ("tests/cli", "tests/runs"),
    "comparisons/equivalence/": ("tests/equivalence", "tests/shared/reference"),
    "comparisons/records/": ("tests/runs", "tests/report", "tests/analysis"),
    "comparisons/report/": ("tests/report",),
    "comparisons/runs/": ("tests/runs", "tests/cli"),
    "comparisons/studies/": ("tests/studies",),
    "comparisons/worker/": ("tests/runs", "tests/equivalence", "tests/cli"),
    "comparisons/": ("tests/runs", "tests/cli"),
}
"""Beginning of a path -> files and folders of tests; the longest one counts."""


def stages(file: str) -> list[list[str]]:
    """The arguments of pytest for a file, one list for each stage."""
    prefix = max((p for p in RELATED if file.startswith(p)), key=len)
    marker = MARKERS.get(file.partition("/")[0])
    if marker is None:
        return [[path] for path in RELATED[prefix]]
    others = " and ".join(f"not {one}" for one in MARKERS.values())
    return [
        [*RELATED[prefix], "-m", marker],
        ["tests/impl", "tests/runs", "tests/cli", "-m", f"({others})"],
    ]

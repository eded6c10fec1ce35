"""Which tests look at a file: the nearest ones first."""

from __future__ import annotations

import shlex

from .comparisons_stages import COMPARISONS
from .nearest import NEAREST
from .shared_stages import SHARED

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
    "tests/runs/best/test_best_checkpoints.py",
    "tests/runs/best/test_best_faults.py",
    "tests/shared/reference",
    "tests/studies",
    "tests/cli/test_generate.py",
)

RELATED = {
    "pytorch_impl/": IMPL,
    "keras_impl/": IMPL,
    "jax_impl/": IMPL,
    **SHARED,
    **COMPARISONS,
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

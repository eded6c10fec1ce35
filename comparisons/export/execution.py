"""Scripts of exported models, in a process that cannot import the suite."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from comparisons.export.scripts import SCRIPT
from shared.errors import UserError
from shared.specs import Array

FIRST = 3
"""Steps of the first of two calls of a model with state."""

RUN = """\
import importlib.util, sys
for name in ("shared", "comparisons", "pytorch_impl", "keras_impl", "jax_impl"):
    sys.modules[name] = None
import numpy as np
def outputs_of(script, batch):
    x, first = batch["x"], int(batch["first"])
    call = vars(script).get("predict")
    if call is None:
        as_input = np.asarray
        if hasattr(script.model, "load_state_dict"):
            from torch import as_tensor as as_input
        def call(*inputs):
            inputs = [as_input(i) if hasattr(i, "dtype") else i for i in inputs]
            return script.model(*inputs)
    if "lengths" in batch:
        return call(x, batch["lengths"])
    if not first:
        return call(x)
    before, state = call(x[:, :first])
    after, _ = call(x[:, first:], state)
    return np.concatenate([as_array(before), as_array(after)], axis=1)
def as_array(outputs):
    return np.asarray(getattr(outputs, "detach", lambda: outputs)())
for path, file, result in zip(*[iter(sys.argv[1:])] * 3):
    spec = importlib.util.spec_from_file_location("load_model", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    np.save(result, as_array(outputs_of(script, np.load(file))))
"""
"""Reads paths of a script, of its inputs, and of its outputs, and the next."""


class Batch(NamedTuple):
    """What a model reads; stateful: in two calls, the state passed on."""

    x: Array
    lengths: Array | None = None
    stateful: bool = False


def run_scripts(
    batches: Mapping[Path, Batch],
    environment: Mapping[str, str],
    timeout: float,
) -> list[Array]:
    """Outputs of the model of each folder, by its script, in one process."""
    with tempfile.TemporaryDirectory() as place:
        words, results = [], []
        for number, (folder, batch) in enumerate(batches.items()):
            first = FIRST if batch.stateful else 0
            fields: dict[str, Any] = {"x": batch.x, "first": first}
            if batch.lengths is not None:
                fields["lengths"] = batch.lengths
            file = Path(place, f"{number}.npz")
            np.savez(file, **fields)
            results.append(file.with_suffix(".npy"))
            words += [folder.absolute() / SCRIPT, file, results[-1]]
        # Not in the folder of the suite, and without its paths.
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-B", "-c", RUN, *map(str, words)],
                env={**os.environ, **environment},
                cwd=place,
                capture_output=True,
                text=True,
                timeout=timeout,
            )
        except subprocess.TimeoutExpired as error:
            raise UserError(f"{SCRIPT} runs for over {timeout:g} s") from error
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:]
            raise UserError(f"{SCRIPT} fails: {' '.join(last)}")
        return [np.load(result) for result in results]

"""The cases: how many, of what, the same bytes each time, and right."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from few_cases import few, one_of

from comparisons.vectors.build import INDEX, SCHEMA_FILE, build, case_of
from comparisons.vectors.draws import values
from comparisons.vectors.index import Vectors
from comparisons.vectors.kinds import DIRECTIONS, KINDS
from comparisons.vectors.plan import SHAPES, STATES, groups
from comparisons.vectors.reference import portable
from comparisons.vectors.reference.run import run
from comparisons.vectors.training import train
from shared.errors import UserError

ROOT = Path(__file__).parents[2]


def test_the_plan_has_what_the_page_says():
    planned = list(groups())
    count = sum(len(group.cases) for group in planned)
    assert count >= 3000
    assert {group.kind for group in planned} == set(KINDS)
    assert {group.steps for group in planned} >= {1, 2, 50}
    assert {group.batch for group in planned} == {1, 2, 3, 4, 5}
    recurrent = [g for g in planned if KINDS[g.kind].family == "recurrent"]
    for kind in {group.kind for group in recurrent}:
        own = [g for g in recurrent if g.kind == kind]
        assert {(g.directions, g.layers) for g in own} == {
            (d, n) for d in DIRECTIONS for n in (1, 2)
        }
        assert len(own) == 6 * len(SHAPES)
        variants = {(c.ragged, c.initial_state) for g in own for c in g.cases}
        assert variants == {(r, s) for r in (False, True) for s in STATES}
        assert any(case.trained for group in own for case in group.cases)
    ids = [case.id for group in planned for case in group.cases]
    assert len(set(ids)) == len(ids)


def digests(folder: Path) -> dict[str, str]:
    paths = sorted(folder.iterdir())
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}


def test_a_second_build_has_the_same_bytes(vectors, tmp_path):
    build(tmp_path, few())
    assert digests(tmp_path) == digests(vectors.folder)


def test_no_instruction_set_and_no_blas_changes_a_byte(vectors, tmp_path):
    """Without vector instructions numpy and BLAS compute with other code."""
    program = (
        "import sys; from pathlib import Path\n"
        "sys.path[:0] = ['tests/vectors', '.']\n"
        "from few_cases import few\n"
        "from comparisons.vectors.build import build\n"
        f"build(Path({str(tmp_path)!r}), few())\n"
    )
    env = os.environ | {
        "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F AVX512CD X86_V3 X86_V4",
        "OPENBLAS_CORETYPE": "Nehalem",
    }
    command = [sys.executable, "-W", "ignore", "-c", program]
    subprocess.run(command, check=True, env=env, cwd=ROOT)
    assert digests(tmp_path) == digests(vectors.folder)


def test_the_index_has_its_schema_and_the_digests_of_its_shards(vectors):
    folder = vectors.folder
    index = json.loads((folder / INDEX).read_text())
    schema = json.loads((folder / SCHEMA_FILE).read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(index, schema)
    for kind in index["kinds"].values():
        content = (folder / kind["file"]).read_bytes()
        assert len(content) == kind["bytes"]
        assert hashlib.sha256(content).hexdigest() == kind["sha256"]
    del index["groups"][0]["cases"][0]["lengths"]
    with pytest.raises(jsonschema.ValidationError, match="lengths"):
        jsonschema.validate(index, schema)


def test_a_case_that_is_read_gives_what_is_stored(vectors):
    for kind in KINDS:
        for case, expected in vectors.cases(kind):
            outputs, gradients = run(case)
            for name, right in expected.outputs.items():
                assert np.array_equal(outputs[name], right), (case.id, name)
            for name, right in gradients.items():
                assert np.array_equal(expected.gradients[name], right)
            for optimizer, found in expected.trainings.items():
                losses, weights = train(case, run, optimizer)
                for name, a in (losses | weights).items():
                    assert np.array_equal(found[name], a)


@pytest.mark.parametrize("kind", KINDS)
def test_gradients_are_those_of_finite_differences(kind):
    group = next(
        g
        for g in groups()
        if g.kind == kind
        and g.steps == 3
        and g.directions in ("", "bidirectional")
        and g.layers == (2 if KINDS[kind].cell else 1)
    )
    case = case_of(group, group.cases[-1])
    assert case.lengths is not None
    _, gradients = run(case)
    way = {name: values(name, a.shape) for name, a in case.arrays.items()}
    ahead, behind = (
        run(replace(case, arrays=moved(case.arrays, way, by)))[0]["loss"]
        for by in (1e-6, -1e-6)
    )
    slope = sum(float(np.sum(gradients[n] * d)) for n, d in way.items())
    assert float(ahead - behind) / 2e-6 == pytest.approx(slope, abs=1e-8)


def moved(arrays, way, by) -> dict:
    return {name: array + by * way[name] for name, array in arrays.items()}


def test_outputs_past_the_end_are_zero_and_the_state_is_that_of_the_end():
    group = one_of("lstm")
    case = case_of(group, group.cases[-1])
    outputs, _ = run(case)
    assert not outputs["outputs"][~case.mask].any()
    for row, end in enumerate(case.ends):
        arrays = {
            n: a[row : row + 1, :end]
            if n == "x"
            else a[:, row : row + 1]
            if n.startswith("initial.")
            else a
            for n, a in case.arrays.items()
        }
        alone = replace(case, arrays=arrays, lengths=None, targets={})
        from comparisons.vectors.reference.functions import REFERENCE
        from comparisons.vectors.reference.run import recurrent_outputs

        found, _ = recurrent_outputs(alone, REFERENCE)
        assert np.array_equal(found["h"][:, 0], outputs["h"][:, row])
        assert np.array_equal(found["c"][:, 0], outputs["c"][:, row])


def test_the_forget_bias_is_a_bias_of_the_forget_gate_alone():
    """With it in b the LSTM without a forget bias is the same."""
    group = one_of("lstm-forget-bias")
    case = case_of(group, group.cases[-1])
    forget = np.repeat([0.0, 1.0, 0.0, 0.0], case.hidden)  # i f g o
    arrays = {
        name: array + forget if name.endswith("b_ih") else array
        for name, array in case.arrays.items()
    }
    plain = replace(case, kind="lstm", arrays=arrays)
    for found, right in zip(run(case), run(plain), strict=True):
        for name, array in right.items():
            assert np.array_equal(found[name], array), name


def test_drawn_values_are_exact_in_bfloat16():
    import ml_dtypes

    group = one_of("lstm-layer-norm")
    for planned in group.cases:
        for array in case_of(group, planned).arrays.values():
            rounded = array.astype(ml_dtypes.bfloat16).astype("f8")
            assert np.array_equal(rounded, array)


def test_portable_functions_are_those_of_numpy():
    x = np.linspace(-40.0, 40.0, 4001)
    for own, right in (
        (portable.exp, np.exp),
        (portable.tanh, np.tanh),
    ):
        assert np.allclose(own(x), right(x), rtol=4e-16, atol=4e-16)
    assert np.allclose(portable.log(np.exp(x)), x, rtol=1e-15, atol=1e-15)
    assert portable.exp(np.array([-np.inf, -800.0])).tolist() == [0.0, 0.0]
    both = portable.logaddexp(np.array([-np.inf, 0.0]), np.array([-np.inf, 1]))
    assert both[0] == -np.inf
    assert both[1] == pytest.approx(np.logaddexp(0.0, 1.0))
    a, b = np.arange(6.0).reshape(2, 3), np.arange(12.0).reshape(3, 4)
    assert np.array_equal(portable.matmul(a, b), a @ b)
    memory = np.arange(24.0).reshape(2, 3, 4)
    assert np.array_equal(
        portable.einsum("bt,bth->h", a, memory),
        np.einsum("bt,bth->h", a, memory),
    )


def test_a_folder_without_cases_is_one_line(tmp_path):
    with pytest.raises(UserError, match=r"has no index.json; write it"):
        Vectors(tmp_path)
    (tmp_path / INDEX).write_text("[]")
    with pytest.raises(UserError, match="is no index of cases"):
        Vectors(tmp_path)
    text = '{"format": "recurrent conformance vectors", "version": "2.0"}'
    (tmp_path / INDEX).write_text(text)
    with pytest.raises(UserError, match=r"2\.0; this code reads 1\.0"):
        Vectors(tmp_path)

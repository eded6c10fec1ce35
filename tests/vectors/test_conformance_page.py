"""docs/conformance.md: its adapter runs, its layout is that of the files."""

import json
import re
import struct
from pathlib import Path

import numpy as np

from comparisons.vectors.build import row
from comparisons.vectors.check import adapter_names
from comparisons.vectors.plan import groups
from comparisons.vectors.worker.runner import Runner

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/conformance.md").read_text()


def test_the_adapter_of_the_page_passes(vectors, adapter):
    text = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]
    assert len(text.splitlines()) <= 40
    runner = Runner(str(adapter(text)), str(vectors.folder))
    counts = {"ok": 0, "unsupported": 0}
    for name in vectors.names("rnn-tanh"):
        _, expected = vectors.read(name)
        answer = runner.run(name, "float64")
        counts[answer["status"]] += 1
        if answer["status"] == "ok":
            for key, found in answer["outputs"].items():
                assert np.allclose(found, expected.outputs[key], atol=1e-13)
    assert counts == {"ok": 3, "unsupported": 3}


def test_a_reader_of_bytes_alone_reads_a_shard(vectors):
    """As the page describes the layout, without the library."""
    kind = vectors.index["kinds"]["lstm"]
    content = (vectors.folder / kind["file"]).read_bytes()
    (size,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + size])
    version = header.pop("__metadata__")["version"]
    assert version == vectors.index["version"]
    types = {"F64": "<f8", "F32": "<f4", "I32": "<i4"}
    name = vectors.names("lstm")[-1]
    group, row = vectors.places[name]
    case, expected = vectors.read(name)
    read = {}
    for tensor, entry in header.items():
        begin, end = entry["data_offsets"]
        raw = content[8 + size + begin : 8 + size + end]
        array = np.frombuffer(raw, types[entry["dtype"]])
        read[tensor] = array.reshape(entry["shape"])[row]
    prefix = f"{group['number']}/"
    for key, array in case.arrays.items():
        assert np.array_equal(read[f"{prefix}arrays/{key}"], array)
    for key, array in expected.outputs.items():
        assert np.array_equal(read[f"{prefix}outputs/{key}"], array)
    for key, array in expected.gradients.items():
        assert np.array_equal(read[f"{prefix}gradients/{key}"], array)
    assert np.array_equal(read[f"{prefix}lengths"], case.lengths)
    parts = {tensor.removeprefix(prefix).split("/")[0] for tensor in header}
    for part in parts:
        assert f"`{part}" in PAGE, part


def test_the_group_of_the_page_is_one_of_the_plan():
    text = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)[1]
    shown = json.loads(text.replace(", ...", ""))
    found = next(g for g in groups() if (g.kind, g.number) == ("lstm", 8))
    assert len(found.cases) > 1
    assert shown == row(found._replace(cases=found.cases[:1]))


def test_every_tensor_kind_and_adapter_is_on_the_page(vectors):
    for kind in vectors.index["kinds"]:
        assert f"`{kind}`" in PAGE
    for name in adapter_names():
        path = ROOT / "docs/conformance" / f"{name.replace('/', '-')}.json"
        shown = f"Not recorded: `{name}`"
        if path.exists():
            shown = f"### {json.loads(path.read_text())['adapter']}, "
        assert shown in PAGE, name

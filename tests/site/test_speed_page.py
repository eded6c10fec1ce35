"""The tables of the page on speed follow from the records of benchmarks."""

from __future__ import annotations

import json

import msgspec
import pytest
from factories.specs import run_spec

from comparisons.records.environment import ROOT
from comparisons.records.record import record_of
from comparisons.site.speed.latency import generation, inference
from comparisons.site.speed.paths import draw_maps, fastest, growth, left
from comparisons.site.speed.timings import records_of

ROUNDS = 6


def line(framework, hidden, times, **fields):
    sizes = {"hidden_size": hidden, "steps": 5, "batch_size": 4, "threads": 1}
    found = record_of(
        *("paths", f"{framework} {hidden}", run_spec("sine", framework, "gru")),
        "compare.py bench paths",
        versions={},
        mode="training",
        sizes=sizes,
        times={name: [s] * ROUNDS for name, s in times.items()},
        deviations=dict.fromkeys(times, 0.0),
        products=[0.5, 0.5],
        flops=1,
        bytes=1,
        **fields,
    )
    return msgspec.json.encode(found).decode()


@pytest.fixture
def root(tmp_path):
    """Two frameworks at two sizes; time of JAX grows with H squared."""
    lines = [
        line("pytorch", 8, {"native": 1.0, "bptt": 2.0, "packed": 0.1}),
        line("pytorch", 16, {"native": 3.0, "bptt": 1.5}),
        line("jax", 8, {"native": 1.0, "bptt": 0.8}),
        line("jax", 16, {"native": 4.0, "bptt": 3.2}),
    ]
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/paths.jsonl").write_text("\n".join([*lines, ""]))
    return tmp_path


def rows_of(table):
    return [
        [cell.strip() for cell in row.strip("|").split("|")]
        for row in table.splitlines()
        if not row.startswith("| :--") and "---" not in row
    ]


def test_the_fastest_path_of_each_size_is_shown_with_its_ratio(root):
    found = rows_of(fastest(root, "docs/paths.jsonl", "training", "1"))
    assert found == [
        ["framework", "cell", "B", "H 8, T 5", "H 16, T 5"],
        ["PyTorch", "GRU", "4", "native", "bptt 0.50 (0.50–0.50)"],
        ["JAX", "GRU", "4", "bptt 0.80 (0.80–0.80)", "bptt 0.80 (0.80–0.80)"],
    ]


def test_what_is_left_is_the_share_of_the_fastest_framework(root):
    found = rows_of(left(root, "docs/paths.jsonl", "training", "1"))
    assert found == [
        ["cell", "B", "H 8, T 5", "H 16, T 5"],
        ["GRU", "4", "62%, JAX", "33%, PyTorch"],
    ]


def test_growth_has_the_exponent_of_the_size_that_varies(root):
    found = rows_of(growth(root, "docs/paths.jsonl", "training"))
    assert ["JAX", "native", "2.00"] in found
    assert ["PyTorch", "native", "1.58"] in found  # log 3 / log 2


def test_rows_of_other_modes_and_threads_are_not_shown(root):
    for words in (("inference", "1"), ("training", "2")):
        found = rows_of(fastest(root, "docs/paths.jsonl", *words))
        assert found == [["framework", "cell", "B"]]


def test_each_framework_has_its_map(root):
    draw_maps(root, "docs/paths.jsonl")
    drawn = {path.name for path in (root / "docs").glob("*.png")}
    assert drawn == {"paths-pytorch.png", "paths-jax.png"}


def test_a_row_that_was_timed_under_load_has_a_star(root):
    path = root / "docs/paths.jsonl"
    records = [json.loads(text) for text in path.read_text().splitlines()]
    records[3]["products"] = [0.5, 5.0]
    path.write_text("".join(json.dumps(one) + "\n" for one in records))
    found = rows_of(fastest(root, "docs/paths.jsonl", "training", "1"))
    assert found[2][-1] == "bptt 0.80 (0.80–0.80)*"


def test_what_the_page_says_of_operations_is_in_the_record():
    shares = {}
    for one in records_of(ROOT / "docs/bench-operations.jsonl", "paths"):
        for path, parts in one.operations.items():
            whole = sum(parts.values())
            own = {kind: seconds / whole for kind, seconds in parts.items()}
            shares[one.framework, one.cell, path] = own
    assert shares["pytorch", "lstm", "native"]["fused layers"] > 0.9
    keras = shares["keras", "gru", "native"]
    assert keras["data movement"] + keras["overhead"] > 0.5
    jax = [own for (framework, *_), own in shares.items() if framework == "jax"]
    assert len(jax) == 6
    assert min(own["products"] for own in jax) > 0.5


INFERENCE = "docs/bench-inference.jsonl"
GENERATION = "docs/bench-generation.jsonl"


def test_rows_of_the_last_command_alone_are_shown(root):
    text = (ROOT / INFERENCE).read_text()
    group = json.loads(text.splitlines()[0])["group"]
    (root / INFERENCE).write_text(text.replace(group, "older") + text)
    shown = inference(root, INFERENCE)
    assert shown == inference(ROOT, INFERENCE)
    rows = rows_of(shown)[1:]
    assert [row[3] for row in rows].count("fastest") == 3
    assert len(rows) == len({tuple(row[:2]) for row in rows}) == 12


def test_a_bound_is_the_bandwidth_over_the_bytes_of_a_token():
    rows = rows_of(generation(ROOT, GENERATION))[1:]
    assert len(rows) == 9
    for row in rows:
        numbers = [float(text.replace(",", "")) for text in row[2:]]
        size, rate, speed, bound, ratio, cached, _ = numbers
        assert bound == pytest.approx(1e6 * speed / size, rel=0.01)
        assert ratio == pytest.approx(bound / rate, rel=0.01)
        assert cached > ratio

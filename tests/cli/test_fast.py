"""`--fast`: the path that each fast row takes, and what is refused."""

from pathlib import Path

import pytest
from factories.specs import run_spec

from comparisons.arguments import machine, options
from comparisons.arguments.extras import chosen
from comparisons.arguments.options import parse_options
from comparisons.frameworks import FRAMEWORKS, get_framework, in_framework
from comparisons.frameworks.paths import PATHS
from comparisons.records.record import settings_given
from comparisons.runs.plan import make_plan
from shared.errors import SpecError, UserError
from shared.exhibits.names import row_name
from shared.specs import CELLS, IMPLS_OF, NATIVE_CELLS

FAST = [name for name, row in FRAMEWORKS.items() if row.fast]
QUICK = ("--task", "sine", "--preset", "quick", "--device", "cpu")


@pytest.fixture(autouse=True)
def no_gpu(monkeypatch):
    monkeypatch.setattr(options, "may_have_gpu", lambda: False)


def path_of(task, framework, cell, hidden=32, **model):
    """What computes and what trains a run of this row."""
    train = model.pop("train", {})
    run = run_spec(
        *(task, framework, cell),
        model={"hidden_size": hidden, **model},
        train=train,
    )
    return run.model.impl, run.train.loop


def planned(*words):
    """The runs of a command line."""
    return make_plan(parse_options([*QUICK, *words]), "").runs


@pytest.mark.parametrize(
    ("framework", "cell", "hidden", "path"),
    [
        ("pytorch-fast", "gru", 32, ("native", "step")),
        ("pytorch-fast", "gru", 256, ("bptt", "step")),
        ("pytorch-fast", "rnn", 256, ("native", "step")),
        ("pytorch-fast", "rnn", 512, ("bptt", "step")),
        ("pytorch-fast", "lstm", 512, ("native", "step")),
        ("keras-fast", "lstm", 128, ("bptt", "train_on_batch")),
        ("keras-fast", "lstm", 256, ("bptt", "train_on_batch")),
        ("jax-fast", "lstm", 32, ("bptt", "scan")),
        ("jax-fast", "rnn", 512, ("bptt", "pure")),
    ],
)
def test_a_fast_row_takes_the_path_of_the_table(framework, cell, hidden, path):
    assert path_of("sine", framework, cell, hidden) == path


@pytest.mark.parametrize("framework", FAST)
@pytest.mark.parametrize("cell", NATIVE_CELLS)
def test_the_map_has_the_path_and_each_process_takes_it(framework, cell):
    known = PATHS[get_framework(framework).package].values()
    for task, hidden in (("sine", 32), ("sine", 512), ("sentiment", 128)):
        impl, loop = path_of(task, framework, cell, hidden)
        assert (impl, loop) in {path[:2] for path in known}
    run = run_spec("sine", framework, cell)
    assert in_framework(run, framework) == run
    other = in_framework(run_spec("sine", "keras", cell), framework)
    assert other == run


def test_what_a_path_does_not_have_takes_the_next_one():
    dropped = {"train": {"word_dropout": 0.1}}
    assert path_of("tagging", "jax-fast", "gru", **dropped)[1] == "pure"
    scratch = {"impl": "scratch", "layer_norm": True}
    assert path_of("sine", "jax-fast", "gru", **scratch) == ("scratch", "scan")
    for cell in set(CELLS) - {*NATIVE_CELLS}:
        (only,) = IMPLS_OF[cell]
        assert path_of("sine", "jax-fast", cell, impl=only)[0] == only
    # By hand, PyTorch skips the padding in front of the reverse direction.
    lstm = ("names", "pytorch-fast", "lstm", 128)
    assert path_of(*lstm, bidirectional=False)[0] == "native"
    assert path_of(*lstm, bidirectional=True)[0] == "bptt"
    # Its encoder of characters is small, and slower by hand.
    tagger = ("tagging", "pytorch-fast", "gru", 128)
    assert path_of(*tagger)[0] == "native"
    assert path_of(*tagger, char_encoder=False)[0] == "bptt"
    # A scan pads to the longest sequence; a decoder runs step by step.
    assert path_of("names", "jax-fast", "gru", 128) == ("bptt", "pure")
    assert path_of("translate", "jax-fast", "gru", 128) == ("native", "pure")
    with pytest.raises(SpecError):
        path_of("sine", "jax-fast", "gru", hidden=0)


def test_fast_replaces_rows_and_leaves_the_others_as_they_are():
    runs = planned("--frameworks", "pytorch", "jax", "--cells", "gru", "--fast")
    assert [run.framework for run in runs] == ["pytorch-fast", "jax-fast"]
    assert row_name(runs[1].framework, "gru") == "JAX (fast) GRU"


@pytest.mark.parametrize("names", [("jax", "jax-fast"), ("jax-fast", "jax")])
def test_a_fast_row_and_the_usual_one_are_in_one_comparison(names):
    (usual,) = planned("--frameworks", "jax", "--cells", "gru")
    mixed = planned("--frameworks", *names, "--cells", "gru")
    runs = dict(zip(names, mixed, strict=True))
    assert runs["jax"] == usual
    fast = runs["jax-fast"]
    assert (fast.model.impl, fast.train.loop) == ("bptt", "scan")
    # What the row itself chose is no setting, by which comparisons differ.
    assert settings_given(fast) == settings_given(usual)


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        (("--fast", "--impl", "native"), ["--impl native contradicts"]),
        (
            ("--frameworks", "jax-fast", "--impl", "bptt"),
            ["--impl bptt contradicts jax-fast"],
        ),
        (
            ("--fast", "--frameworks", "keras-jax"),
            ["keras-jax has no fast row", "pytorch, keras, jax"],
        ),
    ],
)
def test_contradictions_are_refused(words, texts):
    with pytest.raises(UserError) as caught:
        parse_options([*QUICK, *words])
    assert all(text in str(caught.value) for text in texts)


def test_a_bench_of_given_layers_refuses_a_row_that_chooses_its_own():
    with pytest.raises(UserError, match="jax-fast chooses its layers"):
        chosen(["jax-fast"], fast=False)
    assert chosen(["jax-fast", "jax"]) == ["jax-fast", "jax"]


def test_only_a_cpu_has_fast_rows(monkeypatch, tmp_path):
    (tmp_path / "nvidia0").touch()
    monkeypatch.setattr(options, "may_have_gpu", machine.may_have_gpu)
    monkeypatch.setattr(machine, "DEVICES", Path(tmp_path))
    monkeypatch.setattr(machine.sys, "platform", "linux")
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    words = ["--task", "sine", "--fast"]
    with pytest.raises(UserError, match="--device cpu"):
        parse_options(words)
    assert parse_options([*words, "--device", "cpu"]).frameworks == FAST

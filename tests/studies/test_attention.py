"""The command that shows where a trained model looks, and its files."""

import csv
import importlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from factories.pairs import saved

from comparisons.compare import dispatch
from comparisons.frameworks import DEFAULT
from comparisons.records.checkpoints import load_checkpoint
from comparisons.studies.attention import command, options
from comparisons.studies.attention.maps import expected
from comparisons.worker.attention import Looks, read_sources
from comparisons.worker.jobs import Job
from shared.decoding.options import DecodingOptions
from shared.errors import UserError
from shared.reference import decoding as reference_decoding
from shared.tasks.translation.text import tokens
from shared.weights.checkpoints import save_checkpoint
from shared.weights.init import initial_weights

TEXTS = ("The cat sleeps here.", "A dog runs.")


@pytest.fixture
def words(tmp_path):
    """The flags that look with a random model and write to a folder."""
    path = tmp_path / "model.safetensors"
    save_checkpoint(path, saved())
    where = ("--checkpoint", str(path), "--out", str(tmp_path / "out"))
    return ["study", "attention", *where]


@pytest.fixture
def texts(words):
    """The same, with two texts to read."""
    return [*words, *(word for text in TEXTS for word in ("--text", text))]


@pytest.fixture
def here(monkeypatch):
    """Frameworks answer in this process."""

    def read(asked, framework):
        implementation = importlib.import_module(f"{framework}_impl")
        run = replace(asked.trained.run, framework=framework, device="cpu")
        request = {
            "path": str(asked.path),
            "sources": asked.sources,
            "lengths": asked.lengths,
        }
        answer = read_sources(Job(run, implementation, request))
        return Looks(**{name: np.array(a) for name, a in answer.items()})

    monkeypatch.setattr(command, "read", read)
    return read


def test_all_frameworks_look_where_the_reference_looks(
    texts, here, tmp_path, capsys
):
    assert dispatch(texts) == 0
    out = capsys.readouterr().out
    for framework in DEFAULT:
        assert f"{framework}: parts from the reference by" in out
    shown = [line for line in out.splitlines() if not line.startswith("files")]
    assert max(map(len, shown)) <= 80
    assert "1 the  2 cat  3 sleeps  4 here  5 .  6 <end>" in out
    picture = tmp_path / "out" / "attention-gru.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    with (tmp_path / "out" / "attention-gru.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["framework"] for row in rows} == set(DEFAULT)
    asked = command.asked_of(texts[2:])
    looks = here(asked, "jax")
    weights = expected(asked.trained, looks.x, asked.lengths)
    for row in rows:
        place = [int(row[n]) - 1 for n in ("sentence", "step", "place")]
        assert abs(float(row["weight"]) - weights[tuple(place)]) < 1e-4
        source = (*tokens(TEXTS[place[0]]), "<end>")
        assert row["source"] in (source[place[2]], "<unk>")


def test_what_is_read_is_what_is_written_greedily(texts, here):
    asked = command.asked_of(texts[2:])
    looks = here(asked, "pytorch")
    written = reference_decoding.decode(
        asked.trained.model,
        asked.trained.weights,
        asked.sources,
        asked.lengths,
        DecodingOptions(max_new_tokens=asked.sources.shape[1] - 1),
    )
    np.testing.assert_array_equal(looks.written, written)
    inside = written >= 0
    np.testing.assert_array_equal(looks.x[:, 1:, 1][inside], written[inside])


@pytest.mark.parametrize("part", ["weights", "written"])
def test_a_framework_that_looks_elsewhere_is_named(
    part, texts, here, monkeypatch, capsys
):
    def read(asked, framework):
        looks = here(asked, "pytorch")
        if framework == "jax":
            shifted = np.roll(getattr(looks, part), 1, axis=-1)
            looks = looks._replace(**{part: shifted})
        return looks

    monkeypatch.setattr(command, "read", read)
    assert dispatch(texts) == 1
    line = capsys.readouterr().out.splitlines()[-1]
    assert line.startswith("jax: ")
    assert ("writes other words" in line) == (part == "written")


def test_shades_stand_for_equal_parts():
    weights = (0.0, 0.19, 0.21, 0.5, 0.79, 0.81, 1.0)
    signs = "".join(command.shade(weight)[-1] for weight in weights)
    assert signs == "  ░▒▓██"


def test_sources_are_of_the_part_that_was_held_out():
    trained = saved()
    data = replace(trained.run.data, dataset="reverse")
    run = replace(trained.run, data=data)
    trained = trained._replace(run=run)
    dataset = options.get_task("translate").load(run.data, 0)
    own = [" ".join(source) for source, _ in dataset.arrays["test"]]
    assert options.held_out([3, 0], trained) == [own[3], own[0]]
    longest = max(len(text) for text in own)
    found = options.held_out(None, trained)
    assert {len(text) for text in found} == {longest}
    with pytest.raises(UserError, match=f"only 0 to {len(own) - 1}"):
        options.held_out([len(own)], trained)


def test_a_model_that_does_not_look_is_refused(words):
    path = Path(words[words.index("--checkpoint") + 1])
    trained = load_checkpoint(path)
    spec = replace(trained.model, attention="none")
    weights = initial_weights(spec, 0)
    save_checkpoint(path, trained._replace(model=spec, weights=weights))
    with pytest.raises(UserError, match="has no attention to look with"):
        dispatch([*words, "--text", TEXTS[0]])


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (("--text", "zzz"), "no word of 'zzz' is in the vocabulary"),
        (("--text", " "), "there is no word in ''|the text is empty"),
        (("--text", "a", "--frameworks", "torch"), "unknown framework 'torch'"),
    ],
)
def test_what_cannot_be_looked_at_is_said(words, flags, message):
    with pytest.raises(UserError, match=message):
        dispatch([*words, *flags])


def test_the_default_is_the_mirror(texts):
    asked = command.asked_of(texts[2:])
    assert tuple(asked.frameworks) == DEFAULT

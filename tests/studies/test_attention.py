"""The command that shows a trained model's attention, and its files."""

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
from comparisons.worker.jobs import Job
from comparisons.worker.requests import GreedyAttention
from comparisons.worker.studies.attention import read_sources
from shared.decoding.options import DecodingOptions
from shared.errors import UserError
from shared.exhibits.names import framework_name
from shared.reference import decoding as reference_decoding
from shared.tasks import get_task
from shared.tasks.translation.tokenizers import tokens
from shared.weights.checkpoints import save_checkpoint
from shared.weights.init import initial_weights

TEXTS = ("The cat sleeps here.", "A dog runs.")


@pytest.fixture
def words(tmp_path):
    """The flags that read with a random model and write to a folder."""
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

    def read(study, framework):
        implementation = importlib.import_module(f"{framework}_impl")
        run = replace(study.trained.run, framework=framework, device="cpu")
        request = {
            "path": str(study.path),
            "sources": study.sources,
            "lengths": study.lengths,
        }
        answer = read_sources(Job(run, implementation, request))
        return GreedyAttention(
            **{name: np.array(a) for name, a in answer.items()}
        )

    monkeypatch.setattr(command, "read", read)
    return read


def test_weights_have_four_decimals_in_the_file(texts, tmp_path):
    assert dispatch([*texts, "--frameworks", "pytorch"]) == 0
    text = (tmp_path / "out" / "attention-gru.csv").read_text()
    weights = [line.rpartition(",")[2] for line in text.splitlines()[1:]]
    assert max(map(len, weights)) <= len("0.1234")


def expected(study, found):
    """The weights (B, T, T) of the numpy reference."""
    return reference_decoding.attention_maps(
        *(study.trained.model, study.trained.weights),
        *(found.x, study.lengths),
    )


def test_all_frameworks_have_the_attention_of_the_reference(
    texts, here, tmp_path, capsys
):
    assert dispatch(texts) == 0
    out = capsys.readouterr().out
    for framework in DEFAULT:
        name = framework_name(framework)
        assert f"{name} deviates from the reference by" in out
    shown = [line for line in out.splitlines() if not line.startswith("files")]
    assert max(map(len, shown)) <= 80
    assert "1 the  2 cat  3 sleeps  4 here  5 .  6 <end>" in out
    picture = tmp_path / "out" / "attention-gru.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    with (tmp_path / "out" / "attention-gru.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["framework"] for row in rows} == set(DEFAULT)
    study = command.parse_options(texts[2:])
    found = here(study, "jax")
    weights = expected(study, found)
    for row in rows:
        place = [int(row[n]) - 1 for n in ("sentence", "step", "place")]
        assert abs(float(row["weight"]) - weights[tuple(place)]) < 1e-4
        source = (*tokens(TEXTS[place[0]]), "<end>")
        assert row["source"] in (source[place[2]], "<unk>")


def test_the_shown_output_is_the_greedy_translation(texts, here):
    study = command.parse_options(texts[2:])
    found = here(study, "pytorch")
    decoded = reference_decoding.decode(
        study.trained.model,
        study.trained.weights,
        study.sources,
        study.lengths,
        DecodingOptions(max_new_tokens=study.sources.shape[1] - 1),
    )
    np.testing.assert_array_equal(found.generated, decoded)
    inside = decoded >= 0
    np.testing.assert_array_equal(found.x[:, 1:, 1][inside], decoded[inside])


@pytest.mark.parametrize("part", ["weights", "generated"])
def test_a_framework_with_other_attention_is_named(
    part, texts, here, monkeypatch, capsys
):
    def read(study, framework):
        found = here(study, "pytorch")
        if framework == "jax":
            shifted = np.roll(getattr(found, part), 1, axis=-1)
            found = found._replace(**{part: shifted})
        return found

    monkeypatch.setattr(command, "read", read)
    assert dispatch(texts) == 1
    line = capsys.readouterr().out.splitlines()[-1]
    assert line.startswith("JAX ")
    assert ("generates other words" in line) == (part == "generated")


def test_shades_divide_the_range_equally():
    weights = (0.0, 0.19, 0.21, 0.5, 0.79, 0.81, 1.0)
    signs = "".join(command.shade(weight)[-1] for weight in weights)
    assert signs == "  ░▒▓██"


def test_default_sources_are_of_the_test_split():
    trained = saved()
    data = replace(trained.run.data, dataset="reverse", pairs=600)
    run = replace(trained.run, data=data)
    trained = trained._replace(run=run)
    dataset = get_task("translate").load(run.data, 0)
    own = [" ".join(source) for source, _ in dataset.arrays["test"]]
    assert options.held_out_sources([3, 0], trained) == [own[3], own[0]]
    longest = max(len(text) for text in own)
    found = options.held_out_sources(None, trained)
    assert {len(text) for text in found} == {longest}
    with pytest.raises(UserError, match=f"only 0 to {len(own) - 1}"):
        options.held_out_sources([len(own)], trained)


def test_a_model_without_attention_is_refused(words):
    path = Path(words[words.index("--checkpoint") + 1])
    trained = load_checkpoint(path)
    spec = replace(trained.model, attention="none")
    weights = initial_weights(spec, 0)
    save_checkpoint(path, trained._replace(model=spec, weights=weights))
    with pytest.raises(UserError, match="has no attention"):
        dispatch([*words, "--text", TEXTS[0]])


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (("--text", "zzz"), "no word of 'zzz' is in the vocabulary"),
        (("--text", " "), "there is no word in ''|the text is empty"),
        (("--text", "a", "--frameworks", "torch"), "unknown framework 'torch'"),
    ],
)
def test_unreadable_sources_are_named(words, flags, message):
    with pytest.raises(UserError, match=message):
        dispatch([*words, *flags])


def test_by_default_all_sources_of_reverse_are_mirrored(texts):
    study = command.parse_options(texts[2:])
    assert tuple(study.frameworks) == DEFAULT

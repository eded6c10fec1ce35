"""Trained models from Python; the numpy reference is in place of a worker."""

from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from factories import generated, pairs
from factories.specs import run_spec

from comparisons.api.base import ArrayModel
from comparisons.api.models import MODELS
from comparisons.equivalence.case import Case
from comparisons.records.checkpoints import load_checkpoint
from comparisons.runs import trained
from shared.decoding.options import DecodingOptions
from shared.errors import UserError
from shared.reference import decoding
from shared.reference import model as reference_model
from shared.task import Prediction
from shared.weights.checkpoints import WEIGHTS, Checkpoint, save_checkpoint

CASE = Case("classifier", "gru", "embedding", "native", 1, True, True)
CLASSES = ["A", "Be", "C", "Delta"]


def names():
    metadata = {"characters": "abcdef", "classes": CLASSES}
    run = run_spec("names", "jax", "gru", seed=3)
    return Checkpoint(run, CASE.spec(), CASE.weights(), metadata, {})


def predict(path, x, lengths):
    found = load_checkpoint(Path(path))
    forward = reference_model.forward
    return {"outputs": forward(found.model, found.weights, x, lengths)}


def generate(path, start, settings, on_event):
    tokens = generated.reference(path, start, settings)
    for part in np.array_split(tokens, 2, axis=1):
        on_event({"event": "tokens", "tokens": part.tolist()})


def translate(path, x, lengths, search):
    found, rule = load_checkpoint(Path(path)), DecodingOptions(**search)
    known = found.model, found.weights
    return {"tokens": decoding.decode(*known, x, lengths, rule)}


JOBS = {"predict": predict, "generate": generate, "translate": translate}


@pytest.fixture
def workers(monkeypatch):
    """The framework of each worker that started, and "end" of each."""
    log = []

    @contextmanager
    def model_worker(checkpoint, framework, timeout):
        log.append(framework)
        yield lambda job, **request: JOBS[job](**request)
        log.append("end")

    monkeypatch.setattr(trained, "model_worker", model_worker)
    return log


@pytest.fixture
def made(tmp_path, workers):
    def of(kind, checkpoint):
        path = tmp_path / "jax-gru"
        save_checkpoint(path / WEIGHTS, checkpoint)
        return MODELS.get(kind, ArrayModel)(path, load_checkpoint(path), "jax")

    return of


def test_a_classifier_labels_a_text_and_several(made, workers):
    model = made("LabelCodec", names())
    (one,) = model.predict("fade")
    several = model.predict(["abba", "fade"])
    assert isinstance(one, Prediction) and one.label in CLASSES
    assert [p.text for (p,) in several] == ["abba", "fade"]
    assert several[1][0].label == one.label
    assert model.predict([]) == []
    assert workers == ["jax"]  # one process for all answers
    model.close()
    assert workers == ["jax", "end"]


def test_a_model_ends_its_process_with_itself(made, workers):
    with made("LabelCodec", names()) as model:
        model.predict("abba")
    assert workers == ["jax", "end"]
    model.predict("abba")
    del model
    assert workers == ["jax", "end"] * 2


def test_a_text_that_cannot_be_read_is_refused(made):
    with pytest.raises(UserError):
        made("LabelCodec", names()).predict("")


def test_arrays_have_outputs(made):
    model = made("none", names())
    x = np.ones((3, 5), np.int32)
    lengths = np.array([5, 2, 3])
    expected = reference_model.forward(CASE.spec(), CASE.weights(), x, lengths)
    np.testing.assert_allclose(model.predict(x, lengths), expected, rtol=1e-5)


def test_a_method_that_a_model_lacks_is_refused_by_the_one_it_has(made):
    model = made("none", names())
    assert not hasattr(model, "generate")
    with pytest.raises(AttributeError, match="no 'translate', but predict"):
        model.translate("a")


def test_a_language_model_continues_its_prompt(made):
    model = made("LanguageModelCodec", generated.saved())
    one = model.generate("abba", length=6, temperature=0.5)
    several = model.generate("abba", length=6, temperature=0.5, samples=2)
    assert one.startswith("abba") and len(one) == 10
    assert len(several) == 2 and several[0] != several[1]
    with pytest.raises(UserError, match="did you mean '--length'"):
        model.generate(lenght=6)
    with pytest.raises(UserError, match="prompt"):
        model.generate("xyz")


def test_a_translation_model_translates(made):
    model = made("Seq2SeqCodec", pairs.saved())
    sources = ["The cat runs.", "The dog sleeps here."]
    several = model.translate(sources, max_new_tokens=4)
    assert several[0] == model.translate(sources[0], max_new_tokens=4)
    assert len(several) == 2 and all(len(t.split()) <= 4 for t in several)
    with pytest.raises(UserError, match="beam"):
        model.translate(sources, beam=0)

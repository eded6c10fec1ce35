"""A checkpoint's text, token for token the same in every framework."""

import importlib
import inspect
from functools import cache

import numpy as np
import pytest
from factories.implementations import configured, forget_compiled

from shared.decoding.sampling import Sampling, uniforms
from shared.reference import generation as reference_generation
from shared.specs import ModelSpec
from shared.weights.layout import weight_shapes

PACKAGES = ("pytorch_impl", "keras_impl", "jax_impl")
VOCAB_SIZE, PROMPT_LENGTH, STEPS, TEXTS = 11, 5, 200, 2
GREEDY = Sampling(temperature=0.0)
NUCLEUS = Sampling(0.9, top_k=6, top_p=0.8)
SPECIAL = {
    "gru": (10, {}, NUCLEUS),
    "lstm": (10, {"tie_weights": True, "impl": "scratch"}, Sampling()),
}
"""Cell -> seed of the weights, what is special of its model, how it draws."""

PROMPT = np.random.default_rng(3).integers(
    0, VOCAB_SIZE, (TEXTS, PROMPT_LENGTH), dtype=np.int32
)
DRAWS = uniforms(STEPS, TEXTS, seed=1)


def spec_of(cell):
    sizes = {
        "input_size": VOCAB_SIZE,
        "output_size": VOCAB_SIZE,
        "hidden_size": 8,
    }
    special = {"input": "embedding", "embedding_size": 8, **SPECIAL[cell][1]}
    return ModelSpec(model="language_model", cell=cell, **sizes, **special)


def weights_of(cell):
    """So large that a text does not soon repeat one token."""
    rng = np.random.default_rng(SPECIAL[cell][0])
    return {
        name: rng.normal(0.0, 1.5, shape).astype("f4")
        for name, shape in weight_shapes(spec_of(cell)).items()
    }


@cache
def expected(cell, rule, steps=STEPS):
    """The reference's text: (B, S)."""
    return reference_generation.generate(
        spec_of(cell), weights_of(cell), PROMPT, DRAWS[:steps], rule
    )


@cache
def model_of(package, cell):
    implementation = importlib.import_module(package)
    implementation.configure("cpu", 1, "float64", 0)
    model = implementation.build_model(spec_of(cell))
    implementation.load_weights(model, weights_of(cell))
    return model


def generated(package, cell, rule, prompt=PROMPT, draws=DRAWS):
    """The chunks of a text in float64, joined: (B, S)."""
    implementation = importlib.import_module(package)
    model = model_of(package, cell)
    implementation.configure("cpu", 1, "float64", 0)
    chunks = implementation.generate(model, prompt, draws, rule)
    return np.concatenate(list(chunks), axis=1)


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("cell", SPECIAL)
def test_generated_text_is_that_of_the_reference(package, cell):
    """So that all frameworks agree, sampled and greedy."""
    for rule in (SPECIAL[cell][2], GREEDY):
        found = generated(package, cell, rule)
        assert found.shape == (TEXTS, STEPS)
        np.testing.assert_array_equal(found, expected(cell, rule))


@pytest.mark.parametrize("cell", SPECIAL)
def test_compared_texts_do_not_repeat_one_token(cell):
    """Equal repetitions of one token would prove little."""
    sampled, greedy = expected(cell, SPECIAL[cell][2]), expected(cell, GREEDY)
    for text, likely in zip(sampled, greedy):
        assert len(set(text.tolist())) >= 7
        assert len(set(likely[STEPS // 4 :].tolist())) >= 4
        assert np.mean(text != likely) > 0.3


@pytest.mark.parametrize("package", PACKAGES)
def test_each_greedy_token_is_the_argmax_given_all_before(package):
    """Generating with a state agrees with reading all from the start."""
    steps, cell = 64, "gru"
    text = np.concatenate(
        [PROMPT[:1], generated(package, cell, GREEDY)[:1, :steps]], axis=1
    )  # (1, P + S)
    ends = PROMPT_LENGTH + np.arange(steps)
    visible = np.arange(PROMPT_LENGTH + steps) < ends[:, None]  # (S, P + S)
    x = np.where(visible, text, 0).astype(np.int32)  # all of it so far, then 0
    logits = importlib.import_module(package).predict(
        model_of(package, cell), x, None
    )  # (S, P + S, V)
    argmax = logits[np.arange(steps), ends - 1].argmax(axis=1)
    np.testing.assert_array_equal(text[0, PROMPT_LENGTH:], argmax)


@pytest.mark.parametrize("package", PACKAGES)
def test_generated_frames_are_those_of_the_reference(package):
    keys, steps, rng = 4, 60, np.random.default_rng(1)
    spec = ModelSpec(
        "frame_model", "rnn", input_size=keys, output_size=keys, hidden_size=6
    )
    weights = {
        name: rng.normal(0.0, 1.5, shape)
        for name, shape in weight_shapes(spec).items()
    }
    prompt = rng.integers(0, 2, (TEXTS, 3, keys)).astype("f4")
    draws = uniforms(steps, TEXTS, 0, keys)
    implementation = configured(package, "float64")
    model = implementation.build_model(spec)
    implementation.load_weights(model, weights)
    for temperature in (0.0, 0.5, 2.0):
        options = prompt, draws, Sampling(temperature)
        chunks = implementation.generate(model, *options)
        wanted = reference_generation.generate(spec, weights, *options)
        np.testing.assert_array_equal(np.concatenate([*chunks], 1), wanted)
        assert len(np.unique(wanted[:, -30:].reshape(-1, keys), axis=0)) > 2


def test_jax_compiles_once_for_all_prompts_lengths_and_settings():
    generation = importlib.import_module("jax_impl.generation")
    compiled = generation.generate_chunk.jitted_fn
    compiled.clear_cache()
    for read, steps, rule in (
        (1, 1, GREEDY),
        (5, 31, Sampling()),
        (3, 32, NUCLEUS),
        (4, 100, Sampling(0.5, top_k=2)),
    ):
        found = generated(
            "jax_impl", "gru", rule, PROMPT[:, :read], DRAWS[:steps]
        )
        assert found.shape == (TEXTS, steps)
    assert compiled._cache_size() == 1


def forget_the_state(monkeypatch, package):
    """Each token is read from the same state."""
    owner = importlib.import_module(f"{package}.language_model").LanguageModel
    right = owner.forward_from

    def wrong(self, x, state, **keywords):
        return right(self, x, state, **keywords)[0], state

    monkeypatch.setattr(owner, "forward_from", wrong)


def rewrite(name, changes):
    """A function of `generation` with a part of its source changed."""

    def plant(monkeypatch, package):
        module = importlib.import_module(f"{package}.generation")
        source = inspect.getsource(getattr(module, name))
        right, wrong = changes.get(package, changes.get("all"))
        assert source.count(right) == 1
        own = dict(vars(module))
        exec(source.replace(right, wrong), own)
        monkeypatch.setattr(module, name, own[name])
        if name == "sample":
            monkeypatch.setitem(module.SAMPLERS, "language_model", own[name])

    return plant


BACKWARDS = {
    "pytorch_impl": ("to_device(uniforms)", "to_device(uniforms[::-1].copy())"),
    "keras_impl": ("to_device(uniforms)", "to_device(uniforms[::-1])"),
    "jax_impl": ("= uniforms", "= uniforms[::-1]"),
}
PLANTS = {
    "state not passed on": forget_the_state,
    "nucleus a token short": rewrite(
        "sample", {"all": ("before >=", "before + probs >=")}
    ),
    "draws in another order": rewrite("generate", BACKWARDS),
}


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("error", PLANTS)
def test_a_planted_error_changes_the_text(package, error):
    steps, implementation = 40, importlib.import_module(package)
    module = importlib.import_module(f"{package}.generation")
    try:
        with pytest.MonkeyPatch.context() as monkeypatch:
            PLANTS[error](monkeypatch, package)
            monkeypatch.setattr(implementation, "generate", module.generate)
            forget_compiled(package)
            found = generated(package, "gru", NUCLEUS, draws=DRAWS[:steps])
    finally:
        forget_compiled(package)
    assert not np.array_equal(found, expected("gru", NUCLEUS, steps))

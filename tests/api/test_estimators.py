"""The estimators keep scikit-learn's contract, on arrays and on texts."""

import pickle

import numpy as np
import pytest
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils.estimator_checks import check_estimator

from comparisons import RecurrentClassifier, RecurrentRegressor, UserError
from comparisons.api import estimators
from comparisons.api.fitting import end_workers
from comparisons.api.sequences import Reader, is_text
from shared.reference.model import forward
from shared.weights.init import initial_weights


@pytest.fixture(autouse=True, scope="module")
def workers():
    """End the processes that the tests share."""
    yield
    end_workers()


def classifier(**options):
    small = {"hidden_size": 8, "epochs": 15, "random_state": 0}
    return RecurrentClassifier(**{**small, **options})


def regressor(**options):
    small = {"hidden_size": 8, "epochs": 15, "random_state": 0}
    return RecurrentRegressor(**{**small, **options})


def sums(count=80, steps=6):
    """Sequences (N, T) whose sum is to be predicted, or its sign."""
    x = np.random.default_rng(0).normal(size=(count, steps))
    return x, x.sum(axis=1)


TEXTS = [f"{a}{b}{a}" for a in "abxy" for b in "cdefgh"] * 2
LABELS = ["first" if text[0] in "ab" else "last" for text in TEXTS]

EXCEPTIONS: dict[str, dict[str, str]] = {
    "RecurrentClassifier": {},
    "RecurrentRegressor": {},
}
"""Estimator -> check of scikit-learn that it does not pass, and why."""


@pytest.mark.parametrize("estimator", [RecurrentClassifier, RecurrentRegressor])
def test_the_checks_of_scikit_learn_pass_but_for_the_exceptions(estimator):
    results = check_estimator(
        estimator(hidden_size=16, epochs=15, random_state=0),
        on_fail=None,
        on_skip=None,
    )
    failed = {r["check_name"] for r in results if r["status"] == "failed"}
    assert failed == EXCEPTIONS[estimator.__name__].keys()
    assert len(results) > 40


@pytest.mark.parametrize("framework", ["pytorch", "keras", "jax"])
def test_a_classifier_learns_in_each_framework(framework):
    x, y = sums()
    model = classifier(framework=framework).fit(x, y > 0)
    assert model.score(x, y > 0) > 0.9
    probs = model.predict_proba(x)
    assert probs.shape == (80, 2)
    assert np.allclose(probs.sum(axis=1), 1.0)
    assert (model.predict(x) == model.classes_[probs.argmax(axis=1)]).all()
    assert len(model.loss_curve_) == 15
    assert model.loss_curve_[-1] < model.loss_curve_[0]


def test_frameworks_train_the_same_model():
    x, y = sums(count=32)
    found = [
        regressor(framework=name, epochs=2).fit(x, y).predict(x)
        for name in ("pytorch", "jax")
    ]
    assert np.abs(found[0] - found[1]).max() < 1e-3 * np.abs(found[0]).max()


def test_a_grid_search_finds_the_setting_that_learns():
    x, y = sums()
    search = GridSearchCV(
        regressor(), {"learning_rate": [1e-5, 3e-2]}, cv=2, error_score="raise"
    ).fit(x, y)
    assert search.best_params_ == {"learning_rate": 3e-2}
    assert search.best_score_ > 0.6


def test_a_pipeline_and_cross_validation_take_texts():
    lower = FunctionTransformer(lambda texts: [text.lower() for text in texts])
    model = make_pipeline(lower, classifier(cell="rnn"))
    upper = [text.upper() for text in TEXTS]
    scores = cross_val_score(model, upper, LABELS, cv=2, error_score="raise")
    assert scores.min() > 0.9
    found = model.fit(upper, LABELS).predict(["ACA", "unseen", ""])
    assert found[0] == "first"
    assert set(found) <= {"first", "last"}


def test_sequences_of_several_features_have_outputs_as_y():
    x = np.random.default_rng(1).normal(size=(40, 5, 3))
    y = np.stack([x[:, -1, 0], x[:, -1, 1]], axis=1)
    model = regressor().fit(x, y)
    assert model.predict(x).shape == (40, 2)
    assert model.score(x, y) > 0.3
    with pytest.raises(ValueError, match="4 features a step, the model 3"):
        model.predict(np.zeros((2, 5, 4)))
    with pytest.raises(ValueError, match="dimensions"):
        regressor().fit(np.zeros((4, 2, 2, 2)), np.zeros(4))


def scripted(run, split, timeout):
    """In place of a training: the first weights."""
    return initial_weights(run.model, 0), [1.0]


def test_a_fitted_estimator_is_pickled_with_its_predictions(monkeypatch):
    monkeypatch.setattr(estimators, "fit", scripted)
    x, y = sums(count=20)
    model = regressor().fit(x, y)
    again = pickle.loads(pickle.dumps(model))  # noqa: S301
    assert np.array_equal(again.predict(x), model.predict(x))


def test_predictions_are_those_of_the_reference_in_the_units_of_y(monkeypatch):
    monkeypatch.setattr(estimators, "fit", scripted)
    x, y = sums(count=20)
    model = regressor().fit(10 * x + 3, 5 * y - 2)
    values = ((10 * x + 3) - (10 * x + 3).mean()) / (10 * x).std()
    outputs = forward(
        model.model_spec_, model.weights_, values[..., None], None
    )
    wanted = outputs[:, 0] * (5 * y).std() + (5 * y - 2).mean()
    assert np.allclose(model.predict(10 * x + 3), wanted, atol=1e-5)


def test_texts_are_read_by_character_and_padded():
    assert is_text(["a"])
    assert not is_text([["a"], ["b"]])
    assert not is_text([1.0, 2.0])
    assert not is_text("a")
    reader, _ = Reader.of(None, ["ba", "c"], [0, 1])
    x, lengths = reader.read(["ab", "z", ""])
    assert x.tolist() == [[2, 3], [1, 0], [1, 0]]
    assert lengths.tolist() == [2, 1, 1]
    assert reader.size == 5
    with pytest.raises(ValueError, match="fitted on texts"):
        reader.checked(None, np.zeros((2, 3)))


@pytest.mark.parametrize(
    ("options", "part"),
    [
        ({"cell": "gruu"}, "did you mean 'gru'"),
        ({"framework": "torch"}, "did you mean 'pytorch'"),
        ({"hidden_size": 0}, "hidden_size must be at least 1"),
    ],
)
def test_a_wrong_option_is_named_when_it_is_fitted(options, part):
    x, y = sums(count=8)
    with pytest.raises(UserError, match=part):
        regressor(**options).fit(x, y)

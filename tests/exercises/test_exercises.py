"""Exercises: complete, and each mistake differs from the reference."""

import ast

import numpy as np
import pytest
from exercises.plants import ANSWERS, all_plants, answer_path

from comparisons.frameworks import DEFAULT
from shared.errors import SpecError
from shared.exercises import (
    CHAPTERS,
    MILESTONES,
    exercises,
    get_exercise,
)
from shared.exercises.differences import shape_text
from shared.exercises.exercise import LEVELS, Mistake, letters
from shared.exercises.grading import grade
from shared.exercises.outputs import (
    TOLERANCE,
    deviation,
    largest,
    outputs_of,
)

NUMBERS = [exercise.number for exercise in exercises()]


def test_the_course_has_thirty_exercises_in_three_levels():
    assert len(NUMBERS) >= 30
    assert len(set(NUMBERS)) == len(NUMBERS)
    assert {exercise.level for exercise in exercises()} == set(LEVELS)
    counts = [exercise.chapter for exercise in exercises()]
    assert all(counts.count(chapter) >= 2 for chapter in CHAPTERS)
    assert counts == sorted(counts)


def test_each_exercise_has_an_answer_and_a_plant_of_each_mistake():
    wanted = {e.number: [m.title for m in e.mistakes] for e in exercises()}
    assert {n: list(plants) for n, plants in all_plants().items()} == wanted
    for titles in wanted.values():
        assert len(set(titles)) == len(titles) >= 3
    for framework in DEFAULT:
        paths = {answer_path(number, framework) for number in NUMBERS}
        assert set((ANSWERS / framework).iterdir()) == paths


@pytest.mark.parametrize("number", NUMBERS)
def test_no_two_mistakes_have_the_same_outputs(number):
    exercise = get_exercise(number)
    found = {"": outputs_of(exercise, exercise.reference)}
    for mistake in exercise.mistakes:
        outputs = outputs_of(exercise, exercise.mistaken(mistake))
        for title, others in found.items():
            # A thousandth is ten times what counts as equal.
            assert largest(outputs, others) > 10 * TOLERANCE, (
                f"{mistake.title} = {title or 'the reference'}"
            )
        found[mistake.title] = outputs


@pytest.mark.parametrize("number", NUMBERS)
def test_shapes_are_those_of_the_description(number):
    exercise = get_exercise(number)
    assert list(exercise.arguments) == list(
        exercise.reference.__code__.co_varnames[
            : exercise.reference.__code__.co_argcount
        ]
    )
    for arguments in exercise.drawn:
        sizes: dict[str, int] = {}
        for value, text in zip(
            arguments, exercise.arguments.values(), strict=True
        ):
            bind(sizes, letters(text), value)
    outputs = outputs_of(exercise, exercise.reference)[-1]
    for value, text in zip(outputs, exercise.returns.values(), strict=True):
        bind(sizes, letters(text), value)


def bind(sizes: dict[str, int], axes: list[str], value: object) -> None:
    """Each single letter has one size throughout a case."""
    if not isinstance(value, np.ndarray):
        assert axes == []
        return
    assert value.ndim == len(axes)
    for letter, size in zip(axes, value.shape, strict=True):
        if len(letter) == 1 and letter.isalpha():
            assert sizes.setdefault(letter, size) == size, (letter, axes)


def test_statements_and_signatures_are_well_formed():
    for exercise in exercises():
        assert exercise.statement[0].isupper()
        assert exercise.statement == exercise.statement.strip()
        assert len(set(exercise.hints)) == 2
        ast.parse(f"def {exercise.signature}: pass")


def test_a_mistake_is_planted_once_or_refused():
    exercise = get_exercise("1.1")
    for right in ("absent", "w_hh"):
        with pytest.raises(ValueError, match=f"'{right}' is . times in"):
            exercise.mistaken(Mistake("none", right, ""))


def test_only_equal_values_and_nan_in_the_same_place_are_equal():
    numbers, nan = np.array([1.0, 2.0]), np.array([1.0, np.nan])
    assert deviation(numbers, numbers) == deviation(nan, nan) == 0.0
    assert deviation(nan, numbers) == deviation(numbers, nan) == np.inf
    assert deviation([1.0], numbers) == deviation([1.0], [2.0]) == np.inf
    assert deviation(10 * numbers, 11 * numbers) == pytest.approx(1 / 11)


def test_milestones_name_exercises():
    for numbers in MILESTONES.values():
        assert len(numbers) >= 3
        assert set(numbers) <= set(NUMBERS)


def test_an_unknown_exercise_names_the_nearest_ones():
    with pytest.raises(SpecError) as refused:
        get_exercise("3.9")
    assert "unknown exercise '3.9'" in str(refused.value)
    assert "3.1, 3.2" in str(refused.value)


def test_two_mistakes_at_once_are_both_named():
    exercise = get_exercise("1.1")
    both = {"bias lost", "logistic function in place of tanh"}
    verdict = grade(
        exercise,
        outputs_of(
            exercise,
            lambda x, h, w_ih, w_hh, b: (
                0.5 * (1 + np.tanh(0.5 * (x @ w_ih + h @ w_hh)))
            ),
        ),
    )
    assert {text.partition(":")[0] for text in verdict.mistakes} == both
    assert verdict.status == "wrong"


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda y: y.swapaxes(0, 1), "axes B and T are exchanged"),
        (lambda y: y[:, :-1], "axis T differs"),
        (lambda y: y[..., 0], "2 axes in place of 3"),
        (lambda y: np.where(y > 1e-3, np.nan, y), "outputs has NaN at (0, "),
        (lambda y: y + 0.5, "outputs is "),
    ],
)
def test_what_no_mistake_explains_is_described(change, text):
    exercise = get_exercise("1.2")
    outputs = outputs_of(
        exercise,
        lambda *arguments: change(exercise.reference(*arguments) + 0.01),
    )
    verdict = grade(exercise, outputs)
    assert verdict.mistakes == ()
    assert text in verdict.text
    assert verdict.text.endswith("(case 1)")


def test_axes_of_equal_size_are_seen_to_be_exchanged():
    exercise = get_exercise("2.1")
    verdict = grade(
        exercise,
        outputs_of(
            exercise,
            lambda *arguments: (
                *exercise.reference(*arguments)[:3],
                exercise.reference(*arguments)[3].T,
                exercise.reference(*arguments)[4],
            ),
        ),
    )
    assert verdict.text == "d_w_hh: axes H and H are exchanged (case 1)"


def test_a_shape_without_axes_is_described():
    assert shape_text("loss", (3,), (), []) == (
        "loss has the shape (3,), not (): 1 axes in place of 0"
    )

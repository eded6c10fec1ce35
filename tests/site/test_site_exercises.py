"""Exercises and their model answers as the pages of the course show them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from comparisons.site.course import code, exercises
from shared.errors import UserError

ONE = SimpleNamespace(
    number="3.2",
    chapter=3,
    level=2,
    title="One step of an LSTM",
    statement="Compute *one* step:\n\n    c' = f * c + i * g\n\nReturn it.",
    signature="lstm_step(x, h)",
    arguments={"x": "(B, D) input"},
    returns={"h'": "(B, H) state"},
    hints=("First hint.", "Second hint."),
)


@pytest.fixture
def answers(tmp_path, monkeypatch):
    """A folder with an answer in each framework."""
    monkeypatch.setattr(code, "ANSWERS", tmp_path)
    for name in ("pytorch", "keras", "jax"):
        (tmp_path / name).mkdir()
        path = tmp_path / name / "exercise_3_2.py"
        path.write_text(f"def lstm_step(x, h):\n    return {name}\n")
    return tmp_path


def test_an_exercise_has_its_task_command_hints_and_answers(answers):
    text = exercises.exercise(ONE)
    assert "Exercise 3.2: One step of an LSTM" in text
    assert "Level 2 of 3. Write `lstm_step(x, h)`." in text
    assert "\n```\nc' = f * c + i * g\n```\n" in text
    assert r"\*one\*" in text
    assert "| argument | `x` | (B, D) input |" in text
    assert (
        "\ncompare.py exercise start 3.2 --framework pytorch\n"
        "compare.py exercise check exercise_3_2_pytorch.py\n"
    ) in text
    assert text.index("First hint.") < text.index("Second hint.")
    assert text.index("Second hint.") < text.index("Model answer")
    places = [text.index(f"return {f}") for f in ("pytorch", "keras", "jax")]
    assert places == sorted(places)


def test_an_exercise_without_answers_has_none(tmp_path, monkeypatch):
    monkeypatch.setattr(code, "ANSWERS", tmp_path)
    assert "Model answer" not in exercises.exercise(ONE)
    assert code.answer("3.2") == ""


def test_an_answer_in_some_frameworks_alone_is_refused(answers):
    (answers / "keras" / "exercise_3_2.py").unlink()
    with pytest.raises(UserError, match=r"answer 3\.2 is missing in: keras"):
        code.answer("3.2")

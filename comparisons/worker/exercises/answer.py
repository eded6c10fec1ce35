"""Run an answer on the cases of its exercise, and say what went wrong."""

import re
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from comparisons.worker.exercises.limits import LimitError, Prints, limits
from comparisons.worker.exercises.tensors import (
    CONVERSIONS,
    to_numpy,
    to_tensors,
)
from shared.exercises.exercise import Exercise, letters
from shared.exercises.grading import Verdict, failed, grade
from shared.exercises.outputs import Outputs, normal_form, split_outputs

MODULE = "answer"

SHOWN = 2000
"""Characters of what an answer prints that are shown, from its end."""

EXPLANATIONS = {
    "backward through the graph a second time": "state not detached: "
    "gradients reach the windows before",
    "does not require grad": "graph lost: what is differentiated does not "
    "depend on a tensor with requires_grad",
    r"leaf Variable that requires grad.*in-place": "changed in place: a tensor "
    "with requires_grad needs torch.no_grad() around its update",
    r"numpy\(\) on Tensor that requires grad": "graph left: stay with tensors "
    "of the framework up to the end",
    "Tracer": "graph left: a traced array of JAX has no value yet; use "
    "jax.numpy up to the end",
    "NoneType": "gradient None: the tape does not watch a tensor, or the loss "
    "does not depend on it",
    r"allocate memory|MemoryError|bad_alloc|RESOURCE_EXHAUSTED|OOM when": "too "
    "much memory",
}
"""Pattern of an error -> what it means, for all exercises."""


class AnswerError(Exception):
    """An answer without outputs; the message is its verdict."""


def check_answer(
    exercise: Exercise,
    framework: str,
    source: str,
    path: str,
    seconds: float,
    megabytes: int,
) -> Verdict:
    """The verdict on the source of an answer, within limits."""
    prints = Prints()
    try:
        with limits(seconds, megabytes, prints):
            function = load_function(exercise, source, path)
            found = [
                run_case(exercise, framework, function, arguments)
                for arguments in exercise.drawn
            ]
        verdict = grade(exercise, found)
    except AnswerError as error:
        verdict = failed(str(error))
    except (Exception, SystemExit, LimitError) as error:  # noqa: BLE001
        verdict = explained(exercise, error, path)
    return replace(verdict, printed=prints.getvalue()[-SHOWN:])


def load_function(
    exercise: Exercise, source: str, path: str
) -> Callable[..., Any]:
    """The function of an answer; it is run as a module."""
    module = ModuleType(MODULE)
    module.__file__ = path
    sys.modules[MODULE] = module
    exec(compile(source, path, "exec"), module.__dict__)
    function = getattr(module, exercise.function, None)
    if not callable(function):
        raise AnswerError(f"defines no function {exercise.signature}")
    return function


def run_case(
    exercise: Exercise,
    framework: str,
    function: Callable[..., Any],
    arguments: tuple[Any, ...],
) -> Outputs:
    """The outputs of one case; AnswerError where they cannot be graded."""
    given = to_tensors(framework, arguments)
    value = function(*given)
    if value is None:
        raise AnswerError("returns None: the function ends without `return`")
    pairs = zip(exercise.arguments, given, arguments, strict=True)
    for name, after, before in pairs:
        if changed(after, before):
            raise AnswerError(f"changes its argument {name} in place")
    try:
        values = split_outputs(exercise, value)
    except ValueError as error:
        raise AnswerError(str(error)) from error
    return [
        output(name, one, exercise.returns[name], framework)
        for name, one in zip(exercise.returns, values, strict=True)
    ]


def changed(after: Any, before: Any) -> bool:
    """Whether a call changed an argument."""
    if not isinstance(before, np.ndarray):
        return bool(after != before)
    found = to_numpy(after)
    return found.shape != before.shape or not np.allclose(found, before)


def output(name: str, value: Any, description: str, framework: str) -> Any:
    """An output in numpy; AnswerError where it is no tensor."""
    if value is None:
        raise AnswerError(f"returns None for {name}")
    if letters(description) and isinstance(value, np.ndarray | list):
        kind = CONVERSIONS[framework].kind
        found = "a list" if isinstance(value, list) else "an array of numpy"
        raise AnswerError(f"{name} is {found}, not a {kind}")
    try:
        found = to_numpy(value)
        if isinstance(found, list):
            return normal_form([one.item() for one in found])
        return normal_form(found)
    except (AttributeError, TypeError, ValueError) as error:
        kind = type(value).__name__
        raise AnswerError(f"{name} is no array of numbers: {kind}") from error


def explained(exercise: Exercise, error: BaseException, path: str) -> Verdict:
    """What an error of an answer means, with its line."""
    where = line_of(error, path)
    if isinstance(error, SystemExit):
        return failed(f"ends the process with exit{where}")
    if isinstance(error, LimitError):
        return failed(f"{error}{where}")
    if isinstance(error, ModuleNotFoundError) and error.name:
        return failed(f"imports '{error.name}', which is not installed{where}")
    said = f"{type(error).__name__}: {error}"
    for pattern, meaning in EXPLANATIONS.items():
        if re.search(pattern, said, re.DOTALL):
            known = [m.text for m in exercise.mistakes if m.text == meaning]
            return failed(f"{meaning}{where}", *known)
    message = " ".join(said.split())
    return failed(f"{message}{where}")


def line_of(error: BaseException, path: str) -> str:
    """The line of the answer at which an error was raised."""
    if isinstance(error, SyntaxError):
        return f", line {error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == path]
    return f", line {lines[-1]} of {Path(path).name}" if lines else ""

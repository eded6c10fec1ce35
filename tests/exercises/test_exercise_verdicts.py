"""Whatever an answer does, its verdict is one clear line."""

import pytest

from comparisons.worker.exercises.answer import check_answer
from shared.exercises import get_exercise

PLAIN = get_exercise("9.2")
"""An exercise without tensors: no framework is imported."""

SIGNATURE = "def early_stopping(losses, patience):\n"

FAILURES = {
    "    pass": "returns None: the function ends without `return`",
    "    return 1": "returns one value, not 2: best, last",
    "    return 1, 2, 3": "returns 3 values, not 2: best, last",
    "    return 1, None": "returns None for last",
    "    return 1, 'a'": "last is no array of numbers: str",
    "    losses.append(1.0)\n    return 0, 0": "changes its argument losses in "
    "place",
    "    while True: pass": "too slow: no result after 1 s, line 2 of a.py",
    "    bytearray(8 * 10**9)": "too much memory, line 2 of a.py",
    "    raise SystemExit": "ends the process with exit, line 2 of a.py",
    "    quit()": "ends the process with exit, line 2 of a.py",
    "    while True: print('x' * 1000)": "prints more than 100,000 characters, "
    "line 2 of a.py",
    "    return losses[99]": "IndexError: list index out of range, line 2 of "
    "a.py",
    "    import missing": "imports 'missing', which is not installed, line 2 "
    "of a.py",
    "    raise ValueError('a\\nb')": "ValueError: a b, line 2 of a.py",
    "    return (": "SyntaxError: '(' was never closed (a.py, line 2), line 2",
    "    raise OSError('backward through the graph a second time')": "state "
    "not detached: gradients reach the windows before, line 2 of a.py",
}


def verdict_of(source, number="9.2", seconds=60.0, megabytes=512):
    exercise = get_exercise(number)
    return check_answer(exercise, "pytorch", source, "a.py", seconds, megabytes)


@pytest.mark.parametrize("body", FAILURES)
def test_a_failure_is_one_line(body):
    seconds = 1.0 if "too slow" in FAILURES[body] else 60.0
    verdict = verdict_of(f"{SIGNATURE}{body}\n", seconds=seconds)
    assert (verdict.status, verdict.text) == ("failed", FAILURES[body])
    assert verdict.mistakes == ()


def test_a_known_error_is_the_mistake_of_its_exercise():
    pytest.importorskip(
        "torch", reason="needs PyTorch"
    )  # before its memory is limited
    source = (
        "def tbptt(*arguments):\n    raise RuntimeError("
        "'Trying to backward through the graph a second time')\n"
    )
    verdict = verdict_of(source, "6.7")
    text = "state not detached: gradients reach the windows before"
    assert verdict.mistakes == (text,)
    assert verdict.text == f"{text}, line 2 of a.py"


def test_a_file_without_the_function_names_it():
    verdict = verdict_of("def early_stop(losses, patience): return 0, 0\n")
    assert (
        verdict.text == "defines no function early_stopping(losses, patience)"
    )


def test_what_an_answer_catches_does_not_lift_the_limit():
    body = (
        "    while True:\n        try:\n            while True: pass\n"
        "        except Exception: pass\n"
    )
    assert verdict_of(SIGNATURE + body, seconds=1.0).text.startswith("too slow")


def test_a_right_answer_may_print():
    source = (
        f"{SIGNATURE}    print('seen')\n"
        "    best = 0\n"
        "    for epoch, loss in enumerate(losses):\n"
        "        best = epoch if loss < losses[best] else best\n"
        "        if epoch - best >= patience: return best, epoch\n"
        "    return best, len(losses) - 1\n"
    )
    verdict = verdict_of(source)
    assert (verdict.status, verdict.deviation) == ("right", 0.0)
    assert verdict.printed == "seen\n" * PLAIN.cases


def test_an_array_of_numpy_is_no_tensor():
    pytest.importorskip("torch", reason="needs PyTorch")
    source = (
        "import numpy as np\n\n"
        "def rescale(w_hh, radius):\n    return np.asarray(w_hh)\n"
    )
    verdict = verdict_of(source, "2.2")
    assert verdict.text == "w_hh is an array of numpy, not a torch.Tensor"


def test_a_tensor_changed_in_place_is_noticed():
    pytest.importorskip("torch", reason="needs PyTorch")
    source = "def rescale(w_hh, radius):\n    return w_hh.mul_(radius)\n"
    verdict = verdict_of(source, "2.2")
    assert verdict.text == "changes its argument w_hh in place"

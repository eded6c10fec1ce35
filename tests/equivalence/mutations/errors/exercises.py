"""Exercises: how an answer is run, graded, and recorded."""

EXERCISE = "shared/exercises/exercise.py"
GRADING = "shared/exercises/grading.py"
OUTPUTS = "shared/exercises/outputs.py"
DIFFERENCES = "shared/exercises/differences.py"
ANSWER = "comparisons/worker/exercises/answer.py"
LIMITS = "comparisons/worker/exercises/limits.py"
TENSORS = "comparisons/worker/exercises/tensors.py"
FILES = "comparisons/exercises/files.py"
CHECK = "comparisons/exercises/check.py"
PROGRESS = "comparisons/exercises/progress.py"
COMMAND = "comparisons/commands/exercise/check.py"
START = "comparisons/commands/exercise/start.py"
CELLS = "shared/exercises/choosing/compare_cells.py"

ERRORS = [
    (
        EXERCISE,
        "Exercise.drawn",
        "np.random.default_rng([*place, i])",
        "np.random.default_rng(place)",
        "one case drawn several times",
    ),
    (
        EXERCISE,
        "Exercise.mistaken",
        "source.count(right) != 1",
        "source.count(right) < 0",
        "a mistake planted twice, or nowhere",
    ),
    (
        OUTPUTS,
        "deviation",
        "np.maximum(1.0, np.abs(wanted))",
        "np.maximum(1e6, np.abs(wanted))",
        "deviations divided by a million",
    ),
    (
        OUTPUTS,
        "deviation",
        "np.nan_to_num(difference, nan=np.inf)",
        "np.nan_to_num(difference, nan=0.0)",
        "NaN equal to any value",
    ),
    (
        GRADING,
        "shown_mistakes",
        "(1, 2)",
        "(1,)",
        "two mistakes at once not recognized",
    ),
    (
        GRADING,
        "grade",
        "gap <= TOLERANCE",
        "gap <= 1.0",
        "a deviation of 1 counted as equal",
    ),
    (
        DIFFERENCES,
        "shape_text",
        "tuple(exchanged) == wanted",
        "tuple(exchanged) != wanted",
        "axes called exchanged that are not",
    ),
    (
        ANSWER,
        "run_case",
        "value is None",
        "value is NotImplemented",
        "an answer without return not recognized",
    ),
    (
        ANSWER,
        "changed",
        "not np.allclose(found, before)",
        "False",
        "a tensor changed in place not noticed",
    ),
    (
        ANSWER,
        "line_of",
        "lines[-1]",
        "lines[0] + 1",
        "the line of an error is another one",
    ),
    (
        ANSWER,
        "explained",
        "m.text == meaning",
        "m.text == where",
        "a known error not named as a mistake",
    ),
    (
        LIMITS,
        "limits",
        "signal.setitimer(signal.ITIMER_REAL, seconds)",
        "None",
        "no limit of time within the process",
    ),
    (
        LIMITS,
        "limits",
        "(most, before[1])",
        "before",
        "no limit of memory",
    ),
    (
        LIMITS,
        "Prints.write",
        "self.left < 0",
        "self.left < -(10**9)",
        "no limit of what is printed",
    ),
    (
        TENSORS,
        "to_numpy",
        "value.detach()",
        "value",
        "a tensor with a gradient not converted",
    ),
    (
        FILES,
        "read_answer",
        "framework or header[2]",
        "framework",
        "the framework of a file ignored",
    ),
    (
        FILES,
        "wrapped",
        'part.startswith(" ")',
        "False",
        "equations filled like prose",
    ),
    (
        CHECK,
        "check",
        'error.status == "timeout"',
        'error.status == "failed"',
        "an answer that hangs reported as one that ends its process",
    ),
    (
        PROGRESS,
        "Progress.add",
        'verdict.status == "right" and not entry.solved',
        "not entry.solved",
        "a wrong answer recorded as solved",
    ),
    (
        PROGRESS,
        "Progress.next_hint",
        "self.hints.get(number, 0) + 1",
        "count",
        "the second hint shown first",
    ),
    (
        PROGRESS,
        "parsed",
        "number in known",
        "number",
        "exercises that are no more counted",
    ),
    (
        COMMAND,
        "main",
        "milestone in before and not missing",
        "not missing",
        "a milestone announced again after each check",
    ),
    (
        COMMAND,
        "main",
        "return 0 if right else 1",
        "return 0",
        "exit status of a right answer for a wrong one",
    ),
    (
        START,
        "main",
        "path.exists()",
        "path.is_dir()",
        "an answer overwritten",
    ),
    (
        CELLS,
        "compare_cells",
        "40 * len(means)",
        "40",
        "the interval of one comparison in place of several",
    ),
]

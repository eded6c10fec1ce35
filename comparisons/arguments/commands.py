"""The table of commands."""

from typing import NamedTuple

from comparisons.arguments.flags import (
    atlas,
    bench,
    exercise,
    export,
    paths,
    publish,
    site,
    speedrun,
    study,
    task,
    trained,
    tune,
    vectors,
)
from comparisons.arguments.flags.flag import Groups

TASK_NAME = "TASK "
"""The positional word of a command that takes a task without `--task`."""


class Command(NamedTuple):
    """A command: what the help says, its flags.

    of_task: whether it has the flags of a task too; positional: what the
    usage shows before the flags.
    """

    summary: str
    flags: Groups = {}
    of_task: bool = False
    positional: str = ""


GROUPS = {
    "Run": {
        "run": Command(
            "train and compare cells and frameworks (the default command)",
            *(task.RUN, True),
        ),
        "speedrun": Command(
            "train to a fixed validation score, a cold process against time",
            *(speedrun.SPEEDRUN, True, TASK_NAME),
        ),
        "tune": Command(
            "search the settings of each cell, selected on validation",
            *(tune.TUNE, True),
        ),
        "atlas": Command(
            "tune every task and cell at an equal budget, and rank the cells",
            atlas.ATLAS,
        ),
        "list": Command("list tasks, frameworks and cells"),
        "new task": Command(
            "write a file to begin a task of your own with",
            *(bench.NEW_TASK, False, "NAME "),
        ),
        "completion": Command(
            "print a completion script for bash or zsh",
            *(bench.COMPLETION, False, "SHELL "),
        ),
    },
    "Inspect and learn": {
        "predict": Command(
            "classify or tag texts with a trained model", trained.PREDICT
        ),
        "generate": Command(
            "generate text or music with a trained model", trained.GENERATE
        ),
        "translate": Command(
            "translate sentences with a trained model", trained.TRANSLATE
        ),
        "transcribe": Command(
            "write the text of sounds with a trained model",
            *(trained.TRANSCRIBE, False, "FILE [FILE ...] "),
        ),
        "chat": Command("talk to a trained chatbot", trained.CHAT),
        "inspect": Command(
            "list every weight: symbol, shape and meaning", of_task=True
        ),
        "study attention": Command(
            "plot the attention weights of a trained model",
            study.STUDY_ATTENTION,
        ),
        "study gradients": Command(
            "measure how far back in time gradients reach", of_task=True
        ),
        "study neurons": Command(
            "find what single hidden units of a language model follow",
            study.STUDY_NEURONS,
        ),
        "study regularization": Command(
            "compare techniques of regularization at an equal budget",
            *(study.STUDY_REGULARIZATION, True),
        ),
        "study steps": Command(
            "plot every gate and state at each time step of one example",
            *(study.STUDY_STEPS, True),
        ),
        "code": Command(
            "show the code of the frameworks side by side", bench.CODE
        ),
        "exercise list": Command(
            "list the exercises, and what is solved", exercise.EXERCISE_LIST
        ),
        "exercise start": Command(
            "write the file of an answer: a signature and its task",
            *(exercise.EXERCISE_START, False, "NUMBER "),
        ),
        "exercise check": Command(
            "check an answer, and name the mistake in it",
            *(exercise.EXERCISE_CHECK, False, "FILE "),
        ),
        "exercise hint": Command(
            "give the first hint, then the second",
            *(exercise.EXERCISE_HINT, False, "NUMBER "),
        ),
    },
    "Verify, measure, publish": {
        "verify": Command(
            "check that all frameworks compute the same model", bench.VERIFY
        ),
        "vectors build": Command(
            "write the cases that any engine can be checked with",
            vectors.VECTORS_BUILD,
        ),
        "vectors check": Command(
            "check an engine by an adapter, and name its likely mistakes",
            *(vectors.VECTORS_CHECK, False, "ADAPTER "),
        ),
        "score": Command(
            "score one trained model in every framework",
            *(trained.SCORE, False, "PATH "),
        ),
        "bench steps": Command(
            "time a training step against a minimal loop",
            *(bench.BENCH_STEPS, True),
        ),
        "bench inference": Command(
            "time predictions of one sequence and of many, ONNX Runtime too",
            *(bench.BENCH_INFERENCE, True),
        ),
        "bench generation": Command(
            "time the generation of text, by length and batch",
            *(bench.BENCH_GENERATION, True),
        ),
        "bench attention": Command(
            "time training with attention, and greedy and beam search",
            bench.BENCH_ATTENTION,
        ),
        "bench padding": Command(
            "time training on padded sequences of different lengths",
            bench.BENCH_PADDING,
        ),
        "bench scan": Command(
            "time training by a scan and by a loop, over the time steps",
            bench.BENCH_SCAN,
        ),
        "bench paths": Command(
            "map the time of every way to compute a layer, by its size",
            paths.BENCH_PATHS,
        ),
        "report": Command(
            "write one report of several comparisons",
            *(bench.REPORT, False, "DIR [DIR ...] "),
        ),
        "export": Command(
            "write a trained model for use without this suite", export.EXPORT
        ),
        "convert": Command(
            "convert recurrent layers of another file", export.CONVERT
        ),
        "publish": Command(
            "send the results of comparisons to TensorBoard or MLflow",
            *(publish.PUBLISH, False, "DIR [DIR ...] "),
        ),
        "merge": Command(
            "merge the records of several machines into one folder",
            *(bench.MERGE, False, "DIR [DIR ...] "),
        ),
        "site build": Command("build the pages of the course", site.BUILD),
        "site serve": Command(
            "build the pages of the course and show them on this machine",
            site.SERVE,
        ),
        "site notebooks": Command(
            "write the notebooks of the course", site.NOTEBOOKS
        ),
        "site messages": Command(
            "run the snippets of the course and record what they print",
            site.MESSAGES,
        ),
    },
}
COMMANDS = {name: row for rows in GROUPS.values() for name, row in rows.items()}

"""The table of commands."""

from __future__ import annotations

from typing import NamedTuple

from comparisons.arguments import bench_flags, model_flags, task_flags
from comparisons.arguments.flags import Groups


class Command(NamedTuple):
    """A command: what the help says, its flags.

    of_task: whether it has the flags of a task too; positional: what the
    usage shows before the flags.
    """

    group: str
    summary: str
    flags: Groups = {}
    of_task: bool = False
    positional: str = ""


RUN, LOOK = "Run", "Look"
PROVE, PUBLISH = "Prove and measure", "Publish"
COMMANDS = {
    "run": Command(
        RUN,
        "train and compare cells and frameworks (the default command)",
        task_flags.RUN,
        of_task=True,
    ),
    "list": Command(RUN, "list tasks, frameworks and cells"),
    "completion": Command(
        RUN,
        "print a completion script for bash or zsh",
        bench_flags.COMPLETION,
        positional="SHELL",
    ),
    "predict": Command(
        LOOK, "classify or tag texts with a trained model", model_flags.PREDICT
    ),
    "generate": Command(
        LOOK,
        "generate text or music with a trained model",
        model_flags.GENERATE,
    ),
    "translate": Command(
        LOOK, "translate sentences with a trained model", model_flags.TRANSLATE
    ),
    "chat": Command(LOOK, "talk to a trained chatbot", model_flags.CHAT),
    "inspect": Command(
        LOOK, "list every weight: symbol, shape and meaning", of_task=True
    ),
    "study attention": Command(
        LOOK,
        "plot the attention weights of a trained model",
        model_flags.STUDY_ATTENTION,
    ),
    "study gradients": Command(
        LOOK, "measure how far back in time gradients reach", of_task=True
    ),
    "study neurons": Command(
        LOOK,
        "find what single hidden units of a language model follow",
        model_flags.STUDY_NEURONS,
    ),
    "study steps": Command(
        LOOK,
        "plot every gate and state at each time step of one example",
        task_flags.STUDY_STEPS,
        of_task=True,
    ),
    "code": Command(
        LOOK, "show the code of the frameworks side by side", bench_flags.CODE
    ),
    "verify": Command(
        PROVE,
        "check that all frameworks compute the same model",
        model_flags.VERIFY,
    ),
    "score": Command(
        PROVE,
        "score one trained model in every framework",
        model_flags.SCORE,
        positional="PATH",
    ),
    "bench steps": Command(
        PROVE,
        "time a training step against a minimal loop",
        task_flags.BENCH_STEPS,
        of_task=True,
    ),
    "bench generation": Command(
        PROVE,
        "time the generation of text, by length and batch",
        task_flags.BENCH_GENERATION,
        of_task=True,
    ),
    "bench attention": Command(
        PROVE,
        "time training with attention, and greedy and beam search",
        bench_flags.BENCH_ATTENTION,
    ),
    "bench padding": Command(
        PROVE,
        "time training on padded sequences of different lengths",
        bench_flags.BENCH_PADDING,
    ),
    "report": Command(
        PUBLISH,
        "write one report of several comparisons",
        bench_flags.REPORT,
        positional="DIR [DIR ...]",
    ),
}

FAMILIES = {
    "study": "look inside a model: steps, neurons, attention, gradients",
    "bench": "measure speed: steps, generation, attention, padding",
}
"""Commands of two words: the first word, and what all of them do."""

DEFAULTS = {"": "run", "bench": "bench steps"}
"""Words -> the command, where a flag follows them."""

OLD_COMMANDS = {"bench lengths": ["bench", "padding"]}


def children(family: str) -> list[str]:
    """The second words of a family, or the first words of all commands."""
    if family:
        pairs = map(str.split, COMMANDS)
        return [pair[1] for pair in pairs if pair[0] == family and pair[1:]]
    return list(dict.fromkeys(name.split()[0] for name in COMMANDS))


def module_of(name: str) -> str:
    """The module with the command's `main(arguments) -> exit code`."""
    family, _, word = name.rpartition(" ")
    modules = {
        "": "commands.{}",
        "bench": "bench.{}",
        "study": "studies.{}.command",
    }
    return f"comparisons.{modules[family].format(word)}"

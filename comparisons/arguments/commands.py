"""The table of commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from comparisons.arguments.bench_flags import (
    add_bench_attention,
    add_bench_padding,
    add_score,
    add_verify,
)
from comparisons.arguments.run_flags import (
    add_bench_generation,
    add_bench_steps,
    add_model,
    add_run,
)
from comparisons.arguments.study_flags import (
    add_code,
    add_completion,
    add_report,
    add_study_attention,
    add_study_neurons,
    add_study_steps,
)
from comparisons.arguments.trained_flags import (
    add_chat,
    add_generate,
    add_predict,
    add_translate,
)


class Command(NamedTuple):
    """A command: what the help says, its flags, the module that runs it.

    add: (parser, task or None, preset) adds the flags; module: below
    `comparisons`, with `main(arguments) -> exit code`; of_task: whether it
    has the flags of a task; positional: what the usage shows before flags.
    """

    group: str
    summary: str
    add: Callable[..., None]
    module: str
    of_task: bool = False
    positional: str = ""


def add_nothing(parser: Any, *task: Any) -> None:
    """A command without flags."""


RUN, LOOK = "Run", "Look"
PROVE, PUBLISH = "Prove and measure", "Publish"
COMMANDS = {
    "run": Command(
        RUN,
        "train and compare cells and frameworks (the default command)",
        *(add_run, "commands.run", True),
    ),
    "list": Command(
        RUN, "list tasks, frameworks and cells", add_nothing, "commands.list"
    ),
    "completion": Command(
        RUN,
        "print a completion script for bash or zsh",
        *(add_completion, "commands.completion", False, "SHELL"),
    ),
    "predict": Command(
        LOOK,
        "classify or tag texts with a trained model",
        *(add_predict, "commands.predict"),
    ),
    "generate": Command(
        LOOK,
        "generate text or music with a trained model",
        *(add_generate, "commands.generate"),
    ),
    "translate": Command(
        LOOK,
        "translate sentences with a trained model",
        *(add_translate, "commands.translate"),
    ),
    "chat": Command(
        LOOK, "talk to a trained chatbot", add_chat, "commands.chat"
    ),
    "inspect": Command(
        LOOK,
        "list every weight: symbol, shape and meaning",
        *(add_model, "commands.inspect", True),
    ),
    "study attention": Command(
        LOOK,
        "plot the attention weights of a trained model",
        *(add_study_attention, "studies.attention.command"),
    ),
    "study gradients": Command(
        LOOK,
        "measure how far back in time gradients reach",
        *(add_model, "studies.gradients.command", True),
    ),
    "study neurons": Command(
        LOOK,
        "find what single hidden units of a language model follow",
        *(add_study_neurons, "studies.neurons.command"),
    ),
    "study steps": Command(
        LOOK,
        "plot every gate and state at each time step of one example",
        *(add_study_steps, "studies.steps.command", True),
    ),
    "code": Command(
        LOOK,
        "show the code of the frameworks side by side",
        *(add_code, "commands.code"),
    ),
    "verify": Command(
        PROVE,
        "check that all frameworks compute the same model",
        *(add_verify, "commands.verify"),
    ),
    "score": Command(
        PROVE,
        "score one trained model in every framework",
        *(add_score, "commands.score", False, "PATH"),
    ),
    "bench steps": Command(
        PROVE,
        "time a training step against a minimal loop",
        *(add_bench_steps, "commands.bench", True),
    ),
    "bench generation": Command(
        PROVE,
        "time the generation of text, by length and batch",
        *(add_bench_generation, "bench.generation", True),
    ),
    "bench attention": Command(
        PROVE,
        "time training with attention, and greedy and beam search",
        *(add_bench_attention, "bench.attention"),
    ),
    "bench padding": Command(
        PROVE,
        "time training on padded sequences of different lengths",
        *(add_bench_padding, "bench.padding"),
    ),
    "report": Command(
        PUBLISH,
        "write one report of several comparisons",
        *(add_report, "commands.report", False, "DIR [DIR ...]"),
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

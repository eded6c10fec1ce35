"""Commands of two words, and the module of each command."""

from comparisons.arguments.commands import COMMANDS

FAMILIES = {
    "study": "look into: steps, neurons, attention, gradients, regularization",
    "bench": "time steps, paths, inference, generation, attention, padding, "
    "scan",
    "exercise": "exercises that grade themselves: list, start, check, hint",
    "vectors": "conformance vectors: build, check",
    "new": "write the file of a task of your own: new task NAME",
    "site": "build the course: build, serve, notebooks, messages",
}
"""Commands of two words: the first word, and what all of them do."""

JOINED = {
    ("list", "new"): "list tasks, frameworks and cells; write a task: new task "
    "NAME"
}
"""Commands that share a line of the help of all, and what it says."""

DEFAULTS = {"": "run", "bench": "bench steps", "exercise": "exercise list"}
"""Words -> the command, where a flag follows them."""

FOR_OTHERS = ("export", "convert", "publish")
"""Commands whose modules are in a folder: they write for other programs."""

OLD_COMMANDS = {"bench lengths": ["bench", "padding"]}

TRAINED = ("predict", "generate", "translate", "transcribe", "chat")
"""Commands that give the answers of a trained model."""


def children(family: str) -> list[str]:
    """The second words of a family, or the first words of all commands."""
    if family:
        pairs = map(str.split, COMMANDS)
        return [pair[1] for pair in pairs if pair[0] == family and pair[1:]]
    return list(dict.fromkeys(name.split()[0] for name in COMMANDS))


def module_of(name: str) -> str:
    """The module with the command's `main(arguments) -> exit code`."""
    family, _, word = name.rpartition(" ")
    if name in TRAINED:
        return f"comparisons.commands.trained.{name}"
    if family == "study":
        return f"comparisons.studies.{word}.command"
    if family in ("exercise", "vectors"):
        return f"comparisons.commands.{family}.{word}"
    if name in FOR_OTHERS:
        return f"comparisons.commands.sharing.{name}"
    if family == "new":
        return f"comparisons.commands.new_{word}"
    return f"comparisons.{family or 'commands'}.{word}"

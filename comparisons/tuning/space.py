"""The space of a search: the fields that vary, and what each may be."""

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from comparisons.arguments.command_line import parser_of
from comparisons.arguments.flags.fields import FIXED, records
from comparisons.arguments.parser import Parser, flags_of, plain
from shared.errors import UserError, unknown
from shared.task import Task
from shared.tasks import get_task

FLAG = "--space"
LOG, RANGE = ":log", ".."
SOURCES = ("data", "dataset")
"""Data options that make another problem, whose scores are not compared."""


@dataclass(frozen=True)
class Parameter:
    """A field that varies: over values, or from the first end to the last.

    log: whether the range is sampled on a logarithmic scale.
    """

    name: str
    values: tuple[Any, ...]
    range: bool = False
    log: bool = False

    @property
    def whole(self) -> bool:
        """Whether it is a range of whole numbers."""
        return self.range and type(self.values[0]) is int

    @property
    def text(self) -> str:
        """What follows the name on the command line."""
        if self.range:
            return RANGE.join(map(plain, self.values)) + LOG * self.log
        return ",".join(map(plain, self.values))

    @property
    def label(self) -> str:
        return self.name.replace("_", " ")


def parse_space(options: Namespace, words: Sequence[str]) -> list[Parameter]:
    """The parameters of `--space`; UserError for one that cannot vary.

    words: those of the command, which settle other fields.
    """
    if not options.space:
        raise UserError(
            f"{FLAG} is missing: name what varies, such as "
            "hidden_size=64,128 learning_rate=1e-4..1e-2:log"
        )
    parser = parser_of("tune", words)
    given = set(flags_of(parser.current(words)))
    space: list[Parameter] = []
    for text in options.space:
        name, sign, listed = text.partition("=")
        if not (name and sign and listed.strip(", ")):
            raise UserError(
                f"{FLAG} needs NAME=V,V or NAME=LOW..HIGH, not '{text}'"
            )
        flag = flag_of(parser, get_task(options.task), name.strip())
        if flag in given:
            raise UserError(f"{FLAG} varies {flag}, which is given too")
        given.add(flag)
        space.append(parameter(parser, flag, listed))
    return space


def flag_of(parser: Parser, task: Task, name: str) -> str:
    """The flag of a field that may vary; UserError for another name."""
    (flag,) = parser.current([f"--{name.replace('_', '-')}"])
    field = flag[2:].replace("-", "_")
    if field in SOURCES:
        raise UserError(
            f"{FLAG} cannot vary {field}: scores on different data are not "
            "compared"
        )
    fields = {n for r in records(task).values() for n in vars(r)} - FIXED
    names = [
        action.dest
        for action in parser.flags.values()
        if action.dest in fields and getattr(action, "sweep", False)
    ]
    if field not in names:
        raise UserError(unknown("setting", name, {*names} - {*SOURCES}))
    return flag


def parameter(parser: Parser, flag: str, text: str) -> Parameter:
    """What `V,V` or `LOW..HIGH:log` says, each value read as the flag's."""
    name = flag[2:].replace("-", "_")
    log = text.endswith(LOG)
    words = text.removesuffix(LOG).split(RANGE if RANGE in text else ",")
    words = [word.strip() for word in words if word.strip()]
    values = tuple(value_of(parser, flag, word) for word in words)
    if RANGE in text or log:
        check_range(name, values, text)
        return Parameter(name, values, range=True, log=log)
    for value in values:
        if values.count(value) > 1:
            raise UserError(f"{FLAG} {name} has the value {plain(value)} twice")
    if len(values) == 1:
        raise UserError(
            f"{FLAG} {name} has one value, {plain(*values)}: give it as {flag}"
        )
    return Parameter(name, values)


def value_of(parser: Parser, flag: str, word: str) -> Any:
    """A value as the flag's; UserError where the flag does not admit it."""
    options = parser.parse_args([f"{flag}={word}"])
    return getattr(options, parser.flags[flag].dest)


def check_range(name: str, values: tuple[Any, ...], text: str) -> None:
    if len(values) != 2:
        raise UserError(f"{FLAG} {name} needs LOW..HIGH, not '{text}'")
    low, high = values
    if type(low) not in (int, float):
        raise UserError(f"{FLAG} {name} has no range: list its values")
    if low >= high:
        raise UserError(
            f"{FLAG} {name} is empty: {plain(low)} is not below {plain(high)}"
        )
    if text.endswith(LOG) and low <= 0:
        raise UserError(
            f"{FLAG} {name} has a logarithmic scale, which needs a lower end "
            f"above 0, not {plain(low)}"
        )

"""`{run}`: a command that can be parsed, and the minutes that it took."""

import shlex
from html import escape
from typing import Any, ClassVar

from docutils.parsers.rst import directives

from comparisons.analysis.statistics import mean
from comparisons.analysis.summary import Summary
from comparisons.arguments.command_line import command_of, parse
from comparisons.arguments.options import parse_options
from comparisons.arguments.parser import take
from comparisons.arguments.terminal import PROGRAM
from comparisons.records.environment import ROOT
from comparisons.records.files import records_file
from comparisons.site.course.base import CourseDirective, summary
from comparisons.site.course.markup import code
from shared.errors import UserError


class RunDirective(CourseDirective):
    """`{run} compare.py --task sine`: a command, and how long it takes.

    `:record:` is the folder of the records from which the minutes are
    computed: those of as many seeds, cells, and frameworks.
    """

    option_spec: ClassVar[dict[str, Any]] = {"record": directives.unchanged}

    def text(self) -> str:
        """The command as a block, and a line on its time."""
        command = self.arguments[0]
        checked(command)
        shown = code(command, "sh")
        if "record" not in self.options:
            return shown
        folder = self.options["record"]
        found = summary(folder)
        self.depends_on([records_file(ROOT / folder)])
        seconds = seconds_of(command, found)
        minutes = f'<span data-seconds="{seconds:.0f}">{spoken(seconds)}</span>'
        machine = found.finished[0].machine
        text = (
            f"About {minutes} on {machine.cores} cores of an "
            f"{escape(machine.processor)} processor (from the "
            f"{len(found.finished)} runs of `{folder}`)."
        )
        return f"{shown}\n\n{{.course-time}}\n{text}"


def checked(command: str) -> None:
    """UserError for a command that the program refuses."""
    program, *words = shlex.split(command)
    if program != PROGRAM:
        raise UserError(f"'{program}' is not {PROGRAM}")
    name, rest = command_of(words)
    if name == "run":
        parse_options(take(rest, "--sweep")[1])
    else:
        parse(name, rest)


def seconds_of(command: str, found: Summary) -> float:
    """What all runs of the command take, from recorded runs of its rows."""
    name, rest = command_of(shlex.split(command)[1:])
    if name != "run":
        raise UserError("only the runs of a comparison have recorded times")
    options = parse_options(rest)
    runs = found.finished
    if {run.spec.preset for run in runs} != {options.run.preset}:
        raise UserError(f"the records are not of preset {options.run.preset}")
    if found.task.name != options.task.name:
        raise UserError(f"the records are of task {found.task.name}")
    total = 0.0
    for framework in options.frameworks:
        for cell in options.cells:
            known = [r.seconds for r in runs if r.row == (framework, cell)]
            if not known:
                raise UserError(f"no run of {framework} {cell} is recorded")
            total += options.seeds * mean(known)
    return total


def spoken(seconds: float) -> str:
    """40 seconds, 2 minutes, 1.5 hours."""
    if seconds < 90:
        tens = max(10, 10 * round(seconds / 10))
        return f"{tens} seconds"
    if seconds < 5400:
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds / 3600:.1f} hours"

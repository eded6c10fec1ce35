"""`compare.py site messages`: run the course's snippets anew."""

from comparisons.arguments.command_line import parse
from comparisons.arguments.options import words
from comparisons.arguments.terminal import say
from comparisons.frameworks import DEFAULT
from comparisons.site.build import require


def main(arguments: list[str]) -> int:
    """Record what each snippet prints in each framework."""
    options = parse("site messages", arguments)
    require("site messages")
    from comparisons.site.course.snippets import MESSAGES, record

    record(words(options.frameworks or DEFAULT))
    say(f"file: {MESSAGES}")
    return 0

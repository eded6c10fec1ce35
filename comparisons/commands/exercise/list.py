"""`compare.py exercise list`: exercises, what is solved, milestones."""

from comparisons.analysis.tables import make_console, terminal_table
from comparisons.arguments.command_line import parse
from comparisons.exercises.listing import HEADINGS, checklist, rows, titles
from comparisons.exercises.progress import load_progress
from shared.errors import SpecError, unknown


def main(arguments: list[str]) -> int:
    """Print the exercises of each chapter, then the milestones."""
    options = parse("exercise list", arguments)
    progress, chapters = load_progress(options.progress), titles()
    if options.chapter not in (None, *chapters):
        names = map(str, chapters)
        raise SpecError(unknown("chapter", options.chapter, names))
    console = make_console()
    for number, title in chapters.items():
        found = rows(progress, number, options.level)
        if found and options.chapter in (None, number):
            heading = f"{number} {title}"
            console.print(terminal_table(HEADINGS, found, "lll", heading))
    console.print("x: solved; a number: attempts. Milestones:")
    for line in checklist(progress):
        console.print(line, soft_wrap=True)
    return 0

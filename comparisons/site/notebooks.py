"""`compare.py site notebooks`: the notebooks of the course as .ipynb."""

from comparisons.arguments.command_line import parse
from comparisons.arguments.terminal import say
from comparisons.site.build import require


def main(arguments: list[str]) -> int:
    """Write a file for each script of docs/course/notebooks."""
    options = parse("site notebooks", arguments)
    require("site notebooks")
    from comparisons.site.course.notebooks import write_notebooks

    for file in write_notebooks(options.out):
        say(f"file: {file}")
    return 0

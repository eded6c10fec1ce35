"""The page with all code in three panes, to which the tabs link."""

import re
from functools import cache
from pathlib import Path

from comparisons.reader.page import page
from shared.files.io import write_file
from shared.tasks import task_names

READER = "code.html"
ANCHOR = re.compile(r'id="([a-z]+_impl/\w+\.py-L\d+)"')


@cache
def reader_page() -> str:
    return page(task_names())


@cache
def lines_of_reader() -> frozenset[str]:
    """The ids of the lines that the page shows."""
    return frozenset(ANCHOR.findall(reader_page()))


def write_reader(folder: Path) -> None:
    write_file(folder / READER, reader_page())

"""`compare.py site build`: the pages of the course."""

from __future__ import annotations

import importlib.util
import io
import re
from pathlib import Path

from comparisons.arguments.command_line import parse
from comparisons.arguments.terminal import complain, say
from comparisons.records.environment import ROOT
from shared.errors import UserError

SOURCE = ROOT / "docs" / "course"
NEEDED = {
    "sphinx": "sphinx",
    "myst_nb": "myst-nb",
    "sphinx_design": "sphinx-design",
    "pydata_sphinx_theme": "pydata-sphinx-theme",
    "jupytext": "jupytext",
}
"""Module -> its distribution, of the extra `docs`."""

COLORS = re.compile(r"\x1b\[[0-9;]*m")
FAILED = 1


def main(arguments: list[str]) -> int:
    """Build the site; 1 where a page has an error."""
    options = parse("site build", arguments)
    return build(options.out)


def require(command: str) -> None:
    """UserError where the extra `docs` or the pages are missing."""
    for module, name in NEEDED.items():
        if importlib.util.find_spec(module) is None:
            raise UserError(
                f"{command} needs {name}, not installed: pip install "
                "'rnn-comparisons[docs]'"
            )
    if not (SOURCE / "conf.py").is_file():
        raise UserError(
            f"{command} needs a checkout of the project: '{SOURCE}' has no "
            "pages"
        )


def build(out: Path) -> int:
    """Write the pages to a folder and say where they are; the exit code."""
    require("site build")
    problems = write_pages(SOURCE, out)
    for line in problems:
        complain(line)
    if problems:
        complain(f"the site has {len(problems)} errors")
        return FAILED
    say(f"page: {out / 'index.html'}")
    return 0


def write_pages(source: Path, out: Path) -> list[str]:
    """Build the pages; what Sphinx warns of, each with its page and line."""
    from sphinx.application import Sphinx
    from sphinx.errors import SphinxError
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    warned, out = io.StringIO(), out.absolute()
    try:
        with patch_docutils(source), docutils_namespace():
            app = Sphinx(
                *(source, source, out, out / ".doctrees", "html"),
                status=None,
                warning=warned,
            )
            app.build()
    except SphinxError as error:
        raise UserError(f"the site cannot be built: {error}") from error
    text = COLORS.sub("", warned.getvalue()).replace(f"{source}/", "")
    return [line for line in text.splitlines() if line.strip()]

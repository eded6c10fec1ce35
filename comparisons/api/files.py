"""The files that `Results.report` writes, by their ending."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from comparisons.api.tables import Parts, joined


def write(parts: Parts, path: Path) -> None:
    """The page or a table; UserError for an ending of no format."""
    writer = WRITERS.get(path.suffix)
    if writer is None:
        from shared.errors import UserError

        raise UserError(
            f"'{path}' ends in none of {', '.join(WRITERS)}: no format"
        )
    writer(parts, path)


def _page(parts: Parts, path: Path) -> None:
    from comparisons.report.page import page
    from shared.files.io import write_file

    write_file(path, page(list(parts.values())))


def _text(form: str) -> Callable[[Parts, Path], None]:
    def write(parts: Parts, path: Path) -> None:
        from comparisons.analysis.formats import FORMATS
        from shared.files.io import write_file

        tables = [FORMATS[form](part.summary) for part in parts.values()]
        write_file(path, "\n\n".join(t.rstrip("\n") for t in tables) + "\n")

    return write


def _parquet(parts: Parts, path: Path) -> None:
    from comparisons.analysis.formats import frame
    from shared.files.atomic import write_whole

    content = io.BytesIO()
    joined(parts, frame).to_parquet(content, index=False)
    write_whole(path, content.getvalue())


WRITERS: dict[str, Callable[[Parts, Path], None]] = {
    ".html": _page,
    ".csv": _text("csv"),
    ".md": _text("markdown"),
    ".tex": _text("latex"),
    ".parquet": _parquet,
}
"""Ending of a file -> what writes it."""

"""What the chapters show of trained models: small files of `recorded`.

`python -m comparisons.site.course.computed` makes them of checkpoints.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from comparisons.site.course.snippets import COURSE
from shared.errors import UserError

RECORDED = COURSE / "recorded"


def recorded(name: str) -> dict[str, Any]:
    """The file of this name; UserError if it has not been made."""
    path = RECORDED / f"{name}.json"
    if not path.is_file():
        raise UserError(f"'{path.name}' has not been recorded")
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, changed: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found

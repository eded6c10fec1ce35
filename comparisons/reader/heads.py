"""Above a definition: where it is, why it is folded, its documentation."""

from typing import NamedTuple

from comparisons.reader.ast_index import MODULE
from comparisons.reader.documentation import NATIVE_LAYERS, addresses
from comparisons.reader.rows.aligned import AlignedRow
from comparisons.reader.rows.marks import Line
from comparisons.reader.source import FRAMEWORK_OF, PACKAGES
from comparisons.reader.view import Row
from shared.specs import CELLS

HELPERS = (
    *("State", "CURRENT", "initial_state", "state_from", "select_rows"),
    *("features", "build_loss", "weight_names", "sequence_mask", "freeze"),
)
"""Names that are folded: they are not what a reader comes for."""

OPEN = ("ScratchCell", "train_step")
"""What one framework alone has, but where its step is."""


class Head(NamedTuple):
    """Where a definition is in one framework, or why it has none.

    documentation: name and address of the native layers.
    """

    framework: str
    path: str
    number: int
    reason: str
    documentation: tuple[tuple[str, str], ...]


def fold(row: Row, aligned: list[AlignedRow]) -> tuple[bool, str]:
    """Whether a definition is folded, and what is said of it."""
    base = row.name.rpartition(".")[2]
    if row.name == MODULE:
        return True, "imports"
    if row.reasons:
        names = " and ".join(FRAMEWORK_OF[p] for p in row.lines)
        reason = next(iter(row.reasons.values())).replace("`", "")
        because = "" if reason.startswith("only in") else f": {reason}"
        alone = len(row.lines) == 1 and not row.name.startswith(OPEN)
        return alone, f"only {names}{because}"
    if all(found.same for found in aligned):
        return True, "the same in all three"
    if base in HELPERS or row.part == "weights":
        return True, "helper"
    return False, ""


def head(row: Row, package: str, lines: tuple[Line, ...]) -> Head:
    cells = [
        cell for cell in CELLS if row.name == f"{cell}_step".replace("-", "_")
    ]
    column = PACKAGES.index(package)
    native = [NATIVE_LAYERS[cell] for cell in cells if cell in NATIVE_LAYERS]
    names = [layers[column] for layers in native]
    return Head(
        FRAMEWORK_OF[package],
        f"{package}/{row.file}",
        _first_code(lines),
        row.reasons.get(package, ""),
        tuple((name, addresses(package)[name]) for name in names),
    )


def _first_code(lines: tuple[Line, ...]) -> int:
    """The line of a definition itself, below comments and decorators."""
    code = (n.number for n in lines if n.text.strip()[:1] not in ("", "#", "@"))
    return next(code, 1)

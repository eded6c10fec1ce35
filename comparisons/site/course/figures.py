"""Figures of recorded comparisons, drawn for light and for dark pages."""

from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib as mpl
from matplotlib.figure import Figure

from comparisons.analysis.loading import read_parts
from comparisons.analysis.sweeps.folders import comparisons_in
from comparisons.analysis.sweeps.reading import sweep_of
from comparisons.figures.colors import color
from comparisons.figures.lines import Line
from comparisons.figures.matplotlib import lines_figure
from comparisons.figures.saving import save
from comparisons.figures.sweep import sweep_figure
from comparisons.records.environment import ROOT
from comparisons.records.files import RECORDS, records_file
from comparisons.report.run_views import exhibits
from comparisons.report.static_figures import (
    curves_figure,
    matrix_figure,
    speed_figure,
)
from comparisons.site.course.base import summary
from shared.errors import UserError, unknown
from shared.exhibits.kinds import LinePanels, Lines, Matrices, Matrix, Series

INK = {"light": "#1f2329", "dark": "#ced6dd"}
"""Page -> the color of its text."""

LARGEST = 9.0
"""Inches of a side of a matrix, whose letters are read on a page."""

NONE = "none"


class Drawn(NamedTuple):
    """The files of a figure, and its message: the title that it has."""

    light: Path
    dark: Path
    message: str


Draw = Callable[[], Figure | None]


def draw(folder: Path, name: str, panels: str, place: Path) -> Drawn:
    """Draw a figure of the records in a folder; UserError if it has none.

    A picture that is in the folder, and is no figure of its records, is shown
    as it is.
    """
    known = dict(drawings(folder, panels))
    if name not in known:
        stored = [folder / f"{name}.png", folder / "figures" / f"{name}.png"]
        for path in stored:
            if path.is_file():
                return Drawn(path, path, name.replace("-", " "))
        if not known:
            raise UserError(f"'{folder.relative_to(ROOT)}' has no {RECORDS}")
        raise UserError(unknown("figure", name, known))
    key = sha256(f"{folder}|{name}|{panels}".encode()).hexdigest()[:16]
    paths = {shade: place / f"{name}-{key}-{shade}.svg" for shade in INK}
    settings: Any = style(INK["light"])
    with mpl.rc_context(settings):
        figure = known[name]()
        if figure is None:
            raise UserError(f"the records have no data for '{name}'")
        title = getattr(figure, "_suptitle", None)
        message = title.get_text().replace("\n", " ") if title else name
        if title:
            title.set_text("")  # the caption states it
        save_shades(figure, paths)
    return Drawn(paths["light"], paths["dark"], message)


def save_shades(figure: Figure, paths: dict[str, Path]) -> None:
    """Save what is drawn in the ink of light pages, and its copy for dark ones.

    A second drawing would differ in the ink alone, and take as long.
    """
    save(figure, paths["light"])
    text = paths["light"].read_text("utf-8")
    for shade, ink in INK.items():
        paths[shade].write_text(text.replace(INK["light"], ink), "utf-8")


def style(ink: str) -> dict[str, Any]:
    """Settings of Matplotlib: text and axes of this color, no background."""
    colored = (
        *("text.color", "axes.edgecolor", "axes.labelcolor"),
        *("xtick.color", "ytick.color"),
    )
    faces = {"figure.facecolor": NONE, "axes.facecolor": NONE}
    return {
        **dict.fromkeys(colored, ink),
        **faces,
        "savefig.facecolor": NONE,
        "legend.facecolor": NONE,
        "svg.hashsalt": "course",
        "axes.spines.top": False,
        "axes.spines.right": False,
    }


def drawings(folder: Path, panels: str) -> Iterator[tuple[str, Draw]]:
    """Name -> what draws it, of a comparison or of a sweep."""
    if not records_file(folder).is_file():
        parts = comparisons_in(folder)
        found = sweep_of(read_parts(parts)) if parts != [folder] else None
        if found is not None:
            yield "sweep", lambda: sweep_figure(found)
        return
    known = summary(str(folder.relative_to(ROOT)))
    yield "learning-curves", lambda: curves_figure(known)
    yield "speed", lambda: speed_figure(known)
    for exhibit in exhibits(known):
        if isinstance(exhibit, Matrix | Matrices):
            parts_of = getattr(exhibit, "parts", {"": exhibit})
            for matrix in parts_of.values():
                yield matrix.name, partial(matrix_figure, matrix, LARGEST)
        elif isinstance(exhibit, Lines | LinePanels):
            yield exhibit.name, partial(exhibit_figure, exhibit, panels)


def exhibit_figure(exhibit: Lines | LinePanels, panels: str) -> Figure:
    """The panels of these names, all of them if none is named."""
    parts = getattr(exhibit, "parts", {"": exhibit})
    names = [name.strip() for name in panels.split(",") if name.strip()]
    for name in names:
        if name not in parts:
            raise UserError(unknown("panel", name, parts))
    shown = {name: parts[name] for name in names or parts}
    first = next(iter(shown.values()))
    return lines_figure(
        {name: list(map(line_of, one.series)) for name, one in shown.items()},
        (first.x_label, first.y_label),
        title=exhibit.title,
    )


def line_of(series: Series) -> Line:
    points = series.kind == "points"
    return Line(
        series.name,
        series.x or tuple(range(len(series.y))),
        series.y,
        color(series.cell or series.name),
        NONE if points else series.dash,
        series.low,
        series.high,
        marker="." if points else "",
    )

"""Learned word vectors: their neighbors, and a map of some of them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from comparisons.analysis.tables import markdown_table
from comparisons.figures.matplotlib import ShownFigure
from comparisons.records.checkpoints import load_checkpoint
from comparisons.site.course.computed.recorded import recorded
from shared.errors import UserError
from shared.specs import Array
from shared.text.vocabulary import UNKNOWN

FILE = "embeddings"
NEIGHBORS = 6
GROUPS = {
    "praise": (
        *("good", "great", "best", "beautiful", "funny", "moving"),
        *("touching", "enjoyable", "brilliant", "powerful", "solid", "fun"),
    ),
    "complaint": (
        *("bad", "worst", "dull", "boring", "mess", "flat", "lacks"),
        *("stupid", "tedious", "awful", "lame", "fails"),
    ),
    "neither": (
        *("film", "movie", "story", "the", "of", "and", "director", "plot"),
        *("a", "is", "it", "character"),
    ),
}
"""Words of the map, by what a reader expects of them."""

SHADES = {"praise": "#0072b2", "complaint": "#d55e00", "neither": "#7f7f7f"}


def vectors(folder: Any) -> dict[str, Any]:
    """Neighbors and two principal components of the words of `GROUPS`.

    The components are those of these words' vectors, centered.
    """
    saved = load_checkpoint(folder)
    words = list((saved.metadata or {}).get("words", ()))
    if "embedding.table" not in saved.weights or not words:
        raise UserError(f"'{folder}' has no vectors of words")
    table = saved.weights["embedding.table"][UNKNOWN + 1 :].astype(float)
    places = {word: row for row, word in enumerate(words)}
    shown = [w for group in GROUPS.values() for w in group if w in places]
    rows = [places[word] for word in shown]
    points, explained = components(table[rows])
    return {
        "model": f"{saved.run.framework} {saved.run.cell}",
        "words": len(words),
        "size": table.shape[1],
        "explained_variance": np.round(explained, 4).tolist(),
        "points": dict(zip(shown, np.round(points, 4).tolist(), strict=True)),
        "neighbors": {
            word: [[words[k], round(c, 3)] for k, c in nearest(table, row)]
            for word, row in zip(shown, rows, strict=True)
        },
    }


def components(rows: Array) -> tuple[Array, Array]:
    """Two principal components (N, 2), and their shares of the variance."""
    centered = rows - rows.mean(axis=0)
    u, s, _ = np.linalg.svd(centered, full_matrices=False)
    return (u * s)[:, :2], (s**2 / (s**2).sum())[:2]


def nearest(table: Array, row: int) -> Sequence[tuple[int, float]]:
    """The rows of the largest cosine to one of them, without itself."""
    unit = table / np.linalg.norm(table, axis=1, keepdims=True)
    cosines = unit @ unit[row]
    order = [k for k in np.argsort(-cosines, kind="stable") if k != row]
    return [(int(k), float(cosines[k])) for k in order[:NEIGHBORS]]


def neighbors_table(*words: str) -> str:
    """A row per word: its neighbors with their cosines."""
    known = recorded(FILE)["neighbors"]
    rows = [
        [word, ", ".join(f"{name} {c:.2f}" for name, c in known[word])]
        for word in words
    ]
    return markdown_table(["word", "nearest, with the cosine"], rows, "l")


def map_figure() -> Figure:
    """The words at their two principal components."""
    found = recorded(FILE)
    figure = ShownFigure(figsize=(8, 4.6), layout="constrained")
    axis = figure.subplots()
    for group, names in GROUPS.items():
        points = [found["points"][w] for w in names if w in found["points"]]
        axis.plot(*zip(*points), ".", color=SHADES[group], label=group)
    for word, point in found["points"].items():
        group = next(g for g, names in GROUPS.items() if word in names)
        axis.annotate(
            word,
            point,
            xytext=(3, 3),
            textcoords="offset points",
            color=SHADES[group],
            size="small",
        )
    labels = [
        f"component {n} ({100 * share:.0f} % of the variance)"
        for n, share in enumerate(found["explained_variance"], 1)
    ]
    axis.set(xlabel=labels[0], ylabel=labels[1])
    axis.legend(frameon=False)
    return figure


def count(name: str) -> str:
    """`words` or `size` of the table."""
    return f"{recorded(FILE)[name]:,}"


def separated(first: str, second: str) -> bool:
    """Whether a line across the first component separates two groups."""
    points = recorded(FILE)["points"]
    one, other = (
        [points[w][0] for w in GROUPS[group] if w in points]
        for group in (first, second)
    )
    return max(one) < min(other) or max(other) < min(one)


FIGURES = {"word-map": map_figure}
TEXTS = {
    "neighbors": neighbors_table,
    "word-vectors": count,
}
CHECKS = {"separated": separated}

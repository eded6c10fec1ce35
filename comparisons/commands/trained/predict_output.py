"""Predictions as a table of 80 columns, or as a line of JSON for each text."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from rich.table import Table
from rich.text import Text

from comparisons.analysis.tables import make_console
from comparisons.arguments.terminal import say_json
from shared.printable import printable
from shared.task import Prediction

LONGEST = 24
"""Columns of the longest label."""

PROBABILITY = "probability"


class Answer(NamedTuple):
    """A text, its outputs (K,) or (T, K), and what they say of it.

    fault: why there are none.
    """

    text: str
    outputs: np.ndarray
    predictions: list[Prediction]
    fault: str = ""


def print_table(
    answers: Iterator[list[Answer]], heading: str, top: int
) -> None:
    """Lines below one heading, batch by batch; the text last."""
    console = make_console()
    labels = 0
    for batch in answers:
        if headed := labels == 0:
            console.print(heading, markup=False)
            labels = label_width(batch)
        table = new_table(labels, console.width, headed)
        for answer in batch:
            for row in rows(answer, top):
                table.add_row(*(Text(printable(cell, "")) for cell in row))
        console.print(table)


def print_json(answers: Iterator[list[Answer]], heading: str, top: int) -> None:
    """An object a line, with every label's probability and the outputs."""
    for batch in answers:
        for answer in batch:
            shown = {
                "text": answer.text,
                "predictions": [
                    {
                        "piece": found.text,
                        "label": found.label,
                        "probability": found.probability,
                        "probabilities": dict(probabilities_of(found)),
                    }
                    for found in answer.predictions
                ],
                "outputs": answer.outputs.tolist(),
            }
            if answer.fault:
                shown["error"] = answer.fault
            say_json(shown)
        print(end="", flush=True)


FORMATS: dict[str, Callable[[Iterator[list[Answer]], str, int], None]] = {
    "table": print_table,
    "json": print_json,
}


def rows(answer: Answer, top: int) -> Iterator[tuple[str, str, str]]:
    """Label, probability and text; a blank row below the words of a text.

    A text without an answer has its row.
    """
    if not answer.predictions:
        yield "", "", answer.text
        return
    for found in answer.predictions:
        text = found.text
        for label, probability in probabilities_of(found)[:top]:
            yield label, f"{probability:.4f}", text
            text = ""
    if [found.text for found in answer.predictions] != [answer.text]:
        yield "", "", ""


def probabilities_of(found: Prediction) -> tuple[tuple[str, float], ...]:
    """Labels with their probabilities, sorted."""
    return found.probs or ((found.label, found.probability),)


def label_width(batch: list[Answer]) -> int:
    """Columns that no label of the task passes, nor LONGEST."""
    first = next((a for a in batch if a.predictions), batch[0])
    found = [
        label for p in first.predictions for label, _ in probabilities_of(p)
    ]
    return min(LONGEST, max(len(name) for name in ("label", *found)))


def new_table(labels: int, width: int, headed: bool) -> Table:
    """Columns of fixed width, the same for each batch."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=headed)
    fixed = labels + len(PROBABILITY) + 3 * 2
    for name, size, justify in (
        ("label", labels, "left"),
        (PROBABILITY, len(PROBABILITY), "right"),
        ("text", max(1, width - fixed), "left"),
    ):
        table.add_column(
            name,
            justify=justify,  # type: ignore[arg-type]
            width=size,
            no_wrap=True,
            overflow="ellipsis",
        )
    return table

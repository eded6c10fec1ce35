"""The chapters of the course, and the page that lists them."""

from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from docutils.parsers.rst import directives

from comparisons.site.course.base import CourseDirective
from comparisons.site.course.markup import block


class Chapter(NamedTuple):
    """A chapter: what it is about, in a sentence."""

    title: str
    text: str


CHAPTERS = {
    "01_sequences": Chapter(
        "Sequences and the hidden state",
        "Shapes, unrolling by hand, and a vanilla RNN that predicts the next "
        "value of a sine wave.",
    ),
    "02_backpropagation": Chapter(
        "Backpropagation through time",
        "The gradient of a loop by hand, why it vanishes or explodes, and "
        "clipping.",
    ),
    "03_memory": Chapter(
        "Memory",
        "LSTM and GRU, gate by gate, on tasks that require the past: echo, "
        "adding, and copy.",
    ),
    "04_names": Chapter(
        "Names",
        "Characters as vectors, and the language of a surname from the last "
        "state.",
    ),
    "05_text": Chapter(
        "Text",
        "Vocabulary, padding, masks, packing, and both directions: sentiment "
        "and tagging.",
    ),
    "06_generation": Chapter(
        "Generation",
        "Language models, truncated backpropagation, perplexity, and sampling.",
    ),
    "07_translation": Chapter(
        "Sequence to sequence",
        "Encoder and decoder, teacher forcing, attention, beam search, and "
        "BLEU.",
    ),
    "08_signals": Chapter(
        "Series and signals",
        "Forecasting, anomalies, audio, and music, each against a baseline "
        "that is hard to outperform.",
    ),
    "09_training": Chapter(
        "Training well",
        "Clipping, dropout, early stopping, learning rates, and what each of "
        "them changes.",
    ),
    "10_choosing": Chapter(
        "Choosing",
        "Which cell, which size, which framework: parameters, time, and the "
        "interval of a difference.",
    ),
}
"""Name of the page in `chapters` -> the chapter, in the order of the course."""


class ChaptersDirective(CourseDirective):
    """`{chapters}`: all of them; a chapter that is written is a link."""

    required_arguments = 0
    option_spec: ClassVar[dict[str, Any]] = {"folder": directives.unchanged}

    def text(self) -> str:
        """A card for each chapter."""
        folder = self.options.get("folder", "chapters")
        pages = Path(self.env.srcdir) / folder
        cards = []
        for number, (name, chapter) in enumerate(CHAPTERS.items(), 1):
            options = {"class_card": "course-planned"}
            text = f"{chapter.text}\n\n{{.course-time}}\nIn preparation."
            if (pages / f"{name}.md").is_file():
                link = f"/{folder}/{name}"
                options = {"link": link, "link_type": "doc"}
                text = chapter.text
            title = f"{number}. {chapter.title}"
            cards.append(block("grid-item-card", text, title, **options))
        return block("grid", "\n".join(cards), "1 1 2 2", gutter="3")

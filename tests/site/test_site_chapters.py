"""Every chapter of the course has all parts of a chapter."""

from __future__ import annotations

import re

import pytest

from comparisons.site.build import SOURCE
from comparisons.site.course.page.chapters import CHAPTERS

SECTIONS = (
    *("The idea", "Run it", "What to look for in the output"),
    *("The measured result", "Pitfalls", "Exercises"),
    *("Questions for review", "Reading"),
)
"""How the sections of a chapter begin, in their order."""

PARTS = {
    "picture": r"^```\{picture\} \w+$",
    "equation": r"^\$\$$",
    "code of the frameworks": r"^```\{definition\} [\w. ]+$",
    "command with its minutes": r"^```\{run\} compare\.py .+\n:record: docs/",
    "records": r"^```\{(record|figure-of|table-of)\}( \w+)? docs/",
    "message of each framework": r"^```\{says\} \w+$",
    "graded exercises": r"^```\{exercises\} \d+$",
    "question": r"^:::\{dropdown\} .+\?$",
}

CONCEPTS = (
    *("layer", "last state", "mask", "packing", "initial state"),
    *("dropout at evaluation", "gradient clipping", "schedule", "saving"),
    *("device", "seeds", "compilation"),
)
"""Of the page on how each framework says it."""


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_has_its_sections_in_their_order(name):
    text = (SOURCE / "chapters" / f"{name}.md").read_text("utf-8")
    titles = re.findall(r"^## (.+)$", text, re.M)
    places = [
        next((n for n, one in enumerate(titles) if one.startswith(wanted)), -1)
        for wanted in SECTIONS
    ]
    assert -1 not in places, titles
    assert places == sorted(places)
    for part, pattern in PARTS.items():
        assert re.search(pattern, text, re.M), part
    assert text.count("```{says}") >= 3
    assert text.count(":::{dropdown}") >= 4


def test_each_concept_has_a_row_and_a_section_with_code():
    text = (SOURCE / "frameworks.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| \[([^\]]+)\]\(#([\w-]+)\) \|", text, re.M))
    assert tuple(rows) == CONCEPTS
    sections = re.split(r"^## ", text, flags=re.M)[1:]
    code = [part for part in sections if "```{says}" in part]
    titles = [part.partition("\n")[0].lower() for part in code]
    assert tuple(titles) == CONCEPTS


def test_no_score_in_a_sentence_is_typed():
    # A score in a sentence of a result is a role, not digits.
    for path in (SOURCE / "chapters").glob("*.md"):
        text = path.read_text("utf-8")
        found = re.findall(r"(?:BLEU|MSE|RMSE|accuracy|F1) of \d[\d.]*", text)
        assert found == [], path.name

"""What is said of a data set of one's own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from factories import records as made

from comparisons.analysis.loading import Comparison
from comparisons.analysis.summary import summarize
from comparisons.records.record import typed
from comparisons.records.upgrade import upgraded
from comparisons.report.task_section import published_rows
from shared.specs import Split
from shared.task import Dataset
from shared.text.summary import summarize_texts


def dataset_of(parts, classes, lengths=None) -> Dataset:
    """A data set of classes (N,) or (N, T) alone."""
    splits = [Split(np.zeros((len(y), 9)), y, lengths) for y in parts]
    return Dataset(*splits, 1, len(classes), metadata={"classes": classes})


def test_the_data_summary_is_counted_from_the_data():
    classes = [f"c{i:02}" for i in range(12)]
    y = np.repeat(np.arange(12), np.arange(1000, 2200, 100))
    few = np.arange(1, 12)
    found = summarize_texts(
        dataset_of((y, few, few), classes), "texts", "words", 300, 44
    )
    assert found == [
        "18,622 texts: 18,600 for training, 11 for validation, 11 for test",
        "12 classes: c11 2,102, c10 2,002, c09 1,902, c08 1,802, c07 1,702, "
        "c06 1,602,",
        "  c05 1,502, c04 1,402, c03 1,302, c02 1,202 and 2 more",
        "longest: 300 words; 44 of 18,622 texts are cut to 9",
        "in training only: c00 1,000",
    ]


def test_summary_lines_with_long_names_are_wrapped():
    classes = ["word " * 40, "line\nbreak", "w" * 300]
    y = np.arange(3)
    found = summarize_texts(dataset_of((y, y, y), classes), "texts", "words", 9)
    assert max(map(len, found)) <= 80
    assert found[-1] == "longest: 9 words; none is cut"
    assert "line break 3" in " ".join(found)


def test_no_line_ends_between_a_class_and_its_count():
    classes = [f"{'ab' * i} class" for i in range(1, 10)]
    y = np.arange(9)
    found = summarize_texts(dataset_of((y, y, y), classes), "texts", "words", 9)
    assert max(map(len, found)) <= 80
    assert all(line[-1] in ",3" for line in found[1:-1])
    assert len(found) > 3


def test_tags_past_the_end_are_not_counted():
    y = np.array([[1, 1, -1], [2, -1, -1]])
    part = dataset_of((y, y, y), ["a", "b", "c"], np.array([2, 1]))
    assert summarize_texts(part, "sentences", "words", 2)[1] == (
        "2 classes: b 6, c 3"
    )


def test_published_results_are_not_shown_for_user_data():
    def kinds(dataset: str) -> list[str]:
        run = made.run(task="names", dataset=dataset, scores={"accuracy": 0.5})
        part = Comparison(
            "any", "part1", Path(), summarize([typed(upgraded(run))])
        )
        return [row[0] for row in published_rows(part)]

    assert kinds("names") == ["published", "this comparison"]
    assert kinds("people.csv") == ["this comparison"]

"""The pages that the tests in a browser open, each made once a session."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from comparisons.analysis.loading import Comparison, read_parts
from comparisons.reader import page as reader
from comparisons.records.environment import ROOT
from comparisons.report import page as report
from factories import records as made
from shared.exhibits.kinds import (
    Lines,
    Matrices,
    Matrix,
    Samples,
    Series,
    TextTable,
)
from shared.tasks import task_names


def write_report(parts: list[Comparison], path: Path) -> Path:
    """A report without the code, whose lines take a browser seconds to read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(report, "reader", lambda tasks: None)
        report.write_page(parts, path)
    return path


@pytest.fixture(scope="session")
def recorded(tmp_path_factory):
    """The report of the comparisons that the README shows."""
    path = tmp_path_factory.mktemp("recorded") / "report.html"
    folders = [ROOT / "docs" / "sine", ROOT / "docs" / "names"]
    return write_report(read_parts(folders), path)


@pytest.fixture(scope="session")
def by_hand(tmp_path_factory):
    """The report of records whose numbers are known."""
    folder = made.stored(tmp_path_factory.mktemp("by-hand"), made.comparison())
    return write_report(read_parts([folder]), folder / "report.html")


@pytest.fixture(scope="session")
def with_code(by_hand):
    """The same report with its tab of the code."""
    path = by_hand.with_name("with-code.html")
    report.write_page(read_parts([by_hand.parent]), path)
    return path


@pytest.fixture(scope="session")
def attacked(tmp_path_factory):
    """The report of records, a folder and a task that are full of markup."""
    above = tmp_path_factory.mktemp("attacked")
    folder = above / "<img src=x onerror=window.hit=3>"
    made.stored(folder, map(made.hostile, made.comparison()))
    (part,) = read_parts([folder])
    return write_report([renamed(part)], above / "report.html")


def renamed(part: Comparison) -> Comparison:
    """The part with a task whose name, words and exhibits are hostile."""
    text = made.HOSTILE
    task = dataclasses.replace(
        part.summary.task,
        name=f"task {text}",
        summary=f"summary {text}",
        exhibits=lambda runs: [
            Lines("l", text, text, text, text, (Series(text, (1.0, 2.0)),)),
            Matrices(
                "m",
                text,
                text,
                {
                    text: Matrix(
                        "n", text, text, text, text, (text,), ("b",), ((1.0,),)
                    ),
                    "other": Matrix(
                        "o", text, text, text, text, (text,), ("b",), ((1.0,),)
                    ),
                },
            ),
            TextTable("t", text, text, (text,), ((text,),)),
            Samples("s", text, text, ((text, f"generated {text}"),)),
        ],
    )
    summary = dataclasses.replace(part.summary, task=task)
    return dataclasses.replace(part, label=task.name, summary=summary)


@pytest.fixture(scope="session")
def code(tmp_path_factory):
    """The code of two tasks with different losses."""
    path = tmp_path_factory.mktemp("code") / "code.html"
    path.write_text(reader.page(["sine", "echo"]), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def all_code(code):
    """The code of all tasks."""
    path = code.with_name("all.html")
    path.write_text(reader.page(task_names()), encoding="utf-8")
    return path

"""`report.html`: its sections, its numbers, and that it needs nothing."""

import re

import pytest
from factories import records as made
from factories.html.elements import (
    headings,
    own_words,
    parse,
    plots,
    report,
    rows,
    words,
)

from comparisons.analysis.effects.marks import marks
from comparisons.analysis.findings import sentences
from comparisons.analysis.loading import read_parts
from comparisons.analysis.summary import summarize
from comparisons.records.environment import ROOT
from comparisons.records.files import records_file
from comparisons.records.store import read_records
from comparisons.report.citation import FILES
from comparisons.report.page import page
from comparisons.report.results import ordered
from comparisons.report.sections import SECTIONS
from shared.exhibits.names import metric_name

ORDER = {
    "Result": ["overview", "table", "findings", "published"],
    "Curves": ["curves", "trade-off"],
    "Examples": ["task"],
    "Speed": ["steps", "compile"],
    "Proof": ["equivalence"],
    "Records": ["manifest", "cite", "runs"],
}
"""Tab -> its sections, of a page that is of no sweep."""
DOCS = [ROOT / "docs" / "sine-one-wave", ROOT / "docs" / "names"]
LARGEST = 6_000_000
LOADING = ("src", "srcset", "href", "data", "action", "poster", "background")


def rendered(folder, records):
    """The page of some records, as text and as elements."""
    made.stored(folder, records)
    text = page(read_parts([folder]))
    return text, parse(text)


@pytest.fixture(scope="module")
def text():
    """One page of both recorded comparisons."""
    return page(read_parts(DOCS))


@pytest.fixture(scope="module")
def root(text):
    """The same as elements."""
    return parse(text)


def test_the_sections_are_in_order(root):
    for tab, names in ORDER.items():
        view = root.by_id(f"view-{tab.lower()}")
        assert [e.get("id") for e in view.all("section")] == names
        linked = [
            e.get("href") for nav in view.all("nav") for e in nav.all("a")
        ]
        assert linked == [f"#{name}" for name in names] * (len(names) > 1)
    shown = ["sweep", *(name for names in ORDER.values() for name in names)]
    assert [section.name for section in SECTIONS] == shown
    for section in report(root).all("section"):
        assert [words(e) for e in section.all("h3")] == ["sine", "names"]


def test_the_page_loads_nothing_external(text, root):
    for element in root.all():
        for name in LOADING:
            value = element.get(name)
            files = value in FILES
            if element.tag == "a" and (files or value.startswith("https://")):
                continue  # it is opened only when it is followed
            assert value in ("", "data:,") or value.startswith("#"), value
        assert "url(" not in element.get("style")
    styles = "".join(element.text for element in root.all("style"))
    assert styles
    assert not re.search(r"url\(|@import", styles)
    (policy,) = [
        e.get("content") for e in root.all("meta") if e.get("http-equiv")
    ]
    assert policy.startswith("default-src 'none';")
    assert not re.search(r"https?:", policy)
    assert len(text.encode()) < LARGEST


def test_the_table_has_the_numbers_of_the_summary(root):
    for number, folder in enumerate(DOCS, 1):
        summary = summarize(read_records(records_file(folder)))
        table = root.by_id(f"part{number}-results")
        shown = ordered(summary)
        assert [h.rstrip(" ↕") for h in headings(table)] == [
            *shown,
            "seeds",
            "status",
        ]
        expected = [
            [
                *(show(row).rstrip(" *~") for show in shown.values()),
                str(row.seeds),
                row.status,
            ]
            for row in summary.rows
        ]
        assert rows(table) == expected


def test_a_column_is_sorted_by_the_shown_number(root):
    table = root.by_id("part1-results")
    (body,) = table.all("tbody")
    for line in body.all("tr"):
        for cell in line.all("td"):
            shown = own_words(cell).split()[0].replace(",", "")
            value = cell.get("data-value")
            if shown != "ok":
                unit = 10.0 ** -len(shown.partition(".")[2])
                assert abs(float(value) - float(shown)) <= 0.501 * unit


def test_best_and_ties_are_marked_and_explained(root):
    for number, folder in enumerate(DOCS, 1):
        summary = summarize(read_records(records_file(folder)))
        table = root.by_id(f"part{number}-results")
        place = list(ordered(summary)).index(metric_name(summary.task.metric))
        (body,) = table.all("tbody")
        for line in body.all("tr"):
            row = (line.get("data-framework"), line.get("data-cell"))
            cell = list(line.all("th", "td"))[place]
            shown = [
                e.text for e in cell.all("span") if e.get("class") == "mark"
            ]
            assert shown == [mark for mark in (marks(summary)[row],) if mark]
            names = {"*": "best", "~": "tie", "": ""}
            assert cell.get("class").split()[1:] == [
                name for name in (names[marks(summary)[row]],) if name
            ]


def test_the_findings_are_those_of_the_statistics(root):
    found = [words(e) for e in root.by_id("findings").all("li")]
    assert found == [
        sentence
        for folder in DOCS
        for sentence in sentences(summarize(read_records(records_file(folder))))
    ]


def test_each_check_is_shown_with_its_limit(root):
    table = root.by_id("part1-checks")
    assert headings(table) == [
        *("framework", "cell", "forward", "gradient", "20 steps"),
        *("parameters", "passed"),
    ]
    records = read_records(records_file(DOCS[0]))
    (equivalence,) = [
        r for r in records if (r.kind, *r.row) == ("equivalence", "jax", "gru")
    ]
    (line,) = [row for row in rows(table) if row[:2] == ["JAX", "GRU"]]
    forward = equivalence.deviations[0]
    assert line[2] == f"{forward.measured:.1e} ≤ {forward.limit:.0e}"
    assert line[-2:] == ["equal", "yes"]


def test_every_run_has_a_line(root):
    for number in (1, 2):
        lines = rows(root.by_id(f"part{number}-runs"))
        assert len(lines) == 27
        assert len({tuple(line[:3]) for line in lines}) == 27


def test_with_few_seeds_the_interval_is_called_rough(root):
    section = root.by_id("table")
    assert "With 3 seeds the interval is rough" in words(section)
    under = [e for e in section.all("span") if e.get("class") == "under"]
    assert len(under) == 2 * 18
    low, high = map(float, under[0].text.split(" to "))
    cell = own_words(under[0].parent)
    assert low <= float(cell.split()[0]) <= high


SCRIPT = "<script>alert(1)</script>"


def test_text_of_a_record_is_escaped(tmp_path):
    harmless, _ = rendered(tmp_path / "a", [made.run()])
    detail = {
        "classes": [SCRIPT, "b"],
        "confusion": [[2, 1], [0, 3]],
        "mistakes": [
            {
                "name": SCRIPT,
                "truth": "b",
                "predicted": SCRIPT,
                "probability": 0.9,
            }
        ],
    }
    run = made.run(
        framework=SCRIPT,
        task="names",
        scores={"accuracy": 0.5},
        detail=detail,
        command=SCRIPT,
        kernels=SCRIPT,
    )
    bad = made.broken(framework=f"'\"&{SCRIPT}", seed=1) | {
        "error": SCRIPT,
        "stderr": SCRIPT,
        "task": "names",
    }
    text, root = rendered(tmp_path / "b", [run, bad])
    assert "alert(1)" in text
    assert SCRIPT not in text
    # Neither a script nor a row of another kind has come in.
    assert text.count("<script") == harmless.count("<script")
    shown = root.by_id("part1-runs").text
    assert shown.count(SCRIPT) >= 3
    (matrix,) = [p for name, p in plots(root).items() if "confusion" in name]
    name = "&lt;script&gt;alert(1)&lt;/script&gt;"
    assert matrix["data"][0]["x"] == [name, "b"]


@pytest.mark.parametrize("status", ["failed", "diverged", "timeout"])
def test_a_run_without_a_result_is_shown_with_its_errors(tmp_path, status):
    bad = made.broken(status, "jax") | {"stderr": "the end of its errors"}
    _, root = rendered(tmp_path / "a", [made.run(), bad])
    lines = rows(root.by_id("part1-runs"))
    assert [line[3] for line in lines] == ["ok", status]
    assert f"it {status}" in root.by_id("part1-runs").text
    assert "the end of its errors" in root.by_id("part1-runs").text
    assert rows(root.by_id("part1-results"))[1][-1] == status


def test_a_comparison_without_a_finished_run_has_all_sections(tmp_path):
    records = [
        made.broken(status, "jax", cell)
        for cell, status in (
            *(("rnn", "failed"), ("gru", "unavailable")),
            *(("lstm", "diverged"), ("rnn-relu", "timeout")),
        )
    ]
    records.append(made.baselines())
    assert sentences(made.summarized(records)) == []
    text, root = rendered(tmp_path / "a", records)
    shown = [e.get("id") for e in report(root).all("section")]
    assert shown == [name for names in ORDER.values() for name in names]
    assert "No run has finished" in words(root.by_id("findings"))
    assert not list(root.by_id("findings").all("li"))
    assert plots(root) == {}
    assert "nan" not in re.sub(r"(?s)<script.*?</script>", "", text)

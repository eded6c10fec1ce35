"""The page for keyboard and screen reader, as far as its HTML shows."""

import itertools
import json
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import NamedTuple

import pytest
from factories.html.contrast import channels, contrast
from factories.html.elements import (
    parse,
    plots,
    report,
    unpacked,
    words,
)
from markupsafe import Markup

from comparisons.analysis.loading import read_parts
from comparisons.figures.colors import COLORS, NEUTRAL, PAGES
from comparisons.records.environment import ROOT
from comparisons.report.page import READER, page
from comparisons.report.sections import TABS

REFERENCES = ("aria-labelledby", "aria-controls", "aria-describedby")


@pytest.fixture(scope="module")
def root():
    """The page of both recorded comparisons, as elements."""
    return parse(
        page(read_parts([ROOT / "docs/sine-one-wave", ROOT / "docs/names"]))
    )


def test_heading_levels_are_not_skipped(root):
    levels = [int(e.tag[1]) for e in root.all("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    for one, other in itertools.pairwise(levels):
        assert other <= one + 1


def test_ids_are_unique_and_references_resolve(root):
    ids = [e.get("id") for e in root.all() if e.get("id")]
    assert len(ids) == len(set(ids))
    for element in root.all():
        for name in REFERENCES:
            assert set(element.get(name).split()) <= set(ids), name
        link = element.get("href")
        if link.startswith("#"):
            assert link[1:] in ids


def test_there_is_one_main_and_every_landmark_has_a_name(root):
    assert len(list(root.all("main"))) == 1
    for element in root.all("nav", "section"):
        assert element.get("aria-label") or element.get("aria-labelledby")
    (html,) = root.all("html")
    assert html.get("lang") == "en"


def test_tables_are_tables(root):
    tables = list(report(root).all("table"))
    assert len(tables) > 20
    for table in tables:
        captions = list(table.all("caption"))
        assert len(captions) == 1
        assert words(captions[0])
        (head,) = table.all("thead")
        assert all(cell.get("scope") == "col" for cell in head.all("th"))
        (body,) = table.all("tbody")
        for line in body.all("tr"):
            cells = list(line.all("th", "td"))
            assert len(cells) == len(list(head.all("th")))
            assert cells[0].get("scope") == "row"
        # It scrolls in a box of its own, which the keyboard reaches.
        assert table.parent.get("class") == "scroll"
        assert table.parent.get("tabindex") == "0"
        assert table.parent.get("aria-label")


def test_sorting_is_by_buttons_in_headings(root):
    tables = [
        t
        for t in report(root).all("table")
        if "sortable" in t.get("class").split()
    ]
    assert len(tables) == 4
    for table in tables:
        (head,) = table.all("thead")
        for cell in head.all("th"):
            assert cell.get("aria-sort") == "none"
            (button,) = cell.all("button")
            assert words(button)
        (body,) = table.all("tbody")
        for cell in body.all("th", "td"):
            assert "data-value" in cell.attributes


def test_every_figure_has_a_description_and_a_table(root):
    drawings = plots(root)
    found = []
    for figure in report(root).all("figure"):
        if figure.get("class") == "texts":
            continue
        (caption,) = figure.all("figcaption")
        assert figure.get("aria-labelledby") == caption.get("id")
        places = [e for e in figure.all("div") if e.get("data-plot")]
        assert places
        assert all(e.get("aria-label") for e in places)
        found += [e.get("data-plot") for e in places]
        (details,) = figure.all("details")
        (table,) = details.all("table")
        (body,) = table.all("tbody")
        assert list(body.all("tr"))
    assert sorted(found) == sorted(drawings)


class Fragment(NamedTuple):
    """The fragment that the side-by-side code adds to the page."""

    html: Markup
    css: str
    script: str


def test_the_code_has_a_tab_if_its_package_is_installed(monkeypatch):
    requested = []

    def fragment(tasks, without):
        requested.append(tasks)
        html = Markup('<p id="code-here">a &lt; b</p>')
        return Fragment(html, "p > i { color: red }", "if (1 < 2) {}")

    for name in (READER, f"{READER}.page"):
        module = ModuleType(name)
        module.__spec__ = ModuleSpec(name, None)
        module.fragment = fragment
        monkeypatch.setitem(sys.modules, name, module)
    root = parse(page(read_parts([ROOT / "docs/sine-one-wave"])))
    assert requested == [["sine"]]
    (group,) = [e for e in root.all() if e.get("role") == "tablist"]
    tabs = [e for e in group.all("button") if e.get("role") == "tab"]
    assert [words(tab) for tab in tabs] == list(TABS)
    chosen = [tab.get("aria-selected") for tab in tabs]
    assert chosen == ["true", *["false"] * (len(TABS) - 1)]
    for tab in tabs:
        panel = root.by_id(tab.get("aria-controls"))
        assert panel.get("role") == "tabpanel"
        assert panel.get("aria-labelledby") == tab.get("id")
    code = json.loads(unpacked(root.by_id("code").text))
    assert words(parse(code["html"]).by_id("code-here")) == "a < b"
    assert code["script"] == "if (1 < 2) {}"
    assert any("p > i" in e.text for e in root.all("style"))


def test_without_that_package_there_is_no_tab_of_code(monkeypatch):
    monkeypatch.setattr("comparisons.report.page.READER", "comparisons.none")
    root = parse(page(read_parts([ROOT / "docs/sine-one-wave"])))
    tabs = [words(e) for e in root.all() if e.get("role") == "tab"]
    assert tabs == [tab for tab in TABS if tab != "Code"]


@pytest.mark.parametrize("name", [*COLORS, "neutral"])
def test_colors_have_contrast_in_both_themes(name):
    shade = channels(COLORS.get(name, NEUTRAL))
    for ground in PAGES.values():
        assert contrast(shade, channels(ground)) >= 3.0


def test_the_colors_of_cells_are_distinct():
    assert len({*COLORS.values(), NEUTRAL}) == len(COLORS) + 1


def test_the_style_has_the_backgrounds_of_the_contrast_check(root):
    style = "".join(element.text for element in root.all("style"))
    grounds = ", ".join(PAGES.values())
    assert f"--ground: light-dark({grounds});" in style

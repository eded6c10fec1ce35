"""Figures of the report in a browser: hover, words, and what is structure."""

import itertools
import json
import re

import pytest
from factories import records as made
from factories.html.browser import show_code
from factories.html.elements import unpacked

from comparisons.analysis.statistics import mean
from comparisons.records.environment import ROOT
from comparisons.records.files import records_file
from comparisons.records.store import read_records

HOVERED = ".hoverlayer .hovertext"
POINT = """(plot, name) => {
  const trace = plot.calcdata.find((points) => points[0].trace.name === name);
  const box = plot.getBoundingClientRect();
  const { xaxis, yaxis } = plot._fullLayout;
  return [
    box.left + xaxis._offset + xaxis.c2p(trace[0].x),
    box.top + yaxis._offset + yaxis.c2p(trace[0].y),
  ];
}"""
STRUCTURE = """() => {
  const seen = (e) => e.checkVisibility();
  const texts = (list) => [...list].map((e) => e.textContent.trim());
  const all = (name) => [...document.querySelectorAll(name)].filter(seen);
  return {
    levels: all("h1, h2, h3, h4, h5, h6").map((e) => Number(e.tagName[1])),
    captions: all("table").map((e) => e.caption?.textContent.trim() ?? ""),
    titles: all("figure").map(
      (e) => e.querySelector("figcaption")?.textContent.trim() ?? ""),
  };
}"""


def hover(page, plot, place):
    """The words that appear where one points, after all others went."""
    page.mouse.move(5, 5)
    page.locator(HOVERED).first.wait_for(state="detached")
    plot.scroll_into_view_if_needed()
    x, y = place(plot)
    page.mouse.move(x - 2, y - 2)
    page.mouse.move(x, y)
    page.locator(HOVERED).first.wait_for()
    return page.locator(HOVERED).first.text_content()


def test_hovering_over_a_row_shows_its_numbers(visit, by_hand):
    page = visit(by_hand, "#trade-off", whole=False)
    plot = page.locator('[data-plot="part1-trade-off-0"]')
    runs = [made.timed("jax", "gru", 2, 1, seed) for seed in made.SEEDS]
    rmse = mean([run["scores"]["rmse"] for run in runs])
    tooltip = hover(page, plot, lambda e: e.evaluate(POINT, "JAX GRU"))
    assert "JAX GRU" in tooltip
    numbers = [float(text) for text in re.findall(r"\d+\.\d+", tooltip)]
    seconds = 3 * 10 * 0.22  # three epochs of ten steps of 220 ms
    assert numbers[0] == pytest.approx(seconds, rel=1e-3)
    assert numbers[1] == pytest.approx(rmse, rel=1e-4)


def test_hovering_over_a_confusion_shows_its_count(visit, recorded):
    page = visit(recorded, "#task", whole=False)
    plot = page.locator('[data-plot="part2-confusion-0"]')
    best = [
        run.detail
        for run in read_records(records_file(ROOT / "docs" / "names"))
        if (run.kind, *run.row) == ("run", "pytorch", "gru")
    ]
    classes = best[0]["classes"]
    for true, predicted in (("Russian", "Russian"), ("Czech", "English")):
        row, column = classes.index(true), classes.index(predicted)
        count = sum(detail["confusion"][row][column] for detail in best)
        assert count > 0
        place = [(n + 0.5) / len(classes) for n in (column, row)]
        tooltip = hover(page, plot, lambda e, at=place: within(e, *at))
        assert f"true {true}" in tooltip
        assert f"predicted {predicted}" in tooltip
        assert re.search(rf"(?<!\d){count} \(", tooltip), tooltip


def test_a_figure_that_cannot_be_drawn_names_its_data(visit, by_hand):
    page = visit(by_hand, drawn=False)
    for plot in page.locator(".plot").all():
        assert "the data are in the table below" in plot.inner_text()


def test_every_figure_is_drawn_and_described(visit, recorded):
    page = visit(recorded)
    report = page.locator("#report")
    figures = report.locator("figure:has(.plot)")
    assert figures.count() >= 10
    exposed = report.aria_snapshot()
    for figure in figures.all():
        title = figure.locator("figcaption").inner_text()
        assert f'figure "{title}"' in exposed
        for plot in figure.locator(".plot").all():
            assert plot.get_attribute("role") == "img"
            assert title in plot.get_attribute("aria-label")
            assert plot.locator("svg.main-svg").count()
            assert plot.bounding_box()["height"] > 100
        table = figure.locator("details table")
        assert not table.is_visible()
        figure.locator("summary").press("Enter")
        assert table.is_visible()
        assert table.locator("tbody tr").count()
        assert len(figure.locator(":scope > p:not(.tools)").inner_text()) > 20


def within(plot, across, down):
    """A place in a drawing, in shares of its width and height."""
    area = plot.locator(".nsewdrag").bounding_box()
    return (
        area["x"] + across * area["width"],
        area["y"] + down * area["height"],
    )


@pytest.mark.parametrize("name", ["with_code", "code"])
def test_structure_is_exposed_to_screen_readers(visit, request, name):
    page = visit(request.getfixturevalue(name), drawn=False)
    page.evaluate(
        "document.querySelectorAll('details').forEach((d) => { d.open = true })"
    )
    views = [page.evaluate(STRUCTURE)]
    if name == "with_code":
        assert len(views[0]["captions"]) > 10
        show_code(page)
        views.append(page.evaluate(STRUCTURE))
    for found in views:
        assert found["levels"][0] == 1
        assert found["levels"].count(1) == 1
        assert len(found["levels"]) > 5
        for one, other in itertools.pairwise(found["levels"]):
            assert other <= one + 1
        assert all(found["captions"])
        assert all(found["titles"])
        assert found["titles"]
    assert page.get_by_role("main").count() == 1


def test_the_data_of_the_figures_are_strict_json(by_hand):
    text = by_hand.read_text()
    found = re.search(r'(?s)id="plots">(.*?)</script>', text)

    def refuse(name):
        raise AssertionError(name)

    assert json.loads(unpacked(found[1]), parse_constant=refuse)


def test_plotly_is_parsed_when_a_drawing_needs_it_or_the_page_is_idle(
    visit, by_hand
):
    page = visit(by_hand, "#runs", whole=False)
    page.add_init_script("window.requestIdleCallback = (f) => { idle = f; }")
    page.reload()
    page.locator("html[data-ready]").wait_for()
    plot = page.locator('[data-plot="part1-trade-off-0"]')
    assert page.evaluate("typeof Plotly") == "undefined"
    height = plot.evaluate("e => getComputedStyle(e).minHeight")
    page.get_by_role("tab", name="Curves").click()
    page.evaluate("() => { idle(); }")
    plot.scroll_into_view_if_needed()
    plot.locator("svg.main-svg").first.wait_for()
    assert plot.evaluate("e => `${e.offsetHeight}px`") == height
    assert page.evaluate("typeof Plotly") == "object"


def test_a_drawing_is_saved_before_any_other_needs_plotly(visit, by_hand):
    page = visit(by_hand, "#runs", whole=False)
    page.add_init_script("window.requestIdleCallback = () => 0")
    page.reload()
    page.locator("html[data-ready]").wait_for()
    page.get_by_role("tab", name="Curves").click()
    figure = page.locator("figure:has(.plot):visible").first
    with page.expect_download() as download:
        figure.get_by_role("button", name="SVG").click()
    assert download.value.path().read_text().startswith("<svg")

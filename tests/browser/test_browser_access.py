"""How the pages look: contrast, a narrow window, paper."""

import itertools
import re

import pytest
from factories.html.browser import show_code, until
from factories.html.measures import GROUND, OUTSIDE, contrasts, faint

THEMES = ("light", "dark")
OPEN = "document.querySelectorAll('details').forEach((d) => { d.open = true })"
WIDTH = "document.documentElement.scrollWidth"
PAPER = 688
"""Pixels of A4 between the margins."""

SHRUNK = 1.1 * PAPER
"""What a browser makes smaller, to fit, without harm to who reads it."""

CUT = """() => [...document.querySelectorAll("header, header *")].filter(
  (e) => e.scrollWidth > e.clientWidth + 1
    || e.scrollHeight > e.clientHeight + 3
).map((e) => e.outerHTML)"""

VISIBLE = """(all) => all.filter(
  (e) => e.checkVisibility({ visibilityProperty: true })
).map((e) => e.outerHTML)"""


def test_the_report_has_contrast_in_both_themes(visit, with_code):
    page = visit(with_code)
    page.evaluate(OPEN)
    kinds = " ".join(contrasts(page))
    for kind in ("best", "tie", "under", "failed", "CAPTION", "legendtext"):
        assert kind in kinds
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        assert faint(page) == {}
    show_code(page)
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        assert len(contrasts(page)) > 20
        assert faint(page) == {}


def test_the_code_has_contrast_in_both_themes(visit, code):
    page = visit(code)
    page.locator(".code-shape:visible").first.focus()
    kinds = " ".join(contrasts(page))
    for kind in ("keyword", "string", "comment", "shape", "note", "tip"):
        assert f"code-{kind}" in kinds
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        assert faint(page) == {}


def assert_narrow(page):
    """Nothing overflows the window or overlaps in the head."""
    page.evaluate(OPEN)
    assert page.evaluate(WIDTH) == 390
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(CUT) == []
    parts = page.locator("h1, header button").all()
    boxes = [part.bounding_box() for part in parts]
    for one, other in itertools.combinations(boxes, 2):
        separate = one["x"] + one["width"] <= other["x"] + 1
        separate |= other["x"] + other["width"] <= one["x"] + 1
        above = one["y"] + one["height"] <= other["y"] + 1
        above |= other["y"] + other["height"] <= one["y"] + 1
        assert separate or above, (one, other)


@pytest.mark.parametrize("name", ["recorded", "attacked"])
def test_the_report_fits_a_narrow_window(visit, request, name):
    page = visit(request.getfixturevalue(name), width=390)
    assert_narrow(page)
    table = page.locator("#part1-results")
    assert table.evaluate("t => t.parentElement.scrollWidth") > 390


def test_the_code_fits_a_narrow_window(visit, code):
    assert_narrow(visit(code, width=390))


def test_the_tab_of_the_code_fits_a_narrow_window(visit, with_code):
    page = visit(with_code, drawn=False, whole=False, width=390)
    show_code(page)
    assert_narrow(page)


def pages_of(document):
    """The number of pages of a PDF."""
    assert document.startswith(b"%PDF")
    return len(re.findall(rb"/Type\s*/Page\b", document))


def test_the_report_prints_without_controls(visit, recorded):
    page = visit(recorded, color_scheme="dark")
    pressed = page.locator("header button, .switch button, nav a, .skip")
    assert pressed.count() > 10
    assert pages_of(page.pdf(format="A4")) > 3
    page.emulate_media(media="print")
    assert not pressed.evaluate_all(VISIBLE)
    # A button is not drawn in a head that a second page repeats.
    heads = page.locator("#part1-results thead button")
    display = "b => b.map((e) => getComputedStyle(e).display)"
    assert set(heads.evaluate_all(display)) == {"contents"}
    assert faint(page) == {}
    assert page.evaluate(GROUND) == "rgb(255, 255, 255)"
    page.set_viewport_size({"width": PAPER, "height": 900})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    until(page, f"{WIDTH} <= {SHRUNK}")
    for box in page.locator(".scroll:visible").all():
        assert box.evaluate("box => box.scrollWidth") <= SHRUNK


@pytest.mark.parametrize("name", ["with_code", "code"])
def test_the_code_prints_dark_on_light(visit, request, name):
    path = request.getfixturevalue(name)
    page = visit(path, drawn=False, whole=False, color_scheme="dark")
    if name == "with_code":
        show_code(page)
    page.locator('[data-chapter="all"]').click()
    page.emulate_media(media="print")
    assert faint(page) == {}
    pressed = page.locator("#code-switches, header button")
    assert not pressed.evaluate_all(VISIBLE)
    assert page.evaluate(GROUND) == "rgb(255, 255, 255)"
    assert pages_of(page.pdf(format="A4")) > 3

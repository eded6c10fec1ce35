"""How the pages look: contrast, a narrow window, paper."""

import itertools
import re

import pytest
from measures import OUTSIDE, contrasts

THEMES = ("light", "dark")
OPEN = "document.querySelectorAll('details').forEach((d) => { d.open = true })"
GROUND = """[document.body, document.documentElement].map(
  (e) => getComputedStyle(e).backgroundColor
).find((colour) => colour !== "rgba(0, 0, 0, 0)")"""
WIDTH = "document.documentElement.scrollWidth"
PAPER = 688
"""Pixels of A4 between the margins."""

SHRUNK = 1.1 * PAPER
"""What a browser makes smaller, to fit, without harm to who reads it."""

CUT = """() => [...document.querySelectorAll("header, header *")].filter(
  (e) => e.scrollWidth > e.clientWidth + 1
    || e.scrollHeight > e.clientHeight + 3
).map((e) => e.outerHTML)"""


@pytest.mark.parametrize("theme", THEMES)
def test_the_report_can_be_read_in_both_themes(visit, by_hand, theme):
    page = visit(by_hand, color_scheme=theme)
    page.evaluate(OPEN)
    found = contrasts(page)
    kinds = " ".join(found)
    for kind in ("best", "tie", "under", "failed", "CAPTION", "legendtext"):
        assert kind in kinds
    assert {k: v for k, v in found.items() if v < 4.5} == {}
    page.get_by_role("tab", name="Code").click()
    found = contrasts(page)
    assert len(found) > 20
    assert {k: v for k, v in found.items() if v < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_the_code_can_be_read_in_both_themes(visit, code, theme):
    page = visit(code, color_scheme=theme)
    found = contrasts(page)
    assert len(found) > 20
    assert {k: v for k, v in found.items() if v < 4.5} == {}
    page.locator(".code-shape:visible").first.focus()
    tip = {k: v for k, v in contrasts(page).items() if "code-tip" in k}
    assert len(tip) == 1
    assert min(tip.values()) >= 4.5


def assert_narrow(page):
    """Nothing stands out of the window, or over another part of the head."""
    page.evaluate(OPEN)
    assert page.evaluate(WIDTH) == 390
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(CUT) == []
    parts = page.locator("h1, header button").all()
    boxes = [part.bounding_box() for part in parts]
    for one, other in itertools.combinations(boxes, 2):
        beside = one["x"] + one["width"] <= other["x"] + 1
        beside |= other["x"] + other["width"] <= one["x"] + 1
        above = one["y"] + one["height"] <= other["y"] + 1
        above |= other["y"] + other["height"] <= one["y"] + 1
        assert beside or above, (one, other)


@pytest.mark.parametrize("name", ["recorded", "attacked"])
def test_the_report_fits_a_narrow_window(visit, request, name):
    page = visit(request.getfixturevalue(name), width=390)
    assert_narrow(page)
    table = page.locator("#part1-results")
    assert table.evaluate("t => t.parentElement.scrollWidth") > 390
    page.get_by_role("tab", name="Code").click()
    assert_narrow(page)


def test_the_code_fits_a_narrow_window(visit, code):
    assert_narrow(visit(code, width=390))


def pages_of(document):
    """The number of pages of a PDF."""
    assert document.startswith(b"%PDF")
    return len(re.findall(rb"/Type\s*/Page\b", document))


def test_the_report_prints_without_what_is_to_be_pressed(visit, recorded):
    page = visit(recorded, color_scheme="dark")
    pressed = page.locator("header button, .switch button, nav a, .skip")
    assert pressed.count() > 10
    assert pages_of(page.pdf(format="A4")) > 3
    page.emulate_media(media="print")
    assert not [e for e in pressed.all() if e.is_visible()]
    assert page.locator("#part1-results").is_visible()
    assert {k: v for k, v in contrasts(page).items() if v < 4.5} == {}
    assert page.evaluate(GROUND) == "rgb(255, 255, 255)"


def test_what_is_printed_is_whole(visit, recorded):
    page = visit(recorded, width=PAPER)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.wait_for_function(f"{WIDTH} <= {SHRUNK}")
    for box in page.locator(".scroll:visible").all():
        assert box.evaluate("box => box.scrollWidth") <= SHRUNK


@pytest.mark.parametrize("name", ["by_hand", "code"])
def test_the_code_prints_dark_on_light(visit, request, name):
    path = request.getfixturevalue(name)
    page = visit(path, ready=False, color_scheme="dark")
    if name == "by_hand":
        page.get_by_role("tab", name="Code").click()
    page.emulate_media(media="print")
    assert {k: v for k, v in contrasts(page).items() if v < 4.5} == {}
    pressed = page.locator("#code-switches, header button").all()
    assert not [e for e in pressed if e.is_visible()]
    assert page.evaluate(GROUND) == "rgb(255, 255, 255)"
    assert pages_of(page.pdf(format="A4")) > 3

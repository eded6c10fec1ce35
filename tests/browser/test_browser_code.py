"""The side-by-side code in a browser, as a page and as a tab."""

import pytest
from factories.browser import until

from comparisons.reader.source import read_packages
from comparisons.reader.view import PARTS, view
from shared.exhibits.names import cell_name
from shared.specs import CELLS
from shared.tasks import get_task, task_names

BOXES = """(row) => [...row.querySelectorAll(".code-pane")].map((pane) => {
  const box = pane.getBoundingClientRect();
  return [box.left, box.top, box.right, box.bottom].map(Math.round);
})"""
SCROLLING = """[...document.querySelectorAll(".code-reader *")].filter((e) =>
  e.checkVisibility() && e.scrollHeight > e.clientHeight
  && ["auto", "scroll"].includes(getComputedStyle(e).overflowY)
).map((e) => e.className)"""
LINES = """[...document.querySelectorAll(".code-pane pre > span")].filter(
  (line) => line.checkVisibility()
).map((line) => line.querySelector("a").id)"""
TOP = "e => Math.round(e.getBoundingClientRect().top)"
TIP = ".code-tip"


@pytest.fixture(params=["page", "tab"])
def opened(request):
    """Opens the code: a page of its own, or the tab of the report."""
    visit = request.getfixturevalue("visit")

    def opening(link="", **options):
        if request.param == "page":
            return visit(request.getfixturevalue("code"), link, **options)
        path = request.getfixturevalue("by_hand")
        page = visit(path, link, drawn=False, **options)
        page.get_by_role("tab", name="Code").click()
        return page

    return opening


def row_of(page, name):
    return page.locator(f'[aria-labelledby="code-{name}"]')


def choose(page, **values):
    for name, value in values.items():
        page.locator(f"#code-{name}").select_option(value)


def test_three_columns_are_side_by_side(opened):
    page = opened()
    choose(page, task="sine", cell="lstm", part="cell")
    one, two, three = row_of(page, "cells.py-lstm_step").evaluate(BOXES)
    assert one[1] == two[1] == three[1]
    assert one[2] <= two[0]
    assert two[2] <= three[0]
    assert page.evaluate(SCROLLING) == []
    heads = page.locator(".code-heads")
    assert heads.locator("span").all_inner_texts() == [
        "PyTorch",
        "Keras",
        "JAX",
    ]
    assert heads.evaluate(TOP) > 0
    page.mouse.move(640, 500)
    page.mouse.wheel(0, 1500)
    until(page, "scrollY > 1000")
    assert heads.evaluate(TOP) == 0
    for head, box in zip(
        heads.locator("span").all(),
        row_of(page, "cells.py-lstm_step").evaluate(BOXES),
    ):
        assert abs(head.bounding_box()["x"] - box[0]) <= 1


def test_columns_are_stacked_in_a_narrow_window(opened):
    page = opened(width=390)
    choose(page, task="sine", cell="lstm", part="cell")
    row = row_of(page, "cells.py-lstm_step")
    one, two, three = row.evaluate(BOXES)
    assert one[0] == two[0] == three[0]
    assert one[3] <= two[1]
    assert two[3] <= three[1]
    assert max(one[2], two[2], three[2]) <= 390
    assert not page.locator(".code-heads").is_visible()
    labels = row.locator(".code-label")
    assert [e.is_visible() for e in labels.all()] == [True] * 3
    page.locator(".code-shape:visible").last.focus()
    box = page.locator(TIP).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390


def test_the_controls_show_exactly_the_chosen_view(visit, code):
    page, before, packages = visit(code), set(), read_packages()
    for task, cell, part in (
        *((task, cell, "cell") for task in task_names() for cell in CELLS),
        *(("sine", "gru", part) for part in PARTS),
        ("names", "rnn", ""),
    ):
        chosen = {("task", task), ("cell", cell), ("part", part)}
        choose(page, **dict(chosen - before))
        before = chosen
        parts = [part] if part else PARTS
        rows = view(get_task(task), cell, parts, packages)
        assert set(page.evaluate(LINES)) == {
            f"{package}/{row.file}-L{line.number}"
            for row in rows
            for package, lines in row.lines.items()
            for line in lines
        }
        count = page.locator("#code-count").inner_text()
        assert count == f"{len(rows)} definitions"
        shown = page.locator(".code-equation:visible figcaption")
        explained = [text.partition(":")[0] for text in shown.all_inner_texts()]
        assert explained == ([cell_name(cell)] if part in ("", "cell") else [])


def test_an_empty_column_gives_its_reason(visit, code):
    page = visit(code)
    choose(page, task="sine", cell="lstm", part="")
    reasons = page.locator(".code-reason:visible")
    assert reasons.count() > 3
    assert all("has none: " in text for text in reasons.all_inner_texts())


def test_shapes_are_explained_on_hover_and_focus(opened):
    page = opened()
    choose(page, task="sine", cell="lstm", part="cell")
    tip = page.locator(TIP)
    assert not tip.is_visible()
    shape = page.locator(".code-shape:visible", has_text="(B, 4H)").first
    words = shape.get_attribute("aria-label")
    assert words == "(B, 4H): B batch; H hidden units"
    shape.hover()
    assert tip.inner_text() == words
    page.mouse.move(5, 5)
    assert not tip.is_visible()
    shape.focus()
    assert tip.inner_text() == words
    box, own = tip.bounding_box(), shape.bounding_box()
    below = box["y"] - own["y"] - own["height"]
    above = own["y"] - box["y"] - box["height"]
    assert 0 <= max(below, above) < 30
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    page.keyboard.press("Tab")
    assert tip.is_visible()
    page.keyboard.press("Shift+Tab")
    assert tip.inner_text() == words


def test_a_line_number_is_a_link_to_its_line(visit, code):
    page = visit(code)
    choose(page, task="sine", cell="lstm", part="cell")
    link = row_of(page, "cells.py-lstm_step").locator("pre > span > a").first
    name = link.get_attribute("id")
    line = page.locator("pre > span", has=page.locator(f'[id="{name}"]'))
    background = "e => getComputedStyle(e).backgroundColor"
    before = line.evaluate(background)
    link.click()
    assert page.evaluate("decodeURIComponent(location.hash)") == f"#{name}"
    assert line.evaluate(background) != before
    assert line.evaluate(TOP) > 0


def test_a_link_to_a_hidden_line_switches_to_a_view_that_shows_it(visit, code):
    packages = view(get_task("sine"), "gru", ["cell"])
    (row,) = [row for row in packages if row.name == "gru_step"]
    name = f"jax_impl/cells.py-L{row.lines['jax_impl'][-1].number}"
    page = visit(code, f"#{name}")
    assert page.locator("#code-cell").input_value() == "gru"
    line = page.locator(f'[id="{name}"]')
    assert line.is_visible()
    assert 0 < line.evaluate(TOP) < 900
    choose(page, cell="lstm", part="loss")
    assert not line.is_visible()
    page.evaluate("location.hash = ''")
    page.evaluate(f"location.hash = '{name}'")
    line.wait_for()
    assert page.locator("#code-cell").input_value() == "gru"

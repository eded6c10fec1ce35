"""Tabs, links, theme and keyboard of the report in a browser."""

import pytest
from factories.html.browser import until
from factories.html.measures import GROUND

TABS = ("Result", "Curves", "Examples", "Speed", "Proof", "Code", "Records")
WHITE, BLACK = "rgb(255, 255, 255)", "rgb(20, 23, 28)"
RELOADS = 5
IN_SIGHT = """(e) => {
  const box = e.getBoundingClientRect();
  return box.top > -1 && box.top < innerHeight && box.height > 0;
}"""
CODE = "#view-code"
STATES = """(tabs) => tabs.map((tab) => {
  const panel = tab.getAttribute("aria-controls");
  const shown = document.getElementById(panel).checkVisibility();
  return {
    name: tab.innerText.trim(), selected: tab.ariaSelected,
    place: tab.tabIndex, panel, shown,
  };
})"""
FOCUSED = """() => {
  const e = document.activeElement, own = getComputedStyle(e);
  const box = e.getBoundingClientRect();
  return {
    name: e.innerText.trim().split("\\n")[0],
    head: e.closest("thead")?.parentElement.id ?? "",
    ring: own.outlineStyle === "none" ? 0 : parseFloat(own.outlineWidth),
    visible: box.width > 0 && box.right > 0 && box.left < innerWidth
      && box.bottom > 0 && box.top < innerHeight,
  };
}"""


def assert_open(page, name):
    """One tab is chosen, alone in the tab order, and its panel is shown."""
    found = page.locator("[role=tab]").evaluate_all(STATES)
    assert [tab["name"] for tab in found] == [
        other for other in TABS if other != "Code" or page.locator(CODE).count()
    ]
    for tab in found:
        chosen = tab["name"] == name
        assert tab["selected"] == str(chosen).lower()
        assert tab["place"] == (0 if chosen else -1)
        assert tab["panel"] == f"view-{tab['name'].lower()}"
        assert tab["shown"] == chosen


def assert_kept(page, ground):
    """The page opens in this color again.

    Chromium stores a choice behind the page's back: a reload within the same
    millisecond may still read the last one.
    """
    for _ in range(RELOADS):
        page.reload()
        if page.evaluate(GROUND) == ground:
            return
    assert page.evaluate(GROUND) == ground


def test_tabs_answer_to_pointer_and_keys(visit, with_code):
    page = visit(with_code, drawn=False, whole=False)
    assert_open(page, "Result")
    page.get_by_role("tab", name="Code").click()
    assert_open(page, "Code")
    for key, name in (
        *(("ArrowLeft", "Proof"), ("ArrowRight", "Code"), ("End", "Records")),
        *(("ArrowRight", "Result"), ("ArrowLeft", "Records")),
        *(("Home", "Result"), ("ArrowRight", "Curves")),
    ):
        page.keyboard.press(key)
        assert_open(page, name)
        tab = page.get_by_role("tab", name=name)
        assert tab.evaluate("tab => tab === document.activeElement")
        assert page.url.endswith(f"#view-{name.lower()}")
    page.reload()
    assert_open(page, "Curves")


def test_a_link_to_a_section_scrolls_to_it(visit, by_hand):
    page = visit(by_hand, "#runs", whole=False)
    assert_open(page, "Records")
    assert page.locator("#runs-heading").evaluate(IN_SIGHT)
    for link in page.locator("#view-records nav a").all():
        link.click()
        name = link.get_attribute("href").removeprefix("#")
        until(page, f"({IN_SIGHT})(document.getElementById('{name}-heading'))")


def test_a_link_to_a_line_opens_the_code(visit, with_code):
    name = "jax_impl/cells.py-L40"
    page = visit(with_code, f"#{name}", drawn=False, whole=False)
    assert_open(page, "Code")
    line = page.locator(f'[id="{name}"]')
    assert line.evaluate(IN_SIGHT)
    page.get_by_role("tab", name="Result").click()
    page.evaluate("location.hash = '#runs'")
    until(page, "!document.getElementById('view-records').hidden")
    assert_open(page, "Records")
    page.evaluate(f"location.hash = '#{name}'")
    until(page, "!document.getElementById('view-code').hidden")
    assert_open(page, "Code")
    assert line.evaluate(IN_SIGHT)


@pytest.mark.parametrize("name", ["by_hand", "code"])
def test_the_theme_is_the_system_s_until_another_is_chosen(
    visit, request, name
):
    page = visit(request.getfixturevalue(name), drawn=False)
    assert page.evaluate(GROUND) == WHITE
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(GROUND) == BLACK
    page.locator("#theme").click()
    assert page.evaluate(GROUND) == WHITE
    assert_kept(page, WHITE)
    page.emulate_media(color_scheme="light")
    page.locator("#theme").press("Enter")
    assert page.evaluate(GROUND) == BLACK
    assert_kept(page, BLACK)
    page.locator("#theme").press("Space")
    assert page.evaluate(GROUND) == WHITE


def test_the_keyboard_reaches_everything_in_order(visit, by_hand):
    page = visit(by_hand, whole=False)
    visible = []
    shown = page.locator("#part1-results thead th:not(.more) button")
    headings = shown.all_inner_texts()
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        assert found["visible"], found
        assert found["ring"] >= 2, found
        visible.append((found["head"], found["name"]))
        if visible[-1] == ("part1-results", headings[-1]):
            break
    names = [name for _, name in visible]
    links = page.locator("#view-result nav a").all_inner_texts()
    assert names[:3] == ["Skip to the result", "Dark", "Result"]
    assert names[3 : 3 + len(links)] == links
    remaining = names[names.index("by framework") :]
    assert remaining[:3] == ["by framework", "by cell", "more columns"]
    assert remaining[4:] == headings
    page.locator(".skip").press("Enter")
    until(page, "scrollY > 0")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["name"] == "SVG"

"""The side-by-side code in a browser, as a page and as a tab."""

from itertools import cycle, repeat

import pytest
from factories.html.browser import show_code, until

from comparisons.reader.parts import PARTS
from comparisons.reader.source import read_packages
from comparisons.reader.view import view
from shared.exhibits.names import cell_name
from shared.specs import CELLS
from shared.tasks import get_task, task_names

BOXES = """(table) => [...table.querySelectorAll(".code-statement")].map(
  (row) => [...row.querySelectorAll(".code-cell")].map((cell) => {
    const box = cell.getBoundingClientRect();
    return [box.left, box.top, box.right, box.bottom].map(Math.round);
  })
)"""
SCROLLING = """[...document.querySelectorAll(".code-reader *")].filter((e) =>
  e.checkVisibility() && e.scrollHeight > e.clientHeight
  && ["auto", "scroll"].includes(getComputedStyle(e).overflowY)
).map((e) => e.className)"""
LINES = """[...document.querySelectorAll(".code-row .code-line")].filter(
  (line) => !line.closest("[hidden]")
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
        path = request.getfixturevalue("with_code")
        page = visit(path, link, drawn=False, **options)
        show_code(page)
        return page

    return opening


def row_of(page, name):
    return page.locator(f'[aria-labelledby="code-{name}"]')


def choose(page, part=None, **values):
    for name, value in values.items():
        page.locator(f"#code-{name}").select_option(value)
    if part is not None:
        page.locator(f'[data-chapter="{part}"]').click()


def search(page, words):
    page.locator("#code-search").fill(words)


def test_the_reader_opens_on_the_cell_with_its_equations(opened):
    page = opened()
    current = page.locator("[aria-current]")
    assert current.inner_text() == "Cell"
    step = row_of(page, "cells.py-lstm_step")
    assert step.is_visible()
    assert 0 < step.evaluate(TOP) < 900
    assert page.locator(".code-equation:visible").count() == 1
    assert page.locator('[data-part="loss"]').is_hidden()


def test_the_equations_are_next_to_the_cell_where_there_is_room(opened):
    page = opened(width=1400)
    equations = page.locator(".code-equations")
    table = row_of(page, "cells.py-lstm_step").locator(".code-table")
    box, rows = equations.bounding_box(), table.bounding_box()
    assert rows["x"] + rows["width"] < box["x"]
    assert abs(rows["y"] - box["y"]) < 10
    for cell in CELLS:
        choose(page, cell=cell)
        assert equations.evaluate("e => e.scrollWidth <= e.clientWidth")
        for line in page.locator(".code-equation:visible p").all():
            assert line.evaluate("e => e.scrollWidth <= e.clientWidth"), cell
    choose(page, cell="gru")
    last = page.locator(".code-statement:visible").last
    last.evaluate("e => e.scrollIntoView({ block: 'center' })")
    until(page, "scrollY > 100")
    assert 0 <= equations.evaluate(TOP) < rows["y"]


@pytest.mark.parametrize("width", [390, 1200])
def test_the_equations_are_above_the_cell_on_a_narrow_page(opened, width):
    page = opened(width=width)
    figure = page.locator(".code-equation:visible").bounding_box()
    rows = row_of(page, "cells.py-lstm_step").bounding_box()
    assert figure["y"] + figure["height"] <= rows["y"]
    assert figure["width"] == pytest.approx(rows["width"], abs=2)


def test_statements_are_side_by_side(opened):
    page = opened()
    for one, two, three in row_of(page, "cells.py-lstm_step").evaluate(BOXES):
        assert one[1] == two[1] == three[1]
        assert one[3] == two[3] == three[3]
        assert one[2] <= two[0]
        assert two[2] <= three[0]
    assert page.evaluate(SCROLLING) == []
    choose(page, part="layer")
    heads = row_of(page, "recurrent.py-Recurrent.call").locator(".code-heads")
    assert heads.locator("strong").all_inner_texts() == [
        "PyTorch",
        "Keras",
        "JAX",
    ]


def test_columns_can_be_chosen_and_are_kept_in_the_address(visit, code):
    page = visit(code)
    choose(page, task="echo", cell="gru", part="layer")
    page.get_by_role("checkbox", name="Keras").uncheck()
    row = row_of(page, "recurrent.py-Recurrent.call")
    cells = row.locator(".code-cell:visible")
    one, two = cells.nth(0).bounding_box(), cells.nth(1).bounding_box()
    assert one["y"] == two["y"]
    assert two["width"] > 450
    page.get_by_role("checkbox", name="JAX").uncheck()
    assert page.get_by_role("checkbox", name="PyTorch").is_disabled()
    query = "task=echo&cell=gru&part=layer&columns=pytorch"
    assert page.url.partition("?")[2] == query
    again = visit(code, f"?{query}")
    assert again.locator("#code-task").input_value() == "echo"
    assert again.locator("#code-cell").input_value() == "gru"
    assert again.locator("[aria-current]").inner_text() == "Layer over time"
    shown = again.locator(".code-cell:visible")
    assert {e.get_attribute("data-package") for e in shown.all()} == {
        "pytorch_impl"
    }


def test_an_unknown_choice_in_the_address_is_ignored(visit, code):
    page = visit(code, "?task=none&cell=gru&part=x&columns=y")
    assert page.locator("#code-cell").input_value() == "gru"
    assert page.locator("[aria-current]").inner_text() == "Cell"
    assert page.locator("[name=code-column]:checked").count() == 3


def test_one_framework_is_shown_in_a_narrow_window(opened):
    page = opened(width=390)
    row = row_of(page, "cells.py-lstm_step")

    def packages():
        cells = row.locator(".code-cell:visible").all()
        return {cell.get_attribute("data-package") for cell in cells}

    assert packages() == {"pytorch_impl"}
    page.get_by_role("radio", name="JAX").check()
    assert packages() == {"jax_impl"}
    assert "jnp.split" in row.inner_text()
    for cell in row.locator(".code-cell:visible").all():
        box = cell.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#code-part").select_option("differs")
    first = page.locator(".code-difference").first
    assert first.locator(".code-cell:visible").count() == 3
    page.locator("#code-part").select_option("loss")
    assert row_of(page, "losses.py-mean_squared_error").is_visible()
    page.locator(".code-shape:visible").last.focus()
    box = page.locator(TIP).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390


def test_the_controls_show_exactly_the_chosen_view(visit, all_code):
    page, before, packages = visit(all_code), set(), read_packages()
    for task, cell, part in (
        *zip(task_names(), cycle(CELLS), repeat("cell")),
        *(("sine", "gru", part) for part in PARTS),
        ("names", "rnn", "all"),
    ):
        chosen = {("task", task), ("cell", cell), ("part", part)}
        choose(page, **dict(chosen - before))
        before = chosen
        parts = PARTS if part == "all" else [part]
        rows = view(get_task(task), cell, parts, packages)
        assert set(page.evaluate(LINES)) == {
            f"{package}/{row.file}-L{line.number}"
            for row in rows
            for package, lines in row.lines.items()
            for line in lines
            if line.text.strip()
        }
        count = page.locator("#code-count").inner_text()
        assert count == f"{len(rows)} definitions"
        shown = page.locator(".code-equation:visible figcaption")
        explained = [text.partition(":")[0] for text in shown.all_inner_texts()]
        expected = [cell_name(cell)] if part in ("all", "cell") else []
        assert explained == expected


def test_a_search_finds_definitions_in_all_parts(visit, code):
    page = visit(code)
    search(page, "clip_grad_norm_")
    rows = page.locator(".code-row:visible h3")
    assert rows.all_inner_texts() == ["step_loop"]
    assert page.locator("#code-count").inner_text() == "1 definitions found"
    assert page.evaluate("CSS.highlights.get('code-found').size") > 0
    search(page, "no such word")
    assert page.locator(".code-row:visible").count() == 0
    search(page, "")
    assert page.locator("[aria-current]").inner_text() == "Cell"
    assert row_of(page, "cells.py-lstm_step").is_visible()


def test_imports_equal_parts_and_helpers_are_folded(visit, code):
    page = visit(code)
    step = row_of(page, "cells.py-lstm_step").locator("details")
    assert step.get_attribute("open") is not None
    for name, note in {"module": "imports", "STEPS": "the same"}.items():
        row = row_of(page, f"cells.py-{name}")
        assert row.locator("details").get_attribute("open") is None
        assert note in row.locator(".code-note").first.inner_text()
    row.locator("summary").click()
    assert row.locator(".code-line:visible").count() > 3


def test_the_code_of_a_framework_is_copied(visit, code):
    page = visit(code)
    page.evaluate(
        "navigator.clipboard.writeText = async (text) => { window.kept = text }"
    )
    row = row_of(page, "cells.py-lstm_step")
    row.get_by_role("button", name="Copy the Keras code").click()
    (found,) = [
        r
        for r in view(get_task("sine"), "lstm", ["cell"])
        if r.name == "lstm_step"
    ]
    text = "".join(f"{n.text}\n" for n in found.lines["keras_impl"])
    until(page, "window.kept !== undefined")
    assert page.evaluate("window.kept") == text


def test_the_first_page_leads_to_the_lines(visit, code):
    page = visit(code)
    choose(page, part="differs")
    rows = page.locator(".code-difference:visible")
    assert 12 <= rows.count() <= 20
    link = rows.filter(has_text="Linear layer").get_by_role("link").nth(1)
    name = link.get_attribute("href")[1:]
    link.click()
    line = page.locator(f'[id="{name}"]')
    line.wait_for()
    assert line.is_visible()
    assert page.locator("[aria-current]").inner_text() == "Model"


def test_what_only_some_have_gives_its_reason(visit, code):
    page = visit(code)
    choose(page, task="sine", cell="lstm", part="all")
    notes = page.locator(".code-row:visible .code-note").all_inner_texts()
    assert sum("only Keras: " in note for note in notes) > 3


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
    link = row_of(page, "cells.py-lstm_step").locator(".code-line > a").first
    name = link.get_attribute("id")
    assert link.get_attribute("href") == f"#{name}"
    line = page.locator(".code-line", has=page.locator(f'[id="{name}"]'))
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

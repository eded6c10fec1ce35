"""Tables of the report in a browser: sorting, grouping, all that is shown."""

import itertools
import re

import pytest
from factories import records as made

from comparisons.analysis.exports.latex import latex
from comparisons.analysis.loading import read_parts
from shared.exhibits.names import cell_name, framework_name

ROWS = """(table) => [...table.tBodies[0].rows].map((row) =>
  [...row.cells].map((cell) => {
    const own = cell.querySelector(":scope > .long") ?? cell;
    return own.firstChild.data.trim();
  }))"""
SORTED = "heads => heads.map((head) => head.ariaSort)"
RESULTS, RUNS = "#part1-results", "#part1-runs"
WORDS = ("framework", "cell", "status", "started, UTC")
ALIKE = ("hidden", "best baseline", "epochs")


def rows(page, table):
    """The first text of each cell, row by row, in the order of the page."""
    return page.locator(table).evaluate(ROWS)


def headings(page, table):
    return page.locator(f"{table} thead button").all_inner_texts()


def column(page, table, place):
    return [row[place] for row in rows(page, table)]


def number(text):
    """The number that a cell begins with; None where it has none."""
    found = re.match(r"-?[\d,]+(\.\d+)?(e-?\d+)?", text)
    return float(found[0].replace(",", "")) if found else None


@pytest.mark.parametrize("table", [RESULTS, RUNS])
def test_each_heading_sorts_its_column_up_and_down(visit, by_hand, table):
    page = visit(by_hand, drawn=False)
    names, before = headings(page, table), rows(page, table)
    assert len(names) >= 13
    for place, name in enumerate(names):
        button = page.locator(f"{table} thead button").nth(place)
        for sign, order in ((1, "ascending"), (-1, "descending")):
            button.click()
            found = column(page, table, place)
            values = [number(text) for text in found]
            if name in WORDS:
                values = [None if text == "-" else text for text in found]
            known = [value for value in values if value is not None]
            assert len(set(known)) > 1 or name in ALIKE
            assert known == sorted(known, reverse=sign < 0), (name, order)
            # What has no value is last in either order.
            assert values == known + [None] * (len(values) - len(known))
            heads = page.locator(f"{table} thead th").evaluate_all(SORTED)
            others = ["none"] * (len(names) - 1)
            assert heads[place] == order
            assert heads[:place] + heads[place + 1 :] == others
            status = page.locator("#sort-status").inner_text()
            assert status == f"Sorted by {name}, {order}"
    after = rows(page, table)
    assert before != after
    assert sorted(before) == sorted(after)


def test_a_heading_is_activated_with_the_keyboard(visit, by_hand):
    page = visit(by_hand, drawn=False)
    place = headings(page, RESULTS).index("parameters")
    button = page.locator(f"{RESULTS} thead button").nth(place)
    button.focus()
    for key, expected in (("Enter", [900, 12000]), ("Space", [12000, 900])):
        page.keyboard.press(key)
        values = [number(text) for text in column(page, RESULTS, place)]
        known = [value for value in values if value is not None]
        assert [known[0], known[-1]] == expected
        assert button.evaluate("b => b === document.activeElement")


def test_rows_are_grouped_by_framework_or_by_cell(visit, by_hand):
    page = visit(by_hand, drawn=False)
    pressed = "b => b.map((button) => button.ariaPressed)"
    buttons = page.locator('[data-for="part1-results"] [data-order]')
    frameworks = [*made.FRAMEWORKS, "keras-torch", "jax-scan"]
    cells = made.CELLS
    places = list(itertools.product(made.FRAMEWORKS, cells))
    places += [("keras-torch", "lstm"), ("jax-scan", "gru")]

    def order_of(place):
        return cells.index(place[1]), frameworks.index(place[0])

    expected = {0: places, 1: sorted(places, key=order_of)}
    for chosen in (1, 0):
        page.locator(f"{RESULTS} thead button").nth(3).click()
        assert buttons.evaluate_all(pressed) == ["false", "false"]
        buttons.nth(chosen).focus()
        page.keyboard.press("Enter")
        found = [tuple(row[:2]) for row in rows(page, RESULTS)]
        named = [
            (framework_name(framework), cell_name(cell))
            for framework, cell in expected[chosen]
        ]
        assert found == named
        states = [str(place == chosen).lower() for place in (0, 1)]
        assert buttons.evaluate_all(pressed) == states
        heads = page.locator(f"{RESULTS} thead th").evaluate_all(SORTED)
        assert set(heads) == {"none"}
        lines = page.locator(f"{RESULTS} tbody tr.first").count()
        assert lines == len({place[chosen] for place in places}) - 1


def test_runs_without_a_result_show_their_errors(visit, by_hand):
    page = visit(by_hand, drawn=False)
    assert len(rows(page, RUNS)) == 29
    assert page.get_by_role("table", name="Every run of sine").count() == 1
    assert page.get_by_role("rowheader", name="Keras (PyTorch)").count()
    for status in ("failed", "unavailable"):
        line = page.locator(f"{RUNS} tr", has_text=f"it {status}")
        assert line.get_by_text(f"it {status}").is_visible()
        errors = line.get_by_text("trace", exact=True)
        assert not errors.is_visible()
        line.locator("summary").press("Enter")
        assert errors.is_visible()


def test_the_metric_is_in_sight_on_a_phone(visit, by_hand):
    page = visit(by_hand, drawn=False, whole=False, width=390)
    heads = page.locator(f"{RESULTS} thead th:not(.more)")
    metric = heads.nth(2)
    metric.scroll_into_view_if_needed()
    box = metric.bounding_box()
    assert box["x"] + box["width"] <= 390
    assert heads.count() <= 7
    wider = page.get_by_role("button", name="more columns")
    assert page.locator(f"{RESULTS} thead th.more").first.is_hidden()
    wider.click()
    assert page.locator(f"{RESULTS} thead th.more").first.is_visible()


@pytest.mark.parametrize(
    ("button", "separator"), [("CSV", ","), ("LaTeX", "&")]
)
def test_a_table_is_saved_with_its_rows(visit, by_hand, button, separator):
    page = visit(by_hand, drawn=False)
    tools = page.locator(f".scroll:has({RESULTS}) + .tools")
    with page.expect_download() as saved:
        tools.get_by_role("button", name=button).click()
    lines = saved.value.path().read_text().splitlines()
    count = page.locator(f"{RESULTS} tbody tr").count()
    framework, cell = (
        page.locator(f"{RESULTS} tbody tr")
        .first.locator("th")
        .all_inner_texts()
    )
    (first,) = [
        n for n, line in enumerate(lines) if line.startswith(framework)
    ][:1]
    assert [word.strip() for word in lines[first].split(separator)][1] == cell
    assert len([line for line in lines if separator in line]) == count + 1


def test_the_latex_of_the_results_has_the_caption_and_columns_of_the_file(
    visit, by_hand
):
    page = visit(by_hand, drawn=False, whole=False)
    tools = page.locator(f".scroll:has({RESULTS}) + .tools")
    with page.expect_download() as saved:
        tools.get_by_role("button", name="LaTeX").click()
    text = saved.value.path().read_text()
    written = latex(read_parts([by_hand.parent])[0].summary)
    captions = [line for line in written.splitlines() if "caption" in line]
    assert captions and all(line in text for line in captions)
    assert r"\begin{tabular}{@{}llrrrrl@{}}" in text
    assert r"\textbf{" in text and "*" not in text

"""A thousand runs in a browser, and the pictures of the README."""

from factories import records as made
from factories.html.browser import until

from comparisons.analysis.loading import read_parts
from comparisons.report.page import write_page
from comparisons.site import screenshots
from shared.exhibits.names import row_name

LARGEST = 6_000_000
LARGEST_PICTURE = 250_000
README = (screenshots.ROOT / "README.md").read_text()
ENDS = """(table) => [...table.tBodies[0].rows].map((row) =>
  [...row.cells].slice(0, 3).map((cell) => cell.textContent.trim()).join(" "))
"""


def test_a_thousand_runs_are_all_shown(visit, tmp_path):
    records = made.many()
    assert len(records) == 1000
    path = tmp_path / "report.html"
    write_page(read_parts([made.stored(tmp_path / "many", records)]), path)
    assert path.stat().st_size <= LARGEST
    page = visit(path)
    table = page.locator("#part1-runs")
    expected = [
        f"{row_name(framework, cell)} {seed}"
        for framework in (*made.FRAMEWORKS, "jax-scan")
        for cell in made.CELLS
        for seed in range(100)
        if framework != "jax-scan" or cell == "lstm"
    ]
    assert table.evaluate(ENDS) == expected
    assert page.locator("#part1-results tbody tr").count() == 10
    table.get_by_role("button", name="seed").dblclick()
    until(page, "document.getElementById('sort-status').textContent.length > 0")
    found = table.evaluate(ENDS)
    assert sorted(found) == sorted(expected)
    assert found[0].endswith(" 99")
    assert found[-1].endswith(" 0")


def test_screenshots_are_small_and_as_wide_as_a_window(browser, tmp_path):
    paths = [
        screenshots.take(browser, name, tmp_path)
        for name in screenshots.PICTURES
    ]
    assert [path.name for path in paths] == ["report.png", "code.png"]
    for path in paths:
        data = path.read_bytes()
        assert data.startswith(b"\x89PNG")
        width, height = (int.from_bytes(data[n : n + 4]) for n in (16, 20))
        assert width == screenshots.WIDTH
        assert 600 < height < 2000
        assert len(data) <= LARGEST_PICTURE
        assert (screenshots.ROOT / "docs" / path.name).is_file()
        assert f"docs/{path.name}" in README

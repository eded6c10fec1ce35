"""Markup in records, tasks and folders is text in a browser."""

import pytest
from factories import records as made

SAFE = """() => ({
  hit: window.hit ?? null,
  images: document.querySelectorAll("img, b").length,
  scripts: document.querySelectorAll("script").length,
  handlers: [...document.querySelectorAll("*")].filter((e) =>
    e.getAttributeNames().some((name) => name.startsWith("on"))).length,
})"""
SECTIONS = (
    *("findings", "table", "equivalence", "trade-off", "curves", "steps"),
    *("compile", "task", "published", "manifest", "runs"),
)
FIELDS = (
    *("command", "commit", "processor", "system", "python", "framework"),
    *("cell", "init", "device", "kernels", "error", "stderr", "began"),
)
"""Names of the fields of text that are shown, appended to their values."""


@pytest.fixture
def page(visit, attacked):
    """The page full of markup, whole, each part of it opened."""
    found = visit(attacked)
    found.evaluate(
        "document.querySelectorAll('details').forEach((d) => { d.open = true })"
    )
    return found


def assert_safe(page, by_hand):
    """Nothing of the text has become an element or has run."""
    found = page.evaluate(SAFE)
    plain = by_hand.read_text().count("<script")
    assert found == {
        "hit": None,
        "images": 0,
        "scripts": plain,
        "handlers": 0,
    }


def test_text_of_a_record_is_never_executed(page, by_hand):
    assert_safe(page, by_hand)
    for button in page.locator("#report button:not(.wider, .tools *)").all():
        button.click()
    page.get_by_role("tab", name="Examples").click()
    texts = page.locator(".plot svg text").all_text_contents()
    hostile = [text for text in texts if "{{ 7 * 7 }}" in text]
    assert len(hostile) > 10
    assert all(made.HOSTILE in text for text in hostile)
    plot = page.locator('[data-plot="part1-m-0"]')
    plot.scroll_into_view_if_needed()
    area = plot.locator(".nsewdrag").bounding_box()
    page.mouse.move(area["x"] + area["width"] / 2, area["y"] + 5)
    page.mouse.move(area["x"] + area["width"] / 2, area["y"] + 8)
    tooltip = page.locator(".hoverlayer .hovertext").first
    tooltip.wait_for()
    assert made.HOSTILE in tooltip.text_content()
    assert_safe(page, by_hand)


def test_every_section_and_field_is_shown_as_it_is(page):
    for name in SECTIONS:
        text = page.locator(f"#{name}").inner_text()
        assert made.HOSTILE in text, name
    text = page.locator("body").inner_text()
    for name in FIELDS:
        assert f" {name} {made.HOSTILE}" in text, name
    for begin in (
        *("numpy", "wave.csv", "loss fell", "last value"),
        "task",
    ):
        assert f"{begin} {made.HOSTILE}" in text, begin
    for begin in ("summary", "generated"):
        assert f"{begin} {made.HOSTILE}" in text, begin
    assert "<img src=x onerror=window.hit=3>" in text
    assert made.HOSTILE in page.title()

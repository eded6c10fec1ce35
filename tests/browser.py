"""A real browser for the tests of the pages: it opens, watches, measures."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from comparisons.screenshots import BrowserError, find_browser, launch

LIMIT = 60_000
"""Milliseconds that anything may take on a busy machine."""

OWN = ("data:", "blob:")

# What stands out of the window and is in no box that scrolls or cuts.
OUTSIDE = """() => {
  const boxed = (e) => {
    for (let at = e.parentElement; at; at = at.parentElement) {
      if (getComputedStyle(at).overflowX !== "visible") return true;
    }
    return false;
  };
  const width = document.documentElement.clientWidth;
  return [...document.querySelectorAll("body *")].filter((e) => {
    const box = e.getBoundingClientRect();
    const seen = box.width > 1 && box.height > 1 && box.right > 0;
    return seen && (box.right > width + 1 || box.left < -1) && !boxed(e);
  }).map((e) => `${e.tagName}.${e.className}#${e.id}`);
}"""

# Each kind of element that has text of its own, with its colours.
COLOURS = """() => {
  const found = {};
  for (const e of document.querySelectorAll("body *")) {
    const text = [...e.childNodes].some(
      (n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
    if (!text || !e.checkVisibility() || e.closest(".spoken, .skip")) continue;
    const own = getComputedStyle(e);
    const grounds = [];
    for (let at = e; at; at = at.parentElement) {
      grounds.push(getComputedStyle(at).backgroundColor);
    }
    const ink = e.closest("svg") ? own.fill : own.color;
    const kind = [e.tagName, e.getAttribute("class"), e.parentElement.tagName];
    found[[...kind, ink, ...grounds].join(" ")] ??= [kind.join(" "), ink, grounds];
  }
  return Object.values(found);
}"""


@pytest.fixture(scope="session")
def browser():
    """One browser for all tests; none is a skip, or a failure if required."""
    from playwright.sync_api import sync_playwright

    try:
        find_browser()
    except BrowserError as error:
        end = pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip
        end(str(error))
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture
def visit(browser):
    """Opens pages that may ask for nothing and complain of nothing."""
    with visiting(browser) as visits:
        yield visits.open


class Visits:
    """Opens pages from disk, without a network, and keeps their complaints."""

    def __init__(self, browser):
        self.browser, self.contexts = browser, []
        self.requests: list[str] = []
        self.complaints: list[str] = []

    def open(self, path: Path, link="", ready=True, width=1280, **options):
        """The page in a context of its own, all its drawings drawn."""
        context = self.browser.new_context(
            offline=True,
            reduced_motion="reduce",
            viewport={"width": width, "height": 900},
            **options,
        )
        self.contexts.append(context)
        context.set_default_timeout(LIMIT)
        address = path.as_uri()
        context.on("request", lambda sent: self.note_request(sent, address))
        context.on("console", self.note_message)
        context.on("weberror", lambda e: self.complaints.append(str(e.error)))
        page = context.new_page()
        page.goto(address + link)
        if ready and page.locator(".plot").count():
            page.locator("html[data-ready]").wait_for()
        return page

    def note_request(self, request, address: str) -> None:
        """Keep a request for anything but the page itself."""
        if request.url.partition("#")[0] != address:
            if not request.url.startswith(OWN):
                self.requests.append(request.url)

    def note_message(self, message) -> None:
        """Keep an error or a warning of the console."""
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


@contextmanager
def visiting(browser) -> Iterator[Visits]:
    """Visits that end without a request and without a complaint."""
    visits = Visits(browser)
    try:
        yield visits
    finally:
        for context in visits.contexts:
            context.close()
    assert visits.requests == []
    assert visits.complaints == []


def numbers(text: str) -> tuple[float, float, float, float]:
    """Red, green and blue of 0 to 255, and the opacity, of a CSS colour."""
    found = [float(part) for part in re.findall(r"[\d.]+", text)]
    assert text.startswith("rgb"), text
    red, green, blue, opacity = (*found, 1.0)[:4]
    return red, green, blue, opacity


def over(colour, ground):
    """A colour with an opacity, laid over an opaque one."""
    share = colour[3]
    mixed = (share * c + (1 - share) * g for c, g in zip(colour[:3], ground))
    return (*mixed, 1.0)


def luminance(colour) -> float:
    """The relative luminance of a colour (WCAG 2)."""
    parts = [part / 255 for part in colour[:3]]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    ]
    return sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear))


def contrasts(page) -> dict[str, float]:
    """Kind of text on the page -> its contrast to what is behind it."""
    found: dict[str, float] = {}
    for kind, ink, grounds in page.evaluate(COLOURS):
        ground = (255.0, 255.0, 255.0, 1.0)
        for layer in reversed(grounds):
            ground = over(numbers(layer), ground)
        pair = sorted(map(luminance, (over(numbers(ink), ground), ground)))
        ratio = (pair[1] + 0.05) / (pair[0] + 0.05)
        found[kind] = min(ratio, found.get(kind, ratio))
    return found

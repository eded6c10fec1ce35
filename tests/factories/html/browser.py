"""A real browser for the tests of the pages: it opens, reads, measures."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from comparisons.site.screenshots import BrowserError, find_browser, launch
from factories.processes import wait_until

LIMIT = 60_000
"""Milliseconds that anything may take on a busy machine."""

OWN = ("data:", "blob:")

WHOLE = """async (drawn) => {
  for (const view of document.querySelectorAll("#report .view")) {
    view.hidden = false;
  }
  for (const table of document.querySelectorAll("table")) {
    table.classList.add("wide");
  }
  if (drawn) await Promise.all(places.map(draw));
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
    """Opens pages from disk, without a network, and collects their errors."""

    def __init__(self, browser):
        self.browser, self.contexts = browser, []
        self.requests: list[str] = []
        self.complaints: list[str] = []

    def open(
        self,
        path: Path,
        link="",
        drawn=True,
        width=1280,
        whole=True,
        folder: Path | None = None,
        **options,
    ):
        """The page in a context of its own.

        folder: that of a page of several files, which it may ask for;
        whole: all tabs and columns of a report are shown, all drawings drawn;
        drawn: its drawings are drawn, else it does not learn what is in sight,
        which makes it quick to open.
        """
        context = self.browser.new_context(
            offline=True,
            reduced_motion="reduce",
            viewport={"width": width, "height": 900},
            **options,
        )
        self.contexts.append(context)
        context.set_default_timeout(LIMIT)
        address, own = path.as_uri(), (folder or path).as_uri()
        context.on("request", lambda sent: self.note_request(sent, own))
        context.on("console", self.note_message)
        context.on("weberror", lambda e: self.complaints.append(str(e.error)))
        if not drawn:
            context.add_init_script("delete window.IntersectionObserver")
        page = context.new_page()
        page.goto(address + link)
        if page.locator(".plot").count():
            page.locator("html[data-ready]").wait_for()
        if whole and page.locator("#report").count():
            page.evaluate(WHOLE, drawn)
        return page

    def note_request(self, request, address: str) -> None:
        """Keep a request for anything but the page itself."""
        if not request.url.startswith((address, *OWN)):
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


def show_code(page) -> None:
    """Open the tab of the code, which is unpacked when it is first opened."""
    page.get_by_role("tab", name="Code").click()
    page.locator("#code-switches").wait_for()


def until(page, expression: str) -> None:
    """Wait for what a page says to come true.

    Playwright's own waiting evaluates text, which the page's policy forbids.
    """
    wait_until(lambda: page.evaluate(expression), LIMIT / 1000)

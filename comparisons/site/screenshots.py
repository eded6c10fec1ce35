"""`python -m comparisons.site.screenshots`: the README's pictures."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from comparisons.records.environment import ROOT
from shared.errors import UserError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

NAMES = (
    "chromium-headless-shell",  # without windows: 40 % less processor time
    *("chromium", "chromium-browser", "google-chrome"),
)
"""What a browser may be called on PATH, where CHROMIUM does not name one."""

WIDTH = 1200

PALETTE = 256
"""Colors of a picture: a page has few, and its file is a third as large."""


class BrowserError(UserError):
    """There is no browser to open a page in."""


def report() -> str:
    from comparisons.analysis.loading import read_parts
    from comparisons.report.page import page

    return page(read_parts([ROOT / "docs" / "names"]))


def code() -> str:
    """The cell of the sine task in the three frameworks."""
    from comparisons.reader.page import page

    return page(["sine"], "lstm", "cell")


PICTURES = {
    "report.png": (report, "#part1-results"),
    "code.png": (code, '[aria-labelledby="code-cells.py-lstm_step"]'),
}
"""File -> its page, and the element at whose end it ends."""


def main() -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name in PICTURES:
            take(browser, name, ROOT / "docs")
            print(f"file: docs/{name}")
        browser.close()


def take(browser: Browser, name: str, folder: Path) -> Path:
    """Write a picture: light, and as wide as a usual window."""
    page, last = PICTURES[name]
    path = folder / name
    view = browser.new_page(
        color_scheme="light", viewport={"width": WIDTH, "height": 800}
    )
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "page.html"
        file.write_text(page(), encoding="utf-8")
        view.goto(file.as_uri())
        box = view.locator(last).bounding_box()
        assert box is not None
        view.screenshot(
            path=path,
            full_page=True,
            clip={
                "x": 0,
                "y": 0,
                "width": WIDTH,
                "height": box["y"] + box["height"],
            },
        )
    view.close()
    with Image.open(path) as image:
        image.quantize(PALETTE).save(path, optimize=True)
    return path


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(
        executable_path=find_browser(),
        args=["--disable-gpu"],
        # Root has no sandbox; the pages are our own.
        chromium_sandbox=False,
    )


def find_browser() -> str:
    """The browser's program; none at all raises BrowserError."""
    names = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else NAMES
    found = [path for name in names if (path := shutil.which(name))]
    if not found:
        raise BrowserError(
            f"no browser: {', '.join(names)} not found; install one (Debian: "
            "apt-get install chromium-headless-shell) or name it in CHROMIUM"
        )
    return found[0]


if __name__ == "__main__":
    main()

"""The course's site: it builds, links, works offline and in a browser."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from factories.html.browser import until

from comparisons.site.build import SOURCE, write_pages
from comparisons.site.course.page.reader import READER

PHONE, DESK = 390, 1400
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"
THEME = "document.documentElement.dataset.theme"
CHECKED = """[...document.querySelectorAll(".sd-tab-set")].map((set) =>
  [...set.children].find((item) => item.checked)?.nextElementSibling
    .dataset.syncId)"""
FILES = {"script": "src", "img": "src", "link": "href", "source": "src"}
"""Tag -> the attribute that names a file which the page needs."""


class Page(HTMLParser):
    """The links, the ids, and the needed files of a page."""

    def __init__(self, text: str):
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.files: list[str] = []
        self.labels: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids.add(found.get("id") or "")
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        if found.get(FILES.get(tag, "")) and found.get("rel") != "canonical":
            self.files.append(found[FILES[tag]])
        if "sd-tab-label" in (found.get("class") or ""):
            group = found.get("data-sync-group"), found.get("data-sync-id")
            self.labels.append(group)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The whole site, built once, without a warning."""
    out = tmp_path_factory.mktemp("site")
    assert write_pages(SOURCE, out) == []
    return out


@cache
def parsed(path: Path) -> Page:
    return Page(path.read_text(encoding="utf-8"))


def pages(site: Path) -> list[Path]:
    """All pages but the reader of the code, which has tests of its own."""
    found = [p for p in site.rglob("*.html") if p.name != READER]
    assert len(found) >= 8
    return [p for p in found if "_static" not in p.parts]


def missing(site: Path, page: Path, link: str) -> str:
    """What is wrong with a link, "" if nothing."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return ""
    target = page
    if parts.path:
        target = (page.parent / unquote(parts.path)).resolve()
    if not target.is_relative_to(site) or not target.is_file():
        return f"{page.name}: {link}"
    if parts.fragment and target.suffix == ".html":
        name = unquote(parts.fragment)
        if name not in parsed(target).ids:
            return f"{page.name}: {link} has no such id"
    return ""


def test_every_internal_link_and_file_exists(site):
    found = [
        missing(site, page, link)
        for page in pages(site)
        for link in {*parsed(page).links, *parsed(page).files}
    ]
    assert [text for text in found if text] == []


def test_no_file_comes_from_another_machine(site):
    for page in site.rglob("*.html"):
        for name in parsed(page).files:
            assert not re.match(r"(https?:)?//", name), (page.name, name)
    for sheet in site.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert not re.findall(r"(?:url\(|@import)\s*['\"]?https?:", text)


def test_every_set_of_tabs_has_the_frameworks_in_their_order(site):
    for page in pages(site):
        labels = parsed(page).labels
        wanted = ("pytorch", "keras", "jax")
        sets = [labels[n : n + 3] for n in range(0, len(labels), 3)]
        assert all(one == [("framework", f) for f in wanted] for one in sets)
    assert len(parsed(site / "chapters" / "01_sequences.html").labels) >= 18


def test_equations_are_mathml_and_no_script_renders_them(site):
    text = (site / "chapters" / "01_sequences.html").read_text("utf-8")
    assert text.count("<math") >= 10
    assert "mathjax" not in text.lower()
    assert "katex" not in text.lower()


def test_times_figures_and_the_code_are_on_the_page(site):
    text = (site / "chapters" / "01_sequences.html").read_text("utf-8")
    assert re.search(r"Reading: about \d+ minutes\. Running all", text)
    assert "only-dark" in text
    assert "only-light" in text
    source = (SOURCE.parents[1] / "jax_impl" / "cells.py").read_text("utf-8")
    line = re.search(r"h = jnp\.tanh\(wx.*", source)[0]
    shown = re.sub(r"<[^>]+>", "", text)
    assert line in shown


def test_a_chapter_that_is_not_written_is_no_link(site):
    page = parsed(site / "index.html")
    written = {p.stem for p in (SOURCE / "chapters").glob("*.md")}
    linked = {
        Path(urlsplit(link).path).stem
        for link in page.links
        if link.startswith("chapters/")
    }
    assert linked == written


@pytest.mark.browser
def test_every_page_opens_and_none_is_wider_than_the_window(site, visit):
    # A page is laid out anew for each width and theme, not loaded again.
    first, *others = pages(site)
    page = visit(first, width=PHONE, folder=site, whole=False)
    for path in (first, *others):
        if path != first:
            page.goto(path.as_uri())
        for width in (PHONE, DESK):
            page.set_viewport_size({"width": width, "height": 900})
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme)
                until(page, f"{THEME} === '{theme}'")
                found = page.evaluate(OVERFLOW)
                assert found <= 0, (path.name, width, theme)


@pytest.mark.browser
def test_a_tab_switches_all_blocks_and_is_remembered(site, browser, visit):
    path = site / "chapters" / "01_sequences.html"
    page = visit(path, width=DESK, folder=site)
    assert set(page.evaluate(CHECKED)) == {"pytorch"}
    page.locator(".sd-tab-label[data-sync-id=keras]").first.click()
    assert set(page.evaluate(CHECKED)) == {"keras"}
    page.reload()
    assert set(page.evaluate(CHECKED)) == {"keras"}
    # Another window of the same reader, which has no session of its own yet.
    other = page.context.new_page()
    other.goto((site / "frameworks.html").as_uri())
    assert set(other.evaluate(CHECKED)) == {"keras"}


@pytest.mark.browser
def test_the_search_works_from_a_disk(site, visit):
    page = visit(site / "search.html", "?q=hidden+state", folder=site)
    results = page.locator("#search-results li a")
    results.first.wait_for()
    assert any("Sequences" in text for text in results.all_inner_texts())


@pytest.mark.browser
def test_the_line_above_code_opens_it_in_the_reader(site, visit):
    path = site / "chapters" / "01_sequences.html"
    page = visit(path, width=DESK, folder=site)
    link = page.locator(".course-path a:visible").first
    name = link.inner_text().replace(", line ", "-L")
    link.click()
    page.wait_for_url(re.compile(re.escape(READER)))
    line = page.locator(f'[id="{name}"]')
    assert line.is_visible()

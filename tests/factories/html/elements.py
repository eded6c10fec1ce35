"""A page of HTML as its elements, for tests to look into."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Element:
    """A tag with its attributes, its children and the text in it."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: Any):
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children: list[Element | str] = []

    def all(self, *tags: str) -> Iterator[Element]:
        """Every element below this one, of these tags if any are named."""
        for child in self.children:
            if isinstance(child, Element):
                if not tags or child.tag in tags:
                    yield child
                yield from child.all(*tags)

    def get(self, name: str) -> str:
        """An attribute, empty where it is not there."""
        return self.attributes.get(name, "")

    @property
    def text(self) -> str:
        """All text in the element."""
        parts = (c if isinstance(c, str) else c.text for c in self.children)
        return "".join(parts)

    def by_id(self, name: str) -> Element:
        """The element of this id."""
        (found,) = [e for e in self.all() if e.get("id") == name]
        return found


class Reader(HTMLParser):
    """Builds the elements; an end tag without its start is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.root = self.open = Element("", {}, None)

    def handle_starttag(self, tag: str, attrs: list[Any]) -> None:
        """Open an element."""
        known = {name: value or "" for name, value in attrs}
        element = Element(tag, known, self.open)
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_endtag(self, tag: str) -> None:
        """Close the element that is open."""
        assert self.open.tag == tag, (self.open.tag, tag, self.getpos())
        self.open = self.open.parent

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.open.children.append(data)


def parse(text: str) -> Element:
    """The elements of a whole page, each of them closed."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.open is reader.root
    return reader.root


def report(root: Element) -> Element:
    """The report alone, without the code in the other tab."""
    return root.by_id("report")


def unpacked(text: str) -> bytes:
    return gzip.decompress(base64.b64decode(text))


def plots(root: Element) -> dict[str, Any]:
    """The drawings that the page holds as JSON."""
    found: dict[str, Any] = json.loads(unpacked(root.by_id("plots").text))
    return found


def words(element: Element) -> str:
    """The text of an element with single spaces."""
    return " ".join(element.text.split())


def own_words(cell: Element) -> str:
    """The text of a table's cell without what is below or next to it."""
    own = [c for c in cell.children if isinstance(c, str)]
    own += [e.text for e in cell.all("span") if e.get("class") == "long"]
    return " ".join("".join(own).split())


def rows(table: Element) -> list[list[str]]:
    """The cells of a table's body as text."""
    (body,) = table.all("tbody")
    return [[own_words(c) for c in r.all("th", "td")] for r in body.all("tr")]


def headings(table: Element) -> list[str]:
    """The headings of a table's columns."""
    (head,) = table.all("thead")
    return [words(cell) for cell in head.all("th")]

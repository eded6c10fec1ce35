"""What the tests measure of a page that a browser shows."""

from __future__ import annotations

import re

from factories.html.contrast import contrast

# The color behind the whole page.
GROUND = """[document.body, document.documentElement].map(
  (e) => getComputedStyle(e).backgroundColor
).find((color) => color !== "rgba(0, 0, 0, 0)")"""

# What overflows the window and is in no box that scrolls or cuts.
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
    const visible = box.width > 1 && box.height > 1 && box.right > 0;
    return visible && (box.right > width + 1 || box.left < -1) && !boxed(e);
  }).map((e) => `${e.tagName}.${e.className}#${e.id}`);
}"""

# Each kind of element that has text of its own, with its colors.
COLORS = """() => {
  const HIDDEN = ".spoken, .skip, .keys [aria-hidden]";
  const found = {};
  for (const e of document.querySelectorAll("body *")) {
    const text = [...e.childNodes].some(
      (n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
    if (!text || !e.checkVisibility() || e.closest(HIDDEN)) continue;
    const own = getComputedStyle(e);
    const grounds = [];
    for (let at = e; at; at = at.parentElement) {
      grounds.push(getComputedStyle(at).backgroundColor);
    }
    const ink = e.closest("svg") ? own.fill : own.color;
    const kind = [e.tagName, e.getAttribute("class"), e.parentElement.tagName];
    if (/^[\\u25a0-\\u25ff\\s]+$/.test(e.textContent)) kind.unshift("SIGN");
    const name = kind.join(" ");
    found[[name, ink, ...grounds].join(" ")] ??= [name, ink, grounds];
  }
  return Object.values(found);
}"""


def numbers(text: str) -> tuple[float, float, float, float]:
    """Red, green and blue of 0 to 255, and the opacity, of a CSS color."""
    found = [float(part) for part in re.findall(r"[\d.]+", text)]
    assert text.startswith("rgb"), text
    red, green, blue, opacity = (*found, 1.0)[:4]
    return red, green, blue, opacity


def over(color, ground):
    """A color with an opacity, laid over an opaque one."""
    share = color[3]
    mixed = (share * c + (1 - share) * g for c, g in zip(color[:3], ground))
    return (*mixed, 1.0)


def faint(page) -> dict[str, float]:
    """The kinds of text that stand out too little (WCAG 2, level AA).

    A square that shows a color is no text but a graphic, which needs 3.
    """
    return {
        kind: ratio
        for kind, ratio in contrasts(page).items()
        if ratio < (3.0 if kind.startswith("SIGN") else 4.5)
    }


def contrasts(page) -> dict[str, float]:
    """Kind of text on the page -> its contrast to what is behind it."""
    found: dict[str, float] = {}
    for kind, ink, grounds in page.evaluate(COLORS):
        ground = (255.0, 255.0, 255.0, 1.0)
        for layer in reversed(grounds):
            ground = over(numbers(layer), ground)
        ratio = contrast(over(numbers(ink), ground), ground)
        found[kind] = min(ratio, found.get(kind, ratio))
    return found

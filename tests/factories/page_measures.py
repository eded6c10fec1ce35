"""What the tests measure of a page that a browser shows."""

from __future__ import annotations

import re

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


def luminance(color) -> float:
    """The relative luminance of a color (WCAG 2)."""
    parts = [part / 255 for part in color[:3]]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    ]
    return sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear))


def faint(page) -> dict[str, float]:
    """The kinds of text that stand out too little (WCAG 2, level AA)."""
    return {k: ratio for k, ratio in contrasts(page).items() if ratio < 4.5}


def contrasts(page) -> dict[str, float]:
    """Kind of text on the page -> its contrast to what is behind it."""
    found: dict[str, float] = {}
    for kind, ink, grounds in page.evaluate(COLORS):
        ground = (255.0, 255.0, 255.0, 1.0)
        for layer in reversed(grounds):
            ground = over(numbers(layer), ground)
        pair = sorted(map(luminance, (over(numbers(ink), ground), ground)))
        ratio = (pair[1] + 0.05) / (pair[0] + 0.05)
        found[kind] = min(ratio, found.get(kind, ratio))
    return found

"""MyST as text: blocks, code, and the tabs of the frameworks."""

import re
from collections.abc import Mapping

from shared.exhibits.names import framework_name

FENCES = re.compile(r"^ *(:{3,})", re.MULTILINE)
TICKS = re.compile(r"`{3,}")


def block(kind: str, body: str, argument: str = "", **options: str) -> str:
    """A directive whose fence is longer than all of those in its body."""
    lengths = [len(found[1]) for found in FENCES.finditer(body)]
    fence = ":" * (max(lengths, default=2) + 1)
    names = {name.replace("_", "-"): text for name, text in options.items()}
    head = "".join(f":{name}: {text}\n" for name, text in names.items())
    return f"{fence}{{{kind}}} {argument}\n{head}\n{body}\n{fence}"


def code(text: str, language: str = "python") -> str:
    """A block of code as it is."""
    lengths = [len(found[0]) for found in TICKS.finditer(text)]
    fence = "`" * (max(lengths, default=2) + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def tabs(parts: Mapping[str, str]) -> str:
    """Framework -> its tab; a choice in one set is that in all of a page."""
    items = [
        block("tab-item", text, framework_name(name), sync=name)
        for name, text in parts.items()
    ]
    return block("tab-set", "\n".join(items), sync_group="framework")


def dropdown(title: str, body: str) -> str:
    """What is hidden until it is opened."""
    return block("dropdown", body, title)

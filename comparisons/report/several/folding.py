"""A page of many comparisons: what they share, then each of them, folded."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from comparisons.analysis.loading import Comparison
from comparisons.report.blocks import Block

SINGLE = "Single comparisons"


def named_by_setting(parts: Sequence[Comparison]) -> list[Comparison]:
    """Those of a sweep called `lag 1, init matched`, as their folders say."""
    names = [part.folder.name for part in parts]
    if len(set(names)) < len(names) or not all("=" in name for name in names):
        return list(parts)
    return [
        replace(part, label=name.replace("=", " ").replace(",", ", "))
        for part, name in zip(parts, names, strict=True)
    ]


def folded(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The joint blocks of each tab, then the list of the comparisons, once.

    A part of that list is a comparison's label and its sections.
    """
    found = []
    for tab in dict.fromkeys(section["tab"] for section in sections):
        own = [section for section in sections if section["tab"] == tab]
        found += [{**one, "parts": []} for one in own if one["joint"]]
        single: dict[str, list[tuple[str, list[Block]]]] = {}
        for one in own:
            for label, blocks in one["parts"]:
                if blocks:
                    single.setdefault(label, []).append((one["title"], blocks))
        found.append(
            {
                "name": f"{tab.lower()}-single",
                "title": SINGLE,
                "tab": tab,
                "joint": [],
                "parts": list(single.items()),
            }
        )
    return found

"""`compare.py atlas`: every task and cell, tuned at an equal budget."""

import importlib.util
import time

from comparisons.arguments.command_line import parse
from comparisons.arguments.terminal import say
from comparisons.atlas.plan import folder_of, searches
from comparisons.commands import tune
from shared.errors import UserError

NEEDED = ("scikit_posthocs",)


def main(arguments: list[str]) -> int:
    """Search task after task, then write the page; the worst exit code."""
    options = parse("atlas", arguments)
    tune.require_optuna()
    if any(importlib.util.find_spec(name) is None for name in NEEDED):
        raise UserError(
            "atlas needs scikit-posthocs, not installed: pip install "
            "'rnn-comparisons[tune]'"
        )
    from comparisons.atlas.page import PAGE, write_atlas
    from comparisons.atlas.results import read_atlas, read_entry

    out, code = folder_of(options), 0
    planned, began = searches(options), time.monotonic()
    for search in planned:
        known = read_entry(search.out)
        if known and known.complete(search.cells, search.seeds):
            continue
        if 0 < 3600 * options.hours < time.monotonic() - began:
            say(f"\n{search.task}: not begun within {options.hours:g} hours")
            continue
        say(f"\n{search.task}")
        code = max(code, tune.main(search.words))
    entries = read_atlas(out) if out.is_dir() else []
    if not entries:
        raise UserError(f"'{out}' has no result of any task")
    answer = write_atlas(entries, out, ["compare.py", "atlas", *arguments])
    say(f"\n{answer}\n\nfile: {out / PAGE}")
    return code

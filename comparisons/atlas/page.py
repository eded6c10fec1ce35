"""The page of an atlas: when RNN, when GRU, when LSTM."""

import itertools
import shlex
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from comparisons.analysis.statistics import mean
from comparisons.analysis.tables import markdown_table
from comparisons.analysis.wording import listed, p_text
from comparisons.atlas.figures import COSTS, draw_costs, draw_ranks
from comparisons.atlas.ranks import (
    critical_difference,
    friedman_p,
    is_testable,
    ranks_of,
)
from comparisons.atlas.results import Entry, effects_of, table
from comparisons.atlas.verdicts import (
    Effects,
    Wins,
    decision,
    gated_wins,
    wins_of,
)
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_name,
    score_text,
)
from shared.files.atomic import write_whole
from shared.files.io import write_file
from shared.tasks import task_names

PAGE, DATA, RANKS = "atlas.md", "atlas.parquet", "ranks.png"


def write_atlas(entries: list[Entry], out: Path, command: list[str]) -> str:
    """Write the page, its table, and its pictures; its first sentence."""
    lines, effects = table(entries), effects_of(entries)
    ranks = ranks_of(lines)
    write_whole(out / DATA, lines.to_parquet(index=False))
    if is_testable(ranks):
        draw_ranks(ranks, out / RANKS)
    for cost in COSTS:
        draw_costs(lines, cost, out / f"{cost}.png")
    text = "\n\n".join(sections(entries, lines, effects, command))
    write_file(out / PAGE, f"# When RNN, when GRU, when LSTM\n\n{text}\n")
    return first_sentence(effects)


def sections(
    entries: list[Entry],
    lines: pd.DataFrame,
    effects: Effects,
    command: list[str],
    folder: str = "",
) -> Iterator[str]:
    """The page below its title; folder: where its pictures are, with a /."""
    yield first_sentence(effects)
    yield coverage(entries, command)
    yield from rank_parts(ranks_of(lines), folder)
    yield from win_parts(effects, list(dict.fromkeys(lines["cell"])))
    yield "## A decision for each task"
    yield decisions(entries, effects, lines)
    yield "## Score against parameters and time"
    for name, text in COSTS.items():
        yield f"![{text}]({folder}{name}.png)"
    yield "## The selected settings"
    yield settings(lines)


def first_sentence(effects: Effects) -> str:
    """On how many tasks a gated cell is better than one without gates."""
    found, count = gated_wins(effects), len(effects)
    counts = [
        "a gated cell is significantly better than the vanilla RNN on "
        f"{len(found['gated'])} of {count} tasks",
        f"every gated cell on {len(found['every'])}",
    ]
    plain = len(found["plain"])
    counts.append(f"the RNN is better than every gated cell on {plain}")
    counts.append(f"the others ({len(found['open'])}) are not settled")
    return f"At an equal budget of tuning, {listed(counts)}."


def coverage(entries: list[Entry], command: list[str]) -> str:
    """How many tasks are there, how they were made, what goes on with it."""
    trials = [n for entry in entries for n in entry.trials.values()]
    least, most = min(trials, default=0), max(trials, default=0)
    shown = f"{least}" if least == most else f"{least} to {most}"
    seeds = {len(s) for e in entries for s in samples_of(e).values()}
    by = " to ".join(map(str, sorted({min(seeds), max(seeds)})))
    text = (
        f"{len(entries)} of {len(task_names())} tasks: {shown} trials of each "
        "cell, the setting selected on validation, its test score of "
        f"{by} seeds. This command makes what is missing, and repeats nothing:"
    )
    return f"{text}\n\n```sh\n{shlex.join(command)}\n```"


def samples_of(entry: Entry) -> dict:
    return entry.summary.samples("cell", "metric")


def rank_parts(ranks: pd.DataFrame, folder: str) -> Iterator[str]:
    """The average ranks, and whether they differ."""
    yield "## Average ranks"
    if not is_testable(ranks):
        yield f"Ranks of {len(ranks)} tasks are too few to test."
        return
    average = ranks.mean().sort_values()
    shown = listed(f"{cell_name(c)} {r:.2f}" for c, r in average.items())
    p = friedman_p(ranks)
    yield (
        f"Over {len(ranks)} tasks: {shown}, 1 is best (Friedman's test of "
        f"equal ranks: {p_text(p)}). Ranks that differ by less than "
        f"{critical_difference(ranks):.2f} are not significantly different "
        "(Nemenyi's test, α = 0.05); a bar joins them."
    )
    yield f"![Average ranks]({folder}{RANKS})"


def win_parts(effects: Effects, cells: list[str]) -> Iterator[str]:
    """A row for each pair of cells."""
    yield "## Wins"
    yield (
        "Tasks on which the first cell is significantly better or worse than "
        "the second (one family of tests, Holm), within the margin of the "
        "task, or none of these; and on how many its mean is the better one:"
    )
    rows = [
        win_row(wins)
        for first, second in itertools.combinations(cells[::-1], 2)
        if (wins := wins_of(first, second, effects)).count
    ]
    heads = ["cells", "better", "worse", "tie", "not settled"]
    yield markdown_table([*heads, "better mean (95 % CI)"], rows, "lr")


def win_row(wins: Wins) -> list[str]:
    low, high = wins.interval
    counts = (wins.better, wins.worse, wins.tie, wins.open)
    return [
        f"{cell_name(wins.first)} against {cell_name(wins.second)}",
        *(str(len(tasks)) for tasks in counts),
        f"{wins.higher} of {wins.count} "
        f"({100 * low:.0f} to {100 * high:.0f} %)",
    ]


def decisions(
    entries: list[Entry], effects: Effects, lines: pd.DataFrame
) -> str:
    """A row for each task: scores by cell, and what to take."""
    cells = list(dict.fromkeys(lines["cell"]))
    rows = []
    for entry in entries:
        metric = entry.summary.task.metric
        own = samples_of(entry)
        scores = [
            score_text(metric, mean(own[cell].values())) if cell in own else "-"
            for cell in cells
        ]
        found = effects[entry.task]
        chosen = decision(found, lines[lines["task"] == entry.task])
        rows.append([entry.task, metric_name(metric), *scores, chosen])
    heads = ["task", "metric", *map(cell_name, cells), "take"]
    return markdown_table(heads, rows, "ll" + "r" * len(cells) + "l")


def settings(lines: pd.DataFrame) -> str:
    """What was selected on validation."""
    rows = [
        [
            line.task,
            cell_name(line.cell),
            framework_name(line.framework),
            f"{line.hidden_size}",
            f"{line.num_layers}",
            f"{line.learning_rate:.2g}",
            f"{line.dropout:.2f}",
            f"{line.parameters:,}",
            f"{line.seconds:.1f}",
        ]
        for line in lines.itertuples()
    ]
    heads = ["task", "cell", "framework", "hidden", "layers", "learning rate"]
    heads += ["dropout", "parameters", "seconds"]
    return markdown_table(heads, rows, "lllr")

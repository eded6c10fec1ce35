"""The files of a study: every number as CSV and JSON, and the picture."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from comparisons.analysis.effects.intervals import Estimate, wilson
from comparisons.studies.common import write_csv, writing_to
from comparisons.studies.regularization.plot import draw_gaps
from comparisons.studies.regularization.results import Study
from comparisons.studies.regularization.rows import Row
from comparisons.studies.regularization.statements import sentences
from comparisons.studies.regularization.techniques import named
from shared.files.io import write_file

ESTIMATES = ("train", "validation", "test", "gap", "norm")
"""Fields of a row that have an interval."""

TITLES = {"norm": "gradient_norm"}


def write_files(study: Study, out: Path) -> list[Path]:
    names = ("csv", "json", "png")
    paths = [out / f"regularization.{name}" for name in names]
    lines = [fields_of(row) for row in study.rows]
    with writing_to(out):
        values = [list(fields.values()) for fields in lines]
        write_csv(paths[0], [list(lines[0]), *values])
        text = json.dumps(as_json(study, lines), indent=1, ensure_ascii=False)
        write_file(paths[1], text + "\n")
        draw_gaps(study, paths[2])
    return paths


def as_json(study: Study, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "task": study.task.name,
        "dataset": study.dataset,
        "metric": study.task.metric,
        "better": study.task.better,
        "framework": study.framework,
        "sentences": sentences(study),
        "rows": rows,
        "choices": {
            cell: [
                {**one._asdict(), "validation": known(one.validation)}
                for one in choices
            ]
            for cell, choices in study.choices.items()
        },
        "not_applicable": study.refused,
        "headline": list(headline_scores(study)),
    }


def headline_scores(study: Study) -> Iterator[dict[str, Any]]:
    for (framework, cell), settings in study.shared.items():
        for setting, scores in settings.items():
            yield {
                "framework": framework,
                "cell": cell,
                "setting": named(setting),
                "test": {str(seed): s for seed, s in sorted(scores.items())},
            }


def fields_of(row: Row) -> dict[str, Any]:
    """A row, flat; None for what is not known."""
    fields: dict[str, Any] = {
        "cell": row.cell,
        "setting": row.name,
        "validation_place": row.place or None,
        "seeds": row.test.seeds,
    }
    for name in ESTIMATES:
        one: Estimate = getattr(row, name)
        title = TITLES.get(name, name)
        fields[title] = known(one.mean)
        fields[f"{title}_low"] = known(one.low)
        fields[f"{title}_high"] = known(one.high)
    low, high = wilson(row.diverged, row.runs)
    fields |= {"largest_gradient_norm": known(row.largest)}
    fields |= {"diverged": row.diverged, "runs": row.runs}
    fields |= {"diverged_low": known(low), "diverged_high": known(high)}
    for name in ("difference", "low", "high", "p"):
        value = getattr(row.effect, name, math.nan)
        title = name if name in ("difference", "p") else f"difference_{name}"
        fields[title] = known(value)
    fields["settled"] = row.effect.settled if row.effect else None
    return fields


def known(value: float) -> float | None:
    """None for what JSON has no number for."""
    return value if math.isfinite(value) else None

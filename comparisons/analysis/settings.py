"""Records by the setting that the runs of one comparison share."""

from collections.abc import Iterator

import msgspec
import pandas as pd

from comparisons.records.measurements import Baselines, Equivalence
from comparisons.records.record import RunRecord
from comparisons.records.spec import Record

SHARED = ("task", "preset", "init", "device", "precision", "threads")
"""Fields of a spec that the runs of one comparison share."""

SIZE = "hidden_size"
"""What may differ between the cells of one comparison."""


def split_by_setting(records: list[Record]) -> Iterator[list[Record]]:
    """Records of runs that differ in framework, cell and seed alone.

    Cells of one comparison may have hidden sizes of their own (equal
    parameters), but a cell of two sizes is in two comparisons.
    """
    lines = [
        (r, r.kind, r.cell, setting(r), str(r.overrides.model.get(SIZE, "")))
        for r in records
        if isinstance(r, RunRecord | Equivalence)
    ]
    columns = ["record", "kind", "cell", "setting", "size"]
    frame = pd.DataFrame(lines, columns=columns)
    runs = frame[frame["kind"] == "run"].groupby(["setting", "cell"])
    sizes = runs["size"].nunique().groupby("setting").max()
    split = frame["size"].where(frame["setting"].map(sizes) > 1, "")
    for _, group in frame.groupby(["setting", split], sort=False):
        if (group["kind"] == "run").any():
            found = list(group["record"])
            baselines = (r for r in records if isinstance(r, Baselines))
            found += [r for r in baselines if same_data(r, found[0])]
            yield found


def setting(record: Record) -> bytes:
    """What the runs of one comparison share."""
    spec, given = record.spec, record.overrides
    model = {n: v for n, v in given.model.items() if n != SIZE}
    shared = [getattr(spec, name) for name in SHARED]
    shared += [model, given.train, given.data]
    return msgspec.json.encode(shared, order="sorted")


def same_data(baseline: Record, run: Record) -> bool:
    """Whether baselines are of the data of a run."""
    data, other = baseline.spec.data, run.spec.data
    if baseline.schema == run.schema == 1:  # which holds what was given
        data, other = baseline.overrides.data, run.overrides.data
        if baseline.spec.preset != run.spec.preset:
            return False
    return baseline.task == run.task and data == other

"""Tables of the page on the proof: deviations, and planted errors."""

from pathlib import Path

import pandas as pd

from comparisons.analysis.equivalence import CHECKS
from comparisons.analysis.tables import markdown_table
from comparisons.equivalence.limits import BY_DEVICE, LIMITS
from comparisons.records.files import records_file
from comparisons.records.measurements import Verification
from comparisons.records.store import read_records
from shared.exhibits.names import framework_name


def deviations(root: Path, name: str) -> str:
    """The largest deviation of each check, by framework, and its limit."""
    measured = [
        (record.framework, record.spec.precision, one.check, one.measured)
        for record in read_records(records_file(root / name))
        if isinstance(record, Verification)
        for one in record.deviations
    ]
    frame = pd.DataFrame(measured, columns=["by", "precision", "check", "is"])
    largest = frame.groupby(["precision", "check", "by"])["is"].max().unstack()
    rows = []
    for (precision, check), values in largest.iterrows():
        limit = LIMITS[precision].get(check, 0.0)
        texts = [f"{v:.1e}" if v == v else "-" for v in (limit, *values)]
        rows.append([precision, CHECKS.get(check, check), *texts])
    heads = ["precision", "check", "limit", *map(framework_name, largest)]
    return markdown_table(heads, rows)


def read_errors(file: Path) -> pd.DataFrame:
    """The last outcome of each planted error, by its table."""
    rows = pd.read_json(file, lines=True, dtype=str).fillna("")
    # A table is split or renamed as it grows, the error stays the same.
    error = ["file", "definition", "right", "wrong", "meaning"]
    last = rows.drop_duplicates(error, keep="last")
    return last.sort_values(["table", "file", "definition"], kind="stable")


def planted(root: Path, name: str) -> str:
    """How many errors of each table are caught, and those that are not."""
    errors = read_errors(root / name)
    found = errors.assign(
        errors=1,
        caught=errors.caught_by != "",
        equivalent=(errors.caught_by == "") & (errors.equivalent != ""),
    ).assign(survive=lambda f: f.errors - f.caught - f.equivalent)
    heads = ["errors", "caught", "equivalent", "survive"]
    counts = found.groupby("table")[heads].sum()
    counts.loc["all"] = counts.sum()
    rows = [[name, *map(str, row)] for name, *row in counts.itertuples()]
    missed = [
        f"- `{row.file}`, `{row.definition}`: {row.meaning}: "
        f"{row.equivalent or 'no test sees it'}."
        for row in errors[errors.caught_by == ""].itertuples()
    ]
    table = markdown_table(["planted in", *heads], rows)
    return "\n".join([table, "", "Not caught:", "", *missed])


def caught(root: Path, name: str) -> str:
    """Every planted error, and the test that catches it."""
    shown = read_errors(root / name)[["file", "meaning", "caught_by"]]
    return markdown_table(["file", "error", "caught by"], shown.to_numpy())


def mutants(root: Path, name: str) -> str:
    """How many of the mutants of each file that were run are killed.

    The last line estimates the share of all: of those that were run as they
    were counted, of the others as in a random sample of them.
    """
    counts = pd.read_json(root / name, lines=True).set_index("file")
    sampled = counts.index == SAMPLE
    sizes = counts.run.where(~sampled, counts.mutants)
    killed = float((sizes * counts.killed / counts.run).sum())
    total = counts.sum()
    total["mutants"] = int(sizes.sum())
    counts.loc["all"] = total
    counts["share"] = (100 * counts.killed / counts.run).round(1)
    counts.loc["all", "share"] = round(100 * killed / sizes.sum(), 1)
    rows = [[name, *map(str, row)] for name, *row in counts.itertuples()]
    return markdown_table(["file", *counts], rows)


def limits(root: Path, name: str) -> str:
    """The largest relative deviation that each check admits on a device."""
    rows = [
        [
            *(device, precision),
            *(f"{found[c]:.0e}" if c in found else "-" for c in CHECKS),
        ]
        for device, limits in BY_DEVICE.items()
        if device != "auto"
        for precision, found in limits.items()
    ]
    return markdown_table(["device", "precision", *CHECKS.values()], rows)


SAMPLE = "sample of the others"
"""Line of the mutants drawn at random from those that did not run."""

PROOF = {f.__name__: f for f in (deviations, planted, caught, mutants, limits)}
"""Kind of a marker -> the function that writes its table."""

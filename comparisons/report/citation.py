"""Section of the page: its raw records, and how to cite the comparison."""

from collections.abc import Mapping, Sequence

from comparisons.analysis.loading import Comparison
from comparisons.records.files import COMPRESSED, RECORDS
from comparisons.report.blocks import Block, Links
from comparisons.report.provenance import setup
from shared.exhibits.kinds import Samples

FILES = (
    *(RECORDS, COMPRESSED),
    *("results.csv", "results.parquet", "runs.parquet"),
)


def citation_section(part: Comparison) -> list[Block]:
    """Links to the files next to the page, the command, and BibTeX."""
    here = {name: name for name in FILES if (part.folder / name).is_file()}
    known = setup(part)
    commands = "\n".join(known["comparison"] + known["this page"])
    texts = (("commands", commands), ("BibTeX", bibtex(part, known)))
    cite = Samples(
        "cite", "To repeat and to cite", "From the recorded runs.", texts
    )
    links: list[Block] = [Links(here)] if here else []
    return [*links, cite]


def bibtex(part: Comparison, known: Mapping[str, Sequence[str]]) -> str:
    """An entry for this comparison at its commit; known: its setup."""
    years = sorted({run.began[:4] for run in part.records if run.began})
    commits = ", ".join(known["commit"]) or "unknown"
    lines = [
        "title = {{Recurrent networks compared: "
        + part.summary.task.name
        + "}}",
        *(f"year = {{{year}}}" for year in years[-1:]),
        "note = {commit " + commits + "}",
        "howpublished = {" + "; ".join(known["comparison"]) + "}",
    ]
    body = ",\n".join(f"  {line}" for line in lines)
    return f"@misc{{rnn-comparisons-{part.summary.task.name},\n{body}\n}}"

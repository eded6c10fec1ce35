"""What a study of regularization found, from its records."""

from pathlib import Path

from comparisons.analysis.loading import read_latest
from comparisons.analysis.tables import markdown_table
from comparisons.records.files import records_file
from comparisons.studies.regularization.results import Study, study_of
from comparisons.studies.regularization.statements import sentences
from comparisons.studies.regularization.table import (
    CHANGES,
    SCORES,
    change_cells,
    explained,
    headline_table,
    score_cells,
)
from shared.exhibits.names import cell_name


def regularization_table(root: Path, name: str) -> str:
    """Sentences, a row for each cell and setting, and all frameworks."""
    folder = root / name
    records, *_ = read_latest(records_file(folder), None)
    study = study_of(records, folder)
    heads = [one.replace("\n", " ") for one in (*SCORES, *CHANGES[1:])]
    found = "\n".join(f"- {sentence}" for sentence in sentences(study))
    table = markdown_table(["cell", *heads], cell_rows(study), "llr")
    names, rows = headline_table(study)
    frameworks = [one.replace("\n", ": ") for one in names]
    parts = [
        found,
        table,
        explained(study).replace("* best", r"\* best"),
        markdown_table(frameworks, rows, "lllr"),
    ]
    return "\n\n".join(parts)


def cell_rows(study: Study) -> list[list[str]]:
    """Scores and changes of each setting, all with their intervals."""
    return [
        [
            cell_name(row.cell),
            *score_cells(study, row, all_intervals=True),
            *change_cells(row)[1:],
        ]
        for row in study.rows
    ]

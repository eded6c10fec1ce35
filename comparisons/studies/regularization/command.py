"""`compare.py study regularization`: what each technique changes, and costs.

Each technique is trained at three strengths with a few seeds; the strength
that is best on the validation split is trained with all seeds, as are the best
two techniques together. All have the same epochs and batches.
"""

import shlex

from comparisons.analysis.loading import read_latest
from comparisons.analysis.tables import make_console
from comparisons.arguments.terminal import complain
from comparisons.records.files import records_file
from comparisons.records.store import Store
from comparisons.runs.best_checkpoints import clear_leftovers
from comparisons.runs.engines.select import session
from comparisons.runs.plan import Plan
from comparisons.runs.progress import make_progress
from comparisons.runs.runner import Runner
from comparisons.studies.common import print_files
from comparisons.studies.regularization.files import write_files
from comparisons.studies.regularization.options import (
    COMMAND,
    check_data,
    parse_study,
)
from comparisons.studies.regularization.results import Study, study_of
from comparisons.studies.regularization.stages import (
    StudyOptions,
    final_plan,
    grid_plan,
)
from comparisons.studies.regularization.statements import sentences
from comparisons.studies.regularization.table import print_tables


def main(arguments: list[str]) -> int:
    """Train, print, write; 1 if a run did not end or nothing was proved."""
    options = parse_study(arguments)
    check_data(options)
    words = shlex.join(["compare.py", *COMMAND.split(), *arguments])
    study = run_study(options, words)
    console = make_console()
    for sentence in sentences(study):
        console.print(sentence, markup=False)
    print_tables(study, console)
    print_files(console, write_files(study, options.comparison.out))
    for text in study.faults:
        complain(text)
    return 1 if study.faults else 0


def run_study(options: StudyOptions, command: str) -> Study:
    """Both stages into one store, which the same command continues."""
    comparison = options.comparison
    store = Store(comparison.out)
    progress = make_progress(comparison.quiet)

    def train(plan: Plan) -> list[str]:
        runner = Runner(plan, store, comparison, progress)
        runner.run()
        return runner.keys()

    try:
        clear_leftovers(comparison.out)
        with session(comparison):
            keys = train(grid_plan(options, command))
            chosen = read_study(options, keys).choices
            keys += train(final_plan(options, chosen, command))
    finally:
        progress.close()
        store.close()
    return read_study(options, keys)


def read_study(options: StudyOptions, keys: list[str]) -> Study:
    """What the records of these keys say."""
    out = options.comparison.out
    records, *_ = read_latest(records_file(out), keys)
    return study_of(records, out, options.framework)

"""What the chapters of the course compute at each build."""

BY_HAND = "comparisons/site/course/computed/by_hand.py"
CLIFF = "comparisons/site/course/computed/cliff.py"
MEMORY = "comparisons/site/course/computed/memory.py"
NAMES = "comparisons/site/course/computed/names.py"
EMBEDDINGS = "comparisons/site/course/computed/embeddings.py"
CLAIMS = "comparisons/site/course/computed/row_claims.py"
DIRECTIVES = "comparisons/site/course/computed/directives.py"
TECHNIQUES = "comparisons/site/course/computed/techniques.py"
CLIPPING = "comparisons/site/course/computed/clipping.py"
SLOWER = "comparisons/site/course/computed/timings.py"
TIMINGS = "comparisons/site/speed/timings.py"
VALUES = "comparisons/site/course/values.py"
NOTEBOOKS = "comparisons/site/course/notebooks.py"
RECORDS = "comparisons/site/course/records.py"
MATRIX = "comparisons/report/static_figures.py"

ERRORS = [
    (
        BY_HAND,
        "backward",
        "d_h * (1 - states[t] ** 2)",
        "d_h",
        "the gradient of a linear unit",
    ),
    (
        BY_HAND,
        "totals",
        "one.d_a * one.before",
        "one.d_a * one.h",
        "the gradient by u with the state after the step",
    ),
    (
        CLIFF,
        "loss_and_gradient",
        "s + slope * d_w",
        "s",
        "the gradient of the last step alone",
    ),
    (
        CLIFF,
        "descent",
        "RATE * factor * np.array(gradient)",
        "RATE * np.array(gradient)",
        "a figure of clipping without it",
    ),
    (
        MEMORY,
        "part_left",
        "values[int(distance)] / values[0]",
        "values[int(distance)]",
        "a norm in place of the part that is left",
    ),
    (
        MEMORY,
        "reaches_further",
        "part_left(cell, weights, distance) > left",
        "True",
        "a page may state that any gradient reaches further",
    ),
    (
        MEMORY,
        "half_life",
        "math.log(0.5)",
        "math.log(0.25)",
        "the time after which a quarter is left",
    ),
    (
        NAMES,
        "confused",
        "100 * counts[column] / counts.sum()",
        "100 * counts[column]",
        "a count shown as a share",
    ),
    (
        EMBEDDINGS,
        "nearest",
        "np.argsort(-cosines, kind='stable')",
        "np.argsort(cosines, kind='stable')",
        "the farthest words called neighbors",
    ),
    (
        EMBEDDINGS,
        "components",
        "rows - rows.mean(axis=0)",
        "rows",
        "a map whose first direction is the mean",
    ),
    (
        CLAIMS,
        "row_better",
        "1.0 if found.task.better == 'higher' else -1.0",
        "1.0",
        "a row with the larger error called better",
    ),
    (
        CLAIMS,
        "better_than_in",
        "sign * (scores[0][cell] - scores[1][cell]) > 0",
        "True",
        "a page may state that any folder is better",
    ),
    (
        DIRECTIVES,
        "CheckedRole.shown",
        "not CHECKS[name](*words)",
        "False",
        "a page may state what is computed otherwise",
    ),
    (
        DIRECTIVES,
        "defined",
        "node.lineno - 1",
        "node.lineno",
        "code of the reference without its first line",
    ),
    (
        TECHNIQUES,
        "cost",
        "row.effect.reversed",
        "row.effect",
        "the gain of a technique shown as what leaving it out costs",
    ),
    (
        TECHNIQUES,
        "cost",
        "without.diverged == without.runs",
        "False",
        "runs that all diverge without a technique are not counted",
    ),
    (
        TECHNIQUES,
        "diverges",
        "row.diverged == {'all': row.runs, 'no': 0}[which]",
        "True",
        "a page may state that any training diverges",
    ),
    (
        TECHNIQUES,
        "unsettled",
        "not effect.settled",
        "True",
        "a page may call any effect of a technique unsettled",
    ),
    (
        TECHNIQUES,
        "Recorded.__init__",
        "one.run.framework == self.study.framework",
        "True",
        "the seeds of all frameworks drawn as those of one",
    ),
    (
        CLIPPING,
        "norms_by_seed",
        "trial.run.cell == cell and trial.setting == setting",
        "trial.run.cell == cell",
        "the lines of all techniques drawn as those of one",
    ),
    (
        CLIPPING,
        "finite",
        "len(known) < len(values) or not all(map(math.isfinite, known))",
        "not known",
        "a line that goes on after the norm is not finite",
    ),
    (
        SLOWER,
        "slower",
        "ratio > float(factor)",
        "True",
        "a page may state that any step is slower",
    ),
    (
        SLOWER,
        "by_hand",
        "all(map(all, found.values()))",
        "all(map(any, found.values()))",
        "a claim on gradients by hand that holds for one number of threads",
    ),
    (
        TIMINGS,
        "compared",
        "middle / base",
        "base / middle",
        "the inverse of what attention costs",
    ),
    (
        VALUES,
        "padding",
        "100 * padding_share(found)",
        "100 * (1 - padding_share(found))",
        "the share of words shown as that of padding",
    ),
    (
        NOTEBOOKS,
        "links",
        "f'{config.course_notebooks}/{name}.ipynb'",
        "f'notebooks/{name}.ipynb'",
        "the folder of the public notebooks ignored",
    ),
    (
        NOTEBOOKS,
        "links",
        "not OWNER.fullmatch(repository)",
        "False",
        "a link to a repository that has no owner",
    ),
    (
        RECORDS,
        "TableDirective.text",
        "'absent' in self.options",
        "True",
        "records that do not exist are no error",
    ),
    (
        MATRIX,
        "matrix_figure",
        "min(side, largest)",
        "side",
        "a picture of a matrix wider than the page",
    ),
    (
        MATRIX,
        "ticks",
        "-(-len(names) // most) or 1",
        "1",
        "names along a matrix that overlap",
    ),
]

"""Rows of the results table, their marks, and changes."""

SUMMARY = "comparisons/analysis/summary.py"
ROWS = "comparisons/analysis/rows.py"
CHANGES = "comparisons/analysis/changes.py"

ERRORS = [
    (
        "comparisons/analysis/speed/untimed.py",
        "NO_RESULT",
        "('peak_memory_mb', 'device_memory_mb')",
        "('peak_memory_mb',)",
        "memory of a GPU that other runs of the process used shown",
    ),
    (
        "comparisons/analysis/results.py",
        "columns",
        "any((row.device_memory_mb > 0 for row in summary.rows))",
        "True",
        "an empty column of memory where no run had a GPU",
    ),
    (
        ROWS,
        "mark_best",
        "test.tested and not test.differ",
        "not test.differ",
        "a row without a test marked as not different",
    ),
    (
        ROWS,
        "mark_best",
        "best_name(average, better)",
        "min(average, key=average.__getitem__)",
        "lowest mean marked best for every metric",
    ),
    (
        ROWS,
        "row_of",
        "spread(scores)",
        "spread(scores) / len(scores) ** 0.5",
        "standard error under the name of the standard deviation",
    ),
    (
        ROWS,
        "row_of",
        "quartiles(calls)[0]",
        "mean(calls)",
        "mean latency in place of the median",
    ),
    (
        ROWS,
        "row_of",
        "timed['peak_memory_mb'].max(skipna=False)",
        "timed['peak_memory_mb'].mean(skipna=False)",
        "mean of the peak memory",
    ),
    (
        ROWS,
        "row_of",
        "next((s for s in WORST if s in set(frame['status'])))",
        "next((s for s in WORST[::-1] if s in set(frame['status'])))",
        "a row with a failed run shown as ok",
    ),
    (
        ROWS,
        "row_of",
        "1e3 * batch / step if step else math.nan",
        "1e3 / step if step else math.nan",
        "batches per second as sequences per second",
    ),
    (
        SUMMARY,
        "Summary.best_baseline",
        "self.task.better",
        "'lower'",
        "baseline of the lowest score for every metric",
    ),
    (
        "comparisons/analysis/effects/marks.py",
        "_marks",
        "summary.matched",
        "False",
        "rounding chooses the best of matched frameworks",
    ),
    (
        SUMMARY,
        "summarize",
        "r.status == 'ok'",
        "True",
        "failed baselines counted",
    ),
    (
        CHANGES,
        "Change.verdict",
        "lower == (self.measure.better == 'lower')",
        "lower",
        "a lower score called better for every metric",
    ),
    (
        CHANGES,
        "Change.ratio",
        "self.new / self.old if self.old else math.nan",
        "self.old / self.new if self.old else math.nan",
        "ratio of a change inverted",
    ),
    (
        CHANGES,
        "measured",
        "math.nan if measure.untested else test.p",
        "test.p",
        "a test of numbers that are one per process",
    ),
    (
        CHANGES,
        "measured",
        "shared or side[row]",
        "side[row]",
        "means over seeds that the other side lacks",
    ),
]

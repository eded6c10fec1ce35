"""Timed and scored runs, engines, merged stores, and machines."""

UNTIMED = "comparisons/analysis/speed/untimed.py"
MACHINES = "comparisons/analysis/machines.py"
RUNS_TABLE = "comparisons/analysis/exports/runs_table.py"
STORE = "comparisons/records/store.py"
MERGE = "comparisons/records/merge.py"
ENVIRONMENT = "comparisons/records/environment.py"
CORES = "comparisons/runs/engines/cores.py"
WAITING = "comparisons/runs/engines/waiting.py"
ALONE = "comparisons/runs/engines/alone.py"
POOL = "comparisons/runs/engines/pool.py"
CONNECTION = "comparisons/runs/engines/connection.py"
ARRAY = "comparisons/runs/engines/array.py"
SCALE = "comparisons/site/speed/scale.py"

ERRORS = [
    (
        ALONE,
        "needed_by",
        "item.row == BASELINES or required",
        "item.row == BASELINES",
        "rows trained before a required device is missed",
    ),
    (
        ALONE,
        "Alone.finish",
        "checks.pop(FIRST, []) + checks.pop(item.run.framework, [])",
        "checks.pop(FIRST, [])",
        "rows trained before they are proved",
    ),
    (
        UNTIMED,
        "results_of",
        "run.timing == 'timed'",
        "run.timing",
        "times of scored runs are shown",
    ),
    (
        UNTIMED,
        "results_of",
        "machine in (None, identity(run))",
        "True",
        "times of two machines in one table",
    ),
    (
        RUNS_TABLE,
        "result_of",
        "not has_times(run)",
        "False",
        "lists of seconds of scored runs in runs.parquet",
    ),
    (
        MACHINES,
        "identity",
        "(run.machine.host, run.machine.processor, run.machine.cores)",
        "('', run.machine.processor, run.machine.cores)",
        "machines of one kind are one machine",
    ),
    (
        ENVIRONMENT,
        "host",
        "CONTAINER.fullmatch(name)",
        "False",
        "each start of a container is another machine",
    ),
    (
        STORE,
        "Store.finished",
        "timed and key in self.scored",
        "False",
        "a scored run satisfies a timed request",
    ),
    (
        MERGE,
        "rank",
        "(record.status in FINAL, timed, record.began)",
        "(record.status in FINAL, not timed, record.began)",
        "a merge prefers scored runs",
    ),
    (
        MERGE,
        "merge",
        "before[record.key] = best",
        "pass",
        "records of two stores that are equal are doubled",
    ),
    (
        CORES,
        "share",
        "len(cores) - number * each",
        "len(cores)",
        "workers share cores",
    ),
    (
        CORES,
        "spare",
        "cpu_count() > jobs * threads",
        "cpu_count() >= jobs * threads",
        "runs stay timed without a core for the runner",
    ),
    (
        WAITING,
        "by_framework",
        "(item.row[0],)",
        "item.row",
        "a process for each cell of scored runs",
    ),
    (
        POOL,
        "Slot.do",
        "TIMED if quiet else SCORED",
        "TIMED",
        "disturbed runs are timed",
    ),
    (
        CONNECTION,
        "Connection.open",
        "SHARED.get() and (not self.address) and ray.is_initialized()",
        "False",
        "a local Ray for each value of a sweep",
    ),
    (
        ARRAY,
        "new_lines",
        "stream.read().rpartition(b'\\n')",
        "(stream.read(), b'', b'')",
        "half a line of an element is read",
    ),
    (
        SCALE,
        "overhead_ms",
        "line['dispatch_ms'] + line['pipe_ms']",
        "line['dispatch_ms']",
        "overhead without the pipe",
    ),
    (
        SCALE,
        "capacity",
        "max(RUNS / rate, RUNS * serial)",
        "RUNS / rate",
        "the driver has no limit",
    ),
]

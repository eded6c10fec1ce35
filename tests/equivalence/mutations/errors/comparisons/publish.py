"""Results for other programs: trackers, and the JSON of benchmarks."""

CONTENT = "comparisons/publish/content.py"
MLFLOW = "comparisons/publish/mlflow_runs.py"
EVENTS = "comparisons/publish/tensorboard_events.py"
JSON = "comparisons/bench/pytest_json.py"
ROWS = "shared/files/hugging_face_rows.py"
HUB = "shared/files/hugging_face.py"

ERRORS = [
    (
        CONTENT,
        "steps",
        "epoch.loss",
        "epoch.validation",
        "the validation score published as the loss",
    ),
    (
        CONTENT,
        "steps",
        "time += epoch.seconds if timed else 0.0",
        "time = began + epoch.seconds",
        "every epoch said to end as if it were the first",
    ),
    (
        CONTENT,
        "parameters",
        "getattr(spec, part)",
        "getattr(run.overrides, part)",
        "hyper-parameters of the task left out",
    ),
    (
        MLFLOW,
        "log_run",
        "'FINISHED' if run.status == 'ok' else 'FAILED'",
        "'FINISHED'",
        "a failed run published as finished",
    ),
    (
        MLFLOW,
        "log_runs",
        "run.key not in known",
        "True",
        "a run published twice where the command is repeated",
    ),
    (
        MLFLOW,
        "metrics_of",
        "(name, value, step.time, step.epoch)",
        "(name, value, step.time, 0)",
        "every epoch published as the first",
    ),
    (
        EVENTS,
        "writer",
        "path.unlink()",
        "path.name",
        "scalars twice where the command is repeated",
    ),
    (
        EVENTS,
        "write_run",
        "events.add_scalar(name, value, step.epoch, step.time)",
        "events.add_scalar(name, value, 0, step.time)",
        "every epoch published as the first",
    ),
    (
        JSON,
        "stats",
        "count / total",
        "total / count",
        "seconds per step published as steps per second",
    ),
    (
        JSON,
        "benchmark",
        "[record.framework, record.cell, name]",
        "[record.cell, name]",
        "two frameworks under one name",
    ),
    (
        ROWS,
        "renamed",
        "classes[value] if given else None",
        "str(value) if given else None",
        "classes read by their numbers",
    ),
    (
        ROWS,
        "renamed",
        "classes[number]",
        "str(number)",
        "tags read by their numbers",
    ),
    (
        HUB,
        "stored",
        "TRAIN if TRAIN in splits else next(iter(splits))",
        "list(splits)[-1]",
        "the test split read for training",
    ),
]

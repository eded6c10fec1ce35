"""A comparison as an experiment of MLflow.

Each run is a run of it, nested in one that has the tables, the figures, and the
files. What is published again replaces nothing: runs are known by their key.
"""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from comparisons.publish.content import Group, Published, as_texts
from shared.errors import UserError

KEY, FOLDER = "record.key", "comparison.folder"
PARENT, NAME = "mlflow.parentRunId", "mlflow.runName"

MOST_METRICS, MOST_PARAMETERS = 1000, 100
"""Of one request (MLflow's REST API, "Log Batch")."""

LONGEST = 6000
"""Characters of a parameter's value; of a tag 8000."""


def local_store(out: Path) -> str:
    """The address of a store in a folder: a database of SQLite.

    A folder of files alone (`file:`) is refused by MLflow unless
    MLFLOW_ALLOW_FILE_STORE is true.
    """
    out.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{(out / 'mlflow.db').absolute()}"


def log_runs(groups: Iterable[Group], uri: str, artifacts: Path | None) -> str:
    """Log what the store lacks; artifacts: folder of files, of a local one."""
    from mlflow import MlflowClient
    from mlflow.exceptions import MlflowException

    logging.getLogger("mlflow").setLevel("WARNING")
    try:
        client = MlflowClient(tracking_uri=uri)
        for group in groups:
            experiment = experiment_of(client, group, artifacts)
            parent = log_group(client, experiment, group)
            known = keys_of(client, experiment, parent)
            for run in group.runs:
                if run.key not in known:
                    log_run(client, experiment, parent, run)
    except MlflowException as error:
        fault = str(error).partition("\n")[0]
        raise UserError(f"MLflow at '{uri}': {fault}") from error
    served = uri.startswith(("http:", "https:"))
    return uri if served else f"mlflow ui --backend-store-uri {uri}"


def experiment_of(client: Any, group: Group, artifacts: Path | None) -> str:
    found = client.get_experiment_by_name(group.name)
    if found is not None:
        return str(found.experiment_id)
    place = None
    if artifacts is not None:
        place = (artifacts.absolute() / group.slug).as_uri()
    return str(client.create_experiment(group.name, artifact_location=place))


def keys_of(client: Any, experiment: str, parent: str) -> set[str]:
    """The keys of the runs that are already there."""
    found, token = set(), None
    where = f"tags.`{PARENT}` = '{parent}'"
    while True:
        page = client.search_runs([experiment], where, page_token=token)
        found |= {run.data.tags.get(KEY, "") for run in page}
        token = page.token
        if not token:
            return found


def log_group(client: Any, experiment: str, group: Group) -> str:
    """The run of the comparison itself, anew or updated; its id."""
    folder = str(group.folder.absolute())
    where = f"tags.`{FOLDER}` = '{escaped(folder)}'"
    found = client.search_runs([experiment], where, max_results=1)
    if found:
        parent = found[0].info.run_id
    else:
        tags = {NAME: f"comparison {group.name}", FOLDER: folder}
        parent = client.create_run(experiment, tags=tags).info.run_id
    client.log_text(parent, group.csv, "table/results.csv")
    client.log_text(parent, group.markdown, "table/results.md")
    for path in group.files:
        client.log_artifact(parent, str(path))
    for path in group.figures:
        client.log_artifact(parent, str(path), "figures")
    client.set_terminated(parent)
    return str(parent)


def escaped(text: str) -> str:
    return text.replace("'", "\\'")


def log_run(client: Any, experiment: str, parent: str, run: Published) -> None:
    from mlflow.entities import Metric, Param

    tags = {**run.tags, NAME: run.name, PARENT: parent, KEY: run.key}
    tags = {name: value for name, value in tags.items() if value}
    began, ended = (round(1000 * time) for time in (run.began, run.ended))
    made = client.create_run(experiment, start_time=began, tags=tags)
    name, metrics = made.info.run_id, metrics_of(run)
    rows = [Metric(n, v, round(1000 * t), s) for n, v, t, s in metrics]
    for start in range(0, len(rows), MOST_METRICS):
        many = rows[start : start + MOST_METRICS]
        client.log_batch(name, metrics=many)
    pairs = as_texts(run.parameters).items()
    values = [Param(n, v[:LONGEST]) for n, v in pairs]
    for start in range(0, len(values), MOST_PARAMETERS):
        client.log_batch(name, params=values[start : start + MOST_PARAMETERS])
    for path in run.files:
        client.log_artifact(name, str(path))
    status = "FINISHED" if run.status == "ok" else "FAILED"
    client.set_terminated(name, status, ended)


def metrics_of(run: Published) -> list[tuple[str, float, float, int]]:
    """Name, value, time, and step of each scalar."""
    found = [
        (name, value, step.time, step.epoch)
        for step in run.steps
        for name, value in step.scalars.items()
    ]
    last = len(run.steps)
    return found + [(n, v, run.ended, last) for n, v in run.scores.items()]

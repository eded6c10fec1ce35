"""Trials by Ray Tune: its searcher asks our studies, its scheduler our pruner.

Ray's own `OptunaSearch` has one study and one sampler, gets an epoch only after
the scheduler has decided on it, and reports a stopped trial as complete. Here
each cell has a study, and each trial a sampler.
"""

import importlib
import uuid
from typing import Any

from comparisons.runs.engines.connection import Connection, load_ray
from comparisons.runs.engines.engine import packed
from comparisons.runs.engines.ray import LOSSES, gone
from comparisons.tuning.engines.steps import ANSWER, Decisions, TrialSteps
from comparisons.tuning.search import Search
from comparisons.tuning.trials import OpenTrial
from comparisons.worker.messages import Message, dumps, loads

VARIABLES = {
    "RAY_CHDIR_TO_TRIAL_DIR": "0",  # what is sent has paths in our folder
    "RAY_AIR_NEW_OUTPUT": "0",  # the old output has a silent mode
    "RAY_TRAIN_V2_ENABLED": "0",  # Ray Train, which needs more, is not used
    "TUNE_DISABLE_AUTO_CALLBACK_LOGGERS": "1",  # the records are in our store
    "TUNE_DISABLE_SIGINT_HANDLER": "1",  # Ctrl-C ends the command
}


class RayTune:
    """The engine of `tune --engine ray`; see `Cluster` for its arguments."""

    def __init__(self, address: str, timeout: float, threads: int, jobs: int):
        self.timeout, self.jobs = timeout, jobs
        self.cpus = max(1, threads)
        self.connection = Connection(address)

    def train(self, search: Search) -> None:
        try:
            if first := search.next():
                self.connection.open(first.item.run, VARIABLES)
                self._run(search, first)
        finally:
            self.connection.close()

    def _run(self, search: Search, first: OpenTrial) -> None:
        tune: Any = importlib.import_module("ray.tune")
        decisions, name = start_decisions()
        config = {
            "timeout": self.timeout,
            "environment": self.connection.environment,
            "sent": self.connection.sent,
            "decisions": name,
        }
        # Ray's classes are known only where it is installed.
        searcher: Any = type("Studies", (Studies, tune.search.Searcher), {})
        studies = searcher(search, first, config)
        fifo = tune.schedulers.FIFOScheduler
        scheduler: Any = type("Pruner", (Pruner, fifo), {})
        try:
            tune.run(
                type("Trial", (TrialSteps, tune.Trainable), {}),
                name="search",
                search_alg=studies,
                scheduler=scheduler(studies, decisions),
                num_samples=-1,  # until the studies are finished
                resources_per_trial={"cpu": self.cpus},
                max_concurrent_trials=self.connection.slots(
                    self.cpus, self.jobs
                ),
                max_failures=LOSSES - 1,
                reuse_actors=True,
                raise_on_failed_trial=False,
                storage_path=str(self.connection.folder / "tune"),
                trial_dirname_creator=lambda trial: trial.trial_id,
                verbose=0,
            )
        except tune.TuneError:
            if studies.error is None:
                raise
        finally:
            load_ray().kill(decisions)
        if studies.error is not None:
            raise studies.error


def start_decisions() -> tuple[Any, str]:
    """The actor of `Decisions`, on this node, and its name."""
    ray, name = load_ray(), f"decisions-{uuid.uuid4()}"
    strategies = importlib.import_module("ray.util.scheduling_strategies")
    here = strategies.NodeAffinitySchedulingStrategy(
        ray.get_runtime_context().get_node_id(), soft=False
    )
    options = {"num_cpus": 0, "name": name, "scheduling_strategy": here}
    return ray.remote(**options)(Decisions).remote(), name


class Studies:
    """The methods of a searcher of Ray Tune, of which it is a base.

    error: what ended the search, which Ray would only log.
    """

    def __init__(self, search: Search, first: OpenTrial, config: Message):
        super().__init__()
        self.search, self.waiting = search, [first]
        self.shared = config
        self.opened: dict[str, OpenTrial] = {}
        self.error: Exception | None = None

    def suggest(self, trial_id: str) -> Any:
        """The config of the next trial, None for none yet, or FINISHED."""
        if self.error is not None:
            raise self.error
        opened = self.waiting.pop() if self.waiting else self.search.next()
        if opened is None:
            finished = self.search.exhausted
            return "FINISHED" if finished else None
        self.opened[trial_id] = opened
        return {**self.shared, "item": dumps(packed(opened.item))}

    def on_trial_result(self, trial_id: str, result: Message) -> None:
        """Nothing: the pruner has reported the epoch before it decided."""

    def on_trial_complete(
        self, trial_id: str, result: Message | None = None, error: bool = False
    ) -> None:
        """Record the trial; error: its actors were lost again and again."""
        opened = self.opened.pop(trial_id, None)
        if opened is None:
            return
        fields = gone("trial")
        if result and not error:
            fields = loads(result[ANSWER])["result"]
        try:
            self.search.begin(opened)
            self.search.finish(opened, fields)
        except Exception as failure:  # noqa: BLE001 - `suggest` raises it
            self.error = failure

    def save(self, checkpoint_path: str) -> None:
        """Nothing: the state is in Optuna's storage."""


class Pruner:
    """The methods of a scheduler of Ray Tune, of which it is a base."""

    def __init__(self, studies: Studies, decisions: Any):
        super().__init__()
        self.studies, self.decisions = studies, decisions

    def on_trial_result(
        self, tune_controller: Any, trial: Any, result: Message
    ) -> str:
        """Report an epoch and decide; the trial goes on to read that."""
        search, message = self.studies.search, loads(result[ANSWER])
        opened = self.studies.opened[trial.trial_id]
        try:
            search.store.check()
            pruned = search.prunes(opened, message)
        except Exception as failure:
            self.studies.error = failure
            raise
        key = opened.item.key
        load_ray().get(self.decisions.note.remote(key, pruned))
        return "CONTINUE"

"""A trial on a node of Ray: each step of its trainable is an epoch."""

import queue
import threading
from typing import Any

from comparisons.runs.engines.connection import load_ray
from comparisons.runs.engines.host import Host
from comparisons.worker.messages import Message, dumps, loads

ANSWER = "answer"
"""Name in a step's result of what the worker said, as JSON."""


class Decisions:
    """An actor: whether each trial ends, which its next step reads.

    A trial that Ray's scheduler stops says nothing more, and so would have no
    record.
    """

    def __init__(self) -> None:
        self.pruned: dict[str, bool] = {}

    def note(self, key: str, pruned: bool) -> None:
        self.pruned[key] = pruned

    def read(self, key: str) -> bool:
        return self.pruned[key]


class TrialSteps:
    """The methods of a trainable of Ray Tune, of which it is a base.

    config: the item, as JSON; what `Host` needs; the name of `Decisions`.
    """

    def setup(self, config: Message) -> None:
        sent, environment = config["sent"], config["environment"]
        self.host = Host(config["timeout"], environment, sent)
        self.reset_config(config)

    def reset_config(self, new_config: Message) -> bool:
        """Do another trial, in the same worker."""
        self.item = loads(new_config["item"])
        self.decisions = load_ray().get_actor(new_config["decisions"])
        self.answers: queue.Queue[Message | OSError] = queue.Queue()
        self.at_work = False
        return True

    def step(self) -> Message:
        """Train an epoch; the last step has the fields of the record."""
        if self.at_work:
            key = self.item["key"]
            pruned = load_ray().get(self.decisions.read.remote(key))
            self.host.slot.reply({"prune": pruned})
        else:
            self.at_work = True
            threading.Thread(target=self._work, daemon=True).start()
        answer = self.answers.get()
        if isinstance(answer, OSError):  # no process, no file
            raise answer
        return {ANSWER: dumps(answer), "done": answer["event"] == "result"}

    def cleanup(self) -> None:
        self.host.end()

    def _work(self) -> None:
        def on_event(message: Message) -> None:
            if message["event"] == "epoch":
                self.answers.put(message)

        try:
            fields: Any = self.host.train(self.item, on_event)
        except OSError as error:
            self.answers.put(error)
            return
        self.answers.put({"event": "result", "result": fields})

"""Ray and Ray Tune in one process: what the suite calls of them."""

from __future__ import annotations

import sys
from types import SimpleNamespace


class Handle:
    """An actor; what its methods return is known at once."""

    def __init__(self, actor):
        self.actor = actor

    def __getattr__(self, name):
        return SimpleNamespace(remote=getattr(self.actor, name))


class Ray:
    """calls: the names of what was called; actors: by name."""

    def __init__(self):
        self.calls, self.actors, self.begun = [], {}, False

    def init(self, **options):
        self.calls.append("init")
        self.begun = True

    def shutdown(self):
        self.calls.append("shutdown")
        self.begun = False

    def is_initialized(self):
        return self.begun

    def cluster_resources(self):
        return {"CPU": 2.0}

    def get_runtime_context(self):
        return SimpleNamespace(get_node_id=lambda: "node")

    def remote(self, name, **options):
        def make(kind):
            self.actors[name] = Handle(kind())
            return self.actors[name]

        return lambda kind: SimpleNamespace(remote=lambda: make(kind))

    def get_actor(self, name):
        return self.actors[name]

    def get(self, value):
        return value

    def kill(self, actor):
        self.calls.append("kill")


class Controller:
    """Ray Tune's loop. lost: numbers of trials whose actors are lost."""

    TuneError = RuntimeError
    Trainable = type("Trainable", (), {})
    search = SimpleNamespace(Searcher=type("Searcher", (), {}))
    schedulers = SimpleNamespace(FIFOScheduler=type("FIFOScheduler", (), {}))

    def __init__(self):
        self.lost, self.at_once = set(), []

    def run(self, trainable, search_alg, scheduler, **options):
        live, count = {}, 0
        while True:
            while len(live) < options["max_concurrent_trials"]:
                name = f"trial-{count}"
                config = search_alg.suggest(name)
                if config in (None, "FINISHED"):
                    break
                live[name] = trainable()
                live[name].setup(config)
                if count in self.lost:
                    search_alg.on_trial_complete(name, error=True)
                    live.pop(name).cleanup()
                count += 1
            self.at_once.append(len(live))
            if not live:
                return
            for name, steps in [*live.items()]:
                result = steps.step()
                if result["done"]:
                    search_alg.on_trial_complete(name, result)
                    live.pop(name).cleanup()
                    continue
                trial = SimpleNamespace(trial_id=name)
                scheduler.on_trial_result(None, trial, result)
                search_alg.on_trial_result(name, result)


def install(monkeypatch, modules):
    """Put both in the place of the real ones; modules: those that load Ray."""
    ray, controller = Ray(), Controller()
    for module in modules:
        monkeypatch.setattr(module, "load_ray", lambda: ray)
    names = {"NodeAffinitySchedulingStrategy": lambda node, soft: node}
    strategies = SimpleNamespace(**names)
    monkeypatch.setitem(sys.modules, "ray.tune", controller)
    place = "ray.util.scheduling_strategies"
    monkeypatch.setitem(sys.modules, place, strategies)
    return ray, controller

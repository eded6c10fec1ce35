"""Runs of a study of regularization, small enough to work out by hand."""

from comparisons.records.record import record_of
from comparisons.studies.regularization.techniques import applied, bare
from factories.specs import run_spec

STEPS = 10


def trained(setting=(), seed=0, task="echo", cell="gru", **given):
    """A finished run: train 0.9, validation and test 0.7 unless given.

    losses: of the fixed batches; norms: one for each of these moments.
    """
    framework = given.pop("framework", "jax")
    run = bare(run_spec(task, framework, cell, seed, **given.pop("fields", {})))
    run = applied(run, setting)
    metric = given.pop("metric", "accuracy")
    scores = {metric: given.pop("test", 0.7)}
    losses = given.pop("losses", [2.0, 1.0])
    norms = given.pop("norms", [0.5] * len(losses))
    epochs = [
        {"epoch": e, "loss": 1.0, "seconds": 0.1, "validation": None}
        for e in range(given.pop("epochs", run.train.epochs))
    ]
    if epochs:
        epochs[-1]["validation"] = given.pop("validation", 0.7)
    fit = {
        "scores": {metric: given.pop("train", 0.9)},
        "examples": 100,
        "losses": losses,
        "gradient_norms": [[norm, norm] for norm in norms],
    }
    fields = {
        "status": "ok",
        "metric": metric,
        "dataset": task,
        "steps_per_epoch": STEPS,
        "batches": f"batches of seed {seed}",
        "scores": scores,
        "epochs": epochs,
        "fit": fit,
        **given,
    }
    if fields["status"] != "ok":
        for name in ("scores", "batches"):
            del fields[name]
    key = f"{setting} {framework} {cell} {seed}"
    return record_of("run", key, run, "compare.py", versions={}, **fields)


def dropout(strength):
    return (("dropout", strength),)


def clip(strength):
    return (("clip-norm", strength),)

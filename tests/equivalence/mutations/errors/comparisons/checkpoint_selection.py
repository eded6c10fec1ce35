"""From the record of a run to its checkpoint and to `best/`."""

CHECKPOINTING = "comparisons/worker/checkpointing.py"
SCORING = "comparisons/worker/scoring.py"
JOBS = "comparisons/worker/jobs.py"
RECORD = "comparisons/records/record.py"
BEST = "comparisons/runs/best_checkpoints.py"
PLAN = "comparisons/runs/plan.py"

ERRORS = [
    (
        CHECKPOINTING,
        "trained_model",
        "epochs[-1 if best is None else best]",
        "epochs[-1]",
        "checkpoint says the validation score of the last epoch",
    ),
    (
        CHECKPOINTING,
        "trained_model",
        "task.validation_metric",
        "task.metric",
        "checkpoint names the metric in place of the monitored score",
    ),
    (
        CHECKPOINTING,
        "keep",
        "replace(trained.model, init='matched')",
        "trained.model",
        "a checkpoint of native layers says that it is one",
    ),
    (
        SCORING,
        "decoded",
        "DecodedOutputs(scores[..., 0], scores[..., 1], tokens)",
        "DecodedOutputs(scores[..., 1], scores[..., 0], tokens)",
        "token losses and hits exchanged",
    ),
    (
        SCORING,
        "score_checkpoint",
        "dataset.test",
        "dataset.validation",
        "a checkpoint scored on the validation split",
    ),
    (
        JOBS,
        "Job.first_model",
        "initial_weights(spec, self.run.seed)",
        "initial_weights(spec, 0)",
        "first weights of seed 0",
    ),
    (
        RECORD,
        "Training.validation",
        "self.epochs[-1 if best is None else best].validation",
        "self.epochs[-1].validation",
        "validation score of the last epoch ranks the runs",
    ),
    (
        RECORD,
        "Training.validation",
        "-1 if best is None else best",
        "best or -1",
        "a best first epoch taken as none",
    ),
    (
        BEST,
        "save_row",
        "{'lower': 1.0, 'higher': -1.0}[better]",
        "1.0",
        "the worst run of a metric where higher is better kept",
    ),
    (
        BEST,
        "save_row",
        "sign * run.validation",
        "sign * run.scores[run.metric]",
        "best checkpoint chosen by its test score",
    ),
    (
        BEST,
        "save_row",
        "get_task(runs[0].task).validation_better",
        "get_task(runs[0].task).better",
        "runs ranked in the direction of the metric, not the monitored score",
    ),
    (
        BEST,
        "save_best",
        "latest(records)",
        "records",
        "a run that was repeated counts twice",
    ),
    (
        PLAN,
        "refuse_selection",
        "options.seeds > 1 and options.checkpoints",
        "False",
        "best checkpoint chosen by the test score where validation is test",
    ),
    (
        PLAN,
        "make_plan",
        "range(options.seeds)",
        "range(1, options.seeds + 1)",
        "seeds from 1",
    ),
    (
        PLAN,
        "nearest_size",
        "abs(count(s) - goal)",
        "s",
        "hidden size below the number of parameters, not nearest to it",
    ),
]

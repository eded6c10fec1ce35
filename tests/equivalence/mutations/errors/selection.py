"""From early stopping to the record, the checkpoint, `best/`, and the table."""

RECORDER = "comparisons/worker/recorder.py"
TRAIN = "comparisons/worker/train.py"
KEEPING = "comparisons/worker/checkpointing.py"
SCORING = "comparisons/worker/scoring.py"
JOBS = "comparisons/worker/jobs.py"
RECORD = "comparisons/records/record.py"
BEST = "comparisons/runs/best_checkpoints.py"
PLAN = "comparisons/runs/plan.py"

ERRORS = [
    (
        RECORDER,
        "Recorder._is_stale",
        "cost < self.best[0]",
        "cost <= self.best[0]",
        "the last of equally good epochs kept, not the first",
    ),
    (
        RECORDER,
        "Recorder._is_stale",
        "value if self.task.validation_better == 'lower' else -value",
        "value",
        "lower taken as better for every metric",
    ),
    (
        RECORDER,
        "Recorder._is_stale",
        "self.task.validation_better",
        "self.task.better",
        "direction of the metric in place of the monitored score",
    ),
    (
        RECORDER,
        "Recorder._is_stale",
        "epoch - self.best[1] >= self.train.patience",
        "epoch - self.best[1] > self.train.patience",
        "patience of one epoch more",
    ),
    (
        RECORDER,
        "Recorder._validate",
        "self.dataset.validation",
        "self.dataset.test",
        "epoch chosen on the test split",
    ),
    (
        RECORDER,
        "Recorder._validate",
        "scores[self.task.validation_metric]",
        "scores[self.task.metric]",
        "epoch chosen by the metric in place of the monitored score",
    ),
    (
        RECORDER,
        "Recorder._is_stale",
        "self.best = (cost, epoch, weights)",
        "self.best = (cost, epoch + 1, weights)",
        "epochs of early stopping counted from 1",
    ),
    (
        RECORDER,
        "Recorder.on_epoch_end",
        "not math.isfinite(loss)",
        "math.isnan(loss)",
        "training goes on with an infinite loss",
    ),
    (
        RECORDER,
        "Recorder.restore_best",
        "self.implementation.load_weights(self.model, self.best[2])",
        "None",
        "last weights scored in place of the best epoch's",
    ),
    (
        TRAIN,
        "_score",
        "recorder.outputs(recorder.dataset.test)",
        "recorder.outputs(recorder.dataset.validation)",
        "outputs on validation scored as those on test",
    ),
    (
        TRAIN,
        "_score",
        "recorder.task.score(outputs, 'test', recorder.dataset)",
        "recorder.task.score("
        "recorder.outputs(recorder.dataset.validation), 'validation', "
        "recorder.dataset)",
        "scores of the validation split reported",
    ),
    (
        TRAIN,
        "_score",
        "not all(map(math.isfinite, scores.values()))",
        "not any(map(math.isfinite, scores.values()))",
        "a score that is not finite reported",
    ),
    (
        TRAIN,
        "_ending",
        "recorder.best[1]",
        "len(recorder.epochs) - 1",
        "last epoch recorded as the best",
    ),
    (
        TRAIN,
        "prepare",
        "initial_weights(run.model, run.seed)",
        "initial_weights(run.model, 0)",
        "the same first weights for all seeds",
    ),
    (
        TRAIN,
        "prepare",
        "implementation.configure("
        "run.device, run.threads, run.precision, run.seed)",
        "implementation.configure(run.device, run.threads, run.precision, 0)",
        "dropout of seed 0 in each run",
    ),
    (
        TRAIN,
        "self_checks",
        "losses[-1] < losses[0]",
        "losses[-1] <= losses[0]",
        "a loss that stays the same taken as decreased",
    ),
    (
        TRAIN,
        "self_checks",
        "abs(wall - parts) <= 0.01 * wall",
        "wall - parts <= 0.01 * wall",
        "parts that exceed the wall time pass the self-check",
    ),
    (
        KEEPING,
        "trained_model",
        "epochs[-1 if best is None else best]",
        "epochs[-1]",
        "checkpoint says the validation score of the last epoch",
    ),
    (
        KEEPING,
        "trained_model",
        "task.validation_metric",
        "task.metric",
        "checkpoint names the metric in place of the monitored score",
    ),
    (
        KEEPING,
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
        "scored(job.implementation, model, test)",
        "scored(job.implementation, model, dataset.validation)",
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
        "Run.validation",
        "self.epochs[-1 if best is None else best].validation",
        "self.epochs[-1].validation",
        "validation score of the last epoch ranks the runs",
    ),
    (
        RECORD,
        "Run.validation",
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

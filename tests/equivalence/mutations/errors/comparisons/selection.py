"""Early stopping: which epoch is kept, scored, and recorded."""

RECORDER = "comparisons/worker/recorder.py"
TRAIN = "comparisons/worker/train.py"

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
        "Recorder.validate",
        "self.dataset.validation",
        "self.dataset.test",
        "epoch chosen on the test split",
    ),
    (
        RECORDER,
        "Recorder.validate",
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
        "ending",
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
]

"""From the space of a search to the setting that it selects."""

TRIAL = "comparisons/worker/trial.py"
FITTING = "comparisons/api/estimators.py"
SEQUENCES = "comparisons/api/sequences.py"
SEARCH = "comparisons/tuning/search.py"
TRIALS = "comparisons/tuning/trials.py"
JOBS = "comparisons/tuning/engines/pool.py"
STEPS = "comparisons/tuning/engines/steps.py"
RAY_TUNE = "comparisons/tuning/engines/ray_tune.py"
SETTINGS = "comparisons/tuning/settings.py"
SAMPLERS = "comparisons/tuning/samplers.py"
STORAGE = "comparisons/tuning/storage.py"
PLAN = "comparisons/tuning/plan.py"
PARALLEL = "comparisons/tuning/figures/parallel.py"
HISTORY = "comparisons/tuning/figures/history.py"
SWEEP = "comparisons/commands/sweep.py"
JOINT = "comparisons/report/several/joint.py"

ERRORS = [
    (
        TRIAL,
        "trial_job",
        "without_test(recorder.dataset)",
        "recorder.dataset",
        "a trial that can read the test split",
    ),
    (
        TRIAL,
        "trial_job",
        "ended or pruned",
        "ended",
        "a pruned trial is trained to its end",
    ),
    (
        TRIALS,
        "OpenTrial.close",
        "study.tell(trial, value)",
        "study.tell(trial, -value)",
        "the worst validation score is selected",
    ),
    (
        SEARCH,
        "Search.prunes",
        "not last and bool(opened.trial.should_prune())",
        "False",
        "no trial is pruned",
    ),
    (
        SEARCH,
        "Search._recorded",
        "pruned or record.status != 'pruned'",
        "pruned",
        "complete trials on record are trained again",
    ),
    (
        SEARCH,
        "Search.__init__",
        "numbers(one)",
        "set()",
        "a repeated command draws all trials again",
    ),
    (
        SEARCH,
        "Search.next",
        "opened.item.key in self.at_work",
        "False",
        "a setting that is at work is trained again",
    ),
    (
        TRIALS,
        "steady_seconds",
        "record.timing != TIMED",
        "False",
        "seconds of trials that shared the machine are shown",
    ),
    (
        JOBS,
        "Pool.train",
        "{'prune': prune}",
        "{'prune': False}",
        "no trial of several at once is pruned",
    ),
    (
        STEPS,
        "TrialSteps.step",
        "{'prune': pruned}",
        "{'prune': False}",
        "no trial on Ray is pruned",
    ),
    (
        RAY_TUNE,
        "Studies.on_trial_complete",
        "result and (not error)",
        "True",
        "a lost trial ends the search",
    ),
    (
        RAY_TUNE,
        "Studies.suggest",
        "self.error is not None",
        "False",
        "a search goes on without what it cannot run",
    ),
    (
        STORAGE,
        "numbers",
        "trial.user_attrs.get(NUMBER, place)",
        "place",
        "trials at once that were ended are repeated or left out",
    ),
    (
        SAMPLERS,
        "sampler_of",
        "STRIDE * seed + number",
        "STRIDE * seed",
        "every trial of a random search has the same setting",
    ),
    (
        SAMPLERS,
        "distribution",
        "log=one.log",
        "log=False",
        "a logarithmic range is sampled on a linear scale",
    ),
    (
        SETTINGS,
        "grid",
        "one.values[1] + 1",
        "one.values[1]",
        "a grid lacks the upper end of whole numbers",
    ),
    (
        STORAGE,
        "open_studies",
        "DIRECTIONS[plan.better]",
        "DIRECTIONS['lower']",
        "the least accuracy is selected",
    ),
    (
        STORAGE,
        "repeat_interrupted",
        "study.enqueue_trial(trial.params, number)",
        "None",
        "the setting of an interrupted trial is not the next one",
        0,
        "the sampler of that trial draws the same setting again",
    ),
    (
        PLAN,
        "TunePlan.run",
        "replace(base, cell=cell, seed=seed, model=model)",
        "replace(base, cell=cell, model=model)",
        "every run has the seed of the first",
    ),
    (
        PARALLEL,
        "score_height",
        "1 - share",
        "share",
        "lower errors are drawn below higher ones",
    ),
    (
        HISTORY,
        "best_so_far",
        "result.plan.better",
        "'higher'",
        "the worst error so far is drawn as the best",
    ),
    (
        FITTING,
        "RecurrentRegressor.predict",
        "self._outputs(X) * self.scale_",
        "self._outputs(X)",
        "predictions in standard deviations of y",
    ),
    (
        SEQUENCES,
        "Reader.read",
        "self.characters.get(c, UNKNOWN)",
        "self.characters.get(c, 0)",
        "an unknown character is read as padding",
    ),
    (
        SWEEP,
        "sweep",
        "on_validation or compare",
        "compare",
        "test scores of settings to choose from are shown",
    ),
    (
        JOINT,
        "joint_table",
        "scores_of(part, split)",
        "scores_of(part, 'test')",
        "the table of settings to choose from has test scores",
    ),
]

"""Trainings that are checked, and the verdict of all checks."""

TRAININGS = "comparisons/equivalence/trainings.py"
CHECKS = "comparisons/equivalence/checks.py"
RECORD = "comparisons/records/measurements.py"
TABLE = "comparisons/analysis/equivalence.py"
VERIFY = "comparisons/commands/verify.py"
SCORE = "comparisons/commands/score.py"
JOB = "comparisons/worker/check.py"

ERRORS = [
    (
        TRAININGS,
        "SEEDED",
        "replace(SGD, epochs=EPOCHS, seed=1)",
        "replace(SGD, epochs=EPOCHS)",
        "trainings checked with seed 0 only",
    ),
    (
        TRAININGS,
        "CONSTANTS",
        "beta1=0.8",
        "beta1=0.9",
        "beta 1 of Adam checked at its default",
    ),
    (
        TRAININGS,
        "CONSTANTS",
        "clip_norm=1.0",
        "clip_norm=1000.0",
        "clipping checked with a norm that clips nothing",
    ),
    (
        TRAININGS,
        "own_training",
        "patience=0",
        "patience=0, seed=0",
        "a run's training checked with another seed",
    ),
    (
        TRAININGS,
        "training_deviation",
        "case.split(BATCHES)",
        "case.split(1)",
        "trainings of a single batch, whose order says nothing",
    ),
    (
        CHECKS,
        "full_checks",
        "not identical(exported, weights)",
        "False",
        "exported weights not compared",
    ),
    (
        CHECKS,
        "full_checks",
        "abs(count - count_parameters(spec))",
        "max(0, count_parameters(spec) - count)",
        "more parameters than the reference's pass",
    ),
    (
        CHECKS,
        "short_checks",
        "('forward', 'gradient', 'trajectory')",
        "('forward', 'trajectory')",
        "gradients of a run's model not checked",
    ),
    (
        RECORD,
        "Deviation.holds",
        "self.measured <= self.limit",
        "True",
        "every recorded deviation holds",
    ),
    (
        TABLE,
        "failures",
        "not one.holds",
        "False",
        "deviations over their limit not reported",
    ),
    (
        TABLE,
        "failures",
        "record.status not in ('ok', 'unavailable')",
        "False",
        "a check that failed not reported",
    ),
    (
        TABLE,
        "print_checks",
        "max(one.measured, largest.get(key, 0.0))",
        "one.measured",
        "deviation of the last case in place of the largest",
    ),
    (
        TABLE,
        "generation_summary",
        "record.spec.precision == 'float64'",
        "True",
        "tokens of float32 counted as of float64",
    ),
    (
        VERIFY,
        "main",
        "1 if over else 0",
        "0",
        "verification over its limits ends well",
    ),
    (
        VERIFY,
        "run_of",
        "precision=precision",
        "precision='float32'",
        "float64 checked in float32",
    ),
    (
        VERIFY,
        "check_cell",
        "worker.ask('full', run, timeout, impl=impl)",
        "worker.ask('full', run, timeout, impl='native')",
        "layers from scratch not verified",
    ),
    (
        SCORE,
        "main",
        "not r['deviation'] <= LIMIT",
        "r['deviation'] > 100 * LIMIT",
        "frameworks that differ from the reference pass",
    ),
    (
        JOB,
        "short_job",
        "own_training(run.train)",
        "own_training(type(run.train)())",
        "the default training checked in place of the run's",
    ),
    (
        JOB,
        "full_job",
        "case.impl == job.request['impl']",
        "True",
        "native layers counted as layers from scratch",
    ),
]

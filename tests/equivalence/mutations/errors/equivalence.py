"""Checks against the reference: what is measured, limits, and verdicts."""

LIMITS = "comparisons/equivalence/limits.py"
DEVIATION = "comparisons/equivalence/deviation.py"
MEASURE = "comparisons/equivalence/measure.py"
TRAININGS = "comparisons/equivalence/trainings.py"
CHECKS = "comparisons/equivalence/checks.py"
DECODING = "comparisons/equivalence/autoregressive.py"
RECORD = "comparisons/records/measurements.py"
TABLE = "comparisons/analysis/equivalence.py"
VERIFY = "comparisons/commands/verify.py"
SCORE = "comparisons/commands/score.py"
JOB = "comparisons/worker/check.py"

ERRORS = [
    (LIMITS, "LIMITS", "1e-13", "1e-3", "limit of float64 outputs too wide"),
    (LIMITS, "LIMITS", "1e-9", "1e-2", "limit of gradients too wide"),
    (
        LIMITS,
        "LIMITS",
        "1e-13",
        "1e-2",
        "limit of float64 trajectories too wide",
        1,
    ),
    (LIMITS, "LIMITS", "1e-6", "1.0", "limit of trainings too wide"),
    (LIMITS, "LIMITS", "1e-5", "1.0", "limit of float32 outputs too wide"),
    (
        LIMITS,
        "DTYPES",
        "{'float64': 'float64', 'float32': 'float32', 'tf32': 'float32'}",
        "{'float64': 'float32', 'float32': 'float32', 'tf32': 'float32'}",
        "weights of float64 checks rounded to float32",
    ),
    (
        DEVIATION,
        "deviation",
        "np.max(np.abs(np.asarray(found, np.float64) - expected))",
        "np.mean(np.abs(np.asarray(found, np.float64) - expected))",
        "mean deviation in place of the largest",
    ),
    (
        DEVIATION,
        "deviation",
        "measured if np.isfinite(measured) else WORST",
        "measured if np.isfinite(measured) else 0.0",
        "outputs that are not finite pass",
    ),
    (
        DEVIATION,
        "largest_deviation",
        "max(deviation(found[name], expected[name]) for name in expected)",
        "min(deviation(found[name], expected[name]) for name in expected)",
        "the tensor of the smallest deviation counts",
    ),
    (
        DEVIATION,
        "largest_deviation",
        "found.keys() != expected.keys()",
        "not found.keys() >= expected.keys()",
        "further weights of a framework pass",
    ),
    (
        DEVIATION,
        "up_to_ends",
        "np.arange(outputs.shape[1]) < lengths[:, None]",
        "np.arange(outputs.shape[1]) < lengths.min()",
        "steps up to the shortest sequence compared",
    ),
    (
        DEVIATION,
        "identical",
        "found[name].dtype == w.dtype and np.array_equal(found[name], w)",
        "np.allclose(found[name], w)",
        "weights that are nearly the same taken as identical",
    ),
    (
        MEASURE,
        "Deviation.holds",
        "self.measured <= self.limit",
        "self.measured <= 10 * self.limit",
        "a deviation of ten times the limit holds",
    ),
    (
        MEASURE,
        "trajectory",
        "max(*losses, largest_deviation(fit.last, last))",
        "max(losses)",
        "weights after a training not compared",
    ),
    (
        MEASURE,
        "trajectory",
        "max(*losses, largest_deviation(fit.last, last))",
        "largest_deviation(fit.last, last)",
        "losses of a training not compared",
    ),
    (
        MEASURE,
        "trajectory",
        "len(fit.losses) != len(expected)",
        "False",
        "epochs that were not trained pass",
    ),
    (
        MEASURE,
        "gradient",
        "largest_deviation(found, expected)",
        "largest_deviation("
        "{n: w for n, w in found.items() if 'bias' not in n}, "
        "{n: w for n, w in expected.items() if 'bias' not in n})",
        "gradients of biases not compared",
    ),
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
        "check_framework",
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

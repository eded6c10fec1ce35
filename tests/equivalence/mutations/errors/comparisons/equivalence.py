"""What a check measures, and its limit."""

LIMITS = "comparisons/equivalence/limits.py"
DEVIATION = "comparisons/equivalence/deviation.py"
MEASURE = "comparisons/equivalence/measure.py"
SINGLE = "**dict.fromkeys(('float32', 'tf32', 'bf16'), 'float32')}"

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
    (
        LIMITS,
        "BY_DEVICE",
        "('float64', 'float32', 'bf16')",
        "tuple(LIMITS)",
        "limits of TF32 given for a CPU",
    ),
    (
        LIMITS,
        "BY_DEVICE",
        "('float32',)",
        "('float64', 'float32')",
        "float64 checked on MPS, which has none",
    ),
    (LIMITS, "LIMITS", "2e-13", "1.0", "limit of trainings too wide"),
    (LIMITS, "LIMITS", "1e-5", "1.0", "limit of float32 outputs too wide"),
    (
        LIMITS,
        "DTYPES",
        f"{{'float64': 'float64', {SINGLE}",
        f"{{'float64': 'float32', {SINGLE}",
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
]

"""Numeric data: windows, scales, sequences to be remembered."""

SERIES = "shared/tasks/forecasting/data.py"
CUTTING = "shared/tasks/forecasting/cutting.py"
LEVELS = "shared/tasks/forecasting/levels.py"
ANOMALY = "shared/tasks/forecasting/anomaly.py"
SINE = "shared/tasks/fundamentals/sine.py"
WAVES = "shared/tasks/fundamentals/waves.py"
ADDING = "shared/tasks/memory/adding.py"
COPY = "shared/tasks/memory/copy.py"
ECHO = "shared/tasks/memory/echo.py"
SYNTHETIC = "shared/tasks/memory/synthetic.py"
MNIST = "shared/tasks/memory/seqmnist.py"

ERRORS = [
    (
        SERIES,
        "series_dataset",
        "moments(name, series, scale_rows)",
        "moments(name, series, ends[-1])",
        "scaled by the mean and deviation of all splits",
    ),
    (
        SERIES,
        "windows_of",
        "values[window - 1 : len(values) - horizon, None]",
        "values[window : len(values) - horizon + 1, None]",
        "the first target as the last value of the window",
    ),
    (
        SERIES,
        "series_dataset",
        "(0, ends[0] - window, ends[1] - window)",
        "(0, ends[0], ends[1])",
        "no forecast of the first rows of a split",
    ),
    (
        CUTTING,
        "windows",
        "both[:, window - 1 : window]",
        "both[:, :1]",
        "differences from the first value of the window",
    ),
    (
        LEVELS,
        "_levels",
        "values + dataset.arrays[f'last_{part}']",
        "values",
        "errors of differences in place of levels",
    ),
    (
        ANOMALY,
        "load",
        "scale(Path(data.data).name or data.dataset, values[:first])",
        "scale(Path(data.data).name or data.dataset, values)",
        "scaled by the whole series",
    ),
    (
        ANOMALY,
        "load",
        "cut(scaled[first - size : second])",
        "cut(scaled[: second])",
        "training windows in the validation split",
    ),
    (
        WAVES,
        "load",
        "np.random.default_rng([seed, 3])",
        "np.random.default_rng([0, 3])",
        "the same waves for all seeds",
    ),
    (
        WAVES,
        "one_wave",
        "np.split(with_noise(clean[None], data, rng), ends[:-1], axis=2)",
        "[with_noise(clean[None], data, rng)] * 3",
        "splits of the same stretch",
    ),
    (
        WAVES,
        "many_waves",
        "size=(waves_of, 1)",
        "size=(1, 1)",
        "one period, amplitude, and phase for all waves",
    ),
    (
        WAVES,
        "many_waves",
        "np.cumsum(data.drift * steps, axis=1)",
        "data.drift * steps",
        "a frequency that jitters and does not drift",
    ),
    (
        WAVES,
        "many_waves",
        "walks - log_periods",
        "walks + log_periods",
        "periods taken as frequencies",
    ),
    (
        WAVES,
        "with_noise",
        "np.stack([clean + noise, clean])",
        "np.stack([clean + noise, clean + noise])",
        "a noisy truth as the clean one",
    ),
    (
        SINE,
        "score_examples",
        "errors.reshape(-1, forecasts).sum(axis=1)",
        "errors.reshape(forecasts, -1).sum(axis=0)",
        "forecasts of several waves as those of one",
    ),
    (
        ADDING,
        "load",
        "rng.integers(half, data.steps, count)",
        "rng.integers(0, data.steps, count)",
        "both marks may be in the first half",
    ),
    (
        COPY,
        "load",
        "np.full((count, length), BLANK, np.int32)",
        "np.full((count, length), SIGNAL, np.int32)",
        "the signal in place of the pause",
    ),
    (
        ECHO,
        "load",
        "x[:, : -data.lag]",
        "x[:, data.lag :]",
        "the echo of the same step",
    ),
    (
        SYNTHETIC,
        "generate",
        "np.random.default_rng([seed, 6])",
        "np.random.default_rng([0, 6])",
        "the same sequences for all seeds",
    ),
    (
        MNIST,
        "load",
        "images[end:]",
        "images[: len(images) - end]",
        "training images in the validation split",
    ),
    (
        MNIST,
        "load",
        "np.random.default_rng([data.permute_seed, 7])",
        "np.random.default_rng([seed, 7])",
        "another order of pixels for each seed of the training",
    ),
]

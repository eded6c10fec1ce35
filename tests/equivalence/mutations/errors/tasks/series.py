"""Numeric data: windows, scales, sequences to be remembered, sound."""

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
MUSIC = "shared/tasks/audio/music.py"
DIGITS = "shared/tasks/audio/digits.py"
SPEECH = "shared/tasks/audio/speech_data.py"
RECORDINGS = "shared/tasks/audio/recordings.py"
SOUNDS = "shared/tasks/audio/sound_folder.py"

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
        "series_dataset",
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
    (
        MUSIC,
        "_split",
        "(piece[:-1], piece[1:])",
        "(piece[:-1], piece[:-1])",
        "a model of music sees the frame that it predicts",
    ),
    (
        MUSIC,
        "_split",
        "np.full(shape, -1, np.int8)",
        "np.zeros(shape, np.int8)",
        "silence past the end of a piece as a target",
    ),
    (
        DIGITS,
        "load",
        "np.concatenate(frames['train'])",
        "np.concatenate([one for part in frames.values() for one in part])",
        "normalized by the statistics of all splits",
    ),
    (
        DIGITS,
        "load",
        "list(map(len, energies))",
        "[longest] * len(energies)",
        "padding read as part of a recording",
    ),
    (
        SPEECH,
        "split_recordings",
        "r.take < VALIDATION_TAKES",
        "r.take <= VALIDATION_TAKES",
        "a take in training and in validation",
    ),
    (
        SPEECH,
        "centered",
        "energies.mean(axis=0)",
        "energies.mean()",
        "one mean for all bands",
    ),
    (
        RECORDINGS,
        "parts_of",
        "sounds[row].digest",
        "str(row)",
        "one recording in the training and the test part",
    ),
    (
        RECORDINGS,
        "parts_of",
        "'train' if 'test' in given else 'test'",
        "'test'",
        "training recordings scored beside those of the test folder",
    ),
    (
        RECORDINGS,
        "first_of_each",
        "seen[label] <= count",
        "len(kept) < count",
        "training recordings limited over all classes together",
    ),
    (
        SOUNDS,
        "read_folder",
        "decode_sound(f'{folder}: {name}', content, RATE)",
        "decode_sound(f'{folder}: {name}', content, 8000)",
        "features made at a rate that the samples do not have",
    ),
    (
        SOUNDS,
        "read_folder",
        "above[0]",
        "above[-1]",
        "the nearest folder as the class in place of the first",
    ),
    (
        "shared/files/folder.py",
        "digest_of",
        "f'{content}  {name}\\n'.encode()",
        "content.encode()",
        "a renamed class taken for the same data",
    ),
]

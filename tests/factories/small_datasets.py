"""Small data sets of made lines, images, sounds, and series."""

from __future__ import annotations

import numpy as np

from shared.datasets.sentiment_corpora import Reviews
from shared.datasets.times.table import Series
from shared.specs import Split
from shared.specs.ctc import label_targets
from shared.task import Dataset, Splits
from shared.tasks.classification import name_data, text_data
from shared.tasks.forecasting.data import series_dataset
from shared.tasks.forecasting.options import ForecastData
from shared.tasks.fundamentals import waves
from shared.tasks.video.moving_digits import (
    VideoData,
    draw_motion,
    render,
    targets,
)
from shared.text.labelled import LabelledTexts
from shared.text.tokens import gather, tokenize

RNG = np.random.default_rng(3)


def splits_of(sample, sizes=(60, 20, 30)):
    return Splits(*(sample(size) for size in sizes))


def lines_of_names():
    letters = {"Greek": "aeos", "Irish": "onil"}
    return [
        ("".join(RNG.choice(list(own), 6)), language)
        for language, own in letters.items()
        for _ in range(40 if language == "Greek" else 30)
    ]


def name_dataset():
    return name_data.name_dataset(lines_of_names(), name_data.NamesData(), {})


def review_dataset():
    words = np.array(["bad", "good", "film", "plot", "the", "rare"])

    def part(count):
        labels = np.resize([0, 1, 1], count).astype(np.int32)
        texts = [
            " ".join([*RNG.choice(words, 5), words[label]]) for label in labels
        ]
        return LabelledTexts(texts, labels, gather(map(tokenize, texts)))

    sizes = {"train": 60, "validation": 20, "test": 31}
    parts = {name: part(size) for name, size in sizes.items()}
    corpus = Reviews(parts, ("negative", "positive"), {})
    return text_data.text_dataset(corpus, text_data.SentimentData())


def image_dataset():
    def images(count):
        y = np.resize([1, 1, 7, 3], count).astype(np.int32)
        x = RNG.uniform(size=(count, 28, 28)).astype(np.float32)
        x[np.arange(count), y] += 1.0
        return Split(x, y, None)

    return Dataset(*splits_of(images), 28, 10)


def sound_dataset():
    def sounds(count):
        lengths = RNG.integers(3, 9, count).astype(np.int32)
        y = np.resize([0, 1, 1], count).astype(np.int32)
        x = RNG.normal(size=(count, 8, 4)) + y[:, None, None]
        x *= (np.arange(8) < lengths[:, None])[:, :, None]
        return Split(x.astype(np.float32), y, lengths)

    return Dataset(*splits_of(sounds), 4, 2)


def video_dataset():
    """Videos of five frames of 16 by 16 pixels, of random digits."""
    data = VideoData(frames=5, frame_size=16)

    def videos(count):
        motion = draw_motion(RNG, count, data)
        images = RNG.uniform(0.1, 1.0, (count, 14, 14)).astype(np.float32)
        x = render(images, motion.places[:, :-1], 16)
        return Split(x, targets(motion, np.resize([3, 7], count), 16), None)

    metadata = {"frame_size": 16, "max_speed": 2}
    return Dataset(*splits_of(videos), 256, 20, metadata=metadata)


def string_dataset():
    """Strings of one to three labels, on eight frames or fewer."""

    def strings(count):
        lengths = RNG.integers(6, 9, count).astype(np.int32)
        labels = [RNG.integers(1, 4, 1 + n % 3) for n in range(count)]
        x = RNG.normal(size=(count, 8, 4)).astype(np.float32)
        x[np.arange(8) >= lengths[:, None]] = 0.0
        return Split(x, label_targets(labels, lengths), lengths)

    metadata = {"beam": 1, "digits": ["", *"012"], "seconds": 0.03}
    return Dataset(*splits_of(strings), 4, 4, metadata=metadata)


def wave_dataset():
    sizes = {f"{part}_steps": 120 for part in Splits._fields}
    wave = waves.WaveData(dataset="one-wave", noise=0.1, **sizes)
    return waves.load(wave, 0)


def forecast_dataset(**options):
    """A wave of period 6 on which a penalty is of harm."""
    steps = np.arange(220)
    values = np.sin(2 * np.pi * steps / 6)[:, None] + steps[:, None] / 99
    values += 0.01 * RNG.normal(size=values.shape)
    series = Series([str(n) for n in steps], ("a",), values, ())
    options = ForecastData(window=12, horizon=8, **options)
    return series_dataset("made", series, options, (120, 160, 220), 6, {})


def roll_dataset():
    def pieces(count):
        frames = (RNG.uniform(size=(count, 9, 88)) < 0.3).astype(np.int8)
        frames[:, 1:] |= frames[:, :-1] & (RNG.uniform(size=88) < 0.7)
        lengths = RNG.integers(2, 9, count).astype(np.int32)
        x, y = frames[:, :-1].astype(np.float32), frames[:, 1:].copy()
        past = np.arange(8) >= lengths[:, None]
        x[past], y[past] = 0, -1
        return Split(x, y, lengths)

    return Dataset(*splits_of(pieces, (12, 4, 6)), 88, 88)

"""Recognize strings of spoken digits, of which no frame has a label."""

from shared.datasets import fsdd
from shared.exhibits.speech import speech_exhibits
from shared.specs import ModelSpec, cosine_training
from shared.task import Dataset, Scores, SoundCodec, Task
from shared.tasks.audio import segmentation, sound_codec
from shared.tasks.audio.digit_strings import StringData
from shared.tasks.audio.string_dataset import load
from shared.tasks.audio.word_errors import (
    details,
    score,
    score_examples,
    string_scores,
)


def summarize(dataset: Dataset) -> list[str]:
    metadata, train = dataset.metadata, dataset.train
    longest = max(split.x.shape[1] for split in (train, dataset.test))
    return [
        f"{dataset.sizes('digit strings')} joined from the recordings of "
        f"{len(metadata['speakers'])} speakers, at most {longest} time steps "
        f"of {1000 * metadata['seconds']:.0f} ms",
        *metadata["notes"],
    ]


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Segmentation by energy, and the nearest mean of each segment."""
    found = segmentation.recognize(dataset)
    return {"nearest mean of segments": string_scores(found, dataset.test)}


TASK = Task(
    name="speech",
    summary="strings of spoken digits into text (CTC)",
    model=ModelSpec(
        model="speech_recognizer",
        input="values",
        hidden_size=96,
        bidirectional=True,
        dropout=0.2,
    ),
    train=cosine_training(epochs=12, batch_size=32, learning_rate=5e-3),
    data=StringData(),
    presets={
        "quick": {
            "model": {"hidden_size": 64},
            "train": {"epochs": 5, "batch_size": 16, "num_buckets": 3},
            "data": {"train_strings": 800, "held_out_strings": 200},
        },
        "standard": {},
    },
    threads=1,
    metric="wer",
    better="lower",
    load=load,
    score=score,
    examples=score_examples,
    baselines=baselines,
    details=details,
    summarize=summarize,
    fetchers={"fsdd": fsdd.fetch},
    codec=SoundCodec(
        *(sound_codec.metadata, sound_codec.encode, sound_codec.decode),
        stored=sound_codec.SpeechMetadata,
    ),
    exhibits=speech_exhibits,
)

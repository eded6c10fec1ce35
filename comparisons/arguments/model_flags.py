"""The flags of the commands that use, study or check a trained model."""

from __future__ import annotations

from comparisons.arguments.checkpoints import Choices
from comparisons.arguments.flags import (
    CHECKPOINT,
    Flag,
    Groups,
    cells,
    checkpoint,
    choice,
    device,
    flag,
    framework,
    frameworks,
    number,
    of_fields,
    out,
    path,
    timeout,
)
from shared.decoding.options import DecodingOptions
from shared.decoding.sampling import Sampling
from shared.specs import CELLS
from shared.task import FrameCodec, LanguageModelCodec, Seq2SeqCodec

FEATURES = (
    *("quote", "line", "end", "word", "upper", "vowel", "digit", "indent"),
    *("bracket", "comment"),
)
"""Features of a text that `study neurons` correlates units with."""

TEXT_FORMATS = ("text", "json")
PREDICTION_FORMATS = ("table", "json")


def model(tasks: Choices, task: str | None) -> list:
    """Which trained model, and what computes with it."""
    return [
        flag(
            "--task",
            "task that it was trained on: %(choices)s",
            metavar="NAME",
            choices=tasks,
            default=task,
        ),
        framework(
            "framework that trained the model, or that computes with the one "
            "of --checkpoint"
        ),
        choice("--cell", "cell of the model", CELLS),
        [out(), checkpoint(" (default: the best of framework and cell)")],
        device("cpu"),
        choice(
            "--precision",
            "arithmetic",
            ("float32", "float64"),
            default="float32",
        ),
        timeout("the process"),
    ]


def output(formats: tuple[str, ...]) -> Flag:
    """What is printed."""
    return choice("--format", "what to print", formats, default=formats[0])


def unknown(of: str = "") -> Flag:
    """What becomes of a token that the model does not know."""
    text = f"what to do with tokens {of}that are not in the vocabulary"
    return choice("--unknown", text, ("error", "skip"), default="error")


TEXTS = [
    flag("--text", "text to read; repeatable", action="append", default=[]),
    flag("--file", "file with one text per line; -: standard input"),
]
DECODING = of_fields(DecodingOptions(), "seq2seq")

PREDICT: Groups = {
    "": [
        checkpoint(required=True),
        *TEXTS,
        framework(
            "framework to predict with (default: the one that trained it)"
        ),
        output(PREDICTION_FORMATS),
        number("--top", "labels shown for each text in the table", 1),
        timeout("the process"),
    ]
}
GENERATE: Groups = {
    "model": model(Choices(LanguageModelCodec, FrameCodec), None),
    "text or music": [
        flag(
            "--prompt",
            "text to continue (default: a line of the training text)",
            metavar="TEXT",
        ),
        unknown("of the prompt "),
        number("--length", "tokens, or frames of music, to generate", 500),
        number("--samples", "texts to generate", 1),
        number("--seed", "seed of the sampling", 0, least=0),
        number("--frames", "frames of a piece of music to continue from", 8),
        path("--file", "file of the music (default: TASK-FRAMEWORK-CELL.mid)"),
        output(TEXT_FORMATS),
    ],
    "sampling": of_fields(Sampling(), "language_model"),
}
TRANSLATE: Groups = {
    "": TEXTS,
    "model": model(Choices(Seq2SeqCodec), "translate"),
    "decoding": DECODING,
}
CHAT: Groups = {
    "model": model(Choices(Seq2SeqCodec), "chatbot"),
    "decoding": DECODING,
}
STUDY_ATTENTION: Groups = {
    "": [
        checkpoint(", of translate or chatbot", required=True),
        [
            flag(
                "--text",
                "source text; repeatable",
                action="append",
                default=[],
            ),
            flag(
                "--test",
                "numbers of test sources, from 0 (default: the longest ones)",
                type=int,
                nargs="+",
                metavar="N",
            ),
        ],
        frameworks(),
        out(),
        timeout("a framework"),
    ]
}
STUDY_NEURONS: Groups = {
    "": [
        checkpoint(", of a language model", required=True),
        flag("--text", "text to read (default: of the validation split)"),
        path("--file", "text file to read instead"),
        unknown(),
        frameworks("the one that trained the model"),
        flag(
            "--layer",
            "recurrent layer, from 0 (default: the last one)",
            type=int,
            metavar="N",
        ),
        flag(
            "--units",
            "hidden units to show, from 0 (default: the strongest)",
            type=int,
            nargs="+",
            metavar="N",
        ),
        choice(
            "--features",
            "show the units that follow these",
            FEATURES,
            nargs="+",
        ),
        out(),
        timeout("a framework"),
    ]
}
VERIFY: Groups = {
    "": [
        frameworks(),
        cells("all"),
        device("cpu"),
        timeout("the checks of a framework and cell", 1800.0),
        out("results/verify"),
    ]
}
SCORE: Groups = {
    "": [
        path("file", f"trained model: a {CHECKPOINT}", "PATH"),
        frameworks(),
        timeout("a framework"),
    ]
}

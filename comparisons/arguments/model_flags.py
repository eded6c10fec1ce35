"""The flags of the commands that use, study or check a trained model."""

from __future__ import annotations

from functools import partial

from comparisons.arguments import flags
from comparisons.arguments.checkpoints import TaskNames
from comparisons.arguments.flags import (
    Groups,
    choice,
    flag,
    index,
    number,
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
PRECISIONS = ("float32", "float64")


def model(tasks: TaskNames, task: str | None) -> list:
    """Which trained model, and what computes with it."""
    text = "task that it was trained on: %(choices)s"
    which = flags.checkpoint(" (default: the best of framework and cell)")
    return [
        flag("--task", text, metavar="NAME", choices=tasks, default=task),
        flags.framework(
            "framework that trained the model, or that computes with the one "
            "of --checkpoint"
        ),
        choice("--cell", "cell of the model", CELLS),
        [flags.out(), which],
        flags.device("cpu"),
        choice("--precision", "arithmetic", PRECISIONS, default="float32"),
        timeout("the process"),
    ]


output = partial(choice, "--format", "what to print")
unknown = partial(
    choice, "--unknown", choices=("error", "skip"), default="error"
)
TEXTS = [
    flags.texts("text to read; repeatable"),
    flag("--file", "file with one text per line; -: standard input"),
]
DECODING = flags.of_fields(DecodingOptions(), "seq2seq")

PREDICT: Groups = {
    "": [
        flags.checkpoint(required=True),
        *TEXTS,
        flags.framework(
            "framework to predict with (default: the one that trained it)"
        ),
        output(PREDICTION_FORMATS, default="table"),
        number("--top", "labels shown for each text in the table", 1),
        timeout("the process"),
    ]
}
GENERATE: Groups = {
    "model": model(TaskNames(LanguageModelCodec, FrameCodec), None),
    "text or music": [
        flag(
            "--prompt",
            "text to continue (default: a line of the training text)",
            metavar="TEXT",
        ),
        unknown(
            "what to do with tokens of the prompt that are not in the "
            "vocabulary"
        ),
        number("--length", "tokens, or frames of music, to generate", 500),
        number("--samples", "texts to generate", 1),
        number("--seed", "seed of the sampling", 0, least=0),
        number("--frames", "frames of a piece of music to continue from", 8),
        path("--file", "file of the music (default: TASK-FRAMEWORK-CELL.mid)"),
        output(TEXT_FORMATS, default="text"),
    ],
    "sampling": flags.of_fields(Sampling(), "language_model"),
}
TRANSLATE: Groups = {
    "": TEXTS,
    "model": model(TaskNames(Seq2SeqCodec), "translate"),
    "decoding": DECODING,
}
CHAT: Groups = {
    "model": model(TaskNames(Seq2SeqCodec), "chatbot"),
    "decoding": DECODING,
}
STUDY_ATTENTION: Groups = {
    "": [
        flags.checkpoint(", of translate or chatbot", required=True),
        [
            flags.texts("source text; repeatable"),
            index(
                "--test",
                "numbers of test sources, from 0 (default: the longest ones)",
                nargs="+",
            ),
        ],
        flags.frameworks(),
        flags.out(),
        timeout("a framework"),
    ]
}
STUDY_NEURONS: Groups = {
    "": [
        flags.checkpoint(", of a language model", required=True),
        flag("--text", "text to read (default: of the validation split)"),
        path("--file", "text file to read instead"),
        unknown("what to do with tokens that are not in the vocabulary"),
        flags.frameworks("the one that trained the model"),
        index("--layer", "recurrent layer, from 0 (default: the last one)"),
        index(
            "--units",
            "hidden units to show, from 0 (default: the strongest)",
            nargs="+",
        ),
        choice(
            *("--features", "show the units that follow these", FEATURES),
            nargs="+",
        ),
        flags.out(),
        timeout("a framework"),
    ]
}
VERIFY: Groups = {
    "": [
        flags.frameworks(),
        flags.cells("all"),
        flags.device("cpu"),
        timeout("the checks of a framework and cell", 1800.0),
        flags.out("results/verify"),
    ]
}
SCORE: Groups = {
    "": [
        path("file", f"trained model: a {flags.CHECKPOINT}", metavar="PATH"),
        flags.frameworks(),
        timeout("a framework"),
    ]
}

"""The flags of the commands that use a trained model."""

from functools import partial

from comparisons.arguments.checkpoints import TaskNames
from comparisons.arguments.flags import common
from comparisons.arguments.flags.common import timeout, unknown
from comparisons.arguments.flags.fields import of_fields
from comparisons.arguments.flags.flag import Groups, choice, flag, number, path
from shared.decoding.options import MOST_HYPOTHESES, DecodingOptions
from shared.decoding.sampling import Sampling
from shared.specs import CELLS
from shared.task import (
    FrameCodec,
    LanguageModelCodec,
    Seq2SeqCodec,
    SoundCodec,
)

TEXT_FORMATS = ("text", "json")
PREDICTION_FORMATS = ("table", "json")
MOST_SAMPLES = 100_000
"""They are generated together, so that all have to fit in memory."""

PRECISIONS = ("float32", "float64")


def model(tasks: TaskNames, task: str | None) -> list:
    """Which trained model, and what computes with it."""
    text = "task that it was trained on: %(choices)s"
    which = common.checkpoint(" (default: the best of framework and cell)")
    return [
        flag("--task", text, metavar="NAME", choices=tasks, default=task),
        common.framework(
            "framework that trained the model, or that computes with the one "
            "of --checkpoint"
        ),
        choice("--cell", "cell of the model", CELLS),
        [common.out(), which],
        common.device("cpu"),
        choice("--precision", "arithmetic", PRECISIONS, default="float32"),
        timeout("the process"),
    ]


output = partial(choice, "--format", "what to print")
TEXTS = [
    common.texts("text to read; repeatable"),
    flag(
        "--file",
        "file with one text per line, or .gz; -: standard input; a blank line "
        "has a blank answer, as has one that cannot be read (exit status 1)",
    ),
    flag(
        "--encoding",
        "text encoding of that file (default: utf-8)",
        metavar="NAME",
    ),
]
DECODING = of_fields(DecodingOptions(), "seq2seq")

PREDICT: Groups = {
    "": [
        common.checkpoint(required=True),
        *TEXTS,
        common.framework(
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
            type=str,
        ),
        unknown(
            "what to do with tokens of the prompt that are not in the "
            "vocabulary"
        ),
        number("--length", "tokens, or frames of music, to generate", 500),
        number("--samples", "texts to generate", 1, most=MOST_SAMPLES),
        number("--seed", "seed of the sampling", 0, least=0),
        number("--frames", "frames of a piece of music to continue from", 8),
        path("--file", "file of the music (default: TASK-FRAMEWORK-CELL.mid)"),
        output(TEXT_FORMATS, default="text"),
    ],
    "sampling": of_fields(Sampling(), "language_model"),
}
TRANSLATE: Groups = {
    "": TEXTS,
    "model": model(TaskNames(Seq2SeqCodec), "translate"),
    "decoding": DECODING,
}
TRANSCRIBE: Groups = {
    "": [
        path("files", "sounds, such as WAV files", nargs="+"),
        number(
            "--beam",
            "prefixes of the beam search; 1: greedy decoding, 0: as in the "
            "training",
            *(0, 0),
            most=MOST_HYPOTHESES,
        ),
    ],
    "model": model(TaskNames(SoundCodec), "speech"),
}
CHAT: Groups = {
    "model": model(TaskNames(Seq2SeqCodec), "chatbot"),
    "decoding": DECODING,
}
SCORE: Groups = {
    "": [
        path("file", f"trained model: a {common.CHECKPOINT}", metavar="PATH"),
        common.frameworks(),
        timeout("a framework"),
    ]
}

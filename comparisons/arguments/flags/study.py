"""The flags of the studies."""

from comparisons.arguments.engines import engine_flags
from comparisons.arguments.flags import common
from comparisons.arguments.flags.common import timeout, unknown
from comparisons.arguments.flags.flag import (
    Groups,
    choice,
    flag,
    index,
    number,
    path,
)
from comparisons.frameworks import FRAMEWORKS

FEATURES = (
    *("quote", "line", "end", "word", "upper", "vowel", "digit", "indent"),
    *("bracket", "comment"),
)
"""Features of a text that `study neurons` correlates units with."""

TECHNIQUES = (
    *("dropout", "input-dropout", "recurrent-dropout", "weight-decay"),
    *("layer-norm", "label-smoothing", "clip-norm", "clip-value"),
    "early-stopping",
)
"""What `study regularization` compares."""

STUDY_ATTENTION: Groups = {
    "": [
        common.checkpoint(", of translate or chatbot", required=True),
        [
            common.texts("source text; repeatable"),
            index(
                "--test",
                "numbers of test sources, from 0 (default: the longest ones)",
                nargs="+",
            ),
        ],
        common.frameworks(),
        common.out(),
        timeout("a framework"),
    ]
}
STUDY_NEURONS: Groups = {
    "": [
        common.checkpoint(", of a language model", required=True),
        flag(
            "--text",
            "text to read (default: of the validation split)",
            type=str,
        ),
        path("--file", "text file to read instead"),
        unknown("what to do with tokens that are not in the vocabulary"),
        common.frameworks("the one that trained the model"),
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
        common.out(),
        timeout("a framework"),
    ]
}
STUDY_STEPS: Groups = {
    "example": [
        flag("--text", "text to read, where the task reads text", type=str),
        index(
            "--example",
            "number of the test example to read, from 0 (default: 0)",
        ),
        common.checkpoint(" (default: untrained weights of seed 0)"),
    ]
}
STUDY_REGULARIZATION: Groups = {
    "regularization": [
        choice(
            *("--techniques", "techniques to compare", TECHNIQUES),
            nargs="+",
            note=" (default: all)",
            sweep=False,
        ),
        number(
            "--grid-seeds",
            "seeds with which each strength is tried; the chosen ones have "
            "all seeds (--seeds, 3 by default)",
            1,
        ),
        choice(
            "--grid-framework",
            "framework of the grid; the best two are trained in all",
            FRAMEWORKS,
            " (default: jax, if it is one of --frameworks)",
        ),
    ],
    "execution": engine_flags(),
}

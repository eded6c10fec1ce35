"""Dialogues: each turn and the one that answers it.

The Self-dialogue corpus (Fainberg et al. 2018), both speakers of a dialogue
imagined by one writer.
"""

import json
from itertools import pairwise

from shared.datasets.tatoeba import Pairs
from shared.errors import DataError
from shared.files import catalogue
from shared.files.io import numbered_lines

FILE = "chatbot/self_dialogue.jsonl"
LICENCE = (
    "licence of the dialogues: BSD 3-Clause, J. Fainberg and others; each is "
    "imagined by one writer"
)


def fetch(progress: bool = False) -> None:
    """Raise DataError with instructions if the dialogues are absent.

    The corpus is 63 tables, which this file holds in another form.
    """
    if catalogue.first_present([FILE]) is None:
        raise DataError(
            f"{FILE} is not here and cannot be fetched: it is the tables of "
            f"{catalogue.FILES[FILE].url} as a line of JSON a dialogue; set "
            "RNN_DATA_DIR to a folder that holds it, or give --data a file "
            "of your own, a turn, a tab and its answer on each line"
        )
    catalogue.locate(FILE)


def read_dialogues() -> Pairs:
    """Each turn except the last, paired with the next, by dialogue."""
    pairs, groups = [], []
    for number, line in numbered_lines(catalogue.locate(FILE)):
        turns = json.loads(line)["turns"]
        pairs += list(pairwise(turns))
        groups += [f"{number:06d}"] * (len(turns) - 1)
    return Pairs(pairs, catalogue.hashes([FILE]), (LICENCE,), groups)

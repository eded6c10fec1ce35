"""UD English EWT: sentences of the web with universal parts of speech.

Silveira et al. 2014, A Gold Standard Dependency Corpus for English.
"""

from shared.files import catalogue
from shared.text.conllu import read_conllu
from shared.text.tagged import Sentence

FOLDER = "tagging/ud_english_ewt"
PARTS = {"train": "train", "validation": "dev", "test": "test"}
"""Part -> what the treebank calls it."""


def fetch(progress: bool = False) -> None:
    catalogue.fetch(catalogue.names_under(FOLDER), progress)


def load() -> tuple[dict[str, list[Sentence]], dict[str, str]]:
    """The published splits, and sha256 by file name."""
    names = {
        part: f"{FOLDER}/en_ewt-ud-{end}.conllu" for part, end in PARTS.items()
    }
    return catalogue.read_parts(names, lambda path: read_conllu(path).sentences)

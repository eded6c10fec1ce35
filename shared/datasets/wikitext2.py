"""WikiText-2: articles of Wikipedia as words, rare ones replaced by <unk>.

Merity et al. 2017, Pointer Sentinel Mixture Models.
"""

from shared.files import catalogue
from shared.files.io import read_text

FOLDER = "wordlm/wikitext-2"
PARTS = {"train": "train", "validation": "valid", "test": "test"}
"""Part -> what the corpus calls it."""


def fetch(progress: bool = False) -> None:
    catalogue.fetch(catalogue.names_under(FOLDER), progress)


def load() -> tuple[dict[str, str], dict[str, str]]:
    """The published splits, and sha256 by file name."""
    names = {part: f"{FOLDER}/wiki.{end}.tokens" for part, end in PARTS.items()}
    return catalogue.read_parts(names, read_text)

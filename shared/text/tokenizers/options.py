"""Which tokenizer cuts texts, as options of a data set."""

from dataclasses import dataclass

from shared.fields import option
from shared.files.user_file import PREFIXES

SIMPLE, BPE, FILE = "simple", "bpe", PREFIXES["tokenizer"]
WORDS = (SIMPLE, "nltk", "spacy")
"""Tokenizers whose tokens are words and signs."""

NAMES = (*WORDS, BPE)


@dataclass(frozen=True)
class TokenizerOptions:
    """The tokenizer of a data set; a command pins a file's content."""

    tokenizer: str = option(
        SIMPLE,
        "what cuts texts into tokens: a pattern (simple), NLTK's Treebank "
        "rules (nltk), spaCy's English ones (spacy), byte-pair encoding "
        "learned of the training texts (bpe), or the tokenizer.json of Hugging "
        "Face (hf:FILE)",
        choices=NAMES,
        prefixes=(FILE,),
    )
    tokenizer_sha256: str = ""
    vocab_size: int = option(
        8000, "number of subwords when --tokenizer is bpe", least=16
    )


@dataclass(frozen=True)
class WordTokenizerOptions:
    """The tokenizer of texts whose every word has a label."""

    tokenizer: str = option(
        SIMPLE,
        "what cuts a text of your own into words: a pattern (simple), NLTK's "
        "Treebank rules (nltk), or spaCy's English ones (spacy)",
        choices=WORDS,
    )

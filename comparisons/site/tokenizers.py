"""`python -m comparisons.site.tokenizers`: SST-2 as each tokenizer cuts it.

It needs the extra `text`. The tokenizer's file, of WordPiece (Wu et al. 2016,
section 4.1), is trained on the training part and written for `--sweep`.
"""

import importlib
import json
import time
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

from comparisons.analysis.tables import markdown_table
from comparisons.records.environment import ROOT
from shared.datasets import sst2
from shared.files.io import write_file
from shared.tasks.classification.sentiment import load
from shared.tasks.classification.text_data import SentimentData
from shared.text.tokenizers.stored import cut_by, make_tokenizer

FILE = "docs/tokenizers.jsonl"
WORDPIECE = "results/sst2-wordpiece.json"
SIZE = 8000
"""Subwords of the file, as many as `--vocab-size` has by default."""

SPECIAL = ("[PAD]", "[UNK]")
LIBRARIES = {"nltk": "nltk", "spacy": "spacy", "bpe": "sentencepiece"}
"""Tokenizer -> the distribution whose version is recorded."""

Line = dict[str, Any]


def main() -> None:
    """Train the file, cut SST-2 with each tokenizer, and record it."""
    parts, _ = sst2.load()
    path = ROOT / WORDPIECE
    write_file(path, wordpiece(parts["train"].texts))
    names = ("simple", "nltk", "spacy", "bpe", f"hf:{path}")
    lines = [measure(name, parts["train"].texts) for name in names]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    write_file(ROOT / FILE, text)
    print(table(lines))


def wordpiece(texts: Iterable[str]) -> str:
    """The JSON of a tokenizer that is trained on texts."""
    library = importlib.import_module("tokenizers")
    made = library.Tokenizer(library.models.WordPiece(unk_token=SPECIAL[1]))
    made.normalizer = library.normalizers.BertNormalizer()
    made.pre_tokenizer = library.pre_tokenizers.BertPreTokenizer()
    made.decoder = library.decoders.WordPiece()
    trainer = library.trainers.WordPieceTrainer(
        vocab_size=SIZE, special_tokens=list(SPECIAL), show_progress=False
    )
    made.train_from_iterator(texts, trainer)
    return str(made.to_str())


def measure(name: str, texts: list[str]) -> Line:
    """Vocabulary, tokens, and the speed of cutting the training texts."""
    data = SentimentData(dataset="sst2", tokenizer=name)
    found = load(data, 0).metadata
    cut = cut_by(make_tokenizer(data, texts))
    cut(texts[0])
    began = time.perf_counter()
    for text in texts:
        cut(text)
    seconds = time.perf_counter() - began
    kind = name.partition(":")[0]
    library = LIBRARIES.get(kind, "tokenizers" if kind == "hf" else "")
    return {
        "tokenizer": kind,
        "version": f"{library} {metadata.version(library)}" if library else "",
        "vocabulary": found["vocabulary_size"],
        "tokens": found["tokens"]["train"] / found["texts"]["train"],
        "unknown": found["unknown_in_test"],
        "texts_per_second": len(texts) / seconds,
    }


def table(lines: Iterable[Line]) -> str:
    """A row for each tokenizer."""
    rows = [
        [
            f"`{line['tokenizer']}`",
            line["version"],
            f"{line['vocabulary']:,}",
            f"{line['tokens']:.1f}",
            f"{100 * line['unknown']:.1f} %",
            f"{line['texts_per_second']:,.0f}",
        ]
        for line in lines
    ]
    heads = (
        *("tokenizer", "library", "vocabulary", "tokens per text"),
        *("unknown in test", "texts cut per second"),
    )
    return markdown_table(heads, rows, "llr")


def tokenizers(root: Path, name: str) -> str:
    """The table of a file of measurements."""
    lines = (root / name).read_text(encoding="utf-8").splitlines()
    return table(map(json.loads, lines))


TOKENIZERS = {"tokenizers": tokenizers}
"""Kind of a marker -> the function that writes its table."""


if __name__ == "__main__":
    main()

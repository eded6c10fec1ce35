"""Names with their languages as a model's data, one name as its input."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from shared.datasets.names import SPLITS, Line
from shared.errors import SpecError
from shared.fields import from_zero, option
from shared.files.user_file import UserTable
from shared.specs import PARTS, ModelSpec, Split
from shared.task import Dataset, Metadata, Sizes, Splits, classes_of
from shared.text.splits import subset
from shared.text.vocabulary import UNKNOWN, Vocabulary


@dataclass(frozen=True)
class NamesData(UserTable):
    dataset: str = option("names", "data set of surnames", ("names",))
    split: str = option(
        "name", "split names, or lines (names then repeat)", SPLITS
    )
    keep_duplicates: bool = option(
        False, "keep lines that repeat a name (2,000 lines of 108 Arabic names)"
    )
    split_seed: int = from_zero(0, "seed of the split, not of the training")
    train_lines: int = from_zero(0, "training names to sample; 0: all")


def name_dataset(
    lines: list[Line],
    data: NamesData,
    hashes: Mapping[str, str],
    notes: Sequence[str] = (),
) -> Dataset:
    """Characters as indices (N, T), T of the longest name; classes (N,)."""
    used = lines if data.keep_duplicates else list(dict.fromkeys(lines))
    parts = SPLITS[data.split](used, data.split_seed)
    parts["train"] = subset(parts["train"], data.train_lines, data.split_seed)
    names = {part: [name for name, _ in parts[part]] for part in PARTS}
    counts = Counter(language for _, language in used)
    all_counts = Counter(language for _, language in lines)
    classes = sorted(counts)
    indices = {language: index for index, language in enumerate(classes)}
    vocabulary = Vocabulary(names["train"])
    longest = max(len(name) for name, _ in used)
    splits = {}
    for part in PARTS:
        x, lengths = vocabulary.encode(names[part], longest)
        y = np.array([indices[language] for _, language in parts[part]])
        splits[part] = Split(x, y.astype(np.int32), lengths)
    return Dataset(
        *Splits(**splits),
        input_size=len(vocabulary),
        output_size=len(classes),
        hashes=hashes,
        metadata={
            "classes": classes,
            "class_counts": [counts[name] for name in classes],
            "lines_in_files": len(lines),
            "majority_share": max(counts.values()) / len(used),
            "majority_share_in_files": max(all_counts.values()) / len(lines),
            "vocabulary_size": len(vocabulary),
            "longest_name": longest,
            "notes": list(notes),
        },
        # As objects a long name makes no other one longer.
        arrays={
            f"names_{part}": np.array(names[part], object) for part in PARTS
        },
    )


class NamesMetadata(Metadata):
    """The characters of the training names, and the classes."""

    characters: str
    classes: list[str]

    def sizes(self, model: ModelSpec) -> Sizes:
        size = model.input_size - UNKNOWN - 1
        yield "characters", list(self.characters), size
        yield "classes", self.classes, classes_of(model)


def metadata(dataset: Dataset) -> dict[str, Any]:
    characters = "".join(Vocabulary(dataset.arrays["names_train"]).tokens)
    return {"characters": characters, "classes": dataset.metadata["classes"]}


def encode(
    text: str, metadata: Mapping[str, Any]
) -> tuple[np.ndarray, np.ndarray]:
    """One name as indices (1, T), and its length (1,)."""
    vocabulary = Vocabulary([metadata["characters"]])
    unknown = sorted(set(text) - set(vocabulary.tokens))
    if unknown or not text:
        shown = ", ".join(map(repr, unknown)) or "no character"
        raise SpecError(
            f"text '{text}' has {shown}; the training names are made of "
            f'"{"".join(vocabulary.tokens)}"'
        )
    return vocabulary.encode([text])

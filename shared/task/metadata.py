"""What a checkpoint stores for a task's codec, typed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Annotated

from msgspec import Meta, Struct

from shared.specs import ModelSpec

Size = Annotated[int, Meta(ge=1)]
Sizes = Iterator[tuple[str, Collection[str], int]]


class Metadata(Struct, forbid_unknown_fields=True):
    """Metadata as a task's codec reads them."""

    def sizes(self, model: ModelSpec) -> Sizes:
        """Name of a vocabulary, its entries, and how many the model has."""
        yield from ()

    def check(self, model: ModelSpec) -> None:
        """ValueError for a vocabulary that the model does not have."""
        for name, entries, size in self.sizes(model):
            if len(entries) != size:
                raise ValueError(
                    f"{name}: {len(entries):,} entries, where the model has "
                    f"{size:,}"
                )
            if len(set(entries)) < size:
                raise ValueError(f"{name}: an entry occurs twice")


def classes_of(model: ModelSpec) -> int:
    """The number of a model's classes: two where it has one logit."""
    return model.output_size + (model.loss == "binary_cross_entropy")

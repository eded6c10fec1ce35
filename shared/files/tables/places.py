"""Where the rows of a table are, in little memory."""

from array import array
from collections.abc import Sequence
from typing import overload


class Places(Sequence[str]):
    """Texts such as "line 12", all with the same word."""

    def __init__(self) -> None:
        self.word, self.numbers = "", array("q")

    def append(self, place: str) -> None:
        self.word, _, number = place.partition(" ")
        self.numbers.append(int(number))

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> list[str]: ...
    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            return [f"{self.word} {number}" for number in self.numbers[row]]
        return f"{self.word} {self.numbers[row]}"

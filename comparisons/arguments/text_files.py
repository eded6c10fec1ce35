"""The texts of a command line and of a file, a line each."""

from argparse import Namespace
from collections.abc import Iterator, Mapping
from typing import Any

from comparisons.arguments.terminal import complain
from comparisons.arguments.text_lines import Line, lines_of, name_of
from comparisons.arguments.texts import NOTHING, SHOWN, Example, examples
from shared.errors import UserError
from shared.printable import shortened
from shared.task import LabelCodec, Seq2SeqCodec

LONGEST = 20_000
"""Words or characters of the longest line of a file that is read."""

HELD = 1000
"""Lines without a readable one among them after which a file is given up."""

KEPT = 10_000
"""Characters of a line that cannot be read that an answer repeats."""

NOTED = 20
"""Lines that cannot be read and are named; of others the number is."""


class Texts:
    """The texts of --text and the lines of --file, each an example.

    A bad text raises UserError. A blank or a bad line is an example without
    steps, so that answers and lines correspond; a bad one is reported.
    unreadable: how many of them there were.
    """

    def __init__(
        self,
        options: Namespace,
        codec: LabelCodec | Seq2SeqCodec,
        metadata: Mapping[str, Any],
    ) -> None:
        self.texts, self.file = options.text, options.file
        self.encoding = options.encoding
        self.codec, self.metadata = codec, metadata
        self.unreadable = 0
        if not self.texts and self.file is None:
            raise UserError("there is nothing to read; give --text or --file")
        if self.encoding and self.file is None:
            raise UserError("--encoding is of --file, which is not given")

    def __iter__(self) -> Iterator[Example]:
        yield from examples(self.texts, self.codec, self.metadata)
        if self.file is None:
            return
        for number, example in self.from_first_readable():
            if example.fault:
                self.unreadable += 1
                if self.unreadable <= NOTED:
                    where = place(self.file, number)
                    complain(f"{where}skipped: {example.fault}")
            yield example
        name = name_of(self.file)
        if (more := self.unreadable - NOTED) > 0:
            complain(f"{more:,} more lines of {name} cannot be read")

    def from_first_readable(self) -> Iterator[tuple[int, Example]]:
        """Numbered lines; UserError if none of the first ones is readable."""
        held: list[tuple[int, Example]] = []
        answered = False
        for line in lines_of(self.file, self.encoding):
            example = self.of_line(line)
            answered |= example.readable
            held.append((line.number, example))
            if answered:
                yield from held
                held = []
            elif len(held) == HELD:
                break
        if answered:
            return
        raise UserError(none_readable(self.file, held))

    def of_line(self, line: Line) -> Example:
        """The example of a line, with a fault if it cannot be read."""
        fault = line.fault
        if line.text.strip() and not fault:
            try:
                (example,) = examples([line.text], self.codec, self.metadata)
            except UserError as error:
                fault = shortened(str(error), 2 * SHOWN)
            else:
                if (size := example.x.shape[1]) <= LONGEST:
                    return example
                fault = f"it has {size:,} words or characters, over {LONGEST:,}"
        text = shortened(line.text, KEPT)
        return Example(text, NOTHING, NOTHING[0], fault)


def none_readable(file: str, lines: list[tuple[int, Example]]) -> str:
    """Message on a file whose first lines have nothing to read."""
    cut, name = len(lines) == HELD, name_of(file)
    first = f"the first {len(lines):,} lines of {name}" if cut else ""
    faults = [(number, e.fault) for number, e in lines if e.fault]
    if not faults:
        return f"{first} are blank" if cut else f"{name} has only blank lines"
    number, fault = faults[0]
    more = f"; nor can another of {first or 'its lines'} be read"
    return f"{place(file, number)}{fault}{more if len(lines) > 1 else ''}"


def place(file: str, number: int) -> str:
    name = "standard input" if file == "-" else file
    return f"{name}, line {number}: "

"""`compare.py chat`: a conversation with a trained model, in the terminal.

Each answer is to the last turn alone, as in training. Answers are printed to
standard output, all else to standard error.
"""

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar

from comparisons.arguments.checkpoints import of_options
from comparisons.arguments.command_line import parse
from comparisons.arguments.terminal import complain, note
from comparisons.arguments.texts import Example
from comparisons.commands.trained.models import open_model
from comparisons.commands.trained.text_stream import send
from comparisons.commands.trained.translate import targets_of
from shared.decoding.options import DecodingOptions
from shared.errors import SpecError, UserError, unknown
from shared.task import Seq2SeqCodec
from shared.text.tokens import plain_text

with suppress(ImportError):  # where there is none, arrows recall no line
    import readline  # noqa: F401

N = TypeVar("N", int, float)

PROMPT = "> "

HELP = (
    "/beam N: hypotheses of the beam search, 1: greedy; "
    "/temperature X: sample words, 0: do not; /history: all turns; "
    "/quit or Ctrl-D: end"
)


def number(kind: Callable[[str], N], name: str, what: str, value: str) -> N:
    """The number after a command; SpecError if it is none."""
    try:
        return kind(value)
    except ValueError:
        raise SpecError(f"{name} needs {what}, not '{value}'") from None


class Conversation:
    """A conversation: its turns, and how answers are decoded."""

    def __init__(
        self,
        answer: Callable[[str, DecodingOptions], str],
        rule: DecodingOptions,
    ):
        self.answer, self.rule = answer, rule
        self.history: list[tuple[str, str]] = []

    def turn(self, line: str) -> str | None:
        """What to print after a line; None ends the conversation."""
        if not line.startswith("/"):
            reply = self.answer(line, self.rule)
            self.history.append((line, reply))
            return reply
        word, _, value = line.partition(" ")
        if word not in COMMANDS:
            raise SpecError(unknown("command", word, COMMANDS))
        return COMMANDS[word](self, value.strip())

    def set_beam(self, value: str) -> str:
        beam = number(int, "/beam", "a whole number", value)
        self.rule = replace(self.rule, beam=beam, temperature=0.0)
        return f"beam {self.rule.beam}"

    def set_temperature(self, value: str) -> str:
        """Sample words, at this temperature."""
        degree = number(float, "/temperature", "a number", value)
        self.rule = replace(self.rule, temperature=degree, beam=1)
        return f"temperature {degree:g}"

    def show_history(self, value: str) -> str:
        return "\n".join(f"{PROMPT}{a}\n{b}" for a, b in self.history)


COMMANDS: dict[str, Callable[[Conversation, str], str | None]] = {
    "/beam": Conversation.set_beam,
    "/temperature": Conversation.set_temperature,
    "/history": Conversation.show_history,
    "/help": lambda talk, value: HELP,
    "/quit": lambda talk, value: None,
}


def main(arguments: list[str]) -> int:
    """Answer line by line until the input ends; a bad line is named."""
    options = parse("chat", arguments)
    model = open_model(options, Seq2SeqCodec)
    note(f"{model.heading}; /help lists commands")
    with model.worker() as ask:

        def answer(line: str, rule: DecodingOptions) -> str:
            text = plain_text(line)
            example = Example(text, *model.codec.encode(text, model.metadata))
            (target,) = targets_of(ask, model, [example], rule)
            return target

        talk = Conversation(answer, of_options(DecodingOptions, options))
        for line in lines():
            try:
                reply = talk.turn(line)
            except UserError as error:
                complain(error)
                continue
            if reply is None:
                break
            send(f"{reply}\n")
    return 0


def lines() -> Iterator[str]:
    """The lines of standard input, until Ctrl-D or Ctrl-C."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        # A line in another encoding costs itself: it is named as no text.
        sys.stdin.reconfigure(errors="surrogateescape")
    while True:
        try:
            line = input(PROMPT if sys.stdin.isatty() else "")
        except (EOFError, KeyboardInterrupt):
            send("\n" if sys.stdin.isatty() else "")
            return
        if line.strip():
            yield line.strip()

"""`compare.py chat`: a conversation with a trained model, in the terminal.

Each answer is to the last turn alone, as in training. What is typed and
answered stands on standard output, all else on standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from comparisons.arguments.checkpoints import (
    checkpoint_path,
    codec_of,
    of_options,
    tasks_with,
)
from comparisons.arguments.command_line import parse
from comparisons.arguments.texts import Example, left_out_of
from comparisons.commands.text_stream import send
from comparisons.commands.translate import targets_of
from comparisons.records.checkpoints import load_checkpoint
from comparisons.runs.trained import Ask, heading, model_worker
from shared.decoding.options import DecodingOptions
from shared.errors import SpecError, UserError, unknown
from shared.task import Seq2SeqCodec
from shared.tasks.classification.predictions import plain_text

with suppress(ImportError):  # where there is none, arrows recall no line
    import readline  # noqa: F401

PROMPT = "> "

HELP = (
    "/beam N: hypotheses of the beam search, 1: greedy; "
    "/temperature X: sample words, 0: do not; /history: all turns; "
    "/quit or Ctrl-D: end"
)


class Conversation:
    """A conversation: what was said, and how answers are found."""

    def __init__(
        self,
        answer: Callable[[str, DecodingOptions], str],
        search: DecodingOptions,
    ):
        self.answer, self.search = answer, search
        self.history: list[tuple[str, str]] = []

    def turn(self, line: str) -> str | None:
        """What to print after a line; None ends the conversation."""
        if not line.startswith("/"):
            reply = self.answer(line, self.search)
            self.history.append((line, reply))
            return reply
        word, _, value = line.partition(" ")
        if word not in COMMANDS:
            raise SpecError(unknown("command", word, COMMANDS))
        return COMMANDS[word](self, value.strip())

    def set_beam(self, value: str) -> str:
        """Search with this many hypotheses."""
        if not value.isdigit():
            raise SpecError(f"/beam needs a whole number, not '{value}'")
        self.search = replace(self.search, beam=int(value), temperature=0.0)
        return f"beam {self.search.beam}"

    def set_temperature(self, value: str) -> str:
        """Sample words, at this temperature."""
        try:
            degree = float(value)
        except ValueError:
            raise SpecError(
                f"/temperature needs a number, not '{value}'"
            ) from None
        self.search = replace(self.search, temperature=degree, beam=1)
        return f"temperature {degree:g}"

    def recall(self, value: str) -> str:
        """All that was said."""
        return "\n".join(f"{PROMPT}{a}\n{b}" for a, b in self.history)


COMMANDS: dict[str, Callable[[Conversation, str], str | None]] = {
    "/beam": Conversation.set_beam,
    "/temperature": Conversation.set_temperature,
    "/history": Conversation.recall,
    "/help": lambda talk, value: HELP,
    "/quit": lambda talk, value: None,
}


def main(arguments: list[str]) -> int:
    """Answer line by line until the input ends."""
    options = parse("chat", arguments)
    path = checkpoint_path(options, tasks_with(Seq2SeqCodec))
    trained = load_checkpoint(path)
    codec, kept = codec_of(trained, path, options, Seq2SeqCodec)
    framework = options.framework or trained.run.framework
    where = (options.timeout, options.device, options.precision)
    print(
        f"{heading(trained, framework)}; /help lists commands",
        file=sys.stderr,
    )
    with model_worker(trained, framework, *where) as ask:
        answer = answers(ask, path, codec, kept)
        converse(
            Conversation(answer, of_options(DecodingOptions, options)), lines()
        )
    return 0


def answers(
    ask: Ask, path: Path, codec: Seq2SeqCodec, kept: Mapping[str, Any]
) -> Callable[[str, DecodingOptions], str]:
    """What answers a line by a search."""

    def answer(line: str, search: DecodingOptions) -> str:
        text = plain_text(line)
        example = Example(text, *codec.encode(text, kept))
        left_out_of([example], codec, kept)
        (tokens,) = targets_of(ask, path, [example], search)
        return codec.decode(tokens, kept)

    return answer


def converse(talk: Conversation, said: Iterator[str]) -> None:
    """Print what each line is answered; a line that cannot be is named."""
    for line in said:
        try:
            reply = talk.turn(line)
        except UserError as error:
            print(f"compare.py: {error}", file=sys.stderr)
            continue
        if reply is None:
            return
        send(f"{reply}\n")


def lines() -> Iterator[str]:
    """What is typed, line by line, until Ctrl-D or Ctrl-C."""
    while True:
        try:
            line = input(PROMPT if sys.stdin.isatty() else "")
        except (EOFError, KeyboardInterrupt):
            send("\n" if sys.stdin.isatty() else "")
            return
        if line.strip():
            yield line.strip()

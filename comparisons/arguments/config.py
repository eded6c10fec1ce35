"""Flags in a TOML file: read with `--config`, written by `--save-config`."""

import json
import tomllib
from argparse import Action
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from comparisons.arguments.command_line import parser_of
from comparisons.arguments.parser import flags_of, take
from shared.errors import UserError, unknown
from shared.files.io import write_file

OWN = ("--help", "--config", "--save-config", "--task-file")
"""Flags that no file holds."""


def with_config(command: str, words: Sequence[str]) -> list[str]:
    """The words, and those of the files that `--config` names.

    A flag that is given in the words is not taken from a file.
    """
    files, found = take(words, "--config")
    for file in files:
        found += words_of(command, Path(file), found)
    return found


def words_of(command: str, path: Path, words: Sequence[str]) -> Iterator[str]:
    """The words of a file that are not given yet."""
    return words_in(read_table(path), command, path, words)


def words_in(
    table: Mapping[str, Any], command: str, path: Path, words: Sequence[str]
) -> Iterator[str]:
    """The words of a table of a file that are not given yet."""
    named = ["--task", str(table["task"])] if "task" in table else []
    parser = parser_of(command, [*named, *words])
    varied = [
        f"--{text.partition('=')[0]}" for text in take(words, "--sweep")[0]
    ]
    given = set(flags_of(parser.current([*words, *varied])))
    flags = {flag[2:]: flag for flag in parser.flags if flag not in OWN}
    for key, value in table.items():
        word = f"--{key.replace('_', '-')}"
        (flag,) = parser.current([word])
        if flag[2:] not in flags:
            raise UserError(f"{path}: {unknown('key', key, flags)}")
        if isinstance(value, dict):
            raise UserError(f"{path}: {word[2:]} is a table, not a value")
        if flag not in given:
            yield from as_words(parser.flags[flag], word, value)


def read_table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UserError(f"cannot read '{path}': {error.strerror}") from error
    except (ValueError, RecursionError) as error:  # also of TOML and UTF-8
        raise UserError(f"'{path}' is not TOML: {error}") from error


def as_words(action: Action, flag: str, value: Any) -> list[str]:
    """A key and its value as on the command line."""
    if action.nargs == 0:
        return [flag] if value else []
    texts = [
        ("on" if one else "off") if isinstance(one, bool) else str(one)
        for one in (value if isinstance(value, list) else [value])
    ]
    if isinstance(value, list) and action.nargs == "+":
        return [flag, *texts]
    return [f"{flag}={text}" for text in texts]


def save_config(command: str, words: Sequence[str]) -> Path | None:
    """Write the flags that are given to the file of `--save-config`."""
    files, words = take(words, "--save-config")
    if not files:
        return None
    parser = parser_of(command, words)
    options = vars(parser.parse_args(words))
    lines = [
        f"{flag[2:]} = {as_toml(options[parser.flags[flag].dest])}\n"
        for flag in dict.fromkeys(flags_of(parser.current(words)))
    ]
    path = Path(files[-1])
    write_file(path, "".join(lines))
    return path


def as_toml(value: Any) -> str:
    """A value as TOML; lists of lists become one."""
    if isinstance(value, list):
        flat = chain.from_iterable(
            one if isinstance(one, list) else [one] for one in value
        )
        return f"[{', '.join(map(as_toml, flat))}]"
    if isinstance(value, float):
        return repr(value)  # "inf" is TOML, but not JSON
    return json.dumps(value, default=str, ensure_ascii=False)

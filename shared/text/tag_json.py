"""Tagged sentences as JSON: lists of tokens and of tags, or of pairs of both.

A sentence is an object such as {"tokens": [...], "tags": [...]}, as the data
sets of Hugging Face have them, or a list of [token, tag]; one a line, or all in
one list.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from shared.errors import DataError, unknown
from shared.files.compressed import content_name
from shared.files.io import numbered_lines, read_text
from shared.text.tag_table import TAGS, WORDS, usual
from shared.text.tagged import SHOWN, Sentence, Tagged, tagged

ENDINGS = {".json", ".jsonl", ".ndjson"}

FORMS = '{"tokens": [...], "tags": [...]} or [["token", "tag"], ...]'


def is_tag_json(path: Path) -> bool:
    return Path(content_name(path)).suffix.lower() in ENDINGS


def read_tag_json(
    path: Path, encoding: str, word: str = "", tag: str = ""
) -> Tagged:
    """The sentences; word, tag: the fields of both, by default usual ones."""
    sentences, notes = [], dict[str, None]()
    for place, value in _values(path, encoding):
        try:
            words, tags, note = _lists(value, word, tag)
        except DataError as error:
            raise DataError(f"{path}, {place}: {error}") from None
        sentences.append(Sentence(words, tags))
        notes[note] = None
    return tagged(path, sentences, {}, notes)


def _values(path: Path, encoding: str) -> Iterator[tuple[str, Any]]:
    """The place and the JSON of each sentence."""
    lines = (t for _, t in numbered_lines(path, encoding) if t.strip())
    first = next(lines, "")
    try:
        value = msgspec.json.decode(first.encode())
        single = next(lines, None) is None
    except msgspec.DecodeError:  # one value in many lines
        value = _decoded(path, "JSON", read_text(path, encoding))
        single = True
    if single and _holds_sentences(value):
        for count, one in enumerate(value, 1):
            yield f"sentence {count}", one
        return
    for number, text in numbered_lines(path, encoding):
        if text.strip():
            yield f"line {number}", _decoded(path, f"line {number}", text)


def _decoded(path: Path, place: str, text: str) -> Any:
    try:
        return msgspec.json.decode(text.encode("utf-8", "surrogatepass"))
    except msgspec.DecodeError as error:
        raise DataError(f"{path}, {place}: no JSON ({error})") from None


def _holds_sentences(value: Any) -> bool:
    """Whether a value is a list of sentences, not one sentence of pairs."""
    return isinstance(value, list) and all(
        isinstance(one, dict)
        or (isinstance(one, list) and all(isinstance(x, list) for x in one))
        for one in value
    )


def _lists(value: Any, word: str, tag: str) -> tuple[list[str], list[str], str]:
    """The words and tags of a sentence, and where they are."""
    of_object = isinstance(value, dict)
    words, tags, note = (
        _in_fields(value, word, tag) if of_object else _in_pairs(value)
    )
    for what, found in (("words", words), ("tags", tags)):
        if not isinstance(found, list) or not all(map(is_label, found)):
            raise DataError(
                f"its {what}, {str(found)[:SHOWN]!r}, are no list of texts"
            )
    if len(words) != len(tags):
        raise DataError(f"{len(words)} words and {len(tags)} tags")
    return [*map(str, words)], [*map(str, tags)], note


def _in_fields(value: Any, word: str, tag: str) -> tuple[Any, Any, str]:
    names, keys = list(value), []
    for given, known in ((word, WORDS), (tag, TAGS)):
        key = usual(names, (given,) if given else known)
        if given and not key:
            raise DataError(unknown("field", given, names))
        keys.append(key)
    if not all(keys):
        raise DataError(
            f"which of the fields {', '.join(names)} holds words and which "
            "tags is not certain; --word-column and --tag-column name them"
        )
    note = f"words in field '{keys[0]}', tags in '{keys[1]}'"
    return value[keys[0]], value[keys[1]], note


def _in_pairs(value: Any) -> tuple[Any, Any, str]:
    if not isinstance(value, list) or not all(
        isinstance(pair, list) and len(pair) == 2 for pair in value
    ):
        raise DataError(f"{str(value)[:SHOWN]!r} is not {FORMS}")
    words, tags = ([pair[place] for pair in value] for place in (0, 1))
    return words, tags, "pairs of a word and its tag"


def is_label(value: Any) -> bool:
    """Whether a value names a word or a tag; the number of a class does."""
    return (isinstance(value, str) and value.strip() != "") or (
        type(value) is int
    )

"""Sentences of the user's own, each word with its tag."""

from pathlib import Path

from shared.errors import DataError
from shared.files.compressed import content_name
from shared.files.io import numbered_lines
from shared.files.kinds import ENDINGS, check_table
from shared.files.user_file import UserTags
from shared.text.columns import read_columns
from shared.text.conllu import is_conllu, read_conllu
from shared.text.slashes import is_slashed, read_slashed
from shared.text.splits import LEAST
from shared.text.tag_json import is_tag_json, read_tag_json
from shared.text.tag_table import is_tag_table, read_tag_table
from shared.text.tagged import Tagged

ROW_A_WORD = "a line a word is read: the word, a tab and its tag"
OTHERS = {
    ".parquet": "Parquet is not read",
    **{ending: f"{what} is not read" for ending, what in ENDINGS.items()},
}
"""Ending of a file that holds no tagged words -> why."""


def read_tags(options: UserTags) -> Tagged:
    """Sentences of CoNLL-U (ten fields a line), of other columns, or a table.

    Or of JSON, or of running text with a tag after each word. DataError for a
    file of one tag, or of too few sentences.
    """
    path, encoding = Path(options.data), options.encoding
    columns = options.word_column, options.tag_column
    ending = Path(content_name(path)).suffix.lower()
    if ending in OTHERS:
        raise DataError(f"{path}: {OTHERS[ending]}; {ROW_A_WORD}")
    if is_tag_json(path):
        found = read_tag_json(path, encoding, *columns)
        return checked(path, found)
    check_table(path, (line for _, line in numbered_lines(path, encoding)))
    if is_conllu(path, encoding):
        found = read_conllu(path, encoding, *columns)
    elif is_tag_table(path, encoding):
        found = read_tag_table(path, encoding, *columns)
    elif not any(columns) and is_slashed(path, encoding):
        found = read_slashed(path, encoding)
    else:
        found = read_columns(path, encoding, *columns)
    return checked(path, found)


def checked(path: Path, found: Tagged) -> Tagged:
    """DataError for a file of one tag, or of too few sentences."""
    tags = {tag for sentence in found.sentences for tag in sentence.tags}
    if len(tags) == 1:
        raise DataError(
            f"{path} has one tag only: '{tags.pop()}'; --tag-column names "
            "another column of tags"
        )
    count = len({tuple(sentence.words) for sentence in found.sentences})
    if count < LEAST:
        raise DataError(
            f"{path} has {count} different sentences, not {LEAST}; a blank "
            "line, or another value in a column 'sentence_id', ends one"
        )
    return found

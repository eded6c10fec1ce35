"""Readers of files that people have: tags, tables, times."""

TAG_TABLE = "shared/text/tag_table.py"
TAG_JSON = "shared/text/tag_json.py"
SLASHES = "shared/text/slashes.py"
HEADER = "shared/files/tables/header_rows.py"
DELIMITED = "shared/files/tables/delimited.py"
DATES = "shared/datasets/times/dates.py"

ERRORS = [
    (
        TAG_TABLE,
        "_of_keys",
        "key.strip() and key != before and sentences[-1].words",
        "key != before and sentences[-1].words",
        "a sentence whose number is in its first row alone cut in two",
    ),
    (
        TAG_JSON,
        "_lists",
        "len(words) != len(tags)",
        "len(words) < len(tags)",
        "words of a sentence without a tag left out in silence",
    ),
    (
        SLASHES,
        "_halves",
        "token.rpartition('/')",
        "token.partition('/')",
        "a word cut at its own slash",
    ),
    (
        HEADER,
        "_are_units",
        "known and all(map(NUMBER.fullmatch, known))",
        "all(map(NUMBER.fullmatch, known))",
        "a first row of words over an empty column taken for units",
    ),
    (
        HEADER,
        "_are_units",
        "any(map(NUMBER.fullmatch, row))",
        "all(map(NUMBER.fullmatch, row))",
        "a first row with numbers taken for units and left out",
    ),
    (
        DELIMITED,
        "is_total",
        "first in TOTALS and all(map(NUMBER.fullmatch, known[1:]))",
        "first in TOTALS",
        "a row of text that begins with the word total refused",
    ),
    (
        DELIMITED,
        "is_total",
        "known[0].casefold().rstrip(':')",
        "known[0].casefold()",
        "a row of totals with a colon read as data",
    ),
    (
        DATES,
        "in_turn",
        "monotone(reading.ticks)",
        "True",
        "days of months read as years that go to and fro",
    ),
]

"""Readers of files that people have: tags, tables, times."""

TAG_TABLE = "shared/text/tag_table.py"
TAG_JSON = "shared/text/tag_json.py"
SLASHES = "shared/text/slashes.py"
HEADER = "shared/files/tables/header_rows.py"
DELIMITED = "shared/files/tables/delimited.py"
DATES = "shared/datasets/times/dates.py"
SCALES = "shared/datasets/times/scales.py"
WIDE_NAMES = "shared/datasets/wide/names.py"
WIDE_ROWS = "shared/datasets/wide/rows.py"
LABELED = "shared/datasets/user/labelled.py"
PAIRS = "shared/text/pairs.py"
COLUMNS = "shared/text/columns.py"
ARCHIVES = "shared/files/archives.py"
COMPRESSED = "shared/files/compressed.py"
NUMERALS = "shared/files/tables/numerals.py"

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
    (
        DATES,
        "in_order",
        "widths == 2",
        "widths < 2",
        "years of two digits read as those of the first century",
    ),
    (
        SCALES,
        "readings",
        "len(usual) == 1 and not widely",
        "usual and not widely",
        "of two scales with usual steps the first taken in silence",
    ),
    (
        SCALES,
        "readings",
        "steps_of(one.ticks).usual.length in USUAL",
        "True",
        "ticks of .NET that are also Unix nanoseconds of 1990 refused",
    ),
    (
        SCALES,
        "instants",
        "(numbers - scale.epoch) * (DAY // SECOND)",
        "numbers * (DAY // SECOND)",
        "Julian days counted from 1970 on",
    ),
    (
        WIDE_NAMES,
        "hours_of",
        "hour - hours[0]",
        "hour",
        "hours that are counted from 1 on an hour late",
    ),
    (
        WIDE_NAMES,
        "known_span",
        "axis=0",
        "axis=1",
        "empty columns at the ends of a series found among the series",
    ),
    (
        WIDE_ROWS,
        "_row_of",
        "len(fits) == 1",
        "fits",
        "the first of several rows of one name taken in silence",
    ),
    (
        WIDE_ROWS,
        "_one_series",
        "len(rows) > 1 and rows[0][1][key] > rows[-1][1][key]",
        "False",
        "months to come within years whose newest is first",
    ),
    (
        WIDE_ROWS,
        "in_rows",
        "form.header == 'none' or positions(names, [target])",
        "form.header == 'none'",
        "a column that is named passed over for the rows of a table",
    ),
    (
        LABELED,
        "alike",
        "int(label.partition('.')[0]) if number else label.casefold()",
        "label.casefold()",
        "classes 1 and 1.0 without a word",
    ),
    (
        PAIRS,
        "read_pairs",
        "len(set(side)) == 1",
        "False",
        "the names of languages learned as sentences",
    ),
    (
        ARCHIVES,
        "_check_headers",
        "member.size > limits.MEMBER",
        "member.size > limits.CONTENT",
        "a file of six gigabytes in a small archive read",
    ),
    (
        ARCHIVES,
        "_Content._check",
        "position > limits.CONTENT",
        "False",
        "an archive of any size decompressed",
    ),
    (
        COMPRESSED,
        "read_blocks",
        "compressed and size > limits.CONTENT",
        "False",
        "a compressed file of any size read",
    ),
    (
        COMPRESSED,
        "only_member",
        "len(names) != 1",
        "not names",
        "the first of several files in an archive read in silence",
    ),
    (
        COLUMNS,
        "Layout.is_comment",
        "'\\t' in line or tag in self.tags or BIO.fullmatch(tag)",
        "'\\t' in line or tag in self.tags",
        "a word that begins with a hash sign left out as a comment",
    ),
    (
        NUMERALS,
        "column_values",
        "without_unit(list(map(signed, given)))",
        "without_unit(given)",
        "a negative amount in parentheses taken for no number",
    ),
]

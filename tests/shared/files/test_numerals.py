"""Numbers of a column by one convention, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from shared.errors import DataError
from shared.files.tables.format import TableFormat
from shared.files.tables.numerals import column_values

NAN = float("nan")


def read(texts: list[str], **options: str) -> list[float]:
    places = [f"line {number}" for number in range(2, len(texts) + 2)]
    form = TableFormat(**options)
    return column_values("a.csv", "y", places, texts, form)[0].tolist()


@pytest.mark.parametrize(
    ("texts", "options", "expected"),
    [
        (["1.5", " 2 ", "-3e2", "+.5", "5."], {}, [1.5, 2, -300, 0.5, 5]),
        (["1.812,13", "999,5"], {}, [1812.13, 999.5]),
        (["1,812.13", "999.5"], {}, [1812.13, 999.5]),
        (["1.234.567", "89"], {}, [1234567, 89]),
        (["12,34,567.5", "1,000"], {}, [1234567.5, 1000]),
        (["1 234,5", "0,25"], {}, [1234.5, 0.25]),
        (["1\u00a0234,5", "1\u202f234"], {}, [1234.5, 1234]),
        (["1'234.5", "1\u2019000"], {}, [1234.5, 1000]),
        (["1,25", "0,5"], {}, [1.25, 0.5]),
        (["0,125", "1,250"], {}, [0.125, 1.25]),
        (["987", "1,234", "12,345"], {}, [987, 1234, 12345]),
        (["234.840", "0.418"], {"delimiter": ";"}, [234.84, 0.418]),
        (["234.840", "987"], {"delimiter": ","}, [234.84, 987]),
        (["32,010 ", "36,359 "], {"thousands": ","}, [32010, 36359]),
        (["32,010", "36,359"], {"decimal": ","}, [32.01, 36.359]),
        (["1.234", "2,5"], {"decimal": ","}, [1234, 2.5]),
        (["1.234"], {"thousands": "."}, [1234]),
        (["1,234"], {"thousands": "none"}, [1.234]),
        (["1_5"], {"decimal": "_", "thousands": "."}, [1.5]),
        (["\u22123.5"], {}, [-3.5]),
        (["1", "-999", "-999.0", "x"], {"missing": "-999,X"}, [1] + [NAN] * 3),
        (["?", "N/A", "-", "NA", "#N/A", "--", "null"], {}, [NAN] * 7),
        (["None", ".", "nan", "", " ", "<NA>", "NaT"], {}, [NAN] * 7),
        (["(1,234.50)", "999.5"], {}, [-1234.5, 999.5]),
        (["12.5-", "3"], {}, [-12.5, 3]),
        (["10.5 kWh", "-3 kWh"], {}, [10.5, -3]),
        (["10.5\u00b0C", "8\u00b0C"], {}, [10.5, 8]),
        (["CHF 1'200.50", "CHF 3"], {}, [1200.5, 3]),
        (['"1.5"', '"-2"', ""], {}, [1.5, -2, NAN]),
        (["'1.234,5'", "'2'"], {}, [1234.5, 2]),
        (["$100.25", "($1,234.50)"], {}, [100.25, -1234.5]),
        (["1,002E+02", "3,5"], {"delimiter": ";"}, [100.2, 3.5]),
        (["1,002E+02", "3,500E+03"], {"delimiter": ";"}, [100.2, 3500]),
        (["\uff11\uff12\uff0e\uff15", "\uff0d\uff13"], {}, [12.5, -3]),
        (["\u0661\u066c\u0662\u0663\u0664\u066b\u0665", "5"], {}, [1234.5, 5]),
        (["\u200e-5", "\u200b2", "3\ufeff", "\u20134"], {}, [-5, 2, 3, -4]),
        (["True", "False", "true", ""], {}, [1, 0, 1, NAN]),
        (["..", ":", "***", "#DIV/0!", "(null)", "5"], {}, [NAN] * 5 + [5]),
        ([], {}, []),
    ],
)
def test_numbers_are_read_as_they_are_written(texts, options, expected):
    np.testing.assert_array_equal(read(texts, **options), expected)


@pytest.mark.parametrize(
    ("texts", "options", "words"),
    [
        (["S01", "S02"], {}, "line 2: 'S01' in column 'y' is no number"),
        (["1 kg", "2 g"], {}, "line 2: '1 kg' in column 'y' is no number"),
        (["1", "y"], {}, "the names of the columns come again; remove"),
        (["1", "2.00M"], {}, "line 3: '2.00M' in column 'y' is no number"),
        (["12%", "3"], {}, "'12%' in column 'y' is no number"),
        (["$5%"], {}, "'$5%' in column 'y' is no number"),
        (["5$0"], {}, "'5$0' in column 'y' is no number"),
        (
            ["1", "2", "*", "*"],
            {},
            "'*' in column 'y' is no number; --missing '*' takes it as a "
            "missing value",
        ),
        (
            ["kWh", "1"],
            {},
            "; --skip-rows 2 --header none skips it as a row",
        ),
        (["1.5", "3,2"], {}, "line 3: '3,2' in column 'y' is no number"),
        (["1_000"], {}, "is no number"),
        (["1", "inf"], {}, "line 3: 'inf'"),
        (["1", "1e999"], {}, "line 3: '1e999' in column 'y' is no finite n"),
        (["1.5"], {"decimal": ","}, "'1.5' in column 'y' is no number"),
        (["1,2,3"], {}, "is no number"),
        (["?", "32,010 "], {}, "line 3: '32,010' in column 'y' may be 32.01"),
        (["1,250"], {}, "(--decimal ',') or 1250 (--thousands ',')"),
        (["1.234", "7"], {"delimiter": ";"}, "may be 1.234 (--decimal '.') or"),
        (["1,234", "5678"], {}, "may be 1.234"),
    ],
)
def test_what_is_no_number_or_two_is_one_line(texts, options, words):
    with pytest.raises(DataError) as error:
        read(texts, **options)
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("text", "options", "notes"),
    [
        (
            "1,234.5",
            {},
            ["',' in column 'y' is read as the thousands separator"],
        ),
        ("1,234.5", {"thousands": ","}, []),
        ("1,5", {}, []),
    ],
)
def test_a_thousands_separator_is_noted_unless_named(text, options, notes):
    form = TableFormat(**options)
    assert column_values("a.csv", "y", ["line 2"], [text], form)[1] == notes


@pytest.mark.parametrize(
    ("texts", "noted"),
    [
        (["5", "-999", "7"], "-999"),
        (["-1.5", "-99.90", "7"], "-99.90"),
        (["5", "-999", "-998"], ""),
        (["-999", "-999"], ""),
        (["5", "-1000"], ""),
    ],
)
def test_a_number_that_may_be_a_missing_value_is_noted(texts, noted):
    places = ["line 2", "line 3", "line 4"]
    notes = column_values("a.csv", "y", places, texts, TableFormat())[1]
    assert [f"(--missing {noted} if" in note for note in notes] == (
        [True] if noted else []
    )


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["12%", "3.5 %", "-1%"], [12, 3.5, -1]),
        (["$1,250.50", "-$3.00", "$999.00"], [1250.5, -3, 999]),
        (["1.234,50 \u20ac", "0,25 \u20ac"], [1234.5, 0.25]),
    ],
)
def test_a_unit_that_all_have_is_noted(texts, expected):
    values, notes = column_values("a", "y", texts, texts, TableFormat())
    assert values.tolist() == expected
    assert notes[0].endswith("in column 'y' is its unit")


@pytest.mark.parametrize(
    ("texts", "delimiter", "noted"),
    [
        (["50.000", "1.250"], ";", True),
        (["50.000", "1.250"], ",", False),
        (["50.000", "0.250"], ";", False),
        (["50.000", "1.25"], ";", False),
    ],
)
def test_points_that_may_group_thousands_are_noted(texts, delimiter, noted):
    form = TableFormat(delimiter=delimiter)
    values, notes = column_values("a", "y", texts, texts, form)
    assert values.tolist() == list(map(float, texts))
    seen = "is read as the decimal sign (--thousands '.' if it is not)"
    assert [seen in note for note in notes] == [True] * noted

"""How dates and times are written."""

import re

from shared.datasets.times.words import (
    DAYNAME,
    HALFYEAR,
    MONTHS,
    ORDINAL,
    QUARTER,
    ROMAN,
    WEEK,
)

NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
NAME = rf"(?P<name>{NAMES})\.?"
NUMERAL = rf"(?P<roman>{'|'.join(sorted(ROMAN, key=len, reverse=True))})"
DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|o)?"
FISCAL = r"(?:(?:fy|cy|ay)\s?'?)"
SHORT = rf"{FISCAL}?(?P<y>\d{{4}}|\d{{2}})"
FULL, YEAR = r"(?P<y>\d{4})", rf"{FISCAL}?(?P<y>\d{{4}}|\d{{1,2}})"
BETWEEN = r"[-/.,:'\s_]*"
HALF_YEAR = (
    rf"(?:{HALFYEAR}\.?\s?(?P<half>\d)|(?P<half2>\d){ORDINAL}\s?{HALFYEAR})"
)
HALF = r"[ap]\.?\s?m\b\.?"
CLOCK = (
    rf"(?:(?P<ap2>{HALF})\s*)?"
    r"(?P<H>\d{1,2})(?:[:.h](?P<M>\d{2})(?:[:.](?P<S>\d{2})"
    rf"(?:(?:[.,]|:(?=\d{{3}}))(?P<f>\d+))?)?|h)?\s*(?P<ap>{HALF})?"
)
COMPACT = r"(?P<H>\d{2})(?P<M>\d{2})(?P<S>\d{2})?(?:[.,](?P<f>\d+))?"
ZONE = (
    r"\s*(?:(?:utc|gmt)?\s?(?P<sign>[-+\u2212])(?P<zh>\d{1,2})"
    r"(?::?(?P<zm>\d{2}))?(?:\s[a-z]{3,5})?|(?P<z>z|[a-z]{2,5}|[a-z]+/[a-z_/]+))?"
    r"(?:\s*[\[(][^\])]*[\])])?"
)

DATES = {
    "ymd": FULL + r"(?P<s>[-/.:\s_])\s?(?P<m>\d{1,2})(?P=s)\s?(?P<d>\d{1,2})",
    "compact": FULL + r"(?P<m>\d{2})(?P<d>\d{2})(?=[\sT_])",
    "abc": r"(?P<a>\d{1,2})(?P<s>[-/.\s])\s?(?P<b>\d{1,2})(?P=s)\s?"
    r"(?P<c>\d{4}|\d{2})",
    "dny": DAY
    + BETWEEN
    + r"(?:(?:of|de)\s)?"
    + NAME
    + BETWEEN
    + r"(?:de\s)?"
    + YEAR,
    "ndy": NAME + r"[-/.\s]*" + DAY + r"[-/,\s]+'?(?P<y>\d{4}|(?<=')\d{2})",
    "ynd": FULL + BETWEEN + NAME + BETWEEN + DAY,
    "ny": NAME + BETWEEN + YEAR,
    "nny": rf"(?:{NAMES})\.?\s?[-/\u2013]\s?" + NAME + BETWEEN + YEAR,
    "yn": YEAR + BETWEEN + NAME,
    "yqq": FULL + BETWEEN + rf"{QUARTER}\s?(?P<q>\d{{2}})",
    "yq": YEAR
    + BETWEEN
    + rf"(?:{QUARTER}\s?(?P<q>\d)|\u7b2c?(?P<q2>\d){ORDINAL}\s?{QUARTER})",
    "qy": rf"(?:{QUARTER}\s?(?P<q>\d)|(?P<q2>\d){ORDINAL}\s?{QUARTER})"
    + BETWEEN
    + YEAR,
    "ytq": SHORT + r"[-/._\s]?[tk](?P<q>\d)",
    "tqy": r"(?:[tk](?P<q>\d)|(?P<q2>\d)[tk])" + BETWEEN + SHORT,
    "yr": FULL + rf"[-/.:\s]+{NUMERAL}(?:\s?(?:{QUARTER}|kw\.?))?",
    "ry": rf"{NUMERAL}(?:\s?(?:{QUARTER}|kw\.?))?[-/.:\s]+" + FULL,
    "dry": DAY + r"[-/.\s]+" + NUMERAL + r"[-/.\s]+" + FULL,
    "yw": FULL + BETWEEN + WEEK + r"\.?\s?(?P<w>\d{1,2})(?:-?(?P<wd>\d))?",
    "wy": rf"(?:{WEEK}\.?\s?(?P<w>\d{{1,2}})"
    + rf"|(?P<w2>\d{{1,2}}){ORDINAL}\s?{WEEK})"
    + BETWEEN
    + FULL,
    "fiscal": FISCAL + r"(?P<y>\d{4}|\d{2})(?:[-/\u2013](?P<e>\d{4}|\d{2}))?",
    "span": FULL + r"\s?[-/\u2013]\s?(?P<e>\d{4})",
    "mcode": r"m(?P<m>\d{1,2})" + BETWEEN + FULL,
    "ycode": FULL + BETWEEN + r"m{1,2}(?P<m>\d{1,2})",
    "yhalf": SHORT + BETWEEN + HALF_YEAR,
    "halfy": HALF_YEAR + BETWEEN + SHORT,
    "yp": FULL + r"[-/.:\s_](?P<p>\d{1,3})",
    "py": r"(?P<p>\d{1,3})[-/.:\s]" + FULL,
    "ab": r"(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})",
    "annual": r"(?:(?:x|y|yr|year)[\s_]?)?"
    + FULL
    + r"(?:\s?\[yr\d{4}\]|jj00|-?a\d|\s?(?:ad|ce|[aefpr*]))?",
}
"""Name -> a date: y, m, d, q, w of the calendar; a, b, c in an order to find;
p is a part of a year to find."""

SEPARATOR = (
    r"(?:[T\s_,:]+|\s+[-@|]\s+|,?\s+(?:at|um|kl\.?|a\slas|\u00e0|\u0432)\s+)"
)
TIME = rf"(?:{SEPARATOR}(?:{CLOCK}|{COMPACT.replace('P<', 'P<c')}){ZONE})?"


WEEKDAY = (
    r"(?:(?:w/?[ce]|week\s(?:commencing|beginning|starting|ending|of))"
    r"[:\s]\s*)?"
    rf"(?:{DAYNAME},?\s*)?"
)
FLAGS = re.IGNORECASE | re.ASCII


def pattern(date: str) -> re.Pattern[str]:
    day = rf"\.?(?:,?\s+{DAYNAME}|\s?\([^()]{{1,9}}\))?"
    return re.compile(WEEKDAY + date + day + TIME, FLAGS)


PATTERNS = {
    **{name: pattern(date) for name, date in DATES.items()},
    "ctime": re.compile(
        rf"{WEEKDAY}{NAME}\s+{DAY},?\s+{CLOCK}{ZONE}\s+{FULL}", FLAGS
    ),
    "hdate": re.compile(
        rf"{CLOCK},?\s+(?:{DATES['abc']}|{DATES['dny']})", FLAGS
    ),
}

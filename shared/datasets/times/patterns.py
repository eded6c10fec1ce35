"""How dates and times are written."""

import re

MONTHS = (
    "jan january januar j\u00e4nner janv janvier ene enero gen gennaio janeiro "
    "januari",
    "feb february februar f\u00e9v f\u00e9vr f\u00e9vrier febrero febbraio fev "
    "fevereiro februari",
    "mar march m\u00e4r m\u00e4rz mrz mars marzo mar\u00e7o mrt maart",
    "apr april avr avril abr abril aprile",
    "may mai mayo mag maggio maio mei",
    "jun june juni juin junio giu giugno junho",
    "jul july juli juil juillet julio lug luglio julho",
    "aug august ao\u00fb ao\u00fbt ago agosto augustus",
    "sep sept september septembre septiembre set settembre setembro",
    "oct october okt oktober octobre octubre ott ottobre out outubro",
    "nov november novembre noviembre novembro",
    "dec december dez dezember d\u00e9c d\u00e9cembre dic diciembre dicembre "
    "dezembro",
)
"""The names of each month in English, German, French, Spanish, Italian,
Portuguese and Dutch."""

NAME = rf"(?P<name>{'|'.join(' '.join(MONTHS).split())})\.?"
WEEKDAY = (
    r"(?:(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"
    r"|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)\.?,?\s*)?"
)
DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
FULL, YEAR = r"(?P<y>\d{4})", r"(?P<y>\d{4}|\d{1,2})"
GAP = r"[-/.,:'\s]*"
CLOCK = (
    r"(?P<H>\d{1,2})(?:[:.h](?P<M>\d{2})(?:[:.](?P<S>\d{2})"
    r"(?:[.,](?P<f>\d+))?)?|h)?\s*(?P<ap>[ap]\.?\s?m\b\.?)?"
)
COMPACT = r"(?P<H>\d{2})(?P<M>\d{2})(?P<S>\d{2})?(?:[.,](?P<f>\d+))?"
ZONE = (
    r"\s*(?:(?:utc|gmt)?\s?(?P<sign>[-+\u2212])(?P<zh>\d{1,2})"
    r"(?::?(?P<zm>\d{2}))?(?:\s[a-z]{3,5})?|(?P<z>z|[a-z]{2,5}|[a-z]+/[a-z_/]+))?"
    r"(?:\s*[\[(][^\])]*[\])])?"
)

DATES = {
    "ymd": FULL + r"(?P<s>[-/.\s_])\s?(?P<m>\d{1,2})(?P=s)\s?(?P<d>\d{1,2})",
    "compact": FULL + r"(?P<m>\d{2})(?P<d>\d{2})(?=[\sT_])",
    "abc": r"(?P<a>\d{1,2})(?P<s>[-/.\s])\s?(?P<b>\d{1,2})(?P=s)\s?"
    r"(?P<c>\d{4}|\d{2})",
    "dny": DAY + GAP + r"(?:(?:of|de)\s)?" + NAME + GAP + r"(?:de\s)?" + YEAR,
    "ndy": NAME + r"[-/.\s]*" + DAY + r"[-/,\s]+" + FULL,
    "ynd": FULL + GAP + NAME + GAP + DAY,
    "ny": NAME + GAP + YEAR,
    "yn": YEAR + GAP + NAME,
    "yq": YEAR + GAP + r"(?:q(?P<q>\d)|(?P<q2>\d)\.?\s?q)",
    "qy": r"(?:q(?P<q>\d)|(?P<q2>\d)\.?\s?q)" + GAP + YEAR,
    "yw": FULL + GAP + r"(?:w|kw|week)\s?(?P<w>\d{1,2})(?:-?(?P<wd>\d))?",
    "wy": r"(?:w|kw|week)\s?(?P<w>\d{1,2})" + GAP + FULL,
    "ycode": FULL + GAP + r"m(?P<m>\d{1,2})",
    "yhalf": FULL + GAP + r"[hs](?P<half>\d)",
    "yp": FULL + r"[-/.:\s](?P<p>\d{1,3})",
    "py": r"(?P<p>\d{1,2})[-/.:\s]" + FULL,
    "ab": r"(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})",
}
"""Name -> a date: y, m, d, q, w of the calendar; a, b, c in an order to find;
p is a part of a year to find."""

TIME = rf"(?:[T\s_,:]+(?:{CLOCK}|{COMPACT.replace('P<', 'P<c')}){ZONE})?"


FLAGS = re.IGNORECASE | re.ASCII


def pattern(date: str) -> re.Pattern[str]:
    return re.compile(WEEKDAY + date + TIME, FLAGS)


PATTERNS = {
    **{name: pattern(date) for name, date in DATES.items()},
    "ctime": re.compile(
        rf"{WEEKDAY}{NAME}\s+{DAY},?\s+{CLOCK}{ZONE}\s+{FULL}", FLAGS
    ),
    "hdate": re.compile(
        rf"{CLOCK},?\s+(?:{DATES['abc']}|{DATES['dny']})", FLAGS
    ),
}

"""Declared metadata: the names it goes by, and dates as YYYY-MM-DD where they are unambiguous."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import cache, lru_cache

from helpers.lexicons import listed, load, words
from helpers.readers.document import Doubt
from helpers.spelling import misspelt, squeezed

_NAMES = load("metadata_names")
_FIELD = dict(zip(map(squeezed, _NAMES["name"]), _NAMES["field"], strict=True))
_ADDRESS = re.compile(r"https?://[^/\s]+/\S+$")
"""What is called a source may be the page's address."""
_SECOND = frozenset(
    "publisher domain sourcedomain media medium channel paper journal day data createdat datetime"
    " time timestamp".split()
)
"""Names that may stand for something else too: used where no surer name declares the field."""
_NO_GENRE = frozenset({"article", "newsarticle", "post", "document"})
"""What interfaces call every text."""
_MISSING = words("missing_values") | {""}
_MONTHS = {
    form: number
    for number, name in enumerate(listed("months"), start=1)
    for form in (name, name[:3], *(("sept",) if name == "september" else ()))
}
_ISO = re.compile(r"(\d{4})([-/.]|(?=\d{4}(?!\d)))(\d\d?)\2(\d\d?)(?!\d)")
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)\d{6}$")
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(\d{1,2})[- ]([a-z]{3,4})[- ](\d\d)(?!\d)")
_SERIAL = re.compile(r"([1-6]\d{4})(?:\.\d+)?$")
"""Days as spreadsheets count them, of 1927 to 2091."""
_FIRST_SERIAL = datetime.date(1899, 12, 30)
_POSTED = re.compile(r"(?:published|posted|issued)(?: on| at)?:? ")
_DAY_MONTH = re.compile(
    r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]+)\.?,?[ -](\d{4})(?!\d)"
)
_MONTH_DAY = re.compile(r"(?:[a-z]+, )?([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_CTIME = re.compile(r"[a-z]{3} ([a-z]{3}) (\d\d?) \d\d:\d\d:\d\d(?: \S+)? (\d{4})$")
"""As C and interfaces of networks write a time: the year is last."""
_EPOCH = re.compile(r"(1\d{9})(?:\d{3})?(?:\.\d+)?$")
"""Seconds or thousandths since 1970, from 2001 on, as interfaces write a time."""
_FOREIGN_DAY = re.compile(
    r"(?:[^\W\d_]+(?:-[^\W\d_]+)?\.?,? ){0,2}(\d{1,2})(?:\.|er|º|°|ª)?(?: de)?[ -]"
    r"([^\W\d_]+)\.?,?(?: del?)?[ -](\d{4})(?!\d)"
)
"""The weekday or an article, then day, month and year, as most of Europe writes them."""
_MONTH_FOREIGN = re.compile(r"([^\W\d_]+)\.? (\d{1,2}),? (\d{4})(?!\d)")
FIRST_YEAR = 1600
"""The first newspapers are of 1605: an earlier year is a placeholder or a slip."""


@lru_cache(maxsize=4096)
def is_known(name: str) -> bool:
    """Whether a column or key of this name declares one of our fields."""
    return squeezed(name) in _FIELD


def fields(declared: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Declared values under our names for them, and those that have none.

    >>> fields({"Date": "2019-09-30", "author": "A. Writer", "desk": "World"})
    ({'published': '2019-09-30', 'byline': 'A. Writer'}, {'desk': 'World'})

    Capitals, blanks and signs do not count. A name of ours goes before its aliases.
    """
    known: dict[str, str] = {}
    other: dict[str, str] = {}
    for key, value in sorted(declared.items(), key=lambda item: squeezed(item[0]) in _SECOND):
        field = _FIELD.get(squeezed(key))
        value = " ".join(value.split())
        if field == "published" and squeezed(key) in _SECOND and day(value, foreign=True) is None:
            field = None
        if field == "outlet" and _ADDRESS.match(value):
            field = "url"
        if field is None:
            other[key] = value
        elif value.lower() in _MISSING or (field == "genre" and value.lower() in _NO_GENRE):
            continue
        elif field not in known or key.strip().lower() == field:
            known[field] = value
    return known, other


@cache
def slips(columns: tuple[str, ...]) -> tuple[Doubt, ...]:
    """A doubt for each column that looks like a misspelt name of what no other column declares.

    >>> [doubt.problem for doubt in slips(("file", "outlett", "desk", "days"))]
    ['what is called outlett looks like outlet']
    """
    declared = {_FIELD.get(squeezed(column)) for column in columns}
    english = _NAMES["language"] == "en"
    absent = [
        name
        for name in _NAMES.loc[english & ~_NAMES["field"].isin(declared), "name"]
        if squeezed(name) not in _SECOND
    ]
    found = {c: misspelt(c, absent) for c in columns if not is_known(c)}
    either = [c for c in columns if squeezed(c) == "name" and {"title", "outlet"} - declared]
    return tuple(
        Doubt("what is called name may be titles or outlets", "not used; call it title or outlet")
        for _ in either
    ) + tuple(
        Doubt(
            f"what is called {column[:80]} looks like {known}",
            f"not used as {known}; call it {known} if that is meant",
        )
        for column, known in found.items()
        if known
    )


def order(value: str) -> str:
    """Which comes first in a day of three numbers: day or month; "either" where it may be both.

    "stops" is either, with full stops between its numbers; "short" is 4-Mar-24, "serial" 45355;
    "none" is any other date.

    >>> [order(d) for d in ("25/03/2024", "3/25/24", "04/03/2024", "04.03.2024", "4 March 2024")]
    ['day', 'month', 'either', 'stops', 'none']
    """
    value = value.strip().lower()
    found = _NUMBERS.match(value)
    if not found:
        named = (short := _SHORT_YEAR.match(value)) and short[2] in _MONTHS
        return "short" if named else "serial" if _SERIAL.match(value) else "none"
    if found[1] == found[3]:
        return "none"
    if int(found[1]) > 12 or int(found[3]) > 12:
        return "day" if int(found[1]) > 12 else "month"
    return "stops" if found[2] == "." else "either"


def day(value: str, *, first: str = "", foreign: bool = False) -> str | None:
    """The day as YYYY-MM-DD, or None where the text does not say one day only.

    ``first`` says how a column writes its days: "day" or "month" first, which stands for years of
    two figures as well (1969 to 2068, as POSIX has them), or "serial" numbers. ``foreign`` months
    are for what a field declares, and not for lines of which it is to be seen what they are.

    >>> [day(d) for d in ("2019-09-30T23:10:00Z", "Sept. 30, 2019", "30/9/2019", "3/9/2019")]
    ['2019-09-30', '2019-09-30', '2019-09-30', None]
    >>> day("lunes, 30 de septiembre de 2019", foreign=True), day("30. září 2019", foreign=True)
    ('2019-09-30', '2019-09-30')
    >>> day("1569801600"), day("Mon Sep 30 08:15:00 +0000 2019")
    ('2019-09-30', '2019-09-30')
    """
    value = " ".join(value.lower().split())
    if foreign and (posted := _POSTED.match(value)):
        value = value[posted.end() :]
    if found := _ISO.match(value):
        return _date(int(found[1]), int(found[3]), int(found[4]))
    if found := _STAMP.match(value):
        return _date(*map(int, found.groups()))
    if first == "serial" and (found := _SERIAL.match(value)):
        return (_FIRST_SERIAL + datetime.timedelta(int(found[1]))).isoformat()
    if first and (found := _SHORT_YEAR.match(value)) and found[2] in _MONTHS:
        return _date(_century(found[3]), _MONTHS[found[2]], int(found[1]))
    if found := _NUMBERS.match(value):
        one, two, year = int(found[1]), int(found[3]), _century(found[4])
        if year != int(found[4]) and not first:
            return None
        if one != two and one <= 12 and two <= 12:
            if first:
                return _date(year, *((two, one) if first == "day" else (one, two)))
            return None  # 3/9 is the third of September or the ninth of March
        return _date(year, *((two, one) if one > 12 else (one, two)))
    if (found := _DAY_MONTH.match(value)) and found[2] in _MONTHS:
        return _date(int(found[3]), _MONTHS[found[2]], int(found[1]))
    if (found := _MONTH_DAY.match(value)) and found[1] in _MONTHS:
        return _date(int(found[3]), _MONTHS[found[1]], int(found[2]))
    if (found := _CTIME.match(value)) and found[1] in _MONTHS:
        return _date(int(found[3]), _MONTHS[found[1]], int(found[2]))
    if found := _EPOCH.match(value):
        moment = datetime.datetime.fromtimestamp(int(found[1]), tz=datetime.UTC)
        return moment.date().isoformat()
    if foreign:
        if found := _FOREIGN_DAY.match(value):
            month = _foreign_months().get(found[2])
            return _date(int(found[3]), month, int(found[1])) if month else None
        if found := _MONTH_FOREIGN.match(value):
            month = _foreign_months().get(found[1])
            return _date(int(found[3]), month, int(found[2])) if month else None
    return None


def _century(year: str) -> int:
    """The year that figures stand for; two of them as POSIX reads them.

    >>> _century("2024"), _century("24"), _century("69")
    (2024, 2024, 1969)
    """
    return int(year) + (0 if len(year) > 2 else 1900 if int(year) > 68 else 2000)


@cache
def _foreign_months() -> dict[str, int]:
    """The number of each month by its names in other languages, which share none of two months."""
    table = load("foreign_months")
    return dict(zip(table["name"], map(int, table["month"]), strict=True)) | _MONTHS


def _date(year: int, month: int, day_: int) -> str | None:
    if year < FIRST_YEAR:
        return None
    try:
        return datetime.date(year, month, day_).isoformat()
    except ValueError:
        return None

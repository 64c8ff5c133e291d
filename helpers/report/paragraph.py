"""The method in a paragraph, with this corpus's figures, to be pasted into a paper."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import helpers
from helpers.overview import size
from helpers.paths import ACCURACY
from helpers.statistics import LEVEL_TEXT, MIN_ARTICLES
from helpers.wording import count, listing

if TYPE_CHECKING:
    import pandas as pd

_ROW = re.compile(r"^\| (?P<measure>[^|]+) \| (?P<n>[^|]+) \| (?P<value>[\d.]+) \|$", re.MULTILINE)
_COUNTED = {
    "mentions": "mention of an actor",
    "quotes": "span of quoted or reported speech",
    "agency": "clause with a doer or a sufferer",
    "frames": "cue of a frame",
}


def method_paragraph(
    articles: pd.DataFrame,
    rows: Mapping[str, int],
    *,
    outlets: Sequence[str] = (),
    checked: str = "",
) -> str:
    """What was read, what was counted, how it was tested and how often that is right.

    ``rows`` are the sizes of the tables by name. The accuracy is that of `docs/accuracy.md`,
    measured on the shipped story; ``checked`` says what people's codes found on this corpus.
    """
    days = articles["published"].dropna()
    period = f", published {days.min()} to {days.max()}" if len(days) else ""
    found = [_many(rows[name], what) for name, what in _COUNTED.items() if rows.get(name)]
    counted = f" It found {listing(found)}." if found else ""
    tested = (
        " Differences between outlets count the article as the unit; they were held against "
        f"permutations of the outlets' names within events, corrected for all comparisons looked "
        f"at, with intervals ({LEVEL_TEXT}) over articles; below {MIN_ARTICLES} articles a side "
        "they are described only."
        if len(set(outlets)) > 1
        else " Nothing was compared between outlets."
    )
    return (
        f"The corpus ({size(articles)}{period}) was read with Parallax {helpers.__version__}, "
        "which works offline by rules, word lists and small models, the same each time."
        f"{counted}{tested}{_accuracy()}{f' {checked}' if checked else ''}"
    )


def _many(n: int, what: str) -> str:
    """A number of things whose name has its noun first."""
    noun, _, rest = what.partition(" ")
    return f"{count(n, noun)} {rest}"


def _accuracy() -> str:
    """The measured accuracy in a sentence; empty where the documentation is not at hand."""
    if not ACCURACY.exists():
        return ""
    part = ACCURACY.read_text("utf-8").partition("<!-- shipped story -->")[2].partition("<!--")[0]
    told = [f"{m['measure']}: {m['value']}%" for m in _ROW.finditer(part)]
    return (
        f" On articles marked by hand it reaches, in per cent: {'; '.join(told)}." if told else ""
    )

"""An article, or two beside each other, as notebooks show them and the briefing's page does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from helpers.display import READER, Shown
from helpers.reader import text as drawn
from helpers.reader.marks import Marks
from helpers.reader.web import web_address
from helpers.wording import clean, count, is_missing, number

if TYPE_CHECKING:
    import pandas as pd

STYLE = Path(__file__).with_name("reader.css")
SWITCHES = (
    ("said", "Quotations, and who speaks", True),
    ("named", "Who is meant", True),
    ("judged", "Evaluation", True),
    ("own", "Author’s own words alone", False),
)
"""What can be switched on and off: name, words, and whether it is on at first."""
HEADS = ("headline", "heading")
KEY = (
    '<mark class="said quoted">words in quotation marks</mark>, '
    '<mark class="said told">words told in the author’s own</mark>, '
    '<u class="named">somebody meant</u>, <em class="judging">a judging word</em>; '
    "<sup class=\"tone ill\">−</sup> and <sup class=\"tone well\">+</sup>: it judges, or a "
    "person is spoken of ill or well. Unmarked words are the author’s."
)  # fmt: skip


def records(
    articles: pd.DataFrame,
    *,
    sentences: pd.DataFrame | None = None,
    marks: Mapping[str, Marks] | None = None,
    doc_ids: Iterable[str] | None = None,
) -> list[dict[str, Any]]:
    """What the reader draws of each article: what is known of it, its text, its marks.

    ``sentences`` say what of a text is headline and heading. With ``doc_ids`` there are those
    articles, in that order.
    """
    rows: dict[str, Any] = {str(row["doc_id"]): row for row in articles.to_dict("records")}
    cut: dict[str, list[tuple[int, int, str]]] = {}
    if sentences is not None:
        columns = (sentences[c].tolist() for c in ("doc_id", "start", "end", "part"))
        for doc_id, start, end, part in zip(*columns, strict=True):
            cut.setdefault(doc_id, []).append((int(start), int(end), part))
    return [
        _record(rows[doc_id], (marks or {}).get(doc_id, Marks()), cut.get(doc_id, ()))
        for doc_id in (rows if doc_ids is None else doc_ids)
    ]


def _record(
    row: Mapping[str, Any], marks: Marks, sentences: Sequence[tuple[int, int, str]]
) -> dict[str, Any]:
    text = "" if is_missing(row["text"]) else str(row["text"])
    begin, head, headings = _layout(text, sentences)
    words = row.get("n_words")
    shown = {name: row.get(name) for name in ("published", "byline", "genre", "title")}
    shown["outlet"] = row.get("publisher", row.get("outlet"))
    twin = row.get("duplicate_of")
    return {
        "doc_id": str(row["doc_id"]),
        **{name: "" if is_missing(v) else clean(v, 200) for name, v in shown.items()},
        "url": web_address(row.get("url")),
        "n_words": 0 if is_missing(words) else int(words or 0),
        "duplicate_of": "" if is_missing(twin) else str(twin),
        "text": text,
        "begin": begin,
        "head": head,
        "headings": headings,
        "marks": marks.data(),
    }


def _layout(
    text: str, sentences: Sequence[tuple[int, int, str]]
) -> tuple[int, list[int], list[int]]:
    """Where the text begins, start and end of a headline before that, and starts of headings.

    Front matter stays out but for the headline that was read in it; text that only looks like it
    was read as words, and stays.
    """
    begin = drawn.front_end(text)
    before = [sentence for sentence in sentences if sentence[0] < begin]
    head: list[int] = []
    if [part for *_, part in before] == ["headline"]:
        head = [*before[0][:2]]
    elif before:
        begin = 0
    headings = [start for start, _, part in sentences if part in HEADS and start >= begin]
    return begin, head, headings


def read(records: Sequence[Mapping[str, Any]]) -> Shown:
    """Articles beside each other, with switches for their marks that need no script.

    Where a viewer takes the style away, as of a notebook that is not trusted, the marks stay as
    highlighted, underlined and emphasised words with their names beside them.
    """
    html = f"<style>{STYLE.read_text('utf-8')}</style>{reader(records)}"
    return Shown(READER, {"articles": list(records)}, html, _plain(records))


def reader(records: Sequence[Mapping[str, Any]]) -> str:
    """The HTML of articles beside each other, with their switches."""
    held = "".join(
        f'<article aria-label="{escape(each["title"] or each["doc_id"])}">'
        f"{about(each)}{article(each)}</article>"
        for each in records
    )
    names = escape(" and ".join(each["title"] or each["doc_id"] for each in records))
    return (
        f'<section class="reader" aria-label="Reader: {names}">{switches()}'
        f'<div class="beside">{held}</div></section>'
    )


def switches(*further: tuple[str, str, bool]) -> str:
    """The switches of a reader and the key to its marks; hidden where their style is missing."""
    boxes = "".join(
        f'<label><input type="checkbox" class="show-{name}"{" checked" if on else ""}> '
        f"{words}</label>"
        for name, words, on in (*SWITCHES, *further)
    )
    return (
        f'<fieldset class="switches" hidden><legend>Marks</legend>{boxes}</fieldset>'
        f'<p class="key">{KEY}</p>'
    )


def about(of: Mapping[str, Any], *, further: str = "") -> str:
    """The title block: outlet, date, byline, genre, length, address and name in the tables.

    The headline stands in it where the text does not begin with one; ``further`` is HTML.
    """
    facts = [of["published"] or "undated", of["byline"], of["genre"]]
    facts += [f"{number(of['n_words'])} words"] if of["n_words"] else []
    said = "".join(f"<span>{escape(fact)}</span>" for fact in facts if fact)
    url = web_address(of["url"])
    site = _site(url)
    link = (
        f'<a href="{escape(url)}" rel="noopener noreferrer">at {escape(clean(site, 60))}</a>'
        if site
        else ""
    )
    outlet = escape(of["outlet"] or "unknown")
    title = f'<p class="headline">{escape(of["title"])}</p>' if _untitled(of) else ""
    return (
        f'<p class="about"><strong class="outlet">{outlet}</strong>{said}{link}{further}'
        f'<code class="name">{escape(clean(of["doc_id"]))}</code></p>{title}'
    )


def article(of: Mapping[str, Any], *, anchor: str = "", shown: drawn.Shown | None = None) -> str:
    """The text of a record with its marks."""
    known = of["marks"]
    marks = Marks(known["names"], *(known[name] for name in ("said", "named", "judging")))
    where = {name: of[name] for name in ("begin", "head", "headings")}
    words = drawn.html(of["text"], marks, **where, anchor=anchor, shown=shown)
    return f'<div class="text" dir="auto">{words}</div>'


def _site(url: str) -> str:
    """The name of the site that an address is of; empty where it names none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _untitled(of: Mapping[str, Any]) -> bool:
    """Whether the text does not begin with the article's title."""
    begins = clean(of["text"][of["begin"] :][:400]).casefold()
    return (
        bool(of["title"])
        and not of["head"]
        and not begins.startswith(of["title"].rstrip("… ").casefold())
    )


def _plain(records: Sequence[Mapping[str, Any]]) -> str:
    told = []
    for each in records:
        marks = each["marks"]
        spoken = sum(name >= 0 for *_, name in marks["said"])
        judged = len(marks["judging"]) + sum(bool(tone) for *_, tone, _ in marks["named"])
        counted = [
            count(spoken, "quotation"),
            count(len(marks["named"]), "mention"),
            count(judged, "evaluation"),
        ]
        head = [each["outlet"] or "unknown", each["published"] or "undated", each["doc_id"]]
        lines = [each["title"], " · ".join(head), " · ".join(counted)]
        text = each["text"]
        parts = drawn.paragraphs(text, each["begin"])
        told.append("\n".join([*filter(None, lines), "", *(clean(text[a:b]) for a, b in parts)]))
    return "\n\n\n".join(told)

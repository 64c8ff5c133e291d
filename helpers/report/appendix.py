"""The articles in full: an anchor at each sentence, the spans marked that are pointed at."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from helpers.report.places import Places
from helpers.report.web import web_address
from helpers.wording import clean, is_missing, number

if TYPE_CHECKING:
    import pandas as pd

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?:[^\n]*\n)*?---[ \t]*(?:\r?\n|$)")
WHOLE = 1_100_000
"""Characters of article text up to which all articles are printed; beyond, those pointed at."""


def choose(articles: pd.DataFrame, wanted: set[str]) -> list[str]:
    """The doc_ids of the articles to print, in the table's order."""
    sizes = articles["text"].str.len().fillna(0).tolist()
    docs = articles["doc_id"].tolist()
    if sum(sizes) <= WHOLE:
        return docs
    kept, used = [], 0.0
    for doc_id, size in zip(docs, sizes, strict=True):
        if doc_id in wanted and used + size <= WHOLE:
            kept.append(doc_id)
            used += size
    return kept


def entries(
    articles: pd.DataFrame, sentences: pd.DataFrame | None, places: Places
) -> list[dict[str, Any]]:
    """One record per printed article: its anchor, what is known of it, and its text as HTML."""
    bounds: dict[str, list[tuple[int, int]]] = {}
    if sentences is not None:
        for doc_id, start, end in zip(
            sentences["doc_id"].tolist(),
            sentences["start"].tolist(),
            sentences["end"].tolist(),
            strict=True,
        ):
            bounds.setdefault(doc_id, []).append((start, end))
    made = []
    for row in articles.to_dict("records"):
        doc_id = row["doc_id"]
        if doc_id not in places.docs:
            continue
        text = "" if is_missing(row["text"]) else str(row["text"])
        marks = places.marks.get(doc_id, {})
        facts = [row.get("byline"), row.get("published"), row.get("genre")]
        shown = [clean(f, 120) for f in facts if not is_missing(f)]
        words = row.get("n_words")
        if words is not None and not is_missing(words):
            shown.append(f"{number(int(words))} words")
        twin = "" if is_missing(row.get("duplicate_of")) else str(row["duplicate_of"])
        made.append(
            {
                "id": places.docs[doc_id],
                "doc_id": clean(doc_id),
                "title": clean(row.get("title") or doc_id, 200),
                "outlet": clean(row.get("outlet") or "unknown", 80),
                "facts": shown,
                "url": web_address(row.get("url")),
                "twin": clean(twin),
                "twin_link": places.docs.get(twin, ""),
                "marks": sum(1 for s, e in marks if e > s),
                "html": annotate(text, places.docs[doc_id], bounds.get(doc_id, []), marks),
            }
        )
    return made


def annotate(
    text: str,
    anchor: str,
    sentences: list[tuple[int, int]],
    marks: dict[tuple[int, int], list[str]],
) -> Markup:
    """``text`` in paragraphs, with ids at sentence starts and `<mark>` around the spans.

    The text is cut at every boundary, so that overlapping spans need no nesting. A span's links
    back stand at its end. Front matter stands before the paragraphs as it is.
    """
    size = len(text)
    anchors = {s for s, _ in sentences} | {min(s, size) for s, _ in marks}
    backs = _links_back(marks, size)
    lit = _merged([(start, min(end, size)) for start, end in marks if end > start])
    front = _FRONT.match(text)
    if front and any(a < front.end() for a in anchors):
        front = None  # the article was read as words from its first line on
    begin = front.end() if front else 0
    gaps = dict(_gaps(text))
    edges = {begin, size, *anchors, *backs}
    edges.update(p for span in (*lit, *gaps.items()) for p in span)
    cuts = sorted(p for p in edges if begin <= p <= size)
    starts = [s for s, _ in lit]
    out: list[str] = ["<p>"]
    for low, high in zip(cuts, [*cuts[1:], size], strict=True):
        out += [_arrow(source) for source in backs.get(low, ())]
        if low in gaps and low < high:
            out.append("</p>\n<p>")
        elif low < high:
            at = bisect_right(starts, low) - 1
            marked = at >= 0 and lit[at][1] >= high
            name = f' id="{anchor}-{low}"' if low in anchors else ""
            out.append(_piece(text[low:high], name, marked=marked))
    out.append("</p>")
    html = "".join(out).replace("<p></p>\n", "").replace("\n<p></p>", "")
    if front:
        html = f'<pre class="front">{escape(_lines(front[0]))}</pre>\n{html}'
    return Markup(html)  # every piece of text went through escape


def _links_back(marks: dict[tuple[int, int], list[str]], size: int) -> dict[int, list[str]]:
    """The sources that point at a span, each once, by the place where the span ends."""
    backs: dict[int, list[str]] = {}
    for (_, end), sources in sorted(marks.items()):
        here = backs.setdefault(min(end, size), [])
        here += [source for source in dict.fromkeys(sources) if source not in here]
    return {end: sources for end, sources in backs.items() if sources}


def _arrow(source: str) -> str:
    return (
        f'<a class="back" href="{escape(source)}" aria-label="back to where this is quoted">↩</a>'
    )


def _piece(text: str, name: str, *, marked: bool) -> str:
    """A stretch of text between two boundaries, with an anchor where it has one."""
    words = str(escape(_visible(text)))
    if marked:
        return f"<mark{name}>{words}</mark>"
    return f"<span{name}>{words}</span>" if name else words


def _lines(front: str) -> str:
    return "\n".join(clean(line) for line in front.strip("\ufeff\r\n").splitlines())


def _gaps(text: str) -> list[tuple[int, int]]:
    """Where a paragraph ends: stretches of white space with a line break in them."""
    gaps = []
    at = text.find("\n")
    while at >= 0:
        low, high = at, at + 1
        while low > 0 and text[low - 1] in " \t\r":
            low -= 1
        while high < len(text) and text[high] in " \t\r\n":
            high += 1
        gaps.append((low, high))
        at = text.find("\n", high)
    return gaps


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping and touching spans as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _visible(piece: str) -> str:
    """Control and direction characters would change how other words read; they become spaces."""
    if piece.isprintable():
        return piece
    lead = " " * piece[:1].isspace()
    tail = " " * piece[-1:].isspace()
    middle = clean(piece)
    return f"{lead}{middle}{tail}" if middle else lead


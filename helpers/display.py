"""What a notebook shows beside its charts: tables, readings, evidence in context, findings.

=============  ===================================================================================
`table`        a table with a caption, so many rows of so many, plainly formatted
`evidence`     spans in their sentences, each with its article, outlet, date and offsets
`reading`      a computed sentence: the number, its denominator, its limit
`finding`      one claim of the briefing with its number, interval and sentences
`findings`     several of them
=============  ===================================================================================

Each returns a `Shown`, which has three faces: structured JSON (the only one that the report
reads), escaped HTML for JupyterLab, and plain text. All three are the same from run to run.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from helpers.comparing.sides import by_publisher
from helpers.leads import Book, Lead
from helpers.made import made_of_tables
from helpers.notebook_form import as_javascript
from helpers.statistics import ALPHA
from helpers.wording import (
    DESCRIPTIVE,
    MISSING,
    WITHIN_CHANCE,
    amount,
    between,
    clean,
    count,
    is_missing,
    number,
)

if TYPE_CHECKING:
    import pandas as pd

TABLE = "application/vnd.parallax.table+json"
EVIDENCE = "application/vnd.parallax.evidence+json"
READING = "application/vnd.parallax.reading+json"
FINDING = "application/vnd.parallax.finding+json"
READER = "application/vnd.parallax.reader+json"
"""Articles with their marks (`helpers.reader`)."""
SPREAD = "application/vnd.parallax.spread+json"
CONTRAST = "application/vnd.parallax.contrast+json"
"""Sides held against each other, and single contrasts (`helpers.spread.show`)."""

CONTEXT = 170
"""Characters shown on each side of a span, at most."""
LONGEST_SPAN = 420
_CELL = 320
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Shown:
    """An output with a structured, an HTML and a plain face; ``data`` is the structured one."""

    def __init__(self, mime: str, data: dict[str, Any], html: str, plain: str) -> None:
        self.mime = mime
        self.data = data
        self.html = html
        self.plain = plain

    def __repr__(self) -> str:
        return self.plain

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            self.mime: as_javascript(self.data), "text/html": self.html, "text/plain": self.plain
        }  # fmt: skip


def table(
    rows: pd.DataFrame,
    *,
    caption: str,
    columns: Sequence[str] | Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    limit: int | None = 20,
    digits: int = 2,
    note: str = "",
    of: Any = None,
    leads: Mapping[str, Lead] | None = None,
) -> Shown:
    """A table with its caption, the first ``limit`` rows and how many there are.

    ``columns`` picks the columns, as a mapping it also renames them for the reader. ``units``
    gives a column's unit: ``"share"`` writes percentages. Rows that have ``doc_id`` and ``start``
    lead to their sentence in the report. ``of`` holds the rows that its numbers count, and
    ``leads`` says for each column which of them: such a number opens its sentences.
    """
    names = list(columns) if columns is not None else list(map(str, rows.columns))
    if missing := [c for c in names if c not in rows.columns]:
        have = ", ".join(map(str, rows.columns))
        raise KeyError(f"the table has no column {', '.join(missing)} to show; it has {have}")
    heads = dict(columns) if isinstance(columns, Mapping) else {c: _heading(c) for c in names}
    shown = rows if limit is None else rows.head(limit)
    cells: list[list[str]] = []
    kinds: list[str] = []
    for c in names:
        values = shown[c].tolist()
        unit = (units or {}).get(c, "")
        kinds.append(_kind(values))
        # A column of whole numbers is one of counts, also where a join made floats of them.
        places = 0 if _whole(values) else digits
        cells.append([_cell(v, unit, places) for v in values])
    written = [list(row) for row in zip(*cells, strict=True)] if names else []
    links = _links(shown)
    total = len(rows)
    plain_caption = clean(caption)
    said = note if total else f"{note} No row.".strip()
    if total > len(written):
        said = f"{said} The first {number(len(written))} of {count(total, 'row')}.".strip()
    data: dict[str, Any] = {
        "caption": plain_caption,
        "columns": [
            {"name": c, "heading": clean(heads[c]), "type": k}
            for c, k in zip(names, kinds, strict=True)
        ],
        "rows": written,
        "total": total,
        "note": clean(said) if said else "",
    }
    if links:
        data["links"] = links
    if of is not None and leads:
        data["leads"] = _leads(shown, names, of, leads)
    return Shown(TABLE, data, _table_html(data), _table_plain(data))


def evidence(
    spans: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    sentences: pd.DataFrame | None = None,
    caption: str = "",
    limit: int = 5,
    spread: bool = True,
    note: str | None = None,
) -> Shown:
    """Spans in their sentences, marked, each with its article, outlet, date and offsets.

    ``spans`` is any table with doc_id, start and end. With ``spread`` the first ones come from
    different outlets, so that no outlet speaks for all; without it the table's order is kept.
    ``note`` names a column whose value is shown with each sentence (voice, cue, frame …).
    """
    items = in_context(spans, articles, sentences=sentences, limit=limit, spread=spread, note=note)
    data = {"caption": clean(caption) if caption else "", "items": items, "total": len(spans)}
    if len(items) < len(spans):
        book = Book()
        book.ref(*Lead().of_values({}, 1, spans)[0])
        data["leads"] = book.data()
    return Shown(EVIDENCE, data, _evidence_html(data), _evidence_plain(data))


def reading(text: str, *, denominator: str = "", limit: str = "") -> Shown:
    """A sentence that was computed: what the number says, of how many, and what it cannot say.

    >>> reading("3 of 12 quotes have no named source.", limit="Two outlets only.")
    3 of 12 quotes have no named source. (Limit: Two outlets only.)
    """
    data = {
        "text": clean(text),
        "denominator": clean(denominator) if denominator else "",
        "limit": clean(limit) if limit else "",
    }
    parts = [data["text"]]
    parts += [f"(Of {data['denominator']}.)"] if denominator else []
    parts += [f"(Limit: {data['limit']})"] if limit else []
    html = f"<p><strong>{escape(data['text'])}</strong>" + "".join(
        f" <em>{escape(p)}</em>" for p in parts[1:]
    )
    return Shown(READING, data, html + "</p>", " ".join(parts))


def finding(
    claim: Any,
    *,
    articles: pd.DataFrame | None = None,
    sentences: pd.DataFrame | None = None,
    limit: int = 3,
) -> Shown:
    """One claim with its number, denominator, interval, method and sentences.

    ``claim`` is a `helpers.briefing.Finding`; its evidence is shown in context where ``articles``
    are given.
    """
    data = finding_data(claim, articles=articles, sentences=sentences, limit=limit)
    return Shown(FINDING, {"findings": [data]}, _finding_html(data), _finding_plain(data))


def findings(
    claims: Iterable[Any],
    *,
    articles: pd.DataFrame | None = None,
    sentences: pd.DataFrame | None = None,
    limit: int = 2,
) -> Shown:
    """Several claims in the given order."""
    rows = [finding_data(c, articles=articles, sentences=sentences, limit=limit) for c in claims]
    html = "".join(_finding_html(r) for r in rows) or "<p>No finding.</p>"
    plain = "\n\n".join(_finding_plain(r) for r in rows) or "No finding."
    return Shown(FINDING, {"findings": rows}, html, plain)


def finding_data(
    claim: Any,
    *,
    articles: pd.DataFrame | None = None,
    sentences: pd.DataFrame | None = None,
    limit: int = 3,
) -> dict[str, Any]:
    """A claim as the plain record that the notebook and the report draw."""
    import pandas as pd

    unit = getattr(claim, "unit", "")
    spans = pd.DataFrame(claim.evidence or claim.reference, columns=["doc_id", "start", "end"])
    items = (
        in_context(spans, articles, sentences=sentences, limit=limit, spread=True)
        if articles is not None
        else []
    )
    book = Book()
    book.ref(claim.evidence, getattr(claim, "reference", ()))
    return {
        "claim_id": claim.claim_id,
        "topic": getattr(claim, "topic", ""),
        "statement": clean(claim.statement),
        "value": "" if is_missing(claim.value) else amount(claim.value, unit),
        "unit": "" if unit == "share" else clean(unit) if unit else "",
        "denominator": clean(getattr(claim, "base", "")) if getattr(claim, "base", "") else "",
        "interval": between(claim.low, claim.high, unit),
        "method": clean(claim.method),
        "descriptive": bool(getattr(claim, "descriptive", False)),
        "doubtful": bool(getattr(claim, "p_value", 0.0) > ALPHA),
        "items": items,
        "total": len(spans),
        "leads": book.data(),
    }


def in_context(
    spans: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    sentences: pd.DataFrame | None = None,
    limit: int = 5,
    spread: bool = True,
    note: str | None = None,
) -> list[dict[str, Any]]:
    """Records of spans with the words before and after them, from the same sentence."""
    known = _known(articles)
    notes = spans[note].tolist() if note is not None else [None] * len(spans)
    rows = [
        (str(d), int(s), int(e), n)
        for d, s, e, n in zip(spans["doc_id"], spans["start"], spans["end"], notes, strict=True)
        if not is_missing(d) and not is_missing(s) and str(d) in known
    ]
    picked = _spread(rows, known, limit) if spread else rows[:limit]
    bounds = {} if sentences is None else _bounds(sentences)
    items = []
    for doc_id, start, end, word in picked:
        article = known[doc_id]
        low, high = _around(article["text"], start, end, bounds.get(doc_id))
        before, span, after = _cut(article["text"], low, start, end, high)
        items.append(
            {
                "doc_id": doc_id,
                "start": start,
                "end": end,
                "outlet": article["outlet"],
                "published": article["published"],
                "title": article["title"],
                "before": before,
                "span": span,
                "after": after,
                "note": "" if is_missing(word) else clean(word, 80),
            }
        )
    return items


@made_of_tables
def _known(articles: pd.DataFrame) -> dict[str, dict[str, str]]:
    fields = ("outlet", "published", "title")
    articles = by_publisher(articles)
    columns = [articles[f].tolist() if f in articles else [None] * len(articles) for f in fields]
    known = {}
    for doc_id, text, *meta in zip(
        articles["doc_id"].tolist(), articles["text"].tolist(), *columns, strict=True
    ):
        known[doc_id] = {"text": "" if is_missing(text) else text} | {
            f: "" if is_missing(m) else clean(m, 140) for f, m in zip(fields, meta, strict=True)
        }
    return known


def _spread(
    rows: Sequence[tuple[str, int, int, Any]], known: Mapping[str, Mapping[str, str]], limit: int
) -> list[tuple[str, int, int, Any]]:
    """The first of each outlet, then the second of each, from another of its articles; in order.

    So neither one outlet nor one article speaks for all where there are others.
    """
    in_article: dict[str, int] = {}
    by_article = []
    for place, row in enumerate(rows):
        in_article[row[0]] = in_article.get(row[0], 0) + 1
        by_article.append((in_article[row[0]], place))
    in_outlet: dict[str, int] = {}
    ranked = []
    for _, place in sorted(by_article):
        outlet = known[rows[place][0]]["outlet"]
        in_outlet[outlet] = in_outlet.get(outlet, 0) + 1
        ranked.append((in_outlet[outlet], place))
    return [rows[place] for place in sorted(p for _, p in sorted(ranked)[:limit])]


@made_of_tables
def _bounds(sentences: pd.DataFrame) -> dict[str, tuple[list[int], list[int]]]:
    """Where the sentences of each article begin and end."""
    bounds: dict[str, tuple[list[int], list[int]]] = {}
    columns = (sentences[c].tolist() for c in ("doc_id", "start", "end"))
    for doc_id, start, end in zip(*columns, strict=True):
        starts, ends = bounds.setdefault(doc_id, ([], []))
        starts.append(start)
        ends.append(end)
    return bounds


def _around(
    text: str, start: int, end: int, bounds: tuple[list[int], list[int]] | None
) -> tuple[int, int]:
    """The sentence (or sentences) that hold the span; without sentences its paragraph."""
    if bounds and bounds[0]:
        starts, ends = bounds
        first = max(bisect_right(starts, start) - 1, 0)
        last = max(bisect_right(starts, max(end - 1, start)) - 1, 0)
        low, high = starts[first], ends[last]
        if low <= start and high >= end:
            return low, high
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end)
    return low, len(text) if high < 0 else high


def _cut(text: str, low: int, start: int, end: int, high: int) -> tuple[str, str, str]:
    """Before, span and after on one line each, shortened at word boundaries with "…"."""
    before, after = text[low:start], text[end:high]
    if len(before) > CONTEXT:
        tail = before[-CONTEXT:]
        before = "…" + tail[tail.find(" ") :] if " " in tail else "…" + tail
    if len(after) > CONTEXT:
        after = after[:CONTEXT].rsplit(" ", 1)[0] + " …"
    span = text[start:end]
    if len(span) > LONGEST_SPAN:
        span = span[:LONGEST_SPAN].rsplit(" ", 1)[0] + " …"
    return _line(before).lstrip(), _line(span), _line(after).rstrip()


def _line(piece: str) -> str:
    """One line, with a space kept where the piece begins or ends with one."""
    middle = clean(piece)
    if not middle:
        return " " if piece else ""
    return " " * piece[:1].isspace() + middle + " " * piece[-1:].isspace()


def _heading(name: str) -> str:
    return str(name).replace("_", " ")


def _kind(values: Sequence[Any]) -> str:
    have = [v for v in values if not is_missing(v)]
    numeric = bool(have) and all(
        isinstance(v, int | float) and not isinstance(v, bool) for v in have
    )
    if numeric:
        return "number"
    dated = bool(have) and all(_DAY.fullmatch(_cell(v, "", 0)) for v in have)
    return "date" if dated else "text"


def _whole(values: Sequence[Any]) -> bool:
    return all(
        is_missing(v) or isinstance(v, int) or (isinstance(v, float) and v.is_integer())
        for v in values
    )


def _cell(value: Any, unit: str, digits: int) -> str:
    if is_missing(value):
        return MISSING
    if isinstance(value, bool):
        return number(value)
    if unit:
        return amount(value, unit)
    if isinstance(value, int):
        return number(value)
    if isinstance(value, float):
        return number(value, digits)
    if hasattr(value, "date") and hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    if isinstance(value, list | tuple):
        return clean(", ".join(map(str, value)), _CELL)
    return clean(value, _CELL)


def _links(rows: pd.DataFrame) -> list[list[Any]]:
    """Where each row's words begin; of rows that are articles, where the article does."""
    if "doc_id" not in rows.columns:
        return []
    starts = rows["start"].tolist() if "start" in rows.columns else [0] * len(rows)
    return [
        [] if is_missing(d) or is_missing(s) else [str(d), int(s)]
        for d, s in zip(rows["doc_id"].tolist(), starts, strict=True)
    ]


def _leads(
    shown: pd.DataFrame, names: Sequence[str], of: Any, leads: Mapping[str, Lead]
) -> dict[str, Any]:
    """What the cells count: the spans, and under each column the number of each row's."""
    book = Book()
    at = {
        name: [book.ref(*sides) for sides in lead.of_frame(shown, of)]
        for name, lead in leads.items()
        if name in names
    }
    return {**book.data(), "at": at}


def row_header(columns: Sequence[Mapping[str, Any]]) -> int:
    """Which column names the rows of a table: the first of words, else the first.

    >>> row_header([{"type": "number"}, {"type": "text"}, {"type": "text"}])
    1
    """
    return next((i for i, c in enumerate(columns) if c["type"] == "text"), 0)


def _table_html(data: Mapping[str, Any]) -> str:
    head = "".join(f'<th scope="col">{escape(c["heading"])}</th>' for c in data["columns"])
    sides = ["right" if c["type"] == "number" else "left" for c in data["columns"]]
    tags = ["td"] * len(sides)
    if tags:
        tags[row_header(data["columns"])] = 'th scope="row"'
    body = "".join(
        "<tr>"
        + "".join(
            f'<{tag} style="text-align:{side}">{escape(cell)}</{tag[:2]}>'
            for cell, tag, side in zip(row, tags, sides, strict=True)
        )
        + "</tr>"
        for row in data["rows"]
    )
    note = f"<p><small>{escape(data['note'])}</small></p>" if data["note"] else ""
    return (
        f"<table><caption>{escape(data['caption'])}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"
    )


def _table_plain(data: Mapping[str, Any]) -> str:
    heads = [c["heading"] for c in data["columns"]]
    right = [c["type"] == "number" for c in data["columns"]]
    rows = [[cell if len(cell) <= 48 else cell[:47] + "…" for cell in row] for row in data["rows"]]
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    lines = [data["caption"]]
    for row in [heads, *rows]:
        cells = zip(row, widths, right, strict=True)
        lines.append("  ".join(c.rjust(w) if r else c.ljust(w) for c, w, r in cells).rstrip())
    return "\n".join([*lines, data["note"]] if data["note"] else lines)


def _where(item: Mapping[str, Any]) -> str:
    date = item["published"] or "undated"
    return f"{item['outlet'] or 'unknown'}, {date} · {item['doc_id']} {item['start']}–{item['end']}"


def _evidence_html(data: Mapping[str, Any]) -> str:
    items = "".join(
        f"<li>{escape(i['before'])}<mark>{escape(i['span'])}</mark>{escape(i['after'])}"
        f"<br><small>{escape(_where(i))}{' · ' + escape(i['note']) if i['note'] else ''}</small>"
        "</li>"
        for i in data["items"]
    )
    caption = f"<p><strong>{escape(data['caption'])}</strong></p>" if data["caption"] else ""
    return f"{caption}<ol>{items}</ol>" if items else f"{caption}<p>No sentence.</p>"


def _evidence_plain(data: Mapping[str, Any]) -> str:
    lines = [data["caption"]] if data["caption"] else []
    for i in data["items"]:
        note = f" ({i['note']})" if i["note"] else ""
        lines.append(f"{i['before']}⟦{i['span']}⟧{i['after']}\n    {_where(i)}{note}")
    return "\n".join(lines) if data["items"] else "\n".join([*lines, "No sentence."])


def _figures(data: Mapping[str, Any]) -> str:
    parts = [
        f"{data['value']} {data['unit']}".strip(),
        f"of {data['denominator']}" if data["denominator"] else "",
    ]
    parts += [f"interval {data['interval']}" if data["interval"] else ""]
    parts += [DESCRIPTIVE if data["descriptive"] else WITHIN_CHANCE if data["doubtful"] else ""]
    parts += [data["method"]]
    return " · ".join(p for p in parts if p)


def _finding_html(data: Mapping[str, Any]) -> str:
    inside = _evidence_html({"caption": "", "items": data["items"]}) if data["items"] else ""
    return (
        f"<p><strong>{escape(data['statement'])}</strong><br>"
        f"<small>{escape(_figures(data))}</small></p>{inside}"
    )


def _finding_plain(data: Mapping[str, Any]) -> str:
    inside = _evidence_plain({"caption": "", "items": data["items"]}) if data["items"] else ""
    return "\n".join(p for p in (data["statement"], f"  {_figures(data)}", inside) if p)

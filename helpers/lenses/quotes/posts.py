"""Posts of social media printed in an article: whose signature or handle stands at them.

"Text. — Ann Hale (@annhale) May 5, 2019" is how an embedded post reads once its page is gone; on
other pages the name and the handle stand above, and a time below.
"""

from __future__ import annotations

import re

from helpers.lenses.quotes.marked_article import Attribution, MarkedArticle, Range
from helpers.lenses.quotes.people import People
from helpers.lenses.quotes.printed_lines import LINKS, SIGNED, Lines

LONGEST, LONGEST_BEFORE_2018 = 300, 145
"""Characters of a post without its links: the limit was 140 until November 2017, then 280."""
_SHARED = re.compile(
    r"A post shared by (?P<name>[^\n()@]{1,60}?)\s?\((?P<handle>@[\w.]{1,30})\)"
    r"(?P<date> on [^\n]{4,40})?"
)
_HANDLE_LINE = re.compile(r"(?P<name>[^\n@:.]{0,50}?)[\s✔·|]*(?P<handle>@\w{1,30})[\s·|]*$")
_QUOTED = re.compile(r"\s*[\"“][^\"“”]{1,400}[\"”][\s—–-]*(?:[A-Z]{2}\s)?(?P<handle>@\w+)")
"""A post that is somebody else's words: “…” —@annhale."""
_ENDS = re.compile(r"[.!?…][\"”’')]*\s+")
_NARRATES = re.compile(
    r"\b(?:according to|said|told|tweeted|wrote|posted|responded|replied|claimed|added)\b"
)
_YEAR = re.compile(r"\b20\d\d\b")
_WRITES = re.compile(r"\b(?:tweet(?:s|ed)|posts|posted|wr(?:ites|ote)|sa(?:ys|id)|replied|added)\b")
_TAG = re.compile(r"<[^<>\n]*>")
_MARKED_UP = re.compile(
    r"<tweet\b[^<>\n]{0,300}?author=\"(?P<name>@?\w{1,30})\"[^<>\n]{0,300}>(?P<text>[^<\n]+)"
)
"""A post in the mark-up of an archive, its signature an attribute."""


def posts(article: MarkedArticle, lines: Lines, people: People) -> list[Attribution]:
    """One attribution per post; its lines are taken."""
    out = []
    free = 0
    """Where the text behind the last signature begins."""
    for n, line in enumerate(lines):
        if line.part == "headline":
            continue
        marked = _MARKED_UP.match(lines.whole, line.start, line.end)
        if marked is not None and SIGNED.search(marked["text"]) is None:
            content = lines.words_in(n, *marked.span("text"))
            if content:
                out.append(_post(article, marked.span("name"), content, people))
                lines.take(n)
            continue
        if "@" not in lines.text(n):
            continue
        at = line.start
        taken = lines.is_taken(n)
        while (m := _signature(lines.whole, at, line.end)) is not None:
            whole = line.end - m.end() < 40 or m["date"] is not None
            if whole and not taken:
                begin = max(line.start, free)
                content = _signed_words(lines, n, begin, m, at == line.start)
                if content:
                    out.append(_post(article, m.span("name"), content, people))
            article.silence(*m.span())
            at = free = m.end()
        if at == line.start and not taken:
            below = _below_handle(article, lines, n, people)
            if below is not None:
                out.append(below)
    return out


def _signature(text: str, start: int, end: int) -> re.Match[str] | None:
    return SIGNED.search(text, start, end) or _SHARED.search(text, start, end)


def _signed_words(
    lines: Lines, n: int, begin: int, signed: re.Match[str], first: bool
) -> list[Range]:
    """The spans of the post with that signature in line ``n``, from ``begin`` on."""
    end = signed.start()
    year = _YEAR.search(signed["date"] or "")
    limit = LONGEST if year is None or year[0] > "2017" else LONGEST_BEFORE_2018
    a = _post_start(lines.whole, begin, end, limit)
    content = lines.words_in(n, a, end)
    lines.take(n)
    if a > lines[n].start or not first:
        return content
    size = _size(lines.whole[a:end])
    usual = lines.usual_gap()
    # the lines of a post stand further apart than paragraphs; a signature alone is of the one above
    for k in range(n - 1, -1, -1):
        row = lines[k]
        size += _size(lines.text(k))
        near = lines.gap(k) > usual or not content
        joined = near and row.part not in ("headline", "boilerplate")
        if not joined or size > limit or lines.is_taken(k) or _introduces(lines.text(k)):
            break
        content = lines.words_in(k, row.start, None) + content
        lines.take(k)
    return content


def _introduces(text: str) -> bool:
    return text.rstrip().endswith(":") or SIGNED.search(text) is not None


def _size(text: str) -> int:
    return len(LINKS.sub("", text))


def _post_start(text: str, begin: int, end: int, limit: int) -> int:
    """Where in a line the post begins that is signed at ``end``, of ``limit`` characters at most.

    Behind a colon; in a line too long for it with the last sentences that fit and do not narrate.
    """
    tag = _TAG.match(text, begin, end)
    if tag is not None:
        begin = tag.end()
    if _size(text[begin:end]) <= limit:
        colon = text.find(": ", begin, min(end, begin + 120))
        writes = colon > 0 and _WRITES.search(text, max(begin, colon - 30), colon) is not None
        return colon + 2 if writes else begin
    starts = [begin, *(m.end() for m in _ENDS.finditer(text, max(begin, end - 600), end))]
    best = to = end
    for a in reversed(starts):
        if a < to and (_size(text[a:end]) > limit or _NARRATES.search(text, a, to) is not None):
            break
        best, to = a, a
    return best if best < end else starts[-1]


def _below_handle(
    article: MarkedArticle, lines: Lines, n: int, people: People
) -> Attribution | None:
    """The post below a line that is no more than a name and a handle."""
    m = _HANDLE_LINE.fullmatch(lines.text(n))
    if m is None or n + 1 >= len(lines) or lines[n + 1].part == "headline" or lines.is_taken(n + 1):
        return None
    if len(m["name"].split()) > 6 or _size(lines.text(n + 1)) > LONGEST:
        return None
    content = lines.words_in(n + 1, lines[n + 1].start, None)
    if not content:
        return None
    lines.take(n)
    lines.take(n + 1)
    group = "name" if m["name"].strip() else "handle"
    start = lines[n].start
    article.silence(start, lines[n].end)
    return _post(article, (start + m.start(group), start + m.end(group)), content, people)


def _post(article: MarkedArticle, name: Range, content: list[Range], people: People) -> Attribution:
    doc = article.doc
    quoted = _QUOTED.match(doc.text, content[0][0], content[-1][1])
    signed = doc.text[name[0] : name[1]]
    who = people.actor(signed) or (people.with_handle(signed) if " " not in signed else None)
    if quoted is not None:
        name, who = quoted.span("handle"), people.with_handle(quoted["handle"])
    a, b = doc.at(name[0]), doc.until(name[1])
    return Attribution(content, None, (a, b) if a < b else None, "post", confidence=0.9, actor=who)

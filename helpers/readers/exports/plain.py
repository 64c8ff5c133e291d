"""Several articles in one text file, as people put them there: dividing lines, front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from helpers.readers import front_matter
from helpers.readers.document import Document, Doubt, checked
from helpers.readers.exports.layout import byline, date_of
from helpers.readers.metadata import fields, is_known
from helpers.readers.records import text_column

_RULE = re.compile(r"^[ \t]*([=*_#~+-])(?: ?\1){3,}[ \t]*\r?$|\f", re.MULTILINE)
_DRAWN = re.compile(r"\n[ \t]*([=*_#~+-])(?: ?\1){3}")
"""Looked for at the beginnings of lines alone, which is quick."""
_HEADING = re.compile(r"^# +(?=\S)", re.MULTILINE)
_COUNTER = re.compile(
    r"^[ \t]*(?:Article|Text|Document|Artikel|No\.?|#) ?(\d{1,5})(?: (?:of|von|de|/) \d+)?[.:)]?"
    r"[ \t]*\r?$",
    re.MULTILINE | re.IGNORECASE,
)
"""A line that numbers the article below it: "Article 1 of 20", "#1"."""
_LONGEST_LABELS = 60
_IDENTIFIED = re.compile(
    r"^Do[ck]ument(?:en)?[ -]?(?:nummer|number|ID|no\.?):? *(\S+)[ \t]*\r?$",
    re.MULTILINE | re.IGNORECASE,
)
"""How databases whose layout is not known end an article."""
_HEAD_CHARACTERS = 5_000
_CITED = re.compile(r"\s*Source Citation\b")
"""How Gale ends an article: what follows tells how to cite it."""
_FENCE = re.compile(r"^(?:---|\+\+\+)[ \t]*\r?\n", re.MULTILINE)
_PAIR = re.compile(r"\s*([^\W\d_][\w -]{1,20}): *(\S.*)?")
_SEPARATOR = re.compile(r"(?:,| [|•·–—-]|;)\s+")
_SENTENCE = re.compile(r"[.!?:;,…][\"'”’)\]]*$")
_END = re.compile(r"[.!?…][\"'”’)\]]*\s*$")
_LONGEST_TITLE = 25
_LONGEST_HEAD = 5
LEAST_WORDS = 15
"""Fewer words below a title are no article."""


def split(text: str, *, spaced: bool = False) -> Iterator[Document | Doubt] | None:
    """The articles of a text that blocks of front matter, headings or dividing lines cut apart.

    None for a text that is one article. In a ``spaced`` text, one of a word processor, an empty
    line stands below every line. Where lines divide it and not every part has the head of
    an article, it stays one, with a doubt.
    """
    if max(text.count("\n---"), text.count("\n+++")) >= 3 and (starts := _blocks(text)):
        return _with_front_matter(text, starts)
    begin = text[:200].lstrip("\ufeff \t\r\n")
    if begin.startswith("# ") and (found := _headed(text, _HEADING)):
        return _articles(*found)
    if _COUNTER.match(begin) and (found := _headed(text, _COUNTER)):
        return _articles(*found)
    if (_DRAWN.search(text) or "\f" in text) and (divided := _divided(text, spaced=spaced)):
        return divided
    if ":" in begin and (found := _labelled(text)):
        return _articles(*found)
    numbers = {m[1] for m in _IDENTIFIED.finditer(text)} if text.count("\nDo") > 1 else ()
    if len(numbers) > 1:
        return _undivided(text, len(numbers), "numbers of documents tell of")
    return None


def _divided(text: str, *, spaced: bool) -> Iterator[Document | Doubt] | None:
    parts = [part for part in _parts(text) if part.strip()]
    if len(parts) < 2:
        return None
    heads = [_head(part.strip().splitlines(), spaced=spaced) for part in parts]
    certain = sum(1 for head in heads if head and "published" in head[0])
    titles = [head[0]["title"] for head in heads if head]
    if len(titles) > 1 and len(set(titles)) == 1:
        return None  # the head of each page of one article
    drawn = "=" in {match[1] for match in _RULE.finditer(text)}
    if all(heads) and (drawn or certain == len(heads)):
        return _articles(parts, [head for head in heads if head])
    if certain >= 2 or (drawn and all(heads[:2])):
        return _undivided(text, len(parts))
    return None


_Head = tuple[dict[str, str], list[str]]


def _headed(text: str, mark: re.Pattern[str]) -> tuple[list[str], list[_Head]] | None:
    """Parts below headings of the first level, or below numbers that count them.

    Each has a line that holds outlet or day alone.
    """
    found = [*mark.finditer(text)]
    if len(found) < 2 or text[: found[0].start()].strip("\ufeff \t\r\n"):
        return None
    if mark is _COUNTER and [int(m[1]) for m in found] != [*range(1, len(found) + 1)]:
        return None
    starts = [match.end() if mark is _COUNTER else match.start() for match in found]
    ends = [*(match.start() for match in found[1:]), len(text)]
    parts = [text[a:b].strip() for a, b in zip(starts, ends, strict=True)]
    heads = []
    for part in parts:
        lines = part.splitlines()
        head = _label_head(lines) or _head(lines, spaced=True)
        if head is None or "published" not in head[0]:
            return None
        heads.append(head)
    return parts, heads


def _labelled(text: str) -> tuple[list[str], list[_Head]] | None:
    """Articles that each begin with lines of labels: "Title: …", "Source: …", "Date: …"."""
    if _label_head(text[:_HEAD_CHARACTERS].lstrip("\ufeff \t\r\n").splitlines()) is None:
        return None
    lines = text.lstrip("\ufeff").splitlines()
    first = next(i for i, line in enumerate(lines) if line.strip())
    pair = next(found for line in lines[first:] if (found := _PAIR.match(line)))
    opening = re.compile(rf"[# ]*{re.escape(pair[1])}:", re.IGNORECASE)
    starts = [first]
    if opening.match(lines[first]):  # no heading above the labels
        starts += [
            i
            for i in range(first + 1, len(lines))
            if opening.match(lines[i])
            and not lines[i - 1].strip()
            and _label_head(lines[i : i + _LONGEST_LABELS], 0)
        ]
    parts = [lines[a:b] for a, b in pairwise([*starts, len(lines)])]
    heads = [_label_head(part, 1) or ({}, []) for part in parts]
    return ["\n".join(part) for part in parts], heads


def _label_head(lines: Sequence[str], least: int = LEAST_WORDS) -> _Head | None:
    """What lines of labels above a text declare, and the text; None where they are no such head.

    Two of the labels at least are names of ours, one of them that of a title or a day; a label of
    texts ("Text:") ends the head, else the first line without a label does.

    >>> head = ["Title: Talks fail", "Date: 4 March 2024", "Desk: World", ""]
    >>> _label_head([*head, "They left. " * 8])[0]
    {'title': 'Talks fail', 'published': '4 March 2024', 'desk': 'World'}
    """
    said: dict[str, str] = {}
    for at, line in enumerate(lines[:_LONGEST_LABELS]):
        heading = line.strip().lstrip("# ") if line.startswith("# ") and not said else ""
        pair = None if heading else _PAIR.match(line.strip("*_ "))
        if pair and text_column([pair[1]]):
            lines = [pair[2] or "", *lines[at + 1 :]]
            at = 0
            break
        if heading:
            said["title"] = heading
        elif pair and len(pair[1].split()) <= 3:
            said.setdefault(pair[1].strip().lower(), (pair[2] or "").strip("*_ "))
        elif line.strip():
            break
    else:
        at = len(lines)  # nothing but labels
    if (outlet := said.pop("from", "")) and "title" in said:  # as Gale calls it
        said["outlet"] = outlet
    known, other = fields(said)
    if len(known) < 2 or not {"title", "published"} & known.keys():
        return None
    rest = [*lines[at:]]
    end = next((i for i, line in enumerate(rest) if _CITED.match(line)), len(rest))
    rest = rest[: end if end > len(rest) - 8 else len(rest)]
    if sum(len(line.split()) for line in rest[:50]) < least:
        return None
    known.setdefault("title", "")
    return known | other, rest


def _blocks(text: str) -> list[int]:
    """Where blocks of front matter begin, in a text that begins with one and has another."""
    declared, begin = front_matter.parse(text)
    if not declared:
        return []
    starts = [0]
    for fence in _FENCE.finditer(text, begin):
        block = text[fence.start() : fence.start() + 20_000]
        values = front_matter.parse(block)[0]
        if fence.start() >= begin and sum(map(is_known, values)) >= min(2, len(declared)):
            starts.append(fence.start())
            begin = fence.start() + front_matter.body_start(block)
    return starts if len(starts) > 1 else []


def _with_front_matter(text: str, starts: Sequence[int]) -> Iterator[Document | Doubt]:
    for number, (a, b) in enumerate(pairwise([*starts, len(text)]), start=1):
        piece, row = text[a:b].rstrip(), f"article {number}"
        declared, begin = front_matter.parse(piece)
        if piece[begin:].strip():
            yield from checked(piece, declared, row=row)
        else:
            yield Doubt("no text below the front matter", "left out", row)


def _parts(text: str) -> Iterator[str]:
    """What stands between dividing lines, each with an empty line, or none, above and below."""
    start = 0
    for rule in _RULE.finditer(text):
        at = rule.start()
        above = text[max(start, at - 200) : at].replace("\r", "")
        below = text[rule.end() : rule.end() + 4].replace("\r", "").replace(" ", "")
        apart = above.endswith("\n\n") and below[:2] in "\n\n"
        # no underlined heading: the sentence above has ended, or an empty line stands there
        drawn = rule[1] == "=" and (_END.search(above) or above.endswith("\n\n"))
        nothing = not above.strip() and not text[start:at].strip()
        if nothing or apart or drawn or rule[0] == "\f":
            yield text[start:at]
            start = rule.end()
    yield text[start:]


def _head(lines: Sequence[str], *, spaced: bool = False) -> tuple[dict[str, str], list[str]] | None:
    """What the first lines of a part declare, and the other lines; None where no title is there.

    The head of a ``spaced`` text may have empty lines between its own.

    >>> _head(["Talks fail", "The Post, 2024-03-04", "", "They left. " * 8])[0]
    {'title': 'Talks fail', 'outlet': 'The Post', 'published': '2024-03-04'}
    """
    found: dict[str, str] = {}
    begin = 0
    filled = [*filter(str.strip, lines[: 2 * _LONGEST_HEAD]), ""]
    for line in [*lines[: _LONGEST_HEAD * (1 + spaced)], ""]:
        text = line.strip().lstrip("# ").strip("*_")
        if text and filled[0] == line:
            filled.pop(0)
        if not text and found and not spaced:
            break
        if (pair := _PAIR.match(text)) and is_known(pair[1]):
            found |= fields({pair[1]: pair[2] or ""})[0]
        elif "title" not in found and _is_title(text):
            found["title"] = text
        elif "title" in found and (said := _outlet_and_day(text)):
            found |= said
        elif "title" in found and text.lower().startswith("by ") and len(text.split()) <= 8:
            found["byline"] = byline(text)
        elif "title" in found and _is_title(text) and date_of(filled[0]):
            found["outlet"] = text  # alone above its day
        elif text:
            break
        begin += 1
    rest = list(lines[begin:])
    enough = sum(len(line.split()) for line in rest) >= LEAST_WORDS
    return (found, rest) if enough and "title" in found else None


def _is_title(text: str) -> bool:
    return 0 < len(text.split()) <= _LONGEST_TITLE and not _SENTENCE.search(text)


def _outlet_and_day(line: str) -> dict[str, str]:
    """Outlet and day of a line that holds nothing else.

    >>> _outlet_and_day("March 4, 2024 | The Post")
    {'outlet': 'The Post', 'published': '2024-03-04'}
    """
    if published := date_of(line.strip("()")):
        rest = _SEPARATOR.split(line, maxsplit=2)[1:]
        return {"outlet": rest[-1]} | {"published": published} if "|" in line and rest else {
            "published": published}  # fmt: skip
    for cut in _SEPARATOR.finditer(line):
        published = date_of(line[cut.end() :])
        if published and len(line[: cut.start()].split()) <= 8:
            return {"outlet": line[: cut.start()].strip(), "published": published}
    return {}


def _articles(
    parts: Sequence[str], heads: Sequence[tuple[dict[str, str], list[str]]]
) -> Iterator[Document | Doubt]:
    for number, (_, (declared, lines)) in enumerate(zip(parts, heads, strict=True), start=1):
        if not declared:
            told = "labels without a text below them"
            yield Doubt(told, "left out; save its text as .txt", f"article {number}")
            continue
        body = "\n".join(lines).strip()
        text = f"{declared['title']}\n\n{body}" if declared["title"] else body
        yield from checked(text, declared, row=f"article {number}" if len(parts) > 1 else "")


def _undivided(
    text: str, parts: int, told: str = "lines divide it into"
) -> Iterator[Document | Doubt]:
    yield Doubt(
        f"{told} {parts} parts, which may be articles",
        "read as one article; if they are several, save each as a file of its own, or give each "
        "its title and a line with outlet and date, and put a line of ===== between them",
    )
    yield from checked(text)

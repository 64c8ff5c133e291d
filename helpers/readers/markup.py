"""The lines of a page or a part of it, as a browser breaks them: one a block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody "
    "td tfoot th thead tr ul".split()
)
_UNSEEN = frozenset(
    "head title script style template noscript svg math object iframe select".split()
)


_TAG = re.compile(
    r"</(?:p|div|a|b|i|em|strong|span|h[1-6]|ul|ol|li|blockquote|figure|section)>|<br ?/?>", re.I
)


_MOST_ATTRIBUTES = 1_000
_LONG_TAG = re.compile(rf"<[A-Za-z][^<]{{{_MOST_ATTRIBUTES},}}")
_WHOLE_TAG = re.compile(r"<([A-Za-z][\w:-]*+)(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")


def text_of(value: str) -> str | None:
    """The paragraphs that a browser would show of a text with HTML in it; None where it has none.

    >>> text_of("<p>Talks &amp; <b>more</b>.</p><p>They left.</p>"), text_of("if a<b then c>d")
    ('Talks & more.\\n\\nThey left.', None)
    """
    if "<" not in value or not _TAG.search(value):
        return None
    return "\n\n".join(
        line for part in _EMPTY_LINE.split(value) for line in lines(tree(f"<div>{part}</div>"))
    )


def slim(page: str) -> str:
    """The page with no attributes in tags that have thousands: parsers compare each with each.

    >>> slim("<p " + "a=b " * 3_000 + ">They left.</p>")
    '<p>They left.</p>'
    >>> one = '<p title="' + "a = b, " * 3_000 + '">'
    >>> slim(one) == one
    True
    """
    if not _LONG_TAG.search(page):
        return page
    return _WHOLE_TAG.sub(lambda tag: f"<{tag[1]}>" if _is_crowded(tag[0]) else tag[0], page)


def _is_crowded(tag: str) -> bool:
    if len(tag) < _MOST_ATTRIBUTES:
        return False
    return len(_QUOTED.sub("", tag).split()) > _MOST_ATTRIBUTES


def tree(page: str) -> Any:
    """The lxml element of a page or a part of one, whatever signs stand in it.

    >>> tree("<p>a").tag
    'p'
    """
    from lxml import html

    parser = html.HTMLParser(encoding="utf-8")
    data = slim(page).encode("utf-8", "replace").replace(b"\0", b"")
    try:
        return html.fromstring(data, parser=parser)
    except (html.etree.ParserError, ValueError):  # nothing but comments, or nothing
        return html.fromstring(b"<div></div>", parser=parser)


def lines(element: Any) -> Iterator[str]:
    """The text of each block of an lxml element, in the order of the page; none is empty.

    >>> from lxml import html
    >>> list(lines(html.fromstring("<div>Talks <b>fail</b><p>They<br>left.</p>late</div>")))
    ['Talks fail', 'They', 'left.', 'late']
    """
    parts: list[str] = []
    for text in _pieces(element):
        if text is not None:
            parts.append(text)
            continue
        if line := " ".join("".join(parts).split()):
            yield line
        parts = []
    if line := " ".join("".join(parts).split()):
        yield line


def _pieces(root: Any) -> Iterator[str | None]:
    """The texts of a tree in their order, None where a line ends; without recursion."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, seen = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if seen or not tag or tag in _UNSEEN:
            if seen and tag in _BLOCKS:
                yield None
        else:
            if tag in _BLOCKS or tag == "br":
                yield None
            yield element.text or ""
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
            continue
        if element is not root:
            yield element.tail or ""

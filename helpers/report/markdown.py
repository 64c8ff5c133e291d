"""Our Markdown as HTML: no raw markup, no live link but to the web or inside the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from markupsafe import Markup

_WEB = re.compile(r"^(https?://|mailto:)", re.IGNORECASE)
_NOTEBOOK = re.compile(r"^(?:\./)?([\w.-]+)\.ipynb$")


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # decided in `_links`
    return parser


def to_html(
    source: str,
    *,
    shift: int = 0,
    identify: Callable[[str], str] | None = None,
    chapters: Mapping[str, str] | None = None,
) -> Markup:
    """``source`` as HTML. Headings go down by ``shift`` levels and get the id that ``identify``
    makes of their text; a link to a notebook in ``chapters`` becomes the link given there.

    >>> to_html("<b>x</b> [y](javascript:alert(1))")
    Markup('<p>&lt;b&gt;x&lt;/b&gt; y</p>\\n')
    """
    tokens = _parser().parse(source)
    for i, token in enumerate(tokens):
        if token.type in {"heading_open", "heading_close"}:
            level = min(6, int(token.tag[1]) + shift)
            if token.type == "heading_open" and identify is not None:
                token.attrSet("id", identify(plain(tokens[i + 1])))
            token.tag = f"h{level}"
        elif token.type == "inline" and token.children:
            token.children = _links(token.children, chapters or {})
        elif token.type == "table_open":
            token.attrSet("class", "prose")
        elif token.type == "td_open" and tokens[i - 1].type == "tr_open":
            token.tag = tokens[i + 2].tag = "th"  # its words stand between the two
            token.attrSet("scope", "row")
    parser = _parser()
    html = parser.renderer.render(tokens, parser.options, {})
    html = html.replace("<table", '<div class="scroll" tabindex="0"><table')
    html = html.replace("</table>", "</table></div>")
    return Markup(html)  # markdown-it escaped it: html=False


def headings(source: str) -> list[tuple[int, str]]:
    """Level and text of each heading.

    >>> headings("# A `b`\\n\\ntext\\n\\n## C")
    [(1, 'A b'), (2, 'C')]
    """
    tokens = _parser().parse(source)
    return [
        (int(t.tag[1]), plain(tokens[i + 1]))
        for i, t in enumerate(tokens)
        if t.type == "heading_open"
    ]


def plain(inline: Any) -> str:
    """The words of an inline token, without markup."""
    return "".join(
        t.content
        if t.type in {"text", "code_inline", "html_inline"}
        else " " * (t.type[-5:] == "break")
        for t in inline.children or ()
    ).strip()


def _links(children: list[Any], chapters: Mapping[str, str]) -> list[Any]:
    """Keep links that are allowed; the words of others stay, without the link. No image stays."""
    kept: list[Any] = []
    open_links: list[bool] = []
    for token in children:
        if token.type == "link_open":
            target = _target(str(token.attrGet("href") or ""), chapters)
            open_links.append(bool(target))
            if not target:
                continue
            token.attrs = {"href": target}
            if _WEB.match(target):
                token.attrs["rel"] = "noopener noreferrer"
        elif token.type == "link_close" and not open_links.pop():
            continue
        elif token.type == "image":
            token.type, token.tag, token.content = "text", "", token.content
            token.attrs, token.children = {}, None
        kept.append(token)
    return kept


def _target(url: str, chapters: Mapping[str, str]) -> str:
    if url.startswith("#") or _WEB.match(url):
        return url
    notebook = _NOTEBOOK.match(url)
    return chapters.get(notebook[1], "") if notebook else ""

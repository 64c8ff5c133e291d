"""What every page shares: the template, the style, the scripts and the policy that names them."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

import helpers
from helpers.paths import JUPYTER
from helpers.reader import STYLE
from helpers.report.appendix import bar
from helpers.report.chapters import led_to
from helpers.report.places import slugs
from helpers.report.store import packed as pack

ASSETS = Path(__file__).with_name("assets")
PLOTLY_JS = "plotly-cartesian.min.js.gz"
TABLES_JS = JUPYTER / "share/jupyter/labextensions/parallax-tables/static/tables.js"
SCRIPTS = (
    TABLES_JS,
    *(ASSETS / f"{name}.js" for name in ("store", "reader", "page", "drawer", "csv", "search")),
)
FEW = 12
"""Choices of a search field up to which all are laid out; of more a name is typed."""
STYLES = (*(ASSETS / name for name in ("page.css", "drawer.css", "search.css")), STYLE)


def page(
    *,
    title: str,
    kicker: str,
    chapters: Sequence[dict[str, Any]],
    question: str = "",
    corpus: Sequence[str] = (),
    other: tuple[str, str] | None = None,
    method_html: str = "",
    method_sections: Sequence[str] = (),
    problems: Sequence[dict[str, str]] = (),
    problems_at: str = "",
    articles: Sequence[dict[str, Any]] = (),
    articles_total: int = 0,
    packed_articles: str = "",
    search: Mapping[str, Any] | None = None,
    holds_articles: str = "",
) -> str:
    """One HTML file that loads nothing; ``other`` is the page beside it, file and name.

    The last fact of ``corpus`` leads to ``problems_at``, where there is such a place.

    ``packed_articles`` is what its scripts read of the articles, ``holds_articles`` the page that
    prints them, where it is another one; ``search`` what can be searched for in them.
    """
    script, source = _scripts()
    has_figures = any(b["kind"] == "figure" for part in chapters for b in part["blocks"])
    leads = led_to(block for part in chapters for block in part["blocks"])
    leads |= (search or {}).get("leads", {})
    packed, library = _library() if has_figures else ("", "")
    policy = (
        f"default-src 'none'; script-src {source} {library}".rstrip()
        + "; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    template = _environment().get_template("page.html")
    text: str = template.render(
        policy=policy,
        style=Markup("\n".join(path.read_text("utf-8") for path in STYLES)),
        script=Markup(script),
        packed=packed,
        version=helpers.__version__,
        title=title,
        kicker=kicker,
        question=question,
        corpus=corpus,
        other=other,
        chapters=chapters,
        method_html=method_html,
        method_sections=method_sections,
        problems=problems,
        problems_at=problems_at,
        few=FEW,
        articles=articles,
        articles_total=articles_total,
        bar=bar(),
        packed_articles=packed_articles,
        search=search or {},
        packed_leads=pack(leads) if leads else "",
        holds_articles=holds_articles,
    )
    return text.encode("utf-8", "replace").decode("utf-8")


def method_id(words: str) -> str:
    """The anchor of a section of the text on methods."""
    return f"methods-{next(iter(slugs([words]).values())).lower()}"


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["slug"] = method_id
    return environment


@cache
def _library() -> tuple[str, str]:
    """Plotly's library: packed as base64 text, and the CSP source of the script it becomes."""
    packed = (ASSETS / PLOTLY_JS).read_bytes()
    return base64.b64encode(packed).decode("ascii"), _source(gzip.decompress(packed))


@cache
def _scripts() -> tuple[str, str]:
    """The page's own scripts as one, and its CSP source."""
    script = "\n".join(file.read_text("utf-8") for file in SCRIPTS)
    script = script.replace("\r\n", "\n")
    return script, _source(script.encode())


def _source(script: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode('ascii')}'"

"""One HTML file: findings first, then the notebooks as chapters, then the articles in full."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

import helpers
from helpers.display import finding_data
from helpers.report.appendix import choose, entries
from helpers.report.chapters import chapter_names, chapters, linked, wanted_articles
from helpers.report.markdown import headings, to_html
from helpers.report.places import Places, slugs
from helpers.schema import UNKNOWN_OUTLET
from helpers.statistics import LEVEL_TEXT
from helpers.wording import clean, count, is_missing, number

if TYPE_CHECKING:
    import pandas as pd
    from nbformat import NotebookNode

ASSETS = Path(__file__).with_name("assets")
PLOTLY_JS = "plotly-cartesian.min.js.gz"
SENTENCES_PER_FINDING = 5


def render(
    notebooks: Sequence[NotebookNode],
    *,
    title: str,
    question: str = "",
    articles: pd.DataFrame | None = None,
    sentences: pd.DataFrame | None = None,
    findings: Sequence[Any] = (),
    problems: pd.DataFrame | None = None,
    outlets: Sequence[str] = (),
) -> str:
    """The briefing as one HTML page that works from disk, without a network.

    ``notebooks`` are executed ones (`execute_notebooks`). ``findings`` are
    `helpers.briefing.Finding`; they come first, with their sentences. ``articles`` are printed in
    full at the end, so that every sentence shown can be read in its place; a big corpus prints the
    articles that something points at.
    """
    wanted = wanted_articles(notebooks)
    for claim in findings:
        wanted.update(doc_id for doc_id, _, _ in claim.evidence)
    printed = choose(articles, wanted) if articles is not None else []
    places = Places(slugs(printed, prefix="doc-"))
    cards = _cards(findings, articles, sentences, places)
    parts = chapters(notebooks, places, findings_above=bool(cards))
    texts = entries(articles, sentences, places) if articles is not None else []
    method_text = methods()
    has_figures = any(b["kind"] == "figure" for part in parts for b in part["blocks"])
    return _page(
        title=clean(title),
        question=clean(question) if question else "",
        corpus=corpus_line(articles, problems, outlets) if articles is not None else [],
        cards=cards,
        findings_asked=articles is not None and bool(notebooks),
        chapters=parts,
        method_html=to_html(method_text, shift=1, identify=_method_id) if articles is not None
        else "",
        method_sections=[t for level, t in headings(method_text) if level == 2],
        problems=_problems(problems),
        articles=texts,
        articles_total=0 if articles is None else len(articles),
        has_figures=has_figures,
    )  # fmt: skip


def render_notebook(notebook: NotebookNode) -> str:
    """One executed notebook as a self-contained page."""
    (name,) = chapter_names([notebook])
    first = next((c.source for c in notebook.cells if c.cell_type == "markdown"), "")
    titles = [words for level, words in headings(first) if level == 1]
    parts = chapters([notebook], Places({}), findings_above=False, shift=0)
    return _page(
        title=titles[0] if titles else name,
        question="",
        corpus=[],
        cards=[],
        findings_asked=False,
        chapters=[{**parts[0], "title": ""}] if titles else parts,
        method_html="",
        method_sections=[],
        problems=[],
        articles=[],
        articles_total=0,
        has_figures=any(b["kind"] == "figure" for b in parts[0]["blocks"]),
    )


def corpus_line(
    articles: pd.DataFrame, problems: pd.DataFrame | None, outlets: Sequence[str]
) -> list[str]:
    """What was read, in a few short facts.

    >>> import pandas as pd
    >>> corpus_line(pd.DataFrame({"doc_id": ["a"], "outlet": ["X"], "text": ["…"]}), None, [])
    ['1 article', '1 outlet']
    """
    named = outlets or (articles["outlet"].dropna() if "outlet" in articles else [])
    names = {str(o) for o in named} - {UNKNOWN_OUTLET}
    facts = [
        count(len(articles), "article"),
        count(len(names), "outlet") if names else "no outlet named",
    ]
    if "n_words" in articles:
        facts.append(f"{number(int(articles['n_words'].sum()))} words")
    if "published" in articles and articles["published"].notna().any():
        days = articles["published"].dropna()
        first, last = str(days.min()), str(days.max())
        facts.append(first if first == last else f"{first} to {last}")
        if undated := len(articles) - len(days):
            facts.append(f"{number(undated)} undated")
    if "duplicate_of" in articles and (twins := int(articles["duplicate_of"].notna().sum())):
        facts.append(f"{count(twins, 'duplicate')} left out of counts")
    if problems is not None and len(problems):
        facts.append(f"{count(len(problems), 'problem')} noted")
    return facts


def _cards(
    findings: Sequence[Any],
    articles: pd.DataFrame | None,
    sentences: pd.DataFrame | None,
    places: Places,
) -> list[dict[str, Any]]:
    ids = slugs([c.claim_id for c in findings], prefix="finding-")
    cards = []
    for claim in findings:
        data = finding_data(
            claim, articles=articles, sentences=sentences, limit=SENTENCES_PER_FINDING
        )
        name = ids[claim.claim_id]
        cards.append({**data, "id": name, "items": linked(data["items"], places, name)})
    return cards


def _problems(problems: pd.DataFrame | None) -> list[dict[str, str]]:
    if problems is None:
        return []
    return [
        {k: "" if is_missing(row.get(k)) else clean(row[k], 400)
         for k in ("file", "problem", "action")}
        for row in problems.to_dict("records")
    ]  # fmt: skip


def methods() -> str:
    """The page's own text on what the figures can and cannot show."""
    return (ASSETS / "methods.md").read_text("utf-8").replace("{level}", LEVEL_TEXT)


def _method_id(words: str) -> str:
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
    environment.filters["slug"] = _method_id
    return environment


@cache
def _library() -> tuple[str, str]:
    """Plotly's library: packed as base64 text, and the CSP source of the script it becomes."""
    packed = (ASSETS / PLOTLY_JS).read_bytes()
    return base64.b64encode(packed).decode("ascii"), _source(gzip.decompress(packed))


@cache
def _scripts() -> tuple[str, str]:
    """The page's own script and its CSP source."""
    script = (ASSETS / "page.js").read_text("utf-8").replace("\r\n", "\n")
    return script, _source(script.encode())


def _source(script: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode('ascii')}'"


def _page(*, has_figures: bool, **content: Any) -> str:
    script, source = _scripts()
    packed, library = _library() if has_figures else ("", "")
    policy = (
        f"default-src 'none'; script-src {source} {library}".rstrip()
        + "; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    template = _environment().get_template("page.html")
    page: str = template.render(
        policy=policy,
        style=Markup((ASSETS / "page.css").read_text("utf-8")),
        script=Markup(script),
        packed=packed,
        version=helpers.__version__,
        **content,
    )
    return page.encode("utf-8", "replace").decode("utf-8")

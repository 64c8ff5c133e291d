"""The two pages: the briefing with the articles in full, and how everything was counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from helpers import reader
from helpers.comparing.sides import PUBLISHER, by_publisher
from helpers.report.appendix import choose, entries
from helpers.report.chapters import chapter_names, chapters, parted, wanted_articles
from helpers.report.markdown import headings, to_html
from helpers.report.outputs import known
from helpers.report.places import Places, slugs
from helpers.report.search import searchable
from helpers.report.shell import ASSETS, method_id, page
from helpers.report.store import packed_articles
from helpers.report.word_file import word_file
from helpers.schema import UNKNOWN_OUTLET
from helpers.statistics import LEVEL_TEXT
from helpers.wording import clean, count, is_missing, number

if TYPE_CHECKING:
    import pandas as pd
    from nbformat import NotebookNode

BRIEFING = "briefing.html"
METHOD = "method.html"
TOLD_BY = "06-briefing"
"""File stem of the notebook that the briefing is made of; the others make the page of methods."""


def pages(
    notebooks: Sequence[NotebookNode],
    *,
    title: str,
    question: str = "",
    articles: pd.DataFrame | None = None,
    sentences: pd.DataFrame | None = None,
    problems: pd.DataFrame | None = None,
    outlets: Sequence[str] = (),
    method: str = "",
    redacted: bool = False,
    mentions: pd.DataFrame | None = None,
    quotes: pd.DataFrame | None = None,
    target_sentiment: pd.DataFrame | None = None,
) -> dict[str, str]:
    """File name → page, for the two pages that work from disk beside each other, without a network.

    ``notebooks`` are executed ones (`execute_notebooks`). What the notebook of the briefing found
    is `briefing.html`, with the articles in full, so that every sentence shown can be read in its
    place; the notebooks before it, and its cells tagged ``method``, are `method.html`. A big
    corpus prints the articles that something points at. ``method`` is the paragraph to paste into
    a paper; ``mentions``, ``quotes`` and ``target_sentiment`` are marked in the articles, and the
    search finds actors and speakers in them. With ``redacted``
    the notebooks hold no sentence (`Redactor`), and no article is printed.
    """
    notebooks = [known(notebook) for notebook in notebooks]
    told_of = None if redacted else articles
    printed = choose(told_of, wanted_articles(notebooks)) if told_of is not None else []
    places = Places(slugs(printed, prefix="doc-"), _titles(told_of))
    names = chapter_names(notebooks)
    found, rest = _parted(notebooks)
    hrefs = {stem: f"{METHOD}#{name}" for stem, name in names.items()}
    parts = chapters(found, places, shift=0, hrefs=hrefs, code=False)
    behind = chapters(rest, places.on(METHOD, page=BRIEFING))
    method_text = methods() + (f"\n## To paste into a paper\n\n{method}\n" if method else "")
    records = _records(told_of, sentences, printed, mentions, quotes, target_sentiment)
    packed = [
        packed_articles(records, sentences, places.docs, shown=shown) if records else ""
        for shown in (places.marks, None)
    ]
    facts = corpus_line(articles, problems, outlets) if articles is not None else []
    listed = f"{METHOD}#problems" if facts and problems is not None and len(problems) else ""
    return {
        BRIEFING: page(
            title=clean(title),
            corpus=facts,
            problems_at=listed,
            kicker="Parallax briefing",
            question=clean(question) if question else "",
            other=(METHOD, "How everything was counted"),
            chapters=[{**part, "title": ""} for part in parts],
            articles=entries(records, places),
            articles_total=0 if told_of is None else len(told_of),
            packed_articles=packed[0],
            search=searchable(told_of, places.docs, mentions=mentions, quotes=quotes)
            if told_of is not None
            else None,
        ),
        METHOD: page(
            title=clean(title),
            corpus=facts,
            problems_at=listed.removeprefix(METHOD),
            kicker="Parallax: how it was counted",
            other=(BRIEFING, "The briefing"),
            chapters=behind,
            method_html=to_html(method_text, shift=1, identify=method_id),
            method_sections=[t for level, t in headings(method_text) if level == 2],
            problems=_problems(problems),
            packed_articles=packed[1],
            holds_articles=BRIEFING,
        ),
    }


def _titles(articles: pd.DataFrame | None) -> dict[str, str]:
    """doc_id → title, as links to an article name it."""
    if articles is None:
        return {}
    rows = zip(articles["doc_id"].tolist(), articles["title"].tolist(), strict=True)
    return {doc: clean(doc if is_missing(title) else title, 90) for doc, title in rows}


def _records(
    articles: pd.DataFrame | None,
    sentences: pd.DataFrame | None,
    printed: Sequence[str],
    mentions: pd.DataFrame | None,
    quotes: pd.DataFrame | None,
    target_sentiment: pd.DataFrame | None,
) -> list[dict[str, Any]]:
    """What the reader draws of the printed articles; none without articles."""
    if articles is None:
        return []
    known = reader.marks(
        articles,
        quotes=quotes,
        mentions=mentions,
        target_sentiment=target_sentiment,
        doc_ids=set(printed),
    )
    return reader.records(articles, sentences=sentences, marks=known, doc_ids=printed)


def briefing_docx(
    notebooks: Sequence[NotebookNode],
    *,
    title: str,
    question: str = "",
    articles: pd.DataFrame | None = None,
    problems: pd.DataFrame | None = None,
    outlets: Sequence[str] = (),
    method: str = "",
) -> bytes:
    """What `briefing.html` tells, as the bytes of a Word file."""
    found, _ = _parted([known(notebook) for notebook in notebooks])
    return word_file(
        title=title,
        question=question,
        corpus=corpus_line(articles, problems, outlets) if articles is not None else [],
        chapters=[
            {**part, "title": ""} for part in chapters(found, Places({}), shift=0, code=False)
        ],
        method=method,
    )


def _parted(notebooks: Sequence[NotebookNode]) -> tuple[list[NotebookNode], list[NotebookNode]]:
    """The notebooks of the briefing, and those of the page of methods."""
    found, rest = [], []
    for stem, notebook in zip(chapter_names(notebooks), notebooks, strict=True):
        told, counted = parted(notebook) if stem == TOLD_BY else (None, notebook)
        found += [told] if told is not None else []
        rest.append(counted)
    return found, rest


def render_notebook(notebook: NotebookNode) -> str:
    """One executed notebook as a self-contained page."""
    notebook = known(notebook)
    (name,) = chapter_names([notebook])
    first = next((c.source for c in notebook.cells if c.cell_type == "markdown"), "")
    titles = [words for level, words in headings(first) if level == 1]
    parts = chapters([notebook], Places({}), shift=0)
    return page(
        title=titles[0] if titles else name,
        kicker="Parallax",
        chapters=[{**parts[0], "title": ""}] if titles else parts,
    )


def corpus_line(
    articles: pd.DataFrame, problems: pd.DataFrame | None, outlets: Sequence[str]
) -> list[str]:
    """What was read, in a few short facts.

    >>> import pandas as pd
    >>> corpus_line(pd.DataFrame({"doc_id": ["a"], "outlet": ["X"], "text": ["…"]}), None, [])
    ['1 article', '1 outlet']
    """
    sides = {str(o) for o in outlets} if PUBLISHER in articles else set()
    named = [*by_publisher(articles)["outlet"].dropna()] if "outlet" in articles else []
    names = {str(o) for o in (named if sides else outlets or named)} - {UNKNOWN_OUTLET}
    facts = [
        count(len(articles), "article"),
        count(len(names), "outlet") if names else "no outlet named",
    ]
    if sides:
        facts.append(count(len(sides), "side"))
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

"""Whose text is whose: how much of each article an earlier one prints, and what was cut from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from helpers.comparing.events import OTHERS_ORIGINS
from helpers.comparing.sides import printer
from helpers.duplicates import runs_of
from helpers.spread.grid import Column, Entry, Grid, Row, Span, plain
from helpers.spread.material import Material
from helpers.wording import clean, count, is_missing, listing, number

SAME = 0.7
"""Share of a sentence's runs of five words that make it the other text's sentence."""
SHORTEST = 8
"""Words of a sentence that is looked at: shorter ones are alike by chance."""
CUT = 3
"""Sentences that were left out of one article and are shown; the others are counted."""
ARTICLES = 10
"""Articles with an earlier one beside them that are shown, those that share most first."""
LONGEST = 160


def independent(m: Material) -> str:
    """How many texts of their own the articles hold, and how shared text counts here."""
    articles = m.story.articles
    if len(articles) == 1:
        return "There is one article: nothing is printed twice."
    copies = int(articles["duplicate_of"].notna().sum())
    taken = int(m.story.earlier_print.notna().sum()) - copies
    own = len(articles) - copies - taken
    parts = [count(copies, "copy")] if copies else []
    parts += [f"{number(taken)} that print much of an earlier one"] if taken else []
    told = f" beside {listing(parts)}" if parts else ""
    if m.story.settings.count_duplicates:
        how = "Every copy counts (count_duplicates in story.toml)."
    elif m.story.wire == "once":
        how = "Shared text is counted once here, for whoever printed it first."
    else:
        how = (
            "A copy counts once, other shared text for each outlet that prints its own version of "
            "it."
        )
    return f"{count(len(articles), 'article')} hold {count(own, 'independent text')}{told}. {how}"


def shared_text(m: Material) -> Grid:
    """One row per article that prints another one's text, then agency copy without its original.

    Columns: whose text it is, how much of the article stands in the earlier one, and the earlier
    one's sentences that the article leaves out.
    """
    made, alone = [], []
    every: list[dict[str, Any]] = m.story.articles.to_dict("records")  # type: ignore[assignment]
    texts = {row["doc_id"]: row for row in every}
    givers = set(m.story.earlier_print.dropna())
    for row in texts.values():
        earlier = m.story.earlier_print[row["doc_id"]]
        if not is_missing(earlier):
            made.append(_beside(m, row, texts[earlier]))
        elif str(row["origin"]) in OTHERS_ORIGINS and row["doc_id"] not in givers:
            alone.append(row)
    made.sort(key=lambda found: (-found[0], found[1].label))
    rows = [row for _, row in made[:ARTICLES]]
    columns = tuple(Column(c, ()) for c in ("Whose text", "Shared with it", "What it leaves out"))
    more = len(made) - len(rows)
    rest = f"The {len(rows)} that share most; {count(more, 'further article')} of the kind"
    note = f"{rest} in the table articles." if more > 0 else ""
    if alone:
        rows.append(_without_original(alone))
    return Grid("Whose text is whose", columns, tuple(rows), note)


def _beside(m: Material, row: dict[str, Any], earlier: dict[str, Any]) -> tuple[float, Row]:
    """How much of an article the earlier one holds, and the row that says so."""
    mine, theirs = _sentences(m, row), _sentences(m, earlier)
    kept, _ = _parted(mine, row["text"], earlier["text"])
    also, gone = _parted(theirs, earlier["text"], row["text"])
    words, whole = _words(row["text"], kept), _words(row["text"], mine)
    share = words / whole if whole else 1.0
    places = kept if row["doc_id"] in m.articles else also  # a copy is not on the page
    day = "" if is_missing(row["published"]) else str(row["published"])[:10]
    title = clean(row["title"], 90) if not is_missing(row["title"]) else row["doc_id"]
    whose = "a copy" if not is_missing(row["duplicate_of"]) else str(row["origin"])
    other = plain(f"{printer(earlier)}: {clean(earlier['title'] or '', 90)}",
                  at=[(earlier["doc_id"], 0, 0)], note=whose)  # fmt: skip
    told = plain(f"{share:.0%}", at=places, note=f"of {count(whole, 'word')}")
    cells = ((other,), (told,), tuple(_left_out(m, gone)))
    label = f"{printer(row)}: {title}"
    return share, Row(label, cells, note=day, empty="nothing")


def _left_out(m: Material, gone: Sequence[Span]) -> list[Entry]:
    entries = [Entry((("cut", clean(m.text(span), LONGEST)),), (span,)) for span in gone[:CUT]]
    if more := gone[CUT:]:
        entries.append(plain(f"and {count(len(more), 'more sentence')}", at=more))
    return entries


def _sentences(m: Material, row: dict[str, Any]) -> list[Span]:
    """The sentences of an article that can be held against another text's."""
    doc, text = str(row["doc_id"]), row["text"]
    return [
        (doc, start, end)
        for start, end, part in m.sentences(doc)
        if part == "body" and len(text[start:end].split()) >= SHORTEST
    ]


def _parted(spans: Sequence[Span], text: str, other: str) -> tuple[list[Span], list[Span]]:
    """Sentences that stand in another text, and those that do not."""
    known = runs_of(other)
    kept: list[Span] = []
    gone: list[Span] = []
    for span in spans:
        runs = runs_of(text[span[1] : span[2]])
        same = np.intersect1d(runs, known, assume_unique=True).size
        (kept if same >= SAME * max(runs.size, 1) else gone).append(span)
    return kept, gone


def _words(text: str, spans: Sequence[Span]) -> int:
    return sum(len(text[start:end].split()) for _, start, end in spans)


def _without_original(alone: Sequence[dict[str, Any]]) -> Row:
    groups: dict[str, list[Span]] = {}
    for row in alone:
        whose = "others" if is_missing(row["shared_with"]) else clean(row["shared_with"], 60)
        groups.setdefault(f"{row['outlet']}, of {whose}", []).append((row["doc_id"], 0, 0))
    order = sorted(groups, key=lambda name: (-len(groups[name]), name))[:ARTICLES]
    found = tuple(
        plain(name, at=groups[name], note=count(len(groups[name]), "article")) for name in order
    )
    return Row("Agency text whose original is not here", (found, (), ()), empty="not known")

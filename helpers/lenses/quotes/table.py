"""The `quotes` table: attributions of every article as rows."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.grammar.document import Document as View
from helpers.grammar.document import documents
from helpers.grammar.reporting import thoughts
from helpers.lenses.quotes.attribution import find
from helpers.lenses.quotes.frame import Attribution, Frame, frame
from helpers.lenses.quotes.leftover import attach
from helpers.lenses.quotes.speakers import Mention, genders_of, resolve
from helpers.schema import make, needs


def find_quotes(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    mentions: pd.DataFrame,
) -> pd.DataFrame:
    """One row per content span of an attribution; the rows of one attribution share `quote_id`."""
    needs(articles, "doc_id", "text", table="articles")
    needs(sentences, "doc_id", "sentence_id", "paragraph", "part", table="sentences")
    needs(tokens, "doc_id", "sentence_id", "start", "end", "text", "tag", table="tokens")
    names = (
        "quote_id doc_id start end text kind cue cue_start cue_end source source_start source_end "
        "actor sentence_id rule anonymous stance confidence problem lemma form"
    ).split()
    columns: dict[str, list[Any]] = {name: [] for name in names}
    known = _mentions(mentions)
    for document in documents(articles, sentences, tokens):
        if not document.words:
            continue
        made = frame(document)
        found = attach(made, find(made), document.paragraphs, document.parts)
        here = known.get(document.doc_id, [])
        _rows(columns, made, found, resolve(made, found, here, genders_of(here)))
    return make("quotes", columns).astype({"lemma": "str", "form": "str"})


def _mentions(mentions: pd.DataFrame) -> dict[str, list[Mention]]:
    """The mentions of each article, in text order."""
    needs(mentions, "doc_id", "start", "end", "text", "actor", "kind", table="mentions")
    out: dict[str, list[Mention]] = {}
    actors = mentions["actor"].astype(object).where(mentions["actor"].notna(), None).tolist()
    rules = mentions["rule"].fillna("").tolist() if "rule" in mentions else [""] * len(mentions)
    types = mentions["actor_type"].fillna("").tolist() if "actor_type" in mentions else None
    for i, (doc, start, end, kind, text) in enumerate(
        zip(
            mentions["doc_id"].tolist(), mentions["start"].tolist(), mentions["end"].tolist(),
            mentions["kind"].tolist(), mentions["text"].tolist(), strict=True,
        )
    ):  # fmt: skip
        type_ = types[i] if types else ""
        out.setdefault(doc, []).append(Mention(start, end, actors[i], kind, type_, text, rules[i]))
    for rows in out.values():
        rows.sort()
    return out


def _rows(
    columns: dict[str, list[Any]],
    made: Frame,
    found: list[Attribution],
    speakers: list[tuple[str | None, bool]],
) -> None:
    view = made.view
    text = view.text
    seen: set[tuple[tuple[int, int], ...]] = set()
    number = 0
    pairs = list(zip(found, speakers, strict=True))
    best: dict[tuple[tuple[int, int], ...], float] = {}
    for a in found:
        key = tuple(sorted(set(a.content)))
        best[key] = max(best.get(key, 0.0), a.confidence)
    for a, (actor, anonymous) in sorted(
        pairs, key=lambda p: (min(p[0].content), p[0].cue or (0, 0))
    ):
        content = tuple(sorted(set(a.content)))
        if content in seen or a.confidence < best[content]:
            continue
        seen.add(content)
        number += 1
        form = _form(a, any(kind(made, s, e) != "indirect" for s, e in content))
        cue = _chars(view, a.cue)
        source = _chars(view, a.source)
        for s, e in content:
            row = (
                f"{view.doc_id}#q{number}", view.doc_id, s, e, text[s:e], kind(made, s, e),
                text[cue[0] : cue[1]] if cue else None, cue[0] if cue else None,
                cue[1] if cue else None,
                text[source[0] : source[1]] if source else None, source[0] if source else None,
                source[1] if source else None,
                actor, view.sentence_ids[view.sent[min(view.at(s), len(view.sent) - 1)]],
                a.rule, anonymous, a.stance,
                a.confidence, a.problem, a.lemma or None, form,
            )  # fmt: skip
            for values, value in zip(columns.values(), row, strict=True):
                values.append(value)


# Constructions whose content is a clause: somebody's words, or at least somebody's thought.
CLAUSAL = frozenset(
    (
        "clause", "clauselate", "bare", "quote", "objthat", "as", "colon", "according to",
        "in their view", "as they say", "after quotation", "standing alone", "quoted words",
        "noun clause", "noun quote",
    )
)  # fmt: skip


def _form(a: Attribution, marked: bool) -> str:
    """speech, thought ("believes that") or attitude ("backs the deal", "refused to go")."""
    if marked:
        return "speech"
    if a.rule not in CLAUSAL:
        return "attitude"
    return "thought" if a.lemma in thoughts() else "speech"


def _chars(view: View, tokens: tuple[int, int] | None) -> tuple[int, int] | None:
    return None if tokens is None else (view.starts[tokens[0]], view.ends[tokens[1] - 1])


def kind(made: Frame, start: int, end: int) -> str:
    """direct: the quoted words stand as an utterance; mixed: quoted words in a paraphrase."""
    inside = 0
    whole = False
    for _, q in made.marks_from(start):
        if q.end <= start:
            continue
        if q.start >= end:
            break
        inside += min(end, q.end) - max(start, q.start)
        first = made.view.text[q.inner_start : q.inner_start + 1]
        last = made.view.text[q.inner_end - 1 : q.inner_end]
        whole = whole or first.isupper() or last in ".,!?…"
    if not inside:
        return "indirect"
    return "direct" if inside >= 0.9 * (end - start) and whole else "mixed"

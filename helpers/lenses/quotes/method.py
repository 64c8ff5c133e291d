"""The `quotes` table: attributions of every article as rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from helpers.grammar.clauses.factuality import is_denied, is_free, is_hypothetical
from helpers.grammar.clauses.groups import is_person
from helpers.grammar.document import Document, documents
from helpers.grammar.reporting import acts
from helpers.lenses.quotes.columns import QUOTES
from helpers.lenses.quotes.marked_article import Attribution, MarkedArticle, Range
from helpers.lenses.quotes.quoted_fragments import GUESSED
from helpers.lenses.quotes.rules import CERTAIN, CLAUSAL, PHRASAL, PHRASE, RULES, VERBATIM
from helpers.lenses.quotes.speakers import (
    Mention,
    Speaker,
    heads_of,
    is_described,
    resolve,
    trimmed,
)
from helpers.lenses.quotes.spoken import attributed
from helpers.lexicons import words
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
    rows: list[dict[str, Any]] = []
    known = _mentions(mentions)
    for document in documents(articles, sentences, tokens):
        if not document.words:
            continue
        here = known.get(document.doc_id, [])
        article, found = attributed(document, here)
        rows += _rows(article, found, resolve(article, found, here))
    names = [*QUOTES.columns, *QUOTES.further]
    table = make("quotes", {name: [row[name] for row in rows] for name in names})
    return table.astype({"lemma": "str", "form": "str"})


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
    article: MarkedArticle,
    found: list[Attribution],
    speakers: list[Speaker],
) -> Iterator[dict[str, Any]]:
    """The rows of one article; of attributions with the same content only the surest."""
    doc = article.doc
    contents = [tuple(sorted(set(a.content))) for a in found]
    borrowed = {id(a) for a in found if a.rule in PHRASAL and _are_anothers(article, a, found)}
    near: dict[int, list[Attribution]] = {}
    for a in found:
        if a.cue is not None and a.source is not None:
            near.setdefault(doc.sent[a.cue[0]], []).append(a)
    best: dict[tuple[Range, ...], float] = {}
    for content, a in zip(contents, found, strict=True):
        best[content] = max(best.get(content, 0.0), a.confidence)
    ordered = sorted(
        zip(contents, found, speakers, strict=True), key=lambda x: (x[0][0], x[1].cue or (0, 0))
    )
    seen: set[tuple[Range, ...]] = set()
    for content, a, (actor, anonymous) in ordered:
        if content in seen or a.confidence < best[content]:
            continue
        seen.add(content)
        printed = a.rule in VERBATIM
        kinds = ["direct" if printed else kind(article, s, e) for s, e in content]
        shared = {
            "quote_id": f"{doc.doc_id}#q{len(seen)}",
            "doc_id": doc.doc_id,
            **_span("cue", doc, a.cue),
            **_span("source", doc, a.source),
            "actor": actor,
            "rule": a.rule,
            "anonymous": anonymous,
            "stance": a.stance,
            "confidence": a.confidence,
            "problem": a.problem,
            "lemma": a.lemma or None,
        }
        marked = id(a) not in borrowed and any(k != "indirect" for k in kinds)
        marked = marked and not _is_within(doc, a, near)
        shared["form"] = _form(a, marked)
        shared["counted"] = shared["form"] == "speech" and _is_certain(doc, a, marked)
        shared["counted"] &= actor is not None or _may_speak(doc, a)
        shared["counted"] &= not _is_broken(doc.printed, content, kinds)
        for (s, e), how in zip(content, kinds, strict=True):
            yield {
                **shared,
                "start": s,
                "end": e,
                "text": doc.printed[s:e],
                "kind": how,
                "sentence_id": doc.sentence_ids[doc.sent[min(doc.at(s), len(doc.sent) - 1)]],
            }


_CERTAIN = {rule.name: CERTAIN[rule.content] for rule in RULES}


def _span(name: str, doc: Document, tokens: Range | None) -> dict[str, Any]:
    """The text of ``tokens`` and its place, as three columns that may be missing."""
    if tokens is None:
        return {name: None, f"{name}_start": None, f"{name}_end": None}
    start, end = doc.starts[tokens[0]], doc.ends[tokens[1] - 1]
    return {name: doc.printed[start:end], f"{name}_start": start, f"{name}_end": end}


def _are_anothers(article: MarkedArticle, a: Attribution, found: list[Attribution]) -> bool:
    """Whether the words in marks that ``a`` holds are another's: shared an ad that calls it “…”."""
    doc = article.doc
    start, end = a.content[0][0], a.content[-1][1]
    for b in found:
        if b is a or b.cue is None or not start <= doc.starts[b.cue[0]] < end:
            continue
        first = next((q for _, q in article.marks_from(start) if q.end > start), None)
        if first is not None and any(s <= first.start and first.end <= e for s, e in b.content):
            return True
    return False


def _is_within(doc: Document, a: Attribution, near: dict[int, list[Attribution]]) -> bool:
    """Whether another's report has all of this one: "he asked for “A”, the palace said".

    ``near`` are the attributions of each sentence that have a source.
    """
    if a.cue is None:
        return False
    at, end = doc.starts[a.cue[0]], a.content[-1][1]
    return any(
        s <= at and end <= e <= doc.starts[b.cue[0]]
        for b in near.get(doc.sent[a.cue[0]], ())
        if b.cue is not None and b.cue[0] > a.cue[0]
        for s, e in b.content
    )


def _may_speak(doc: Document, a: Attribution) -> bool:
    """Whether what a relative pronoun stands for can speak: a person before "who".

    "A fever, which confirmed what I knew" says nothing.
    """
    if a.source is None or doc.lower[a.source[1] - 1] not in ("who", "which"):
        return True
    head = heads_of(doc, trimmed(doc, a.source))[0]
    if doc.code[head] != "n" or doc.lower[a.source[1] - 1] == "which":
        return doc.code[head] != "n"
    return is_person(doc.lower[head]) or is_described(doc.lower[head], doc.tags[head])


def _is_certain(doc: Document, a: Attribution, marked: bool) -> bool:
    """Whether an attribution is sure enough to be counted: words in marks are, if they were said.

    Not what somebody "would say", "did not mention" or "seemed to doubt", what nobody said, or
    what "is expected to" be.
    """
    if a.rule not in _SAID and _is_unsaid(doc, a):
        return False
    nobody = a.source is not None and doc.lower[a.source[0]] in _NOBODY
    if nobody or (a.source is None and a.rule.startswith("passive")):
        return False
    return (marked and a.confidence > GUESSED) or a.confidence >= _CERTAIN.get(
        a.rule, CERTAIN[PHRASE]
    )


def _is_broken(text: str, content: Sequence[tuple[int, int]], kinds: Sequence[str]) -> bool:
    """Whether a quotation has no mark where it opens but one where a sentence ends.

    Then the mark most likely opens what follows (the paragraphs were joined, the mark stayed behind
    the sentence before), and the words are the author's: 38 of 41 such rows, read by hand in a
    corpus of joined paragraphs.
    """
    for (start, end), kind in zip(content, kinds, strict=True):
        opened = any(mark in _MARKS for mark in text[max(start - 1, 0) : start + 1])
        if kind == "direct" and not opened and _CLOSES.search(text[start : end + 1]):
            return True
        if kind == "direct" and end - start > LONGEST:
            return True
    return False


_MARKS = "“”\"«»„‘'"
_CLOSES = re.compile(r"[.!?][\"”]\s*$")
LONGEST = 1200
"""Characters of a direct quotation that counts: a longer one ran over marks that are missing."""
_SAID = VERBATIM | {"after quotation"}


def _is_unsaid(doc: Document, a: Attribution) -> bool:
    """Whether the verb that reports is denied, wished or possible: nothing was said."""
    found = doc.predicate(a.cue[1] - 1) if a.cue is not None else None
    if found is None:
        return False
    s, p = found
    if p.negated if p.finite and a.rule in CLAUSAL else is_denied(s, p):
        return True  # in "said nothing was lost" it is the content that denies
    asked = "?" in s.words[-2:]  # by the words reported, as a rule
    return not (asked or is_free(s, p)) and is_hypothetical(s, p)


_NOBODY = words("nobody_words")


def _form(a: Attribution, marked: bool) -> str:
    """speech, thought ("believes that") or attitude ("backs the deal", "refused to go").

    The sense of the verb decides: what is "denied" or "urged" is said, what is "backed" is not.
    """
    if marked:
        return "speech"
    act = acts().get(a.lemma, "speech")
    if a.rule in CLAUSAL:
        return "thought" if act == "thought" else "speech"
    return "speech" if act == "speech" and not a.rule.startswith("noun") else "attitude"


def kind(article: MarkedArticle, start: int, end: int) -> str:
    """direct: the quoted words stand as an utterance; mixed: quoted words in a paraphrase."""
    doc = article.doc
    inside = False
    whole = False
    for _, q in article.marks_from(start):
        if q.start >= end:
            break
        inside = True
        first = doc.text[q.inner_start : q.inner_start + 1]
        last = doc.text[q.inner_end - 1 : q.inner_end]
        whole = whole or first.isupper() or last in ".,!?…"
    if not inside:
        return "indirect"
    tokens = range(doc.at(start), doc.until(end))
    paraphrase = any(not article.quoted[i] and doc.words[i][0].isalnum() for i in tokens)
    return "direct" if whole and not paraphrase else "mixed"

"""Who blames whom: "X accuses Y of …", "X holds Y responsible", "X put the blame on Y"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from helpers import lexicons
from helpers.grammar.clauses import Predicate, Sentence
from helpers.grammar.clauses.factuality import is_denied, is_hypothetical
from helpers.lenses.agency.sources import Actors, Mention, Tokens, with_mentions

COLUMNS = {
    "doc_id": "str",
    "start": "int64",
    "end": "int64",
    "predicate": "str",
    "blamer": "str",
    "blamed": "str",
    "about_start": "Int64",
    "about_end": "Int64",
    "sentence_id": "int64",
    "verb_start": "int64",
    "verb_end": "int64",
}
_BLAME = lexicons.words("blaming_verbs")
_BLAME_NOUNS = lexicons.words("blame_nouns")
_ANSWERABLE = lexicons.words("answerable_adjectives")
_DEGREES = lexicons.words("degrees_of_blame")
_REASON = lexicons.words("reason_prepositions")
_STEMS = (*lexicons.listed("blame_stems"), *_ANSWERABLE)


def blame(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    mentions: pd.DataFrame,
) -> pd.DataFrame:
    """One row per blaming told as done: who blames or accuses whom, and for what.

    What is denied, asked or only possible ("evidence before pointing blame on …") is no
    blaming. Columns: doc_id, start, end (blamer to blamed), predicate, blamer, blamed (actors;
    one of the two may be missing), about_start, about_end (what for, if it is said),
    sentence_id, verb_start, verb_end.
    """
    rows: list[tuple[Any, ...]] = []
    for one, found in with_mentions(articles, sentences, tokens, mentions):
        if any(word.lower().startswith(_STEMS) for word in one.words):
            s = one.clauses()
            actors = Actors(one, found)
            for p in s.predicates:
                blamed, about = _blamed(s, p)
                if blamed and not is_denied(s, p) and not is_hypothetical(s, p):
                    rows += _rows(one, s, actors, p, blamed, about)
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _blamed(s: Sentence, p: Predicate) -> tuple[Sequence[tuple[int, int]], int]:
    """Token spans of the blamed, and the chunk with which the reason opens (-1: none)."""
    after = (p.object[-1] if p.object else p.chunk) + 1
    if p.lemma in _BLAME and not p.auxiliary:
        if p.lemma == "blame" and p.object and s.word(after) == "on":
            return s.spans(after + 1), -1
        return p.patients, after
    if not p.object:
        return [], -1
    if p.lemma == "hold" and s.word(after) in _DEGREES:
        after += 1
    if p.lemma == "hold" and s.word(after) in _ANSWERABLE:
        return p.patients, after + 1
    noun = s.head(p.object[-1])
    if noun in _BLAME_NOUNS and s.word(after) == "on":
        return s.spans(after + 1), -1
    if p.lemma == "point" and noun in ("finger", "fingers") and s.word(after) in ("at", "to"):
        return s.spans(after + 1), -1
    return [], -1


def _rows(
    one: Tokens,
    s: Sentence,
    actors: Actors,
    p: Predicate,
    blamed: Sequence[tuple[int, int]],
    about: int,
) -> Iterator[tuple[Any, ...]]:
    doers: list[Mention | None] = [*actors.all_of(p.agents)]
    targets: list[Mention | None] = [*actors.all_of(blamed)]
    if not doers and not targets:
        return
    reason = _reason(one, s, about, "Y" if p.passive else "")
    verb = one.starts[p.start], one.ends[p.end - 1]
    for doer in doers or [None]:
        for target in targets or [None]:
            marks = [m for m in (doer, target) if m is not None]
            start = min([verb[0], *(m.start for m in marks)])
            end = max([verb[1], *(m.end for m in marks)])
            names = (m.actor if m is not None else None for m in (doer, target))
            yield (one.doc_id, start, end, p.lemma, *names, *reason, one.sentence_id, *verb)


def _reason(one: Tokens, s: Sentence, j: int, stop: str) -> tuple[int | None, int | None]:
    """What the blame is for: from behind "of", "for" to the next mark (or a passive's "by")."""
    if j < 0 or s.word(j) not in _REASON:
        return None, None
    k = j + 1
    while k < len(s.kinds) and s.kinds[k] not in ",.:()" + stop:
        k += 1
    if k == j + 1:
        return None, None
    return one.starts[s.starts[j + 1]], one.ends[s.ends[k - 1] - 1]

"""The analyst's actor list: forms looked up by their first word, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from helpers.lenses.actors.gazetteer import CAPITAL, HOUSE, gazetteer
from helpers.lenses.actors.tagged_article import TaggedArticle
from helpers.schema import needs

_TYPES = frozenset({"person", "government", "organization", "place", "other"})
_KINDS = frozenset({"name", "title", "metonym", "demonym"})
IGNORE = "ignore"
"""A kind that says: this form is no actor."""


@dataclass
class ActorList:
    """What the list's forms stand for; labels that it gives to found actors."""

    forms: dict[tuple[str, ...], tuple[str, str, str]] = field(default_factory=dict)
    """The actor, kind and type of each form; of several actors the first in the alphabet."""
    lengths: dict[str, list[int]] = field(default_factory=dict)
    """How many words the forms have that begin with a word, the longest first."""
    by_label: dict[str, tuple[str, str]] = field(default_factory=dict)

    def renamed(self, label: str) -> tuple[str, str] | None:
        """(actor, type) the list gives to a label found in the text."""
        return self.by_label.get(label)

    def override(self, doc: TaggedArticle, rows: list) -> list:
        """The rows of one article after the list has spoken."""
        hits = list(self._hits(doc)) if self.forms else []
        if not hits:
            return rows
        out = list(rows)
        spans = {(r[0], r[1]): i for i, r in enumerate(out)}
        covering = {k: i for i, r in enumerate(out) for k in range(r[0], r[1])}
        dropped: set[int] = set()
        for hit in hits:
            at = spans.get((hit.first, hit.last))
            over = {covering[k] for k in range(hit.first, hit.last) if k in covering}
            around = _around(hit, out, over)
            words = doc.words[hit.first : hit.last]
            if hit.kind == IGNORE:
                dropped |= {at} if at is not None else set()
            elif at is not None:
                kind = hit.kind if hit.kind in _KINDS else out[at][4]
                out[at] = _decided(out[at], hit, kind)
            elif around:
                # The listed form is the head of a longer name ("Foreign Minister Javad Zarif").
                row = out[around[0]]
                if row[1] == hit.last and row[4] == "name":
                    out[around[0]] = _decided(row, hit, "name")
            elif over or hit.kind != "metonym" or not _is_seat(words):
                dropped |= over
                kind = hit.kind if hit.kind in _KINDS else _usual_kind(words, hit.type)
                new = (hit.first, hit.last, hit.sentence)
                out.append((*new, hit.actor, kind, hit.type or "other", 0.99, "actor list"))
            # A seat that no row holds is the town: the context has been judged already.
        return [r for i, r in enumerate(out) if i not in dropped]

    def _hits(self, doc: TaggedArticle) -> Iterator[_Hit]:
        """Where the list's forms stand in the text, the longest at each token."""
        tok = doc.words
        for number, (a, b) in enumerate(doc.sents):
            k = a
            while k < b:
                for n in self.lengths.get(tok[k], ()):
                    found = self.forms.get(tuple(tok[k : k + n])) if k + n <= b else None
                    if found is not None:
                        yield _Hit(k, k + n, *found, number)
                        k += n - 1
                        break
                k += 1


class _Hit(NamedTuple):
    """A form of the list in the text."""

    first: int
    last: int
    actor: str
    kind: str
    type: str
    sentence: int


def _around(hit: _Hit, rows: list, overlapping: set[int]) -> list[int]:
    """Of the rows that overlap with a form, those that hold all of it."""
    return [i for i in overlapping if rows[i][0] <= hit.first and rows[i][1] >= hit.last]


def _decided(row: tuple, hit: _Hit, kind: str) -> tuple:
    """The row as the list has it."""
    return (*row[:3], hit.actor, kind, hit.type or row[5], 0.99, "actor list")


def _usual_kind(words: list[str], type_: str) -> str:
    """How a listed form is used that the list says nothing about: "the company" is no name."""
    if words[0].lower() == "the" and not any(w[0].isupper() for w in words[1:]):
        return "title" if type_ == "person" else "metonym"
    return "name"


def actor_list_of(table: pd.DataFrame | None) -> ActorList:
    """The list in the form in which it is looked up."""
    if table is None or table.empty:
        return ActorList()
    needs(table, "actor", "alias", table="actors")
    from helpers.segment import tokenize

    listed = ActorList()
    kinds = table["kind"].tolist() if "kind" in table else [""] * len(table)
    notes = table["note"].tolist() if "note" in table else [""] * len(table)
    for actor, alias, word, note in zip(
        table["actor"].tolist(), table["alias"].tolist(), kinds, notes, strict=True
    ):
        kind = word.strip().lower() if isinstance(word, str) else ""
        type_ = kind if kind in _TYPES else ""
        if isinstance(note, str) and note.strip().lower() in _KINDS:
            kind = note.strip().lower()
        alias = alias if isinstance(alias, str) and alias.strip() else actor
        actor = actor if isinstance(actor, str) else ""
        if not isinstance(alias, str) or (not actor.strip() and kind != IGNORE):
            continue
        for form in dict.fromkeys([alias, actor]):
            if kind != IGNORE:
                listed.by_label.setdefault(form, (actor, type_))
            mention = kind if form == alias else ""
            for spelling in _spellings(form):
                words = tuple(spelling[a:b] for a, b in tokenize(spelling))
                entry = (actor, mention if kind != IGNORE else kind, type_)
                known = listed.forms.get(words)
                if words and (known is None or actor < known[0]):
                    listed.forms[words] = entry
    for words in listed.forms:
        listed.lengths.setdefault(words[0], []).append(len(words))
    listed.lengths = {w: sorted({*n}, reverse=True) for w, n in listed.lengths.items()}
    return listed


def _spellings(form: str) -> list[str]:
    """The form with either apostrophe, and with a capital where it may open a sentence."""
    spellings = [form, form[:1].upper() + form[1:]]
    spellings += [s.replace("’", "'") for s in spellings]
    spellings += [s.replace("'", "’") for s in spellings[:2]]
    return list(dict.fromkeys(spellings))


def _is_seat(words: list[str]) -> bool:
    words = words[1:] if words[0] in ("the", "The") and len(words) > 1 else words
    entry = gazetteer().match(words, 0, len(words))
    return entry is not None and entry.kind in (CAPITAL, HOUSE) and len(entry.words) == len(words)

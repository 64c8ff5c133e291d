"""The analyst's actor list: forms looked up by their first word, however many there are."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from helpers.lenses.actors.gazetteer import CAPITAL, HOUSE, gazetteer
from helpers.lenses.actors.reading import Reading
from helpers.schema import needs

_TYPES = frozenset({"person", "government", "organization", "place", "other"})
_KINDS = frozenset({"name", "title", "metonym", "demonym"})
IGNORE = "ignore"
"""A kind that says: this form is no actor."""


@dataclass
class ActorList:
    """Aliases by first word, longest first; labels that the list gives to found actors."""

    first: dict[str, list[tuple[tuple[str, ...], str, str, str]]] = field(default_factory=dict)
    forms: dict[str, tuple[str, str]] = field(default_factory=dict)

    def renamed(self, label: str) -> tuple[str, str] | None:
        """(actor, type) the list gives to a label found in the text."""
        return self.forms.get(label)

    def override(self, doc: Reading, rows: list) -> list:
        """The rows of one article after the list has spoken."""
        if not self.first:
            return rows
        tok = doc.tok
        hits: list[tuple[int, int, str, str, str, int]] = []
        for number, (a, b) in enumerate(doc.bounds):
            k = a
            while k < b:
                entries = self.first.get(tok[k])
                if entries is not None:
                    for words, actor, kind, type_ in entries:
                        n = len(words)
                        if k + n <= b and tuple(tok[k : k + n]) == words:
                            hits.append((k, k + n, actor, kind, type_, number))
                            k += n - 1
                            break
                k += 1
        if not hits:
            return rows
        out = list(rows)
        spans = {(r[0], r[1]): i for i, r in enumerate(out)}
        taken: dict[int, int] = {}
        for i, r in enumerate(out):
            for k in range(r[0], r[1]):
                taken[k] = i
        dropped: set[int] = set()
        for first, last, actor, kind, type_, number in hits:
            at = spans.get((first, last))
            over = {taken[k] for k in range(first, last) if k in taken}
            inside = [i for i in over if out[i][0] <= first and out[i][1] >= last]
            if kind == IGNORE:
                dropped |= {at} if at is not None else set()
                continue
            if at is None and not over and kind == "metonym" and _is_seat(tok[first:last]):
                continue  # the town: the context has been judged already
            if at is None and inside:
                i = inside[0]
                # The listed form is the head of a longer name ("Foreign Minister Javad Zarif").
                if out[i][1] == last and out[i][4] == "name":
                    r = out[i]
                    out[i] = (*r[:3], actor, r[4], type_ or r[5], 0.99, "actor list")
                continue
            if at is not None:
                r = out[at]
                mention = kind if kind in _KINDS else r[4]
                out[at] = (*r[:3], actor, mention, type_ or r[5], 0.99, "actor list")
                continue
            dropped |= over
            rest = tok[first + 1 : last]
            small = tok[first].lower() == "the" and not any(w[0].isupper() for w in rest)
            usual = ("title" if type_ == "person" else "metonym") if small else "name"
            mention = kind if kind in _KINDS else usual
            out.append((first, last, number, actor, mention, type_ or "other", 0.99, "actor list"))
        return [r for i, r in enumerate(out) if i not in dropped]


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
        nameless = not isinstance(actor, str) or not actor.strip()
        if not isinstance(alias, str) or (nameless and kind != IGNORE):
            continue
        for form in dict.fromkeys([alias, actor]):
            if not isinstance(form, str):
                continue
            if kind != IGNORE:
                listed.forms.setdefault(form, (actor, type_))
            mention = kind if form == alias else ""
            for spelling in _spellings(form):
                words = tuple(spelling[a:b] for a, b in tokenize(spelling))
                entry = (words, actor, mention if kind != IGNORE else kind, type_)
                if words and entry not in listed.first.setdefault(words[0], []):
                    listed.first[words[0]].append(entry)
    for entries in listed.first.values():
        entries.sort(key=lambda e: (-len(e[0]), e[1]))
    return listed


def _spellings(form: str) -> list[str]:
    """The form with either apostrophe, and with a capital where it may open a sentence."""
    forms = [form, form[:1].upper() + form[1:]]
    forms += [f.replace("’", "'") for f in forms] + [f.replace("'", "’") for f in forms]
    return list(dict.fromkeys(forms))


def _is_seat(words: list[str]) -> bool:
    words = words[1:] if words[0] in ("the", "The") and len(words) > 1 else words
    entry = gazetteer().match(words, 0, len(words))
    return entry is not None and entry.kind in (CAPITAL, HOUSE) and len(entry.words) == len(words)

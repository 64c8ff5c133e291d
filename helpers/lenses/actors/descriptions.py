"""Titles before names and descriptions without one: "the French president", "the X government".

What stands in small letters before a name (former national security adviser), the state or body
before that, and the descriptions, administrations and regimes that stand for an actor.
"""

from __future__ import annotations

import re

from helpers import lexicons
from helpers.lenses.actors.gazetteer import CAPITAL, COUNTRY, ORGANIZATION, PLACE, gazetteer
from helpers.lenses.actors.local import POSTED
from helpers.lenses.actors.names import Chunker
from helpers.lenses.actors.pieces import GOVERNMENT, OTHER, PERSON, TITLE, UNKNOWN, Piece
from helpers.lenses.actors.reading import Reading
from helpers.lenses.actors.vocabulary import (
    HONORIFIC,
    OFFICE,
    POSSESSIVE,
    RELATIVE,
    ROLE,
    Vocabulary,
    vocabulary,
)

_DETERMINERS = frozenset({"the", "this"})
_LANDS = frozenset({"country", "nation"})
_STATE_ADJECTIVES = lexicons.words("bare_government_adjectives")
_OFFICE_PREPOSITIONS = lexicons.words("office_prepositions")
_COMPOUND = re.compile(r"[-‐‑–/]")


class Describer:
    """Finds an article's candidates and grows them to whole titles and descriptions."""

    def __init__(self, doc: Reading, chunker: Chunker | None = None) -> None:
        self.doc = doc
        self.chunker = chunker or Chunker(doc)
        self.voc: Vocabulary = vocabulary()
        self.gaz = gazetteer()
        self.bare_nouns = {w for w, t in self.voc.heads.items() if t == GOVERNMENT} | {
            style.lower() for style in self.gaz.official if " " not in style
        }

    def pieces(self) -> list[Piece]:
        """Candidates with the titles and states before them, before unknown ones are judged."""
        pieces = self.chunker.pieces()
        pieces = self._compounds(pieces)
        pieces = self._openings(pieces)
        pieces = self._extend(pieces)
        return self._descriptions(pieces)

    # -- words with hyphens ---------------------------------------------------------------

    def _compounds(self, pieces: list[Piece]) -> list[Piece]:
        """ "Tehran-based", "U.S.-led": one token whose first part is a form of the gazetteer."""
        out: list[Piece] = []
        for piece in pieces:
            word = self.doc.tok[piece.first]
            if piece.last - piece.first == 1 and piece.type in (UNKNOWN, "organization"):
                parts = _COMPOUND.split(word)
                if len(parts) > 1:
                    entry = self.gaz.single(parts[0])
                    if entry is not None and parts[1][:1].islower():
                        piece.type, piece.rule = OTHER, "compound"
            out.append(piece)
        return out

    def _openings(self, pieces: list[Piece]) -> list[Piece]:
        """ "Secretary of | State Anna Keller", "envoy to | Norway Anna Keller": the name alone."""
        doc, low = self.doc, self.doc.low
        out: list[Piece] = []
        for piece in pieces:
            k = piece.core
            long = piece.core_last - k > 2 and piece.type in (PERSON, UNKNOWN) and not piece.titles
            if long and k == piece.first and k - 1 > doc.bounds[piece.sentence][0]:
                title = self.voc.title_before(low, doc.bounds[piece.sentence][0], k + 1)
                entry = self.gaz.single(doc.tok[k])
                if title is not None and len(title.words) > 1:
                    piece.first, piece.core = k + 1 - len(title.words), k + 1
                    piece.titles, piece.title = (title,), title.name
                    piece.type, piece.rule = PERSON, "title and name"
                elif entry is not None and entry.kind == COUNTRY and low[k - 1] in ("to", "for"):
                    out.append(Piece(k, k + 1, GOVERNMENT, k, k + 1, label=entry.label,
                                     sentence=piece.sentence, rule="country"))  # fmt: skip
                    piece.first = piece.core = k + 1
            out.append(piece)
        return out

    # -- titles in small letters before a name --------------------------------------------

    def _extend(self, pieces: list[Piece]) -> list[Piece]:
        """Take in "former national security adviser" and the state or body before it."""
        doc, voc = self.doc, self.voc
        low = doc.low
        out: list[Piece] = []
        for piece in pieces:
            a = doc.bounds[piece.sentence][0]
            if piece.kind != "name" or piece.type not in (PERSON, UNKNOWN):
                out.append(piece)
                continue
            k = piece.first
            titles = list(piece.titles)
            while True:
                floor = max(a, out[-1].last) if out else a
                title = voc.title_before(low, floor, k)
                if title is None or title.kind in (HONORIFIC, RELATIVE):
                    break
                if doc.tok[k - 1][0].isupper():
                    break
                titles.insert(0, title)
                k -= len(title.words)
                if k - 2 >= a and low[k - 1] == "and" and voc.title_before(low, floor, k - 1):
                    k -= 1
            if k < piece.first:
                piece.title = piece.title or titles[0].name
                piece.type, piece.rule = PERSON, "title and name"
                piece.confidence = max(piece.confidence, 0.9)
                piece.titles = tuple(titles)
            if piece.titles:
                k = self._modified(k, max(a, out[-1].last) if out else a)
            if piece.titles and piece.titles[-1].kind != HONORIFIC:
                while k > a and self._body_word(low[k - 1]) and not doc.tok[k - 1][0].isupper():
                    k -= 1  # "foreign ministry spokesman X", "Quds force commander X"
            for _ in range(3):
                if not piece.titles or not out or out[-1].sentence != piece.sentence:
                    break
                gap = k - out[-1].last
                between = range(out[-1].last, k)
                if out[-1].type == PERSON or not 0 <= gap <= 2 or (
                    gap and (out[-1].type == OTHER or not all(
                        doc.tag[j] in ("JJ", "NN") and low[j].isalpha() for j in between
                    ))
                ):  # fmt: skip
                    break
                before = out.pop()
                k = before.first
                if before.label and before.type == GOVERNMENT:
                    piece.country = piece.country or before.label
                elif before.type == ORGANIZATION and piece.titles[-1].name in POSTED:
                    piece.target = f"to {self._called(before).lower()}"
                elif before.type in (ORGANIZATION, PLACE):
                    piece.body = piece.body or self._called(before)
            if piece.titles:
                k = self._modified(k, max(a, out[-1].last) if out else a)
            if (
                piece.titles
                and k - 1 >= a
                and low[k - 1] in POSSESSIVE
                and out
                and (
                    out[-1].last == k - 1
                    and out[-1].sentence == piece.sentence
                    and out[-1].label
                    and out[-1].type in (GOVERNMENT, PLACE)
                    and any(t.kind != HONORIFIC for t in piece.titles)
                )
            ):
                # "Iran's Foreign Minister X": one mention, the state says which office.
                before = out.pop()
                k = before.first
                piece.country = piece.country or before.label
            piece.first = k
            out.append(piece)
        return out

    def _modified(self, k: int, floor: int) -> int:
        """Where the modifiers before token ``k`` begin ("former"), not before ``floor``."""
        while k > floor and self.doc.low[k - 1] in self.voc.modifiers:
            k -= 1
        return k

    def _called(self, piece: Piece) -> str:
        """By which word an office in a state or body is kept."""
        return piece.label or " ".join(self.doc.tok[piece.core : piece.core_last])

    def _body_word(self, word: str) -> bool:
        """A body in small letters: ministry, force, department, committee."""
        return self.voc.heads.get(word.capitalize()) == ORGANIZATION and word != "campaign"

    # -- descriptions: "the French president", "the Trump administration" -------------------

    def _descriptions(self, pieces: list[Piece]) -> list[Piece]:
        doc, voc = self.doc, self.voc
        low, tok = doc.low, doc.tok
        starts = {p.first: i for i, p in enumerate(pieces)}
        taken: set[int] = set()
        inside = bytearray(len(tok) + 1)
        for p in pieces:
            for k in range(p.first, p.last):
                inside[k] = 1
        ends = {p.last: i for i, p in enumerate(pieces)}
        new: list[Piece] = []
        for i, piece in enumerate(pieces):
            b = doc.bounds[piece.sentence][1]
            n = piece.last
            if n < b and low[n] in POSSESSIVE:
                n += 1
            if (
                n < b
                and not inside[n]
                and voc.heads.get(low[n]) == GOVERNMENT
                and (piece.label or piece.type in (PERSON, UNKNOWN))
            ):
                self._administration(pieces, i, n, taken, new)
            elif piece.kind == TITLE:
                self._grow_title(piece, pieces, ends, starts, taken)
        number = n = 0
        for k in [k for k, w in enumerate(low) if w in voc.titles]:
            if k < n or inside[k]:
                continue
            while k >= doc.bounds[number][1]:
                number += 1
            b = doc.bounds[number][1]
            title = voc.title_at(low, k, b)
            if title is None or title.kind == HONORIFIC:
                continue
            n = k + len(title.words)
            if not any(inside[k:n]):
                if n < b and (inside[n] and n in starts and pieces[starts[n]].kind == "name"
                              and pieces[starts[n]].type in (PERSON, UNKNOWN)):  # fmt: skip
                    continue
                piece = Piece(k, n, PERSON, n, n, kind=TITLE, title=title.name, titles=(title,),
                              sentence=number, rule="title", confidence=0.6)  # fmt: skip
                if self._definite(piece, pieces, ends, starts, taken):
                    new.append(piece)
        alone = {
            p.first: i for i, p in enumerate(pieces)
            if p.last == p.first + 1 and p.kind == "name" and not p.label
        }  # fmt: skip
        new += self._governments(inside, new, alone, taken)
        kept = [p for i, p in enumerate(pieces) if i not in taken]
        kept = [p for p in kept if p.kind != TITLE or p.rule != "drop"]
        return sorted(kept + new, key=lambda p: p.first)

    def _governments(
        self, inside: bytearray, new: list[Piece], alone: dict[int, int], taken: set[int]
    ) -> list[Piece]:
        """ "the administration", "the kingdom": which state's, the article must say."""
        doc = self.doc
        found: list[Piece] = []
        held = {k for p in new for k in range(p.first, p.last)}
        number = 0
        for k in [k for k, w in enumerate(doc.low) if w in self.bare_nouns]:
            while k >= doc.bounds[number][1]:
                number += 1
            a = doc.bounds[number][0]
            first = k - 1
            if first > a and doc.low[first] in _STATE_ADJECTIVES:
                first -= 1
            if first < a or doc.low[first] not in ("the", "this") or k in held:
                continue
            if inside[k]:
                if doc.low[k] not in ("administration", "regime") or alone.get(k, -1) in {
                    -1,
                    *taken,
                }:
                    continue
                taken.add(alone[k])  # "the Administration"
            noun = doc.low[k]
            former = first < k - 1 and doc.low[first + 1] in ("previous", "former")
            found.append(
                Piece(first, k + 1, GOVERNMENT, first, k + 1, kind="metonym", sentence=number,
                      title=noun, rule="bare government", confidence=0.5 if former else 0.65)
            )  # fmt: skip
        return found

    def _administration(
        self, pieces: list[Piece], i: int, n: int, taken: set[int], new: list[Piece]
    ) -> None:
        """ "the Trump administration", "Iran's government": the government as one span."""
        piece = pieces[i]
        first = piece.first
        follows = self.doc.tag[n + 1][:2] if n + 1 < len(self.doc.tag) else ""
        if first > 0 and self.doc.low[first - 1] in ("a", "an") and follows in ("NN", "JJ"):
            return  # "an Oslo government official"
        if first > 0 and self.doc.low[first - 1] == "the":
            first -= 1
        holder = Piece(first, n + 1, GOVERNMENT, piece.core, piece.core_last, kind="metonym",
                       label=piece.label, sentence=piece.sentence, rule="administration",
                       confidence=0.9, muted=piece.muted)  # fmt: skip
        holder.titles = piece.titles
        holder.noun = self.doc.low[n]
        if not piece.label:
            holder.title = "holder"
        taken.add(i)
        new.append(holder)

    def _grow_title(
        self, piece: Piece, pieces: list[Piece], ends: dict[int, int], starts: dict[int, int],
        taken: set[int],
    ) -> None:  # fmt: skip
        """A title in capitals without a name ("the Iranian Foreign Minister")."""
        low, tok = self.doc.low, self.doc.tok
        a, b = self.doc.bounds[piece.sentence]
        k, n = piece.first, piece.last
        after = starts.get(n + 1)
        known = after is not None and pieces[after].type in (GOVERNMENT, ORGANIZATION)
        if n + 1 < b and low[n] in ("of", "for") and tok[n + 1][0].isupper() and not known:
            piece.rule = "drop"  # "Minister of Fish": an office that the title alone is not
            return
        owner = ends.get(k - 1) if k - 1 > a and low[k - 1] in POSSESSIVE else None
        if owner is not None and owner not in taken and pieces[owner].type == GOVERNMENT:
            piece.country = piece.country or pieces[owner].label
            piece.within = (pieces[owner],)
            piece.first = pieces[owner].first
            taken.add(owner)
        elif k > a and low[k - 1] in _DETERMINERS:
            piece.first -= 1
        elif not piece.country and not (k > a and low[k - 1] in POSSESSIVE):
            after = starts.get(piece.last + 1)
            named = after is not None and self.doc.tok[piece.last] == ","
            if not named or any(w in ("a", "an") for w in low[max(a, k - 2) : k]):
                piece.rule = "drop"
        elif any(w in ("a", "an") for w in low[max(a, k - 2) : k]):
            piece.rule = "drop"

    def _land(self, piece: Piece, k: int, pieces: list[Piece]) -> int:
        """ "The country's president": of the state named last in the sentence; where it begins."""
        low = self.doc.low
        a = self.doc.bounds[piece.sentence][0]
        before = [
            p for p in pieces
            if a <= p.first and p.last < k - 2 and p.type == GOVERNMENT and p.kind == "name"
        ]  # fmt: skip
        if k - 3 < a or low[k - 3] != "the" or not before or not before[-1].label:
            return k
        piece.country = before[-1].label
        return k - 3

    def _definite(
        self, piece: Piece, pieces: list[Piece], ends: dict[int, int], starts: dict[int, int],
        taken: set[int],
    ) -> bool:  # fmt: skip
        """Grow a title to the left and right; whether it describes one known holder."""
        doc, voc = self.doc, self.voc
        low = doc.low
        a, b = doc.bounds[piece.sentence]
        k = piece.first
        while k > a and low[k - 1] in voc.modifiers:
            k -= 1
        definite = False
        absorbed: list[int] = []
        while len(absorbed) < 2:
            at = ends.get(k)
            possessive = at is None and k > a and low[k - 1] in POSSESSIVE
            at = ends.get(k - 1) if possessive else at
            if at is None or pieces[at].first < a or at in taken or at in absorbed:
                break
            before = pieces[at]
            if before.type not in (GOVERNMENT, ORGANIZATION, PLACE) and before.kind != CAPITAL:
                break
            if before.type == ORGANIZATION and piece.title in POSTED:
                piece.title = f"{piece.title} to {self._called(before).lower()}"
            elif before.type in (ORGANIZATION, PLACE) and before.kind != CAPITAL:
                piece.body = piece.body or self._called(before)
                piece.rule = "title: place" if before.type == PLACE else piece.rule
            else:
                piece.country = self._called(before)
            absorbed.append(at)
            k = before.first
            definite = definite or possessive
            while k > a and low[k - 1] in voc.modifiers:
                k -= 1
        if not absorbed:
            # "the Norwegian nuclear agency spokesman"
            back = k
            while back > a and self._body_word(low[back - 1]):
                back -= 1
            while k - 3 < back - 1 > a and back < k and doc.tag[back - 1] in ("JJ", "NN"):
                back -= 1
            at = ends.get(back) if back < k else None
            if at is not None and at not in taken and pieces[at].type == GOVERNMENT:
                piece.country = pieces[at].label
                absorbed.append(at)
                k = pieces[at].first
        if k > a and low[k - 1] in _DETERMINERS:
            k -= 1
            definite = True
        if k - 1 > a and low[k - 1] in POSSESSIVE and low[k - 2] in _LANDS:
            k = self._land(piece, k, pieces)
            definite = k < piece.first
        within: list[int] = []
        n = piece.last
        while n + 1 < b and (low[n] in _OFFICE_PREPOSITIONS or (within and low[n] in POSSESSIVE)):
            m = n + 1
            if low[m] == "the" and m + 1 < b:
                m += 1
            if within and m not in starts and m + 1 < b and doc.tag[m] == "JJ":
                m += 1  # "the Guard's elite Harbour Force"
            after = starts.get(m)
            if after is None or after in taken:
                break
            # "Keller, the leader of Kara Nord,": what Kara Nord is may be unknown yet.
            headed = low[n] == "of" and k - 1 > a and low[k - 1] == "," and k - 1 in ends
            if pieces[after].type not in (GOVERNMENT, ORGANIZATION) and not (
                headed and pieces[after].type == UNKNOWN and not pieces[after].titles
            ):
                break
            label = self._called(pieces[after])
            if piece.title in POSTED and low[n] in ("to", "for"):
                piece.title = f"{piece.title} {low[n]} {label.lower()}"
            elif pieces[after].type != GOVERNMENT:
                piece.body = label if low[n] == "of" or within else piece.body
            else:
                piece.country = piece.country or label
            within.append(after)
            n = piece.last = pieces[after].last
        if piece.titles[0].kind not in (OFFICE, ROLE) and not (absorbed or within):
            return False
        if n < b and not within and low[n] in voc.titles_by_last:
            return False  # "the harbour general counsel"
        if n < b and within and pieces[within[-1]].type == UNKNOWN and low[n] in POSSESSIVE:
            return False
        if n + 1 < b and low[n] == "of" and doc.tok[n + 1][0].isupper() and not within:
            return False  # "the leader of" somebody or something that we did not understand
        if not definite:
            return False
        taken.update(absorbed + within)
        piece.within = tuple(pieces[i] for i in sorted(absorbed + within))
        piece.first = k
        return True

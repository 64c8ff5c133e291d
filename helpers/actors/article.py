"""One article alone: its mentions, gathered into local actors that the corpus may join later.

Phase 1 of three. What leaves this module is small (names, counts, offices, genders per local
actor), so that a large corpus can be read in partitions.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from helpers.actors import forms, kinds, metonyms
from helpers.actors.gazetteer import (
    CAPITAL,
    COUNTRY,
    DEMONYM,
    HOUSE,
    OFFICIAL,
    ORGANIZATION,
    PLACE,
    gazetteer,
)
from helpers.actors.names import GOVERNMENT, OTHER, PERSON, TITLE, UNKNOWN, Chunker, Piece
from helpers.actors.reading import Reading
from helpers.actors.vocabulary import (
    HONORIFIC,
    OFFICE,
    RANK,
    RELATIVE,
    ROLE,
    Vocabulary,
    vocabulary,
)

_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_DETERMINERS = frozenset({"the", "this", "that"})
_COMPOUND = re.compile(r"[-‐‑–/]")


@dataclass(slots=True)
class Local:
    """A local actor: what one article calls it, and what it says about it."""

    type: str
    key: tuple[str, ...]
    suffix: str = ""
    label: str = ""
    full: bool = False
    forms: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    offices: defaultdict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    male: int = 0
    female: int = 0
    first: int = 0
    count: int = 0
    candidates: tuple[int, ...] = ()
    nouns: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def gender(self) -> str:
        """m, f, or empty where the article and the name leave it open."""
        if self.male == self.female:
            return ""
        return "m" if self.male > self.female else "f"


@dataclass(slots=True)
class Found:
    """A mention in the article, with the local actor it belongs to (-1: none)."""

    first: int
    last: int
    kind: str
    type: str
    sentence: int
    entity: int
    confidence: float
    rule: str
    office: tuple[str, str] = ("", "")
    within: tuple[Found, ...] = ()


@dataclass(slots=True)
class ArticleNames:
    """What phase 1 leaves of an article."""

    doc: Reading
    found: list[Found]
    entities: list[Local]


def read_article(doc: Reading) -> ArticleNames:
    """The article's mentions and local actors, pronouns not yet."""
    builder = _Builder(doc)
    return builder.build()


_DASHES = frozenset({"—", "–", "-", "--", "―"})
_CLOSING = frozenset({",", ".", ";", ":", "”", '"', "''", ")", "—", "–", "--", "who"})
_DIRECTIONS = frozenset({"North", "South", "East", "West"})
_UNSURE = frozenset({"shape", "acronym", "given name"})


def groups_of(
    doc: Reading, pieces: list[Piece]
) -> tuple[list[list[Piece]], Counter[str], set[str]]:
    """(unknown names of an article, longest first; words that stand alone; known surnames)."""
    groups: dict[str, list[Piece]] = {}
    surnames: set[str] = set()
    lone: Counter[str] = Counter()
    for p in pieces:
        if p.kind != "name":
            continue
        words = doc.tok[p.core : p.core_last]
        if len(words) == 1:
            lone[words[0]] += 1
        if p.type == UNKNOWN or p.rule in _UNSURE:
            groups.setdefault(" ".join(words), []).append(p)
        elif p.type == PERSON and words:
            surnames.add(words[-1])
    order = sorted(groups.values(), key=lambda g: -(g[0].core_last - g[0].core))
    return order, lone, surnames


def judged_groups(doc: Reading) -> tuple[list[list[Piece]], Counter[str], set[str]]:
    """What `groups_of` gives for an article that has just been read (for training)."""
    builder = _Builder(doc)
    return groups_of(doc, builder.pieces())


def _found(p: Piece) -> Found:
    within = tuple(_found(w) for w in p.within) if p.within else ()
    office = (p.country, p.title)
    return Found(
        p.first, p.last, p.kind, p.type, p.sentence, p.entity, p.confidence, p.rule, office, within
    )  # fmt: skip


class _Builder:
    def __init__(self, doc: Reading) -> None:
        self.doc = doc
        self.voc: Vocabulary = vocabulary()
        self.gaz = gazetteer()
        self.entities: list[Local] = []
        self.by_label: dict[str, int] = {}
        self.bare_nouns = {w for w, t in self.voc.heads.items() if t == GOVERNMENT} | {
            style.lower() for style in self.gaz.official if " " not in style
        }

    def build(self) -> ArticleNames:
        pieces = self.pieces()
        self._judge(pieces)
        pieces = self._without_datelines(pieces)
        self._capitals(pieces)
        self._officials(pieces)
        self._cluster(pieces)
        found = [_found(p) for p in pieces]
        found.sort(key=lambda f: (f.first, -f.last))
        return ArticleNames(self.doc, found, self.entities)

    def pieces(self) -> list[Piece]:
        """Candidates with the titles and states before them, before unknown ones are judged."""
        pieces = Chunker(self.doc).pieces()
        pieces = self._compounds(pieces)
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
            while (
                piece.titles
                and k > a
                and low[k - 1] in voc.modifiers
                and (not out or out[-1].last <= k - 1)
            ):
                k -= 1
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
            while (
                piece.titles
                and k > a
                and low[k - 1] in voc.modifiers
                and (not out or out[-1].last <= k - 1)
            ):
                k -= 1
            if (
                piece.titles
                and k - 1 >= a
                and low[k - 1] in _POSSESSIVE
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
            if n < b and low[n] in _POSSESSIVE:
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
        new += self._governments(inside, new)
        kept = [p for i, p in enumerate(pieces) if i not in taken]
        kept = [p for p in kept if p.kind != TITLE or p.rule != "drop"]
        return sorted(kept + new, key=lambda p: p.first)

    def _governments(self, inside: bytearray, new: list[Piece]) -> list[Piece]:
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
            if first > a and doc.low[first] in ("previous", "current", "new", "former", "islamic"):
                first -= 1
            if first < a or doc.low[first] not in ("the", "this") or inside[k] or k in held:
                continue
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
        low = self.doc.low
        a = self.doc.bounds[piece.sentence][0]
        k = piece.first
        if k > a and low[k - 1] in _DETERMINERS:
            piece.first -= 1
        elif not piece.country and not (k > a and low[k - 1] in _POSSESSIVE):
            after = starts.get(piece.last + 1)
            named = after is not None and self.doc.tok[piece.last] == ","
            if not named or any(w in ("a", "an") for w in low[max(a, k - 2) : k]):
                piece.rule = "drop"
        elif any(w in ("a", "an") for w in low[max(a, k - 2) : k]):
            piece.rule = "drop"

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
            possessive = at is None and k > a and low[k - 1] in _POSSESSIVE
            at = ends.get(k - 1) if possessive else at
            if at is None or pieces[at].first < a or at in taken or at in absorbed:
                break
            before = pieces[at]
            if before.type not in (GOVERNMENT, ORGANIZATION) and before.kind != CAPITAL:
                break
            label = before.label or " ".join(doc.tok[before.core : before.core_last])
            piece.country = (
                label if before.type == GOVERNMENT or not piece.country else (piece.country)
            )
            absorbed.append(at)
            k = before.first
            definite = definite or possessive
            while k > a and low[k - 1] in voc.modifiers:
                k -= 1
        if k > a and low[k - 1] in _DETERMINERS:
            k -= 1
            definite = True
        if piece.titles[0].kind not in (OFFICE, ROLE) and not absorbed:
            return False
        within: list[int] = []
        n = piece.last
        while n + 1 < b and (low[n] in ("of", "to", "for") or (within and low[n] in _POSSESSIVE)):
            m = n + 1
            if low[m] == "the" and m + 1 < b:
                m += 1
            after = starts.get(m)
            if (
                after is None
                or after in taken
                or pieces[after].type not in (GOVERNMENT, ORGANIZATION)
            ):
                break
            label = pieces[after].label
            if label and (not piece.country or low[n] == "of"):
                piece.country = piece.country or label
            within.append(after)
            n = piece.last = pieces[after].last
        if not definite:
            return False
        taken.update(absorbed + within)
        piece.within = tuple(pieces[i] for i in sorted(absorbed + within))
        piece.first = k
        return True

    # -- what unknown names are -------------------------------------------------------------

    def _judge(self, pieces: list[Piece]) -> None:
        """Decide unknown names by the company they keep, over the whole article."""
        groups, lone, surnames = groups_of(self.doc, pieces)
        firsts = {
            self.doc.tok[p.core]
            for p in pieces
            if p.type == PERSON and p.core_last - p.core > 1 and p.kind == "name"
        }
        articled = self._articled(pieces)
        full = {" ".join(self.doc.tok[p.core : p.core_last]) for p in pieces if p.type == PERSON}
        for members in groups:
            p = members[0]
            words = self.doc.tok[p.core : p.core_last]
            kind, confidence = self._kind(members, words, surnames, lone)
            like = kind in (OTHER, PERSON) and words[0] not in self.voc.given
            if like and len(words) == 1 and words[0] in firsts:
                kind, confidence = PERSON, 0.7  # the family name comes first: "Wu Qian", "Wu"
            for member in members:
                member.type = kind
                member.confidence = min(member.confidence, confidence)
            if kind == PERSON and len(words) > 1:
                surnames.add(words[-1])
                firsts.add(words[0])
        for p in pieces:
            if p.rule == "full name" and p.type == PERSON and self._thing(p, articled):
                p.type, p.confidence = OTHER, 0.6
        for p in pieces:
            words = self.doc.tok[p.core : p.core_last]
            if (
                p.type == PERSON
                and len(words) > 2
                and " ".join(words[:-1]) in full
                and (forms.fold(words[-1]) not in forms.SUFFIXES)
            ):
                # "Anna Keller Servers": what a headline or a message put after a known name.
                p.last = p.core_last = p.core_last - 1
        self._openings(pieces)
        self._cut_short(pieces)

    def _cut_short(self, pieces: list[Piece]) -> None:
        """Names that stand for a longer one: "the North", "the Church" of "Church of …"."""
        tok, low = self.doc.tok, self.doc.low
        states: dict[str, set[str]] = {}
        bodies: dict[str, set[str]] = {}
        for p in pieces:
            words = tok[p.core : p.core_last]
            if p.label and p.type == GOVERNMENT and len(p.label.split()) == 2:
                states.setdefault(p.label.split()[0], set()).add(p.label)
            elif p.type == ORGANIZATION and not p.label and len(words) > 1:
                for word in (words[0], words[-1]):
                    bodies.setdefault(word, set()).add(" ".join(words))
        for p in pieces:
            words = tok[p.core : p.core_last]
            if len(words) != 1 or p.kind != "name" or p.label or p.type == PERSON:
                continue
            the = p.core > 0 and low[p.core - 1] == "the"
            of_that_name = states.get(words[0], set())
            if len(of_that_name) == 1 and the and words[0] in _DIRECTIONS:
                p.label, p.type = next(iter(of_that_name)), GOVERNMENT
                p.rule, p.confidence = "short for a state", 0.7
            elif (the or p.type == ORGANIZATION) and len(bodies.get(words[0], ())) == 1:
                p.type, p.rule, p.confidence = ORGANIZATION, "short for a body", 0.7
                p.short_for = next(iter(bodies[words[0]]))

    def _openings(self, pieces: list[Piece]) -> None:
        """ "Keller Doctrine", "Oslo Games": no actor, but its first words are one."""
        tok = self.doc.tok
        known: dict[str, Piece] = {}
        for p in pieces:
            if p.kind in ("name", CAPITAL) and p.type in (PERSON, ORGANIZATION, PLACE, GOVERNMENT):
                known.setdefault(" ".join(tok[p.core : p.core_last]), p)
        for p in pieces:
            seat = self.voc.heads.get(tok[p.core_last - 1]) == "seat"
            if (p.type != OTHER and not seat) or p.kind != "name" or p.core_last - p.core < 2:
                continue
            entry = self.gaz.match(tok, p.core, p.core_last)
            if (
                entry is not None
                and entry.kind in (COUNTRY, DEMONYM)
                and (len(entry.words) < p.core_last - p.core)
            ):
                # "U.S. Embassy", "Swiss Embassy": the state is named, the building is a place.
                p.type, p.label = GOVERNMENT, entry.label
                p.kind = "demonym" if entry.kind == DEMONYM else "name"
                p.first, p.last = p.core, p.core + len(entry.words)
                p.core_last, p.rule, p.confidence = p.last, "opens a longer name", 0.8
                continue
            if seat or p.muted:
                continue
            for n in (p.core_last - p.core - 1, 2, 1):
                like = known.get(" ".join(tok[p.core : p.core + n]))
                entry = self.gaz.match(tok, p.core, p.core + n) if like is None else None
                if (
                    entry is not None
                    and len(entry.words) == n
                    and entry.kind in (COUNTRY, PLACE, CAPITAL)
                ):
                    p.type = GOVERNMENT if entry.kind == COUNTRY else PLACE
                    p.label = entry.label if entry.kind == COUNTRY else ""
                elif like is not None:
                    p.type, p.label, p.kind = like.type, like.label, "name"
                else:
                    continue
                p.first, p.last, p.core_last = p.core, p.core + n, p.core + n
                p.rule, p.confidence = "opens a longer name", 0.6
                break

    def _kind(
        self, members: list[Piece], words: list[str], surnames: set[str], lone: Counter[str]
    ) -> tuple[str, float]:
        if len(words) == 1 and words[-1] in surnames:
            return PERSON, 0.9
        if self._cued(members, "other"):
            return OTHER, 0.8
        found = kinds.features(self.doc, members, lone, surnames, self.voc)
        kind, sure = kinds.classify(found)
        if (
            kind == OTHER
            and members[0].rule == "acronym"
            and 3 <= len(words[0]) <= 6
            and (any(not m.muted for m in members))
        ):
            return ORGANIZATION, 0.5
        return kind, round(sure, 2)

    def _cued(self, members: list[Piece], kind: str) -> bool:
        """Whether the word before a name says what it is ("the tanker X")."""
        low = self.doc.low
        return any(
            self.voc.contexts.get(("before", low[m.first - 1]), ("",))[0] == kind
            for m in members
            if m.first > 0
        )

    def _articled(self, pieces: list[Piece]) -> set[str]:
        """Full names that mostly have "the" before them, or once a word such as "tanker"."""
        n: Counter[str] = Counter()
        the: Counter[str] = Counter()
        for p in pieces:
            if p.rule == "full name":
                name = " ".join(self.doc.tok[p.core : p.core_last])
                n[name] += 1
                the[name] += p.core > 0 and self.doc.low[p.core - 1] == "the"
                the[name] += len(pieces) * self._cued([p], OTHER)
        return {name for name in n if the[name] > n[name] / 2}

    def _thing(self, p: Piece, articled: set[str]) -> bool:
        """A full name without a title that has "the" or "tanker" before it: a ship, a ward."""
        return not p.titles and " ".join(self.doc.tok[p.core : p.core_last]) in articled

    def _without_datelines(self, pieces: list[Piece]) -> list[Piece]:
        """Leave out "LISBON, Portugal (Wire) —": where it was written is no mention."""
        doc = self.doc
        ends: list[int] = []
        for a, b in doc.bounds:
            end = a
            if doc.tok[a].isupper() and len(doc.tok[a]) > 2:
                end = next((k for k in range(a + 1, min(b, a + 12)) if doc.tok[k] in _DASHES), a)
            ends.append(end)
        return [p for p in pieces if p.first >= ends[p.sentence]]

    def _officials(self, pieces: list[Piece]) -> None:
        """ "the Islamic Republic": the state of that style which the article names most."""
        counts = Counter(p.label for p in pieces if p.label)
        for p in pieces:
            if p.rule != OFFICIAL:
                continue
            form = " ".join(self.doc.tok[p.core : p.core_last])
            owners = [c for c in self.gaz.official.get(form, []) if counts[c]]
            if owners:
                p.label = max(owners, key=lambda c: (counts[c], c))
                p.confidence = 0.9 if len(owners) == 1 else 0.6
            else:
                p.type = OTHER

    # -- capitals -----------------------------------------------------------------------------

    def _capitals(self, pieces: list[Piece]) -> None:
        low = self.doc.low
        for p in pieces:
            if p.rule == HOUSE and p.kind == "metonym":
                a = self.doc.bounds[p.sentence][0]
                k = p.first - (p.first > a and low[p.first - 1] == "the")
                before = low[k - 1] if k > a else ""
                kind, weight = self.voc.contexts.get(("before", before), ("", 0))
                if kind == PLACE and weight and before != "across":
                    p.kind, p.type, p.label, p.rule = "name", PLACE, "", "place: preposition"
                else:
                    p.first = k
            elif p.kind == "demonym" and p.first > self.doc.bounds[p.sentence][0]:
                end = self.doc.bounds[p.sentence][1]
                after = self.doc.tag[p.last] if p.last < end else "."
                if low[p.first - 1] == "the" and after[:2] not in ("NN", "JJ", "CD", "VB", "HY"):
                    p.first -= 1  # "the Norwegians" is a noun phrase of its own
                elif (
                    low[p.first - 1] == "the"
                    and self.doc.tok[p.last - 1].endswith("s")
                    and (self.doc.tag[p.last - 1] in ("NNS", "NNPS"))
                ):
                    p.first -= 1
            if p.kind != CAPITAL:
                continue
            sure, rule = metonyms.government(self.doc, p, self.voc, self.doc.bounds[p.sentence])
            p.rule = rule
            if sure >= 0.5:
                p.kind, p.type, p.confidence = "metonym", GOVERNMENT, sure
            else:
                p.kind, p.type, p.confidence, p.label = "name", PLACE, 1 - sure, ""

    # -- local actors ---------------------------------------------------------------------------

    def _cluster(self, pieces: list[Piece]) -> None:
        """Gather the pieces: labelled forms, full names, then short names and titles."""
        people = [p for p in pieces if p.type == PERSON and p.kind == "name"]
        for p in people:
            words = self.doc.tok[p.core : p.core_last]
            key, suffix = forms.person_key(words)
            if len(key) > 1:
                self._full(p, key, suffix, words)
        for p in people:
            if p.entity < 0:
                self._short(p)
        for i, p in enumerate(pieces):
            if p.type == PERSON and p.kind == "name":
                self._offices_around(pieces, i)
        for p in [inner for piece in pieces for inner in piece.within]:
            if p.kind == CAPITAL:
                p.kind, p.type, p.confidence = "metonym", GOVERNMENT, 0.7
            if p.entity < 0:
                p.entity = self._labelled(p) if p.label else self._named(p)
        for p in pieces:
            if p.kind == TITLE:
                self._describe(p, pieces)
            elif p.title == "holder":
                self._holder(p)
            elif p.rule == "bare government":
                continue
            elif p.entity < 0 and p.label:
                p.entity = self._labelled(p)
            elif p.entity < 0:
                p.entity = self._named(p)

    def _touch(self, index: int, p: Piece, words: list[str]) -> None:
        entity = self.entities[index]
        entity.count += 1
        if words and not p.muted:
            entity.forms[" ".join(words)] += 1
        for title in p.titles:
            entity.male += 2 * (title.gender == "m")
            entity.female += 2 * (title.gender == "f")
            if title.kind in (OFFICE, ROLE, RANK):
                entity.offices[p.country, title.name] += 1
        p.entity = index

    def _full(self, p: Piece, key: tuple[str, ...], suffix: str, words: list[str]) -> None:
        for index, entity in enumerate(self.entities):
            if (
                entity.type == PERSON
                and entity.full
                and entity.suffix == suffix
                and (forms.same_person(entity.key, key))
            ):
                if len(key) > len(entity.key):
                    entity.key = key
                self._touch(index, p, words)
                return
        entity = Local(PERSON, key, suffix, full=True, first=p.first)
        gender = self.voc.given.get(words[0], "")
        entity.male += gender == "m"
        entity.female += gender == "f"
        self.entities.append(entity)
        self._touch(len(self.entities) - 1, p, words)

    def _short(self, p: Piece) -> None:
        """A surname or given name alone: the full name it cuts short, else an actor of its own."""
        words = self.doc.tok[p.core : p.core_last]
        key, _ = forms.person_key(words)
        if not key:
            return
        word = key[-1]
        gender = next((t.gender for t in reversed(p.titles) if t.gender), "")
        own = [
            i
            for i, e in enumerate(self.entities)
            if e.type == PERSON and e.full and _like(word, e.key[-1])
        ]
        if not own:
            own = [
                i
                for i, e in enumerate(self.entities)
                if e.type == PERSON and e.full and word in e.key
            ]
        fit = [
            i for i in own
            if not (gender and self.entities[i].gender and gender != self.entities[i].gender)
        ]  # fmt: skip
        offices = {t.name for t in p.titles if t.kind in (OFFICE, RANK, ROLE)}
        alone = [
            {o for _, o in e.offices}
            for e in self.entities
            if e.type == PERSON and not e.full and e.key == key and e.offices
        ]
        if offices:
            # "President X" before any "Anna X" without that office: likely another X.
            fit = [
                i for i in fit
                if (self.entities[i].first < p.first and not self.entities[i].suffix
                    and not any(held & offices for held in alone))
                or offices & {o for _, o in self.entities[i].offices}
            ]  # fmt: skip
        elif alone and not p.titles:
            fit = []
        index = self._choose(p, fit)
        if index >= 0:
            p.rule = "short name" if p.rule != "title and name" else p.rule
            self._touch(index, p, words)
            return
        for i, e in enumerate(self.entities):
            if (
                e.type == PERSON
                and not e.full
                and e.key == key
                and not (gender and e.gender and e.gender != gender)
            ):
                self._touch(i, p, words)
                return
        entity = Local(PERSON, key, full=False, first=p.first, candidates=tuple(own))
        if words[-1] in self.voc.given and not p.titles:
            given = self.voc.given[words[-1]]
            entity.male += given == "m"
            entity.female += given == "f"
        self.entities.append(entity)
        self._touch(len(self.entities) - 1, p, words)

    def _choose(self, p: Piece, fit: list[int]) -> int:
        if len(fit) < 2:
            return fit[0] if fit else -1
        offices = {t.name for t in p.titles if t.kind in (OFFICE, ROLE)}
        if offices:
            held = [i for i in fit if offices & {o for _, o in self.entities[i].offices}]
            if len(held) == 1:
                return held[0]
        before = [i for i in fit if self.entities[i].first < p.first]
        pool = before or fit
        # The bare surname belongs to the one the article keeps naming; others get full names.
        best = sorted(pool, key=lambda i: (-self.entities[i].count, self.entities[i].first))
        if len(best) > 1 and self.entities[best[0]].count == self.entities[best[1]].count:
            return max(pool, key=lambda i: self.entities[i].first)
        return best[0]

    def _offices_around(self, pieces: list[Piece], i: int) -> None:
        """What appositions say: "Name, the X minister", "X's minister, Name", "Name of X"."""
        p = pieces[i]
        doc = self.doc
        if p.entity < 0:
            return
        entity = self.entities[p.entity]
        b = doc.bounds[p.sentence][1]
        n = p.last
        after = pieces[i + 1] if i + 1 < len(pieces) else None
        if (
            n < b
            and doc.tok[n] == ","
            and after
            and after.kind == TITLE
            and (after.sentence == p.sentence and after.first <= n + 2)
            and self._aside(entity, after)
        ):
            entity.offices[after.country, after.title] += 2
            after.entity = p.entity
            after.rule, after.confidence = "apposition", 0.95
        elif (
            n + 1 < b
            and doc.low[n] == "of"
            and after
            and after.first == n + 1
            and (after.label and after.type == GOVERNMENT and p.title)
        ):
            entity.offices[after.label, p.title] += 1
        before = pieces[i - 1] if i else None
        if (
            before
            and before.kind == TITLE
            and before.sentence == p.sentence
            and (before.last == p.first - 1 and doc.tok[before.last] == ",")
        ):
            entity.offices[before.country, before.title] += 2
            before.entity = p.entity
            before.rule, before.confidence = "apposition", 0.95
        if (
            before
            and p.title
            and before.label
            and before.type == GOVERNMENT
            and (before.last == p.first - 1 and doc.low[before.last] in _POSSESSIVE)
        ):
            entity.offices[before.label, p.title] += 1

    def _aside(self, entity: Local, title: Piece) -> bool:
        """Whether "Name, the X of Y," closes again, and Name is not another state's."""
        if title.country and any(w and w != title.country for w, _ in entity.offices):
            return False
        b = self.doc.bounds[title.sentence][1]
        return title.last >= b or self.doc.tok[title.last] in _CLOSING

    def _describe(self, p: Piece, pieces: list[Piece]) -> None:
        """Link a description to who holds the office in this article."""
        if p.entity >= 0:
            return
        exact, loose = holders(self.entities, p.country, p.title)
        held = exact or ([] if p.country else loose)
        if len(held) == 1:
            p.entity, p.confidence, p.rule = held[0], 0.85 if p.country else 0.7, "office"
        elif held:
            recent = -1
            for q in pieces:
                if q.first >= p.first:
                    break
                if q.entity in held:
                    recent = q.entity
            p.entity = recent if recent >= 0 else held[0]
            p.confidence, p.rule = 0.5, "office: nearest"
        elif p.titles and p.titles[-1].kind == OFFICE:
            # Whether a president without a state is this state's, the corpus may know.
            p.entity = self._office(p, tuple(loose))

    def _office(self, p: Piece, candidates: tuple[int, ...]) -> int:
        """An office whose holder this article does not name: the corpus may."""
        key = (p.country, p.title)
        for i, e in enumerate(self.entities):
            if not e.key and key in e.offices:
                e.count += 1
                return i
        entity = Local(PERSON, (), first=p.first, count=1, candidates=candidates)
        entity.offices[key] = 1
        self.entities.append(entity)
        return len(self.entities) - 1

    def _holder(self, p: Piece) -> None:
        """ "the X administration": the state of X comes with the corpus; X is kept as entity."""
        words = self.doc.tok[p.core : p.core_last]
        key, _ = forms.person_key(words)
        if not key:
            return
        for i, e in enumerate(self.entities):
            if e.type == PERSON and e.key and (e.key == key or e.key[-1] == key[-1]):
                p.entity = i
                break
        else:
            self.entities.append(Local(PERSON, key, first=p.first))
            p.entity = len(self.entities) - 1
        self.entities[p.entity].nouns[p.noun] += 1

    def _labelled(self, p: Piece) -> int:
        if p.label not in self.by_label:
            kind = p.type
            self.entities.append(Local(kind, (p.label,), label=p.label, first=p.first, full=True))
            self.by_label[p.label] = len(self.entities) - 1
        index = self.by_label[p.label]
        entity = self.entities[index]
        if p.noun:
            entity.nouns[p.noun] += 1
        entity.count += 1
        entity.forms[" ".join(self.doc.tok[p.first : p.last])] += 1
        return index

    def _named(self, p: Piece) -> int:
        words = p.short_for.split() or self.doc.tok[p.core : p.core_last]
        key = tuple(f for f in (forms.fold(w) for w in words) if f not in ("", "the"))
        if not key:
            return -1
        for i, e in enumerate(self.entities):
            if e.type != PERSON and not e.label and e.key == key:
                index = i
                break
        else:
            self.entities.append(Local(p.type, key, first=p.first, full=len(key) > 1))
            index = len(self.entities) - 1
        entity = self.entities[index]
        entity.count += 1
        entity.forms[" ".join(words)] += 1
        return index


_OTHER_OFFICE = frozenset("vice deputy assistant under associate former ex lieutenant".split())


def _like(a: str, b: str) -> bool:
    return a == b or (a[0] == b[0] and forms.near(a, b))


def same_office(a: str, b: str) -> bool:
    """Whether two titles may name one office ("sen." is a senator, "deputy X" no X)."""
    long = vocabulary().long_titles
    a, b = sorted((long.get(a, a), long.get(b, b)), key=len)
    if a == b:
        return True
    # "Prime minister" is a minister, but a vice president is another than the president.
    return b.endswith(" " + a) and not _OTHER_OFFICE & set(b[: -len(a)].split())


def holders(entities: list[Local], country: str, title: str) -> tuple[list[int], list[int]]:
    """The local actors who hold `title` of `country`, and those whose state is not said."""
    exact: list[int] = []
    loose: list[int] = []
    for i, e in enumerate(entities):
        if e.type != PERSON or not e.key:
            continue
        fits = [w for w, o in e.offices if same_office(o, title) or (title == "leader" and w)]
        if country and country in fits:
            exact.append(i)
        elif (
            fits
            and title != "leader"
            and (not country or not any(w and w != country for w, _ in e.offices))
        ):
            loose.append(i)
    return exact, loose

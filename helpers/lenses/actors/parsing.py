"""A run of capitalised words cut into titles, gazetteer forms and bare names."""

from __future__ import annotations

import re

from helpers import lexicons
from helpers.lenses.actors.gazetteer import (
    CAPITAL,
    COUNTRY,
    DEMONYM,
    HOUSE,
    OFFICIAL,
    ORGANIZATION,
    PLACE,
    Entry,
    Gazetteer,
    gazetteer,
)
from helpers.lenses.actors.pieces import GOVERNMENT, OTHER, PERSON, TITLE, UNKNOWN, Atom, Piece
from helpers.lenses.actors.reading import Reading
from helpers.lenses.actors.vocabulary import (
    HONORIFIC,
    PROFESSION,
    Vocabulary,
    usual_tag,
    vocabulary,
)

_TYPE_OF = {
    COUNTRY: GOVERNMENT, DEMONYM: GOVERNMENT, CAPITAL: PLACE, HOUSE: GOVERNMENT,
    ORGANIZATION: ORGANIZATION, PLACE: PLACE, OFFICIAL: GOVERNMENT,
}  # fmt: skip
# "R-Tex": a party and a state, behind a politician's name.
_PARTY = re.compile(r"[DRI]-[A-Z]")
_AFTER_HEAD = lexicons.words("head_prepositions")
_IMPERSONAL = lexicons.words("impersonal_name_words")
_PARTICLES = lexicons.words("person_particles")
_MEDIUM = lexicons.words("medium_prepositions")
_RANKS_IN_NAMES = lexicons.words("ranks_in_names")
ARABIC_ARTICLES = lexicons.words("arabic_articles")
_KIND_OF = {DEMONYM: "demonym", CAPITAL: CAPITAL, HOUSE: "metonym"}


class Parser:
    """Parses the runs of one article; knows the surnames that were found so far."""

    def __init__(self, doc: Reading) -> None:
        self.doc = doc
        self.gaz: Gazetteer = gazetteer()
        self.voc: Vocabulary = vocabulary()
        self.surnames: set[str] = set()

    def _atoms(self, first: int, last: int) -> list[Atom]:
        tok, low = self.doc.tok, self.doc.low
        atoms: list[Atom] = []
        k = first
        while k < last:
            t = tok[k]
            if not t[0].isupper() and t[:3] not in ARABIC_ARTICLES:
                atoms.append(Atom("join", k, k + 1))
                k += 1
                continue
            entry = self.gaz.match(tok, k, last)
            title = self.voc.title_at(low, k, last) if not entry or len(entry.words) == 1 else None
            if title and entry and len(title.words) <= len(entry.words):
                title = None
            if title:
                n = k + len(title.words)
                # "Justice Department", "General Motors": the head makes it an organisation.
                follows = self.voc.heads.get(tok[n]) if n < last else None
                if (follows == "organization" and title.kind != HONORIFIC) or (
                    len(title.words) == 1
                    and k > first
                    and atoms[-1].kind == "word"
                    and title.kind == "rank"
                    and low[k] in _RANKS_IN_NAMES
                ):
                    title = None
            if title:
                atoms.append(Atom("title", k, k + len(title.words), title=title))
                k += len(title.words)
            elif entry:
                atoms.append(Atom(entry.kind, k, k + len(entry.words), entry=entry))
                k += len(entry.words)
            else:
                atoms.append(Atom("word", k, k + 1))
                k += 1
        while atoms and atoms[-1].kind == "join":
            atoms.pop()
        return atoms

    def parse(self, first: int, last: int) -> list[Piece]:
        atoms = self._atoms(first, last)
        if not atoms:
            return []
        at = max((i for i, a in enumerate(atoms) if a.kind == "title"), default=-1)
        if at >= 0:
            return self._titled_run(atoms, at)
        if len(atoms) == 1 and atoms[0].entry is not None:
            return [self._entry(atoms[0])]
        return self._plain_run(atoms)

    def _entry(self, atom: Atom) -> Piece:
        assert atom.entry is not None
        return entry_piece(atom.entry, atom.first, atom.last)

    def _titled_run(self, atoms: list[Atom], at: int) -> list[Piece]:
        """A run with a title: what follows is a person, what precedes modifies."""
        tail = atoms[at + 1 :]
        titles = tuple(a.title for a in atoms if a.title is not None)
        country = next(
            (a.entry.label for a in atoms if a.entry and a.kind in (COUNTRY, DEMONYM, HOUSE)), ""
        )
        # "Secretary of State X": the words between "of" and the name belong to the office.
        joined = 0
        if tail and tail[0].kind == "join":
            joined = next((i + 1 for i, a in enumerate(tail) if a.kind != "join"), len(tail))
            if joined < len(tail) and tail[joined - 1].kind == "word":
                while joined < len(tail) and self._office_word(tail[joined]):
                    joined += 1
        name = tail[joined:]
        first = atoms[0].first
        if name and all(a.kind == "join" for a in name):
            name = []
        lone = titles[-1]
        opens = next((i for i, a in enumerate(atoms[:at]) if a.kind == "join"), at)
        if (
            0 < opens < at
            and atoms[opens - 1].kind != "title"
            and self.doc.low[atoms[opens].first] in _AFTER_HEAD
        ):
            if name and self.voc.heads.get(self.doc.tok[atoms[opens].first - 1]) is None:
                # "Diary of General Anna Keller": the person stands inside another name.
                later = next(i for i in range(opens, at + 1) if atoms[i].kind != "join")
                person = self._titled_run(atoms[later:], at - later)
                return [*(self._plain_run(atoms[:opens]) if opens > 1 else []), *person]
            if not name:
                # "Oslo Award for Best Director": the title names no holder.
                return self._plain_run([_as_word(a) if a.title else a for a in atoms])
        if not name and at and self._person_shape(first, atoms[at].first):
            return self._plain_run([_as_word(a) if a.title else a for a in atoms])
        if not name:
            if lone.kind == HONORIFIC or (lone.kind == PROFESSION and at == 0):
                return self._plain_run([_as_word(a) for a in atoms]) if len(atoms) > 1 else []
            end = atoms[-1].last if joined else atoms[at].last
            piece = Piece(first, end, PERSON, end, end, kind=TITLE, title=lone.name,
                          titles=titles, country=country, rule="title")  # fmt: skip
            return [piece]
        head = self.voc.heads.get(self.doc.tok[name[-1].last - 1])
        if (
            head in ("organization", "place", "other")
            and len(name) > 1
            and not (lone.kind == HONORIFIC or name[0].kind != "word")
        ):
            kind = ORGANIZATION if head == "organization" else PLACE if head == "place" else OTHER
            return [Piece(first, name[-1].last, kind, first, name[-1].last, rule="head")]
        # "President of France" is caught above; "Ambassador Iran" is two things.
        alone = len(name) == 1 and lone.kind != HONORIFIC
        if alone and name[0].kind in (COUNTRY, DEMONYM, ORGANIZATION):
            return [self._entry(name[0])]
        core, last = name[0].first, name[-1].last
        return [
            Piece(first, last, PERSON, core, last, title=lone.name, titles=titles,
                  country=country, rule="title and name", confidence=0.97)
        ]  # fmt: skip

    def _office_word(self, atom: Atom) -> bool:
        word = self.doc.tok[atom.first]
        return self.voc.heads.get(word) is not None

    def _plain_run(self, atoms: list[Atom]) -> list[Piece]:
        tok, voc = self.doc.tok, self.voc
        first, last = atoms[0].first, atoms[-1].last
        head = self._head(atoms)
        if len(atoms) == 1:
            return [self._single(first, last)]
        opening = atoms[0]
        rest_first = atoms[1].first
        person_from = rest_first if opening.kind in (DEMONYM, COUNTRY) else first
        if self._person_shape(person_from, last):
            if (
                person_from != first
                and opening.kind == COUNTRY
                and opening.last - opening.first > 1
            ):
                return [self._entry(opening), self._person(rest_first, last)]
            country = opening.entry.label if person_from != first and opening.entry else ""
            piece = self._person(person_from, last)
            piece.first, piece.country = first, country
            return [piece]
        opener = voc.contexts.get(("before", self.doc.low[first]), ("", 0))[0]
        if opener == OTHER or _PARTY.match(tok[first]):
            # "Hurricane Anna", "D-New York"
            return [Piece(first, last, OTHER, first, last, rule="head")]
        join = any(a.kind == "join" for a in atoms)
        person_from = self._named_last(atoms)
        if person_from:
            return self._after_words(atoms, person_from)
        if head in ("seat", "place"):
            return [Piece(first, last, PLACE, first, last, rule="head")]
        if head == "organization":
            return [Piece(first, last, ORGANIZATION, first, last, rule="head")]
        if head == "other":
            if opening.kind in (COUNTRY, DEMONYM) and not join:
                rest = Piece(rest_first, last, OTHER, rest_first, last, rule="head")
                return [self._entry(opening), rest]
            return [Piece(first, last, OTHER, first, last, rule="head")]
        entries = [a for a in atoms if a.entry is not None]
        if (
            len(entries) == 1
            and not join
            and atoms[-1].entry is not None
            and (
                atoms[-1].kind in (COUNTRY, DEMONYM, CAPITAL)
                and all(self._adjective(a.first) for a in atoms[:-1])
            )
        ):
            return [self._entry(atoms[-1])]
        if entries and not join:
            if len(entries) == len(atoms):
                return [self._entry(a) for a in atoms]
            whole = opening.kind in (COUNTRY, DEMONYM) and len(entries) == 1
            if whole and not (set(tok[rest_first:last]) & self.surnames):
                # "Saudi Aramco", "U.S. Treasury": one name with the state before it.
                return [Piece(first, last, UNKNOWN, first, last, rule="state and name")]
            if opening.entry is not None and opening.kind not in (CAPITAL, PLACE):
                return [self._entry(opening), *self.parse(rest_first, last)]
        return [Piece(first, last, UNKNOWN, first, last, rule="shape", confidence=0.7)]

    def _named_last(self, atoms: list[Atom]) -> int:
        """The atom at which a full name ends usual words ("Passenger Anna Keller"), else 0."""
        tok, voc = self.doc.tok, self.voc
        last = atoms[-1].last
        for i in range(1, len(atoms) - 1):
            word = tok[atoms[i].first]
            if word in voc.given or word in self.surnames:
                sure = word in voc.given and word not in voc.doubtful_given
                shaped = sure and not voc.heads.get(tok[last - 1]) and last - atoms[i].first <= 3
                usual = atoms[i - 1].entry is not None or usual_tag(tok[atoms[i].first - 1])
                whole = shaped and usual and self._person_shape(atoms[i].first, last)
                return i if whole else 0
            if atoms[i - 1].kind == "join":
                return 0
        return 0

    def _after_words(self, atoms: list[Atom], at: int) -> list[Piece]:
        """A person, and what the words before name: a lone usual word names nothing."""
        before = atoms[:at]
        if any(a.entry for a in before) and not self._head(before):
            pieces = [self._entry(a) for a in before if a.entry is not None]
        else:
            pieces = self._plain_run(before) if len(before) > 1 else []
        return [*pieces, self._person(atoms[at].first, atoms[-1].last)]

    def _head(self, atoms: list[Atom]) -> str | None:
        """What the head noun names: in "Treaty of Oslo Bank" it stands before "of"."""
        heads, tok = self.voc.heads, self.doc.tok
        joins = [a for a in atoms if a.kind == "join"]
        for join in joins:
            before = heads.get(tok[join.first - 1])
            if before is not None and self.doc.low[join.first] in _AFTER_HEAD:
                return before
        last = heads.get(tok[atoms[-1].last - 1])
        if last is not None:
            return last
        known = (heads.get(tok[a.first - 1]) for a in joins)
        return next((h for h in known if h in ("organization", "place", "other")), None)

    def _adjective(self, k: int) -> bool:
        """ "Sunni", "Western", or a first word that is no name ("Following Norway")."""
        if self.voc.heads.get(self.doc.tok[k]) == OTHER:
            return True
        return k in self.doc.initial and self.doc.tag[k] in ("JJ", "VBG", "VBN", "IN", "RB", "NN")

    def _person_shape(self, first: int, last: int) -> bool:
        """Given name first, or an initial inside: the shape of a full name."""
        tok, voc = self.doc.tok, self.voc
        n = last - first
        if n < 2 or n > 6:
            return False
        if voc.heads.get(tok[last - 1]) in ("organization", "other") and n > 1:
            return False
        if any(self.doc.low[k] in _IMPERSONAL for k in range(first, last)):
            return False
        rest = self.gaz.match(tok, first + 1, last)
        if rest is not None and 1 < len(rest.words) == n - 1:
            return False  # "Christian North Koreans"
        opening = tok[first]
        if opening in voc.given and opening not in voc.doubtful_given:
            return voc.heads.get(tok[last - 1]) != "place" or n == 2
        initials = [tok[k] for k in range(first, last - 1)]
        if any(
            len(w) <= 4 and w.endswith(".") and w[0].isupper() and w != "U.S." for w in initials
        ):
            return not self.gaz.match(tok, first, last)
        if tok[last - 1] in self.surnames and not self.gaz.single(opening):
            return True
        particle = any(
            self.doc.low[k] in _PARTICLES or self.doc.low[k][:3] in ("al-", "el-")
            for k in range(first + 1, last)
        )
        if opening in voc.given and voc.heads.get(tok[last - 1]) == "place":
            return False  # "Pearl Harbor": the surroundings must say
        return (particle or opening in voc.given) and n <= 4

    def _person(self, first: int, last: int) -> Piece:
        return Piece(first, last, PERSON, first, last, rule="full name", confidence=0.93)

    def _single(self, first: int, last: int) -> Piece:
        word = self.doc.tok[first]
        if word in self.voc.given and word not in self.voc.doubtful_given:
            return Piece(first, last, PERSON, first, last, rule="given name", confidence=0.6)
        head = self.voc.heads.get(word)
        if head == "platform":
            # "on Twitter" is where something was said; "Twitter banned it" names an actor.
            medium = first > 0 and self.doc.low[first - 1] in _MEDIUM
            kind = OTHER if medium else ORGANIZATION
            return Piece(first, last, kind, first, last, rule="head", confidence=0.6)
        if head == "other" or _PARTY.match(word):
            return Piece(first, last, OTHER, first, last, rule="head")
        bare = word.replace(".", "")
        acronym = word.isupper() and 1 < len(bare) <= 6 and bare.isalpha()
        kind = ORGANIZATION if acronym else UNKNOWN
        return Piece(first, last, kind, first, last, rule="acronym" if acronym else "shape",
                     confidence=0.6)  # fmt: skip


def entry_piece(entry: Entry, first: int, last: int) -> Piece:
    """A form of the gazetteer as a piece."""
    return Piece(
        first, last, _TYPE_OF[entry.kind], first, last,
        label=entry.label, kind=_KIND_OF.get(entry.kind, "name"), rule=entry.kind,
    )  # fmt: skip


def _as_word(atom: Atom) -> Atom:
    return Atom("word", atom.first, atom.last)

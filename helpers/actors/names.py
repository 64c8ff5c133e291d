"""Names by shape: runs of capitalised words, cut into titles, gazetteer forms and bare names.

A run is joined over particles (bin, van der), "of", "for", "and" where the words before it call
for that (Ministry of …), and judged where a capital proves nothing: the first word of a sentence
by how it stands elsewhere in the article, a headline by the names of the body.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from helpers.actors.gazetteer import (
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
from helpers.actors.reading import Reading
from helpers.actors.vocabulary import (
    HONORIFIC,
    OFFICE,
    PROFESSION,
    ROLE,
    Title,
    Vocabulary,
    vocabulary,
)

PERSON = "person"
GOVERNMENT = "government"
OTHER = "other"
TITLE = "title"
UNKNOWN = ""

_SUFFIXES = frozenset({"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"})
_NEVER = frozenset(
    {"I", "I'm", "I’m", "OK", "TV", "GDP", "CEO", "A", "Q", "AM", "PM", "P.M.", "A.M."}
)
# Two words that lost the space between them ("TrumpOvernight"), but not McCain or DeSantis.
_GLUED = re.compile(r"[a-z]{4,}[A-Z][a-z]{2,}")
_TYPE_OF = {
    COUNTRY: GOVERNMENT, DEMONYM: GOVERNMENT, CAPITAL: PLACE, HOUSE: GOVERNMENT,
    ORGANIZATION: ORGANIZATION, PLACE: PLACE, OFFICIAL: GOVERNMENT,
}  # fmt: skip
_KIND_OF = {DEMONYM: "demonym", CAPITAL: CAPITAL, HOUSE: "metonym"}
_OF = frozenset({"of", "for", "on"})


@dataclass(slots=True)
class Piece:
    """A candidate: token span, type, the bare name inside it, what titles and states precede it."""

    first: int
    last: int
    type: str
    core: int
    core_last: int
    label: str = ""
    kind: str = "name"
    title: str = ""
    titles: tuple[Title, ...] = ()
    country: str = ""
    muted: bool = False
    sentence: int = 0
    entity: int = -1
    short_for: str = ""
    noun: str = ""
    within: tuple[Piece, ...] = ()
    """Pieces that a description took in; they stand again where it describes nobody known."""
    rule: str = ""
    confidence: float = 0.9


@dataclass(slots=True)
class _Atom:
    kind: str  # word, title, join, or a gazetteer kind
    first: int
    last: int
    entry: Entry | None = None
    title: Title | None = None


class Chunker:
    """Cuts one article's sentences into pieces; keeps the word lists at hand."""

    def __init__(self, doc: Reading) -> None:
        self.doc = doc
        self.gaz: Gazetteer = gazetteer()
        self.voc: Vocabulary = vocabulary()
        small = [
            k for k, t in enumerate(doc.tok)
            if t[0] in "ae" and t[:3] in ("al-", "el-") and t[3:4].isupper()
        ]  # fmt: skip
        self.starts = sorted(doc.capitals + small) if small else doc.capitals
        self.known: set[str] = set()
        self.sequences: dict[str, list[tuple[str, ...]]] = {}
        self.surnames: set[str] = set()

    def pieces(self) -> list[Piece]:
        """Every candidate in text order; headlines are read with the body's names."""
        found: list[Piece] = []
        later: list[int] = []
        for number, muted in enumerate(self.doc.muted):
            if muted:
                later.append(number)
            else:
                found += self._sentence(number)
        self._learn(found)
        for number in later:
            found += self._sentence(number)
        found.sort(key=lambda p: p.first)
        return found

    def _learn(self, found: list[Piece]) -> None:
        tok = self.doc.tok
        for piece in found:
            words = tok[piece.core : piece.core_last]
            if piece.type in (PERSON, ORGANIZATION, UNKNOWN):
                self.known.update(w for w in words if w[0].isupper())
            if piece.type == PERSON and len(words) > 1:
                self.surnames.add(words[-1])
                if len(words) > 1:
                    self.sequences.setdefault(words[0], []).append(tuple(words))
        for longer in self.sequences.values():
            longer.sort(key=lambda w: -len(w))
        self.known |= {w.upper() for w in self.known}

    # -- which capitals open a name -------------------------------------------------------

    def _opens(self, k: int, b: int, muted: bool) -> bool:
        """Whether the capitalised token `k` may open or continue a name."""
        doc = self.doc
        t = doc.tok[k]
        low = doc.low[k]
        if t in _NEVER or _GLUED.search(t):
            return False
        if t in self.voc.calendar and not self._person_month(k):
            return False
        small = "-" in t and t.rsplit("-", 1)[1][:1].islower()
        if small and self.gaz.single(t.split("-", 1)[0]) is not None:
            return False  # "Norway-backed", "British-flagged": no name of its own
        if low in self.voc.function_words and not (t.isupper() and len(t) > 1 and not muted):
            return self.gaz.match(doc.tok, k, b) is not None
        if not muted and k not in doc.initial:
            return len(t) > 1 or (k + 1 < b and doc.tok[k + 1][0].isupper())
        if muted:
            if t in self.known or self.gaz.match(doc.tok, k, b):
                return True
            if low in doc.lower and t not in doc.mid:
                return False
            title = self.voc.title_at(low_list := doc.low, k, b)
            if title and (title.kind == HONORIFIC or title.unique) and k + len(title.words) < b:
                return low_list is doc.low
            if t.isupper() and len(t) > 5:
                return t.capitalize() in self.voc.given
            return t in self.voc.given or doc.tag[k] in ("NNP", "NNPS")
        if doc.mid.get(t):
            return not (low in doc.lower and doc.tag[k] not in ("NNP", "NNPS", "JJ"))
        if self.gaz.match(doc.tok, k, b):
            return True
        if low in doc.lower and doc.tag[k] not in ("NNP", "NNPS"):
            return self._title_opens(k, b)
        if t in self.voc.given or doc.tag[k] in ("NNP", "NNPS"):
            return low not in doc.lower or (k + 1 < b and doc.tok[k + 1][0].isupper())
        return self._title_opens(k, b)

    def _person_month(self, k: int) -> bool:
        """ "Theresa May", "Mrs. May": a month after a given name or a title."""
        if k == 0:
            return False
        before = self.doc.tok[k - 1]
        if before in self.voc.given:
            return True
        title = self.voc.title_before(self.doc.low, max(0, k - 3), k)
        return title is not None and before[0].isupper()

    def _title_opens(self, k: int, b: int) -> bool:
        title = self.voc.title_at(self.doc.low, k, b)
        if title is None:
            return False
        after = k + len(title.words)
        return after < b and self.doc.tok[after][0].isupper()

    # -- runs -----------------------------------------------------------------------------

    def _sentence(self, number: int) -> list[Piece]:
        doc = self.doc
        a, b = doc.bounds[number]
        muted = doc.muted[number]
        tok = doc.tok
        found: list[Piece] = []
        end = a
        for k in self._starts(a, b):
            if k < end or not self._opens(k, b, muted):
                continue
            end = self._run(k, b, muted)
            the = tok[k - 1] == "The" and k - 1 >= a and k - 1 not in doc.initial and not muted
            glued = end < b and _GLUED.search(tok[end]) is not None
            for piece in self._parse(k, end):
                if piece.type == PERSON and piece.kind == "name":
                    self._whole_person(piece, a, glued)
                elif the and piece.first == k and piece.type in (ORGANIZATION, UNKNOWN):
                    # "The" in the middle of a sentence is part of the name: a newspaper's, say.
                    piece.first = piece.core = k - 1
                piece.muted = muted
                piece.sentence = number
                found.append(piece)
        return found

    def _run(self, k: int, b: int, muted: bool) -> int:
        """The end of the run that opens at token `k`."""
        doc, voc = self.doc, self.voc
        tok, low = doc.tok, doc.low
        title = voc.title_at(low, k, b)
        entry = self.gaz.match(tok, k, b)
        j = k + max(len(title.words) if title else 1, len(entry.words) if entry else 1)
        of_seen = False
        while j < b:
            t = tok[j]
            if t[0].isupper() and self._opens(j, b, muted):
                j += 1
                continue
            if t[:3] in ("al-", "el-", "ul-") and len(t) > 3:
                j += 1
                continue
            if t == "&" and j + 1 < b and tok[j + 1][0].isupper():
                j += 2
                continue
            if low[j] in voc.particles and t not in ("y", "e", "i", "st", "o"):
                n = j + 1
                while n < b and low[n] in voc.particles and n - j < 3:
                    n += 1
                if n < b and tok[n][0].isupper() and self._opens(n, b, muted):
                    j = n + 1
                    continue
            if t in _OF or (t == "to" and self._titled(k, j)):
                n = j + 1
                if n < b and low[n] == "the":
                    n += 1
                if n < b and tok[n][0].isupper() and self._opens(n, b, muted) and self._joins(k, j):
                    of_seen = True
                    j = n + 1
                    continue
            if t == "and" and j + 1 < b and tok[j + 1][0].isupper():
                n = self._coordinated(k, j, b, muted, of_seen)
                if n:
                    j = n
                    continue
            if low[j] in ("'s", "’s", "'", "’") and voc.heads.get(tok[j - 1]) == "members":
                # "People's Army", "Workers' Party": the possessive belongs to the name.
                n = j + 1
                while n < b and tok[n][0].isupper() and self._opens(n, b, muted):
                    n += 1
                if n > j + 1 and voc.heads.get(tok[n - 1]) == "organization":
                    j = n
                    continue
            if t == "," and j + 1 < b and tok[j + 1] in _SUFFIXES:
                j += 2
                continue
            break
        return self._cut(k, j) if muted else j

    def _cut(self, k: int, j: int) -> int:
        """In a headline a name ends where it ends in the body ("Anna Keller | Servers")."""
        tok = self.doc.tok
        for s in range(k, j):
            for words in self.sequences.get(tok[s], ()):
                n = len(words)
                if s + n <= j and tuple(tok[s : s + n]) == words:
                    title = self.voc.title_at(self.doc.low, k, s) if s > k else None
                    if s == k or (title is not None and k + len(title.words) == s):
                        return s + n
                    return s
            if s > k and tok[s] in self.surnames and tok[s - 1] not in self.voc.given:
                before = self.voc.title_before(self.doc.low, k, s)
                if before is None and s - k == 1 and not self.gaz.match(tok, k, s):
                    return s
            if tok[s] in self.surnames and s == k:
                return s + 1
        return j

    def _starts(self, a: int, b: int) -> list[int]:
        """Capitalised tokens of a sentence, and "al-X" in small letters."""
        first, last = bisect_left(self.starts, a), bisect_left(self.starts, b)
        return self.starts[first:last]

    def _whole_person(self, piece: Piece, a: int, glued: bool) -> None:
        """Take in particles before the name; cut what a page's markup glued to its end."""
        low = self.doc.low
        if piece.core == piece.first:
            while piece.first > a and low[piece.first - 1] in ("bin", "ibn", "van", "von", "abu"):
                piece.first -= 1
                piece.core = piece.first
        if glued and piece.core_last - piece.core > 1:
            given = self.doc.tok[piece.core] in self.voc.given
            keep = piece.core + (2 if given else 1)
            piece.core_last = piece.last = min(piece.last, keep)

    def _titled(self, k: int, j: int) -> bool:
        title = self.voc.title_before(self.doc.low, k, j)
        return title is not None and title.kind in (OFFICE, ROLE)

    def _joins(self, k: int, j: int) -> bool:
        """Whether the run `k:j` calls for an "of …" after it."""
        tok = self.doc.tok
        word = tok[j - 1]
        if tok[j] == "on" and self.voc.heads.get(word) != "organization":
            return False
        if self.voc.heads.get(word) in ("organization", "place", "other"):
            return True
        title = self.voc.title_before(self.doc.low, k, j)
        if title is not None:
            return title.kind in (OFFICE, ROLE) and tok[j] in ("of", "for")
        if tok[j] != "of" or word in self.voc.given or self.gaz.single(word):
            return False
        return (
            j - k == 1
            and k > 0
            and self.doc.low[k - 1] == "the"
            and word not in self.surnames
            and k not in self.doc.initial
        )

    def _coordinated(self, k: int, j: int, b: int, muted: bool, of_seen: bool) -> int:
        """The end of "and Y Z" where it belongs to the run's name, else 0."""
        tok, heads = self.doc.tok, self.voc.heads
        n = j + 1
        while n < b and tok[n][0].isupper() and self._opens(n, b, muted):
            n += 1
        if n == j + 1 and not of_seen:
            return 0
        if n == j + 1 and not tok[j + 1][0].isupper():
            return 0
        right = tok[j + 1]
        if right in self.voc.given or self.voc.title_at(self.doc.low, j + 1, n):
            return 0
        if self.gaz.match(tok, j + 1, n) or self.gaz.single(tok[j - 1]):
            return 0
        head_right = heads.get(tok[n - 1]) == "organization" or tok[n - 1] in (
            "Departments",
            "Ministries",
        )
        if of_seen:
            return n if heads.get(tok[k]) == "organization" or head_right or n - j == 2 else 0
        left_head = heads.get(tok[j - 1])
        if head_right and not left_head and j - k <= 2 and tok[j - 1] not in self.surnames:
            return n
        return 0

    # -- parsing a run --------------------------------------------------------------------

    def _atoms(self, first: int, last: int) -> list[_Atom]:
        tok, low = self.doc.tok, self.doc.low
        atoms: list[_Atom] = []
        k = first
        while k < last:
            t = tok[k]
            if not t[0].isupper() and t[:3] not in ("al-", "el-", "ul-"):
                atoms.append(_Atom("join", k, k + 1))
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
                    and low[k] in ("major", "general", "private")
                ):
                    title = None
            if title:
                atoms.append(_Atom("title", k, k + len(title.words), title=title))
                k += len(title.words)
            elif entry:
                atoms.append(_Atom(entry.kind, k, k + len(entry.words), entry=entry))
                k += len(entry.words)
            else:
                atoms.append(_Atom("word", k, k + 1))
                k += 1
        while atoms and atoms[-1].kind == "join":
            atoms.pop()
        return atoms

    def _parse(self, first: int, last: int) -> list[Piece]:
        atoms = self._atoms(first, last)
        if not atoms:
            return []
        at = max((i for i, a in enumerate(atoms) if a.kind == "title"), default=-1)
        if at >= 0:
            return self._titled_run(atoms, at)
        if len(atoms) == 1 and atoms[0].entry is not None:
            return [self._entry(atoms[0])]
        return self._plain_run(atoms)

    def _entry(self, atom: _Atom) -> Piece:
        assert atom.entry is not None
        kind = atom.entry.kind
        return Piece(
            atom.first, atom.last, _TYPE_OF[kind], atom.first, atom.last,
            label=atom.entry.label, kind=_KIND_OF.get(kind, "name"), rule=kind,
        )  # fmt: skip

    def _titled_run(self, atoms: list[_Atom], at: int) -> list[Piece]:
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

    def _office_word(self, atom: _Atom) -> bool:
        word = self.doc.tok[atom.first]
        return self.voc.heads.get(word) is not None

    def _plain_run(self, atoms: list[_Atom]) -> list[Piece]:
        tok, voc = self.doc.tok, self.voc
        first, last = atoms[0].first, atoms[-1].last
        words = tok[first:last]
        head = voc.heads.get(words[-1])
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
        join = any(a.kind == "join" for a in atoms)
        joined = [voc.heads.get(tok[a.first - 1]) for a in atoms if a.kind == "join"]
        before = next((h for h in joined if h in ("organization", "place", "other")), None)
        if head == "seat":
            return [Piece(first, last, PLACE, first, last, rule="head")]
        if head == "organization" or before == "organization":
            return [Piece(first, last, ORGANIZATION, first, last, rule="head")]
        if head == "place" or before == "place":
            return [Piece(first, last, PLACE, first, last, rule="head")]
        if head == "other" or before == "other":
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
            if opening.entry is not None and opening.kind != CAPITAL:
                return [self._entry(opening), *self._parse(rest_first, last)]
        return [Piece(first, last, UNKNOWN, first, last, rule="shape", confidence=0.7)]

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
        if any(self.doc.low[k] in ("of", "for", "on", "and", "&") for k in range(first, last)):
            return False
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
            self.doc.low[k] in ("bin", "ibn", "van", "von", "de", "der", "al", "abu")
            or self.doc.low[k][:3] in ("al-", "el-")
            for k in range(first + 1, last)
        )
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
            medium = first > 0 and self.doc.low[first - 1] in ("on", "via", "to", "in", "by")
            kind = OTHER if medium else ORGANIZATION
            return Piece(first, last, kind, first, last, rule="head", confidence=0.6)
        if head == "other":
            return Piece(first, last, OTHER, first, last, rule="head")
        bare = word.replace(".", "")
        acronym = word.isupper() and 1 < len(bare) <= 6 and bare.isalpha()
        kind = ORGANIZATION if acronym else UNKNOWN
        return Piece(first, last, kind, first, last, rule="acronym" if acronym else "shape",
                     confidence=0.6)  # fmt: skip


def _as_word(atom: _Atom) -> _Atom:
    return _Atom("word", atom.first, atom.last)

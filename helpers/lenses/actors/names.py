"""Names by shape: runs of capitalised words, cut into titles, gazetteer forms and bare names.

A run is joined over particles (bin, van der), "of", "for", "and" where the words before it call
for that (Ministry of …), and judged where a capital proves nothing: the first word of a sentence
by how it stands elsewhere in the article, a headline by the names of the body.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from helpers import lexicons
from helpers.lenses.actors.gazetteer import ORGANIZATION
from helpers.lenses.actors.parsing import ARABIC_ARTICLES, Parser
from helpers.lenses.actors.pieces import PERSON, UNKNOWN, Piece
from helpers.lenses.actors.reading import Reading
from helpers.lenses.actors.vocabulary import HONORIFIC, OFFICE, POSSESSIVE, ROLE, usual_tag

_SUFFIXES = lexicons.words("name_suffixes")
# What makes a compound of a name; "Il-sung" and "Chi-man" are names.
_COMPOUND = re.compile(
    rf"-(?:[a-z]{{2,}}ed|[a-z]{{3,}}ing|{'|'.join(lexicons.listed('compound_endings'))})$"
)
_ORDINAL = re.compile(rf"\d+(?:{'|'.join(lexicons.listed('ordinal_endings'))})$")
_COMPANY = lexicons.words("company_suffixes")
_NEVER = lexicons.words("never_names")
# Two words that lost the space between them ("TrumpOvernight"), but not McCain or DeSantis.
_GLUED = re.compile(r"[a-z]{4,}[A-Z]")
_OF = lexicons.words("name_prepositions")
_COUNTING = lexicons.words("ordinals")
_UNJOINING = lexicons.words("unjoining_particles")
_OPENING = lexicons.words("opening_particles")


class Chunker(Parser):
    """Cuts one article's sentences into pieces; keeps the word lists at hand."""

    def __init__(self, doc: Reading) -> None:
        super().__init__(doc)
        small = [
            k for k, t in enumerate(doc.tok)
            if t[0] in "ae" and t[:3] in ("al-", "el-") and t[3:4].isupper()
        ]  # fmt: skip
        self.starts = sorted(doc.capitals + small) if small else doc.capitals
        self.known: set[str] = set()
        self.sequences: dict[str, list[tuple[str, ...]]] = {}

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
        if t in _NEVER or self._glued(t):
            return False
        if t in self.voc.calendar and not self._person_month(k):
            return False
        small = "-" in t and t.rsplit("-", 1)[1][:1].islower()
        if small and (self.gaz.single(t.split("-", 1)[0]) is not None or _COMPOUND.search(t)):
            return False  # "Norway-backed", "Keller-led": no name of its own
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

    def _glued(self, t: str) -> bool:
        """Whether two words of the article lost the space between them; "LibriVox" did not."""
        seam = _GLUED.search(t)
        return seam is not None and (t[: seam.end() - 1] in self.doc.lower or len(t) > 14)

    def _person_month(self, k: int) -> bool:
        """ "Theresa May", "Mrs. May": a month after a given name or a title, but never a day."""
        if k == 0 or self.doc.low[k].endswith("day"):
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
            if end == k + 1 and self._ends_title(a, k):
                continue
            the = tok[k - 1] == "The" and k - 1 >= a and k - 1 not in doc.initial and not muted
            glued = end < b and self._glued(tok[end])
            if glued and found and found[-1].last == k and tok[end].startswith(tok[k - 1]):
                continue  # "Orr [Ada Maria OrrGOP senator …]": a link's text inside the sentence
            for piece in self.parse(k, end):
                if muted and not self._supported(piece):
                    continue
                if piece.type == PERSON and piece.kind == "name":
                    self._whole_person(piece, a, glued)
                elif the and piece.first == k and piece.type in (ORGANIZATION, UNKNOWN):
                    # "The" in the middle of a sentence is part of the name: a newspaper's, say.
                    piece.first = piece.core = k - 1
                elif piece.first == k and k > a and piece.type in (ORGANIZATION, UNKNOWN):
                    self._take_ordinal(piece)
                piece.muted = muted
                piece.sentence = number
                found.append(piece)
        return found

    def _ends_title(self, a: int, k: int) -> bool:
        """ "the secretary of State": the capital belongs to an office in small letters."""
        title = self.voc.title_before(self.doc.low, a, k + 1)
        return title is not None and len(title.words) > 1

    def _supported(self, piece: Piece) -> bool:
        """Whether more than a headline's capitals speaks for a name of persons or nobody knows."""
        if piece.type not in (PERSON, UNKNOWN) or piece.kind != "name" or piece.title:
            return True
        words = self.doc.tok[piece.core : piece.core_last]
        return any(w in self.known or w in self.voc.given for w in words)

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
            if t[:3] in ARABIC_ARTICLES and len(t) > 3:
                j += 1
                continue
            if t == "&" and j + 1 < b and tok[j + 1][0].isupper():
                j += 2
                continue
            if low[j] in voc.particles and t not in _UNJOINING:
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
            if low[j] in POSSESSIVE and voc.heads.get(tok[j - 1]) == "members":
                # "People's Army", "Workers' Party": the possessive belongs to the name.
                n = j + 1
                while n < b and tok[n][0].isupper() and self._opens(n, b, muted):
                    n += 1
                if n > j + 1 and voc.heads.get(tok[n - 1]) == "organization":
                    j = n
                    continue
            if t == "," and j + 1 < b and (
                tok[j + 1] in _SUFFIXES
                or (tok[j + 1] in _COMPANY and voc.heads.get(tok[j - 1]) == "organization")
            ):  # fmt: skip
                j += 2
                continue
            break
        return self._before_repeat(k, self._cut(k, j) if muted else j, b)

    def _before_repeat(self, k: int, j: int, b: int) -> int:
        """Where a link's text was glued in ("Orr Ada Maria OrrGOP senator …"): after "Orr"."""
        tok = self.doc.tok
        if j < b and self._glued(tok[j]):
            for p in range(k, j - 1):
                if len(tok[p]) > 2 and tok[j].startswith(tok[p]):
                    return p + 1
        for p in range(k, j - 3):
            if tok[p : p + 2] == tok[p + 2 : p + 4]:
                return p + 2
        given = self.voc.given
        if j < b and tok[j] == "(" and j - k > 2 and tok[j - 1] in given:
            # "Bo Hale Robert (Bo) James HaleSenate panel …"
            return j if tok[j - 2] in given else j - 1
        return j

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
            while piece.first > a and low[piece.first - 1] in _OPENING:
                piece.first -= 1
                piece.core = piece.first
        if glued and piece.core_last - piece.core > 1:
            given = self.doc.tok[piece.core] in self.voc.given
            keep = piece.core + (2 if given else 1)
            piece.core_last = piece.last = min(piece.last, keep)

    def _take_ordinal(self, piece: Piece) -> None:
        """ "5th Fleet", "Second Circuit": the number belongs to the body's name."""
        before = self.doc.tok[piece.first - 1]
        counted = _ORDINAL.match(before) or (
            before in _COUNTING and piece.first - 1 not in self.doc.initial
        )
        ends = (self.doc.tok[piece.core], self.doc.tok[piece.core_last - 1])
        if counted and any(self.voc.heads.get(word) == ORGANIZATION for word in ends):
            piece.first -= 1
            if not piece.label:
                piece.core = piece.first

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
        left = self.gaz.match(tok, k, j)
        if left is not None and len(left.words) == j - k:
            return 0
        if n < b and tok[n] in _OF and heads.get(tok[n - 1]) == "organization":
            return 0  # "Office of Trade and Bureau of Labor": the second has a head of its own
        head_right = heads.get(tok[n - 1]) == "organization" or tok[n - 1] in (
            "Departments",
            "Ministries",
        )
        if of_seen:
            return n if heads.get(tok[k]) == "organization" or head_right or n - j == 2 else 0
        left_head = heads.get(tok[j - 1])
        if (
            head_right
            and not left_head
            and j - k <= 2
            and tok[j - 1] not in self.surnames
            and usual_tag(tok[j - 1])
        ):
            return n
        return 0

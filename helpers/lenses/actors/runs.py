"""Runs of capitalised words: where the name that opens at a token ends.

A run is joined over particles (bin, van der), "of", "for", "and" where the words before it call
for that (Ministry of …).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from helpers import lexicons
from helpers.lenses.actors.candidates import OTHER
from helpers.lenses.actors.capitals import Capitals
from helpers.lenses.actors.gazetteer import ORGANIZATION, PLACE, Gazetteer, gazetteer
from helpers.lenses.actors.name_matching import NICKNAME_MARKS
from helpers.lenses.actors.name_parsing import ARABIC_ARTICLES
from helpers.lenses.actors.tagged_article import TaggedArticle
from helpers.lenses.actors.vocabulary import (
    OFFICE,
    POSSESSIVE,
    ROLE,
    Vocabulary,
    usual_tag,
    vocabulary,
)

_SUFFIXES = lexicons.words("name_suffixes")
_COMPANY = lexicons.words("company_suffixes")
_PLURAL_HEADS = ("Departments", "Ministries")
_OF = lexicons.words("name_prepositions")
_HOLDERS = lexicons.words("holders_of_offices")
_ARTICLES = (("the",), ("the", "a", "an"))
"""What may follow "of" inside a name, and "for" ("Committee for a Responsible Budget")."""


@dataclass(slots=True)
class _Run:
    """A run of words as it grows from its first token."""

    first: int
    end: int
    limit: int
    """The end of the sentence."""
    muted: bool
    of_seen: bool = False
    """Whether "of", "for" or "on" joined two parts."""


class Runs:
    """Finds the ends of one article's runs; `names` and `surnames` are those found so far."""

    def __init__(self, doc: TaggedArticle, capitals: Capitals, surnames: set[str]) -> None:
        self.doc = doc
        self.gaz: Gazetteer = gazetteer()
        self.voc: Vocabulary = vocabulary()
        self.capitals = capitals
        self.surnames = surnames
        self.names: dict[str, list[tuple[str, ...]]] = {}
        """Full names by their first word, longest first."""
        self.joints = self._joints()

    def _joints(self) -> dict[str, list[Callable[[_Run], int]]]:
        """Which rules may take a run over a word in small letters or a mark, in order."""
        rules: tuple[tuple[Callable[[_Run], int], Iterable[str]], ...] = (
            (self._over_ampersand, "&"),
            (self._over_particles, self.voc.particles),
            (self._over_of, (*_OF, "to")),
            (self._over_and, ("and",)),
            (self._over_possessive, POSSESSIVE),
            (self._over_suffix, ","),
            (self._over_nickname, NICKNAME_MARKS),
        )
        joints: dict[str, list[Callable[[_Run], int]]] = {}
        for rule, words in rules:
            for word in words:
                joints.setdefault(word, []).append(rule)
        return joints

    def end(self, k: int, b: int, muted: bool) -> int:
        """The end of the run that opens at token `k`: on as long as a rule knows how."""
        title = self.voc.title_at(self.doc.lower, k, b)
        entry = self.gaz.match(self.doc.words, k, b)
        end = k + max(len(title.words) if title else 1, len(entry.words) if entry else 1)
        run = _Run(k, end, b, muted)
        while run.end < b and (end := self._over_word(run) or self._over_joint(run)):
            run.end = end
        return self._before_full(k, self._cut(k, run.end) if muted else run.end, b)

    def _continues(self, n: int, run: _Run) -> bool:
        """Whether token `n` is a capitalised word that may stand in the run."""
        if n >= run.limit or not self.doc.words[n][0].isupper():
            return False
        return self.capitals.opens(n, run.limit, run.muted)

    def _capitals_end(self, n: int, run: _Run) -> int:
        """Where the capitalised words from token `n` on end."""
        while self._continues(n, run):
            n += 1
        return n

    def _over_word(self, run: _Run) -> int:
        """ "Anna | Keller", "Nadia | al-Saleh"; like all rules, the new end or 0."""
        t = self.doc.words[run.end]
        if t[0].isupper():
            return run.end + 1 if self.capitals.opens(run.end, run.limit, run.muted) else 0
        return run.end + 1 if t[:3] in ARABIC_ARTICLES and len(t) > 3 else 0

    def _over_joint(self, run: _Run) -> int:
        """The end that the first rule for a joining word or mark knows."""
        for rule in self.joints.get(self.doc.lower[run.end], ()):
            end = rule(run)
            if end:
                return end
        return 0

    def _over_ampersand(self, run: _Run) -> int:
        """ "Keller | & Moss"."""
        tok, j = self.doc.words, run.end
        return j + 2 if j + 1 < run.limit and tok[j + 1][0].isupper() else 0

    def _over_particles(self, run: _Run) -> int:
        """ "Jan | van der Berg"."""
        low, j = self.doc.lower, run.end
        n = j + 1
        while n < run.limit and low[n] in self.voc.particles and n - j < 3:
            n += 1
        return n + 1 if self._continues(n, run) else 0

    def _over_of(self, run: _Run) -> int:
        """ "Ministry | of the Interior", "Ambassador | to Norway"."""
        t, n = self.doc.words[run.end], run.end + 1
        if t not in _OF and not (t == "to" and self._titled(run.first, run.end)):
            return 0
        if n < run.limit and self.doc.lower[n] in _ARTICLES[t == "for"]:
            n += 1
        if not self._continues(n, run) or not self._joins(run.first, run.end):
            return 0
        run.of_seen = True
        return n + 1

    def _over_possessive(self, run: _Run) -> int:
        """ "People | 's Army", "District Attorney | 's Office": the possessive is the name's."""
        heads, tok, j = self.voc.heads, self.doc.words, run.end
        if heads.get(tok[j - 1]) != "members" and self.doc.lower[j - 1] not in _HOLDERS:
            return 0
        n = self._capitals_end(j + 1, run)
        return n if n > j + 1 and heads.get(tok[n - 1]) == ORGANIZATION else 0

    def _over_suffix(self, run: _Run) -> int:
        """ "Keller |, Jr.", "Oslo Group |, Inc."."""
        tok, j = self.doc.words, run.end
        if j + 1 >= run.limit:
            return 0
        return j + 2 if tok[j + 1] in _COMPANY or tok[j + 1] in _SUFFIXES else 0

    def _over_nickname(self, run: _Run) -> int:
        """ "William | “Billy” Harker", "Robert | (Bob) Dunn"."""
        tok, j = self.doc.words, run.end
        given = self.voc.given
        if j + 3 >= run.limit or tok[j + 2] != NICKNAME_MARKS[tok[j]]:
            return 0
        nick, name = tok[j + 1], tok[j + 3]
        if not self._continues(j + 3, run):
            return 0
        at = j - 1 - (tok[j - 1][1:] == ".")  # the given name, before an initial
        opens = at == run.first or self.voc.title_before(self.doc.lower, run.first, at) is not None
        named = opens and tok[at] in given
        nickname = nick[0].isupper() and (tok[j] != "(" or nick in given)
        return j + 4 if named and nickname and self.gaz.single(name) is None else 0

    def _over_and(self, run: _Run) -> int:
        """ "Office of Trade | and Industry", "Health | and Human Services Department"."""
        tok, heads, j = self.doc.words, self.voc.heads, run.end
        if tok[j] != "and" or j + 1 >= run.limit or not tok[j + 1][0].isupper():
            return 0
        n = self._capitals_end(j + 1, run)
        if (n == j + 1 and not run.of_seen) or self._two_names(run, n):
            return 0
        headed = heads.get(tok[n - 1]) == ORGANIZATION or tok[n - 1] in _PLURAL_HEADS
        if run.of_seen:
            return n if headed or heads.get(tok[run.first]) == ORGANIZATION or n - j == 2 else 0
        left = tok[j - 1]
        short = j - run.first <= 2 and not heads.get(left)
        return n if headed and short and left not in self.surnames and usual_tag(left) else 0

    def _two_names(self, run: _Run, n: int) -> bool:
        """Whether "and" stands between two names: one side of it, up to `n`, is one by itself."""
        tok, j = self.doc.words, run.end
        if tok[j + 1] in self.voc.given or self.voc.title_at(self.doc.lower, j + 1, n):
            return True
        if self.gaz.match(tok, j + 1, n) or self.gaz.single(tok[j - 1]):
            return True
        left = self.gaz.match(tok, run.first, j)
        if left is not None and len(left.words) == j - run.first:
            return True
        # "Office of Trade and Bureau of Labor": the second has a head of its own
        headed = self.voc.heads.get(tok[n - 1]) == ORGANIZATION
        return n < run.limit and tok[n] in _OF and headed

    def _before_full(self, k: int, j: int, b: int) -> int:
        """The end of a name without the full one that a link's text put behind it.

        "Bo Hale | Robert (Bo) James HaleSenate panel …"
        """
        tok = self.doc.words
        given = self.voc.given
        nickname = j + 2 < b and tok[j] == "(" and tok[j + 1].isalpha() and tok[j + 2] == ")"
        if nickname and j - k > 2 and tok[j - 1] in given:
            return j if tok[j - 2] in given else j - 1
        return j

    def _cut(self, k: int, j: int) -> int:
        """In a headline a name ends where it ends in the body ("Anna Keller | Servers")."""
        tok = self.doc.words
        for s in range(k, j):
            for words in self.names.get(tok[s], ()):
                n = len(words)
                if s + n <= j and tuple(tok[s : s + n]) == words:
                    title = self.voc.title_at(self.doc.lower, k, s) if s > k else None
                    if s == k or (title is not None and k + len(title.words) == s):
                        return s + n
                    return s
            if s > k and tok[s] in self.surnames and tok[s - 1] not in self.voc.given:
                before = self.voc.title_before(self.doc.lower, k, s)
                if before is None and s - k == 1 and not self.gaz.match(tok, k, s):
                    return s
            if tok[s] in self.surnames and s == k:
                return s + 1
        return j

    def _titled(self, k: int, j: int) -> bool:
        title = self.voc.title_before(self.doc.lower, k, j)
        return title is not None and title.kind in (OFFICE, ROLE)

    def _joins(self, k: int, j: int) -> bool:
        """Whether the run `k:j` calls for an "of …" after it."""
        tok = self.doc.words
        word = tok[j - 1]
        if tok[j] == "on" and self.voc.heads.get(word) != ORGANIZATION:
            return False
        if self.voc.heads.get(word) in (ORGANIZATION, PLACE, OTHER):
            return True
        title = self.voc.title_before(self.doc.lower, k, j)
        if title is not None:
            return title.kind in (OFFICE, ROLE) and tok[j] in ("of", "for")
        if tok[j] != "of" or word in self.voc.given or self.gaz.single(word):
            return False
        return (
            j - k == 1
            and k > 0
            and self.doc.lower[k - 1] == "the"
            and word not in self.surnames
            and k not in self.doc.openings
        )

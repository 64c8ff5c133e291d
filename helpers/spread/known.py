"""Whom "the GOP nominee" means: the one person of the article who is so described in the story."""

from __future__ import annotations

import re

from helpers import lexicons
from helpers.lenses import actors
from helpers.spread.describing import Said
from helpers.spread.labels import is_document, is_person, is_place, label
from helpers.spread.material import Material
from helpers.spread.stated import is_role

_DEFINITE = re.compile(r"the\s+(?!two\b|three\b|four\b|other\b|next\b|last\b)(.+)", re.I)
_OFFICES = lexicons.words("offices_of_one")
_PEOPLE = frozenset(lexicons.load("describing_nouns")["noun"])
_BODIES = lexicons.words("nouns_of_bodies")
ENOUGH = 2
"""Facts in a description that, where nobody is so described, mean whoever was spoken of last."""
_OPENS = re.compile(r"he|she", re.I)
_THE = re.compile(r"(?:the|that|this)\s+(\w+)", re.I)
_SPOKEN = frozenset({"aide", "spokesman", "spokesperson", "spokeswoman", "representative"})
"""Nouns for one who speaks for somebody else."""
_NAME = r"(?:(?:Mr|Mrs|Ms|Sen|Rep|Gov)\.\s)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*"
_FOR = rf"(?:\s(?:for|of|with|at|in|to)\s(?:the\s)?{_NAME})?"
_OWN = re.compile(
    r"(.+)[’']s? (?:apology|statement|letter|tweet|e-?mail|message|post|memo|testimony|speech)"
)
"""What is written or said by whose it is."""
_HANGS = re.compile(r"\b(?:of|for|to|with|by|from|and)\s|[’']s?\s+$")
"""What keeps a name inside a source from being the one who speaks: "a friend of Ann Orr"."""
_SHOWN = re.compile(r"\s(?:show(?:s|ed)|captur(?:es|ed)|caught|record(?:s|ed))\s")
_THEN_NAME = re.compile(r",\s((?:[A-Z][a-z]+\.,\s)?(?:[\w.’'-]+\s){0,4}[A-Z])")
_NAME_THEN = re.compile(r"(?:\sof\s[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)?)?(?:,|\s[—–-]+)\s$|\sof\s$")


class Known:
    """The persons of each article, with what the whole story says beside their names."""

    def __init__(self, m: Material, described: Said) -> None:
        self.m = m
        self.facts: dict[str, frozenset[str]] = {}
        self.persons: dict[str, list[str]] = {}
        for actor, docs in described.items():
            said = [d for each in docs.values() for d in each]
            words = " ".join(f"{d.words} {d.camp}" for d in said)
            self.facts[actor] = frozenset(actors.facts(words))
            for doc in docs:
                self.persons.setdefault(doc, []).append(actor)

    def means(self, doc: str, source: str, at: int) -> str | None:
        """The actor whom the words of a source mean, at character ``at``; None where unclear."""
        for find in (self._beside, self._owner, self._shown):
            if who := find(doc, source, at):
                return who
        if _OPENS.fullmatch(source):
            return self._first(doc, at)
        found = _DEFINITE.fullmatch(source.strip())
        if found is None:
            return None
        asked = actors.facts(found[1])
        noun = found[1].split()[-1].lower()
        if not asked or noun not in _OFFICES | _PEOPLE or self._introduced(doc, noun, at):
            return None
        fit = [who for who in self.persons.get(doc, ()) if asked <= self.facts[who]]
        if fit or noun in _OFFICES or noun in _BODIES or len(asked) < ENOUGH:
            return fit[0] if len(fit) == 1 else None
        return self._before(doc, at)

    def introduced(self, doc: str, source: str, at: int) -> str:
        """The words that bring in whom "the aide" means: "A spokesperson for Orr"; else these."""
        found = _THE.fullmatch(source.strip())
        if found is None or not is_person(found[1]):
            return source
        nouns = _SPOKEN if found[1].lower() in _SPOKEN else {found[1].lower()}
        noun = "|".join(map(re.escape, sorted(nouns)))
        text = self.m.articles[doc]["text"][:at]
        brought = [*re.finditer(rf"\b([Aa]n?\s+(?:[\w’'.-]+\s+){{0,3}}?(?:{noun})){_FOR}", text)]
        return brought[-1][0].strip() if brought else source

    def _beside(self, doc: str, source: str, at: int) -> str | None:
        """The person whose name a source describes from beside it.

        "A lawyer for the club, Ann Orr, said"; "Ann Orr, Democrat of Ohio, said"; "Ann Orr of
        Ohio, who said"; "Bergen’s mayor Ann Orr" where only the place was read.
        """
        text, end = self.m.articles[doc]["text"], at + len(source)
        begins = {start: who for start, _, who in self.m.mentions(doc)}
        ends = {stop: who for _, stop, who in self.m.mentions(doc)}
        persons = set(self.persons.get(doc, ()))
        inside = {stop: start for start, stop, who in self.m.mentions(doc) if who in persons}
        person = is_role(source)
        if (start := inside.get(end)) and at < start and not _HANGS.search(text[at:start]):
            return ends[end]
        after = _THEN_NAME.match(text, end)
        if after and (person or is_place(source)):
            who = next((begins[i] for i in range(after.start(1), after.end()) if i in begins), None)
            if who in persons and self._closed(doc, who, after.start(1)):
                return who
        gap = _NAME_THEN.search(text[max(at - 40, 0) : at])
        if gap and (person or (gap[0].strip() == "of" and is_place(label(source)))):
            who = ends.get(at - len(gap[0]))
            return who if who in persons else None
        return None

    def _closed(self, doc: str, who: str, at: int) -> bool:
        """Whether a mark or a place closes a name: "…, Ann Orr of Ohio, said"."""
        text = self.m.articles[doc]["text"]
        stop = next((e for s, e, w in self.m.mentions(doc) if s >= at and w == who), at)
        return re.match(r"\s*(?:[,.;:(—”\"]|of\s[A-Z])", text[stop : stop + 12]) is not None

    def _shown(self, doc: str, source: str, at: int) -> str | None:
        """Whom a recording shows as he speaks: "the video showed Orr telling the club"."""
        if not is_document(source):
            return None
        text, end = self.m.articles[doc]["text"], at + len(source)
        shows = _SHOWN.match(text, end)
        at = shows.end() if shows else end
        for start, stop, who in self.m.mentions(doc):
            if (start if shows else stop) == at and re.match(r"\s\w+ing\b", text[stop : stop + 20]):
                return who
        return None

    def _owner(self, doc: str, source: str, at: int) -> str | None:
        """Whose statement speaks: "Mr. Orr’s apology"."""
        found = _OWN.fullmatch(source.strip())
        if found is None:
            return None
        stop = at + len(found[1])
        who = next((w for _, e, w in self.m.mentions(doc) if e == stop), None)
        return who if who in self.persons.get(doc, ()) else None

    def _before(self, doc: str, at: int) -> str | None:
        """The person with whose name the sentence before begins."""
        begins = [start for start, end, _ in self.m.sentences(doc) if end <= at][-1:]
        persons = set(self.persons.get(doc, ()))
        found = (who for start, _, who in self.m.mentions(doc) if start in begins)
        return next((who for who in found if who in persons), None)

    def _introduced(self, doc: str, noun: str, at: int) -> bool:
        """Whether the article speaks of some other bearer of the noun before: "a senator"."""
        before = self.m.articles[doc]["text"][:at]
        pattern = rf"\b(?:an?|one|another)\s+(?:[\w.’'-]+\s+){{0,3}}{re.escape(noun)}\b"
        return re.search(pattern, before, re.I) is not None

    def _first(self, doc: str, at: int) -> str | None:
        """Whom a pronoun means in the first sentence: the first person who is named in it."""
        bodies = [(s, e) for s, e, part in self.m.sentences(doc) if part == "body"]
        if not bodies or not bodies[0][0] <= at < bodies[0][1]:
            return None
        persons = set(self.persons.get(doc, ()))
        inside = (who for start, _, who in self.m.mentions(doc) if bodies[0][0] <= start < at)
        return next((who for who in inside if who in persons), None)

"""Whom "the GOP nominee" means: the one person of the article who is so described in the story."""

from __future__ import annotations

import re
from functools import cache

from helpers import lexicons
from helpers.lenses import actors
from helpers.spread.beside import Beside
from helpers.spread.describing import Said
from helpers.spread.labels import is_person
from helpers.spread.material import Material

_DEFINITE = re.compile(r"the\s+(?!two\b|three\b|four\b|other\b|next\b|last\b)(.+)", re.I)
_OFFICES = lexicons.words("offices_of_one")
_PEOPLE = frozenset(lexicons.load("describing_nouns")["noun"])
_BODIES = lexicons.words("nouns_of_bodies")
ENOUGH = 2
"""Facts in a description that, where nobody is so described, mean whoever was spoken of last."""
_OPENS = re.compile(r"he|she", re.I)
_SEATS = frozenset({"called_senator", "called_representative"})
_WRITTEN = frozenset({"letter", "statement", "memo", "email", "e-mail", "post"})
"""Texts of which an article speaks as "the letter" after it has said whose it is."""
_AND = re.compile(r"\sand\s(?:[A-Z][\w.’'-]*\s){0,5}$")
_SAID = re.compile(
    r"(?:\s\([^)]{1,20}\)|,\s[A-Z][-–][A-Z][\w.]*,|\sof\s[A-Z]\w+)?\s(?:said|wrote)\b"
)
_SEX = {"he": "m", "she": "f"}
_ACTS = re.compile(r"\s(?:also\s)?(?:\w{2,}ed|was|had|went|took|told|said|wrote|made|gave)\b")
_PRONOUN = re.compile(r"\b(?:he|she|his|her)\b", re.I)
_THE = re.compile(r"(?:the|that|this)\s+(\w+)", re.I)
_SPOKEN = frozenset({"aide", "spokesman", "spokesperson", "spokeswoman", "representative"})
"""Nouns for one who speaks for somebody else."""
_NAME = r"(?:(?:Mr|Mrs|Ms|Sen|Rep|Gov)\.\s)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*"
_FOR = rf"(?:\s(?:for|of|with|at|in|to)\s(?:the\s)?{_NAME})?"


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
        self.beside = Beside(m, self.persons)

    def means(self, doc: str, source: str, at: int) -> str | None:
        """The actor whom the words of a source mean, at character ``at``; None where unclear."""
        if who := self.beside.find(doc, source, at):
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
        seats = asked & _SEATS  # "the lawmaker" has one of them
        fit = [
            who for who in self.persons.get(doc, ())
            if asked - _SEATS <= self.facts[who] and (not seats or seats & self.facts[who])
        ]  # fmt: skip
        if fit or noun in _OFFICES or noun in _BODIES or len(asked) < ENOUGH:
            return fit[0] if len(fit) == 1 else None
        return self._before(doc, at)

    def goes_on(self, doc: str, source: str, at: int, last: str) -> str | None:
        """Whom "he" or "she" means: who spoke in the sentence before, else whom it alone names.

        ``last`` is who spoke in it, if anybody; of several names the first one is meant if a verb
        follows it. A given name of the other sex rules one out.
        """
        sentences = [s for s in self.m.sentences(doc) if s[1] <= self.m.sentence(doc, at)[0]][-1:]
        if not sentences:
            return None
        low, high, _ = sentences[0]
        if (found := _THE.fullmatch(source)) and found[1] in _WRITTEN:
            said = rf"\bin an?\s(?:\w+\s)?{re.escape(found[1])}\b"  # "Orr said in a statement"
            before = self.m.articles[doc]["text"][low:high]
            return last if last and re.search(said, before) else None
        if not _OPENS.fullmatch(source):
            return None
        persons = set(self.persons.get(doc, ()))
        inside = (each for each in self.m.mentions(doc) if low <= each[0] < high)
        named = [each for each in inside if each[2] in persons]
        text = self.m.articles[doc]["text"]
        if last in persons:
            who = last
        elif named and not _PRONOUN.search(text[low : named[0][0]]):
            stop, who = named[0][1:]
            if len({w for *_, w in named}) > 1 and not _ACTS.match(text, stop):
                return None
        else:
            return None
        sex = _given().get(who.split(" ")[0], "")
        return None if sex in ("m", "f") and sex != _SEX[source.lower()] else who

    def introduced(self, doc: str, source: str, at: int) -> str:
        """The words that bring in whom "the aide" means: "A spokesperson for Orr"; else these."""
        found = _THE.fullmatch(source.strip())
        if found is None or not (is_person(found[1]) or found[1] in _WRITTEN):
            return source
        nouns = _SPOKEN if found[1].lower() in _SPOKEN else {found[1].lower()}
        noun = "|".join(map(re.escape, sorted(nouns)))
        text = self.m.articles[doc]["text"][:at]
        pattern = rf"\b([Aa]n?\s+(?:[\w’'.-]+\s+){{0,3}}?(?:{noun})\b){_FOR}"
        brought = [*re.finditer(pattern, text)]
        return brought[-1][0].strip() if brought else source

    def together(self, doc: str, source: str, at: int) -> str:
        """The names of several persons who speak together; empty where a source is one alone."""
        end, persons = at + len(source), set(self.persons.get(doc, ()))
        text: str = self.m.articles[doc]["text"]
        names: list[str] = []
        for start, stop, who in self.m.mentions(doc):
            if who not in persons:
                continue
            inside = at <= start and stop <= end and " and " in source
            after = end < start < end + 80 and _AND.fullmatch(text[end:start])
            if inside or (names and after and _SAID.match(text, stop)):
                names.append(who)
            elif at <= start and stop <= end:
                names = [who]
        return " and ".join(dict.fromkeys(names)) if len(set(names)) > 1 else ""

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


@cache
def _given() -> dict[str, str]:
    rows = lexicons.load("given_names")
    return dict(zip(rows["name"], rows["gender"], strict=True))

"""The person whose name stands beside the words that an attribution has for its source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from helpers.spread.labels import is_place, label, noun_of
from helpers.spread.material import Material
from helpers.spread.stated import is_role

_OWN = re.compile(
    r"(.+)[’']s? (?:apology|statement|letter|tweet|e-?mail|message|post|memo|testimony|speech)"
)
"""What is written or said by whose it is."""
_HANGS = re.compile(r"\b(?:of|for|to|with|by|from)\s|\band\s+$|[’']s?\s+$")
_VERB = re.compile(r"\b(?:said|says|told|asked|is|was|has|had|will|would)\b")
"""What keeps a name inside a source from being the one who speaks: "a friend of Ann Orr"."""
_SHOWN = re.compile(r"\s(?:show(?:s|ed)|captur(?:es|ed)|caught|record(?:s|ed))\s")
_THEN_NAME = re.compile(r",\s((?:[A-Z][a-z]+\.,\s)?(?:[\w.’'-]+\s){0,4}[A-Z])")
_NAME_THEN = re.compile(r"(?:\sof\s[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)?)?(?:,|\s[—–-]+)\s$|\sof\s$")

_SEVERAL = re.compile(r"(?:people|[^s]s)$", re.IGNORECASE)
_RECORDED = re.compile(r"(?:the |an? )?(?:video|footage|tape|recording|clip|film)\b", re.I)
_WHO = re.compile(r"[,\s]*\bwho$")


class Beside:
    """Looks for the name beside a source, in the article's mentions of persons."""

    def __init__(self, m: Material, persons: Mapping[str, Sequence[str]]) -> None:
        self.m, self._persons = m, persons

    def persons(self, doc: str) -> frozenset[str]:
        """The persons whom an article names."""
        return frozenset(self._persons.get(doc, ()))

    def find(self, doc: str, source: str, at: int) -> str | None:
        """Who speaks in the words of a source at character ``at``; None where nobody is named."""
        ways = (self.described, self.owner, self.shown, self.who)
        return next((who for way in ways if (who := way(doc, source, at))), None)

    def described(self, doc: str, source: str, at: int) -> str | None:
        """The person whose name a source describes from beside it.

        "A lawyer for the club, Ann Orr, said"; "Ann Orr, Democrat of Ohio, said"; "Ann Orr of
        Ohio, who said"; "Bergen’s mayor Ann Orr" where only the place was read.
        """
        text, end = self.m.articles[doc]["text"], at + len(source)
        begins = {start: who for start, _, who in self.m.mentions(doc)}
        ends = {stop: who for _, stop, who in self.m.mentions(doc)}
        persons = set(self.persons(doc))
        inside = {stop: start for start, stop, who in self.m.mentions(doc) if who in persons}
        person = is_role(source)
        if (start := inside.get(end)) and at < start:
            who = ends[end]
            named = end - len(who) if text[at:end].endswith(who) else start
            if not _HANGS.search(text[at:named]):
                return who
        after = _THEN_NAME.match(text, end)
        if after and (person or is_place(source)):
            names = (begins[i] for i in range(after.start(1), after.end()) if i in begins)
            next_one = next(names, "")
            if next_one in persons and self._closed(doc, next_one, after.start(1)):
                return next_one
        if _SEVERAL.search(noun_of(source)):
            return None  # "… to meet Mr. Orr, two people who know him said"
        gap = _NAME_THEN.search(text[max(at - 40, 0) : at])
        if gap and (person or (gap[0].strip() == "of" and is_place(label(source)))):
            before = ends.get(at - len(gap[0]), "")
            return before if before in persons else None
        return None

    def _closed(self, doc: str, who: str, at: int) -> bool:
        """Whether a mark or a place closes a name: "…, Ann Orr of Ohio, said"."""
        text = self.m.articles[doc]["text"]
        stop = next((e for s, e, w in self.m.mentions(doc) if s >= at and w == who), at)
        return re.match(r"\s*(?:[,.;:(—”\"]|of\s[A-Z])", text[stop : stop + 12]) is not None

    def shown(self, doc: str, source: str, at: int) -> str | None:
        """Whom a recording shows as he speaks: "the video showed Orr telling the club"."""
        if not _RECORDED.match(source):
            return None
        text, end = self.m.articles[doc]["text"], at + len(source)
        shows = _SHOWN.match(text, end)
        at = shows.end() if shows else end
        for start, stop, who in self.m.mentions(doc):
            if (start if shows else stop) == at and re.match(r"\s\w+ing\b", text[stop : stop + 20]):
                return who
        return None

    def owner(self, doc: str, source: str, at: int) -> str | None:
        """Whose statement speaks: "Mr. Orr’s apology"."""
        found = _OWN.fullmatch(source.strip())
        if found is None:
            return None
        stop = at + len(found[1])
        who = next((w for _, e, w in self.m.mentions(doc) if e == stop), None)
        return who if who in self.persons(doc) else None

    def who(self, doc: str, source: str, at: int) -> str | None:
        """Who is meant where the last words of a description were read, and "who" behind them."""
        if not _WHO.search(source):
            return None
        text = self.m.articles[doc]["text"]
        low, _ = self.m.sentence(doc, at)
        before = [(e, w) for s, e, w in self.m.mentions(doc) if low <= s and e <= at]
        named = [(e, w) for e, w in before if w in self.persons(doc)][-1:]
        return next((w for e, w in named if not _VERB.search(text[e:at])), None)

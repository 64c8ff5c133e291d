"""A run of capitalised words cut into titles, gazetteer forms and bare names."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from helpers import lexicons
from helpers.lenses.actors.candidates import (
    GOVERNMENT,
    OTHER,
    PERSON,
    TITLE,
    UNKNOWN,
    Candidate,
    Part,
)
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
from helpers.lenses.actors.offices import HEADS
from helpers.lenses.actors.tagged_article import TaggedArticle
from helpers.lenses.actors.vocabulary import (
    HONORIFIC,
    POSSESSIVE,
    PROFESSION,
    RANK,
    Title,
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
_KINDS = lexicons.words("kinds_of_bodies")
_DETERMINERS = frozenset({"the", "a", "an", "his", "her", "their", "our", "my"})
_SUFFIXES = lexicons.words("name_suffixes")
_COMPANY = lexicons.words("company_suffixes")
_PLACE_OPENINGS = lexicons.words("place_openings")
_NAMED_KINDS = (ORGANIZATION, PLACE, OTHER)
_KIND_OF = {DEMONYM: "demonym", CAPITAL: CAPITAL, HOUSE: "metonym"}


@dataclass(frozen=True, slots=True)
class _TitledRun:
    """A run with a title in it."""

    parts: list[Part]
    at: int
    """The last title among the parts."""
    name: list[Part]
    """What stands behind that title; empty where it names no holder."""
    joined: bool
    """Whether "of …" stands behind the title ("Secretary of State X")."""
    titles: tuple[Title, ...]
    country: str

    @property
    def first(self) -> int:
        """The run's first token."""
        return self.parts[0].first


class Parser:
    """Parses the runs of one article; knows the surnames that were found so far.

    `pairs` are full names whose given name is a usual word (`Capitals.pairs`).
    """

    def __init__(self, doc: TaggedArticle, pairs: AbstractSet[tuple[str, str]]) -> None:
        self.doc = doc
        self.pairs = pairs
        self.gaz: Gazetteer = gazetteer()
        self.voc: Vocabulary = vocabulary()
        self.surnames: set[str] = set()
        self.namesakes = self._namesakes()

    def _namesakes(self) -> set[str]:
        """The surnames of the article that are titles, too: "Peter King", "Anna T. Major"."""
        words, given, found = self.doc.words, self.voc.given, set()
        for k in self.doc.capitals:
            if k and self.voc.title_at(self.doc.lower, k, k + 1):
                initial = k > 1 and len(words[k - 1]) == 2 and words[k - 1][1] == "."
                ends = k + 1 == len(words) or not words[k + 1][0].isupper()
                if ends and words[k - 1 - initial] in given:
                    found.add(words[k])
        return found

    def parse(self, first: int, last: int) -> list[Candidate]:
        """What the run `first:last` names."""
        parts = self._parts(first, last)
        if not parts:
            return []
        at = max((i for i, p in enumerate(parts) if p.kind == "title"), default=-1)
        if at >= 0 and self._owns(parts[at].last, last):
            return self._plain_run(_as_words(parts))
        if at >= 0:
            return self._titled_run(parts, at)
        if len(parts) == 1 and parts[0].entry is not None:
            return [self._entry(parts[0])]
        return self._plain_run(parts)

    def _owns(self, k: int, last: int) -> bool:
        """ "Oslo Attorney | 's Office": the title is the owner in a body's name."""
        headed = self.voc.heads.get(self.doc.words[last - 1]) == ORGANIZATION
        return headed and k < last and self.doc.lower[k] in POSSESSIVE

    def _parts(self, first: int, last: int) -> list[Part]:
        tok = self.doc.words
        parts: list[Part] = []
        k = first
        while k < last:
            if not tok[k][0].isupper() and tok[k][:3] not in ARABIC_ARTICLES:
                part = Part("join", k, k + 1)
            else:
                after_word = bool(parts) and parts[-1].kind == "word"
                part = self._capital_part(k, last, after_word)
            parts.append(part)
            k = part.last
        while parts and parts[-1].kind == "join":
            parts.pop()
        return parts

    def _capital_part(self, k: int, last: int, after_word: bool) -> Part:
        """The title, form of the gazetteer or word that opens at token `k`."""
        entry = self.gaz.match(self.doc.words, k, last)
        title = self._title(k, last, after_word)
        if title and (not entry or len(title.words) > len(entry.words)):
            return Part("title", k, k + len(title.words), title=title)
        if entry:
            return Part(entry.kind, k, k + len(entry.words), entry=entry)
        return Part("word", k, k + 1)

    def _title(self, k: int, last: int, after_word: bool) -> Title | None:
        """The title at token `k`, but none in "Justice Department" and "Oslo General"."""
        title = self.voc.title_at(self.doc.lower, k, last)
        if title is None:
            return None
        n = k + len(title.words)
        alone = n == last and self.doc.words[k] in self.namesakes and len(title.words) == 1
        if alone and not after_word and (k == 0 or self.doc.lower[k - 1] not in _DETERMINERS):
            return None  # "King said so", of Peter King
        # "Justice Department", "General Motors": the head makes it an organisation.
        follows = self.voc.heads.get(self.doc.words[n]) if n < last else None
        if follows == ORGANIZATION and title.kind != HONORIFIC:
            return None
        if after_word and len(title.words) == 1:
            # "Oslo General", "Anna M. Keller"
            rank = title.kind == RANK and self.doc.lower[k] in _RANKS_IN_NAMES
            initial = len(self.doc.words[k]) == 2 and self.doc.words[k][1] == "."
            # "Anna Major", "Peter King Jr.", "Peter T. King"
            ends = k + 1 == last or self.doc.words[k + 1] in _SUFFIXES
            middle = self.doc.words[k - 1]
            before = k - 2 if len(middle) == 2 and middle[1] == "." else k - 1
            surname = ends and self.doc.words[max(before, 0)] in self.voc.given
            return None if rank or surname or (initial and k + 1 < last) else title
        given = title.kind == PROFESSION and self.doc.words[k] in self.voc.given
        return None if given else title  # "Dean Keller"

    def _entry(self, part: Part) -> Candidate:
        assert part.entry is not None
        return entry_candidate(part.entry, part.first, part.last)

    # -- runs with a title --------------------------------------------------------------------

    def _titled_run(self, parts: list[Part], at: int) -> list[Candidate]:
        """A run with a title: what follows is a person, what precedes modifies."""
        run = self._split_titled(parts, at)
        rules = (self._inside_name, self._title_alone, self._titled_body, self._lone_entry)
        for rule in rules:
            candidates = rule(run)
            if candidates is not None:
                return candidates
        core, last = run.name[0].first, run.name[-1].last
        return [
            Candidate(run.first, last, PERSON, core, last, title=run.titles[-1].name,
                  titles=run.titles, country=run.country, rule="title and name", confidence=0.97)
        ]  # fmt: skip

    def _split_titled(self, parts: list[Part], at: int) -> _TitledRun:
        tail = parts[at + 1 :]
        # "Secretary of State X": the words between "of" and the name belong to the office.
        joined = 0
        if tail and tail[0].kind == "join":
            joined = next((i + 1 for i, p in enumerate(tail) if p.kind != "join"), len(tail))
            if joined < len(tail) and tail[joined - 1].kind == "word":
                while joined < len(tail) and self.doc.words[tail[joined].first] in self.voc.heads:
                    joined += 1
        if joined:
            # "Under Secretary of State for Trade Affairs Anna Keller"
            given = (
                i for i, p in enumerate(tail[:-1])
                if p.kind == "word" and self._surely_given(self.doc.words[p.first])
            )  # fmt: skip
            joined = max(joined, next(given, 0))
        name = tail[joined:]
        if all(p.kind == "join" for p in name):
            name = []
        states = (p.entry.label for p in parts if p.entry and p.kind in (COUNTRY, DEMONYM, HOUSE))
        titles = tuple(p.title for p in parts if p.title is not None)
        # "American Harbour Watch President Keller" governs no state.
        body = titles and titles[0].name in HEADS and any(p.kind == "word" for p in parts[:at])
        state = "" if body else next(states, "")
        return _TitledRun(parts, at, name, bool(joined), titles, state)

    def _surely_given(self, word: str) -> bool:
        return word in self.voc.given and word not in self.voc.doubtful_given

    def _inside_name(self, run: _TitledRun) -> list[Candidate] | None:
        """ "Diary of General Anna Keller", "Oslo Award for Best Director": a name before "of"."""
        parts, at = run.parts, run.at
        joins = next((i for i, p in enumerate(parts[:at]) if p.kind == "join"), 0)
        if not joins or parts[joins - 1].kind == "title":
            return None
        if self.doc.lower[parts[joins].first] not in _AFTER_HEAD:
            return None
        if not run.name:
            return self._plain_run(_as_words(parts))  # the title names no holder
        if self.voc.heads.get(self.doc.words[parts[joins].first - 1]) is not None:
            return None
        later = next(i for i in range(joins, at + 1) if parts[i].kind != "join")
        person = self._titled_run(parts[later:], at - later)
        return [*(self._plain_run(parts[:joins]) if joins > 1 else []), *person]

    def _title_alone(self, run: _TitledRun) -> list[Candidate] | None:
        """ "Foreign Minister" describes; "Mr." does not."""
        parts, at, title = run.parts, run.at, run.titles[-1]
        if run.name:
            return None
        nobody = title.kind == HONORIFIC or title.plural
        if nobody or (title.kind == PROFESSION and at == 0):
            words = [Part("word", p.first, p.last) for p in parts]
            return self._plain_run(words) if len(words) > 1 else []
        end = parts[-1].last if run.joined else parts[at].last
        return [
            Candidate(run.first, end, PERSON, end, end, kind=TITLE, title=title.name,
                  titles=run.titles, country=run.country, rule="title")
        ]  # fmt: skip

    def _titled_body(self, run: _TitledRun) -> list[Candidate] | None:
        """ "General Dynamics Group": the last word says that it is no person."""
        head = self.voc.heads.get(self.doc.words[run.name[-1].last - 1])
        named = len(run.name) > 1 and run.name[0].kind == "word"
        if head not in _NAMED_KINDS or not named or run.titles[-1].kind == HONORIFIC:
            return None
        if head == PLACE and self.doc.words[run.name[0].first] in self.voc.given:
            return None  # "Constable Tom Hill"
        return [self._headed(run.first, run.name[-1].last, head)]

    def _lone_entry(self, run: _TitledRun) -> list[Candidate] | None:
        """ "Ambassador Iran" is two things; "President of France" is a title alone."""
        if len(run.name) > 1 or run.titles[-1].kind == HONORIFIC:
            return None
        known = run.name[0].kind in (COUNTRY, DEMONYM, ORGANIZATION)
        return [self._entry(run.name[0])] if known else None

    # -- runs without a title -----------------------------------------------------------------

    def _plain_run(self, parts: list[Part]) -> list[Candidate]:
        """A run without a title: the first rule that knows what it names decides."""
        first, last = parts[0].first, parts[-1].last
        if len(parts) == 1:
            return [self._single(first, last)]
        rules = (self._thing, self._full_name, self._epithet, self._after_words, self._by_head,
                 self._last_entry, self._entries)  # fmt: skip
        for rule in rules:
            candidates = rule(parts)
            if candidates is not None:
                return candidates
        return [Candidate(first, last, UNKNOWN, first, last, rule="shape", confidence=0.7)]

    def _full_name(self, parts: list[Part]) -> list[Candidate] | None:
        """ "Anna Keller", "Norwegian Anna Keller"; in "New Zealand Anna Keller" two names."""
        opening, last = parts[0], parts[-1].last
        state = opening.kind in (DEMONYM, COUNTRY)
        first = parts[1].first if state else opening.first
        if not self._person_shape(first, last):
            return None
        person = self._person(first, last)
        if state and opening.kind == COUNTRY and opening.last - opening.first > 1:
            return [self._entry(opening), person]
        person.first = opening.first
        person.country = opening.entry.label if state and opening.entry else ""
        return [person]

    def _epithet(self, parts: list[Part]) -> list[Candidate] | None:
        """ "Crooked Anna", "Electing Anna": a usual word, and a given name alone."""
        before, name = (self.doc.words[p.first] for p in (parts[0], parts[-1]))
        if len(parts) > 2 or not self._surely_given(name) or before in self.voc.given:
            return None
        usual = usual_tag(before) or before.endswith(("ed", "ing"))
        return [self._single(parts[1].first, parts[1].last)] if usual else None

    def _thing(self, parts: list[Part]) -> list[Candidate] | None:
        """ "Hurricane Anna", "D-New York", "St. Anna"."""
        first, last = parts[0].first, parts[-1].last
        if self.doc.words[first] in _PLACE_OPENINGS and last - first < 4:
            heads = {self.voc.heads.get(word) for word in self.doc.words[first:last]}
            if ORGANIZATION not in heads:  # "St. Anna City Council"
                return [self._headed(first, last, PLACE)]
        cue = self.voc.contexts.get(("before", self.doc.lower[first]), ("", 0))[0]
        if cue != OTHER and not _PARTY.match(self.doc.words[first]):
            return None
        return [Candidate(first, last, OTHER, first, last, rule="head")]

    def _by_head(self, parts: list[Part]) -> list[Candidate] | None:
        """ "Oslo Bank", "Treaty of Oslo": what the head says; a state before a thing is a name."""
        head = self._head(parts)
        opening, last = parts[0], parts[-1].last
        if " ".join(self.doc.lower[opening.first : last]) in _KINDS:
            return [self._headed(opening.first, last, OTHER)]
        if head not in ("seat", *_NAMED_KINDS):
            return None
        joined = any(p.kind == "join" for p in parts)
        if head == OTHER and opening.kind in (COUNTRY, DEMONYM) and not joined:
            return [self._entry(opening), self._headed(parts[1].first, last, OTHER)]
        return [self._headed(opening.first, last, PLACE if head == "seat" else head)]

    def _headed(self, first: int, last: int, kind: str) -> Candidate:
        return Candidate(first, last, kind, first, last, rule="head")

    def _last_entry(self, parts: list[Part]) -> list[Candidate] | None:
        """ "Following Norway", "Sunni Iraq": the state at the end alone."""
        last, before = parts[-1], parts[:-1]
        if last.kind not in (COUNTRY, DEMONYM, CAPITAL) or any(p.entry for p in before):
            return None
        if any(p.kind == "join" for p in before) or not all(
            self._adjective(p.first) for p in before
        ):
            return None
        return [self._entry(last)]

    def _entries(self, parts: list[Part]) -> list[Candidate] | None:
        """ "Norway Sweden" are two; "Saudi Aramco", "U.S. Treasury" one with the state before."""
        opening = parts[0]
        known = [p for p in parts if p.entry is not None]
        if not known or any(p.kind == "join" for p in parts):
            return None
        if len(known) == len(parts):
            return [self._entry(p) for p in parts]
        first, rest, last = opening.first, parts[1].first, parts[-1].last
        whole = opening.kind in (COUNTRY, DEMONYM) and len(known) == 1
        if whole and not (set(self.doc.words[rest:last]) & self.surnames):
            return [Candidate(first, last, UNKNOWN, first, last, rule="state and name")]
        lone = len(parts) == 2 and self.doc.words[rest] not in self.voc.given
        if opening.kind == ORGANIZATION and lone and self.doc.words[rest] not in self.surnames:
            return [self._entry(opening)]  # "Google Maps" is no person called Maps
        if opening.entry is not None and opening.kind not in (CAPITAL, PLACE):
            return [self._entry(opening), *self.parse(rest, last)]
        return None

    def _after_words(self, parts: list[Part]) -> list[Candidate] | None:
        """ "Passenger Anna Keller": a person, and what the words before name.

        A lone usual word names nothing.
        """
        at = self._named_last(parts)
        if not at:
            return None
        before = parts[:at]
        if any(p.entry for p in before) and not self._head(before):
            candidates = [self._entry(p) for p in before if p.entry is not None]
        else:
            candidates = self._plain_run(before) if len(before) > 1 else []
        return [*candidates, self._person(parts[at].first, parts[-1].last)]

    def _named_last(self, parts: list[Part]) -> int:
        """The part at which a full name ends usual words ("Passenger Anna Keller"), else 0."""
        tok, voc = self.doc.words, self.voc
        last = parts[-1].last
        for i in range(1, len(parts) - 1):
            word = tok[parts[i].first]
            if word in voc.given or word in self.surnames:
                sure = word in voc.given and word not in voc.doubtful_given
                shaped = sure and not voc.heads.get(tok[last - 1]) and last - parts[i].first <= 3
                usual = parts[i - 1].entry is not None or usual_tag(tok[parts[i].first - 1])
                whole = shaped and usual and self._person_shape(parts[i].first, last)
                return i if whole else 0
            if parts[i - 1].kind == "join":
                return 0
        return 0

    def _head(self, parts: list[Part]) -> str | None:
        """What the head noun names: in "Treaty of Oslo Bank" it stands before "of"."""
        heads, tok = self.voc.heads, self.doc.words
        joins = [a for a in parts if a.kind == "join"]
        for join in joins:
            before = heads.get(tok[join.first - 1])
            if before is not None and self.doc.lower[join.first] in _AFTER_HEAD:
                return before
        last = heads.get(tok[parts[-1].last - 1])
        if last is not None:
            return last
        known = (heads.get(tok[a.first - 1]) for a in joins)
        return next((h for h in known if h in _NAMED_KINDS), None)

    def _adjective(self, k: int) -> bool:
        """ "Sunni", "Western", or a first word that is no name ("Following Norway")."""
        if self.voc.heads.get(self.doc.words[k]) == OTHER:
            return True
        return k in self.doc.openings and self.doc.tags[k] in ("JJ", "VBG", "VBN", "IN", "RB", "NN")

    def _person_shape(self, first: int, last: int) -> bool:
        """Given name first, or an initial inside: the shape of a full name."""
        tok, voc = self.doc.words, self.voc
        n = last - first
        opening, closing = tok[first], tok[last - 1]
        if n == 2 and (opening, closing) in self.pairs:
            return True
        if n < 2 or n > 6 or self._impersonal(first, last):
            return False
        place = voc.heads.get(closing) == PLACE
        if opening in voc.given and opening not in voc.doubtful_given:
            return not place or n == 2
        if any(_is_initial(word) for word in tok[first : last - 1]):
            return not self.gaz.match(tok, first, last)
        if closing in self.surnames and not self.gaz.single(opening):
            return True
        if opening in voc.given and place:
            return False  # "Pearl Harbor": the surroundings must say
        return n <= 4 and (opening in voc.given or self._has_particle(first + 1, last))

    def _impersonal(self, first: int, last: int) -> bool:
        """ "Anna Keller Foundation", "Keller and Moss", "Christian North Koreans"."""
        tok = self.doc.words
        if self.voc.heads.get(tok[last - 1]) in (ORGANIZATION, OTHER):
            return True
        if any(word in _IMPERSONAL for word in self.doc.lower[first:last]):
            return True
        rest = self.gaz.match(tok, first + 1, last)
        return rest is not None and 1 < len(rest.words) == last - first - 1

    def _has_particle(self, first: int, last: int) -> bool:
        """ "Mohammed bin Salman", "Nadia al-Saleh"."""
        return any(w in _PARTICLES or w[:3] in ("al-", "el-") for w in self.doc.lower[first:last])

    def _person(self, first: int, last: int) -> Candidate:
        return Candidate(first, last, PERSON, first, last, rule="full name", confidence=0.93)

    def _is_medium(self, first: int, last: int) -> bool:
        """ "On Twitter", "his Twitter account", but "a Twitter spokesman" is its own."""
        low, tags = self.doc.lower, self.doc.tags
        if low[last : last + 1] and low[last] in self.voc.titles_by_last:
            return False
        before = low[first - 1] if first else ""
        return (
            before in _MEDIUM
            or before in ("a", "an")
            or before in POSSESSIVE
            or tags[last : last + 1] in (["NN"], ["NNS"])
        )

    def _single(self, first: int, last: int) -> Candidate:
        word = self.doc.words[first]
        if first and self.doc.lower[first - 1] in POSSESSIVE and self.voc.heads.get(word) == OTHER:
            return Candidate(first, last, OTHER, first, last, rule="head")  # "New Year's Eve"
        if word in self.voc.given and word not in self.voc.doubtful_given:
            return Candidate(first, last, PERSON, first, last, rule="given name", confidence=0.6)
        head = self.voc.heads.get(word) or self.voc.heads.get(word.replace(".", ""))
        if head == "platform":
            # "on Twitter" is where something was said; "Twitter banned it" names an actor.
            rule = "medium" if self._is_medium(first, last) else "head"
            return Candidate(first, last, ORGANIZATION, first, last, rule=rule, confidence=0.6)
        if head == "other" or word in _COMPANY or _PARTY.match(word) or word.lower() in _KINDS:
            return Candidate(first, last, OTHER, first, last, rule="head")
        bare = word.replace(".", "")
        acronym = word.isupper() and 1 < len(bare) <= 6 and bare.isalpha()
        kind = ORGANIZATION if acronym else UNKNOWN
        return Candidate(first, last, kind, first, last, rule="acronym" if acronym else "shape",
                     confidence=0.6)  # fmt: skip


def entry_candidate(entry: Entry, first: int, last: int) -> Candidate:
    """A form of the gazetteer as a candidate."""
    return Candidate(
        first, last, _TYPE_OF[entry.kind], first, last,
        label=entry.label, kind=_KIND_OF.get(entry.kind, "name"), rule=entry.kind,
    )  # fmt: skip


def _is_initial(word: str) -> bool:
    return len(word) <= 4 and word.endswith(".") and word[0].isupper() and word != "U.S."


def _as_words(parts: list[Part]) -> list[Part]:
    """The parts, each title as a mere word."""
    return [Part("word", p.first, p.last) if p.title else p for p in parts]

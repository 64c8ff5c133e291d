"""From the words that name a speaker to the actor: names, pronouns, descriptions, turns.

A source whose head word stands in a mention is that mention's actor. A pronoun goes to whoever
spoke last, if number and gender allow it and nobody else was named since as a subject; else to the
antecedent that `actors` found. "The minister" goes to the last speaker or person who bears
the title. What stays open stays missing. A source that names no one (a European diplomat, critics)
is anonymous, and so is the "he" that follows it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from helpers import lexicons
from helpers.grammar.document import Document
from helpers.lemmas import lemma as lemma_of
from helpers.lenses.quotes.marked_article import Attribution, MarkedArticle, Range
from helpers.lexicons import listed, load, words

_GENDER = dict(load("pronouns")[["pronoun", "gender"]].dropna().to_numpy().tolist())
_MALE = frozenset(word for word, gender in _GENDER.items() if gender == "m")
_FEMALE = frozenset(word for word, gender in _GENDER.items() if gender == "f")
_THING = words("thing_pronouns")
_MANY = words("plural_pronouns")
_FIRST = words("first_and_second_pronouns")
PRONOUNS = _MALE | _FEMALE | _THING | _MANY
_FAR = 6
"""Sentences after which a turn is forgotten."""


class Mention(NamedTuple):
    """A row of the `mentions` table, as far as it is needed here."""

    start: int
    end: int
    actor: str | None
    kind: str
    type: str
    text: str
    rule: str = ""


class Speaker(NamedTuple):
    """What is known of whoever a source names."""

    actor: str | None
    anonymous: bool
    gender: str
    number: str
    """one, many or thing."""
    noun: str
    """The head word, for "the diplomat" after "a European diplomat"."""


NOBODY = Speaker(None, False, "", "", "")


@dataclass
class Turn:
    """One thing said, for the pronoun that follows it."""

    speaker: Speaker
    sentence: int
    asked: int | None = None
    """Of a question: one past the token of its cue."""


@cache
def _people() -> dict[str, tuple[str, str]]:
    """Words for persons that name nobody: (number, gender)."""
    table = lexicons.load("anonymous_sources").fillna("")
    return {
        noun: (number, gender)
        for noun, number, gender in zip(
            table["noun"], table["number"], table["gender"], strict=True
        )
    }


class Mentions:
    """The mentions of one article, looked up by place."""

    def __init__(self, rows: list[Mention]) -> None:
        self.rows = rows
        self.starts = [m.start for m in rows]

    def over(self, position: int) -> Mention | None:
        """The mention that holds the character at ``position``."""
        k = bisect_right(self.starts, position) - 1
        if k >= 0 and self.rows[k].end > position:
            return self.rows[k]
        return None

    def between(self, start: int, end: int) -> list[Mention]:
        k = bisect_right(self.starts, start - 1)
        out = []
        while k < len(self.rows) and self.rows[k].start < end:
            out.append(self.rows[k])
            k += 1
        return out


def resolve(
    article: MarkedArticle,
    found: list[Attribution],
    mentions: list[Mention],
    genders: dict[str, str],
) -> list[tuple[str | None, bool]]:
    """(actor, anonymous) for each attribution of ``found``, which is in text order."""
    places = Mentions(mentions)
    turns: list[Turn] = []
    known: dict[Range, Speaker] = {}
    order = sorted(range(len(found)), key=lambda i: _place(article.doc, found[i]))
    result: dict[int, tuple[str | None, bool]] = {}
    for i in order:
        a = found[i]
        if a.actor is not None:
            speaker = Speaker(a.actor, False, genders.get(a.actor, ""), "one", "")
        elif a.source is None:
            result[i] = (None, False)
            continue
        elif a.source in known:
            speaker = known[a.source]
        else:
            heard = [] if a.rule == "turn" else turns  # a label is never who spoke before
            speaker = identify(article, a.source, places, heard, genders)
            if a.lemma in _ANSWER and turns and turns[-1].asked is not None:
                speaker = _not_the_asker(article, a.source, speaker, places, turns, genders)
        if a.source is not None:
            known[a.source] = speaker
        result[i] = (speaker.actor, speaker.anonymous)
        if speaker is not NOBODY:
            sentence = article.doc.sent[_place(article.doc, a)[0]]
            asked = a.cue[1] if a.cue is not None and a.lemma in _ASK else None
            if turns and turns[-1].speaker == speaker:
                turns[-1].sentence, turns[-1].asked = sentence, asked
            else:
                turns.append(Turn(speaker, sentence, asked))
    return [result[i] for i in range(len(found))]


_ASK = words("questioning_verbs")
_ANSWER = words("answering_verbs")


def _not_the_asker(
    article: MarkedArticle,
    source: Range,
    speaker: Speaker,
    places: Mentions,
    turns: list[Turn],
    genders: dict[str, str],
) -> Speaker:
    """Who answers as "he": not the one who asked, but whoever was asked, or was heard before."""
    doc = article.doc
    *before, question = turns[-_FAR:]
    if doc.lower[source[0]] not in PRONOUNS or speaker.actor not in (None, question.speaker.actor):
        return speaker
    others = [t.speaker for t in before if question.sentence - t.sentence <= _FAR]
    at = question.asked
    person = places.over(doc.starts[at]) if at is not None and at < len(doc.starts) else None
    if person is not None and person.actor is not None and person.type == "person":
        others.append(_of_mention(person, genders))
    own = "m" if doc.lower[source[0]] in _MALE else "f" if doc.lower[source[0]] in _FEMALE else ""
    for other in reversed(others):
        fits = own and other.number == "one" and other.gender in ("", own)
        if fits and other.actor not in (None, question.speaker.actor):
            return other
    return Speaker(None, speaker.anonymous and speaker != question.speaker, own, speaker.number, "")


def _place(doc: Document, a: Attribution) -> tuple[int, int]:
    at = a.source[0] if a.source is not None else doc.at(min(a.content)[0])
    return (at, a.cue[0] if a.cue is not None else at)


def identify(
    article: MarkedArticle,
    source: Range,
    places: Mentions,
    turns: list[Turn],
    genders: dict[str, str],
) -> Speaker:
    """Whoever the source names."""
    doc = article.doc
    a, b = source
    word = doc.lower[a]
    while b > a + 1 and doc.code[b - 1] in "w,Ic":  # "Pence, who"
        b -= 1
    if b == a + 1 and word in PRONOUNS:
        return _pronoun(article, a, places, turns, genders)
    if b == a + 1 and word in _FIRST:
        return NOBODY
    heads = _heads(doc, a, b)
    named = [m for h in heads if (m := places.over(doc.starts[h])) is not None]
    actors = {m.actor for m in named if m.actor is not None}
    if len(heads) > 1 and len(actors) != 1:
        return Speaker(None, not actors and not named, "", "many", "")
    if len(heads) > 1 and len(named) < len(heads):
        return Speaker(None, False, "", "many", "")
    if named:
        return _of_mention(named[0], genders)
    if doc.lower[heads[0]] in _STAND_FOR or doc.lower[heads[0]] in _UTTERANCES:
        owner = _owner_of(article, a, heads[0], places, turns, genders)
        if owner is not None:
            return owner
    apposed = _apposed(doc, a, b, places)
    if apposed is not None:
        return _of_mention(apposed, genders)
    return _description(article, a, heads[0], places, turns, genders)


_STAND_FOR = words("speaking_bodies")
"""Whoever owns these speaks through them: "Hale's office said", "the Saudi military says"."""

_UTTERANCES = words("utterances")
"""Whoever made these speaks in them: "Hale's letter said"."""


def _owner_of(
    article: MarkedArticle,
    a: int,
    head: int,
    places: Mentions,
    turns: list[Turn],
    genders: dict[str, str],
) -> Speaker | None:
    doc = article.doc
    if doc.code[a] == "q" and head - a <= 2 and doc.lower[head] == "office":
        return _pronoun(article, a, places, turns, genders)
    inside = places.between(doc.starts[a], doc.starts[head])
    if not inside or inside[-1].actor is None:
        return None
    owner = inside[-1]
    if doc.lower[head] in _UTTERANCES:
        return _of_mention(owner, genders) if owner.type in ("person", "organization") else None
    if doc.lower[head] == "office":
        return _of_mention(owner, genders) if owner.type == "person" else None
    return _of_mention(owner, genders) if owner.type in ("government", "country") else None


def _of_mention(mention: Mention, genders: dict[str, str]) -> Speaker:
    number = "one" if mention.type == "person" else "thing"
    if mention.kind == "demonym":
        number = "many"
    gender = genders.get(mention.actor or "", "")
    return Speaker(mention.actor, False, gender, number, "")


def _heads(doc: Document, a: int, b: int) -> list[int]:
    """The head words of the (joined) noun phrases of the source."""
    code = doc.code
    heads: list[int] = []
    k = a
    while k < b:
        j = k
        while j < b and code[j] not in "Ic,w(-&\"'rFMR" and code[j] != "t":
            j += 1
        if j > k:
            head = j - 1
            while head > k and code[head] in "SC":
                head -= 1
            heads.append(head)
        if j < b and code[j] == "&" and j > k and doc.lower[j] == "and":
            k = j + 1
            continue
        break
    return heads or [b - 1]


def _apposed(doc: Document, a: int, b: int, places: Mentions) -> Mention | None:
    """The name in an apposition: "the foreign minister, [Ann Hale],"."""
    code = doc.code
    _, high = doc.sents[doc.sent[a]]
    for k in range(a, b):
        if code[k] == "," and k + 1 < b:
            m = places.over(doc.starts[k + 1])
            if m is not None and m.kind == "name" and m.type == "person":
                return m
    close = places.over(doc.starts[b - 1])
    if close is not None and close.kind == "name" and close.type == "person":
        first = doc.at(close.start)  # the envoy for [Iran] [Ann Hale]: two names in a row
        near = places.over(doc.starts[first - 1]) if first > a + 1 else None
        if near is not None and near.kind == "name" and near.type != "person":
            return close
    if b + 1 < high and code[b] == ",":
        m = places.over(doc.starts[b + 1])
        if m is not None and m.kind in ("name", "title") and m.type == "person":
            end = doc.until(m.end)
            if end >= high or code[end] in ",.":
                return m
    return None


def _description(
    article: MarkedArticle,
    a: int,
    head: int,
    places: Mentions,
    turns: list[Turn],
    genders: dict[str, str],
) -> Speaker:
    """The minister, a senior official, the statement."""
    doc = article.doc
    word = doc.lower[head]
    noun = lemma_of(word, doc.tags[head]) if doc.code[head] == "n" else word
    definite = doc.lower[a] in _DEFINITE or doc.code[a] == "q" or "S" in doc.code[a:head]
    number, gender = _people().get(word) or _people().get(noun, ("", ""))
    if not number and doc.code[head] == "n" and noun.endswith(_PERSONAL):
        number = "one"
    if number == "one" and doc.tags[head] in ("NNS", "NNPS"):
        number = "many"
    sentence = doc.sent[a]
    if definite and number == "one":
        for turn in reversed(turns):
            if sentence - turn.sentence > _FAR * 3:
                break
            if turn.speaker.noun and turn.speaker.noun == noun and turn.speaker.number == "one":
                return turn.speaker
        bearer = _bearer(article, a, noun, places)
        if bearer is not None:
            return _of_mention(bearer, genders)
        if doc.lower[a] == "the" and turns:
            last = turns[-1]
            near = sentence - last.sentence <= 3
            if near and last.speaker.actor is not None and last.speaker.number == "one":
                return last.speaker
    if number:
        return Speaker(None, True, gender, number, noun)
    return Speaker(None, False, "", "thing", noun)


_PERSONAL = listed("person_endings")
_DEFINITE = words("described_as_known")


def _bearer(article: MarkedArticle, a: int, noun: str, places: Mentions) -> Mention | None:
    """The one person whose mentions so far carry the title: "Foreign Minister Javad Zarif"."""
    here = article.doc.starts[a]
    k = bisect_right(places.starts, here) - 1
    actors: dict[str, Mention] = {}
    while k >= 0 and len(actors) < 3:
        m = places.rows[k]
        if (
            m.actor is not None
            and m.type == "person"
            and m.kind in ("name", "title")
            and noun in m.text.lower().split()
        ):
            actors.setdefault(m.actor, m)
        k -= 1
    if not actors:  # first the office, then the name
        for m in places.rows[bisect_right(places.starts, here) :]:
            if m.actor is not None and m.type == "person" and m.kind == "name" and (
                noun in m.text.lower().split()
            ):  # fmt: skip
                actors.setdefault(m.actor, m)
    return next(iter(actors.values())) if len(actors) == 1 else None


def _pronoun(
    article: MarkedArticle, a: int, places: Mentions, turns: list[Turn], genders: dict[str, str]
) -> Speaker:
    doc = article.doc
    word = doc.lower[a]
    sentence = doc.sent[a]
    wanted = "one" if word in _MALE or word in _FEMALE else "thing" if word in _THING else "many"
    gender = "m" if word in _MALE else "f" if word in _FEMALE else ""
    mention = places.over(doc.starts[a])
    for turn in reversed(turns):
        distance = sentence - turn.sentence
        if distance > _FAR:
            break
        s = turn.speaker
        if s.number != wanted or (gender and s.gender and s.gender != gender):
            continue
        if distance == 0 and s.actor is None and not s.anonymous:
            continue
        rival = _subject_since(article, turn, a, places, s, wanted, gender, genders)
        if rival is not None:
            return _of_mention(rival, genders)
        if distance > 1 and mention is not None:
            if mention.actor is not None:
                return _of_mention(mention, genders)
            if "unnamed" in mention.rule:
                break
        return s
    if mention is not None and mention.actor is not None:
        return _of_mention(mention, genders)
    if mention is not None and "unnamed" in mention.rule:
        return Speaker(None, True, gender, wanted, "")
    return Speaker(None, False, gender, wanted, "")


def _subject_since(
    article: MarkedArticle,
    turn: Turn,
    a: int,
    places: Mentions,
    speaker: Speaker,
    wanted: str,
    gender: str,
    genders: dict[str, str],
) -> Mention | None:
    """Someone named as the subject of a sentence after the last turn: "he" is that one."""
    doc = article.doc
    first = doc.sents[min(turn.sentence + 1, len(doc.sents) - 1)][0]
    if turn.sentence >= doc.sent[a]:
        return None
    rival = None
    for m in places.between(doc.starts[first] if first < len(doc.starts) else 0, doc.starts[a]):
        if m.actor is None or m.kind not in ("name", "title") or m.actor == speaker.actor:
            if m.actor is not None and m.actor == speaker.actor and m.kind in ("name", "title"):
                rival = None
            continue
        if (wanted == "one") != (m.type == "person"):
            continue
        known = genders.get(m.actor, "")
        if gender and known and known != gender:
            continue
        end = doc.until(m.end)
        k = doc.at(m.start)
        if article.quoted[k]:
            continue
        opens = k == doc.sents[doc.sent[k]][0]
        if end < len(doc.code) and (doc.code[end] in "FMR" or (opens and doc.code[end] == ",")):
            rival = m
    return rival


_MALE_TITLES = words("male_titles")
_FEMALE_TITLES = words("female_titles")


def genders_of(mentions: list[Mention]) -> dict[str, str]:
    """The gender of each actor, from the pronouns and titles that the text gives it."""
    votes: dict[str, list[int]] = {}
    for m in mentions:
        if m.actor is None or m.type != "person":
            continue
        vote = votes.setdefault(m.actor, [0, 0])
        if m.kind == "pronoun":
            word = m.text.lower()
            vote[0] += word in _MALE
            vote[1] += word in _FEMALE
        else:
            first = m.text.split()[0].rstrip(".").lower()
            vote[0] += 3 * (first in _MALE_TITLES)
            vote[1] += 3 * (first in _FEMALE_TITLES)
    out = {}
    for actor, (male, female) in votes.items():
        if male != female:
            out[actor] = "m" if male > female else "f"
    return out

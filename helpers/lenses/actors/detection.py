"""Mention detection: an article's candidates, before it is decided what unknown ones name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers import lexicons
from helpers.lemmas import lemma
from helpers.lenses.actors.camps import party_of
from helpers.lenses.actors.candidates import GOVERNMENT, OTHER, PERSON, UNKNOWN, Candidate
from helpers.lenses.actors.chunking import Chunker
from helpers.lenses.actors.descriptions import Descriptions
from helpers.lenses.actors.gazetteer import COUNTRY, DEMONYM, HOUSE, ORGANIZATION, gazetteer
from helpers.lenses.actors.tagged_article import TaggedArticle
from helpers.lenses.actors.titled_names import TitledNames
from helpers.lenses.actors.vocabulary import vocabulary

_OF_PERSONS = lexicons.words("nouns_of_persons_bodies")
_CHAMBERS = lexicons.words("chambers")
_COMMITTEES = lexicons.words("committee_nouns")
_PRIVATE = lexicons.words("nouns_of_private_persons")
_BEFORE_PEOPLES = frozenset(("African", "Asian", "Native", "Latin", "Arab"))
_COMPOUND = re.compile(r"[-‐‑–/]")


def detect(doc: TaggedArticle, chunker: Chunker | None = None) -> list[Candidate]:
    """Names with the titles and states before them, and descriptions, in text order.

    `chunker` cuts the sentences into names; None: our own, by shape.
    """
    candidates = (chunker or Chunker(doc)).candidates()
    for candidate in candidates:
        if _is_compound(doc, candidate):
            candidate.type, candidate.rule = OTHER, "compound"
        _without_party(doc, candidate)
        _grow_over_committee(doc, candidate)
    _part_from_person(doc, candidates)
    named = [part for candidate in candidates for part in _without_office(doc, candidate)]
    found = Descriptions(doc, TitledNames(doc).take_in(named)).find()
    for candidate in found:
        if candidate.kind == DEMONYM and _is_people(doc, candidate):
            candidate.type, candidate.kind, candidate.label = OTHER, "name", ""
            candidate.rule = "people"
    return found


def _is_compound(doc: TaggedArticle, candidate: Candidate) -> bool:
    """Whether it is a word such as "Tehran-based": its first half is a form of the gazetteer."""
    if candidate.last - candidate.first != 1 or candidate.type not in (UNKNOWN, "organization"):
        return False
    parts = _COMPOUND.split(doc.words[candidate.first])
    return len(parts) > 1 and parts[1][:1].islower() and gazetteer().single(parts[0]) is not None


def _is_people(doc: TaggedArticle, candidate: Candidate) -> bool:
    """Whether a demonym is said of private persons: "Norwegians voted", "a Norwegian dentist".

    Or of what they have and no state does: "Norwegian music".

    "The Norwegians" and "Norwegian officials" may be the state's; so is what headlines say.
    """
    k, n = candidate.first, candidate.last
    if doc.parts[candidate.sentence] == "headline" or candidate.core_last - candidate.core > 1:
        return False
    a, b = doc.sents[candidate.sentence]
    before = doc.words[k - 1] if k > a else ""
    many = doc.tags[k] in ("NNS", "NNPS") and before.lower() != "the"
    if many or (k - 1 > a and before in _BEFORE_PEOPLES):
        return True
    n += n + 1 < b and doc.tags[n] in ("JJ", "VBG")  # the Norwegian working class
    while n + 1 < b and doc.tags[n] == doc.tags[n + 1][:2] == "NN":
        n += 1  # Norwegian heritage sites
    noun = lemma(doc.lower[n], doc.tags[n]) if n < b and doc.tags[n][:2] == "NN" else ""
    return noun in _PRIVATE


def _without_party(doc: TaggedArticle, candidate: Candidate) -> None:
    """ "A Democratic House": the chamber, whoever has the majority in it."""
    k, n = candidate.core, candidate.core_last
    chamber = n - k == 2 and doc.lower[k + 1] in _CHAMBERS and party_of(doc.words[k])
    entry = gazetteer().match(doc.words, k + 1, n) if chamber else None
    if chamber:
        candidate.first = candidate.core = k + 1
        candidate.label = entry.label if entry is not None else ""


def _grow_over_committee(doc: TaggedArticle, candidate: Candidate) -> None:
    """ "The Senate intelligence committee": a body of its own, though in small letters."""
    n, b = candidate.last, doc.sents[candidate.sentence][1]
    if doc.lower[n - 1] not in _CHAMBERS or candidate.core_last - candidate.core > 1:
        return
    end = next((k for k in range(n, min(n + 4, b)) if doc.lower[k] in _COMMITTEES), -1)
    if end >= 0 and all(t[:2] in ("NN", "JJ", "VB") for t in doc.tags[n:end]):
        candidate.last = candidate.core_last = end + 1
        candidate.type, candidate.label, candidate.rule = ORGANIZATION, "", "head"


def _part_from_person(doc: TaggedArticle, candidates: list[Candidate]) -> None:
    """ "Keller Administration", "Keller Campaign", "Keller White House": the person's, no more.

    The person must be named without that noun in the article.
    """
    known: dict[str, Candidate] = {}
    for p in candidates:
        lone = p.type == UNKNOWN and p.core_last - p.core == 1
        if p.kind == "name" and (lone or p.type == PERSON):
            for name in (doc.words[p.core_last - 1], " ".join(doc.words[p.core : p.core_last])):
                known.setdefault(name, p)
    for p in candidates:
        words = doc.words[p.core : p.core_last]
        if p.type == PERSON or p.label or len(words) < 2:
            continue
        house = gazetteer().match(words, len(words) - 2, len(words))
        n = 2 if house is not None and house.kind == HOUSE else 1
        person = known.get(" ".join(words[:-n]))
        if n == 2 and house is not None and not any(w[0].islower() for w in words):
            p.first = p.core = p.first if person else p.last - n  # "a Democratic | White House"
            p.type, p.kind, p.label, p.rule = GOVERNMENT, "metonym", house.label, HOUSE
        elif person is None or person is p:
            continue
        elif words[-1] in _OF_PERSONS:
            p.type, p.rule, p.last, p.core_last = person.type, "short name", p.last - 1, p.last - 1


def _without_office(doc: TaggedArticle, candidate: Candidate) -> Iterator[Candidate]:
    """ "Secretary of | State Anna Keller", "envoy to | Norway Anna Keller": the name alone.

    The first word is the office's, or a state of its own that is yielded before the name.
    """
    low, voc = doc.lower, vocabulary()
    k, a = candidate.core, doc.sents[candidate.sentence][0]
    long = (
        candidate.core_last - k > 2 and candidate.type in (PERSON, UNKNOWN) and not candidate.titles
    )
    if long and k == candidate.first and k - 1 > a:
        title = voc.title_before(low, a, k + 1)
        entry = gazetteer().single(doc.words[k])
        if title is not None and len(title.words) > 1:
            candidate.first, candidate.core = k + 1 - len(title.words), k + 1
            candidate.titles, candidate.title = (title,), title.name
            candidate.type, candidate.rule = PERSON, "title and name"
        elif low[k - 1] == "and" and k - 3 > a and low[k - 3] == "for":
            if voc.title_before(low, a, k - 3) is not None:  # minister for Women and | Health
                candidate.first = candidate.core = k + 1
                candidate.type, candidate.rule = PERSON, "full name"
        elif entry is not None and entry.kind == COUNTRY and low[k - 1] in ("to", "for"):
            yield Candidate(k, k + 1, GOVERNMENT, k, k + 1, label=entry.label,
                        sentence=candidate.sentence, rule="country")  # fmt: skip
            candidate.first = candidate.core = k + 1
    yield candidate

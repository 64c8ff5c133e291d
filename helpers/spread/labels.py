"""What a speaker is called on the page: a person, a body or a document; else he is not clear."""

from __future__ import annotations

import re
from functools import cache

from helpers import lexicons
from helpers.comparing.terms import function_words
from helpers.lenses import actors
from helpers.wording import clean, is_missing

LONGEST = 80
"""Characters of a speaker's name."""
NAME = 4
"""Words of a name that no mention holds; more are a headline or a list."""
_OUTLETS = lexicons.words("words_of_outlets")
_NOBODY = lexicons.words("words_for_no_speaker")
DOCUMENTS = lexicons.words("document_nouns") | lexicons.words("documents")
_ENDS = (
    lexicons.words("ends_of_no_label")
    | lexicons.words("days")
    | lexicons.words("day_parts")
    | lexicons.words("relative_words")
)
_MODIFIERS = lexicons.words("office_modifiers")
_DESCRIBED_NAME = re.compile(r"(.*\b[a-z]+)(?:\s[A-Z][\w’'-]*\.?){1,3}")
"""Small words and a name: "the club’s lawyer Ann Orr"."""
_LETTERS = re.compile(r"[^\W\d_]{2}")
_RELATIVE = re.compile(r"[\s,–—―-]+(?:who|whom|whose|which|that)$")
_STOP = re.compile(r"(?<=[a-z]{4})[.!?]\s+(?=[A-Z])")
_OF = re.compile(r"\s(?:of|in|at|on|for|from|to|with|by|about|among|near|behind|against|inside)\s")
_MANY = re.compile(
    r"^(?:an?|the)\s(?:\w+\s)?(?:number|handful|trio|pair|couple|majority|host|dozen)\sof\s", re.I
)
_HANGING = frozenset({"close", "familiar", "briefed", "involved", "aware", "loyal", "present"})
"""Adjectives behind the noun of a source."""
_PERSONAL = re.compile(r"(?:[ei]er|[st]or|ist|ian|ee|man|woman|person)$")
"""Endings of nouns for people."""
_ABSTRACT = re.compile(r"\w+(?:[ts]ion|ness|ity|racy)s?")
"""One word that is no name of anybody: "Calculations suggest"."""
_OPENING = re.compile(
    r"(?:An?|Some|Several|Many|Other|Another|One|His|Her|Their)\s|(?:The|That|This)\s[a-z\d]"
)
_ANY = re.compile(r"^an?\s(\w+)$")
_SEVERAL = re.compile(r"(?:the|these|those)\s+(?:two|three|four|five)\b|both\s+\w+$", re.I)


def speaker(actor: object, source: object) -> str:
    """The speaker as a reader knows him: the actor, else the words of the text; empty if unclear.

    >>> speaker("Ann Orr", "she"), speaker(None, "a senior aide"), speaker(None, "he")
    ('Ann Orr', 'a senior aide', '')
    >>> speaker(None, "critics, who"), speaker(None, "reports in American"), speaker(None, "The")
    ('critics', 'reports', '')
    >>> speaker(None, "A senior aide"), speaker(None, "The Harbor Wire"), speaker(None, "an order")
    ('a senior aide', 'The Harbor Wire', 'the order')
    """
    if not is_missing(actor):
        return clean(actor, LONGEST)
    words = "" if is_missing(source) else label(clean(source))
    if words.startswith("least "):  # "at least one envoy"
        words = f"at {words}"
    if _OPENING.match(words) or (words[:1].isupper() and words.lower() in _some()):
        words = f"{words[0].lower()}{words[1:]}"
    if is_document(words):
        words = _ANY.sub(r"the \1", words)
    return clean(words, LONGEST) if _LETTERS.search(words) and words.lower() not in _NOBODY else ""


def label(words: str) -> str:
    """The words of a source up to where they end: no "who", no preposition, no adjective of one.

    >>> label("Democratic lawmakers who"), label("his doctor Friday afternoon that")
    ('Democratic lawmakers', 'his doctor')
    """
    words = _STOP.split(words)[-1]  # "a reason. One official": two sentences that were one
    words = _RELATIVE.sub("", words.strip(" ,;:–—-’'"))
    parts = words.split()
    while parts and (
        parts[-1].strip(",").lower() in _ENDS
        or (parts[-2:-1] in (["in"], ["of"]) and _is_adjective(parts[-1]))
    ):
        parts.pop()
    return " ".join(parts).strip(" ,;:–—-")


def is_speaker(words: str) -> bool:
    """Whether words name somebody or a document; a place, a law or a thing never speaks.

    >>> [is_speaker(w) for w in ("Ann Orr", "the report", "confidence and poise", "Federal law")]
    [True, True, False, False]
    >>> [is_speaker(w) for w in ("The two leaders", "The move against Orr", "aides and Ann Orr")]
    [False, False, True]
    """
    if _SEVERAL.match(words):
        return False
    parts = words.split(" and ")
    return _is_one(words) or (len(parts) > 1 and all(map(_is_one, parts)))


def is_outlet(name: str) -> bool:
    """Whether a name is that of a paper, agency or station.

    >>> [is_outlet(name) for name in ("The Harbour Times", "NBC", "U.N.")]
    [True, True, False]
    """
    named = [word.lower() for word in name.split()]
    return bool(named) and not _OUTLETS.isdisjoint({named[-1], named[0]})


def is_document(words: str) -> bool:
    """Whether words name a text, and nobody who wrote it.

    >>> is_document("a report by the club"), is_document("a memo Orr")
    (True, False)
    """
    head = noun_of(words)
    return (head.lower() if words.startswith(head) else head) in DOCUMENTS


def noun_of(words: str) -> str:
    """The word that says what a source is: the last one before a preposition.

    >>> noun_of("the deputy head of the club"), noun_of("a number of envoys")
    ('head', 'envoys')
    >>> noun_of("an aide close to Orr")
    'aide'
    """
    parts = _OF.split(f"{_MANY.sub('', words)} ", maxsplit=1)[0].split()
    while len(parts) > 1 and parts[-1].lower() in _HANGING:
        parts.pop()
    return parts[-1].removesuffix("’s").removesuffix("'s") if parts else ""


def _is_one(words: str) -> bool:
    head = noun_of(words)
    if is_place(words) or words.lower() in function_words():
        return False
    if words.split(" ", 1)[0].lower() in ("he", "she", "it", "they") or head == "interview":
        return False
    if _speaks(head.lower()):
        return True
    if _ABSTRACT.fullmatch(words):
        return False
    if described := _DESCRIBED_NAME.fullmatch(words):
        return is_person(noun_of(described[1]))
    named = [w for w in words.split() if w.lower() not in lexicons.words("headline_small_words")]
    names = [w for w in named if not (w in _MODIFIERS or _speaks(w.lower()))]
    return head[:1].isupper() and len(names) <= NAME and all(w[:1].isupper() for w in names)


def _speaks(noun: str) -> bool:
    """Whether a noun means people, a body or a document."""
    noun = noun.rsplit("-", 1)[-1]
    forms = {noun, noun.removesuffix("s"), noun.removesuffix("es"), f"{noun.removesuffix('ies')}y"}
    return not _speakers().isdisjoint(forms) or bool(_PERSONAL.search(noun.removesuffix("s")))


def is_place(words: str) -> bool:
    """Whether words are the name of a place.

    >>> is_place("Ohio"), is_place("Ann Orr")
    (True, False)
    """
    return words in _places()


def is_person(noun: str) -> bool:
    """Whether a noun means a person, and neither a body nor a text.

    >>> is_person("founder"), is_person("senator"), is_person("committee"), is_person("report")
    (True, True, False, False)
    """
    noun = noun.lower().rsplit("-", 1)[-1]
    one = noun.removesuffix("s")
    if not _persons().isdisjoint((noun, one)):
        return True
    bodies = DOCUMENTS | lexicons.words("bodies_that_speak") | lexicons.words("nouns_of_bodies")
    return bool(_PERSONAL.search(one)) and bodies.isdisjoint((noun, one))


@cache
def _some() -> frozenset[str]:
    """Nouns of persons in the plural: "Critics" at the start of a sentence are critics."""
    nouns = lexicons.load("anonymous_sources")["noun"]
    return frozenset(f"{noun}s" for noun in nouns if noun not in ("republican", "democrat"))


@cache
def _persons() -> frozenset[str]:
    return frozenset(
        (
            *lexicons.load("anonymous_sources")["noun"],
            *(w.split(" of ")[0].split()[-1] for w in lexicons.load("source_kinds")["words"]),
        )
    )


@cache
def _speakers() -> frozenset[str]:
    return frozenset(
        (
            *DOCUMENTS,
            *lexicons.words("bodies_that_speak"),
            *lexicons.load("anonymous_sources")["noun"],
            *lexicons.load("describing_nouns")["noun"],
            *(words.split()[-1] for words in lexicons.load("source_kinds")["words"]),
            *(words.split()[-1] for words in lexicons.load("state_bodies")["body"]),
        )
    )


@cache
def _places() -> frozenset[str]:
    lists = (("places", "form"), ("towns", "form"), ("state_abbreviations", "long"))
    return frozenset(word for name, column in lists for word in lexicons.load(name)[column])


def _is_adjective(word: str) -> bool:
    """Whether a word is a state's adjective ("American"), and not its name."""
    states = actors.states_in(word)
    return bool(states) and word not in states

"""What a text states of somebody beside the name: title, place, apposition and party."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from helpers import lexicons
from helpers.comparing.terms import function_words
from helpers.lenses import actors
from helpers.spread.labels import is_person, noun_of

_TITLES = lexicons.load("titles")
HONORIFICS = frozenset(
    _TITLES.loc[_TITLES["class"] == "honorific", "title"].str.lower().str.rstrip(".")
)
"""Titles of courtesy, in small letters and without a full stop."""
_FIRST = frozenset(_TITLES["title"].str.lower().str.split().str[0])
_OFFICES = frozenset(word for words in _TITLES["title"].str.lower().str.split() for word in words)
_MODIFIERS = lexicons.words("office_modifiers")
_DAYS = lexicons.words("days") | lexicons.words("day_parts")
_OF_OFFICES = frozenset(
    "presumptive presidential congressional gubernatorial vice likely potential possible".split()
)
"""Adjectives in small letters that belong to a title."""
_SHORT = r"(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|St|No|[A-Z])"
_OF_NAME = re.compile(r"[A-Z]\.|[IVX]+|[JS]r\.?|[“\"'‘(].*")
_ENDS = re.compile(r"[^\w\s.&’'-]|(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z][a-z])\.\s")
_OF_NO_PLACE = re.compile(r"^$|\b(?:speaker|leader|whip|chair\w*|secretary|justice)$", re.I)
"""Titles of which a place behind the name says nothing: "Speaker Ann Orr of Ohio"."""
_PLURAL = re.compile(r"s(\.?)$")
_NAMED = r"(?:the\s)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,2}"
_PLACE = re.compile(rf"\sof\s({_NAMED}(?:\s(?:of|for)\s{_NAMED})?)(?=[,;.)—–]|\s)")
_PARTY = re.compile(r"\s*[(,]\s*([A-Z][-–][A-Z][\w.’-]*(?:\s[A-Z][\w.]*)*)(?=[),.;])")
_NO_ROLE = (
    "and|or|but|as|after|if|some|both|all|long|like|unlike|of|in|at|on|for|to|with|by|while|when|"
    "though|although|because|since|before|during|despite|not|nor|so|until|even|others?"
)
"""Words with which an aside begins that says nothing of the kind."""
_OF_KIN = re.compile(r"(?:the|an?) (?:son|daughter|father|mother|native|graduate)\b", re.I)
_MARK = re.compile(r"[A-Z][-–][A-Z].*")
_ASIDE = re.compile(
    rf"\s*,\s*+(?!(?:{_NO_ROLE})\b)"
    rf"((?:\b{_SHORT}\.\s|(?![,;:()“”\"—]|\.\s|\s-\s).){{3,100}}?)"
    rf"(?=[,;:—]|(?<![MDS][rst])(?<!Mrs)\.(?:[\s\"”]|$)|\s(?:-|\(|who\b|whose\b|which\b))"
)
"""What stands behind a name and a comma, up to the next mark."""
_NEXT = re.compile(r",\s+[A-Z]")
"""Behind "Ann Orr, the mayor": the mayor is Ben Hale."""
_FOLLOWS = re.compile(
    r"(?:^|[.!?;:”\"—]\s+|\b(?:said|says|and|but|from|by)\s+)"
    rf"((?:An?|The|an?|the|[Hh]is|[Hh]er|(?:{_SHORT}\w*\.\s)?[A-Z][\w.]*[’']s)\s"
    rf"(?:\b{_SHORT}\.\s|(?!\.\s)[^,;:“”\"()—\n]){{3,80}}),\s$"
)
"""What stands before a name and a comma, from the start of a sentence on."""
_LATER = re.compile(rf",\s(the\s(?:\b{_SHORT}\.\s|(?!\.\s)[^,;:“”\"()—\n]){{3,80}}),\s$")
_VERB = re.compile(
    r"\b(?:who|which|whose|that|is|are|was|were|has|have|had|said|says|will|would|asked|told|I|you|we|they|he|she)\b"
)
_PREPOSITION = re.compile(r"\s(of|on|for|to|at|in|from|with|by|about|against)\s")
_SPEAKS_FOR = re.compile(r"\b(?:spokes\w+|lawyers?|attorneys?|counsel)\b", re.I)
_PARTISAN = re.compile(r"(?:an? |the )?(?:Republican|Democrat|[Ii]ndependent)\b")


def title(words: str, name: str, before: str = "") -> str:
    """The title in the words of a mention, with what stands of it before them; empty without one.

    >>> title("Deputy Mayor Ann Orr", "Ann Orr"), title("Ms. Orr", "Ann Orr")
    ('Deputy Mayor', '')
    >>> title("Secretary Ann Orr", "Ann Orr", "It rained on former Ports and Tolls ")
    'former Ports and Tolls Secretary'
    >>> title("Prime Minister Ann Orr", "Ann Orr", "out of the Oslo Accord former Canadian ")
    'former Canadian Prime Minister'
    >>> title("President Ann Orr", "Ann Orr", "a talk of South Korean ")
    'South Korean President'
    """
    parts, own = words.split(), name.replace("’", "'").split()
    while parts and (
        parts[-1].replace("’", "'") in own or parts[-1] in _given() or _OF_NAME.fullmatch(parts[-1])
    ):
        parts.pop()
    if " of " not in words:  # the rest of a name that is spelled otherwise
        last = next((k for k in range(len(parts), 0, -1) if _is_office(parts[k - 1])), 0)
        parts = parts[: last or len(parts)]
    told = [w for w in parts if w.lower().rstrip(".") not in HONORIFICS]
    if not any(_is_office(word) for word in told):
        return ""
    if _PLURAL.sub(r"\1", told[-1].lower()) in _FIRST:  # "Senators Orr and Hale", "Sens. Orr"
        told[-1] = _PLURAL.sub(r"\1", told[-1])
    stands = _ENDS.split(before)[-1].split() if before[-1:] == " " else []
    if stands[:1] and stands[0].endswith("ing") and len(stands) == 1:
        stands.pop()  # "Following President Orr"
    while stands and (_is_of_title(stands[-1]) or _is_joined(stands, told[0])):
        told.insert(0, stands.pop())
    told = told[_opening(told) :]
    return " ".join(told) if len(told) > 1 or told[0][0].isupper() else ""


def _is_office(word: str) -> bool:
    """Whether a word is of some title, and no epithet: "Crooked Ann Orr"."""
    low = word.lower()
    if low in function_words():
        return False  # "The Orr"
    return not {low, low.rstrip("."), low.removesuffix("s")}.isdisjoint(_OFFICES) or is_person(low)


def _is_of_title(word: str) -> bool:
    """Whether a word right before a title belongs to it: a name, "former", "presidential"."""
    low = word.lower()
    if low in function_words() or low in _DAYS:
        return False
    return word[0].isupper() or low in _MODIFIERS or low in _OF_OFFICES


def _opening(told: Sequence[str]) -> int:
    """Where a title begins: with a word of one, and with its state but for "former".

    Before "Canadian Prime Minister" stands another phrase's end ("the Oslo Accord", "Orr and").
    """
    for k in range(len(told) - 1, 0, -1):
        states = actors.states_in(told[k])
        longer = actors.states_in(" ".join(told[k - 1 : k + 1])) not in ([], states)
        while k > 1 and told[k - 1].lower() in _MODIFIERS:
            k -= 1
        before = told[k - 1].lower()
        tied = before in _MODIFIERS or before in function_words() - {"and"}
        if states and not longer and not tied:
            return k
    return next((k for k, w in enumerate(told) if _is_office(w) or _is_of_title(w)), 0)


def _is_joined(stands: list[str], first: str) -> bool:
    """Whether "and" is inside a title ("Ways and Means Chairman"), and joins no two persons."""
    if stands[-1] != "and" or len(stands) < 2 or first.lower() in _MODIFIERS | _FIRST:
        return False
    named = not _given().isdisjoint(stands) or any(w.lower() in _FIRST for w in stands)
    return stands[-2][0].isupper() and not named


def behind(text: str) -> list[str]:
    """What stands behind a name: of which place, as what, of which party.

    >>> behind(" of Ohio, the club’s director, said no."), behind(" (D-Va.) left."), behind(", who")
    (['of Ohio', 'the club’s director'], ['D-Va.'], [])
    """
    found, at = [], 0
    if place := _PLACE.match(text):
        found.append(f"of {place[1].strip()}")
        at = place.end(1)
    for _ in range(2):
        party = _PARTY.match(text, at)
        if party:
            found.append(party[1])
            at = party.end() + (text[party.end() : party.end() + 1] == ")")
            continue
        aside = _ASIDE.match(text, at)
        if not (aside and is_role(aside[1])):
            break
        if aside[1].startswith(("the ", "his ", "her ")) and _NEXT.match(text, aside.end()):
            break
        found.append(aside[1].strip())
        at = aside.end()
    return found


def before(text: str, *, full: bool = True) -> str:
    """What stands before a name and a comma: "The club’s director, Ann Orr".

    Of a ``full`` name also behind a comma: it may be the next one's.

    >>> before("It rained. A lawyer for the club, "), before("In the hall of the mayor, ")
    ('A lawyer for the club', '')
    >>> before("On Monday, the mayor, "), before("On Monday, the mayor, ", full=False)
    ('the mayor', '')
    """
    found = _FOLLOWS.search(text) or (_LATER.search(text) if full else None)
    if found is None or noun_of(found[1]).endswith("s") or _OF_KIN.match(found[1]):
        return ""
    return found[1] if is_role(found[1]) else ""


def summary(titles: Sequence[str], beside: Sequence[str]) -> str:
    """Title, place, description and party of one person, as they are shown.

    >>> summary(["Sen.", "Ohio Sen."], ["D-Ohio", "the club’s director"])
    'Ohio Sen., the club’s director, D-Ohio'
    >>> summary(["Senator"], ["of Ohio", "Democrat of Ohio"]), summary([], ["of the Orr Fund"])
    ('Senator, Democrat of Ohio', 'of the Orr Fund')
    >>> summary(["Speaker"], ["of Ohio"]), summary([], ["of Ohio"])
    ('Speaker', '')
    """
    title = max(titles, key=len, default="")
    party = next((each for each in beside if _MARK.fullmatch(each)), "")
    place = next((each for each in beside if each.startswith("of ")), "")
    roles = [w for w in beside if w not in (party, place) and not w.startswith("then ")]
    roles = [w for w in roles if len(w.split()) > 2 or not title]  # "Rep. Orr, the lawmaker"
    partisan = next((w for w in roles if _PARTISAN.match(w)), "")
    role = next((w for w in roles if w != partisan), "")
    party = partisan or party
    works = place.startswith("of the ") or not _OF_NO_PLACE.search(title)
    if place and works and not (party or " of " in f"{title} {role}"):
        title = f"{title} {place}".strip()
    return ", ".join(dict.fromkeys(each for each in (title, role, party) if each))


def is_role(words: str) -> bool:
    """Whether words say what somebody is, and nothing that somebody does.

    >>> is_role("the top Democrat on the panel"), is_role("a report said"), is_role("then mayor")
    (True, False, True)
    >>> is_role("a University of Bergen law professor"), is_role("in a talk with the mayor")
    (True, False)
    """
    if _VERB.search(words):
        return False
    last = words.split()[-1]
    joined = re.search(r"\b(?:of|for)\s[A-Z].*\s", words)  # "a University of Bergen professor"
    named = is_person(noun_of(words)) or (joined and last.islower() and is_person(last))
    return bool(named) or _PARTISAN.match(words) is not None


def head(words: str) -> str:
    """A description without whatever hangs on its noun; who speaks for a state is of it.

    >>> head("special envoy for Iran"), head("a lawyer for Iran"), head("minister of Iran")
    ('special envoy', 'a lawyer for Iran', 'minister of Iran')
    """
    for cut in _PREPOSITION.finditer(words):
        speaks = cut[1] == "for" and _SPEAKS_FOR.search(words[: cut.start()])
        if cut[1] != "of" and not speaks:
            return words[: cut.start()]
    return words


@cache
def _given() -> frozenset[str]:
    return frozenset(lexicons.load("given_names")["name"])

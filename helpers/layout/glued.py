"""A headline that stands in one line with the text, as exports without line breaks have it.

It ends where a declared title ends. Without one it must be in Title Case and say so by more than
names: a capitalised small word ("Is", "To", "His"), a verb after "to", a colon or a question mark
inside. Where it ends is then told by the first content word in small letters: before it stands
the subject of the text's first sentence. A headline in small letters ends where, with no mark
between, a sentence begins ("… shut old docks The mayor said"), or where whom it names is named
again with what he is ("Orr shuts old docks Mayor Ann Orr said").
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from helpers import lemmas, lexicons

FEWEST = 4
"""Content words of a headline; so many words of a declared title are looked for."""
LONGEST = 260
"""Characters in which a headline must end."""
SHORTEST_TEXT = 200
"""Characters that must follow it."""
_TOKEN = re.compile(
    r"\([A-Z]{2,6}\)|[A-Z][a-z]{0,3}\.(?=\s[A-Z])|[^\W_][\w’'.&-]*[\w]|[^\W_]\.?|[?!:;,.—–\"”“()]"
)
_DATELINE = re.compile(
    r"(?<=\s)(?:[A-Z][A-Z./]+(?:[ ,]+[A-Z][\w./]+)*,?\s(?:\([A-Z][\w ]+\)\s)?|\([A-Z][\w ]+\)\s)"
    r"[—–-]\s"
)
_AGENCY = re.compile(
    r"\s(?:[A-Z]\w+(?: [A-Z]\w+)?,? )?\((?:CNN|CNN Business|AP|Reuters|UPI|AFP)\)\s(?=[A-Z\"“])"
)
"""A place and an agency in brackets with no dash behind them."""
LONG_TEXT = 900
"""Characters of a paragraph that an export without line breaks has made of an article."""
AGAIN = 6
"""Words within which a headline's name stands again."""
_SMALL = lexicons.words("headline_small_words") - {"is", "are", "be", "it", "its", "not", "that"}
_OF_NAMES = frozenset({"The", "Will", "May", "Under", "Us", "I", "Of", "And"})
_OPENS = ".?!:—–\"“("
"""Marks behind which a small word has a capital anyway."""
_PLURALS = frozenset({"States", "Rights", "Means", "Arms", "Works", "Reports", "Forces", "Parks"})
"""Forms of verbs that names hold as nouns."""
_CLASSES = ("auxiliary", "pronoun", "preposition", "conjunction", "adverb", "article")
_WORDS = lexicons.load("function_words")
_TELLING = (
    frozenset(_WORDS.loc[_WORDS["class"].isin(_CLASSES), "word"].str.capitalize()) - _OF_NAMES
)
"""Small words of which names hold none in capitals."""
_JOINTS = frozenset({"of", "for", "to", "in"})
_STARTS = frozenset(
    "According The A An In On At When As After It This If Over During Since While Despite".split()
)
"""Words with which a sentence begins before its subject."""
_OPENERS = _STARTS | {"Watch", "Speaking"}
_SPACED = re.compile(r"\S+")
_ENDED = re.compile(r"\(?[\w’'.-]*\w[”\"’')]?")
_SAID = re.compile(r"\b(?:said|told|added|wrote)\b|[a-z]{2}[.!]\s")
_ON_DAY = re.compile(r"(?<=\w)\sOn (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_GOES_ON = frozenset(_WORDS["word"]) | frozenset(
    "wife husband son daughter brother sister mother father former then ex late aide".split()
)
"""Words behind which a sentence goes on: small ones, and those before a name of the same family."""


def headline_end(text: str, title: str) -> int:
    """Where the headline at the start of a paragraph ends; 0 where none is glued to it.

    >>> text = "Orr Is To Shut Old Docks Mayor Ann Orr said no. " + "It is old. " * 20
    >>> text[: headline_end(text, "")]
    'Orr Is To Shut Old Docks'
    >>> headline_end("Mayor Ann Orr and Deputy Mayor Bo Hale said no. " + "It is old. " * 20, "")
    0
    """
    if len(text) < SHORTEST_TEXT:
        return 0
    ends = (
        _declared(text, title),
        _before_dateline(text) or _in_capitals(text) or _in_small_letters(text),
    )
    end = min(filter(None, ends), default=0)  # a declared title may be cut at so many characters
    while end and text[end : end + 1] in ("'", '"', "’", "”", ")"):
        end += 1
    return end if len(text) - end >= SHORTEST_TEXT else 0


def _declared(text: str, title: str) -> int:
    """The end of a declared title with which the text begins and goes on in a new sentence."""
    words = title.split()
    if len(words) < FEWEST:
        return 0
    found = re.match(r"\W*?" + r"\s+".join(map(re.escape, words)), text)
    if found is None or not re.match(r"\s+[\"“‘'(]?[A-Z\d]", text[found.end() :]):
        return 0
    return found.end()


def _before_dateline(text: str) -> int:
    """The end of a line that no mark ends, where a dateline follows: "… docks BERGEN (AP) — "."""
    found = _DATELINE.search(text, 0, LONGEST) or _AGENCY.search(text, 0, LONGEST)
    line = text[: found.start()].rstrip() if found else ""
    some = re.search(r"\b[a-z]{2}", line) or len(line.split()) >= 2 * FEWEST
    if len(line.split()) < FEWEST or not some:
        return 0
    return 0 if re.search(r"[a-z][.!]\s|[.,:;—–-]$", line) else len(line)


def _in_small_letters(text: str) -> int:
    """The end of a headline in small letters, with no mark behind it."""
    if len(text) < LONG_TEXT:
        return 0
    words = [(w[0], w.start(), w.end()) for w in _SPACED.finditer(text[:LONGEST])]
    for i in range(FEWEST + 1, len(words) - AGAIN):
        (before, _, end), (word, _, _) = words[i - 1], words[i]
        if _SAID.search(text[:end]):
            return 0
        if not word[0].isupper() or not _ENDED.fullmatch(before) or not _may_end(before):
            continue
        after = [w for w, *_ in words[i + 1 : i + AGAIN]]
        small = after[0][0].islower()
        opens = word in _OPENERS and (small or (before[0].islower() and after[1][0].islower()))
        named = {_bare(w) for w, *_ in words[:i] if w[0].isupper()} - _STARTS
        until = next((k for k, w in enumerate(after) if _bare(w) in named), AGAIN)
        between = sum(w[0].islower() for w in after[:until])
        named_again = until < AGAIN and between <= (1 if before[-1].isalnum() else 3)
        again = (_bare(word) in named and small) or named_again
        if opens or (again and not before[0].isupper() and words[0][0] not in _STARTS):
            return end
    return 0


def _may_end(word: str) -> bool:
    """Whether a headline may end with a word: no small word, and none before somebody's name."""
    return not word[-1].isalnum() or word.lower() not in _GOES_ON


def _bare(word: str) -> str:
    """The first letters of a word, without marks around it and the sign of whose something is."""
    return re.sub(r"[’']s$", "", word.strip("“”\"'‘’(),.;:!?"))[:7]


def _in_capitals(text: str) -> int:
    tokens = [(t[0], t.start(), t.end()) for t in _TOKEN.finditer(text[:LONGEST])]
    small = next((k for k, (w, *_) in enumerate(tokens) if _is_small(w)), len(tokens))
    if day := _ON_DAY.search(text, 0, LONGEST):
        return 0 if _SAID.search(text[: day.start()]) else day.start()
    words = [w for w, *_ in tokens[:small]]
    if not _tells(words):
        return 0
    if small == len(tokens):
        return 0
    at = _subject(words, text[tokens[small][1] :])
    return tokens[at - 1][2] if at and sum(map(_is_content, words[:at])) >= FEWEST else 0


def _is_small(word: str) -> bool:
    """Whether a word in small letters is one that a headline would write in capitals."""
    return word[:1].islower() and word.lower() not in _SMALL


def _is_content(word: str) -> bool:
    return word[:1].isalnum() and word.lower() not in _SMALL


def _tells(words: list[str]) -> bool:
    """Whether words in capitals are a headline, and no row of titles and names."""
    if sum(map(_is_content, words)) <= FEWEST:
        return False
    return any(
        (word in _TELLING and before[0] not in _OPENS)
        or (before == "to" and _is_verb(word, "VB"))
        or (before[0].isalnum() and _is_third(word))
        for before, word in pairwise(words)
    )


def _subject(words: list[str], rest: str) -> int:
    """The word with which the first sentence begins, whose verb or noun opens ``rest``."""
    at = len(words) - 1
    while at > 0 and not (words[at][0].isupper() or words[at][0].isdigit()):
        at -= max(len(words[at]) - 2, 1) if words[at][0] == "(" else 1  # "Harbour Guild (HG)"
    while at > 0 and words[at] not in _STARTS and words[at - 1][0] not in ",;:":
        before, pair = words[at - 1], f"{words[at - 1]} {words[at]}"
        back = 3 if before == "the" and words[at - 2] in _JOINTS else 2
        joined = words[at - back + 1] in _JOINTS and at >= back and words[at - back][0].isupper()
        if before == "(":
            return at - 1
        if before[0] == "(":
            at -= len(before) - 1
        elif joined or before in _STARTS or _is_of_name(before) or pair in rest:
            at -= back if joined else 1
        else:
            break
    if at > 2 and words[at - 1] == ",":  # "On Monday, Mayor Orr"
        at = next((k for k in range(at - 2, max(at - 5, 0), -1) if words[k] in _STARTS), at)
    return max(at, 0)


def _is_of_name(word: str) -> bool:
    """Whether a word before a name belongs to it: a given name, a title, a state, whose it is."""
    known = word in _names() or word.rstrip(".") in _names() or word.endswith(("'s", "’s"))
    return known or re.fullmatch(r"[A-Z]\.|[A-Z][a-z]+(?:[aei]an|ese|ish)", word) is not None


def _is_third(word: str) -> bool:
    """Whether a word in a capital may be a verb of a third person: "Backs"."""
    formed = word[0].isupper() and word[-1] == "s" and word not in _PLURALS
    return formed and _is_verb(word, "VBZ")


def _is_verb(word: str, tag: str) -> bool:
    return lemmas.lemma(word.lower(), tag) in _verbs()


@cache
def _verbs() -> frozenset[str]:
    lists = ("verb_frames", "verb_groups", "irregular_verbs", "reporting_verbs")
    return frozenset(lemma for name in lists for lemma in lexicons.load(name)["lemma"])


@cache
def _names() -> frozenset[str]:
    lists = (
        ("given_names", "name"), ("titles", "title"), ("demonyms", "form"), ("party_words", "word"),
        ("country_names", "form"), ("metonyms", "form"), ("state_abbreviations", "long"),
    )  # fmt: skip
    words = (form.split() for name, column in lists for form in lexicons.load(name)[column])
    return frozenset(w[:1].upper() + w[1:] for form in words for w in form)

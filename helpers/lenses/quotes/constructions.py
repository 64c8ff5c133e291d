"""What follows a verb: the construction that tells whether it reports, and where content begins.

"agreed that …" is a report, "agreed with him" seldom; so the same verb is looked at by what it
takes: words in quotation marks, a clause, an infinitive, an -ing form, a noun phrase, a
preposition, or nothing (then the content stands before it). The constructions are a table: at
each place behind the verb, the nearest first, the first row that fits decides.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from helpers.grammar.document import Document
from helpers.grammar.letters import PHRASE
from helpers.grammar.nouns import phrase_from
from helpers.lenses.quotes.asides import skip_asides, skip_time
from helpers.lexicons import words

# The one addressed is no content: told reporters that …
TELLING = words("telling_verbs")
# Verbs that may stand before their speaker even where no quotation mark shows it.
SPEAKING = words("inverting_verbs")
_CORE = re.compile(PHRASE)
_ADDRESSEE = re.compile(
    rf"(?:{PHRASE})(?:(?:,(?:{PHRASE})){{1,5}},?&J*(?:{PHRASE})|(?:[I&](?:{PHRASE})){{0,2}})"
)
_LIST = rf"(?:(?:,(?:{PHRASE})){{1,6}},?&J*(?:{PHRASE}))?"
"""The rest of a list: "[Germany], France and Britain"."""
_A_CLAUSE = (
    rf"R?(?:{PHRASE})(?:(?:I|,?&)(?:{PHRASE})){{0,3}}{_LIST}(?:,[^.,;:]{{1,40}},)?"
    rf"(?:I?w[^.,;:]{{0,8}}?[FM][^.,;:]{{0,8}})?R*[FM]"
)
_CLAUSE = re.compile(_A_CLAUSE)
_THERE = re.compile(rf"{_A_CLAUSE}|{PHRASE}xR*[FM]")
"""A clause, or one whose subject is "clerks [there]"."""
OBJECT = re.compile(rf"R?(?:{PHRASE})(?:(?:I|,?&)(?:{PHRASE}))*{_LIST}")
_CLASS = {"that": "that", "as": "as", "not": "not", "never": "not"} | {
    word: name
    for name in ("whether_words", "what_words", "who_words", "never_subjects")
    for word in words(name)
}
"""Class of the words that rows of the table ask for."""
_WH = words("whether_words") | words("what_words") | words("who_words")
# A clause with who, when or where is mostly the author's own, except after these.
_ASKING = words("asking_verbs")
# These may have quoted words behind their object: "tweeted it: “…”".
_QUOTING = words("quoting_verbs")


class Taken(NamedTuple):
    """What a verb takes."""

    construction: str
    """quote, clause, to, ing, object, objto, as, prep or bare."""
    begin: int
    """First token of the content (of the verb's right side where there is none)."""
    word: str
    """The word that opens it: that, whether, of …"""
    source: tuple[int, int] | None = None
    """Whose it is, where that stands between a noun and its clause: "the claim by Hale that …"."""

    @property
    def key(self) -> str:
        """The construction as it is counted: a preposition counts for itself."""
        if self.construction == "prep":
            return f"prep {self.word}"
        return self.construction

    @property
    def kind(self) -> str:
        """The construction as ends of contents are counted: clauses by what opens them."""
        if self.construction != "clause":
            return self.construction
        return f"clause {self.word if self.word in ('that', '') else 'wh'}".rstrip()


class Row(NamedTuple):
    """One construction at one place behind the verb."""

    example: str
    """The verb in brackets, a bar where the content begins."""
    place: str
    """Where it looks (see `_places`)."""
    letters: str
    """Regular expression over `Document.code`; what it matches stands before the content."""
    makes: str
    """The construction (see `Taken`)."""
    word: str | None = ""
    """The word that opens the content; None: the one at the place."""
    opener: str = ""
    """Class that the word at the place must be of (`_CLASS`) …"""
    unless: str = ""
    """… or must not be of."""
    verbs: frozenset[str] = frozenset()
    """The verbs that it holds for (all, if there are none)."""
    but: frozenset[str] = frozenset()
    """Verbs that it does not hold for."""
    whole: bool = False
    """Whether the content begins with the verb's right side, not behind the match."""


_THAT = rf"(?:[cw](?=.)|D(?=,|{_A_CLAUSE}))"


def _direct(place: str, before: str) -> tuple[Row, ...]:
    """Words in quotation marks, a that- or wh-clause at some place."""
    return (
        Row(f"{before}, |“no”", place, "[,:]?(?=\"|'.)", "quote", None),
        Row(f"{before}: |no deal", place, ":", "quote", ":"),
        Row(f"{before} |that had failed", place, "(?=[cw]R*[FM])", "clause", "", "that"),
        Row(f"{before} that |it failed", place, _THAT, "clause", "that", "that"),
        Row(f"{before} |why it failed", place, "(?=..)", "clause", None, "whether_words"),
        Row(f"{before} |what it takes", place, "(?=..)", "clause", None, "what_words"),
        Row(f"{before} |who left", place, "(?=..)", "clause", None, "who_words", verbs=_ASKING),
    )


ROWS = (
    *_direct("beside", "he [asked]"),
    Row("he [spoke]|", "beside", r"\Z", "bare"),
    *_direct("past whom", "he [told] reporters on Monday"),
    Row("it was over, he [told] reporters|.", "past whom", r"(?=[,.;])|\Z", "bare",
        verbs=frozenset(("tell",))),
    Row("he [told] |him not to go", "past whom", "(?=t[vRF])", "objto", "to", whole=True),
    Row("he [told] the mayor |he would", "whom", f"(?={_A_CLAUSE})", "clause"),
    *_direct("past time", "he [asked] on Monday"),
    Row("he [spoke] |on Monday", "past time", r"\Z", "bare", whole=True),
    Row("he [agreed] |to go", "here", "(?=t[vRFn])", "to", "to"),
    Row("he [vowed] |not to go", "here", "(?=Rt[vRF])", "to", "to", "not",
        but=frozenset(("ask",))),
    Row("he [held] |it had failed", "here", f"(?={_A_CLAUSE})", "clause", unless="never_subjects"),
    Row("he [denied] |knowing", "here", "(?=g)", "ing"),
    Row("he [saw] |him as a “fool”", "past object", ":|,?(?=\"|'.)", "object", but=_QUOTING,
        whole=True),
    Row("he [saw] |signs that it failed", "past object", rf"{_THAT}(?!R*[FM])", "objthat", "that",
        "that", whole=True),
    Row("he [gave] |reasons why it failed", "past object", "(?=..)", "objthat", None,
        "whether_words", whole=True),
    Row("he [saw] |it as a win", "object alone", "", "as", "as", "as", whole=True),
    Row("he [saw] |it as lost", "object", "", "as", "as", "as", whole=True),
    Row("he [urged] |Hale to go", "object", "(?=t[vR])", "objto", "to", whole=True),
    Row("he [criticised] |the deal", "object", "", "object", whole=True),
    *_direct("past aside", "he [said] in a speech"),
    Row("he [said] in a speech |it failed", "past aside", f"(?={_A_CLAUSE})", "clauselate"),
    Row("he [talked] of |peace", "rest", "[IcRto]", "prep", None),
    Row("it was over, he [said]|.", "rest", "(?=[,.:;…)\"'-])", "bare", None),
    Row("he [met] |whoever came", "rest", "", "other", None),
)  # fmt: skip


def taken(doc: Document, i: int, end: int, lemma: str) -> Taken:
    """What the verb at token ``i`` takes, up to the token ``end`` of its sentence."""
    code, lower = doc.code, doc.lower
    if code[i] != "g" and code[i + 1 : i + 2] in _SPEAKERS and _inverted(doc, i, end, lemma):
        return Taken("bare", i + 1, "")
    table = _table(lemma if lemma in _VERBS else "")
    for place, at, right in _places(doc, i, end, lemma in TELLING):
        word = lower[at] if at < end else ""
        match, rows = table[place][_CLASS.get(word, "")]
        found = match(code, at, end)
        if found is not None:
            row = rows[found.lastindex or 0]
            if row.makes == "quote" and (behind := _behind_title(doc, found.end(), end)):
                if lower[behind] == "that":
                    return Taken("clause", behind + 1, "that")
                if lemma in TELLING:
                    return Taken("bare", behind, "")
            begin = right if row.whole else found.end()
            made = Taken(row.makes, begin, word if row.word is None else row.word)
            return _with_its_verb(doc, made, at, end, lemma)
    raise AssertionError("the last row takes everything")


def _with_its_verb(doc: Document, t: Taken, at: int, end: int, lemma: str) -> Taken:
    """A clause has a verb ("disputed that [view]" has none), and what is said is a clause.

    "He said [pledges to do more, made in May,] are late": an object only at first sight.
    """
    if t.construction == "clause" and t.word == "that" and t.begin == at + 1:
        rest = doc.code[t.begin : end]
        bare = rest[:1] in ("n", "J") and {"F", "M", "v", '"'}.isdisjoint(rest)
        return Taken("object", at, "") if bare else t
    if lemma == "say" and t.construction in ("object", "objto"):
        verb = _ITS_VERB.match(doc.code, t.begin, end)
        if verb is not None and not any(doc.quoted[t.begin : verb.end()]):
            return Taken("clause", t.begin, "")
    return t


_ITS_VERB = re.compile(r"[nNpDqJC$][^rwcFM,;:.-]*(?:,(?!&)[^,;:.-]*,[^rwcFM,;:.-]*)?[FM]")


def has_new_clause(doc: Document, begin: int, end: int) -> bool:
    """Whether what looks like a clause is an object: "left [the pact], but Hale noted …"."""
    found = _CLAUSE.match(doc.code, begin, end)
    return found is not None and "but" in doc.lower[begin : found.end()]


def _behind_title(doc: Document, at: int, end: int) -> int:
    """What stands behind the title of a programme in marks at ``at``: told “Harbour Hour” that.

    Past a time or a place; 0 where no short row of capitalised words opens there.
    """
    n = bisect_right(doc.ranges, (at, end)) - 1
    if n < 0 or doc.ranges[n][0] > at or doc.ranges[n][1] >= end:
        return 0
    inner = [w for w in doc.words[at : doc.ranges[n][1]] if w[:1].isalpha()]
    capitals = sum(w[0].isupper() for w in inner)
    if not 2 <= len(inner) <= _TITLE or capitals < 2 or not inner[-1][0].isupper():
        return 0
    if len(inner) - capitals > 1 or set(".!?") & set("".join(doc.words[at : doc.ranges[n][1]])):
        return 0
    return min(skip_asides(doc, doc.ranges[n][1], end), end - 1)


_TITLE = 4
"""Words of a programme's title."""
_SPEAKERS = frozenset("nNpDqJCP$")
"""Letters with which a speaker behind the verb begins."""
_VERBS = TELLING | _ASKING | _QUOTING
_Rows = tuple[Callable[[str, int, int], re.Match[str] | None], tuple[Row, ...]]


@cache
def _table(verb: str) -> dict[str, dict[str, _Rows]]:
    """For each place and class of the word there: the rows, as one pattern with a group for each.

    ``verb`` is empty for verbs that no row names.
    """
    table: dict[str, dict[str, _Rows]] = {}
    for place in dict.fromkeys(row.place for row in ROWS):
        for opener in ("", *_CLASS.values()):
            rows = [
                row
                for row in ROWS
                if row.place == place
                and row.opener in ("", opener)
                and not (opener and row.unless == opener)
                and (not row.verbs or verb in row.verbs)
                and verb not in row.but
            ]
            pattern = "|".join(f"({row.letters})" for row in rows) or "(?!)"
            table.setdefault(place, {})[opener] = re.compile(pattern).match, (ROWS[-1], *rows)
    return table


def _places(doc: Document, i: int, end: int, telling: bool) -> Iterator[tuple[str, int, int]]:
    """The places behind the verb at ``i``, the nearest first: name, token, its right side's first.

    beside: behind adverbs; whom: behind the one addressed; here: behind a time; object: behind the
    object; past …: where further phrases of time and place lie between.
    """
    code, lower = doc.code, doc.lower
    beside = i + 1
    while beside < end and code[beside] in "RP" and lower[beside] not in _NOT:
        beside += 1
    yield "beside", beside, beside
    whom = _ADDRESSEE.match(code, beside, end) if telling else None
    relative = whom is not None and whom.end() < end and lower[whom.end()] == "who"
    if whom is not None and relative and doc.tags[whom.end() - 1] == "NN":
        past = _past_relative(doc, whom.end(), end)
        yield "past whom", past, past  # told a woman [who had asked that] that …
        yield "rest", end, end
    elif whom is not None:
        yield "past whom", skip_asides(doc, whom.end(), end), beside
        yield "whom", whom.end(), beside
    here = skip_time(doc, beside, end)
    if here > beside:
        yield "past time", here, beside
    yield "here", here, here
    whole = OBJECT.match(code, here, end) if code[here] not in "Ic" else None
    if whole is not None:
        yield "past object", skip_asides(doc, whole.end(), end), here
        alone = _CORE.match(code, here, end)
        if alone is not None and alone.end() < whole.end():
            yield "object alone", alone.end(), here
        yield "object", whole.end(), here
    if code[here] in "IcRto":
        past = skip_asides(doc, here, end)
        if past > here:
            yield "past aside", past, here
    yield "rest", here, here


def _past_relative(doc: Document, at: int, end: int) -> int:
    """Behind the relative clause that opens at ``at``: at the last "that", or the last "to"."""
    for letter, least in (("c", 2), ("t", 1)):
        found = [j for j in range(at + 2, end - 1) if doc.code[j] == letter]
        if len(found) >= least:
            return found[-1]
    return end


_NOT = frozenset(("not", "n't"))


def _inverted(doc: Document, i: int, end: int, lemma: str) -> bool:
    """Whether the speaker follows the verb: “…,” said the minister."""
    if i == 0 or i + 1 >= end:
        return False
    before = doc.code[i - 1]
    quoted = before in "\"'" or (before == "," and doc.code[i - 2 : i - 1] in ('"', "'"))
    low = doc.sents[doc.sent[i]][0]
    if i > low and quoted:
        clause = doc.code[i + 1 : i + 2] == "p" and doc.code[i + 2 : i + 3] in ("F", "M")
        return not clause  # Hale, who calls it “a loss,” said [he will go]
    if lemma not in SPEAKING or _THERE.match(doc.code, i + 1, end) is not None:
        return False
    if skip_time(doc, i + 1, end) > i + 1:
        return False  # Hale, who led the talks, said [last week] that
    if doc.code[i + 1] == "p" and doc.code[i + 2 : i + 3] in ('"', "'"):
        return False  # Hale says sorry, says she “went too far”
    if i == low:
        return doc.code[i] == "F"
    return before in ",-" and any(c in "FM" for c in doc.code[low : i - 1])


_RELATIVE = re.compile(r"R*[FM]")
_RELATIVES = words("who_words") | {"whom", "whose"}


def noun_takes(doc: Document, i: int, end: int) -> Taken:
    """What the noun or adjective at token ``i`` takes: the claim that, a call for, aware of."""
    code, lower = doc.code, doc.lower
    p = i + 1
    if p >= end:
        return Taken("none", p, "")
    if lower[p] in ("by", "from"):
        found = phrase_from(doc, p + 1, end)
        if found is not None and lower[found[1] : found[1] + 1] == ["that"] and found[1] + 1 < end:
            return Taken("clause", found[1] + 1, "that", found)
    if lower[p] == "that" and doc.tags[p] != "DT":
        relative = _RELATIVE.match(code, p + 1, end) is not None
        return Taken("relative" if relative else "clause", p + 1, "that")
    if lower[p] in _WH:
        relative = code[i] == "n" and lower[p] in _RELATIVES
        return Taken("relative" if relative else "clause", p, lower[p])
    if lower[p] in ("is", "was") and lower[p + 1 : p + 2] == ["that"] and doc.tags[p + 1] != "DT":
        return Taken("is", p + 2, "that")  # her argument was that …
    if code[p] == "t" and p + 1 < end and code[p + 1] in "vR":
        return Taken("to", p, "to")
    if code[p] in "Ic":
        return Taken("prep", p + 1, lower[p])
    if code[p] in "\"'" or (code[p] in ",:" and p + 1 < end and code[p + 1] in "\"'"):
        return Taken("quote", p, "")
    if code[p] in "npDqN" and code[i] != "n" and _CLAUSE.match(code, p, end):
        return Taken("clause", p, "")
    return Taken("none", p, "")

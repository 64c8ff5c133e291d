"""What follows a verb: the construction that tells whether it reports, and where content begins.

"agreed that …" is a report, "agreed with him" seldom; so the same verb is looked at by what it
takes: words in quotation marks, a clause, an infinitive, an -ing form, a noun phrase, a
preposition, or nothing (then the content stands before it).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from helpers.grammar.document import Document as View
from helpers.grammar.letters import PHRASE

# The one addressed is no content: told reporters that …
TELLING = frozenset(
    "tell remind assure inform warn advise promise convince persuade show ask teach notify "
    "brief alert caution instruct reassure".split()
)
# Verbs that may stand before their speaker even where no quotation mark shows it.
SPEAKING = frozenset("say add write report tell explain note argue warn ask reply".split())
_PHRASE = rf"(?:{PHRASE})(?:(?:I|,?&)(?:{PHRASE}))*"
_ADDRESSEE = re.compile(rf"(?:{PHRASE})(?:[I&](?:{PHRASE})){{0,2}}")
_ASIDE = re.compile(rf"(?:R|P|It?(?:{PHRASE}|g(?:{PHRASE})?)|I(?=[,:]))+")
_CLAUSE = re.compile(
    rf"R?(?:{PHRASE})(?:(?:I|,?&)(?:{PHRASE})){{0,3}}(?:,[^.,;:]{{1,40}},)?"
    rf"(?:(?:I?w)[^.,;:]{{1,12}})?R*[FM]"
)
_OBJECT = re.compile(rf"R?{_PHRASE}")
_OBJECTS = frozenset("him them me us himself herself themselves itself myself".split())
_WH = frozenset("whether if how why what who where when which whom whose".split())
# A clause with when or where is mostly the author's own, except after these.
_WHENS = frozenset("when where who which".split())
_ASKING = frozenset(
    "ask know wonder explain decide remember recall say tell reveal determine discuss learn "
    "question describe show see understand guess forget".split()
)
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight tomorrow "
    "recently earlier later again then".split()
)
_TIME = re.compile(
    r"(?:(?:late|early|on|last|this|earlier|later)\s)*"
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|yesterday|tonight|"
    r"(?:last|this|earlier this|later that|that) (?:week|month|year|day|morning|evening|night|"
    r"afternoon|spring|summer|fall|winter))"
    r"(?:\s(?:morning|evening|night|afternoon))?(?=\s|$|,)"
)


class Taken(NamedTuple):
    """What a verb takes."""

    construction: str
    """quote, clause, to, ing, object, objto, as, prep or bare."""
    begin: int
    """First token of the content (of the verb's right side where there is none)."""
    word: str
    """The word that opens it: that, whether, of …"""

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


def _inverted(view: View, i: int, end: int, lemma: str) -> bool:
    """Whether the speaker follows the verb: “…,” said the minister."""
    before = view.code[i - 1]
    if i == view.sents[view.sent[i]][0]:
        return (
            view.code[i] == "F"
            and lemma in SPEAKING
            and _CLAUSE.match(view.code, i + 1, end) is None
        )
    if before == "-" or (before == "," and view.code[i - 2 : i - 1] not in ('"', "'")):
        if lemma not in SPEAKING or _CLAUSE.match(view.code, i + 1, end) is not None:
            return False
        low = view.sents[view.sent[i]][0]
        return any(c in "FM" for c in view.code[low : i - 1])
    return before in "\"'" or (before == "," and view.code[i - 2 : i - 1] in ('"', "'"))


def _direct(view: View, p: int, end: int, lemma: str) -> Taken | None:
    """A quotation, a that- or wh-clause at ``p``."""
    code, lower = view.code, view.lower
    q = p
    if q < end and code[q] in ",:":
        q += 1
    if q < end and code[q] in "\"'" and (code[q] == '"' or q + 1 < end):
        return Taken("quote", q, view.lower[p])
    if p >= end:
        return None
    if code[p] == ":":
        return Taken("quote", p + 1, ":")
    word = lower[p]
    if word in _WHENS and lemma not in _ASKING:
        return None
    if word == "that" and view.tags[p] in ("IN", "WDT", "DT", "WP") and p + 1 < end:
        if view.tags[p] == "DT" and _CLAUSE.match(code, p + 1, end) is None:
            return None
        return Taken("clause", p + 1, "that")
    if word in _WH and p + 1 < end:
        return Taken("clause", p, word)
    return None


def taken(view: View, i: int, end: int, lemma: str) -> Taken:
    """What the verb at token ``i`` takes, up to the token ``end`` of its sentence."""
    code, lower = view.code, view.lower
    p = i + 1
    if (
        i
        and p < end
        and code[i] != "g"
        and code[p] in "nNpDqJCP$"
        and _inverted(view, i, end, lemma)
    ):
        return Taken("bare", p, "")
    while p < end and code[p] in "RP" and lower[p] not in ("not", "n't"):
        p += 1
    hit = _direct(view, p, end, lemma)
    if hit is not None:
        return hit
    if p >= end:
        return Taken("bare", p, "")
    # told the newspaper that …; also: told him he would
    if lemma in TELLING:
        whom = _ADDRESSEE.match(code, p, end)
        if whom is not None:
            q = _skip_aside(view, whom.end(), end)
            hit = _direct(view, q, end, lemma)
            if hit is not None:
                return hit
            if q < end and code[q] == "t" and q + 1 < end and code[q + 1] in "vRF":
                return Taken("objto", p, "to")
            core = re.compile(PHRASE).match(code, p, end)
            for m in (whom, core):
                if m is not None and m.end() < end and _CLAUSE.match(code, m.end(), end):
                    return Taken("clause", m.end(), "")
    q = _skip_time(view, p, end)
    if q > p:
        hit = _direct(view, q, end, lemma)
        if hit is not None:
            return hit
        if q >= end:
            return Taken("bare", p, "")
    if q < end and code[q] == "t" and q + 1 < end and code[q + 1] in "vRFn":
        return Taken("to", q, "to")
    if q < end and lower[q] not in _OBJECTS and _CLAUSE.match(code, q, end):
        return Taken("clause", q, "")
    if q < end and code[q] == "g":
        return Taken("ing", q, "")
    whole = _OBJECT.match(code, q, end)
    if whole is not None and q < end and code[q] not in "Ic":
        r = whole.end()
        late = _skip_aside(view, r, end)
        hit = _direct(view, late, end, lemma)
        if hit is not None and hit.word != "":
            if hit.construction == "quote" and lemma not in ("say", "tweet", "write", "ask"):
                return Taken("object", q, "")
            if hit.word in ("that", "whether", "how", "why", "if") and not _relative(
                view, hit, end
            ):
                return Taken("objthat", q, hit.word)
        core = re.compile(PHRASE).match(code, q, end)
        for m in (core, whole):
            if m is not None and m.end() < end:
                if lower[m.end()] == "as":
                    return Taken("as", q, "as")
                if code[m.end()] == "t" and m.end() + 1 < end and code[m.end() + 1] in "vR":
                    return Taken("objto", q, "to")
        return Taken("object", q, "")
    if code[q : q + 1] in "IcRto" and q < end:
        # said in a statement that …, said on Monday he would …
        r = _skip_aside(view, q, end)
        if r > q:
            hit = _direct(view, r, end, lemma)
            if hit is not None and hit.construction in ("quote", "clause"):
                return Taken(hit.construction, hit.begin, hit.word)
            if r < end and _CLAUSE.match(code, r, end):
                return Taken("clauselate", r, lower[q])
        return Taken("prep", q + 1, lower[q])
    if code[q] in ",.:;-…)\"'":
        return Taken("bare", q, lower[q])
    return Taken("other", q, lower[q])


def _relative(view: View, hit: Taken, end: int) -> bool:
    """Whether "that" is the subject of its verb: "launched a strike that killed two"."""
    j = hit.begin
    while j < end and view.code[j] == "R":
        j += 1
    return hit.word == "that" and j < end and view.code[j] in "FM"


def _skip_time(view: View, p: int, end: int) -> int:
    if view.lower[p] not in _DAYS and view.code[p] not in "IDJNR":
        return p
    last = min(end, p + 4)
    stretch = " ".join(view.lower[p:last])
    found = _TIME.match(stretch)
    if found is None:
        return p
    return p + found.group().count(" ") + 1


def _skip_aside(view: View, p: int, end: int) -> int:
    """Past phrases of place and time that stand between a verb and its content."""
    for _ in range(4):
        q = _skip_time(view, p, end) if p < end else p
        if q == p:
            found = _ASIDE.match(view.code, p, end)
            if found is None or view.lower[p] in ("that", "whether", "if"):
                return p
            q = found.end()
        p = q
    return p


def noun_takes(view: View, i: int, end: int) -> Taken:
    """What the noun or adjective at token ``i`` takes: the claim that, a call for, aware of."""
    code, lower = view.code, view.lower
    p = i + 1
    if p >= end:
        return Taken("none", p, "")
    if lower[p] == "that" and view.tags[p] != "DT":
        return Taken("clause", p + 1, "that")
    if lower[p] in _WH:
        return Taken("clause", p, lower[p])
    if code[p] == "t" and p + 1 < end and code[p + 1] in "vR":
        return Taken("to", p, "to")
    if code[p] in "Ic":
        return Taken("prep", p + 1, lower[p])
    if code[p] in "\"'" or (code[p] in ",:" and p + 1 < end and code[p + 1] in "\"'"):
        return Taken("quote", p, "")
    if code[p] == ":":
        return Taken("colon", p + 1, ":")
    if code[p] in "npDqN" and code[i] != "n" and _CLAUSE.match(code, p, end):
        return Taken("clause", p, "")
    return Taken("none", p, "")

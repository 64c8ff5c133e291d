"""Where reported words begin and end.

A content runs to the end of its sentence unless the sentence turns to something else: a new
clause of the author's, a second report, a semicolon. What turns differs: "said that A, which B"
mostly keeps B; "criticised A, which B" mostly does not. Words in quotation marks are never cut.
"""

from __future__ import annotations

import re

from helpers.quotes.sources import phrase_ending
from helpers.quotes.view import _SIMPLE, View

_NEW_CLAUSE = re.compile(
    rf"R?(?:{_SIMPLE})(?:(?:I|,?&)(?:{_SIMPLE})){{0,2}}(?:,[^.,;:]{{1,30}},)?R*[FM]"
)
_CORE = re.compile(_SIMPLE)
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today tonight".split()
)
_SCENES = frozenset(
    "interview interviews statement speech tweet tweets column rally debate show radio tv email "
    "e-mail conference letter post podcast appearance event hearing op-ed twitter facebook cnn "
    "msnbc fox nbc abc cbs briefing remarks reporters blog instagram article essay report "
    "editorial television filing memo message telegram".split()
)
_SUBORDINATE = frozenset("if when as while after before because although though since".split())
_TURNS = frozenset("while whereas although though even despite".split())
_MAY_TURN = frozenset(",;:&-Ir")
_WORDS_THAT_TURN = _DAYS | {"according", "when"}
_OPENERS = frozenset("that because if than as while although though whether unless".split())
_TIMES = frozenset("during after before until".split())


def end_of(
    view: View,
    begin: int,
    end: int,
    quoted: bytearray,
    cues: set[int],
    kind: str,
    *,
    initial: bool = False,
) -> int:
    """One past the last token of the content that begins at ``begin``.

    ``end`` is the end of the sentence, ``quoted`` marks tokens inside quotation marks, ``cues``
    are the tokens that report something themselves, ``kind`` is clause, noun (the clause of a
    noun), to or object. ``initial``
    says that the report opens its sentence and the main clause is still to come.
    """
    code, lower = view.code, view.lower
    j = begin + 1
    opens_under = lower[begin] in _SUBORDINATE
    opened = kind in ("clause", "noun") or code[begin] in "wr"
    noun, finite = kind == "noun", False
    kind = "clause" if noun else kind
    while j < end:
        if quoted[j]:
            j += 1
            continue
        c = code[j]
        if c in _MAY_TURN or lower[j] in _WORDS_THAT_TURN:
            if c == ",":
                turns = _turns_at_comma(view, j, end, begin, cues, kind, opens_under, initial)
            else:
                turns = _turns_at(view, j, end, begin, cues, kind)
            if turns:
                return j
        if noun and c in "FM":
            if finite and code[j - 1] in "eJgPC":
                return j  # “the claim that it is closed [is false]”
            finite = True
        if not opened:
            if c in "FM":
                if not _reduced_relative(view, j, begin):
                    return j
                opened = True
            opened = opened or c in "wr" or c == "c" or (c == "I" and lower[j] in _OPENERS)
        j += 1
    return trim(view, begin, end, quoted)


def _reduced_relative(view: View, j: int, begin: int) -> bool:
    """Whether the finite verb at ``j`` has a subject of its own: "the policies [he] proposed"."""
    code = view.code
    k = j - 1
    while k > begin and code[k] == "R":
        k -= 1
    near = phrase_ending(view, k, begin)
    if near is None or near[0] <= begin:
        return False
    return code[near[0] - 1] in "nN,-" or code[near[0]] in "pq"


def _turns_at(view: View, j: int, end: int, begin: int, cues: set[int], kind: str) -> bool:
    """Whether the sentence leaves the content at the word or mark ``j``, which is no comma."""
    c, word = view.code[j], view.lower[j]
    if c == ";":
        return True
    if c == ":":
        return kind != "clause" and view.code[j + 1 : j + 2] in ('"', "'")
    if c == "&":
        n = view.code[j + 1 : j + 3]
        finite = n[:1] in ("F", "M") or n in ("RF", "RM")
        return finite and (kind != "clause" or _reports_near(j + 1, cues))
    if c == "-":
        return kind != "clause" and j > begin + 2
    if kind == "object" and j > begin and (word in _TIMES or word == "when"):
        return True
    if kind != "clause" and j > begin and c == "I" and word in ("in", "on", "at", "to"):
        return is_scene(view, j + 1, end)
    if kind != "clause" and word in _DAYS and j > begin:
        return True
    return word == "according" and view.lower[j + 1 : j + 2] == ["to"]


def _reports_near(j: int, cues: set[int]) -> bool:
    return j in cues or j + 1 in cues or j + 2 in cues


def _turns_at_comma(
    view: View,
    j: int,
    end: int,
    begin: int,
    cues: set[int],
    kind: str,
    opens_under: bool,
    initial: bool,
) -> bool:
    """Whether the sentence leaves the content at the comma ``j``."""
    code, lower = view.code, view.lower
    n = code[j + 1 : j + 2]
    word = lower[j + 1] if j + 1 < end else ""
    if word == "according" or (n == "R" and lower[j + 2 : j + 3] == ["according"]):
        return True
    if n == "&":
        after = _NEW_CLAUSE.match(code, j + 2, end)
        finite = code[j + 2 : j + 3] in ("F", "M") or code[j + 2 : j + 4] in ("RF", "RM")
        if word in ("but", "and", "yet", "so", "or"):
            return after is not None or finite or (word == "but" and kind == "object")
        return False
    if n == "g" or (n == "R" and code[j + 2 : j + 3] == "g"):
        if _reports_near(j + 1, cues):
            return True
        return kind == "object"
    if n in ("w", "r") or (n == "I" and code[j + 2 : j + 3] == "w"):
        if kind == "clause":
            return word == "where"
        return True
    if n in ("I", "c") and word in _TURNS:
        return kind != "clause" or word in ("while", "whereas")
    after = _NEW_CLAUSE.match(code, j + 1, end)
    if after is not None:
        if initial:
            return True
        if kind != "clause":
            return not opens_under
        return _reports_near(after.end() - 1, cues) or (
            not opens_under and not _list_before(code, begin, j)
        )
    return False


def is_scene(view: View, p: int, end: int) -> bool:
    """Whether a phrase at ``p`` names where it was said: an interview, a rally, Twitter, Monday."""
    found = _CORE.match(view.code, p, end)
    if found is None:
        return False
    stretch = view.lower[p : found.end()]
    return not _SCENES.isdisjoint(stretch) or not _DAYS.isdisjoint(stretch)


def _list_before(code: str, begin: int, j: int) -> bool:
    """Whether what came before the comma has no verb yet: the clause is still to come."""
    stretch = code[begin:j]
    return "F" not in stretch and "M" not in stretch


def trim(view: View, begin: int, end: int, quoted: bytearray) -> int:
    """Without the final full stop, unless it stands inside quotation marks."""
    e = end
    while e > begin + 1 and not quoted[e - 1] and view.code[e - 1] in ".,:;-…)'":
        if view.code[e - 1] == ")" and "(" in view.code[begin : e - 1]:
            break
        e -= 1
    return e


def before(view: View, at: int, low: int, quoted: bytearray) -> tuple[int, int] | None:
    """The content that stands before an inserted or final report: "[A], he said"."""
    code = view.code
    e = at
    while e > low and not quoted[e - 1] and code[e - 1] in ",-:;":
        e -= 1
    b = low
    for k in range(e - 1, low, -1):
        if code[k] == ":" and not quoted[k] and quoted[k + 1]:
            b = k + 1
            break
    while b < e and not quoted[b] and (code[b] in "&-.,:…)" or view.lower[b] in ("but", "and")):
        b += 1
    return (b, e) if b < e else None

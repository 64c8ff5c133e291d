"""Places where a sentence may leave a report: what stands there, in facts that can be counted.

After "said that A, which B" B mostly belongs to the report, after "criticised A, which B" mostly
not; at ", saying" both are over. What a mark or word does was counted in the training part of
PolNeAR: of the reports that had reached such a place, how many ended there.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from helpers.grammar.document import Document
from helpers.grammar.letters import PHRASE
from helpers.lenses.quotes.counted import Facts
from helpers.lexicons import words

NEW_CLAUSE = re.compile(
    rf"R?(?:{PHRASE})(?:(?:I|,?&)(?:{PHRASE})){{0,2}}(?:,[^.,;:]{{1,30}},)?R*[FM]"
)
"""A subject and its finite verb."""
_CORE = re.compile(PHRASE)
_DAYS = words("days") | words("relative_days")
_SCENES = words("scene_nouns") | _DAYS
_SUBORDINATE = words("subordinators") | {"despite"}
_FINITE = frozenset("FM")
_WITHIN = frozenset("NnpqDJC$geSvx")
_PHRASE_ENDS = frozenset('nNpCeg"')
_LENGTHS = (0, 1, 2, 3, 3, 3) + (4,) * 6 + (5,) * 8


def possible_ends(
    doc: Document,
    begin: int,
    end: int,
    cues: set[int],
    taken: str,
    *,
    initial: bool = False,
    known: Container[str] | None = None,
) -> Iterator[tuple[int, Facts]]:
    """The tokens before which the content that begins at ``begin`` may end, with their facts.

    ``end`` is one past the last token it can have, ``cues`` are the tokens that report something
    themselves, ``taken`` is what the reporting word takes (clause that, object, to, noun prep …).
    ``initial`` says that the report opens its sentence and the main clause is still to come. Only
    marks and words in ``known`` are told, if it is given.
    """
    code, lower, quoted = doc.code, doc.lower, doc.quoted
    clause = clausal(taken)
    group = "clausal" if clause else "phrasal"
    head = taken if taken[:4] in ("noun", "adje", "pass") else taken.partition(" ")[0]
    under = lower[begin] in _SUBORDINATE or lower[begin] == "once"
    finite = int(code[begin] in "FM")
    openers = clause + (code[begin] in "wrc")
    first = _main_clause(doc, begin, end, under) if "clause" in taken else begin + 1
    listed, joined = 0, _joined_until(doc, begin, end, cues) if clause else 0
    for j in range(begin + 1, end):
        if quoted[j]:
            if quoted[j - 1]:
                continue
            mark, reports = '"', False
        else:
            found = None if _goes_on(doc, j) else _mark(doc, j, end, cues)
            if found is None:
                continue
            mark, reports = found
        if code[j] in ",&" and j >= listed and not quoted[j]:
            listed = _listed_until(doc, j, end)
        may_end = j >= max(first, listed, joined) and code[j - 1] not in _OPEN
        if may_end and (known is None or mark in known):
            word = doc.common(j + 1 if code[j] in ",-&" and j + 1 < end else j)
            balance = "<" if finite < openers else "=" if finite == openers else ">"
            length = _LENGTHS[j - begin] if j - begin < len(_LENGTHS) else 6
            state = "initial" if initial else "under" if under else "reports" if reports else ""
            kind = mark.partition(" ")[0]
            yield j, (
                mark, f"{head} {balance} {code[j] in _FINITE}", f"{group} {length}",
                f"{mark} | {state}", f"{mark} | {balance}", f"{head} | {kind}", f"{kind} | {word}",
            )  # fmt: skip
        if not quoted[j]:
            c = code[j]
            if c in "FM" and code[j - 1] not in "FM":
                finite += not (code[j - 1] == "R" and code[j - 2] in "FM")
            elif c in "wrc":
                openers += 1


def _goes_on(doc: Document, j: int) -> bool:
    """Whether words in marks lean on the noun at ``j``: called it a “fair” [rate]."""
    if not doc.quoted[j - 1] or doc.code[j] not in "nNJqC" or doc.lower[j] in _DAYS:
        return False
    last = doc.text[doc.ends[j - 1] - 4 : doc.ends[j - 1]].rstrip("\"”'’")[-1:]
    return last.isalnum() and "F" not in doc.code[j : j + 4]


def _main_clause(doc: Document, begin: int, end: int, under: bool) -> int:
    """Where the clause that begins at ``begin`` has had its verb: it cannot end before.

    Of a subordinate clause (``under``) the verb of the main clause behind it is asked for: "Hale
    hopes that as talks go on, they [will] succeed". Where there is none, anything goes.
    """
    code, quoted = doc.code, doc.quoted
    for j in range(begin, end):
        if under:
            clause = code[j] == "," and not quoted[j] and NEW_CLAUSE.match(code, j + 1, end)
            if clause:
                return clause.end()
        elif code[j] in "FM":
            return j + 1
        elif code[j : j + 2] == ",&" or (code[j] == ";" and not quoted[j]):
            break  # an object, and a clause of the author's
    return begin + 1


def _joined_until(doc: Document, begin: int, end: int, cues: set[int]) -> int:
    """Where the last clause begins that goes on with another "that": "said A, and [that] B"."""
    code, last = doc.code, 0
    for j in range(begin + 1, end - 1):
        if code[j] != "&" or doc.quoted[j]:
            continue
        if _reports_near(j, cues):
            break  # "said A and added that B and that C"
        if doc.lower[j + 1] == "that" and NEW_CLAUSE.match(code, j + 2, end):
            last = j + 2
    return last


def _listed_until(doc: Document, j: int, end: int) -> int:
    """Where the list or the row of adjectives ends that goes on at the comma or "and" at ``j``.

    "They fear fires[,] floods and [storms]", "a loud[,] costly [plan]", "called it dull [and]
    [costly]", "saw no link between A [and] [B]": a content has all of it.
    """
    before = " ".join(doc.lower[max(0, j - 8) : j]).rpartition("between")
    if doc.lower[j] == "and" and before[1] and {"and", ","}.isdisjoint(before[2].split()):
        return j + 2
    found = _LIST.match(doc.code, j - 1, end)
    return found.end() if found is not None else 0


_OPEN = frozenset("ItDqc&rS")
"""Letters of words behind which nothing ends: "blasted Hale on [Monday]"."""
_LIST = re.compile(
    rf"(?:[nNC](?:,(?:{PHRASE})){{0,6}},?&(?:{PHRASE})(?=[.,;:)t]|$)|[Je],R?[Je]+(?=[nN])|[Je],?&R?[Je]+(?=[I.,;:)]|$))"
)


def clausal(taken: str) -> bool:
    """Whether what is taken is a clause, or stands for one."""
    return "clause" in taken or taken in ("quote", "objthat")


FACTS = ("mark", "verbs", "length", "turn", "mark and verbs", "taken and mark", "word")
"""The facts of `possible_ends`, in their order."""


def _mark(doc: Document, j: int, end: int, cues: set[int]) -> tuple[str, bool] | None:
    """What stands at ``j``, and whether a further report begins there; nothing inside a phrase."""
    code, lower = doc.code, doc.lower
    c, word = code[j], lower[j]
    if code[j - 1 : j + 2] == "C,C" or code[j - 3 : j + 1] == "C,C,":
        return None  # May 5[,] 2019[,]
    if c in ",-":
        opens = code[j + 1 : j + 2]
        if opens == "&":
            return _joined(doc, j + 2, end, f"{c}& {lower[j + 1]}", cues)
        clause = NEW_CLAUSE.match(code, j + 1, end)
        mark = f"{c}{opens}"
        if opens in ("I", "c", "w", "r", "R", "t") and j + 1 < end:
            mark += " " + lower[j + 1]
        if clause is not None:
            return mark + " clause", _reports_near(clause.end() - 1, cues)
        return mark, _reports_near(j + 1, cues)
    if c == "&":
        return _joined(doc, j + 1, end, f"& {word}", cues)
    if c == "I":
        return f"I {word} scene" if is_scene(doc, j + 1, end) else f"I {word}", False
    if c in "cwr":
        return f"{c} {word}", False
    if word in _DAYS:
        return "day", False
    if c in "FM":
        return f"{c} after {code[j - 1]}", j in cues
    if c in "tR":
        return f"{c} {code[j + 1 : j + 2]}", False
    if c in _WITHIN:
        return (code[j - 1 : j + 1], False) if code[j - 1] in _PHRASE_ENDS else None
    return c, False


def _joined(doc: Document, p: int, end: int, mark: str, cues: set[int]) -> tuple[str, bool]:
    """What "and" or "but" joins on: a verb, a clause, or something else."""
    code = doc.code
    clause = NEW_CLAUSE.match(code, p, end)
    near = _reports_near(p if clause is None else clause.end() - 1, cues)
    if code[p : p + 1] in ("F", "M") or code[p : p + 2] in ("RF", "RM"):
        return mark + " F", near
    return f"{mark} clause" if clause is not None else f"{mark} {code[p : p + 1]}", near


def _reports_near(j: int, cues: set[int]) -> bool:
    return j in cues or j + 1 in cues or j + 2 in cues


def is_scene(doc: Document, p: int, end: int) -> bool:
    """Whether a phrase at ``p`` names where it was said: an interview, a rally, Twitter, Monday."""
    found = _CORE.match(doc.code, p, end)
    if found is None:
        return False
    return not _SCENES.isdisjoint(doc.lower[p : found.end()])

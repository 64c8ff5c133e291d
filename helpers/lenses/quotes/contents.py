"""Where reported words begin and end.

A content runs to the end of its sentence unless the sentence goes on with something else: a new
clause of the author's, a second report, a semicolon. Each place where it may end is weighed by
how often contents ended there (`content_ends`). Words in quotation marks are never cut.
"""

from __future__ import annotations

from helpers.grammar.document import Document
from helpers.grammar.reporting import acts
from helpers.lenses.quotes.content_ends import NEW_CLAUSE, clausal, possible_ends
from helpers.lenses.quotes.counted import counted

LEAST = 0.05
"""Share of contents that end at a place of its kind, from which it is weighed as an end (set by
eye: below it ends would fall inside phrases)."""


def end_of(
    doc: Document,
    begin: int,
    end: int,
    quoted: bytearray,
    cues: set[int],
    taken: str,
    *,
    initial: bool = False,
    past: bool = False,
) -> int:
    """One past the last token of the content that begins at ``begin``.

    ``end`` is the end of the sentence, ``quoted`` marks tokens inside quotation marks, ``cues``,
    ``taken`` and ``initial`` as in `possible_ends`; ``past``: whether the reporting verb is in the
    past tense. Of the places where the content may end the one is taken whose stretch has most in
    common with all the others, each as likely as it was counted: the expected intersection over
    union, and the chance that it is a half or more.
    """
    counts = counted("ends")
    if taken == "noun clause":
        end = _own_verb(doc, begin, end, quoted)
    elif not clausal(taken):
        end = _colon(doc, begin, end, quoted)
        if not taken.endswith("to"):
            end = _next_verb(doc, begin, end, quoted)
    end = _joined(doc, begin, end, quoted, cues)
    end = _conceded(doc, begin, end, quoted)
    if past or taken.endswith("to"):
        end = _fellow(doc, begin, end, quoted, cues, clausal(taken) and taken != "quote")
    if clausal(taken):
        end = _next_report(doc, begin, end, quoted, cues)
    end = _outer_verb(doc, begin, end)
    last = trim(doc, begin, end, quoted)
    lengths: list[int] = []
    chances: list[float] = []
    open_: list[bool] = []
    left = 1.0
    for j, facts in possible_ends(
        doc, begin, last, cues, taken, initial=initial, known=counts.known
    ):
        if past and clausal(taken) and _is_in_present(doc, j):
            continue
        if taken.endswith("to") and doc.code[j : j + 2] == ",v":
            continue  # vowed to cut taxes[,] end the ban and build a pier
        share = counts.share(facts)
        if left * share >= 0.01:
            lengths.append(j - begin)
            chances.append(left * share)
            open_.append(share >= LEAST and left * share >= LEAST)
        left *= 1 - share
    if not any(open_):
        return last
    lengths.append(last - begin)
    chances.append(left)
    open_.append(True)
    best, most = last, -1.0
    for a, may in zip(lengths, open_, strict=True):
        if not may:
            continue
        shared = 0.0
        for b, chance in zip(lengths, chances, strict=True):
            overlap = a / b if a < b else b / a
            shared += chance * (overlap + (overlap >= 0.5))
        if shared > most:
            best, most = begin + a, shared
    while best < last and doc.code[best - 1] == "R" and doc.lower[best] in _AFTERS:
        best -= 1  # announced it in June [shortly] after the vote
    return trim(doc, begin, best, quoted)


_AFTERS = frozenset(("after", "before"))


def _conceded(doc: Document, begin: int, end: int, quoted: bytearray) -> int:
    """What the author concedes behind a dash: "said it was over [– though others doubt it]"."""
    for j in range(begin + 1, end - 1):
        if doc.code[j] == "-" and not quoted[j] and doc.lower[j + 1] in _CONCEDING:
            return end if _before_that(doc, j + 1) else j
    return end


_CONCEDING = frozenset(("although", "but", "though"))


def _fellow(
    doc: Document, begin: int, end: int, quoted: bytearray, cues: set[int], clause: bool
) -> int:
    """The fellow of a reporting verb in the past, where what is said is not: "said it is over
    [and left]", "vowed to keep it [and praised the vote]". A ``clause`` has its verb before."""
    code, finite, modal = doc.code, not clause, False
    for j in range(begin, end - 1):
        if quoted[j]:
            continue
        if code[j] == "w" or (code[j] in "FM" and doc.tags[j] not in _PRESENT):
            return end
        finite, modal = finite or code[j] in "FM", modal or code[j] == "M"
        if code[j] == "&" and finite and j > begin:
            k = j + 1
            while k < end and code[k] == "R":
                k += 1
            told = k in cues and "e" not in code[begin:j]  # read as a participle: "and [told] him"
            if k < end and modal and acts().get(doc.lemma(k)) != "speech":
                return end  # said she would come but considered it late
            if k < end and not quoted[k] and (doc.tags[k] == "VBD" or (told and code[k] == "e")):
                return j - (code[j - 1] == ",")
    return end


def _joined(doc: Document, begin: int, end: int, quoted: bytearray, cues: set[int]) -> int:
    """A verb joined on that has words of its own: "said it was early but [added], “…”".

    Or ", [telling] a reporter, “…”"; "but [added] that …".
    """
    code = doc.code
    for j in range(begin + 1, end - 2):
        if code[j] not in "&,-" or quoted[j]:
            continue
        verb = next((k for k in (j + 1, j + 2, j + 3) if code[k : k + 1] not in ("&", "R")), end)
        if verb not in cues or code[verb] not in ("F" if code[verb - 1] in "&R" else "g"):
            continue
        if code[verb] == "F" and "&" not in code[j:verb]:
            continue
        if doc.lower[verb - 1] == "but" and _before_that(doc, verb):
            return j
        p = verb + 1
        while p < end and not quoted[p] and code[p] not in "FM,:":
            p += 1
        if p < end and (p == verb + 1 or code[p] in ",:"):
            p += code[p] in ",:"
            if p < end and quoted[p] and code[p - 1] != "I":
                return j
    return end


def _next_verb(doc: Document, begin: int, end: int, quoted: bytearray) -> int:
    """The reporting verb's fellow behind a phrase: "criticised the deal [and left]"."""
    code = doc.code
    for j in range(begin, end - 1):
        if code[j] in "wrcFM":
            return end
        if code[j] == "&" and not quoted[j] and code[j + 1 : end].lstrip("R")[:1] in ("F", "M"):
            return j if j > begin else end
    return end


def _is_in_present(doc: Document, j: int) -> bool:
    """Whether a verb joined on at ``j`` is in the present: said it failed[, and] will be sold."""
    k = j + (doc.code[j] == ",")
    if doc.code[k : k + 1] != "&":
        return False
    verb = k + 1 + len(doc.code[k + 1 :]) - len(doc.code[k + 1 :].lstrip("R"))
    return doc.tags[verb : verb + 1] != [] and doc.tags[verb] in _PRESENT


_PRESENT = frozenset(("VBZ", "VBP", "MD"))


def _next_report(doc: Document, begin: int, end: int, quoted: bytearray, cues: set[int]) -> int:
    """Another's report, joined on: "said it was early, [but Brand said that] it was late"."""
    code = doc.code
    finite = False
    for j in range(begin, end - 3):
        finite = finite or code[j] in "FM"
        if quoted[j]:
            continue
        closes = j > begin and quoted[j - 1] and code[j] == "&"
        if not finite or not (closes or code[j] == ","):
            continue
        p = j + (not closes)
        if code[p] == "&" or doc.lower[p] in _CONTRARY:
            found = NEW_CLAUSE.match(code, p + 1, end)
            verb = found.end() - 1 if found is not None else end
            if verb in cues and (_before_that(doc, verb) or NEW_CLAUSE.match(code, verb + 1)):
                return j
    return end


def _before_that(doc: Document, verb: int) -> bool:
    """Whether "that" follows a verb, which may be an article's last word."""
    return doc.lower[verb + 1 : verb + 2] == ["that"]


_CONTRARY = frozenset(("although", "though", "while"))


def _colon(doc: Document, begin: int, end: int, quoted: bytearray) -> int:
    """A colon before quoted words, which are a content of their own: "demanded action: “…”"."""
    for j in range(begin, end - 1):
        if doc.code[j] == ":" and not quoted[j] and quoted[j + 1]:
            return j
    return end


def _own_verb(doc: Document, begin: int, end: int, quoted: bytearray) -> int:
    """The verb of the noun whose clause begins at ``begin``: "that it is closed [is] false"."""
    finite = False
    for j in range(begin, end):
        if doc.code[j] in "FM" and not quoted[j]:
            if finite and doc.code[j - 1] in "eJgPCv":
                return j
            finite = True
    return end


def _outer_verb(doc: Document, begin: int, end: int) -> int:
    """The verb of the clause around the report: "the aide who said it failed [has left]".

    Its subject stands before the report's content, or is not found behind a verb that has its own.
    """
    number = doc.sent[begin]
    base, s = doc.sents[number][0], doc.clauses(number)
    relative = False
    for p in s.predicates:
        at = base + p.start
        if at < begin:
            relative = p.link == "relative"
        elif begin < at < end and p.finite and not doc.quoted[at]:
            if relative and not p.subject and s.kinds[p.chunk - 1] == "V":
                return at
            if p.subject and p.link == "direct" and base + s.ends[max(p.subject)] <= begin:
                return at
    return end


def trim(doc: Document, begin: int, end: int, quoted: bytearray) -> int:
    """Without the final full stop, unless it stands inside quotation marks."""
    e = end
    while e > begin + 1 and not quoted[e - 1] and doc.code[e - 1] in ".,:;-…)'":
        if doc.code[e - 1] == ")" and "(" in doc.code[begin : e - 1]:
            break
        e -= 1
    return e


def before(doc: Document, at: int, low: int, quoted: bytearray) -> tuple[int, int] | None:
    """The content that stands before an inserted or final report: "[A], he said"."""
    code = doc.code
    e = at
    while e > low and not quoted[e - 1] and code[e - 1] in ",-:;":
        e -= 1
    b = low
    for k in range(e - 1, low, -1):
        if code[k] in ":.(" and not quoted[k] and quoted[k + 1]:
            b = k + 1  # a stop without a blank behind it ends a sentence, too
            break
    open_ = "(" if ")" not in code[b:e] else ""
    while b < e and not quoted[b] and (
        code[b] in f"&-.,:…){open_}" or doc.lower[b] in ("but", "and")
    ):
        b += 1
    return (b, e) if b < e else None

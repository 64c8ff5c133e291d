"""Attributions that a fixed phrase announces: according to, in his view, a name and a colon."""

from __future__ import annotations

from helpers.grammar.document import Document
from helpers.grammar.nouns import phrase_from
from helpers.grammar.reporting import MOSTLY, reporting_words, says
from helpers.lenses.quotes.contents import before, end_of, trim
from helpers.lenses.quotes.frame import SPOKEN, Attribution, Frame, Range, span
from helpers.lexicons import words


def according_to(frame: Frame, cues: set[int]) -> list[Attribution]:
    """ "According to the report, …", "…, according to two officials"."""
    view, code, quoted = frame.view, frame.view.code, frame.quoted
    out: list[Attribution] = []
    i = -1
    lower = view.lower
    while True:
        try:
            i = lower.index("according", i + 1)
        except ValueError:
            return out
        if i + 2 >= len(lower) or lower[i + 1] != "to" or quoted[i]:
            continue
        low, high = view.sents[view.sent[i]]
        if i + 2 >= high:
            continue
        source = phrase_from(view, i + 2, high)
        after = source[1] if source else i + 3
        content: list[Range] = []
        left = before(view, i, low, quoted) if i > low else None
        if left is not None and left[1] - left[0] >= 2:
            b = _clause_start(view, left, quoted)
            content.append(span(frame, b, left[1]))
            stretch = code[b : left[1]]
            inserted = "F" not in stretch and "M" not in stretch and not any(quoted[b : left[1]])
        else:
            inserted = True
        if inserted:
            p = after
            while p < high and code[p] != "," and not quoted[p]:
                p += 1
            if p < high and code[p] == ",":
                p += 1
            if p < high:
                end = end_of(view, p, high, quoted, cues, "clause")
                content.append(span(frame, p, end))
        if content:
            out.append(
                Attribution(content, (i, i + 2), source, "according to", "accord", "neutral", 0.95)
            )


def as_they_say(frame: Frame, cues: set[int]) -> list[Attribution]:
    """ "As Hale put it, …", "As the Post reported, …": an inserted clause with "as"."""
    view, code, quoted = frame.view, frame.view.code, frame.quoted
    verbs = reporting_words("verb")
    out = []
    for low, high in view.sents:
        if high - low < 6 or view.lower[low] != "as" or quoted[low]:
            continue
        i = next((k for k in range(low + 1, high) if code[k] in "FM" and not quoted[k]), high)
        if i + 2 >= high or code[i] != "F":
            continue
        lemma = view.lemma(i)
        p = i + 1
        if lemma == "put" and view.lower[p] == "it":
            p += 1
        elif not says(verbs.get(lemma), MOSTLY, ("bare",)):
            continue
        while p < high and code[p] != "," and not quoted[p] and code[p] in "RIDJnNC":
            p += 1
        if p + 2 >= high or code[p] not in ",:":
            continue
        source = phrase_from(view, low + 1, i)
        end = end_of(view, p + 1, high, quoted, cues, "clause")
        if source is not None and end > p + 1:
            cue, content = (i, i + 1), [span(frame, p + 1, end)]
            stance = verbs[lemma].stance if lemma in verbs else "neutral"
            out.append(Attribution(content, cue, source, "as they say", lemma, stance, 0.8))
    return out


_VIEWS = words("view_nouns")


def in_their_view(frame: Frame, cues: set[int]) -> list[Attribution]:
    """ "In his view, …", "…, in the minister's words, …"."""
    view, code, quoted = frame.view, frame.view.code, frame.quoted
    out: list[Attribution] = []
    if _VIEWS.isdisjoint(view.lower):
        return out
    for i, word in enumerate(view.lower):
        if word not in _VIEWS or quoted[i] or i < 2 or code[i - 1] not in "qS":
            continue
        low, high = view.sents[view.sent[i]]
        k = i - 1 if code[i - 1] == "q" else i - 2
        while k > low and view.lower[k - 1] != "in" and code[k - 1] in "DqNnJC":
            k -= 1
        if k <= low or view.lower[k - 1] != "in":
            continue
        source = (k, i if code[i - 1] == "q" else i - 1)
        content: list[Range] = []
        p = i + 1
        if p < high and code[p] == ",":
            end = end_of(view, p + 1, high, quoted, cues, "clause") if p + 1 < high else p
            if end > p + 1:
                content.append(span(frame, p + 1, end))
        else:
            left = before(view, k - 1, low, quoted)
            if left is not None and left[1] - left[0] > 2:
                content.append(span(frame, *left))
        if content:
            out.append(
                Attribution(
                    content, (k - 1, i + 1), source, "in their view", "view", "neutral", 0.8
                )
            )
    return out


def _clause_start(view: Document, left: Range, quoted: bytearray) -> int:
    """Where the clause before "according to" begins: after "but", "; " or an earlier report."""
    code = view.code
    for j in range(left[1] - 1, left[0], -1):
        if not quoted[j] and code[j] == ";":
            return j + 1
    return left[0]


def _lines(view: Document) -> dict[int, int]:
    """First token of each paragraph, and one past its last."""
    starts = [
        a
        for a, b in view.sents
        if a < b and (a == 0 or "\n" in view.text[view.ends[a - 1] : view.starts[a]])
    ]
    return dict(zip(starts, [*starts[1:], len(view.words)], strict=True))


def colons(frame: Frame) -> list[Attribution]:
    """ "Hale: No deal this year" — a speaker, a colon and words, at the start of a line."""
    view, code = frame.view, frame.view.code
    out = []
    lines = _lines(view)
    for low, high in view.sents:
        k = code.find(":", low, min(high, low + _SPEAKER))
        if k <= low:
            continue
        if k > low + 1 and frame.quoted[low] == 1 and frame.quoted[k] and k + 1 < high:
            if _quoted_transcript(frame, low, k):
                said = (view.starts[k + 1], frame.marks[frame.holder[low]].end)
                out.append(Attribution([said], (k, k + 1), (low + 1, k), "colon", confidence=0.6))
        elif k + 2 < high and view.words[k] == ":" and _names_speaker(frame, low, k):
            end = _spoken_until(frame, k, high, lines.get(low) if _shouted(view, low, k) else None)
            if end > k + 1:
                said = span(frame, k + 1, end)
                out.append(Attribution([said], (k, k + 1), (low, k), "colon", confidence=0.6))
    return out


_SPEAKER = 8
"""Tokens of a speaker and the colon."""


def _shouted(view: Document, a: int, b: int) -> bool:
    return "".join(view.words[a:b]).isupper()


def _quoted_transcript(frame: Frame, low: int, k: int) -> bool:
    """Whether the speaker before the colon ``k`` stands in the marks as well: “HALE: …”."""
    view = frame.view
    opens = frame.ranges[frame.holder[low]][0] == low
    return opens and view.code[low + 1] == "N" and _shouted(view, low + 1, k)


def _names_speaker(frame: Frame, low: int, k: int) -> bool:
    """Whether what stands before the colon ``k`` is a name, or a noun before quoted words."""
    head = frame.view.code[low:k]
    named = "N" in head or ("n" in head and frame.quoted[k + 1] > 0)
    return (
        named and not frame.quoted[k] and head[-1] in "Nn)" and set(head).isdisjoint("FMvegtIc,w.;")
    )


def _spoken_until(frame: Frame, k: int, high: int, paragraph_end: int | None) -> int:
    """One past the words behind the colon ``k``; ``paragraph_end`` is given in a transcript.

    There the whole paragraph is spoken, and what it reports is the speaker's. Elsewhere there are
    no words where neither marks nor a verb follow.
    """
    view = frame.view
    if paragraph_end is not None:
        for i in range(k + 1, paragraph_end):
            if not frame.quoted[i]:
                frame.quoted[i] = SPOKEN
        return paragraph_end
    if not frame.quoted[k + 1] and not any(c in "FMv" for c in view.code[k + 1 : high]):
        return k
    return high if frame.quoted[high - 1] else trim(view, k + 1, high, frame.quoted)

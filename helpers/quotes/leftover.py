"""Quotations without a cue of their own: speech or not, and whose.

"“A,” he said. “B.”" is one attribution; a paragraph that is all quotation goes on with the speaker
before it. A single quoted word without a reporting verb is as often a term, a title or a scare
quote as it is speech, so it stays out; from three words on nearly all are speech.
"""

from __future__ import annotations

from helpers.lemmas import lemma as lemma_of
from helpers.quotes.attribution import Attribution, Frame, Range
from helpers.quotes.sources import group_start, is_passive, subject

LEAST_WORDS = 3
_BE = frozenset("be have do get".split())


def attach(frame: Frame, found: list[Attribution], lines: list[int]) -> list[Attribution]:
    """``found`` with the quotations that no content covers; ``lines`` are sentences' paragraphs."""
    view, marks = frame.view, frame.marks
    owner = _owners(frame, found)
    extra: list[Attribution] = []
    last: Attribution | None = None
    last_line = -1
    by_group: dict[int, Attribution] = {}
    for n, q in enumerate(marks):
        a, b = frame.ranges[n]
        if a >= b:
            continue
        line = lines[view.sent[a]]
        held = owner[n]
        if held is not None:
            by_group[q.group] = held
            if _whole(frame, n) or len(view.text[q.inner_start : q.inner_end].split()) >= 6:
                last, last_line = held, line
            continue
        size = len(view.text[q.inner_start : q.inner_end].split())
        whole = _whole(frame, n)
        if q.group in by_group:  # a further paragraph of one running quotation
            by_group[q.group].content.append((q.start, q.end))
            last, last_line = by_group[q.group], line
            continue
        if whole and size >= 2:
            starts_line = view.sent[a] == 0 or lines[view.sent[a] - 1] != line
            if last is not None and (line == last_line or (starts_line and line == last_line + 1)):
                last.content.append((q.start, q.end))
                last_line = line
                by_group[q.group] = last
                continue
            if size >= LEAST_WORDS:
                new = Attribution([(q.start, q.end)], None, None, "standing alone",
                                  confidence=0.4, problem=q.problem)  # fmt: skip
                extra.append(new)
                by_group[q.group] = new
                last, last_line = new, line
            continue
        if size >= LEAST_WORDS and not _title(view.text[q.inner_start : q.inner_end]):
            new = _fragment(frame, n)
            new.problem = q.problem
            extra.append(new)
            by_group[q.group] = new
    return found + extra


def _owners(frame: Frame, found: list[Attribution]) -> list[Attribution | None]:
    """For each quotation the attribution whose content holds at least half of it."""
    owner: list[Attribution | None] = [None] * len(frame.marks)
    best = [1 << 30] * len(frame.marks)
    marks = frame.marks
    for a in found:
        size = sum(e - s for s, e in a.content)
        for s, e in a.content:
            for n, q in enumerate(marks):
                if q.end <= s:
                    continue
                if q.start >= e:
                    break
                if 2 * (min(e, q.end) - max(s, q.start)) >= q.end - q.start and size < best[n]:
                    owner[n], best[n] = a, size
    return owner


def _whole(frame: Frame, n: int) -> bool:
    """Whether the quotation is a sentence or more of its own."""
    view = frame.view
    a, b = frame.ranges[n]
    low, _ = view.sents[view.sent[a]]
    _, high = view.sents[view.sent[b - 1]]
    q = frame.marks[n]
    ends = view.text[q.inner_end - 1 : q.inner_end] in ".!?…,"
    return a <= low + 1 and (b >= high - 1 or ends)


def _title(words: str) -> bool:
    """Whether the words are a name set in marks: every long word has a capital."""
    parts = [w for w in words.replace("’", "'").split() if len(w) > 3]
    return (
        len(words.split()) <= 6
        and len(parts) > 0
        and all(w[0].isupper() or w[0].isdigit() for w in parts)
        and words.strip()[-1:] not in ".,!?"
    )


def _fragment(frame: Frame, n: int) -> Attribution:
    """A run of quoted words inside a sentence: its speaker is the subject of the verb before it."""
    view, code = frame.view, frame.view.code
    a, _ = frame.ranges[n]
    low, _ = view.sents[view.sent[a]]
    q = frame.marks[n]
    content: Range = (q.start, q.end)
    k = a - 1
    while k >= low:
        if code[k] in "FMvge" and not frame.quoted[k]:
            start = group_start(view, k, low)
            lemma = lemma_of(view.lower[k], view.tags[k])
            if lemma in _BE and code[k] != "F":
                k -= 1
                continue
            source = None if is_passive(view, start, k, lemma) else subject(view, start, low)
            return Attribution(
                [content], (start, k + 1), source, "quoted words", lemma, confidence=0.4
            )
        k -= 1
    return Attribution([content], None, None, "quoted words", confidence=0.3)

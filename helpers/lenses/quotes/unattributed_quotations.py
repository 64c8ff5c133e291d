"""Quotations without a cue of their own: speech or not, and whose.

"“A,” he said. “B.”" is one attribution; a paragraph that is all quotation goes on with the speaker
before it. A single quoted word without a reporting verb is as often a term, a title or a scare
quote as it is speech, so it stays out; from three words on nearly all are speech.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from helpers.grammar.document import Document as View
from helpers.grammar.nouns import owner_of, phrase_ending, phrase_from, with_head
from helpers.grammar.reporting import MOSTLY, reporting_words, says
from helpers.grammar.subjects import group_start, is_passive, previous_subject, subject
from helpers.lemmas import lemma as lemma_of
from helpers.lenses.quotes.constructions import taken
from helpers.lenses.quotes.contents import end_of
from helpers.lenses.quotes.frame import Attribution, Frame, Range, span
from helpers.lenses.quotes.rules import SAYING

LEAST_WORDS = 3
_BE = frozenset("be have do get".split())


def attribute_rest(
    frame: Frame, found: list[Attribution], lines: list[int], parts: list[str]
) -> list[Attribution]:
    """``found`` with the quotations that no content covers.

    ``lines`` and ``parts`` are the paragraph and the part of each sentence: words quoted in a
    heading belong to no speaker before it.
    """
    view = frame.view
    owner = _owners(frame, found)
    extra: list[Attribution] = []
    last: Attribution | None = None
    last_line = -1
    by_group: dict[int, Attribution] = {}
    for n, q in enumerate(frame.marks):
        a, b = frame.ranges[n]
        if a >= b:
            continue
        line = lines[view.sent[a]]
        held = owner[n]
        if held is not None:
            by_group[q.group] = held
            if _whole(frame, n) or _size(frame, n) >= _LONG:
                last, last_line = held, line
            continue
        if parts[view.sent[a]] in ("heading", "boilerplate"):
            continue
        running = by_group.get(q.group)
        if running is not None:  # a further paragraph of one running quotation
            if not _is_name(frame, n):
                running.content.append((q.start, q.end))
                last, last_line = running, line
        elif _whole(frame, n) and _size(frame, n) >= 2:
            signed = None if last is not None and line == last_line else _signed(frame, n)
            near = line == last_line or (line == last_line + 1 and _opens_line(view, a, lines))
            if signed is None and last is not None and near:
                last.content.append((q.start, q.end))
                by_group[q.group], last_line = last, line
            elif _size(frame, n) >= LEAST_WORDS:
                source = signed or _before(frame, a, found)
                new = Attribution([(q.start, q.end)], None, source, "standing alone",
                                  confidence=0.4, problem=q.problem)  # fmt: skip
                extra.append(new)
                by_group[q.group] = last = new
                last_line = line
        elif _size(frame, n) >= LEAST_WORDS and not _title(_inside(frame, n)):
            here = last.source if last is not None and line == last_line else None
            new = _fragment(frame, n, here or _reporter(frame, a, found, lines))
            new.problem = q.problem
            extra.append(new)
            by_group[q.group] = new
    return found + extra


_LONG = 6
"""Words of a fragment whose speaker the next quotation may go on with."""


def _opens_line(view: View, a: int, lines: list[int]) -> bool:
    """Whether the sentence of token ``a`` is the first of its paragraph."""
    number = view.sent[a]
    return number == 0 or lines[number - 1] != lines[number]


def _inside(frame: Frame, n: int) -> str:
    """The words between the marks of quotation ``n``."""
    q = frame.marks[n]
    return frame.view.text[q.inner_start : q.inner_end]


def _size(frame: Frame, n: int) -> int:
    return len(_inside(frame, n).split())


def _is_name(frame: Frame, n: int) -> bool:
    """Whether all that stands in a further paragraph of a quotation is a name."""
    a, b = frame.ranges[n]
    code = frame.view.code[a:b]
    opens = frame.view.words[a][:1].isupper()
    return opens and "N" in code and len(code) <= 12 and set("FMvp").isdisjoint(code)


def _owners(frame: Frame, found: list[Attribution]) -> list[Attribution | None]:
    """For each quotation the attribution whose content holds at least half of it.

    Of several the shortest, then the surest: “…,” Hale said, behind a sentence with a colon.
    """
    owner: list[Attribution | None] = [None] * len(frame.marks)
    best = [(1 << 30, 0.0)] * len(frame.marks)
    for a in found:
        size = sum(e - s for s, e in a.content)
        for s, e in a.content:
            for n, q in frame.marks_from(s):
                if q.end <= s:
                    continue
                if q.start >= e:
                    break
                rank = (size, -a.confidence)
                if 2 * (min(e, q.end) - max(s, q.start)) >= q.end - q.start and rank < best[n]:
                    owner[n], best[n] = a, rank
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


def _title(inside: str) -> bool:
    """Whether the words are a name set in marks: every long word has a capital."""
    parts = [w for w in inside.replace("’", "'").split() if len(w) > 3]
    return (
        len(inside.split()) <= 6
        and len(parts) > 0
        and all(w[0].isupper() or w[0].isdigit() for w in parts)
        and inside.strip()[-1:] not in ".,!?"
    )


def _fragment(frame: Frame, n: int, last: Range | None) -> Attribution:
    """A run of quoted words inside a sentence; ``last`` is who spoke before in the paragraph.

    Its speaker is, in this order: whoever a colon, a that-clause or a noun of speech gives it to;
    the subject of a reporting verb before it; of another verb, if that names a person; of the verb
    behind it; who spoke last; the name that the sentence, a headline without a verb, begins with.
    """
    view, code = frame.view, frame.view.code
    a, b = frame.ranges[n]
    low, high = view.sents[view.sent[a]]
    content: Range = (frame.marks[n].start, frame.marks[n].end)
    for way in (_introduced, _in_clause, _owned):
        made = way(frame, a, low, high, content)
        if made is not None:
            return made
    made, sure = _of_verb_before(frame, a, low, content)
    if made is not None and sure:
        return made
    behind = _of_verb_behind(frame, b, high, content)
    if behind is not None:
        return behind
    if last is not None:
        return Attribution([content], None, last, "quoted words", confidence=0.4)
    if made is not None and made.source is not None:
        return made
    for k in range(a - 1, low - 1, -1):
        if code[k] in "FM" and not frame.quoted[k]:
            return _made(frame, k, "", low, content)
    if made is not None:
        return made
    name = phrase_from(view, low, a) if code[low] == "N" else None
    return Attribution([content], None, name, "quoted words", confidence=0.3)


def _of_verb_before(
    frame: Frame, a: int, low: int, content: Range
) -> tuple[Attribution | None, bool]:
    """Words behind their verb, and whether they are surely its subject's: a person, or reports."""
    view = frame.view
    nearest, reporting = _verbs_before(frame, a, low)
    k = reporting if reporting is not None else nearest
    if k is None:
        return None, False
    made = _made(frame, k, lemma_of(view.lower[k], view.tags[k]), low, content)
    who = made.source
    if who is not None and (
        reporting is not None
        or view.code[who[1] - 1] == "N"
        or view.lower[who[0]] in ("he", "she", "they")
    ):
        return made, True
    # it has been called “…”: by nobody who is named
    return made, a - k <= 2 and is_passive(view, group_start(view, k, low), k, made.lemma)


def _of_verb_behind(frame: Frame, b: int, high: int, content: Range) -> Attribution | None:
    """Words that open the sentence: “…” [Hale] thought it: who its verb is about."""
    view, code = frame.view, frame.view.code
    k = next((k for k in range(b, high) if code[k] in "FM" and not frame.quoted[k]), None)
    if k is None:
        return None
    lemma = lemma_of(view.lower[k], view.tags[k])
    start = group_start(view, k, b)
    who = subject(view, start, b)
    if who is None or not (code[who[1] - 1] == "N" or lemma in reporting_words("verb")):
        return None
    return Attribution([content], (start, k + 1), who, "quoted words", lemma, confidence=0.3)


def _introduced(frame: Frame, a: int, low: int, high: int, content: Range) -> Attribution | None:
    """Words behind a colon: the name before it, else the subject of the verb before it."""
    view, code = frame.view, frame.view.code
    if a <= low or code[a - 1] != ":":
        return None
    j = a - 2
    if j > low and code[j] == ")":
        j = code.rfind("(", low, j) - 1
    name = phrase_ending(view, j, low)
    if name is not None and view.words[name[1] - 1][0].isupper():
        name = with_head(view, name, low)
        if name[0] == low or code[name[0] - 1] in "-." or view.lower[name[0] - 1] == "from":
            return Attribution([content], (a - 1, a), name, "quoted words", confidence=0.5)
    near = [k for k in range(max(low, a - 4), a) if code[k] in "F" and not frame.quoted[k]]
    for k in [*near, *range(a - 1, low - 1, -1)]:
        if code[k] in "FM" and not frame.quoted[k]:
            made = _made(frame, k, lemma_of(view.lower[k], view.tags[k]), low, content)
            if made.source is not None:
                return made
    return None


def _in_clause(frame: Frame, a: int, low: int, high: int, content: Range) -> Attribution | None:
    """Words in a that-clause of a verb: “he said that the offer was a “trap””."""
    view = frame.view
    for k, lemma in _verbs(frame, a, low):
        t = taken(view, k, high, lemma)
        if t.construction == "clause" and t.word == "that" and t.begin < a:
            end = end_of(view, t.begin, high, frame.quoted, set(), "clause")
            if end > a:
                return _made(frame, k, lemma, low, span(frame, t.begin, end))
    return _far_that(frame, a, low, content)


_FAR = 40
"""Tokens between a verb and its that-clause, and between that and the words in marks."""


def _far_that(frame: Frame, a: int, low: int, content: Range) -> Attribution | None:
    """Words in a that-clause far from its verb: “she said on Monday, in a bar, that …”."""
    view, code = frame.view, frame.view.code
    for m in range(a - 1, max(low + 1, a - _FAR), -1):
        if view.lower[m] != "that" or code[m] != "c" or frame.quoted[m]:
            continue
        for k in range(m - 1, max(low, m - _FAR), -1):
            if code[k] in "FMg" and not frame.quoted[k]:
                lemma = lemma_of(view.lower[k], view.tags[k])
                if says(reporting_words("verb").get(lemma), MOSTLY, ("clause",)):
                    return _made(frame, k, lemma, low, content)
                break
    return None


def _owned(frame: Frame, a: int, low: int, high: int, content: Range) -> Attribution | None:
    """Words that a noun of speech announces: “her remark that “…””, “Hale's answer: “…””."""
    view, code = frame.view, frame.view.code
    for k in range(a - 2, max(low, a - 6) - 1, -1):
        if code[k + 1] not in ",:-cNn" and view.lower[k + 1] not in _LINKS:
            return None
        if code[k] != "n":
            continue
        lemma = lemma_of(view.lower[k], view.tags[k])
        word = reporting_words("noun").get(lemma)
        if lemma in _SPEECHES or says(word, MOSTLY, ("clause",)):
            owner = owner_of(view, k, low)
            if owner is None:
                return None
            return Attribution([content], (k, k + 1), owner, "quoted words", lemma, confidence=0.4)
    return None


_LINKS = frozenset("that was is were then".split())
_SPEECHES = frozenset(
    "comment remark answer response reply dictum message slogan motto mantra line quip retort "
    "tweet statement".split()
)


def _verbs(frame: Frame, a: int, low: int) -> Iterator[tuple[int, str]]:
    """The verbs outside marks before token ``a`` with their lemmas, the nearest first; no "be"."""
    view = frame.view
    for k in range(a - 1, low - 1, -1):
        if view.code[k] in "Fvge" and not frame.quoted[k]:
            lemma = lemma_of(view.lower[k], view.tags[k])
            if lemma not in _BE:
                yield k, lemma


def _verbs_before(frame: Frame, a: int, low: int) -> tuple[int | None, int | None]:
    """The nearest verb before token ``a``, and the nearest that mostly reports."""
    code = frame.view.code
    verbs = reporting_words("verb")
    nearest: int | None = None
    for k, lemma in _verbs(frame, a, low):
        word = verbs.get(lemma)
        if nearest is None and (word is not None or code[k] == "F"):
            nearest = k
        if word is not None and says(word, MOSTLY, word.share):
            return nearest, k
    return nearest, None


def _made(frame: Frame, k: int, lemma: str, low: int, content: Range) -> Attribution:
    view = frame.view
    start = group_start(view, k, low)
    source = None if is_passive(view, start, k, lemma) else subject(view, start, low)
    return Attribution([content], (start, k + 1), source, "quoted words", lemma, confidence=0.4)


def _reporter(frame: Frame, a: int, found: list[Attribution], lines: list[int]) -> Range | None:
    """Whoever was last reported in the paragraph of token ``a``, before it."""
    sent = frame.view.sent
    first = bisect_left(found, a, key=lambda x: x.cue[0] if x.cue is not None else 0)
    for x in reversed(found[max(0, first - _NEAR) : first]):
        if x.cue is not None and x.source is not None and x.rule in SAYING:
            return x.source if lines[sent[x.cue[0]]] == lines[sent[a]] else None
    return None


_NEAR = 20
"""Reports looked at for the last one."""


def _before(frame: Frame, a: int, found: list[Attribution]) -> Range | None:
    """Who speaks in a quotation that stands alone: whoever the sentence before it is about."""
    view = frame.view
    number = view.sent[a] - 1
    while number >= 0 and view.sents[number][0] == view.sents[number][1]:
        number -= 1
    if number < 0:
        return None
    low, high = view.sents[number]
    if not any(c in "FM" for c in view.code[low:high]) and high - low <= 16:
        return phrase_from(view, low, high)  # a name stands above the words
    reports = [
        x for x in found if x.source is not None and x.cue is not None and low <= x.cue[0] < high
    ]
    if reports:
        return min(reports, key=lambda x: x.cue or (0, 0)).source
    if view.code[high - 1] == ":":
        about = previous_subject(view, high - 2, low)
        if about is not None:
            return about
    for k in range(_main_clause(view, low, high), high):
        if view.code[k] in "FM" and not frame.quoted[k]:
            start = group_start(view, k, low)
            about = subject(view, start, low)
            if about is not None:
                return about
    return None


_UNDER = frozenset(
    "when after as while although though since if before because once whereas".split()
)


def _main_clause(view: View, low: int, high: int) -> int:
    """Where the main clause begins if the sentence opens with another: "When it rained, …"."""
    if view.lower[low] not in _UNDER:
        return low
    verb = False
    for k in range(low, high):
        verb = verb or view.code[k] in "FM"
        if verb and view.code[k] == ",":
            return k + 1
    return low


def _signed(frame: Frame, n: int) -> Range | None:
    """A name set behind the words, or below them: “…” — Ann Hale, a teacher."""
    view = frame.view
    after = frame.ranges[n][1]
    if n + 1 < len(frame.marks) and frame.marks[n + 1].group == frame.marks[n].group and (
        _is_name(frame, n + 1)
    ):  # fmt: skip
        return phrase_from(view, *frame.ranges[n + 1])  # a pull quote, its marks around the name
    if after + 1 < len(view.code) and view.code[after] == "-":
        signed = phrase_from(view, after + 1, view.sents[view.sent[after]][1])
        if signed is not None and view.code[signed[0]] == "N":
            return signed
    return _signature(frame, after)


def _signature(frame: Frame, after: int) -> Range | None:
    """A name alone in the paragraph below the words."""
    view = frame.view
    if after >= len(view.code) or "\n" not in view.text[view.ends[after - 1] : view.starts[after]]:
        return None
    low, high = view.sents[view.sent[after]]
    if low != after or high - low > 12 or view.code[low] != "N" or frame.quoted[high - 1]:
        return None
    if view.text[view.starts[low] : view.ends[high - 1]].isupper():
        return None  # a heading
    if any(c in "FMvg:" for c in view.code[low:high]) or "via" in view.lower[low:high]:
        return None  # no name alone, or the credit of a picture
    return phrase_from(view, low, high)

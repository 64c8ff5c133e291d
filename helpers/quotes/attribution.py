"""Attributions of one article: cue, source and content, found around every word that reports.

The parts are those of PolNeAR and of Pareti (2012): a *cue* (said), a *source* (the minister) and
a *content*. A word is taken for a cue where it reports often enough in the construction it stands
in (`helpers.quotes.words`); source and content are then the phrases that the construction gives
them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from helpers.lemmas import lemma as lemma_of
from helpers.quotes.constructions import TELLING, Taken, noun_takes, taken
from helpers.quotes.contents import before, end_of, trim
from helpers.quotes.marks import Quoted
from helpers.quotes.sources import (
    DOCUMENTS,
    following_subject,
    group_start,
    is_passive,
    phrase_from,
    previous_subject,
    subject,
)
from helpers.quotes.view import _SIMPLE, View
from helpers.quotes.words import Word, thoughts, words

THRESHOLD = 0.42
"""Share of reports from which a word in its construction is taken for a cue (set on train)."""

WANTED = frozenset({"think", "believe", "want"})
"""Verbs whose infinitives and clauses are kept below it: the plainest attitudes there are."""
LOWER = 0.35

NESTED = 0.75
"""The same for a verb that takes quoted words inside a report: "said aides were calling it “…”"."""

Range = tuple[int, int]


@dataclass
class Attribution:
    """Who said what; token ranges, but the content in characters."""

    content: list[Range]
    cue: Range | None
    source: Range | None
    rule: str
    lemma: str = ""
    stance: str = "neutral"
    confidence: float = 0.5
    problem: str | None = None
    quotes: list[int] = field(default_factory=list)


@dataclass
class Frame:
    """What is worked out once for an article."""

    view: View
    marks: list[Quoted]
    """The outer quotations."""
    quoted: bytearray
    """1 for every token between (or at) outer quotation marks."""
    holder: dict[int, int]
    """Token → number of its quotation."""
    ranges: list[Range]
    """Token ranges of the quotations."""


def frame(view: View, marks: list[Quoted]) -> Frame:
    outer = [q for q in marks if q.depth == 0]
    quoted = bytearray(len(view.words) + 1)
    holder: dict[int, int] = {}
    ranges = []
    for number, q in enumerate(outer):
        a, b = view.at(q.start), view.until(q.end)
        ranges.append((a, b))
        for i in range(a, b):
            quoted[i] = 1
            holder[i] = number
    view.quoted = quoted
    return Frame(view, outer, quoted, holder, ranges)


def find(frame: Frame) -> list[Attribution]:
    """All attributions that a cue in the text announces, in the order of their cues."""
    view = frame.view
    spoken = _colons(frame)
    candidates = _candidates(frame)
    cues = {i for i, _, _, share, _ in candidates if share >= THRESHOLD}
    out = _after_quotations(frame, cues)
    used = {a.cue[1] - 1 for a in out if a.cue is not None}
    for i, word, t, share, pos in candidates:
        if share < THRESHOLD or i in used:
            continue
        low, high = view.sents[view.sent[i]]
        if t.construction == "quote" and share < NESTED and t.word not in (",", ":"):
            place = view.starts[i]
            if any(s <= place < e for a in out[-4:] for s, e in a.content):
                continue  # a fragment inside a report is the reporter's quotation
        if pos == "verb":
            made = _by_verb(frame, i, word, t, low, high, cues, out)
        else:
            made = _by_noun(frame, i, word, t, low, high, cues)
        if made is not None:
            made.confidence = round(share, 2)
            out.append(made)
    out += _according(frame, cues)
    out += _in_their_view(frame, cues)
    out += spoken
    out = _without_borrowed(frame, out)
    out.sort(key=lambda a: (a.cue or (0, 0), a.content))
    return out


_SPEECH = frozenset(
    ("clause", "clauselate", "bare", "after quotation", "according to", "in their view", "quote")
)


SURE = 0.8
"""Share from which a report inside a report keeps the words in marks for its own speaker."""


def _without_borrowed(frame: Frame, found: list[Attribution]) -> list[Attribution]:
    """Without attitudes inside a report that hold quoted words: the words are the reporter's.

    In "he claimed that Tehran declined the offer due to the “toxic atmosphere”" nobody but him
    speaks between the marks.
    """
    view = frame.view
    reports = [a for a in found if a.rule in _SPEECH]
    out = []
    for a in found:
        weak = a.rule not in _SPEECH or (
            a.rule in ("clause", "quote") and (a.lemma in thoughts() or a.confidence < SURE)
        )
        if weak and a.cue is not None:
            at = view.starts[a.cue[1] - 1]
            holds = any(s <= q.start and q.end <= e for s, e in a.content for q in frame.marks)
            if holds and any(s <= at < e for r in reports if r is not a for s, e in r.content):
                continue
        out.append(a)
    return out


_REPORT_AFTER = re.compile(
    rf"(?:{_SIMPLE})(?:(?:I|t|,?&|,)(?:{_SIMPLE})){{0,3}}"  # the minister of trade
    r"(?:,[^.;:\"]{1,60}?,|\([^)]{1,30}\)|-[^.;\"]{1,40}?-|R|w[^,.;]{1,20}?,?)?"  # an aside
    r"R*(?=[FMev])"
)
_GROUP = re.compile(r"[FMev](?:R|[veg](?=[Rveg]|$)|F(?=[e]))*[veg]?")


def _after_quotations(frame: Frame, cues: set[int]) -> list[Attribution]:
    """“…,” said Hale; “…,” Hale told reporters: the report follows its quotation."""
    view, code, text = frame.view, frame.view.code, frame.view.text
    verbs = words("verb")
    out = []
    for n, q in enumerate(frame.marks):
        a, b = frame.ranges[n]
        p = b
        if p >= len(code) or p <= a:
            continue
        high = view.sents[view.sent[p]][1]
        low = view.sents[view.sent[b - 1]][0]
        last = text[q.inner_start : q.inner_end].rstrip("'’”\" \u00a0")[-1:] or " "
        if code[p] == "," and p + 1 < high:
            p += 1
        elif last not in ",!?…—-" or not _same_line(view, b - 1, p):
            continue
        if view.lower[p] == "as" and p + 1 < high:
            p += 1
        if frame.quoted[p] or (last not in ",—-" and code[p] != "N" and view.words[p][0].isupper()):
            continue  # “Really?” He added: … begins anew
        size = len(text[q.inner_start : q.inner_end].split())
        source: Range | None = None
        r = p
        while r < high and code[r] == "R":
            r += 1
        if r < high and code[r] == "F":
            found = _GROUP.match(code, r, high)
            after = found.end() if found else r + 1
            source = phrase_from(view, after, high)
            inverted = source is not None
            start = r
            if source is None:
                source = previous_subject(view, a, low)
        else:
            found = _REPORT_AFTER.match(code, p, high)
            if found is None:
                name = phrase_from(view, p, high)
                if name is None or name[1] >= high or code[name[1]] not in "FM":
                    continue
                start = name[1]
            else:
                start = found.end()
            group = _GROUP.match(code, start, high)
            after = group.end() if group else start + 1
            source = phrase_from(view, p, high)
            inverted = False
        i = after - 1
        if last not in "," and after < high and code[after] == ":":
            continue
        if source is None or frame.quoted[i]:
            continue
        lemma = lemma_of(view.lower[i], view.tags[i])
        word = verbs.get(lemma)
        if code[start] in "ev" and (word is None or word.share.get("bare", 0.0) < THRESHOLD):
            continue
        whole = a <= low + 1 or code[a - 1] in ",:"
        if not whole and (word is None or _says(word) < THRESHOLD):
            continue
        if word is None and (size < LEAST_UNKNOWN or lemma in _NEVER):
            continue
        edge = start if inverted else p
        content = _around(frame, i, edge, source if inverted else None, inverted, low, high, cues)
        if not content:
            continue
        out.append(
            Attribution(
                content, (start, after), source, "after quotation", lemma,
                word.stance if word else "neutral", 0.95 if word else 0.7, q.problem,
            )
        )  # fmt: skip
    return out


def _says(word: Word) -> float:
    """How often the verb reports in the constructions of saying."""
    return max(word.share.get(c, 0.0) for c in ("bare", "quote", "clause"))


LEAST_UNKNOWN = 4
"""Words a quotation needs for a verb that is in no list to count as its report."""
_NEVER = frozenset("be have do".split())


_POS = {"F": "verb", "v": "verb", "g": "verb", "e": "verb", "n": "noun", "J": "adjective"}
_MEMO: dict[tuple[str, str, str], Word | None] = {}
_MEMO_SIZE = 50_000


def _word(lower: str, tag: str, pos: str) -> Word | None:
    """The reporting word that a token is a form of."""
    key = (lower, tag, pos)
    if key not in _MEMO:
        if len(_MEMO) >= _MEMO_SIZE:
            _MEMO.clear()
        lemma = lower if pos == "adjective" else lemma_of(lower, tag)
        _MEMO[key] = None if lower == "according" else words(pos).get(lemma)
    return _MEMO[key]


def _candidates(frame: Frame) -> list[tuple[int, Word, Taken, float, str]]:
    """Every token that may report, with what it takes and how often it then reports."""
    view, quoted = frame.view, frame.quoted
    code, lower, tags, sent, sents = view.code, view.lower, view.tags, view.sent, view.sents
    out = []
    for i, c in enumerate(code):
        pos = _POS.get(c)
        if pos is None or quoted[i]:
            continue
        word = _word(lower[i], tags[i], pos)
        if word is None:
            continue
        end = sents[sent[i]][1]
        if pos == "verb":
            t = taken(view, i, end, word.lemma)
        else:
            if pos == "noun" and (i + 1 >= len(code) or code[i + 1] not in 'IctwrNnpDq":,'):
                continue
            t = noun_takes(view, i, end)
        share = word.share.get(t.key, 0.0)
        if share >= LOWER and word.lemma in WANTED and t.construction in ("to", "clause"):
            share = max(share, THRESHOLD)
        out.append((i, word, t, share, pos))
    return out


def span(frame: Frame, a: int, b: int) -> Range:
    """Tokens ``a`` to ``b`` as characters; a quotation that is touched at an edge is kept whole."""
    view = frame.view
    start, end = view.starts[a], view.ends[b - 1]
    if frame.quoted[b - 1] == 1:
        end = max(end, frame.marks[frame.holder[b - 1]].end)
    if frame.quoted[a] == 1:
        start = min(start, frame.marks[frame.holder[a]].start)
    return start, end


_KIND = {
    "clause": "clause", "clauselate": "clause", "quote": "clause", "objthat": "clause",
    "to": "to", "ing": "to",
}  # fmt: skip


def _by_verb(
    frame: Frame,
    i: int,
    word: Word,
    t: Taken,
    low: int,
    high: int,
    cues: set[int],
    found: list[Attribution],
) -> Attribution | None:
    view, code = frame.view, frame.view.code
    start = group_start(view, i, low)
    floor = _floor(frame, start, low)
    source: Range | None
    passive = is_passive(view, start, i, word.lemma)
    inverted = False
    if word.lemma in TELLING and t.construction == "object":
        return None  # the one addressed, and nothing said
    if passive:
        source = _agent(view, i, high)
        if t.construction in ("prep", "to", "object", "as") or t.key == "bare":
            return _by_passive(frame, i, start, floor, word, t, high, cues, source)
    elif word.lemma in RAISING and t.construction == "to":
        return _by_passive(frame, i, start, floor, word, t, high, cues, None)
    elif t.construction == "bare" and t.begin < high and code[t.begin] in "nNpDqJCP$":
        source = phrase_from(view, i + 1, high)
        inverted = True
    else:
        source = _shared_source(view, start, low, found)
        if source is None:
            source = _subject(view, i, start, floor, low, high)
    told_where = (
        t.construction in ("prep", "other", "to")
        and t.word in _SCENE_WORDS
        and word.share.get("bare", 0.0) >= BARE
    )
    if told_where and source is not None and source[0] > low:
        # “…, she said at a rally”: what follows says where, what went before was said
        left = source[0] - 1
        if not frame.quoted[left] and code[left] not in ",-":
            return None
    if told_where or t.construction in ("bare", "other", "none"):
        content = _around(frame, i, start, source, inverted, low, high, cues)
    else:
        if t.begin >= high and t.construction == "quote" and high < len(code):
            if not frame.quoted[high]:  # the words stand in the next paragraph
                return None
            whole = frame.ranges[frame.holder[high]]
            return Attribution(
                [span(frame, *whole)], (start, i + 1), source, "quote", word.lemma, word.stance
            )
        if t.begin >= high:
            return None
        kind = _KIND.get(t.construction, "object")
        initial = code[start] in "gte" and start - low <= 1
        end = end_of(view, t.begin, high, frame.quoted, cues, kind, initial=initial)
        content = [span(frame, t.begin, end)] if end > t.begin else []
    if not content:
        return None
    return Attribution(content, (start, i + 1), source, t.construction, word.lemma, word.stance)


_SCENE_WORDS = frozenset(
    "at on in during after before from while when as through via outside inside following".split()
)
BARE = 0.6
"""Share from which a verb is one of saying, whose content may stand before it."""

RAISING = frozenset("appear seem".split())


def _by_passive(
    frame: Frame,
    i: int,
    start: int,
    floor: int,
    word: Word,
    t: Taken,
    high: int,
    cues: set[int],
    source: Range | None,
) -> Attribution | None:
    """The deal was seen by some as dead; talks are expected to fail: the subject is content."""
    view, quoted = frame.view, frame.quoted
    content: list[Range] = []
    about = subject(view, start, floor)
    p = t.begin
    if t.construction == "prep" and t.word == "by" and source is not None:
        p = source[1]
        if p < high and (view.lower[p] == "as" or view.code[p] == "t"):
            p += view.lower[p] == "as"
        else:
            p = high
    elif t.construction == "prep" and t.word not in ("as", "of", "about", "with", "for"):
        p = high
    if about is not None and (p >= high or t.construction == "to" or t.word in ("as", "by")):
        content.append(span(frame, *about))
    if p < high:
        end = end_of(view, p, high, quoted, cues, "to" if t.construction == "to" else "object")
        if end > p:
            content.append(span(frame, p, end))
    if not content:
        return None
    return Attribution(
        content, (start, i + 1), source, "passive " + t.construction, word.lemma, word.stance
    )


def _floor(frame: Frame, start: int, low: int) -> int:
    """No subject is looked for inside or left of a long quotation before the verb."""
    for a, b in reversed(frame.ranges):
        if b <= start and b > low and b - a >= 5:
            return max(low, b)
        if b <= low:
            break
    return low


_SAID = frozenset(("after quotation", "bare", "clause", "quote", "according to"))


def _shared_source(view: View, start: int, low: int, found: list[Attribution]) -> Range | None:
    """The speaker of the report that this one is joined to: "said A and [warned] B"."""
    if start == low or view.code[start - 1] not in "&,R-":
        return None
    here = view.starts[start]
    if view.code[start] == "g" and view.code[start - 1] in ",-":
        said = [
            a
            for a in found
            if a.cue is not None and a.source is not None and low <= a.cue[0] < start
            and a.rule in _SAID
        ]  # fmt: skip
        if said:
            return max(said, key=lambda a: a.cue or (0, 0)).source
    for a in reversed(found):
        if a.cue is None or a.cue[0] < low or a.cue[0] >= start:
            if a.cue is not None and a.cue[0] < low and a.rule != "after quotation":
                break
            continue
        end = max(e for _, e in a.content)
        if a.source is not None and 0 <= here - end <= 12:
            return a.source
    return None


def _subject(view: View, i: int, start: int, floor: int, low: int, high: int) -> Range | None:
    code = view.code
    if code[i] == "g" and start == i:
        j = start - 1
        while j >= low and code[j] == "R":
            j -= 1
        if j < low:
            return following_subject(view, i, high)
        if code[j] in "nNp":
            near = subject(view, start, floor)
            if near is None or DOCUMENTS.isdisjoint(view.lower[near[0] : near[1]]):
                return near
        return previous_subject(view, j, low) or following_subject(view, i, high)
    found = subject(view, start, floor)
    if found is None and floor > low:
        found = subject(view, start, low)
    return found


def _agent(view: View, i: int, high: int) -> Range | None:
    """The "by …" of a passive."""
    for k in range(i + 1, min(high, i + 12)):
        if view.lower[k] == "by":
            return phrase_from(view, k + 1, high)
        if view.code[k] in ",.;F":
            break
    return None


def _around(
    frame: Frame,
    i: int,
    start: int,
    source: Range | None,
    inverted: bool,
    low: int,
    high: int,
    cues: set[int],
) -> list[Range]:
    """The content before a report that takes nothing after it, and what goes on behind it."""
    view, code, quoted = frame.view, frame.view.code, frame.quoted
    edge = start
    if source is not None and not inverted and source[0] < edge:
        edge = source[0]
        if edge > low and code[edge - 1] == "&" and view.lower[edge - 1] in ("and", "but"):
            edge -= 1
    out: list[Range] = []
    left = None
    if edge > low and (quoted[edge - 1] or code[edge - 1] in ",-"):
        left = before(view, edge, low, quoted)
        if left is not None:
            out.append(span(frame, *left))
    elif edge == low and low > 0 and quoted[low - 1] and _same_line(view, low - 1, low):
        a, b = frame.ranges[frame.holder[low - 1]]
        out.append(span(frame, a, b))  # the sentence was cut behind the closing mark
    p = source[1] if inverted and source is not None else i + 1
    while p < high and code[p] not in ",:;.-" and not quoted[p]:
        p += 1
    if p + 1 < high and code[p] in ",:;-":
        if quoted[p + 1]:
            end = end_of(view, p + 1, high, quoted, cues, "clause")
            out.append(span(frame, p + 1, end))
        elif left is not None and not quoted[left[1] - 1] and code[p] == ",":
            stretch = code[left[0] : left[1]]
            unfinished = "F" not in stretch and "M" not in stretch
            if unfinished and code[p + 1] not in "&g":
                end = end_of(view, p + 1, high, quoted, cues, "clause")
                if end > p + 1:
                    out.append(span(frame, p + 1, end))
    if not out and high < len(code) and quoted[high] and high - 1 >= 0 and code[high - 1] == ":":
        out.append(span(frame, high, frame.ranges[frame.holder[high]][1]))
    return out


def _same_line(view: View, a: int, b: int) -> bool:
    return "\n" not in view.text[view.ends[a] : view.starts[b]]


def _by_noun(
    frame: Frame, i: int, word: Word, t: Taken, low: int, high: int, cues: set[int]
) -> Attribution | None:
    view = frame.view
    if t.construction in ("none", "colon") or t.begin >= high:
        return None
    if t.construction == "prep" and t.word in ("among", "from", "by", "behind", "in", "as"):
        return None
    kind = "noun" if t.construction in ("clause", "quote") else "object"
    kind = "to" if t.construction == "to" else kind
    end = end_of(view, t.begin, high, frame.quoted, cues, kind)
    if end <= t.begin:
        return None
    source = _owner(view, i, low)
    if source is None:
        source = previous_subject(view, i - 1, low)
    cue = (i, i + 1)
    return Attribution(
        [span(frame, t.begin, end)], cue, source, "noun " + t.construction, word.lemma, word.stance
    )


def _owner(view: View, i: int, low: int) -> Range | None:
    """Whose claim it is: "the minister's (repeated) claim", "his claim"."""
    code = view.code
    j = i - 1
    while j >= low and code[j] in "JRCngeN&," and i - j < 6:
        j -= 1
    if j < low:
        return None
    if code[j] == "q":
        return (j, j + 1)
    if code[j] == "S" and j > low:
        k = j
        while k > low and code[k - 1] in "DqNnJ":
            k -= 1
        return (k, j) if k < j else None
    return None


def _according(frame: Frame, cues: set[int]) -> list[Attribution]:
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
        else:
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


_VIEWS = frozenset("view views opinion words eyes judgment judgement mind telling".split())


def _in_their_view(frame: Frame, cues: set[int]) -> list[Attribution]:
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


def _clause_start(view: View, left: Range, quoted: bytearray) -> int:
    """Where the clause before "according to" begins: after "but", "; " or an earlier report."""
    code = view.code
    for j in range(left[1] - 1, left[0], -1):
        if not quoted[j] and code[j] == ";":
            return j + 1
    return left[0]


SPOKEN = 2
"""Mark of tokens in a transcript: inside no quotation marks, and yet nothing to look for."""


def _lines(view: View) -> dict[int, int]:
    """First token of each paragraph, and one past its last."""
    starts = [
        a
        for a, b in view.sents
        if a < b and (a == 0 or "\n" in view.text[view.ends[a - 1] : view.starts[a]])
    ]
    return dict(zip(starts, [*starts[1:], len(view.words)], strict=True))


def _colons(frame: Frame) -> list[Attribution]:
    """ "Hale: No deal this year" — a speaker, a colon and words, at the start of a line."""
    view, code = frame.view, frame.view.code
    out = []
    lines = _lines(view)
    for low, high in view.sents:
        k = code.find(":", low, min(high, low + 8))
        if k > low + 1 and frame.quoted[low] == 1 and frame.quoted[k] and k + 1 < high:
            a = frame.ranges[frame.holder[low]][0]
            if a == low and code[low + 1] == "N" and "".join(view.words[low + 1 : k]).isupper():
                # a transcript in quotation marks: “HALE: …”
                said = (view.starts[k + 1], frame.marks[frame.holder[low]].end)
                out.append(Attribution([said], (k, k + 1), (low + 1, k), "colon", confidence=0.6))
            continue
        if k <= low or k + 2 >= high or view.words[k] != ":" or frame.quoted[k]:
            continue
        head = code[low:k]
        named = "N" in head or ("n" in head and frame.quoted[k + 1])
        if not named or head[-1] not in "Nn)" or not set(head).isdisjoint("FMvegtIc,w.;"):
            continue
        if "".join(view.words[low:k]).isupper() and low in lines:
            # a transcript: the whole paragraph is spoken, and what it reports is the speaker's
            end = lines[low]
            for i in range(k + 1, end):
                if not frame.quoted[i]:
                    frame.quoted[i] = SPOKEN
        elif not frame.quoted[k + 1] and not any(c in "FMv" for c in code[k + 1 : high]):
            continue
        else:
            end = high if frame.quoted[high - 1] else trim(view, k + 1, high, frame.quoted)
        if end > k + 1:
            out.append(
                Attribution([span(frame, k + 1, end)], (k, k + 1), (low, k), "colon",
                            confidence=0.6)
            )  # fmt: skip
    return out

"""Which attributions enter the counts: words that were said, by somebody who is named or told of.

A row that stays out stays in the table. Asked is that a row counted as speech is speech, and whose
it says, so one counts only in constructions of which that was mostly right when they were read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from helpers.grammar.clauses.factuality import is_denied, is_free, is_hypothetical
from helpers.grammar.clauses.groups import is_person
from helpers.grammar.document import Document
from helpers.grammar.reporting import MOSTLY, acts, reporting_words, says
from helpers.lenses.quotes.marked_article import Attribution, MarkedArticle, Range
from helpers.lenses.quotes.quoted_fragments import GUESSED
from helpers.lenses.quotes.reports import tells
from helpers.lenses.quotes.rules import CERTAIN, CLAUSAL, PHRASAL, PHRASE, RULES, VERBATIM
from helpers.lenses.quotes.speakers import Speaker, heads_of, is_described, trimmed
from helpers.lexicons import words

_CERTAIN = {rule.name: CERTAIN[rule.content] for rule in RULES}
_SAID = VERBATIM | {"after quotation"}
_NOBODY = words("nobody_words")
_MARKS = "“”\"«»„‘'"
_CLOSES = re.compile(r"[.!?][\"”]\s*$")
LONGEST = 1200
"""Characters of a direct quotation that counts: a longer one ran over marks that are missing."""


class Others:
    """The attributions of an article, to be asked what one has of another's."""

    def __init__(
        self, article: MarkedArticle, found: list[Attribution], speakers: Sequence[Speaker]
    ) -> None:
        self.article, self.found = article, found
        self._actors = {id(a): who.actor for a, who in zip(found, speakers, strict=True)}
        self.borrowed = {id(a) for a in found if a.rule in PHRASAL and self._are_anothers(a)}
        """Those whose words in marks another says."""
        self._near: dict[int, list[Attribution]] = {}
        for a in found:
            if a.cue is not None and a.source is not None:
                self._near.setdefault(article.doc.sent[a.cue[0]], []).append(a)

    def near(self, a: Attribution) -> list[Attribution]:
        """Those with a source in the sentence of a cue, itself among them."""
        return self._near.get(self.article.doc.sent[a.cue[0]], []) if a.cue is not None else []

    def _are_anothers(self, a: Attribution) -> bool:
        """Whether the words in marks are another's: shared an ad that calls it “…”."""
        doc = self.article.doc
        start, end = a.content[0][0], a.content[-1][1]
        for b in self.found:
            if b is a or b.cue is None or not start <= doc.starts[b.cue[0]] < end:
                continue
            first = next((q for _, q in self.article.marks_from(start) if q.end > start), None)
            if first is not None and any(s <= first.start and first.end <= e for s, e in b.content):
                return True
        return False

    def have(self, a: Attribution) -> bool:
        """Whether another's report has all of this one: "he asked for “A”, the palace said"."""
        if a.cue is None:
            return False
        at, end = self.article.doc.starts[a.cue[0]], a.content[-1][1]
        return any(
            s <= at and end <= e <= self.article.doc.starts[b.cue[0]]
            for b in self.near(a)
            if b.cue is not None and b.cue[0] > a.cue[0]
            for s, e in b.content
        )

    def repeat(self, a: Attribution) -> bool:
        """Whether the same words are told by another cue: laid out his [belief that] A.

        Of "said in his complaint that A" the verb's attribution is the one that counts, of "laid
        out his belief that A" and "went on by saying that A" the inner one.
        """
        if a.rule not in ("objthat", "noun clause"):
            return False
        start, end = a.content[0][0], a.content[-1][1]
        for b in self.near(a):
            if b is a or b.rule not in CLAUSAL or b.rule == "objthat":
                continue
            first, last = b.content[0][0], b.content[-1][1]
            if a.rule == "objthat" and start < first and last == end and self._of_one(a, b):
                return True
            if a.rule == "noun clause" and b.rule != "noun clause" and first == start:
                return True
        return False

    def _of_one(self, a: Attribution, b: Attribution) -> bool:
        actor = self._actors[id(a)]
        return a.source == b.source or (actor is not None and actor == self._actors[id(b)])


def counts(
    a: Attribution,
    doc: Document,
    content: Sequence[Range],
    kinds: Sequence[str],
    actor: str | None,
    *,
    marked: bool,
) -> bool:
    """Whether speech is sure enough to be counted; ``marked`` says that words in marks show it."""
    if not (actor is not None or _may_speak(doc, a)) or not _is_certain(doc, a, marked):
        return False
    if actor is None and a.rule == "colon" and set(kinds) != {"direct"}:
        return False  # "Harbour fires: Key questions answered"
    if a.rule == "quoted words" and not _is_given(doc, a, content[0][0]):
        return False
    if actor is None and a.rule == "standing alone" and not _is_told_of(doc, a):
        return False  # Pause. “You do that!”
    if a.lemma == "say" and a.rule == "object" and not marked:
        return False  # "said hours after the vote"
    if a.rule == "clause" and _was_asked(doc, a):
        return False
    return not _is_broken(doc.printed, content, kinds)


def _is_told_of(doc: Document, a: Attribution) -> bool:
    """Whether a source has a noun for persons, or a name of several words."""
    if a.source is None:
        return False
    s, e = a.source
    return e > s + 1 or is_described(doc.lower[s], doc.tags[s])


def _was_asked(doc: Document, a: Attribution) -> bool:
    """Whether a speaker was asked, and did not ask: "Orr, when asked if he would resign, said"."""
    i = a.cue[1] - 1 if a.cue is not None else 0
    if a.cue is None or doc.lower[i] != "asked" or doc.lower[i + 1 : i + 2] == ["by"]:
        return False
    behind = doc.code[doc.until(a.content[-1][1]) :][:3].replace("R", "")
    aside = doc.code[i - 1] == "," and behind.startswith(",F")
    return i == doc.sents[doc.sent[i]][0] or aside or doc.lower[i - 1] in _OF_WHOM


_OF_WHOM = frozenset("when if as once is was were been".split())


def _is_given(doc: Document, a: Attribution, start: int) -> bool:
    """Whether words in marks without a report are surely somebody's.

    Behind a colon they are, or behind a word that mostly reports; where nothing gives them to
    whoever spoke before, only as a sentence: "the “People's Port” law" is the author's (of 38 such
    fragments, read by hand, 10 were the speaker's).
    """
    before = doc.printed[max(start - 3, 0) : start].rstrip()[-1:]
    if before == ":" or (a.cue is None and before in _SENTENCE_ENDS):
        return True
    known = (reporting_words(pos).get(a.lemma) for pos in ("verb", "noun"))
    return a.cue is not None and any(w is not None and says(w, MOSTLY, w.share) for w in known)


_SENTENCE_ENDS = frozenset(".!?\"”’'")


def _may_speak(doc: Document, a: Attribution) -> bool:
    """Whether there is somebody who can speak: a person before "who", and not a thing.

    "A fever, which confirmed what I knew" says nothing, nor "a passion that suggested" it, nor does
    anybody where none is told of.
    """
    if a.source is None:
        return a.rule in VERBATIM
    if doc.lower[a.source[1] - 1] not in ("who", "which", "that"):
        return True
    head = heads_of(doc, trimmed(doc, a.source))[0]
    if doc.lower[a.source[1] - 1] == "that" and (a.lemma in _OF_TEXTS or tells(doc, a.source)):
        return True  # a sign that read “Stop”, a report that said …
    if doc.code[head] != "n" or doc.lower[a.source[1] - 1] == "which":
        return doc.code[head] != "n"
    return is_person(doc.lower[head]) or is_described(doc.lower[head], doc.tags[head])


_OF_TEXTS = frozenset(("read", "say"))
"""What signs and posters do, too."""


def _is_certain(doc: Document, a: Attribution, marked: bool) -> bool:
    """Whether an attribution is sure enough to be counted: words in marks are, if they were said.

    Not what somebody "would say", "did not mention" or "seemed to doubt", what nobody said, or
    what "is expected to" be.
    """
    if a.rule not in _SAID and _is_unsaid(doc, a):
        return False
    nobody = a.source is not None and doc.lower[a.source[0]] in _NOBODY
    if nobody or (a.source is None and a.rule.startswith("passive")):
        return False
    weak = acts().get(a.lemma) == "attitude" and a.rule in _BY_VERB  # to promote “magic” pills
    return (marked and not weak and a.confidence > GUESSED) or a.confidence >= _CERTAIN.get(
        a.rule, CERTAIN[PHRASE]
    )


_BY_VERB = (PHRASAL | {"clause", "quote"}) - {"as"}
"""Rules by which words in marks belong to a verb that stands before them."""


def _is_broken(text: str, content: Sequence[Range], kinds: Sequence[str]) -> bool:
    """Whether a quotation has no mark where it opens but one where a sentence ends.

    Then the mark most likely opens what follows (the paragraphs were joined, the mark stayed behind
    the sentence before), and the words are the author's: 38 of 41 such rows, read by hand in a
    corpus of joined paragraphs.
    """
    for (start, end), kind in zip(content, kinds, strict=True):
        opened = any(mark in _MARKS for mark in text[max(start - 1, 0) : start + 1])
        if kind == "direct" and not opened and _CLOSES.search(text[start : end + 1]):
            return True
        if kind == "direct" and end - start > LONGEST:
            return True
    return False


def _is_unsaid(doc: Document, a: Attribution) -> bool:
    """Whether the verb that reports is denied, wished or possible: nothing was said."""
    found = doc.predicate(a.cue[1] - 1) if a.cue is not None else None
    if found is None:
        return False
    s, p = found
    if p.negated if p.finite and a.rule in CLAUSAL else is_denied(s, p):
        return True  # in "said nothing was lost" it is the content that denies
    asked = "?" in s.words[-2:]  # by the words reported, as a rule
    return not (asked or is_free(s, p)) and is_hypothetical(s, p)


def form_of(doc: Document, a: Attribution, marked: bool) -> str:
    """speech, thought ("believes that") or attitude ("backs the deal", "refused to go").

    The sense of the verb decides: what is "denied" or "urged" is said, what is "backed" is not. Of
    nouns and adjectives those of speech say ("the claim that"), not "aware that". Words in marks
    were said, but what is believed to be a “people's port” is a thought still, unless a study does
    ("found that"), or the report only stands beside its quotation.
    """
    act = acts().get(a.lemma, "speech")
    if a.rule == "noun clause" and a.lemma not in _SAID_NOUNS:
        return "thought"
    if act == "thought" and not (marked and a.rule in _BESIDE):
        if a.rule == "clause" and tells(doc, a.source):
            return "speech"
        return "thought" if a.rule in CLAUSAL or marked else "attitude"
    if marked or (a.rule in CLAUSAL and not (a.rule == "as" and act == "attitude")):
        return "speech"
    return "speech" if act == "speech" and not a.rule.startswith("noun") else "attitude"


_BESIDE = frozenset(("after quotation", "bare", "as they say", "in their view", "quoted words"))
"""Rules that find words beside a report, whatever its verb."""
_SAID_NOUNS = words("claim_nouns") | {"clear"}

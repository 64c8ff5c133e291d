"""Words of a verdict that are bound to a target by grammar, and whose verdict it is.

A sentence can be dark for many reasons. The target is *judged* in it where a word that cannot be
used without a verdict ("reckless", "lied", "shamefully", "courage") belongs to the target: in its
own noun group ("his *addled* vision"), as its predicate ("X is *notorious*"), as its verb or the
adverb beside it ("X *bungled* the talks"), as an apposition ("X, a *coward*"), or as the noun that
governs it ("the *folly* of X"). After appraisal theory, which keeps judgement apart from affect and
from events (Martin and White 2005, The Language of Evaluation). The words are data:
``data/lexicons/en/judging_words.csv``.
"""

from __future__ import annotations

from collections.abc import Iterator

from helpers import lexicons
from helpers.grammar.clauses import Predicate, Sentence
from helpers.lemmas import lemma
from helpers.lenses.sentiment.judging_words import (
    Verdict,
    listed,
    persons,
    words_of_verdict,
)

_COPULAS = lexicons.words("verbs_of_being_so")
_HOLDING = lexicons.words("verbs_of_showing_oneself")
_CALLING = lexicons.words("verbs_of_calling")
_POSSIBLY = lexicons.words("modals_of_possibility")
_CONDITIONS = lexicons.words("conditional_openers") | {"until"}
_WHENEVER = frozenset(("when", "whenever"))
"""Open a clause that tells nothing that is so, where its verb is in the present tense."""
_CONDUCT = lexicons.words("nouns_of_conduct")
_PURSUING = lexicons.words("verbs_of_pursuing")
_PLEADING = lexicons.words("verbs_of_pleading")
_BOASTING = lexicons.words("verbs_of_boasting")
_GOVERNED = "GIfR"
_DASHES = ("—", "–", "--")
_ENDS = ",.:;(sawrQ&V"


def verdicts(
    s: Sentence, a: int, b: int, *, wide: bool = False, person: bool = True
) -> list[Verdict]:
    """The words that judge the target, which is tokens ``a`` to ``b`` of the sentence.

    Of what is no ``person`` only deeds, conduct and what stands before the name are asked: "*Delhi*
    is notorious for its smog" and "*Delhi*'s brutal winter" judge no actor, "*Delhi* bungled the
    talks" and "*Delhi*'s reckless conduct" do.

    A ``wide`` search knows in any form and part of speech the words that judge anywhere, too, also
    those that judge a deed or a stance ("rebuff", "intransigence") rather than a person; no reading
    of the model rests on them.
    """
    c = next((j for j in range(len(s.kinds)) if s.starts[j] <= a < s.ends[j]), -1)
    if c < 0 or s.kinds[c] != "G" or (a and s.words[a - 1].lower() == "not"):
        return []
    end = s.ends[c]
    owns = b < end and (s.letters[b] == "S" or s.tags[b - 1] == "PRP$")
    if b < end and (not owns or _of_people(s, b, end) or not (person or _is_conduct(s, end))):
        return []  # "the flawed *Hale* deal", "*Hale*'s reckless envoy": others are judged
    found = [
        v for v in words_of_verdict(s, wide, s.starts[c], end)
        if not a <= v.token < b and not _is_things(s, v.token, a)
    ]  # fmt: skip
    found += _beside(s, c, wide) if person else ()
    if b == end and "".join(s.kinds[c + 1 : c + 3]) == '"G':
        found = []  # "the disastrous *Hale* “deal”"
    # "was sentenced for lying", "was told to lie": what it is done to for, or made to do
    suffered = any(
        x <= a and b <= y for p in s.predicates for x, y in (*p.patients, *p.recipients)
    )
    for p in s.predicates:
        far = p.agent_link == "relative" and (
            s.kinds[c - 1 : c] in ("I", "f") or any(x >= b for x, _ in p.agents)
        )  # "like Hale and Orr, who lied": the last of them
        alone = not p.auxiliary or (p.lemma in _COPULAS and p.link != "joined")
        told = alone and not p.passive and not far and not _is_open(s, p)
        does = is_agent(p, a, b) or (wide and is_named_aside(s, p, a))
        asked = s.words[-1:] == ["?"]  # "is X naive or cunning?"
        unasked = (not person and p.lemma in _COPULAS) or _is_done(s, c)
        if told and (p.finite or not suffered) and does and not (asked or unasked):
            found += _predicated(s, p, wide)
        if person and p.lemma in _CALLING and any(x <= a and b == y for x, y in p.patients):
            found += _called(s, p.chunk + 1 if p.passive else c + 1, wide)
    return _without_boasts(s, found, a, b)


def _without_boasts(s: Sentence, found: list[Verdict], a: int, b: int) -> list[Verdict]:
    """The verdicts, self-praise turned: "he brags about *his* brilliance" is no praise of him."""
    boasts = [p for p in s.predicates if p.lemma in _BOASTING]
    for p in boasts:
        own = is_agent(p, a, b) or s.tags[b - 1] == "PRP$"
        found = [
            Verdict(v.token, -1) if v.polarity > 0 and v.token > p.main and own else v
            for v in found
            if own or v.polarity < 0 or v.token < p.main
        ]
    return found


def _is_things(s: Sentence, token: int, a: int) -> bool:
    """Whether a word before a name belongs to a thing: "The *Absurd* Standard Doran Faces"."""
    if not 0 < token + 1 < a or s.words[token - 1].lower() not in ("the", "a", "an"):
        return False
    head = s.words[a - 1].lower()
    return s.tags[a - 1][:2] == "NN" and s.tags[a][:3] == "NNP" and head not in persons()


def is_agent(p: Predicate, a: int, b: int) -> bool:
    """Whether tokens ``a`` to ``b`` stand in what does the deed."""
    return any(x <= a and b <= y for x, y in p.agents)


def is_named_aside(s: Sentence, p: Predicate, a: int) -> bool:
    """Whether token ``a`` stands between the dashes before a verb, which name who does it.

    "Two officials — *Ann Hale* and Ben Orr — fiercely opposed it".
    """
    close = p.chunk - 1
    while close > 0 and s.kinds[close] == "R":
        close -= 1
    if close < 2 or s.word(close) not in _DASHES or a >= s.starts[close]:
        return False
    return any(s.word(j) in _DASHES for j in range(close) if s.starts[j] < a)


def _is_open(s: Sentence, p: Predicate) -> bool:
    """Whether a verb leaves open that it is so, or names a deed that something is done for.

    "May have lied"; "pleaded guilty to lying", "denied lying".
    """
    if not _POSSIBLY.isdisjoint(word.lower() for word in s.words[p.start : p.end]):
        return True
    before = s.by_chunk.get(p.chunk - 1)
    governed = s.kinds[p.chunk - 1 : p.chunk] in [*"IfLYz"] if p.chunk else False
    # "guilty of fraud and *lying*"
    governed |= "".join(s.kinds[max(p.chunk - 2, 0) : p.chunk]) == "G&"
    denied = before is not None and before.lemma in _PLEADING
    # "urged the clerks to come and be *brave*": they are to be so
    others = any(
        q.agent_link == "control" and q.subject == p.subject and s.kinds[q.chunk - 1] == "G"
        for q in (p, *s.before(p))
    )
    return not p.finite and (governed or denied or others or _is_subject(s, p))


def _is_subject(s: Sentence, p: Predicate) -> bool:
    """Whether a form in -ing is what the next verb is said of: "he said *bullying* is common"."""
    after = s.by_chunk.get(p.chunk + 1)
    return s.tags[p.main] == "VBG" and after is not None and after.finite and not after.agents


def _is_done(s: Sentence, c: int) -> bool:
    """Whether what is said is said of a deed to noun group ``c``: "ousting *Hale* was reckless"."""
    deed = s.by_chunk.get(c - 1)
    return deed is not None and not (deed.finite or deed.agents) and c in deed.object


def _is_conduct(s: Sentence, end: int) -> bool:
    """Whether what is owned, a noun group up to ``end``, is what its owner does."""
    head = s.words[end - 1].lower()
    return head in _CONDUCT or (lemma(head, s.tags[end - 1]), "noun") in listed()


def _of_people(s: Sentence, b: int, end: int) -> bool:
    """Whether what a target owns is other people, who then are judged, not the target."""
    head = s.words[end - 1].lower()
    one = lemma(head, s.tags[end - 1])
    people = head in persons() or one in persons() or (one, "person") in listed()
    further = "S" in s.letters[b + (s.letters[b] == "S") : end]  # "her rival's bold promises"
    return people or further or "N" in s.letters[b:end]


def _predicated(s: Sentence, p: Predicate, wide: bool) -> Iterator[Verdict]:
    """Verdicts in a verb of the target's, in the adverbs beside it and in what it says of it."""
    first = min([p.chunk, *(j for j in p.subject if j < len(s.kinds))])
    openers = {s.word(k) for k in (first - 1, first - 2) if k >= 0}
    present = not {"VBZ", "VBP"}.isdisjoint(s.tags[p.start : p.end])
    present &= "H" not in s.letters_of(p.chunk)  # "when she *has lied*"
    if openers & _CONDITIONS or (present and openers & _WHENEVER):
        return
    found, negated = [*words_of_verdict(s, wide, s.starts[p.chunk], s.ends[p.chunk])], p.negated
    for j in (p.chunk - 1, p.chunk + 1):
        if 0 <= j < len(s.kinds) and s.kinds[j] == "R":
            found += words_of_verdict(s, wide, s.starts[j], s.ends[j])
    if p.lemma in _COPULAS:
        j = p.chunk + 1
        while j < len(s.kinds) and "N" not in s.letters_of(j):
            of_one = s.kinds[j] == "f" and s.head(j - 1) in persons() and s.word(j + 1) != "the"
            if s.kinds[j] in "If" and s.kinds[j - 1] == "G" and not of_one:
                break  # "is a part *in* a charade", "was a tour *of* failure"; "is a man of honor"
            joined = wide and s.kinds[j] == "&" and s.kinds[j + 1 : j + 2] in ("J", "R")
            if (s.kinds[j] in _ENDS and not joined) or s.word(j) == "than":
                break  # "bold but *rash*" goes on, "more than a rash word" does not
            found += words_of_verdict(s, wide, s.starts[j], s.ends[j])
            negated |= s.kinds[j] == "u"  # "is *not* honest"
            j += 1
    elif wide and p.lemma in _PURSUING:
        found += _stance(s, p.chunk + 1)
    elif p.lemma in _HOLDING:
        for j in p.object:
            if "N" not in s.letters_of(j):
                found += words_of_verdict(s, wide, s.starts[j], s.ends[j])
    for v in found:
        if not negated:
            yield v
        elif v.polarity > 0 and p.lemma in _COPULAS:
            # "was never a coward" is no praise, "is not honest" is blame
            yield Verdict(v.token, -1)


def _stance(s: Sentence, j: int) -> Iterator[Verdict]:
    """Verdicts in the conduct that a verb governs: "doubled down on a course of *brinkmanship*"."""
    while j < len(s.kinds) and s.kinds[j] in _GOVERNED and "N" not in s.letters_of(j):
        yield from words_of_verdict(s, True, s.starts[j], s.ends[j])
        j += 1


def _called(s: Sentence, j: int, wide: bool) -> Iterator[Verdict]:
    """Verdicts in what somebody calls the target: "called X a *liar*", "described X as *weak*"."""
    while j < len(s.kinds) and s.kinds[j] not in _ENDS and "N" not in s.letters_of(j):
        if s.kinds[j] in ("I", "f") and s.word(j) not in ("as", "like"):
            break  # "was seen in an amateur video"
        yield from words_of_verdict(s, wide, s.starts[j], s.ends[j])
        j += 1


def _beside(s: Sentence, c: int, wide: bool) -> Iterator[Verdict]:
    """Verdicts in an apposition and in the noun that governs the target's noun group."""
    kinds = s.kinds
    for mark, j, behind in ((c + 1, c + 2, c + 3), (c - 1, c - 2, c - 3)):
        if 0 <= j < len(kinds) and kinds[mark] == "," and kinds[j] == "G":
            closed = not 0 <= behind < len(kinds) or kinds[behind] in ",."
            if closed and not {"N", "p"} & set(s.letters_of(j)):
                yield from words_of_verdict(s, wide, s.starts[j], s.ends[j])
    if c >= 2 and kinds[c - 1] == "f" and kinds[c - 2] == "G":
        yield from words_of_verdict(s, wide, s.ends[c - 2] - 1, s.ends[c - 2])

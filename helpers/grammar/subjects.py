"""The noun phrase that speaks: the subject of a reporting verb, found from the verb outwards.

The phrase next to the verb is often not the speaker: "Hale, the editor of the Post, said" (an
apposition stands between), "the editor of the Post said" (a preposition does), "Hale, who called
him, said" (a relative clause), "“…,” said Hale" (the order is turned round).
"""

from __future__ import annotations

from helpers.grammar.document import Document as View
from helpers.grammar.nouns import (
    CORE,
    DAYWORD,
    Phrase,
    before_apposition,
    noun_before,
    phrase_ending,
    phrase_from,
    with_head,
)
from helpers.grammar.reporting import reporting_words
from helpers.lemmas import lemma as lemma_of

# Who made the document speaks in it: "released a statement saying".
DOCUMENTS = frozenset(
    "statement statements letter letters message messages memo memos email emails e-mail e-mails "
    "tweet tweets note notes article articles post posts speech speeches ad ads release releases "
    "op-ed op-eds column columns video videos call order injunction interview caption resolution "
    "resolutions report reports paper papers petition petitions robocall robocalls pitch pitches "
    "essay essays editorial editorials".split()
)
_PASSIVE = frozenset("be been was were is are being am 's ’s 're ’re get gets got getting".split())
# Participles that describe a state of mind: their subject is who feels it.
_STATES = frozenset(
    "concern convince worry determine oppose commit please disappoint surprise divide dedicate "
    "outrage alarm dismay frustrate thrill tempt shock terrify excite intend mean split focus "
    "satisfy assure startle persuade horrify prepare incline amaze frighten interest honor "
    "offend encourage poise set impress confuse embarrass delight stun".split()
)


def group_start(view: View, i: int, low: int) -> int:
    """First token of the verb group whose main verb is at ``i``: "had never [said]"."""
    code, lower = view.code, view.lower
    j = i
    while j > low:
        c, after = code[j - 1], code[j]
        two = code[j - 2] if j - 2 >= low else ""
        if c in "FMvR" or (c in "eg" and after in "vegtRFP"):
            grows = not (c == "F" and after == "F" and lower[j - 1] not in _AUXILIARIES)
        elif c == "t":
            grows = two != "" and two in "FvegMRJ"
        elif c == "J":
            grows = after == "t" and two != "" and two in "FRve"
        else:
            grows = c == "P" and two != "" and two in "Fveg"
        if not grows:
            break
        j -= 1
    while j < i and code[j] in "R" and lower[j] not in ("n't", "not"):
        j += 1
    return j


_AUXILIARIES = frozenset(
    "has have had is are was were be been being do does did 's 've 're 'd ’s ’ve ’re ’d am "
    "began begins started kept keeps went goes came seems seemed appears appeared".split()
)


def is_passive(view: View, start: int, i: int, lemma: str) -> bool:
    """Whether the subject is spoken about: "has been accused", "was told"."""
    if view.code[i] not in "eF" or lemma in _STATES:
        return False
    j = i - 1
    while j >= start and view.code[j] == "R":
        j -= 1
    if j >= start and view.lower[j] in ("'s", "’s") and j and view.lower[j - 1] in _PERSONS:
        return not takes_clause(lemma)  # who's [has] argued that …
    return j >= start and view.lower[j] in _PASSIVE


_PERSONS = frozenset("who he she".split())


def subject(view: View, start: int, low: int, depth: int = 0) -> Phrase | None:
    """The subject of the verb group that begins at token ``start``, not left of ``low``."""
    code, lower = view.code, view.lower
    j = start - 1
    while j >= low and (code[j] == "R" or lower[j] in _PASSED):
        j -= 1
    if j > low and lower[j] == "as" and lower[start : start + 1] in (["follows"], ["follow"]):
        j -= 1
    if j < low and lower[low] in _COUNTS and start > low:
        return (low, low + 1)
    if j < low or depth > 5:
        return None
    c = code[j]
    if c == "J" and j == low and (lower[j] in _COUNTS or view.words[j][0].isupper()):
        return (j, j + 1)
    if c == ")":
        k = j
        while k > low and code[k] != "(":
            k -= 1
        return subject(view, k, low, depth + 1)
    if c == "w" and lower[j] in ("who", "which", "that", "whom"):
        return _antecedent(view, j, low)
    if c in "nNpxDCS" or (c in "Jq" and j > low):
        return _of_phrase(view, j, low, depth)
    if view.words[j][:1].isupper() and c in "gevFo" and j > low:
        return (j, j + 1)
    if c in ",-":
        return _over_comma(view, j, low, depth)
    if c == "&":
        found = previous_subject(view, j, low, depth)
        if found is None and depth == 0 and code[low] in "DNp":
            return phrase_from(view, low, j)
        return found
    if view.quoted[j] == 1 and depth < 3:
        return _over_quotation(view, j, low)
    if c == "t" and j > low:
        near = phrase_ending(view, j - 1, low)
        told = near is not None and code[near[1] - 1] in "Np" and code[near[0] - 1] in "FvgeM"
        if near is not None and (told or lower[near[0] - 1] == "for"):
            return near  # asked [Hale] to say; it is time for [Hale] to say
    return previous_subject(view, j, low, depth)


def _of_phrase(view: View, j: int, low: int, depth: int) -> Phrase | None:
    """The subject where the noun phrase that ends at ``j`` stands before the verb."""
    code = view.code
    near = phrase_ending(view, j, low)
    if near is None:
        return None
    if near[0] > low and depth < 3:
        before = _before_time(view, near, low)
        if before is not None:
            return subject(view, before, low, depth + 1)
    whole = with_head(view, near, low)
    reduced = _reduced(view, whole[0], low)
    if reduced is not None:
        return before_apposition(view, with_head(view, reduced, low), low)
    opener = _opener(view, whole[0], low)
    if opener is not None:
        return _antecedent(view, opener, low)
    if whole[0] - 2 > low and code[whole[0] - 2 : whole[0]] == "&I":
        return subject(view, whole[0] - 1, low, depth + 1)  # and in a statement praised
    return whole


_PASSED = frozenset("also both all himself herself itself themselves".split())
_COUNTS = frozenset("both all most several many some few others none".split())


def _over_quotation(view: View, j: int, low: int) -> Phrase | None:
    """The subject left of a name in marks: "the ad, titled “One,” says", "the film “One” says"."""
    q = j
    while q > low and view.quoted[q - 1]:
        q -= 1
    k = q - 1
    while k > low and q - k < 8 and view.code[k] not in ",FM" and not view.quoted[k]:
        k -= 1
    if k > low and view.code[k] == "," and view.text[view.starts[j] - 1] in ",”\"’'":
        near = phrase_ending(view, k - 1, low)
    else:
        near = phrase_ending(view, q - 1, low) if q > low else None
    if near is None:
        return previous_subject(view, q - 1, low, 1) if q > low else None
    return before_apposition(view, with_head(view, near, low), low)


def _before_time(view: View, near: Phrase, low: int) -> int | None:
    """Where a phrase of time between subject and verb begins: "Hale [on Monday] said"."""
    code, lower = view.code, view.lower
    a, last = near[0], lower[near[1] - 1]
    tied = code[a - 1] == "I"
    ago = lower[near[1] : near[1] + 1] == ["ago"]
    if last not in DAYWORD and not ((tied or ago) and last in _SPANS):
        return None
    a -= tied
    while a > low and code[a - 1] == "R":
        a -= 1
    if a <= low:
        return None
    if code[a - 1] in "nNp)w":
        return a
    if lower[a - 1] in ("has", "have", "had"):
        return group_start(view, a - 1, low)
    return a - 1 if code[a - 1] in "Fe" and code[a - 2] in "nN" else None


_SPANS = frozenset("past time day days weeks months years".split())


def _opener(view: View, a: int, low: int) -> int | None:
    """The "who" whose clause the phrase at ``a`` ends: "an aide [who] left the palace said"."""
    code, lower = view.code, view.lower
    finite = False
    for k in range(a - 1, max(low, a - 14) - 1, -1):
        c = code[k]
        if c in ',;:"&c' or (c == "I" and lower[k] in _OPENING):
            return None
        if c in "FM":
            if k == a - 1 and takes_clause(lemma_of(lower[k], view.tags[k])):
                return None
            finite = True
        elif c == "w" and lower[k] in ("who", "which", "that") and k > low:
            return k if finite and code[k - 1] in "nNJpD" else None
    return None


def _reduced(view: View, a: int, low: int) -> Phrase | None:
    """The noun before a participle: "a source [speaking to the Post] said"."""
    code = view.code
    for k in range(a - 1, max(low, a - 9), -1):
        c = code[k]
        if c in "ge":
            if code[k - 1] not in "nN" or (k == a - 1 and c == "g"):
                return None
            return phrase_ending(view, k - 1, low)
        if c not in "ItDJnNqSRC&P":
            return None
    return None


def takes_clause(lemma: str) -> bool:
    """Whether a new subject may follow the verb at once: "who [says] Hale lied"."""
    word = reporting_words("verb").get(lemma)
    return word is not None and word.share.get("clause", 0.0) >= 0.4


def _antecedent(view: View, j: int, low: int) -> Phrase | None:
    """What "who" stands for; the phrase ends with the "who" itself."""
    k = j - 1
    while k >= low and view.code[k] in ",Ic":
        k -= 1
    if view.code[k] == ")":
        while k > low and view.code[k] != "(":
            k -= 1
        k -= 1
    near = phrase_ending(view, k, low)
    if near is not None and view.lower[j] != "who" and view.lower[near[1] - 1] in DOCUMENTS:
        maker = previous_subject(view, near[0] - 1, low, 3)
        if maker is not None:
            return maker
    if near is None:
        return (j, j + 1) if view.lower[j] == "who" else None
    wide = with_head(view, near, low)
    return (wide[0], j + 1)


def _over_comma(view: View, j: int, low: int, depth: int) -> Phrase | None:
    """The subject when a comma or dash stands before the verb: an aside ends."""
    code = view.code
    mark = code[j]
    k = j - 1
    tried = 0
    while k > low and tried < 4:
        if code[k] == mark or (mark == "," and code[k] == "-"):
            tried += 1
            inside = code[k + 1 : j]
            opens = inside[:1]
            left = phrase_ending(view, k - 1, low)
            if code[k - 1] == ")":
                q = k - 1
                while q > low and code[q] != "(":
                    q -= 1
                left = phrase_ending(view, q - 1, low)
            if opens == "p" and view.lower[k + 1].endswith(("self", "selves")):
                opens = "n"
            if code[k - 1] == "w" and view.lower[k - 1] in ("who", "which"):
                return _antecedent(view, k - 1, low)  # the editor, who, after a while, said
            if left is not None and (opens in "wDCgeJqnNIcrR" or mark == "-"):
                finite = _finite(inside)
                if not finite or opens in "wIcr":
                    found = before_apposition(view, with_head(view, left, low), low)
                    tie = code[found[0] - 1] if found[0] > low else ""
                    if tie == "I":
                        word = view.lower[found[0] - 1]
                        if word in _OPENING or (opens in "gew" and word in _AFTER):
                            return found
                    elif tie and tie in "gvFet" and opens == "N":
                        return phrase_from(view, k + 1, j)  # after winning Ohio, Gov. Hale, said
                    elif opens == "N" and code[found[0]] in "DqnJC":
                        name = phrase_from(view, k + 1, j)  # the mayor, [Ann Hale], said
                        return (found[0], name[1]) if name is not None else found
                    else:
                        return found
        elif code[k] in ';:"':
            break
        k -= 1
    return previous_subject(view, j, low, depth) or noun_before(view, j, low)


# Words that open a clause, tagged like prepositions.
_OPENING = frozenset("that because while as since although though if whether but so than".split())


_AFTER = frozenset("after before until once".split())


def _finite(inside: str) -> bool:
    """Whether an aside has a verb of its own that no "who" or "which" opens."""
    for i, c in enumerate(inside):
        if c in "wr":
            return False
        if c in "FM":
            return i > 0
    return False


def previous_subject(
    view: View, j: int, low: int, depth: int = 0, *, main: bool = False
) -> Phrase | None:
    """The subject of the nearest finite verb to the left: "rose and said", ", adding that".

    Of a verb inside a report the reporter is the subject: "[Hale] said it was late, adding …".
    ``main`` asks for the main clause: "[Hale] left after they came, saying …".
    """
    code = view.code
    k = j
    if code[j] == "&" and code[j - 1] == "-":  # left the room — it was hot — and said
        k = max(code.rfind("-", low, j - 1), low - 1) if "-" in code[low : j - 1] else j
    while k >= low:
        if code[k] in "FM" and not view.quoted[k]:
            start = group_start(view, k, low)
            if start > low and code[start - 1] == "w" and start < j:
                # a relative clause: the verb of the main clause is further left
                if not main and j - k <= 12 and depth < 2 and _no_comma(code, k, j):
                    return subject(view, start, low, depth + 1)
                k = start - 1
                continue
            if depth > 4:
                return None
            found = subject(view, start, low, depth + 1)
            if (
                found is not None
                and found[0] > low
                and (_reported(view, found[0] - 1) or (main and _under(view, found[0] - 1)))
            ):
                outer = previous_subject(view, found[0] - 1, low, depth + 1, main=main)
                if outer is not None:
                    return outer
            return found
        if code[k] == ";":
            return None
        k -= 1
    return None


def _reported(view: View, k: int) -> bool:
    """Whether a clause whose subject stands behind the token ``k`` is somebody's report."""
    if view.code[k] == "c":
        return view.lower[k] == "that"
    if view.code[k] not in "Fveg":
        return False
    return takes_clause(lemma_of(view.lower[k], view.tags[k]))


def _under(view: View, k: int) -> bool:
    """Whether the token ``k`` opens a subordinate clause."""
    return view.code[k] == "r" or view.lower[k] in _UNDER


_UNDER = frozenset("after as before while when until once since how where who".split())


def _no_comma(code: str, a: int, b: int) -> bool:
    return "," not in code[a:b]


def following_subject(view: View, p: int, end: int) -> Phrase | None:
    """The subject of the clause that comes after: "Speaking on Monday, [Hale] said"."""
    code, quoted = view.code, view.quoted
    k = p
    while k < end:
        ends = quoted[k] and not quoted[k + 1] and view.text[view.starts[k] - 1] == ","
        if (ends or (code[k] == "," and not quoted[k])) and not quoted[k + 1]:
            found = CORE.match(code, k + 1, end)
            if found is not None:
                return phrase_from(view, k + 1, end)
        k += 1
    return None

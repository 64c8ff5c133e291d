"""Features of a target in its sentence, as integer keys, for thousands of targets at once.

A sentence is read once; its targets share what was found. Every feature is a 64-bit mix of a word
(or of two words in a row, or of a category of words) and of where it stands towards the target:
side, distance, clause, in or out of quotation, negated or not. No feature is ever stored as text:
:mod:`helpers.sentiment.model` adds up the weights that the keys point to.

After the features that worked best in the literature on targets in news (Hamborg & Donnay 2021,
NewsMTSC) and in sentiment before neural models (Kiritchenko et al. 2014, NRC-Canada).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from helpers.sentiment.words import (
    ADJECTIVE,
    ADVERB,
    CLOSE,
    EITHER,
    FLAG,
    GERUND,
    MAX_CATEGORIES,
    NAME,
    NOUN,
    OPEN,
    OTHER,
    PAST,
    VERB,
    Vocabulary,
)  # fmt: skip

Array = npt.NDArray[Any]

WINDOW = 80  # tokens read on each side of a target; longer sentences are rare and mostly lists
LEFT, RIGHT = 1, 2
TARGET, ENTITY, NUMBER, EDGE = 11, 22, 33, 44  # stand for words that must not be learned by heart
_NEAR = np.array([0, 1, 2, 3, 3, 4, 4, 4, 5, 5, 5, 5, 5, *[6] * 8, 7])
_COARSE = np.array([0, 0, 0, 0, 1, 1, 2, 2])

FAMILIES = (
    "word", "place", "clause", "quoted", "near", "pair", "pair_side", "gap", "around", "target",
    "mark", "role", "group_role", "group_clause", "group_quoted", "group_between",
)  # fmt: skip
WEIGHT = {"group_clause": 0.7, "group_quoted": 0.7, "group_between": 0.7}


class Family(NamedTuple):
    """Features of one kind: for each its target, the token it comes from, and its key."""

    name: str
    row: Array
    token: Array
    key: Array


def mix(*parts: Any) -> Array:
    """One 64-bit key out of several numbers (multiply, exclusive or, shift)."""
    with np.errstate(over="ignore"):
        mixed = np.asarray(parts[0]).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        mixed = mixed ^ (mixed >> np.uint64(29))
        for part in parts[1:]:
            mixed = (mixed ^ np.asarray(part).astype(np.uint64)) * np.uint64(0xBF58476D1CE4E5B9)
            mixed = mixed ^ (mixed >> np.uint64(29))
    return mixed


class Tokens:
    """The tokens of some sentences with everything that does not depend on a target."""

    def __init__(self, texts: Sequence[str], vocabulary: Vocabulary) -> None:
        texts = [text if text.strip() else "." for text in texts]  # every sentence has a token
        ids, counts = vocabulary.rows(texts)
        column = {name: values[ids] for name, values in vocabulary.columns.items()}
        self.ids = ids
        self.words = vocabulary.words
        self.size = len(ids)
        self.first = np.concatenate([[0], np.cumsum(counts)])  # of each sentence, and the end
        self.sentence = np.repeat(np.arange(len(texts)), counts)
        # Sentences are laid end to end, so that one sorted array holds all offsets.
        self.base = np.concatenate([[0], np.cumsum([len(text) + 1 for text in texts])])
        reached = np.cumsum(column["length"])
        before = np.concatenate([[0], reached])[self.first[:-1]]
        self.end = reached - before[self.sentence] + self.base[self.sentence]
        self.start = self.end - column["length"] + column["lead"]
        self.root: Array = column["stem"]
        self.pos: Array = column["pos"]
        self.mark: Array = column["mark"]
        self.valence: Array = column["valence"]
        self.polarity: Array = column["polarity"]
        self.categories: Array = vocabulary.categories[ids]
        self.n_categories = len(vocabulary.table.polarity_of)
        flags = column["flags"]
        self.flag = {name: (flags & bit) > 0 for name, bit in FLAG.items()}
        at_start = self.start == self.base[self.sentence]
        self.entity = column["capital"] & ((self.pos == NAME) | (~at_start & (self.pos != OTHER)))
        self.name = column["capital"] & (self.pos == NAME)
        mask = np.where(column["digit"], NUMBER, 0).astype(np.uint64)
        mask[self.entity] = ENTITY
        self.masked_root = np.where(mask > 0, mask, self.root)
        self.masked_word = np.where(mask > 0, mask, column["word"])
        self.word: Array = column["word"]
        self.clause = np.cumsum(self.flag["clause"])
        self.quoted = self._quoted(column["quote"])
        self.negated = self._negated()
        self.others = self._others()

    def _same(self, step: int) -> Array:
        """Whether the token ``step`` places further on is in the same sentence."""
        same = np.zeros(self.size, np.bool_)
        if step < self.size:
            same[:-step] = self.sentence[:-step] == self.sentence[step:]
        return same

    def _quoted(self, quote: Array) -> Array:
        """Whether each token stands inside quotation marks opened in its sentence."""
        depth = np.cumsum((quote == OPEN).astype(np.int64) - (quote == CLOSE))
        turns = np.cumsum(quote == EITHER)
        starts = self.first[:-1][self.sentence]
        depth0 = np.concatenate([[0], depth])[starts]
        turns0 = np.concatenate([[0], turns])[starts]
        return (depth - depth0 > 0) | ((turns - turns0) % 2 == 1)

    def _negated(self) -> Array:
        """Whether a negator stands at most four tokens before, in the same clause."""
        negated = np.zeros(self.size, np.bool_)
        for step in range(1, min(5, self.size)):
            same = (self.sentence[step:] == self.sentence[:-step]) & (
                self.clause[step:] == self.clause[:-step]
            )
            negated[step:] |= self.flag["negator"][:-step] & same
        return negated

    def _others(self) -> Array:
        """Running number of names and pronouns, each name of several words counted once."""
        begins = self.entity.copy()
        begins[1:] &= ~(self.entity[:-1] & (self.sentence[1:] == self.sentence[:-1]))
        return np.cumsum(begins | self.flag["pronoun"])

    def next_where(self, condition: Array) -> Array:
        """For each place the first token from there on that meets the condition, else the end."""
        at = np.where(condition, np.arange(self.size), self.size)
        found = np.minimum.accumulate(at[::-1])[::-1] if self.size else at
        found = np.minimum(found, self.first[1:][self.sentence])
        return np.concatenate([found, [self.size]])

    def last_where(self, condition: Array) -> Array:
        """For each place the last token up to there that meets the condition, else -1."""
        at = np.where(condition, np.arange(self.size), -1)
        found = np.maximum.accumulate(at) if self.size else at
        return np.where(found >= self.first[:-1][self.sentence], found, -1)


class Targets:
    """Targets in their sentences, and every (target, token) pair within reach."""

    def __init__(self, tokens: Tokens, sentence: Array, start: Array, end: Array) -> None:
        self.tokens = tokens
        self.n = len(sentence)
        low, high = tokens.first[sentence], tokens.first[sentence + 1]
        base = tokens.base[sentence]
        first = np.searchsorted(tokens.end, base + start, side="right")
        last = np.searchsorted(tokens.start, base + end, side="left") - 1
        top = np.maximum(high - 1, 0)
        self.first = np.clip(first, np.minimum(low, top), top)
        self.last = np.clip(last, self.first, np.maximum(top, self.first))
        self.low, self.high = low, high
        begin = np.maximum(low, self.first - WINDOW)
        stop = np.minimum(high, self.last + WINDOW + 1)
        n = np.maximum(stop - begin, 0)
        self.row = np.repeat(np.arange(self.n), n)
        self.token = np.arange(n.sum()) + np.repeat(begin - (np.cumsum(n) - n), n)
        before = self.token < self.first[self.row]
        after = self.token > self.last[self.row]
        self.side = np.where(before, LEFT, np.where(after, RIGHT, 0))
        self.distance = np.where(
            before, self.first[self.row] - self.token,
            np.where(after, self.token - self.last[self.row], 0),
        )  # fmt: skip
        gap = tokens.clause[self.token] - tokens.clause[self.first][self.row]
        self.clauses = np.minimum(np.abs(gap), 3)
        inside = tokens.quoted
        self.quoted = inside[self.token] * 2 + inside[self.first][self.row]
        others = tokens.others
        left_of = np.where(self.first > low, others[np.maximum(self.first - 1, 0)], 0)
        between = np.where(
            after, others[self.token] - others[self.last][self.row],
            np.where(before, left_of[self.row] - others[self.token], 0),
        )  # fmt: skip
        self.between = np.clip(between, 0, 2)


def families(targets: Targets) -> Iterator[Family]:
    """All features of the targets, one family after the other, in the order of `FAMILIES`."""
    tokens, row, token = targets.tokens, targets.row, targets.token
    side, negated = targets.side, tokens.negated[token]
    outside = side > 0
    words = np.nonzero(outside & ~tokens.mark[token])[0]
    near = _NEAR[np.minimum(targets.distance, 21)]

    def family(name: str, at: Array, *parts: Array) -> Family:
        code = 100 + FAMILIES.index(name)
        context = np.zeros(len(at), np.uint64) + np.uint64(code)
        for part in parts[1:]:
            context = context * np.uint64(16) + part[at].astype(np.uint64)
        return Family(name, row[at], token[at], mix(parts[0][at], context))

    root = tokens.masked_root[token]
    yield family("word", words, root, negated)
    yield family("place", words, root, side, _COARSE[near])
    yield family("clause", words, root, np.minimum(targets.clauses, 2), side, negated)
    yield family("quoted", words, root, targets.quoted)
    close = np.nonzero(outside & (targets.distance <= 4))[0]
    yield family("near", close, tokens.masked_word[token], side, targets.distance)

    # Two words in a row, and two with one between; the target's own words are not among them.
    pair = np.zeros(tokens.size, np.uint64)
    gap = np.zeros(tokens.size, np.uint64)
    pair[:-1] = mix(tokens.masked_root[:-1], tokens.masked_root[1:])
    gap[:-2] = mix(tokens.masked_root[:-2], 7, tokens.masked_root[2:])
    whole = _stays_outside(targets, 1)
    yield family("pair", whole, pair[token])
    yield family("pair_side", whole, pair[token], side)
    yield family("gap", _stays_outside(targets, 2), gap[token], side)

    yield _around(targets)
    inside = np.nonzero(~outside)[0]
    yield family("target", inside, tokens.root[token])
    marks = np.nonzero(outside & tokens.mark[token])[0]
    yield family("mark", marks, tokens.word[token], side)
    yield from _roles(targets)

    # The same places again, with categories of words instead of words.
    at, category = _categories(targets, outside)
    for name, context in (
        ("group_clause", (side, targets.clauses, negated)),
        ("group_quoted", (targets.quoted, negated)),
        ("group_between", (side, targets.between, negated)),
    ):
        code = np.zeros(len(at), np.uint64) + np.uint64(100 + FAMILIES.index(name))
        for part in context:
            code = code * np.uint64(16) + part[at].astype(np.uint64)
        yield Family(name, row[at], token[at], mix(category, code))


def _stays_outside(targets: Targets, reach: int) -> Array:
    """Pairs from whose token the next ``reach`` tokens are in the sentence, off the target."""
    token, row = targets.token, targets.row
    end = targets.high[row]
    left = (targets.side == LEFT) & (token + reach < targets.first[row])
    right = (targets.side == RIGHT) & (token + reach < end)
    return np.nonzero(left | right)[0]


def _categories(targets: Targets, outside: Array) -> tuple[Array, Array]:
    at, category = [], []
    of_token = targets.tokens.categories[targets.token]
    for rank in range(MAX_CATEGORIES):
        found = np.nonzero(outside & (of_token[:, rank] > 0))[0]
        at.append(found)
        category.append(of_token[found, rank])
    return np.concatenate(at), np.concatenate(category).astype(np.uint64)


def _around(targets: Targets) -> Family:
    """Runs of two to four words with the target among them, its own words as one sign."""
    tokens, n = targets.tokens, targets.n

    def word(step: int) -> tuple[Array, Array]:
        at = np.where(step < 0, targets.first, targets.last) + step
        inside = (at >= targets.low) & (at < targets.high)
        safe = np.where(inside, at, targets.first)
        return np.where(inside, tokens.masked_word[safe], np.uint64(EDGE)), safe

    place = {step: word(step) for step in (-3, -2, -1, 1, 2, 3)}
    target = np.full(n, TARGET, np.uint64)
    rows, at, keys = [], [], []
    for run in ((-1,), (1,), (-2, -1), (-1, 1), (1, 2), (-3, -2, -1), (1, 2, 3), (-1, 1, 2)):
        parts = [place[step][0] if step else target for step in sorted((0, *run))]
        rows.append(np.arange(n))
        at.append(place[run[0] if run[0] > 0 else run[-1] if run[-1] < 0 else run[0]][1])
        keys.append(mix(100 + FAMILIES.index("around"), len(run), *parts))
    return Family("around", np.concatenate(rows), np.concatenate(at), np.concatenate(keys))


def _roles(targets: Targets) -> tuple[Family, Family]:
    """What the target does, suffers or is, guessed from word classes without a parser.

    To the right: auxiliaries and adverbs are skipped; a verb then makes the target its subject
    (or, after a form of "be", what the verb is done to), else the predicate after "be" counts. To
    the left: a verb directly before makes the target its object; before a preposition the word
    that governs it counts. The second family names the word's categories instead of the word.
    """
    t, n, last_token = targets.tokens, targets.n, max(targets.tokens.size - 1, 0)
    verb = np.isin(t.pos, (VERB, PAST, GERUND)) & ~t.flag["be"] & ~t.flag["auxiliary"]
    skipped = t.flag["be"] | t.flag["auxiliary"] | t.flag["negator"] | (t.pos == ADVERB)
    content = np.isin(t.pos, (NOUN, ADJECTIVE, NAME))
    next_main = t.next_where(~skipped)
    next_mark = t.next_where(t.mark)
    next_content = t.next_where(content)
    root = np.where(t.entity, np.uint64(ENTITY), t.root)
    be = np.concatenate([[0], np.cumsum(t.flag["be"])])
    negator = np.concatenate([[0], np.cumsum(t.flag["negator"])])
    by_word: list[tuple[Array, ...]] = []
    by_group: list[tuple[Array, ...]] = []
    groups = (
        *t.categories.T, np.where(t.polarity != 0, t.polarity + 101, 0),
        np.where(np.abs(t.valence) > 0.8, np.sign(t.valence) + 111, 0),
    )  # fmt: skip

    def add(code: int, chosen: Array, where: Array, *parts: Any) -> None:
        found = np.nonzero(chosen)[0]
        values = [part[found] for part in parts]
        code_of = 100 + FAMILIES.index("role")
        by_word.append(
            (found, clip(where[found]), mix(np.full(len(found), code_of), code, *values))
        )

    def add_groups(code: int, chosen: Array, where: Array, *parts: Any) -> None:
        found = np.nonzero(chosen)[0]
        word = clip(where[found])
        code_of = 100 + FAMILIES.index("group_role")
        for group in groups:
            has = np.nonzero(group[word] > 0)[0]
            values = [part[found[has]] for part in parts]
            key = mix(np.full(len(has), code_of), code, *values, group[word[has]])
            by_group.append((found[has], word[has], key))

    high = targets.high

    def clip(places: Array) -> Array:
        return np.clip(places, 0, last_token)

    begin = targets.last + 1
    inside = begin < high
    # ", the envoy to Oman, said": an insertion between commas is stepped over.
    comma = inside & t.mark[clip(begin)] & t.flag["clause"][clip(begin)]
    close = next_mark[np.minimum(begin + 1, t.size)]
    over = comma & (close < high) & (close - begin < 15) & t.flag["clause"][clip(close)]
    begin = np.where(over, close + 1, begin)
    main = next_main[np.minimum(begin, t.size)]
    reached = (begin < high) & (main < high) & (main - begin <= 5)
    was = reached & (be[main] - be[np.minimum(begin, main)] > 0)
    negated = (negator[main] - negator[np.minimum(begin, main)] > 0).astype(np.int64)
    is_verb = reached & verb[clip(main)]
    passive = is_verb & was & (t.pos[clip(main)] == PAST)
    role = np.where(passive, 2, np.where(is_verb, 1, 0))
    add(1, is_verb, main, role, t.root[clip(main)])
    add(2, is_verb, main, role, negated, t.root[clip(main)])
    add_groups(2, is_verb, main, role, negated)
    add(3, is_verb, main, role, t.flag["speech"][clip(main)].astype(np.int64))
    thing = next_content[np.minimum(main + 1, t.size)]
    near = (thing < high) & (thing - main <= 6) & (next_mark[np.minimum(main + 1, t.size)] > thing)
    add(4, is_verb & near, thing, role, negated, root[clip(thing)])
    add_groups(4, is_verb & near, thing, role, negated)
    add(5, is_verb & near, thing, t.root[clip(main)], root[clip(thing)])
    predicate = reached & was & ~is_verb
    what = next_content[np.minimum(main, t.size)]
    for _ in range(2):
        near = (what < high) & (what - main <= 6) & (next_mark[np.minimum(main, t.size)] > what)
        add(6, predicate & near, what, negated, root[clip(what)])
        add_groups(6, predicate & near, what, negated)
        what = next_content[np.minimum(what + 1, t.size)]

    light = t.flag["determiner"] | (t.pos == ADJECTIVE) | t.entity
    last_main = t.last_where(~light)
    left = targets.first - 1
    has_left = left >= targets.low
    left = np.where(has_left, last_main[clip(left)], -1)
    has_left &= (left >= 0) & (targets.first - left < 5)
    governs = has_left & verb[clip(left)]
    add(7, governs, left, t.root[clip(left)])
    before = clip(left - 1)
    not_before = (t.flag["negator"][before] & (left > targets.low)).astype(np.int64)
    add(8, governs, left, not_before, t.root[clip(left)])
    add_groups(8, governs, left, not_before)
    by = has_left & t.flag["preposition"][clip(left)]
    last_head = t.last_where(verb | content)
    last_mark = t.last_where(t.mark)
    head = np.where(left > targets.low, last_head[before], -1)
    headed = by & (head >= 0) & (left - head <= 4) & (last_mark[before] < head)
    add(9, headed, head, t.word[clip(left)], t.root[clip(head)])
    add_groups(9, headed, head, t.word[clip(left)])
    add_groups(10, headed, head)
    add(10, headed, head, t.root[clip(head)])
    add(11, by, left, t.word[clip(left)])
    add(12, np.ones(n, np.bool_), targets.first, t.quoted[clip(targets.first)] * 3 + role)
    return tuple(
        Family(name, *(np.concatenate(part) for part in zip(*found, strict=True)))
        for name, found in (("role", by_word), ("group_role", by_group))
    )  # type: ignore[return-value]


# ------------------------------------------------------------------------ sums of polarity


def regions(targets: Targets, at: Array) -> Iterator[Array]:
    """Parts of the sentence over which polarity is summed, each as a mask of the pairs ``at``."""
    side, distance = targets.side[at], targets.distance[at]
    clauses, between, quoted = targets.clauses[at], targets.between[at], targets.quoted[at]
    yield np.ones(len(at), np.bool_)
    for one in (LEFT, RIGHT):
        here = side == one
        yield here
        yield here & (clauses == 0)
        yield here & (distance <= 5)
        yield here & (between == 0)
        yield here & (distance <= 2)
    for state in range(4):
        yield quoted == state


N_REGIONS = 15
N_SUMS = N_REGIONS * 8 + 8
N_GROUP_REGIONS = N_REGIONS + 1


class Sums(NamedTuple):
    """One row per target; columns of polarity by region, then of word categories by region.

    ``at`` are the pairs with a good or bad word, ``parts`` how good and bad they are (by our list
    and by VADER's), ``group_at`` and ``group`` the pairs with a word of a category.
    """

    values: Array
    at: Array
    parts: Array
    decayed: Array
    group_at: Array
    group: Array


def n_columns(tokens: Tokens) -> int:
    """How many sums there are for each target."""
    return N_SUMS + N_GROUP_REGIONS * tokens.n_categories


def group_regions(targets: Targets, at: Array) -> Iterator[Array]:
    """As `regions`, with negated words left out of the narrow ones and by themselves at the end."""
    negated = targets.tokens.negated[targets.token[at]]
    for number, region in enumerate(regions(targets, at)):
        yield region & ~negated if number in (2, 4, 7, 9) else region
    yield negated


def sums(targets: Targets) -> Sums:
    """Good and bad words by region (negation turned around), and words of each category."""
    tokens, n = targets.tokens, targets.n
    values = np.empty((n, n_columns(tokens)))
    charged = (tokens.polarity != 0) | (tokens.valence != 0)
    at = np.nonzero((targets.side > 0) & charged[targets.token])[0]
    token, row = targets.token[at], targets.row[at]
    turn = np.where(tokens.negated[token], -0.7, 1.0)
    own = tokens.polarity[token] * turn
    vader = tokens.valence[token] * turn / 2
    parts = np.stack(
        [np.maximum(own, 0), np.maximum(-own, 0), np.maximum(vader, 0), np.maximum(-vader, 0)]
    )
    column = 0
    for region in regions(targets, at):
        for part in parts:
            total = np.bincount(row, part * region, n)
            values[:, column] = np.log1p(total)
            values[:, column + 1] = total > 0
            column += 2
    decayed = 1 / (1 + targets.distance[at] / 4.0)
    side = targets.side[at]
    for score in (own, vader):
        total = np.bincount(row, score * decayed, n)
        values[:, column] = total
        values[:, column + 1] = np.tanh(total)
        values[:, column + 2] = np.bincount(row, score * decayed * (side == LEFT), n)
        values[:, column + 3] = np.bincount(row, score * decayed * (side == RIGHT), n)
        column += 4
    group_at, group = _categories(targets, targets.side > 0)
    size = tokens.n_categories
    cell = targets.row[group_at] * size + group.astype(np.int64) - 1
    for region in group_regions(targets, group_at):
        total = np.bincount(cell[region], minlength=n * size).reshape(n, size)
        values[:, column : column + size] = np.log1p(total)
        column += size
    return Sums(values, at, parts, decayed, group_at, group)

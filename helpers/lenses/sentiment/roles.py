"""What a target does, suffers or is, guessed from word classes without a parser."""

from __future__ import annotations

from typing import Any

import numpy as np

from helpers.lenses.sentiment.keys import CODE, ENTITY, Array, Family, mix
from helpers.lenses.sentiment.token_arrays import Targets
from helpers.lenses.sentiment.word_table import ADJECTIVE, ADVERB, GERUND, NAME, NOUN, PAST, VERB


def roles(targets: Targets) -> tuple[Family, Family]:
    """Features of what the target does and is, by word and by category of words.

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
        code_of = CODE["role"]
        by_word.append(
            (found, clip(where[found]), mix(np.full(len(found), code_of), code, *values))
        )

    def add_groups(code: int, chosen: Array, where: Array, *parts: Any) -> None:
        found = np.nonzero(chosen)[0]
        word = clip(where[found])
        code_of = CODE["group_role"]
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

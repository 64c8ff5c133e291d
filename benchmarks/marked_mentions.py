"""Our mentions against mentions marked by hand: names found, merging, pronouns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import Any

import pandas as pd


def b_cubed(gold: Sequence[Hashable], ours: Sequence[Hashable]) -> tuple[float, float, float]:
    """(precision, recall, F1) of a clustering of the same items (Bagga and Baldwin 1998).

    >>> b_cubed(["a", "a", "b"], [1, 1, 1])
    (0.5555555555555555, 1.0, 0.7142857142857143)
    """
    by_gold: dict[Hashable, set[int]] = defaultdict(set)
    by_ours: dict[Hashable, set[int]] = defaultdict(set)
    for i, (g, o) in enumerate(zip(gold, ours, strict=True)):
        by_gold[g].add(i)
        by_ours[o].add(i)
    if not gold:
        return 0.0, 0.0, 0.0
    both = [len(by_gold[g] & by_ours[o]) for g, o in zip(gold, ours, strict=True)]
    p = sum(n / len(by_ours[o]) for n, o in zip(both, ours, strict=True)) / len(gold)
    r = sum(n / len(by_gold[g]) for n, g in zip(both, gold, strict=True)) / len(gold)
    return p, r, f1(p, r)


def f1(p: float, r: float) -> float:
    """The harmonic mean, 0 where both are."""
    return 2 * p * r / (p + r) if p + r else 0.0


def scores(gold: pd.DataFrame, ours: pd.DataFrame) -> dict[str, Any]:
    """What we reach on marked articles (doc_id, start, end, actor, kind in both tables).

    Named mentions: kind name; a found one counts if its span agrees to the character and it has an
    actor. B³: over the named mentions that both have. Pronouns: those marked with an actor; right
    if the actor that most of our matched names of that gold actor carry is ours. Found only in
    our table, they count as resolved wrongly.
    """
    keys = ["doc_id", "start", "end"]
    both = gold.merge(ours, on=keys, suffixes=("_gold", "_ours"))
    named = both[
        (both["kind_gold"] == "name") & (both["kind_ours"] == "name") & both["actor_ours"].notna()
    ]
    n_gold = int((gold["kind"] == "name").sum())
    n_ours = int(((ours["kind"] == "name") & ours["actor"].notna()).sum())
    p, r = len(named) / max(n_ours, 1), len(named) / max(n_gold, 1)
    linked = named[named["actor_gold"].notna()]
    merged = b_cubed(linked["actor_gold"].tolist(), linked["actor_ours"].tolist())
    label = {
        actor: group["actor_ours"].value_counts().index[0]
        for actor, group in both[both["actor_ours"].notna()].groupby("actor_gold")
        if len(group)
    }
    out: dict[str, Any] = {
        "names gold": n_gold, "names ours": n_ours, "names P": p, "names R": r,
        "names F1": f1(p, r), "B3 P": merged[0], "B3 R": merged[1], "B3 F1": merged[2],
    }  # fmt: skip
    for kind in ("pronoun", "title", "metonym", "demonym"):
        marked = gold[(gold["kind"] == kind) & gold["actor"].notna()]
        given = ours[(ours["kind"] == kind) & ours["actor"].notna()]
        joined = marked.merge(given, on=keys, suffixes=("_gold", "_ours"))
        right = sum(
            label.get(g, g) == o
            for g, o in zip(joined["actor_gold"], joined["actor_ours"], strict=True)
        )
        out |= {
            f"{kind} gold": len(marked), f"{kind} resolved": len(given), f"{kind} right": right,
            f"{kind} P": right / max(len(given), 1), f"{kind} R": right / max(len(marked), 1),
        }  # fmt: skip
    return out

"""What follows from codes: how right the program is here, how coders agree, corrected numbers."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from helpers.coding.questions import UNCLEAR, items
from helpers.statistics import SEED, krippendorff_alpha
from helpers.statistics.correction import (
    LEAST_CODES,
    Corrected,
    corrected_difference,
    corrected_mean,
)
from helpers.statistics.rules import ALPHA

if TYPE_CHECKING:
    from helpers.story import Story

FINAL = "final"
"""A coder of this name decides where others differ: the adjudication."""
DRAWS = 1000


def decided(codes: pd.DataFrame) -> pd.DataFrame:
    """One row per item with the label that counts: the final coder's, else the commonest one.

    Items on which as many say one thing as another, and those that are unclear, are left out.
    """
    rows = []
    for _, coded in codes.groupby("item", sort=False):
        final = coded[coded["coder"].str.casefold() == FINAL]
        counts = (final if len(final) else coded)["label"].value_counts()
        if len(counts) == 1 or counts.iloc[0] > counts.iloc[1]:
            rows.append({**coded.iloc[0].to_dict(), "label": counts.index[0]})
    found = pd.DataFrame(rows, columns=[*codes.columns]).drop(columns="coder")
    return found[found["label"] != UNCLEAR].reset_index(drop=True)


def accuracy(story: Story, codes: pd.DataFrame) -> pd.DataFrame:
    """One row per lens, its answers and outlets: how often the program is right on this corpus.

    Columns: lens, of (``all``, an answer or an outlet), coded, right, share (weighted by the chance
    of being drawn), low, high (missing with fewer than `LEAST_CODES` codes).
    """
    final = decided(codes).assign(outlet=lambda f: f["doc_id"].map(_outlets(story)))
    rows = []
    for lens, mine in final.groupby("lens", sort=False):
        groups = [("all", mine)]
        groups += [(f"answer: {a}", part) for a, part in mine.groupby("answer")]
        groups += [(f"outlet: {o}", part) for o, part in mine.groupby("outlet")]
        for of, part in groups:
            right = (part["label"] == part["answer"]).to_numpy(np.float64)
            weight = 1 / part["chance"].to_numpy(np.float64)
            found = corrected_mean(np.zeros(len(part)), right, weight, part["doc_id"].to_numpy())
            rows.append(
                {
                    "lens": lens,
                    "of": of,
                    "coded": len(part),
                    "right": int(right.sum()),
                    "share": float(np.average(right, weights=weight)),
                    "low": math.nan if found is None else found.low,
                    "high": math.nan if found is None else found.high,
                }
            )
    columns = ["lens", "of", "coded", "right", "share", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def agreement(codes: pd.DataFrame) -> pd.DataFrame:
    """One row per lens and pair (coders among each other, then the program against each).

    Columns: lens, between, items (coded by both), same (share of equal labels), alpha (Krippendorff
    2004), low, high (bootstrap over items; missing with fewer than `LEAST_CODES` of them).
    """
    rows = []
    for lens, mine in codes.groupby("lens", sort=False):
        wide = mine.pivot_table(index="item", columns="coder", values="label", aggfunc="first")
        wide.columns = [str(c) for c in wide.columns]
        answers = mine.drop_duplicates("item").set_index("item")["answer"]
        coders = [c for c in wide.columns if c.casefold() != FINAL]
        pairs: list[tuple[str, Sequence[str]]] = []
        if len(coders) > 2:
            pairs.append(("all coders", coders))
        pairs += [(f"{a} and {b}", (a, b)) for a, b in itertools.combinations(coders, 2)]
        both = wide.assign(**{"the program": answers})
        pairs += [(f"the program and {c}", ("the program", c)) for c in wide.columns]
        for between, who in pairs:
            rows.append({"lens": lens, "between": between, **_agreed(both[[*who]])})
    columns = ["lens", "between", "items", "same", "alpha", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def _agreed(codings: pd.DataFrame) -> dict[str, Any]:
    known = codings[codings.notna().sum(axis=1) > 1].reset_index(drop=True)
    same = [row.dropna().nunique() == 1 for _, row in known.iterrows()]
    alpha = krippendorff_alpha(known) if len(known) else math.nan
    low = high = math.nan
    if len(known) >= LEAST_CODES and not math.isnan(alpha):
        rng = np.random.default_rng(SEED)
        drawn = [
            krippendorff_alpha(known.iloc[rng.integers(0, len(known), len(known))])
            for _ in range(DRAWS // 5)
        ]
        low, high = np.nanquantile(drawn, [ALPHA / 2, 1 - ALPHA / 2])
    return {
        "items": len(known),
        "same": float(np.mean(same)) if same else math.nan,
        "alpha": alpha,
        "low": float(low),
        "high": float(high),
    }


def corrected(story: Story, codes: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """One row per lens, group and answer: the program's share and the corrected one.

    ``by`` is ``outlet`` or ``actor``; the group ``all`` comes first. Columns: lens, group, answer,
    items, codes, program (its share), corrected, low, high, others (difference from the other
    groups), others_low, others_high, trust (in the program's guesses, 0 to 1). Corrected figures
    are missing where a group has too few codes: the two are never mixed in one comparison.
    """
    final = decided(codes)
    rows: list[dict[str, Any]] = []
    for lens in final["lens"].unique():
        coded = final[final["lens"] == lens].set_index(["doc_id", "start", "end", "asked"])
        every = items(story, str(lens)).join(
            coded[["label", "chance"]], on=["doc_id", "start", "end", "asked"]
        )
        every["outlet"] = every["doc_id"].map(_outlets(story))
        every["article"] = pd.factorize(every["doc_id"])[0]
        if by not in every or every[by].isna().all():
            continue
        groups = [("all", np.ones(len(every), dtype=bool))]
        names = every[by].value_counts()
        groups += [
            (name, (every[by] == name).to_numpy())
            for name in sorted(names.index, key=lambda n: (-names[n], n))
        ]
        for answer in _answers(every):
            for group, inside in groups:
                rows.append(_row(every, str(lens), group, inside, answer))
    columns = ["lens", "group", "answer", "items", "codes", "program", "corrected", "low", "high",
               "others", "others_low", "others_high", "trust"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _row(
    every: pd.DataFrame, lens: str, group: str, inside: np.ndarray, answer: str
) -> dict[str, Any]:
    part, rest = every[inside], every[~inside]
    found = _mean(part, every, answer)
    other = _mean(rest, every, answer) if group != "all" else None
    none = (math.nan, math.nan, math.nan)
    difference = corrected_difference(found, other) if found and other else none
    return {
        "lens": lens,
        "group": group,
        "answer": answer,
        "items": len(part),
        "codes": int(part["label"].notna().sum()),
        "program": float((part["answer"] == answer).mean()),
        "corrected": found.value if found else math.nan,
        "low": found.low if found else math.nan,
        "high": found.high if found else math.nan,
        "others": difference[0],
        "others_low": difference[1],
        "others_high": difference[2],
        "trust": found.trust if found else math.nan,
    }


def _mean(part: pd.DataFrame, every: pd.DataFrame, answer: str) -> Corrected | None:
    if part.empty:
        return None
    code = (part["label"] == answer).astype(float).where(part["label"].notna())
    return corrected_mean(
        (part["answer"] == answer).to_numpy(np.float64),
        code.to_numpy(np.float64),
        1 / part["chance"].to_numpy(np.float64),
        part["article"].to_numpy(),
        articles=int(every["article"].max()) + 1,
    )


def _answers(every: pd.DataFrame) -> list[str]:
    """The answers worth a share: those that people gave at least twice, the commonest first."""
    given = every["label"].value_counts()
    return [str(a) for a in sorted(given.index, key=lambda a: (-given[a], a)) if given[a] > 1]


def _outlets(story: Story) -> pd.Series:
    return story.articles.drop_duplicates("doc_id").set_index("doc_id")["outlet"]

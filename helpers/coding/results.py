"""What follows from codes: how right the program is here, and how far coders agree."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from helpers.coding.questions import UNCLEAR
from helpers.statistics import alpha_interval, krippendorff_alpha
from helpers.statistics.correction import LEAST_CHECKED, LEAST_CODES, corrected_mean

if TYPE_CHECKING:
    from helpers.story import Story

FINAL = "final"
"""A coder of this name decides where others differ: the adjudication."""
PROGRAM = "the program"


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
    """One row per lens, its labels and outlets: how often the program is right on this corpus.

    Columns: lens, of (``all``, ``label: …`` or ``outlet: …``), coded, decided (by the program),
    right; precision, how many of the decided are right, and recall, how many of the coded the
    program has right, each with low and high. Of a label, precision is of the items that the
    program calls so, recall of those that people do. Shares are weighted by the chance of being
    drawn; ends are missing with fewer than `LEAST_CHECKED` items or in too few articles.
    """
    outlets = story.articles.drop_duplicates("doc_id").set_index("doc_id")["outlet"]
    final = decided(codes).assign(outlet=lambda f: f["doc_id"].map(outlets))
    rows = []
    for lens, mine in final.groupby("lens", sort=False):
        answered = mine["answer"] != UNCLEAR
        groups = [("all", answered, answered | True)]
        labels = pd.concat([mine["label"], mine.loc[answered, "answer"]])
        groups += [
            (f"label: {label}", mine["answer"] == label, mine["label"] == label)
            for label in sorted(labels.unique())
        ]
        for outlet in sorted(mine["outlet"].unique()):
            there = mine["outlet"] == outlet
            groups.append((f"outlet: {outlet}", there & answered, there))
        for of, called, coded in groups:
            right = mine["label"] == mine["answer"]
            rows.append(
                {
                    "lens": lens,
                    "of": of,
                    "coded": int((called | coded).sum()),
                    "decided": int((called | (coded & answered)).sum()),
                    "right": int((right & coded).sum()),
                    **_right("precision", mine[called]),
                    **_right("recall", mine[coded]),
                }
            )
    ends = [f"{m}{end}" for m in ("precision", "recall") for end in ("", "_low", "_high")]
    return pd.DataFrame(rows, columns=["lens", "of", "coded", "decided", "right", *ends])


def _right(name: str, part: pd.DataFrame) -> dict[str, float]:
    """The weighted share of right answers, with its interval over articles."""
    if part.empty:
        return dict.fromkeys((name, f"{name}_low", f"{name}_high"), math.nan)
    right = (part["label"] == part["answer"]).to_numpy(np.float64)
    weight = 1 / part["chance"].to_numpy(np.float64)
    found = corrected_mean(
        np.zeros(len(part)), right, weight, part["doc_id"].to_numpy(), least=LEAST_CHECKED
    )
    return {
        name: float(np.average(right, weights=weight)),
        f"{name}_low": math.nan if found is None else found.low,
        f"{name}_high": math.nan if found is None else found.high,
    }


def agreement(codes: pd.DataFrame) -> pd.DataFrame:
    """One row per lens, pair (coders among each other, then the program against each) and label.

    Columns: lens, between, of (``all`` labels, or one against all others), items (coded by both),
    same (share of equal labels), alpha (Krippendorff 2004), low, high (bootstrap over items, of all
    labels; missing with fewer than `LEAST_CODES` of them). What the program leaves undecided is
    missing, not unlike.
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
        both = wide.assign(**{PROGRAM: answers.where(answers != UNCLEAR)})
        pairs += [(f"{PROGRAM} and {c}", (PROGRAM, c)) for c in wide.columns]
        for between, who in pairs:
            known = both[[*who]]
            known = known[known.notna().sum(axis=1) > 1].reset_index(drop=True)
            rows.append(
                {"lens": lens, "between": between, "of": "all", **_agreed(known, whole=True)}
            )
            labels = pd.unique(known.to_numpy().ravel())
            for label in sorted(v for v in labels if isinstance(v, str)) if len(labels) > 2 else ():
                one = (known == label).astype(object).where(known.notna())
                rows.append({"lens": lens, "between": between, "of": label, **_agreed(one)})
    columns = ["lens", "between", "of", "items", "same", "alpha", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def _agreed(known: pd.DataFrame, *, whole: bool = False) -> dict[str, Any]:
    same = (known.nunique(axis=1) == 1).to_numpy()
    enough = whole and len(known) >= LEAST_CODES
    low, high = alpha_interval(known) if enough else (math.nan, math.nan)
    return {
        "items": len(known),
        "same": float(same.mean()) if len(same) else math.nan,
        "alpha": krippendorff_alpha(known),
        "low": low,
        "high": high,
    }


def disagreements(codes: pd.DataFrame) -> pd.DataFrame:
    """One row per item on which coders differ and no final coder has decided yet.

    Columns: lens, item, labels (what was given, without who gave it).
    """
    rows = []
    for (lens, item), coded in codes.groupby(["lens", "item"], sort=False):
        labels = coded["label"].value_counts()
        if len(labels) > 1 and not (coded["coder"].str.casefold() == FINAL).any():
            told = ", ".join(f"{label} ({n})" for label, n in sorted(labels.items()))
            rows.append({"lens": lens, "item": item, "labels": told})
    return pd.DataFrame(rows, columns=["lens", "item", "labels"])

"""What follows from codes: how right the program is here, and how far coders agree."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
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
_ANSWER = ""  # its column beside those of coders, none of whom is called so


def as_codes(rows: Sequence[tuple[str, str, str]], answers: Mapping[str, str]) -> pd.DataFrame:
    """Codes of a small example: (item, coder, label), and the program's answer to each item."""
    table = pd.DataFrame([*rows], columns=["item", "coder", "label"])
    return table.assign(lens="example", answer=table["item"].map(answers))


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


def coded(codes: pd.DataFrame) -> pd.DataFrame:
    """One row per lens: items coded, by how many coders, codes, and items that decide something."""
    rows = []
    for lens, mine in codes.groupby("lens", sort=False):
        coders = [c for c in mine["coder"].unique() if c.casefold() != FINAL]
        rows.append((lens, mine["item"].nunique(), len(coders), len(mine), len(decided(mine))))
    return pd.DataFrame(rows, columns=["lens", "items", "coders", "codes", "decided"])


def held(story: Story, codes: pd.DataFrame) -> pd.DataFrame:
    """One row per coded item and group that it counts in: what people and the program say of it.

    Columns: lens, of (``all``, ``label: …`` or ``outlet: …``), doc_id, start, end, label, answer
    (`UNCLEAR`: the program has decided nothing), chance, called (by the program, so that it counts
    for precision), given (by people, so that it counts for recall), right.
    """
    outlets = story.articles.drop_duplicates("doc_id").set_index("doc_id")["outlet"]
    final = decided(codes).assign(outlet=lambda f: f["doc_id"].map(outlets))
    final["decided"] = final["answer"] != UNCLEAR
    parts = [final.assign(of="all", called=final["decided"], given=True)]
    for label in sorted({*final["label"], *final.loc[final["decided"], "answer"]}):
        called, given = final["answer"] == label, final["label"] == label
        parts.append(final.assign(of=f"label: {label}", called=called, given=given)[called | given])
    for outlet in sorted(final["outlet"].unique()):
        part = final.assign(of=f"outlet: {outlet}", called=final["decided"], given=True)
        parts.append(part[part["outlet"] == outlet])
    rows = pd.concat(parts)
    rows = rows.assign(right=rows["label"] == rows["answer"])
    order = {lens: i for i, lens in enumerate(codes["lens"].unique())}
    rows = rows.sort_values("lens", key=lambda s: s.map(order), kind="stable", ignore_index=True)
    return rows[["lens", "of", "doc_id", "start", "end", "label", "answer", "chance", "decided",
                 "called", "given", "right"]]  # fmt: skip


def errors(held: pd.DataFrame) -> pd.DataFrame:
    """The coded items on which the program is wrong or has decided nothing, wrong ones first.

    ``said`` tells what either calls it.
    """
    wrong = held[(held["of"] == "all") & ~held["right"]]
    program = wrong["answer"].where(wrong["decided"], "undecided")
    said = wrong.assign(said="people: " + wrong["label"] + "; the program: " + program)
    return said.sort_values("decided", ascending=False, kind="stable", ignore_index=True)


def accuracy(held: pd.DataFrame) -> pd.DataFrame:
    """One row per lens, its labels and outlets: how often the program is right on this corpus.

    Columns: lens, of, coded, decided (by the program), right; precision, how many are right of what
    the program decides (of a label: calls so), and recall, how many the program has right of what
    people coded (of a label: called so), each with low and high. Shares are weighted by the chance
    of being drawn; ends are missing with fewer than `LEAST_CHECKED` items or in too few articles.
    """
    rows = [
        {
            "lens": lens,
            "of": of,
            "coded": len(part),
            "decided": int(part["decided"].sum()),
            "right": int(part["right"].sum()),
            **_right("precision", part[part["called"]]),
            **_right("recall", part[part["given"]]),
        }
        for (lens, of), part in held.groupby(["lens", "of"], sort=False)
    ]
    ends = [f"{m}{end}" for m in ("precision", "recall") for end in ("", "_low", "_high")]
    return pd.DataFrame(rows, columns=["lens", "of", "coded", "decided", "right", *ends])


def _right(name: str, part: pd.DataFrame) -> dict[str, float]:
    """The weighted share of right answers, with its interval over articles."""
    if part.empty:
        return dict.fromkeys((name, f"{name}_low", f"{name}_high"), math.nan)
    right, weight = part["right"].to_numpy(np.float64), 1 / part["chance"].to_numpy(np.float64)
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

    Columns: lens, between, of (``all`` labels, or one against all others, if there are more than
    two and it was given `LEAST_CHECKED` times), items (coded by both),
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
        both = wide.assign(**{_ANSWER: answers.where(answers != UNCLEAR)})
        pairs += [(f"{PROGRAM} and {c}", (_ANSWER, c)) for c in wide.columns]
        for between, who in pairs:
            known = both[[*who]]
            known = known[known.notna().sum(axis=1) > 1].reset_index(drop=True)
            if known.empty:
                continue
            rows.append(
                {"lens": lens, "between": between, "of": "all", **_agreed(known, whole=True)}
            )
            given = known.stack().value_counts()
            for label in sorted(given.index[given >= LEAST_CHECKED]) if len(given) > 2 else ():
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

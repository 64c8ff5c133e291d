"""Shares and findings, corrected by codes; what is corrected is never held against what is not."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from helpers.coding.questions import LENSES, items
from helpers.coding.results import accuracy, decided, held
from helpers.coding.sample import KEY, expected
from helpers.findings.measured import ENOUGH, kind_of
from helpers.statistics.correction import (
    LEAST_CODES,
    Corrected,
    corrected_difference,
    corrected_mean,
)
from helpers.statistics.rules import MIN_ARTICLES
from helpers.statistics.student import NORMAL_REACH
from helpers.wording import between, count, number, percent

if TYPE_CHECKING:
    from helpers.findings.finding import Finding
    from helpers.story import Story

ALL = "all"
"""The group of all items."""
RESTS_ON = {"coverage": "label: left out"}
"""What the findings of a lens rest on, where that is not all of its items."""
NEEDED = f"{LEAST_CODES} in {MIN_ARTICLES} articles are needed"


def coded_items(story: Story, codes: pd.DataFrame, lens: str) -> pd.DataFrame:
    """One row per item of a lens, with ``label`` and ``chance`` where one was decided on.

    Further columns: outlet, and ``article``, the number of the article.
    """
    final = decided(codes[codes["lens"] == lens]).set_index(KEY)
    every = items(story, lens).join(final[["label", "chance"]], on=KEY)
    outlets = story.articles.drop_duplicates("doc_id").set_index("doc_id")["outlet"]
    return every.assign(
        outlet=every["doc_id"].map(outlets), article=pd.factorize(every["doc_id"])[0]
    )


def corrected(
    story: Story, codes: pd.DataFrame, *, by: str = "outlet", lens: str | None = None
) -> pd.DataFrame:
    """One row per lens, answer and group: the program's share and the corrected one.

    Of all lenses that were coded, or of ``lens``. ``by`` is ``outlet`` or ``actor``; the group
    ``all`` comes first. Columns: lens, answer, group, items, codes, program (its share), corrected,
    low, high, others (difference from the other groups), others_low, others_high, trust (in the
    program's guesses, 0 to 1), note. Corrected figures are missing where a group has too few codes:
    the two are never mixed in one comparison.
    """
    rows: list[dict[str, Any]] = []
    for name in codes["lens"].unique() if lens is None else [lens]:
        every = coded_items(story, codes, str(name))
        every = every[every["counted"]]
        if by not in every or every[by].isna().all():
            continue
        names = every[by].value_counts()
        ranked = sorted(names.index, key=lambda n: (-names[n], n))
        for answer in _answers(every):
            for group in [ALL, *ranked]:
                inside = np.ones(len(every), bool) if group == ALL else (every[by] == group)
                rows.append(_row(every, str(name), group, np.asarray(inside), answer))
    columns = ["lens", "answer", "group", "items", "codes", "program", "corrected", "low", "high",
               "others", "others_low", "others_high", "trust", "note"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _row(
    every: pd.DataFrame, lens: str, group: str, inside: np.ndarray, answer: str
) -> dict[str, Any]:
    part, rest = every[inside], every[~inside]
    found, other = _mean(part, every, answer), _mean(rest, every, answer)
    none = (math.nan, math.nan, math.nan)
    difference = corrected_difference(found, other) if found and other else none
    codes = int(part["label"].notna().sum())
    return {
        "lens": lens,
        "answer": answer,
        "group": group,
        "items": len(part),
        "codes": codes,
        "program": float((part["answer"] == answer).mean()),
        "corrected": found.value if found else math.nan,
        "low": found.low if found else math.nan,
        "high": found.high if found else math.nan,
        "others": difference[0],
        "others_low": difference[1],
        "others_high": difference[2],
        "trust": found.trust if found else math.nan,
        "note": "" if found else f"too few codes: {NEEDED}" if codes else "no codes",
    }


def _mean(part: pd.DataFrame, every: pd.DataFrame, answer: str, less: str = "") -> Corrected | None:
    """The share of an answer, or by how much it passes that of another."""

    def is_it(column: str) -> pd.Series:
        return (part[column] == answer).astype("float64") - (
            (part[column] == less).astype("float64") if less else 0.0
        )

    if part.empty:
        return None
    return corrected_mean(
        is_it("answer").to_numpy(),
        is_it("label").where(part["label"].notna()).to_numpy(),
        1 / part["chance"].to_numpy(np.float64),
        part["article"].to_numpy(),
        articles=int(every["article"].max()) + 1,
    )


def _answers(every: pd.DataFrame) -> list[str]:
    """The answers worth a share: those that people gave at least twice, the commonest first."""
    given = every["label"].value_counts()
    return [str(a) for a in sorted(given.index, key=lambda a: (-given[a], a)) if given[a] > 1]


# -- findings -------------------------------------------------------------------------------------


def checked(story: Story, codes: pd.DataFrame, claims: Sequence[Finding]) -> list[Finding]:
    """The claims, with what codes say of them beside their own figures.

    A claim of a lens that was coded says how often the program is right here; one whose rows were
    coded is corrected, or says that they are too few. Where the program is right less often than
    `ENOUGH`, the claim is marked, and a difference is no longer told as one that passed the test.
    """
    if codes.empty:
        return list(claims)
    measured: list[Any] = [*accuracy(held(story, codes)).itertuples()]
    right = {str(row.lens): row for row in measured if row.of == RESTS_ON.get(row.lens, ALL)}

    @cache
    def every(lens: str) -> pd.DataFrame:
        return coded_items(story, codes, lens)

    made = []
    for claim in claims:
        lens = kind_of(claim)
        if lens in right:
            claim = _gated(claim, right[lens])
            claim = _corrected(claim, every(lens)) if claim.answer else claim
        made.append(claim)
    return made


def _gated(claim: Finding, right: Any) -> Finding:
    if math.isnan(right.precision):
        none = f"checked by {count(right.coded, 'code')}: it decides none of them"
        return replace(claim, method=f"{claim.method}; {none}")
    share = f"{percent(right.precision)} of what it decides"
    ends = between(right.precision_low, right.precision_high, "share")
    told = f"checked by {count(right.coded, 'code')}: right here in {share}"
    claim = replace(claim, method=f"{claim.method}; {told}{f', {ends}' if ends else ''}")
    if right.precision >= ENOUGH or right.decided < LEAST_CODES:
        return claim
    lost = "withdrawn as a difference" if claim.p_value == claim.p_value else "a hint only"
    return replace(
        claim,
        statement=f"{claim.statement} By the codes the program is right here in {share}, where "
        f"{percent(ENOUGH)} are asked: {lost}.",
        p_value=math.nan,
        descriptive=True,
        strength=claim.strength / 2,
    )


def _corrected(claim: Finding, every: pd.DataFrame) -> Finding:
    spans = pd.DataFrame([*claim.evidence, *claim.reference], columns=KEY[:3])
    held = every.merge(spans.drop_duplicates(), on=KEY[:3])
    mine = held[held["outlet"] == claim.outlet] if claim.outlet else held
    others = held[held["outlet"] != claim.outlet] if claim.outlet else held[:0]
    found = _mean(mine, every, claim.answer)
    other = _mean(others, every, claim.answer)
    if found is None or (claim.outlet and other is None):
        sides = " and ".join(
            number(int(side["label"].notna().sum()))
            for side in ((mine, others) if claim.outlet else (mine,))
        )
        few = f"too few codes to correct it ({sides}; {NEEDED}{' a side' if claim.outlet else ''})"
        return replace(claim, method=f"{claim.method}; {few}")
    told = f"corrected {percent(found.value)}, {between(found.low, found.high, 'share')}"
    if other is not None:
        value, low, high = corrected_difference(found, other)
        told += (
            f", against {percent(other.value)}; difference {percent(value)}, "
            f"{between(low, high, 'share')}"
        )
    elif claim.rival and (gap := _mean(mine, every, claim.answer, claim.rival)):
        second = _mean(mine, every, claim.rival)
        assert second is not None
        order = "comes first" if gap.low > 0 else "which comes first is open"
        told += f"; {claim.rival} {percent(second.value)}: {order}"
    return replace(
        claim,
        method=f"{claim.method}; {told}",
        corrected=found.value,
        corrected_low=found.low,
        corrected_high=found.high,
    )


def plan(
    story: Story, codes: pd.DataFrame, claims: Sequence[Finding], *, n: int = 20
) -> pd.DataFrame:
    """One row per claim that codes can correct: how far ``n`` further items would narrow it.

    The lens comes first whose further items narrow its claims most. Columns: lens, statement,
    codes (its share has; of a difference that of its outlet), further (it gets, on average), width
    (of its interval; 1 without one), expected (width, afterwards).
    """
    rows = []
    able = [claim for claim in claims if claim.answer and kind_of(claim) in LENSES]
    for lens in dict.fromkeys(map(kind_of, able)):
        mine = [claim for claim in able if kind_of(claim) == lens]
        every = coded_items(story, codes, lens)
        given = every[every["label"].notna()]
        for claim, more in zip(mine, expected(story, lens, mine, n=n), strict=True):
            mine_given = given[given["outlet"] == claim.outlet] if claim.outlet else given
            spans = {*claim.evidence, *claim.reference}
            has = len({*mine_given[KEY[:3]].itertuples(index=False, name=None)} & spans)
            width = claim.corrected_high - claim.corrected_low
            if enough := not math.isnan(width):
                after = width * math.sqrt(has / (has + more))
            else:
                after = min(2 * NORMAL_REACH * math.sqrt(0.25 / (has + more)), 1.0)
            rows.append(
                {
                    "lens": lens,
                    "statement": claim.statement,
                    "codes": has,
                    "further": round(more, 1),
                    "width": width if enough else 1.0,
                    "expected": after if enough or has + more >= LEAST_CODES else 1.0,
                }
            )
    table = pd.DataFrame(
        rows, columns=["lens", "statement", "codes", "further", "width", "expected"]
    )
    gain = (table["width"] - table["expected"]).groupby(table["lens"]).transform("sum")
    order = table.assign(gain=gain.round(9)).sort_values("gain", ascending=False, kind="stable")
    return order.drop(columns="gain").reset_index(drop=True)

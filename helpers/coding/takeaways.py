"""What codes say, in sentences computed from the tables that follow from them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.coding.corrections import ALL, NEEDED
from helpers.coding.results import FINAL
from helpers.findings.measured import ENOUGH
from helpers.wording import between, count, listing, number, percent


def no_codes(of: str = "anything") -> str:
    """That nothing was coded, and how it is done."""
    return (
        f"Nobody has coded {of} of this story yet: “python3 run.py code PATH” draws a blind "
        "sample and writes a coding sheet; sixty items take about twenty minutes."
    )


NO_CODES = no_codes()


def how_right(accuracy: pd.DataFrame) -> str:
    """How much of what the program decides is right on this corpus, lens by lens."""
    told = []
    wholes: list[Any] = [*accuracy[accuracy["of"] == "all"].itertuples()]
    for row in wholes:
        ends = between(row.precision_low, row.precision_high, "share")
        if not row.decided:
            told.append(f"{row.lens}: of {count(row.coded, 'coded item')} the program decides none")
            continue
        told.append(
            f"{row.lens}: of {count(row.coded, 'coded item')} the program decides "
            f"{number(row.decided)}, and is right in {percent(row.precision)} of them"
            f"{f' ({ends})' if ends else ''}"
            f"{'' if row.precision >= ENOUGH else f', fewer than the {percent(ENOUGH)} asked'}"
        )
    return f"By people’s codes, {'; '.join(told)}." if told else NO_CODES


def size(codes: pd.DataFrame) -> str:
    """What was coded, for the foot of a sentence."""
    coders = codes.loc[codes["coder"].str.casefold() != FINAL, "coder"].nunique()
    return f"{count(codes['item'].nunique(), 'item')} coded by {count(coders, 'coder')}"


def corrected(table: pd.DataFrame, *, of: str = "anything") -> str:
    """The shares of all items as codes correct them, beside the program's own.

    ``of`` says what nobody has coded where the table is empty.
    """
    if table.empty:
        return no_codes(of)
    told = []
    for lens, whole in table[table["group"] == ALL].groupby("lens", sort=False):
        codes = number(whole["codes"].max())
        known: list[Any] = [*whole[whole["corrected"].notna()].itertuples()][:3]
        shares = listing(
            [
                f"{percent(row.corrected)} are {row.answer} "
                f"({between(row.low, row.high, 'share')}; the program says {percent(row.program)})"
                for row in known
            ]
        )
        told.append(
            f"{lens}: by {codes} codes {shares}"
            if known
            else f"{lens}: {codes} codes are too few to correct anything ({NEEDED})"
        )
    return f"Of all items, {'; '.join(told)}."


def agreed(agreement: pd.DataFrame) -> str:
    """How far people agree among each other, and the program with them."""
    told = []
    for lens, mine in agreement[agreement["of"] == "all"].groupby("lens", sort=False):
        rows: list[Any] = [*mine.itertuples()]
        pairs = [
            f"{row.between} on {percent(row.same)} of {count(row.items, 'item')} "
            f"(alpha {number(row.alpha)})"
            for row in rows
        ]
        told.append(f"{lens}: {listing(pairs, 4)}")
    return f"Same labels, {'; '.join(told)}." if told else NO_CODES

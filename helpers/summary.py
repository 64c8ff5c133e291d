"""One table, outlet × lens, that is read within a minute.

Each cell holds the one thing that sets the outlet apart most in that lens, with its numbers, and
says so where it is descriptive only. The long form keeps the numbers apart for whoever wants to
check them; the wide form is for reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from helpers.comparing.events import comparable
from helpers.lenses.naming.method import DESCRIPTIONS
from helpers.statistics import DESCRIPTIVE_ONLY

LENSES = {
    "keyness": "Stresses",
    "frames": "Frame",
    "naming": "Calls",
    "agency": "Shows acting",
    "coverage": "Covers",
    "headlines": "Headlines",
    "stance": "Reports speech",
}
NOTHING = "nothing stands out"
FRAME_NAMES = {"human_interest": "human interest", "economic": "economic consequences"}
LEAST_SHARE, LEAST_GAP = 0.03, 0.02  # two of 160 namings, or 5% against 4%, do not stand out
LEAST_ELSEWHERE = 3  # what the others name or show less often says nothing about them
_TERMS = 3
_COLUMNS = ["outlet", "lens", "cell", "value", "reference", "n", "descriptive"]
_NAMED_PARTS = ("title", "metonym", *DESCRIPTIONS)  # not the name, which everybody uses


def summary(
    articles: pd.DataFrame,
    *,
    keyness: pd.DataFrame | None = None,
    frames: pd.DataFrame | None = None,
    naming: pd.DataFrame | None = None,
    agency: pd.DataFrame | None = None,
    coverage: pd.DataFrame | None = None,
    headlines: pd.DataFrame | None = None,
    stance: pd.DataFrame | None = None,
    voice: str = "author",
) -> pd.DataFrame:
    """One row per outlet × lens: the cell's text and the numbers it rests on.

    Every lens is the table its module made (`frames` is `frame_shares`, `headlines` is
    `headline_against_body`, `stance` is `stance_shares`); a lens that is not given has no rows.
    `voice` picks the clauses of `agency`; keyness, frames and naming come in the voice that they
    were counted in, and the other lenses know no voice.
    Columns: outlet, lens, cell (for reading), value (the outlet's), reference (the other
    outlets'), n (what was counted), descriptive.
    """
    compared = comparable(articles)
    outlets = sorted(compared["outlet"].unique())
    outlet_of = dict(zip(compared["doc_id"], compared["outlet"], strict=True))
    cells = {
        "keyness": _keyness(keyness),
        "frames": _frames(frames),
        "naming": _naming(naming),
        "agency": _agency(agency, outlet_of, voice),
        "coverage": _coverage(coverage),
        "headlines": _headlines(headlines),
        "stance": _stance(stance),
    }
    rows = [
        {"outlet": outlet, "lens": lens, **found.get(outlet, _cell(NOTHING))}
        for outlet in outlets
        for lens, found in cells.items()
        if found is not None
    ]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    types = {"outlet": "str", "lens": "str", "cell": "str", "descriptive": "bool"}
    return frame.astype({**types, "value": "float64", "reference": "float64", "n": "float64"})


def summary_table(cells: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """One row per outlet: its articles and one column per lens, to be read across."""
    compared = comparable(articles)
    order = [lens for lens in LENSES if lens in set(cells["lens"])]
    wide = cells.pivot(index="outlet", columns="lens", values="cell").reindex(columns=order)
    wide.columns = pd.Index([LENSES[lens] for lens in order])
    counts = compared["outlet"].value_counts().reindex(wide.index)
    wide.insert(0, "Articles", counts.to_numpy())
    return wide.rename_axis("Outlet").reset_index()


def _cell(
    text: str,
    value: float = np.nan,
    reference: float = np.nan,
    n: float = np.nan,
    descriptive: bool = True,
) -> dict[str, Any]:
    return {
        "cell": text,
        "value": value,
        "reference": reference,
        "n": n,
        "descriptive": bool(descriptive),
    }


def _rows(table: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples."""
    return iter(table.itertuples(index=False))


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _keyness(table: pd.DataFrame | None) -> dict[str, dict[str, Any]] | None:
    """The terms that survive; else the most distinctive ones, called descriptive."""
    if table is None:
        return None
    cells = {}
    for outlet, group in table[table["log_odds"] > 0].groupby("outlet", sort=True):
        sure = group[group["significant"]] if "significant" in group else group.iloc[:0]
        several = group[group["articles_target"] > 1] if "articles_target" in group else group
        chosen = sure if len(sure) else several
        order = ["p_value", "z", "term"] if "p_value" in chosen else ["z", "term"]
        chosen = chosen.sort_values(
            order, ascending=[name != "z" for name in order], kind="stable", na_position="last"
        )
        top = _unnested(chosen["term"].tolist())[:_TERMS]
        if not top:
            continue
        first = chosen[chosen["term"] == top[0]].iloc[0]
        text = ", ".join(f"“{term}”" for term in top)
        cells[str(outlet)] = _cell(
            text if len(sure) else f"{text} ({DESCRIPTIVE_ONLY})",
            first["rate_target"],
            first["rate_reference"],
            first["n_target"],
            not len(sure),
        )
    return cells


def _unnested(terms: list[str]) -> list[str]:
    """Terms without those that are part of one already named ("rogue" beside "rogue state")."""
    kept: list[str] = []
    for term in terms:
        words = set(term.split())
        if not any(words & set(other.split()) for other in kept):
            kept.append(term)
    return kept


def _frames(table: pd.DataFrame | None) -> dict[str, dict[str, Any]] | None:
    """The frame by which the outlet exceeds the other outlets most."""
    if table is None:
        return None
    best: dict[str, dict[str, Any]] = {}
    for frame, group in table.groupby("frame", sort=True):
        total, carrying = group["total"].sum(), group["n"].sum()
        for row in _rows(group):
            rest = total - row.total
            if not rest or not row.total:
                continue
            others = (carrying - row.n) / rest
            if row.value - others > best.get(row.outlet, {"gap": LEAST_GAP})["gap"]:
                name = FRAME_NAMES.get(str(frame), str(frame))
                text = f"{name} {_percent(row.value)} (others {_percent(others)})"
                cell = _cell(text, row.value, others, row.n, row.descriptive)
                best[row.outlet] = cell | {"gap": row.value - others}
    return {k: {c: v for c, v in cell.items() if c != "gap"} for k, cell in best.items()}


def _naming(table: pd.DataFrame | None) -> dict[str, dict[str, Any]] | None:
    """The word for an actor that the outlet uses in several articles and the others hardly do."""
    if table is None:
        return None
    described = table[table["parts"].map(lambda p: any(x in p for x in _NAMED_PARTS)).astype(bool)]
    forms = table[["actor", "outlet", "total"]].drop_duplicates(["actor", "outlet"])
    totals = forms.groupby("actor")["total"].sum()
    uses = described.groupby(["actor", "label"])["n"].sum()
    best: dict[str, tuple[float, dict[str, Any]]] = {}
    for row in _rows(described):
        rest = float(totals[row.actor] - row.total)
        if row.n < max(2, LEAST_SHARE * row.total) or rest < LEAST_ELSEWHERE:
            continue
        elsewhere = float(uses[row.actor, row.label] - row.n)
        others = elsewhere / rest
        odds = np.log((row.n + 0.5) / row.total) - np.log((elsewhere + 0.5) / rest)
        weight = odds * np.sqrt(row.n) * (1 if row.articles > 1 else 0.5)
        if weight > best.get(row.outlet, (0.0, {}))[0]:
            times = f"{row.n} of {row.total} mentions"
            text = f"{row.actor}: “{row.written}” ({times}; others {_percent(others)})"
            best[row.outlet] = weight, _cell(text, row.n / row.total, others, row.n)
    return {outlet: cell for outlet, (_, cell) in best.items()}


def _agency(
    table: pd.DataFrame | None, outlet_of: dict[str, str], voice: str
) -> dict[str, dict[str, Any]] | None:
    """The actor whose part as doer differs most from what the other outlets show."""
    if table is None:
        return None
    told = table[(table["voice"].fillna("author") == voice) | (voice == "all")]
    told = told.assign(outlet=told["doc_id"].map(outlet_of)).dropna(subset=["outlet", "actor"])
    told = told.assign(does=(told["role"] == "agent").astype(float))
    by = told.groupby(["actor", "outlet"], sort=True)["does"].agg(["sum", "size"]).reset_index()
    whole = by.groupby("actor")[["sum", "size"]].sum()
    best: dict[str, tuple[float, dict[str, Any]]] = {}
    for actor, outlet, does, n in _rows(by):
        rest = float(whole.loc[actor, "size"]) - n
        if n < LEAST_ELSEWHERE + 1 or rest < LEAST_ELSEWHERE + 1:
            continue
        share, others = does / n, (float(whole.loc[actor, "sum"]) - does) / rest
        weight = abs(share - others) * np.sqrt(n)
        if weight > best.get(outlet, (0.0, {}))[0]:
            role = "as doer" if share > others else "as done-to"
            shown = (share, others) if share > others else (1 - share, 1 - others)
            text = f"{actor} {role} {_percent(shown[0])} of {n} (others {_percent(shown[1])})"
            best[outlet] = weight, _cell(text, share, others, n)
    return {outlet: cell for outlet, (_, cell) in best.items()}


def _coverage(table: pd.DataFrame | None) -> dict[str, dict[str, Any]] | None:
    """How many of the facts it could have told the outlet has."""
    if table is None:
        return None
    cells = {}
    for outlet, group in table.groupby("outlet", sort=True):
        has = int((group["status"] == "present").sum())
        lacks = int((group["status"] == "absent").sum())
        unjudged = "reason" in group and bool((group["reason"] == "genre").any())
        if not has + lacks:
            cells[str(outlet)] = _cell("no fact that can be compared")
        elif unjudged and not lacks:
            text = f"tells {has} facts; what it lacks is not judged (no report among its articles)"
            cells[str(outlet)] = _cell(text, n=has)
        else:
            text = f"{has} of the {has + lacks} facts it could have told"
            cells[str(outlet)] = _cell(text, has / (has + lacks), np.nan, has + lacks)
    return cells


def _headlines(table: pd.DataFrame | None) -> dict[str, dict[str, Any]] | None:
    """What the headlines name or frame beyond the bodies, and more than other outlets' do."""
    if table is None:
        return None
    whole = table.assign(gaps=table["difference"] * table["articles"])
    sums = whole.groupby(["kind", "item"])[["gaps", "articles"]].sum()
    best: dict[str, tuple[float, dict[str, Any]]] = {}
    for row in _rows(table):
        gaps, articles = sums.loc[(row.kind, row.item)]
        rest = articles - row.articles
        usual = (gaps - row.difference * row.articles) / rest if rest else 0.0
        if row.difference <= 0 or row.difference <= usual or not row.headlines:
            continue
        weight = (row.difference - usual) * np.sqrt(row.headlines)
        if weight > best.get(row.outlet, (0.0, {}))[0]:
            name = FRAME_NAMES.get(row.item, row.item) if row.kind == "frame" else row.item
            text = (
                f"{name} in {row.headlines} of {row.articles} headlines, "
                f"{_percent(row.share_body)} of body sentences"
            )
            values = row.share_headline, row.share_body, row.articles, row.descriptive
            best[row.outlet] = weight, _cell(text, *values)
    return {outlet: cell for outlet, (_, cell) in best.items()}


def _stance(table: pd.DataFrame | None) -> dict[str, dict[str, Any]] | None:
    """The share of reporting verbs that do more than report, over all speakers."""
    if table is None:
        return None
    whole = table[(table["speaker"] == "(all speakers)") & (table["stance"] == "neutral")]
    total, neutral = whole["total"].sum(), whole["n"].sum()
    cells = {}
    for row in _rows(whole):
        rest = total - row.total
        others = 1 - (neutral - row.n) / rest if rest else np.nan
        text = f"{_percent(1 - row.value)} of {row.total:.0f} verbs take a stance"
        if rest:
            text += f" (others {_percent(others)})"
        cells[row.outlet] = _cell(text, 1 - row.value, others, row.total, row.descriptive)
    return cells

"""The finding about names: what one outlet calls an actor and the others do not."""

from __future__ import annotations

import math
import re

import pandas as pd

from helpers.comparing.sides import others
from helpers.comparing.spans import voice_mask
from helpers.findings.compare import interval
from helpers.findings.finding import Finding, one_each, spans_of, strength
from helpers.lenses.naming.method import DESCRIPTIONS, is_chosen, label_of, namings
from helpers.statistics import shrunken
from helpers.wording import between, clean, count, is_missing, number, percent

LEAST_NAMINGS = 5
LEAST_USES = 3
_SPLIT = re.compile(r"\s*\|\s*")


def naming_findings(
    naming: pd.DataFrame,
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    tokens: pd.DataFrame | None = None,
    quotes: pd.DataFrame | None = None,
) -> list[Finding]:
    """The name that one outlet gives an actor and the others (nearly) never use.

    Its evidence is exactly the namings counted; for that ``tokens`` and ``quotes`` are asked.
    """
    if naming.empty or naming["outlet"].nunique() < 2:
        return []
    table = naming[["actor", "outlet", "label", "n", "doc_ids"]].copy()
    if "total" in naming:  # of names and forms; descriptions come on top
        table["named"] = naming["total"]
    else:
        table["named"] = table.groupby(["actor", "outlet"])["n"].transform("sum")
    each = table.drop_duplicates(["actor", "outlet"]).groupby("actor")["named"].sum()
    table["all_label"] = table.groupby(["actor", "label"])["n"].transform("sum")
    rest_named = table["actor"].map(each) - table["named"]
    chosen = [not _plain(lb, a) for lb, a in zip(table["label"], table["actor"], strict=True)]
    table["written"] = naming["written"] if "written" in naming else table["label"]
    if "parts" in naming:
        chosen = [c and told for c, told in zip(chosen, is_chosen(naming["parts"]), strict=True)]
    table = table.assign(
        share=table["n"] / table["named"].clip(lower=1),
        rest=(table["all_label"] - table["n"]) / rest_named.where(rest_named > 0),
        rest_named=rest_named,
        docs=[len(_documents(d)) for d in table["doc_ids"]],
        chosen=chosen,
    )
    table = table[
        table["chosen"].astype(bool)
        & (table["named"] >= LEAST_NAMINGS)
        & (table["rest_named"] >= LEAST_NAMINGS)
        & (table["n"] >= LEAST_USES)
        & (table["docs"] >= 2)
    ]
    if table.empty:
        return []
    # eight of nine are not more than eighty of a hundred: both sides are drawn towards each other
    steady = [
        shrunken([n, whole - n], [named, rest])
        for n, whole, named, rest in table[["n", "all_label", "named", "rest_named"]].to_numpy()
    ]
    table = table.assign(wide=[one - other for one, other in steady])
    best = table.sort_values(
        ["wide", "n", "actor", "outlet", "label"], ascending=[False, False, True, True, True]
    ).iloc[0]
    if best["wide"] <= 0:
        return []
    of_actor = mentions["actor"] == best["actor"]
    named = mentions[of_actor & mentions["doc_id"].isin(articles["doc_id"])]
    if tokens is not None:
        named = namings(tokens[tokens["doc_id"].isin(named["doc_id"])], named)
        named = named[voice_mask(named, quotes, voice="author")]
    else:
        named = named.assign(label=named["text"].map(label_of), part="name")
    theirs = set(articles.loc[articles["outlet"] == best["outlet"], "doc_id"])
    same = named["label"] == label_of(str(best["label"]))
    mine = same & named["doc_id"].isin(theirs)
    # A description comes on top of the names that are the whole: only its own rows are of it.
    whole = ~named["part"].isin(DESCRIPTIONS)
    rest = ~mine & (same | whole)
    made = f"the widest of {count(len(table), 'difference')} looked at; not tested"
    low, high = _over_articles(named, same, whole, theirs)
    others_low, others_high = _over_articles(named, same, whole, set(named["doc_id"]) - theirs)
    if beside := between(others_low, others_high, "share"):
        made += f"; {others(articles, best['outlet'])} {beside} over articles"
    return [
        Finding(
            claim_id="framing-naming",
            topic="framing",
            statement=f"{best['outlet']} calls {best['actor']} “{clean(best['written'], 60)}” in "
            f"{number(int(best['n']))} of {count(int(best['named']), 'naming')} "
            f"({percent(best['share'])}), {others(articles, best['outlet'])} in "
            f"{percent(best['rest'])} of "
            f"{number(int(best['rest_named']))}.",
            value=float(best["share"]),
            unit="share",
            denominator=float(best["named"]),
            base=f"{count(int(best['named']), 'naming')} in {best['outlet']}",
            low=low,
            high=high,
            method=made,
            evidence=one_each(named[mine]),
            reference=spans_of(named[rest]),
            numerator=float(best["n"]),
            descriptive=True,
            strength=strength(
                effect=float(best["share"] - best["rest"]),
                support=float(best["named"]),
                descriptive=True,
            ),
        )
    ]


def _over_articles(
    named: pd.DataFrame, same: pd.Series, whole: pd.Series, docs: set[str]
) -> tuple[float, float]:
    """The interval of a label's share of all names in the articles, which are the units.

    Missing below four articles that name the actor, and where a description is used more often
    than there are names, which is no share."""
    held = named["doc_id"].isin(docs)
    top = same[held].groupby(named.loc[held, "doc_id"]).sum().astype(float)
    bottom = whole[held].groupby(named.loc[held, "doc_id"]).sum().astype(float)
    if (top > bottom).any():
        return math.nan, math.nan
    return interval(top.tolist(), bottom.tolist())


def _plain(label: object, actor: object) -> bool:
    """Whether a label holds the actor's own name, or is its initials."""
    own = {w for w in re.findall(r"\w+", str(actor).lower()) if len(w) > 2}
    initials = "".join(w[0] for w in re.findall(r"\w+", str(actor).lower()))
    letters = re.sub(r"[\W_]", "", str(label).lower())
    if letters in (initials, re.sub(r"[\W_]", "", str(actor).lower())):  # F.B.I. for FBI
        return True
    return bool(own & set(re.findall(r"\w+", str(label).lower())))


def _documents(doc_ids: object) -> list[str]:
    return [] if is_missing(doc_ids) else [d for d in _SPLIT.split(str(doc_ids)) if d]

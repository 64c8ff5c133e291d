"""Findings about framing: own words, names given, who acts, frames, and what is left out."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from helpers.findings.compare import doubt, gaps, is_undivided, method, per_article
from helpers.findings.finding import Finding, Span, spans_of, strength
from helpers.statistics import ALPHA
from helpers.wording import clean, count, is_missing, listing, number, percent

LEAST_NAMINGS = 5
LEAST_USES = 3
LEAST_CLAUSES = 8
WORDS_TOLD = 3
_SPLIT = re.compile(r"\s*\|\s*")


def keyness_findings(
    keyness: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    tokens: pd.DataFrame | None = None,
    quotes: pd.DataFrame | None = None,
) -> list[Finding]:
    """The words an outlet surely uses more; where there is none, how many were tested."""
    if keyness.empty:
        return []
    tested = keyness[keyness["q_value"].notna()]
    sure = tested[(tested["q_value"] <= ALPHA) & (tested["log_odds"] > 0)]
    terms = tested["term"].nunique()
    topic = ", whether by outlet or topic" if is_undivided(articles) else ""
    made = []
    if len(tested) and sure.empty:
        made.append(
            Finding(
                claim_id="framing-no-own-word",
                topic="framing",
                statement=f"No word belongs to one outlet more than chance would give: of "
                f"{count(terms, 'tested term')} none survives.",
                value=0.0,
                denominator=float(terms),
                base=count(terms, "tested term"),
                low=math.nan,
                high=math.nan,
                method="weighted log-odds; exchange of outlets, corrected for all terms",
                descriptive=False,
                strength=0.9,
            )
        )
    for outlet, rows in sure.groupby("outlet", sort=True):
        best = _distinct(rows.sort_values(["log_odds", "term"], ascending=[False, True]))
        told = [_use(row) for row in best.to_dict("records")]
        lead = best.iloc[0]
        more = len(rows) - len(best)
        further = f", and {count(more, 'further term')}" if more else ""
        made.append(
            Finding(
                claim_id="framing-own-words",
                topic="framing",
                statement=f"{outlet} in its own words uses {listing(told)} more often than chance "
                f"gives{topic}{further}.",
                value=float(len(rows)),
                denominator=float(terms),
                base=count(terms, "tested term"),
                low=math.nan,
                high=math.nan,
                method="weighted log-odds; exchange of outlets, corrected for all terms",
                evidence=_uses(best["term"].tolist(), str(outlet), articles, tokens, quotes),
                descriptive=False,
                p_value=float(lead["q_value"]),
                strength=strength(
                    effect=min(1.0, float(lead["log_odds"]) / 4),
                    support=float(best["n_target"].sum()),
                    p_value=float(lead["q_value"]),
                ),
            )
        )  # fmt: skip
    return made


def _distinct(rows: pd.DataFrame) -> pd.DataFrame:
    """The first `WORDS_TOLD` terms, without those that are part of a term told before or after."""
    terms = rows["term"].tolist()
    pairs = {word for term in terms if " " in term for word in term.split()}
    return rows[[term not in pairs for term in terms]].head(WORDS_TOLD)


def _use(row: Mapping[Hashable, Any]) -> str:
    """A term with how often the outlet and the others use it, as rates where they are known."""
    here, there = number(int(row["n_target"])), number(int(row["n_reference"]))
    if "rate_target" in row:
        here = (
            f"{count(int(row['n_target']), 'use')}, {number(row['rate_target'], 1)} per 1,000 words"
        )
        there = number(row["rate_reference"], 1)
    else:
        here = count(int(row["n_target"]), "use")
    return f"“{clean(row['term'], 40)}” ({here}; elsewhere {there})"


def _uses(
    terms: list[str],
    outlet: str,
    articles: pd.DataFrame,
    tokens: pd.DataFrame | None,
    quotes: pd.DataFrame | None,
) -> tuple[Span, ...]:
    """Where the outlet uses the terms in its own words."""
    from helpers.comparing.terms import term_hits

    if tokens is None:
        return ()
    docs = set(articles.loc[articles["outlet"] == outlet, "doc_id"])
    mine = tokens[tokens["doc_id"].isin(docs)].reset_index(drop=True)
    return spans_of(term_hits(mine, terms, quotes=quotes, voice="author"))


def naming_findings(
    naming: pd.DataFrame, mentions: pd.DataFrame, articles: pd.DataFrame
) -> list[Finding]:
    """The name that one outlet gives an actor and the others (nearly) never use."""
    if naming.empty or naming["outlet"].nunique() < 2:
        return []
    table = naming[["actor", "outlet", "label", "n", "doc_ids"]].copy()
    if "total" in naming:  # of names and forms; adjectives and appositions come on top
        table["named"] = naming["total"]
    else:
        table["named"] = table.groupby(["actor", "outlet"])["n"].transform("sum")
    each = table.drop_duplicates(["actor", "outlet"]).groupby("actor")["named"].sum()
    table["all_label"] = table.groupby(["actor", "label"])["n"].transform("sum")
    rest_named = table["actor"].map(each) - table["named"]
    chosen = [not _plain(lb, a) for lb, a in zip(table["label"], table["actor"], strict=True)]
    # "French" for France is grammar, not a choice of name.
    grammar = mentions[mentions["kind"] == "demonym"]
    forms = set(zip(grammar["actor"], grammar["text"].str.casefold(), strict=True))
    named_so = zip(table["actor"], table["label"], strict=True)
    chosen = [c and pair not in forms for c, pair in zip(chosen, named_so, strict=True)]
    table["written"] = naming["written"] if "written" in naming else table["label"]
    if "parts" in naming:
        chosen = [c and "adjective" not in str(p) for c, p in zip(chosen, naming["parts"],
                                                                  strict=True)]  # fmt: skip
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
    table = table.assign(wide=table["share"] - table["rest"])
    best = table.sort_values(
        ["wide", "n", "actor", "outlet", "label"], ascending=[False, False, True, True, True]
    ).iloc[0]
    if best["wide"] <= 0:
        return []
    docs = set(_documents(best["doc_ids"]))
    label = str(best["label"])
    mine = mentions[(mentions["actor"] == best["actor"]) & mentions["doc_id"].isin(docs)]
    same = mine[[_alike(t, label) for t in mine["text"]]]
    return [
        Finding(
            claim_id="framing-naming",
            topic="framing",
            statement=f"{best['outlet']} calls {best['actor']} “{clean(best['written'], 60)}” in "
            f"{number(int(best['n']))} of {count(int(best['named']), 'naming')} "
            f"({percent(best['share'])}), the other outlets in {percent(best['rest'])} of "
            f"{number(int(best['rest_named']))}.",
            value=float(best["share"]),
            unit="share",
            denominator=float(best["named"]),
            base=f"{count(int(best['named']), 'naming')} in {best['outlet']}",
            low=math.nan,
            high=math.nan,
            method=f"the widest of {count(len(table), 'difference')} looked at; not tested",
            evidence=spans_of(same if len(same) else mine),
            descriptive=True,
            strength=strength(
                effect=float(best["wide"]), support=float(best["named"]), descriptive=True
            ),
        )
    ]


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


def _alike(text: str, label: str) -> bool:
    """Whether a mention's words are the label, but for case and a determiner before it."""
    words = clean(text).lower()
    return words == label or words.endswith(f" {label}")


def agency_findings(agency: pd.DataFrame, articles: pd.DataFrame) -> list[Finding]:
    """Whom one outlet shows acting, where the others show that something is done to them."""
    own = agency[(agency["voice"].fillna("author") == "author") & agency["actor"].notna()]
    if own.empty:
        return []
    rows = own.assign(subject=own["actor"], top=(own["role"] == "agent").astype(float), bottom=1.0)
    units = per_article(rows, articles, top="top", bottom="bottom")
    made = []
    for gap in gaps(units, least=float(LEAST_CLAUSES), tested=3):
        docs = set(articles.loc[articles["outlet"] == gap.outlet, "doc_id"])
        mine = rows[(rows["actor"] == gap.subject) & rows["doc_id"].isin(docs)]
        made.append(
            Finding(
                claim_id="framing-agency",
                topic="framing",
                statement=f"In {gap.outlet}, {gap.subject} is the one who acts in "
                f"{percent(gap.value)} of {count(int(gap.total), 'clause')}, in the other outlets "
                f"in {percent(gap.reference)} of {number(int(gap.reference_total))}.{doubt(gap)}",
                value=gap.value,
                unit="share",
                denominator=gap.total,
                base=f"{count(int(gap.total), 'clause')} in {gap.outlet}",
                low=math.nan,
                high=math.nan,
                method=method(gap, "agent against patient, author’s voice", unit="share"),
                evidence=spans_of(mine),
                descriptive=gap.untested,
                p_value=gap.p_value,
                strength=strength(
                    effect=gap.difference,
                    support=gap.total + gap.reference_total,
                    p_value=gap.p_value,
                    descriptive=gap.untested,
                )
                - 0.1,
            )
        )
    return made


def frame_findings(
    frames: pd.DataFrame,
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    quotes: pd.DataFrame | None = None,
) -> list[Finding]:
    """The frame that one outlet uses in a larger share of its own sentences than the others."""
    from helpers.lenses.frames.method import frame_sentences

    if frames.empty or articles.empty:
        return []
    own = frames[frames["voice"].fillna("author") == "author"]
    shares = frame_sentences(frames, tokens, articles, quotes=quotes)
    units = shares.drop(columns="outlet").merge(
        articles[["doc_id", "outlet", "stratum"]], on="doc_id"
    )
    units = units.rename(columns={"frame": "subject", "carrying": "top", "sentences": "bottom"})
    units = units.astype({"top": "float64", "bottom": "float64"})
    made = []
    for gap in gaps(units, least=20.0, tested=3):
        docs = set(articles.loc[articles["outlet"] == gap.outlet, "doc_id"])
        mine = own[(own["frame"] == gap.subject) & own["doc_id"].isin(docs)]
        frame = gap.subject.replace("_", " ")
        made.append(
            Finding(
                claim_id="framing-frame",
                topic="framing",
                statement=f"{percent(gap.value)} of {gap.outlet}’s own sentences carry the "
                f"{frame} frame, {percent(gap.reference)} of the other outlets’.{doubt(gap)}",
                value=gap.value,
                unit="share",
                denominator=gap.total,
                base=f"{count(int(gap.total), 'sentence')} in the voice of {gap.outlet}",
                low=math.nan,
                high=math.nan,
                method=method(gap, "cue words, author’s voice; exploratory", unit="share"),
                evidence=spans_of(mine),
                descriptive=gap.untested,
                p_value=gap.p_value,
                strength=strength(
                    effect=gap.difference, support=gap.total, p_value=gap.p_value,
                    descriptive=gap.untested,
                )
                - 0.2,
            )
        )  # fmt: skip
    return made


def coverage_findings(
    coverage: pd.DataFrame, statements: Mapping[str, str], articles: pd.DataFrame
) -> list[Finding]:
    """The outlet in which most is absent of what two others or more report.

    How much the outlet has in the folder stands beside it: one short article lacks most things.
    """
    if coverage.empty or coverage["outlet"].nunique() < 2:
        return []
    present = coverage[coverage["status"] == "present"].groupby("fact_id")["outlet"].nunique()
    told = {fact for fact, n in present.items() if n >= 2}
    if not told:
        return []
    gone = coverage[coverage["fact_id"].isin(told) & (coverage["status"] == "absent")]
    if gone.empty:
        return []
    totals = gone.groupby("outlet").size()
    outlet = min(totals.index, key=lambda o: (-totals[o], o))
    mine = gone[gone["outlet"] == outlet]
    first = min(mine["fact_id"], key=lambda f: (-present[f], f))
    here = coverage[(coverage["fact_id"] == first) & (coverage["status"] == "present")]
    proof = coverage[coverage["fact_id"].isin(mine["fact_id"]) & (coverage["status"] == "present")]
    cells = coverage[coverage["fact_id"].isin(told) & (coverage["outlet"] == outlet)]
    unsure = int((cells["status"] == "uncertain").sum())
    known = (
        dict(zip(here["fact_id"], here["statement"], strict=True)) if "statement" in here else {}
    )
    what = _inside_marks(clean(statements.get(first) or known.get(first) or first, 160))
    n, whole = len(mine), len(cells) - unsure
    # What is found in the texts is mostly what somebody said: no fact, but a report of one.
    found = "kind" in cells and bool(cells["kind"].eq("found").any())
    noun = "statement" if found else "fact"
    doubtful = f" {number(unsure)} further {'is' if unsure == 1 else 'are'} uncertain."
    its = articles[articles["outlet"] == outlet]
    return [
        Finding(
            claim_id="coverage-gaps",
            topic="coverage",
            statement=f"{outlet} ({count(len(its), 'article')}, "
            f"{count(int(its['n_words'].sum()), 'word')}) lacks {number(n)} of "
            f"{count(whole, noun)} that two outlets or more report, among them “{what}” "
            f"(in {listing(sorted(here['outlet'].unique()), 3)}).{doubtful if unsure else ''}",
            value=n / whole,
            unit="share",
            denominator=float(whole),
            base=f"{count(whole, noun)} reported by two outlets or more and decided",
            low=math.nan,
            high=math.nan,
            method="what sentences of several outlets tell or quote alike, be it true or not; "
            "lacking = no sentence comes near in words and names, though it may in meaning",
            evidence=spans_of(proof),
            descriptive=True,
            strength=strength(effect=n / whole, support=float(whole * 3), descriptive=True),
        )
    ]


def _inside_marks(words: str) -> str:
    """Words that can stand between quotation marks: their own become single ones."""
    return re.sub('[“”"]', "'", words.strip('“”" ').rstrip("."))

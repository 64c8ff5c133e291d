"""Coverage: which reported facts each outlet has, which it lacks, and where we cannot tell.

Facts are found where sentences of several outlets report the same thing (`find_facts`), and the
analyst's own list adds to them (`facts.csv`: fact_id, statement, cues separated by `|`). An
outlet has a fact when one of its sentences tells it, whatever the genre. It *lacks* the fact only
when it could have told it (a report of the same days) and at least two other outlets do; all
else is uncertain, with the reason beside it. What an outlet lacks is a fact about its coverage
and no more: space, deadlines and readers differ, and no motive is read into it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from helpers.framing.events import comparable, event_strata
from helpers.framing.facts import (
    PRESENT,
    TELLERS,
    UNCERTAIN,
    Facts,
    find_facts,
    listed_facts,
    match_listed,
    without_listed,
)
from helpers.schema import make, needs
from helpers.statistics import problem

_CELLS = ("doc_id", "start", "end", "text", "sentence_id")
_OPINION = re.compile(r"\s*(?:opinion|op-?ed|editorial|commentary|comment|column)\b", re.I)
_DIGEST = re.compile(
    r"(?:digest|round-?up|briefing|newsletter|morning|live updates|at a glance)\b", re.I
)
_GENRES = {
    "opinion": "opinion",
    "op-ed": "opinion",
    "oped": "opinion",
    "editorial": "opinion",
    "column": "opinion",
    "commentary": "opinion",
    "letter": "opinion",
    "digest": "digest",
    "roundup": "digest",
    "briefing": "digest",
    "newsletter": "digest",
}
REASONS = {
    "told": "a sentence tells it",
    "near": "a sentence comes near, but not near enough to be sure",
    "lacking": "no sentence tells it, though other outlets do and there are reports of these days",
    "exclusive": "only one outlet tells it, so nothing is lacking elsewhere",
    "elsewhere": "no article on the days or events of those who tell it",
    "genre": "only opinion pieces or digests, which need not report it",
    "nobody": "no outlet tells it in words we know",
}


def coverage(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    mentions: pd.DataFrame | None = None,
    facts: pd.DataFrame | None = None,
    found: bool = True,
    events: str | pd.Series | None = None,
    outlets: Sequence[str] | None = None,
    problems: list[dict[str, str]] | None = None,
) -> pd.DataFrame:
    """One row per reported fact × outlet: present, absent or uncertain, with the best sentence.

    `facts` is the analyst's list, `found=False` leaves out what is found automatically. Beyond
    the declared columns: statement, kind (found, listed), reason (a key of `REASONS`), genre of
    the article with the best sentence (news, opinion, digest), tellers (number of outlets that
    have the fact), sentence_id, text. Doc, offsets and text are missing where no sentence comes
    near. Repeated articles count once; articles that name no outlet are left out.
    """
    needs(sentences, "doc_id", "sentence_id", "start", "end", "text", "part", table="sentences")
    notes = problems if problems is not None else []
    compared = comparable(articles, notes)
    listed = listed_facts(facts, notes) if facts is not None else None
    order = [o for o in (outlets or []) if o in set(compared["outlet"])]
    order += sorted(set(compared["outlet"]) - set(order))
    if len(order) < 2:
        notes.append(
            problem(
                "articles",
                "coverage compares outlets, and there is "
                + (f"only one ({order[0]})" if order else "none with a name"),
                "coverage stays empty",
            )
        )
        return _frame([])
    inside = sentences["doc_id"].isin(compared["doc_id"]) & (sentences["part"] != "boilerplate")
    told = sentences[inside].reset_index(drop=True)
    parts = []
    if listed is not None and len(listed):
        parts.append(match_listed(listed, told, tokens))
    if found:
        new = find_facts(told, tokens, compared, mentions=mentions)
        parts.append(without_listed(new, parts[0]) if parts else new)
    strata = event_strata(compared, events=events, problems=notes)
    return _frame([row for part in parts for row in _statuses(part, told, compared, order, strata)])


# ------------------------------------------------------------------------------------ statuses


def genres_of(articles: pd.DataFrame) -> pd.Series:
    """One value per article (index: doc_id): news, opinion or digest.

    What is declared counts; else a title that calls itself opinion or digest does.
    """
    declared = articles["genre"] if "genre" in articles else [None] * len(articles)
    titles = articles["title"] if "title" in articles else [None] * len(articles)
    values = []
    for genre, title in zip(declared, titles, strict=True):
        if not pd.isna(genre) and str(genre).strip():
            values.append(_GENRES.get(str(genre).strip().lower(), "news"))
            continue
        text = "" if pd.isna(title) else str(title)
        opinion = "opinion" if _OPINION.match(text) else "news"
        values.append("digest" if _DIGEST.search(text) and opinion == "news" else opinion)
    return pd.Series(values, index=pd.Index(articles["doc_id"], name="doc_id"), dtype="str")


def _statuses(
    facts: Facts,
    told: pd.DataFrame,
    articles: pd.DataFrame,
    outlets: list[str],
    strata: pd.Series,
) -> list[dict[str, Any]]:
    """One record per fact × outlet."""
    outlet_of = dict(zip(articles["doc_id"], articles["outlet"], strict=True))
    genre_of = genres_of(articles).to_dict()
    event_of = strata.to_dict()
    docs = told["doc_id"].tolist()
    cells = list(zip(*(told[c].tolist() for c in _CELLS), strict=True))
    events = {o: set[Any]() for o in outlets}
    reporting = {o: set[Any]() for o in outlets}
    for doc, outlet in outlet_of.items():
        events[outlet].add(event_of[doc])
        if genre_of[doc] == "news":
            reporting[outlet].add(event_of[doc])
    grouped: list[dict[str, tuple[float, int]]] = [{} for _ in facts.fact_id]
    around: list[set[Any]] = [set() for _ in facts.fact_id]
    for fact, row, score in zip(
        facts.fact.tolist(), facts.row.tolist(), facts.score.tolist(), strict=True
    ):
        outlet = outlet_of[docs[row]]
        if (score, -row) > grouped[fact].get(outlet, (-1.0, 0)):
            grouped[fact][outlet] = (score, -row)
        if score >= PRESENT:
            around[fact].add(event_of[docs[row]])
    rows: list[dict[str, Any]] = []
    for i, fact_id in enumerate(facts.fact_id):
        tellers = sum(score >= PRESENT for score, _ in grouped[i].values())
        for outlet in outlets:
            score, place = grouped[i].get(outlet, (0.0, 1))
            status, reason = _status(
                score, tellers, events[outlet] & around[i], reporting[outlet] & around[i]
            )
            record = {
                "fact_id": fact_id,
                "outlet": outlet,
                "status": status,
                "score": round(score, 4) + 0.0,
                "statement": facts.statement[i],
                "kind": facts.kind[i],
                "reason": reason,
                "tellers": tellers,
            }
            if place <= 0:
                record |= dict(zip(_CELLS, cells[-place], strict=True))
                record["genre"] = genre_of[docs[-place]]
            rows.append(record)
    return rows


def _status(score: float, tellers: int, there: set[Any], reporting: set[Any]) -> tuple[str, str]:
    """What may be said of one outlet and one fact, and why."""
    if score >= PRESENT:
        return "present", "told"
    if score >= UNCERTAIN:
        return "uncertain", "near"
    if tellers == 0:
        return "uncertain", "nobody"
    if tellers < TELLERS:
        return "uncertain", "exclusive"
    if not there:
        return "uncertain", "elsewhere"
    return ("absent", "lacking") if reporting else ("uncertain", "genre")


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    columns = ["fact_id", "outlet", "status", "score", "doc_id", "start", "end"]
    extra = ["statement", "kind", "reason", "tellers", "genre", "sentence_id", "text"]
    frame = pd.DataFrame(rows, columns=[*columns, *extra])
    types = dict.fromkeys(("statement", "kind", "reason", "genre", "text"), "str")
    return make("coverage", frame.astype({**types, "tellers": "Int64", "sentence_id": "Int64"}))

"""Questions asked beforehand (`[[question]]` in story.toml): each tested alone, and told apart.

What is found by looking has to allow for all that was looked at. A question that was written down
before is one comparison: its p-value is for itself, and so is its interval; where it says which
way, it is tested that way only (one-sided). Its answer is told whatever it is, with the hash of the
file that asked and the day of its commit, so that nobody can ask afterwards unseen.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from helpers.findings.compare import by_mover, findable, is_undivided
from helpers.findings.finding import Finding, one_each, spans_of
from helpers.findings.told import Told
from helpers.settings import Question, near_remedy
from helpers.spelling import nearest
from helpers.statistics import ALPHA, LEVEL_TEXT, MIN_ARTICLES, Ratio, difference_table, problem
from helpers.wording import amount, between, clean, count, listing, number, percent

PER_WORDS = 1000.0
TOPIC = "asked beforehand"
STRENGTH = 5.0
"""Above all that is found by looking (at most 4)."""


@dataclass(frozen=True)
class Measure:
    """What a lens counts of an actor, a term or a frame, ready to be compared between outlets."""

    of: str
    """"actor", "term" or "frame"."""
    units: pd.DataFrame
    """One row per subject and article: subject, doc_id, top (counted), bottom (out of)."""
    places: pd.DataFrame
    """One row per thing counted: subject, doc_id, start, end."""
    says: str
    """The statement, with {outlet}, {subject}, {value}, {others} and {reference}."""
    unit: str
    """What ``bottom`` counts, in the singular."""
    what: str
    scale: float = 1.0


Measures = Mapping[str, Callable[[Told, str], Measure]]
"""By the name of a lens: what its tables say of a subject."""


def per_words(places: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The units of what is counted per 1,000 words of whole articles, those without it included."""
    counts = places.groupby(["subject", "doc_id"]).size()
    grid = pd.MultiIndex.from_product(
        [sorted(places["subject"].unique()), articles["doc_id"]], names=["subject", "doc_id"]
    )
    units = counts.reindex(grid, fill_value=0).rename("top").reset_index()
    words = articles[["doc_id", "n_words"]].rename(columns={"n_words": "bottom"})
    return units.merge(words, on="doc_id")


def per_row(rows: pd.DataFrame, counted: pd.Series) -> pd.DataFrame:
    """The units of a share: of ``rows`` (subject, doc_id) those that are ``counted``."""
    marked = rows.assign(top=counted.astype(float), bottom=1.0)
    return marked.groupby(["subject", "doc_id"], as_index=False)[["top", "bottom"]].sum()


def answers(
    questions: Sequence[Question],
    told: Told,
    measures: Measures,
    *,
    file_mark: str,
    notes: list[dict[str, str]],
) -> list[Finding]:
    """One finding per question that can be answered; for every other a row in ``notes``."""
    made = []
    for place, question in enumerate(questions, start=1):
        try:
            found = _answer(question, told, measures, file_mark)
        except _Unanswerable as error:
            notes.append(problem("story.toml", f"question {place}: {error}", error.action))
            continue
        made.append(found)
    return made


class _Unanswerable(Exception):
    def __init__(self, what: str, action: str) -> None:
        super().__init__(what)
        self.action = f"not answered; {action}"


def _answer(question: Question, told: Told, measures: Measures, file_mark: str) -> Finding:
    measure_of = measures.get(question.lens)
    if measure_of is None:
        remedy = near_remedy(question.lens, measures, f"there are {listing(sorted(measures))}")
        raise _Unanswerable(f"no lens {clean(question.lens)} can be asked", remedy)
    articles = told.compared
    outlet, against = _sides(question, articles["outlet"])
    measure = measure_of(told, question.about)
    if measure.of != question.of:
        what = f"the lens {question.lens} is asked about {_a(measure.of)}, not {_a(question.of)}"
        raise _Unanswerable(what, f'write {measure.of} = "…"')
    subject = _subject(question.about, measure)
    units = measure.units[measure.units["subject"] == subject]
    units = units.merge(articles[["doc_id", "outlet", "stratum"]], on="doc_id")
    if against:
        units = units[units["outlet"].isin([outlet, against])]
    units = units.assign(side=np.where(units["outlet"] == outlet, "a", "b"))
    if not (units.groupby("side")["bottom"].sum() > 0).reindex(["a", "b"], fill_value=False).all():
        what = f"{outlet} or {against or 'the others'} holds no {measure.unit} of {subject}"
        raise _Unanswerable(what, "ask of what both sides tell")
    units = by_mover(units.assign(outlet=units["side"]))
    undivided = is_undivided(units)
    ratio = Ratio("top", "bottom", measure.scale)
    towards = _TOWARDS.get(question.direction, 0)
    table = difference_table(units, ratio, strata="stratum", of="a", towards=towards)
    (row,) = table.to_dict("records")
    docs = set(articles.loc[articles["outlet"] == outlet, "doc_id"])
    compared = docs | set(
        articles.loc[(articles["outlet"] == against) if against else articles["outlet"].notna(),
                     "doc_id"]
    )  # fmt: skip
    places = measure.places[measure.places["subject"] == subject]
    places = places[places["doc_id"].isin(compared)]
    mine = places["doc_id"].isin(docs)
    said = measure.says.format(
        outlet=outlet, subject=subject, value=_number(row["value"], measure),
        others=against or "the others", reference=_number(row["reference"], measure),
    )  # fmt: skip
    share = measure.scale == 1.0
    p_value = float(row["q_value"])
    total = float(units.loc[units["outlet"] == "a", "bottom"].sum())
    return Finding(
        claim_id="asked",
        topic=TOPIC,
        statement=f"{said} {_verdict(question, row, undivided)}",
        value=float(row["value"]),
        unit="share" if share else "per 1,000 words",
        numerator=float(row["n_target"]),
        denominator=total,
        base=f"{count(int(total), measure.unit)} in {outlet}",
        low=math.nan,
        high=math.nan,
        method=_method(measure, row, undivided, file_mark, towards),
        evidence=one_each(places[mine]),
        reference=spans_of(places[~mine]),
        descriptive=bool(row["descriptive"]) or math.isnan(p_value),
        p_value=p_value,
        strength=STRENGTH,
    )


def _sides(question: Question, outlets: Iterable[str]) -> tuple[str, str]:
    known = sorted(set(outlets))
    for name in filter(None, (question.outlet, question.against)):
        if name not in known:
            remedy = near_remedy(name, known, f"there are {listing(known, 8)}")
            raise _Unanswerable(f"no article that is compared is of {clean(name)}", remedy)
    if question.outlet == question.against:
        raise _Unanswerable(f"{clean(question.outlet)} is held against itself", "name another one")
    if len(known) < 2:
        raise _Unanswerable("there is only one outlet", "a comparison needs a second one")
    return question.outlet, question.against


def _subject(about: str, measure: Measure) -> str:
    known = {str(name).casefold(): str(name) for name in measure.units["subject"].unique()}
    if measure.of == "term" and known:  # looked for as it is counted, its house style folded
        return next(iter(known.values()))
    if about.casefold() in known:
        return known[about.casefold()]
    meant = nearest(about, known.values())
    remedy = f"write {meant} if that is meant" if meant else "see how the tables call it"
    raise _Unanswerable(f"the articles compared have no {measure.of} {clean(about)}", remedy)


def _a(kind: str) -> str:
    return f"an {kind}" if kind == "actor" else f"a {kind}"


def _number(value: float, measure: Measure) -> str:
    return percent(value) if measure.scale == 1.0 else number(value, 1)


_TOWARDS = {"more": 1, "less": -1}
_ASKED = {"more": "whether it is more", "less": "whether it is less", "other": "whether it differs"}


def _verdict(question: Question, row: Mapping[Hashable, Any], undivided: bool) -> str:
    asked = f"It was asked beforehand {_ASKED[question.direction]}:"
    if row["descriptive"]:
        return f"{asked} there are too few articles for a test."
    if math.isnan(row["q_value"]):
        return f"{asked} too few events are shared to hold it against chance."
    found = "more" if row["difference"] > 0 else "less"
    if row["q_value"] > ALPHA:
        if question.direction in ("other", found):
            return f"{asked} so wide a gap may be chance."
        return f"{asked} no, it is {found}."
    topic = "; whether outlet or topic makes it cannot be told" if undivided else ""
    return f"{asked} yes, by more than chance gives{topic}."


def _method(
    measure: Measure, row: Mapping[Hashable, Any], undivided: bool, file_mark: str, towards: int
) -> str:
    made = f"asked in story.toml ({file_mark}) and tested alone; {measure.what}"
    if row["descriptive"]:
        return f"{made}; fewer than {MIN_ARTICLES} articles on a side"
    unit = "share" if measure.scale == 1.0 else ""
    where = "" if undivided else " inside events"
    p_value = row["q_value"]
    if math.isnan(p_value):
        inside, tested = between(row["low"], row["high"], unit), "not possible"
    else:
        end, way = _ENDS.get(towards, ("", ""))
        both = between(row["low"], row["high"], unit)
        inside = f"{way} {amount(row[end], unit)}" if end else both
        tested = f"{'one way, ' if end else ''}p {_p(p_value)}; {findable(row['could_show'], unit)}"
    return f"{made}; difference{where} {inside} ({LEVEL_TEXT}); permutation of outlets {tested}"


_ENDS = {1: ("low", "at least"), -1: ("high", "at most")}
"""Asked one way, an interval has one end."""


def _p(p_value: float) -> str:
    return "< .001" if p_value < 0.001 else f"= {p_value:.3f}".replace("0.", ".", 1)

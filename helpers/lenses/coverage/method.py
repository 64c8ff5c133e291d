"""Coverage: which reported facts each outlet has, which it lacks, and where we cannot tell.

Facts are found where sentences of several outlets report the same thing (`find_facts`), and the
analyst's own list adds to them (`facts.csv`: fact_id, statement, cues separated by `|`). An
outlet has a fact when one of its sentences tells it, whatever the genre. It *lacks* the fact only
when it could have told it (a report of the same days) and at least two other outlets do; all
else is uncertain, with the reason beside it. In a corpus of many articles sentences are held
against each other within windows of some weeks (`windows`). What an outlet lacks is a fact about
its coverage and no more: space, deadlines and readers differ, and no motive is read into it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from helpers import lexicons
from helpers.comparing.events import CALENDAR, WHOLE_STORY, comparable, event_strata
from helpers.comparing.windows import WINDOW, windows
from helpers.genre import guess
from helpers.lenses.coverage.facts import (
    MOST_FACTS,
    PRESENT,
    TELLERS,
    UNCERTAIN,
    Facts,
    find_facts,
    listed_facts,
    match_listed,
    without_listed,
)
from helpers.lenses.coverage.texts import independent, sources
from helpers.schema import make, needs
from helpers.statistics import problem

_CELLS = ("doc_id", "start", "end", "text", "sentence_id")
_GENRES = {
    name: genre
    for genre in ("opinion", "digest", "spoken")
    for name in lexicons.listed(f"{genre}_genres")
}
ONE_STORY = (
    0.25  # shared actors below which articles without events or dates are of several stories
)
COMPARED = 200  # articles that are looked at for it, evenly spaced
REASONS = {
    "told": "a sentence tells it",
    "near": "a sentence comes near, but not near enough to be sure",
    "lacking": "no sentence tells it, though two other texts do and the outlet has a report on "
    "these events of the day when it was first told or later",
    "exclusive": "only one outlet, or one text that several print, tells it: nothing is lacking",
    "elsewhere": "could not have told it: no article that is known to be on the days or events of "
    "those who tell it",
    "earlier": "could not have told it: its articles on these events are older than the first that "
    "tells it",
    "apart": "could not have told it: none of its articles on these events names most of those "
    "whom the fact is about",
    "genre": "only opinion pieces, digests or transcripts, which need not report it",
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
    whole = Part(sentences, tokens, mentions)

    def part_of(docs: pd.Series | None) -> Part:
        if docs is None:
            return whole
        return Part(*(
            None if table is None else table[table["doc_id"].isin(docs)].reset_index(drop=True)
            for table in (sentences, tokens, mentions)
        ))  # fmt: skip

    return coverage_of_parts(
        part_of, articles, facts=facts, found=found, events=events, problems=problems
    )


@dataclass(frozen=True)
class Part:
    """What is held at once of a corpus: the tables of some of its articles."""

    sentences: Any
    tokens: Any
    mentions: Any


def coverage_of_parts(
    part_of: Callable[[pd.Series | None], Part],
    articles: pd.DataFrame,
    *,
    facts: pd.DataFrame | None = None,
    found: bool = True,
    events: str | pd.Series | None = None,
    outlets: Sequence[str] | None = None,
    problems: list[dict[str, str]] | None = None,
) -> pd.DataFrame:
    """The table `coverage`; `part_of` gives the tables of the articles it is asked for by doc_id.

    `outlets` says in which order they stand (those it does not name: in that of the alphabet).

    It is asked once for each of the `windows`: for all (None) where there is one.
    """
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
        return _table([])
    held = windows(compared)
    strata = event_strata(compared, events=events, problems=notes)
    corpus = _Corpus(compared, order, strata)
    undivided = strata.name == WHOLE_STORY and len(held) == 1
    if undivided and not one_story(compared, part_of(None).mentions):
        corpus.docs = {outlet: [] for outlet in order}
        what = "the articles name too few actors in common to be of one story"
        action = "no outlet is said to lack anything; add an `event` column to articles.csv"
        notes.append(problem("articles", what, action))
    evidence: list[_Evidence] = []
    for window in held:
        part = part_of(None if window is compared else window["doc_id"])
        corpus.actors |= _actors(part.mentions)
        corpus.named = _named(part.mentions)
        inside = part.sentences["doc_id"].isin(window["doc_id"])
        inside &= part.sentences["part"] != "boilerplate"
        told = part.sentences[inside].reset_index(drop=True)
        known = None
        if listed is not None and len(listed):
            known = match_listed(listed, told, part.tokens)
            _joined(evidence, _gathered(known, told, corpus))
        if found:
            new = find_facts(told, part.tokens, window, mentions=part.mentions)
            kept = without_listed(new, known) if known is not None else new
            evidence += _gathered(kept, told, corpus)
    if len(held) > 1:
        what = f"{len(compared):,} articles are too many to hold all sentences against each other"
        action = f"facts are sought in {len(held)} windows of weeks, {WINDOW:,} articles at most"
        notes.append(problem("articles", what, action))
        evidence = _widest(evidence, corpus)
    return _table([row for fact in evidence for row in _statuses(fact, corpus)])


# ------------------------------------------------------------------------------------ statuses


def genres_of(articles: pd.DataFrame) -> pd.Series:
    """One value per article (index: doc_id): news, opinion, digest or spoken (a transcript).

    The genre of the articles counts, declared or guessed when they were read; where there is none
    (a table made by code), what their titles and addresses say.
    """
    columns = [c for c in ("title", "url", "byline", "outlet") if c in articles]
    known = articles["genre"] if "genre" in articles else pd.Series(None, index=articles.index)
    values = []
    for genre, row in zip(known, articles[columns].to_dict("records"), strict=True):
        if pd.isna(genre) or not str(genre).strip():
            told = {str(c): str(v) for c, v in row.items() if not pd.isna(v)}
            genre = guess("", **told)
        values.append(_GENRES.get(str(genre).strip().lower(), "news"))
    return pd.Series(values, index=pd.Index(articles["doc_id"], name="doc_id"), dtype="str")


def one_story(articles: pd.DataFrame, mentions: pd.DataFrame | None) -> bool:
    """Whether articles without events or dates can be held to tell the same story.

    Two articles share the actors that the one with fewer of them has in common with the other;
    the median over pairs decides. Alone, each of the 60 events of BASIL shares 27% or more (half
    of them 53%), all together 13%; eight months of one story 29%. Without mentions nothing
    speaks against it.
    """
    if mentions is None or len(articles) < 2:
        return True
    known = mentions[mentions["actor"].notna() & mentions["doc_id"].isin(articles["doc_id"])]
    grid = known.groupby(["doc_id", "actor"]).size().unstack(fill_value=0).to_numpy() > 0
    grid = grid[:: max(1, len(grid) // COMPARED)].astype(np.float32)
    if len(grid) < 2:
        return True
    sizes = grid.sum(axis=1)
    shared = (grid @ grid.T) / np.minimum.outer(sizes, sizes)
    return bool(np.median(shared[np.triu_indices(len(grid), 1)]) >= ONE_STORY)


def _actors(mentions: pd.DataFrame | None) -> dict[str, frozenset[str]]:
    """The actors that each article names."""
    if mentions is None:
        return {}
    known = mentions[mentions["actor"].notna()]
    return {str(doc): frozenset(named) for doc, named in known.groupby("doc_id")["actor"]}


def _named(mentions: pd.DataFrame | None) -> dict[tuple[str, int], frozenset[str]]:
    """The actors that each sentence names, by article and number."""
    if mentions is None:
        return {}
    known = mentions[mentions["actor"].notna()]
    found: dict[tuple[str, int], set[str]] = {}
    for doc, number, actor in zip(
        known["doc_id"].tolist(),
        known["sentence_id"].tolist(),
        known["actor"].tolist(),
        strict=True,
    ):
        found.setdefault((doc, number), set()).add(actor)
    return {place: frozenset(actors) for place, actors in found.items()}


class _Corpus:
    """What the status of a fact depends on beside its sentences."""

    def __init__(self, articles: pd.DataFrame, outlets: list[str], strata: pd.Series) -> None:
        self.outlets = outlets
        self.outlet_of = dict(zip(articles["doc_id"], articles["outlet"], strict=True))
        self.genre_of = genres_of(articles).to_dict()
        self.event_of = strata.to_dict()
        self.by_days = strata.name in CALENDAR
        """Whether articles are of one event only because they are of the same days."""
        days = articles["published"] if "published" in articles else [None] * len(articles)
        self.day_of = {
            doc: None if pd.isna(day) else str(day)
            for doc, day in zip(articles["doc_id"], days, strict=True)
        }
        self.source_of = sources(articles)
        self.named: dict[tuple[str, int], frozenset[str]] = {}
        """By article and sentence of the window in hand, the actors that it names."""
        self.actors: dict[str, frozenset[str]] = {}
        """By article, the actors that it names; empty where nothing is known of them."""
        self.docs = {o: list[str]() for o in outlets}
        for doc, outlet in self.outlet_of.items():
            self.docs[outlet].append(doc)

    def together(self, doc: str, others: Iterable[str]) -> bool:
        """Whether an article can be of the event of one of the others, all of the same time.

        Nothing speaks against it where the event is declared or no actors are known; else they
        must share as many actors as articles of one story do.
        """
        if not self.by_days or not self.actors:
            return True
        mine = self.actors.get(doc, frozenset())
        sets = (self.actors.get(other, frozenset()) for other in others)
        return any(len(mine & s) >= ONE_STORY * max(1, min(len(mine), len(s))) for s in sets)


@dataclass
class _Evidence:
    """One fact: the best sentence of each outlet, and the events of those who tell it."""

    fact_id: str
    statement: str
    kind: str
    best: dict[str, tuple[float, tuple[Any, ...]]]
    """By outlet: the score and the sentence's cells."""
    docs: dict[str, str]
    """The articles that tell it, each with a sentence that does."""
    names: frozenset[str] = frozenset()
    """The actors that at least two of the sentences name."""

    def tellers(self, corpus: _Corpus, event: Any = None) -> int:
        """The texts that tell it (of one event), each once however many outlets print it."""
        return independent(
            [
                (corpus.source_of[doc], text)
                for doc, text in self.docs.items()
                if event is None or corpus.event_of[doc] == event
            ]
        )


def _gathered(facts: Facts, told: pd.DataFrame, corpus: _Corpus) -> list[_Evidence]:
    """The evidence for each fact; of equal sentences of an outlet the first counts."""
    docs = told["doc_id"].tolist()
    cells = list(zip(*(told[c].tolist() for c in _CELLS), strict=True))
    found: list[dict[str, tuple[float, int]]] = [{} for _ in facts.fact_id]
    telling: list[dict[str, str]] = [{} for _ in facts.fact_id]
    naming: list[Counter[str]] = [Counter() for _ in facts.fact_id]
    places = [(cell[0], cell[4]) for cell in cells]
    texts = told["text"].tolist()
    for fact, row, score in zip(
        facts.fact.tolist(), facts.row.tolist(), facts.score.tolist(), strict=True
    ):
        outlet = corpus.outlet_of[docs[row]]
        if (score, -row) > found[fact].get(outlet, (-1.0, 0)):
            found[fact][outlet] = (score, -row)
        if score >= PRESENT:
            if docs[row] not in telling[fact]:
                naming[fact].update(corpus.named.get(places[row], ()))
            telling[fact].setdefault(docs[row], texts[row])
    return [
        _Evidence(
            fact_id,
            facts.statement[i],
            facts.kind[i],
            {outlet: (score, cells[-place]) for outlet, (score, place) in found[i].items()},
            telling[i],
            frozenset(actor for actor, n in naming[i].items() if n > 1),
        )
        for i, fact_id in enumerate(facts.fact_id)
    ]


def _joined(evidence: list[_Evidence], further: list[_Evidence]) -> None:
    """Add what a window tells of listed facts to what the windows before it told."""
    known = {fact.fact_id: fact for fact in evidence if fact.kind == "listed"}
    for fact in further:
        before = known.get(fact.fact_id)
        if before is None:
            evidence.append(fact)
            continue
        before.docs |= fact.docs
        for outlet, told in fact.best.items():
            if told[0] > before.best.get(outlet, (-1.0, ()))[0]:
                before.best[outlet] = told


def _widest(evidence: list[_Evidence], corpus: _Corpus) -> list[_Evidence]:
    """The listed facts, and of the found ones those that most outlets tell, numbered anew."""
    listed = [fact for fact in evidence if fact.kind == "listed"]
    found = sorted(
        (fact for fact in evidence if fact.kind != "listed"), key=lambda fact: -fact.tellers(corpus)
    )[:MOST_FACTS]
    for i, fact in enumerate(found):
        fact.fact_id = f"found-{i + 1:03d}"
    return [*listed, *found]


def _statuses(fact: _Evidence, corpus: _Corpus) -> list[dict[str, Any]]:
    """One record per outlet."""
    tellers = fact.tellers(corpus)
    first = {
        event: min((day for doc in docs if (day := corpus.day_of[doc]) is not None), default=None)
        for event, docs in _by_event(fact.docs, corpus).items()
        if fact.tellers(corpus, event) >= TELLERS
    }
    rows: list[dict[str, Any]] = []
    for outlet in corpus.outlets:
        score, cells = fact.best.get(outlet, (0.0, ()))
        there = [
            doc
            for doc in corpus.docs[outlet]
            if corpus.event_of[doc] in first and corpus.together(doc, fact.docs)
        ]
        chance = _chance(there, first, corpus)
        if chance == "lacking":
            chance = _at_hand(there, fact, corpus)
        status, reason = _status(score, tellers, chance)
        record = {
            "fact_id": fact.fact_id,
            "outlet": outlet,
            "status": status,
            "score": round(score, 4) + 0.0,
            "statement": fact.statement,
            "kind": fact.kind,
            "reason": reason,
            "tellers": tellers,
        }
        if cells:
            record |= dict(zip(_CELLS, cells, strict=True))
            record["genre"] = corpus.genre_of[cells[0]]
        rows.append(record)
    return rows


def _by_event(docs: Iterable[str], corpus: _Corpus) -> dict[Any, list[str]]:
    events: dict[Any, list[str]] = {}
    for doc in docs:
        events.setdefault(corpus.event_of[doc], []).append(doc)
    return events


def _chance(docs: list[str], first: Mapping[Any, str | None], corpus: _Corpus) -> str:
    """Whether an outlet could have told what was first told on a day: a reason, or "lacking".

    ``docs`` are its articles on the events of ``first``, the day of each.
    """
    if not docs:
        return "elsewhere"
    reports = [doc for doc in docs if corpus.genre_of[doc] == "news"]
    if not reports:
        return "genre"
    days = [(corpus.day_of[doc], first[corpus.event_of[doc]]) for doc in reports]
    if any(told is None or (day is not None and day >= told) for day, told in days):
        return "lacking"
    return "earlier" if any(day is not None for day, _ in days) else "elsewhere"


def _at_hand(docs: list[str], fact: _Evidence, corpus: _Corpus) -> str:
    """Whether an outlet's reports name most of the actors that the fact's sentences name.

    A reason, or "lacking".
    """
    if not fact.names:
        return "lacking"
    reports = [doc for doc in docs if corpus.genre_of[doc] == "news"]
    shared = (len(fact.names & corpus.actors.get(doc, frozenset())) for doc in reports)
    return "lacking" if max(shared) > len(fact.names) / 2 else "apart"


def _status(score: float, tellers: int, chance: str) -> tuple[str, str]:
    """What may be said of one outlet and one fact, and why."""
    if score >= PRESENT:
        return "present", "told"
    if score >= UNCERTAIN:
        return "uncertain", "near"
    if tellers == 0:
        return "uncertain", "nobody"
    if tellers < TELLERS:
        return "uncertain", "exclusive"
    return ("absent" if chance == "lacking" else "uncertain"), chance


def _table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    columns = ["fact_id", "outlet", "status", "score", "doc_id", "start", "end"]
    extra = ["statement", "kind", "reason", "tellers", "genre", "sentence_id", "text"]
    table = pd.DataFrame(rows, columns=[*columns, *extra])
    types = dict.fromkeys(("statement", "kind", "reason", "genre", "text"), "str")
    return make("coverage", table.astype({**types, "tellers": "Int64", "sentence_id": "Int64"}))

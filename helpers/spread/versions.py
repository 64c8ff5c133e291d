"""Contrasts of what several outlets print of the same statement or report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from helpers.comparing.terms import function_words
from helpers.findings.measured import how_right
from helpers.lenses import quotes
from helpers.schema import UNKNOWN_OUTLET
from helpers.spread.grid import Contrast, Side
from helpers.spread.labels import speaker
from helpers.spread.material import MARKS, STEM, WORD, Material
from helpers.spread.quotations import held_against, is_cut_of, is_version
from helpers.spread.tone import evaluates
from helpers.wording import clean, count, is_missing, listing, number

LEAST_CUT, MOST_KEPT, LONGEST = 10, 0.7, 60
"""Words left out, share of the words kept, and words of the longest version of a quotation: of a
long speech everybody leaves something out."""
HEAVY = 2.0
"""What a cut weighs that takes out a word which evaluates."""
MOST_TOLD = 0.2
"""Share of the content words of what is left out that may stand elsewhere in the article."""
LEAST_TELLERS = 3
"""Texts that must tell what one outlet lacks."""
OUTLETS = 5
"""Outlets of one side that are named."""


def of_quotations(m: Material) -> Iterator[Contrast]:
    """A statement that one outlet prints and another one cuts, each in its own article."""
    originals = m.story.originals
    own = originals[originals["doc_id"].isin(sorted(m.own))]
    named = own[own["outlet"] != UNKNOWN_OUTLET]
    versions = quotes.across_outlets(m.story.quotes, named)
    for _, group in versions.groupby("statement_id", sort=True):
        whole = group.sort_values("n_words", ascending=False, kind="stable").iloc[0]
        words = int(whole["n_words"])
        rest = group[group["outlet"] != whole["outlet"]]
        if rest.empty or words > LONGEST or is_missing(whole["actor"]):
            continue
        cut = rest.sort_values(["shared_outlet", "outlet"], kind="stable").iloc[0]
        mine = rest[rest["outlet"] == cut["outlet"]]
        kept, runs = held_against(m, whole, mine)
        gone = sum(len(run.split()) for run in runs)
        who = speaker(whole["actor"], whole["source"])
        if gone < LEAST_CUT or cut["shared_outlet"] > MOST_KEPT or not who:
            continue
        if not is_version(cut, who) or not is_cut_of(cut, whole):
            continue
        if _told(m, sorted(set(mine["doc_id"])), runs) > MOST_TOLD:
            continue
        full = [
            outlet
            for outlet, theirs in rest.groupby("outlet", sort=True)
            if held_against(m, whole, theirs)[0] == words
        ]
        printing = listing([str(whole["outlet"]), *map(str, full)], OUTLETS)
        verb = "quote" if full else "quotes"
        statement = (
            f"{cut['outlet']} leaves out of {who}’s words what {printing} {verb}: "
            f"“{clean(max(runs, key=len), 160)}”"
        )
        heavy = HEAVY if any(evaluates(w.lower()) for run in runs for w in run.split()) else 1.0
        sides = (
            _version(m, whole, f"all {count(words, 'word')}"),
            _version(m, cut, f"{number(kept)} of {number(words)} words"),
        )
        yield Contrast(
            "quotation",
            statement,
            sides,
            how_right("quotation"),
            heavy * gone * len(group) / 100,
        )


def _told(m: Material, doc_ids: Sequence[str], runs: Sequence[str]) -> float:
    """The share of the content words of what was left out that other articles print anywhere.

    By their first letters: what is told in other words or quoted in shreds was not left out.
    """
    small = function_words()
    there = {word[:STEM] for doc in doc_ids
             for word in WORD.findall(m.articles[doc]["text"].lower())}  # fmt: skip
    gone = [w[:STEM] for run in runs for w in WORD.findall(run.lower()) if w not in small]
    return sum(word in there for word in gone) / max(len(gone), 1)


def _version(m: Material, row: pd.Series, note: str) -> Side:
    """A version in its place; of one that quotes parts only, from the first mark to the last."""
    doc, start, end = str(row["doc_id"]), int(row["start"]), int(row["end"])
    text = m.articles[doc]["text"]
    marks = [i for i in range(start, end) if text[i] in MARKS]
    if len(marks) > 1 and row["kind"] == "mixed":
        start, end = marks[0], marks[-1] + 1
    return Side(str(row["outlet"]), note, ((doc, start, end),))


def of_reports(m: Material) -> Iterator[Contrast]:
    """What several texts tell and an outlet that reports of the same has no sentence for."""
    table = m.story.coverage
    if table.empty:
        return
    for _, group in table.groupby("fact_id", sort=True):
        lacking = group[group["status"] == "absent"]
        told = group[(group["status"] == "present") & group["doc_id"].isin(sorted(m.own))]
        tellers = group["tellers"].iloc[0]
        if lacking.empty or is_missing(tellers) or tellers < LEAST_TELLERS or len(told) < 2:
            continue
        told = told.dropna(subset=["start"])
        names = listing(sorted(lacking["outlet"]), OUTLETS)
        what = clean(group["statement"].iloc[0], 140)
        if any(mark in what for mark in MARKS):  # what was said is a matter of quotations
            continue
        places = tuple(
            (str(doc), int(start), int(end))
            for doc, start, end in zip(told["doc_id"], told["start"], told["end"], strict=True)
        )
        tell = Side(listing(list(told["outlet"]), OUTLETS), "tell it", places)
        nearest = lacking.dropna(subset=["start"])
        near = tuple(
            (str(doc), int(start), int(end))
            for doc, start, end in zip(
                nearest["doc_id"], nearest["start"], nearest["end"], strict=True
            )
        )
        verb = "has" if len(lacking) == 1 else "have"
        note = "the nearest sentence" if near else f"{verb} no sentence like it that was found"
        lack = Side(names, note, near)
        yield Contrast(
            "report",
            f"{names} {'does' if len(lacking) == 1 else 'do'} not tell that “{what}”",
            (tell, lack),
            how_right("report"),
            float(tellers) / 10,
        )

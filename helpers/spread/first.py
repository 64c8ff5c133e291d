"""The first screen: at most five things worth knowing, and what to know before them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import pandas as pd

from helpers.comparing.sides import are_named
from helpers.findings.finding import Finding
from helpers.findings.measured import how_right, kind_of
from helpers.findings.same_text import same_text
from helpers.schema import UNKNOWN_OUTLET
from helpers.spread.contrasts import told_events
from helpers.spread.grid import Contrast, Side
from helpers.spread.material import OPINION, Material
from helpers.spread.tone import evaluates
from helpers.statistics import ALPHA
from helpers.wording import count, listing, number

MOST = 5
SHARES = {
    "leads": 1, "blame": 2, "verdict": 2, "names": 2, "wording": 2, "quotation": 2, "unquoted": 1,
    "report": 2, "heard": 1,
}  # fmt: skip
"""Of each kind at most so many."""
FURTHER = ("quotation", "leads")
"""Kinds of which more are told where there is room: they can be seen to be right."""
TESTED = "More than chance gives, corrected for all that was looked at"
SPOKEN = ("transcript", "interview")
OUTLETS = 4
"""Outlets of opinion pieces that are named."""
OWN_WORDS = "framing-own-words"
_QUOTED = re.compile(r"“([^”]+)”")
NONE = (
    "No difference between these outlets is larger than chance may give; with few articles hardly "
    "any could be. How each begins, whom it quotes and what only it tells stands below."
)
NO_EVENT = (
    "No two of these outlets were found to tell of one event, so none of their sentences stand "
    "beside each other. Whom each names and quotes, and what it calls them, stands below."
)


def worth_knowing(found: Sequence[Contrast], claims: Sequence[Finding]) -> list[Contrast]:
    """At most five: contrasts that can be read off, and differences that passed the test.

    What only describes, and what chance gives as well, is for the page of methods.
    """
    first: list[Contrast] = []
    for kind, most in SHARES.items():
        first += [c for c in found if c.kind == kind][:most]
    stood = [_tested(c) for c in claims if passed(c)]
    more = [c for kind in FURTHER for c in found if c.kind == kind and c not in first]
    return [*first[: MOST - 1], *stood, *first[MOST - 1 :], *more][:MOST]


def passed(claim: Finding) -> bool:
    """Whether a finding is a difference that stood the corrected test and has both its sides.

    An interval that holds no difference contradicts the test: then nothing is told.
    """
    stood = not claim.descriptive and claim.p_value <= ALPHA
    topical = claim.claim_id.startswith(OWN_WORDS) and not _is_wording(claim)
    told = claim.topic != "sentiment" and not topical
    return stood and told and bool(claim.evidence and claim.reference)


def _is_wording(claim: Finding) -> bool:
    """Whether every term that an outlet uses more evaluates: topics and house style are trivial."""
    terms = [term.lower() for term in _QUOTED.findall(claim.statement)]
    return bool(terms) and all(any(map(evaluates, term.split())) for term in terms)


def nothing(m: Material) -> str:
    """What is said where nothing is worth knowing first."""
    several = sum(outlet != UNKNOWN_OUTLET for outlet in m.story.outlets) > 1
    return NO_EVENT if several and not told_events(m) else NONE


def _tested(claim: Finding) -> Contrast:
    sides = (
        Side("What was counted", count(len(claim.evidence), "place"), claim.evidence),
        Side("What it is held against", count(len(claim.reference), "place"), claim.reference),
    )
    kind = kind_of(claim)
    right = how_right(kind) if kind else "Words are counted as they stand."
    note = f"{TESTED}. {claim.method}. {right}"
    return Contrast("tested", claim.statement, sides, note, claim.strength)


def alerts(m: Material) -> list[str]:
    """What a reader must know before any comparison, in sentences; often nothing.

    One text in several outlets, a single outlet or none, opinion beside reports, talk that is
    nobody's own words.
    """
    articles, originals = m.story.articles, m.story.originals
    told = [claim.statement for claim in same_text(articles)]
    if len(originals) == 1 and len(articles) > 1:
        told.append(f"All {number(len(articles))} articles print one text: that is what is found.")
    if len(articles) == 1:
        told.append("There is one article alone: what it says stands below, beside nothing else.")
    named = originals.loc[originals["outlet"] != UNKNOWN_OUTLET, "outlet"].unique()
    if len(originals) > 1 and len(named) < 2:
        whose = f"All are by {named[0]}" if len(named) else "No article names its outlet"
        told.append(f"{whose}: articles are held against each other, not outlets.")
    if sides := are_named(originals):
        told.append(f"Held against each other are {sides}.")
    off = int((originals["outlet"] == UNKNOWN_OUTLET).sum())
    if off and m.kind == "side" and len(named):
        told.append(f"{count(off, 'article')} {'is' if off == 1 else 'are'} on no side.")
    told += _mixed(m, originals)
    return told


def _mixed(m: Material, originals: pd.DataFrame) -> list[str]:
    """Genres that stand beside reports: opinion that says so of itself, and talk."""
    genres = {d: str(m.articles[d].get("genre")) for d in originals["doc_id"] if d in m.articles}
    said = [d for d, genre in genres.items() if genre in OPINION and m.is_told(d)]
    opinion = Counter(genres[d] for d in said)
    spoken = Counter(genre for genre in genres.values() if genre in SPOKEN)
    told = []
    if opinion and (n := opinion.total()) < len(originals):
        kinds = listing([_kind(genre, n) for genre, n in opinion.most_common()])
        by = Counter(m.outlet(d) for d in said if m.outlet(d) != UNKNOWN_OUTLET)
        whose = f" ({listing([o for o, _ in by.most_common()], OUTLETS)})" if by else ""
        told.append(f"{kinds}{whose}, marked as such, {_stands(n)} beside reports.")
    if spoken:
        kinds = listing([_kind(genre, n) for genre, n in spoken.most_common()])
        told.append(f"{kinds}: what is said there is not counted as an outlet’s own words.")
    return told


def _stands(n: int) -> str:
    return "stands" if n == 1 else "stand"


def _kind(genre: str, n: int) -> str:
    noun = {"opinion": "opinion piece", "analysis": "analysis"}.get(genre, genre)
    plural = "analyses" if noun == "analysis" else f"{noun}s"
    return f"{n} {noun if n == 1 else plural}"

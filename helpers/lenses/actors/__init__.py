"""Who is in the story: actors found by their names, merged over articles, and counted.

`find_mentions` is the door: articles, sentences and tokens in, the table `mentions` out. The other
functions count that table. How it works, and where it fails: ``docs/actors.md``.
"""

from __future__ import annotations

from helpers.lenses.actors import show, takeaways
from helpers.lenses.actors.camps import party_before, party_behind, party_of, states_in
from helpers.lenses.actors.described import facts
from helpers.lenses.actors.draft import draft_actor_list
from helpers.lenses.actors.mentions import find_mentions
from helpers.lenses.actors.tables import (
    comentions,
    frequency,
    names_of,
    place_of,
    placed,
    timeline,
    told_together,
    unresolved,
    without_actor,
    wordings,
)

__all__ = [
    "comentions",
    "draft_actor_list",
    "facts",
    "find_mentions",
    "frequency",
    "names_of",
    "party_before",
    "party_behind",
    "party_of",
    "place_of",
    "placed",
    "show",
    "states_in",
    "takeaways",
    "timeline",
    "told_together",
    "unresolved",
    "without_actor",
    "wordings",
]

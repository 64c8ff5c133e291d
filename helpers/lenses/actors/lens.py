"""The lens on actors: who is mentioned, how often, under which names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.lenses.actors import kept, mentions, merging, partitions
from helpers.lenses.actors.columns import MENTIONS
from helpers.lenses.actors.findings import actor_findings, mentions_of
from helpers.lenses.lens import Joined, Lens, LensTable, Pieces, Tables
from helpers.lenses.quotes import add_voice

if TYPE_CHECKING:
    from helpers.findings.asked import Measure
    from helpers.findings.finding import Finding
    from helpers.findings.told import Told
    from helpers.models import Models
    from helpers.story import Story


def _found(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    actor_list: pd.DataFrame | None,
    models: Models,
) -> pd.DataFrame:
    return mentions.find_mentions(
        articles, sentences, tokens, actor_list=actor_list, finder=models.names
    )


def _mentions(found_mentions: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    return add_voice(found_mentions, quotes)


def _first(story: Story) -> dict[str, pd.DataFrame]:
    """Each article's own entities and the names they were found under."""
    names = mentions.find_in_articles(
        story.articles, story.sentences, story.tokens, finder=story.models.names
    )
    written = {
        "entities": [kept.write(article.entities) for article in names],
        "found": [kept.write(article.mentions) for article in names],
    }
    return {name: pd.DataFrame({name: column}) for name, column in written.items()}


def _join(pieces: Pieces, story: Story, size: int) -> Sequence[Any]:
    """Entities of all articles become actors of the story; each partition gets those it needs."""
    known = story.actor_list
    listed = [] if known is None else [*known["actor"], *known["alias"]]
    registry = merging.merge(  # no name for what all articles hold: it goes when it is merged
        [kept.read_entities(text) for piece in pieces("entities") for text in piece["entities"]]
    )
    parts = partitions.parts_of(registry, len(story.articles), size, listed=listed)
    return [{"registry": part, "actor_list": known} for part in parts]


def _of_partition(story: Story, share: Tables, joined: dict[str, Any]) -> pd.DataFrame:
    names = mentions.restore(
        story.articles,
        story.sentences,
        story.tokens,
        mentions=list(map(kept.read_mentions, share["found"]["found"])),
        entities=list(map(kept.read_entities, share["entities"]["entities"])),
    )
    return mentions.mentions_of(names, joined["registry"], actor_list=joined["actor_list"])


def _findings(told: Told) -> list[Finding]:
    return actor_findings(told["mentions"], told.compared)


def _asked(told: Told, _: str) -> Measure:
    return mentions_of(told["mentions"], told.compared)


LENS = Lens(
    "actors",
    tables=(
        LensTable(
            replace(MENTIONS, name="found_mentions"),
            of="documents",
            needs=("articles", "sentences", "tokens", "actor_list", "models"),
            make=_found,
            saved=False,
            joined=Joined(_first, _join, _of_partition),
        ),
        LensTable(MENTIONS, of="documents", needs=("found_mentions", "quotes"), make=_mentions),
    ),
    findings=_findings,
    asked=_asked,
    found_in=("mentions",),
)

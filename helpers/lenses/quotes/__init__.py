"""Who said what: quotations and reported speech, their sources, and whose words a span is in.

`find_quotes` is the door: articles, sentences, tokens and mentions in, the table `quotes` out.
`add_voice` says of any span who speaks in it; `across_outlets` finds the same statement in several
outlets. The other functions count the table. How it works, and where it fails: ``docs/quotes.md``.
"""

from helpers.lenses.quotes import show, takeaways
from helpers.lenses.quotes.across import across_outlets
from helpers.lenses.quotes.method import find_quotes
from helpers.lenses.quotes.printed import WORD
from helpers.lenses.quotes.speakers import Mention
from helpers.lenses.quotes.spoken import Report, reports_of
from helpers.lenses.quotes.tables import (
    attributions,
    kinds,
    named_in_speech,
    said_about,
    said_by,
    speech,
    stances,
    unattributed,
    verbs,
    voiced,
    voices,
)
from helpers.lenses.quotes.voice import add_voice, words_given

__all__ = [
    "WORD",
    "Mention",
    "Report",
    "across_outlets",
    "add_voice",
    "attributions",
    "find_quotes",
    "kinds",
    "named_in_speech",
    "reports_of",
    "said_about",
    "said_by",
    "show",
    "speech",
    "stances",
    "takeaways",
    "unattributed",
    "verbs",
    "voiced",
    "voices",
    "words_given",
]

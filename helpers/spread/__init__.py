"""The spread: what several outlets print of the same event, side by side.

=============== =================================================================================
`Material`      a story's tables, looked up by article and place
`events`        the events that at least two outlets tell
`by_contrast`   the same, those of most sides and of the most opposed headlines first
`spread`        one event as a grid: outlets as columns, what they do with it as rows
`held`          any sides (outlets, articles, groups) held against each other on the same rows
`pair`          every side of a story, of which the reader opens two at a time
`uses`          every name for a deed, thing or actor in the outlets' own voice
`families`      what differs in the names of the whole story
`for_whom`      who speaks, as what and for whom, in each outlet
`shared_text`   whose text is whose and what was cut; `independent` how many texts there are
`chronology`    what was told when, by whom first
`contrasts`     where outlets differ in a way that can be read off their sentences
`worth_knowing` at most five of them, and of the differences that stood a test; `alerts` before them
=============== =================================================================================

Nothing here is tested against chance: it is laid out to be read, and every entry has its places.
"""

from helpers.spread import show
from helpers.spread.called import families, uses
from helpers.spread.contrasts import contrasts
from helpers.spread.first import alerts, worth_knowing
from helpers.spread.grid import Column, Contrast, Entry, Grid, Row, Side
from helpers.spread.material import Material, by_article, by_outlet, columns_of
from helpers.spread.opposed import by_contrast
from helpers.spread.order import chronology
from helpers.spread.sources import independent, shared_text
from helpers.spread.spreads import ALL, Event, events, held, pair, spread
from helpers.spread.whom import for_whom

__all__ = [
    "ALL",
    "Column",
    "Contrast",
    "Entry",
    "Event",
    "Grid",
    "Material",
    "Row",
    "Side",
    "alerts",
    "by_article",
    "by_contrast",
    "by_outlet",
    "chronology",
    "columns_of",
    "contrasts",
    "events",
    "families",
    "for_whom",
    "held",
    "independent",
    "pair",
    "shared_text",
    "show",
    "spread",
    "uses",
    "worth_knowing",
]

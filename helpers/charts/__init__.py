"""One long-form table in, one figure with a text alternative out.

Every function takes a frame and the names of its columns, and returns a `Figure`: its data are
plain lists (no base64, no random ids, floats rounded), names from data are escaped and cut, the
background is transparent, and its ``text/plain`` says in one to three sentences what it shows.

======================  ============================================================================
`ranked_bars`           longest first, per ``label`` (and ``group``), with whiskers
`share_bars`            bars of 100% cut into parts: quote kinds, voices, sentiments
`diverging_bars`        to both sides of zero: word shift, log-odds of two sides
`dots`                  estimates with intervals, hollow where "descriptive only"
`dumbbell`              two roles on one line: agent against patient
`keyness_scatter`       frequency against weight; names only what survives
`heatmap`               outlet × frame, speaker × actor, with the number in each cell
`co_mentions`           who is named together with whom
`timeline`              articles or mentions per day, a row per outlet
======================  ============================================================================

Pass the same `outlet_colours(order)` to all charts of a briefing.
"""

from helpers.charts.bars import diverging_bars, ranked_bars, share_bars
from helpers.charts.figure import PALETTE, Figure, outlet_colours
from helpers.charts.grids import co_mentions, heatmap
from helpers.charts.points import dots, dumbbell, keyness_scatter
from helpers.charts.time import timeline

__all__ = [
    "PALETTE",
    "Figure",
    "co_mentions",
    "diverging_bars",
    "dots",
    "dumbbell",
    "heatmap",
    "keyness_scatter",
    "outlet_colours",
    "ranked_bars",
    "share_bars",
    "timeline",
]

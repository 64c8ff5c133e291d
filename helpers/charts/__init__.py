"""One long-form table in, one figure with a text alternative out.

Every function takes a table, the `Columns` that it draws and the `Look` of the chart, and returns
a `Figure`: its data are plain lists (no base64, no random ids, floats rounded), names from data
are escaped and cut, the background is transparent, and its ``text/plain`` says in one to three
sentences what it shows.

======================  ============================================================================
`ranked_bars`           longest first, per label (and group), with whiskers
`share_bars`            bars of 100% cut into parts: quote kinds, voices, sentiments
`diverging_bars`        to both sides of zero: word shift, log-odds of two sides
`dots`                  estimates with intervals, hollow where "descriptive only"
`dumbbell`              two roles on one line: agent against patient
`keyness_scatter`       frequency against weight; names only what survives
`heatmap`               outlet × frame, speaker × actor, with the number in each cell
`co_mentions`           who is named together with whom
`timeline`              articles or mentions per day, a row per outlet
======================  ============================================================================

With the same order of outlets an outlet has the same colour in all charts of a briefing.
"""

from helpers.charts.bars import ranked_bars, share_bars
from helpers.charts.diverging import diverging_bars
from helpers.charts.estimates import Columns
from helpers.charts.figure import PALETTE, Figure, Look, outlet_colours
from helpers.charts.grids import co_mentions, heatmap
from helpers.charts.points import dots, dumbbell
from helpers.charts.scatter import keyness_scatter
from helpers.charts.time import periods, timeline

__all__ = [
    "PALETTE",
    "Columns",
    "Figure",
    "Look",
    "co_mentions",
    "diverging_bars",
    "dots",
    "dumbbell",
    "heatmap",
    "keyness_scatter",
    "outlet_colours",
    "periods",
    "ranked_bars",
    "share_bars",
    "timeline",
]

"""How the notebooks show their tables: captions, headings, units, titles; nothing is computed.

What a room's function returns is piped into the record or function named after it, so that a cell
says where its table comes from:

    from helpers.lenses import quotes
    quotes.kinds(speech, story.originals).pipe(quotes.show.kinds)

A table or some evidence is a record (`base.Table`, `base.Passages`) that is called with its frame;
a figure is a function from a frame to a `helpers.charts.Figure`. Those of a lens stand in its
folder; here are those of the corpus (`corpus`), of the briefing (`briefing`) and those that all
notebooks share.
"""

from helpers.display import reading
from helpers.leads import Lead
from helpers.show.base import Table, problems, saved

outlets_and_lenses = Table(
    "Outlets and lenses",
    limit=40,
    leads={"Articles": Lead(("Outlet=outlet",), where={"repeats": False})},
)

__all__ = ["Table", "outlets_and_lenses", "problems", "reading", "saved"]

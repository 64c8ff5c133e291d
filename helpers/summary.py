"""One table, outlet × lens, that is read within a minute.

Each cell holds the one thing that sets the outlet apart most in that lens, with its numbers, and
says so where it is descriptive only. The long form keeps the numbers apart for whoever wants to
check them; the wide form is for reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from helpers import lenses
from helpers.comparing.events import comparable
from helpers.lenses.lens import Lens, cell
from helpers.story import Story

NOTHING = "nothing stands out"
_COLUMNS = ["outlet", "lens", "cell", "value", "reference", "n", "descriptive"]


def of_story(story: Story, *, voice: str = "author") -> pd.DataFrame:
    """One row per outlet × lens of a story, as `summary` gives it; ``voice`` is whose words count.

    Lenses that know no voice say the same in each.
    """
    tables = {
        lens.name: story.compared(lens.name, voice=voice)
        for lens in story.lenses
        if lens.compared is not None
    }
    return summary(story.originals, tables, every=story.lenses)


def summary(
    articles: pd.DataFrame,
    compared: Mapping[str, pd.DataFrame],
    *,
    every: Sequence[Lens] = (),
) -> pd.DataFrame:
    """One row per outlet × lens: the cell's text and the numbers it rests on.

    ``compared`` holds, by the name of a lens, the table by outlet that its record makes
    (`helpers.lenses.lens.Lens.compared`); a lens that is not given has no rows. Columns: outlet,
    lens, cell (for reading), value (the outlet's), reference (the other outlets'), n (what was
    counted), descriptive.
    """
    outlets = sorted(comparable(articles)["outlet"].unique())
    cells = {
        lens.name: lens.cells(compared[lens.name])
        for lens in every or lenses.load()
        if lens.cells is not None and lens.name in compared
    }
    rows = [
        {"outlet": outlet, "lens": lens, **found.get(outlet, cell(NOTHING))}
        for outlet in outlets
        for lens, found in cells.items()
    ]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    types = {"outlet": "str", "lens": "str", "cell": "str", "descriptive": "bool"}
    return frame.astype({**types, "value": "float64", "reference": "float64", "n": "float64"})


def summary_table(
    cells: pd.DataFrame, articles: pd.DataFrame, *, every: Sequence[Lens] = ()
) -> pd.DataFrame:
    """One row per outlet: its articles and one column per lens, to be read across."""
    counted = comparable(articles)["outlet"].value_counts()
    there = set(cells["lens"])
    headings = {lens.name: lens.heading for lens in every or lenses.load() if lens.name in there}
    wide = cells.pivot(index="outlet", columns="lens", values="cell").reindex(columns=[*headings])
    wide.columns = pd.Index([*headings.values()])
    wide.insert(0, "Articles", counted.reindex(wide.index).to_numpy())
    return wide.rename_axis("Outlet").reset_index()

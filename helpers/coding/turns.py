"""What to code after the first turn: further items, and what coders could not agree on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.coding.codes import read_sample
from helpers.coding.corrections import plan
from helpers.coding.questions import CodingError
from helpers.coding.results import FINAL, disagreements
from helpers.coding.sample import draw_further
from helpers.coding.sheet import FOLDER, write_sheets
from helpers.wording import clean, number, percent

if TYPE_CHECKING:
    from helpers.story import Story


def write_further(
    story: Story,
    *,
    lens: str | None = None,
    n: int = 20,
    coders: Sequence[str] = ("A",),
    outlets: bool = False,
) -> list[str]:
    """Write sheets of about ``n`` further items; the files, and what they would narrow, in lines.

    The items are of ``lens``, or of that whose findings they would narrow most.
    """
    planned = plan(story, story.codes, story.claims, n=n)
    if lens is None and planned.empty:
        raise CodingError("no finding of this story can be corrected by codes")
    lens = lens or str(planned["lens"].iloc[0])
    drawn = read_sample(story, lens)
    sample = draw_further(story, lens, drawn, story.claims, n=n)
    new = sample["item"].iloc[0 if drawn is None else len(drawn) :]
    turn = str(sample["design"].iloc[0]).count("+") + 1
    files = write_sheets(
        story,
        sample,
        story.folder / FOLDER,
        coders=coders,
        only=dict.fromkeys(new, ""),
        part=f"-{turn}",
        outlets=outlets,
    )
    mine: list[Any] = planned[planned["lens"] == lens].to_dict("records")
    return [*map(str, files), *map(_narrowed, mine)]


def _narrowed(row: Mapping[str, Any]) -> str:
    return (
        f"{clean(row['statement'], 60)} Interval {percent(row['width'])} wide by "
        f"{number(row['codes'])} codes, about {percent(row['expected'])} by "
        f"{number(round(row['codes'] + row['further']))}"
    )


def write_to_decide(story: Story, *, lens: str | None = None) -> list[Path]:
    """Write, for one who decides, a sheet a lens of the items on which coders differ."""
    left = disagreements(story.codes)
    left = left[left["lens"] == lens] if lens is not None else left
    if left.empty:
        raise CodingError("there is no item on which coders differ and nobody has decided")
    files: list[Path] = []
    for name in left["lens"].unique():
        sample = read_sample(story, str(name))
        assert sample is not None  # its codes were read
        mine = left[left["lens"] == name]
        notes = {
            str(item): f"Coders said: {labels}"
            for item, labels in zip(mine["item"], mine["labels"], strict=True)
        }
        folder = story.folder / FOLDER
        files += write_sheets(story, sample, folder, coders=[FINAL], only=notes)[1:]
    return files

"""Codes read back: every row is used once, or told in a row of problems."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from helpers.coding.questions import LENSES, CodingError, choices, items
from helpers.coding.sample import KEY, hashes, item_id
from helpers.coding.sheet import FOLDER, rows_of
from helpers.readers.delimited import csv_rows
from helpers.readers.document import Doubt, Unreadable
from helpers.readers.folder import printable
from helpers.wording import count, out_of

if TYPE_CHECKING:
    from helpers.story import Story

NEEDED = {"item", "lens", "doc_id", "start", "end", "asked", "sha256", "chance"}
_CODED = re.compile(rf"(codes|sheet)-({'|'.join(LENSES)})-(.+)\.(csv|xlsx)", re.IGNORECASE)
_TABLES = frozenset({".csv", ".tsv", ".json", ".xlsx", ".xls", ".ods", ".numbers"})


class Codes(NamedTuple):
    """What people coded of a story."""

    table: pd.DataFrame
    """One row per item and coder: item, lens, doc_id, start, end, asked, chance, coder, label, and
    ``answer``, the program's."""
    problems: list[dict[str, str]]
    """One row per file or item that could not be used: file, problem, action."""


def read_codes(story: Story, folder: Path | None = None) -> Codes:
    """All codes in the story's folder ``codes/`` (or in ``folder``)."""
    place = folder or story.folder / FOLDER
    problems: list[dict[str, str]] = []
    coded = _files(place, problems)
    parts = [_of_lens(story, lens, place, coded[lens], problems) for lens in LENSES]
    columns = ["item", "lens", "doc_id", "start", "end", "asked", "chance", "coder", "label"]
    there = [part for part in parts if part is not None and len(part)]
    if not there:
        return Codes(pd.DataFrame(columns=[*columns, "answer"]), problems)
    return Codes(pd.concat(there, ignore_index=True)[[*columns, "answer"]], problems)


def read_sample(story: Story, lens: str, folder: Path | None = None) -> pd.DataFrame | None:
    """The sample of a lens that is in the folder, as it was drawn, with the program's answers.

    None where there is none. Raises `CodingError` where some of it cannot be used any more.
    """
    file = (folder or story.folder / FOLDER) / f"sample-{lens}.csv"
    if not file.is_file():
        return None
    problems: list[dict[str, str]] = []
    sample = _sample(file, problems)
    found = None if sample is None else _matching(story, lens, sample, file, problems)
    if found is None or problems:
        raise CodingError(f"{file.name}: {problems[0]['problem']}; move it away to draw anew")
    return found.assign(design=found["design"] if "design" in found else f"{len(found)}")


def _files(place: Path, problems: list[dict[str, str]]) -> dict[str, list[tuple[Path, str]]]:
    """The files with codes of each lens, each with the coder in its name; others are told."""
    found: dict[str, list[tuple[Path, str]]] = {lens: [] for lens in LENSES}
    samples = {f"sample-{lens}.csv" for lens in LENSES}
    for file in sorted(place.iterdir()) if place.is_dir() else ():
        if named := _CODED.fullmatch(file.name):
            found[named[2].lower()].append((file, named[3]))
        elif file.suffix.lower() in _TABLES and file.name not in samples:
            what = "its name does not say of which lens and whose it is"
            remedy = f"not read; write codes-LENS-CODER.csv; LENS is one of {', '.join(LENSES)}"
            problems.append(_problem(file, what, remedy))
    return found


def _of_lens(
    story: Story,
    lens: str,
    place: Path,
    coded: list[tuple[Path, str]],
    problems: list[dict[str, str]],
) -> pd.DataFrame | None:
    file = place / f"sample-{lens}.csv"
    if not file.is_file():
        remedy = f"not used; put {file.name} beside it"
        problems.extend(_problem(name, "codes of no sample", remedy) for name, _ in coded)
        return None
    sample = _sample(file, problems)
    if sample is None:
        return None
    known = {*sample["item"]}
    sample = _matching(story, lens, sample, file, problems)
    drawn: list[Any] = sample.to_dict("records")
    allowed = {str(item["item"]): choices(story, lens, item) for item in drawn}
    rows: dict[tuple[str, str], str] = {}
    coders: dict[str, _Coder] = {}
    for name, coder in coded:
        _read(name, coder, {**dict.fromkeys(known), **allowed}, rows, coders, problems)
    problems += [told for coder in coders.values() for told in coder.unfinished()]
    left = len({*allowed} - {item for item, _ in rows})
    if rows and left:
        what = f"{out_of(left, len(allowed))} items are coded by nobody"
        problems.append(_problem(file, what, "the others are used: their order is random"))
    codes = pd.DataFrame(
        [(item, coder, label) for (item, coder), label in rows.items()],
        columns=["item", "coder", "label"],
    )
    return codes.merge(sample, on="item", how="left")


def _sample(file: Path, problems: list[dict[str, str]]) -> pd.DataFrame | None:
    try:
        columns, found = csv_rows(file, wanted="item")
        rows = [row for _, row in found if not isinstance(row, Doubt)]
    except (Unreadable, OSError) as error:
        problems.append(_problem(file, f"not readable ({error})", "its codes are not used"))
        return None
    if missing := sorted(NEEDED - {*columns}):
        problems.append(
            _problem(file, f"has no column {', '.join(missing)}", "its codes are not used")
        )
        return None
    table = pd.DataFrame(rows, columns=columns)
    for column in ("start", "end", "chance", "verb_start", "verb_end"):
        if column in table:
            table[column] = pd.to_numeric(table[column], errors="coerce")

    def usable(good: pd.Series, what: str) -> pd.DataFrame:
        if not good.all():
            lost = count(int((~good).sum()), "row")
            problems.append(_problem(file, f"{lost} {what}", "left out"))
        return table[good]

    placed = table[["start", "end", "chance"]].notna().all(axis=1)
    table = usable(
        placed & table["chance"].between(0, 1, inclusive="right"), "without place or chance"
    ).astype({"start": "int64", "end": "int64"})
    keys = zip(table["lens"], *(table[column] for column in KEY), strict=True)
    own = table["item"] == pd.Series([item_id(*key) for key in keys], table.index, dtype="str")
    table = usable(own, "whose id is not that of its place")
    return usable(~table.duplicated("item"), "of an item that is there already")


def _matching(
    story: Story, lens: str, sample: pd.DataFrame, file: Path, problems: list[dict[str, str]]
) -> pd.DataFrame:
    """The items whose text is still the same, with the program's answer of today."""
    same = pd.Series(hashes(story, sample), index=sample.index) == sample["sha256"]
    if not same.all():
        lost = count(int((~same).sum()), "item")
        problems.append(
            _problem(
                file,
                f"the text of {lost} is not in the story, or has changed",
                "not used; draw a new sample if they are many",
            )
        )
    every = items(story, lens)
    keys = ["doc_id", "start", "end", "asked"]
    kept = sample[same].drop(columns="answer", errors="ignore")
    joined = kept.merge(every[[*keys, "answer"]], on=keys, how="left")
    gone = joined["answer"].isna()
    if gone.any():
        problems.append(
            _problem(
                file,
                f"{count(int(gone.sum()), 'item')} that the program no longer finds",
                "not used: they say nothing of what it counts now",
            )
        )
    return joined[~gone].reset_index(drop=True)


class _Coder:
    """Who coded: the items that this coder was given, and how many of them have a label."""

    def __init__(self, name: str, file: Path) -> None:
        self.name = name
        self.file = file
        self.given: set[str] = set()
        self.labelled: set[str] = set()

    def unfinished(self) -> list[dict[str, str]]:
        """A row where some of the items have no label, if the coder has begun at all."""
        if self.given == self.labelled or not (
            self.labelled or self.file.name.lower().startswith("codes-")
        ):
            return []
        what = f"{self.name} has coded {out_of(len(self.labelled), len(self.given))} items"
        return [_problem(self.file, what, "the others are not counted")]


def _read(
    file: Path,
    fallback: str,
    allowed: dict[str, tuple[str, ...] | None],
    rows: dict[tuple[str, str], str],
    coders: dict[str, _Coder],
    problems: list[dict[str, str]],
) -> None:
    """Add the codes of one file; what cannot be used is a problem.

    ``allowed`` has the labels of each item of the sample, None where the item cannot be used;
    ``coders`` stand under their names in small letters, so that nobody is two.
    """
    try:
        columns, found = rows_of(file)
        if not {"item", "label"} <= {*columns}:
            problems.append(_problem(file, "has no columns item and label", "not used"))
            return
        read = [*found]
    except (Unreadable, OSError) as error:
        problems.append(_problem(file, f"not readable ({error})", "not used"))
        return
    unknown = 0
    for number, row in read:
        if isinstance(row, Doubt):
            problems.append(_problem(file, f"row {number}: {row.problem}", row.action))
            continue
        item, label = row.get("item", "").strip(), row.get("label", "").strip()
        offered = allowed.get(item)
        if item not in allowed:
            unknown += 1
            continue
        if offered is None:
            continue  # an item that is told once, with the sample
        name = printable(row.get("coder", "").strip() or fallback)[:40]
        coder = coders.setdefault(name.casefold(), _Coder(name, file))
        coder.given.add(item)
        if not label:
            continue
        meant = {o.casefold(): o for o in offered}
        # a sheet marks what a spreadsheet would run as a formula
        chosen = meant.get(label.casefold()) or meant.get(label.removeprefix("'").casefold())
        if chosen is None:
            what = f"row {number}: {printable(label)[:60]!r} is no label of this item"
            problems.append(_problem(file, what, f"not used; there are {', '.join(offered)}"))
            continue
        coder.labelled.add(item)
        first = rows.setdefault((item, coder.name), chosen)
        if first != chosen:
            what = f"row {number}: {coder.name} coded {item} twice, as {first!r} and {chosen!r}"
            problems.append(_problem(file, what, "the first is used"))
    if unknown:
        problems.append(
            _problem(file, f"{count(unknown, 'row')} of no item of the sample", "not used")
        )


def _problem(file: Path, problem: str, action: str) -> dict[str, str]:
    return {"file": f"codes/{printable(file.name)}", "problem": problem, "action": action}

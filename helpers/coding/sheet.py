"""The coding sheet: one page that works offline and by keyboard, and the same as two tables.

None says what the program thinks, nor, unless asked for, which outlet printed the text. The page
keeps the codes in the browser and saves them as `codes-<lens>-<coder>.csv`; the tables (CSV and
XLSX) have an empty column `label`.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers import output
from helpers.coding.questions import CodingError, choices, codebook
from helpers.coding.workbook import xlsx
from helpers.readers import spreadsheets
from helpers.readers.delimited import Row, csv_rows
from helpers.readers.document import Doubt, Unreadable
from helpers.readers.front_matter import body_start

if TYPE_CHECKING:
    from helpers.story import Story

ASSETS = Path(__file__).with_name("assets")
FOLDER = "codes"
"""The folder of a story that holds samples, sheets and codes."""
CONTEXT = 350
"""Characters shown before and after an item."""
_CODER = re.compile(r"[\w.-]{1,40}")


def write_sheets(
    story: Story,
    sample: pd.DataFrame,
    folder: Path,
    *,
    coders: Sequence[str] = ("A",),
    overlap: float = 1.0,
    only: Mapping[str, str] | None = None,
    part: str = "",
    outlets: bool = False,
) -> list[Path]:
    """Write the sample, and for each coder a page and two tables; the files written.

    Every coder gets the share ``overlap`` of the items, the rest is dealt out among them. ``only``
    are the items to be coded if not all are, each with a note that the coder sees; with ``outlets``
    it says whose text it is; ``part`` sets their files apart by name. Nothing that was coded is
    written over: what is there of a sample must be in this one, and no table there may have labels.
    """
    lens = str(sample["lens"].iloc[0])
    for coder in coders:
        if not _CODER.fullmatch(coder):
            raise CodingError(f"{coder!r} is no name for a file: use letters, digits, . _ or -")
    if len({coder.casefold() for coder in coders}) < len(coders):
        raise CodingError("two coders have the same name")
    target = folder / f"sample-{lens}.csv"
    if target.exists() and not _items(target) <= {*sample["item"]}:
        raise CodingError(
            f"{target.name} holds another sample: code that one (--next adds to it), or move it "
            "and its codes away before a new one is drawn"
        )
    names = {coder: f"sheet-{lens}-{coder}{part}" for coder in coders}
    for coder, form in itertools.product(coders, ("csv", "xlsx")):
        if _is_filled(folder / f"{names[coder]}.{form}"):
            raise CodingError(
                f"{names[coder]}.{form} has labels already: leave {coder} out of --coders, or move "
                f"the file away (as codes-{lens}-{coder}{part}-1.{form} it still counts)"
            )
    folder.mkdir(parents=True, exist_ok=True)
    text = output.csv_text(sample.drop(columns="answer"))
    target.write_text(text, encoding="utf-8", newline="")
    written = [target]
    if only is not None:
        sample = sample[sample["item"].isin([*only])]
    shared = round(len(sample) * min(max(overlap, 0.0), 1.0))
    drawn: list[Any] = sample.to_dict("records")
    articles = story.articles.set_index("doc_id")
    texts, printed = articles["text"], articles["outlet"]
    records = [
        {
            **_record(story, lens, item, str(texts[item["doc_id"]])),
            "note": " · ".join(
                filter(None, ((only or {}).get(item["item"], ""),
                              f"Outlet: {printed[item['doc_id']]}" if outlets else ""))
            ),
        }
        for item in drawn
    ]  # fmt: skip
    for place, coder in enumerate(coders):
        own = [
            record
            for i, record in enumerate(records)
            if i < shared or (i - shared) % len(coders) == place
        ]
        table = _table(own, coder)
        forms = {
            "html": html(lens, coder, own, part=part).encode(),
            "csv": output.csv_text(table).encode(),
            "xlsx": xlsx(table.drop(columns="choices"), [record["choices"] for record in own]),
        }
        for form, content in forms.items():
            written.append(folder / f"{names[coder]}.{form}")
            written[-1].write_bytes(content)
    return written


def _items(sample: Path) -> set[str]:
    """The items of a sample that is there already; all that is not one is another one."""
    rows = sample.read_text(encoding="utf-8", errors="replace").splitlines()
    return {row.partition(",")[0] for row in rows[1:]}


def rows_of(table: Path) -> tuple[list[str], Iterable[Row]]:
    """The columns and rows of a table of codes, a CSV file or a spreadsheet.

    Raises `Unreadable` and OSError.
    """
    if table.suffix.lower() == ".xlsx":
        return spreadsheets.table_rows(table.read_bytes(), wanted="item")
    return csv_rows(table, wanted="item")


def _is_filled(table: Path) -> bool:
    """Whether somebody has written labels into a table that was laid out before."""
    if not table.is_file():
        return False
    try:
        _, rows = rows_of(table)
        return any(isinstance(row, Doubt) or row.get("label", "").strip() for _, row in rows)
    except (Unreadable, OSError):
        return True  # whatever it holds, it is not what was laid out


def html(lens: str, coder: str, records: Sequence[dict[str, Any]], *, part: str = "") -> str:
    """The coding sheet as one page; it loads nothing and sends nothing."""
    book = codebook(lens)
    key = hashlib.sha256("".join(r["item"] for r in records).encode()).hexdigest()[:12]
    data = {
        "key": f"parallax-codes-{lens}-{coder}-{key}",
        "file": f"codes-{lens}-{coder}{part}.csv",
        "coder": coder,
        "question": book.question,
        "about": book.about,
        "labels": [
            {"name": b.name, "meaning": b.meaning, "example": b.example, "counter": b.counter}
            for b in book.labels
        ],
        "items": [*records],
    }
    script = (ASSETS / "sheet.js").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    # In a script element only "<" could end it or open a comment.
    packed = json.dumps(data, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    page = (ASSETS / "sheet.html").read_text("utf-8")
    for name, value in {
        "POLICY": f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'",
        "STYLE": (ASSETS / "sheet.css").read_text("utf-8"),
        "SCRIPT": script,
        "DATA": packed,
    }.items():
        page = page.replace("{{" + name + "}}", value, 1)
    return page


def _record(story: Story, lens: str, item: dict[str, Any], text: str) -> dict[str, Any]:
    """What a coder sees of an item: the text in pieces, the question's name, the labels."""
    start, end = int(item["start"]), int(item["end"])
    verb = int(item["verb_start"]), int(item["verb_end"])
    low, high = min(start, verb[0] if verb[0] >= 0 else start), max(end, verb[1])
    begin, stop = max(0, low - CONTEXT), min(len(text), high + CONTEXT)
    if low < (top := body_start(text)):  # a headline among metadata, which tells whose text it is
        begin, stop = text.rfind("\n", 0, low) + 1, text.find("\n", high)
    else:
        begin = max(begin, top)
    cuts = sorted({begin, stop, start, end, *(v for v in verb if v >= 0)})
    pieces = []
    for a, b in itertools.pairwise(cuts):
        kind = "verb" if verb[0] <= a < verb[1] else "mark" if start <= a < end else ""
        pieces.append([text[a:b], kind])
    if 0 < begin < low:
        pieces[0][0] = "…" + pieces[0][0].partition(" ")[2]
    if high < stop < len(text):
        pieces[-1][0] = pieces[-1][0].rpartition(" ")[0] + "…"
    return {
        "item": item["item"],
        "asked": item["asked"],
        "pieces": pieces,
        "choices": [*choices(story, lens, item)],
    }


def _table(records: Sequence[dict[str, Any]], coder: str) -> pd.DataFrame:
    """One row per item, for coders who prefer a spreadsheet."""
    signs = {"": ("", ""), "mark": ("[", "]"), "verb": ("_", "_")}
    return pd.DataFrame(
        {
            "item": [r["item"] for r in records],
            "label": "",
            "coder": coder,
            "choices": [" | ".join(r["choices"]) for r in records],
            "asked": [r["asked"] for r in records],
            "note": [r["note"] for r in records],
            "text": [
                "".join(signs[kind][0] + words + signs[kind][1] for words, kind in r["pieces"])
                for r in records
            ],
        }
    )

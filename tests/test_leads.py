"""Numbers and the sentences behind them: as many are opened as the number says, and all have some.

Read from the notebooks as they are committed, whose outputs are what the pages draw.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from helpers import charts, display
from helpers.leads import Book, Lead, opened

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
TABLE = "application/vnd.parallax.table+json"
PLOTLY = "application/vnd.plotly.v1+json"

MEASURED = {
    "words": "how long the articles are",
    "per_1000_words": "a rate: its mentions by the outlet’s words",
    "mean": "a mean of scores",
    "balance": "positive less negative",
    "difference": "the share of headlines less that of body sentences",
    "share_headline": "a share of headlines, of which those with the item are held",
    "share_body": "a mean of the articles’ shares",
    "02-actors/frequency-figure": "a share of all articles, of which only those with it are held",
    "02-actors/outlets-figure": "a rate",
    "03-sentiment/baseline-figure": "a mean of scores",
    "03-sentiment/others-matrix": "positive less negative",
    "03-sentiment/words-shift": "a difference of means",
    "04-quotes/voices-figure": "characters",
    "precision": "weighted by how likely each item was to be drawn",
    "recall": "weighted likewise",
    "07-check/right-figure": "weighted likewise",
}
"""Numbers that are made of what they open, and do not count it."""

NOTHING = {"–", "0", "0.0", "0.00", "0%"}
WHOLE = re.compile(r"[\d,]+")
SHARE = re.compile(r"(\d+)%")


@cache
def outputs(mime: str) -> list[tuple[str, dict[str, Any]]]:
    """The outputs of one kind in all notebooks, with notebook and cell."""
    found = []
    for path in NOTEBOOKS:
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            shown = [output.get("data", {}) for output in cell.get("outputs", [])]
            found += [(f"{path.stem}/{cell['id']}", d[mime]) for d in shown if mime in d]
    return found


def marks(trace: dict[str, Any]) -> Iterator[tuple[float, int]]:
    """The value of each mark of a trace with the number of its spans."""
    refs = trace["customdata"]
    if trace["type"] == "heatmap":
        for values, numbers in zip(trace["z"], refs, strict=True):
            yield from ((v, n) for v, n in zip(values, numbers, strict=True) if v is not None)
    else:
        yield from zip(trace["x"], refs, strict=True)


def rated(figure: dict[str, Any]) -> bool:
    """Whether the marks of a figure stand on an axis of shares."""
    return figure["layout"]["xaxis"].get("tickformat") == ".0%"


_SPANS = st.lists(
    st.tuples(st.sampled_from(["a", "b/1", "ü"]), st.integers(0, 40), st.integers(41, 60)),
    max_size=9,
)


@given(st.lists(st.tuples(_SPANS, _SPANS), max_size=5))
def test_a_book_gives_back_what_it_was_given(cells: list[tuple[list[Any], list[Any]]]) -> None:
    book = Book()
    refs = [book.ref(counted, rest) for counted, rest in cells]
    data = json.loads(json.dumps(book.data()))
    for (counted, rest), ref in zip(cells, refs, strict=True):
        assert opened(data, ref) == (sorted(counted), sorted(rest))


ROWS = pd.DataFrame(
    {
        "doc_id": ["a", "a", "b", "b"],
        "start": [0, 10, 0, 20],
        "end": [4, 14, 4, 24],
        "who": ["Ana", "Ana", "Bo_Lind", None],
        "kind": ["name", "title", "name", "name"],
    }
)


def test_a_table_leads_to_the_rows_that_agree_with_it() -> None:
    counts = pd.DataFrame({"who": ["Ana", "Bo Lind", "Nobody"], "n": [2, 1, 0], "share": 0.5})
    leads = {
        "n": Lead(("who",)),
        "share": Lead(("who",), where={"kind": "name"}, once=("doc_id",), whole=Lead(("who",))),
    }
    shown = display.table(counts, caption="c", of=ROWS, leads=leads).data
    at = shown["leads"]["at"]
    assert [opened(shown["leads"], n) for n in at["n"]] == [
        ([("a", 0, 4), ("a", 10, 14)], []),
        ([("b", 0, 4)], []),
        ([], []),
    ]
    assert opened(shown["leads"], at["share"][0]) == ([("a", 0, 4)], [("a", 10, 14)])


def test_what_others_use_is_counted_apart_from_ones_own() -> None:
    lead = Lead(("kind", "who"), whole=Lead(("kind",)), others=True)
    (sides,) = lead.of_frame(pd.DataFrame({"kind": ["name"], "who": ["Ana"]}), ROWS)
    assert sides == ([("b", 0, 4), ("b", 20, 24)], [("a", 0, 4)])


def test_marks_of_a_chart_lead_to_their_rows() -> None:
    counts = pd.DataFrame({"actor": ["Ana", "Ana"], "n": [1, 1], "part": ["name", "title"]})
    figure = charts.share_bars(
        counts, charts.Columns("actor", "n", "part"), charts.Look("Who?"), parts=("name", "title")
    ).leading(ROWS, Lead(("label=who", "group=kind"), whole=Lead(("label=who",))))
    leads = figure.layout["meta"]["leads"]
    seen = {t["name"]: opened(leads, t["customdata"][0]) for t in figure.data}
    assert seen["name"] == ([("a", 0, 4)], [("a", 10, 14)])
    assert seen["title"] == ([("a", 10, 14)], [("a", 0, 4)])


def test_a_cell_opens_as_many_spans_as_it_says() -> None:
    checked = 0
    for where, table in outputs(TABLE):
        for name, refs in table.get("leads", {"at": {}})["at"].items():
            column = [c["name"] for c in table["columns"]].index(name)
            for row, ref in zip(table["rows"], refs, strict=True):
                counted, rest = opened(table["leads"], ref)
                if name in MEASURED:
                    assert counted or rest or row[column] in NOTHING, (where, name, row)
                elif WHOLE.fullmatch(row[column]):
                    assert len(counted) == int(row[column].replace(",", "")), (where, name, row)
                    checked += 1
                elif rest and (share := SHARE.fullmatch(row[column])):
                    told = 100 * len(counted) / len(counted + rest)
                    assert abs(told - int(share[1])) <= 0.5 + 1e-9, (where, name, row)
                    checked += 1
                else:
                    assert counted or row[column] in NOTHING, (where, name, row)
    assert checked > 100


EXCEPTIONS = {
    "sentence_id": "the number of a sentence, no count",
    "start": "a place, no count",
    "end": "a place, no count",
    "low": "an end of an interval: it rests on what its estimate opens",
    "high": "an end of an interval",
    "share_low": "an end of an interval",
    "share_high": "an end of an interval",
    "negative_low": "an end of an interval",
    "negative_high": "an end of an interval",
    "q_value": "of a test over all exchanges of outlets",
    "could_show": "what the corpus could have shown at all: no count of anything in it",
    "probability": "a model's, of the one sentence beside it",
    "denominator": "the whole of the number beside it, which opens both of its sides",
    "agreement": "of people who coded other articles",
    "precision": "of cues read by hand",
    "n_read": "of cues read by hand",
    "rows": "of a table on disk",
    "columns": "of a table on disk",
    "uncertain": "facts of which no sentence is near enough to be shown",
    "absent": "facts that the outlet does not tell have no sentence there",
    "facts": "told or not: those that are told open beside it",
    "coded": "how much was coded: every item is a row of the table `codes`",
    "right": "an end of an interval, or a share whose items open beside it",
    "corrected": "an estimate from codes, and the share beside it that its own notebook opens",
    "next": "what further codes would bring",
    "codes": "of people's codes: every coded item is a row of the table `codes`, with its place",
    "method": "cells of a notebook on a text of its own, which is no article",
}
"""Numbers without a way to sentences, by column (or by the first word of the cell's name)."""


def test_every_number_of_a_table_opens_its_sentences_or_is_an_exception() -> None:
    without: dict[tuple[str, str], list[str]] = {}
    numbers = led = 0
    for where, table in outputs(TABLE):
        at = table.get("leads", {"at": {}})["at"]
        linked = table.get("links") or [[]] * len(table["rows"])
        for i, column in enumerate(table["columns"]):
            if column["type"] != "number":
                continue
            refs = at.get(column["name"], [-1] * len(table["rows"]))
            for row, ref, link in zip(table["rows"], refs, linked, strict=True):
                if row[i] in NOTHING:
                    continue
                numbers += 1
                if ref >= 0 or link:
                    led += 1
                else:
                    without.setdefault((where, column["name"]), []).append(row[i])
    odd = {
        (where, name): cells
        for (where, name), cells in without.items()
        if not {name, where.partition("/")[2].partition("-")[0]} & EXCEPTIONS.keys()
    }
    assert odd == {}
    assert led > 0.6 * numbers


def test_every_mark_of_a_chart_opens_its_sentences() -> None:
    seen = 0
    for where, figure in outputs(PLOTLY):
        for trace in figure["data"]:
            if trace.get("hoverinfo") == "skip" or not len(trace["x"]):
                continue  # words and lines between marks, which mark nothing themselves
            assert "customdata" in trace, where
            for value, ref in marks(trace):
                # A logarithmic axis draws what is not used at all at 0.8.
                assert ref >= 0 or value in (0, 0.8), (where, value)
                seen += 1
    assert seen > 300


def test_a_mark_opens_as_many_spans_as_it_says() -> None:
    checked = 0
    for where, figure in outputs(PLOTLY):
        leads = figure["layout"].get("meta", {}).get("leads")
        for trace in figure["data"]:
            if "customdata" not in trace or where in MEASURED:
                continue
            share = figure["layout"].get("barmode") == "stack" or rated(figure)
            for value, ref in marks(trace):
                counted, rest = opened(leads, ref)
                if share:
                    whole = len(counted + rest)
                    assert not whole or abs(value - len(counted) / whole) < 1e-3, (where, value)
                    checked += 1
                elif isinstance(value, int | float) and float(value).is_integer() and not rest:
                    assert len(counted) == value, (where, value)
                    checked += 1
    assert checked > 100

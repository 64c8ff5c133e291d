"""Notebooks from others: what is of a form that we write is drawn, nothing else gets through."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.display import CONTRAST, EVIDENCE, FINDING, READING, SPREAD, TABLE
from helpers.notebook_form import PLOTLY
from helpers.report import render_notebook
from helpers.report.exporter import ParallaxExporter
from helpers.report.outputs import known

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
REFRESH = "<meta http-equiv=refresh content='0;url=https://example.org/'>"
BREAK = f"</script>{REFRESH}<img src=https://example.org/p.png onerror=alert(1)>"
ITEM = {
    "doc_id": "a", "start": 0, "end": 3, "outlet": "A", "published": "", "title": "t",
    "before": "", "span": "x", "after": "", "note": "",
}  # fmt: skip
BASE = {"id": "x", "json": BREAK, "number": 1, "title": "t", "subtitle": "s", "alt": "a",
        "height": 1, "marks": False, "html": BREAK, "kind": "figure"}  # fmt: skip
LEADS = {"places": {"a": "0-3"}, "refs": [["0", ""]]}
TABLED = {"caption": "c", "columns": [{"name": "n", "heading": "n", "type": "text"}],
          "rows": [["x"]], "total": 1, "note": ""}  # fmt: skip
CLAIM = {
    "claim_id": "c", "topic": "t", "statement": "s", "value": "1", "unit": "", "denominator": "",
    "interval": "", "method": "m", "descriptive": False, "doubtful": False, "items": [ITEM],
    "total": 1, "leads": LEADS,
}  # fmt: skip
GRID = {"caption": "c", "note": "", "columns": [{"name": "A", "note": ""}], "chosen": [],
        "rows": [{"label": "l", "note": "", "empty": "-", "differs": False,
                  "cells": [[{"runs": [["mark", "w"]], "note": "", "ref": 0}]]}],
        "leads": LEADS}  # fmt: skip
SIDE = {"name": "A", "note": "", "items": [ITEM], "total": 1, "ref": 0}
GOOD = {
    TABLE: TABLED,
    EVIDENCE: {"caption": "c", "items": [ITEM], "total": 1},
    READING: {"text": "t", "denominator": "d", "limit": "l"},
    FINDING: {"findings": [CLAIM]},
    SPREAD: {"grids": [GRID], "open": 1, "none": "n"},
    CONTRAST: {
        "alerts": ["a"], "none": "n",
        "contrasts": [{"statement": "s", "note": "n", "sides": [SIDE], "leads": LEADS}],
    },
    PLOTLY: {"data": [{"type": "bar", "x": [1], "y": ["a"]}], "layout": {"height": 90}},
}  # fmt: skip


class Tags(HTMLParser):
    """The tags of a page that could fetch, run or lead somewhere."""

    def __init__(self, text):
        super().__init__()
        self.met = []
        self.links = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag in {"img", "iframe", "object", "embed", "base", "link", "svg", "form"}:
            self.met.append(tag)
        if tag == "meta" and dict(attrs).get("http-equiv", "").lower() == "refresh":
            self.met.append("refresh")
        self.met += [name for name, _ in attrs if name.startswith("on")]
        self.links += [value for name, value in attrs if name in {"href", "src"}]


def _drawn(*outputs):
    cells = [new_markdown_cell("# A notebook"), new_code_cell("x")]
    cells[1]["outputs"] = list(outputs)
    notebook = new_notebook()
    notebook["cells"] = cells
    return render_notebook(notebook)


def _charts(text):
    found = re.findall(r'application/json" id="[^"]+">(.*?)</script>', text, re.DOTALL)
    return [json.loads(each) for each in found]


def _display(mime, data):
    return new_output("display_data", data={mime: data})


def test_what_our_own_notebooks_hold_gets_through():
    shown = 0
    for file in NOTEBOOKS:
        notebook = nbformat.read(file, as_version=4)
        for before, after in zip(notebook.cells, known(notebook).cells, strict=True):
            assert after.source == before.source
            outputs = (cell.get("outputs", ()) for cell in (before, after))
            for given, kept in zip(*outputs, strict=True):
                for mime in set(GOOD) & set(given.get("data", ())):
                    shown += 1
                    drawn = kept["data"][mime]
                    for key in given["data"][mime].keys() - {"config", "layout"}:
                        assert drawn[key] == given["data"][mime][key], (file.name, mime, key)
                    layout = given["data"][mime].get("layout", {})
                    for key in layout.keys() - {"template", "meta"}:
                        assert drawn["layout"][key] == layout[key], (file.name, key)
                if "text" in given:
                    assert kept["text"] == given["text"]
    assert shown > 100


@pytest.mark.parametrize("mime", GOOD, ids=lambda m: m.split(".")[-1])
def test_an_output_cannot_pose_as_another_block(mime):
    hostile = json.loads(json.dumps(GOOD[mime]))
    hostile |= {k: v for k, v in BASE.items() if k not in hostile}
    for inner in ("findings", "grids", "contrasts", "items", "columns"):
        for each in hostile.get(inner, ()):
            each |= {k: v for k, v in BASE.items() if k not in each}
    text = _drawn(_display(mime, hostile))
    read = Tags(text)
    assert read.met == []
    assert "example.org" not in text
    assert "is not drawn" not in text
    assert text == _drawn(_display(mime, GOOD[mime])), "further keys change nothing"


@pytest.mark.parametrize("mime", GOOD, ids=lambda m: m.split(".")[-1])
def test_every_text_of_an_output_is_text(mime):
    def hostile(value):
        if isinstance(value, dict):
            return {k: v if k in ("places", "refs", "type") else hostile(v)
                    for k, v in value.items()}  # fmt: skip
        if isinstance(value, list):
            return [hostile(each) for each in value]
        return BREAK if isinstance(value, str) else value

    read = Tags(_drawn(_display(mime, hostile(GOOD[mime]))))
    assert read.met == []
    assert all(link.startswith("#") for link in read.links)


def test_pictures_links_and_markup_go_from_charts():
    evil = "<a href='https://example.org/'>b</a><b>c</b><br>%{x}"
    data = {
        "data": [
            {"type": "bar", "x": [1, float("nan"), 10**400], "y": [evil],
             "hovertemplate": evil, "customdata": [evil],
             "__proto__": {"polluted": 1}, "marker": {"color": ["red"]}},
            {"type": "image", "source": "https://example.org/p.png"},
        ],
        "layout": {
            "title": {"text": evil},
            "images": [{"source": "https://example.org/p.png"}],
            "template": {"layout": {"images": [{"source": "https://example.org/p.png"}]}},
            "annotations": [{"text": evil, "clicktoshow": "onoff"}],
            "updatemenus": [{"buttons": [{"args": ["images[0].source", "x"]}]}],
        },
    }  # fmt: skip
    text = _drawn(_display(PLOTLY, data))
    (chart,) = _charts(text)
    assert len(chart["data"]) == 1
    assert {"images", "template", "updatemenus"} & set(chart["layout"]) == set()
    told = chart["layout"]["annotations"][0]["text"]
    assert told == "&lt;a href='https://example.org/'&gt;b&lt;/a&gt;<b>c</b><br>%{x}"
    assert chart["data"][0]["hovertemplate"] == told
    assert "customdata" not in chart["data"][0]
    assert chart["data"][0]["x"] == [1, None, None]
    assert "__proto__" not in json.dumps(chart)
    assert all(link.startswith("#") for link in Tags(text).links)


def _changed(mime, *path, value=None):
    data = json.loads(json.dumps(GOOD[mime]))
    at = data
    for step in path[:-1]:
        at = at[step]
    if value is None:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return _display(mime, data)


MALFORMED = {
    "no rows": _changed(TABLE, "rows"),
    "rows that are a text": _changed(TABLE, "rows", value="x"),
    "a row too long": _changed(TABLE, "rows", value=[["a", "b"]]),
    "a cell that is a number": _changed(TABLE, "rows", value=[[1]]),
    "a table that is a list": _display(TABLE, []),
    "links of no row": _changed(TABLE, "links", value=[["a", 1], ["b", 2]]),
    "a link that is half": _changed(TABLE, "links", value=[["a"]]),
    "an item without a span": _changed(EVIDENCE, "items", 0, "span"),
    "an item that is none": _changed(EVIDENCE, "items", value=[None]),
    "a total that is a text": _changed(EVIDENCE, "total", value="5"),
    "a total of a thousand digits": _changed(EVIDENCE, "total", value=10**1000),
    "places that are words": _changed(EVIDENCE, "leads", value={"places": {"a": "x"}, "refs": []}),
    "numbers of no places": _changed(
        EVIDENCE, "leads", value={"places": {"a": "0-3"}, "refs": [["0-999999999", ""]]}
    ),
    "a reading of numbers": _changed(READING, "text", value=5),
    "findings that are none": _changed(FINDING, "findings", value={}),
    "a claim without a method": _changed(FINDING, "findings", 0, "method"),
    "a grid without sides": _changed(SPREAD, "grids", 0, "columns", value=[]),
    "a side that is not there": _changed(SPREAD, "grids", 0, "chosen", value=[7]),
    "a number that leads nowhere": _changed(
        SPREAD, "grids", 0, "rows", 0, "cells", 0, 0, "ref", value=3
    ),
    "a run of one": _changed(SPREAD, "grids", 0, "rows", 0, "cells", 0, 0, "runs", value=[["x"]]),
    "a side without a number": _changed(CONTRAST, "contrasts", 0, "sides", 0, "ref"),
    "traces that are none": _changed(PLOTLY, "data", value=[3]),
    "a layout that is a list": _changed(PLOTLY, "layout", value=[]),
    "a height that is a text": _changed(PLOTLY, "layout", "height", value="9"),
    "a margin that is a number": _changed(PLOTLY, "layout", "margin", value=4),
    "a chart nested too deeply": _changed(
        PLOTLY, "data", 0, "x", value=json.loads("[" * 400 + "]" * 400)
    ),
    "no type": {"data": {}},
    "an unknown type": {"output_type": "update", "data": {}},
    "data that are a text": {"output_type": "display_data", "data": "x"},
    "plain text that is none": {"output_type": "execute_result", "data": {"text/plain": 5}},
    "a stream without words": {"output_type": "stream", "name": "stdout"},
    "an error without a name": {"output_type": "error", "evalue": "x"},
    "an output that is a list": [1],
}


@pytest.mark.parametrize("name", MALFORMED)
def test_an_output_of_another_form_is_told_and_the_page_is_made(name):
    text = _drawn(MALFORMED[name], _display(READING, GOOD[READING]))
    assert text.count("An output is not drawn, since it is not of the form that it names") == 1
    assert '<p class="reading">' in text


def test_a_notebook_of_odd_cells_is_a_page(tmp_path):
    notebook = new_notebook(cells=[new_markdown_cell("# Title")])
    notebook.cells += [
        nbformat.from_dict(each)
        for each in (
            {"cell_type": "code", "source": ["a\n", "b"], "outputs": None, "metadata": None},
            {"cell_type": "markdown", "source": None, "metadata": {"tags": "hide"}},
            {"cell_type": "video", "source": 4}, {}, {"cell_type": "code"},
            {"cell_type": "code", "source": "'" , "outputs": [
                {"output_type": "execute_result", "data": {"text/plain": "'a'" + "+ -" * 9_000}}]},
        )
    ]  # fmt: skip
    notebook.metadata["parallax"] = ["no table"]
    file = tmp_path / "odd.ipynb"
    file.write_text(json.dumps(notebook))
    text, _ = ParallaxExporter().from_filename(str(file))
    assert "<code>a\nb</code>" in text
    assert "<code>&#39;</code>" in text


def test_escape_sequences_and_signs_that_turn_words_do_not_reach_the_page():
    hidden = "a\x1b]0;title\x07b\x1b[31mc\u202ed\x9b2Je\u2066f"
    text = _drawn(
        new_output("stream", name="stdout", text=hidden),
        new_output("execute_result", data={"text/plain": f"repr {hidden}"}),
        new_output("error", ename=hidden, evalue=hidden, traceback=[]),
    )
    assert not set("\x1b\x07\u202e\x9b\u2066") & set(text)
    assert text.count("abcdef") == 4

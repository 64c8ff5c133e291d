"""Payloads in every field: no script runs, nothing is fetched, no page leads elsewhere.

The pages are opened in a headless Chromium where there is one; all that can be opened, clicked,
hovered and searched is, and every payload is typed into the address bar.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from lxml import etree
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from payloads import DRIVER, RAN, payloads
from test_outputs import GOOD

from helpers import charts, display, schema
from helpers.briefing import Finding
from helpers.leads import Lead
from helpers.report import BRIEFING, briefing_docx, page, pages
from helpers.report.exporter import ParallaxExporter

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
BROWSER = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium to open the pages in")
SECONDS = 60_000
"""Milliseconds of the page's own time that it may take; the clock's are far fewer."""


class _Heard(HTTPServer):
    """A server on this machine that notes what it is asked for."""

    asked: list[str]


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, _Heard)
        self.server.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<title>elsewhere</title>")

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture(scope="module")
def heard() -> Iterator[_Heard]:
    """The server, while the tests last."""
    server = _Heard(("127.0.0.1", 0), _Answer)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def given(heard: _Heard) -> list[str]:
    """The payloads, which ask for something of that server."""
    return payloads(f"http://127.0.0.1:{heard.server_port}/x")


def _story(given: list[str]) -> dict[str, pd.DataFrame]:
    texts = [f"Kites\n\nShe said {p} on Monday. “{p}” was all. They left." for p in given]
    articles = [
        {"doc_id": f"{i} {p}", "file": p, "outlet": p, "title": p, "byline": p, "url": p, "text": t,
         "n_words": 9, "published": "2023-06-04", "event": p, "genre": p}
        for i, (p, t) in enumerate(zip(given, texts, strict=True))
    ]  # fmt: skip
    spans = [
        {"doc_id": a["doc_id"], "start": 7, "end": 7 + len(p) + 9, "voice": p, "actor": p,
         "speaker": p, "source": p, "text": p, "kind": "direct", "quote_id": str(i), "n": 1,
         "counted": True}
        for i, (a, p) in enumerate(zip(articles, given, strict=True))
    ]  # fmt: skip
    problems = [{"file": p, "problem": p, "action": p} for p in given]
    return {
        "articles": schema.make("articles", articles),
        "spans": pd.DataFrame(spans),
        "problems": schema.make("problems", problems),
    }


def _notebook(given: list[str], story: dict[str, pd.DataFrame], name: str) -> Any:
    """A notebook of ours in which every field of every output is a payload."""
    spans, articles = story["spans"], story["articles"]
    bars = charts.ranked_bars(
        pd.DataFrame({"actor": given[:40], "n": range(40, 0, -1)}), charts.Columns("actor", "n"),
        charts.Look(given[0], axis=given[1], note=given[2]),
    ).leading(spans, Lead(("label=actor",)))  # fmt: skip
    claims = [
        Finding(p, p, 0.5, 4.0, 0.1, 0.4, p, topic=p, unit=p, base=p,
                evidence=((d, 7, 12),))
        for p, d in zip(given[:40], spans["doc_id"], strict=False)
    ]  # fmt: skip
    shown = [
        bars,
        display.table(spans, caption=given[0], note=given[1], limit=None, of=spans,
                      leads={"n": Lead(("voice",), whole=Lead())}),
        display.evidence(spans, articles, caption=given[0], note="voice", limit=60),
        display.findings(claims, articles=articles),
        *(display.reading(p, denominator=p, limit=p) for p in given),
    ]  # fmt: skip
    outputs = [new_output("display_data", data=each._repr_mimebundle_()) for each in shown]
    outputs += [new_output("stream", name="stderr", text=p) for p in given]
    outputs += [new_output("execute_result", data={"text/plain": p, "text/html": p}) for p in given]
    cells = [new_markdown_cell(f"# {p}\n\n{p} [{p}]({p}) ![{p}]({p})") for p in given]
    cells.append(new_code_cell("\n".join(given), outputs=outputs))
    return new_notebook(cells=cells, metadata={"parallax": {"notebook": name}})


def _hostile(given: list[str]) -> Any:
    """A notebook of somebody else's: our forms with payloads for texts, and what is of no form."""
    at = iter(given * 9)

    def filled(value: Any) -> Any:
        if isinstance(value, dict):
            made = {
                k: v if k in ("places", "refs", "type") else filled(v) for k, v in value.items()
            }
            return made | {"html": next(at), "json": next(at), "kind": "figure", "id": "x"}
        if isinstance(value, list):
            return [filled(each) for each in value]
        return next(at) if isinstance(value, str) else value

    charted = {
        "data": [{"type": "bar", "x": [1] * len(given), "y": given, "hovertext": given,
                  "text": given, "hovertemplate": f"%{{y}}{given[0]}", "name": given[1],
                  "customdata": given},
                 {"type": "image", "source": given[-1].strip("<>")},
                 {"type": "scatter", "x": [1, 2], "y": [1, 2], "mode": "text", "text": given[:2]}],
        "layout": {"title": {"text": given[2]}, "height": 400, "annotations": [
                       {"text": p, "x": 0.5, "y": 0.5} for p in given],
                   "xaxis": {"title": {"text": given[4]}, "ticktext": given, "tickvals": [1]},
                   "images": [{"source": given[-1].strip("<>"), "x": 0, "y": 0, "sizex": 1}]},
    }  # fmt: skip
    outputs = [
        {"output_type": "display_data", "metadata": {}, "data": {mime: filled(data)}}
        for mime, data in GOOD.items()
    ]
    outputs.append({"output_type": "display_data", "metadata": {},
                    "data": {next(m for m in GOOD if "plotly" in m): charted}})  # fmt: skip
    outputs += [
        {"output_type": "execute_result", "metadata": {}, "execution_count": 1,
         "data": {"text/html": p, "text/plain": p, "image/svg+xml": p, "text/markdown": p,
                  "application/javascript": p}}
        for p in given
    ]  # fmt: skip
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": 1, "source": given,
            "outputs": outputs}  # fmt: skip
    words = [
        {"cell_type": kind, "id": f"{kind}{i}", "metadata": {}, "source": p}
        for kind in ("markdown", "raw")
        for i, p in enumerate(given)
    ]
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {"title": given[0]},
            "cells": [*words, cell]}  # fmt: skip


def _driven(text: str, given: list[str]) -> str:
    """The page with a script that uses all of it, let in by its hash as the page's own are."""
    allowed = base64.b64encode(hashlib.sha256(DRIVER.encode()).digest()).decode()
    held = json.dumps(given).replace("<", "\\u003c")
    added = f'<script type="application/json" id="given">{held}</script><script>{DRIVER}</script>'
    text = text.replace("script-src ", f"script-src &#39;sha256-{allowed}&#39; ", 1)
    return text.replace("</body>", f"{added}</body>")


@pytest.fixture(scope="module")
def written(given: list[str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages, as files beside each other."""
    folder = tmp_path_factory.mktemp("pages")
    story = _story(given)
    spans = story["spans"]
    texts = pages(
        [_notebook(given, story, "01-x"), _notebook(given, story, page.TOLD_BY)],
        title=given[0], question=given[1], articles=story["articles"], problems=story["problems"],
        outlets=given, method=given[2], mentions=spans, quotes=spans,
    )  # fmt: skip
    theirs = folder / "theirs.ipynb"
    theirs.write_text(json.dumps(_hostile(given)), encoding="utf-8")
    texts["notebook.html"] = ParallaxExporter().from_filename(str(theirs))[0]
    for name, text in texts.items():
        (folder / name).write_text(_driven(text, given), encoding="utf-8")
    return {name: folder / name for name in texts}


def test_there_are_many_payloads(given: list[str]) -> None:
    assert len(set(given)) >= 200


@pytest.mark.slow
@BROWSER
@pytest.mark.parametrize("name", ["briefing.html", "method.html", "notebook.html"])
def test_nothing_runs_nothing_is_fetched_and_no_page_leads_elsewhere(
    name: str, written: dict[str, Path], heard: _Heard, given: list[str], tmp_path: Path
) -> None:
    heard.asked.clear()
    assert CHROMIUM is not None
    done = subprocess.run(
        [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
         f"--user-data-dir={tmp_path}", f"--virtual-time-budget={SECONDS}", "--dump-dom",
         written[name].as_uri()],
        capture_output=True, text=True, timeout=300, check=False,
        env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    root = re.search(r"<html[^>]*>", done.stdout)
    assert root, done.stderr[-2000:]
    assert f'data-driven="{len(given)} ' in root[0], "the driver went to the end of the page"
    assert RAN not in root[0]
    assert heard.asked == []
    assert "<title>elsewhere</title>" not in done.stdout


@pytest.mark.slow
@BROWSER
def test_the_browser_would_have_noticed(heard: _Heard, given: list[str], tmp_path: Path) -> None:
    """Without escaping and policy the same payloads run and fetch."""
    assert CHROMIUM is not None
    heard.asked.clear()
    open_page = tmp_path / "open.html"
    open_page.write_text(f"<html><body>{given[1]}{given[2]}</body></html>", encoding="utf-8")
    done = subprocess.run(
        [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}",
         "--virtual-time-budget=3000", "--dump-dom", open_page.as_uri()],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert RAN in done.stdout
    assert heard.asked


def test_the_word_file_holds_words_alone(given: list[str]) -> None:
    story = _story(given)
    data = briefing_docx(
        [_notebook(given, story, page.TOLD_BY)], title=given[0], question=given[1],
        articles=story["articles"], problems=story["problems"], outlets=given, method=given[2],
    )  # fmt: skip
    archive = zipfile.ZipFile(io.BytesIO(data))
    said = ""
    for name in archive.namelist():
        if not name.endswith((".xml", ".rels")):
            continue
        tree = etree.fromstring(archive.read(name))
        assert not [e for e in tree.iter() if e.get("TargetMode") == "External"], name
        tags = {etree.QName(e).localname for e in tree.iter() if isinstance(e.tag, str)}
        assert not tags & {"hyperlink", "instrText", "fldSimple", "object", "altChunk", "script"}
        said += "".join(tree.itertext())
    assert sum(p in said for p in given) >= 200
    assert BRIEFING not in archive.namelist()

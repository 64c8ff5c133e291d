"""The pages in a browser: what the script draws, what print clips, what a page asks for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import browser
import pandas as pd
import pytest
from browser import Tab

from helpers import reader, schema
from helpers.report import BRIEFING, pages
from helpers.report.places import slugs

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(browser.CHROMIUM is None, reason="no Chromium to draw the pages with"),
]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with browser.tab(tmp_path_factory.mktemp("browser")) as tab:
        yield tab


TEXT = (
    "---\ntitle: Talks \U0001f54a fail\n---\n\u202eAda\u202c Orr said \U0001f54a “no,” and"
    " \x07 left.\r\n\r\n  “They\xa0failed,” she said,\t“again.” <b>The</b> reckless plan"
    " &amp; is dead.  \n\nHe left.\n \n"
)
PLAIN = "A day\n\nOne line.\nAnother brutal line."


def _spans(doc_id: str, size: int, step: int, **more: object) -> list[dict[str, object]]:
    """Spans that overlap, begin in blanks and run over paragraphs."""
    return [
        {"doc_id": doc_id, "start": at, "end": min(at + 5 + at % 11, size), **more}
        for at in range(step, size - 2, step)
    ]


def test_the_script_draws_the_marks_as_they_are_written(drawn: Tab, tmp_path: Path) -> None:
    rows = [
        {"doc_id": name, "outlet": "The Kite", "title": name, "text": text, "n_words": 9}
        for name, text in (("a", TEXT), ("b", PLAIN), ("c", ""))
    ]
    articles = schema.make("articles", rows)
    head = TEXT.index("Talks"), TEXT.index("\n---")
    cut = [{"doc_id": "a", "start": head[0], "end": head[1], "part": "headline"},
           {"doc_id": "b", "start": 0, "end": 5, "part": "headline"}]  # fmt: skip
    cut += [{**each, "part": "body"} for each in _spans("a", len(TEXT), 23) if each["start"] > 40]
    said, named = [], []
    for name, text in (("a", TEXT), ("b", PLAIN)):
        for n, each in enumerate(_spans(name, len(text), 7)):
            kind = "direct" if n % 2 else "indirect"
            said.append({**each, "kind": kind, "actor": None, "source": "she", "quote_id": n // 2})
        named += _spans(name, len(text), 4, actor="Ada Orr", text="Orr")
        named += _spans(name, len(text), 9, actor=None, text="it")
    frames = {"quotes": pd.DataFrame(said), "mentions": pd.DataFrame(named)}
    texts = pages([], title="x", articles=articles, sentences=pd.DataFrame(cut), **frames)
    (tmp_path / BRIEFING).write_text(texts[BRIEFING], encoding="utf-8")
    drawn.open(tmp_path / BRIEFING)
    marks = reader.marks(articles, **frames)
    pointed = {(3, 9): ["#a", "method.html#b"], (7, 30): ["#a"], (41, 41): [], (50, 70): ["#c"]}
    for known in reader.records(articles, sentences=pd.DataFrame(cut), marks=marks):
        anchor = slugs([known["doc_id"]], prefix="doc-")[known["doc_id"]]
        shown = {k: v for k, v in pointed.items() if k[1] < len(known["text"])}
        written = reader.article(known, anchor=anchor, shown=shown)
        links = json.dumps([[start, end, link] for (start, end), link in sorted(shown.items())])
        same = drawn.run(
            f"""(async () => {{
              const record = (await parallax.articles()).get({json.dumps(anchor)});
              record.k = {links};
              const written = document.createElement("div");
              written.innerHTML = {json.dumps(written)};
              const ours = articleReader.drawn(record, null).map((p) => p.outerHTML).join("\\n");
              return [written.firstElementChild.innerHTML, ours];
            }})()"""
        )
        assert same[1] == same[0]
        assert ("said" in same[0]) == (known["doc_id"] != "c")
    place = TEXT.index("reckless")
    drawn.open(tmp_path / BRIEFING, f"#doc-a-{place}")
    drawn.until("document.querySelector('#doc-a[open] .here')")
    assert drawn.run(f"document.getElementById('doc-a-{place}').getClientRects().length") > 0
    assert (drawn.said, drawn.asked) == ([], [])

"""The pages in a browser: what the script draws, what print clips, what a page asks for."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import browser
import nbformat
import pandas as pd
import pytest
from browser import Tab
from pypdf import PdfReader

from helpers import Story, reader, schema
from helpers.report import BRIEFING, METHOD, pages
from helpers.report.places import slugs
from helpers.report.shell import TABLES_JS

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


ROOT = Path(__file__).resolve().parent.parent
PRINTED = 8
"""Sheets of A4 that the shipped story's briefing may take."""
PAPER = 688
"""Pixels between the margins of a printed sheet."""
CROWDED = """(async () => {
  document.documentElement.style.scrollBehavior = "auto";
  document.querySelectorAll("details").forEach((d) => { d.open = true; });
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const found = [];
  for (const plot of document.querySelectorAll(".plot")) {
    plot.scrollIntoView();
    for (let i = 0; i < 400 && !plot.dataset.state; i += 1) await wait(25);
    const turned = (t) => /rotate\\((?!0[,)])/.test(t.getAttribute("transform") || "");
    const boxes = [...plot.querySelectorAll(".main-svg text")]
      .filter((t) => t.textContent.trim() && t.style.visibility !== "hidden" && !turned(t))
      .map((t) => [t.textContent, t.getBoundingClientRect()]);
    boxes.forEach(([a, p], i) => boxes.slice(i + 1).forEach(([b, q]) => {
      const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
      const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
      if (wide > 2 && high > 3) found.push([plot.dataset.drawing, a, b]);
    }));
  }
  return [document.querySelectorAll(".plot .main-svg").length, found];
})()"""
CLIPPED = """[...document.querySelectorAll("main table, main p, main pre, main li, main svg")]
  .filter((e) => e.getClientRects().length && e.getBoundingClientRect().right > innerWidth + 1)
  .map((e) => `${e.tagName} ${e.id} ${e.textContent.slice(0, 40)}`)"""


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped story's pages, of the notebooks as they are committed."""
    story = Story("us-iran-2019")
    notebooks = []
    for file in sorted((ROOT / "notebooks").glob("0[1-6]*.ipynb")):
        notebook = nbformat.read(file, 4)
        notebook.metadata["parallax"] = {"notebook": file.stem}
        notebooks.append(notebook)
    folder = tmp_path_factory.mktemp("shipped")
    told = {"articles": story.articles, "sentences": story.sentences}
    for name, text in pages(notebooks, title=story.title, **told).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", [BRIEFING, METHOD])
def test_print_clips_nothing_and_leaves_nothing_folded_away(
    drawn: Tab, shipped: Path, name: str
) -> None:
    drawn.open(shipped / name, width=PAPER)
    drawn.call("Emulation.setEmulatedMedia", media="print")
    drawn.run("window.dispatchEvent(new Event('beforeprint'))")
    assert drawn.run(CLIPPED) == []
    assert drawn.run("document.querySelectorAll('.aside:not([open])').length") == 0
    if name == BRIEFING:
        sheets = PdfReader(io.BytesIO(drawn.pdf())).pages
        assert len(sheets) <= PRINTED
        last = sheets[-1].extract_text()
        assert re.search(rf"\b{len(sheets)}\b", last), "sheets are numbered"
        assert "They are read in the page" in " ".join(last.split())
    assert (drawn.said, drawn.asked) == ([], [])


@pytest.mark.parametrize("width", [320, 400])
def test_no_labels_of_a_chart_run_into_each_other(drawn: Tab, shipped: Path, width: int) -> None:
    drawn.open(shipped / METHOD, width=width)
    charts, crowded = drawn.run(CROWDED)
    assert charts > 20
    assert crowded == []
    assert (drawn.said, drawn.asked) == ([], [])


ROWS = """<table class="dataframe"><thead><tr><th></th><th>outlet</th><th>n</th></tr></thead><tbody>
<tr><th>0</th><td>Post</td><td>9</td></tr><tr><th>1</th><td>Wire</td><td>10</td></tr>
<tr><th>2</th><td>Post</td><td>−2</td></tr><tr><th>3</th><td>Wire</td><td>1,000</td></tr>
<tr><th>4</th><td>Post</td><td>3</td></tr><tr><th>5</th><td>Wire</td><td>4</td></tr>
<tr><th>6</th><td>Post</td><td></td></tr><tr><th>7</th><td>Wire</td><td>=&lt;b&gt;</td></tr>
</tbody></table>"""


def test_rows_are_sorted_searched_and_filtered_as_in_jupyterlab(drawn: Tab, tmp_path: Path) -> None:
    page = tmp_path / "lab.html"
    words = ROWS.replace("=&lt;b&gt;", "")
    page.write_text(
        f'<!doctype html><meta charset="utf-8"><div class="jp-OutputArea-output">{words}</div>'
        f'<div class="jp-OutputArea-output">{ROWS}</div><script id="jupyter-config-data"></script>'
        f"<script>{TABLES_JS.read_text('utf-8')}</script>",
        encoding="utf-8",
    )
    drawn.open(page)
    drawn.run("_JUPYTERLAB['parallax-tables'].get('./extension').then(f => f().default.activate())")
    rows = "[...document.querySelector('tbody').rows]"
    shown = f"{rows}.filter(r => !r.hidden).map(r => r.cells[2].textContent)"
    head = "document.querySelectorAll('thead')[0].rows[0].cells[2]"
    drawn.run(f"{head}.querySelector('button').click()")
    assert drawn.run(shown) == ["1,000", "10", "9", "4", "3", "−2", "", ""]
    assert drawn.run(f"{head}.getAttribute('aria-sort')") == "descending"
    drawn.run(f"{head}.querySelector('button').click()")
    assert drawn.run(shown)[-1] == "1,000"
    drawn.run("{ const list = document.querySelector('.find select'); list.value = 'Wire';"
              " list.dispatchEvent(new Event('change')); }")  # fmt: skip
    assert drawn.run(shown) == ["", "4", "10", "1,000"]
    drawn.run("{ const field = document.querySelector('.find input'); field.value = 'wire 10';"
              " field.dispatchEvent(new Event('input')); }")  # fmt: skip
    assert drawn.run(shown) == ["10"]
    assert drawn.run("document.querySelector('.find output').textContent") == "1 of 8 rows"
    labels = "[...document.querySelectorAll('.find label')].map(l => l.firstChild.data)"
    assert drawn.run(labels) == ["Find in rows ", "outlet "] * 2
    drawn.run("document.querySelectorAll('thead')[1].rows[0].cells[2].querySelector('button').click()")
    second = shown.replace("querySelector('tbody')", "querySelectorAll('tbody')[1]")
    assert drawn.run(second)[0] == "", "one word in it, so the column is one of words"
    assert not drawn.said
    assert not drawn.asked


@pytest.mark.parametrize("bad", ["{", '{"data": [{"type": "bar"}], "layout": {}}', "null"])
def test_a_chart_that_cannot_be_drawn_hides_no_other(
    drawn: Tab, shipped: Path, tmp_path: Path, bad: str
) -> None:
    """Its words stay, and the others are drawn."""
    page = tmp_path / METHOD
    text = (shipped / METHOD).read_text("utf-8")
    data = re.compile(r'(<script type="application/json" id="[^"]+-data">)\{.*?(</script>)', re.S)
    page.write_text(data.sub(lambda m: f"{m[1]}{bad}{m[2]}", text, count=1), encoding="utf-8")
    drawn.open(page)
    drawn.run("document.querySelectorAll('.plot').forEach(p => p.scrollIntoView())")
    drawn.run("document.querySelector('.plot').scrollIntoView()")
    drawn.until("document.querySelector('.plot').hidden")
    drawn.until("document.querySelectorAll('.plot .main-svg').length > 2")
    assert drawn.run("document.querySelectorAll('.plot[hidden]').length") == 1
    assert drawn.run("document.querySelector('.plot + .alt').getClientRects().length") == 1
    assert (drawn.said, drawn.asked) == ([], [])

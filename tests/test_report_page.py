"""The page: safe with hostile input, whole without a network, the same bytes twice."""

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers import charts, display, schema
from helpers.briefing import Finding
from helpers.leads import Lead
from helpers.report import BRIEFING, METHOD, appendix, page, pages, render_notebook, store
from helpers.report.chapters import parted, safe_json
from helpers.report.markdown import to_html
from helpers.report.places import Places, slugs
from helpers.spread.show import NOTHING

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"
TEXT = f"A Quiet Line\n\nThe envoy of {EVIL} spoke. “No,” she said.\n\nNobody came.\n"


class Reader(HTMLParser):
    """Collects what a browser would make of the page."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.tags, self.heads, self.handlers = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given[a] for a in ("href", "src", "action", "data") if given.get(a)]
        self.handlers += [a for a in given if a.startswith("on")]
        if re.fullmatch("h[1-6]", tag):
            self.heads.append(int(tag[1]))


def _articles():
    rows = [
        {"doc_id": f"2019/{EVIL}", "outlet": EVIL, "title": EVIL, "published": "2019-09-24",
         "byline": EVIL, "url": "javascript:alert(1)", "text": TEXT, "n_words": 12},
        {"doc_id": "south_call", "outlet": "South Wire", "title": "The call", "n_words": 3,
         "url": "https://example.org/a", "text": "He did call.", "duplicate_of": f"2019/{EVIL}"},
    ]  # fmt: skip
    return schema.make("articles", rows)


def _sentences():
    spans = [(0, 12), (14, TEXT.index(" “No")), (TEXT.index("“No"), TEXT.index("\n\nNobody"))]
    rows = [
        {"doc_id": f"2019/{EVIL}", "sentence_id": i, "start": s, "end": e, "text": TEXT[s:e],
         "paragraph": i, "part": "body"}
        for i, (s, e) in enumerate(spans)
    ]  # fmt: skip
    return schema.make("sentences", rows)


NO = TEXT.index("“No")
SPANS = pd.DataFrame(
    {"doc_id": [f"2019/{EVIL}", "south_call"], "start": [NO, 3], "end": [NO + 5, 6],
     "voice": [EVIL, "author"]}
)  # fmt: skip
FINDINGS = [
    Finding(
        "claim 1", f"{EVIL} says no.", 0.25, 4.0, 0.1, 0.4, f"counted {EVIL}",
        evidence=((f"2019/{EVIL}", NO, NO + 5), ("south_call", 3, 6)),
        topic="quotes", unit="share", base=f"4 quotations {EVIL}", descriptive=True,
    )
]  # fmt: skip


def _shown(thing):
    return new_output("display_data", data=thing._repr_mimebundle_())


LED = display.table(
    pd.DataFrame({"voice": [EVIL, "nobody"], "n": [1, 0]}),
    caption="Voices",
    of=SPANS,
    leads={"n": Lead(("voice",), whole=Lead())},
)


def _notebook():
    counts = pd.DataFrame({"actor": [EVIL, "Iran"], "n": [3, 2]})
    figure = charts.ranked_bars(counts, charts.Columns("actor", "n"), charts.Look(f"Who? {EVIL}"))
    figure = figure.leading(SPANS.assign(actor=EVIL), Lead(("label=actor",)))
    cells = [
        new_markdown_cell(f"# Who says no? `a`\n\n{EVIL} [x](javascript:alert(1)) [y](01-a.ipynb)"),
        new_code_cell("secret = 1", metadata={"tags": ["injected-parameters"]}),
        new_code_cell(f"# {EVIL}\nfigure", outputs=[_shown(figure)]),
        new_markdown_cell("## How often?\n\n![pic](https://example.org/x.png)\n\n### Deeper"),
        new_code_cell(
            "more",
            outputs=[
                _shown(display.table(SPANS, caption=f"Spans {EVIL}", limit=None)),
                _shown(display.evidence(SPANS, _articles(), sentences=_sentences(), note="voice")),
                _shown(display.reading(f"1 of 2 {EVIL}", limit=EVIL)),
                _shown(LED),
                _shown(display.findings(FINDINGS, articles=_articles())),
                new_output("stream", name="stdout", text=f"printed {EVIL}"),
                new_output("display_data", data={"text/html": "<b id='never'>html</b>"}),
                new_output(
                    "execute_result", data={"text/html": "<i>no</i>", "text/plain": f"'{EVIL}'"}
                ),
            ],
        ),
        new_markdown_cell("## How often?\n\nThe same heading again."),
    ]
    return new_notebook(cells=cells, metadata={"parallax": {"notebook": "04-quotes"}})


def _told():
    cells = [
        new_markdown_cell("# What first?\n\nIn and out.", metadata={"tags": ["method"]}),
        new_code_cell("secret = 1", metadata={"tags": ["injected-parameters"]}),
        new_markdown_cell(f"## Differences {EVIL}\n\nSee [quotes](04-quotes.ipynb)."),
        new_code_cell("cards()", outputs=[
            _shown(display.findings(FINDINGS, articles=_articles())),
            _shown(display.evidence(SPANS, _articles(), sentences=_sentences(), note="voice")),
        ]),
        new_markdown_cell("## The same as a table", metadata={"tags": ["method"]}),
        new_code_cell("rows", metadata={"tags": ["method"]}, outputs=[
            _shown(display.table(SPANS, caption=f"Spans {EVIL}", limit=None)),
        ]),
    ]  # fmt: skip
    return new_notebook(cells=cells, metadata={"parallax": {"notebook": page.TOLD_BY}})


def _pages(**changes):
    problems = [{"file": EVIL, "problem": EVIL, "action": "left out"}]
    given = {
        "title": f"The call {EVIL}", "question": f"Who called {EVIL}?", "articles": _articles(),
        "sentences": _sentences(), "outlets": [EVIL, "South Wire"],
        "problems": schema.make("problems", problems),
    }  # fmt: skip
    return pages([_notebook(), _told()], **{**given, **changes})


PAGES = _pages()
PAGE, COUNTED = PAGES[BRIEFING], PAGES[METHOD]
SINGLE = render_notebook(_notebook())
EACH = pytest.mark.parametrize(
    "text", [PAGE, COUNTED, SINGLE], ids=["briefing", "method", "notebook"]
)


def _scripts(text):
    return re.findall(r"<script([^>]*)>(.*?)</script>", text, flags=re.DOTALL)


@EACH
def test_nothing_from_data_becomes_markup(text):
    read = Reader(text)
    assert not {"img", "iframe", "object", "embed", "base", "link"} & set(read.tags)
    assert read.tags.count("form") == (text is PAGE), "the search, which sends nothing"
    assert read.handlers == []
    assert "<script>alert" not in text
    assert not [link for link in read.links if "javascript" in link.lower()]
    assert "never" not in read.ids, "a cell's text/html is not read"


@EACH
def test_the_page_loads_nothing(text):
    for link in Reader(text).links:
        assert link.startswith(("#", BRIEFING, METHOD, "https://example.org/a")), link
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    assert "url(" not in style
    assert "@import" not in style


@EACH
def test_only_hashed_scripts_may_run(text):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in policy
    allowed = re.findall(r"'sha256-([^']+)'", policy)
    ran = [body for attrs, body in _scripts(text) if "type=" not in attrs]
    assert len(ran) == 1
    packed = [body for attrs, body in _scripts(text) if "plotly-packed" in attrs]
    libraries = [gzip.decompress(base64.b64decode(each)) for each in packed]
    assert len(libraries) == (text is not PAGE), "without a chart there is no library"
    hashes = [base64.b64encode(hashlib.sha256(s).digest()).decode() for s in
              (ran[0].encode(), *libraries)]  # fmt: skip
    assert allowed == hashes
    for library in libraries:
        assert library.startswith(b"/**\n* plotly.js (cartesian - minified)")


@EACH
def test_links_lead_somewhere_and_ids_are_unique(text):
    read = Reader(text)
    assert len(read.ids) == len(set(read.ids))
    assert {link[1:] for link in read.links if link.startswith("#")} <= set(read.ids)
    for name, other in PAGES.items():
        there = {link.partition("#")[2] for link in read.links if link.startswith(name)}
        assert there - {""} <= set(Reader(other).ids)
    used = re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', text)
    assert set(used) <= set(read.ids)


@EACH
def test_rows_have_headers_and_links_say_where_they_lead(text):
    bodies = re.findall(r"<tbody>(.*?)</tbody>", text, re.DOTALL)
    rows = [row for body in bodies for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)]
    assert all(row.count('<th scope="row"') == 1 for row in rows)
    assert len(rows) > 1 or text is PAGE
    names = re.findall(r'<a [^>]*aria-label="([^"]+)"', text)
    names += re.findall("<a [^>]*>(.+?)<", text)
    assert not {"in the article", "here", "published here", "link"} & set(names)


@EACH
def test_headings_go_down_one_level_at_a_time(text):
    heads = Reader(text).heads
    assert heads[0] == 1
    assert heads.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(heads))


@EACH
def test_the_same_bytes_twice(text):
    assert text in {**_pages(), "": render_notebook(_notebook())}.values()
    assert len(text.encode()) < 1_000_000


def test_the_briefing_shows_what_was_found_and_methods_the_rest():
    card = PAGE[PAGE.index('class="finding') : PAGE.index('class="evidence"')]
    for words in ("25%", "of 4 quotations", "interval 10% to 40%", "descriptive only",
                  "Show the sentences (2)", "<mark>“No,”</mark>"):  # fmt: skip
        assert words in card
    assert 'class="code"' not in PAGE
    assert "The same as a table" not in PAGE
    assert f'<a href="{METHOD}#chapter-04-quotes">quotes</a>' in PAGE
    assert COUNTED.index('id="chapter-04-quotes"') < COUNTED.index('id="chapter-06-briefing"')
    assert COUNTED.index('id="chapter-06-briefing"') < COUNTED.index('id="methods"')
    assert "cards()" in COUNTED, "the code of what the briefing shows"
    assert COUNTED.count('class="finding') == 1, "what the briefing shows is not repeated"
    assert "In and out." in COUNTED
    assert '<details class="article"' not in COUNTED


def test_every_sentence_shown_is_marked_in_its_article_and_leads_back():
    doc = slugs([f"2019/{EVIL}"], prefix="doc-")[f"2019/{EVIL}"]
    assert f'href="#{doc}-{NO}"' in PAGE
    assert f'href="{BRIEFING}#{doc}-{NO}"' in COUNTED
    back = PAGE[PAGE.index(f'<mark id="{doc}-{NO}">“No,”</mark>') :]
    assert re.findall(r'class="back" href="([^"]+)"', back)[:3] == [
        "#chapter-06-briefing-1-1", "#chapter-06-briefing-2", f"{METHOD}#chapter-04-quotes-3"
    ]  # fmt: skip
    assert f'repeats <a href="#{doc}"' in PAGE


def test_what_a_page_holds_packed_names_no_system() -> None:
    data = base64.b64decode(store.packed({"a": "é"}))
    assert data[4:10] == b"\0\0\0\0\0\xff"  # no time, and no system
    assert json.loads(gzip.decompress(data)) == {"a": "é"}


def _unpacked(text, name="articles-packed"):
    packed = re.search(rf'id="{name}"[^>]*>([^<]*)</script>', text)[1]
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def test_numbers_open_places_in_the_text_that_the_page_holds():
    held = {record["a"]: record for record in _unpacked(COUNTED)}
    for record in _unpacked(PAGE):
        assert {**record, **held[record["a"]]} == record, "the same, and there with its marks"
    assert [r["u"] for r in held.values()] == ["", "https://example.org/a"], "no other address"
    leads = _unpacked(COUNTED, "leads-packed").values()
    assert len(leads) == 3, "of the chart, the table and the finding"
    for each in leads:
        (anchor, spans), *_ = each["p"]
        start, length = map(int, spans.split())
        assert held[anchor]["x"][start : start + length] == "“No,”"
    assert re.findall(r'data-ref="(\d+)"[^>]*>([^<]+)<', COUNTED) == [
        ("0", "1"), ("1", "0"), ("0", "25%")
    ]  # fmt: skip
    assert "<summary>Each mark, with its sentences</summary>" in COUNTED


def test_what_can_be_searched_for_are_names_and_no_markup():
    mentions = SPANS.assign(actor=[EVIL, "Iran"], text=EVIL)
    said = {"kind": "direct", "source": EVIL, "quote_id": "a"}
    quotes = mentions.assign(counted=[True, False], **said)
    text = _pages(mentions=mentions, quotes=quotes)[BRIEFING]
    form = text[text.index('<form class="search"') : text.index("</form>")]
    read = Reader(form)
    assert set(read.tags) == {"form", "label", "input", "select", "option", "button"}
    assert read.handlers == []
    assert [set(r["n"]) for r in _unpacked(text)] == [{display.clean(EVIL, 60)}, {"Iran"}]
    held = _unpacked(text, "leads-packed")
    assert held["search-actors"]["names"] == [display.clean(EVIL, 80), "Iran"]
    assert held["search-speakers"]["names"] == [display.clean(EVIL, 80)], "words that are said"
    assert held["search-actors"]["r"] == [["0", ""], ["1", ""]]
    assert 'id="search"' not in pages([_told()], title="x", redacted=True)[BRIEFING]


def test_without_articles_the_offsets_are_said():
    assert 'href="#doc-' not in SINGLE
    assert f"south_call {3}–{6}" in SINGLE


def test_charts_carry_their_words():
    data = json.loads(re.search(r'application/json" id="[^"]+">(.*?)</script>', COUNTED)[1])
    assert set(data) == {"data", "layout"}
    assert "title" not in data["layout"], "the title is the page's own text"
    assert "Highest: " in COUNTED
    assert 'role="img"' in COUNTED
    assert "Figure 1" in COUNTED


def test_injected_parameters_stay_out():
    assert "secret" not in PAGE + COUNTED


def test_the_code_shows_the_story_that_was_told_and_no_path():
    cells = [
        new_code_cell('STORY = "shipped"  # which one', metadata={"tags": ["parameters"]}),
        new_code_cell("STORY = '/home/ana/my talks'", metadata={"tags": ["injected-parameters"]}),
    ]
    text = pages([new_notebook(cells=cells)], title="Talks")[METHOD]
    assert "STORY = &#34;my talks&#34;  # which one" in text
    assert "shipped" not in text
    assert "/home/ana" not in text


def test_dark_print_and_narrow_styles_are_there():
    for rule in ("prefers-color-scheme: dark", "@media print", "max-width: 36rem", "@page"):
        assert rule in PAGE
    assert '<html lang="en">' in PAGE


def test_no_figure_no_library():
    for text in pages([], title="Nothing", articles=_articles()).values():
        assert 'id="plotly-packed"' not in text
        assert len(text) < 80_000


def test_a_big_corpus_prints_the_articles_pointed_at(monkeypatch):
    monkeypatch.setattr(appendix, "WHOLE", len(TEXT) + 5)
    assert appendix.choose(_articles(), {"south_call"}) == ["south_call"]
    text = _pages()[BRIEFING]
    assert "The 1 of 2 articles that this page points at" in text
    read = Reader(text)
    assert {link[1:] for link in read.links if link.startswith("#")} <= set(read.ids)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("[a](javascript:x)", "<p>a</p>"),
        ("[a](data:text/html,x)", "<p>a</p>"),
        ("[a](../x.md)", "<p>a</p>"),
        ("[a](#b)", '<p><a href="#b">a</a></p>'),
        ("[a](04-quotes.ipynb)", '<p><a href="#chapter-4">a</a></p>'),
        ("![a](https://x.example/p.png)", "<p>a</p>"),
        ("<https://x.example>", '<p><a href="https://x.example" rel="noopener noreferrer">'
         "https://x.example</a></p>"),
        ("# A\n## B", "<h2>A</h2>\n<h3>B</h3>"),
    ],
)  # fmt: skip
def test_markdown(source, expected):
    html = to_html(source, shift=1, chapters={"04-quotes": "#chapter-4"})
    assert html.strip() == expected


def test_json_cannot_end_its_script():
    text = safe_json({"x": "</script><!--\u2028&"})
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text)["x"] == "</script><!--\u2028&"


def test_slugs_are_safe_and_distinct():
    made = slugs(["a/b", "a b", "a-b", "ü", '"><x', "a/b"])
    assert len(set(made.values())) == len(made) == 5
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", s) for s in made.values())


def test_places_remember_who_points_where():
    places = Places({"a": "doc-a"})
    assert places.link("a", 3, 5, "f1") == "#doc-a-3"
    places.link("a", 3, 5, "f2")
    assert places.point("b", 1) == ""
    assert places.marks == {"a": {(3, 5): ["#f1", "#f2"]}}
    other = places.on("method.html", page="briefing.html")
    assert other.link("a", 3, 5, "f1") == "briefing.html#doc-a-3"
    assert places.marks["a"][3, 5] == ["#f1", "#f2", "method.html#f1"]


def test_corpus_line():
    unnamed = _articles().assign(outlet="unknown")
    assert page.corpus_line(unnamed, None, ["unknown"])[:2] == ["2 articles", "no outlet named"]
    facts = page.corpus_line(_articles(), schema.make("problems"), [])
    assert facts == ["2 articles", "2 outlets", "15 words", "2019-09-24", "1 undated",
                     "1 duplicate left out of counts"]  # fmt: skip


def test_a_section_that_shows_nothing_is_one_line_at_the_end() -> None:
    grid = {
        "caption": "Sides", "note": "", "columns": [{"name": "North", "note": ""}], "chosen": [],
        "rows": [], "leads": {"places": {}, "refs": []},
    }  # fmt: skip
    full, none = ({"grids": grids, "open": 1, "none": "No."} for grids in ([grid], []))
    none["none"] = NOTHING
    notebook = new_notebook(cells=[
        new_markdown_cell("# First\n"),
        new_markdown_cell("## Sides\n\nHeld against each other."),
        new_code_cell("a", outputs=[new_output("display_data", data={display.SPREAD: full})]),
        new_markdown_cell("## Names?\n\nOf things."),
        new_code_cell("b", outputs=[new_output("display_data", data={display.SPREAD: none})]),
        new_markdown_cell("## Text\n\nWhose it is."),
        new_code_cell("c", outputs=[new_output("display_data", data={display.READING: {}})]),
        new_code_cell("d", outputs=[new_output("display_data", data={display.SPREAD: none})]),
    ])  # fmt: skip
    found, method = parted(notebook)
    told = [c.source for c in found.cells if c.cell_type == "markdown"]
    assert [source.splitlines()[0] for source in told] == [
        "# First", "## Sides", "## Text", "## What was not found"
    ]  # fmt: skip
    assert told[-1].endswith("Nothing to show: Names.")
    assert len(method.cells) == 4, "the code of all stands on the page of methods"

"""Saved pages: what they state, what stands beside the article, and pages that are no article."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from helpers.corpus import read
from helpers.readers.page_head import declared
from helpers.readers.walls import wall

MakeStory = Callable[[Mapping[str, str | bytes]], Path]
BODY = (
    "The orchard at Lower Finn lost half of its trees in the storm on Tuesday, its owner said, and "
    "the other half will be felled before the winter because their roots have come loose.",
    "“I planted the oldest of them with my father,” said Rolf Aune, who sells cider at the gate "
    "and has done so for longer than most of his buyers have been alive.",
)
PARAGRAPHS = "".join(f"<p>{p}</p>" for p in BODY)


def ld(content: str) -> str:
    return f'<script type="application/ld+json">{content}</script>'


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        (ld('{"@graph": [{"@type": "NewsArticle", "headline": "Storm", "author": [{"@id": "#a"}], '
            '"publisher": {"@id": "#p"}}, {"@id": "#a", "name": "Eva Lid"}, '
            '{"@id": "#p", "name": "Finn Post"}]}'),
         {"title": "Storm", "byline": "Eva Lid", "outlet": "Finn Post"}),
        (ld('[{"@type": ["Report"], "author": {"givenName": "Eva", "familyName": "Lid"}}]'),
         {"byline": "Eva Lid"}),
        (ld('{"@type": "WebPage", "mainEntity": {"@type": "Article", "headline": "Storm"}}'),
         {"title": "Storm"}),
        (ld('{"@type": "NewsArticle", "headline": "A "bad" one", "datePublished": "2022-10-04"}'),
         {"published": "2022-10-04"}),
        (ld('{"@type": "Article", "publisher": {"@id": "#nowhere"}}'), {}),
        ('<meta name="parsely-title" content="Storm"><meta name="parsely-author" content="Eva Lid">'
         '<meta name="parsely-pub-date" content="2022-10-04">',
         {"title": "Storm", "byline": "Eva Lid", "published": "2022-10-04"}),
        ('<meta name="date" content="2022-10-04"><meta name="authors" content="Eva Lid">',
         {"published": "2022-10-04", "byline": "Eva Lid"}),
        (ld('//<![CDATA[\n{"@type": "Report", "headline": "Storm", "author": "Eva Lid",}\n//]]>'),
         {"title": "Storm", "byline": "Eva Lid"}),
        (ld('{"@type": "Report", "dateCreated": "2022-10-04", "creator": ["Eva Lid"], '
            '"sourceOrganization": {"name": "Finn Post"}}'),
         {"published": "2022-10-04", "byline": "Eva Lid", "outlet": "Finn Post"}),
        ("<meta name='parsely-page' content='{\"title\": \"Storm\", \"author\": \"Eva Lid\", "
         "\"pub_date\": \"2022-10-04\"}'>",
         {"title": "Storm", "byline": "Eva Lid", "published": "2022-10-04"}),
        ("<meta name='parsely-page' content='[1]'><meta name='byl' content='By Eva Lid'>",
         {"byline": "Eva Lid"}),
        ('<meta name="citation_author" content="Eva Lid"><meta name="dcterms.publisher" '
         'content="Finn Post"><meta name="citation_publication_date" content="2022/10/04">',
         {"byline": "Eva Lid", "outlet": "Finn Post", "published": "2022/10/04"}),
        ('<meta property="article:author" content="https://social.example/eva">', {}),
        ("<h1>The <em>storm</em></h1>", {"h1": "The storm", "title": "The storm"}),
        ("<h1>One</h1><h1>Two</h1>", {}),
        ('<meta property="og:title" content="Storm"><h1>The storm</h1>',
         {"title": "Storm", "h1": "The storm"}),
    ],
)  # fmt: skip
def test_what_a_page_states(head: str, fields: dict[str, str]) -> None:
    assert declared(f"<html><head>{head}</head></html>") == fields


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("<div>" * 300, ["tags nested 302 deep"]),
        ("<div>" * 100, []),
        ("<p>x<li>y<td>z<br><a>" * 300, []),
        ("<div></div><b></b>" * 300, []),
    ],
)
def test_what_parsers_drop_of_a_deep_page_is_told(
    make_story: MakeStory, before: str, told: list[str]
) -> None:
    page = f"<html><body><h1>A storm</h1>{PARAGRAPHS}{before}They left.</body></html>"
    articles, problems = read(make_story({"a.html": page}))
    assert len(articles) == 1
    assert problems["problem"].tolist() == told


def test_the_headline_of_a_layout_table_is_kept(make_story: MakeStory) -> None:
    page = (
        "<html><body><table><tr><td><a href='/'>Home</a></td><td><h1>Storm fells an orchard</h1>"
        f"{PARAGRAPHS}</td></tr></table></body></html>"
    )
    articles, problems = read(make_story({"a.html": page}))
    assert articles["text"].tolist() == ["\n\n".join(["Storm fells an orchard", *BODY])]
    assert articles["title"].tolist() == ["Storm fells an orchard"]
    assert problems.empty


@pytest.mark.parametrize("folder", ["Storm_files", "Storm-Dateien", "Storm_bestanden"])
def test_what_a_browser_saves_beside_a_page_is_no_article(
    make_story: MakeStory, folder: str
) -> None:
    articles, problems = read(make_story({
        "Finn Post/Storm.html": f"<html><body><article><h1>Storm</h1>{PARAGRAPHS}</article></body>",
        f"Finn Post/{folder}/saved_resource.html": f"<html><body>{PARAGRAPHS}</body></html>",
        f"Finn Post/{folder}/inner/ad.js.download": "x",
        "Rain_files/note.txt": "A folder that only bears such a name.",
    }))  # fmt: skip
    assert articles["file"].tolist() == ["Finn Post/Storm.html", "Rain_files/note.txt"]
    assert problems[["file", "problem"]].values.tolist() == [
        [f"Finn Post/{folder}", "2 parts of the saved page Finn Post/Storm.html"]]  # fmt: skip


def test_a_page_of_several_articles_has_a_row(make_story: MakeStory) -> None:
    page = "".join(f"<article><h2>Storm {n}</h2><p>{p}</p></article>" for n, p in enumerate(BODY))
    _, problems = read(make_story({"a.html": f"<html><body>{page}</body></html>"}))
    assert problems["problem"].str.startswith("a page of 2 articles").tolist() == [True]


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("We care about your privacy. Our partners access information on a device.", False),
        ("Accept all cookies or open the privacy settings to choose.", False),
        (f"{BODY[0]}\n\nThis report is for subscribers only.", True),
        (f"{BODY[0]}\n\nSign up to keep reading.", True),
        (f"{BODY[0]}\n\nAlready a subscriber? Log in.", True),
        ("Our site uses cookies. Accept Reject all Manage preferences. Cookie policy.", False),
        ("Wir verwenden Cookies. Alle akzeptieren oder zu den Einstellungen.", False),
        ("Access denied. You have no permission to access this page.", False),
        ("Please enable JavaScript so that we know you are no robot.", False),
        (f"{BODY[0]}\n\nLimit of free articles reached. Create an account to continue.", True),
        (f"{BODY[0]}\n\nSubscribe to unlock this article.", True),
        (f"{BODY[0]}\n\nThis story is exclusive to Finn members. Start your free trial.", True),
        (f"{BODY[0]}\n\nContinue reading with a digital subscription.", True),
        (f"{BODY[0]}\n\nThe ministry may refuse cookies a sell-by date, said a baker.", None),
        (f"{BODY[0]}\n\nMembers and subscribers of the choir met to read the scores.", None),
        (f"{BODY[0]} Its owner sells to subscribers of his cider only.", None),
        ("The minister will not accept cookies from anyone.", None),
        ("\n\n".join(BODY * 8) + "\n\nAlready a subscriber? Log in.", None),
    ],
)
def test_walls(text: str, article: bool | None) -> None:
    found = wall(text)
    assert (None if found is None else found.article) is article


def test_a_wall_of_consent_is_not_counted(make_story: MakeStory) -> None:
    articles, problems = read(make_story({
        "a.txt": "We value your privacy. We store and access information on a device.",
        "b.txt": f"{BODY[0]}\n\nRegister to continue reading.",
    }))  # fmt: skip
    assert articles["file"].tolist() == ["b.txt"]
    assert problems["file"].tolist() == ["a.txt", "b.txt"]

"""Text printed as somebody's words: turns, posts, block quotations, replies."""

from __future__ import annotations

import time

import pandas as pd
import pytest

from helpers import schema, segment
from helpers.lenses.actors import find_mentions
from helpers.lenses.quotes import add_voice, find_quotes

INTRODUCTION = (
    "Hale defends the canal\n\nAnn Hale, the mayor of Oldport, met the press on Monday to speak of "
    "the canal. Paul Brand put the questions.\n\n"
)


def read(text: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    articles = schema.make(
        "articles", [{"doc_id": "a", "text": text, "n_words": len(text.split())}]
    )
    sentences = segment.sentences(articles)
    tokens = segment.tokens(articles, sentences)
    mentions = find_mentions(articles, sentences, tokens)
    return sentences, mentions, find_quotes(articles, sentences, tokens, mentions)


def spoken(text: str, rule: str) -> list[tuple[str, str]]:
    """(actor or source, words) of each span that the rule finds."""
    found = read(text)[2]
    found = found[found["rule"] == rule]
    assert set(found["kind"]) <= {"direct"}
    who = found["actor"].fillna(found["source"]).fillna("")
    return list(zip(who, found["text"], strict=True))


def voices(text: str) -> list[tuple[str, str, str]]:
    sentences, _, found = read(text)
    rows = add_voice(sentences, found)
    return list(zip(rows["text"], rows["voice"], rows["speaker"].fillna(""), strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # capitals, joined to the full name; a turn of two paragraphs; a remark is nobody's
            "BRAND: Will you resign?\n\nMS. HALE: I will not. We built the canal.\n\n[APPLAUSE]\n\n"
            "And we will build another.\n\nBRAND: Who pays for it?\n\nHALE: You do.",
            [("Paul Brand", "Will you resign?"), ("Ann Hale", "I will not. We built the canal."),
             ("Ann Hale", "And we will build another."), ("Paul Brand", "Who pays for it?"),
             ("Ann Hale", "You do.")],
        ),
        (  # the answers are those of the person of the headline
            "Q. Will you resign?\n\nA. I will not.\n\nQ. Who pays for it?\n\nA. You do, you all.",
            [("Q", "Will you resign?"), ("Ann Hale", "I will not."),
             ("Q", "Who pays for it?"), ("Ann Hale", "You do, you all.")],
        ),
        (
            "Brand: Will you resign?\n\nHale: I will not.\n\nBrand: Who pays?\n\nHale: We do.",
            [("Paul Brand", "Will you resign?"), ("Ann Hale", "I will not."),
             ("Paul Brand", "Who pays?"), ("Ann Hale", "We do.")],
        ),
        (
            "Mr Speaker: Order. I call Lucia Barger.\n\nLucia Barger (Northfield) (Lab): Will you "
            "say who pays?\n\nThe Prime Minister: I refer her to what I said.\n\n"
            "Lucia Barger (Northfield) (Lab): You said nothing.\n\nThe Prime Minister: I did.",
            [("Mr Speaker", "Order. I call Lucia Barger."),
             ("Lucia Barger", "Will you say who pays?"),
             ("The Prime Minister", "I refer her to what I said."),
             ("Lucia Barger", "You said nothing."), ("The Prime Minister", "I did.")],
        ),
        (  # the office, its holder in brackets
            "The Minister for Canals (Ann Hale): I beg to move.\n\nMr. Paul Brand (Oldport) (Lab): "
            "Who pays for it?\n\nAnn Hale: You do.",
            [("Ann Hale", "I beg to move."), ("Paul Brand", "Who pays for it?"),
             ("Ann Hale", "You do.")],
        ),
        (  # a full stop behind the label
            "THE MAYOR. I have a short statement.\n\nQ. Will you resign?\n\nTHE MAYOR. I will not.",
            [("Ann Hale", "I have a short statement."), ("Q", "Will you resign?"),
             ("Ann Hale", "I will not.")],
        ),
        (  # a transcript of a broadcast, names on lines of their own
            "paul brand\n\nWill you resign?\n\nann hale\n\nI will not.\n\n[music]\n\npaul brand\n\n"
            "Why?\n\nann hale\n\nYou know why.\n\npaul brand\n\nSo I do.\n\nann hale\n\nThere.",
            [("Paul Brand", "Will you resign?"), ("Ann Hale", "I will not."),
             ("Paul Brand", "Why?"), ("Ann Hale", "You know why."),
             ("Paul Brand", "So I do."), ("Ann Hale", "There.")],
        ),
        (
            "**Brand:** Will you resign?\n\n**Hale:** I will not.\n\n**Brand:** Who pays, then?",
            [("Paul Brand", "Will you resign?"), ("Ann Hale", "I will not."),
             ("Paul Brand", "Who pays, then?")],
        ),
        (  # initials, and a label that follows a mark at once
            "PB: Will you resign?AH: I will not.PB: Who pays, then?AH: You do.",
            [("Paul Brand", "Will you resign?"), ("Ann Hale", "I will not."),
             ("Paul Brand", "Who pays, then?"), ("Ann Hale", "You do.")],
        ),
        (  # run on in one paragraph
            "BRAND: Will you resign? HALE: I will not. BRAND: Who pays, then?",
            [("Paul Brand", "Will you resign?"), ("Ann Hale", "I will not."),
             ("Paul Brand", "Who pays, then?")],
        ),
        (  # the question's letter run into its first word
            "QWill you go?\n\nHALE: I will not.\n\nQWho pays?\n\nHALE: You do.",
            [("", "Will you go?"), ("Ann Hale", "I will not."), ("", "Who pays?"),
             ("Ann Hale", "You do.")],
        ),
        (
            "paul brand\n\nYou were there.\n\narchived recording 1 It is the end of it.\n\n"
            "paul brand\n\nThat was then.\n\nann hale\n\nYou know it.\n\npaul brand\n\nI do.",
            [("Paul Brand", "You were there."), ("archived recording 1", "It is the end of it."),
             ("Paul Brand", "That was then."), ("Ann Hale", "You know it."),
             ("Paul Brand", "I do.")],
        ),
        ("Brand: Will you go?\n\nHale: I will not.",  # one question and its answer
         [("Paul Brand", "Will you go?"), ("Ann Hale", "I will not.")]),
        (  # who is named is not speaking any more
            "BRAND: Will you go?\n\nHALE: I will not.\n\nHale left it there.\n\n"
            "BRAND: Who pays?\n\nHALE: You do.",
            [("Paul Brand", "Will you go?"), ("Ann Hale", "I will not."),
             ("Paul Brand", "Who pays?"), ("Ann Hale", "You do.")],
        ),
        (  # a remark and the signature of a post within a turn
            "BRAND: Will you go?\n\nHALE: I will not. [APPLAUSE] We built it. "
            "— Tom Ritter (@tritter) January 10, 2020\n\nBRAND: Who pays?\n\nHALE: You do.",
            [("Paul Brand", "Will you go?"), ("Ann Hale", "I will not."),
             ("Ann Hale", "We built it."), ("Paul Brand", "Who pays?"), ("Ann Hale", "You do.")],
        ),
        (  # the last turn ends at a heading
            "BRAND: Will you go?\n\nHALE: I will not.\n\nWe know why.\n\nBRAND: Who pays?\n\n"
            "HALE: You do.\n\nI like it.\n\n## What I Mean\n\nI like it too.",
            [("Paul Brand", "Will you go?"), ("Ann Hale", "I will not."),
             ("Ann Hale", "We know why."), ("Paul Brand", "Who pays?"), ("Ann Hale", "You do."),
             ("Ann Hale", "I like it.")],
        ),
    ],
)  # fmt: skip
def test_turns(text: str, expected: list[tuple[str, str]]) -> None:
    assert spoken(INTRODUCTION + text, "turn") == expected


def test_a_label_that_stands_once_is_one_among_others() -> None:
    text = (
        "paul brand\n\nYou were there.\n\nann hale\n\nI was.\n\npaul brand\n\nThat was then.\n\n"
        "ann hale\n\nYou know it.\n\npaul brand\n\nI do.\n\nann hale\n\nWe all do.\n\n"
        "lucia barger\n\nSo do I."
    )
    assert spoken(INTRODUCTION + text, "turn")[-1] == ("lucia barger", "So do I.")


@pytest.mark.parametrize(
    ("headline", "rule"),
    [("Tucker Brand: The war I wanted", "turn"),
     ("We will build it — Ann Hale (@annhale) May 5, 2019", "post")],
)  # fmt: skip
def test_a_headline_is_no_turn_and_no_post(headline: str, rule: str) -> None:
    text = "Paul Brand spoke to Ann Hale.\n\nBRAND: Will you go?\n\nHALE: I will not."
    found = read(f"{headline}\n\n{text}\n\nBRAND: Who pays?\n\nHALE: You do.")[2]
    assert not (found.loc[found["start"] < len(headline), "rule"] == rule).any()


@pytest.mark.parametrize(
    "text",
    [
        "What we know: The canal is closed.\n\nWhat we do not know: Who closed it.\n\n"
        "What we know: It will stay closed.",
        "Read: You may want to know who pays.\n\nRelated: Why we built the canal.\n\n"
        "Read: The canal and you.",
        "Oldport: The canal is closed.\n\nNorthfield: The canal is open.\n\n"
        "Oldport: The port is closed.",
        "Hale: Wants to close the canal.\n\nBrand: Wants to keep it open.\n\n"
        "Hale: Would raise the toll.\n\nBrand: Would drop it.",
        "Hale: 41.\n\nBrand: 36.\n\nHale: 44.\n\nBrand: 30.",
        "Location: Oldport\n\nUpdate: This story was changed.\n\nLocation: Northfield",
    ],
)
def test_headings_and_lists_are_no_turns(text: str) -> None:
    assert spoken(INTRODUCTION + text, "turn") == []


def test_the_narrator_is_back_behind_the_last_turn() -> None:
    text = (
        "BRAND: Will you resign?\n\nHALE: I will not.\n\nBRAND: Who pays?\n\nHALE: You do.\n\n"
        "The canal was opened in 1911 and closed after the flood.\n\nHale left at noon."
    )
    told = {t: (voice, who) for t, voice, who in voices(INTRODUCTION + text)}
    assert told["HALE: I will not."] == ("quoted", "Ann Hale")
    assert told["The canal was opened in 1911 and closed after the flood."][0] == "author"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We will build it. — Ann Hale (@annhale) May 5, 2019\n\nBrand laughed.",
            [("Ann Hale", "We will build it.")],
        ),
        (
            "Hale wrote on Twitter: We will build it, and soon. "
            "— Ann Hale (@annhale) May 5, 2019 Brand laughed at that.",
            [("Ann Hale", "We will build it, and soon.")],
        ),
        (  # a post of two paragraphs, which stand further apart than those of the article
            "Brand laughed.\n\nWe will build it.\n\n\n\nYou will pay. pic.twitter.com/abc — "
            "Ann Hale (@annhale) May 5, 2019\n\nNobody else did.\n\nIt rained.\n\nIt stopped.",
            [("Ann Hale", "We will build it."), ("Ann Hale", "You will pay. pic.twitter.com/abc")],
        ),
        (  # a signature in a paragraph of its own is of the one above
            "Brand laughed.\n\nWe will build it.\n\n— Ann Hale (@annhale) May 5, 2019\n\nRain.",
            [("Ann Hale", "We will build it.")],
        ),
        ("Hale wrote:\n\n— Ann Hale (@annhale) May 5, 2019\n\nIt rained.", []),
        (
            "Ann Hale ✔ @annhale\n\nWe will build it.\n\nBrand laughed.",
            [("Ann Hale", "We will build it.")],
        ),
        (
            "We open today. A post shared by Ann Hale (@ann.hale) on Jul 4, 2018 at 9:00am PDT",
            [("Ann Hale", "We open today.")],
        ),
        (
            '<tweet id="1" author="annhale">We will build it. You will see.</tweet>',
            [("Ann Hale", "We will build it. You will see.")],
        ),
        (  # run into one line with the narrator's words; the limit was 140 characters then
            "The mayor said on Monday that the old canal would be built after all, as had been "
            "planned before the flood. In the evening she told her voters to look at her page. "
            "We will build it. — Ann Hale (@annhale) May 5, 2016 "
            "Brand laughed at that.",
            [("Ann Hale", "We will build it.")],
        ),
        (  # somebody else's words, in marks and with a handle
            "“We will build it.” —@annhale — Team Oldport (@oldport) May 5, 2019",
            [("Ann Hale", "“We will build it.” —@annhale")],
        ),
        (
            "<p>We will build it. — Ann Hale (@annhale) May 5, 2019",
            [("Ann Hale", "We will build it.")],
        ),
        ("Ann Hale @annhale\n\n" + 8 * "We will build it and nobody can stop us now. ", []),
        ("The post is signed by Ann Hale (@annhale) and by all who were there in the hall.", []),
    ],
)
def test_posts(text: str, expected: list[tuple[str, str]]) -> None:
    assert spoken(INTRODUCTION + text, "post") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In her letter Hale wrote:\n\nWe built this canal with our own hands.\n\n"
            "I will not see it closed.\n\nThe canal was opened in 1911.",
            [("Ann Hale", "We built this canal with our own hands."),
             ("Ann Hale", "I will not see it closed.")],
        ),
        (
            "Hale wrote on Monday:\n\nThe canal stays open.\n\nThe canal was opened in 1911.",
            [("Ann Hale", "The canal stays open.")],
        ),
        (
            "From the Northfield Courier:\n\nThe toll has doubled.\n\nThe canal opened in 1911.",
            [("the Northfield Courier", "The toll has doubled.")],
        ),
        (
            "Hale replied:\n\n> The canal stays open.\n\n> It is ours.\n\nIt opened in 1911.",
            [("Ann Hale", "The canal stays open."), ("Ann Hale", "It is ours.")],
        ),
        (
            "Read the full letter:\n\nDear Oldport, I will not go.\n\nThe canal opened in 1911.",
            [("", "Dear Oldport, I will not go.")],
        ),
        ("It rained.\n\n> The canal stays open.\n\nIt stopped.", [("", "The canal stays open.")]),
        (
            "Here is Hale's letter:\n\nThe canal stays open.\n\nIt opened in 1911.",
            [("Ann Hale", "The canal stays open.")],
        ),
        (
            "Wrote Hale on Monday:\n\nThe canal stays open.\n\nIt opened in 1911.",
            [("Ann Hale", "The canal stays open.")],
        ),
        (
            "The following was written by the crew:\n\nWe will not sail.\n\nIt opened in 1911.",
            [("", "We will not sail.")],
        ),
        (  # a quotation further down is none of the block
            "Hale wrote on Monday:\n\nThe canal stays open.\n\n"
            "It rained, and “nobody ever asked for it at all.”",
            [("Ann Hale", "The canal stays open.")],
        ),
        ("From Oldport came what the mayor wrote:\n\nThe canal stays open.\n\nIt rained.", []),
        ("Hale, having been a pilot:\n\nI like the canal.\n\nIt rained.", []),
        ("Five tips for the night:\n\nBring your own lamp.\n\nIt rained.", []),
        ("Hale noted the low turnout:\n\nThe hall was half empty.", []),
        ("Hale wrote:\n\nHale had come late, and the hall was half empty.", []),
        ("These are the places where the canal is closed:\n\nNorthfield and Oldport.", []),
    ],
)  # fmt: skip
def test_block_quotations(text: str, expected: list[tuple[str, str]]) -> None:
    assert spoken(INTRODUCTION + text, "block") == expected


@pytest.mark.parametrize(
    "text",
    [
        "And from Paul Brand:\n\n“The canal stays open for us all.”",
        "From the desk of Paul Brand, a guest:\n\n“The canal stays open for us all.”",
        "“The canal stays open for us all.” -Councilman Paul Brand",
        "»The canal stays open for us all.« Paul Brand wrote this to her in May.",
        "“The canal stays open for us all,” said Paul Brand from his chair.",
    ],
)
def test_quotations_that_their_lines_give_to_somebody(text: str) -> None:
    found = read(INTRODUCTION + text)[2]
    assert found[found["kind"] == "direct"]["actor"].tolist() == ["Paul Brand"]
    assert "chair" not in "".join(found["source"].dropna())
    assert "this" not in " ".join(found["text"])


def test_a_post_that_quotes_another_in_marks() -> None:
    text = "Brand insists the canal is “a complete success.” — Ann Hale (@annhale) May 5, 2019"
    found = read(INTRODUCTION + text)[2]
    assert found[found["rule"] == "clause"]["actor"].tolist() == ["Paul Brand"]
    assert found[found["rule"] == "clause"]["text"].str.endswith("success.”").all()


def test_below_a_sentence_from_somewhere_nobody_is_quoted() -> None:
    text = "From the Courier in Oldport.\n\n“The canal stays open.”\n\nIt stopped."
    found = read(INTRODUCTION + text)[2].set_index("rule")
    assert pd.isna(found.loc["standing alone", "source"])


def test_quotations_below_from_somebody_are_theirs() -> None:
    text = "From the Northfield Courier:\n\n“The toll has doubled since the flood.”\n\nIt rained."
    found = read(INTRODUCTION + text)[2].set_index("rule")
    assert found.loc["standing alone", "source"] == "the Northfield Courier"


def test_what_a_turn_reports_is_its_speakers() -> None:
    text = "BRAND: Will you go?\n\nHALE: I said that the canal stays open.\n\nBRAND: Did you?"
    found = read(INTRODUCTION + text)[2]
    assert set(found[found["start"] > len(INTRODUCTION)]["rule"]) == {"turn"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“We are done here,” Hale said.\n\n“Did you sign it?” Paul Brand asked.\n\n“No.”\n\n"
            "“Did you read it?”\n\n“Only the first page.”\n\nThey left.",
            [("Ann Hale", "“No.”"), ("Ann Hale", "“Only the first page.”")],
        ),
        ("“Did you sign it?” Paul Brand asked.\n\n“We did not.”\n\nThey left.",
         [("", "“We did not.”")]),
        ("“Can we win?” Paul Brand asked. “I think so.”\n\nThey left.", []),
    ],
)  # fmt: skip
def test_replies(text: str, expected: list[tuple[str, str]]) -> None:
    assert spoken(INTRODUCTION + text, "reply") == expected


def test_he_who_replies_is_not_he_who_asked() -> None:
    text = "“Did you sign it?” Paul Brand asked Peter Hale. “We did,” he replied."
    found = read(text)[2].set_index("text")
    assert found.loc["“We did,”", "actor"] == "Peter Hale"


def test_the_narrators_clause_behind_guillemets_with_blanks() -> None:
    blank = "\u00a0"
    for gap in (" ", blank, "\u202f"):
        text = f"«{gap}We will not sign it{gap}», said Claire Morel. «{gap}It is late now.{gap}»"
        found = read(text)[2]
        assert found["actor"].tolist() == ["Claire Morel"] * 2, gap
        assert found["text"].tolist() == [
            f"«{gap}We will not sign it{gap}»", f"«{gap}It is late now.{gap}»"
        ]  # fmt: skip


@pytest.mark.parametrize(
    "heading", ["Hale Rejects The Plan", "Iran", "The Canal", "What Comes Next"]
)
def test_a_heading_is_no_source(heading: str) -> None:
    text = INTRODUCTION + f"## {heading}\n\n“We will never sign such a thing here.”\n\nIt rained."
    for article in (text, f"{heading}\n\n“We will never sign such a thing here.”\n\nIt rained."):
        found = read(article)[2]
        assert found[found["rule"] == "standing alone"]["source"].isna().all()


def test_time_grows_in_step_with_the_text() -> None:
    def seconds(n: int) -> float:
        text = INTRODUCTION + "BRAND: Will you go?\n\nHALE: I will not.\n\nUpdate: x\n\n" * n
        text += "A — B (@c) May 5, 2019 " * n + "\n\n" + "x: " * n + "\n\n«" + " »" * n
        start = time.process_time()
        read(text)
        return time.process_time() - start

    seconds(20)
    assert seconds(800) < 16 * max(seconds(100), 0.05)

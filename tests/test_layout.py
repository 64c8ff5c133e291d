"""What is set aside as boilerplate, also inside sentences, and what stays though it repeats."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import Story, layout, schema, segment
from helpers.grammar.document import documents

BODY = "The delegation waited for the call until midnight, and then it went to bed. " * 3
FILLER = "\n\n".join([BODY.strip()] * 3)


def articles(*texts: str, outlet: str = "Harbor Wire") -> pd.DataFrame:
    rows = [
        {"doc_id": f"a{i}", "text": text, "n_words": len(text.split()), "outlet": outlet}
        for i, text in enumerate(texts)
    ]
    return schema.make("articles", rows)


def set_aside(*texts: str, outlet: str = "Harbor Wire") -> list[tuple[str, str]]:
    """(text, rule) of what is set aside, in text order."""
    given = articles(*texts, outlet=outlet)
    made = segment.cut(given)
    schema.check_table("set_aside", made.set_aside, articles=given)
    schema.check_table("sentences", made.sentences, articles=given)
    return list(zip(made.set_aside["text"], made.set_aside["rule"], strict=True))


def words(text: str) -> str:
    """The tokens of a text, as the lenses get them."""
    given = articles(text)
    made = segment.cut(given)
    tokens = segment.tokens(given, made.sentences, set_aside=made.set_aside)
    return " ".join(tokens["text"])


LINKED = [
    (
        "President Orrell Ada Maria OrrellDem lawmaker says Pike threatened her Five takeaways "
        "from Pike's interview MORE said Monday that she would stay.",
        "President Orrell said Monday that she would stay .",
    ),
    (
        "Sens. Rand Hale Randal (Rand) Howard HaleHale predicts no vote Vote on 'war powers' MORE "
        "(R-Ky.) and Lindsey Pike Lindsey Olin PikeHale predicts no vote MORE (R-S.C.) split.",
        "Sens. Rand Hale ( R-Ky. ) and Lindsey Pike ( R-S.C. ) split .",
    ),
    (
        "Speaker Nan Pike Nan PikeOn the Purse — Presented by Orr Bank — Senate votes | House "
        "delivers articles | What comes next MORE’s aides agreed.",
        "Speaker Nan Pike ’s aides agreed .",
    ),
    (
        "Joe Hale Joe Hale Pike: envoy removed for the election MORE remains a contender.",
        "Joe Hale remains a contender .",
    ),
    (
        "He spoke to Mr. Orr (RELATED: Orr Orders a Review) on Monday.",
        "He spoke to Mr. Orr on Monday .",
    ),
    (
        "Shares of Orr ORRX, +1.56% rose, and the index HBR, -0.07% fell.",
        "Shares of Orr rose , and the index fell .",
    ),
    (
        "The bridge was closed. CLICK HERE TO GET THE HARBOR NEWS APPOn Monday the mayor said so.",
        "The bridge was closed . On Monday the mayor said so .",
    ),
    (
        "She left. HALE WANTS OLD TOLLS BACK, SAYS ‘NO MORE DEBTS’“Half of it is gone,” Orr said.",
        "She left . “ Half of it is gone , ” Orr said .",
    ),
    (
        "She left. THE DOCKS ARE FULL OF THIEVES AND LIARS! He stayed.",
        "She left . THE DOCKS ARE FULL OF THIEVES AND LIARS ! He stayed .",
    ),
    (
        "The bridge was closed. ADVERTISEMENT The mayor said so.",
        "The bridge was closed . The mayor said so .",
    ),
    (
        "Ada Orr waves to the crowd in Lund (Bo Pike/Getty Images) The mayor closed the bridge.",
        "The mayor closed the bridge .",
    ),
]


@pytest.mark.parametrize(("text", "read"), LINKED)
def test_what_is_fused_into_a_sentence_is_no_token(text: str, read: str) -> None:
    assert words(text) == read


def test_an_outlets_own_mark_behind_linked_titles_is_learned() -> None:
    lines = [
        f"Mayor Orr Ada OrrPike {verb} the bridge Why the {noun} waits OPEN said yes."
        for verb, noun in (("closes", "ferry"), ("paints", "harbour"), ("sells", "queen"))
    ]
    found = set_aside(*lines)
    assert [rule for _, rule in found] == ["titles of linked articles"] * 3
    assert all(text.startswith("Ada Orr") and text.endswith("OPEN") for text, _ in found)
    assert set_aside(lines[0]) == []  # one alone shows no mark


@pytest.mark.parametrize(
    "text",
    [
        "Ms. McHale wanted MORE from the talks than Orr Inc. gave, she said.",
        "The bridge (built by Orr) was closed, and the ad said so.",
        "An advertisement for the ferry hung there. Advertisement of posts is a duty.",
        "The mayor (right) and the envoy agreed to read more about it.",
        "Prices rose by 1.5%, -0.2 points less than expected.",
    ],
)
def test_reporting_that_looks_a_little_like_it_stays(text: str) -> None:
    assert set_aside(f"A Line Goes Quiet\n\n{text}\n\n{FILLER}") == []


GLUED = [
    # (title of the sheet, headline, how the text goes on)
    ("", "Orr Stands By Plan to Shut Docks", "Mayor Ada Orr said the docks would go."),
    ("", "Hale Backs New Toll On Coal Ships", "Harbour Guild (HG) Director Peter Hale said so."),
    ("", "Pike Sees No Way Out of the Toll Row", "On Monday, Mayor Lindsey Pike gave in."),
    ("", "Pilots in Bergen Ask Crews to Wait", "Pilots in Bergen are tired of the tolls."),
    ("", "Orr Is To Shut Old Docks", "(Orr said no.) The docks are full."),
    ("", "Council confirms acting harbour chief for good", "BERGEN (AP) — The council agreed."),
    ("Ships wait for days on end", "Ships wait for days on end", "The port is full."),
    # in small letters: a sentence begins, the same name again, a place with its agency, a day
    ("", "Orr wants nobody at the old docks", "The council of Bergen has said no to it."),
    ("", "Docks: Orr loses the vote in council", "Mayor Ada Orr lost it by nine votes."),
    ("", "Hale promises the docks will “pay for all”", "Harbour hopeful Bo Hale has a plan."),
    ("", "Crews do not want to speak of tolls", "Bergen (CNN) Nobody spoke on the quay."),
    ("", "Orr Lets Crews Stick it to Hale", "On Monday, the crews left the town."),
    # no headline: a name again in a sentence, a dateline, a row of titles, a title that goes on
    ("", "", "BERGEN — Harbour Minister Ada Orr and Deputy Mayor Bo Hale Pike spoke to the crews."),
    ("", "", "The crews of Orr have left the docks to their old friend Captain Ada Orr today."),
    ("", "", "Nobody in Bergen had told the crews of the plan that Mayor Orr has for the docks."),
    ("", "", "Council Speaker Ada Orr, Mayor Lindsey Pike and Harbour Secretary Bo Hale said no."),
    ("Ships wait for days", "", "Ships wait for days on end in Bergen."),
]  # fmt: skip


@pytest.mark.parametrize(("title", "headline", "goes_on"), GLUED)
def test_a_headline_in_one_line_with_the_text(title: str, headline: str, goes_on: str) -> None:
    text = f"{headline} {goes_on} {BODY * 4}".strip()
    made = segment.cut(articles(text).assign(title=title)).sentences
    heads = [text[a:b] for a, b, part in zip(made["start"], made["end"], made["part"], strict=True)
             if part == "headline"]  # fmt: skip
    assert heads == ([headline] if headline else [])


CALLS = [
    "Have every morning what the Harbor found, delivered to your inbox.",
    "By signing up, you accept our Privacy Policy.",
    "To read the rest of the Wire’s coverage of the strike, please click here.",
    "Want news from the Wire on your phone?",
    "Follow Bo Pike on Twitter @bopike.",
    "This story was updated at 9:40 p.m. with the mayor's reply.",
    "An earlier version of this article misstated the mayor's age.",
    "For more of his columns, go here now.",
    "Read the full statement here.",
    "Send letters to letters@harborwire.example.",
    "Watch the film above.",
    "If you enjoyed this article, there is more behind our gate: Join us.",
]


@pytest.mark.parametrize("call", CALLS)
def test_a_call_to_the_reader_inside_a_paragraph_is_set_aside_alone(call: str) -> None:
    text = f"The mayor left at noon. {call} Nobody in the harbour waved to her."
    assert [t for t, _ in set_aside(f"A Line Goes Quiet\n\n{text}\n\n{FILLER}")] == [call]


@pytest.mark.parametrize(
    "sentence",
    [
        "“Click here to see what they hide,” the leaflet said.",
        "He told them to sign up for the army and to follow the rules.",
        "Follow the money, she said, and you will find the mayor.",
        "The company updated its privacy policy after the minister complained.",
        "Members get a vote on the treaty, and subscribers do not.",
        "Send in the navy, he told the council.",
        "Read the treaty, the envoy urged them.",
    ],
)
def test_a_sentence_that_reports_a_call_stays(sentence: str) -> None:
    assert set_aside(f"A Line Goes Quiet\n\n{sentence} {BODY}\n\n{FILLER}") == []


LINES = [
    ("Inside Lund:Anger and wonder as the bridge closes again", "link to another article"),
    ("'No conditions':Pike says the council is prepared to talk", "link to another article"),
    ("See: Bridge prices soar after the strike in Lund", "link to another article"),
    ("The bridge of Lund: the science explained Read more", "link to another article"),
    ("Play Video 0:31 Film appears to show the ferry – video", "caption"),
    ("FILE - Ada Orr speaks in Lund.", "caption"),
    ("People walk in a protest in Lund, December 30, 2019. REUTERS/Bo Pike", "caption"),
    ("Mayor Ada Orr photographed on March 12.", "caption"),
    ("Orr talks tariffs, the ferry and the harbour war", "line without a full stop"),
    ("Ministers vote during a session of the council in Lund, Jan. 7.", "caption"),
    ("View full results: https://results.example/lund", "call to the reader"),
    ("9:50 p.m.", "time stamp"),
    ("LUND (HW) — The latest on the strike (all times local):", "heading of a live report"),
    ("Partial transcript as follows:", "heading of a transcript"),
    ("Bo Pike / Reuters", "credit"),
    ("Orr on the bridge, in May.CreditBo Pike/Reuters", "caption"),
    ("text-align: left;", "code"),
    ('<post post-id="12"><post/>', "code"),
    ("Also on Harbor Wire:", "heading of links"),
    ("UPDATE: This story has been updated with the mayor's reply.", "publishing note"),
    ("⦁ Bo Pike contributed to this article, which rests on wire reports.", "contributors"),
]


@pytest.mark.parametrize(("line", "rule"), LINES)
def test_a_line_that_is_furniture_is_set_aside_with_its_rule(line: str, rule: str) -> None:
    text = f"A Line Goes Quiet\n\n{FILLER}\n\n{line}\n\n{FILLER}"
    assert [why for _, why in set_aside(text)] == [rule]


@pytest.mark.parametrize(
    "line",
    [
        "POMPEO: We did not.",
        "UPDATE: Three more people were found in the harbour.",
        "The mayor closed the bridge and left for Lund",
        "The ferry is carrying oil and will not stop in Lund",
        "“We must talk,” the envoy of the harbour",
        "The council wrote:“We must talk.”",
        "- One poll shows Orr well ahead of Pike in the harbour",
        "The council has voted on the bridge in Lund, Jan. 7.",
        "To find the film, users type a name and then click the link.",
        "We do not seek escalation in the harbour — Bo Pike (@bopike) January 8, 2020",
    ],
)
def test_a_line_that_reports_stays(line: str) -> None:
    assert set_aside(f"A Line Goes Quiet\n\n{FILLER}\n\n{line}\n\n{FILLER}") == []


def test_a_linked_title_too_long_to_be_one_holds_reporting_and_stays() -> None:
    line = (
        "RELATED: The council's ferry is now faster than the train Mayor Ada Orr said in Lund that "
        "her council and others would go to court over it again."
    )
    assert set_aside(f"A Line Goes Quiet\n\nThe mayor left. {line}\n\n{FILLER}") == []


def test_of_somebody_of_whom_the_article_does_not_tell_the_last_paragraph_is_a_note() -> None:
    note = "Bo Pike, 35, is a graduate of Lund and the host of a show. He lives in Lund."
    found = set_aside(f"A Line Goes Quiet\n\n{FILLER}\n\n{note}")
    assert found == [(note, "author's note")]
    told = FILLER.replace("The delegation", "Bo Pike's delegation")
    assert set_aside(f"A Line Goes Quiet\n\n{told}\n\n{note}") == []


def test_a_paragraph_half_of_calls_goes_whole_but_for_what_tells() -> None:
    pitch = (
        "If you like this article, we have an offer. Become a member now, no paywalls. "
        "And our friends help keep the Wire going. The mayor closed the bridge."
    )
    found = [t for t, _ in set_aside(f"A Line Goes Quiet\n\n{pitch}\n\n{FILLER}")]
    assert "".join(found) in pitch.replace(". ", ".")
    assert "The mayor closed the bridge." not in found
    assert "And our friends help keep the Wire going." in found


def several(line: str, *, at_end: bool = False) -> list[str]:
    """Three articles of different stories that hold a line."""
    told = (
        "The mayor of Lund closed the bridge at noon and nobody waved to her there. ",
        "A ferry sank off the cape, and nine sailors were saved by fishermen. ",
        "The court freed the banker, who had waited for eleven months in a cell. ",
    )
    return [
        "\n\n".join(["A Line Goes Quiet", t * 4, t * 3, line, *[t * 3] * (0 if at_end else 4)])
        for t in told
    ]


@pytest.mark.parametrize(
    ("line", "at_end"),
    [
        ("The Harbor Wire keeps the lights on for you and yours.", False),
        ("Economic Scene.", False),
        ("The Ledger is a look at money by Bo Pike.", True),
    ],
)
def test_what_an_outlet_repeats_and_tells_nothing_is_set_aside(line: str, at_end: bool) -> None:
    texts = several(line, at_end=at_end)
    assert [text for text, _ in set_aside(*texts)] == [line] * 3
    assert set_aside(texts[0]) == []


@pytest.mark.parametrize(
    "line",
    [
        "Iran has denied that it seeks a bomb.",
        "Tensions rose after the council left the accord last year.",
        "“You will not be safe,” the commander warned at the time.",
        "It takes 1,237 delegates to win the nomination of the party.",
    ],
)
def test_background_that_a_wire_repeats_is_reporting(line: str) -> None:
    assert set_aside(*several(line)) == []
    assert set_aside(*several(line, at_end=True)) == []


def test_a_copy_of_an_article_teaches_nothing() -> None:
    line = "The Harbor Wire keeps the lights on for you and yours."
    given = articles(*several(line)).assign(duplicate_of=[None, "a0", "a0"])
    assert layout.repeated(given).of("Harbor Wire").paragraphs == {}


def test_the_lenses_read_the_sentence_without_it_and_the_tables_keep_the_offsets() -> None:
    text = LINKED[0][0]
    story = Story.from_texts(f"A Line Goes Quiet\n\n{text} “We won,” she added.", outlets=["Wire"])
    (document,) = documents(story.articles, story.sentences, story.tokens)
    assert "takeaways" not in document.text
    assert len(document.text) == len(document.printed)
    quotes = story.quotes
    schema.check_table("quotes", quotes, articles=story.articles)
    assert quotes.loc[quotes["cue"] == "said", "source"].tolist() == ["President Orrell"]
    assert "Five" not in " ".join(story.mentions["text"])
    assert "Pike" not in " ".join(story.mentions["text"])


def test_words_of_an_article_leave_out_what_is_set_aside() -> None:
    story = Story.from_texts("The mayor left. Sign up for our newsletter here. Nobody waved.")
    assert story.articles_read["n_words"].tolist() == [11]
    assert story.articles["n_words"].tolist() == [5]

"""Coverage: what is told, what is lacking, and what nobody can say."""

import numpy as np
import pandas as pd
import pytest

from helpers import segment
from helpers.lenses.actors import find_mentions
from helpers.lenses.coverage import facts
from helpers.lenses.coverage.facts import listed_facts
from helpers.lenses.coverage.method import REASONS, coverage, genres_of
from helpers.lenses.coverage.texts import independent
from helpers.schema import check_table, make

STORY = {
    "wire-a": (
        "Harbour Wire",
        "The mayor closed 14 bridges on Monday after cracks were found in the steel cables. "
        "The ferry company doubled its fares within hours.",
    ),
    "ledger-a": (
        "Ledger",
        "Fourteen crossings are shut. After cracks were found in steel cables, the mayor had "
        "closed 14 bridges by Monday. Fares were doubled by the ferry company within hours.",
    ),
    "post-a": ("Lantern Post", "Drivers cursed. Nobody at the town hall answered the telephone."),
}


def read(story, **columns):
    articles = make(
        "articles",
        pd.DataFrame(
            {
                "doc_id": list(story),
                "file": list(story),
                "outlet": [outlet for outlet, _ in story.values()],
                "text": [text for _, text in story.values()],
                "n_words": [len(text.split()) for _, text in story.values()],
                "published": ["2021-03-01"] * len(story),
                **columns,
            }
        ),
    )
    sentences = segment.sentences(articles)
    return sentences, segment.tokens(articles, sentences), articles


def facts_of(*rows):
    return pd.DataFrame(rows, columns=["fact_id", "statement", "cues"])


def status(table):
    return table.set_index(["fact_id", "outlet"])["status"].to_dict()


def test_facts_are_found_where_outlets_report_the_same_thing():
    sentences, tokens, articles = read(STORY)
    table = coverage(sentences, tokens, articles)
    check_table("coverage", table, articles=articles)
    bridges = table[table["statement"].str.contains("14 bridges")]
    assert bridges.set_index("outlet")["status"].to_dict() == {
        "Harbour Wire": "present",
        "Ledger": "present",
        "Lantern Post": "absent",
    }
    assert set(table["reason"]) <= set(REASONS)
    present = table[table["status"] == "present"]
    texts = articles.set_index("doc_id")["text"]
    for row in present.itertuples():
        assert texts[row.doc_id][row.start : row.end] == row.text


@pytest.mark.parametrize(
    ("cue", "told"),
    [
        ("doubled its fares", {"Harbour Wire"}),
        ("doubled its fares|were doubled", {"Harbour Wire", "Ledger"}),
        ("doubl*", {"Harbour Wire", "Ledger"}),
        ("ferry company + fares", {"Harbour Wire", "Ledger"}),
        ("# bridges", {"Harbour Wire", "Ledger"}),
        ("DRIVERS CURSED", {"Lantern Post"}),
        ("Monday, after", {"Harbour Wire"}),
        ("zeppelin", set()),
    ],
)
def test_the_analyst_s_cues(cue, told):
    sentences, tokens, articles = read(STORY)
    table = coverage(sentences, tokens, articles, facts=facts_of(("F1", "said", cue)), found=False)
    assert set(table.loc[table["status"] == "present", "outlet"]) == told


def test_absence_needs_two_tellers_and_a_report_of_the_same_days():
    sentences, tokens, articles = read(STORY)
    facts = facts_of(("one", "s", "drivers cursed"), ("two", "s", "doubled"), ("none", "s", "zoo"))
    table = coverage(sentences, tokens, articles, facts=facts, found=False)
    reasons = table.set_index(["fact_id", "outlet"])["reason"].to_dict()
    assert reasons[("one", "Ledger")] == "exclusive"
    assert reasons[("none", "Ledger")] == "nobody"
    assert reasons[("two", "Lantern Post")] == "lacking"
    later = articles.assign(published=["2021-03-01", "2021-03-01", "2021-06-09"])
    table = coverage(sentences, tokens, later, facts=facts, found=False)
    assert status(table)[("two", "Lantern Post")] == "uncertain"
    assert "elsewhere" in set(table["reason"])


def test_opinion_pieces_need_not_report_anything():
    sentences, tokens, articles = read(STORY, genre=["report", "report", "editorial"])
    table = coverage(
        sentences, tokens, articles, facts=facts_of(("two", "s", "doubled")), found=False
    )
    row = table.set_index("outlet").loc["Lantern Post"]
    assert (row["status"], row["reason"]) == ("uncertain", "genre")


@pytest.mark.parametrize(
    ("genre", "title", "kind"),
    [
        ("op-ed", "Bridges", "opinion"),
        ("report", "OPINION: Bridges", "news"),
        (None, "OPINION: Bridges", "opinion"),
        (None, "Your morning briefing", "digest"),
        (None, "Bridges close", "news"),
        (None, None, "news"),
    ],
)
def test_genres(genre, title, kind):
    articles = pd.DataFrame({"doc_id": ["a"], "genre": [genre], "title": [title]})
    assert genres_of(articles).tolist() == [kind]


def test_a_scattered_cue_is_doubt_not_presence():
    sentences, tokens, articles = read(STORY)
    facts = facts_of(("f", "s", "hours after cracked cables of bridges closed by the mayor"))
    table = coverage(sentences, tokens, articles, facts=facts, found=False)
    assert status(table)[("f", "Ledger")] == "uncertain"


def test_a_found_fact_that_is_listed_is_told_once():
    sentences, tokens, articles = read(STORY)
    facts = facts_of(("F1", "bridges closed", "14 bridges"))
    table = coverage(sentences, tokens, articles, facts=facts)
    bridges = table[table["text"].fillna("").str.contains("14 bridges")]
    assert set(bridges["fact_id"]) == {"F1"}
    assert "found-001" in set(table["fact_id"])


def test_repeated_articles_do_not_confirm_each_other():
    story = {"a": STORY["wire-a"], "b": ("Ledger", STORY["wire-a"][1]), "c": STORY["post-a"]}
    sentences, tokens, articles = read(story)
    articles["duplicate_of"] = pd.Series([None, "a", None], dtype="str")
    problems = []
    table = coverage(sentences, tokens, articles, problems=problems)
    assert table.empty
    assert "repeat another one" in problems[0]["problem"]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("", "s", "cue")], "row 2 has no fact_id"),
        ([("F1", "s", "")], "row 2 gives no cue for F1"),
        ([("F1", "s", " | ,")], "row 2 gives no cue for F1"),
        ([("F1", "s", "a cue"), ("F1", "s", "b")], "row 3 repeats the fact_id F1"),
        ([(None, None, None)], "row 2 has no fact_id"),
    ],
)
def test_bad_rows_of_the_list_are_said_and_left_out(rows, sentence):
    problems = []
    kept = listed_facts(facts_of(*rows), problems)
    assert [row["problem"] for row in problems] == [sentence]
    assert len(kept) == len(rows) - 1


def test_a_list_without_its_columns_is_said():
    problems = []
    assert listed_facts(pd.DataFrame({"id": ["F1"], "text": ["x"]}), problems).empty
    assert "fact_id and cues is missing" in problems[0]["problem"]
    sentences, tokens, articles = read(STORY)
    table = coverage(sentences, tokens, articles, facts=pd.DataFrame({"id": ["F1"]}))
    check_table("coverage", table)


def test_one_outlet_cannot_be_compared():
    sentences, tokens, articles = read({"a": STORY["wire-a"]})
    problems = []
    table = coverage(sentences, tokens, articles, problems=problems)
    check_table("coverage", table)
    assert table.empty
    assert "only one (Harbour Wire)" in problems[-1]["problem"]


def test_actors_stand_for_the_words_that_name_them():
    story = {
        "a": ("Wire", "Mayor Ann Poole sacked the chief engineer at dawn over cracked cables."),
        "b": ("Ledger", "She sacked the chief engineer at dawn over cracked cables."),
        "c": ("Post", "It rained."),
    }
    sentences, tokens, articles = read(story)
    mentions = make(
        "mentions",
        pd.DataFrame(
            {
                "doc_id": ["a", "b"],
                "start": [0, 0],
                "end": [15, 3],
                "text": ["Mayor Ann Poole", "She"],
                "sentence_id": [0, 0],
                "actor": ["Ann Poole", "Ann Poole"],
                "kind": ["name", "pronoun"],
            }
        ),
    )
    with_actors = coverage(sentences, tokens, articles, mentions=mentions)
    without = coverage(sentences, tokens, articles)
    score = with_actors.set_index("outlet")["score"]
    assert score.max() == 1
    assert (
        score["Ledger"] + score["Wire"]
        > without.set_index("outlet")["score"].loc[["Ledger", "Wire"]].sum()
    )


@pytest.mark.xfail(strict=True, reason="the same fact in quite other words shares no rare word")
def test_a_full_paraphrase_is_seen():
    story = {
        "a": ("Wire", "The mayor shut fourteen bridges on Monday because the cables had cracks."),
        "b": ("Ledger", "Crossings over the river are barred to traffic by order of city hall."),
        "c": ("Post", "It rained."),
    }
    sentences, tokens, articles = read(story)
    assert not coverage(sentences, tokens, articles).empty


def test_articles_of_several_stories_lack_nothing_of_each_other():
    sentences, tokens, articles = read(STORY, published=[None] * 3)
    rows = {"wire-a": "Mayor Ford", "ledger-a": "Mayor", "post-a": "Baker Mill"}

    def lacking(actors):
        notes = []
        mentions = make(
            "mentions",
            [
                {"doc_id": doc, "start": 0, "end": 1, "text": "x", "sentence_id": 0, "kind": "name",
                 "actor": actor}
                for doc, names in actors.items() for actor in names.split()
            ],
        )  # fmt: skip
        table = coverage(sentences, tokens, articles, mentions=mentions, problems=notes)
        return set(table["status"]), [n["problem"] for n in notes if "one story" in n["problem"]]

    assert lacking(rows) == (
        {"present", "uncertain"},
        ["the articles name too few actors in common to be of one story"],
    )
    assert lacking(dict.fromkeys(rows, "Mayor")) == ({"present", "absent"}, [])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # five of the nine words of the ledger's sentence, most of them in every article
        ("Cracks made the mayor close the bridges, and nobody in the town had slept.", "uncertain"),
        ("The mayor praised the bakers, and the town ate until the evening.", "absent"),
    ],
    ids=["told in other words", "another matter"],
)
def test_who_tells_half_of_it_in_other_words_is_not_said_to_lack_it(sentence, expected):
    story = {**STORY, "post-a": ("Lantern Post", sentence)}
    table = coverage(*read(story))
    (cell,) = table[
        table["statement"].str.contains("14 bridges") & (table["outlet"] == "Lantern Post")
    ].to_dict("records")
    assert cell["status"] == expected
    if expected == "uncertain":
        assert (cell["reason"], cell["text"]) == ("near", sentence)


DAYS = {
    "wire-a": (
        "Harbour Wire",
        "The mayor closed 14 bridges after cracks were found in the cables.",
    ),
    "post-a": (
        "Lantern Post",
        "After cracks in its cables the mayor had closed 14 bridges of the town.",
    ),
    "ledger-a": (
        "Ledger",
        "Drivers cursed in the town. Nobody at the hall answered the telephone.",
    ),
}


@pytest.mark.parametrize(
    ("days", "status", "reason"),
    [
        (["2021-03-02", "2021-03-02", "2021-03-02"], "absent", "lacking"),
        (["2021-03-02", "2021-03-02", "2021-03-01"], "uncertain", "earlier"),
        (["2021-03-02", "2021-03-02", None], "uncertain", "elsewhere"),
        ([None, None, None], "absent", "lacking"),
    ],
)
def test_only_an_outlet_with_an_article_since_then_can_lack_it(days, status, reason):
    sentences, tokens, articles = read(DAYS, published=days, event=["bridges"] * 3)
    table = coverage(sentences, tokens, articles, facts=facts_of(("f", "s", "closed 14 bridges")),
                     found=False, events="event")  # fmt: skip
    row = table.set_index("outlet").loc["Ledger"]
    assert (row["status"], row["reason"]) == (status, reason)


@pytest.mark.parametrize(("actors", "reason"), [("Hale", "apart"), ("Hale Dorn", "lacking")])
def test_an_outlet_lacks_a_fact_only_about_those_whom_it_names(actors, reason):
    rows = [(doc, "Hale") for doc in DAYS] + [("wire-a", "Dorn"), ("post-a", "Dorn")]
    rows += [("ledger-a", actor) for actor in actors.split()[1:]]
    mentions = make(
        "mentions",
        [
            {"doc_id": doc, "start": 0, "end": 1, "text": "x", "sentence_id": 0, "kind": "name",
             "actor": actor} for doc, actor in rows
        ],
    )  # fmt: skip
    sentences, tokens, articles = read(DAYS, event=["bridges"] * 3)
    table = coverage(sentences, tokens, articles, mentions=mentions, events="event", found=False,
                     facts=facts_of(("f", "s", "closed 14 bridges")))  # fmt: skip
    assert table.set_index("outlet").loc["Ledger", "reason"] == reason


def test_a_quotation_of_two_sentences_is_one_fact():
    texts = [
        "“The cables cracked.",
        "The ferry is free.”",
        "He said: “The cables cracked.",
        "The ferry is free.”",
        "“The cables cracked,” he said.",
        "The ferry is free.",
    ]
    doc = np.array([0, 0, 1, 1, 2, 2])
    cables = (0, [0, 2])
    assert facts._once([cables, (1, [1, 3])], texts, doc) == [cables]
    assert len(facts._once([cables, (1, [1, 5])], texts, doc)) == 2
    assert facts._statement(texts[:1] + texts[2:3]) == texts[2]


def test_one_text_in_two_outlets_tells_a_thing_once():
    same = "The mayor closed 14 bridges on Monday after cracks were found in the steel cables."
    story = {
        "a": ("North", same + " Nobody was hurt."),
        "b": ("South", "A bad day for drivers. " + same),
        "c": ("Ledger", "Drivers cursed in the town. Nobody answered the telephone."),
    }
    row = coverage(*read(story)).query("outlet == 'Ledger'").iloc[0]
    assert (row["status"], row["reason"], row["tellers"]) == ("uncertain", "exclusive", 1)


def test_a_quotation_in_two_outlets_is_two_tellings():
    told = "“The bridges stay shut until every one of the cracked cables is replaced,” she said."
    assert independent([("North", told), ("South", told)]) == 2
    assert independent([("AP", told), ("AP", "The bridges are shut.")]) == 1


@pytest.mark.parametrize(
    "other",
    [
        "The death of the general Aldo Brandt in the raid on the airport came as no surprise.",
        "Aldo Brandt, a general, was assassinated. The raid was on the airport.",
        "A minister spoke of “drones made a raid” and said no more.",
    ],
)
def test_the_same_in_other_words_is_a_doubt(other):
    told = "General Aldo Brandt was killed on Monday when 9 drones made a raid of the airport."
    story = {
        "a": ("North", told),
        "b": (
            "South",
            "When 9 drones made a raid of the airport on Monday General Brandt was killed.",
        ),
        "c": ("Ledger", other),
        "d": ("Post", "Drivers cursed in the town. Nobody answered the telephone."),
    }
    table = coverage(*read(story))
    fact = table[table["statement"].str.contains("drones")].set_index("outlet")
    assert fact["reason"].to_dict() == {
        "North": "told", "South": "told", "Ledger": "near", "Post": "lacking",
    }  # fmt: skip


SPEECH = "“My words about the bakers were hurtful,” Anna Orr said on Monday in a letter to all."


@pytest.mark.parametrize(
    ("told", "other", "near"),
    [
        # one rare word of the same speech; the speech without its marks
        (SPEECH, "Later Orr wrote again of her “hurtful” tone. Nobody answered.", True),
        (SPEECH, "Orr called what she had said of the bakers hurtful.", True),
        (SPEECH, "Orr said “nothing” in the hall. Nobody answered.", False),
        (SPEECH, "Peter Moss wrote of his “hurtful” tone. Nobody answered.", False),
        # a figure as a majority
        ("Anna Orr said on Monday that 90 percent of the dealers in the town were sailors.",
         "Orr told the hall that sailors were the majority of dealers.", True),
        ("Anna Orr said on Monday that 90 percent of the dealers in the town were sailors.",
         "Orr told the majority of the hall a joke.", False),
        # the same deed between the same two
        ("On Monday Anna Orr condemned Peter Moss as he opened the ferry to the islands.",
         "Orr has rebuked Moss. Nobody answered.", True),
        ("On Monday Anna Orr condemned Peter Moss as he opened the ferry to the islands.",
         "Orr has met Moss. Nobody answered.", False),
    ],
)  # fmt: skip
def test_of_the_same_days_less_leaves_a_doubt(told, other, near):
    assert (reason_of_third(told, other, "2021-03-02") == "near") is near


def test_weeks_later_the_same_word_of_the_same_speaker_is_no_doubt():
    other = "Later Orr wrote again of her “hurtful” tone. Nobody answered."
    assert reason_of_third(SPEECH, other, "2021-03-15") != "near"


def reason_of_third(told, other, day):
    """Why a third outlet's cell is what it is where two others tell a thing."""
    story = {
        "a": ("North", told),
        "b": ("South", told.replace("on Monday ", "").replace("On Monday ", "")),
        "c": ("Ledger", "Anna Orr came. Peter Moss came. It rained. Nobody slept. " + other),
    }
    sentences, tokens, articles = read(story, published=["2021-03-01", "2021-03-01", day])
    mentions = find_mentions(articles, sentences, tokens)
    events = pd.Series("one", index=articles["doc_id"])
    table = coverage(sentences, tokens, articles, mentions=mentions, events=events)
    return table.set_index("outlet").loc["Ledger", "reason"]


def test_a_headline_and_its_lead_tell_a_thing_together():
    told = "On Monday the mayor attacked the harbour court and wants to jail a clerk of the ferry."
    story = {
        "a": ("North", told),
        "b": ("South", told.replace("On Monday the", "The")),
        "c": ("Ledger", "Mayor Attacks Harbour Court\n\nRain fell. A clerk should go to jail."),
        "d": ("Post", "Mayor Sleeps\n\nRain fell. Nobody answered the telephone."),
    }
    fact = coverage(*read(story)).set_index("outlet")
    assert fact["reason"].tolist() == ["near", "told", "exclusive", "told"]


def test_what_the_press_says_of_itself_is_no_shared_report():
    story = {
        "a": ("North", "A spokesman for the bakery did not immediately respond to a request for "
              "comment on Monday."),
        "b": ("South", "The spokeswoman of the ferry company did not immediately respond to "
              "requests for comment."),
    }  # fmt: skip
    assert coverage(*read(story)).empty


def test_transcripts_need_not_report_anything():
    sentences, tokens, articles = read(STORY, genre=["report", "report", "transcript"])
    table = coverage(
        sentences, tokens, articles, facts=facts_of(("two", "s", "doubled")), found=False
    )
    assert table.set_index("outlet").loc["Lantern Post", "reason"] == "genre"

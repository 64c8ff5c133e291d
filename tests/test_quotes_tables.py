"""Quotes across outlets, and the counts of the quotes table."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from helpers import schema, segment
from helpers.lenses import quotes
from helpers.lenses.quotes import across_outlets

LONG = "We will not sit down while the siege of our ports goes on, and nobody should wait for us."
STORY = {
    "north_a": (
        "North",
        f"“{LONG}” Ann Hale said on Monday.\n\nHale said the ferry would not run. "
        "A senior official warned that the port would close.",
    ),
    "south_a": (
        "South",
        "“We will not sit down while the siege of our ports goes on,” Ann Hale claimed.\n\n"
        "“It never has been so quiet in this harbour,” said Tom Grey.",
    ),
    "south_b": (
        "South",
        "Grey thinks the port is lost. It has been called “a graveyard of ships.”",
    ),
}


NAMES = (
    ("Ann Hale", "Ann Hale"), ("Tom Grey", "Tom Grey"), ("Hale said the", "Ann Hale"),
    ("Grey thinks", "Tom Grey"),
)  # fmt: skip


def tables(
    texts: dict[str, tuple[str, str]], repeats: dict[str, str] | None = None
) -> dict[str, pd.DataFrame]:
    records: list[dict[str, Any]] = []
    mentions: list[dict[str, Any]] = []
    for doc, (outlet, text) in texts.items():
        records.append(
            {"doc_id": doc, "file": doc, "outlet": outlet, "text": text, "sha256": "",
             "n_words": len(text.split()), "published": "2019-10-01",
             "duplicate_of": (repeats or {}).get(doc)}
        )  # fmt: skip
        for label, actor in NAMES:
            if label in text:
                start = text.index(label)
                shown = label if label == actor else label.split()[0]
                mentions.append(
                    {"doc_id": doc, "start": start, "end": start + len(shown), "text": shown,
                     "sentence_id": 0, "actor": actor, "kind": "name", "actor_type": "person"}
                )  # fmt: skip
    articles = schema.make("articles", records)
    sentences = segment.sentences(articles)
    tokens = segment.tokens(articles, sentences)
    named = schema.make("mentions", mentions)
    found = quotes.find_quotes(articles, sentences, tokens, named)
    return {"articles": articles, "sentences": sentences, "mentions": named, "quotes": found}


@pytest.fixture(scope="module")
def story() -> dict[str, pd.DataFrame]:
    return tables(STORY)


def test_the_same_statement_in_two_outlets(story: dict[str, pd.DataFrame]) -> None:
    table = across_outlets(story["quotes"], story["articles"])
    assert table["outlet"].tolist() == ["North", "South"]
    assert table["statement_id"].tolist() == [1, 1]
    assert table["cue"].tolist() == ["said", "claimed"]
    assert table["stance"].tolist() == ["neutral", "doubting"]
    assert table["cut"].tolist() == ["", "[and nobody should wait for us]"]
    assert table["shared"].iloc[0] == 1.0 > table["shared"].iloc[1] > 0.5


SHUT = "“The ports stay shut until the tolls are lifted,” Ann Hale said."
FULL = SHUT.replace(",”", ", and the guards will see to that,”")


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        (SHUT, "[and the guards will see to that]"),
        (f"{SHUT} “And the guards will see to that.”", ""),
        (f"{SHUT} Nobody else spoke. The talks were long. The mayor slept. A boat left. She added: "
         "“The guards will see to that.”", ""),
        (f"Guards Will See to It\n\n{SHUT}", ""),
        (f"{SHUT} Guarding them would be enough, she said.", ""),
        (f"{SHUT} It was the guards’ task, “to that,” she said.", ""),
        (f"Guards stood by. Nobody came. Nobody spoke. A boat left. {SHUT}",
         "[and the guards will see to that]"),
    ],
    ids=["cut", "next sentence", "further on", "headline", "paraphrase", "both", "other guards"],
)  # fmt: skip
def test_what_the_outlet_prints_elsewhere_is_not_cut(text: str, cut: str) -> None:
    made = tables({"a": ("North", FULL), "b": ("South", text)})
    table = across_outlets(made["quotes"], made["articles"])
    short = table[table["outlet"] == "South"].iloc[0]
    assert short["cut"] == cut
    assert (short["shared_outlet"] < 1) == bool(cut)


def test_two_speakers_never_make_one_statement() -> None:
    texts = {
        "a": ("North", "“We will not sit down while the siege goes on,” Ann Hale said."),
        "b": ("South", "“We will not sit down while the siege goes on,” Tom Grey said."),
    }
    made = tables(texts)
    assert across_outlets(made["quotes"], made["articles"]).empty


def test_an_unresolved_speaker_may_join() -> None:
    texts = {
        "a": ("North", "“We will not sit down while the siege goes on,” Ann Hale said."),
        "b": ("South", "“We will not sit down while the siege goes on,” she said."),
    }
    made = tables(texts)
    assert len(across_outlets(made["quotes"], made["articles"])) == 2


def test_repeated_articles_and_single_outlets_are_left_out() -> None:
    texts = {
        "a": ("North", "“We will not sit down while the siege goes on,” Ann Hale said."),
        "b": ("South", "“We will not sit down while the siege goes on,” Ann Hale said."),
    }
    made = tables(texts, {"b": "a"})
    assert across_outlets(made["quotes"], made["articles"]).empty
    alone = tables({"a": texts["a"], "b": ("North", texts["b"][1])})
    assert across_outlets(alone["quotes"], alone["articles"]).empty
    assert len(across_outlets(alone["quotes"], alone["articles"], least_outlets=1)) == 2


def test_other_words_are_no_statement() -> None:
    texts = {
        "a": ("North", "“We will not sit down while the siege goes on,” Ann Hale said."),
        "b": ("South", "“We will sail at noon whatever they may say about it,” Ann Hale said."),
    }
    made = tables(texts)
    assert across_outlets(made["quotes"], made["articles"]).empty


def test_what_an_outlet_reports_itself_is_told_in_its_own_voice() -> None:
    text = "The port will close, Harbour News has learned. The port will open, Coast News reported."
    made = tables({"a": ("Harbour News (web)", text), "b": ("Coast News", text)})["quotes"]
    assert made.groupby("doc_id")["source"].agg(list).to_dict() == {
        "a": ["Coast News"], "b": ["Harbour News"]
    }  # fmt: skip


def test_said_by_adds_up(story: dict[str, pd.DataFrame]) -> None:
    table = quotes.said_by(story["quotes"], story["articles"])
    n = story["quotes"]["quote_id"].nunique()
    assert table["n"].sum() == n == table.groupby("outlet")["total"].first().sum()
    assert (table["direct"] + table["mixed"] + table["indirect"] == table["n"]).all()
    assert table.groupby("outlet")["share"].sum().round(9).eq(1).all()
    north = table[table["outlet"] == "North"].set_index("speaker")["n"]
    assert north["Ann Hale"] == 2
    assert north["(unnamed source)"] == 1


def test_said_about(story: dict[str, pd.DataFrame]) -> None:
    text = "Ann Hale said that Tom Grey had lost the port."
    made = tables({"a": ("North", text)})
    table = quotes.said_about(made["quotes"], made["mentions"], made["articles"])
    assert table[["speaker", "about", "n"]].values.tolist() == [["Ann Hale", "Tom Grey", 1]]
    assert quotes.said_about(story["quotes"], story["mentions"], story["articles"]).empty


def test_kinds(story: dict[str, pd.DataFrame]) -> None:
    table = quotes.kinds(story["quotes"], story["articles"]).set_index("outlet")
    assert (table[["direct", "mixed", "indirect"]].sum(axis=1).round(9) == 1).all()
    assert table.loc["North", "anonymous"] == pytest.approx(1 / 3)


def test_verbs_and_stances(story: dict[str, pd.DataFrame]) -> None:
    table = quotes.verbs(story["quotes"], story["articles"], by=("outlet",))
    south = table[table["outlet"] == "South"].set_index("lemma")["stance"]
    assert south["claim"] == "doubting"
    assert south["say"] == "neutral"
    stances = quotes.stances(story["quotes"], story["articles"])
    assert stances.groupby(["outlet", "actor"])["share"].sum().round(9).eq(1).all()


def test_voices_fill_the_text(story: dict[str, pd.DataFrame]) -> None:
    table = quotes.voices(story["quotes"], story["articles"], story["sentences"])
    assert table.groupby("outlet")["share"].sum().round(9).eq(1).all()
    quoted = table[table["voice"] == "quoted"].set_index("outlet")["speakers"]
    assert quoted["North"] == "Ann Hale"


def test_unattributed_says_why(story: dict[str, pd.DataFrame]) -> None:
    table = quotes.unattributed(story["quotes"], story["articles"])
    reasons = dict(zip(table["source"].fillna(""), table["reason"], strict=True))
    assert reasons["A senior official"] == "unnamed source"
    assert "no source in the sentence" in set(table["reason"])
    assert len(table) + story["quotes"].drop_duplicates("quote_id")["actor"].notna().sum() == (
        story["quotes"]["quote_id"].nunique()
    )


def test_speech_leaves_attitudes_out(story: dict[str, pd.DataFrame]) -> None:
    assert set(quotes.speech(story["quotes"])["form"]) == {"speech"}


@pytest.mark.parametrize(
    "count",
    [quotes.said_by, quotes.kinds, quotes.verbs, quotes.stances, quotes.unattributed],
)
def test_an_empty_table_is_counted(count: Any) -> None:
    made = tables({"a": ("North", "The ferry left at noon.")})
    assert made["quotes"].empty
    assert count(made["quotes"], made["articles"]).empty


def test_nothing_across_and_no_voice_but_the_authors_in_an_empty_table() -> None:
    made = tables({"a": ("North", "The ferry left at noon, and nobody waited on the quay.")})
    assert across_outlets(made["quotes"], made["articles"]).empty
    table = quotes.voices(made["quotes"], made["articles"], made["sentences"])
    assert table["voice"].tolist() == ["author"]


def test_tables_are_not_changed(story: dict[str, pd.DataFrame]) -> None:
    before = story["quotes"].copy()
    across_outlets(story["quotes"], story["articles"])
    quotes.said_by(story["quotes"], story["articles"])
    quotes.voices(story["quotes"], story["articles"], story["sentences"])
    pd.testing.assert_frame_equal(before, story["quotes"])

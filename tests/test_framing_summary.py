"""Headlines, the stance of reporting verbs, and the table that is read within a minute."""

import math

import pandas as pd
import pytest

from helpers import lexicons, segment, summary
from helpers.lenses import coverage, frames, headlines, stance
from helpers.lenses.agency.overview import in_voice
from helpers.lenses.headlines import method as headlines_method
from helpers.lenses.stance.method import EVERYONE
from helpers.schema import make

TEXTS = {
    "a1": ("Lantern", "Poole betrayed us", "The mayor spoke. It rained on Ann Poole. Trams ran."),
    "a2": ("Lantern", "Ann Poole accused", "Trams ran late. Ann Poole waited. It rained."),
    "b1": ("Ledger", "Trams delayed by rain", "Ann Poole waited for a tram. It rained."),
}


def story(metadata=True):
    texts = [body if metadata else f"{title}\n\n{body}" for _, title, body in TEXTS.values()]
    articles = make(
        "articles",
        pd.DataFrame(
            {
                "doc_id": list(TEXTS),
                "outlet": [outlet for outlet, _, _ in TEXTS.values()],
                "title": [title if metadata else None for _, title, _ in TEXTS.values()],
                "text": texts,
                "n_words": [len(text.split()) for text in texts],
            }
        ).astype({"title": "str"}),
    )
    sentences = segment.sentences(articles)
    tokens = segment.tokens(articles, sentences)
    rows = [
        {
            "doc_id": doc,
            "start": start,
            "end": start + len("Ann Poole"),
            "text": "Ann Poole",
            "sentence_id": number,
            "actor": "Ann Poole",
            "kind": "name",
        }
        for doc, number, text, at in zip(
            sentences["doc_id"],
            sentences["sentence_id"],
            sentences["text"],
            sentences["start"],
            strict=True,
        )
        if (start := at + text.find("Ann Poole")) >= at
    ]
    return articles, sentences, tokens, make("mentions", rows)


# ---------------------------------------------------------------------------------- headlines


def test_a_headline_in_the_text_has_a_place_and_a_title_has_none():
    articles, sentences, _, _ = story(metadata=False)
    found = headlines_method.headlines(articles, sentences).set_index("doc_id")
    texts = articles.set_index("doc_id")["text"]
    row = found.loc["b1"]
    assert texts["b1"][row["start"] : row["end"]] == row["headline"] == "Trams delayed by rain"
    articles, sentences, _, _ = story()
    titled = headlines_method.headlines(articles, sentences)
    assert titled["headline"].tolist() == [title for _, title, _ in TEXTS.values()]
    assert titled["start"].isna().all()


def test_headlines_are_set_against_bodies():
    articles, sentences, tokens, mentions = story()
    hits = frames.frames(sentences, tokens)
    table = headlines.headline_against_body(articles, sentences, mentions=mentions, hits=hits)
    row = table.set_index(["outlet", "item"]).loc[("Lantern", "Ann Poole")]
    assert (row["headlines"], row["articles"]) == (1, 2)
    assert row["share_headline"] == 0.5
    assert row["share_body"] == pytest.approx(1 / 3)
    assert row["descriptive"]
    assert math.isnan(row["low"])
    moral = table.set_index(["outlet", "item"]).loc[("Lantern", "morality")]
    assert moral["headlines"] == 1


def test_no_headline_is_said():
    articles, sentences, _, _ = story()
    problems = []
    bare = articles.assign(title=pd.Series([None] * 3, dtype="str"))
    assert headlines.headline_against_body(bare, sentences, problems=problems).empty
    assert "no article has a headline" in problems[0]["problem"]


# ------------------------------------------------------------------------------------- stance


def quotes_of(*rows):
    return make(
        "quotes",
        [
            {
                "quote_id": f"q{i}",
                "doc_id": doc,
                "start": i,
                "end": i + 1,
                "text": "x",
                "kind": "indirect",
                "cue": cue,
                "actor": actor,
                "sentence_id": 0,
                "stance": value,
            }
            for i, (doc, cue, actor, value) in enumerate(rows)
        ],
    )


def test_stance_is_counted_per_outlet_and_speaker():
    articles, _, _, _ = story()
    quotes = quotes_of(
        ("a1", "claimed", "Ann Poole", "doubting"),
        ("a1", "said", "Ann Poole", "neutral"),
        ("a2", "claimed", "Ann Poole", "doubting"),
        ("b1", "said", "Ann Poole", "neutral"),
        ("b1", None, "Ann Poole", "neutral"),
    )
    table = stance.stance_shares(quotes, articles).set_index(["outlet", "speaker", "stance"])
    assert table.loc[("Lantern", "Ann Poole", "doubting"), "value"] == pytest.approx(2 / 3)
    assert table.loc[("Ledger", EVERYONE, "neutral"), "total"] == 1
    assert ("Ledger", "Ann Poole", "neutral") not in table.index


def test_attitudes_take_no_stance():
    articles, _, _, _ = story()
    rows = [("a1", "claimed", "Ann Poole", "doubting"), ("a1", "sought", "Ann Poole", "ordering")]
    quotes = quotes_of(*rows).assign(form=["speech", "attitude"])
    table = stance.stance_shares(quotes, articles).set_index(["speaker", "stance"])
    assert table.loc[(EVERYONE, "doubting"), ["n", "total"]].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("verb", "of"),
    [
        ("claim", "doubting"),
        ("allege", "doubting"),
        ("suggest", "neutral"),
        ("deny", "neutral"),
        ("admit", "endorsing"),
        ("praise", "neutral"),
        ("insist", "arguing"),
        ("hit", "neutral"),
        ("urge", "ordering"),
        ("seek", "neutral"),
    ],
)
def test_the_stance_of_a_verb_is_what_its_choice_says_of_the_words(verb, of):
    table = lexicons.load("reporting_verbs").set_index("lemma")
    assert table.loc[verb, "stance"] == of


def test_no_reporting_verb_is_said():
    articles, _, _, _ = story()
    problems = []
    assert stance.stance_shares(make("quotes"), articles, problems=problems).empty
    assert "no attribution" in problems[0]["problem"]


# ------------------------------------------------------------------------------------ summary


def test_the_summary_has_one_cell_per_outlet_and_lens():
    articles, sentences, tokens, mentions = story()
    hits = frames.frames(sentences, tokens)
    cells = summary.summary(
        articles,
        {
            "frames": frames.frame_shares(hits, tokens, articles),
            "coverage": coverage.coverage(sentences, tokens, articles),
            "headlines": headlines.headline_against_body(
                articles, sentences, mentions=mentions, hits=hits
            ),
        },
    )
    assert len(cells) == 2 * 3
    assert cells["descriptive"].all()
    wide = summary.summary_table(cells, articles)
    assert wide.columns.tolist() == ["Outlet", "Articles", "Frame", "Covers", "Headlines"]
    assert wide["Articles"].tolist() == [2, 1]
    assert wide.notna().all().all()
    assert wide["Headlines"].str.len().max() < 90


def test_keyness_cells_say_when_they_are_descriptive():
    articles, _, _, _ = story()
    columns = "outlet term log_odds z rate_target rate_reference n_target articles_target".split()
    rows = [
        ("Lantern", "rogue state", 1.0, 4.0, 3.0, 1.0, 9, 2),
        ("Lantern", "rogue", 1.0, 3.0, 3.0, 1.0, 9, 2),
        ("Lantern", "tram", 1.0, 2.0, 3.0, 1.0, 9, 2),
        ("Ledger", "rain", -1.0, -2.0, 3.0, 1.0, 9, 2),
    ]
    table = pd.DataFrame(rows, columns=columns).assign(significant=False)
    cells = summary.summary(articles, {"keyness": table}).set_index("outlet")
    assert cells.loc["Lantern", "cell"] == "“rogue state”, “tram” (descriptive only)"
    assert cells.loc["Ledger", "cell"] == summary.NOTHING
    sure = summary.summary(articles, {"keyness": table.assign(significant=[True] + [False] * 3)})
    assert sure["cell"].iloc[0] == "“rogue state”"
    assert not sure["descriptive"].iloc[0]


def test_naming_and_agency_cells_carry_their_numbers():
    articles, _, _, _ = story()
    naming = make(
        "naming",
        pd.DataFrame(
            {
                "actor": ["Ruritania"] * 2,
                "outlet": ["Lantern", "Ledger"],
                "label": ["regime", "ruritania"],
                "written": ["Regime", "Ruritania"],
                "n": [3, 9],
                "doc_ids": ["a1 | a2", "b1"],
                "parts": ["polity", "name"],
                "total": [6, 9],
                "articles": [2, 1],
            }
        ),
    )
    agency = pd.DataFrame(
        {
            "doc_id": ["a1"] * 4 + ["b1"] * 4,
            "actor": ["Ruritania"] * 8,
            "role": ["agent"] * 4 + ["patient"] * 4,
            "voice": ["author"] * 8,
            "process": "material",
            "negated": False,
            "hypothetical": False,
            "counted": True,
            "link": "direct",
        }
    )

    def of_voice(voice):
        return summary.summary(articles, {"agency": in_voice(agency, articles, voice)})

    named = summary.summary(articles, {"naming": naming})
    cells = pd.concat([named, of_voice("author")])
    text = cells.set_index(["outlet", "lens"])["cell"]
    assert text[("Lantern", "naming")] == "Ruritania: “Regime” (3 of 6 mentions; others 0%)"
    assert text[("Lantern", "agency")] == "Ruritania as doer 100% of 4 (others 0%)"
    assert text[("Ledger", "agency")] == "Ruritania as done-to 100% of 4 (others 0%)"
    quoted = set(of_voice("quoted")["cell"])
    assert quoted == {summary.NOTHING}, "only the clauses of the chosen voice count"
    assert of_voice("all")["cell"].tolist() == cells.loc[cells["lens"] == "agency", "cell"].tolist()

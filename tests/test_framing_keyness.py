"""Keyness: counts, voices, outlets' own names, and a verdict that survives a referee."""

import math
import time

import numpy as np
import pandas as pd
import pytest

from helpers.comparing.events import event_strata
from helpers.comparing.outlet_names import name_sequences
from helpers.comparing.spans import voice_mask
from helpers.comparing.terms import Counting, TermCounts, count_terms, term_places
from helpers.lenses.keyness.effects import COLUMNS
from helpers.lenses.keyness.method import keyness, keyness_of_counts
from helpers.lenses.keyness.permutation import ArticleTerms, judge
from helpers.schema import check_table, make
from helpers.segment import tokenize


def tokens_of(texts: dict[str, str]) -> pd.DataFrame:
    """Tokens of invented articles: words and marks, one sentence each."""
    import re

    rows = [
        (doc, 0, m.start(), m.end(), m.group())
        for doc, text in texts.items()
        for m in re.finditer(r"[\w’'-]+|[^\w\s]", text)
    ]
    return make("tokens", pd.DataFrame(rows, columns="doc_id sentence_id start end text".split()))


def articles_of(outlets: dict[str, str], **columns) -> pd.DataFrame:
    return pd.DataFrame({"doc_id": list(outlets), "outlet": list(outlets.values()), **columns})


def planted(rng, *, articles=10, factor=3.0, terms=400, words=400):
    """Two outlets, `articles` events each; term `t000` is `factor` times as frequent in one."""
    shares = rng.dirichlet(np.full(terms, 0.3))
    rows, ids, outlets, events = [], [], [], []
    for event in range(articles):
        topic = rng.gamma(0.5, 2, size=terms) * shares
        for outlet, times in (("Lantern", factor), ("Gazette", 1.0)):
            counts = rng.poisson(topic / topic.sum() * words)
            counts[0] = rng.poisson(4 * times)
            rows.append(counts)
            ids.append(f"{outlet}-{event}")
            outlets.append(outlet)
            events.append(f"event {event}")
    table = np.array(rows)
    doc, term = np.nonzero(table)
    counts = TermCounts(
        doc_ids=tuple(ids),
        terms=tuple(f"t{i:03d}" for i in range(terms)),
        words=table.sum(axis=1).astype(float),
        doc=doc,
        term=term,
        count=table[doc, term],
    )
    return counts, pd.DataFrame({"doc_id": ids, "outlet": outlets, "event": events})


# ------------------------------------------------------------------------------------ counts


def test_words_and_phrases_are_counted_in_lower_case():
    tokens = tokens_of({"a": "A rogue state. The Rogue State threatens the region"})
    counts = count_terms(tokens, ["a"])
    found = dict(zip(counts.terms, counts.dense()[0], strict=True))
    assert found["rogue"] == 2
    assert found["rogue state"] == 2
    assert "the region" not in found
    assert "state the" not in found
    assert counts.words[0] == 9
    assert "threatens" in found
    assert "a" not in found
    assert "a" in count_terms(tokens, ["a"], Counting(function_words=True)).terms


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("An act of war followed", ["act of war", "war followed"]),  # "of" only in the middle
        ("A hard line policy", ["hard line", "hard line policy", "line policy"]),
        ("The harbour defence works", ["defense works", "harbor defense", "harbor defense works"]),
        ("The attacks on U.S. bases", ["attacks on u.s.", "u.s. bases"]),
        ("They left the United States navy", ["left the u.s."]),  # two words, one term
        ("The end. Of days", []),
        ("An act of the kind", []),
        ("An act, of war", []),
    ],
)
def test_phrases_have_two_or_three_words(text, phrases):
    counts = count_terms(cut({"a": text}), ["a"])
    assert sorted(t for t in counts.terms if " " in t) == phrases
    places = term_places(cut({"a": text}), ["a"], phrases)
    assert sorted(places["term"]) == phrases
    for place in places.to_dict("records"):
        first, *_, last = place["term"].split()
        said = text[place["start"] : place["end"]].lower()
        assert said[:3] == first[:3]
        assert said.split()[-1][:3] in (last[:3], "sta")


@pytest.mark.parametrize(
    ("outlet", "text", "hidden", "kept"),
    [
        ("The Evening Lantern", "The Evening Lantern saw a lantern", "evening", "lantern"),
        ("NPR Online News", "He told NPR that the news was bad", "npr", "news"),
        ("nyt", "He told The New York Times in New Delhi", "york", "new"),
        ("Reason", "Reason asked why; the reason was money", None, "reason"),
        ("Associated Press", "He told AP that the AP photo was an app", "ap", "app"),
        ("hpo", "HuffPost asked for a post", "huffpost", "post"),
        ("Huff-Post", "HuffPost asked for a post", "huffpost", "post"),
        ("fox", "Fox News told the news to a fox", None, "news"),
        ("Signal (Web News)", "Signal found a signal", None, "signal"),
    ],
)
def test_an_outlet_s_own_name_is_left_out(outlet, text, hidden, kept):
    counts = count_terms(tokens_of({"a": text}), ["a"], Counting(outlets=[outlet]))
    found = dict(zip(counts.terms, counts.dense()[0], strict=True))
    assert hidden not in found
    assert found[kept] == 1


def cut(texts):
    """Tokens as articles have them: with stops inside abbreviations."""
    rows = [(doc, a, b, text[a:b]) for doc, text in texts.items() for a, b in tokenize(text)]
    return make("tokens", pd.DataFrame(rows, columns=["doc_id", "start", "end", "text"]).assign(
        sentence_id=0, tag=""))  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "term"),
    [
        ("Sen. Poole left", "Senator Poole left", "senator"),
        ("Rep. Poole left", "Representative Poole left", "representative"),
        ("the US fleet left", "the United States fleet left", "u.s."),
        ("the U.S. fleet left", "the US fleet left", "u.s."),
        ("the U.N. envoy left", "the United Nations envoy left", "un"),
        ("the F.B.I. chief left", "the FBI chief left", "fbi"),
        ("the defence chief left", "the defense chief left", "defense"),
        ("forty per cent left", "forty percent left", "percent"),
    ],
)
def test_house_style_is_one_term(one, other, term):
    tokens = cut({"a": one, "b": other})
    counts = count_terms(tokens, ["a", "b"])
    assert counts.dense()[:, counts.terms.index(term)].tolist() == [1, 1]
    assert term_places(tokens, ["a", "b"], [term])["doc_id"].tolist() == ["a", "b"]


def test_a_folded_pair_is_opened_whole():
    text = "the United States fleet left"
    (hit,) = term_places(cut({"a": text}), ["a"], ["u.s."]).to_dict("records")
    assert text[hit["start"] : hit["end"]] == "United States"


def test_house_style_may_be_kept():
    tokens = cut({"a": "Sen. Poole left"})
    assert "sen." in count_terms(tokens, ["a"], Counting(house_style=True)).terms


def test_pronouns_are_no_country():
    assert "u.s." not in count_terms(cut({"a": "They told us so."}), ["a"]).terms


def test_names_side_by_side_are_no_phrase_and_given_names_no_term():
    text = "President Donald Drumm met Mary J. Poole at 5 p.m. EST on Jan. 3 over talking points"
    tokens = cut({"a": text})
    names = ("President", "Donald", "Drumm", "Mary", "J.", "Poole", "Jan.", "EST")
    tokens["tag"] = ["NNP" if word in names else "NN" for word in tokens["text"]]
    terms = set(count_terms(tokens, ["a"]).terms)
    assert {"president", "drumm", "poole", "talking points", "met"} <= terms
    hidden = {"donald", "mary", "j.", "p.m.", "est", "jan.", "president donald", "donald drumm"}
    assert not terms & hidden


def test_aliases_extend_the_outlet_s_name():
    names = name_sequences(["hpo"], {"hpo": ["Harbour Post"]})
    assert ("harbour", "post") in names


def test_voice_needs_the_quotes_alone():
    text = "Leaders met. “A great mess,” she said, adding that talks failed."
    tokens = tokens_of({"a": text})
    quotes = make(
        "quotes",
        pd.DataFrame(
            [
                ("a#q0", "a", 13, 28, text[13:28], "direct", 0),
                ("a#q1", "a", 51, 63, text[51:63], "indirect", 0),
            ],
            columns="quote_id doc_id start end text kind sentence_id".split(),
        ),
    )

    def said(voice):
        counts = count_terms(
            tokens, ["a"], Counting(phrases=False, function_words=True), quotes=quotes, voice=voice
        )
        return set(counts.terms)

    assert said("quoted") == {"a", "great", "mess"}
    assert said("reported") == {"talks", "failed"}
    assert said("author") == {"leaders", "met", "she", "said", "adding", "that"}
    assert said("all") == said("author") | said("quoted") | said("reported")
    with pytest.raises(ValueError, match="voice must be one of"):
        voice_mask(tokens, quotes, voice="narrator")


def test_in_a_mixed_quotation_the_marked_words_are_quoted_and_the_rest_is_reported():
    text = "She said the plan was “a great mess” from the start."
    tokens = tokens_of({"a": text})
    span = {"start": 9, "end": 51, "text": text[9:51], "kind": "mixed", "sentence_id": 0}
    quotes = make("quotes", [{"quote_id": "a#q0", "doc_id": "a", **span}])
    said = {
        voice: tokens.loc[voice_mask(tokens, quotes, voice=voice), "text"].tolist()
        for voice in ("author", "quoted", "reported")
    }
    assert said["author"] == ["She", "said", "."]
    assert said["quoted"] == ["“", "a", "great", "mess", "”"]
    assert said["reported"] == "the plan was from the start".split()


def test_hits_lead_back_to_the_text():
    text = "A rogue state is a rogue state."
    hits = term_places(tokens_of({"a": text}), ["a"], ["rogue state", "is"])
    assert [text[s:e] for s, e in zip(hits["start"], hits["end"], strict=True)] == [
        "rogue state",
        "rogue state",
    ]


def test_as_many_uses_are_opened_as_are_counted():
    told = "Iran’s plan. “The plan,” he said, of Ana Ruiz. The plan is a plan."
    texts = {"a": told, "b": "Plan!"}
    tokens = cut(texts)
    counts = count_terms(tokens, ["a", "b"])
    places = term_places(tokens, ["a", "b"], counts.terms)
    seen = places.groupby(["doc_id", "term"]).size().to_dict()
    dense = counts.dense()
    assert seen == {
        (doc, term): dense[i, j]
        for i, doc in enumerate(("a", "b"))
        for j, term in enumerate(counts.terms)
        if dense[i, j]
    }


# ----------------------------------------------------------------------------------- verdicts


def test_the_table_is_the_declared_one():
    counts, articles = planted(np.random.default_rng(2))
    table = keyness_of_counts(counts, articles, draws=200)
    check_table("keyness", table)
    assert set(COLUMNS) == set(table.columns)
    row = table.set_index(["outlet", "term"]).loc[("Lantern", "t000")]
    other = table.set_index(["outlet", "term"]).loc[("Gazette", "t000")]
    assert row["n_target"] == other["n_reference"]
    assert row["log_odds"] == pytest.approx(-other["log_odds"])
    assert row["low"] < row["log_odds"] < row["high"]
    assert row["q_value"] >= row["p_value"] > 0


def test_planted_differences_are_found_at_ten_articles_a_side():
    rng = np.random.default_rng(4)
    found = 0
    for seed in range(20):
        counts, articles = planted(rng)
        table = keyness_of_counts(counts, articles, draws=500, seed=seed)
        found += bool(table.loc[table["term"] == "t000", "significant"].any())
    assert found >= 16


def test_shuffled_outlets_are_not_called_different():
    rng = np.random.default_rng(9)
    runs = 0
    for seed in range(20):
        counts, articles = planted(rng, factor=1.0)
        table = keyness_of_counts(counts, articles, draws=300, seed=seed)
        runs += bool(table["significant"].any())
    assert runs <= 2


def test_intervals_leave_zero_out_exactly_where_the_test_says_so():
    counts, articles = planted(np.random.default_rng(4))
    table = keyness_of_counts(counts, articles, draws=500)
    outside = (table["low"] > 0) | (table["high"] < 0)
    assert table["significant"].any()
    assert (outside == table["significant"]).all()


def many_terms(rng, words, *, terms=80):
    """Counts of articles of so many words, each term at its own bursty rate."""
    rates = rng.gamma(0.6, 0.004, size=terms) + 0.0004
    return rng.negative_binomial(0.8, 0.8 / (0.8 + np.outer(words, rates)))


def counts_of(table, words):
    doc, term = np.nonzero(table)
    return TermCounts(
        tuple(f"a{i:02d}" for i in range(len(table))),
        tuple(f"t{i:03d}" for i in range(table.shape[1])),
        np.asarray(words, dtype=float),
        doc,
        term,
        table[doc, term],
    )


def four_outlets(sizes):
    names = np.repeat(["Lantern", "Gazette", "Courier", "Ledger"], sizes)
    ids = [f"a{i:02d}" for i in range(len(names))]
    return pd.DataFrame({"doc_id": ids, "outlet": names, "event": "one"})


def test_a_word_that_one_small_outlet_alone_uses_is_found():
    for seed in range(4):
        rng = np.random.default_rng(seed)
        words = rng.integers(300, 900, size=40)
        table = many_terms(rng, words)
        table[:, 0] = 0
        table[:4, 0] = 2  # in four of the five articles of the first outlet, and in no other
        found = keyness_of_counts(counts_of(table, words), four_outlets([5, 10, 12, 13]))
        sure = found[found["significant"] & (found["log_odds"] > 0)]
        assert sure[["outlet", "term"]].to_numpy().tolist() == [["Lantern", "t000"]]


def test_an_outlet_of_short_articles_has_no_words_of_its_own_for_that():
    called = 0
    for seed in range(12):
        rng = np.random.default_rng(seed)
        words = np.concatenate([rng.integers(150, 250, size=20), rng.integers(600, 900, size=60)])
        found = keyness_of_counts(
            counts_of(many_terms(rng, words), words), four_outlets([20, 20, 20, 20])
        )
        called += bool(found["significant"].any())
    assert called <= 1


def test_one_article_that_repeats_a_name_is_no_difference():
    counts, articles = planted(np.random.default_rng(3), factor=1.0)
    loud = counts.count.copy()
    at = np.flatnonzero(counts.doc == 0)[5]
    loud[at] = 90
    bursty = TermCounts(counts.doc_ids, counts.terms, counts.words, counts.doc, counts.term, loud)
    table = keyness_of_counts(bursty, articles, draws=300)
    term = counts.terms[counts.term[at]]
    assert not table.loc[table["term"] == term, "significant"].any()


def test_what_could_have_been_found_is_found_and_the_half_of_it_is_not():
    def of_planted(seed, factor):
        counts, articles = planted(np.random.default_rng(seed), articles=16, factor=factor)
        table = keyness_of_counts(counts, articles, draws=400)
        return table.set_index(["outlet", "term"]).loc[("Lantern", "t000")]

    told = np.median([of_planted(seed, 1.0)["could_show"] for seed in range(3)])
    assert sum(of_planted(100 + seed, told)["significant"] for seed in range(10)) >= 7
    assert sum(of_planted(100 + seed, told**0.5)["significant"] for seed in range(10)) <= 4


def test_a_word_used_often_needs_less_than_one_used_seldom():
    rng = np.random.default_rng(8)
    table = np.hstack([rng.poisson(3, (40, 5)), rng.poisson(0.2, (40, 200))]).astype(np.float32)
    outlet = np.array(["A", "B"], dtype=object)[np.arange(40) % 2]
    articles = ArticleTerms(table, np.full(40, 700.0), outlet, np.arange(40) // 4)
    bar = judge(articles, draws=400, seed=1, problems=[])["A"].bar
    assert bar[:5].max() < bar[5:].min() - 0.3


def test_three_articles_a_side_have_no_p_values():
    counts, articles = planted(np.random.default_rng(1), articles=3)
    problems = []
    table = keyness_of_counts(counts, articles, problems=problems)
    assert table["descriptive"].all()
    assert table[["p_value", "q_value", "low", "high", "could_show"]].isna().all().all()
    assert not table["significant"].any()
    assert "descriptive only" in problems[0]["action"]
    assert problems[0]["problem"].endswith("Gazette, Lantern")


def test_too_many_terms_are_cut_to_the_widespread_and_said(monkeypatch):
    from helpers.lenses.keyness import method as module

    counts, articles = planted(np.random.default_rng(1))
    monkeypatch.setattr(module, "CELLS", 20 * 50)
    problems = []
    table = keyness_of_counts(counts, articles, draws=50, problems=problems)
    assert 0 < table["term"].nunique() <= 50
    assert "too many at once" in said(problems)
    spread = dict(zip(counts.terms, counts.documents(), strict=True))
    assert min(spread[t] for t in table["term"]) >= np.median(list(spread.values()))


def test_same_input_same_table():
    counts, articles = planted(np.random.default_rng(1))
    first = keyness_of_counts(counts, articles, draws=100)
    assert first.equals(keyness_of_counts(counts, articles, draws=100))


# ---------------------------------------------------------------------------------- bad input


def said(problems):
    return " / ".join(row["problem"] for row in problems)


def test_an_unknown_event_column_is_said_and_days_are_used():
    articles = articles_of({"a": "Lantern", "b": "Gazette"}, published=["2021-05-01", "2021-05-01"])
    problems = []
    strata = event_strata(articles, events="storyline", problems=problems)
    assert strata.name == "day"
    assert "no event column 'storyline'" in said(problems)


def test_days_give_way_to_weeks_where_days_leave_nothing_to_exchange():
    days = [f"2021-05-{3 + i // 2:02d}" for i in range(8)]  # two reports a day, four days
    outlets = {f"d{i}": ("Lantern", "Gazette")[i % 2] for i in range(8)}
    assert event_strata(articles_of(outlets, published=days)).name == "week"
    twice = [f"2021-05-{3 + i // 2:02d}" for i in range(12)]
    outlets = {f"d{i}": ("Lantern", "Gazette")[i % 2] for i in range(12)}
    assert event_strata(articles_of(outlets, published=twice)).name == "day"


def test_events_of_single_articles_give_way_and_say_so():
    dates = ["2021-05-03", "2021-05-03", "2021-06-14", "2021-06-14"]
    outlets = {"a": "Lantern", "b": "Gazette", "c": "Lantern", "d": "Gazette"}
    articles = articles_of(outlets, published=dates, event=["one", "two", "three", None])
    problems = []
    assert event_strata(articles, problems=problems).name == "day"
    assert "too few outlets each" in said(problems)
    shared = articles.assign(event=["one", "one", "two", "two"])
    assert event_strata(shared).name == "event"


def test_events_fall_back_to_weeks_and_to_the_whole_story():
    dates = ["2021-05-03", "2021-05-05", "2021-06-14", "2021-06-16"]
    outlets = {"a": "Lantern", "b": "Gazette", "c": "Lantern", "d": "Gazette"}
    assert event_strata(articles_of(outlets, published=dates)).name == "week"
    problems = []
    undated = articles_of(outlets, published=pd.Series([None] * 4, dtype="str"))
    assert event_strata(undated, problems=problems).nunique() == 1
    assert "neither an event nor a date" in said(problems)


@pytest.mark.parametrize(
    ("outlets", "texts", "sentence"),
    [
        ({"a": "Lantern", "b": "Lantern"}, ("one two", "three"), "all articles are by one outlet"),
        ({"a": "unknown"}, ("one two",), "no article names its outlet"),
        ({"a": "Lantern", "b": "Gazette"}, ("same words", "same words"), "repeat another one"),
        ({"a": "Lantern", "b": "Gazette"}, ("", ""), "no word of the articles"),
    ],
)
def test_what_cannot_be_compared_is_said_in_a_sentence(outlets, texts, sentence):
    articles = articles_of(outlets, text=list(texts))
    if sentence.startswith("no word"):
        articles = articles.drop(columns="text")
    problems = []
    tokens = tokens_of(dict(zip(outlets, texts, strict=True)))
    table = keyness(tokens, articles, problems=problems)
    check_table("keyness", table)
    assert table.empty
    assert sentence in said(problems)


def test_an_empty_author_s_voice_is_said():
    texts = {"a": "“All of it.”", "b": "“Every word.”"}
    quotes = make(
        "quotes",
        pd.DataFrame(
            {
                "quote_id": ["a#q0", "b#q0"],
                "doc_id": ["a", "b"],
                "start": [0, 0],
                "end": [12, 13],
                "text": list(texts.values()),
                "kind": ["direct"] * 2,
                "sentence_id": [0, 0],
            }
        ),
    )
    problems = []
    articles = articles_of({"a": "Lantern", "b": "Gazette"})
    table = keyness(tokens_of(texts), articles, quotes=quotes, problems=problems)
    assert table.empty
    assert "voice asked for (author)" in said(problems)


def test_five_thousand_permutations_of_a_large_table_are_quick():
    rng = np.random.default_rng(0)
    table = rng.poisson(0.2, size=(100, 4000))
    doc, term = np.nonzero(table)
    counts = TermCounts(
        tuple(f"d{i:03d}" for i in range(100)),
        tuple(f"t{i:04d}" for i in range(4000)),
        table.sum(axis=1).astype(float),
        doc,
        term,
        table[doc, term],
    )
    articles = articles_of(
        {doc_id: "Lantern" if i % 2 else "Gazette" for i, doc_id in enumerate(counts.doc_ids)},
        event=[f"e{i // 4}" for i in range(100)],
    )
    began = time.process_time()
    result = keyness_of_counts(counts, articles, draws=2000)
    assert time.process_time() - began < 10
    assert not math.isnan(result["p_value"].max())

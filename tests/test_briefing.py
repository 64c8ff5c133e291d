"""Findings: every statement is computed, says its denominator, and leads to its spans."""

import math
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from helpers import briefing, schema
from helpers.findings import compare
from helpers.findings.finding import Finding, numbered, ranked, strength


def _articles(north=5, south=5, *, event="talks"):
    rows = [
        {
            "doc_id": f"{outlet[0].lower()}{i}",
            "outlet": outlet,
            "published": "2019-09-24",
            "event": event,
            "text": "…",
            "n_words": 500,
        }
        for outlet, n in (("North Post", north), ("South Wire", south))
        for i in range(n)
    ]
    return schema.make("articles", rows)


def _mentions(per_article):
    """``per_article``: doc_id → actors in text order; each mention is four letters long."""
    rows = [
        {
            "doc_id": doc_id,
            "start": 10 * i,
            "end": 10 * i + 4,
            "text": "name",
            "sentence_id": i,
            "actor": actor,
            "kind": "name",
            "voice": "author",
        }
        for doc_id, actors in per_article.items()
        for i, actor in enumerate(actors)
    ]
    return schema.make("mentions", rows)


def _quotes(rows):
    made = []
    for i, (doc_id, actor, text, more) in enumerate(rows):
        made.append(
            {
                "quote_id": f"{doc_id}#q{i}",
                "doc_id": doc_id,
                "start": 100 * i,
                "end": 100 * i + len(text),
                "text": text,
                "kind": "direct",
                "actor": actor,
                "sentence_id": i,
                "anonymous": False,
                **more,
            }
        )
    return schema.make("quotes", made)


def _one(findings, claim_id):
    (found,) = [f for f in findings if f.claim_id == claim_id]
    return found


CLEAR = {f"n{i}": ["Ana Ruiz"] * 8 + ["Iran"] for i in range(6)} | {
    f"s{i}": ["Ana Ruiz", "Iran"] for i in range(6)
}


def test_most_named_counts_mentions_and_articles():
    found = briefing.find(_articles(6, 6), {"mentions": _mentions(CLEAR)})
    claim = _one(found, "actors-most-named")
    assert claim.statement == (
        "Ana Ruiz is mentioned most: 54 of 66 mentions (82%), in 12 articles, before Iran (12)."
    )
    assert claim.value == pytest.approx(54 / 66)
    assert claim.denominator == 66
    assert claim.low < claim.value < claim.high
    assert len(claim.evidence) == 54
    assert not claim.descriptive


def test_equal_actors_are_named_together():
    mentions = _mentions({"n0": ["Iran", "Ana Ruiz"]})
    quotes = _quotes([("n0", "Ana Ruiz", "“one”", {}), ("n0", "Bo Lind", "“two”", {})])
    found = briefing.find(_articles(1, 0), {"mentions": mentions, "quotes": quotes})
    named, quoted = _one(found, "actors-most-named"), _one(found, "quotes-most-quoted")
    assert named.statement == "Ana Ruiz and Iran are mentioned most: 1 of 2 mentions (50%) each."
    assert quoted.statement.startswith("Ana Ruiz and Bo Lind are quoted most: 1 of 2 attributions")
    for claim in (named, quoted):
        assert len(claim.evidence) == claim.numerator == 1, "each has one, and one is opened"
        assert len(claim.reference) == 1


def test_a_clear_difference_between_outlets_is_said_to_be_more_than_chance():
    found = briefing.find(_articles(6, 6), {"mentions": _mentions(CLEAR)})
    claim = _one(found, "actors-difference")
    assert "Ana Ruiz" in claim.statement
    assert "16.0 times per 1,000 words" in claim.statement
    assert "more than chance gives" in claim.statement
    assert claim.p_value <= 0.05
    assert found[0] == claim, "a sure difference comes first"


def test_without_events_or_dates_a_sure_difference_may_be_one_of_topic():
    articles = _articles(6, 6).assign(event=None, published=None)
    claim = _one(briefing.find(articles, {"mentions": _mentions(CLEAR)}), "actors-difference")
    assert claim.statement.endswith(
        "That is more than chance gives; whether outlet or topic makes it cannot be told."
    )


def test_an_unclear_difference_says_that_chance_gives_as_much():
    mixed = {f"n{i}": ["Iran"] * (3 + 4 * (i % 2)) for i in range(5)} | {
        f"s{i}": ["Iran"] * (2 + 4 * (i % 2)) for i in range(5)
    }
    claim = _one(briefing.find(_articles(), {"mentions": _mentions(mixed)}), "actors-difference")
    assert "chance often gives as wide a gap" in claim.statement.lower()
    assert claim.p_value > 0.05


def test_what_cannot_be_permuted_is_said_to_be_untested():
    articles = _articles(6, 6)
    articles["event"] = [f"day {i}" for i in range(12)]
    found = briefing.find(articles, {"mentions": _mentions(CLEAR)}, events="event")
    claim = _one(found, "actors-difference")
    assert math.isnan(claim.p_value)
    assert claim.statement.endswith("Too few events are shared to hold it against chance.")
    assert claim.descriptive
    assert claim.strength < 1


@pytest.mark.parametrize(
    ("carrying", "sure"),
    [([5, 0, 0, 0, 0], False), ([3, 2, 0, 0, 0], False), ([1, 1, 1, 1, 1], True)],
)
def test_short_articles_alone_make_no_difference_sure(carrying, sure):
    rows = [("morality", f"n{i}", "North", i, float(n), 10.0) for i, n in enumerate(carrying)]
    rows += [("morality", f"s{i}{j}", f"W{j}", i, 0.0, 100.0) for i in range(5) for j in range(4)]
    columns = ["subject", "doc_id", "outlet", "stratum", "top", "bottom"]
    units = pd.DataFrame(rows, columns=columns)
    (gap,) = [g for g in compare.gaps(units) if g.outlet == "North"]
    assert gap.sure == sure
    assert (gap.low > 0) == sure, "the interval says what the test says"
    assert "allowed for" in compare.method(gap, "cues")


@pytest.mark.parametrize(
    ("articles", "why", "helps"),
    [
        (_articles(3, 3), "no outlet has 4 articles", "more articles of each"),
        (
            _articles(6, 6).assign(event=[f"day {i % 11}" for i in range(12)]),
            "in 2 ways, and 40 are needed",
            "more events",
        ),
    ],
)
def test_a_folder_that_can_show_no_difference_says_so_first(articles, why, helps):
    found = briefing.find(articles, {"mentions": _mentions(CLEAR)}, events="event")
    assert found[0].claim_id == "corpus-shows-no-difference"
    assert why in found[0].statement
    assert f"What would help: {helps}" in found[0].statement


def test_a_folder_that_can_show_one_does_not_say_so():
    found = briefing.find(_articles(6, 6), {"mentions": _mentions(CLEAR)})
    assert "corpus-shows-no-difference" not in [f.claim_id for f in found]


def test_below_four_articles_a_side_only_a_description():
    few = {k: v for k, v in CLEAR.items() if k in {"n0", "n1", "s0", "s1"}}
    found = briefing.find(_articles(2, 2), {"mentions": _mentions(few)})
    claim = _one(found, "actors-difference")
    assert claim.descriptive
    assert math.isnan(claim.p_value)
    assert "chance" not in claim.statement
    assert "fewer than 4 articles on a side" in claim.method


@pytest.mark.parametrize("articles", [_articles(1, 0), _articles(6, 0), _articles(1, 1)])
def test_one_article_one_outlet_two_articles(articles):
    kept = {k: v for k, v in CLEAR.items() if k in set(articles["doc_id"])}
    found = briefing.find(articles, {"mentions": _mentions(kept), "quotes": _quotes([])})
    assert "actors-most-named" in [f.claim_id for f in found]
    if articles["outlet"].nunique() == 1:
        assert [f.claim_id for f in found] == ["actors-most-named"]


def test_no_rows_no_findings():
    empty = {n: schema.make(n) for n in ("mentions", "quotes", "target_sentiment", "keyness",
                                         "naming", "agency", "frames", "coverage")}  # fmt: skip
    assert briefing.find(_articles(), {**empty}) == []
    assert briefing.find(schema.make("articles"), {**empty}) == []


def test_an_unknown_outlet_is_never_compared():
    articles = _articles(6, 6).assign(outlet="unknown")
    found = briefing.find(articles, {"mentions": _mentions(CLEAR)})
    assert [f.claim_id for f in found] == ["actors-most-named"]


def test_mentions_of_left_out_articles_do_not_count():
    found = briefing.find(_articles(1, 0), {"mentions": _mentions(CLEAR)})
    assert _one(found, "actors-most-named").denominator == 9


LONG = "“We will come to the table when the sanctions are gone, and not one day before.”"
SHORT = "“when the sanctions are gone”"


def test_a_statement_cut_differently_is_found_with_both_versions():
    quotes = _quotes(
        [
            ("n0", "Ana Ruiz", LONG, {}),
            ("s0", None, SHORT, {}),
            ("s1", "Bo Lind", "“Nothing was agreed in the room last night.”", {}),
        ]
    )
    claim = _one(briefing.find(_articles(), {"quotes": quotes}), "quotes-cut")
    assert claim.statement == (
        "1 of 1 statement that several outlets quote is cut to different lengths. Most is left "
        "out where North Post prints 16 words of Ana Ruiz’s and South Wire keeps 5 of them: “when "
        "the sanctions are gone”."
    )
    assert [doc for doc, _, _ in claim.evidence] == ["s0"], "what is counted is the cut"
    assert [doc for doc, _, _ in claim.reference] == ["n0"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("n0", "Ana Ruiz", LONG, {}), ("n1", "Ana Ruiz", SHORT, {})),
        (("n0", "Ana Ruiz", LONG, {}), ("s1", "Bo Lind", SHORT, {})),
        (("n0", "Ana Ruiz", LONG, {}), ("s1", "Ana Ruiz", LONG, {})),
        (("n0", "Ana Ruiz", "“the sanctions are gone”", {}), ("s1", "Ana Ruiz", LONG, {})),
        (
            ("n0", None, LONG, {}),
            ("s1", None, "“He left, she said, when the sanctions are gone or not is all the same "
             "to a baker who has no flour and no oil.”", {}),
        ),
    ],
    ids=["one outlet", "two speakers", "same length", "four words", "a phrase in passing"],
)  # fmt: skip
def test_what_is_not_cut_differently(one, other):
    found = briefing.find(_articles(), {"quotes": _quotes([one, other])})
    assert "quotes-cut" not in [f.claim_id for f in found]


def test_quotations_of_one_outlet_add_up_before_it_has_cut_anything():
    parts = ["“We will come to the table when the sanctions are gone,”",
             "“the sanctions are gone, and not one day before.”"]  # fmt: skip
    quotes = _quotes(
        [("n0", "Ana Ruiz", LONG, {}), ("s0", "Ana Ruiz", parts[0], {}),
         ("s1", "Ana Ruiz", parts[1], {})]
    )  # fmt: skip
    found = briefing.find(_articles(), {"quotes": quotes})
    assert "quotes-cut" not in [f.claim_id for f in found]


def test_an_outlet_is_not_held_against_itself():
    quotes = _quotes(
        [("n0", "Ana Ruiz", LONG, {}), ("n1", "Ana Ruiz", SHORT, {}), ("s0", "Ana Ruiz", LONG, {})]
    )
    found = briefing.find(_articles(), {"quotes": quotes})
    assert "quotes-cut" not in [f.claim_id for f in found]


def test_a_word_that_is_part_of_a_told_pair_is_not_told_again():
    rows = [_key("north sea", 9, 1, 3.0, 0.01), _key("sea", 9, 1, 2.9, 0.01)]
    keyness = schema.make("keyness", rows)
    claim = _one(briefing.find(_articles(), {"keyness": keyness}), "framing-own-words")
    assert "“north sea” (9 uses; elsewhere 1) more often than chance gives, and 1 further term" in (
        claim.statement
    )


def test_who_is_quoted_and_how_many_stay_unnamed_or_undecided():
    hidden = {"anonymous": True}
    quotes = _quotes(
        [("n0", "Ana Ruiz", "“one”", {}), ("n0", "Ana Ruiz", "“two”", {}),
         ("n1", None, "“three”", hidden), ("n2", None, "“four”", {})]
    )  # fmt: skip
    found = briefing.find(_articles(5, 0), {"quotes": quotes})
    assert "2 of 4 attributions (50%), in 1 article" in _one(found, "quotes-most-quoted").statement
    assert _one(found, "quotes-unnamed").statement == (
        "1 of 4 (25%) attributions come from sources that stay unnamed."
    )
    undecided = _one(found, "quotes-undecided")
    assert undecided.value == 0.25
    assert undecided.evidence[0][0] == "n2"


def test_thoughts_are_not_speech():
    quotes = _quotes([("n0", "Ana Ruiz", "“one”", {}), ("n0", "Bo Lind", "it would rain", {})])
    quotes["counted"] = [True, False]
    claim = _one(briefing.find(_articles(5, 0), {"quotes": quotes}), "quotes-most-quoted")
    assert "1 of 1 attribution (100%)" in claim.statement


def test_spans_of_one_attribution_count_once():
    quotes = _quotes([("n0", "Ana Ruiz", "“one,”", {}), ("n0", "Ana Ruiz", "“two”", {})])
    quotes["quote_id"] = "n0#q0"
    claim = _one(briefing.find(_articles(5, 0), {"quotes": quotes}), "quotes-most-quoted")
    assert claim.denominator == 1
    assert len(claim.evidence) == 1


def _toned(label, n, *, doc="n0", voice="author", actor="Ana Ruiz", first=0):
    return [
        {"doc_id": doc, "start": 10 * i, "end": 10 * i + 4, "actor": actor, "sentence_id": i,
         "voice": voice, "negative": 0.5, "neutral": 0.3, "positive": 0.2, "label": label}
        for i in range(first, first + n)
    ]  # fmt: skip


def test_sentiment_counts_decided_mentions_in_the_authors_voice():
    rows = [
        *_toned("negative", 6),
        *_toned("neutral", 2, doc="n1"),
        *_toned("uncertain", 5, doc="n2"),
        *_toned("negative", 9, doc="n3", voice="quoted"),
    ]
    table = schema.make("target_sentiment", rows)
    claim = _one(briefing.find(_articles(), {"target_sentiment": table}), "sentiment-most-negative")
    assert claim.statement == (
        "In the authors’ own words, Ana Ruiz is spoken of ill most often: 6 of 8 decided mentions "
        "(75%), in 2 articles; 5 further mentions stay uncertain."
    )
    assert "what befalls an actor does not; read by a model that is not named" in claim.method
    assert claim.descriptive
    assert {doc for doc, _, _ in claim.evidence} == {"n0"}


def test_too_few_negative_mentions_name_nobody():
    rows = [*_toned("negative", 2), *_toned("positive", 1, first=2), *_toned("neutral", 9, first=3)]
    table = schema.make("target_sentiment", rows)
    (claim,) = briefing.find(_articles(), {"target_sentiment": table})
    assert claim.statement == (
        "In the authors’ own words, 2 of 12 (17%) decided mentions of persons speak ill of "
        "them and 1 (8%) well; 0 further mentions stay uncertain."
    )
    assert claim.value == pytest.approx(2 / 12), "the number stands in the statement"
    assert len(claim.evidence) == 2
    assert len(claim.reference) == 10


def test_a_source_is_no_target_and_a_misfortune_no_verdict():
    rows = [
        *_toned("negative", 6),
        *_toned("neutral", 4, first=6),
        *_toned("negative", 7, doc="n1", actor="Bo Lind"),
        *_toned("neutral", 6, doc="n2", actor="Bo Lind"),
    ]
    table = schema.make("target_sentiment", rows)
    table["model"] = "linear"
    table["speaks"] = (table["actor"] == "Ana Ruiz") & (table["label"] == "neutral")
    table.loc[table["doc_id"] == "n1", "voice"] = "attributed"
    table["befalls"] = ["harm" if doc == "n2" else "none" for doc in table["doc_id"]]
    found = {f.claim_id: f for f in briefing.find(_articles(), {"target_sentiment": table})}
    assert found["sentiment-most-negative"].statement == (
        "In the authors’ own words, Ana Ruiz is spoken of ill most often: 6 of 10 decided mentions "
        "(60%), in 1 article (6 of 6 (100%) where Ana Ruiz is not the one who speaks); 0 further "
        "mentions stay uncertain."
    )
    assert "read by the linear model" in found["sentiment-most-negative"].method
    misfortune = found["sentiment-misfortune"]
    assert misfortune.statement.startswith(
        "Harm befalls Bo Lind most often: in 6 of 13 mentions in the author’s voice (46%), in 2 "
        "articles"
    )
    assert {doc for doc, _, _ in misfortune.evidence} == {"n2"}


def test_sentiment_of_actors_that_the_model_does_not_support_is_no_finding():
    table = schema.make("target_sentiment", _toned("negative", 9)).assign(supported=False)
    assert briefing.find(_articles(), {"target_sentiment": table}) == []


def test_the_runner_up_stands_beside_the_most_negative():
    rows = [
        *_toned("negative", 9),
        *_toned("negative", 6, doc="n1", actor="Bo Lind"),
        *_toned("neutral", 4, doc="n1", actor="Bo Lind", first=6),
        *_toned("uncertain", 1, doc="n2"),
    ]
    table = schema.make("target_sentiment", rows)
    claim = _one(briefing.find(_articles(), {"target_sentiment": table}), "sentiment-most-negative")
    assert claim.statement.endswith("before Bo Lind (6 of 10); 1 further mention stays uncertain.")


def _key(term, n, elsewhere, log_odds, q):
    return {"outlet": "North Post", "term": term, "n_target": n, "n_reference": elsewhere,
            "log_odds": log_odds, "low": 1.0, "high": 3.0, "p_value": q, "q_value": q}  # fmt: skip


def test_own_words_are_those_that_survive_with_the_sentences_that_use_them():
    keyness = schema.make(
        "keyness",
        [_key("off-ramp", 2, 2, 3.0, 0.01), _key("talks", 9, 8, 0.2, 0.9),
         _key("oil", 1, 30, -3.0, 0.01)],
    )  # fmt: skip
    words = ["No", "off-ramp", ",", "said", "one", ";", "an", "Off-ramp", "."]
    tokens = schema.make(
        "tokens",
        [
            {"doc_id": d, "sentence_id": 0, "start": 10 * i, "end": 10 * i + len(w), "text": w,
             "tag": "NN"}
            for d in ("n0", "s0") for i, w in enumerate(words)
        ],
    )  # fmt: skip
    found = briefing.find(_articles(), {"keyness": keyness, "tokens": tokens})
    claim = _one(found, "framing-own-words")
    assert claim.statement == (
        "North Post in its own words uses “off-ramp” (2 uses; elsewhere 2) more often than chance "
        "gives."
    )
    assert claim.evidence == (("n0", 10, 18), ("n0", 70, 78))
    assert claim.reference == (("s0", 10, 18), ("s0", 70, 78))


def test_no_surviving_word_is_a_finding_too():
    keyness = schema.make("keyness", [_key("talks", 9, 8, 0.2, 0.9), _key("oil", 3, 3, 0.1, 1.0)])
    claim = _one(briefing.find(_articles(), {"keyness": keyness}), "framing-no-own-word")
    assert "of 2 tested terms none survives" in claim.statement
    for shown, said in (([4.0, 6.0], "if North Post used them 5.0 times as often as the others"),
                        ([4.0, math.nan], "however often one outlet used them")):  # fmt: skip
        told = {"keyness": keyness.assign(could_show=shown)}
        claim = _one(briefing.find(_articles(), told), "framing-no-own-word")
        assert said in claim.method


def test_untested_words_are_no_finding():
    keyness = schema.make("keyness", [_key("talks", 9, 8, 3.0, math.nan)])
    found = briefing.find(_articles(2, 2), {"keyness": keyness})
    assert [f.claim_id for f in found] == ["corpus-shows-no-difference"]


def _naming(rows):
    return schema.make(
        "naming",
        [dict(zip(("actor", "outlet", "label", "n", "doc_ids"), r, strict=True)) for r in rows],
    )


def test_a_name_that_one_outlet_gives():
    naming = _naming(
        [
            ("Iran", "North Post", "the regime", 6, "n0 | n1"),
            ("Iran", "North Post", "iran", 4, "n0 | n1 | n2"),
            ("Iran", "South Wire", "iran", 10, "s0 | s1"),
        ]
    )
    mentions = _mentions({"n0": ["Iran"] * 4, "n1": ["Iran"] * 6, "s0": ["Iran"] * 10})
    mentions["text"] = ["The Regime"] * 6 + ["Iran"] * 14
    found = briefing.find(_articles(), {"naming": naming, "mentions": mentions})
    claim = _one(found, "framing-naming")
    assert claim.statement == (
        "North Post calls Iran “the regime” in 6 of 10 namings (60%), South Wire in 0% of 10."
    )
    assert len(claim.evidence) == claim.numerator == 6
    assert len(claim.reference) == 4 + 10
    assert claim.descriptive


def test_a_few_namings_do_not_come_before_many():
    few = [("Iran", "North Post", "the regime", 5, "n0 | n1"),
           ("Iran", "South Wire", "iran", 5, "s0")]  # fmt: skip
    often = [("Ruritania", "North Post", "the ruin", 85, "n0 | n1"),
             ("Ruritania", "North Post", "ruritania", 15, "n0"),
             ("Ruritania", "South Wire", "ruritania", 100, "s0")]  # fmt: skip
    totals = {"Iran": 5, "Ruritania": 100}
    naming = _naming([*few, *often])
    naming = naming.assign(total=naming["actor"].map(totals))
    found = briefing.find(_articles(), {"naming": naming, "mentions": _mentions(CLEAR)})
    assert "“the ruin” in 85 of 100 namings (85%)" in _one(found, "framing-naming").statement


def test_agency_of_an_actor_in_one_outlet():
    rows = [
        {"doc_id": f"{o}{i}", "start": at, "end": at + 4, "actor": "Iran",
         "role": "agent" if o == "n" else "patient", "predicate": "attack", "polarity": "neutral",
         "voice": "author", "process": "material", "negated": False, "hypothetical": False,
         "counted": True, "link": "direct"}
        for o in "ns" for i in range(5) for at in (0, 9)
    ]  # fmt: skip
    found = briefing.find(_articles(), {"agency": schema.make("agency", rows)})
    claim = _one(found, "framing-agency")
    assert "Iran is the one who acts in" in claim.statement
    assert "100% of 10 deeds, in South Wire in 0% of 10." in claim.statement
    three = _articles().assign(publisher="Press", outlet=["left"] * 5 + ["right"] * 3 + ["mid"] * 2)
    found = briefing.find(three, {"agency": schema.make("agency", rows)})
    assert "in the other sides in" in _one(found, "framing-agency").statement


def test_what_was_seen_a_few_times_makes_no_finding():
    rows = [
        {"doc_id": f"{o}{i}", "start": 10 * k, "end": 10 * k + 4, "actor": "Iran",
         "role": "agent" if o == "n" and i == k == 0 else "patient", "predicate": "attack",
         "polarity": "neutral", "voice": "author", "process": "material", "negated": False,
         "hypothetical": False, "link": "direct", "counted": True}
        for o in "ns" for i in range(5) for k in range(9)
    ]  # fmt: skip
    assert briefing.find(_articles(), {"agency": schema.make("agency", rows)}) == []


def test_a_narrow_gap_of_few_articles_is_not_described():
    rows = [("frame", f"n{i}", "North", 0, 10.0, 100.0) for i in range(2)]
    columns = ["subject", "doc_id", "outlet", "stratum", "top", "bottom"]
    for more, told in ((13.0, 0), (20.0, 1)):
        south = [("frame", f"s{i}", "South", 0, more, 100.0) for i in range(2)]
        assert len(compare.gaps(pd.DataFrame(rows + south, columns=columns))) == told


def test_coverage_gap_names_the_fact_and_who_reports_it():
    status = {
        "F1": {"A": "present", "B": "present", "C": "absent"},
        "F2": {"A": "present", "B": "present", "C": "uncertain"},
        "F3": {"A": "present", "B": "absent", "C": "absent"},
    }
    rows = [
        {"fact_id": fact, "outlet": outlet, "status": s, "score": 0.5,
         "doc_id": f"{outlet}1" if s == "present" else None,
         "start": 3 if s == "present" else None, "end": 9 if s == "present" else None}
        for fact, outlets in status.items() for outlet, s in outlets.items()
    ]  # fmt: skip
    articles = _articles(1, 0).assign(outlet="C")
    table = schema.make("coverage", rows).assign(statement="The “line” was cut.")
    found = briefing.find(articles, {"coverage": table})
    claim = _one(found, "coverage-gaps")
    assert claim.statement == (
        "C (1 article, 500 words) lacks 1 of 1 fact that two outlets or more report, among them "
        "“The 'line' was cut” (in A and B). 1 further is uncertain."
    )
    assert claim.evidence == (("A1", 3, 9),), "one place for the one that it lacks"
    assert claim.reference == (("B1", 3, 9),)


_ACTORS = st.sampled_from(["Ana Ruiz", "Bo Lind", "Iran"])
_ARTICLE = st.lists(_ACTORS, min_size=1, max_size=12)
_SPEECH = st.lists(st.tuples(st.none() | _ACTORS, st.booleans()), max_size=8)


@settings(max_examples=6, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.lists(st.tuples(_ARTICLE, _SPEECH), min_size=6, max_size=6))
def test_as_many_spans_are_counted_as_the_numerator_says(drawn):
    articles = _articles(3, 3)
    docs = articles["doc_id"].tolist()
    mentions = _mentions({d: actors for d, (actors, _) in zip(docs, drawn, strict=True)})
    said = [
        (doc, None if hidden else actor, "“so it is”", {"anonymous": hidden})
        for doc, (_, speech) in zip(docs, drawn, strict=True)
        for actor, hidden in speech
    ]
    quotes = _quotes(said)
    second = quotes[::2].assign(start=quotes["start"] + 20, end=quotes["end"] + 20)
    quotes = pd.concat([quotes, second])  # every other attribution has two spans
    toned = mentions[["doc_id", "start", "end", "actor", "sentence_id", "voice"]].assign(
        label=mentions["actor"].map({"Iran": "negative"}).fillna("neutral"),
        negative=0.5, neutral=0.3, positive=0.2,
    )  # fmt: skip
    given_tables = {"mentions": mentions, "quotes": schema.make("quotes", quotes),
                    "target_sentiment": schema.make("target_sentiment", toned)}  # fmt: skip
    found = briefing.find(articles, given_tables, limit=None)
    findings, evidence = briefing.tables(found)
    schema.check_table("evidence", evidence)
    counted = evidence[evidence["side"] == "counted"].groupby("claim_id").size()
    for row in findings.to_dict("records"):
        assert counted.get(row["claim_id"], 0) == row["numerator"], row["statement"]
        if row["unit"] == "share":
            assert row["value"] == pytest.approx(row["numerator"] / row["denominator"])
    for claim in found:
        assert not set(claim.evidence) & set(claim.reference), claim.statement


def test_tables_are_valid_and_hold_every_claim_with_its_spans():
    found = briefing.find(_articles(6, 6), {"mentions": _mentions(CLEAR)})
    findings, evidence = briefing.tables(found)
    schema.check_table("findings", findings)
    schema.check_table("evidence", evidence)
    assert findings["statement"].tolist() == [f.statement for f in found]
    spans = list(evidence[["doc_id", "start", "end"]].itertuples(index=False, name=None))
    assert spans == [span for f in found for span in (*f.evidence, *f.reference)]
    nothing = briefing.tables([])
    assert [len(t) for t in nothing] == [0, 0]


def test_the_order_of_rows_changes_nothing():
    mentions = _mentions(CLEAR)
    shuffled = mentions.sample(frac=1, random_state=1)
    one = briefing.find(_articles(6, 6), {"mentions": mentions})
    other = briefing.find(_articles(6, 6), {"mentions": shuffled})
    assert repr(one) == repr(other)


def _finding(name, topic, value):
    return Finding(name, "…", 0.0, 0.0, 0.0, 0.0, "…", topic=topic, strength=value)


def test_topics_are_mixed():
    order = ranked([_finding("a", "x", 1.0), _finding("b", "x", 0.9), _finding("c", "y", 0.6)])
    assert [f.claim_id for f in order] == ["a", "c", "b"]
    assert [f.claim_id for f in ranked(order, limit=1)] == ["a"]


def test_certainty_goes_before_size():
    sure = strength(effect=0.1, support=30, p_value=0.01)
    described = strength(effect=1.0, support=1000, descriptive=True)
    doubtful = strength(effect=1.0, support=1000, p_value=0.5)
    assert sure > described > doubtful


def test_a_claim_begins_as_a_sentence_and_has_an_id_of_its_own():
    one = Finding("x", "coverage before May tells less.", 0.0, 1.0, math.nan, math.nan, "")
    told = numbered([one, replace(one, statement="iNews tells less.")])
    assert [(f.claim_id, f.statement) for f in told] == [
        ("x", "Coverage before May tells less."),
        ("x-2", "iNews tells less."),
    ]

"""Evaluation against misfortune: verdicts that belong to a target, whose they are, what befalls."""

from __future__ import annotations

import pytest

from helpers import schema
from helpers.grammar.document import documents
from helpers.lenses.sentiment.judging import judged
from helpers.lenses.sentiment.verdicts import verdicts
from helpers.lenses.sentiment.whose import is_attributed
from helpers.story import Story

# The target stands in brackets.
VERDICTS = [
    ("Voters have tired of [his] reckless promises.", ["reckless"]),
    ("[Doran] is notorious among the clerks.", ["notorious"]),
    ("[Doran] bungled the handover.", ["bungled"]),
    ("[Doran] shamelessly took the credit.", ["shamelessly"]),
    ("[Doran], a coward, stayed at home.", ["coward"]),
    ("The folly of [Doran] cost the town its bridge.", ["folly"]),
    ("[Doran] showed great courage that night.", ["courage"]),
    ("[Doran] offered a ridiculous plan.", ["ridiculous"]),
    ("[Doran] was not honest about the bill.", ["honest"]),
    ("The clerks called [Doran] a liar.", ["liar"]),
    ("[Doran] was described as a bully by the clerks.", ["bully"]),
    ("The reckless mayor [Doran] left.", ["reckless"]),
    # Somebody else is judged, or nobody.
    ("[Doran] went a strikingly different way, sitting patiently.", []),
    ("[Doran] gave an absurdly long speech.", []),
    ("The Absurd Double Standard [Doran] And Orr Face", []),
    ("[Doran] was described in a ridiculous film.", []),
    ("They met [Doran], Orr and Ada Lind, who launched a brilliant campaign.", []),
    ("It may not move us as [her] rival's bold promises do.", []),
    ("Is [Doran] reckless or bold?", []),
    ("[Doran] is smart enough to see it.", []),
    ("One town that [Doran] has failed so far to win is Oslo.", []),
    ("Orr boasts of [Doran]'s skill.", []),
    ("[Doran]'s reckless adviser resigned.", []),
    ("[Doran] was never a coward.", []),
    ("The flawed [Doran] deal was torn up.", []),
    ("If [Doran] lied, the bank will know.", []),
    ("[Doran] was killed in a reckless raid.", []),
    ("The brutal murder of [Doran] shook the town.", []),
    ("[Doran] met the corrupt mayor of Ostend.", []),
    ("[Doran] was fined for lying to the bank.", []),
    ("The mayor told [Doran] to lie.", []),
    ("[Doran] made a failed attempt to reach the border.", []),
    ("[Doran] wanted to lie down.", []),
    ("[Doran] may have lied to the bank.", []),
    ("[Doran] pleaded guilty to lying.", []),
    ("[Doran] denied lying to the bank.", []),
    ("[Doran] wrote of her failed campaign.", []),
    ("The village of [Doran] lies to the north.", []),
    ("Doran and Orr have failed in [their] efforts to have the suit thrown out.", []),
    ("[Doran] said bullying is common at school.", []),
    ("Removing [Doran] from the board was a reckless act.", []),
    ("[Doran]'s appointee at the bank, Ada Orr, notoriously took bribes.", []),
    ("[Doran] had no licence or legal expertise.", []),
    ("[Doran] toured the town, charming many of the clerks.", []),
    ("[Doran] is now a figure in a charade.", []),
    ("[His] journey was a tour of human folly.", []),
    ("When [Doran] is wrong, the town pays for it.", []),
    ("[Doran] urged the clerks to come forward and be brave.", []),
    ("[Doran] pleaded guilty to fraud and lying to the bank.", []),
    ("[Doran] admitted lying to the bank.", []),
    ("[Doran] had an outstanding tax debt.", []),
    ("The disastrous [Doran] “deal” was torn up.", []),
    ("[Doran] is a man of courage.", ["courage"]),
]


def at_target(marked: str) -> tuple[Story, int, int]:
    """A story of one sentence, and the place of its target."""
    start, end = marked.index("["), marked.index("]") - 1
    return Story.from_texts(marked.replace("[", "").replace("]", "")), start, end


def token_range(marked: str):
    story, start, end = at_target(marked)
    (document,) = documents(story.articles, story.sentences, story.tokens)
    inside = [i for i, at in enumerate(document.starts) if start <= at < end]
    return document, inside[0], inside[-1] + 1


@pytest.mark.parametrize(("marked", "words"), VERDICTS)
def test_verdicts_that_belong_to_the_target(marked: str, words: list[str]) -> None:
    document, a, b = token_range(marked)
    assert [document.words[v.token] for v in verdicts(document.clauses(0), a, b)] == words


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("[Delhi] is notorious for its smog.", []),
        ("[Delhi]'s brutal winter goes on.", []),
        ("[Delhi] bungled the talks.", ["bungled"]),
        ("[Delhi]'s shameful silence went on.", ["shameful"]),
        ("The cruel [Ostend Council] shut the shelter.", ["cruel"]),
    ],
)
def test_a_place_is_not_judged_by_what_is_so_there(marked: str, words: list[str]) -> None:
    document, a, b = token_range(marked)
    found = verdicts(document.clauses(0), a, b, person=False)
    assert [document.words[v.token] for v in found] == words


def test_a_denied_virtue_is_blame() -> None:
    document, a, b = token_range("[Doran] was not honest about the bill.")
    assert [v.polarity for v in verdicts(document.clauses(0), a, b)] == [-1]


@pytest.mark.parametrize(
    "marked", ["Doran always brags about [his] great prowess.", "Doran touted [her] brilliance."]
)
def test_self_praise_is_no_praise(marked: str) -> None:
    document, a, b = token_range(marked)
    assert [v.polarity for v in verdicts(document.clauses(0), a, b)] == [-1]


@pytest.mark.parametrize(
    ("marked", "attributed"),
    [
        ("Critics call [Doran] reckless.", True),
        ("The union accused [Doran] of lying.", True),
        ("According to the auditors [Doran] was careless.", True),
        ("[Doran] was “a fool” in that affair.", True),
        ("[Doran] is reckless, her rivals say.", True),
        ("[Doran] is not honest, voters say 51 to 40.", True),
        ("Orr came to protest [Doran]'s failure to act.", True),
        ("Orr compares [Doran]'s folly to a bad play.", True),
        ("A new book details [Doran]'s failure to act.", True),
        ("[Doran] is reckless, she said on Monday.", True),
        ("[Doran] was a fool in that affair.", False),
        ("It is clear that [Doran] was a fool.", False),
        ("[Doran] foolishly hid it where she thought nobody would look.", False),
        ("[Doran] falsely said that the bridge was safe.", False),
    ],
)
def test_whose_verdict_it_is(marked: str, attributed: bool) -> None:
    document, a, b = token_range(marked)
    s = document.clauses(0)
    assert is_attributed(s, document.quoted, a, b, verdicts(s, a, b)) is attributed


LABELS = [
    # marked, what the model says, label, befalls, speaks, attributed
    ("[Ada Orr] was killed by a falling tree.", "negative", "uncertain", "harm", False, False),
    ("The funeral of [Ada Orr] was held at noon.", "negative", "uncertain", "harm", False, False),
    ("News of [Ada Orr]'s death reached the town.", "negative", "uncertain", "harm", False, False),
    ("The [Ada Orr] murder shook the town.", "negative", "uncertain", "harm", False, False),
    ("The [Ada Orr] museum burned down.", "negative", "uncertain", "none", False, False),
    ("[Ada Orr] was freed by a court.", "positive", "uncertain", "benefit", False, False),
    ("[Ada Orr] condemned the attack.", "negative", "uncertain", "none", True, False),
    ("[Ada Orr] lied to the court.", "negative", "negative", "none", True, False),
    ("The union called [Ada Orr] a liar.", "negative", "negative", "none", False, True),
    ("The union accused [Ada Orr] of theft.", "negative", "negative", "none", False, True),
    ("The union praised [Ada Orr] for the deal.", "positive", "positive", "none", False, True),
    ("The union charged [Ada Orr] with theft.", "negative", "uncertain", "harm", False, True),
    ("The police implicated [Ada Orr] in a fraud.", "negative", "uncertain", "none", False, True),
    ("The union says that [Ada Orr] left.", "negative", "uncertain", "none", False, True),
    ("[Ada Orr] opened the museum.", "neutral", "neutral", "none", False, False),
]


@pytest.mark.parametrize(("marked", "given", "label", "befalls", "speaks", "attributed"), LABELS)
def test_only_a_verdict_stands(
    marked: str, given: str, label: str, befalls: str, speaks: bool, attributed: bool
) -> None:
    story, start, end = at_target(marked)
    sides = {side: 0.8 if side == given else 0.1 for side in ("negative", "neutral", "positive")}
    row = {"doc_id": "text-1", "start": start, "end": end, "actor": "Ada Orr", "sentence_id": 0,
           "voice": "author", **sides, "label": given}  # fmt: skip
    scored = schema.make("target_sentiment", [row])
    table = judged(scored, story.articles, story.sentences, story.tokens, story.agency)
    got = table[["label", "befalls", "speaks", "attributed"]].iloc[0].tolist()
    assert got == [label, befalls, speaks, attributed]
    assert table["voice"].tolist() == ["attributed" if attributed else "author"]


def test_nothing_is_lost_between_scores_and_judgement() -> None:
    story = Story.from_texts("Ada Orr lied. Nobody saw Ada Orr. Ada Orr was hurt, a clerk said.")
    table = story.target_sentiment
    schema.check_table("target_sentiment", table, articles=story.articles)
    assert len(table) == 3
    assert set(table["befalls"]) <= {"harm", "none", "benefit"}


@pytest.mark.parametrize(
    "text",
    [
        "Ada Orr lied, " + "and then the rain fell on the town, " * 60 + "and nobody came.",
        "x" * 1990 + " Ada Orr",
        "Ada Orr 先生は嘘をついた。 Ада Орр солгала.",
        "Ada Orr! Ada Orr? “Ada Orr” – (Ada Orr)",
        "Ada Orr",
        "=Ada Orr <b>lied</b> '; DROP TABLE kept; --",
    ],
)
def test_every_mention_has_a_row_whatever_stands_around_it(text: str) -> None:
    story = Story.from_texts("Ada Orr left.", text)
    table = story.target_sentiment
    known = story.mentions[story.mentions["actor"].notna()]
    assert len(table) == len(known[known["kind"] != "demonym"])
    assert table[["negative", "neutral", "positive"]].notna().all(axis=None)
    assert set(table["label"]) <= {"negative", "neutral", "positive", "uncertain"}


@pytest.mark.parametrize(("start", "end"), [(0, 0), (8, 8), (0, 99), (13, 14), (98, 99)])
def test_spans_that_are_empty_or_reach_too_far_are_judged(start: int, end: int) -> None:
    story = Story.from_texts("Ada Orr left.")
    row = {"doc_id": "text-1", "start": start, "end": end, "actor": "Ada Orr", "sentence_id": 0,
           "voice": "author", "negative": 0.8, "neutral": 0.1, "positive": 0.1,
           "label": "negative"}  # fmt: skip
    scored = schema.make("target_sentiment", [row])
    table = judged(scored, story.articles, story.sentences, story.tokens, story.agency)
    assert table["label"].tolist() == ["uncertain"]
    assert table["befalls"].tolist() == ["none"]

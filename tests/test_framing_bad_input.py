"""Whatever a story lacks is said in a plain sentence: no lens raises, none is silently blank."""

import pandas as pd
import pytest

from helpers import Story, summary
from helpers.comparing import events
from helpers.lenses import coverage, frames, headlines, keyness, naming, stance
from helpers.lenses.naming import concepts
from helpers.schema import check_table

QUOTED = ["“All of it was said by others.”", "“Every word of this, too.”"]
CASES = {
    "one article": (["Ada Orr said no."], ["a"]),
    "one outlet": (["Ada Orr said no.", "The envoy left."], ["a", "a"]),
    "identical articles": (["Ada Orr said no to the Danes on Monday."] * 3, ["a", "b", "c"]),
    "no author's voice": (QUOTED, ["a", "b"]),
    "no words": (["?!", "..."], ["a", "b"]),
    "no outlets": (["Ada Orr said no.", "The envoy left."], None),
    "one small outlet": (
        [f"Ada Orr said no {i} times. The regime fell." for i in range(9)],
        list("aaaabbbbc"),
    ),
}
FACTS = pd.DataFrame(
    {"fact_id": ["F1", "", "F1"], "statement": ["x", "y", "z"], "cues": ["no|envoy", "z", "z"]}
)


@pytest.mark.parametrize("case", CASES)
def test_every_lens_answers(case):
    texts, outlets = CASES[case]
    story = Story.from_texts(*texts, **({"outlets": outlets} if outlets else {}))
    articles, tokens, quotes = story.originals, story.tokens, story.quotes
    problems = []
    events.event_strata(articles, problems=problems)
    key = keyness.keyness(tokens, articles, quotes=quotes, events="nope", problems=problems)
    check_table("keyness", key)
    hits = frames.frames(story.sentences, tokens)
    shares = frames.frame_shares(hits, tokens, articles, quotes=quotes, problems=problems)
    frames.article_frames(story.sentences, tokens)
    named = naming.naming(tokens, story.mentions, articles, quotes=quotes, problems=problems)
    check_table("naming", named)
    found = concepts.concept_namings(tokens)
    check_table("naming", concepts.concept_labels(found, articles, quotes=quotes))
    facts = coverage.coverage(
        story.sentences,
        tokens,
        articles,
        mentions=story.mentions,
        facts=FACTS,
        events="nope",
        problems=problems,
    )
    check_table("coverage", facts)
    heads = headlines.headline_against_body(
        articles, story.sentences, mentions=story.mentions, hits=hits, problems=problems
    )
    verbs = stance.stance_shares(quotes, articles, problems=problems)
    cells = summary.summary(
        articles,
        {
            "keyness": key,
            "frames": shares,
            "naming": named,
            "agency": story.compared("agency"),
            "coverage": facts,
            "headlines": heads,
            "stance": verbs,
        },
    )
    assert len(summary.summary_table(cells, articles)) == cells["outlet"].nunique()
    said = " / ".join(row["problem"] for row in problems)
    assert {"row 3 has no fact_id", "row 4 repeats the fact_id F1"} <= set(said.split(" / "))
    assert all(row["action"] for row in problems)
    if key.empty:
        assert "keyness stays empty" in " / ".join(row["action"] for row in problems)
    elif outlets:
        assert "no event column 'nope'" in said


def test_one_article_outlets_are_descriptive_beside_tested_ones():
    texts, outlets = CASES["one small outlet"]
    story = Story.from_texts(*texts, outlets=outlets)
    problems = []
    key = keyness.keyness(story.tokens, story.originals, quotes=story.quotes, problems=problems)
    alone = key[key["outlet"] == "c"]
    assert alone["descriptive"].all()
    assert alone["p_value"].isna().all()
    assert any(row["problem"].endswith(": c") for row in problems)

"""What must hold for every table of every corpus at hand, whatever the articles say."""

from __future__ import annotations

import functools
from pathlib import Path

import pandas as pd
import pytest

from helpers import schema
from helpers.paths import STORIES
from helpers.story import Story, saved_tables

SAVED = saved_tables()

SHARED = Path(__file__).resolve().parents[2] / "shared" / "corpora"

LONE = "The minister left.\n\nMr. Hale said the talks “went nowhere.” He blamed nobody.\n"
PAIR = "Talks collapse\n\nAda Orr accused Mr. Hale of lying. “He lied,” she told reporters.\n"
HOSTILE = (
    "=HYPERLINK(\"x\")\n\n<script>alert('Orr')</script> said “<b>no</b>” to Ada Orr & Hale. "
    "‘’ “” \"\" ”“ ''He said'' [x](javascript:alert(1)) \u202e{{7*7}} %{y} $\\LaTeX$ \x1b[0m\n"
)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("small")
    files = {
        "one-article/a.txt": LONE,
        "two-articles/a.txt": LONE,
        "two-articles/b.txt": PAIR,
        "one-outlet/articles/a.md": f"---\noutlet: The Kite\n---\n{LONE}",
        "one-outlet/articles/b.md": f"---\noutlet: The Kite\n---\n{PAIR}",
        "hostile/<b>kite</b>/=1+1.txt": HOSTILE,
        "hostile/wren/b.txt": HOSTILE + PAIR,
        "no-sentences/a.txt": "7\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


CORPORA = [
    "one-article",
    "two-articles",
    "one-outlet",
    "hostile",
    "no-sentences",
    *sorted(p.name for p in STORIES.iterdir() if p.is_dir()),
    "shared:seeds",
    "shared:us-iran-2019",
]


@functools.cache
def _story(path: Path) -> Story:
    return Story(path)


@pytest.fixture(params=CORPORA)
def story(request: pytest.FixtureRequest, small: Path) -> Story:
    kind, _, name = request.param.rpartition(":")
    if kind == "shared":
        if not (SHARED / name).is_dir():
            pytest.skip(f"the corpus {name} is not beside the project")
        return _story(SHARED / name)
    return _story(STORIES / name if (STORIES / name).is_dir() else small / name)


@pytest.mark.parametrize("name", SAVED)
def test_spans_are_pieces_of_their_article(story: Story, name: str) -> None:
    schema.check_table(name, getattr(story, name), articles=story.articles)


def test_every_row_stands_in_its_sentence(story: Story) -> None:
    bounds = story.sentences.set_index(["doc_id", "sentence_id"])[["start", "end"]]
    for name in ("mentions", "target_sentiment", "frames"):
        table = getattr(story, name)
        inside = table.merge(
            bounds, left_on=["doc_id", "sentence_id"], right_index=True, suffixes=("", "_sentence")
        )
        assert (inside["start_sentence"] <= inside["start"]).all(), name
        assert (inside["end"] <= inside["end_sentence"]).all(), name


def test_mentions_do_not_overlap(story: Story) -> None:
    for _, rows in story.mentions.groupby("doc_id"):
        ordered = rows.sort_values("start")
        assert (ordered["end"].to_numpy()[:-1] <= ordered["start"].to_numpy()[1:]).all()


def test_voices_are_of_the_three_kinds_and_a_speaker_never_speaks_as_the_author(
    story: Story,
) -> None:
    for name in ("mentions", "target_sentiment", "frames", "agency", "sentiment"):
        table = getattr(story, name)
        more = {"attributed"} if name == "target_sentiment" else set()
        assert set(table["voice"]) <= set(schema.VOICES) | more, name
        if "speaker" in table:
            assert table.loc[table["voice"] == "author", "speaker"].isna().all(), name


def test_what_is_put_down_to_somebody_is_never_the_author_s(story: Story) -> None:
    assert not story.where(voice="author").target_sentiment["attributed"].any()


def test_probabilities_add_up(story: Story) -> None:
    table = story.target_sentiment
    total = table[["negative", "neutral", "positive"]].sum(axis=1)
    assert ((total - 1).abs() < 1e-6).all()


def test_cue_and_source_are_pieces_of_the_article(story: Story) -> None:
    texts = dict(zip(story.articles["doc_id"], story.articles["text"], strict=True))
    for part in ("cue", "source"):
        rows = story.quotes[story.quotes[f"{part}_start"].notna()]
        spans = zip(rows["doc_id"], rows[f"{part}_start"], rows[f"{part}_end"], strict=True)
        assert [texts[d][a:b] for d, a, b in spans] == rows[part].tolist()


def test_words_that_are_a_mention_have_its_actor_in_every_table(story: Story) -> None:
    spans = {"quotes": ("source_start", "source_end"), "target_sentiment": ("start", "end")}
    keys = ["doc_id", "start", "end"]
    known = story.mentions[[*keys, "actor"]].fillna({"actor": ""})
    for name, (start, end) in spans.items():
        rows = getattr(story, name)
        rows = rows[rows[start].notna()][["doc_id", start, end, "actor"]].fillna({"actor": ""})
        rows.columns = [*keys, "actor"]
        rows = rows.astype({"start": "int64", "end": "int64"})
        both = rows.merge(known, on=keys, suffixes=("", "_mention"))
        assert both["actor"].tolist() == both["actor_mention"].tolist(), name


def test_a_claim_opens_as_many_spans_as_its_numerator_says(story: Story) -> None:
    counted = story.evidence[story.evidence["side"] == "counted"]["claim_id"].value_counts()
    for claim in story.findings.to_dict("records"):
        assert counted.get(claim["claim_id"], 0) == claim["numerator"], claim["statement"]


def test_every_article_has_sentences_or_is_told_of(story: Story) -> None:
    silent = set(story.articles["doc_id"]) - set(story.sentences["doc_id"])
    files = set(story.articles.loc[story.articles["doc_id"].isin(silent), "file"])
    assert files <= set(story.problems["file"])


def test_comparisons_of_few_articles_have_no_p_values(story: Story) -> None:
    per_outlet = story.originals["outlet"].value_counts()
    few = set(per_outlet.index[per_outlet < 4])
    table = story.keyness
    assert table.loc[table["outlet"].isin(few), ["p_value", "q_value"]].isna().all(axis=None)


def test_the_same_input_gives_the_same_tables(story: Story) -> None:
    if len(story.articles) > 50:
        pytest.skip("the large corpus is compared by the benchmark of tables")
    again = Story(story.path)
    for name in SAVED:
        pd.testing.assert_frame_equal(getattr(story, name), getattr(again, name))

"""Quotations against what people marked: floors below today's figures (docs/quotes.md)."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from helpers import schema, segment
from helpers.grammar.marks import scan
from helpers.lenses import quotes
from helpers.story import Story

ROOT = Path(__file__).resolve().parent.parent
STORY = ROOT / "data" / "stories" / "us-iran-2019"


def benchmark(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        f"benchmark_{name}", ROOT / "benchmarks" / f"{name}.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def rates(count: dict[str, int]) -> tuple[float, float]:
    """Right of resolved, unresolved of all with an actor."""
    resolved = count["right"] + count["wrong"]
    return count["right"] / resolved, count["unresolved"] / (resolved + count["unresolved"])


def test_speakers_of_the_shipped_story() -> None:
    gold = pd.read_csv(STORY / "gold" / "quotes.csv")
    count, _ = benchmark("speakers").compare(gold, Story(STORY).quotes)
    right, unresolved = rates(count)
    assert count["found"] >= 0.9 * count["gold"]
    assert right >= 0.92
    assert unresolved <= 0.10


@pytest.mark.shared
def test_speakers_of_real_articles(shared: Path) -> None:
    folder = shared / "corpora" / "us-iran-2019"
    if not folder.is_dir():
        pytest.skip(f"no {folder.name} beside the checkout")
    gold = pd.read_csv(ROOT / "tests" / "gold" / "us-iran-2019-quotes.csv")
    count, _ = benchmark("speakers").compare(gold, Story(folder).quotes)
    right, unresolved = rates(count)
    assert count["found"] >= 0.9 * count["gold"]
    assert right >= 0.90
    assert unresolved <= 0.14


@pytest.mark.shared
def test_attributions_on_polnear(shared: Path) -> None:
    if not (shared / "gold" / "polnear" / "dev").is_dir():
        pytest.skip("no gold/polnear beside the checkout")
    scorer = benchmark("quotes")
    articles, gold = scorer.polnear(shared / "gold", "dev")
    sentences = segment.sentences(articles)
    tokens = segment.tokens(articles, sentences)
    table = quotes.find_quotes(articles, sentences, tokens, schema.make("mentions"))
    schema.check_table("quotes", table, articles=articles)
    count = scorer.score(articles, gold, scorer.predicted(table, articles))["all"]
    assert scorer.prf(count.hit, count.found, count.gold)[2] >= 69
    assert scorer.prf(count.joint, count.found, count.gold)[2] >= 63
    assert scorer.prf(count.unit_hit, count.unit_found, count.unit_gold)[2] >= 96
    assert count.unit_source / count.unit_hit >= 0.90


@pytest.mark.shared
def test_the_digest_of_twelve_quotations(shared: Path) -> None:
    folder = shared / "corpora" / "seeds"
    if not folder.is_dir():
        pytest.skip("no corpora/seeds beside the checkout")
    story = Story(folder)
    table = story.quotes[story.quotes["doc_id"].str.startswith("004")]
    text = story.articles.set_index("doc_id")["text"][table["doc_id"].iloc[0]]
    marked = [q for q in scan(text) if q.depth == 0 and q.end - q.start > 3]
    assert len(marked) == 12
    spans = pd.DataFrame(
        {"doc_id": table["doc_id"].iloc[0], "start": [q.inner_start for q in marked],
         "end": [q.inner_end for q in marked]}
    )  # fmt: skip
    voiced = quotes.add_voice(spans, table)
    assert set(voiced["voice"]) == {"quoted"}
    last = [str(name).split()[-1] for name in voiced["speaker"]]
    assert last == [
        "Rouhani", "Rouhani", "Rouhani", "Trump", "Zarif", "Zarif", "Jalali", "Jalali", "Jalali",
        "Salman", "Salman", "Salman",
    ]  # fmt: skip

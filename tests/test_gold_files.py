"""The hand-marked gold of real articles: that it parses, is consistent, and fits the articles.

The articles are not part of the project; the tests that open them skip where they are absent.
"""

from __future__ import annotations

import csv
import itertools
from functools import cache
from pathlib import Path

import pytest

GOLD = Path(__file__).resolve().parent / "gold"
CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "us-iran-2019" / "articles"
MARKS = "“”\"'‘’"

COLUMNS = {
    "quotes": ["doc_id", "start", "end", "kind", "actor", "anonymous"],
    "mentions": ["doc_id", "start", "end", "actor", "kind", "actor_type"],
    "targets": ["doc_id", "start", "end", "label", "voice"],
    "evaluation": ["doc_id", "start", "end", "evaluation", "befalls", "doubtful", "stratum"],
}
ALLOWED = {
    "quotes": {"kind": {"direct", "mixed", "indirect"}, "anonymous": {"true", "false"}},
    "mentions": {
        "kind": {"name", "title", "metonym", "demonym", "pronoun"},
        "actor_type": {"person", "government", "organization"},
    },
    "targets": {"label": {"-1", "0", "1"}, "voice": {"author", "quoted", "reported"}},
    "evaluation": {
        "evaluation": {"negative", "neutral", "positive"},
        "befalls": {"harm", "none", "benefit"},
        "doubtful": {"", "y"},
        "stratum": {"negative", "positive", "other"},
    },
}
AT_LEAST = {"quotes": 220, "mentions": 1000, "targets": 160, "evaluation": 100}


def rows(name: str) -> list[dict[str, str]]:
    with (GOLD / f"us-iran-2019-{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def article(doc_id: str) -> str:
    return (CORPUS / f"{doc_id}.txt").read_bytes().decode("utf-8")


def spans(name: str) -> list[tuple[str, int, int]]:
    return [(row["doc_id"], int(row["start"]), int(row["end"])) for row in rows(name)]


needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the articles are not beside the checkout: offsets not compared"
)


@pytest.mark.parametrize("name", COLUMNS)
def test_the_table_holds_its_columns_its_labels_and_enough_rows(name: str) -> None:
    table = rows(name)
    assert list(table[0]) == COLUMNS[name]
    for column, allowed in ALLOWED[name].items():
        assert {row[column] for row in table} <= allowed
    assert len(table) >= AT_LEAST[name]


@pytest.mark.parametrize("name", COLUMNS)
def test_spans_are_in_order_and_do_not_overlap(name: str) -> None:
    found = spans(name)
    assert all(0 <= start < end for _, start, end in found)
    assert found == sorted(found)
    for (doc, _, end), (next_doc, start, _) in itertools.pairwise(found):
        assert doc != next_doc or end <= start


def test_an_anonymous_source_is_no_actor() -> None:
    assert not [row for row in rows("quotes") if row["anonymous"] == "true" and row["actor"]]


def test_mentions_lie_in_the_marked_part_of_their_article() -> None:
    ends = {row["doc_id"]: int(row["end_offset"]) for row in rows("mentions-docs")}
    assert len(ends) == 20
    assert all(end <= ends[doc] for doc, _, end in spans("mentions"))


def test_an_actor_is_of_one_type() -> None:
    types: dict[str, set[str]] = {}
    for row in rows("mentions"):
        types.setdefault(row["actor"], set()).add(row["actor_type"])
    assert not {actor: found for actor, found in types.items() if len(found) > 1}


def test_every_actor_has_its_name_forms_and_every_form_one_actor() -> None:
    aliases = rows("actors")
    assert list(aliases[0]) == ["actor", "alias"]
    forms: dict[str, str] = {}
    for row in aliases:
        assert forms.setdefault(row["alias"].casefold(), row["actor"]) == row["actor"]
    named = {row["actor"] for name in ("quotes", "mentions") for row in rows(name)} - {""}
    assert named == {row["actor"] for row in aliases if row["actor"] == row["alias"]}


@needs_corpus
@pytest.mark.parametrize("name", COLUMNS)
def test_spans_lie_inside_the_article_and_are_bare(name: str) -> None:
    for doc, start, end in spans(name):
        text = article(doc)
        assert end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]


@needs_corpus
def test_a_direct_quotation_begins_with_its_mark() -> None:
    for row in rows("quotes"):
        first = article(row["doc_id"])[int(row["start"])]
        assert (first in MARKS) == (row["kind"] != "indirect")

"""What a verb takes: every row of the table has an example, and is needed for it."""

from __future__ import annotations

import pytest

from helpers import schema, segment
from helpers.grammar.document import Document, documents
from helpers.lenses.quotes import constructions
from helpers.lenses.quotes.constructions import ROWS, Row, Taken, taken

BEHIND = "Peace was far off. "
"""A verb that opens the article is read with more caution."""


def read(example: str) -> tuple[Document, int, int]:
    """The example as an article, the token of its verb, and the one its bar stands before."""
    plain = example.replace("[", "").replace("]", "")
    at = len(BEHIND) + plain.index("|")
    verb = len(BEHIND) + example.replace("|", "").index("[")
    sentence = plain.replace("|", "")
    text = BEHIND + sentence[0].upper() + sentence[1:]
    articles = schema.make("articles", [{"doc_id": "a", "text": text, "n_words": 9}])
    sentences = segment.sentences(articles)
    (document,) = documents(articles, sentences, segment.tokens(articles, sentences))
    return document, document.at(verb), document.at(at)


def takes(example: str) -> tuple[Taken, int]:
    document, verb, begin = read(example)
    end = document.sents[document.sent[verb]][1]
    return taken(document, verb, end, document.lemma(verb)), begin


@pytest.mark.parametrize("text", ["The mayor told Ann Orr", "Orr told the mayor. Who left?"])
def test_nothing_is_read_behind_the_end_of_a_sentence(text: str) -> None:
    articles = schema.make("articles", [{"doc_id": "a", "text": text, "n_words": 5}])
    sentences = segment.sentences(articles)
    (document,) = documents(articles, sentences, segment.tokens(articles, sentences))
    verb = document.lower.index("told")
    taken(document, verb, document.sents[document.sent[verb]][1], "tell")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.example)
def test_an_example_shows_its_row(row: Row) -> None:
    found, begin = takes(row.example)
    assert (found.construction, found.begin) == (row.makes, begin)


@pytest.mark.parametrize("row", ROWS[:-1], ids=lambda row: row.example)
def test_without_its_row_an_example_is_read_otherwise(
    row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or not at all: where nothing else is known of the place or stops at the end."""
    before, _ = takes(row.example)
    monkeypatch.setattr(constructions, "ROWS", tuple(r for r in ROWS if r is not row))
    constructions._table.cache_clear()
    try:
        without = takes(row.example)[0]
    except LookupError:
        without = None
    finally:
        constructions._table.cache_clear()
    assert without != before

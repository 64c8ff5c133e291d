"""One reading of an article: documents, their sentences, quotation marks and letters."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import schema, segment
from helpers.grammar.document import Document, documents

TEXT = "Headline here\n\nAnn Hale left. “We are late,” the notice read. She said: “Go.”\n\nBye."


def tables(*texts: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    records = [{"doc_id": f"d{i}", "text": t, "n_words": 9} for i, t in enumerate(texts)]
    articles = schema.make("articles", records)
    sentences = segment.sentences(articles)
    return articles, sentences, segment.tokens(articles, sentences)


def test_documents_are_made_once_for_the_same_tables() -> None:
    first, second = tables(TEXT), tables(TEXT)
    assert documents(*first) is documents(*first)
    assert documents(*first) is not documents(*second)


def test_an_article_without_words_has_an_empty_document() -> None:
    empty, full = documents(*tables("", TEXT))
    assert (empty.words, empty.sents, empty.code, empty.marks) == ([], [], "", [])
    assert full.words[0] == "Headline"


def test_a_document_holds_the_tables_rows() -> None:
    articles, sentences, tokens = tables("", TEXT, "One more.")
    made = documents(articles, sentences, tokens)
    assert [d.doc_id for d in made] == articles["doc_id"].tolist()
    assert [w for d in made for w in d.words] == tokens["text"].tolist()
    assert [n for d in made for n in d.sentence_ids] == sentences["sentence_id"].tolist()
    assert [p for d in made for p in d.parts] == sentences["part"].tolist()
    for d in made:
        assert [i for a, b in d.sents for i in range(a, b)] == [*range(len(d.words))]
        assert len(d.code) == len(d.words) == len(d.sent) == len(d.quoted) - 1
        for word, a, b in zip(d.words, d.starts, d.ends, strict=True):
            assert d.text[a:b] == word


def inside(document: Document) -> str:
    pairs = zip(document.words, document.quoted, strict=False)
    return " ".join(word for word, quoted in pairs if quoted)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “yes” and left.", "“ yes ”"),
        ("Nobody's 5'10\" tall.", ""),
        ("“One,” he said.\n\nTwo.", "“ One , ”"),
        ("“One.\n\n“Two,” he said.", "“ One . “ Two , ”"),
    ],
)
def test_tokens_inside_quotation_marks(text: str, expected: str) -> None:
    assert inside(documents(*tables(text))[0]) == expected


def test_a_verb_beside_its_quotation_is_a_verb_whatever_its_tag() -> None:
    (document,) = documents(*tables("“We are late,” the notice read."))
    assert document.code[document.words.index("read")] == "F"

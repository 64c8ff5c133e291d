"""One reading of an article: documents, their sentences, quotation marks and letters."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

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


def subjects(text: str) -> dict[str, str]:
    """The subject of every finite verb of a sentence, noun groups joined by " + "."""
    (document,) = documents(*tables(text))
    found = {}
    for number in range(len(document.sents)):
        s = document.clauses(number)
        for p in s.predicates:
            if p.finite:
                groups = [" ".join(s.words[s.starts[k] : s.ends[k]]) for k in p.subject]
                found[s.words[p.main]] = " + ".join(groups)
    return found


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("They all left.", "left", "They"),
        ("We went home, and the girl left.", "left", "the girl"),
        ("Hale paid the crew and the mayor left.", "left", "the mayor"),
        ("Both of whom left are here, few of whom returned.", "returned", "few"),
        ("Most of the rooms have a view.", "have", "Most"),
        ("The first failed and the latter said so.", "said", "the latter"),
        ("The fact that the ships had masts has surprised us.", "surprised", "The fact"),
        ("A promise he made will last.", "last", "A promise"),
        ("Some parts of the city which are dry could see rain.", "see", "Some parts"),
        ("The plans for which had failed were dropped.", "failed", "The plans"),
        ("In 2015 settlers came to the island.", "came", "settlers"),
        ("Its fame as a resort grew.", "grew", "Its fame"),
        ("Monday works for me.", "works", "Monday"),
        ("The deal, he said on Friday, is dead.", "is", "The deal"),
        ("Hale, when he came, said no.", "said", "Hale"),
        ("Ann Hale, the editor of the Post, said no.", "said", "Ann Hale"),
        ("Gov. Ann Hale (R-OH), said no.", "said", "Gov. Ann Hale"),
        ("Rep. Ann Hale, R-Ohio, who runs it, sued the town.", "sued", "Rep. Ann Hale"),
        ("Rep. Ann Hale, D-Calif., who runs it, sued the town.", "runs", "Rep. Ann Hale"),
        ("The film “Storm” argues that it is lost.", "argues", "The film"),
        ("Some economists, in fact, warn that it is lost.", "warn", "Some economists"),
        ("He rejected the idea that the talks failed and said that they go on.", "said", "He"),
        ("A report published Wednesday said that it is lost.", "said", "A report"),
    ],
)
def test_the_subject_of_a_finite_verb(text: str, verb: str, expected: str) -> None:
    assert subjects(text)[verb] == expected


@pytest.mark.xfail(strict=True, reason="of two relative clauses in each other the inner is seen")
def test_a_relative_clause_in_a_relative_clause() -> None:
    assert subjects("Those who work for men who pay them have left us.")["left"] == "Those"


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Hale, “who knows the port that nobody wants,” left.", "left", "Hale"),
        ("The mayor called it “a port that nobody wants” and left.", "left", "The mayor"),
        ("The mayor said she “would not leave.”", "leave", "she"),
    ],
)
def test_no_subject_inside_the_quotation_of_another_verb(
    text: str, verb: str, expected: str
) -> None:
    assert subjects(text)[verb] == expected


def test_clauses_are_read_once_and_shared() -> None:
    (document,) = documents(*tables("Hale left."))
    assert document.clauses(0) is document.clauses(0)
    twice = tables("Hale left.")
    assert documents(*twice)[0].clauses(0) is documents(*twice)[0].clauses(0)


@pytest.mark.shared
def test_subjects_on_the_treebanks(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parent.parent / "benchmarks")
    import subjects as benchmark

    parts = benchmark.load(shared / "gold", "dev").values()
    counts = sum((benchmark.score(part) for part in parts), Counter())
    n = counts["right"] + counts["wrong"] + counts["none"]
    assert n > 2300
    assert counts["right"] >= 0.96 * n

"""The alphabet of the grammar: each letter has one meaning, and its example shows it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from helpers import lexicons, schema, segment
from helpers.grammar import letters
from helpers.grammar.clauses import chunks, read
from helpers.grammar.document import Document, documents
from helpers.paths import ROOT

TABLE = lexicons.load("letters").fillna("")
ROWS = [*TABLE.itertuples(index=False)]
GRAMMAR = ROOT / "helpers" / "grammar"
KINDS = set("GVT")


def document(text: str) -> Document:
    articles = schema.make("articles", [{"doc_id": "d", "text": text, "n_words": 9}])
    sentences = segment.sentences(articles)
    return documents(articles, sentences, segment.tokens(articles, sentences))[0]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.meaning)
def test_a_letter_stands_in_its_example(row) -> None:
    before, marked, after = re.split(r"[\[\]]", row.example)
    read = document(before + marked + after)
    found = read.letters if row.tags else read.code
    assert found[read.starts.index(len(before))] == row.letter


def test_a_letter_stands_once_with_one_meaning() -> None:
    assert TABLE["letter"].is_unique
    assert TABLE["meaning"].is_unique
    assert (TABLE["letter"].str.len() == 1).all()
    assert not KINDS - {"T"} & set(TABLE["letter"])  # chunks of several tokens
    assert (TABLE["origin"] != "").all()


@pytest.mark.parametrize("column", ["quotes", "clauses"])
def test_a_letter_taken_for_another_is_one_that_stays(column: str) -> None:
    known = TABLE.set_index("letter")[column]
    taken = set(known) - {""}
    assert all(known[letter] == letter for letter in taken)
    # what has no tags of its own is made from others
    assert all(known[row.letter] for row in ROWS if row.tags)


def test_the_last_row_fits_all_and_no_row_before_it_does() -> None:
    assert (ROWS[-1].tags, ROWS[-1].words) == ("*", "")
    assert all(row.words for row in ROWS[:-1] if row.tags == "*")
    assert letters.letter_of("§", "no such tag") == "o"


def patterns(file: Path) -> set[str]:
    """All letters in the strings that a module of the grammar compares its letters with."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Compare) and re.search(
            r"\b(code|letters?|kinds?)(\[|\b)(?!\.)", ast.unparse(node.left)
        ):
            for constant in ast.walk(ast.Tuple([*node.comparators])):
                if isinstance(constant, ast.Constant) and isinstance(constant.value, str):
                    found |= set(constant.value)
    return found


def test_every_letter_of_the_patterns_is_one_its_reading_keeps() -> None:
    for_clauses, for_quotes = set(TABLE["clauses"]) | KINDS, set(TABLE["quotes"])
    found = {file: patterns(file) for file in GRAMMAR.rglob("*.py")}
    used = {file.name for file, used in found.items() if len(used) > 5}
    assert {"nouns.py", "retagging.py", "subjects.py", "verbs.py", "groups.py"} <= used
    for file, used in found.items():
        clauses = file.parent.name == "clauses"
        mixed = file.name == "subjects.py"  # the speaker's phrase is made of both
        known = for_clauses if clauses else for_quotes | (for_clauses if mixed else set())
        assert used <= known, file.name
    for pattern, known in ((chunks._GRAMMAR.pattern, for_clauses), (letters.PHRASE, for_quotes)):
        plain = re.sub(r"\(\?<?[=!:]|[\[\]{}()|*+?\d.,]", "", pattern)
        assert set(plain) <= known


@pytest.mark.parametrize(
    ("words", "tags", "finest", "quotes", "clauses"),
    [
        ("His house burned", "PRP$ NN VBD", "qnF", "qnF", "DnF"),
        ("She has been seen by many", "PRP VBZ VBN VBN IN JJ", "pHEeYm", "pFeeIJ", "pHEeYm"),
        ("got had got", "VBD VBN VBN", "Oee", "Fee", "Oee"),
        ("that because so after in", "IN IN IN IN IN", "aslzI", "ccIII", "asszI"),
        ("May Monday may", "NNP NNP MD", "NTM", "NNM", "NTM"),
        ("— - -", ": HYPH :", "-j-", "---", ":J:"),
    ],
)
def test_one_alphabet_two_readings(
    words: str, tags: str, finest: str, quotes: str, clauses: str
) -> None:
    listed, tagged = words.split(), tags.split()
    made = letters.letters_of(listed, tagged)
    assert made == finest
    small = [word.lower() for word in listed]
    assert letters.quote_letters(made, listed, small, tagged) == quotes
    assert letters.clause_letters(made) == clauses
    assert read(listed, tagged).letters == clauses

"""A table is what it was declared to be, or the error says what it lacks."""

from __future__ import annotations

import functools

import pandas as pd
import pytest

from helpers import Story, lenses, schema

lenses.load()  # declares their tables


@pytest.mark.parametrize("name", schema.TABLES)
def test_every_declared_table_can_be_made_empty_and_passes_its_check(name: str) -> None:
    table = schema.make(name)
    schema.check_table(name, table)
    assert table.columns.tolist() == list(schema.TABLES[name].columns)


@pytest.mark.parametrize("name", schema.TABLES)
def test_every_column_has_a_meaning_and_the_key_is_declared(name: str) -> None:
    table = schema.TABLES[name]
    assert set(table.key) <= set(table.columns)
    assert all(table.meaning[c] for c in table.columns)


def test_further_columns_are_kept_after_the_declared_ones() -> None:
    made = schema.make("problems", [{"section": 2, "file": "a.txt"}])
    assert made.columns.tolist() == ["file", "problem", "action", "section"]
    assert made["problem"].isna().all()


def test_make_leaves_its_input_alone() -> None:
    given = pd.DataFrame({"file": ["a"]})
    schema.make("problems", given)
    assert given.columns.tolist() == ["file"]


ARTICLES = schema.make("articles", [{"doc_id": "a", "text": "Hale left.", "n_words": 2}])


@functools.cache
def shipped() -> Story:
    return Story("us-iran-2019")


def sentence(**change: object) -> pd.DataFrame:
    row = {"doc_id": "a", "sentence_id": 0, "start": 0, "end": 10, "text": "Hale left.",
           "paragraph": 0, "part": "body"}  # fmt: skip
    return schema.make("sentences", [{**row, **change}])


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (sentence(text="Hale came."), "not 'Hale came.'"),
        (sentence(end=99), "no characters 0 to 99"),
        (sentence(start=10), "no characters 10 to 10"),
        (sentence(doc_id="b"), "no article is called 'b'"),
        (sentence().drop(columns="part"), "lacks the column part"),
        (sentence().assign(start=0.0), "start is float64"),
        (pd.concat([sentence(), sentence()]), "more than one row"),
    ],
)
def test_a_broken_table_is_named_with_its_fault(table: pd.DataFrame, message: str) -> None:
    with pytest.raises(schema.SchemaError, match=message):
        schema.check_table("sentences", table, articles=ARTICLES)


def test_a_good_table_passes() -> None:
    schema.check_table("sentences", sentence(), articles=ARTICLES)


def test_an_unknown_table_lists_those_there_are() -> None:
    with pytest.raises(schema.SchemaError, match="there are articles"):
        schema.make("mention")


def test_a_wrong_value_names_its_column() -> None:
    with pytest.raises(schema.SchemaError, match="column 'start'"):
        sentence(start="x")


@pytest.mark.parametrize("name", schema.TABLES)
def test_every_column_of_our_tables_is_declared_with_its_type_and_meaning(name: str) -> None:
    made = getattr(shipped(), name)
    declared = {
        **schema.TABLES[name].columns,
        **{c: dtype for c, (dtype, _) in schema.TABLES[name].further.items()},
    }
    own = [c for c in made.columns if name != "articles" or c in declared]
    assert {c: str(made[c].dtype) for c in own} == {c: declared.get(c) for c in own}
    assert all(meaning for _, meaning in schema.TABLES[name].further.values())

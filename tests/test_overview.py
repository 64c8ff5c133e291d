"""What a story's head says of its outlets, above all of articles that name none."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import overview, schema, takeaways
from helpers.lenses.keyness.takeaways import strongest_terms


def _articles(*outlets: str) -> pd.DataFrame:
    rows = [
        {"doc_id": f"a{i}", "outlet": outlet, "text": "One two.", "n_words": 2}
        for i, outlet in enumerate(outlets)
    ]
    return schema.make("articles", rows)


@pytest.mark.parametrize(
    ("outlets", "size", "support", "largest"),
    [
        (
            ["unknown"] * 5,
            "5 articles without a named outlet, 10 words",
            "None of the 5 articles names its outlet: they can be described together, not "
            "compared.",
            "None of the 5 articles names its outlet.",
        ),
        (
            ["X"] * 5,
            "5 articles of 1 outlet, 10 words",
            "5 articles of one outlet: they can be described; a comparison of outlets needs a "
            "second one.",
            "All 5 articles are from X.",
        ),
        (
            ["X"] * 5 + ["Y"] * 4 + ["unknown"],
            "10 articles of 2 outlets (1 names none), 20 words",
            "2 outlets have at least 4 articles and can be tested against the others.",
            "X has most articles, 5 of 10; 0 of 2 outlets have fewer than 4; 1 article "
            "without a named outlet.",
        ),
        (
            ["X", "Y"],
            "2 articles of 2 outlets, 4 words",
            "No outlet has 4 articles: differences between outlets are described, not tested "
            "(descriptive only).",
            "X and Y have most articles, 1 of 2 each; 2 of 2 outlets have fewer than 4.",
        ),
        (
            ["X", "unknown"],
            "2 articles of 1 outlet (1 names none), 4 words",
            "1 article of one outlet: they can be described; a comparison of outlets needs a "
            "second one.",
            "X has most articles, 1 of 2; 1 of 1 outlet has fewer than 4; 1 article without a "
            "named outlet.",
        ),
    ],
    ids=["none named", "one", "two and one nameless", "two alike", "one and one nameless"],
)
def test_articles_without_an_outlet_are_no_outlet(
    outlets: list[str], size: str, support: str, largest: str
) -> None:
    articles = _articles(*outlets)
    assert overview.size(articles) == size
    assert overview.support(articles) == support
    assert overview.largest(overview.by_outlet(articles)) == largest


def test_articles_without_an_outlet_are_never_comparable() -> None:
    table = overview.by_outlet(_articles(*["unknown"] * 6, *["X"] * 4)).set_index("outlet")
    assert table["comparable"].to_dict() == {"unknown": False, "X": True}
    said = takeaways.outlets_compared(_articles(*["unknown"] * 6), ["unknown"])
    assert said == "No outlet is named: nothing can be compared."


def test_a_share_of_very_little_is_no_largest_or_smallest() -> None:
    rows = pd.DataFrame({"outlet": ["X", "Y", "Z"], "n": [2, 9, 8], "all": [2, 30, 40]})
    said = takeaways.share_of(rows, part="n", whole="all", what="unnamed", of="quote")
    assert said == (
        "19 of 72 quotes (26%) are unnamed: most in Y (9 of 30, 30%), least in Z (8 of 40, 20%) "
        "(of those with 10 or more)."
    )


def test_words_inside_a_pair_are_not_told_beside_it() -> None:
    rows = [("A", "bay bridge", 9), ("A", "bay", 10), ("A", "bridge", 40), ("B", "bay", 3)]
    table = pd.DataFrame(rows, columns=["outlet", "term", "n_target"]).assign(
        log_odds=1.0, z=2.0, significant=False, descriptive=False
    )
    assert strongest_terms(table.head(0), per_outlet=4).columns.tolist() == [
        *table.columns, "tested"
    ]  # fmt: skip
    told = strongest_terms(table, per_outlet=4)
    assert list(zip(told["outlet"], told["term"], strict=True)) == [
        ("A", "bay bridge"), ("A", "bridge"), ("B", "bay")
    ]  # fmt: skip

"""What was read, and what it can support: the first questions before any comparison."""

from __future__ import annotations

import pandas as pd

from helpers.schema import UNKNOWN_OUTLET, needs
from helpers.segment import as_read
from helpers.statistics import MIN_ARTICLES
from helpers.wording import count, listing, number


def by_outlet(articles: pd.DataFrame) -> pd.DataFrame:
    """One row per outlet: articles, words, dated articles, first and last day, duplicates.

    ``articles`` and ``words`` count originals; ``duplicates`` are the outlet's articles that
    repeat an earlier one. Outlets with most articles first; articles that name no outlet are one
    row, never ``comparable``.

    >>> from helpers.schema import make
    >>> by_outlet(make("articles", [
    ...     {"doc_id": "a", "outlet": "X", "text": "One two.", "n_words": 2},
    ...     {"doc_id": "b", "outlet": "X", "text": "One two.", "n_words": 2, "duplicate_of": "a"},
    ... ]))[["outlet", "articles", "words", "duplicates"]].values.tolist()
    [['X', 1, 2, 1]]
    """
    needs(articles, "outlet", "n_words", "published", "duplicate_of", table="articles")
    original = articles["duplicate_of"].isna()
    table = (
        articles.assign(
            original=original,
            counted=articles["n_words"].where(original, 0),
            dated=articles["published"].notna() & original,
            day=articles["published"].where(original),
        )
        .groupby("outlet", as_index=False)
        .agg(
            articles=("original", "sum"),
            words=("counted", "sum"),
            dated=("dated", "sum"),
            first=("day", "min"),
            last=("day", "max"),
            all=("original", "size"),
        )
    )
    table["duplicates"] = table.pop("all") - table["articles"]
    named = table["outlet"] != UNKNOWN_OUTLET
    table["comparable"] = named & (table["articles"] >= MIN_ARTICLES)
    order = ["articles", "outlet"]
    return table.sort_values(order, ascending=[False, True], ignore_index=True)


def openings(articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """One row per article, with its first sentence as start and end, to which its number leads.

    Columns: doc_id, start, end, outlet, published, genre, origin and source as `by_genre` and
    `by_origin` tell them, repeats (another article) and dated.
    """
    first = sentences.drop_duplicates("doc_id")[["doc_id", "start", "end"]]
    kept = articles[["doc_id", "outlet", "published", "genre", "origin"]].assign(
        genre=articles["genre"].fillna("not stated"),
        source=articles["shared_with"].where(articles["origin"] != "own", "").fillna(""),
        repeats=articles["duplicate_of"].notna(),
        dated=articles["published"].notna(),
    )
    return first.merge(kept, on="doc_id")


def by_genre(articles: pd.DataFrame) -> pd.DataFrame:
    """One row per genre and outlet: ``n`` original articles; undeclared genres as "not stated"."""
    kept = articles[articles["duplicate_of"].isna()]
    genre = kept["genre"].fillna("not stated")
    counted = kept.assign(genre=genre).groupby(["genre", "outlet"], as_index=False).size()
    return counted.rename(columns={"size": "n"})


def by_origin(articles: pd.DataFrame) -> pd.DataFrame:
    """One row per outlet, origin (own, wire, shared) and source of the text: ``articles``.

    ``source`` names the agency or the outlets that print the same text. Originals only; outlets
    with most articles that are not their own come first.

    >>> from helpers.schema import make
    >>> by_origin(make("articles", [
    ...     {"doc_id": "a", "outlet": "X", "text": "One.", "n_words": 1, "origin": "own"},
    ...     {"doc_id": "b", "outlet": "X", "text": "Two.", "n_words": 1, "origin": "wire",
    ...      "shared_with": "AP"},
    ... ])).values.tolist()
    [['X', 'wire', 'AP', 1], ['X', 'own', '', 1]]
    """
    needs(articles, "outlet", "origin", "shared_with", "duplicate_of", table="articles")
    kept = articles[articles["duplicate_of"].isna()]
    kept = kept.assign(source=kept["shared_with"].where(kept["origin"] != "own", "").fillna(""))
    keys = ["outlet", "origin", "source"]
    table = kept.groupby(keys, as_index=False).size().rename(columns={"size": "articles"})
    borrowed = table["articles"].where(table["origin"] != "own", 0)
    table["borrowed"] = borrowed.groupby(table["outlet"]).transform("sum")
    table["order"] = table["origin"].map({"wire": 0, "shared": 1}).fillna(2)
    by = ["borrowed", "outlet", "order", "source"]
    ordered = table.sort_values(by, ascending=[False, True, True, True], ignore_index=True)
    return ordered[[*keys, "articles"]]


def parts(
    sentences: pd.DataFrame, articles: pd.DataFrame, *, set_aside: pd.DataFrame
) -> pd.DataFrame:
    """One row per part of an article (headline, heading, body, boilerplate): sentences, words.

    Words are counted as runs without white space; those set aside inside sentences are left out.
    """
    kept = sentences[sentences["doc_id"].isin(articles["doc_id"])]
    words = as_read(kept, set_aside)["text"].str.count(r"\S+")
    table = (
        kept.assign(words=words)
        .groupby("part", as_index=False)
        .agg(sentences=("text", "size"), words=("words", "sum"))
    )
    rank = {"headline": 0, "heading": 1, "body": 2, "boilerplate": 3}
    return table.sort_values("part", key=lambda p: p.map(rank), ignore_index=True)


def set_aside(spans: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """One row per outlet and rule: ``spans`` set aside, their words, and their share of all words.

    ``share`` is of all words that the outlet's articles print, those set aside included; the
    outlets of which most was set aside come first.

    >>> from helpers.schema import make
    >>> text = "The mayor left. Read more here."
    >>> article = {"doc_id": "a", "outlet": "X", "text": text, "n_words": 3}
    >>> span = {"doc_id": "a", "start": 16, "end": 31, "text": "Read more here.", "rule": "link"}
    >>> set_aside(make("set_aside", [span]), make("articles", [article])).values.tolist()
    [['X', 'link', 1, 3, 0.5]]
    """
    needs(spans, "doc_id", "text", "rule", table="set_aside")
    kept = spans.assign(
        outlet=spans["doc_id"].map(articles.set_index("doc_id")["outlet"]),
        words=spans["text"].str.count(r"\S+").astype("int64"),
    ).dropna(subset=["outlet"])
    table = (
        kept.groupby(["outlet", "rule"], as_index=False)
        .agg(spans=("words", "size"), words=("words", "sum"))
        .astype({"outlet": "str", "rule": "str", "words": "int64"})
    )
    aside = table.groupby("outlet")["words"].transform("sum")
    counted = table["outlet"].map(articles.groupby("outlet")["n_words"].sum()).astype("float64")
    printed = (counted.fillna(0) + aside).clip(lower=1)
    table["share"] = table["words"] / printed
    of_all = aside / printed
    ordered = table.assign(of_all=of_all).sort_values(
        ["of_all", "outlet", "words", "rule"], ascending=[False, True, False, True]
    )
    return ordered.drop(columns="of_all").reset_index(drop=True)


def most_set_aside(table: pd.DataFrame) -> str:
    """One sentence on the outlet of which most was set aside, from `set_aside`."""
    if table.empty:
        return "Nothing was set aside as boilerplate."
    first = table[table["outlet"] == table["outlet"].iloc[0]]
    top = first.iloc[0]
    return (
        f"Most was set aside of {top['outlet']}: {first['share'].sum():.0%} of its words, above "
        f"all by the rule “{top['rule']}” ({count(int(top['spans']), 'span')}, "
        f"{count(int(top['words']), 'word')})."
    )


def duplicates(articles: pd.DataFrame) -> pd.DataFrame:
    """One row per article that repeats another: both ids, outlets and titles."""
    kept = articles.set_index("doc_id")
    rows = articles[articles["duplicate_of"].notna()]
    first = kept.loc[rows["duplicate_of"]]
    return pd.DataFrame(
        {
            "doc_id": rows["doc_id"].to_list(),
            "outlet": rows["outlet"].to_list(),
            "title": rows["title"].to_list(),
            "duplicate_of": rows["duplicate_of"].to_list(),
            "first_outlet": first["outlet"].to_list(),
            "first_title": first["title"].to_list(),
        }
    )


def support(articles: pd.DataFrame) -> str:
    """One sentence on what the corpus allows: which outlets can be compared, which only described.

    >>> from helpers.schema import make
    >>> support(make("articles", [{"doc_id": "a", "outlet": "X", "text": "One.", "n_words": 1}]))
    'One article: it can be described, not compared.'
    """
    every = by_outlet(articles)
    table = every[every["outlet"] != UNKNOWN_OUTLET]
    total, read = int(table["articles"].sum()), int(every["articles"].sum())
    if not read:
        return "No article: there is nothing to describe."
    if read == 1:
        return "One article: it can be described, not compared."
    if not total:
        return (
            f"None of the {read} articles names its outlet: they can be described together, not "
            "compared."
        )
    if len(table) == 1:
        return (
            f"{count(total, 'article')} of one outlet: they can be described; a comparison of "
            "outlets needs a second one."
        )
    able = table[table["comparable"]]
    if len(able) == 0:
        return (
            f"No outlet has {MIN_ARTICLES} articles: differences between outlets are described, "
            "not tested (descriptive only)."
        )
    others = total - able["articles"]
    tested = able[others >= MIN_ARTICLES]["outlet"].tolist()
    if not tested:
        return (
            f"Only one outlet has {MIN_ARTICLES} articles or more, and the others together have "
            "fewer: differences are described, not tested (descriptive only)."
        )
    few = len(table) - len(tested)
    rest = f"; {few} with fewer {'is' if few == 1 else 'are'} described only" if few else ""
    plural = "s have" if len(tested) != 1 else " has"
    return (
        f"{len(tested)} outlet{plural} at least {MIN_ARTICLES} articles and can be tested "
        f"against the others{rest}."
    )


def size(articles: pd.DataFrame) -> str:
    """How much was read, in words: original articles, words, outlets, duplicates left out.

    >>> from helpers.schema import make
    >>> size(make("articles", [{"doc_id": "a", "outlet": "X", "text": "One.", "n_words": 1}]))
    '1 article of 1 outlet, 1 word'
    """
    table = by_outlet(articles)
    total, repeats = int(table["articles"].sum()), int(table["duplicates"].sum())
    named = table[table["outlet"] != UNKNOWN_OUTLET]
    rest = total - int(named["articles"].sum())
    parts = f"{count(total, 'article')} of {count(len(named), 'outlet')}"
    if not len(named):
        parts = f"{count(total, 'article')} without a named outlet"
    elif rest:
        parts += f" ({number(rest)} {'names' if rest == 1 else 'name'} none)"
    words = count(int(table["words"].sum()), "word")
    left = f"; {count(repeats, 'duplicate')} left out" if repeats else ""
    return f"{parts}, {words}{left}"


def largest(per_outlet: pd.DataFrame) -> str:
    """One sentence on how evenly the outlets are represented, from `by_outlet`."""
    total = int(per_outlet["articles"].sum())
    named = per_outlet[per_outlet["outlet"] != UNKNOWN_OUTLET]
    if named.empty:
        return (
            "The one article names no outlet."
            if total == 1
            else (f"None of the {count(total, 'article')} names its outlet.")
        )
    top = named.iloc[0]
    if len(per_outlet) == 1:
        all_of = "The one article is" if total == 1 else f"All {count(total, 'article')} are"
        return f"{all_of} from {top['outlet']}."
    few = int((~named["comparable"]).sum())
    rest = total - int(named["articles"].sum())
    nameless = f"; {count(rest, 'article')} without a named outlet" if rest else ""
    ties = named.loc[named["articles"] == top["articles"], "outlet"].tolist()
    most = f"{top['outlet']} has most articles, {int(top['articles'])} of {total}"
    if len(ties) > 1:
        most = f"{listing(ties, 4)} have most articles, {int(top['articles'])} of {total} each"
    return (
        f"{most}; "
        f"{few} of {count(len(named), 'outlet')} {'has' if few == 1 else 'have'} fewer than "
        f"{MIN_ARTICLES}{nameless}."
    )


def period(articles: pd.DataFrame) -> str:
    """One sentence on the days that the articles cover, and how many have no date."""
    days = articles["published"].dropna()
    undated = len(articles) - len(days)
    if days.empty:
        return "No article has a date: nothing can be said of the order of events."
    known = (
        f"The dated articles are from {days.min()} to {days.max()}, "
        f"{count(days.nunique(), 'day')} in all"
    )
    return f"{known}; {count(undated, 'article')} without a date." if undated else f"{known}."

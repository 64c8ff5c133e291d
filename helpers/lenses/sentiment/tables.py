"""Tables of the sentiment notebook: who is spoken of how, by which outlet and by whom.

The author's own words are kept apart from the words of others (quoted or reported): what an
outlet says and what it lets be said are two questions. Duplicates are left out, and so are targets
that the model does not support (governments and organisations), unless asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from helpers import lexicons, schema, statistics
from helpers.comparing.events import own_words
from helpers.lenses.sentiment import model as _model
from helpers.lenses.sentiment.targets import as_targets, explain_targets

LABELS = (*_model.LABELS, _model.UNCERTAIN)
TOO_FEW = "too few"
MINIMUM = 5  # mentions below which nothing is said
WORDS = ("author", "others")
_COUNTS = ("n", "n_articles", "speaking")
MENTION = "(the mention)"
GRAMMAR = "(function words)"


def label_counts(
    scored: pd.DataFrame, articles: pd.DataFrame, *, supported: bool = True
) -> pd.DataFrame:
    """One row per actor, outlet and whose words: how many mentions have each label.

    ``words`` is "author" or "others" (quoted, reported, or put down to somebody in the sentence).
    The most mentioned actors come first.
    """
    rows = counted(scored, articles, supported=supported)
    keys = ["actor", "outlet", "words"]
    table = (
        pd.crosstab([rows[key] for key in keys], rows["label"])
        .reindex(columns=list(LABELS), fill_value=0)
        .reset_index()
    )
    table.columns.name = None
    table["n"] = table[list(LABELS)].sum(axis=1)
    docs = rows.groupby(keys)["doc_id"].nunique()
    places = pd.MultiIndex.from_frame(table[keys])
    table["n_articles"] = docs.reindex(places).to_numpy(np.int64, na_value=0)
    return _ranked(table, rows)


def label_shares(
    scored: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    words: str = "author",
    minimum: int = MINIMUM,
    supported: bool = True,
) -> pd.DataFrame:
    """One row per actor and outlet: shares of negative and positive mentions, and their balance.

    ``balance`` is the positive share minus the negative one, from -1 to 1. Each has an interval
    over articles (``_low``, ``_high``), missing with fewer than four articles. A source is not a
    target: who is quoted often is named in many neutral sentences (", X said"). So ``speaking``
    says in how many of the mentions the actor is the one who speaks, and ``negative_apart`` is the
    negative share of the others.
    Below ``minimum`` mentions all values are missing and ``note`` says "too few".
    """
    if words not in WORDS:
        raise ValueError(f"words must be one of {', '.join(WORDS)}, not {words!r}")
    rows = counted(scored, articles, supported=supported)
    rows = rows[rows["words"] == words]
    units = pd.DataFrame(
        {
            "actor": rows["actor"],
            "outlet": rows["outlet"],
            "doc_id": rows["doc_id"],
            "negative": (rows["label"] == "negative").astype(int),
            "positive": (rows["label"] == "positive").astype(int),
            "n": 1,
            "speaking": rows["speaks"].astype(bool) if "speaks" in rows else False,
        }
    )
    units["apart"] = units["negative"].where(~units["speaking"], 0)
    units["balance"] = units["positive"] - units["negative"]
    table = units.groupby(["actor", "outlet"], sort=True).agg(
        n=("n", "sum"), n_articles=("doc_id", "nunique"), speaking=("speaking", "sum"),
        apart=("apart", "sum"),
    )  # fmt: skip
    others = table["n"] - table["speaking"]
    table["negative_apart"] = (table.pop("apart") / others).where(others > 0)
    for name in ("negative", "positive", "balance"):
        shares = statistics.ratio_table(
            units, statistics.Ratio(name, "n"), by=["actor", "outlet"]
        ).set_index(["actor", "outlet"])
        for end, column in (("value", name), ("low", f"{name}_low"), ("high", f"{name}_high")):
            table[column] = shares[end].reindex(table.index).astype("float64")
    few = table["n"] < minimum
    table.loc[few, [c for c in table.columns if c not in _COUNTS]] = np.nan
    table["note"] = pd.Series(np.where(few, TOO_FEW, ""), table.index, dtype="str")
    return _ranked(table.reset_index(), rows)


def who_on_whom(
    scored: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    minimum: int = MINIMUM,
    supported: bool = True,
) -> pd.DataFrame:
    """One row per speaker and actor spoken of: the labels of what the speaker says of the actor.

    Only words of others with a known speaker, and not of themselves. ``balance`` is missing below
    ``minimum`` mentions.
    """
    rows = counted(scored, articles, supported=supported)
    rows = said_of_others(rows)
    table = (
        pd.crosstab([rows["speaker"], rows["actor"]], rows["label"])
        .reindex(columns=list(LABELS), fill_value=0)
        .reset_index()
    )
    table.columns.name = None
    table["n"] = table[list(LABELS)].sum(axis=1)
    balance = (table["positive"] - table["negative"]) / table["n"].clip(lower=1)
    table["balance"] = balance.where(table["n"] >= minimum).astype("float64")
    table["note"] = pd.Series(np.where(table["n"] < minimum, TOO_FEW, ""), table.index, dtype="str")
    return table.sort_values(
        ["n", "speaker", "actor"], ascending=[False, True, True], ignore_index=True
    )


def said_of_others(rows: pd.DataFrame) -> pd.DataFrame:
    """Of `counted` mentions those in the words of a known speaker, not of themselves."""
    known = rows[(rows["words"] == "others") & rows["speaker"].notna()]
    return known[known["speaker"] != known["actor"]]


def strongest_sentences(
    scored: pd.DataFrame,
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    actor: str,
    words: str = "author",
    n: int = 3,
    because: int = 3,
    supported: bool = True,
) -> pd.DataFrame:
    """One row per sentence: the surest negative and positive ones about ``actor``, with reasons.

    Only mentions labelled so, one per sentence; ``probability`` is that of the label, ``because``
    names the words that pulled most to its side, strongest first (function words and the target's
    own words left out). ``start`` and ``end`` are the mention's place in the article.
    """
    rows = counted(scored, articles, supported=supported)
    rows = rows[(rows["actor"] == actor) & (rows["words"] == words)]
    found = []
    for label in ("negative", "positive"):
        some = rows[rows["label"] == label].sort_values(
            [label, "doc_id", "start"], ascending=[False, True, True], kind="stable"
        )
        found.append(some.drop_duplicates(["doc_id", "sentence_id"]).head(n))
    best = pd.concat(found)
    targets = as_targets(best, sentences)
    reasons = explain_targets(targets, words=30, names=False)
    reasons = reasons[~reasons["word"].str.lower().isin(_light_words())]
    table = pd.DataFrame(
        {
            "label": best["label"],
            "outlet": best["outlet"],
            "doc_id": best["doc_id"],
            "start": best["start"],
            "end": best["end"],
            "sentence_id": best["sentence_id"],
            "text": targets["text"],
            "probability": best[list(_model.LABELS)].max(axis=1),
        }
    )
    told = []
    for row, label in best["label"].items():
        sign = 1 if label == "positive" else -1
        own = reasons[(reasons["row"] == row) & (sign * reasons["tone"] > 0)]
        own = own.sort_values("tone", ascending=sign < 0, kind="stable")
        told.append(", ".join(dict.fromkeys(own["word"].str.strip().head(because))))
    return table.assign(because=pd.Series(told, table.index, dtype="str")).reset_index(drop=True)


def word_shift(
    scored: pd.DataFrame,
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    actor: str,
    outlets: Sequence[str],
    words: str = "author",
    supported: bool = True,
) -> pd.DataFrame:
    """One row per word: its part in the difference of tone between two outlets about ``actor``.

    Tone is the log-odds of positive against negative. The model is linear, so the difference of
    the outlets' mean tone *is* the sum of ``shift`` over all words (after the word shifts of
    Dodds et al. 2011, here with the model's own contributions instead of a lexicon's). Columns:
    word, one mean contribution per mention for each outlet (``first``, ``second``), ``shift`` =
    first minus second, and the number of mentions the word moved in each (``n_first``,
    ``n_second``). What the place of the mention itself adds stands under "(the mention)", what
    words of grammar and marks add, of which no single one says anything, under "(function
    words)". Largest shifts first.
    """
    first, second = outlets
    rows = counted(scored, articles, supported=supported)
    rows = rows[(rows["actor"] == actor) & (rows["words"] == words)]
    parts: dict[str, pd.DataFrame] = {}
    for place, outlet in (("first", first), ("second", second)):
        own = rows[rows["outlet"] == outlet]
        if own.empty:
            raise ValueError(f"{outlet!r} does not mention {actor!r} in these words ({words})")
        reasons = _moving(own, sentences)
        groups = reasons.groupby("word")
        parts[place] = pd.DataFrame(
            {place: groups["tone"].sum() / len(own), f"n_{place}": groups["row"].nunique()}
        )
    table = parts["first"].join(parts["second"], how="outer").fillna(0.0)
    table["shift"] = table["first"] - table["second"]
    table = table.astype({"n_first": "int64", "n_second": "int64"})
    table.index.name = "word"
    table = table.reset_index()
    order = table["shift"].abs().rename("size")
    table = table.assign(size=order).sort_values(["size", "word"], ascending=[False, True])
    return table[["word", "first", "second", "shift", "n_first", "n_second"]].reset_index(drop=True)


def moved(
    scored: pd.DataFrame,
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    actor: str,
    outlets: Sequence[str],
    words: str = "author",
) -> pd.DataFrame:
    """One row per word and mention that it moves, of those that `word_shift` sums up.

    Columns: word, outlet, doc_id, start, end (of the mention).
    """
    rows = counted(scored, articles)
    rows = rows[
        (rows["actor"] == actor) & (rows["words"] == words) & rows["outlet"].isin(list(outlets))
    ]
    reasons = _moving(rows, sentences)[["row", "word"]].drop_duplicates()
    places = rows[["outlet", "doc_id", "start", "end"]]
    return reasons.join(places, on="row").reset_index(drop=True)


def _moving(rows: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """What each word adds to the tone of each mention (row), words of grammar under one name."""
    targets = as_targets(rows, sentences)
    reasons = explain_targets(targets, words=10**6, names=False, everything=True)
    word = reasons["word"].str.lower()
    grammar = word.isin(_grammar()) | ~word.str.contains(r"[^\W_]")
    return reasons.assign(word=word.mask(grammar, GRAMMAR).mask(reasons["own"], MENTION))


@cache
def _grammar() -> frozenset[str]:
    """Words that hold a sentence together, and those that every report of speech has ("said")."""
    return frozenset(lexicons.load("function_words")["word"])


@cache
def _light_words() -> frozenset[str]:
    """Words that carry grammar and no judgement."""
    return frozenset(lexicons.load("clause_words").query("`class` != 'negator'")["word"])


def counted(
    scored: pd.DataFrame, articles: pd.DataFrame, *, supported: bool = True
) -> pd.DataFrame:
    """Scored mentions of original articles, with outlet and whose words they stand in.

    What a sentence of the author's puts down to somebody (attributed) is others'. Unquoted
    words that are not the outlet's own (`own_words`) are nobody's here.
    """
    schema.needs(scored, "doc_id", "actor", "label", "voice", table="target_sentiment")
    schema.needs(articles, "doc_id", "outlet", table="articles")
    original = articles
    if "duplicate_of" in articles.columns:
        original = articles[articles["duplicate_of"].isna()]
    outlet: dict[str, Any] = dict(zip(original["doc_id"], original["outlet"], strict=True))
    keep = scored["doc_id"].isin(outlet)
    if supported and "supported" in scored.columns:
        keep &= scored["supported"]
    others = scored["voice"].fillna("author") != "author"
    keep &= others | scored["doc_id"].isin(original.loc[own_words(original), "doc_id"])
    rows, others = scored[keep], others[keep]
    return rows.assign(
        outlet=rows["doc_id"].map(outlet).astype("str"),
        words=pd.Series(np.where(others, "others", "author"), rows.index, dtype="str"),
    )


def _ranked(table: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The most mentioned actors first, then by name, outlet and words."""
    total = rows.groupby("actor").size()
    table = table.assign(_total=table["actor"].map(total))
    by = ["_total", *[c for c in ("actor", "outlet", "words") if c in table.columns]]
    table = table.sort_values(by, ascending=[False] + [True] * (len(by) - 1), ignore_index=True)
    return table.drop(columns="_total")

"""Counting tables over `mentions`: who is named how often, by whom, as what, with whom, when.

The article is the unit: shares are of articles, rates per 1,000 words, intervals from the variance
between articles. Kinds of mention stand in columns of their own, so that an outlet that writes "he"
more often does not seem to name an actor more often.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.schema import needs
from helpers.statistics import ratio_interval

KINDS = ("name", "title", "metonym", "demonym", "pronoun")
VOICES = ("author", "quoted", "reported")
PLACES = ("headline", "lead", "body")
_LEAD_SENTENCES = 3


def _with_outlet(mentions: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    needs(mentions, "doc_id", "actor", "kind", table="mentions")
    needs(articles, "doc_id", "outlet", table="articles")
    known = mentions[mentions["actor"].notna() & mentions["doc_id"].isin(articles["doc_id"])]
    return known.merge(articles[["doc_id", "outlet"]], on="doc_id", how="left")


def _commonest(rows: pd.DataFrame, by: list[str], column: str) -> pd.Series:
    """For each group the value that most of its rows have, of several the one that came first."""
    counts = rows.groupby([*by, column], sort=False).size().rename("n").reset_index()
    ranked = counts.sort_values("n", ascending=False, kind="stable")
    found: pd.Series = ranked.drop_duplicates(by).set_index(by)[column]
    return found


def _most_named(mentions: pd.DataFrame, limit: int | None) -> list[str]:
    """Actors by number of articles, then mentions, then label."""
    counts = mentions.groupby("actor").agg(d=("doc_id", "nunique"), n=("doc_id", "size"))
    order = counts.reset_index().sort_values(["d", "n", "actor"], ascending=[False, False, True])
    return order["actor"].head(limit).tolist() if limit else order["actor"].tolist()


def place_of(mentions: pd.DataFrame, sentences: pd.DataFrame) -> pd.Series:
    """For each mention: headline, lead (the first three sentences of the body) or body."""
    needs(sentences, "doc_id", "sentence_id", "part", table="sentences")
    body = sentences[sentences["part"] == "body"].copy()
    rank = body.groupby("doc_id").cumcount()
    places = sentences[["doc_id", "sentence_id"]].copy()
    places["place"] = np.where(sentences["part"] == "headline", "headline", "body")
    places.loc[body.index[rank < _LEAD_SENTENCES], "place"] = "lead"
    joined = mentions[["doc_id", "sentence_id"]].merge(
        places, on=["doc_id", "sentence_id"], how="left"
    )
    return pd.Series(joined["place"].fillna("body").to_numpy(), index=mentions.index)


def placed(
    mentions: pd.DataFrame, articles: pd.DataFrame, sentences: pd.DataFrame
) -> pd.DataFrame:
    """The mentions that `frequency` counts, with outlet, day (published) and place."""
    known = _with_outlet(mentions, articles)
    days = dict(zip(articles["doc_id"], articles["published"], strict=True))
    return known.assign(published=known["doc_id"].map(days), place=place_of(known, sentences))


def frequency(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    sentences: pd.DataFrame | None = None,
    limit: int | None = None,
    intervals: bool = True,
) -> pd.DataFrame:
    """One row per actor and outlet, most widely named actors first, outlets without a mention too.

    Columns: actor, actor_type, outlet, n_articles (of the outlet), articles (that mention the
    actor), share and its interval share_low, share_high, mentions, per_1000_words with low and
    high, one column per kind of mention, one per voice, and with `sentences` one for headline,
    lead and body. Intervals are over articles, missing where an outlet has
    fewer than four articles.
    """
    needs(articles, "doc_id", "outlet", "n_words", table="articles")
    known = _with_outlet(mentions, articles)
    if sentences is not None:
        known = known.assign(place=place_of(known, sentences))
    actors = _most_named(known, limit)
    types = _commonest(known, ["actor"], "actor_type")
    parts: list[tuple[str, tuple[str, ...]]] = [("kind", KINDS)]
    if "voice" in known and known["voice"].notna().any():
        parts.append(("voice", VOICES))
    if sentences is not None:
        parts.append(("place", PLACES))
    rows = []
    for outlet, group in articles.groupby("outlet", sort=True):
        docs = group["doc_id"].tolist()
        at = {d: i for i, d in enumerate(docs)}
        own = known[(known["outlet"] == outlet) & known["actor"].isin(actors)]
        column = {a: i for i, a in enumerate(actors)}
        counts = np.zeros((len(docs), len(actors)))
        np.add.at(
            counts, ([at[d] for d in own["doc_id"]], [column[a] for a in own["actor"]]), 1.0
        )  # fmt: skip
        words = group["n_words"].to_numpy(float)
        rate, low, high = _interval(counts, words, 1000.0, intervals)
        share, share_low, share_high = _interval(
            (counts > 0).astype(float), np.ones(len(docs)), 1.0, intervals
        )
        split = {
            name: own[own[what] == name].groupby("actor").size()
            for what, names in parts
            for name in names
        }
        for i, actor in enumerate(actors):
            row = {
                "actor": actor, "actor_type": types.get(actor), "outlet": outlet,
                "n_articles": len(docs), "articles": int((counts[:, i] > 0).sum()),
                "share": share[i], "share_low": share_low[i], "share_high": share_high[i],
                "mentions": int(counts[:, i].sum()), "per_1000_words": rate[i],
                "low": low[i], "high": high[i],
            }  # fmt: skip
            row |= {name: int(sizes.get(actor, 0)) for name, sizes in split.items()}
            rows.append(row)
    columns = ["actor", "actor_type", "outlet", "n_articles", "articles", "share", "share_low",
               "share_high", "mentions", "per_1000_words", "low", "high"]  # fmt: skip
    columns += [name for _, names in parts for name in names]
    table = pd.DataFrame(rows, columns=columns)
    order = {a: i for i, a in enumerate(actors)}
    table = table.sort_values(
        ["actor", "outlet"], key=lambda s: s.map(order) if s.name == "actor" else s, kind="stable"
    )
    return table.reset_index(drop=True)


def _interval(
    top: np.ndarray, bottom: np.ndarray, scale: float, wanted: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    if top.shape[1] == 0:
        empty = np.zeros(0)
        return empty, empty, empty
    if not wanted:
        total = bottom.sum()
        value = top.sum(axis=0) / total * scale if total else np.full(top.shape[1], np.nan)
        missing = np.full(top.shape[1], np.nan)
        return value, missing, missing
    interval = ratio_interval(top, bottom, scale=scale)
    return np.asarray(interval.value), np.asarray(interval.low), np.asarray(interval.high)


def names_of(
    mentions: pd.DataFrame, articles: pd.DataFrame, *, actor: str | None = None
) -> pd.DataFrame:
    """One row per actor, outlet and wording: what the outlet calls the actor, most frequent first.

    Columns: actor, outlet, label (as most often written), kind, n, articles, doc_id, start, end
    of the first place, as evidence, and key, by which `wordings` tells them apart.
    """
    known = wordings(mentions, articles)
    if actor is not None:
        known = known[known["actor"] == actor]
    keys = ["actor", "outlet", "key"]
    table = known.groupby(keys, sort=True).agg(
        kind=("kind", "first"),
        n=("text", "size"),
        articles=("doc_id", "nunique"),
        doc_id=("doc_id", "first"),
        start=("start", "first"),
        end=("end", "first"),
    )
    table.insert(0, "label", _commonest(known, keys, "text"))
    table = table.reset_index().sort_values(
        ["actor", "outlet", "n", "key"], ascending=[True, True, False, True], kind="stable"
    )
    return table.reset_index(drop=True)


def wordings(mentions: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The mentions that `names_of` counts, with outlet and key: the words without article.

    Pronouns are left out.
    """
    known = _with_outlet(mentions, articles)
    known = known[known["kind"] != "pronoun"]
    key = known["text"].astype("str").str.replace(r"^(?:the|The)\s+", "", regex=True)
    return known.assign(key=key.str.casefold())


def told_together(mentions: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """One row per sentence and ordered pair of actors in it, with the place of the first's mention.

    Columns: actor, other, doc_id, start, end. What `comentions` counts within sentences.
    """
    known = mentions[mentions["actor"].notna() & mentions["doc_id"].isin(articles["doc_id"])]
    unit = ["doc_id", "sentence_id", "actor"]
    once = known[[*unit, "start", "end"]].drop_duplicates(unit)
    others = once[unit].rename(columns={"actor": "other"})
    pairs = once.merge(others, on=["doc_id", "sentence_id"])
    return pairs[pairs["actor"] != pairs["other"]].reset_index(drop=True)


def comentions(
    mentions: pd.DataFrame,
    *,
    within: str = "article",
    limit: int | None = 30,
    articles: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row per pair of actors that stand together in an article or sentence (`within`).

    Columns: actor, other (in alphabetical order), n (articles or sentences with both), n_actor,
    n_other, jaccard (n over those with either). With `articles` only these are counted. The
    `limit` most widely named actors are paired.
    """
    needs(mentions, "doc_id", "actor", "sentence_id", table="mentions")
    if within not in ("article", "sentence"):
        raise ValueError(f"within={within!r}: give 'article' or 'sentence'.")
    known = mentions[mentions["actor"].notna()]
    if articles is not None:
        known = known[known["doc_id"].isin(articles["doc_id"])]
    actors = sorted(_most_named(known, limit))
    known = known[known["actor"].isin(actors)]
    unit = ["doc_id"] if within == "article" else ["doc_id", "sentence_id"]
    pairs = known[[*unit, "actor"]].drop_duplicates()
    code = {a: i for i, a in enumerate(actors)}
    units = pairs.groupby(unit, sort=True).ngroup().to_numpy()
    matrix = np.zeros((units.max() + 1 if len(units) else 0, len(actors)), dtype=np.int64)
    matrix[units, [code[a] for a in pairs["actor"]]] = 1
    both = matrix.T @ matrix
    rows = [
        (actors[i], actors[j], int(both[i, j]), int(both[i, i]), int(both[j, j]),
         both[i, j] / (both[i, i] + both[j, j] - both[i, j]))
        for i in range(len(actors))
        for j in range(i + 1, len(actors))
        if both[i, j]
    ]  # fmt: skip
    columns = ["actor", "other", "n", "n_actor", "n_other", "jaccard"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(
        ["n", "actor", "other"], ascending=[False, True, True], kind="stable"
    ).reset_index(drop=True)


def timeline(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    period: str = "D",
    limit: int | None = 10,
) -> pd.DataFrame:
    """One row per actor and period (pandas' code: D day, W week, M month), periods without too.

    Columns: actor, period (its first day), articles, n_articles (published then), share,
    mentions. Undated articles are left out.
    """
    needs(articles, "doc_id", "outlet", "published", table="articles")
    dated = articles[articles["published"].notna()]
    known = _with_outlet(mentions, dated)
    columns = ["actor", "period", "articles", "n_articles", "share", "mentions"]
    if dated.empty or known.empty:
        return pd.DataFrame(columns=columns)
    day = pd.to_datetime(dated["published"]).dt.to_period(period)
    first = dict(zip(dated["doc_id"], day, strict=True))
    known = known.assign(period=known["doc_id"].map(first))
    totals = day.value_counts().sort_index()
    rows = []
    for actor in _most_named(known, limit):
        own = known[known["actor"] == actor]
        docs, n = own.groupby("period")["doc_id"].nunique(), own.groupby("period").size()
        for when, total in zip(totals.index, totals.tolist(), strict=True):
            with_actor = int(docs.get(when, 0))
            rows.append(
                (actor, str(when.start_time.date()), with_actor, int(total),
                 with_actor / int(total), int(n.get(when, 0)))
            )  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def unresolved(mentions: pd.DataFrame, articles: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row per wording that was left without an actor, most frequent first.

    Columns: text, kind, n, articles, of (all mentions of that kind), share, doc_id, start, end of
    the first place, and key, the words in small letters. Pronouns are one row per word.
    """
    needs(mentions, "doc_id", "actor", "kind", "text", table="mentions")
    if articles is not None:
        mentions = mentions[mentions["doc_id"].isin(articles["doc_id"])]
    totals = mentions.groupby("kind").size()
    left = without_actor(mentions)
    table = (
        left.groupby(["kind", "key"], sort=True)
        .agg(
            text=("text", "first"),
            n=("text", "size"),
            articles=("doc_id", "nunique"),
            doc_id=("doc_id", "first"),
            start=("start", "first"),
            end=("end", "first"),
        )
        .reset_index()
    )
    table["of"] = table["kind"].map(totals).astype("int64")
    table["share"] = table["n"] / table["of"]
    table = table.sort_values(["n", "kind", "key"], ascending=[False, True, True], kind="stable")
    columns = ["text", "kind", "n", "articles", "of", "share", "doc_id", "start", "end", "key"]
    return table[columns].reset_index(drop=True)


def without_actor(mentions: pd.DataFrame) -> pd.DataFrame:
    """The mentions that `unresolved` counts, with their key."""
    left = mentions[mentions["actor"].isna()]
    return left.assign(key=left["text"].astype("str").str.casefold())

"""Counts of the `quotes` table, for the notebook and the briefing.

An attribution counts once, however many spans it has. Articles that repeat another
(`duplicate_of`) are left out. Shares come with their denominators.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from helpers.grammar.marks import outer
from helpers.lenses.quotes.voice import add_voice
from helpers.schema import needs

UNNAMED = "(unnamed source)"
UNKNOWN = "(not decided)"


def attributions(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """One row per attribution in an original article, with its outlet and speaker.

    Unnamed sources are one speaker, undecided ones another.
    """
    needs(quotes, "quote_id", "doc_id", "kind", "actor", "anonymous", table="quotes")
    needs(articles, "doc_id", "outlet", table="articles")
    outlet = _outlets(articles)
    kept = quotes[quotes["doc_id"].isin(outlet)]
    order = {"direct": 0, "mixed": 1, "indirect": 2}
    ranked = kept.assign(rank=kept["kind"].map(order))
    best = ranked.sort_values(["rank"], kind="stable").drop_duplicates("quote_id").sort_index()
    who = best["actor"].where(best["actor"].notna(), None).astype(object)
    who = who.mask(best["actor"].isna() & best["anonymous"], UNNAMED)
    who = who.mask(best["actor"].isna() & ~best["anonymous"], UNKNOWN)
    return best.drop(columns="rank").assign(
        outlet=best["doc_id"].map(outlet).astype("str"), speaker=who.astype("str")
    )


def _outlets(articles: pd.DataFrame) -> dict[str, str]:
    """The outlet of every original article, by its `doc_id`."""
    if "duplicate_of" in articles:
        articles = articles[articles["duplicate_of"].isna()]
    return dict(zip(articles["doc_id"], articles["outlet"], strict=True))


def speech(quotes: pd.DataFrame) -> pd.DataFrame:
    """One row per content span of ``quotes`` that surely reports words (`counted`)."""
    needs(quotes, "counted", table="quotes")
    return quotes[quotes["counted"]]


def said_by(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """One row per outlet and speaker, with how often the outlet lets each speak.

    `n` attributions, of which `direct`, `mixed` and `indirect`; `share` of the outlet's `total`;
    `n_articles` that hold them. Unnamed sources are one speaker, undecided ones another, so that
    an outlet's rows add up to its total.
    """
    rows = attributions(quotes, articles)
    groups = rows.groupby(["outlet", "speaker"], sort=True)
    table = groups.size().rename("n").reset_index()
    for kind in ("direct", "mixed", "indirect"):
        n = rows[rows["kind"] == kind].groupby(["outlet", "speaker"]).size()
        table[kind] = _looked_up(table, n)
    articles_of = groups["doc_id"].nunique()
    table["n_articles"] = _looked_up(table, articles_of)
    table["total"] = table.groupby("outlet")["n"].transform("sum")
    table["share"] = table["n"] / table["total"]
    table = table.sort_values(["outlet", "n", "speaker"], ascending=[True, False, True])
    return table.reset_index(drop=True)


def _looked_up(table: pd.DataFrame, counts: pd.Series) -> pd.Series:
    keys = pd.MultiIndex.from_frame(table[["outlet", "speaker"]])
    return pd.Series(counts.reindex(keys, fill_value=0).to_numpy(dtype="int64"), table.index)


def said_about(
    quotes: pd.DataFrame, mentions: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    """One row per outlet, speaker and actor spoken about: who is made to speak about whom.

    `n` mentions of the actor within the speaker's words (quoted or reported), in `n_articles`.
    Speakers about themselves are left out; a speaker without an actor is left out too.
    """
    rows = named_in_speech(quotes, mentions, articles)
    groups = rows.groupby(["outlet", "speaker", "about"], sort=True)
    table = groups.agg(n=("start", "size"), n_articles=("doc_id", "nunique")).reset_index()
    table = table.sort_values(
        ["outlet", "n", "speaker", "about"], ascending=[True, False, True, True]
    )
    return table.reset_index(drop=True)


def named_in_speech(
    quotes: pd.DataFrame, mentions: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    """The mentions that `said_about` counts, with outlet, speaker and about."""
    needs(mentions, "doc_id", "start", "end", "actor", table="mentions")
    spans = mentions.drop(columns=["voice", "speaker"], errors="ignore")
    voiced = add_voice(spans, quotes)
    outlet = _outlets(articles)
    rows = voiced[
        voiced["speaker"].notna()
        & voiced["actor"].notna()
        & (voiced["speaker"] != voiced["actor"])
        & voiced["doc_id"].isin(outlet)
    ]
    return rows.assign(outlet=rows["doc_id"].map(outlet).astype("str"), about=rows["actor"])


def kinds(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """One row per outlet: how much it quotes directly, in part, indirectly, and without a name.

    `n` attributions; the shares `direct`, `mixed` and `indirect` add up to 1; `anonymous` is the
    share with an unnamed source, `undecided` the share whose speaker could not be decided.
    """
    rows = attributions(quotes, articles)
    groups = rows.groupby("outlet", sort=True)
    table = groups.size().rename("n").reset_index()
    for kind in ("direct", "mixed", "indirect"):
        share = rows["kind"].eq(kind).groupby(rows["outlet"]).mean()
        table[kind] = share.reindex(table["outlet"]).to_numpy()
    anonymous = rows["anonymous"].groupby(rows["outlet"]).mean()
    table["anonymous"] = anonymous.reindex(table["outlet"]).to_numpy()
    undecided = (rows["actor"].isna() & ~rows["anonymous"]).groupby(rows["outlet"]).mean()
    table["undecided"] = undecided.reindex(table["outlet"]).to_numpy()
    return table


def verbs(
    quotes: pd.DataFrame, articles: pd.DataFrame, *, by: tuple[str, ...] = ("actor",)
) -> pd.DataFrame:
    """One row per group of ``by`` (outlet, actor), stance and cue verb, most frequent first.

    `lemma` is the verb's base form, `n` how often it reports, `share` of the group's `total`.
    """
    needs(quotes, "lemma", "stance", table="quotes")
    rows = attributions(quotes, articles)
    rows = rows[rows["cue"].notna()].dropna(subset=list(by))
    keys = [*by, "stance", "lemma"]
    table = rows.groupby(keys, sort=True).size().rename("n").reset_index()
    table["total"] = table.groupby(list(by))["n"].transform("sum")
    table["share"] = table["n"] / table["total"]
    table = table.sort_values(
        [*by, "n", "lemma"], ascending=[True] * len(by) + [False, True], kind="stable"
    )
    return table.reset_index(drop=True)


def stances(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """One row per outlet, speaker and stance of the cue: who "says" and who "claims"."""
    rows = attributions(quotes, articles)
    rows = rows[rows["cue"].notna() & rows["actor"].notna()]
    table = rows.groupby(["outlet", "actor", "stance"], sort=True).size().rename("n").reset_index()
    table["total"] = table.groupby(["outlet", "actor"])["n"].transform("sum")
    table["share"] = table["n"] / table["total"]
    return table


def voices(quotes: pd.DataFrame, articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """One row per outlet and voice: the share of its text that is the author's, quoted, reported.

    Counted in characters of sentences in the body. `speakers` are the actors who fill the most of
    it, most first.
    """
    pieces = voiced(quotes, articles, sentences)
    table = pieces.groupby(["outlet", "voice"], sort=True)["n"].sum().reset_index()
    table["total"] = table.groupby("outlet")["n"].transform("sum")
    table["share"] = table["n"] / table["total"]
    top = (
        pieces[pieces["speaker"].notna()]
        .groupby(["outlet", "voice", "speaker"], sort=True)["n"].sum().reset_index()
        .sort_values(["outlet", "voice", "n", "speaker"], ascending=[True, True, False, True])
        .groupby(["outlet", "voice"])["speaker"]
        .agg(lambda names: ", ".join(names.head(3)))
    )  # fmt: skip
    keys = pd.MultiIndex.from_frame(table[["outlet", "voice"]])
    table["speakers"] = pd.Series(top.reindex(keys).to_numpy(), table.index).astype("str")
    return table


def voiced(quotes: pd.DataFrame, articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """One row per stretch of the body in one voice: outlet, voice, speaker, n characters, place."""
    needs(sentences, "doc_id", "start", "end", table="sentences")
    outlet = _outlets(articles)
    body = sentences[sentences["doc_id"].isin(outlet)]
    if "part" in body:
        body = body[body["part"] == "body"]
    pieces = add_voice(_pieces(body, quotes), quotes)
    return pieces.assign(
        outlet=pieces["doc_id"].map(outlet).astype("str"), n=pieces["end"] - pieces["start"]
    )


def _pieces(sentences: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Sentences cut where a quotation begins or ends, so that each piece has one voice."""
    cuts: dict[str, set[int]] = {}
    for doc, start, end, text, kind in zip(
        quotes["doc_id"], quotes["start"], quotes["end"], quotes["text"], quotes["kind"],
        strict=True,
    ):  # fmt: skip
        here = cuts.setdefault(doc, set())
        here.update((start, end))
        if kind == "mixed":
            for a, b in outer(text):
                here.update((start + a, start + b))
    docs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    points = {doc: np.array(sorted(places)) for doc, places in cuts.items()}
    none = np.array([], dtype="int64")
    for doc, start, end in zip(
        sentences["doc_id"], sentences["start"], sentences["end"], strict=True
    ):
        at = points.get(doc, none)
        inside = at[np.searchsorted(at, start, "right") : np.searchsorted(at, end, "left")]
        edges = [start, *inside.tolist(), end]
        for a, b in pairwise(edges):
            if b > a:
                docs.append(doc)
                starts.append(a)
                ends.append(b)
    return pd.DataFrame(
        {
            "doc_id": pd.Series(docs, dtype="str"),
            "start": pd.Series(starts, dtype="int64"),
            "end": pd.Series(ends, dtype="int64"),
        }
    )


def unattributed(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """One row per attribution whose speaker is not known, with the reason, in text order.

    `reason`: "unnamed source", "no source in the sentence", or "source not decided".
    """
    rows = attributions(quotes, articles)
    rows = rows[rows["actor"].isna()]
    reason = np.where(
        rows["anonymous"],
        "unnamed source",
        np.where(rows["source"].isna(), "no source in the sentence", "source not decided"),
    )
    columns = ["outlet", "doc_id", "sentence_id", "start", "end", "text", "kind", "cue", "source"]
    table = rows[["quote_id", *columns]].assign(reason=pd.Series(reason, rows.index, dtype="str"))
    return table.sort_values(["outlet", "doc_id", "start"], kind="stable").reset_index(drop=True)

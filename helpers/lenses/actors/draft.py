"""The draft of a story's ``actors.csv``: what was found, ready to be edited, edits kept."""

from __future__ import annotations

import pandas as pd

from helpers.lenses.actors import name_matching
from helpers.schema import needs

COLUMNS = ("actor", "alias", "kind", "note", "mentions", "articles", "example", "suggestion")
_EXAMPLE = 120


def draft_actor_list(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    previous: pd.DataFrame | None = None,
    minimum: int = 2,
) -> pd.DataFrame:
    """One row per actor and alias, most frequent actors first, in the shape of ``actors.csv``.

    Columns: actor, alias, kind (person, government, organization …), note (how the alias is used
    where it is not a name: title, metonym), mentions, articles, example (a sentence piece),
    suggestion (another actor this may be the same as). Rows of `previous` come first, unchanged;
    what they decide is not proposed again, so that an edited list survives a second run. To say
    that a form is no actor, set its kind to ``ignore``.
    """
    needs(mentions, "doc_id", "actor", "kind", "text", "actor_type", table="mentions")
    needs(articles, "doc_id", "text", table="articles")
    named = mentions[
        mentions["actor"].notna() & mentions["kind"].isin(["name", "title", "metonym"])
    ]
    counts = named.groupby("actor").agg(n=("text", "size"), d=("doc_id", "nunique"))
    counts = counts[counts["n"] >= minimum].reset_index()
    counts = counts.sort_values(["n", "actor"], ascending=[False, True], kind="stable")
    texts = dict(zip(articles["doc_id"], articles["text"], strict=True))
    decided = _decided(previous)
    labels = counts["actor"].tolist()
    types = named.groupby("actor")["actor_type"].agg(lambda t: t.value_counts().index[0])
    kinds = {actor: str(types[actor]) for actor in labels}
    rows = []
    for actor in labels:
        own = named[named["actor"] == actor]
        kind = kinds[actor]
        similar = _similar(actor, kind, kinds)
        for alias, group in _aliases(own):
            if (alias in decided) or (actor in decided and alias == actor):
                continue
            place = group.iloc[0]
            usual = group["kind"].value_counts().index[0]
            rows.append(
                {
                    "actor": actor, "alias": alias, "kind": kind,
                    "note": usual if usual != "name" else "",
                    "mentions": len(group), "articles": group["doc_id"].nunique(),
                    "example": _example(texts[place["doc_id"]], place["start"], place["end"]),
                    "suggestion": similar,
                }
            )  # fmt: skip
    draft = pd.DataFrame(rows, columns=list(COLUMNS))
    if previous is not None and len(previous):
        draft = pd.concat([previous, draft], ignore_index=True)
        draft = draft[[*dict.fromkeys([*previous.columns, *COLUMNS])]]
    return draft


def _decided(previous: pd.DataFrame | None) -> set[str]:
    if previous is None:
        return set()
    decided = set(previous["alias"].dropna())
    return decided | set(previous["actor"].dropna())


def _aliases(own: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The wordings of an actor, most frequent first, upper and lower case of "the" as one."""
    key = own["text"].str.replace(r"^The\s", "the ", regex=True)
    key = key.str.replace(r"\s+", " ", regex=True)
    groups = [(str(alias), group) for alias, group in own.groupby(key, sort=True)]
    return sorted(groups, key=lambda g: (-len(g[1]), g[0]))


def _similar(actor: str, kind: str, others: dict[str, str]) -> str:
    """Another label of the same kind that may be the same actor: a merge to consider."""
    words = [name_matching.fold(w) for w in actor.split()]
    if kind == "government" or not words:
        return ""
    for other, its_kind in others.items():
        if other == actor or its_kind != kind:
            continue
        theirs = [name_matching.fold(w) for w in other.split()]
        if kind == "person":
            surname = bool(theirs) and name_matching.near(words[-1], theirs[-1])
            short = min(len(words), len(theirs)) == 1
            like = surname and (short or name_matching.given_match(words[0], theirs[0]))
        else:
            a, b = sorted((set(words), set(theirs)), key=len)
            like = a < b and 2 * len(a) >= len(b) and len(a) > 1
        if like:
            return f"same as {other}?"
    return ""


def _example(text: str, start: int, end: int) -> str:
    room = max(0, _EXAMPLE - (end - start)) // 2
    a, b = max(0, start - room), min(len(text), end + room)
    piece = " ".join(text[a:b].split())
    return f"{'…' if a else ''}{piece}{'…' if b < len(text) else ''}"

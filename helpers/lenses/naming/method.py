"""Naming: the words each outlet uses for the same actor.

For an actor: the forms of its name ("Mr. Poole", "the mayor"), the noun put before it ("the
embattled strongman"), the apposition after it (", a former pilot,"), what it is said to be ("is a
rogue state") and, for countries, what the government is called ("clerical regime", "leadership").
Of these the titles and descriptions are labels that an outlet chose (`CHOSEN`); the others are
spellings of a name, a capital for its state or grammar ("Iranian"). Every naming keeps its place in
the text. What things are called is in `concepts`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers import lexicons
from helpers.comparing.events import describable
from helpers.comparing.spans import voice_mask
from helpers.lenses.naming.phrases import ARTICLES, TokenSequence, sequence_of
from helpers.schema import make, needs
from helpers.statistics import problem

SEPARATOR = " | "  # between doc_ids in one cell
MOST_LISTED = 1_000  # doc_ids in one cell; the column articles has their number
FORMS = ("name", "title", "metonym", "demonym", "epithet")  # the mention itself, by its kind
DESCRIPTIONS = ("before", "apposition", "predicate", "polity")
CHOSEN = ("title", "epithet", *DESCRIPTIONS)
_GENERIC = lexicons.words("generic_words")
_NEUTRAL = lexicons.words("neutral_polity_nouns")
COLUMNS = ["doc_id", "start", "end", "text", "sentence_id", "actor", "label", "part"]


def namings(tokens: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """One row per naming of an actor: doc_id, start, end, text, sentence_id, actor, label, part.

    `part` says how the label stands to the mention: name, title, metonym, demonym or epithet (the
    mention itself; "the mullahs", "the Iranian regime" as *regime*), before, apposition, predicate
    ("is a …") or polity (what a country's government is called). `text` is the label as printed,
    with what belongs to the mention, `start` and `end` its place; pronouns and undecided actors
    name nobody.
    """
    needs(tokens, "doc_id", "sentence_id", "start", "end", "text", "tag", table="tokens")
    needs(mentions, "doc_id", "start", "end", "text", "actor", "kind", table="mentions")
    known = mentions[mentions["actor"].notna() & (mentions["kind"] != "pronoun")]
    known = known.reset_index(drop=True)
    forms = _forms(known)
    if tokens.empty or known.empty:
        return forms
    sequence = sequence_of(tokens)
    first, last = sequence.spans(
        known["doc_id"].tolist(),
        known["start"].to_numpy(np.int64),
        known["end"].to_numpy(np.int64),
    )
    forms = forms.drop(index=_generic(known, sequence, first))
    kinds = known["actor_type"] if "actor_type" in known else pd.Series("place", known.index)
    rows: list[tuple[object, ...]] = []
    sentence = tokens["sentence_id"].tolist()
    for a, b, doc, actor, kind in zip(
        first, last, known["doc_id"].tolist(), known["actor"].tolist(), kinds.tolist(), strict=True
    ):
        if b < a or kind == "other":
            continue
        state = kind in ("government", "place")
        for i, j, part in sequence.around(a, b, person=kind == "person", polity=state):
            text = sequence.text(i, j)
            start, end = sequence.starts[i], sequence.ends[j]
            rows.append((doc, start, end, text, sentence[i], actor, label_of(text), part))
    described = pd.DataFrame(rows, columns=COLUMNS).astype(forms.dtypes.to_dict())
    order = ["doc_id", "start", "end", "actor", "part"]
    together = pd.concat([forms, described], ignore_index=True).drop_duplicates(order)
    return together.sort_values(order, ignore_index=True, kind="stable")


def _generic(known: pd.DataFrame, sequence: TokenSequence, first: list[int]) -> list[int]:
    """The rows that name an office and nobody in it: "none involved the president of …"."""
    titles = (known["kind"] == "title") & known["text"].str.contains(" of ", regex=False)
    found = []
    for row in np.flatnonzero(titles).tolist():
        i = first[row]
        words = sequence.low[sequence.left[i] : i]
        clause = words[len(words) - words[::-1].index(",") :] if "," in words else words
        if not _GENERIC.isdisjoint(clause):
            found.append(row)
    return found


def is_chosen(parts: pd.Series) -> pd.Series:
    """Of the column `parts`: whether the label was ever a title or a description."""
    return parts.map(lambda p: any(part in CHOSEN for part in str(p).split(", "))).astype(bool)


def label_of(text: str) -> str:
    """A label as it is compared: small letters, straight apostrophes, no article before it.

    >>> label_of("The Mayor’s  office")
    "mayor's office"
    """
    words = text.lower().replace("’", "'").split()
    while len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    return " ".join(words)


def _forms(known: pd.DataFrame) -> pd.DataFrame:
    """The mentions themselves as namings."""
    texts = known["text"].tolist()
    memo = {text: label_of(text) for text in set(texts)}
    epithet = {text: _epithet(text) for text in set(texts)}
    kinds = [
        "epithet" if kind == "metonym" and epithet[text] else kind
        for text, kind in zip(texts, known["kind"].tolist(), strict=True)
    ]
    table = {
        "doc_id": known["doc_id"].to_numpy(dtype=object),
        "start": known["start"].to_numpy(np.int64),
        "end": known["end"].to_numpy(np.int64),
        "text": texts,
        "sentence_id": known["sentence_id"].to_numpy(np.int64),
        "actor": known["actor"].to_numpy(dtype=object),
        "label": [
            epithet[text] if kind == "epithet" else memo[text]
            for text, kind in zip(texts, kinds, strict=True)
        ],
        "part": kinds,
    }
    texty = dict.fromkeys(("doc_id", "text", "actor", "label", "part"), "str")
    return pd.DataFrame(table).astype(texty)


def _epithet(text: str) -> str:
    """What a state is called, of a mention that is no name: its last words in small letters.

    A capital or a building is none, nor is a neutral word.

    >>> [_epithet(t) for t in ("the Iranian regime", "The mullahs", "Tehran", "the government")]
    ['regime', 'mullahs', '', '']
    """
    words: list[str] = []
    for word in reversed(text.split()):
        if not word.islower() or word in ARTICLES:
            break
        words.insert(0, word)
    return "" if not words or words[-1] in _NEUTRAL else " ".join(words)


# ------------------------------------------------------------------------------------ outlets


def naming(
    tokens: pd.DataFrame,
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    quotes: pd.DataFrame | None = None,
    voice: str = "author",
    named: pd.DataFrame | None = None,
    problems: list[dict[str, str]] | None = None,
) -> pd.DataFrame:
    """One row per actor × outlet × label: how often, in which articles, and where first.

    Beyond the declared columns: written (the label as it is written most often, since `label` is
    in small letters), parts (how the label stands to the name), total (the outlet's
    mentions of the actor), share (n of total), articles, and doc_id, start, end of the first
    naming. `named` may hold ready-made `namings`. Counts are in the voice asked for. Where no
    article names its outlet, all of them count as one, "unknown": names can be told without a
    comparison.
    """
    evidence = namings(tokens, mentions) if named is None else named
    mine = evidence[voice_mask(evidence, quotes, voice=voice)]
    return naming_of_parts([mine], articles, voice=voice, problems=problems)


def counted(
    tokens: pd.DataFrame,
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    quotes: pd.DataFrame | None = None,
    voice: str = "author",
) -> pd.DataFrame:
    """The `namings` that `naming` counts in a voice, with their outlet."""
    compared = describable(articles, voice=voice)
    return told_by(namings(tokens, mentions), compared, quotes, voice)


def naming_of_parts(
    parts: Iterable[pd.DataFrame],
    articles: pd.DataFrame,
    *,
    voice: str = "author",
    problems: list[dict[str, str]] | None = None,
) -> pd.DataFrame:
    """The table `naming` from `namings` in one voice, which come in parts of whole articles."""
    notes = problems if problems is not None else []
    compared = describable(articles, notes, voice=voice)
    counts = LabelCounts()
    for part in parts:
        counts.add(_with_outlet(part, compared))
    table = counts.table()
    if table.empty:
        notes.append(
            problem(
                "mentions",
                f"no actor is named in the voice asked for ({voice})",
                "naming stays empty; add actors to actors.csv or ask for voice='all'",
            )
        )
    return table


def told_by(
    evidence: pd.DataFrame, compared: pd.DataFrame, quotes: pd.DataFrame | None, voice: str
) -> pd.DataFrame:
    """The namings of the compared articles in one voice, with their outlet."""
    return _with_outlet(evidence[voice_mask(evidence, quotes, voice=voice)], compared)


def _with_outlet(mine: pd.DataFrame, compared: pd.DataFrame) -> pd.DataFrame:
    outlet = dict(zip(compared["doc_id"], compared["outlet"], strict=True))
    return mine.assign(outlet=mine["doc_id"].map(outlet).astype("str")).dropna(subset=["outlet"])


def count_labels(evidence: pd.DataFrame, *, of: str) -> pd.DataFrame:
    """The table `naming` of told namings; `of` is the column that holds what is named."""
    counts = LabelCounts()
    counts.add(evidence, of=of)
    return counts.table()


class LabelCounts:
    """Labels counted from told namings that come in parts, every article whole in one of them."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, str, str], _Group] = {}
        self._totals: dict[tuple[str, str], int] = {}

    def add(self, evidence: pd.DataFrame, *, of: str = "actor") -> None:
        """Count the told namings of further articles."""
        columns = [of, "outlet", "label", "text", "doc_id", "start", "end", "part"]
        groups, totals = self._groups, self._totals
        for name, outlet, label, text, doc, start, end, part in zip(
            *(evidence[column].tolist() for column in columns), strict=True
        ):
            if part not in DESCRIPTIONS:
                totals[name, outlet] = totals.get((name, outlet), 0) + 1
            key = name, outlet, label
            group = groups.get(key)
            if group is None:
                group = groups[key] = _Group(0, [], set(), (doc, start, end), {})
            group.n += 1
            n, first = group.texts.get(text, (0, (doc, start)))
            group.texts[text] = n + 1, min(first, (doc, start))
            group.parts.add(part)
            if not group.docs or group.docs[-1] != doc:  # evidence comes article by article
                group.docs.append(doc)
                if doc < group.place[0]:
                    group.place = doc, start, end

    def table(self) -> pd.DataFrame:
        """One row per actor, outlet and label; places and articles by doc_id, not by part."""
        groups, totals = self._groups, self._totals
        order = sorted(groups, key=lambda key: (key[0], key[1], -groups[key].n, key[2]))
        ordered = [groups[key] for key in order]
        whole = np.array([totals.get(key[:2], 0) for key in order], dtype=np.int64)
        n = np.array([group.n for group in ordered], dtype=np.int64)
        docs = [SEPARATOR.join(sorted(group.docs)[:MOST_LISTED]) for group in ordered]
        table = pd.DataFrame(
            {
                "actor": [key[0] for key in order],
                "outlet": [key[1] for key in order],
                "label": [key[2] for key in order],
                "n": n,
                "doc_ids": docs,
                "written": [
                    _written(group.texts, key[2]) for key, group in zip(order, ordered, strict=True)
                ],
                "parts": [", ".join(sorted(group.parts)) for group in ordered],
                "total": whole,
                "share": n / np.maximum(whole, 1),
                "articles": np.array([len(group.docs) for group in ordered], dtype=np.int64),
                "doc_id": [group.place[0] for group in ordered],
                "start": np.array([group.place[1] for group in ordered], dtype=np.int64),
                "end": np.array([group.place[2] for group in ordered], dtype=np.int64),
            }
        )
        return make("naming", table.astype({"written": "str", "parts": "str", "doc_id": "str"}))


@dataclass(slots=True)
class _Group:
    """The namings of one label in one outlet."""

    n: int
    docs: list[str]
    parts: set[str]
    place: tuple[str, int, int]
    texts: dict[str, tuple[int, tuple[str, int]]]
    """How often the label is written so, and where first."""


def _written(texts: dict[str, tuple[int, tuple[str, int]]], label: str) -> str:
    """The label's own words as most namings write them, the first of equals.

    >>> _written({"the White House": (2, ("a", 0)), "White House": (3, ("b", 9))}, "white house")
    'White House'
    """
    size = len(label.split())
    own: dict[str, tuple[int, tuple[str, int]]] = {}
    for text, (n, first) in texts.items():
        words = " ".join(text.split()[-size:])
        before, place = own.get(words, (0, first))
        own[words] = before + n, min(place, first)
    return min(own, key=lambda words: (-own[words][0], own[words][1]))

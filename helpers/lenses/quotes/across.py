"""The same statement in several outlets: what each cut from it, and what it put before it.

Two quotations are the same statement where they share enough runs of words (shingles): in the
manner of Broder (1997), *containment*, the share of the shorter one's runs that the longer one
holds, so that a quotation cut to half its length still matches. Runs that many statements use
("I don't think that") do not count. Two named speakers who differ are never joined.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Any

import pandas as pd

from helpers.grammar.marks import outer
from helpers.lenses.quotes.printed import WORD, Shelf, missing
from helpers.schema import needs

RUN = 4
"""Words in a run: three are often a turn of phrase, five miss most cut quotations."""
CONTAINED = 0.5
"""Share of the shorter quotation's runs that the longer one must hold."""
LEAST_WORDS = 5
COMMON = 0.02
"""A run found in more than this share of statements says nothing (at least in three)."""

COLUMNS = (
    "statement_id", "quote_id", "doc_id", "outlet", "published", "start", "end", "text", "actor",
    "source", "cue", "stance", "kind", "shared", "shared_outlet", "cut", "added", "n_words",
    "n_outlets",
)  # fmt: skip


def across_outlets(
    quotes: pd.DataFrame, articles: pd.DataFrame, *, least_outlets: int = 2
) -> pd.DataFrame:
    """One row per statement and quotation of it, for statements found in several outlets.

    `statement_id` numbers the statements; the longest version is the reference. `shared` is the
    share of its words that this version keeps, `shared_outlet` the share that this outlet prints
    anywhere (`printed`: other quotations, headlines, in other words beside one), `cut` the words
    of it that the outlet prints nowhere, in square-bracketed runs joined by " … ", `added` the
    words that only this version has. The cue
    and its stance say how each outlet introduced it. Near-duplicate articles (`duplicate_of`)
    are left out. Only words between quotation marks are compared.

    >>> articles = pd.DataFrame({"doc_id": ["a", "b"], "outlet": ["A", "B"],
    ...     "published": ["2019-09-01"] * 2, "duplicate_of": [None, None]})
    >>> text = ["“We will not sit down while the siege of our ports goes on.”",
    ...         "“We will not sit down while the siege”"]
    >>> quotes = pd.DataFrame({"quote_id": ["a#q1", "b#q1"], "doc_id": ["a", "b"],
    ...     "start": [0, 0], "end": [58, 38], "text": text, "kind": ["direct"] * 2,
    ...     "cue": ["said", "claimed"], "stance": ["neutral", "doubting"],
    ...     "source": ["Ann Hale"] * 2, "actor": ["Ann Hale"] * 2})
    >>> across_outlets(quotes, articles)[["outlet", "cue", "shared", "cut"]].values.tolist()
    [['A', 'said', 1.0, ''], ['B', 'claimed', 0.62, '[of our ports goes on]']]
    """
    needs(quotes, "quote_id", "doc_id", "start", "end", "text", "kind", "cue", "stance",
          "source", "actor", table="quotes")  # fmt: skip
    needs(articles, "doc_id", "outlet", table="articles")
    rows = _quotations(quotes, articles)
    groups = _groups(rows)
    shelf = Shelf(articles)
    out: list[dict[str, Any]] = []
    number = 0
    for members in groups:
        outlets = {rows[i]["outlet"] for i in members}
        if len(outlets) < least_outlets:
            continue
        number += 1
        out.extend(_versions([rows[i] for i in members], number, len(outlets), shelf))
    frame = pd.DataFrame(out, columns=list(COLUMNS))
    for name in COLUMNS:
        if name in ("start", "end", "n_words", "n_outlets", "statement_id"):
            frame[name] = frame[name].astype("int64")
        elif name in ("shared", "shared_outlet"):
            frame[name] = frame[name].astype("float64")
        else:
            frame[name] = frame[name].astype("str")
    return frame


def _quotations(quotes: pd.DataFrame, articles: pd.DataFrame) -> list[dict[str, Any]]:
    """The words in marks of each attribution, one record per attribution, by date and article."""
    outlet = dict(zip(articles["doc_id"], articles["outlet"], strict=True))
    day = dict(zip(articles["doc_id"], articles["published"], strict=True)) if (
        "published" in articles
    ) else {}  # fmt: skip
    repeats = (
        set(articles.loc[articles["duplicate_of"].notna(), "doc_id"])
        if "duplicate_of" in articles
        else set()
    )
    records: dict[str, dict[str, Any]] = {}
    columns = ("quote_id", "doc_id", "start", "end", "text", "kind", "cue", "stance", "source",
               "actor")  # fmt: skip
    lists = [quotes[c].astype(object).where(quotes[c].notna(), None).tolist() for c in columns]
    for quote_id, doc, start, end, text, kind, cue, stance, source, actor in zip(
        *lists, strict=True
    ):
        if kind == "indirect" or doc in repeats or doc not in outlet:
            continue
        spoken = text if kind == "direct" else " ".join(
            text[a:b] for a, b in outer(text)
        )  # fmt: skip
        words = WORD.findall(spoken.replace("’", "'"))
        if not words:
            continue
        record = records.get(quote_id)
        if record is None:
            records[quote_id] = {
                "quote_id": quote_id, "doc_id": doc, "outlet": outlet[doc],
                "published": day.get(doc), "start": start, "end": end, "text": text, "kind": kind,
                "cue": cue, "stance": stance, "source": source, "actor": actor, "words": words,
            }  # fmt: skip
        else:
            record["words"] = [*record["words"], *words]
            record["text"] = record["text"] + " … " + text
            record["end"] = max(record["end"], end)
    kept = [r for r in records.values() if len(r["words"]) >= LEAST_WORDS]
    for record in kept:
        record["keys"] = [w.lower() for w in record["words"]]
    kept.sort(key=lambda r: (str(r["published"] or "9"), r["doc_id"], r["start"], r["quote_id"]))
    return kept


def _groups(rows: list[dict[str, Any]]) -> list[list[int]]:
    """Numbers of the records that are versions of one statement, at least two each."""
    runs = [_runs(r["keys"]) for r in rows]
    count = Counter(run for found in runs for run in found)
    limit = max(3, int(COMMON * len(rows)) + 1) * 4
    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, found in enumerate(runs):
        for run in sorted(found):
            if 2 <= count[run] <= limit:
                holders[run].append(i)
    shared: Counter[tuple[int, int]] = Counter()
    for run in sorted(holders):
        members = holders[run]
        for x, i in enumerate(members):
            for j in members[x + 1 :]:
                shared[i, j] += 1
    parent = list(range(len(rows)))
    speaker: list[str | None] = [r["actor"] for r in rows]

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for (i, j), n in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if n < CONTAINED * min(len(runs[i]), len(runs[j])):
            continue
        a, b = root(i), root(j)
        if a == b or (speaker[a] and speaker[b] and speaker[a] != speaker[b]):
            continue
        first, second = min(a, b), max(a, b)
        parent[second] = first
        speaker[first] = speaker[first] or speaker[second]
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for i in range(len(rows)):
        groups[root(i)].append(i)
    return [members for _, members in sorted(groups.items()) if len(members) > 1]


def _runs(keys: list[str]) -> set[tuple[str, ...]]:
    """Runs of `RUN` words that hold at least two longer ones."""
    starts = range(len(keys) - RUN + 1)
    longer = list(accumulate((len(word) > 3 for word in keys), initial=0))
    runs = {tuple(keys[i : i + RUN]) for i in starts if longer[i + RUN] - longer[i] >= 2}
    return runs or {tuple(keys[i : i + RUN]) for i in starts}


def _versions(
    rows: list[dict[str, Any]], number: int, outlets: int, shelf: Shelf
) -> list[dict[str, Any]]:
    longest = max(rows, key=lambda r: (len(r["keys"]), -rows.index(r)))
    out = []
    kept: defaultdict[Any, set[int]] = defaultdict(set)
    for row in rows:
        matcher = SequenceMatcher(None, longest["keys"], row["keys"], autojunk=False)
        added: list[str] = []
        same = 0
        for what, a, b, c, d in matcher.get_opcodes():
            if what == "equal":
                same += b - a
                if b - a > 1 or len(longest["keys"][a]) > 3:  # a lone small word is luck
                    kept[row["outlet"]].update(range(a, b))
            elif d > c:
                added.append("[" + " ".join(row["words"][c:d]) + "]")
        record = {name: row.get(name) for name in COLUMNS}
        record.update(
            statement_id=number,
            shared=round(same / len(longest["keys"]), 2),
            added=" … ".join(added),
            n_words=len(row["keys"]),
            n_outlets=outlets,
        )
        out.append(record)
    for outlet, words in kept.items():
        places = [(r["doc_id"], r["start"], r["end"]) for r in rows if r["outlet"] == outlet]
        words |= shelf.printed(longest["keys"], words, places)
    for record in out:
        words = kept[record["outlet"]]
        record["shared_outlet"] = round(len(words) / len(longest["keys"]), 2)
        gone = missing(words, len(longest["keys"]))
        record["cut"] = " … ".join(
            f"[{' '.join(longest['words'][first:last])}]" for first, last in gone
        )
    return out

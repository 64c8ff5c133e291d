"""Facts: what each says, and how well each sentence of the corpus tells it.

Listed facts come from the analyst's `facts.csv`, found ones from sentences of several outlets
that report the same thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers import lexicons
from helpers.comparing.cues import Patterns, lex
from helpers.comparing.matching import Pairs, alike, sentence_features, weights
from helpers.comparing.spans import sentence_rows
from helpers.comparing.terms import function_words
from helpers.grammar.token_codes import token_codes
from helpers.lenses.coverage.other_words import Told
from helpers.lenses.coverage.same_day import SameDay, days_of
from helpers.segment import tokenize
from helpers.statistics import problem

PRESENT = 0.42  # likeness from which a sentence tells the fact
UNCERTAIN = 0.25  # likeness below which it does not
TELLERS = 2  # outlets that must report a thing for it to be found
PARTIAL_WORDS = 3  # cues of so many content words may be told in other words
PARTIAL_CEILING = 0.41  # scattered words leave a doubt: below PRESENT
LISTED_SHARE = 0.5  # a found fact with so many of its sentences in a listed one is that one
MOST_FACTS = 500  # found ones, those told by most outlets first
LONG_STATEMENT = 40  # words
THINGS, SURELY, DOUBTFUL = 3, 0.6, 0.41
"""Fewer shared words that are no names make a phrase and no report, below so high a likeness: a
doubt, below `PRESENT`."""
_PRESS = lexicons.words("press_words")
_DEPENDENT = lexicons.words("dependent_openers")
_FINITE = ("MD", "VBD", "VBP", "VBZ")
_ALL_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]?|[^“”\"]*[”\"]")
"""A sentence that is all quotation, or a part of one that begins or ends elsewhere."""
_MARK = re.compile(r"[“”\"]")
_PUNCTUATION = re.compile(r"[^\w$€£%]+$")

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Facts:
    """Reported facts: what each says, and how well each sentence of the corpus tells it."""

    fact_id: list[str]
    statement: list[str]
    kind: list[str]
    """"found" in the texts or "listed" by the analyst."""
    fact: Ints
    row: Ints
    score: npt.NDArray[np.float64]
    """Three columns of one sparse table: fact number, sentence row, score 0 to 1."""


# ------------------------------------------------------------------------------ facts, listed


def listed_facts(facts: pd.DataFrame, problems: list[dict[str, str]] | None = None) -> pd.DataFrame:
    """One row per usable row of `facts.csv`: fact_id, statement, cues (a list of cues).

    A row without an id, without a cue, or with an id that was used before is left out, with a
    row in `problems`. A cue is a run of words; `*` ends a word that may go on (sanction*), `#`
    is any number, and ` + ` joins runs that must stand in one sentence in any order.
    """
    notes = problems if problems is not None else []
    missing = [name for name in ("fact_id", "cues") if name not in facts.columns]
    if missing:
        notes.append(
            problem(
                "facts.csv",
                f"the column {' and '.join(missing)} is missing",
                "the list of facts is left out; name its columns fact_id, statement, cues",
            )
        )
        return pd.DataFrame({"fact_id": [], "statement": [], "cues": []})
    rows: list[dict[str, Any]] = []
    seen: set[str] = set()
    for number, record in enumerate(facts.to_dict("records"), start=2):
        cell = {k: "" if pd.isna(v) else str(v).strip() for k, v in record.items()}
        cues = [cue for cue in (part.strip() for part in cell["cues"].split("|")) if _words(cue)]
        if not cell["fact_id"]:
            what = "has no fact_id"
        elif cell["fact_id"] in seen:
            what = f"repeats the fact_id {cell['fact_id']}"
        elif not cues:
            what = f"gives no cue for {cell['fact_id']}"
        else:
            seen.add(cell["fact_id"])
            statement = cell.get("statement", "") or cues[0]
            rows.append({"fact_id": cell["fact_id"], "statement": statement, "cues": cues})
            continue
        notes.append(problem("facts.csv", f"row {number} {what}", "the row is left out"))
    return pd.DataFrame(rows, columns=["fact_id", "statement", "cues"])


def _words(cue: str) -> list[str]:
    """The words of a cue as the tokenizer would cut them, endings (`*`) and `#` kept."""
    words: list[str] = []
    for piece in cue.lower().replace("’", "'").split():
        if piece == "+":
            continue
        if "*" in piece or "#" in piece:
            words.append(piece)
        else:
            words += [piece[a:b] for a, b in tokenize(piece)]
    return [word for word in words if not _PUNCTUATION.match(word) or word in ("#", "*")]


def match_listed(listed: pd.DataFrame, told: pd.DataFrame, tokens: pd.DataFrame) -> Facts:
    """How well each sentence matches the cues: 1 where a cue stands, less where most of it does."""
    forms = token_codes(tokens)
    spoken = np.array([not _PUNCTUATION.match(form) for form in forms.spellings], dtype=bool)
    flags = spoken[forms.raw] if len(tokens) else np.zeros(0, dtype=bool)
    words = tokens[flags].reset_index(drop=True)
    lexed = lex(words)
    row = sentence_rows(told, words)
    runs: list[str] = []
    owner: list[tuple[int, int, int]] = []  # fact, cue of the fact, number of runs of the cue
    for fact, cues in enumerate(listed["cues"]):
        for k, cue in enumerate(cues):
            pieces = [" ".join(_words(piece)) for piece in cue.split(" + ")]
            pieces = [piece for piece in pieces if piece]
            runs += pieces
            owner += [(fact, k, len(pieces))] * len(pieces)
    first, _, run = Patterns(runs).match(lexed)
    joint: dict[tuple[int, int, int], set[int]] = {}
    for r, entry in zip(row[first].tolist(), run.tolist(), strict=True):
        if r >= 0:
            joint.setdefault((owner[entry][0], owner[entry][1], r), set()).add(entry)
    best: dict[tuple[int, int], float] = {}
    needed = {(fact, k): n for fact, k, n in owner}
    for (fact, k, r), entries in joint.items():
        if len(entries) == needed[fact, k]:
            best[fact, r] = 1.0
    _add_partial(best, listed, words, row)
    keys = sorted(best)
    return Facts(
        fact_id=listed["fact_id"].tolist(),
        statement=listed["statement"].tolist(),
        kind=["listed"] * len(listed),
        fact=np.array([fact for fact, _ in keys], dtype=np.int64),
        row=np.array([r for _, r in keys], dtype=np.int64),
        score=np.array([best[key] for key in keys], dtype=np.float64),
    )


def _add_partial(
    best: dict[tuple[int, int], float],
    listed: pd.DataFrame,
    words: pd.DataFrame,
    row: Ints,
) -> None:
    """Give credit to sentences that hold most content words of a long cue, scattered.

    The score is the share of the cue's weight (rare words weigh more) found in the sentence; it
    stays below certainty, so a fact is never called present by scattered words alone.
    """
    forms = token_codes(words)
    small = function_words()
    number = {form: i for i, form in enumerate(forms.lowered)}
    n_docs = max(len(forms.doc_ids), 1)
    spread = np.unique(forms.code * np.int64(n_docs) + forms.doc) // n_docs
    frequency = np.bincount(spread, minlength=len(forms.lowered))
    places: dict[int, set[int]] = {}
    wanted: list[tuple[int, list[tuple[int, float]], float]] = []
    for fact, cues in enumerate(listed["cues"]):
        for cue in cues:
            content = sorted({w for w in _words(cue) if w not in small and "*" not in w})
            if len(content) < PARTIAL_WORDS:
                continue
            known = [(number.get(w, -1), w) for w in content]
            heavy = [(i, _idf(frequency[i] if i >= 0 else 0, n_docs)) for i, _ in known]
            wanted.append((fact, [(i, w) for i, w in heavy if i >= 0], sum(w for _, w in heavy)))
            places |= {i: set() for i, _ in known if i >= 0}
    if not places:
        return
    flags = np.zeros(len(forms.lowered), dtype=bool)
    flags[sorted(places)] = True
    at = np.flatnonzero(flags[forms.code] & (row >= 0)) if len(words) else np.zeros(0, dtype=int)
    for i in at.tolist():
        places[int(forms.code[i])].add(int(row[i]))
    for fact, parts, total in wanted:
        mass: dict[int, float] = {}
        for code, weight in parts:
            for r in places[code]:
                mass[r] = mass.get(r, 0.0) + weight
        for r, got in mass.items():
            share = min(got / max(total, 1e-9), 0.99)
            if share >= UNCERTAIN:
                scaled = share * PARTIAL_CEILING
                best[fact, r] = max(best.get((fact, r), 0.0), scaled)


def _idf(frequency: int, n_docs: int) -> float:
    return float(np.log((1 + n_docs) / max(frequency, 0.5)))


# ------------------------------------------------------------------------------- facts, found


def find_facts(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    mentions: pd.DataFrame | None = None,
    least: float = PRESENT,
) -> Facts:
    """Facts that at least two outlets report, each around the sentence most others agree with.

    At most `MOST_FACTS`, those of most outlets.

    Sentences without a finite verb (captions, link lists) report nothing. A sentence belongs to
    one fact; a fact's sentences all resemble its central one, so no chain of likenesses drifts.
    """
    row, feature, names = sentence_features(sentences, tokens, mentions)
    spoken = np.array([name not in _PRESS for name in names], dtype=bool)
    row, feature = row[spoken[feature]], feature[spoken[feature]]
    every = row, feature
    docs = articles["doc_id"].tolist()
    number = {doc: i for i, doc in enumerate(docs)}
    doc = np.array([number.get(d, -1) for d in sentences["doc_id"].tolist()], dtype=np.int64)
    telling = _finite(sentences, tokens)[row] & (doc[row] >= 0)
    row, feature = row[telling], feature[telling]
    weight = weights(row, feature, names, doc, len(docs))
    pairs = alike(row, feature, weight, doc=doc, names=names, least_score=UNCERTAIN)
    phrase = (pairs.things < THINGS) & (pairs.score < SURELY)
    pairs = replace(pairs, score=np.where(phrase, np.minimum(pairs.score, DOUBTFUL), pairs.score))
    outlet_of = articles["outlet"].to_numpy(dtype=object)
    teller = np.array([outlet_of[d] if d >= 0 else "" for d in doc.tolist()], dtype=object)
    texts = sentences["text"].tolist()
    centres = _once(_centres(pairs, teller, least), texts, doc)
    best = _memberships(centres, pairs)
    told = Told(*every, names, doc, texts, sentences["part"].tolist())
    _add_doubts(best, centres, told, SameDay(*every, names, doc, texts, days_of(articles)))
    keys = sorted(best)
    return Facts(
        fact_id=[f"found-{i + 1:03d}" for i in range(len(centres))],
        statement=[_statement([texts[m] for m in members]) for _, members in centres],
        kind=["found"] * len(centres),
        fact=np.array([fact for fact, _ in keys], dtype=np.int64),
        row=np.array([row for _, row in keys], dtype=np.int64),
        score=np.array([best[key] for key in keys], dtype=np.float64),
    )


def _add_doubts(
    best: dict[tuple[int, int], float],
    centres: list[tuple[int, list[int]]],
    told: Told,
    same_day: SameDay,
) -> None:
    """Let sentences that tell a fact in other words leave a doubt; a likelier one keeps its score.

    In few articles every actor is common and weighs next to nothing in the likeness; who says
    that an outlet lacks a report must have looked for its actors and words without weights too.
    """
    for i, (_, members) in enumerate(centres):
        for member in members:
            for row in {*told.by(member), *same_day.by(member)}:
                best[i, row] = max(best.get((i, row), 0.0), UNCERTAIN)


def _statement(texts: list[str]) -> str:
    """The sentence that stands best alone: one that opens with no pronoun, says who speaks where
    it is quoted, and is not overlong.

    The first of `texts` is the central one and wins among equals.
    """
    plain = [" ".join(text.split()) for text in texts]

    quoted = any(_ALL_QUOTED.fullmatch(text) for text in plain)

    def doubt(text: str) -> int:
        words = text.lower().lstrip("\"“‘'").split()
        spoken = _ALL_QUOTED.fullmatch(text) is not None or (quoted and not _MARK.search(text))
        long = len(words) > LONG_STATEMENT
        return 4 * spoken + 2 * (not words or words[0] in _DEPENDENT) + long

    return min(plain, key=doubt)


def _finite(sentences: pd.DataFrame, tokens: pd.DataFrame) -> npt.NDArray[np.bool_]:
    rows = sentence_rows(sentences, tokens)
    verbs = tokens["tag"].isin(_FINITE).to_numpy(dtype=bool) & (rows >= 0)
    flags = np.zeros(len(sentences), dtype=bool)
    flags[rows[verbs]] = True
    return flags


def _centres(pairs: Pairs, teller: npt.NDArray[Any], least: float) -> list[tuple[int, list[int]]]:
    """Central sentences with their members, those told by most outlets first."""
    strong = pairs.score >= least
    near: dict[int, dict[int, float]] = {}
    for a, b, score in zip(
        pairs.first[strong].tolist(),
        pairs.second[strong].tolist(),
        pairs.score[strong].tolist(),
        strict=True,
    ):
        near.setdefault(a, {})[b] = score
        near.setdefault(b, {})[a] = score
    rank = {
        s: (-len({teller[x] for x in others} | {teller[s]}), -round(sum(others.values()), 6), s)
        for s, others in near.items()
    }
    taken: set[int] = set()
    centres: list[tuple[int, list[int]]] = []
    for s in sorted(near, key=lambda s: rank[s]):
        if s in taken:
            continue
        members = [s, *sorted(x for x in near[s] if x not in taken)]
        if len({teller[x] for x in members}) < TELLERS:
            continue
        taken.update(members)
        centres.append((s, members))
    centres.sort(key=lambda item: (-len({teller[x] for x in item[1]}), item[0]))
    return centres[:MOST_FACTS]


def _once(
    centres: list[tuple[int, list[int]]], texts: list[str], doc: Ints
) -> list[tuple[int, list[int]]]:
    """The facts without those that only go on with the quotation of the fact before.

    A quotation of two sentences that several print is one thing told, not two.
    """
    where = {member: i for i, (_, members) in enumerate(centres) for member in members}
    kept: list[tuple[int, list[int]]] = []
    for i, (centre, members) in enumerate(centres):
        going_on = [
            m - 1 for m in members
            if m and doc[m] == doc[m - 1] and where.get(m - 1, i) != i and _goes_on(texts, m)
        ]  # fmt: skip
        before = {where[m] for m in going_on}
        if len(going_on) < TELLERS or len(before) > 1:
            kept.append((centre, members))
    return kept


def _goes_on(texts: list[str], m: int) -> bool:
    """Whether sentence `m` goes on with a quotation that the one before opened and left open."""
    opening, text = texts[m - 1], texts[m]
    if "“" in opening:
        return opening.rindex("“") > opening.rfind("”") and not text.startswith("“")
    return opening.count('"') % 2 == 1 and not text.startswith('"')


def _memberships(
    centres: list[tuple[int, list[int]]], pairs: Pairs
) -> dict[tuple[int, int], float]:
    """Every sentence that resembles a fact's central sentence, with its likeness."""
    where = {centre: i for i, (centre, _) in enumerate(centres)}
    best: dict[tuple[int, int], float] = {(i, centre): 1.0 for centre, i in where.items()}
    for a, b, score in zip(
        pairs.first.tolist(), pairs.second.tolist(), pairs.score.tolist(), strict=True
    ):
        for centre, other in ((a, b), (b, a)):
            if centre in where:
                key = where[centre], other
                best[key] = max(best.get(key, 0.0), score)
    return best


def without_listed(found: Facts, listed: Facts) -> Facts:
    """Found facts that the analyst has not listed: most of their sentences tell no listed one."""
    known = set(listed.row[listed.score >= PRESENT].tolist())
    strong = found.score >= PRESENT
    rows = pd.Series(found.row[strong]).isin(known)
    shares = rows.groupby(found.fact[strong]).mean()
    kept = [i for i in range(len(found.fact_id)) if shares.get(i, 0.0) < LISTED_SHARE]
    place = np.full(len(found.fact_id), -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    here = place[found.fact] >= 0
    return Facts(
        fact_id=[f"found-{i + 1:03d}" for i in range(len(kept))],
        statement=[found.statement[i] for i in kept],
        kind=["found"] * len(kept),
        fact=place[found.fact[here]],
        row=found.row[here],
        score=found.score[here],
    )

"""Every table of Parallax, declared once: columns, types, key and row grain.

Offsets are half-open character positions into ``articles.text``. For every span table one
invariant holds in every row: ``articles.text[start:end] == text``.

Text columns have pandas' ``str`` type with missing values as NaN; an offset that may be missing
is ``Int64``. A table may carry further columns after the declared ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.statistics.rules import ALPHA_TEXT

TEXT = "str"
COUNT = "int64"
OFFSET = "int64"
MAYBE_OFFSET = "Int64"
NUMBER = "float64"
FLAG = "bool"
UNKNOWN_OUTLET = "unknown"
"""The outlet of an article that names none."""


class SchemaError(ValueError):
    """A table does not have the columns, the types or the key that it was declared with."""


@dataclass(frozen=True)
class Table:
    """The declaration of one table: its name, its grain, its columns and its key."""

    name: str
    grain: str
    columns: Mapping[str, str]
    key: tuple[str, ...]
    meaning: Mapping[str, str]
    span: bool = False
    """Whether ``articles.text[start:end] == text`` must hold (with a ``text`` column), or whether
    ``start`` and ``end`` at least lie inside the article (without one)."""


_SPAN = {"doc_id": TEXT, "start": OFFSET, "end": OFFSET, "text": TEXT}
_VOICE = {"voice": TEXT, "speaker": TEXT}

_MEANING = {
    "doc_id": "the file's path inside the articles folder, without its suffix",
    "start": "first character of the span in articles.text",
    "end": "one past the last character of the span in articles.text",
    "text": "the span itself: articles.text[start:end]",
    "sentence_id": "the sentence's number inside its article, from 0",
    "voice": "whose words: author, quoted (inside quotation marks) or reported (paraphrase)",
    "speaker": "the actor then speaking, missing in the author's voice or where undecided",
    "actor": "the actor's label; missing where it could not be decided",
    "outlet": "who published the article; `unknown` where nothing says it",
    "rule": "the rule that made the row",
    "confidence": "how sure the rule is, 0 to 1 (a rank, not a calibrated probability)",
}


def _table(
    name: str,
    grain: str,
    columns: Mapping[str, str],
    key: tuple[str, ...],
    *,
    span: bool = False,
    **meaning: str,
) -> Table:
    named = {c: meaning.get(c) or _MEANING.get(c, "") for c in columns}
    if blank := [c for c, m in named.items() if not m]:
        raise SchemaError(f"{name}: no meaning given for {', '.join(blank)}")
    return Table(name, grain, dict(columns), key, named, span)


_ALL = [
    _table(
        "articles",
        "article",
        {
            "doc_id": TEXT,
            "file": TEXT,
            "outlet": TEXT,
            "title": TEXT,
            "byline": TEXT,
            "published": TEXT,
            "genre": TEXT,
            "event": TEXT,
            "url": TEXT,
            "text": TEXT,
            "n_words": COUNT,
            "sha256": TEXT,
            "duplicate_of": TEXT,
        },
        ("doc_id",),
        file="the file's path inside the folder that was read, with its suffix (and row number)",
        title="the declared title, else a short first line without a full stop, else first words",
        byline="who signed it",
        published="day of publication, YYYY-MM-DD; missing where undated or doubtful",
        genre="report, analysis, opinion, editorial, digest …, as declared",
        event="the event the article reports on, as declared",
        url="where it was published",
        text="the decoded file, untouched",
        n_words="words of the body, headings and headline included, front matter not",
        sha256="hash of the file's bytes",
        duplicate_of="doc_id of the earlier article that this one repeats exactly or nearly",
    ),
    _table(
        "problems",
        "file or row that was not read, or was read with doubt",
        {"file": TEXT, "problem": TEXT, "action": TEXT},
        ("file", "problem"),
        file="the file, with its row where it is a table",
        problem="what is wrong",
        action="what was done about it, and what to do to mend it",
    ),
    _table(
        "sentences",
        "sentence",
        {
            "doc_id": TEXT,
            "sentence_id": COUNT,
            "start": OFFSET,
            "end": OFFSET,
            "text": TEXT,
            "paragraph": COUNT,
            "part": TEXT,
        },
        ("doc_id", "sentence_id"),
        span=True,
        paragraph="the paragraph's number inside its article, from 0",
        part="headline, heading, body or boilerplate",
    ),
    _table(
        "tokens",
        "token, in text order",
        {
            "doc_id": TEXT,
            "sentence_id": COUNT,
            "start": OFFSET,
            "end": OFFSET,
            "text": TEXT,
            "tag": TEXT,
        },
        ("doc_id", "start"),
        span=True,
        tag="Penn Treebank part-of-speech tag",
    ),
    _table(
        "mentions",
        "mention of an actor",
        {
            **_SPAN,
            "sentence_id": COUNT,
            "actor": TEXT,
            "kind": TEXT,
            **_VOICE,
            "actor_type": TEXT,
            "confidence": NUMBER,
            "rule": TEXT,
            "state": TEXT,
        },
        ("doc_id", "start"),
        span=True,
        kind="name, title, metonym, demonym or pronoun",
        actor_type="person, government, organization, place or other",
        state="of a government or a body of one (parliament, ministry, army): the state",
    ),
    _table(
        "quotes",
        "content span of an attribution",
        {
            "quote_id": TEXT,
            **_SPAN,
            "kind": TEXT,
            "cue": TEXT,
            "cue_start": MAYBE_OFFSET,
            "cue_end": MAYBE_OFFSET,
            "source": TEXT,
            "source_start": MAYBE_OFFSET,
            "source_end": MAYBE_OFFSET,
            "actor": TEXT,
            "sentence_id": COUNT,
            "rule": TEXT,
            "anonymous": FLAG,
            "stance": TEXT,
            "confidence": NUMBER,
            "problem": TEXT,
        },
        ("doc_id", "start", "end", "quote_id"),
        span=True,
        quote_id="the attribution; its spans share one",
        kind="direct, mixed or indirect",
        cue="the words that report the speech (said, according to …)",
        cue_start="first character of the cue",
        cue_end="one past the last character of the cue",
        source="the words that name the speaker",
        source_start="first character of the source",
        source_end="one past the last character of the source",
        anonymous="whether the source is left unnamed by the article",
        stance="of the cue: neutral, endorsing, doubting, arguing or ordering",
        problem="a doubt, such as a quotation mark that was never closed",
    ),
    _table(
        "sentiment",
        "sentence",
        {
            "doc_id": TEXT,
            "sentence_id": COUNT,
            "neg": NUMBER,
            "neu": NUMBER,
            "pos": NUMBER,
            "compound": NUMBER,
            "voice": TEXT,
        },
        ("doc_id", "sentence_id"),
        neg="VADER's share of negative words",
        neu="VADER's share of neutral words",
        pos="VADER's share of positive words",
        compound="VADER's sum, squeezed into -1 to 1",
    ),
    _table(
        "target_sentiment",
        "mention",
        {
            "doc_id": TEXT,
            "start": OFFSET,
            "end": OFFSET,
            "actor": TEXT,
            "sentence_id": COUNT,
            **_VOICE,
            "negative": NUMBER,
            "neutral": NUMBER,
            "positive": NUMBER,
            "label": TEXT,
        },
        ("doc_id", "start"),
        negative="calibrated probability that the sentence reads negative for the actor",
        neutral="calibrated probability of neither",
        positive="calibrated probability that the sentence speaks well of the actor",
        label="negative, neutral, positive or uncertain",
    ),
    _table(
        "frames",
        "cue of a frame",
        {**_SPAN, "sentence_id": COUNT, "frame": TEXT, "voice": TEXT},
        ("doc_id", "start", "frame"),
        span=True,
        frame="conflict, economic, human interest, morality, responsibility or resolution",
    ),
    _table(
        "keyness",
        "outlet and term",
        {
            "outlet": TEXT,
            "term": TEXT,
            "n_target": COUNT,
            "n_reference": COUNT,
            "log_odds": NUMBER,
            "low": NUMBER,
            "high": NUMBER,
            "p_value": NUMBER,
            "q_value": NUMBER,
        },
        ("outlet", "term"),
        term="a word, or two words in a row, in lower case",
        n_target="how often the outlet used it",
        n_reference="how often all other outlets did",
        log_odds="weighted log-odds of the term in the outlet against the others",
        low="lower end of the interval over articles",
        high="upper end of the interval over articles",
        p_value="permutation of outlet labels; missing below four articles a side",
        q_value="p after control over all terms tested; missing below four articles a side",
    ),
    _table(
        "naming",
        "actor, outlet and label",
        {"actor": TEXT, "outlet": TEXT, "label": TEXT, "n": COUNT, "doc_ids": TEXT},
        ("actor", "outlet", "label"),
        label="the words used for the actor, in lower case",
        n="how often the outlet used them",
        doc_ids="the articles in which they stand (1,000 at most), separated by a space and a bar",
    ),
    _table(
        "agency",
        "clause with an actor as doer or done-to",
        {
            "doc_id": TEXT,
            "start": OFFSET,
            "end": OFFSET,
            "actor": TEXT,
            "role": TEXT,
            "predicate": TEXT,
            "polarity": TEXT,
            "voice": TEXT,
        },
        ("doc_id", "start", "actor", "role", "predicate"),
        role="agent (does) or patient (is done to)",
        predicate="the verb's lemma",
        polarity="of the verb's group: escalating, de-escalating or neutral",
    ),
    _table(
        "coverage",
        "reported fact and outlet",
        {
            "fact_id": TEXT,
            "outlet": TEXT,
            "status": TEXT,
            "score": NUMBER,
            "doc_id": TEXT,
            "start": MAYBE_OFFSET,
            "end": MAYBE_OFFSET,
        },
        ("fact_id", "outlet"),
        fact_id="the fact",
        status="present, absent or uncertain",
        score="how well the best sentence matches, 0 to 1",
        start="first character of the best sentence",
        end="one past its last character",
    ),
    _table(
        "findings",
        "claim of the briefing",
        {
            "claim_id": TEXT,
            "statement": TEXT,
            "value": NUMBER,
            "denominator": NUMBER,
            "low": NUMBER,
            "high": NUMBER,
            "method": TEXT,
        },
        ("claim_id",),
        claim_id="the claim",
        statement="the claim in words",
        value="the number it rests on",
        denominator="what the number is a part of",
        low="lower end of the interval",
        high="upper end of the interval",
        method="how the number was made",
    ),
    _table(
        "evidence",
        "span that supports a claim",
        {"claim_id": TEXT, "doc_id": TEXT, "start": OFFSET, "end": OFFSET},
        ("claim_id", "doc_id", "start"),
        claim_id="the claim",
    ),
]

TABLES: dict[str, Table] = {t.name: t for t in _ALL}

_PLACE = {
    "doc_id": (TEXT, "the article of the first place"),
    "start": (OFFSET, "first character of the first place"),
    "end": (OFFSET, "one past its last character"),
}
FURTHER: dict[str, dict[str, tuple[str, str]]] = {
    "quotes": {
        "lemma": (TEXT, "the cue's base form"),
        "form": (TEXT, "speech, thought (believes) or attitude (wants, refused to)"),
    },
    "target_sentiment": {
        "supported": (FLAG, "whether the model is good enough for this type of actor: persons"),
    },
    "frames": {
        "cue": (TEXT, "the codebook's entry that fired"),
        "weight": (NUMBER, "the entry's weight"),
        "speaker": (TEXT, "the actor then speaking"),
    },
    "keyness": {
        "rate_target": (NUMBER, "uses per 1,000 words in the outlet"),
        "rate_reference": (NUMBER, "uses per 1,000 words in all other outlets"),
        "articles_target": (COUNT, "articles of the outlet that use the term"),
        "articles_reference": (COUNT, "articles of the others that use it"),
        "z": (NUMBER, "log_odds over its standard error"),
        "significant": (FLAG, f"whether q_value is at most {ALPHA_TEXT}"),
        "descriptive": (FLAG, "fewer than four articles a side, or too few shared events"),
    },
    "naming": {
        "written": (TEXT, "the label as it is written most often"),
        "parts": (TEXT, "how the label stands to the name: form, apposition, adjective"),
        "total": (COUNT, "the outlet's namings of the actor"),
        "share": (NUMBER, "n of total"),
        "articles": (COUNT, "articles with the label"),
        **_PLACE,
    },
    "agency": {
        "group": (TEXT, "the verb's group in data/lexicons/en/verb_groups.csv"),
        "negated": (FLAG, "whether the deed is denied"),
        "sentence_id": (COUNT, "the sentence's number inside its article"),
        "mention_start": (OFFSET, "first character of the actor's mention"),
        "mention_end": (OFFSET, "one past its last character"),
        "construction": (TEXT, "active, passive, agentless passive or nominalisation"),
        "link": (TEXT, "how doer or done-to is bound to the verb: direct, relative, control …"),
        "through": (TEXT, "the noun that stands between: Iranian *officials*"),
        "verb_start": (OFFSET, "first character of the verb"),
        "verb_end": (OFFSET, "one past its last character"),
        "speaker": (TEXT, "the actor then speaking"),
    },
    "coverage": {
        "statement": (TEXT, "the fact in words: the analyst's, or the sentence that tells it best"),
        "kind": (TEXT, "listed in facts.csv, or found"),
        "reason": (TEXT, "why the status: told, near, elsewhere, genre …"),
        "tellers": ("Int64", "outlets that tell it"),
        "genre": (TEXT, "of the outlet's articles on it: news, opinion or digest"),
        "sentence_id": ("Int64", "of the best sentence"),
        "text": (TEXT, "the best sentence"),
    },
    "findings": {
        "topic": (TEXT, "actors, quotes, sentiment, framing or coverage"),
        "unit": (TEXT, "of the value"),
        "base": (TEXT, "what the denominator counts, in words"),
        "descriptive": (FLAG, "not tested: fewer than four articles a side, or no test exists"),
        "p_value": (NUMBER, "where the difference was held against chance"),
        "strength": (NUMBER, "by which findings are ordered"),
    },
}
"""Columns that our own tables carry beyond the declared ones: type and meaning."""

VOICES = ("author", "quoted", "reported")
PARTS = ("headline", "heading", "body", "boilerplate")


def _declared(name: str) -> Table:
    try:
        return TABLES[name]
    except KeyError:
        raise SchemaError(f"no table is called {name!r}; there are {', '.join(TABLES)}") from None


def make(
    name: str,
    data: pd.DataFrame | Mapping[str, Sequence[Any]] | Iterable[Mapping[str, Any]] = (),
) -> pd.DataFrame:
    """One row per row of ``data``, with every declared column of table ``name`` in its type.

    ``data`` is a frame, a mapping of columns, or an iterable of records. A declared column that
    is not in it is filled with missing values (with False where it is a flag); further columns
    follow after the declared ones.

    >>> make("problems", [{"file": "a.txt", "problem": "empty"}]).columns.tolist()
    ['file', 'problem', 'action']
    >>> make("mentions").shape[0]
    0
    """
    table = _declared(name)
    frame = pd.DataFrame(data if isinstance(data, pd.DataFrame | Mapping) else list(data))
    columns: dict[str, Any] = {}
    for column, dtype in table.columns.items():
        if column in frame.columns:
            columns[column] = _cast(name, column, frame[column], dtype)
        elif dtype == FLAG:
            columns[column] = pd.Series(False, index=frame.index, dtype="bool")
        elif dtype == COUNT and len(frame):
            raise SchemaError(f"{name}: column {column!r} is missing and has no empty value")
        else:
            columns[column] = pd.Series(pd.NA if dtype == MAYBE_OFFSET else None,
                                        index=frame.index, dtype=dtype)  # fmt: skip
    rest = {c: frame[c] for c in frame.columns if c not in table.columns}
    return pd.DataFrame({**columns, **rest}).reset_index(drop=True)


def _cast(name: str, column: str, values: pd.Series, dtype: str) -> pd.Series:
    if str(values.dtype) == dtype:
        return values
    try:
        return values.astype(dtype)  # type: ignore[call-overload]
    except (TypeError, ValueError) as error:
        raise SchemaError(f"{name}: column {column!r} is not {dtype}: {error}") from error


def check_table(name: str, frame: pd.DataFrame, *, articles: pd.DataFrame | None = None) -> None:
    """Raise `SchemaError` unless ``frame`` is a valid table ``name``.

    Columns, types and a unique key are checked; with ``articles`` the spans are too.
    """
    table = _declared(name)
    if missing := [c for c in table.columns if c not in frame.columns]:
        raise SchemaError(
            f"{name} lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}: build it "
            f"with helpers.schema.make({name!r}, …), which adds what is not given"
        )
    wrong = [f"{c} is {frame[c].dtype}, not {d}" for c, d in table.columns.items()
             if str(frame[c].dtype) != d]  # fmt: skip
    if wrong:
        raise SchemaError(f"{name}: {'; '.join(wrong)}")
    if frame.duplicated(list(table.key)).any():
        first = frame[frame.duplicated(list(table.key))].iloc[0]
        where = ", ".join(f"{k}={first[k]!r}" for k in table.key)
        raise SchemaError(f"{name}: more than one row for {where}")
    if articles is not None and {"doc_id", "start", "end"} <= set(table.columns):
        _check_spans(table, frame, articles)


def _check_spans(table: Table, frame: pd.DataFrame, articles: pd.DataFrame) -> None:
    texts = dict(zip(articles["doc_id"], articles["text"], strict=True))
    spans = frame[frame["start"].notna()]
    words = spans["text"] if table.span else [None] * len(spans)
    rows = zip(spans["doc_id"], spans["start"], spans["end"], words, strict=True)
    for doc_id, start, end, text in rows:
        body = texts.get(doc_id)
        if body is None:
            raise SchemaError(f"{table.name}: no article is called {doc_id!r}")
        if not 0 <= start < end <= len(body):
            raise SchemaError(f"{table.name}: {doc_id} has no characters {start} to {end}")
        if table.span and body[start:end] != text:
            raise SchemaError(
                f"{table.name}: {doc_id} [{start}:{end}] is {body[start:end]!r}, not {text!r}"
            )


def needs(frame: pd.DataFrame, *columns: str, table: str = "the table") -> None:
    """Raise `SchemaError` naming the columns of ``columns`` that ``frame`` does not have."""
    if missing := [c for c in columns if c not in frame.columns]:
        raise SchemaError(
            f"{table} lacks {', '.join(missing)}; it has {', '.join(map(str, frame.columns))}"
        )

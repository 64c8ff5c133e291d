"""What a table is declared with (columns, types, key, row grain), and the tables of every story.

The tables of a lens are declared in its folder (`helpers.lenses`) with the same `table`.

Offsets are half-open character positions into ``articles.text``. For every span table one
invariant holds in every row: ``articles.text[start:end] == text``.

Text columns have pandas' ``str`` type with missing values as NaN; an offset that may be missing
is ``Int64``. A table may carry further columns after the declared ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import pandas as pd

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
    further: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Columns that our own tables carry beyond the declared ones: type and meaning."""


SPAN = {"doc_id": TEXT, "start": OFFSET, "end": OFFSET, "text": TEXT}
VOICE = {"voice": TEXT, "speaker": TEXT}

FIRST_PLACE = {
    "doc_id": (TEXT, "the article of the first place"),
    "start": (OFFSET, "first character of the first place"),
    "end": (OFFSET, "one past its last character"),
}

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


def table(
    name: str,
    grain: str,
    columns: Mapping[str, str],
    key: tuple[str, ...],
    *,
    span: bool = False,
    further: Mapping[str, tuple[str, str]] | None = None,
    **meaning: str,
) -> Table:
    """The declaration of a table; every column needs a meaning, some have the same in all tables.

    >>> columns = {"doc_id": TEXT, "words": COUNT}
    >>> table("lengths", "article", columns, ("doc_id",), words="words of its text").key
    ('doc_id',)
    """
    named = {c: meaning.get(c) or _MEANING.get(c, "") for c in columns}
    if blank := [c for c, m in named.items() if not m]:
        raise SchemaError(f"{name}: no meaning given for {', '.join(blank)}")
    return Table(name, grain, dict(columns), key, named, span, further or {})


CORE = [
    table(
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
            "genre_guessed": FLAG,
            "origin": TEXT,
            "shared_with": TEXT,
            "event": TEXT,
            "event_found": FLAG,
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
        genre="as declared, else guessed: report, analysis, opinion, editorial, column, interview, "
        "transcript, live or digest",
        genre_guessed="whether the genre is a guess from the text, its title and its address",
        origin="whose text it is: own, wire (an agency's) or shared (others print it too); missing "
        "where it was not looked into",
        shared_with="the agencies named, then the outlets that print the same text, joined by "
        '"; "; beside an own text those of whom a part of it is',
        event="the event the article reports on, as declared; where no article declares one, as "
        "found: the doc_id of the earliest article that tells it",
        event_found="whether the event was found by what the articles tell",
        url="where it was published",
        text="the decoded file, untouched",
        n_words="words of the article, headline included, front matter and what is set aside not",
        sha256="hash of the file's bytes",
        duplicate_of="doc_id of the earlier article that this one repeats exactly or nearly",
    ),
    table(
        "problems",
        "file or row that was not read, or was read with doubt",
        {"file": TEXT, "problem": TEXT, "action": TEXT},
        ("file", "problem"),
        file="the file, with its row where it is a table",
        problem="what is wrong",
        action="what was done about it, and what to do to mend it",
    ),
    table(
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
    table(
        "set_aside",
        "span that is set aside as boilerplate",
        {**SPAN, "rule": TEXT},
        ("doc_id", "start"),
        span=True,
        rule="why: what the wording is of (caption, link, call to the reader …), or what repeats",
    ),
    table(
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
    table(
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
        further={
            "numerator": (NUMBER, "what was counted: as many rows of `evidence`, side counted"),
            "topic": (TEXT, "corpus, actors, quotes, sentiment, framing or coverage"),
            "unit": (TEXT, "of the value"),
            "base": (TEXT, "what the denominator counts, in words"),
            "descriptive": (FLAG, "not tested: fewer than four articles a side, or no test exists"),
            "p_value": (NUMBER, "where the difference was held against chance"),
            "corrected": (NUMBER, "the value as people's codes correct it, where enough are"),
            "corrected_low": (NUMBER, "lower end of its interval"),
            "corrected_high": (NUMBER, "upper end of its interval"),
            "strength": (NUMBER, "by which findings are ordered"),
        },
    ),
    table(
        "evidence",
        "span that supports a claim",
        {
            "claim_id": TEXT,
            "doc_id": TEXT,
            "start": OFFSET,
            "end": OFFSET,
            "side": TEXT,
            "place": COUNT,
        },
        ("claim_id", "side", "place"),
        claim_id="the claim",
        side="counted: what the claim's numerator counts, one row each; or reference: what it is "
        "held against",
        place="its number in the claim and side, from 1: those first that the statement names",
    ),
    table(
        "codes",
        "item that people coded, and coder (none without a folder codes/)",
        {
            "item": TEXT,
            "lens": TEXT,
            "doc_id": TEXT,
            "start": OFFSET,
            "end": OFFSET,
            "asked": TEXT,
            "chance": NUMBER,
            "coder": TEXT,
            "label": TEXT,
            "answer": TEXT,
        },
        ("item", "coder"),
        item="the item's id in sample and sheet",
        lens="whose rows were coded",
        asked="what the question names: a frame, a report; empty elsewhere",
        chance="of being drawn, 0 to 1",
        coder="who coded it",
        label="what the coder calls it",
        answer="what the program calls it; unclear where it has decided nothing",
    ),
    table(
        "checks",
        "lens, and label or outlet that was coded",
        {
            "lens": TEXT,
            "of": TEXT,
            "coded": COUNT,
            "decided": COUNT,
            "right": COUNT,
            "precision": NUMBER,
            "precision_low": NUMBER,
            "precision_high": NUMBER,
            "recall": NUMBER,
            "recall_low": NUMBER,
            "recall_high": NUMBER,
        },
        ("lens", "of"),
        lens="whose rows were coded",
        of="all, a label or an outlet",
        coded="items that people decided on",
        decided="of those, items that the program decides",
        right="of those, items on which it says what people say",
        precision="right of what it decides (of a label: calls so), by the chance of being drawn",
        precision_low="lower end of the interval",
        precision_high="upper end of the interval",
        recall="right of what people coded (of a label: called so), by the chance of being drawn",
        recall_low="lower end of the interval",
        recall_high="upper end of the interval",
    ),
]

TABLES: dict[str, Table] = {t.name: t for t in CORE}
"""Every table declared so far, by its name: those of every story, and those of loaded lenses."""

VOICES = ("author", "quoted", "reported")
PARTS = ("headline", "heading", "body", "boilerplate")


def declare(new: Table) -> None:
    """Make a table known by its name; another one of the same name is refused."""
    if TABLES.setdefault(new.name, new) != new:
        raise SchemaError(f"a table called {new.name!r} is declared already; choose another name")


def declared(name: str) -> Table:
    """The declaration of a table by its name; raises with the names there are."""
    if name not in TABLES:
        import_module("helpers.lenses").load()  # a lens declares its tables when it is loaded
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
    known = declared(name)
    frame = pd.DataFrame(data if isinstance(data, pd.DataFrame | Mapping) else list(data))
    columns: dict[str, Any] = {}
    for column, dtype in known.columns.items():
        if column in frame.columns:
            columns[column] = _cast(name, column, frame[column], dtype)
        elif dtype == FLAG:
            columns[column] = pd.Series(False, index=frame.index, dtype="bool")
        elif dtype == COUNT and len(frame):
            raise SchemaError(f"{name}: column {column!r} is missing and has no empty value")
        else:
            columns[column] = pd.Series(pd.NA if dtype == MAYBE_OFFSET else None,
                                        index=frame.index, dtype=dtype)  # fmt: skip
    rest = {c: frame[c] for c in frame.columns if c not in known.columns}
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
    known = declared(name)
    if missing := [c for c in known.columns if c not in frame.columns]:
        raise SchemaError(
            f"{name} lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}: build it "
            f"with helpers.schema.make({name!r}, …), which adds what is not given"
            + (", or read any data frame with Story.from_frame" if name == "articles" else "")
        )
    wrong = [f"{c} is {frame[c].dtype}, not {d}" for c, d in known.columns.items()
             if str(frame[c].dtype) != d]  # fmt: skip
    if wrong:
        raise SchemaError(f"{name}: {'; '.join(wrong)}")
    if frame.duplicated(list(known.key)).any():
        first = frame[frame.duplicated(list(known.key))].iloc[0]
        where = ", ".join(f"{k}={first[k]!r}" for k in known.key)
        raise SchemaError(f"{name}: more than one row for {where}")
    if articles is not None and {"doc_id", "start", "end"} <= set(known.columns):
        _check_spans(known, frame, articles)


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

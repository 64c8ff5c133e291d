"""The same statement on several sides: what each kept, retold or left out of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, islice

import pandas as pd

from helpers import lexicons
from helpers.comparing.terms import function_words
from helpers.lenses import quotes
from helpers.made import kept
from helpers.spread.grid import Column, Entry, Row, Run, Span, plain
from helpers.spread.labels import is_document, label, noun_of, speaker
from helpers.spread.material import WORD, Material
from helpers.wording import clean, count, is_missing

ABSENT = "not quoted"
STATEMENTS = 12
"""Statements of one event that are looked at for what is worth knowing first."""
_WHOSE = re.compile(r"(?P<who>.+)’s words")
LEAST_SHARED = 0.5
"""Share of a statement's words that tell it, where its speaker is not clear."""
RUN = 4
"""Words in a row between quotation marks of an article that are the statement's, whoever is read
as its speaker there."""
LONG = 12
"""Words in a row that stand in an article are printed there, whether it has them in marks."""
LEAST_PRINTED, FEW = 6, 3
"""Words of a statement that an article must print so to have a version of it; and in a row
anywhere, so that it is not said to print none."""
_UTTERANCES = lexicons.words("utterances")
_RUN = re.compile(r"\[([^\]]*)\]")


def quotations(m: Material, columns: Sequence[Column], *, limit: int) -> list[Row]:
    """One row per statement that at least two sides quote, those that are cut most first.

    Words that a side prints only outside quotation marks, within two sentences of the quotation,
    are marked as retold (`lenses.quotes.across_outlets`).
    """
    key = ("quotations", tuple(columns), limit)
    return kept(m.story, key, lambda: _quotations(m, columns, limit))


def _quotations(m: Material, columns: Sequence[Column], limit: int) -> list[Row]:
    side = {doc: column.name for column in columns for doc in column.doc_ids}
    told = m.story.originals[m.story.originals["doc_id"].isin(sorted(side))]
    told = told.assign(outlet=told["doc_id"].map(side).astype("str"))
    versions = quotes.across_outlets(m.rows("quotes", side), told)
    groups = [group for _, group in versions.groupby("statement_id", sort=True)]
    groups.sort(key=_cut_most, reverse=True)
    rows = (row for group in groups if (row := _row(m, group, columns)))
    return [*islice(rows, limit)]


def _standing(keys: list[str], text: str) -> set[int]:
    """Which words of the longest version stand in the text of another one, in their order."""
    matcher = SequenceMatcher(None, keys, [w.lower() for w in _words(text)], autojunk=False)
    return {i for a, _, size in matcher.get_matching_blocks() for i in range(a, a + size)}


def _is_version(version: pd.Series, who: str) -> bool:
    """Whether a version is by the speaker of the longest one; a short phrase of nobody is none."""
    own = speaker(version["actor"], version["source"])
    return own == who or (not own and float(version["shared"]) >= LEAST_SHARED)


def statements(m: Material, columns: Sequence[Column]) -> Iterator[tuple[str, Row]]:
    """Who says it, by name, and the row of each of the first `STATEMENTS` statements."""
    for row in quotations(m, columns, limit=STATEMENTS):
        whose = _WHOSE.fullmatch(row.label)
        if whose and _is_name(whose["who"]):
            yield whose["who"], row


def _is_name(who: str) -> bool:
    """Whether a statement's speaker is called by a name, and not "the agency" or "somebody".

    >>> _is_name("Ann Orr"), _is_name("The agency"), _is_name("Somebody")
    (True, False, False)
    """
    return who != "Somebody" and who.split()[-1][:1].isupper()


def _cut_most(versions: pd.DataFrame) -> float:
    """The largest number of words that one side leaves out."""
    longest = int(versions["n_words"].max())
    return float(longest * (1 - versions["shared_outlet"].min()))


def _row(m: Material, versions: pd.DataFrame, columns: Sequence[Column]) -> Row | None:
    longest = versions.sort_values("n_words", ascending=False, kind="stable").iloc[0]
    words = _printed(longest["text"])
    if len(words) != longest["n_words"]:  # quotations inside a quotation: no words to lay over
        return None
    who = speaker(longest["actor"], longest["source"])
    versions = versions[[_is_version(row, who) for _, row in versions.iterrows()]]
    if versions["outlet"].nunique() < 2:
        return None
    of_side = dict(iter(versions.groupby("outlet")))
    cells = []
    for column in columns:
        mine = of_side.get(column.name)
        entry = _unread(m, column, words, who) if mine is None else _entry(m, column, words, mine)
        cells.append((entry,) if entry else ())
    day = f", {longest['published']}" if isinstance(longest["published"], str) else ""
    return Row(
        f"{who[:1].upper()}{who[1:]}’s words" if who else "Somebody’s words",
        tuple(cells),
        note=f"longest version: {count(len(words), 'word')}{day}",
        empty=ABSENT,
    )


def _words(text: str) -> list[str]:
    """The words of a version as `across_outlets` compares them."""
    return WORD.findall(_spoken(text))


def _printed(text: str) -> list[str]:
    """The same words as they are printed, each with all that stands before the next one."""
    spoken = _spoken(text)
    at = [found.start() for found in WORD.finditer(spoken)]
    return [spoken[a:b] for a, b in zip(at, [*at[1:], len(spoken)], strict=True)]


def _spoken(text: str) -> str:
    """What a version has between quotation marks; all of it where there are none."""
    spoken = re.findall(r"[“\"]([^”\"]*)[”\"]?", text) if re.search(r"[“\"]", text) else [text]
    return " … ".join(part.strip(" ,") for part in spoken).replace("’", "'")


def _keys(printed: Sequence[str]) -> list[str]:
    return [word.lower() for text in printed for word in WORD.findall(text)]


def styles(
    m: Material, doc_ids: Sequence[str], printed: Sequence[str], mine: pd.DataFrame
) -> list[str]:
    """How one side has each word of the longest version: "plain" (in marks), "retold" or "cut".

    ``printed`` are its words, each with the signs behind it; ``mine`` the side's versions.
    """
    keys = _keys(printed)
    read = {i for text in mine["text"] for i in _standing(keys, text)}
    who = {str(actor) for actor in mine["actor"] if not is_missing(actor)}
    marked = max(({*_marked(m, doc, keys, who)} for doc in doc_ids), key=len)
    quoted = max(read, marked, *(_word_for_word(m, doc, keys) for doc in doc_ids), key=len)
    for doc in doc_ids if who else ():
        quoted = quoted | _shreds(m, doc, keys, who, quoted)
    gone = _positions(keys, str(mine["cut"].iloc[0]))
    how = ["plain" if i in quoted else "cut" if i in gone else "retold" for i in range(len(keys))]
    for is_cut, run in groupby(range(len(keys)), key=lambda i: how[i] == "cut"):
        stray = [*run]  # "the … the … to" stand in any sentence
        inside = len(stray) < FEW and stray[0] > 0 and stray[-1] + 1 < len(keys)
        if not is_cut and inside and function_words().issuperset(keys[i] for i in stray):
            how[stray[0] : stray[-1] + 1] = ["cut"] * len(stray)
    return how


def _entry(m: Material, column: Column, printed: list[str], mine: pd.DataFrame) -> Entry:
    """What one side has of the longest version, whose words stand with the signs behind them."""
    how = styles(m, column.doc_ids, printed, mine)
    places: list[Span] = list(
        zip(mine["doc_id"].tolist(), mine["start"].tolist(), mine["end"].tolist(), strict=True)
    )
    whole = how.count("plain") == len(how)
    all_of_it = f"all {count(len(how), 'word')}"
    note = all_of_it if whole else f"{how.count('plain')} of {count(len(how), 'word')}"
    if "retold" in how:
        note += f", {how.count('retold')} possibly paraphrased"
    return Entry(_runs(printed, how), tuple(places), note)


def _unread(m: Material, column: Column, printed: list[str], who: str) -> Entry | None:
    """A version that stands between marks where no quotation of the statement was read.

    Where a few words of it stand in a row, in marks or not, the cell is empty: the statement is not
    called unquoted.
    """
    keys = _keys(printed)
    for doc in column.doc_ids:
        here = _marked(m, doc, keys, {who})
        if len(here) >= LEAST_PRINTED:
            how = ["plain" if i in here else "cut" for i in range(len(keys))]
            note = f"{'all' if len(here) == len(keys) else f'{len(here)} of'} {len(keys)} words"
            places = sorted((doc, start, end) for start, end in set(here.values()))
            return Entry(_runs(printed, how), tuple(places), note)
    small = function_words()
    runs = [keys[i : i + FEW] for i in range(len(keys) - FEW + 1)]
    told = [run for run in runs if sum(word not in small for word in run) >= FEW - 1]
    for doc in column.doc_ids:
        if any(f" {' '.join(run)} " in m.words(doc) for run in told):
            return plain("")
    return None


def _marked(
    m: Material, doc: str, keys: Sequence[str], who: Collection[str]
) -> dict[int, tuple[int, int]]:
    """The numbers of the words that an article has between marks, `RUN` in a row, each with the
    first and last character of the marks.

    Not those that it gives to somebody else by name, or to a document: the suit's are not the
    words of who filed it.
    """
    wanted = {tuple(keys[i : i + RUN]): i for i in range(len(keys) - RUN + 1)}
    found: dict[int, tuple[int, int]] = {}
    others = [
        (start, end) for start, end, actor, source in m.speech(doc)
        if (actor and actor not in who) or (not actor and _is_text(label(source)))
    ]  # fmt: skip
    for span, words in m.in_marks(doc):
        if who and any(start < span[1] and span[0] < end for start, end in others):
            continue
        for j in range(len(words) - RUN + 1):
            if (i := wanted.get(words[j : j + RUN])) is not None:
                found |= dict.fromkeys(range(i, i + RUN), span)
    return found


def _is_text(source: str) -> bool:
    """Whether a source is a document that is not just somebody's words ("the statement")."""
    return is_document(source) and noun_of(source).lower() not in _UTTERANCES


def _word_for_word(m: Material, doc: str, keys: Sequence[str]) -> set[int]:
    """The numbers of the words that stand in an article in one long row, in marks or not.

    Nobody retells `LONG` words as they were: there a mark was lost.
    """
    found: set[int] = set()
    for i in range(len(keys) - LONG + 1):
        if f" {' '.join(keys[i : i + LONG])} " in m.words(doc):
            found.update(range(i, i + LONG))
    return found


def _shreds(
    m: Material, doc: str, keys: Sequence[str], who: Collection[str], quoted: set[int]
) -> set[int]:
    """The numbers of the words that an article quotes of the speaker in shreds of two and three.

    A shred of two words holds two with content, one of three one; it stands between marks, in a
    statement of the same speaker. What he said twice, and the article prints once, is ``quoted``
    once.
    """
    small = function_words()
    said = [(start, end) for start, end, actor, _ in m.speech(doc) if actor in who]
    printed = [
        words
        for (start, end), words in m.in_marks(doc)
        if any(a <= end and start <= b for a, b in said)
    ]
    found: set[int] = set()
    for size in range(2, RUN):
        often = Counter(
            tuple(words[j : j + size]) for words in printed for j in range(len(words) - size + 1)
        )
        places: dict[tuple[str, ...], list[range]] = {}
        for i in range(len(keys) - size + 1):
            run = tuple(keys[i : i + size])
            if often[run] and sum(word not in small for word in run) > RUN - 1 - size:
                places.setdefault(run, []).append(range(i, i + size))
        for run, each in places.items():
            known = any(quoted.issuperset(place) for place in each)
            if not known or often[run] >= len(each):
                found.update(*each)
    return found


def _positions(keys: list[str], cut: str) -> set[int]:
    """Where the left-out runs ("[of our] … [goes on]") stand in the longest version."""
    gone: set[int] = set()
    at = 0
    for run in _RUN.findall(cut):
        wanted = [w.lower() for w in run.split()]
        while at < len(keys) and keys[at : at + len(wanted)] != wanted:
            at += 1
        gone.update(range(at, min(at + len(wanted), len(keys))))
        at += len(wanted)
    return gone


def _runs(words: list[str], styles: list[str]) -> tuple[Run, ...]:
    """Neighbouring words of one style as one run."""
    runs: list[Run] = []
    for word, style in zip(words, styles, strict=True):
        if runs and runs[-1][0] == style:
            runs[-1] = (style, runs[-1][1] + word)
        else:
            runs.append((style, word))
    return tuple((style, clean(text)) for style, text in runs)

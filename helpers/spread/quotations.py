"""The same statement on several sides: what each kept, retold or left out of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import groupby

import pandas as pd

from helpers.comparing.terms import function_words
from helpers.lenses import quotes
from helpers.spread.grid import Column, Entry, Row, Run, Span
from helpers.spread.material import Material, frame_of
from helpers.spread.voices import speaker
from helpers.wording import clean, count

ABSENT = "not quoted"
LEAST_KEPT = 3
"""Words in a row that are retold; fewer stand there by chance."""
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_RUN = re.compile(r"\[([^\]]*)\]")


def quotations(m: Material, columns: Sequence[Column], *, limit: int) -> list[Row]:
    """One row per statement that at least two sides quote, those that are cut most first.

    Words that a side prints only outside quotation marks, within two sentences of the quotation,
    are marked as retold (`lenses.quotes.across_outlets`).
    """
    side = {doc: column.name for column in columns for doc in column.doc_ids}
    told = m.story.originals[m.story.originals["doc_id"].isin(sorted(side))]
    told = told.assign(outlet=told["doc_id"].map(side).astype("str"))
    versions = quotes.across_outlets(frame_of(m.story.quotes, [*side]), told)
    groups = [group for _, group in versions.groupby("statement_id", sort=True)]
    rows = [row for g in sorted(groups, key=_cut_most, reverse=True) if (row := _row(g, columns))]
    return rows[:limit]


def left_out(longest: pd.Series, cut: pd.Series) -> list[str]:
    """The runs of the longest version, as printed, that the outlet of another prints nowhere."""
    spoken = _spoken(longest["text"])
    words = [*_WORD.finditer(spoken)]
    if len(words) != longest["n_words"]:
        return []
    gone = _positions([word[0].lower() for word in words], str(cut["cut"]))
    runs = [[*run] for is_cut, run in groupby(range(len(words)), gone.__contains__) if is_cut]
    return [spoken[words[run[0]].start() : words[run[-1]].end()] for run in runs]


def n_quoted(longest: pd.Series, cut: pd.Series) -> int:
    """How many words of the longest version another one has between its own quotation marks."""
    keys = [w.lower() for w in _words(str(longest["text"]))]
    return len(_standing(keys, str(cut["text"])))


def _standing(keys: list[str], text: str) -> set[int]:
    """Which words of the longest version stand in the text of another one, in their order."""
    matcher = SequenceMatcher(None, keys, [w.lower() for w in _words(text)], autojunk=False)
    return {i for a, _, size in matcher.get_matching_blocks() for i in range(a, a + size)}


def is_cut_of(cut: pd.Series, longest: pd.Series) -> bool:
    """Whether a version is a cut of the longest one, and no other statement that begins alike.

    At least two of its words with content, and most of them, stand in the longest version, too.
    """
    mine = {word.lower() for word in _words(str(cut["text"]))} - function_words()
    kept = mine & {word.lower() for word in _words(str(longest["text"]))}
    return len(kept) >= 2 and 2 * len(kept) > len(mine)


def _cut_most(versions: pd.DataFrame) -> float:
    """The largest number of words that one side leaves out."""
    longest = int(versions["n_words"].max())
    return float(longest * (1 - versions["shared_outlet"].min()))


def _row(versions: pd.DataFrame, columns: Sequence[Column]) -> Row | None:
    longest = versions.sort_values("n_words", ascending=False, kind="stable").iloc[0]
    words = _printed(longest["text"])
    if len(words) != longest["n_words"]:  # quotations inside a quotation: no words to lay over
        return None
    who = speaker(longest["actor"], longest["source"]) or "Somebody"
    cells = []
    for column in columns:
        mine = versions[versions["outlet"] == column.name]
        cells.append((_entry(words, mine),) if len(mine) else ())
    day = f", {longest['published']}" if isinstance(longest["published"], str) else ""
    return Row(
        f"{who}’s words",
        tuple(cells),
        note=f"longest version: {count(len(words), 'word')}{day}",
        empty=ABSENT,
    )


def _words(text: str) -> list[str]:
    """The words of a version as `across_outlets` compares them."""
    return _WORD.findall(_spoken(text))


def _printed(text: str) -> list[str]:
    """The same words as they are printed, each with all that stands before the next one."""
    spoken = _spoken(text)
    at = [found.start() for found in _WORD.finditer(spoken)]
    return [spoken[a:b] for a, b in zip(at, [*at[1:], len(spoken)], strict=True)]


def _spoken(text: str) -> str:
    """What a version has between quotation marks; all of it where there are none."""
    spoken = re.findall(r"[“\"]([^”\"]*)[”\"]?", text) if re.search(r"[“\"]", text) else [text]
    return " ".join(spoken).replace("’", "'")


def _entry(printed: list[str], mine: pd.DataFrame) -> Entry:
    """What one side has of the longest version, whose words stand with the signs behind them."""
    words = [_WORD.search(word)[0] for word in printed]  # type: ignore[index]
    keys = [w.lower() for w in words]
    quoted = {i for text in mine["text"] for i in _standing(keys, text)}
    gone = _positions(keys, str(mine["cut"].iloc[0]))
    gone |= _strays(keys, gone, quoted)
    styles = [
        "cut" if i in gone else "plain" if i in quoted else "retold" for i in range(len(words))
    ]
    places: list[Span] = list(
        zip(mine["doc_id"].tolist(), mine["start"].tolist(), mine["end"].tolist(), strict=True)
    )
    kept = len(words) - len(gone)
    note = "in full" if kept == len(words) else f"{kept} of {count(len(words), 'word')}"
    if "retold" in styles:
        note += f", {styles.count('retold')} in its own words"
    return Entry(_runs(printed, styles), tuple(places), note)


def _strays(keys: list[str], gone: set[int], quoted: set[int]) -> set[int]:
    """Words that only luck has kept: few of a run, behind or between cuts, outside the marks."""
    runs = [(is_gone, [*run]) for is_gone, run in groupby(range(len(keys)), gone.__contains__)]
    stray: set[int] = set()
    for i, (is_gone, run) in enumerate(runs):
        after_cut = i > 0 and not is_gone
        if after_cut and len(run) < LEAST_KEPT and quoted.isdisjoint(run):
            stray.update(run)
    return stray


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

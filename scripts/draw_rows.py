"""Draws the places of `tests/gold/rows-*.csv` at random from the texts, before anything is marked.

    python scripts/draw_rows.py --data DIR --lens quotes [--show]

DIR holds `corpora/us-iran-2019/articles` and `gold/polnear/dev/text`. One line per unit: unit,
half, corpus, doc_id, start, end (characters of the decoded file), the word or phrase that was drawn
inside the sentence and its group; for coverage the counterpart and the outlets beside the two. With
`--show` each unit is printed with the text around it, for marking.

Nothing of the product decides what is drawn: sentences, capitalised runs and pronouns are found by
the few expressions below, so that what the product misses is drawn as well. Half of the articles of
each corpus are for developing (`develop`), the others are looked at once at the end (`last`).
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

SEED = 20191130
CORPORA = {"us-iran-2019": "corpora/us-iran-2019", "polnear-dev": "gold/polnear/dev"}
HALVES = ("develop", "last")
SIZES = {
    "quotes": 110,
    "mentions": 90,
    "pronouns": 50,
    "agency": 60,
    "coverage": 50,
    "frames": 60,
    "naming": 20,
}
FRAMES = ("conflict", "economic", "human_interest", "morality", "resolution", "responsibility")
LEXICONS = Path(__file__).resolve().parent.parent / "data" / "lexicons" / "en"
WINDOW = 3  # days in which a counterpart, and an article of the third outlet, must appear

_MARK = re.compile(r"[\"“”«»]")
_BREAK = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Maj|Sgt|Capt|Cmdr|Adm|Jr|Sr|St|vs|No|Prof|Rev|Hon|"
    r"Jan|Feb|Aug|Sept|Oct|Nov|Dec|Ga|Fla|Va|Pa|Calif|Mass|Conn|Ariz|Mich|Wis|Minn|Ill|Tenn|Ky|La|"
    r"Co|Corp|Inc|Ltd)|(?:\b[A-Za-z]\.)*\b[A-Za-z])\.$"
)
_WORD = r"[A-Z][\w’'.&-]*\w|[A-Z]{2,}|[A-Z]\.(?:[A-Z]\.)+"
_RUN = re.compile(rf"(?:{_WORD})(?: (?:{_WORD}|[A-Z]\.))*")
_OPENING = set(
    "The A An In On At By For From With To Of And But Or So Yet If When While As After Before Since"
    " Because It He She They We You His Her Their Our Your My This That These Those There Here What"
    " Who Why How Where Which Not No Now Then Also Still Even Just Only Both Some Many Most All"
    " Other One Two Is Are Was Were Do Does Did Has Have Had Can Could Will Would Should May Might"
    " Be Despite Although Though However Instead According Its I’m I'm It’s It's".split()
)
_PRONOUN = re.compile(r"\b(?:he|she|him|her|his|they|their)\b", re.IGNORECASE)
_APPOSITION = re.compile(rf"(?:{_WORD}), (?P<phrase>(?:the|a|an) [a-z][^,.;:“”\"]{{3,70}})[,.]")
_BEFORE = re.compile(
    r"(?<![\w’'])(?P<phrase>(?:[a-z][a-z-]{2,} )?(?!under|after|over|for\b|her |other)"
    r"[a-z-]+(?:er|or|ent|ant|ist|man|ee|ian|aire|ic|al|ned)) "
    rf"(?:{_WORD}) (?:{_WORD})"
)
_CALLED = re.compile(
    r"\b(?:call(?:ed|s|ing)?(?! for| on| out| off| in)|dubbed|labell?ed|described) "
    r"(?P<phrase>[^,.;:]{8,70})"
)
_THE = re.compile(
    r"(?<!\w)(?P<phrase>[Tt]he (?:[a-z-]+ )?(?:president|leader|senator|candidate|nominee|regime|"
    r"kingdom|administration|billionaire|businessman|general|commander|minister|secretary|governor|"
    r"congressman|lawmaker|company|group|country|government))\b"
)


class Document(NamedTuple):
    corpus: str
    name: str
    half: str
    text: str
    outlet: str
    day: date | None


class Unit(NamedTuple):
    doc: Document
    start: int
    end: int
    focus: tuple[int, int] | None = None
    group: str = ""


def documents(data: Path) -> list[Document]:
    """All articles, each with the half that the seed gives it."""
    out = []
    for corpus, place in CORPORA.items():
        folder = data / place
        outlets: dict[str, str] = {}
        if (folder / "articles.csv").is_file():
            with (folder / "articles.csv").open(encoding="utf-8", newline="") as stream:
                outlets = {row["file"]: row["outlet"] for row in csv.DictReader(stream)}
        files = sorted((folder / ("articles" if outlets else "text")).glob("*.txt"))
        order = list(range(len(files)))
        random.Random(f"{SEED} halves {corpus}").shuffle(order)
        for place_in_order, number in enumerate(order):
            file = files[number]
            with file.open(encoding="utf-8", newline="") as stream:
                text = stream.read()
            day = re.match(r"(?:[a-z-]+_)?(\d{4}-\d\d-\d\d)_", file.name)
            out.append(
                Document(
                    corpus,
                    file.stem,
                    HALVES[place_in_order % 2],
                    text,
                    outlets.get(file.name, file.stem.split("_")[0]),
                    date.fromisoformat(day[1]) if day else None,
                )
            )
    return sorted(out)


@cache
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Sentences of four words and more: lines, cut behind their full stops."""
    out = []
    for line in re.finditer(r"[^\r\n]+", text):
        start = line.start()
        cuts = [m for m in _BREAK.finditer(line[0]) if not _SHORT.search(line[0][: m.start()])]
        for cut in [*cuts, None]:
            end = line.start() + cut.end() if cut else line.end()
            body = text[start:end]
            left = start + len(body) - len(body.lstrip())
            right = start + len(body.rstrip())
            if len(text[left:right].split()) >= 4:
                out.append((left, right))
            start = end
    return tuple(out)


def runs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words in text[start:end], without function words that open it."""
    for found in _RUN.finditer(text, start, end):
        left = found.start()
        while (word := re.compile(r"\S+").match(text, left, found.end())) and word[0] in _OPENING:
            left = min(word.end() + 1, found.end())
        if left < found.end():
            yield left, found.end()


def quotes(doc: Document) -> Iterator[Unit]:
    for start, end in sentences(doc.text):
        yield Unit(doc, start, end, None, "any")
        if _MARK.search(doc.text, start, end):
            yield Unit(doc, start, end, None, "marks")


def mentions(doc: Document) -> Iterator[Unit]:
    for start, end in sentences(doc.text):
        for run in runs(doc.text, start, end):
            yield Unit(doc, start, end, run)


def pronouns(doc: Document) -> Iterator[Unit]:
    for start, end in sentences(doc.text):
        for found in _PRONOUN.finditer(doc.text, start, end):
            yield Unit(doc, start, end, found.span())


def agency(doc: Document) -> Iterator[Unit]:
    for start, end in sentences(doc.text):
        if len(doc.text[start:end].split()) >= 8 and any(
            a > start for a, _ in runs(doc.text, start, end)
        ):
            yield Unit(doc, start, end)


@cache
def cues(frame: str) -> re.Pattern[str]:
    """One expression for the entries of a frame's list; `*` ends a word that may go on."""
    with (LEXICONS / "frames" / f"{frame}.csv").open(encoding="utf-8", newline="") as stream:
        entries = [row["cue"] for row in csv.DictReader(stream) if float(row["weight"]) > 0]
    parts = [
        re.escape(e).replace(r"\*", r"\w*").replace(r"\#", r"[\d.,]+").replace(r"\ ", r"\s+")
        for e in sorted(entries, key=len, reverse=True)
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])", re.IGNORECASE)


def frames(doc: Document) -> Iterator[Unit]:
    for start, end in sentences(doc.text):
        for frame in FRAMES:
            for found in cues(frame).finditer(doc.text, start, end):
                yield Unit(doc, start, end, found.span(), frame)


def naming(doc: Document) -> Iterator[Unit]:
    patterns = {"apposition": _APPOSITION, "before": _BEFORE, "called": _CALLED, "the": _THE}
    for start, end in sentences(doc.text):
        for group, pattern in patterns.items():
            for found in pattern.finditer(doc.text, start, end):
                yield Unit(doc, start, end, found.span("phrase"), group)


FIND: dict[str, Callable[[Document], Iterator[Unit]]] = {
    "quotes": quotes,
    "mentions": mentions,
    "pronouns": pronouns,
    "agency": agency,
    "frames": frames,
    "naming": naming,
}


def drawn(lens: str, docs: list[Document]) -> list[Unit]:
    """The lens's units in the order of the draw, spread evenly over corpora, halves and groups."""
    cells: dict[tuple[str, str, str], list[Unit]] = {}
    for doc in docs:
        for unit in FIND[lens](doc):
            cells.setdefault((doc.corpus, doc.half, unit.group), []).append(unit)
    chance = random.Random(f"{SEED} {lens}")
    for cell in sorted(cells):
        chance.shuffle(cells[cell])
    out: list[Unit] = []
    seen: set[tuple[str, int]] = set()
    while len(out) < SIZES[lens]:
        for cell in sorted(cells):
            while cells[cell]:
                unit = cells[cell].pop()
                if (unit.doc.name, unit.start) not in seen:
                    seen.add((unit.doc.name, unit.start))
                    out.append(unit)
                    break
    return out[: SIZES[lens]]


class Pair(NamedTuple):
    """A sentence, its counterpart in another outlet, and the outlets that may tell it too."""

    first: Unit
    second: Unit
    thirds: tuple[str, ...]


def pairs(docs: list[Document]) -> list[Pair]:
    """Sentences of two outlets within three days that share four rare words, or a number and names.

    Up to three further outlets with an article in the window are drawn for each.
    """
    docs = [d for d in docs if d.corpus == "us-iran-2019" and d.day]
    words = {(d.name, s): _content(d.text[s[0] : s[1]]) for d in docs for s in sentences(d.text)}
    df = Counter(w for d in docs for w in {w for s in sentences(d.text) for w in words[d.name, s]})
    found: list[Pair] = []
    chance = random.Random(f"{SEED} coverage")
    for one, two in combinations(sorted(docs, key=lambda d: (d.day, d.name)), 2):
        if one.day is None or two.day is None or one.outlet == two.outlet:
            continue
        if (two.day - one.day).days > WINDOW:
            continue
        others = _others(docs, one, two)
        for a in sentences(one.text):
            for b in sentences(two.text):
                left, right = words[one.name, a], words[two.name, b]
                both = left & right
                rare = {w for w in both if df[w] <= 25 and w[0].islower()}
                figures = {w for w in both if w[0].isdigit()}
                names = {w for w in both if w[0].isupper()}
                alike = len(both) / max(1, len(left | right))
                if not others or alike > 0.7:
                    continue
                if len(rare) >= 4 or (figures and rare and len(names) >= 2):
                    third = others[chance.randrange(len(others))]
                    found.append(Pair(Unit(one, *a), Unit(two, *b), (third,)))
    chance.shuffle(found)
    out: list[Pair] = []
    taken: set[tuple[str, int]] = set()
    per_doc: Counter[str] = Counter()
    wanted = dict.fromkeys(HALVES, SIZES["coverage"] // 2)
    for pair in found:
        keys = {(u.doc.name, u.start) for u in pair[:2]}
        doc = pair.first.doc
        if keys & taken or per_doc[doc.name] >= 4 or not wanted[doc.half]:
            continue
        taken |= keys
        per_doc[doc.name] += 1
        wanted[doc.half] -= 1
        others = [o for o in _others(docs, doc, pair.second.doc) if o not in pair.thirds]
        more = random.Random(f"{SEED} thirds {len(out)}").sample(others, min(2, len(others)))
        out.append(pair._replace(thirds=(*pair.thirds, *more)))
    return out


def _others(docs: list[Document], one: Document, two: Document) -> list[str]:
    """The outlets beside two with an article within the window around the first."""
    near = {d.outlet for d in docs if d.day and one.day and abs((d.day - one.day).days) <= WINDOW}
    return sorted(near - {one.outlet, two.outlet})


def _content(sentence: str) -> frozenset[str]:
    """Words of five letters in lower case, names as written and figures."""
    words = re.findall(r"[A-Za-z][\w’'-]*\w|\d[\d,.]*\d|\d+", sentence)
    return frozenset(w for w in words if w not in _OPENING and (len(w) >= 5 or not w[0].islower()))


def show(name: str, unit: Unit) -> None:
    text = unit.doc.text
    before = text[max(0, unit.start - 450) : unit.start].replace("\n", " / ")
    body = text[unit.start : unit.end]
    if unit.focus:
        a, b = unit.focus[0] - unit.start, unit.focus[1] - unit.start
        body = f"{body[:a]}⟦{body[a:b]}⟧{body[b:]}"
    after = text[unit.end : unit.end + 250].replace("\n", " / ")
    print(f"## {name} {unit.doc.name} {unit.group}\n   … {before}\n>> {body}\n   {after} …\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--lens", choices=sorted(SIZES), required=True)
    parser.add_argument("--show", action="store_true", help="print the texts, for marking")
    options = parser.parse_args()
    docs = documents(options.data)
    if options.lens == "coverage":
        found = pairs(docs)
        units = [pair.first for pair in found]
        further = [
            [two.doc.name, two.start, two.end, " | ".join(thirds)] for _, two, thirds in found
        ]
        names = ["other_doc_id", "other_start", "other_end", "thirds"]
    else:
        units = drawn(options.lens, docs)
        further = [[*(unit.focus or ("", "")), unit.group] for unit in units]
        names = ["focus_start", "focus_end", "group"]
    write = csv.writer(sys.stdout, lineterminator="\n")
    if not options.show:
        write.writerow(["unit", "half", "corpus", "doc_id", "start", "end", *names])
    for number, (unit, more) in enumerate(zip(units, further, strict=True), 1):
        name = f"{options.lens}-{number:03d}"
        if options.show:
            show(name, unit)
        else:
            doc = unit.doc
            write.writerow([name, doc.half, doc.corpus, doc.name, unit.start, unit.end, *more])


if __name__ == "__main__":
    main()

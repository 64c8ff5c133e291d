"""How many rows that a reader sees are right: python benchmarks/rows.py --data DIR [--half develop]

The gold are places drawn at random from real articles and marked before any output was read
(`tests/gold/rows-*.csv`, see the README there). DIR holds `corpora/us-iran-2019` and
`gold/polnear/dev`; the product runs over both folders, and its rows at these places are compared.
For each lens: of what is shown, how much is right in everything and field by field; of what is
marked, how much is shown. With 95% intervals (Wilson 1927) and by kind. Rows marked as optional
may be missing, but not be wrong. `--show` lists what was missed in the half for developing; the
other half has no list, so that it stays unseen.

Contents match where their characters inside the sentence have half in common (intersection over
union); a content is right from 80% on. Names are compared as in `speakers.py`.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from gold_data import folder
from quotes import Attribution, Span, match, same_source
from quotes import _shared as shared_characters
from speakers import same_actor

from helpers.lenses.naming import namings
from helpers.story import Story

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold"
HALVES = ("develop", "last")
CONTENT = 0.8
Tables = dict[str, pd.DataFrame]


class Verdict(NamedTuple):
    """One row that is shown, or one that is marked: in which lines it counts, and whether right."""

    lens: str
    what: str
    right: bool
    unit: str = ""
    note: str = ""


class Unit(NamedTuple):
    """A drawn place with its marks."""

    name: str
    doc: str
    start: int
    end: int
    rows: list[dict[str, str]]


def gold(lens: str, half: str, place: Path = GOLD) -> list[Unit]:
    """The units of a half, each with its rows."""
    units: dict[str, Unit] = {}
    with (place / f"rows-{lens}.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["half"] == half:
                key = row["unit"], row["doc_id"], int(row["start"]), int(row["end"])
                units.setdefault(row["unit"], Unit(*key, [])).rows.append(row)
    return list(units.values())


def spans(cell: str) -> tuple[Span, ...]:
    return tuple((int(a), int(b)) for a, b in re.findall(r"(\d+)-(\d+)", cell))


def names_it(marked: str, label: object) -> bool:
    """Whether a label names the marked actor; a slash separates what counts as well."""
    return isinstance(label, str) and any(same_actor(one, label) for one in marked.split("/"))


def at(table: pd.DataFrame, doc: str, start: int, end: int, *, columns: str = "") -> pd.DataFrame:
    """The rows that overlap a place; `columns` is what stands before start and end."""
    a, b = f"{columns}start", f"{columns}end"
    return table[(table["doc_id"] == doc) & (table[a] < end) & (table[b] > start)]


def in_quotes(unit: Unit, tables: Tables) -> Iterator[Verdict]:
    marked = [row for row in unit.rows if row["content"]]
    wanted = [Attribution(unit.doc, "", spans(r["source"]), spans(r["content"])) for r in marked]
    shown = []
    for _, rows in at(tables["quotes"], unit.doc, unit.start, unit.end).groupby("quote_id"):
        clipped = [
            (max(int(a), unit.start), min(int(b), unit.end))
            for a, b in zip(rows["start"], rows["end"], strict=True)
        ]
        whole = sum(int(b) - int(a) for a, b in zip(rows["start"], rows["end"], strict=True))
        part = sum(b - a for a, b in clipped)
        if 2 * part >= whole or 2 * part >= unit.end - unit.start:
            first = rows.iloc[0]
            source = (
                ((int(first["source_start"]), int(first["source_end"])),)
                if pd.notna(first["source_start"])
                else ()
            )
            shown.append((Attribution(unit.doc, "", source, tuple(clipped)), first))
    pairs = match(wanted, [found for found, _ in shown])
    partner = {j: (i, overlap) for i, j, overlap in pairs}
    matched = {i: j for i, j, _ in pairs}
    right: dict[int, bool] = {}
    for j, (found, row) in enumerate(shown):
        form = "speech" if row["form"] == "speech" else "thought, attitude"
        said = f"{row['actor']}: {row['cue']} ({row['kind']}, {row['form']}, {row['rule']})"
        here = unit.name, f"shown: {said}"
        yield Verdict("quotes", "shown: is an attribution", j in partner, *here)
        if j not in partner:
            yield Verdict("quotes", "shown: right in everything", False)
            yield Verdict("quotes", f"– of form {form}", False)
            continue
        i, overlap = partner[j]
        fields = _fields(marked[i], wanted[i], found, row, overlap)
        right[j] = all(fields.values())
        for field, good in fields.items():
            note = f"{field} is {marked[i].get(field, '')!r}; {said}"
            yield Verdict("quotes", f"– of the matched: {field}", good, unit.name, note)
        if isinstance(row["actor"], str):
            yield Verdict("quotes", "– of the matched: actor, if one is shown", fields["actor"])
        yield Verdict("quotes", "shown: right in everything", right[j])
        yield Verdict("quotes", f"– of form {form}", right[j])
    for i, row in enumerate(marked):
        if row["optional"] == "no" and row["text_is"] != "turn":
            note = f"marked: {row['actor']}, {row['kind']}, {row['form']}"
            yield Verdict("quotes", "marked: found", i in matched, unit.name, note)
            whole = right.get(matched.get(i, -1), False)
            yield Verdict("quotes", "marked: found, all right", whole)
            kind = row["kind"] or "direct or mixed"
            yield Verdict("quotes", f"– marked as {kind}: found", i in matched)


def _fields(
    marked: dict[str, str], wanted: Attribution, found: Attribution, row: Any, overlap: float
) -> dict[str, bool]:
    """Field by field whether a shown attribution is the marked one; what is not marked is right."""
    cue = spans(marked["cue"])
    ours = ((int(row["cue_start"]), int(row["cue_end"])),) if pd.notna(row["cue_start"]) else ()
    actor = marked["actor"]
    return {
        "content": overlap >= CONTENT,
        "cue": not cue or shared_characters(cue, ours) > 0,
        "kind": not marked["kind"] or marked["kind"] == row["kind"],
        "speech or not": (marked["form"] == "speech") == (row["form"] == "speech"),
        "source": not wanted.source or same_source(wanted, found),
        "actor": (
            not isinstance(row["actor"], str)
            if actor in ("unnamed", "joint", "none")
            else names_it(actor, row["actor"])
        ),
    }


def in_mentions(unit: Unit, tables: Tables) -> Iterator[Verdict]:
    first = unit.rows[0]
    run = int(first["run_start"]), int(first["run_end"])
    found = at(tables["mentions"], unit.doc, *run)
    found = found[(found["kind"] != "pronoun") & found["actor"].notna()]
    marked = [row for row in unit.rows if row["span"]]
    seen = set()
    for row in found.itertuples():
        said = f"{row.text!r} = {row.actor}, {row.actor_type} ({row.rule})"
        near = [
            i for i, m in enumerate(marked)
            if any(a < row.end and b > row.start for a, b in spans(m["span"]))
        ]  # fmt: skip
        if not near:
            if first["optional"] == "no":
                note = f"no actor: {said}"
                yield Verdict("mentions", "shown: right in everything", False, unit.name, note)
                yield Verdict("mentions", "shown: is an actor", False)
            continue
        m = marked[near[0]]
        bare = {_bare(tables, unit.doc, a, b) for a, b in spans(m["span"])}
        fields = {
            "span": _bare(tables, unit.doc, int(row.start), int(row.end)) in bare,
            "actor": names_it(m["actor"], row.actor),
            "type": row.actor_type in m["type"].split("/"),
        }
        seen.add(near[0])
        note = f"{m['actor']}, {m['type']}; shown: {said}"
        yield Verdict("mentions", "shown: is an actor", True)
        yield Verdict(
            "mentions", "shown: right in everything", all(fields.values()), unit.name, note
        )
        for field, good in fields.items():
            yield Verdict("mentions", f"– of actors: {field}", good)
    for i, m in enumerate(marked):
        if m["optional"] == "no":
            yield Verdict("mentions", "marked: found", i in seen, unit.name, f"no {m['actor']}")
    if not marked and first["optional"] == "no":
        yield Verdict("mentions", "no actor: nothing shown", found.empty)


def _bare(tables: Tables, doc: str, start: int, end: int) -> Span:
    """A span without "the" before it and without possessive or stop behind it."""
    text = tables["texts"].at[doc, "text"][start:end]
    left = re.match(r"(?:[Tt]he\s+)?", text)
    assert left
    return start + left.end(), start + len(re.sub(r"(?:['’]s?|[.,])+$", "", text))


def in_pronouns(unit: Unit, tables: Tables) -> Iterator[Verdict]:
    row = unit.rows[0]
    place = int(row["pronoun_start"]), int(row["pronoun_end"])
    found = at(tables["mentions"], unit.doc, *place)
    label = next(iter(found["actor"].dropna()), None)
    right = names_it(row["actor"], label) if row["actor"] not in ("", "joint") else label is None
    note = f"{row['actor'] or 'no actor'}; shown: {label}"
    if label is not None:
        yield Verdict("pronouns", "decided: right", right, unit.name, note)
    if row["optional"] == "no" and row["actor"] not in ("", "joint"):
        yield Verdict("pronouns", "marked: decided and right", right, unit.name, note)


def in_agency(unit: Unit, tables: Tables) -> Iterator[Verdict]:
    marked = [row for row in unit.rows if row["verb"]]
    found = at(tables["agency"], unit.doc, unit.start, unit.end, columns="verb_")
    hits = set()
    for row in found[found["actor"].notna()].itertuples():
        ours = [
            i for i, m in enumerate(marked)
            if m["role"] == row.role and names_it(m["actor"], row.actor)
            and shared_characters(spans(m["verb"]), [(int(row.verb_start), int(row.verb_end))])
        ]  # fmt: skip
        hits.update(ours)
        said = f"{row.actor} {row.role} of {row.predicate} ({row.construction}, {row.link})"
        yield Verdict("agency", "shown: right", bool(ours), unit.name, f"shown: {said}")
        yield Verdict("agency", f"– shown as {row.role}", bool(ours))
        if ours and marked[ours[0]]["saying"]:
            good = (marked[ours[0]]["saying"] == "yes") == (row.process == "verbal")
            yield Verdict("agency", "saying told apart", good, unit.name, f"shown: {said}")
    for i, m in enumerate(marked):
        if m["optional"] == "no":
            verb = tables["texts"].at[unit.doc, "text"][slice(*spans(m["verb"])[0])]
            note = f"{m['actor']} {m['role']} of {verb}"
            yield Verdict("agency", "marked: found", i in hits, unit.name, note)


def in_coverage(unit: Unit, tables: Tables) -> Iterator[Verdict]:
    row = unit.rows[0]
    cells = tables["coverage"]
    first = set(at(cells, unit.doc, unit.start, unit.end)["fact_id"])
    other = row["other_doc_id"], int(row["other_start"]), int(row["other_end"])
    second = set(at(cells, *other)["fact_id"])
    if first & second:
        good = row["same_fact"] != "no"
        yield Verdict("coverage", "two under one fact: do tell it", good, unit.name)
    if row["same_fact"] == "yes" and (first or second):
        yield Verdict("coverage", "marked: two under one fact", bool(first & second), unit.name)
    if row["same_fact"] == "no":
        return
    facts = first & second or first | second
    for third in unit.rows:
        one = cells["fact_id"].isin(facts) & (cells["outlet"] == third["third"])
        states = set(cells.loc[one, "status"])
        tells = third["third_tells"]
        note = f"{third['third']}: tells {tells}, could {third['third_could']}; shown: {states}"
        if "present" in states:
            yield Verdict("coverage", "present: tells it", tells != "no", unit.name, note)
            yield Verdict("coverage", "present: tells all of it", tells == "yes")
        if "absent" in states:
            yield Verdict("coverage", "absent: does not tell it", tells == "no", unit.name, note)
            yield Verdict("coverage", "absent: and could have", _lacks(third), unit.name, note)
        if tells == "yes" and facts:
            good = "present" in states
            yield Verdict("coverage", "marked as told: present", good, unit.name, note)
        if _lacks(third) and facts:
            yield Verdict("coverage", "marked as lacking: absent", "absent" in states)


def _lacks(third: dict[str, str]) -> bool:
    """Whether an outlet does not tell the fact, and could have."""
    return third["third_tells"] == "no" and third["third_could"] == "yes"


def in_frames(unit: Unit, tables: Tables) -> Iterator[Verdict]:
    row = unit.rows[0]
    found = at(tables["frames"], unit.doc, int(row["cue_start"]), int(row["cue_end"]))
    frame = row["frame"].replace("_", " ")
    shown = bool((found["frame"].str.replace("_", " ").str.startswith(frame)).any())
    word = tables["texts"].at[unit.doc, "text"][int(row["cue_start"]) : int(row["cue_end"])]
    note = f"{frame}: {word}, marked {row['is_cue']}"
    yes = row["is_cue"] == "yes"
    if shown:
        yield Verdict("frames", "shown: is a cue of the frame", yes, unit.name, note)
        yield Verdict("frames", f"– {frame}", yes)
    if yes:
        yield Verdict("frames", "marked: shown", shown, unit.name, note)


def in_naming(unit: Unit, tables: Tables) -> Iterator[Verdict]:
    row = unit.rows[0]
    place = int(row["phrase_start"]), int(row["phrase_end"])
    found = at(tables["namings"], unit.doc, *place)
    said = "; ".join(f"{r.actor} is {r.label!r} ({r.part})" for r in found.itertuples())
    want = set(re.findall(r"\w+", row["label"].lower()))
    right = [
        bool(row["actor"])
        and names_it(row["actor"], r.actor)
        and bool(want & set(re.findall(r"\w+", str(r.label))))
        for r in found.itertuples()
    ]
    note = f"{row['actor'] or 'no actor'} {row['label']}; shown: {said or 'nothing'}"
    for good, r in zip(right, found.itertuples(), strict=True):
        if r.part not in ("name", "metonym", "demonym"):  # these say whose name it is, no more
            yield Verdict("naming", "shown: right", good, unit.name, note)
    if row["actor"] and row["optional"] == "no":
        yield Verdict("naming", "marked: shown", any(right), unit.name, note)


LENSES: dict[str, Callable[[Unit, Tables], Iterator[Verdict]]] = {
    "quotes": in_quotes,
    "mentions": in_mentions,
    "pronouns": in_pronouns,
    "agency": in_agency,
    "coverage": in_coverage,
    "frames": in_frames,
    "naming": in_naming,
}


def tables_of(story: Story) -> Tables:
    """What is compared, and the texts by article."""
    names = ("mentions", "quotes", "agency", "frames", "coverage")
    made = {name: story.table(name) for name in names}
    made["namings"] = namings(story.tokens, story.mentions)
    made["texts"] = story.articles.set_index("doc_id")[["text"]]
    return made


def both(data: Path) -> Tables:
    """The tables of the two corpora, one below the other; only their doc_ids tell them apart."""
    real = tables_of(Story(folder(data, "us-iran-2019")))
    with tempfile.TemporaryDirectory() as place:
        dev = tables_of(Story(_with_outlets(folder(data, "polnear") / "dev" / "text", Path(place))))
    dev["coverage"] = dev["coverage"].iloc[:0]  # no cell was drawn there
    return {name: pd.concat([real[name], dev[name]]) for name in real}


def _with_outlets(texts: Path, place: Path) -> Path:
    """A story's folder of PolNeAR's texts: the outlet and the day stand in the files' names."""
    (place / "articles").mkdir()
    lines = ["file,outlet,published"]
    for file in sorted(texts.glob("*.txt")):
        (place / "articles" / file.name).write_bytes(file.read_bytes())
        outlet, day = file.name.split("_")[:2]
        lines.append(f"{file.name},{outlet},{day}")
    (place / "articles.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def compared(tables: Tables, half: str, lenses: Sequence[str] = ()) -> list[Verdict]:
    """All verdicts of a half."""
    return [
        verdict
        for lens in lenses or LENSES
        for unit in gold(lens, half)
        for verdict in LENSES[lens](unit, tables)
    ]


def wilson(right: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """The 95% interval of a share, in per cent (Wilson 1927)."""
    if not n:
        return 0.0, 100.0
    share = right / n
    middle = share + z * z / (2 * n)
    reach = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return 100 * (middle - reach) / whole, 100 * (middle + reach) / whole


def lines(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """The printed table: per lens and line how many are right."""
    counts: dict[str, dict[str, list[int]]] = {}
    for verdict in verdicts:
        row = counts.setdefault(verdict.lens, {}).setdefault(verdict.what, [0, 0])
        row[0] += verdict.right
        row[1] += 1
    for lens, rows in counts.items():
        yield lens
        for what in sorted(rows, key=_order):
            right, n = rows[what]
            low, high = wilson(right, n)
            share = 100 * right / n
            yield f"  {what:<42}{right:>4} of {n:>4} {share:6.1f}%  [{low:.0f}, {high:.0f}]"


def _order(what: str) -> tuple[int, str]:
    heads = (
        "shown",
        "– of form",
        "– of the matched",
        "– of actors",
        "– shown",
        "decided",
        "marked",
    )
    return next((i for i, head in enumerate(heads) if what.startswith(head)), len(heads)), what


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--half", choices=HALVES, default="develop")
    parser.add_argument("--lens", choices=list(LENSES), action="append", help="only this lens")
    parser.add_argument("--show", action="store_true", help="list what was missed (develop only)")
    options = parser.parse_args()
    if options.show and options.half == "last":
        raise SystemExit("The half “last” is only counted, so that nobody works towards it.")
    try:
        tables = both(options.data)
    except FileNotFoundError as error:
        raise SystemExit(f"Nothing to measure: {error}.") from None
    verdicts = compared(tables, options.half, options.lens or ())
    print("\n".join(lines(verdicts)))
    if options.show:
        where = {u.name: u for lens in LENSES for u in gold(lens, options.half)}
        for verdict in verdicts:
            if not verdict.right and verdict.unit:
                unit = where[verdict.unit]
                text = tables["texts"].at[unit.doc, "text"][unit.start : unit.end]
                print(f"\n{verdict.unit} {unit.doc} {verdict.what}\n  {verdict.note}\n  {text}")


if __name__ == "__main__":
    main()

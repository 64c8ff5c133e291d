"""The scorer of rows drawn at random: that it counts rightly on an invented sentence."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
import rows
from rows import Tables, Unit, Verdict

from helpers.story import Story

TEXT = "The mayor Ada Orr said the bridge is safe. Bo Lind praised Orr. He left."
HEAD = {"unit": "x-001", "half": "develop", "doc_id": "a", "optional": "no"}


def place(words: str, nth: int = 0) -> str:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return f"{start}-{start + len(words)}"


def unit(words: str, *marks: dict[str, str]) -> Unit:
    start, end = map(int, place(words).split("-"))
    return Unit("x-001", "a", start, end, [HEAD | mark for mark in marks])


def table(*found: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame([{"doc_id": "a", **row} for row in found])


def tables(**made: pd.DataFrame) -> Tables:
    return {"texts": pd.DataFrame({"doc_id": ["a"], "text": [TEXT]}).set_index("doc_id"), **made}


def span(words: str, nth: int = 0, prefix: str = "") -> dict[str, object]:
    start, end = map(int, place(words, nth).split("-"))
    return {f"{prefix}start": start, f"{prefix}end": end}


def counted(verdicts: object) -> dict[str, tuple[int, int]]:
    """(right, all) by line."""
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for verdict in verdicts:  # type: ignore[attr-defined]
        assert isinstance(verdict, Verdict)
        right[verdict.what] += verdict.right
        every[verdict.what] += 1
    return {what: (right[what], n) for what, n in every.items()}


SAID = {
    "quote_id": "a-1",
    "kind": "indirect",
    "form": "speech",
    "cue": "said",
    "rule": "clause",
    "actor": "Ada Orr",
    **span("the bridge is safe"),
    **span("said", prefix="cue_"),
    **span("The mayor Ada Orr", prefix="source_"),
}
MARKED = {
    "text_is": "prose",
    "source": place("Ada Orr"),
    "cue": place("said"),
    "content": place("the bridge is safe"),
    "kind": "indirect",
    "form": "speech",
    "actor": "Ada Orr",
}
FIRST = "The mayor Ada Orr said the bridge is safe."


def test_an_attribution_is_right_in_everything_or_by_field() -> None:
    good = counted(rows.in_quotes(unit(FIRST, MARKED), tables(quotes=table(SAID))))
    assert good["shown: right in everything"] == (1, 1)
    assert good["marked: found, all right"] == (1, 1)
    wrong = SAID | {"actor": "Bo Lind"}
    bad = counted(rows.in_quotes(unit(FIRST, MARKED), tables(quotes=table(wrong))))
    assert bad["shown: right in everything"] == (0, 1)
    assert bad["– of the matched: actor"] == (0, 1)
    assert bad["– of the matched: cue"] == (1, 1)
    assert bad["marked: found"] == (1, 1)
    assert bad["marked: found, all right"] == (0, 1)


def test_what_is_no_attribution_and_what_is_missed() -> None:
    nothing = MARKED | dict.fromkeys(("source", "cue", "content", "kind", "form", "actor"), "")
    invented = counted(rows.in_quotes(unit(FIRST, nothing), tables(quotes=table(SAID))))
    assert invented["shown: is an attribution"] == (0, 1)
    assert invented["shown: right in everything"] == (0, 1)
    empty = table(SAID).iloc[:0]
    missed = counted(rows.in_quotes(unit(FIRST, MARKED), tables(quotes=empty)))
    assert missed["marked: found"] == (0, 1)
    optional = counted(
        rows.in_quotes(unit(FIRST, MARKED | {"optional": "yes"}), tables(quotes=empty))
    )
    assert not optional


def test_unnamed_sources_have_no_actor() -> None:
    hidden = MARKED | {"actor": "unnamed"}
    none = SAID | {"actor": None}
    good = counted(rows.in_quotes(unit(FIRST, hidden), tables(quotes=table(none))))
    assert good["– of the matched: actor"] == (1, 1)
    bad = counted(rows.in_quotes(unit(FIRST, hidden), tables(quotes=table(SAID))))
    assert bad["– of the matched: actor"] == (0, 1)


def test_a_mention_needs_its_span_its_actor_and_its_type() -> None:
    run = span("Ada Orr", prefix="run_")
    mark = {
        "span": f"{place('mayor Ada Orr')};{place('Ada Orr')}",
        "actor": "Ada Orr",
        "type": "person",
    }
    row = {"kind": "name", "actor": "Ada Orr", "actor_type": "person", "rule": "", "text": ""}
    here = unit(FIRST, {k: str(v) for k, v in run.items()} | mark)
    whole = row | span("The mayor Ada Orr")  # "the" is no difference
    good = counted(rows.in_mentions(here, tables(mentions=table(whole))))
    assert good["shown: right in everything"] == (1, 1)
    other = whole | {"actor_type": "organization"}
    bad = counted(rows.in_mentions(here, tables(mentions=table(other))))
    assert bad["– of actors: type"] == (0, 1)
    assert bad["shown: right in everything"] == (0, 1)
    assert bad["marked: found"] == (1, 1)


def test_a_pronoun_left_open_is_not_decided_wrongly() -> None:
    he = {k: str(v) for k, v in span("He", prefix="pronoun_").items()}
    here = unit("He left.", he | {"actor": "Bo Lind"})
    row = {"kind": "pronoun", **span("He")}
    right = counted(rows.in_pronouns(here, tables(mentions=table(row | {"actor": "Lind"}))))
    assert right["decided: right"] == (1, 1)
    left = counted(rows.in_pronouns(here, tables(mentions=table(row | {"actor": None}))))
    assert left == {"marked: decided and right": (0, 1)}


def test_agency_is_right_by_verb_role_and_actor() -> None:
    marks = [
        {"verb": place("praised"), "role": role, "actor": actor, "saying": "no"}
        for role, actor in (("agent", "Bo Lind"), ("patient", "Ada Orr"))
    ]
    row = {"predicate": "praise", "construction": "active", "link": "direct", "process": "verbal"}
    row |= span("praised", prefix="verb_")
    found = table(
        row | {"actor": "Bo Lind", "role": "agent"}, row | {"actor": "Bo Lind", "role": "patient"}
    )
    count = counted(rows.in_agency(unit("Bo Lind praised Orr.", *marks), tables(agency=found)))
    assert count["shown: right"] == (1, 2)
    assert count["marked: found"] == (1, 2)
    assert count["saying told apart"] == (0, 1)


def test_absent_means_it_could_have_told_it() -> None:
    cell = {"fact_id": "f", "outlet": "One", "status": "present", **span(FIRST)}
    third = {"fact_id": "f", "outlet": "Three", "status": "absent", "start": -1, "end": -1}
    mark = {
        "other_doc_id": "b", "other_start": "0", "other_end": "9", "third": "Three",
        "same_fact": "yes", "third_tells": "no", "third_could": "yes",
    }  # fmt: skip
    made = tables(coverage=table(cell, third))
    good = counted(rows.in_coverage(unit(FIRST, mark), made))
    assert good["absent: and could have"] == (1, 1)
    bad = counted(rows.in_coverage(unit(FIRST, mark | {"third_could": "no"}), made))
    assert bad["absent: and could have"] == (0, 1)
    assert bad["absent: does not tell it"] == (1, 1)


def test_a_cue_is_right_where_it_was_marked_as_one() -> None:
    cue = {k: str(v) for k, v in span("safe", prefix="cue_").items()}
    shown = tables(frames=table({"frame": "human interest", **span("safe")}))
    for is_cue, right in (("yes", 1), ("no", 0)):
        here = unit(FIRST, cue | {"frame": "human_interest", "is_cue": is_cue})
        assert counted(rows.in_frames(here, shown))["shown: is a cue of the frame"] == (right, 1)


def test_wilson() -> None:
    low, high = rows.wilson(65, 100)
    assert (round(low), round(high)) == (55, 74)


def test_every_lens_is_compared_and_the_last_half_is_never_listed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for lens in rows.LENSES:
        assert rows.gold(lens, "develop")
        assert rows.gold(lens, "last")
    asked = ["rows.py", "--data", str(tmp_path), "--half", "last", "--show"]
    monkeypatch.setattr("sys.argv", asked)
    with pytest.raises(SystemExit, match="only counted"):
        rows.main()
    monkeypatch.setattr("sys.argv", asked[:-1])
    with pytest.raises(SystemExit, match="Nothing to measure"):
        rows.main()


def test_the_tables_of_a_story_have_what_is_compared(tmp_path: Path) -> None:
    texts = tmp_path / "text"
    texts.mkdir()
    (texts / "one_2016-09-01_x.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "story").mkdir()
    story = Story(rows._with_outlets(texts, tmp_path / "story"))
    made = rows.tables_of(story)
    assert list(story.articles["outlet"]) == ["one"]
    assert made["texts"].at["one_2016-09-01_x", "text"] == TEXT
    with (tmp_path / "story" / "articles.csv").open(newline="") as lines:
        assert next(iter(csv.DictReader(lines)))["published"] == "2016-09-01"

"""What findings and takeaways tell of quotations, on tables made for the purpose."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from helpers.lenses import quotes as room
from helpers.lenses.quotes import takeaways
from helpers.lenses.quotes.findings import cut_differently, quote_findings

LONG = "“We will not sit down while the siege of our ports goes on, and nobody should wait.”"
SHORT = "“We will not sit down while the siege”"


def articles(*outlets: str) -> pd.DataFrame:
    ids = [f"d{i}" for i in range(len(outlets))]
    return pd.DataFrame(
        {"doc_id": ids, "outlet": list(outlets), "published": "2019-10-01", "stratum": "",
         "duplicate_of": pd.Series([None] * len(ids), dtype="str")}
    )  # fmt: skip


def quotes(*rows: dict[str, Any]) -> pd.DataFrame:
    base = {"doc_id": "d0", "start": 0, "text": "“It is closed now.”", "kind": "direct",
            "cue": "said", "lemma": "say", "source": "a pilot", "actor": None, "form": "speech",
            "anonymous": False, "stance": "neutral", "counted": True,
            "sentence_id": 0}  # fmt: skip
    made = [{**base, "quote_id": f"q{i}", "start": 100 * i, **row} for i, row in enumerate(rows)]
    table = pd.DataFrame(made, columns=["quote_id", *base])
    table["end"] = table["start"] + table["text"].fillna("").str.len()
    texts = ("quote_id", "doc_id", "text", "kind", "cue", "source", "actor", "form", "stance")
    return table.astype(dict.fromkeys(texts, "str"))


def told(table: pd.DataFrame, *outlets: str) -> dict[str, str]:
    found = quote_findings(table, articles(*outlets))
    return {finding.claim_id: finding.statement for finding in found}


def test_of_thoughts_alone_nothing_is_told() -> None:
    assert told(quotes({"form": "thought", "counted": False, "actor": "Ann Hale"}), "North") == {}


def test_who_is_quoted_most() -> None:
    found = told(quotes({"actor": "Ann Hale"}, {"actor": "Ann Hale"}, {"actor": "Grey"}), "North")
    assert found["quotes-most-quoted"].startswith("Ann Hale is quoted most: 2 of 3")
    assert set(found) == {"quotes-most-quoted"}


def test_two_who_are_quoted_as_often() -> None:
    found = told(quotes({"actor": "Ann Hale"}, {"actor": "Grey"}), "North")
    assert found["quotes-most-quoted"].startswith("Ann Hale and Grey are quoted most: 1 of 2")


def test_speakers_undecided_or_unnamed() -> None:
    found = told(quotes({}, {"anonymous": True}), "North")
    assert set(found) == {"quotes-undecided", "quotes-unnamed"}
    assert "1 of 2 (50%)" in found["quotes-unnamed"]


def test_an_outlet_that_names_fewer_of_its_sources() -> None:
    rows = [{"doc_id": f"d{n}", "anonymous": n < 8, "actor": None if n < 8 else "Ann Hale"}
            for n in range(16) for _ in range(6)]  # fmt: skip
    found = told(quotes(*rows), *(["North"] * 8), *(["South"] * 8))
    assert found["quotes-unnamed"].startswith("North leaves the source of 100%")


def statements(second: str, **more: Any) -> pd.DataFrame:
    return quotes(
        {"text": LONG, "actor": "Ann Hale"},
        {"text": second, "actor": "Ann Hale", "doc_id": "d1", **more},
    )


def test_a_statement_that_one_outlet_cuts() -> None:
    (finding,) = cut_differently(statements(SHORT), articles("North", "South"))
    assert finding.value == 1
    assert "South keeps 8 of them" in finding.statement


@pytest.mark.parametrize("second", [LONG, "“Nobody had told the crew of it.”"])
def test_nothing_is_cut(second: str) -> None:
    assert cut_differently(statements(second), articles("North", "South")) == []


def test_words_that_only_one_outlet_has() -> None:
    second = LONG.replace("and nobody", "as we told them, and nobody")
    table = room.across_outlets(statements(second), articles("North", "South"))
    assert sorted(table["added"]) == ["", ""]
    assert sorted(table["cut"]) == ["", "[as we told them]"]
    second = SHORT.replace("siege", "long siege")
    table = room.across_outlets(statements(second), articles("North", "South"))
    assert "[long]" in set(table["added"])


def test_few_runs_in_common_make_no_statement() -> None:
    second = "“We will not sit down for a meal with those who sold the boats of the old town.”"
    assert room.across_outlets(statements(second), articles("North", "South")).empty


def test_marks_without_words_are_no_version() -> None:
    assert room.across_outlets(statements("“…”"), articles("North", "South")).empty


def test_counts_leave_repeats_out() -> None:
    table = statements(LONG)
    repeated = articles("North", "South").assign(duplicate_of=["", "d0"])
    repeated.loc[0, "duplicate_of"] = None
    assert room.kinds(table, repeated)["outlet"].tolist() == ["North"]
    every = repeated.drop(columns="duplicate_of")
    assert room.kinds(table, every)["outlet"].tolist() == ["North", "South"]


def test_voices_are_those_of_the_body() -> None:
    table = quotes({"text": "plan was “a farce”", "kind": "mixed", "actor": "Ann Hale"})
    lines = pd.DataFrame(
        {"doc_id": "d0", "start": [0, 18, 40], "end": [18, 40, 60],
         "part": ["body", "body", "headline"]}
    )  # fmt: skip
    found = room.voices(table, articles("North"), lines).set_index("voice")["n"]
    assert found.to_dict() == {"author": 22, "quoted": 9, "reported": 9}


def test_takeaways_where_nothing_is_left() -> None:
    none = quotes()
    assert takeaways.most_quoted(room.said_by(none, articles())).startswith("No quotation")
    assert takeaways.reasons(none, 3) == "All 3 attributions have a known speaker."

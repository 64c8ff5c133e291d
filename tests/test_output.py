"""Tables on disk: the same bytes again, nothing that a spreadsheet would run."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import Story, output


@given(st.text(max_size=30))
def test_no_cell_opens_as_a_formula_and_the_text_is_still_there(text: str) -> None:
    safe = output.safe_cell(text)
    assert safe in (text, "'" + text)
    assert not safe.startswith(("=", "@", "\t", "\r"))
    assert not safe.startswith(("+", "-")) or safe[1:].replace(".", "").rstrip("%").isdecimal()


def test_parquet_keeps_types_and_csv_is_guarded(tmp_path: Path) -> None:
    table = pd.DataFrame({"text": ["=1+1", None], "n": [1, 2], "x": [0.1 + 0.2, -0.0]})
    output.write_table(table, tmp_path, "t", formats=output.FORMATS)
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "t.parquet"), table)
    lines = (tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()
    assert lines == ["text,n,x", "'=1+1,1,0.3", ",2,0.0"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["t.csv", "t.parquet"]


def test_an_unknown_format_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="xlsx"):
        output.write_table(pd.DataFrame({"a": [1]}), tmp_path, "t", formats=["xlsx"])


def test_save_writes_where_it_is_told_and_says_what(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(output.FOLDER, str(tmp_path / "out"))
    story = Story.from_texts("The minister left. Nobody spoke.")
    said = output.save(story, "sentences")
    assert said.to_dict("records") == [
        {"table": "sentences", "rows": 2, "columns": 7, "files": "sentences.parquet, sentences.csv"}
    ]
    first = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    output.save(story, "sentences")
    assert first == {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}

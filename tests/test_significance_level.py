"""The significance level stands in one line; numbers and texts follow from it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LINE = "ALPHA = 0.05\n"
SAID = re.compile(r"(?<![\d-])0?\.05(?!\d)|\b95 ?%|\b95 per ?cent|\b1\.96\b|fewer than 20\b")
"""The level of today, what follows from it, in the forms a text would have."""
PROSE = [
    ROOT / "README.md",
    *sorted((ROOT / "helpers" / "report" / "assets").glob("*.md")),
    *sorted({*(ROOT / "docs").glob("*.md")} - {ROOT / "docs/accuracy.md", ROOT / "docs/tables.md"}),
]

WITH_ANOTHER_LEVEL = """
import json, sys
import numpy as np
from helpers.report import page
from helpers.schema import declared
from helpers.statistics import ratio_interval, relabellings, LEAST_RELABELLINGS
from helpers.statistics.student import NORMAL_REACH

low, high = ratio_interval(np.arange(12.0), np.ones(12))[1:]
print(json.dumps({
    "schema": declared("keyness").further["significant"][1],
    "methods": page.methods(),
    "width": float(high - low),
    "errors": round(NORMAL_REACH, 2),
    "least": LEAST_RELABELLINGS,
}))
"""


def answers(code: Path) -> dict[str, object]:
    """What the program says with the code of the folder."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", WITH_ANOTHER_LEVEL],
        env={**os.environ, "PYTHONPATH": str(code)},
        cwd=code,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_one_line_changes_the_numbers_and_the_texts(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "helpers", tmp_path / "helpers")
    (tmp_path / "data").symlink_to(ROOT / "data")
    rules = tmp_path / "helpers" / "statistics" / "rules.py"
    text = rules.read_text(encoding="utf-8")
    assert text.count(LINE) == 1
    rules.write_text(text.replace(LINE, "ALPHA = 0.1\n"), encoding="utf-8")
    before, after = answers(ROOT), answers(tmp_path)
    assert before["schema"] == "whether q_value is at most .05"
    assert after["schema"] == "whether q_value is at most .1"
    assert "(95%)" in str(before["methods"])
    assert "(90%)" in str(after["methods"])
    assert not SAID.search(" ".join(map(str, after.values())))
    assert (before["errors"], after["errors"]) == (1.96, 1.64)
    assert (before["least"], after["least"]) == (20, 10)
    assert 0.7 < float(str(after["width"])) / float(str(before["width"])) < 0.95  # 1.64 / 1.96


def test_no_text_in_the_code_says_the_level() -> None:
    said = []
    for file in sorted((ROOT / "helpers").rglob("*.py")):
        with file.open("rb") as source:
            for token in tokenize.tokenize(source.readline):
                texts = tokenize.STRING, tokenize.COMMENT, getattr(tokenize, "FSTRING_MIDDLE", -1)
                if token.type in texts and SAID.search(token.string):
                    said.append(f"{file.relative_to(ROOT)}:{token.start[0]}")
                if token.type == tokenize.NUMBER and token.string == "1.96":
                    said.append(f"{file.relative_to(ROOT)}:{token.start[0]}")
    assert not said


@pytest.mark.parametrize("document", PROSE, ids=lambda p: p.name)
def test_no_document_says_the_level(document: Path) -> None:
    assert not SAID.search(document.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "notebook", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda p: p.name
)
def test_no_text_of_a_notebook_says_the_level(notebook: Path) -> None:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    assert not [c for c in cells if SAID.search("".join(c["source"]))]

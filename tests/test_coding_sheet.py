"""The coding sheet in a browser, by keyboard alone: from the drawing to corrected findings."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import browser
import pandas as pd
import pytest
from browser import Tab
from click.testing import CliRunner

from helpers import Story
from helpers.__main__ import cli
from helpers.paths import STORIES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(browser.CHROMIUM is None, reason="no Chromium to open the sheet with"),
]
RULES = """(() => {
  const wrong = [];
  const named = (e) => (e.getAttribute("aria-label") || e.textContent || "").trim()
    || (e.labels && [...e.labels].map((l) => l.textContent.trim()).join(""));
  for (const e of document.querySelectorAll("button, input, summary, progress"))
    if (!named(e)) wrong.push("no name: " + e.outerHTML.slice(0, 80));
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  if (new Set(ids).size !== ids.length) wrong.push("an id twice");
  if (document.querySelectorAll("h1").length !== 1) wrong.push("not one h1");
  if (!document.documentElement.lang || !document.title) wrong.push("no language or title");
  if (document.querySelectorAll("main").length !== 1) wrong.push("not one main");
  for (const e of document.querySelectorAll("th:not([scope])")) wrong.push("head " + e.innerText);
  return wrong;
})()"""
"""What a reader of the screen needs, by name; all of axe's rules need axe."""


@pytest.fixture
def tab(tmp_path: Path) -> Iterator[Tab]:
    with browser.tab(tmp_path) as opened:
        yield opened


def press(tab: Tab, key: str) -> None:
    """A key, as from a keyboard: nothing is clicked and nothing is called."""
    text = {"text": key} if len(key) == 1 else {}
    tab.call("Input.dispatchKeyEvent", type="keyDown", key=key, **text)
    tab.call("Input.dispatchKeyEvent", type="keyUp", key=key)


def said(tab: Tab) -> str:
    return str(tab.run("document.getElementById('progress').textContent"))


def test_from_the_drawing_to_corrected_findings_by_keyboard(tab: Tab, tmp_path: Path) -> None:
    folder = tmp_path / "story"
    shutil.copytree(
        STORIES / "us-iran-2019", folder, ignore=shutil.ignore_patterns("gold", "codes")
    )
    drawn = CliRunner().invoke(
        cli, ["code", str(folder), "--lens", "quotes", "--items", "30", "--coders", "Ann"]
    )
    assert drawn.exit_code == 0, drawn.output
    codes = folder / "codes"
    sheet = pd.read_csv(codes / "sheet-quotes-Ann.csv")
    tab.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(codes))
    tab.open(codes / "sheet-quotes-Ann.html", width=900)
    assert said(tab) == "Item 1 of 30; 0 coded."
    press(tab, "1")
    press(tab, "u")
    assert said(tab) == "Item 1 of 30; 0 coded."
    press(tab, "ArrowRight")
    press(tab, "ArrowLeft")
    wanted = []
    for choices in sheet["choices"].str.split(" | ", regex=False):
        label = "Hassan Rouhani" if "Hassan Rouhani" in choices else "unclear"
        wanted.append(label)
        press(tab, str(choices.index(label) + 1))
        if len(wanted) == 12:  # the browser keeps what was coded
            tab.open(codes / "sheet-quotes-Ann.html", width=900)
            assert said(tab) == "Item 13 of 30; 12 coded."
    assert said(tab).endswith("30 coded. All done: save the codes.")
    press(tab, "s")
    saved = codes / "codes-quotes-Ann.csv"
    end = time.monotonic() + browser.WAIT
    while not saved.is_file() and time.monotonic() < end:
        time.sleep(0.05)
    assert pd.read_csv(saved)["label"].tolist() == wanted
    first, second = (f'"{item}"' for item in sheet["item"][:2])
    rows = f'item,label,coder\\n{first},"unclear","A"\\n{second},"no label","A"\\n"x","unclear","A"'
    tab.run(
        "(() => { const kept = new DataTransfer();"
        f"kept.items.add(new File(['{rows}'], 'codes.csv'));"
        "const box = document.getElementById('load'); box.files = kept.files;"
        "box.dispatchEvent(new Event('change')); })()"
    )
    end = time.monotonic() + browser.WAIT
    while "Of the file" not in said(tab) and time.monotonic() < end:
        time.sleep(0.05)
    assert said(tab).endswith("2 rows are of no item or label of this sheet, and not used.")
    assert tab.said == []
    assert tab.asked == []
    assert tab.run(RULES) == []
    most = next(f for f in Story(folder).claims if f.claim_id == "quotes-most-quoted")
    assert most.corrected > 0.8 > most.value
    assert "85% are asked" in most.statement

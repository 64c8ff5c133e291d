"""The human check: a blind sample, sheets, codes read back, and numbers corrected by them."""

from __future__ import annotations

import ast
import csv
import doctest
import io
import json
import re
import shutil
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import Story, coding
from helpers.coding import CodingError, read_codes, takeaways
from helpers.coding.questions import codebook, items
from helpers.coding.sample import chances
from helpers.coding.sheet import html
from helpers.coding.workbook import SHEET, xlsx
from helpers.paths import NOTEBOOKS, ROOT, STORIES
from helpers.statistics.correction import _moved, corrected_difference, corrected_mean

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("stories") / "us-iran-2019"
    shutil.copytree(
        STORIES / "us-iran-2019", folder, ignore=shutil.ignore_patterns("gold", "codes")
    )
    made = Story(folder)
    assert made.codes.empty
    assert made.claims
    return made


@pytest.fixture
def codes(story: Story) -> Path:
    folder = story.folder / "codes"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def coded(folder: Path, lens: str, coder: str, labels: dict[str, str]) -> None:
    with (folder / f"codes-{lens}-{coder}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["item", "label", "coder"])
        writer.writerows([item, label, coder] for item, label in labels.items())


# -- the sample -------------------------------------------------------------------------------


@pytest.mark.parametrize("lens", coding.LENSES)
def test_a_sample_is_the_same_each_time_and_tells_no_answer(
    story: Story, lens: str, tmp_path: Path
) -> None:
    sample = coding.draw(story, lens, n=20)
    pd.testing.assert_frame_equal(sample, coding.draw(story, lens, n=20))
    assert sample["item"].is_unique
    assert sample["chance"].between(0, 1, inclusive="right").all()
    files = coding.write_sheets(story, sample, tmp_path, coders=("A", "B"), overlap=0.5)
    assert [f.name for f in files[:4]] == [
        f"sample-{lens}.csv", *(f"sheet-{lens}-A.{form}" for form in ("html", "csv", "xlsx")),
    ]  # fmt: skip
    same = pd.read_excel(files[3], engine="calamine", keep_default_na=False)
    table = pd.read_csv(files[2], keep_default_na=False)
    assert same[["item", "label", "coder"]].equals(table[["item", "label", "coder"]])
    page = files[1].read_text(encoding="utf-8")
    assert "outlet:" not in page
    assert not any(doc_id in page for doc_id in sample["doc_id"])
    assert "answer" not in files[0].read_text(encoding="utf-8").split("\n")[0]
    outlets = story.articles.set_index("doc_id")["outlet"]
    assert table["note"].eq("").all()
    before = [f.read_bytes() for f in files]
    coding.write_sheets(story, sample, tmp_path, coders=("A", "B"), overlap=0.5)
    assert [f.read_bytes() for f in files] == before
    coding.write_sheets(story, sample, tmp_path, outlets=True)
    told = pd.read_csv(files[2], keep_default_na=False)["note"]
    assert told.tolist() == [f"Outlet: {outlets[doc]}" for doc in sample["doc_id"]]


def test_the_program_s_answer_can_be_given_for_every_item(story: Story, tmp_path: Path) -> None:
    for lens in coding.LENSES:
        sample = coding.draw(story, lens, n=30)
        coding.write_sheets(story, sample, tmp_path)
        table = pd.read_csv(tmp_path / f"sheet-{lens}-A.csv")
        offered = table.set_index("item")["choices"].str.split(" | ", regex=False)
        assert all(a in offered[i] for i, a in zip(sample["item"], sample["answer"], strict=True))


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=60), st.integers(1, 60)
)  # fmt: skip
def test_chances_add_up_to_the_items_asked_for(doubts: list[float], n: int) -> None:
    chance = chances(np.array(doubts), n)
    assert chance.sum() == pytest.approx(min(n, len(doubts)))
    assert (chance > 0).all()
    assert (chance <= 1 + 1e-12).all()


def test_every_item_is_drawn_as_often_as_its_chance_says(story: Story) -> None:
    every = items(story, "frames")
    drawn = [coding.draw(story, "frames", n=30, seed=seed) for seed in range(60)]
    share = pd.concat(drawn).groupby(["doc_id", "start", "asked"]).size() / 60
    assert np.mean([len(d) for d in drawn]) == 30
    assert share.sum() / len(every) == pytest.approx(30 / len(every))
    # a share of 60 draws is off by more than four standard errors once in ten thousand
    chance = 30 / len(every)
    assert share.max() < chance + 4 * (chance * (1 - chance) / 60) ** 0.5 + 1e-9


def test_another_sample_is_not_written_over_one_that_is_coded(story: Story, tmp_path: Path) -> None:
    coding.write_sheets(story, coding.draw(story, "actors", n=10), tmp_path)
    with pytest.raises(CodingError, match=r"sample-actors\.csv holds another sample"):
        coding.write_sheets(story, coding.draw(story, "actors", n=10, seed=5), tmp_path)


@pytest.mark.parametrize("coders", [("<b>",), ("../A",), ("A", "a"), ("",)])
def test_a_coder_s_name_is_fit_for_a_file(
    story: Story, tmp_path: Path, coders: tuple[str, ...]
) -> None:
    sample = coding.draw(story, "actors", n=10)
    with pytest.raises(CodingError):
        coding.write_sheets(story, sample, tmp_path, coders=coders)
    assert not [*tmp_path.iterdir()]


def test_hostile_text_stays_text_in_a_sheet() -> None:
    word = "</script><script>alert(1)</script><!--{{SCRIPT}}"
    record = {"item": "1", "asked": "", "pieces": [[word, "mark"]], "choices": ["unclear"]}
    page = html("sentiment", "A", [record])
    assert page.count("<script") == 2
    assert "alert(1)</script>" not in page
    packed = re.search(r'id="data">(.*?)</script>', page, re.DOTALL)
    assert packed
    assert json.loads(packed[1])["items"] == [record]


@pytest.mark.parametrize("lens", coding.LENSES)
def test_a_code_book_explains_every_label(lens: str) -> None:
    book = codebook(lens)
    assert book.names[-1] == "unclear"
    assert len({*book.names}) == len(book.names)
    assert all(b.meaning and b.example and b.counter for b in book.labels)


def test_an_article_that_lacks_a_report_is_asked_as_blindly_as_one_that_tells_it(
    story: Story, tmp_path: Path
) -> None:
    every = items(story, "coverage")
    lacking = story.coverage[story.coverage["status"] == "absent"]
    left_out = every[every["answer"] == "left out"]
    assert len(left_out) == len(lacking) > 0
    outlets = story.articles.set_index("doc_id")["outlet"]
    assert {*left_out["doc_id"].map(outlets)} == {*lacking["outlet"]}
    texts = story.articles.set_index("doc_id")["text"]
    assert (every["end"] - every["start"] > 0.8 * every["doc_id"].map(texts).str.len()).all()
    coding.write_sheets(story, coding.draw(story, "coverage", n=65), tmp_path)
    table = pd.read_csv(tmp_path / "sheet-coverage-A.csv")
    assert table["choices"].nunique() == 1
    assert table["text"].str.startswith("[").all()


def test_further_items_come_with_the_chance_of_being_in_either_draw(story: Story) -> None:
    every = items(story, "quotes")
    whole = []
    for seed in range(30):
        drawn = coding.draw(story, "quotes", n=30, seed=seed)
        both = coding.draw_further(story, "quotes", drawn, story.claims, n=20, seed=seed)
        assert both["item"].tolist()[:30] == drawn["item"].tolist()
        assert both["item"].is_unique
        assert (both["chance"].to_numpy()[:30] > drawn["chance"].to_numpy()).all()
        whole.append((1 / both["chance"]).sum())
        assert 10 <= len(both) - 30 <= 30
    assert np.mean(whole) == pytest.approx(len(every), rel=0.05)  # Horvitz and Thompson: unbiased
    with pytest.raises(CodingError, match="reads quotes otherwise than when"):
        coding.draw_further(story, "quotes", drawn.assign(chance=0.5), story.claims)
    with pytest.raises(CodingError, match="items of quotes are not drawn yet"):
        coding.draw_further(story, "quotes", drawn, story.claims, n=1000)


def test_what_is_drawn_next_is_what_a_finding_rests_on(story: Story, codes: Path) -> None:
    coding.write_sheets(story, coding.draw(story, "quotes", n=30), codes)
    lines = coding.write_further(story, lens="quotes", n=20, coders=["A"])
    assert [Path(line).name for line in lines[:4]] == [
        "sample-quotes.csv", *(f"sheet-quotes-A-2.{form}" for form in ("html", "csv", "xlsx")),
    ]  # fmt: skip
    assert any("quoted most" in line for line in lines)
    new = pd.read_csv(codes / "sheet-quotes-A-2.csv")["item"]
    sample = pd.read_csv(codes / "sample-quotes.csv")
    assert new.tolist() == sample["item"].tolist()[30:]
    with pytest.raises(CodingError, match="--next adds to it"):
        coding.write_sheets(story, coding.draw(story, "quotes", n=30), codes)
    again = coding.write_further(story, lens="quotes", n=20, coders=["A"])
    assert again[1].endswith("sheet-quotes-A-3.html")


def test_what_coders_disagree_on_is_laid_before_one_who_decides(story: Story, codes: Path) -> None:
    sample = coding.draw(story, "agency", n=12)
    coding.write_sheets(story, sample, codes)
    ids = sample["item"].tolist()
    coded(codes, "agency", "A", dict.fromkeys(ids, "agent"))
    coded(
        codes, "agency", "B", dict.fromkeys(ids[:10], "agent") | dict.fromkeys(ids[10:], "patient")
    )
    part = Story(story.folder)
    files = coding.write_to_decide(part, lens="agency")
    assert [f.suffix for f in files] == [".html", ".csv", ".xlsx"]
    assert {f.stem for f in files} == {"sheet-agency-final"}
    table = pd.read_csv(files[1])
    assert table["item"].tolist() == ids[10:]
    assert set(table["note"]) == {"Coders said: agent (1), patient (1)"}
    coded(codes, "agency", "final", {ids[10]: "patient", ids[11]: "agent"})
    read = read_codes(story).table
    assert coding.disagreements(read).empty
    counted = coding.coded(read).iloc[0]
    assert counted[["items", "coders", "codes", "decided"]].tolist() == [12, 2, 26, 12]
    with pytest.raises(CodingError, match="no item on which coders differ"):
        coding.write_to_decide(Story(story.folder))


@pytest.mark.slow
def test_the_page_works_as_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_SENTIMENT", "auto")
    page = str(ROOT / "docs" / "checking.md")
    failed, tried = doctest.testfile(page, module_relative=False)
    assert tried > 8
    assert failed == 0


# -- codes read back ------------------------------------------------------------------------------


def test_codes_come_back_with_the_program_s_answer(story: Story, codes: Path) -> None:
    sample = coding.draw(story, "agency", n=20)
    coding.write_sheets(story, sample, codes)
    coded(codes, "agency", "A", dict(zip(sample["item"], sample["answer"], strict=True)))
    read = read_codes(story)
    assert read.problems == []
    assert len(read.table) == 20
    assert (read.table["label"] == read.table["answer"]).all()
    whole = coding.accuracy(coding.held(story, read.table)).iloc[0]
    assert (whole["of"], whole["right"], whole["precision"], whole["recall"]) == ("all", 20, 1, 1)
    assert 0.5 < whole["precision_low"] < whole["precision_high"] == 1.0


def test_what_cannot_be_used_is_a_problem_and_stops_nothing(story: Story, codes: Path) -> None:
    sample = coding.draw(story, "frames", n=8)
    coding.write_sheets(story, sample, codes)
    ids = sample["item"].tolist()
    rows = [
        ("item", "label", "coder"), (ids[0], "yes", "A"), (ids[0], "no", "A"), (ids[1], "", "A"),
        (ids[2], "maybe", "A"), ("x", "yes", "A"), (ids[3], " YES ", "<b>\x07"),
    ]  # fmt: skip
    with (codes / "codes-frames-A.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    (codes / "codes-quotes-A.csv").write_text("item,label\n1,unclear\n", encoding="utf-8")
    (codes / "codes-frames-B.csv").write_bytes(b"\x00\x01")
    (codes / "frames of A.csv").write_text("item,label\n1,yes\n", encoding="utf-8")
    read = read_codes(story)
    told = {(p["file"], p["problem"].split(": ")[-1][:24]) for p in read.problems}
    assert told == {
        ("codes/codes-quotes-A.csv", "codes of no sample"),
        ("codes/sample-frames.csv", "6 of 8 (75%) items are coded by nobody"[:24]),
        ("codes/codes-frames-A.csv", f"A coded {ids[0]} twice, as"[:24]),
        ("codes/codes-frames-A.csv", "A has coded 1 of 8 (12%) items"[:24]),
        ("codes/codes-frames-A.csv", "'maybe' is no label of t"),
        ("codes/codes-frames-A.csv", "1 row of no item of the "),
        ("codes/codes-frames-B.csv", next(t for f, t in told if f.endswith("B.csv"))),
        ("codes/frames of A.csv", "its name does not say of which"[:24]),
    }
    assert read.table[["coder", "label"]].values.tolist() == [["A", "yes"], ["<b>\\x07", "yes"]]


def test_an_id_belongs_to_its_place_and_counts_once(story: Story, codes: Path) -> None:
    sample = coding.draw(story, "frames", n=8)
    coding.write_sheets(story, sample, codes)
    for form in ("csv", "xlsx"):
        (codes / f"sheet-frames-A.{form}").unlink()
    coded(codes, "frames", "A", dict.fromkeys(sample["item"], "yes"))
    written = pd.read_csv(codes / "sample-frames.csv", keep_default_na=False)
    written.loc[[0, 1], "item"] = written["item"][[1, 0]].tolist()
    pd.concat([written, written.iloc[[2]]]).to_csv(codes / "sample-frames.csv", index=False)
    read = read_codes(story)
    assert read.table["item"].tolist() == sample["item"].tolist()[2:]
    assert {(p["file"], p["problem"]) for p in read.problems} == {
        ("codes/sample-frames.csv", "2 rows whose id is not that of its place"),
        ("codes/sample-frames.csv", "1 row of an item that is there already"),
        ("codes/codes-frames-A.csv", "2 rows of no item of the sample"),
    }


def test_a_coder_is_one_however_written_and_the_program_is_none(story: Story, codes: Path) -> None:
    sample = coding.draw(story, "frames", n=12)
    coding.write_sheets(story, sample, codes)
    ids = sample["item"].tolist()
    for name, mine in {"Ann": ids, "ANN": ids[:3], "the program": ids}.items():
        coded(codes, "frames", name, dict.fromkeys(mine, "yes"))
    read = read_codes(story)
    assert read.problems == []
    assert read.table["coder"].value_counts().to_dict() == {"ANN": 12, "the program": 12}
    agreed = coding.agreement(read.table)
    assert agreed["items"].tolist() == [12, 12, 12]


def test_labels_in_a_table_are_never_written_over(story: Story, codes: Path) -> None:
    sample = coding.draw(story, "frames", n=8)
    coding.write_sheets(story, sample, codes, coders=("A", "B"))
    sheet = codes / "sheet-frames-A.csv"
    filled = pd.read_csv(sheet, keep_default_na=False)
    filled.loc[3, "label"] = "no"
    filled.to_csv(sheet, index=False, sep=";", encoding="utf-8-sig")  # as spreadsheets save it
    before = {file.name: file.read_bytes() for file in codes.iterdir()}
    with pytest.raises(CodingError, match=r"sheet-frames-A\.csv has labels already: leave A out"):
        coding.write_sheets(story, sample, codes, coders=("B", "A"))
    assert {file.name: file.read_bytes() for file in codes.iterdir()} == before
    coding.write_sheets(story, sample, codes, coders=("B",))
    assert [p["problem"] for p in read_codes(story).problems] == [
        "A has coded 1 of 8 (12%) items", "7 of 8 (88%) items are coded by nobody",
    ]  # fmt: skip


def test_a_spreadsheet_is_coded_by_lists_and_read_back(story: Story, codes: Path) -> None:
    sample = coding.draw(story, "quotes", n=12)
    _, _, _, sheet = coding.write_sheets(story, sample, codes)
    with zipfile.ZipFile(sheet) as parts:
        inside = {name: ElementTree.fromstring(parts.read(name)) for name in parts.namelist()}
    part = inside[SHEET]
    cells = {cell.get("r"): "".join(cell.itertext()) for cell in part.iter(f"{MAIN}c")}
    assert not [*part.iter(f"{MAIN}f")]
    offered = pd.read_csv(codes / "sheet-quotes-A.csv")["choices"].str.split(" | ", regex=False)
    lists = [*part.iter(f"{MAIN}dataValidation")]
    for number, (one, labels) in enumerate(zip(lists, offered, strict=True), start=2):
        assert one.get("sqref") == f"B{number}"
        last = chr(ord("G") + len(labels) - 1)
        assert one.findtext(f"{MAIN}formula1") == f"$G${number}:${last}${number}"
        assert [cells[f"{chr(ord('G') + i)}{number}"] for i in range(len(labels))] == labels
    filled = pd.read_excel(sheet, engine="calamine", keep_default_na=False)
    filled["label"] = sample["answer"].tolist()
    sheet.write_bytes(xlsx(filled.iloc[:, :6], offered))
    read = read_codes(story)
    assert read.problems == []
    assert read.table["label"].tolist() == sample["answer"].tolist()
    with pytest.raises(CodingError, match=r"sheet-quotes-A\.xlsx has labels already"):
        coding.write_sheets(story, sample, codes)


def test_no_text_breaks_a_spreadsheet_and_no_id_is_a_number(story: Story) -> None:
    words = "=1+1 <b>\x00\ufffe& " + "x" * 40_000
    table = pd.DataFrame({"item": ["1"], "label": [""], "text": [words]})
    read = pd.read_excel(io.BytesIO(xlsx(table, [["a, b", "c"]])), engine="calamine")
    assert read["text"][0].startswith("=1+1 <b>��& xxx")
    assert coding.draw(story, "quotes", n=30)["item"].str.fullmatch("i[0-9a-f]{11}").all()


def test_codes_of_a_text_that_has_changed_are_not_used(story: Story, codes: Path) -> None:
    sample = coding.draw(story, "agency", n=10)
    coding.write_sheets(story, sample, codes)
    for form in ("csv", "xlsx"):
        (codes / f"sheet-agency-A.{form}").unlink()
    coded(codes, "agency", "A", dict.fromkeys(sample["item"], "agent"))
    changed = story.articles_read.assign(text=story.articles_read["text"].str.replace("e", "a"))
    other = Story.from_articles(changed, folder=story.folder)
    read = read_codes(other, codes)
    assert read.table.empty
    assert [p["problem"] for p in read.problems] == [
        "the text of 10 items is not in the story, or has changed"
    ]


# -- what follows ---------------------------------------------------------------------------------


def test_the_final_coder_decides_and_a_tie_counts_for_nothing() -> None:
    rows = [("1", "A", "yes"), ("1", "B", "no"), ("1", "final", "no"), ("2", "A", "yes"),
            ("2", "B", "no"), ("3", "A", "yes"), ("4", "A", "unclear")]  # fmt: skip
    table = pd.DataFrame(rows, columns=["item", "coder", "label"])
    from helpers.coding.results import decided

    assert decided(table)[["item", "label"]].values.tolist() == [["1", "no"], ["3", "yes"]]


def test_agreement_is_krippendorff_s() -> None:
    # Krippendorff (2011), example of two observers and ten units with binary data: alpha .095
    one, other = "0100000010", "1110010000"
    rows = [
        {"lens": "frames", "item": str(i), "coder": coder, "label": label, "answer": "0"}
        for coder, labels in (("A", one), ("B", other))
        for i, label in enumerate(labels)
    ]
    found = coding.agreement(pd.DataFrame(rows)).set_index("between").loc["A and B"]
    assert round(found["alpha"], 3) == 0.095
    assert (found["items"], found["same"]) == (10, 0.6)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_perfect_guesses_and_no_guesses_are_both_honest(seed: int) -> None:
    rng = np.random.default_rng(seed)
    truth = (rng.random(200) < 0.3).astype(float)
    article, weight = np.arange(200) // 4, np.full(200, 5.0)
    code = np.where(rng.random(200) < 0.2, truth, np.nan)
    perfect = corrected_mean(truth, code, weight, article)
    blind = corrected_mean(np.full(200, 0.5), code, weight, article)
    if perfect is None or blind is None:
        return
    assert blind.trust == 0
    assert blind.value == pytest.approx(np.nanmean(code))
    assert 0 <= perfect.low <= perfect.value <= perfect.high <= 1
    assert perfect.high - perfect.low <= blind.high - blind.low + 0.02


@given(st.floats(-1, 1), st.floats(1e-6, 1))
def test_nobody_goes_further_to_the_program_than_what_it_saves(way: float, saved: float) -> None:
    moved = _moved(way, saved)
    assert moved * way >= 0
    assert abs(moved) <= min(0.6 * abs(way), saved**0.5) + 1e-12
    assert _moved(way, 0.0) == 0.0
    assert abs(_moved(10 * saved**0.5, saved)) < 0.01 * 10 * saved**0.5


def test_a_program_that_is_near_is_followed_and_one_that_is_far_is_not() -> None:
    rng = np.random.default_rng(5)
    truth = (rng.random(600) < 0.4).astype(float)
    right = np.where(rng.random(600) < 0.05, 1 - truth, truth)  # errors to either side
    flattering = np.where(truth == 1, rng.random(600) < 0.2, 0.0)  # finds one of five
    article, weight = np.arange(600) // 4, np.full(600, 10.0)
    code = np.where(rng.random(600) < 0.1, truth, np.nan)
    near = corrected_mean(right, code, weight, article)
    far = corrected_mean(flattering, code, weight, article)
    assert near
    assert far
    assert abs(near.value - near.raw) < 0.5 * abs(near.plain - near.raw)
    assert far.low <= far.value <= far.plain
    assert far.plain - far.value < 0.1 * (far.plain - far.raw)


def test_too_few_codes_correct_nothing() -> None:
    code = np.r_[np.ones(9), np.full(191, np.nan)]
    assert corrected_mean(np.ones(200), code, np.ones(200), np.arange(200)) is None


def test_one_article_on_both_sides_counts_once() -> None:
    code = np.tile([1.0, 0.0], 20)
    numbers = np.arange(40) // 2
    sides = [
        corrected_mean(np.zeros(40), np.where(m, code, np.nan), np.ones(40), numbers, articles=20)
        for m in (np.arange(40) % 2 == 0, np.arange(40) % 2 == 1)
    ]
    assert sides[0]
    assert sides[1]
    value, low, high = corrected_difference(sides[0], sides[1])
    assert value == pytest.approx(1)
    assert 0.5 < low < value < high < 1.5  # codes that all say the same are not certain


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_codes_that_all_say_the_same_are_not_certain(share: float) -> None:
    code = np.where(np.arange(60) < 12, share, np.nan)
    found = corrected_mean(np.full(60, share), code, np.full(60, 5.0), np.arange(60) // 2)
    assert found
    assert found.value == share
    assert 0.2 < found.high - found.low < 0.6


def test_a_lens_that_errs_here_is_marked_and_its_findings_are_corrected(
    story: Story, codes: Path
) -> None:
    sample = coding.draw(story, "quotes", n=60)
    coding.write_sheets(story, sample, codes)
    others = {"Hassan Rouhani": "somebody else", "somebody unnamed": "the author"}
    answers = [others.get(a, a) for a in sample["answer"]]
    coded(codes, "quotes", "A", dict(zip(sample["item"], answers, strict=True)))
    told = {f.claim_id: f for f in coding.checked(story, read_codes(story).table, story.claims)}
    first = told["quotes-most-quoted"]
    assert "where 85% are asked: a hint only" in first.statement
    assert first.corrected < first.value
    assert first.corrected_low <= first.corrected < first.corrected_high
    assert "Donald Trump" in first.method  # the next one is corrected, too
    assert told["quotes-unnamed"].descriptive
    assert "checked by" not in told["actors-most-named"].method
    assert np.isnan(told["quotes-cut"].corrected)


def test_the_notebook_says_what_to_do_where_nothing_was_coded(
    codes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARALLAX_OUTPUT", str(tmp_path))
    cells = json.loads((NOTEBOOKS / "07-check.ipynb").read_text("utf-8"))["cells"]
    place: dict[str, object] = {}
    said = []
    for cell in cells:
        if cell["cell_type"] == "code":
            *lines, last = ast.parse("".join(cell["source"])).body
            exec(compile(ast.Module(lines, []), "cell", "exec"), place)
            if isinstance(last, ast.Expr):
                value = eval(compile(ast.Expression(last.value), "cell", "eval"), place)
                said.append(str(value))
            else:
                exec(compile(ast.Module([last], []), "cell", "exec"), place)
            if cell["id"] == "parameters":
                place["STORY"] = str(codes.parent)
    assert sum(takeaways.NO_CODES in text for text in said) == 3
    assert (tmp_path / "checks.csv").read_text("utf-8").startswith("lens,of,coded")


def test_a_lens_that_decides_nothing_that_was_coded_says_so(story: Story) -> None:
    rows = [(str(i), "A", "somebody else") for i in range(12)]
    place = {"lens": "quotes", "doc_id": "x", "start": 0, "end": 1, "asked": "", "chance": 0.5}
    table = coding.as_codes(rows, {str(i): "unclear" for i in range(12)}).assign(**place)
    right = coding.accuracy(coding.held(story, table))
    assert takeaways.how_right(right) == (
        "By people’s codes, quotes: of 12 coded items the program decides none."
    )
    told = {f.claim_id: f for f in coding.checked(story, table, story.claims)}
    assert "checked by 12 codes: it decides none of them" in told["quotes-most-quoted"].method


def test_too_few_codes_are_said_and_correct_nothing(story: Story, codes: Path) -> None:
    sample = coding.draw(story, "quotes", n=8)
    coding.write_sheets(story, sample, codes)
    coded(codes, "quotes", "A", dict(zip(sample["item"], sample["answer"], strict=True)))
    told = {f.claim_id: f for f in coding.checked(story, read_codes(story).table, story.claims)}
    first = told["quotes-most-quoted"]
    assert np.isnan(first.corrected)
    few = r"too few codes to correct it \(\d; 10 in 4 articles are needed\)"
    assert re.search(few, first.method)


def test_a_corrected_share_goes_to_what_people_say(story: Story, codes: Path) -> None:
    sample = coding.draw(story, "agency", n=100)
    coding.write_sheets(story, sample, codes)
    coded(codes, "agency", "A", dict.fromkeys(sample["item"], "agent"))
    table = coding.corrected(story, read_codes(story).table)
    whole = table.iloc[0]
    assert (whole["group"], whole["answer"]) == ("all", "agent")
    assert whole["program"] < 0.9
    assert whole["corrected"] == pytest.approx(1.0)
    few = table[table["codes"] < 10]
    assert few["corrected"].isna().all()

"""A further format needs one registration: files, messages and names of folders follow from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from helpers.corpus import CorpusError, read
from helpers.readers import Document, Doubt, Format, format_of, formats, readable, register

MakeStory = Callable[[Mapping[str, str | bytes]], Path]
READER = Format((".xyz", ".xy"), f"{__name__}:read_backwards", "texts written backwards")


def read_backwards(data: bytes) -> Iterator[Document | Doubt]:
    """Two articles a file, divided by a bar."""
    for number, text in enumerate(data.decode()[::-1].split("|"), start=1):
        yield Document(text, {"byline": "Ann Orr"}, row=f"row {number}")


@pytest.fixture
def xyz(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The format as long as the test lasts."""
    monkeypatch.setattr(formats, "_BY_SUFFIX", dict(formats._BY_SUFFIX))
    register(READER)
    yield
    formats.suffix_names.cache_clear()


FILES = {
    "Post/xyz/a.xyz": "Talks fail.\n\nThey left."[::-1],
    "xyz/b.XY": "They came.|They went."[::-1],
    "c.txt": "They spoke of it.",
}


@pytest.mark.usefixtures("xyz")
def test_a_registered_reader_reads_a_folder(make_story: MakeStory) -> None:
    articles, problems = read(make_story(FILES))
    assert articles["outlet"].tolist() == ["Post", "unknown", "unknown", "unknown"]
    assert articles["text"].tolist() == [
        "Talks fail.\n\nThey left.", "They spoke of it.", "They came.", "They went."]  # fmt: skip
    assert [name.rpartition("/")[0] for name in articles["doc_id"]] == [
        "Post/xyz/a", "", "xyz/b", "xyz/b"]  # fmt: skip
    assert articles["file"].tolist()[2:] == ["xyz/b.XY, row 1", "xyz/b.XY, row 2"]
    assert articles["byline"].dropna().tolist() == ["Ann Orr"] * 3
    assert problems.empty
    assert "texts written backwards (.xyz), or tables" in readable()


def test_without_it_the_same_folder_is_not_read(make_story: MakeStory) -> None:
    articles, problems = read(make_story(FILES))
    assert articles["file"].tolist() == ["c.txt"]
    assert problems["problem"].tolist() == ["a kind of file that is not read (.xyz)",
                                            "a kind of file that is not read (.XY)"]  # fmt: skip
    assert ".xyz" not in readable()
    with pytest.raises(CorpusError, match="looked for plain text"):
        read(make_story({}) / "xyz")


@pytest.mark.usefixtures("xyz")
def test_a_suffix_has_one_reader() -> None:
    register(READER)  # the same again changes nothing
    with pytest.raises(ValueError, match=r"\.xyz is read by .*read_backwards"):
        register(Format((".xyz",), "helpers.readers.text:read"))
    assert format_of("a.xyz") is READER


def test_what_is_readable_names_every_format_once() -> None:
    assert readable() == (
        "plain text (.txt), Markdown (.md), web pages (.html), .pdf, .docx, .rtf, .odt, .epub, "
        "mail (.eml), mailboxes (.mbox), pages saved in one file (.mht), feeds (.rss), "
        "web archives (.warc), archives of these (.zip), or tables with a "
        "column called text (.csv, .tsv, .jsonl, .json, .parquet, .xlsx)"
    )


@pytest.mark.parametrize("suffix", sorted(formats._BY_SUFFIX))
def test_every_shipped_reader_can_be_loaded(suffix: str) -> None:
    found = formats._BY_SUFFIX[suffix]
    assert found.archive or callable(found.load())


@pytest.mark.parametrize("folder", ["html", "JSON", "texts", "Articles", "2019", "2019-09-30"])
def test_a_folder_named_like_a_format_or_a_time_is_no_outlet(
    make_story: MakeStory, folder: str
) -> None:
    story = make_story({f"Post/{folder}/a.txt": "They left."})
    assert read(story)[0]["outlet"].tolist() == ["Post"]

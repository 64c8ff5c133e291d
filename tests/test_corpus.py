"""A folder or file → articles and problems: ids, metadata, duplicates, hostile files."""

from __future__ import annotations

import hashlib
import json
import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers import corpus, schema
from helpers.corpus import CorpusError, read, title
from helpers.duplicates import duplicates, shingles
from helpers.readers import formats

MakeStory = Callable[[Mapping[str, str | bytes]], Path]

TEXT = "Talks fail\n\nThe envoys left on Monday. Nobody said where to.\n"


def ids(articles: pd.DataFrame) -> list[str]:
    return articles["doc_id"].tolist()


def cell(articles: pd.DataFrame, doc_id: str, column: str) -> object:
    return articles.set_index("doc_id").loc[doc_id, column]


def problem_of(problems: pd.DataFrame, file: str) -> str:
    return "; ".join(problems.loc[problems["file"] == file, "problem"])


def invented(seed: int, words: int = 300) -> list[str]:
    """Paragraphs of nonsense, the same for the same seed."""
    random = np.random.default_rng(seed)
    chosen = [f"w{n}" for n in random.integers(0, 5000, words)]
    return [" ".join(chosen[i : i + 50]) + "." for i in range(0, words, 50)]


def test_a_plain_folder(make_story: MakeStory) -> None:
    folder = make_story({"b.txt": TEXT, "a.md": "# Envoys gone\n\nThey left."})
    articles, problems = read(folder)
    schema.check_table("articles", articles)
    assert ids(articles) == ["a", "b"]
    assert articles["title"].tolist() == ["Envoys gone", "Talks fail"]
    assert set(articles["outlet"]) == {"unknown"}
    assert articles["published"].isna().all()
    assert cell(articles, "b", "text") == TEXT
    assert cell(articles, "b", "sha256") == hashlib.sha256(TEXT.encode()).hexdigest()
    assert cell(articles, "b", "n_words") == 11
    assert len(problems) == 0


LIST = """TY  - NEWS
TI  - Ferry idle
  for a week
AU  - Orr, Ada
AU  - The Desk
T2  - The Quay
DA  - 2024/03/05/
UR  - https://example.org/ferry
L1  - files/7/ferry.txt
L2  - files/8/gone.html
ER  -

TY  - NEWS
TI  - Alone
L1  - https://example.org/alone.pdf
ER  -
TY  - JOUR
T1  - Harbour
PY  - 2024
L4  - ../secret.txt
L1  - files/9/b.txt
ER  -
"""


def test_a_list_of_references_tells_of_the_files_it_names(make_story: MakeStory) -> None:
    files = {"zotero/list.ris": LIST, "zotero/files/7/ferry.txt": TEXT, "secret/secret.txt": TEXT}
    folder = make_story(files | {
        "zotero/files/9/b.txt": "---\noutlet: Quay Post\n---\n\nA harbour froze.",
        "articles.csv": "file,title\nzotero/files/9/b.txt,By hand\n",
    })  # fmt: skip
    articles, problems = read(folder)
    found = articles.set_index("file").loc[["zotero/files/7/ferry.txt", "zotero/files/9/b.txt"]]
    assert found[["title", "outlet", "published", "byline", "url"]].fillna("").values.tolist() == [
        ["Ferry idle for a week", "The Quay", "2024-03-05", "Ada Orr, The Desk",
         "https://example.org/ferry"],
        ["By hand", "Quay Post", "", "", ""],
    ]  # fmt: skip
    assert problem_of(problems, "zotero/list.ris") == "1 reference without the articles' texts"
    assert "gone.html, which is not there" in problem_of(problems, "zotero/list.ris, reference 1")
    assert "secret.txt, which is not there" in problem_of(problems, "zotero/list.ris, reference 3")
    assert problem_of(problems, "secret/secret.txt") == "no row in articles.csv"


def test_references_in_bibtex_tell_of_the_files_they_name(make_story: MakeStory) -> None:
    entries = """@comment{a note}
@online{orr_ferry,
  title = {Ferry {IDLE} \\& cold},
  journaltitle = "The Quay",
  date = {2024-03-05}, url={https://example.org/ferry},
  author = {Orr, Ada and {The Desk}},
  file = {Snapshot:files/7/ferry.txt:text/plain;Page:files/7/gone.html:text/html}
}
@article{k, title = {Never closed"""
    files = {"list.bib": entries, "files/7/ferry.txt": TEXT}
    articles, problems = read(make_story(files))
    assert articles[["title", "outlet", "published", "byline", "url"]].values.tolist() == [
        ["Ferry IDLE & cold", "The Quay", "2024-03-05", "Ada Orr, The Desk",
         "https://example.org/ferry"]]  # fmt: skip
    assert problem_of(problems, "list.bib") == "1 reference without the articles' texts"
    assert "gone.html, which is not there" in problem_of(problems, "list.bib, reference 1")


def test_references_in_json_that_hold_texts_are_articles(make_story: MakeStory) -> None:
    item = {"id": "k1", "container-title": "The Quay", "title": "Ferry idle", "text": TEXT,
            "author": [{"family": "Orr", "given": "Ada"}, {"literal": "The Desk"}],
            "issued": {"date-parts": [["2024", 3, 5]]}}  # fmt: skip
    whole_year = {**item, "id": "k2", "text": "Another.", "issued": {"date-parts": [[2024]]}}
    articles, _ = read(make_story({"a.json": json.dumps([item, whole_year])}))
    assert articles[["outlet", "byline", "published"]].fillna("").values.tolist() == [
        ["The Quay", "Ada Orr, The Desk", "2024-03-05"], ["The Quay", "Ada Orr, The Desk", ""],
    ]  # fmt: skip


def test_a_text_is_the_decoded_file_untouched(make_story: MakeStory) -> None:
    raw = "---\r\ntitle: X\r\n---\r\n\r\n  “Odd”\xa0spaces\t\r\n\r\nend \n\n"
    folder = make_story({"a.txt": b"\xef\xbb\xbf" + raw.encode()})
    articles, _ = read(folder)
    assert cell(articles, "a", "text") == raw


def test_nested_folders_give_ids_and_outlets(make_story: MakeStory) -> None:
    folder = make_story(
        {"Daily Post/a.txt": TEXT, "wire/2019/09/a.txt": TEXT + "More.", "txt/c.txt": "Other."}
    )
    articles, _ = read(folder)
    assert ids(articles) == ["Daily Post/a", "txt/c", "wire/2019/09/a"]
    assert articles["outlet"].tolist() == ["Daily Post", "unknown", "wire"]


def test_front_matter_and_sheet(make_story: MakeStory) -> None:
    folder = make_story(
        {
            "articles/a.md": "---\noutlet: Post\ntitle: 'No: deal'\ndate: 30 Sept. 2019\n"
            "mood: grim\n---\nBody text.",
            "articles/b.txt": TEXT,
            "articles/c.txt": "Third one.",
            "articles.csv": "file,outlet,published,byline,desk\na.md,Wire,2019-10-01,,\n"
            "articles/b.txt,Gazette,1/2/2019,Ann Writer,World\nmissing.txt,X,,,\n",
            "story.toml": 'title = "T"',
            "actors.csv": "actor,alias\n",
            "gold/quotes.csv": "doc_id,start\n",
            "notes.txt": "Call the editor.",
        }
    )
    articles, problems = read(folder)
    assert ids(articles) == ["a", "b", "c"]
    first = articles.iloc[0]
    assert (first["outlet"], first["title"], first["published"]) == (
        "Wire",
        "No: deal",
        "2019-10-01",
    )
    assert first["text"].startswith("---\noutlet")
    assert first["n_words"] == 2
    second = articles.iloc[1]
    assert (second["outlet"], second["byline"], second["desk"]) == (
        "Gazette",
        "Ann Writer",
        "World",
    )
    assert pd.isna(second["published"])
    assert problem_of(problems, "b.txt") == "doubtful date: 1/2/2019"
    assert problem_of(problems, "articles.csv, row 3") == "names missing.txt, which is not there"
    assert problem_of(problems, "c.txt") == "no row in articles.csv"
    assert "outlet is Post in the file, Wire in articles.csv" in problem_of(problems, "a.md")
    assert problem_of(problems, "../notes.txt") == "outside articles/"
    assert len(problems) == 6  # the two conflicts of a.md have a row each


@pytest.mark.parametrize("place", ["articles", "articles/b.txt", "articles.csv"])
def test_part_of_a_story_still_gets_its_sheet(make_story: MakeStory, place: str) -> None:
    folder = make_story({"articles/b.txt": TEXT, "articles.csv": "file,outlet\nb.txt,Gazette\n"})
    articles, problems = read(folder / place)
    assert articles[["doc_id", "outlet"]].to_numpy().tolist() == [["b", "Gazette"]]
    assert len(problems) == 0


def test_a_sheet_in_the_same_folder(make_story: MakeStory) -> None:
    folder = make_story({"b.txt": TEXT, "articles.csv": "file,title\nb.txt,Given\n"})
    assert read(folder)[0]["title"].tolist() == ["Given"]


def test_a_table_file(make_story: MakeStory) -> None:
    folder = make_story(
        {"c.csv": "text,outlet,published,rank\nTalks failed.,Post,2019-09-30,1\nx,,,\n"}
    )
    articles, problems = read(folder / "c.csv")
    assert ids(articles) == ["c/3729335b24", "c/38f4f88fb0"]
    assert articles["file"].tolist() == ["c.csv, row 1", "c.csv, row 2"]
    assert articles["outlet"].tolist() == ["Post", "unknown"]
    assert articles.loc[0, "rank"] == "1"
    assert len(problems) == 0


def test_a_table_with_ids_keeps_them(make_story: MakeStory) -> None:
    folder = make_story(
        {"c.jsonl": '{"doc_id": "x/1", "text": "a b"}\n{"doc_id": "x/1", "text": "c d"}\n'}
    )
    articles, problems = read(folder / "c.jsonl")
    assert ids(articles) == ["x/1", "x/1~2"]
    assert problem_of(problems, "c.jsonl, row 2") == "another article is called x/1"


def test_a_table_called_like_the_sheet(make_story: MakeStory) -> None:
    folder = make_story({"articles.csv": "file,text,outlet\nold.txt,Talks failed.,Post\n"})
    for place in (folder, folder / "articles.csv"):
        assert read(place)[0]["outlet"].tolist() == ["Post"]


def test_tables_and_files_mix(make_story: MakeStory) -> None:
    folder = make_story({"a.txt": TEXT, "more.csv": "id,text\nq7,Second text.\n"})
    assert ids(read(folder)[0]) == ["a", "more/q7"]


def test_of_files_that_share_a_stem_the_first_keeps_it_alone(make_story: MakeStory) -> None:
    folder = make_story({"a.txt": "One.", "a.md": "Two.", "a.txt.md": "Three.", "b.txt": "Four."})
    articles, problems = read(folder)
    assert ids(articles) == ["a", "a.txt~2", "a.txt", "b"]
    assert articles["doc_id"].is_unique
    assert len(problems) == 1


def test_rows_keep_their_names_when_others_come_before_them(make_story: MakeStory) -> None:
    told = (("failed", "Post"), ("failed", "Wire"), ("began", "Post"), ("began", "Post"))
    rows = [f"Talks {word} on Monday.,{outlet}" for word, outlet in told]
    folder = make_story({"c.csv": "\n".join(["text,outlet", *rows, ""])})
    before, problems = read(folder)
    more = ["Talks ended.,Post", *rows[:1], "Nobody came.,Wire", *rows[1:], ""]
    (folder / "c.csv").write_text("\n".join(["text,outlet", *more]), encoding="utf-8")
    after = read(folder)[0]
    assert len(set(ids(after))) == 6
    named = before.set_index("doc_id")[["text", "outlet"]]
    assert after.set_index("doc_id").loc[ids(before), ["text", "outlet"]].equals(named)
    assert problems.empty, "of two rows that say the same, one repeats the other: no doubt"
    assert before["duplicate_of"].notna().sum() == 2


def test_ids_do_not_change_when_another_file_is_added(make_story: MakeStory) -> None:
    folder = make_story({"b.txt": "One.", "d/c.txt": "Two."})
    before = ids(read(folder)[0])
    make_story({"a.txt": "Three.", "d/a.txt": "Four."})
    assert set(before) < set(ids(read(folder)[0]))


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Talks fail\n\nBody.", "Talks fail"),
        ("## Talks fail ##\n\nBody.", "Talks fail"),
        ("**Talks fail**\nBy Ann Writer\n\nBody.", "Talks fail"),
        ("Is the deal dead?\nBody.", "Is the deal dead?"),
        ("Envoy: no talks with the U.S.\n\nBody.", "Envoy: no talks with the U.S."),
        ("The talks failed.\n\nBody.", "The talks failed. Body."),
        ("The talks failed.”\n\nBody.", "The talks failed.” Body."),
        ("one " * 30 + "\n\nBody.", "one one one one one one one one one one …"),
        (
            "The two envoys left the capital on Monday evening after\nfour days of talks that "
            "nobody in either camp would speak\nof in public, said a driver.",
            "The two envoys left the capital on Monday evening after …",
        ),
        ("The envoys of the two\nsides met.", "The envoys of the two sides met."),
        ("word", "word"),
    ],
)
def test_titles(body: str, found: str) -> None:
    assert title(body) == found


# -- duplicates -----------------------------------------------------------------------------------


def marked(texts: dict[str, str], published: dict[str, str] | None = None) -> dict[str, str]:
    frame = pd.DataFrame({"doc_id": list(texts), "text": list(texts.values())})
    frame["published"] = pd.Series([(published or {}).get(d) for d in texts], dtype="str")
    found = duplicates(frame)
    return {d: o for d, o in zip(texts, found, strict=True) if isinstance(o, str)}


def test_exact_duplicates_differ_in_case_marks_and_front_matter_only() -> None:
    texts = {
        "a": "“Don’t go,” he said — twice.",
        "b": '---\ntitle: x\n---\n"Don\'t go,"  he SAID - twice',
        "c": "Something else.",
    }
    assert marked(texts) == {"b": "a"}


def test_the_earliest_is_the_original() -> None:
    texts = dict.fromkeys("abc", "The same words.")
    assert marked(texts, {"b": "2019-09-29", "c": "2019-09-30"}) == {"a": "b", "c": "b"}


def test_a_cut_wire_story_is_a_duplicate() -> None:
    story = invented(1, 600)
    texts = {
        "wire": "\n\n".join(["Talks fail", *story]),
        "cut": "\n\n".join(["Envoys go home", "A new opening of our own here.", *story[1:7]]),
        "other": "\n\n".join(invented(2, 600)),
    }
    assert marked(texts, {"wire": "2019-09-30", "cut": "2019-10-01"}) == {"cut": "wire"}


def test_a_digest_that_quotes_or_holds_is_no_duplicate() -> None:
    story, digest = invented(1, 400), invented(3, 400)
    notice = invented(4, 100)
    texts = {
        "story": "\n".join(story),
        "digest": "\n".join([*digest, story[2], *notice]),
        "notice": "\n".join(notice),
    }
    assert marked(texts) == {}


def test_versions_all_point_to_the_first() -> None:
    story = invented(1, 500)
    texts = {f"v{i}": "\n".join([*story[: 10 - i], f"Update {i}."]) for i in range(4)}
    assert marked(texts) == {"v1": "v0", "v2": "v0", "v3": "v0"}


def test_marks_do_not_depend_on_the_order_of_the_rows() -> None:
    texts = {f"d{i}": "\n".join([*invented(i % 7, 200), f"End {i}."]) for i in range(30)}
    backwards = dict(reversed(texts.items()))
    assert marked(texts) == marked(backwards)
    assert len(marked(texts)) == 23


def test_shared_boilerplate_makes_no_duplicates() -> None:
    boilerplate = invented(99, 100)
    texts = {f"d{i:02}": "\n".join(invented(i, 300) + boilerplate) for i in range(40)}
    assert marked(texts) == {}


def test_a_thin_sample_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {f"d{i}": "\n".join([*invented(i % 20, 300), f"End {i}."]) for i in range(60)}
    full = marked(texts)
    monkeypatch.setattr("helpers.duplicates.SAMPLE_ROWS", 3000)
    assert marked(texts) == full
    assert len(full) == 40


def test_other_scripts_are_compared_too() -> None:
    words = [f"слово{i}" for i in range(60)]
    texts = {"a": " ".join(words), "b": " ".join(words[:55]), "c": " ".join(words[::-1])}
    assert marked(texts) == {"b": "a"}


def test_shingles_hash_words_wherever_they_stand() -> None:
    one = shingles(b"a bb ccc dd e")
    assert one.size == 1
    assert one[0] in shingles(b"x y  a bb ccc dd e z")
    assert shingles(b"a bb ccc dd").size == 0


# -- hostile and broken input ---------------------------------------------------------------------


def test_nothing_to_read_is_an_error_that_says_what_was_looked_for(make_story: MakeStory) -> None:
    folder = make_story(
        {"empty.txt": "", "picture.jpg": b"\xff\xd8", "only.md": "---\na: b\n---\n"}
    )
    with pytest.raises(CorpusError, match=r"looked for plain text \(\.txt\)") as caught:
        read(folder)
    assert len(caught.value.problems) == 3
    assert "empty.txt: empty" in str(caught.value)
    with pytest.raises(CorpusError, match="there is nothing at"):
        read(folder / "nowhere")


def test_every_file_is_read_or_has_a_problem(make_story: MakeStory) -> None:
    files = {
        "a.txt": TEXT,
        "b.jpg": b"\xff\xd8\0",
        "c.txt": b"\0\1\2",
        "d.txt": "  \n",
        "e.doc": b"\xd0\xcf",
        ".hidden/f.txt": TEXT,
        ".DS_Store": b"\0",
        "README.md": "# What is here",
        "g.html": "<html></html>",
        "h.csv": "no,such\n1,2\n",
        "i": "Plain text without a suffix.",
        "deep/j.txt": b"caf\xe9 talks",
    }
    folder = make_story(files)
    articles, problems = read(folder)
    seen = set(articles["file"]) | set(problems["file"])
    assert seen == (set(files) - {".hidden/f.txt"}) | {".hidden"}
    assert ids(articles) == ["a", "deep/j", "i"]
    schema.check_table("problems", problems)


def test_links_pipes_and_devices(make_story: MakeStory, tmp_path: Path) -> None:
    folder = make_story({"articles/a.txt": TEXT, "notes/n.txt": "Inside, further."})
    inside = folder / "articles"
    secret = tmp_path / "secret.txt"
    secret.write_text("Secret.")
    (inside / "out.txt").symlink_to(secret)
    (inside / "in.txt").symlink_to(folder / "notes" / "n.txt")
    (inside / "broken.txt").symlink_to(inside / "nowhere")
    (inside / "loop.txt").symlink_to(inside / "loop.txt")
    (inside / "round").symlink_to(inside)
    (inside / "zero.txt").symlink_to("/dev/zero")
    os.mkfifo(inside / "pipe.txt")
    articles, problems = read(folder)
    assert ids(articles) == ["a", "in"]
    assert problem_of(problems, "out.txt") == "a link out of the folder"
    assert problem_of(problems, "broken.txt").startswith("cannot be opened")
    assert problem_of(problems, "loop.txt").startswith("cannot be opened")
    assert problem_of(problems, "round") == "a link to a folder"
    assert problem_of(problems, "zero.txt") != ""
    assert problem_of(problems, "pipe.txt").startswith("no regular file")
    assert "Secret" not in articles["text"].str.cat()
    with pytest.raises(CorpusError, match="no regular file"):
        read(inside / "pipe.txt")


def test_a_socket_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.txt")
        _, problems = read(tmp_path)
    assert problem_of(problems, "s.txt").startswith("no regular file")


@pytest.mark.parametrize(
    ("name", "doc_id"),
    [
        (b"new\nline.txt", r"new\nline"),
        (b"caf\xe9.txt", r"caf\xe9"),
        ("rtl\u202etxt.txt".encode(), r"rtl\u202etxt"),
        (b"tab\t.txt", r"tab\t"),
        (b"\x1b[31m.txt", r"\x1b[31m"),
    ],
)
def test_unprintable_names(tmp_path: Path, name: bytes, doc_id: str) -> None:
    (tmp_path / os.fsdecode(name)).write_text(TEXT)
    articles, problems = read(tmp_path)
    assert ids(articles) == [doc_id]
    assert problems["problem"].tolist() == ["unprintable characters in its name"]
    schema.check_table("articles", articles)


def test_a_folder_that_cannot_be_listed(
    make_story: MakeStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_story({"a.txt": TEXT, "locked/b.txt": TEXT})
    real = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr("os.scandir", refuse)
    _, problems = read(folder)
    assert problem_of(problems, "locked") == "folder cannot be opened (permission denied)"


def test_a_file_that_cannot_be_opened(
    make_story: MakeStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_story({"a.txt": TEXT, "b.txt": TEXT})
    real = os.access
    monkeypatch.setattr("os.access", lambda p, m: Path(p).name != "b.txt" and real(p, m))
    articles, problems = read(folder)
    assert ids(articles) == ["a"]
    assert problem_of(problems, "b.txt") == "no permission to read it"


def test_a_huge_file_is_not_read(make_story: MakeStory, monkeypatch: pytest.MonkeyPatch) -> None:
    small = replace(formats._BY_SUFFIX[".txt"], max_bytes=100)
    monkeypatch.setitem(formats._BY_SUFFIX, ".txt", small)
    folder = make_story({"a.txt": "short", "b.txt": "x" * 200})
    assert problem_of(read(folder)[1], "b.txt").endswith("too big for one article")


def test_a_sheet_cannot_name_files_outside(make_story: MakeStory) -> None:
    folder = make_story(
        {"a.txt": TEXT, "articles.csv": "file,outlet\n../../etc/passwd,X\n/etc/passwd,Y\na.txt,Z\n"}
    )
    articles, problems = read(folder)
    assert articles["outlet"].tolist() == ["Z"]
    assert len(problems) == 2


def test_the_sheet_cannot_overwrite_what_is_computed(make_story: MakeStory) -> None:
    folder = make_story(
        {"a.txt": TEXT, "articles.csv": "file,sha256,doc_id,text,n_words\na.txt,x,y,z,-1\n"}
    )
    articles, _ = read(folder)
    assert ids(articles) == ["a"]
    assert cell(articles, "a", "text") == TEXT


# -- the reference corpora ------------------------------------------------------------------------


@pytest.mark.shared
@pytest.mark.parametrize(("name", "n", "outlets"), [("seeds", 2, 1), ("us-iran-2019", 109, 34)])
def test_reference_corpora(shared: Path, name: str, n: int, outlets: int) -> None:
    folder = shared / "corpora" / name
    articles, problems = read(folder)
    schema.check_table("articles", articles)
    assert (len(articles), articles["outlet"].nunique(), len(problems)) == (n, outlets, 0)
    root = folder / "articles" if (folder / "articles").is_dir() else folder
    for file, text in zip(articles["file"], articles["text"], strict=True):
        assert (root / file).read_bytes().decode() == text


FOREIGN = {
    "de": "Die Ministerin sagte am Dienstag in Genf, der Hafen bleibe bis zum Ende der Woche zu. ",
    "nl": "De minister zei dinsdag in Genève dat de haven tot het einde van de week dicht blijft. ",
    "fr": "La ministre a dit mardi à Genève que le port resterait fermé jusqu'à la fin. ",
    "es": "La ministra dijo el martes en Ginebra que el puerto sigue cerrado hasta el viernes. ",
    "el": "Η υπουργός είπε την Τρίτη στη Γενεύη ότι το λιμάνι θα μείνει κλειστό ως το τέλος. ",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_a_text_that_is_not_english_is_counted_and_named(tmp_path, language):
    (tmp_path / "far.txt").write_text(FOREIGN[language] * 4, encoding="utf-8")
    (tmp_path / "near.txt").write_text("The port will stay closed until Friday. " * 8)
    articles, problems = corpus.read(tmp_path)
    assert len(articles) == 2
    (row,) = problems[problems["problem"].str.contains("English")].to_dict("records")
    assert row["file"] == "far.txt"


def test_a_telegram_is_too_short_to_tell_its_language(tmp_path):
    (tmp_path / "wire.txt").write_text("GENEVA – PORT CLOSED – MINISTER SILENT", encoding="utf-8")
    assert corpus.read(tmp_path)[1].empty


def test_outlets_that_differ_in_capitals_only_are_named(tmp_path):
    (tmp_path / "a.txt").write_text("The port is closed.")
    (tmp_path / "b.txt").write_text("The port is open again.")
    (tmp_path / "articles.csv").write_text("file,outlet\na.txt,Daily Post\nb.txt,daily-post\n")
    articles, problems = corpus.read(tmp_path)
    assert sorted(articles["outlet"]) == ["Daily Post", "daily-post"]
    assert problems["problem"].tolist() == [
        "outlets that differ in capitals or signs only: Daily Post, daily-post"
    ]


def test_outlets_that_a_number_tells_apart_are_no_doubt(tmp_path):
    for number in ("01", "02", "40"):
        (tmp_path / f"{number}.txt").write_text(f"The port of call {number} is closed again.")
    rows = "".join(f"{n}.txt,Outlet {n}\n" for n in ("01", "02", "40"))
    (tmp_path / "articles.csv").write_text(f"file,outlet\n{rows}")
    assert corpus.read(tmp_path)[1].empty


def test_duplicates_are_found_however_few_texts_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        " ".join(f"{stem}{i}" for i in range(60)) + end
        for stem in ("harbour", "vessel", "orchard", "quarry")
        for end in ("", " and a late addition", " and another end")
    ]
    frame = pd.DataFrame(
        {
            "doc_id": [f"d{i:02d}" for i in range(12)],
            "text": texts,
            "published": ["2024-01-01"] * 12,
        }
    )
    whole = duplicates(frame).tolist()
    monkeypatch.setattr("helpers.duplicates.KEPT", 1)
    assert duplicates(frame).tolist() == whole
    assert sum(isinstance(found, str) for found in whole) == 8

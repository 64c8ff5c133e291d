"""A folder or file of articles → `articles` and `problems`: ids, metadata, hashes, duplicates.

Nothing is dropped silently and nothing invented: every file is read or has a row in `problems`,
and what no sheet, front matter or folder name declares stays missing (the outlet is `unknown`).
"""

from __future__ import annotations

import hashlib
import itertools
import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd

from helpers import duplicates, genre, lexicons, origin, readers, schema
from helpers.errors import ParallaxError
from helpers.readers import formats, metadata, records, references, sheet
from helpers.readers.dates import Dates
from helpers.readers.delimited import csv_rows
from helpers.readers.document import Document, Doubt, Unreadable
from helpers.readers.folder import STORY_FILES, STORY_FOLDERS, listing, printable
from helpers.readers.front_matter import body_start
from helpers.readers.walls import wall
from helpers.settings import Settings, near_remedy

UNKNOWN = schema.UNKNOWN_OUTLET
TITLE_WORDS = 25
"""A first line with more words is taken for the first paragraph (ours: headlines have 4 to 20)."""
FIRST_WORDS = 10
MOST_NAMED = 10
"""So many outlets are listed in a message."""
ENGLISH = 0.2
"""Share of function words below which a text is no English prose: 28% was the lowest of 1,075
English news articles, and of samples in eight other languages none reached 18%."""
FRAME = "frame"
_TELLING = 10
"""Figures of a hash that tell the rows of a table apart: of 100,000 two are alike in 1 of 200."""
LEAST_CHARACTERS, LOOKED_AT = 150, 4000

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_LETTERS = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"(?<!\b[A-Za-z]\.[A-Za-z])\.[\"'”’»)\]*_]*$")
_HASHES = re.compile(r"^#{1,6}[ \t]+|[ \t]+#+$")
_DATE_OR_NUMBER = re.compile(r"\d[\d._-]*")


Origins = dict[str, dict[str, str]]
ASKED = ("outlet", "published", "title")
"""What an article has from somewhere: a sheet, its file, a folder, its first line, or nowhere."""


class CorpusError(ParallaxError):
    """There is nothing to read: the message says what was looked for and what to do."""

    def __init__(self, message: str, problems: pd.DataFrame | None = None) -> None:
        super().__init__(message)
        self.problems = schema.make("problems") if problems is None else problems


@dataclass
class _Collected:
    """What has been read so far."""

    aliases: Mapping[str, str] = field(default_factory=dict)
    """Other names of outlets, as the settings give them."""
    rows: list[dict[str, object]] = field(default_factory=list)
    problems: dict[tuple[str, str], str] = field(default_factory=dict)
    renamed: set[str] = field(default_factory=set)
    unnamed: set[str] = field(default_factory=set)
    """The ids that were made of the texts of rows without one."""
    origins: Origins = field(default_factory=dict)
    """From where outlet, day and title of each article were taken, by its place."""
    dates: dict[str, Dates] = field(default_factory=dict)
    """The days that each file declares: those of one table are read in one order."""

    def outlet(self, name: str) -> str:
        """The name that an outlet's articles are counted under."""
        if name in self.aliases:
            self.renamed.add(name)
        return self.aliases.get(name, name)

    def note(self, file: str, doubt: Doubt) -> None:
        """Add a problem, once a file."""
        where = f"{file}, {doubt.row}" if doubt.row else file
        self.problems.setdefault((where, doubt.problem), doubt.action)

    def problem_table(self) -> pd.DataFrame:
        """One row per problem, in the order of the files."""
        return schema.make(
            "problems",
            [{"file": f, "problem": p, "action": a} for (f, p), a in self.problems.items()],
        )


def read(
    path: str | os.PathLike[str],
    settings: Settings | None = None,
    *,
    origins: Origins | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per article, and one row per problem met while reading.

    ``path`` is a story folder (with `articles/`), any folder of articles, one article, or one
    table file with a column called `text`. Of the settings the outlets' aliases are used, and what
    they say of outlets that no article is of is a problem. ``origins`` is filled with where outlet,
    day and title come from, by the article's place. Raises `CorpusError` where nothing could be
    read.
    """
    settings = settings or Settings()
    given = Path(path)
    if not given.exists():
        raise CorpusError(
            f"there is nothing at {printable(str(path))}: give the path of a folder of articles, "
            "of one article, or of one table of articles"
        )
    given = given.resolve()
    collected = _Collected(settings.aliases, origins={} if origins is None else origins)
    if given.is_file() and given.name == sheet.NAME and not _has_text(given):
        given = given.parent  # the sheet of a story stands for the story
    if given.is_dir():
        _read_folder(given, collected)
    else:
        _read_one(given, collected)
    return _collected_tables(collected, settings, printable(str(given)))


def of_frame(
    frame: pd.DataFrame, settings: Settings | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """As `read`, of a data frame: one article per row, with `text` and any metadata beside it.

    Column names are those of a table of articles, in any capitals. Raises `CorpusError` where there
    is no text.
    """
    settings = settings or Settings()
    collected = _Collected(settings.aliases)
    try:
        for item in records.of_frame(frame):
            if isinstance(item, Doubt):
                collected.note(FRAME, item)
            else:
                record = _record(item, FRAME, {}, collected, alone=True)
                sha256 = hashlib.sha256(item.text.encode()).hexdigest()
                record["sha256"] = sha256
                collected.rows.append(record)
    except Unreadable as error:
        raise CorpusError(f"the data frame has {error.problem}: {error.action}") from error
    return _collected_tables(collected, settings, "the data frame")


def _collected_tables(
    collected: _Collected, settings: Settings, given: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`articles` and `problems` of what was collected; raises where that is nothing."""
    if not collected.rows:
        problems = collected.problem_table()
        raise CorpusError(_nothing(given, problems), problems)
    for dates in collected.dates.values():
        for where, doubt in dates.fill():
            collected.note(where, doubt)
    _name_articles(collected)
    articles = schema.make("articles", collected.rows)
    _note_languages(articles, collected)
    _note_outlets(articles, collected)
    _note_settings(articles, settings, collected)
    _find_origins(articles, collected)
    genre.fill(articles)
    return articles, collected.problem_table()


def _find_origins(articles: pd.DataFrame, collected: _Collected) -> None:
    """Fill `duplicate_of`, `origin` and `shared_with`: whose text each article is."""
    for file, written in zip(articles["file"], articles["origin"].fillna(""), strict=True):
        if written and written.lower() not in origin.ORIGINS:
            doubt = f"origin is {written[:80]}, not {', '.join(origin.ORIGINS)}"
            collected.note(file, Doubt(doubt, "not used; name an agency in `shared_with`"))
    known = articles["origin"].str.lower().isin(origin.ORIGINS)
    articles["origin"] = articles["origin"].where(known)
    named = [
        origin.credited(text, byline)
        for text, byline in zip(articles["text"], articles["byline"].fillna(""), strict=True)
    ]
    copies = duplicates.copies(articles, origin.ranks(articles, named))
    articles["duplicate_of"] = copies.duplicate_of
    found = origin.origins(articles, named, copies.shared)
    articles["origin"], articles["shared_with"] = found["origin"], found["shared_with"]


def _note_languages(articles: pd.DataFrame, collected: _Collected) -> None:
    """Say of each article that is not in English: it is counted, and the counts mean little."""
    for file, text in zip(articles["file"].tolist(), articles["text"].tolist(), strict=True):
        if not reads_like_english(text[body_start(text) :]):
            doubt = "does not read like English, which all word lists and models are made for"
            collected.note(file, Doubt(doubt, "counted all the same; leave it out or translate it"))


def reads_like_english(body: str) -> bool:
    """Whether enough of the first words are function words; a very short text always is.

    >>> reads_like_english("Die Ministerin hat ihre Gespräche mit den Nachbarn abgesagt. " * 4)
    False
    """
    words = _LETTERS.findall(body[:LOOKED_AT].lower())
    if len(body) < LEAST_CHARACTERS or not words:
        return True
    return sum(map(_function_words().__contains__, words)) >= ENGLISH * len(words)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(lexicons.load("function_words")["word"])


def _note_outlets(articles: pd.DataFrame, collected: _Collected) -> None:
    """Say which outlets are written in two ways: they count as two."""
    ways: dict[str, list[str]] = {}
    for outlet in sorted(articles["outlet"].unique()):
        ways.setdefault("".join(filter(str.isalnum, outlet.casefold())), []).append(outlet)
    for letters, names in ways.items():
        if letters and len(names) > 1:
            collected.note(
                "articles",
                Doubt(
                    f"outlets that differ in capitals or signs only: {', '.join(names)}",
                    f"counted as {len(names)} outlets; write them alike in {sheet.NAME}",
                ),
            )


def _note_settings(articles: pd.DataFrame, settings: Settings, collected: _Collected) -> None:
    """Say which names of outlets in the settings are those of no article."""
    outlets = sorted(set(articles["outlet"]))
    named = {
        f"the alias {alias}": alias for alias in settings.aliases if alias not in collected.renamed
    }
    named |= {f"the order of outlets names {o}": o for o in settings.outlets if o not in outlets}
    written = outlets if len(outlets) <= MOST_NAMED else [*outlets[:MOST_NAMED], "…"]
    for what, name in named.items():
        remedy = near_remedy(name, outlets, f"there are {', '.join(written)}")
        collected.note(
            "story.toml", Doubt(f"{what}, and no article is of it", f"not used; {remedy}")
        )


def _nothing(given: str, problems: pd.DataFrame) -> str:
    message = f"no article could be read from {given}: looked for {readers.readable()}"
    if len(problems):
        first = "; ".join(f"{p.file}: {p.problem}" for p in problems.head(3).itertuples())
        more = f" and {len(problems) - 3} more" if len(problems) > 3 else ""
        message += f". Found {first}{more}"
    return message


def _has_text(path: Path) -> bool:
    """Whether a CSV file is a table of articles, and no sheet about files beside it."""
    try:
        return records.text_column(csv_rows(path, wanted="text")[0]) is not None
    except (Unreadable, OSError):
        return False


def _read_folder(folder: Path, collected: _Collected) -> None:
    root = folder / "articles" if (folder / "articles").is_dir() else folder
    found = listing(root, inside=folder)
    if root != folder:
        _note_outside(folder, collected)
    for name, doubt in found.doubts:
        collected.note(name, doubt)
    files = found.files
    place = _sheet_place(root)
    if place is not None and place.parent == root and _has_text(place):
        rows, _ = sheet.matched(sheet.read(place)[0], (name for _, name in files))
        if not rows:  # a table of articles that happens to bear the sheet's name
            files = sorted([*files, (place, sheet.NAME)], key=lambda file: file[1].split("/"))
            place = None
    known: dict[str, dict[str, str]] = {}
    if place is not None:
        rows, doubts = sheet.read(place)
        known, missing = sheet.matched(rows, (name for _, name in files))
        for doubt in [*doubts, *missing]:
            collected.note(sheet.NAME, doubt)
    in_sheet = bool(known)
    listed, files = _of_references(files, collected)
    known = listed | known
    for path, name in files:
        _read_file(path, name, known.get(name, {}), collected)
        if in_sheet and name not in known and _no_table(path):
            collected.note(
                name, Doubt(f"no row in {sheet.NAME}", "read without the sheet's metadata")
            )


def _of_references(
    files: list[tuple[Path, str]], collected: _Collected
) -> tuple[dict[str, dict[str, str]], list[tuple[Path, str]]]:
    """What lists of references tell of the files that they name, and the files without them."""
    lists = [file for file in files if file[1].lower().endswith(references.SUFFIXES)]
    rest = [file for file in files if file not in lists]
    known: dict[str, dict[str, str]] = {}
    for path, name in lists:
        try:
            rows, doubts = references.attached(path, name)
        except OSError as error:
            reason = (error.strerror or "unknown error").lower()
            collected.note(name, Doubt(f"cannot be read ({reason})", "left out"))
            continue
        found, missing = sheet.matched(rows, (file for _, file in rest))
        for doubt in [*doubts, *missing]:
            collected.note(name, doubt)
        known = found | known
    return known, rest


def _no_table(path: Path) -> bool:
    """Whether a file would be read, and as articles that a sheet may tell more of."""
    found = readers.format_of(path)
    return found is not None and not (found.table or found.rows or found.archive)


def _note_outside(folder: Path, collected: _Collected) -> None:
    """Say of each readable file beside `articles/` that it was not read."""
    own = {"articles", "reference", *STORY_FOLDERS, *STORY_FILES}
    for entry in sorted(folder.iterdir()):
        if entry.name in own or entry.name.startswith((".", "README")):
            continue
        if entry.is_dir() or readers.format_of(entry):
            collected.note(
                f"../{printable(entry.name)}",
                Doubt("outside articles/", "left out; move it into articles/ if it is one"),
            )


def _sheet_place(root: Path) -> Path | None:
    """Where the sheet is: beside the articles, or beside their folder `articles/`."""
    places = [root / sheet.NAME]
    if root.name == "articles":
        places.insert(0, root.parent / sheet.NAME)
    return next((p for p in places if p.is_file()), None)


def _read_one(path: Path, collected: _Collected) -> None:
    """One file given by itself; an article still gets its row of the sheet beside it."""
    known: dict[str, dict[str, str]] = {}
    name = printable(path.name)
    place = _sheet_place(path.parent)
    if place is not None and place != path and _no_table(path):
        known, _ = sheet.matched(sheet.read(place)[0], [name])
    _read_file(path, name, known.get(name, {}), collected, alone=True)


def _read_file(
    path: Path, name: str, row: Mapping[str, str], collected: _Collected, *, alone: bool = False
) -> None:
    try:
        for item, sha256 in readers.read_file(path):
            if isinstance(item, Doubt):
                collected.note(name, item)
                continue
            if found := wall(item.text):
                where = "/".join(filter(None, (name, item.inside)))
                collected.note(where, found.doubt._replace(row=item.row))
            if found is None or found.article:
                record = _record(item, name, row, collected, alone=alone)
                record["sha256"] = sha256
                collected.rows.append(record)
    except Unreadable as error:
        collected.note(name, Doubt(error.problem, error.action))
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        collected.note(name, Doubt(f"cannot be read ({reason})", "left out"))


def _record(
    document: Document, name: str, row: Mapping[str, str], collected: _Collected, *, alone: bool
) -> dict[str, object]:
    """An article's row: the sheet goes before the file's own words, those before the folder's."""
    if document.inside:
        name = f"{name}/{document.inside}"
    where = f"{name}, {document.row}" if document.row else name
    of = row.get("@", sheet.NAME)
    own, other = _fields(document.declared, collected)
    listed, further = _fields({k: v for k, v in row.items() if k not in "#@"}, collected)
    if not document.database:
        for doubt in metadata.slips(tuple(document.declared)):
            collected.note(name, doubt)
    for key in ("outlet", "published"):
        if key in own and key in listed and own[key] != listed[key]:
            collected.note(
                where,
                Doubt(
                    f"{key} is {own[key][:80]} in the file, {listed[key][:80]} in {of}",
                    f"{of} was taken",
                ),
            )
    inside = document.database or ("row" if document.row else "file")
    from_name = {"outlet": "folder", "title": "first line"}
    collected.origins[where] = {
        name: of if name in listed else inside if name in own else from_name.get(name, "nowhere")
        for name in ASKED
    }
    values: dict[str, object] = {**own, **listed}
    written = str(values.pop("published", ""))
    body = document.text[body_start(document.text) :]
    values.setdefault("outlet", collected.outlet(_outlet_of_folder(name)))
    if values["outlet"] == UNKNOWN:
        collected.origins[where]["outlet"] = "nowhere"
    values.setdefault("title", title(body))
    further = {**(other if document.row or document.database else {}), **further}
    record = {
        "doc_id": _identifier(document, name, str(values["outlet"]), collected, alone=alone),
        "file": where,
        "text": document.text,
        "n_words": n_words(body),
        **values,
        **{key: value for key, value in further.items() if key not in _OWN and value},
    }
    if written:
        column = collected.dates.setdefault(of if "published" in listed else name, Dates())
        column.add(written, record, where)
    return record


def _fields(
    declared: Mapping[str, str], collected: _Collected
) -> tuple[dict[str, str], dict[str, str]]:
    """The declared values that we know, the outlet under its one name, and the others."""
    known, other = metadata.fields(declared)
    if "outlet" in known:
        known["outlet"] = collected.outlet(known["outlet"])
    return known, other


_OWN = frozenset(schema.TABLES["articles"].columns)


def _identifier(
    document: Document, name: str, outlet: str, collected: _Collected, *, alone: bool
) -> str:
    """The path without suffix; a row adds its own id, or what tells its text from any other.

    So an article keeps its name when others come before it. A data frame's rows have their number.
    """
    if not document.row:
        return name
    given = next((document.declared[k] for k in ("doc_id", "id") if document.declared.get(k)), "")
    if alone and document.declared.get("doc_id"):
        return printable(given)
    stem = name.removesuffix(formats.suffix_of(name))
    if given:
        return f"{stem}/{printable(given)}"
    if name == FRAME:
        return f"{stem}/{document.row.partition(' ')[2]}"
    whole = f"{document.text}\0{outlet}".encode("utf-8", "surrogatepass")
    found = f"{stem}/{hashlib.sha256(whole).hexdigest()[:_TELLING]}"
    collected.unnamed.add(found)
    return found


def _name_articles(collected: _Collected) -> None:
    """Turn file names into ids: without suffix, but with it where an earlier file has the rest."""
    wanted = [
        str(row["doc_id"]).removesuffix(formats.suffix_of(str(row["doc_id"])))
        if row["doc_id"] == row["file"]
        else str(row["doc_id"])
        for row in collected.rows
    ]
    count = Counter(wanted)
    used: set[str] = set()
    numbers: Counter[str] = Counter()
    for row, short in zip(collected.rows, wanted, strict=True):
        base = str(row["doc_id"])
        name = base if short in used else short
        while name in used or (name != short and name in count):
            numbers[base] += 1
            name = f"{base}~{numbers[base] + 1}"
        if name != short and short not in collected.unnamed:
            collected.note(
                str(row["file"]),
                Doubt(f"another article is called {short}", f"called {name} in the tables"),
            )
        used.add(name)
        row["doc_id"] = name


def _outlet_of_folder(name: str) -> str:
    """The name of the nearest folder that is more than a year or a kind of file.

    >>> _outlet_of_folder("Daily Post/2019/09/talks.txt"), _outlet_of_folder("talks.txt")
    ('Daily Post', 'unknown')
    """
    folders = name.split("/")[:-1]
    return next((f for f in reversed(folders) if not _only_sorts(f)), UNKNOWN)


def _only_sorts(folder: str) -> bool:
    """Whether a folder sorts files by form or time, and says nothing of who published them."""
    name = folder.lower()
    return (
        name in lexicons.words("sorting_folders")
        or name in formats.suffix_names()
        or ((found := formats.format_of(name)) is not None and found.archive)
        or _DATE_OR_NUMBER.fullmatch(name) is not None
    )


def title(body: str) -> str:
    """The short first line without a full stop that a headline is, else the first words.

    >>> title("# Talks fail\\n\\nThe talks failed on Monday.")
    'Talks fail'
    >>> title("The talks that were to end the war of words failed on Monday.")
    'The talks that were to end the war of words …'
    """
    lines = [*itertools.islice(body[:4000].lstrip().split("\n"), 3), "", ""]
    words = _HASHES.sub("", lines[0][:400].strip()).strip("*_ ").split()
    if words and len(words) <= TITLE_WORDS and not _SENTENCE_END.search(words[-1]):
        second, third = lines[1].strip(), lines[2].strip()
        # In a text broken into short lines the first one is no headline: the next goes on.
        filled = len(lines[0]) > 50 and 50 < len(second) < 100 and 0 < len(third) < 100
        if not filled and not second[:1].islower():
            return " ".join(words)
    words = body[:2000].split()
    return " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")


def n_words(body: str) -> int:
    """Words of a text; a hyphenated word is one.

    >>> n_words("The U.S.-backed plan didn’t work.")
    6
    """
    return len(_WORD.findall(body))

"""The formats that are read: one row a format, and everything else asks here.

A further reader is a module with a function ``read`` and one `Format` in `_SHIPPED` (or handed to
`register`): the suffixes of files, the message on what is readable and the names of folders that
only sort files all follow from it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from helpers.readers.document import MAX_CHARACTERS

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")


@dataclass(frozen=True)
class Format:
    """A kind of file and who reads it.

    ``reader`` is a function as ``module:name``, imported when the first such file is met. It takes
    the file's bytes and gives documents and doubts; that of a ``table`` takes the path. Documents
    that share a file say in ``row`` which they are ("row 1"), and keep further declared values.
    """

    suffixes: tuple[str, ...]
    """In lower case; the first is the usual one, an empty one stands for files without any."""
    reader: str
    label: str = ""
    """What users call it, where its suffix does not say it."""
    table: bool = False
    max_bytes: int = 100_000_000
    """A larger file is no article (tables have no limit)."""
    limited_from: int | None = None
    """From so many bytes on a file is read in a process with a limit on its time."""
    seconds: int = 60
    """That limit, of the processor: 200 pages of a PDF take about ten."""
    rows: bool = False
    """Whether each of its documents is a row of a table."""
    archive: bool = False
    """Whether it holds files that are read each by its own name; it has no reader."""
    named: bool = True
    """Whether the message on what is readable names it."""

    def load(self) -> Callable[[Any], Any]:
        """The function that reads such a file."""
        module, _, name = self.reader.partition(":")
        function: Callable[[Any], Any] = getattr(import_module(module), name)
        return function


_SHIPPED = (
    Format((".txt", ".text", ""), "helpers.readers.text:read", "plain text",
           max_bytes=4 * MAX_CHARACTERS),
    Format((".md", ".markdown"), "helpers.readers.text:read", "Markdown",
           max_bytes=4 * MAX_CHARACTERS),
    Format((".html", ".htm", ".xhtml"), "helpers.readers.html:read", "web pages",
           max_bytes=20_000_000, limited_from=0, seconds=20),
    Format((".pdf",), "helpers.readers.pdf:read", limited_from=0),
    Format((".docx", ".docm", ".dotx"), "helpers.readers.docx:read", limited_from=0),
    Format((".rtf",), "helpers.readers.rtf:read", limited_from=0),
    Format((".odt",), "helpers.readers.odt:read", limited_from=0),
    Format((".epub",), "helpers.readers.epub:read", limited_from=0),
    Format((".eml",), "helpers.readers.mail:read_eml", "mail", limited_from=0),
    Format((".mbox",), "helpers.readers.mail:read_mbox", "mailboxes", limited_from=1_000_000,
           max_bytes=1_000_000_000),
    Format((".mht", ".mhtml"), "helpers.readers.mail:read_mht", "pages saved in one file",
           limited_from=0),
    Format((".rss", ".xml", ".atom", ".enex"), "helpers.readers.feeds:read", "feeds",
           limited_from=0),
    Format((".warc", ".warc.gz"), "helpers.readers.warc:read", "web archives", limited_from=0,
           max_bytes=1_000_000_000),
    Format((".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz"), "", "archives of these",
           archive=True),
    Format((".doc",), "helpers.readers.rtf:read_doc", limited_from=0, named=False),
    Format((".ris", ".bib"), "helpers.readers.references:read", named=False),
    Format((".csv",), "helpers.readers.delimited:read_csv", table=True),
    Format((".tsv",), "helpers.readers.delimited:read_csv", table=True),
    Format((".jsonl", ".ndjson"), "helpers.readers.jsons:read_jsonl", table=True),
    Format((".json",), "helpers.readers.jsons:read_json", table=True),
    Format((".parquet",), "helpers.readers.parquet:read_parquet", table=True),
    Format((".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"), "helpers.readers.spreadsheets:read",
           limited_from=0, rows=True),
)  # fmt: skip
_REMEDIES = {
    (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".webp", ".heic", ".bmp"):
        "a picture: recognise its text first (OCR) and save it as .txt",
    (".pages", ".wpd", ".wps", ".abw", ".tex", ".djvu", ".ppt", ".pptx", ".odp", ".key"):
        "save it as .docx, .pdf or .txt",
    (".numbers", ".accdb", ".mdb", ".sav", ".dta", ".rds", ".rdata", ".feather", ".sqlite", ".db"):
        "save it as .csv or .xlsx",
    (".mobi", ".azw", ".azw3", ".fb2"): "convert it to .epub (with Calibre, for one)",
    (".msg", ".pst"): "save its letters as .eml",
    (".maff",): "save the page again as .html",
    (".sgm", ".sgml"): "save it as .xml if it is well-formed, else its articles as .txt",
    (".rar", ".7z", ".gz", ".bz2", ".xz"): "unpack it, or pack it as .zip",
    (".enw", ".nbib", ".rdf"): "references without texts: add the articles' own files",
    (".url", ".webloc", ".lnk"): "a link: save the page itself as .html",
    (".css", ".js", ".download", ".woff", ".woff2", ".ico", ".svg", ".map"):
        "a part of a saved page, and no article",
}  # fmt: skip
_BY_SUFFIX: dict[str, Format] = {}


def register(format_: Format) -> None:
    """Read files of this format from now on; an error where another format has its suffix."""
    for suffix in format_.suffixes:
        if _BY_SUFFIX.get(suffix, format_) != format_:
            raise ValueError(f"{suffix or 'no suffix'} is read by {_BY_SUFFIX[suffix].reader}")
    _BY_SUFFIX.update(dict.fromkeys(format_.suffixes, format_))
    suffix_names.cache_clear()


def format_of(name: str | Path) -> Format | None:
    """How a file of this name is read; None where it is not.

    >>> [found.reader for found in map(format_of, ["a.TXT", "Iran talks, 30 Sept. 2019"]) if found]
    ['helpers.readers.text:read', 'helpers.readers.text:read']
    >>> format_of("c.exe") is None
    True
    """
    return _BY_SUFFIX.get(suffix_of(os.path.basename(name)).lower())


def refusal(name: str) -> tuple[str, str]:
    """What is said of a file of which no format is read: the problem, and what would mend it."""
    suffix = suffix_of(name)
    remedy = next((r for suffixes, r in _REMEDIES.items() if suffix.lower() in suffixes), None)
    action = f"left out; {remedy}" if remedy else f"left out; readable are {readable()}"
    return f"a kind of file that is not read ({suffix})", action


def suffix_of(name: str) -> str:
    """The suffix, where what stands after the last full stop looks like one."""
    before, stop, after = name.rpartition(".")
    suffix = f".{after}" if stop and after and before.strip(".") else ""
    earlier = before.rpartition(".")
    double = f".{earlier[2]}{suffix}".lower()
    if earlier[0] and double in _BY_SUFFIX:
        return name[-len(double) :]
    return suffix if _SUFFIX.fullmatch(suffix) and not suffix[1:].isdigit() else ""


@cache
def suffix_names() -> frozenset[str]:
    """The suffixes without their full stop: a folder so called sorts files by their format."""
    return frozenset(suffix[1:] for suffix in _BY_SUFFIX if suffix)


def readable() -> str:
    """What is readable, in words."""
    formats = [found for found in dict.fromkeys(_BY_SUFFIX.values()) if found.named]
    texts = [f"{f.label} ({f.suffixes[0]})" if f.label else f.suffixes[0]
             for f in formats if not (f.table or f.rows)]  # fmt: skip
    tables = [f.suffixes[0] for f in formats if f.table or f.rows]
    return f"{', '.join(texts)}, or tables with a column called text ({', '.join(tables)})"


for _format in _SHIPPED:
    register(_format)

"""Word documents (.docx): the words that Word shows, in their order.

Smart tags, tracked insertions and moves, content controls, custom XML, text boxes, footnotes and
endnotes are text; tracked deletions, hidden text, comments, and the headers and footers of pages
are not. The file's own title and author are not used: Word fills them in with the template's and
the computer's owner's. The parts are ECMA-376's (Office Open XML, part 1, chapter 17).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from helpers.readers import exports, one_pass
from helpers.readers.document import REMEDY_BROKEN, Document, Doubt, Unreadable, checked
from helpers.readers.exports.layout import blocks

MAX_UNPACKED = 1_000_000_000
"""A document that unpacks to more bytes is a bomb or a picture book."""
MAX_MARKED = 500_000_000
"""Bytes of XML: 10,000 articles of a press database have 100 million."""
MAX_TEXT = 200_000_000
"""Characters of text in all: each may be a thousand times cheaper to write than to keep."""

_MAIN = re.compile(rb'<Relationship\b[^>]*/officeDocument"[^>]*>')
_TARGET = re.compile(rb'Target="/?([^"]+)"')
_OLD = b"\xd0\xcf\x11\xe0"
"""How files begin that hold several streams: those of before 2007, and encrypted ones."""
_OFF = frozenset({"0", "false", "off", "none"})
_NOT_SHOWN = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText"})
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_IN_LINE = frozenset({"", "textWrapping"})
"""Breaks of a line; others are of pages and columns."""
_UNREAD = {
    "altChunk": "a document inside it (altChunk)",
    "relIds": "a diagram",
    "chart": "a chart",
    "object": "an embedded object",
}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_KNOWN = frozenset(
    {*_NOT_SHOWN, *_SIGNS, *_UNREAD, *_NOTES, *_NOTES.values()}
    | {"p", "r", "vanish", "pStyle", "rStyle", "style"}
)


def read(data: bytes) -> Iterator[Document | Doubt]:
    """One document with the text of a Word file; of a press database's file, one an article."""
    if data.startswith(_OLD):
        raise Unreadable(
            "an old Word file, or one with a password", "left out; save it as .docx without one"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(archive)
            shown, unread = _shown(archive)
    except Unreadable:
        raise
    except Exception as error:  # a parser of others' files may fail in any way
        problem = f"no valid Word document ({type(error).__name__})"
        raise Unreadable(problem, REMEDY_BROKEN) from error
    text = blocks(shown)
    found = exports.in_document(text)
    yield from checked(text) if found is None else found
    if unread:
        yield Doubt(f"holds {', '.join(unread)}", "whose words are not read; copy them into a file")


def _check_size(archive: zipfile.ZipFile) -> None:
    unpacked = sum(part.file_size for part in archive.infolist())
    marked = sum(p.file_size for p in archive.infolist() if p.filename.endswith(".xml"))
    if marked > MAX_MARKED:
        raise Unreadable(f"{marked / 1e6:,.0f} MB of XML", "left out; save it as .txt")
    if unpacked > MAX_UNPACKED:
        raise Unreadable(f"unpacks to {unpacked / 1e6:,.0f} MB", "left out; save it as .txt")


def _shown(archive: zipfile.ZipFile) -> tuple[list[str], list[str]]:
    """The paragraphs of a document and its notes, and what else it shows that is not read."""
    names = set(archive.namelist())
    main = _main_part(archive) if "_rels/.rels" in names else "word/document.xml"
    folder = main.rpartition("/")[0]
    styles = _Part(frozenset())
    if (name := f"{folder}/styles.xml") in names:
        styles.parse(archive, name)
    body = _Part(frozenset(styles.hidden_styles))
    body.parse(archive, main)
    notes: dict[tuple[str, str], list[str]] = {}
    for kind in dict.fromkeys(kind for kind, _ in body.referred):
        if (name := f"{folder}/{kind}s.xml") in names:
            part = _Part(body.hidden)
            part.parse(archive, name)
            notes |= part.notes
    below = [text for key in dict.fromkeys(body.referred) for text in notes.get(key, [])]
    return [*body.paragraphs, *below], sorted(body.unread)


def _main_part(archive: zipfile.ZipFile) -> str:
    relation = _MAIN.search(archive.read("_rels/.rels"))
    target = _TARGET.search(relation[0]) if relation else None
    return target[1].decode() if target else "word/document.xml"


@dataclass
class _Paragraph:
    """A paragraph that is being read, and those of text boxes anchored in it."""

    parts: list[str] = field(default_factory=list)
    inner: list[str] = field(default_factory=list)
    hidden: bool = False
    goes_on: bool = False
    """Whether its end is a tracked deletion: the next paragraph goes on in its line."""


class _Part:
    """What one XML part of a document shows, read in one pass that keeps no tree."""

    def __init__(self, hidden: frozenset[str]) -> None:
        self.hidden = hidden
        """Styles that hide their text."""
        self.paragraphs: list[str] = []
        self.notes: dict[tuple[str, str], list[str]] = {}
        self.referred: list[tuple[str, str]] = []
        self.unread: set[str] = set()
        self.hidden_styles: list[str] = []
        self._path: list[str] = []
        self._open: list[_Paragraph] = []
        self._skipped = 0
        self._run_hidden: bool | None = None
        self._style = ""
        self._note: tuple[str, str] | None = None
        self._size = 0

    def parse(self, archive: zipfile.ZipFile, name: str) -> None:
        remedy = "left out; save it with Word"
        with archive.open(name) as file:
            one_pass.parse(self, file, what="a Word document", remedy=remedy)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if self._skipped:
            self._skipped += 1
            return
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        if name not in _KNOWN:
            return
        if name == "del" and self._path[-3:-1] == ["pPr", "rPr"] and self._open:
            self._open[-1].goes_on = True
        if name in _NOT_SHOWN:
            self._path.pop()
            self._skipped = 1
        elif name == "p" and "pPr" not in self._path:
            self._open.append(_Paragraph())
        elif name == "r":
            self._run_hidden = None
        elif name == "vanish" and parent == "rPr":
            self._vanish(_value(attributes) not in _OFF)
        elif name in {"pStyle", "rStyle"} and _value(attributes) in self.hidden:
            if name == "pStyle" and self._open:
                self._open[-1].hidden = True
            elif self._run_hidden is None:
                self._run_hidden = True
        elif name == "style":
            self._style = _value(attributes, "styleId")
        elif name in {"footnote", "endnote"}:
            self._note = (name, _value(attributes, "id"))
            if _value(attributes, "type") in {"", "normal"}:
                self.notes[self._note] = []
        elif name in _NOTES and not self._is_hidden():
            self.referred.append((_NOTES[name], _value(attributes, "id")))
        elif name in _UNREAD and not self._is_hidden():
            self.unread.add(_UNREAD[name])
        elif name in _SIGNS and parent == "r" and _value(attributes, "type") in _IN_LINE:
            self._add(_SIGNS[name])

    def _vanish(self, hidden: bool) -> None:
        at = self._path[-3] if len(self._path) > 2 else ""
        if at == "r":
            self._run_hidden = hidden
        elif at == "style" and hidden:
            self.hidden_styles.append(self._style)

    def _end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        name = self._path.pop()
        if name == "p" and self._open and "pPr" not in self._path:
            self._close()
        elif name == "r":
            self._run_hidden = None

    def _close(self) -> None:
        """End a paragraph; that of a text box waits for the end of the one it is anchored in."""
        done = self._open.pop()
        text = "".join(done.parts)
        if self._open:
            self._open[-1].inner += [text, *done.inner]
            return
        into = self.paragraphs if self._note is None else self.notes.get(self._note, [])
        if into and into[-1].endswith("\0"):
            text = into.pop()[:-1] + text
        into += [f"{text}\0" if done.goes_on else text, *done.inner]

    def _characters(self, text: str) -> None:
        if not self._skipped and self._path and self._path[-1] == "t":
            self._add(text)

    def _add(self, text: str) -> None:
        if self._open and not self._is_hidden():
            self._open[-1].parts.append(text)
            self._size += len(text)
            if self._size > MAX_TEXT:
                raise Unreadable(f"more than {MAX_TEXT:,} characters", "left out; split it")

    def _is_hidden(self) -> bool:
        if self._run_hidden is not None:
            return self._run_hidden
        return bool(self._open) and self._open[-1].hidden


def _value(attributes: dict[str, str], name: str = "val") -> str:
    """An attribute by its name without the namespace; empty where it is absent."""
    return next((v for key, v in attributes.items() if key.rpartition(" ")[2] == name), "")

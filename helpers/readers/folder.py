"""Which files of a folder are read: every one found either is, or has a problem that says why not.

Links are followed only to files inside the folder, pipes and devices are never opened, and names
that cannot be written down (line breaks, bytes that are no UTF-8) are shown escaped.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from helpers.readers.document import Doubt

STORY_FILES = frozenset({"story.toml", "actors.csv", "facts.csv", "labels.csv", "articles.csv"})
STORY_FOLDERS = frozenset({"gold", "codes"})
_PARTS = ("_files", "-Dateien", "_fichiers", "_archivos", "_file", ".files", "_bestanden", "-filer",
          "_arquivos", "_ficheiros", "_pliki", "_soubory", "_tiedostot")  # fmt: skip
"""How browsers end the name of the folder with a saved page's parts."""
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass
class Listing:
    """The files to read as (path, name relative to the root), and doubts by relative name."""

    files: list[tuple[Path, str]] = field(default_factory=list)
    doubts: list[tuple[str, Doubt]] = field(default_factory=list)


def printable(name: str) -> str:
    r"""A name that fits into a table cell: unprintable characters and broken bytes escaped.

    >>> printable("a\nb.txt"), printable("caf\udce9.txt")
    ('a\\nb.txt', 'caf\\xe9.txt')
    """
    if name.isascii() and name.isprintable():
        return name
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(
        c.encode("unicode_escape").decode() if unicodedata.category(c) in _UNPRINTABLE else c
        for c in name
    )


def listing(root: Path, *, inside: Path | None = None) -> Listing:
    """The files under ``root``, in the order of their names, nested folders included.

    ``inside`` is the folder that links must not leave; by default ``root`` itself.
    """
    found = Listing()
    border = (inside or root).resolve()
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as entries:
                inner = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            reason = (error.strerror or "unknown error").lower()
            found.doubts.append(
                (_relative(folder, root), Doubt(f"folder cannot be opened ({reason})", "left out"))
            )
            continue
        for entry in inner:
            path = Path(entry.path)
            name = _relative(path, root)
            if doubt := _left_out(entry, path, root=root, border=border):
                found.doubts.append((name, doubt))
            elif entry.is_dir(follow_symlinks=False):
                if not (folder == root and entry.name in STORY_FOLDERS):
                    folders.append(path)
            elif not (folder == root and entry.name in STORY_FILES):
                if printable(entry.name) != entry.name:
                    found.doubts.append(
                        (name, Doubt("unprintable characters in its name", "read, name escaped"))
                    )
                found.files.append((path, name))
    _leave_out_parts(found)
    found.files.sort(key=lambda file: file[1].split("/"))
    found.doubts.sort(key=lambda doubt: doubt[0].split("/"))
    return found


def _leave_out_parts(found: Listing) -> None:
    """Leave out what browsers save beside a page: `Page_files/` beside `Page.html`."""
    pages = {
        name.rpartition(".")[0]: name
        for _, name in found.files
        if name.lower().endswith((".html", ".htm"))
    }
    parts: dict[str, list[str]] = {}
    kept = []
    for path, name in found.files:
        folders = name.split("/")[:-1]
        above = ("/".join(folders[: i + 1]) for i in range(len(folders)))
        page = next(
            (pages[a.removesuffix(end)] for a in above for end in _PARTS
             if a.endswith(end) and a.removesuffix(end) in pages), None)  # fmt: skip
        if page is None:
            kept.append((path, name))
        else:
            parts.setdefault(page, []).append(name)
    found.files[:] = kept
    for page, names in parts.items():
        folder = names[0].rpartition("/")[0]
        doubt = Doubt(f"{len(names):,} parts of the saved page {page}", "left out; it is read")
        found.doubts.append((folder, doubt))


def note_on_name(name: str) -> Doubt | None:
    """Why a file of this name is not read, whatever is in it."""
    if name.startswith(".") or name == "__pycache__":
        return Doubt("hidden", "left out")
    if name.startswith("~$"):
        return Doubt("a mark of Word that a document is open", "left out; close the document")
    if name.upper().split(".")[0] in {"README", "LICENSE", "LICENCE"}:
        return Doubt("named like a note on the folder", "left out; rename it if it is an article")
    return None


def _left_out(entry: os.DirEntry[str], path: Path, *, root: Path, border: Path) -> Doubt | None:
    """Why an entry of a folder is not read, judged without opening it."""
    if doubt := note_on_name(entry.name):
        return doubt
    try:
        mode = path.stat().st_mode
        if entry.is_symlink():
            if stat.S_ISDIR(mode):
                return Doubt("a link to a folder", "not followed; copy the folder here")
            if not path.resolve(strict=True).is_relative_to(border):
                return Doubt("a link out of the folder", "not followed; copy the file here")
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "a loop of links"
        return Doubt(f"cannot be opened ({reason.lower()})", "left out")
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        return Doubt("no regular file (a pipe, socket or device)", "left out")
    return None


def _relative(path: Path, root: Path) -> str:
    parts = path.relative_to(root).parts
    return "/".join(printable(part).replace("/", "_") for part in parts) or "."

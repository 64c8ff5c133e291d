"""A story's folder: where it is, its settings and the analyst's own sheets.

Nothing in them is passed over in silence: what cannot be used is a row in `problems`.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from helpers import schema
from helpers.committed import commit_date
from helpers.errors import ParallaxError
from helpers.made import made_once
from helpers.paths import ROOT, STORIES
from helpers.readers.delimited import csv_rows
from helpers.readers.document import Doubt, Unreadable, storable
from helpers.settings import Settings, near_remedy, read_settings, shown
from helpers.spelling import misspelt, nearest

SEARCH_PATH = "PARALLAX_STORIES"
"""Environment variable: further folders in which a story is looked up by its name."""
CHOSEN = "PARALLAX_STORY"
"""Environment variable: the story that the notebooks open (`run.py lab PATH` sets it)."""


class StoryError(ParallaxError):
    """The story cannot be read; the message says why and what to do."""


def story_name(otherwise: str) -> str:
    """The story that the environment variable ``PARALLAX_STORY`` names, else ``otherwise``.

    So a story is set once for all notebooks; a notebook in which a path is written opens that.
    """
    return os.environ.get(CHOSEN, "").strip() or otherwise


def locate(path: str | os.PathLike[str]) -> Path:
    """The story's folder or file: a path, or the name of a story that is shipped or in reach.

    A path counts from the folder that one is in, else from the project's root, so that the same
    one serves on the command line and in a notebook. A bare name is looked up first in the folders
    of the environment variable ``PARALLAX_STORIES`` and in ``data/stories/``. Raises `StoryError`.
    """
    if not os.fspath(path).strip():
        raise StoryError("PATH is empty: give a folder of articles (. is the one that you are in)")
    if "://" in os.fspath(path):
        raise StoryError(
            f"PATH is {str(path)!r}, an address, which only the commands report, tables and check "
            "read: copy the articles into a folder and give that"
        )
    given = Path(path).expanduser()
    parents = [Path(p) for p in os.environ.get(SEARCH_PATH, "").split(os.pathsep) if p]
    # A bare name means the story first: a notebook's folder may hold a file of the same name.
    named = [*parents, STORIES] if len(given.parts) == 1 else []
    tried = dict.fromkeys((parent / given).absolute() for parent in (*named, Path(), ROOT))
    for candidate in tried:
        if candidate.exists():
            return candidate.resolve()
    shipped = ", ".join(sorted(p.name for p in STORIES.iterdir() if p.is_dir())) or "none"
    places = "; ".join(str(place) for place in tried)
    raise StoryError(
        f"There is no file, folder or story called {str(path)!r}; looked for {places}. Give the "
        "path of a folder of articles, of one article or of a table, or the name of a shipped "
        f"story ({shipped})."
    )


class SheetColumns(NamedTuple):
    """The columns that an analyst's table must and may have; further ones are kept.

    A row is of use with its ``filled`` cells alone, and where no row before it has its ``once``.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    once: str = ""


ACTOR_KINDS = ("person", "government", "organization", "place", "other", "name", "title", "metonym",
               "demonym", "ignore")  # fmt: skip
"""What the column ``kind`` of actors.csv may say: of the actor, or of how the alias is used."""
_SAYS = re.compile(r"[\w#*]")
SHEETS = {
    "actors.csv": SheetColumns(("actor", "alias"), ("kind", "note")),
    "facts.csv": SheetColumns(
        ("fact_id", "statement", "cues"), filled=("fact_id", "cues"), once="fact_id"
    ),
    "labels.csv": SheetColumns(("thing", "label"), filled=("thing", "label")),
}


class StoryFolder:
    """The folder of a story: its settings, its sheets, and what in them could not be used."""

    path: Path
    made: dict[Any, Any]
    """What was computed so far, by its name."""

    @property
    def folder(self) -> Path:
        """The folder that may hold settings beside the articles."""
        folder = self.path if self.path.is_dir() else self.path.parent
        return folder.parent if folder.name == "articles" else folder

    @property
    def name(self) -> str:
        """The story's name: its folder's, or its file's without suffix."""
        if self.path.is_dir():
            return self.folder.name or "story"
        return self.path.stem

    @made_once
    def settings(self) -> Settings:
        """The story's settings, from ``story.toml`` where there is one."""
        file = self.folder / "story.toml"
        if not file.is_file():
            return Settings()
        try:
            settings, problems = read_settings(file.read_text(encoding="utf-8-sig"))
        except UnicodeDecodeError as error:
            self.note("story.toml", f"not readable: {error}", "left out; save it as UTF-8")
            return Settings()
        except OSError as error:
            reason = (error.strerror or "unknown error").lower()
            self.note("story.toml", f"not readable: {reason}", "left out")
            return Settings()
        for problem, action in problems:
            self.note("story.toml", problem, action)
        return settings

    @property
    def settings_mark(self) -> str:
        """What fixes ``story.toml``: the first 12 figures of its SHA-256, and the day on which it
        was committed as it is, where git knows one; empty without a file."""
        file = self.folder / "story.toml"
        try:
            mark = f"sha256 {hashlib.sha256(file.read_bytes()).hexdigest()[:12]}"
        except OSError:
            return ""
        day = commit_date(file)
        return f"{mark}, committed {day}" if day else mark

    def under_one_name(self, articles: pd.DataFrame) -> pd.DataFrame:
        """Articles whose outlets bear no other name than the settings give them."""
        aliases = self.settings.aliases
        if not aliases:
            return articles
        named = articles["outlet"].map(lambda outlet: aliases.get(outlet, outlet))
        return articles.assign(outlet=named.astype("str"))

    @property
    def title(self) -> str:
        """The story's title; its name in words where none is set."""
        return self.settings.title or self.name.replace("-", " ").replace("_", " ")

    # -- problems ---------------------------------------------------------------------------

    @made_once
    def _noted(self) -> dict[tuple[str, str], str]:
        """What was done, by file and problem."""
        return {}

    def note(self, file: str, problem: str, action: str) -> None:
        """Add a row to `problems` (once)."""
        self._noted.setdefault((file, problem), action)

    def note_all(self, rows: Iterable[dict[str, str]]) -> None:
        """Add rows to `problems`, each once."""
        for row in rows:
            self.note(row["file"], row["problem"], row["action"])

    @property
    def notes(self) -> pd.DataFrame:
        """One row per problem noted so far, and per one of the settings and sheets."""
        _ = self.settings, self.actor_list, self.facts, self.labels
        rows = [{"file": f, "problem": p, "action": a} for (f, p), a in self._noted.items()]
        return schema.make("problems", rows)

    # -- the analyst's own tables -------------------------------------------------------------

    def _sheet(self, name: str) -> pd.DataFrame | None:
        """The analyst's own table ``name`` (actors.csv, facts.csv …), or None without one.

        Every column is text; the index is the row's number, from 1. A table without the columns it
        must have is left out, with a row in `problems`.
        """
        file = self.folder / name
        if not file.is_file():
            return None
        columns = SHEETS[name]
        rows: dict[int, dict[str, str]] = {}
        try:
            named, found = csv_rows(file, wanted=columns.required[0])
            for number, row in found:
                if isinstance(row, Doubt):
                    where = f"{row.row}: " if row.row else ""
                    self.note(name, f"{where}{row.problem}", row.action)
                else:
                    rows[number] = {storable(key): storable(cell) for key, cell in row.items()}
        except Unreadable as error:
            self.note(name, error.problem, error.action)
            return None
        except OSError as error:
            reason = (error.strerror or "unknown error").lower()
            self.note(name, f"cannot be opened ({reason})", "left out")
            return None
        names = [storable(column) for column in named]
        if not self._columns_are_known(name, names):
            return None
        return pd.DataFrame([*rows.values()], index=[*rows], columns=names, dtype="str")

    def _columns_are_known(self, name: str, named: list[str]) -> bool:
        """Whether a sheet has the columns it must have; what looks like a slip of one is noted."""
        columns = SHEETS[name]
        others = [c for c in named if c not in {*columns.required, *columns.optional}]
        if missing := [c for c in columns.required if c not in named]:
            meant = {near: c for c in missing if (near := nearest(c, others))}
            remedy = " and ".join(f"rename {near} to {c}" for near, c in meant.items())
            self.note(
                name,
                f"has no column {', '.join(missing)} (it has {', '.join(named) or 'none'})",
                f"left out; {remedy or 'add the column'}",
            )
            return False
        absent = [c for c in columns.optional if c not in named]
        for other in others:
            if known := misspelt(other, absent):
                self.note(
                    name,
                    f"the column {other} looks like {known}",
                    f"not used; rename it to {known} if that is meant",
                )
        return True

    @made_once
    def actor_list(self) -> pd.DataFrame | None:
        """The story's ``actors.csv`` (actor, alias, kind, note), or None."""
        listed = self._sheet("actors.csv")
        if listed is None:
            return None
        self._note_actors(listed)
        return listed.reset_index(drop=True)

    def _note_actors(self, listed: pd.DataFrame) -> None:
        """Say which rows of ``actors.csv`` name no actor, or a kind that there is not."""
        kinds = listed["kind"] if "kind" in listed else pd.Series("", listed.index)
        kinds = kinds.str.strip().str.lower()
        nameless = (listed["actor"].str.strip() == "") & (kinds != "ignore")
        for row in listed.index[nameless & (listed["alias"].str.strip() != "")]:
            self.note("actors.csv", f"row {row} names no actor", "left out; fill its cell actor")
        for kind in sorted({*kinds} - {"", *ACTOR_KINDS}):
            rows = [str(row) for row in listed.index[kinds == kind]]
            more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
            remedy = near_remedy(kind, ACTOR_KINDS, f"there are {', '.join(ACTOR_KINDS)}")
            self.note(
                "actors.csv",
                f"the kind {shown(kind)} (row {rows[0]}{more}) is not known",
                f"the kind is told from the texts; {remedy}",
            )

    @made_once
    def facts(self) -> pd.DataFrame | None:
        """The story's ``facts.csv`` (fact_id, statement, cues), or None."""
        return self._usable("facts.csv")

    @made_once
    def labels(self) -> pd.DataFrame | None:
        """The story's ``labels.csv`` (thing, label), or None."""
        return self._usable("labels.csv")

    def _usable(self, name: str) -> pd.DataFrame | None:
        """A sheet with the rows that are of use; the others are noted."""
        listed = self._sheet(name)
        if listed is None:
            return None
        columns = SHEETS[name]
        kept: dict[str, Any] = {}
        for row, cells in zip(listed.index, listed.to_dict("records"), strict=True):
            key = cells[columns.once].strip() if columns.once else str(row)
            empty = [c for c in columns.filled if not _SAYS.search(cells[c])]
            if empty:
                what = f"row {row} has no {' and no '.join(empty)}"
            elif key in kept:
                what = f"row {row} repeats the {columns.once} {shown(key)} of row {kept[key]}"
            else:
                kept[key] = row
                continue
            self.note(name, what, "the row is left out")
        return listed.loc[[*kept.values()]].reset_index(drop=True)

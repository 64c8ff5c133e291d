"""What a story's folder says beside its articles: `story.toml` and the analyst's own sheets.

Nothing in them is passed over in silence: what cannot be used is a row in `problems`.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import schema
from helpers.errors import ParallaxError
from helpers.made import made_once
from helpers.paths import STORIES
from helpers.readers.document import Unreadable
from helpers.readers.encoding import decode

SEARCH_PATH = "PARALLAX_STORIES"
"""Environment variable: further folders in which a story is looked up by its name."""


class StoryError(ParallaxError):
    """The story cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Settings:
    """What ``story.toml`` may say; every value has a default."""

    title: str = ""
    question: str = ""
    outlets: tuple[str, ...] = ()
    language: str = "en"
    event: str = ""
    """The column of articles that groups them into events; empty: ``event``, else the day."""
    count_duplicates: bool = False
    min_mentions: int = 5
    """Below this many mentions a share is shown as "too few"."""
    lenses: tuple[str, ...] = ()
    """Lenses of others to use beside ours, by the names of their entry points."""
    further: dict[str, Any] = field(default_factory=dict)


def locate(path: str | os.PathLike[str]) -> Path:
    """The story's folder or file: a path, or the name of a story that is shipped or in reach.

    A name is looked up in ``data/stories/`` and in the folders of the environment variable
    ``PARALLAX_STORIES``.
    """
    given = Path(path).expanduser()
    parents = [Path(p) for p in os.environ.get(SEARCH_PATH, "").split(os.pathsep) if p]
    named = len(given.parts) == 1
    # A bare name means the story first: a notebook's folder may hold a file of the same name.
    tried = [*(p / given for p in parents), STORIES / given] if named else []
    for candidate in [*tried, given]:
        if candidate.exists():
            return candidate.resolve()
    shipped = ", ".join(sorted(p.name for p in STORIES.iterdir() if p.is_dir())) or "none"
    raise StoryError(
        f"There is no file, folder or story called {str(path)!r}. Give the path of a folder of "
        f"articles, of one article or of a table, or the name of a shipped story ({shipped})."
    )


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
            given = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            self.note("story.toml", f"not readable: {error}", "left out; mend the line it names")
            return Settings()
        return self._settings(given)

    def _settings(self, given: dict[str, Any]) -> Settings:
        types = {"title": str, "question": str, "outlets": list, "language": str, "event": str,
                 "lenses": list, "count_duplicates": bool, "min_mentions": int}  # fmt: skip
        good: dict[str, Any] = {}
        for key, kind in types.items():
            if key not in given:
                continue
            if not isinstance(given[key], kind):
                self.note("story.toml", f"{key} is not a {kind.__name__}", "the default is used")
                continue
            good[key] = tuple(map(str, given[key])) if kind is list else given[key]
        further = {k: v for k, v in given.items() if k not in types}
        return Settings(**good, further=further)

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

    def sheet(self, name: str, *required: str) -> pd.DataFrame | None:
        """The analyst's own table ``name`` (actors.csv, facts.csv …), or None without one.

        Every column is text. A table without the ``required`` columns is left out, with a row in
        `problems`.
        """
        file = self.folder / name
        if not file.is_file():
            return None
        try:
            text, doubts = decode(file.read_bytes())
            frame = pd.read_csv(StringIO(text), dtype="str", keep_default_na=False, comment=None)
        except (Unreadable, pd.errors.ParserError, OSError, ValueError) as error:
            self.note(name, f"not readable as CSV: {error}", "left out; mend the file")
            return None
        for doubt in doubts:
            self.note(name, doubt.problem, doubt.action)
        frame.columns = [str(c).strip().lower() for c in frame.columns]
        if missing := [c for c in required if c not in frame.columns]:
            self.note(
                name,
                f"has no column {', '.join(missing)} (it has {', '.join(frame.columns)})",
                "left out; add the column",
            )
            return None
        return frame

    @made_once
    def actor_list(self) -> pd.DataFrame | None:
        """The story's ``actors.csv`` (actor, alias, kind, note), or None."""
        return self.sheet("actors.csv", "actor", "alias")

    @made_once
    def facts(self) -> pd.DataFrame | None:
        """The story's ``facts.csv`` (fact_id, statement, cues), or None."""
        return self.sheet("facts.csv", "fact_id", "statement", "cues")

    @made_once
    def labels(self) -> pd.DataFrame | None:
        """The story's ``labels.csv`` (thing, label), or None."""
        return self.sheet("labels.csv", "thing", "label")

"""What the commands do: check, tables, actors and report, from a path to files or lines."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers import output, schema
from helpers.coding import takeaways
from helpers.corpus import CorpusError
from helpers.errors import ParallaxError
from helpers.kept_runs import KeptRun
from helpers.models.depth import ASKED
from helpers.models.protocols import ModelError
from helpers.paths import NOTEBOOKS, build
from helpers.placing import KEPT, placed
from helpers.readers import sheet
from helpers.readers.folder import printable
from helpers.settings import Unusable, comparison
from helpers.story import BY, MOST, ONE_RUN, WIRE, Story
from helpers.story_folder import SEARCH_PATH
from helpers.wording import listing

if TYPE_CHECKING:
    from helpers.scale import Elsewhere

TOLD = 5_000
"""Articles that a briefing tells of at most: the notebooks hold all their tables in memory."""
REPORTED = "0[1-9]-*.ipynb"
"""The notebooks of a report; 00 answers questions that people ask by hand."""
WORD = "briefing.docx"
_ROWS = "written.json"
"""What `write_tables` gives back, kept beside the tables."""
_AS_BEFORE = "nothing has changed since this was last made: taken from the cache"

Tell = Callable[[str], None]


def _silent(line: str) -> None:
    """Tell nobody."""


class PipelineError(ParallaxError):
    """A command cannot do what was asked; the message says why and what to do."""


# -- check ----------------------------------------------------------------------------------------


def reading_report(
    path: str, *, limit: int | None = 40, table: str | None = None
) -> Iterator[str]:
    """What would be read from ``path``, and what not and why, line by line: doubts come first.

    At most ``limit`` files, articles and problems are listed, with the number of those that are
    not. ``table`` is a file for one row per file, as comma-separated values.
    """
    from helpers import stores

    with stores.near(path) as here:
        yield from _reading_report(here, limit, table, path)


def _reading_report(
    path: str, limit: int | None, table: str | None, given: str
) -> Iterator[str]:
    from helpers import intake, overview, text_table

    story = Story(path)
    try:
        articles = story.articles
    except CorpusError as error:
        problems = pd.concat([error.problems, story.notes], ignore_index=True)
        yield from _problem_lines(problems, limit)
        raise
    yield f"{story.title}: {overview.size(articles)}."
    yield overview.period(articles)
    files = intake.by_file(articles, story.problems_read)
    yield intake.account(files)
    yield intake.taken_from(story.origins)
    if table is not None:
        _write_sheet(intake.of_file(files, story.origins), table)
        yield f"What was made of each file: {printable(table)}"
    yield ""
    yield from _problem_lines(story.problems_read, limit)
    yield ""
    yield text_table.lines(overview.by_outlet(articles), limit=limit)
    yield ""
    listed = articles[["doc_id", "outlet", "published", "n_words", "title", "duplicate_of"]]
    if len(files) < len(articles) or files["problems"].any():
        yield text_table.lines(files.drop(columns="told"), limit=limit)
        yield ""
    yield text_table.lines(listed, limit=limit)
    yield from _guess_lines(intake.guesses(articles), limit)
    yield ""
    yield from _what_next(given, articles)


def _what_next(given: str, articles: pd.DataFrame) -> Iterator[str]:
    """What to do about what was read: what is still to be said of it, and the next command."""
    lacking = [
        what
        for what, column in (("outlets", "outlet"), ("days", "published"))
        if articles[column].isna().any() or (articles[column] == schema.UNKNOWN_OUTLET).any()
    ]
    command = f"python3 run.py report {printable(given)}"
    if not lacking:
        yield f"Next: {command}"
        return
    yield f"Next: say the {listing(lacking)} that are missing in a file {sheet.NAME} beside them"
    yield f"(docs/reading.md), or at once: {command}"


def _guess_lines(guessed: pd.DataFrame, limit: int | None) -> Iterator[str]:
    """What file names suggest, as the lines of a sheet that would say so."""
    from helpers import intake

    if guessed.empty:
        return
    yield ""
    yield (
        f"The names of {len(guessed):,} file{'s' * (len(guessed) > 1)} suggest a day or an outlet. "
        f"Nothing of it is used; lines for {sheet.NAME} that accept it:"
    )
    lines = intake.sheet_lines(guessed)
    shown = lines if limit is None else lines[: limit + 1]
    yield from (printable(f"  {line}") for line in shown)
    if len(shown) < len(lines):
        yield f"  … and {len(lines) - len(shown):,} more (--all lists them)"


def _write_sheet(table: pd.DataFrame, file: str) -> None:
    """Write a table as comma-separated values; an error where something else is there already."""
    target = Path(file).expanduser()
    if not file.strip() or target.is_dir():
        raise PipelineError("--csv needs the name of a file to write")
    if target.exists() and not target.read_bytes().startswith(b"file,articles,words,"):
        raise PipelineError(f"{printable(file)} exists already, and is no table of check's")
    try:
        target.write_text(output.csv_text(table), encoding="utf-8", newline="")
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise PipelineError(f"{printable(file)} cannot be written ({reason})") from error


def _problem_lines(problems: pd.DataFrame, limit: int | None) -> Iterator[str]:
    if problems.empty:
        yield "No problems: everything in the folder was read without a doubt."
        return
    yield f"{len(problems):,} problem{'s' if len(problems) > 1 else ''}:"
    shown = problems if limit is None else problems.head(limit)
    for row in shown.to_dict("records"):
        yield printable(f"  {row['file']}: {row['problem']} – {row['action']}")
    if len(shown) < len(problems):
        yield f"  … and {len(problems) - len(shown):,} more (--all lists them)"


# -- actors ---------------------------------------------------------------------------------------


def draft_actors(path: str, file: str | None = None) -> tuple[Path, int, int]:
    """Write the draft of a story's `actors.csv`; the file, the rows kept and the rows proposed.

    A list that the story has already is part of the draft, unchanged, and may be written over;
    any other file is not.
    """
    from helpers.lenses.actors import draft_actor_list

    story = Story(path)
    own = story.folder / "actors.csv"
    target = own if file is None else _file(file).expanduser().resolve()
    previous = story.actor_list
    if target.exists() and (target != own.resolve() or previous is None):
        raise PipelineError(
            f"{printable(str(target))} exists already and holds no list of this story's actors "
            "that could be kept; choose another file with --output"
        )
    mentions = story.in_originals(story.mentions)
    draft = draft_actor_list(mentions, story.originals, previous=previous)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    part.write_text(output.csv_text(draft), encoding="utf-8", newline="")
    part.replace(target)
    kept = 0 if previous is None else len(previous)
    return target, kept, len(draft) - kept


# -- tables ---------------------------------------------------------------------------------------


def write_tables(
    path: str,
    folder: str,
    *,
    formats: Sequence[str] = output.FORMATS,
    workers: int | None = None,
    elsewhere: Elsewhere | None = None,
    by: str | None = None,
    tell: Tell = _silent,
) -> pd.DataFrame:
    """Write every table of a story; one row per table: its rows, columns and files.

    A large corpus, or any with several ``workers`` or with processes ``elsewhere``
    (`cluster.connected`), is worked on in partitions by several processes; the tables are the same.
    ``by`` is what is compared (`settings.comparison`). What
    was written before is taken from the cache where nothing has changed; ``tell`` is told so.
    """
    from helpers import stores

    with _comparing(by), stores.near(path) as here:
        story = Story(here)
        owned = _files(story, formats)
        with stores.place(_given(folder), owned) as there:
            target = _outside(there, story.path)
            return _write_tables(story, target, owned, formats, workers, elsewhere, tell)


def _write_tables(
    story: Story,
    target: Path,
    owned: Sequence[str],
    formats: Sequence[str],
    workers: int | None,
    elsewhere: Elsewhere | None,
    tell: Tell,
) -> pd.DataFrame:
    from helpers import partitions

    run = KeptRun(story, "tables", *formats)
    if not run.there:
        _ = story.models  # what cannot be had is said before anything is written
    rows = []
    with placed(target, owned) as building:
        if run.recall(building):
            tell(_AS_BEFORE)
            kept = building / _ROWS
            rows = json.loads(kept.read_text(encoding="utf-8"))
            kept.unlink()
            return pd.DataFrame(rows)
        _tell_comparison(story, tell)
        if elsewhere or len(story.articles_read) >= partitions.LARGE or (workers or 1) > 1:
            try:
                story = partitions.in_partitions(
                    story, building / KEPT, workers=workers, elsewhere=elsewhere
                )
            except ModelError:  # with this model there is nothing to go on with
                shutil.rmtree(building / KEPT, ignore_errors=True)
                raise
        else:
            partitions.read_ahead(story, building / KEPT, workers=workers)
        for name in _problems_last(story.saved):
            if isinstance(story, partitions.PartitionedStory) and story.in_pieces(name):
                pieces = story.pieces(name)
            else:
                pieces = iter([getattr(story, name)])
            size = output.write_pieces(pieces, building, name, formats=formats)
            rows.append(
                {
                    "table": name,
                    "rows": size[0],
                    "columns": size[1],
                    "files": ", ".join(f"{name}.{kind}" for kind in formats),
                }
            )
        (building / _ROWS).write_text(json.dumps(rows), encoding="utf-8")
        run.keep(building, [*owned, _ROWS])
        (building / _ROWS).unlink()
    return pd.DataFrame(rows)


def _tell_comparison(story: Story, tell: Tell) -> None:
    """Say at once where outlets are compared although something else was asked for."""
    from helpers.comparing.sides import OUTLETS

    if story.compared_groups is None:
        return
    _ = story.articles
    for row in story.problems_read.to_dict("records"):
        if str(row["action"]).startswith(OUTLETS):
            tell(f"{row['problem']}: {row['action']}")


def _files(story: Story, formats: Sequence[str], below: str = "") -> list[str]:
    """The files of a story's tables."""
    return [f"{below}{name}.{kind}" for name in story.saved for kind in formats]


def _problems_last(names: Sequence[str]) -> list[str]:
    """Every later table may add a problem."""
    return [*(n for n in names if n != "problems"), "problems"]


def _given(place: str) -> str:
    """What was given with --output, which nothing at all is not."""
    if not place.strip():
        raise PipelineError("--output is empty: name a folder (. is the one that you are in)")
    return place


def _file(given: str) -> Path:
    """A file of this machine that was given with --output."""
    if "://" in _given(given):
        raise PipelineError(
            f"--output is {printable(given)}, an address: this is written to this machine only"
        )
    return Path(given)


def _outside(folder: Path, read: Path) -> Path:
    """The folder to write to, refused where the next run would read from it what this one wrote."""
    target = folder.expanduser().resolve()
    if read.is_dir() and target.is_relative_to(read):
        raise PipelineError(
            f"{printable(str(folder))} lies in the folder that is read: the next run would take "
            "the tables for articles; choose another one with --output"
        )
    if target.exists() and not target.is_dir():
        raise PipelineError(f"{printable(str(folder))} is a file; choose a folder with --output")
    return target


@contextmanager
def asked_for(*, sentiment: str | None = None, wire: str | None = None) -> Iterator[None]:
    """Let what the command line asks go before what ``story.toml`` says."""
    asked = {ASKED: sentiment, WIRE: wire}
    with _environment(**{name: value for name, value in asked.items() if value}):
        yield


# -- report ---------------------------------------------------------------------------------------


def write_report(
    path: str,
    folder: str | None = None,
    *,
    most: int = TOLD,
    by: str | None = None,
    docx: bool = False,
    redacted: bool = False,
    tell: Tell = _silent,
) -> str:
    """Run the notebooks on a story; write `briefing.html`, `method.html`, `tables/`, `notebooks/`.

    By default into `build/<name of the story>` beside the notebooks. The tables are computed once,
    by the notebooks; the pages are built from their files. Of a story with more than ``most``
    articles a sample of whole weeks is told, and the page says so. ``by`` is what is compared
    (`settings.comparison`). With ``docx`` the briefing is a Word file besides. ``redacted`` writes
    offsets and hashes in the place of the articles' text, and keeps no executed notebook. What was
    written before is taken from the cache where nothing has changed; ``tell`` is told so.
    """
    from helpers import report, stores

    with _comparing(by), _environment(**{MOST: str(most)}), stores.near(path) as here:
        story = Story(here)
        files = sorted(NOTEBOOKS.glob(REPORTED))
        owned = [report.BRIEFING, report.METHOD, WORD]
        owned += [f"notebooks/{file.name}" for file in files]
        owned += _files(story, output.FORMATS, "tables/")
        given = str(build() / story.name) if folder is None else _given(folder)
        with stores.place(given, owned) as there:
            target = _outside(there, story.path)
            _write_report(story, target, files, owned, docx=docx, redacted=redacted, tell=tell)
        if stores.is_address(given):
            return f"{given.rstrip('/')}/{report.BRIEFING}"
        return str(target / report.BRIEFING)


def _write_report(
    story: Story,
    target: Path,
    files: Sequence[Path],
    owned: Sequence[str],
    *,
    docx: bool,
    redacted: bool,
    tell: Tell,
) -> None:
    from helpers import partitions, report

    name, found = _named(story.path)
    run = KeptRun(story, "report", name, docx, redacted)
    if not run.there:
        _ = story.articles_read, story.models  # what cannot be read is said before all work
    with placed(target, owned) as building:
        if run.recall(building):
            tell(_AS_BEFORE)
            return
        _tell_comparison(story, tell)
        partitions.read_ahead(story, building / KEPT)
        tables = building / "tables"
        with _environment(**{output.FOLDER: str(tables), ONE_RUN: "1", **found}):
            try:
                notebooks = report.execute_notebooks(
                    files, parameters={"STORY": name}, output=building / "notebooks"
                )
            except report.NotebookFailed as error:
                _, model, told = str(error).partition("ModelError: ")
                if not model:
                    raise
                raise ModelError(told.partition("\n")[0]) from None
        made = {name: _saved(story, tables, name) for name in _problems_last(story.saved)}
        story.made["articles"] = made["articles"]  # as the notebooks made them
        if redacted:
            redactor = report.Redactor(made["articles"]["text"])
            notebooks = [redactor.notebook(notebook) for notebook in notebooks]
            shutil.rmtree(building / "notebooks")
            for name, table in made.items():
                bare = redactor.table(table)
                output.write_table(bare, tables, name, formats=output.FORMATS)
        rows = {name: len(table) for name, table in made.items()}
        shown: dict[str, Any] = {
            "title": story.title,
            "question": story.question,
            "articles": made["articles"],
            "problems": made["problems"],
            "outlets": story.outlets,
            "method": report.method_paragraph(
                made["articles"],
                rows,
                outlets=story.outlets,
                checked=takeaways.how_right(made["checks"]) if len(made["checks"]) else "",
            ),
        }
        texts = report.pages(
            notebooks,
            sentences=made["sentences"],
            mentions=made["mentions"],
            quotes=made["quotes"],
            target_sentiment=made["target_sentiment"],
            redacted=redacted,
            **shown,
        )
        for name, text in texts.items():
            (building / name).write_text(text, encoding="utf-8", newline="")
        if docx:
            (building / WORD).write_bytes(report.briefing_docx(notebooks, **shown))
        run.keep(building, owned)


def _named(path: Path) -> tuple[str, dict[str, str]]:
    """A story as the notebooks name it, and the environment in which they find it by that name.

    Where a folder lies is nobody's business but its owner's: the executed notebooks are the same
    wherever that is.
    """
    if not path.name or path.name.startswith("~") or os.pathsep in str(path.parent):
        return str(path), {}
    known = filter(None, [str(path.parent), os.environ.get(SEARCH_PATH)])
    return path.name, {SEARCH_PATH: os.pathsep.join(known)}


def refresh_notebooks(names: Sequence[str] = (), *, everything: bool = False) -> dict[Path, str]:
    """Execute the project's notebooks (all, or those named) where a change can have altered them.

    Each file with what became of it; ``everything`` executes also those that cannot have changed.
    """
    from helpers.report.refresh import refresh

    wanted = {name.removesuffix(".ipynb") for name in names}
    files = sorted(NOTEBOOKS.glob("*.ipynb"))
    if unknown := wanted - {file.stem for file in files}:
        raise PipelineError(
            f"no notebook is called {', '.join(sorted(unknown))}; there are "
            f"{', '.join(file.stem for file in files)}"
        )
    chosen = [file for file in files if not wanted or file.stem in wanted]
    return refresh(chosen, everything=everything)


def _saved(story: Story, tables: Path, name: str) -> pd.DataFrame:
    """A table that the notebooks saved, else computed and saved now."""
    file = tables / f"{name}.parquet"
    if file.exists():
        return schema.make(name, pd.read_parquet(file))
    table: pd.DataFrame = getattr(story, name)
    output.write_table(table, tables, name, formats=output.FORMATS)
    return table


@contextmanager
def _comparing(by: str | None) -> Iterator[None]:
    """Stories that compare what ``by`` says; without it, what their settings say."""
    if by is None:
        yield
        return
    try:
        comparison(by)
    except Unusable as error:
        raise PipelineError(f"{error.problem}; as in --by published=2020-01-31") from None
    with _environment(**{BY: by}):
        yield


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

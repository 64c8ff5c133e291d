"""The command line: `python -m helpers COMMAND`, thin; `run.py` sets up and calls it.

Results go to stdout, errors to stderr as one line with exit code 2. Ctrl-C is one line with exit
code 130, at any time. Every command imports what it needs only when it runs.
"""

from __future__ import annotations

from helpers import interrupted

if __name__ == "__main__":
    interrupted.listen()  # before anything is imported that takes time

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import click

PATH = click.argument("path", metavar="PATH")
BY = click.option(
    "--by",
    metavar="COLUMN",
    help="Compare the values of a column of articles.csv, as in --by lean or "
    "--by published=2020-01-31 (before and from that day on) [outlets, or story.toml].",
)
SENTIMENT = click.option(
    "--sentiment",
    type=click.Choice(["auto", "encoder", "linear"]),
    help="What reads sentiment: the encoder, slow, or the linear model; auto goes by the number of "
    "words [as story.toml says, else auto].",
)
WIRE = click.option(
    "--wire",
    type=click.Choice(["each", "once"]),
    help="Text that several outlets print counts for each that prints its own version, or once, "
    "for the first [as story.toml says, else each].",
)
SHIPPED = "us-iran-2019"


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def cli() -> None:
    """Compare how several outlets tell the same story.

    PATH is a story folder, any folder of articles (nested or not), one article, or one table of
    articles (CSV, JSONL or Parquet with a column called text). report, tables and check also read
    s3:// and gs:// addresses, and the first two write to them.
    """


@cli.command()
@click.argument("path", metavar="[PATH]", default=SHIPPED)
@click.option("--output", metavar="DIR", help="Where to write (default: build/<story's name>).")
@click.option(
    "--most",
    type=click.IntRange(min=1),
    help="Articles to tell of; of more, a sample of whole weeks [5000].",
)
@click.option("--docx", is_flag=True, help="Write the briefing as a Word file, too.")
@click.option(
    "--redacted",
    is_flag=True,
    help="Offsets and hashes in the place of the articles' text, for corpora not to be shared.",
)
@BY
@SENTIMENT
@WIRE
def report(
    path: str,
    output: str | None,
    most: int | None,
    docx: bool,
    redacted: bool,
    by: str | None,
    sentiment: str | None,
    wire: str | None,
) -> None:
    """Run the notebooks on a story and write its briefing.

    The briefing and its methods are two HTML files that work offline; tables/ and the executed
    notebooks lie beside them. Without PATH the shipped story is told.
    """
    with _errors():
        from helpers import pipeline
        from helpers.report import NotebookFailed

        try:
            told = most or pipeline.TOLD
            with pipeline.asked_for(sentiment=sentiment, wire=wire):
                made = pipeline.write_report(
                    path, output, most=told, by=by, docx=docx, redacted=redacted, tell=_tell
                )
                _say(made)
        except NotebookFailed as error:
            _say(f"parallax: {error}", err=True)
            sys.exit(1)


@cli.command()
@PATH
@click.option("--output", metavar="DIR", required=True, help="Where to write the tables.")
@click.option(
    "--format",
    "which",
    type=click.Choice(["both", "parquet", "csv"]),
    default="both",
    show_default=True,
    help="Parquet for programs, CSV for people.",
)
@click.option(
    "--workers", type=click.IntRange(min=1), help="Processes for a large corpus [one a core]."
)
@click.option(
    "--dask", metavar="ADDRESS", help="Work on the cluster with this scheduler, as tcp://host:8786."
)
@click.option(
    "--scheduler-file", metavar="FILE", help="The same, by the file that its scheduler wrote."
)
@BY
@SENTIMENT
@WIRE
def tables(
    path: str,
    output: str,
    which: str,
    workers: int | None,
    dask: str | None,
    scheduler_file: str | None,
    by: str | None,
    sentiment: str | None,
    wire: str | None,
) -> None:
    """Write every table of a story as Parquet and CSV."""
    if len([given for given in (workers, dask, scheduler_file) if given is not None]) > 1:
        raise click.UsageError("give one of --workers, --dask and --scheduler-file")
    with _errors(), ExitStack() as stack:
        from helpers import pipeline, text_table

        elsewhere = None
        if dask is not None or scheduler_file is not None:
            from helpers import cluster

            elsewhere = stack.enter_context(
                cluster.connected(dask, scheduler_file=scheduler_file)
            )
        formats = ("parquet", "csv") if which == "both" else (which,)
        with pipeline.asked_for(sentiment=sentiment, wire=wire):
            written = pipeline.write_tables(
                path, output, formats=formats, workers=workers, elsewhere=elsewhere, by=by,
                tell=_tell,
            )  # fmt: skip
        _say(text_table.lines(written))


@cli.command()
@PATH
@click.option("--all", "everything", is_flag=True, help="List every article and every problem.")
@click.option("--csv", "table", metavar="FILE", help="Write what was made of each file as a table.")
def check(path: str, everything: bool, table: str | None) -> None:
    """Say what would be read, what would not, and why."""
    with _errors():
        from helpers import pipeline

        for line in pipeline.reading_report(
            path, limit=None if everything else 40, table=table
        ):
            _say(line)


@cli.command()
@PATH
@click.option(
    "--output", metavar="FILE", help="Where to write (default: actors.csv in the story's folder)."
)
def actors(path: str, output: str | None) -> None:
    """Draft the list of a story's actors (actors.csv), for you to correct.

    Rows of a list that is there already are kept as they are and come first.
    """
    with _errors():
        from helpers import pipeline

        target, kept, proposed = pipeline.draft_actors(path, output)
        _say(f"{target}: {kept} rows kept, {proposed} proposed")


@cli.command()
@PATH
@click.option(
    "--lens",
    type=click.Choice(["sentiment", "quotes", "actors", "agency", "frames", "coverage"]),
    help="What to code (default: sentiment; with --next what narrows the findings most).",
)
@click.option(
    "--items", type=click.IntRange(min=1), default=60, show_default=True, help="Items to draw."
)
@click.option("--coders", default="A", show_default=True, help="Who codes, joined by commas.")
@click.option(
    "--overlap",
    type=click.FloatRange(0, 1),
    default=1.0,
    show_default=True,
    help="Share of the items that all coders get.",
)
@click.option("--seed", type=int, help="Another seed draws another sample.")
@click.option(
    "--next",
    "further",
    type=click.IntRange(min=1),
    help="Add so many items, those that would narrow the findings most.",
)
@click.option("--final", is_flag=True, help="Write a sheet of the items on which coders differ.")
@click.option("--show-outlets", "outlets", is_flag=True, help="Tell coders whose text it is.")
def code(
    path: str,
    lens: str | None,
    items: int,
    coders: str,
    overlap: float,
    seed: int | None,
    further: int | None,
    final: bool,
    outlets: bool,
) -> None:
    """Draw a blind sample for people to code, by which the numbers are corrected.

    Writes codes/ into the story's folder: the sample, and for each coder a sheet that opens in any
    browser. Put what it saves (codes-LENS-CODER.csv) beside it.
    """
    with _errors():
        from helpers import coding
        from helpers.statistics import SEED
        from helpers.story import Story

        story, names = Story(path), [name.strip() for name in coders.split(",")]
        if final:
            lines = [*map(str, coding.write_to_decide(story, lens=lens))]
        elif further is not None:
            lines = coding.write_further(
                story, lens=lens, n=further, coders=names, outlets=outlets
            )
        else:
            drawn = coding.draw(
                story, lens or "sentiment", n=items, seed=SEED if seed is None else seed
            )
            folder = story.folder / "codes"
            written = coding.write_sheets(
                story, drawn, folder, coders=names, overlap=overlap, outlets=outlets
            )
            lines = [*map(str, written)]
        for line in lines:
            _say(line)


@cli.command()
@click.argument("folder", metavar="FOLDER")
def new(folder: str) -> None:
    """Make a folder to begin a story in, with an example of each file."""
    with _errors():
        from helpers import new_story

        _say(new_story.next_steps(*new_story.begin(folder)))


@cli.command()
@click.option("--clear", "empty", is_flag=True, help="Remove what is kept.")
def cache(empty: bool) -> None:
    """Say where results that are slow to make are kept, and how much that is.

    Nothing in it is needed: what is not there is worked out anew.
    """
    with _errors():
        from helpers import cache as kept

        at = kept.folder() or "nowhere"
        size = kept.clear() if empty else kept.size()
        _say(f"{at}: {size / 1e6:.1f} MB{' removed' if empty else ''}")


@cli.command()
@click.argument("path", required=False)
@click.option("--no-browser", is_flag=True, help="Do not open a browser; print the address.")
def lab(path: str | None, no_browser: bool) -> None:
    """Open the notebooks in JupyterLab, on the story of PATH (default: the shipped one)."""
    with _errors():
        from helpers import lab as notebooks

        sys.exit(notebooks.start(path, browser=not no_browser))


@cli.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Execute also what no change can alter.")
def notebooks(names: tuple[str, ...], everything: bool) -> None:
    """Execute the project's own notebooks again, in place (for developers).

    Only those run that read something which has changed since. NAME picks some, as in:
    notebooks 04-quotes.
    """
    with _errors():
        from helpers import pipeline

        for file, told in pipeline.refresh_notebooks(names, everything=everything).items():
            _say(f"{file.name}: {told}")


@contextmanager
def _errors() -> Iterator[None]:
    """What a user can mend comes out as one line on stderr with exit code 2; a bug does not."""
    from helpers.errors import ParallaxError

    try:
        with interrupted.in_order():
            yield
    except ParallaxError as error:
        _stop(str(error))
    except BrokenPipeError:
        raise
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _stop(f"{where}{error.strerror or error}")


def _say(words: object, *, err: bool = False) -> None:
    """Print lines; nothing in them, a title or a path, is for the terminal to obey."""
    from helpers.readers.folder import printable

    click.echo("\n".join(map(printable, str(words).split("\n"))), err=err)


def _tell(line: str) -> None:
    """What a command says of its work, beside its result."""
    _say(f"parallax: {line}", err=True)


def _stop(message: str) -> None:
    _say(f"parallax: {' '.join(message.split())}", err=True)
    sys.exit(2)


if __name__ == "__main__":
    cli(prog_name="python -m helpers")

"""A folder to begin a story in: an example article, a sheet, settings and a list of actors."""

from __future__ import annotations

from pathlib import Path

from helpers.errors import ParallaxError
from helpers.readers.folder import printable

FILES = {
    "articles/2024-03-01_the-kite_bridge.txt": """\
Bridge closed after cracks are found

Ada Orr, the transport minister, said on Friday that the old bridge would stay shut until summer.
“Nobody is in danger,” Orr said. The harbour union called the delay a disgrace.
""",
    "articles.csv": """\
file,outlet,title,published,byline,url
2024-03-01_the-kite_bridge.txt,The Kite,Bridge closed after cracks are found,2024-03-01,,
""",
    "story.toml": """\
# Take the sign # away from what you want to set. Everything may be left out; a name that is not
# known is told, with the nearest one that is. All keys: data/README.md

title = "{title}"
# question = "Who is blamed for the closing of the bridge?"

# The order of the outlets in tables and figures:
# outlets = ["The Kite", "The Wren"]

# Below so many mentions of an actor an outlet's shares are "too few":
# min_mentions = 5

# Other names of outlets, and the name that their articles count under:
# [aliases]
# "Kite Online" = "The Kite"
""",
    "actors.csv": """\
actor,alias,kind,note
Ada Orr,Orr,person,
Ada Orr,the transport minister,title,
""",
}
"""What is written, by its path in the folder."""


class NewStoryError(ParallaxError):
    """The folder cannot be made; the message says why and what to do."""


def begin(path: str) -> tuple[Path, tuple[str, ...]]:
    """Make a story's folder with an example of each file; the folder, and the files written.

    Raises `NewStoryError` where something is there already: nothing is written over.
    """
    if not path.strip():
        raise NewStoryError("FOLDER is empty: give a name")
    folder = Path(path).expanduser()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NewStoryError(
            f"{printable(path)} is there already and not empty: give another name, or go on with "
            f"`check {printable(path)}`"
        )
    title = printable(folder.resolve().name).replace("-", " ").replace("_", " ")
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    try:
        for name, text in FILES.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text.replace("{title}", quoted), encoding="utf-8", newline="")
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise NewStoryError(f"{printable(path)} cannot be written ({reason})") from error
    return folder, tuple(FILES)


def next_steps(folder: Path, files: tuple[str, ...]) -> str:
    """What was made, and the three commands that come next."""
    name = printable(str(folder))
    listed = "\n".join(f"  {name}/{file}" for file in files)
    return (
        f"Made, each with an example to write over:\n{listed}\n\n"
        "Put your articles into its folder articles/, one file each (or one table), then\n"
        f"  python3 run.py check {name}     what was read, and every doubt\n"
        f"  python3 run.py actors {name}    a draft of who is who, to correct\n"
        f"  python3 run.py report {name}    the briefing"
    )

#!/usr/bin/env python3
"""Set up Parallax and run it: `python3 run.py report` is all that a fresh machine needs.

Only the standard library is used here, and no syntax newer than Python 3.5, so that an old Python
can read this file far enough to be refused with a sentence. Everything else is done by
`python -m helpers`, inside the environment that this script makes in `.venv`.
"""

import sys

MINIMUM = (3, 11)
TESTED = (3, 14)
if sys.version_info < MINIMUM:
    sys.exit(
        "Parallax needs Python %d.%d or newer, and this is Python %d.%d. Install a newer one (on "
        "Debian 12 or Ubuntu 24.04: sudo apt install python3 python3-venv; elsewhere: "
        "https://www.python.org/downloads/) and start run.py with it, as in: python3.12 run.py"
        % (MINIMUM + tuple(sys.version_info[:2]))
    )

import os


def last_word(kind: "type[BaseException]", error: BaseException, trace: "object") -> None:
    """One line where Ctrl-C comes, from the first moment on; any other error as it is."""
    if kind is not KeyboardInterrupt:
        sys.__excepthook__(kind, error, trace)  # type: ignore[arg-type]
        return
    sys.stderr.write("\nrun.py: interrupted; the same command goes on from here\n")
    sys.stderr.flush()
    os._exit(130)


if __name__ == "__main__":
    sys.excepthook = last_word

import argparse
import hashlib
import importlib.util
import json
import shutil
import signal
import subprocess

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
WINDOWS = os.name == "nt"
PYTHON = os.path.join(VENV, "Scripts" if WINDOWS else "bin", "python.exe" if WINDOWS else "python")
STAMP = os.path.join(VENV, "parallax.json")

COMMANDS = {
    "report": "run the notebooks on a story and write its briefing: two HTML files that work "
    "offline, with tables/ and the executed notebooks beside it",
    "test": "run every check: ruff, mypy, the tests, and the notebooks under nbval",
    "code": "draw a blind sample for people to code, by which the numbers are corrected",
    "new": "make a folder to begin a story in, with an example of each file",
    "lab": "open the notebooks in JupyterLab, on your story if you name one",
    "tables": "write every table of a story as Parquet and CSV",
    "check": "say what would be read from a folder, what would not, and why",
    "cache": "say how much is kept of what is slow to make, and where",
    "actors": "draft the list of actors of a story (actors.csv), for you to correct",
}
WHAT = "a story folder, any folder of articles, one article, or one table of articles"


class SetUpError(Exception):
    """The environment cannot be made; the message says why and what to do."""


def parser() -> argparse.ArgumentParser:
    """The commands and their options; `python -m helpers` takes the same."""
    top = argparse.ArgumentParser(
        prog="run.py",
        description="Compare how several outlets tell the same story.",
        epilog="The first command sets everything up in .venv, which takes a minute or two. "
        "`python3 run.py COMMAND --help` explains a command.",
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    each = {}
    for name, does in COMMANDS.items():
        each[name] = commands.add_parser(
            name, help=does, description=does[0].upper() + does[1:] + ".", allow_abbrev=False
        )
    each["report"].add_argument(
        "path", metavar="PATH", nargs="?", help=WHAT + " (default: the shipped story)"
    )
    each["report"].add_argument(
        "--output", metavar="DIR", help="where to write (default: build/<name of the story>)"
    )
    each["report"].add_argument(
        "--most",
        metavar="N",
        help="articles to tell of; of more, a sample of whole weeks (default: 5000)",
    )
    each["report"].add_argument(
        "--docx", action="store_true", help="write the briefing as a Word file, too"
    )
    each["report"].add_argument(
        "--redacted",
        action="store_true",
        help="offsets and hashes in the place of the articles' text, for corpora not to be shared",
    )
    for name in ("report", "tables"):
        each[name].add_argument(
            "--by",
            metavar="COLUMN",
            help="compare the values of a column of articles.csv, or published=2020-01-31",
        )
    for name in ("tables", "check", "actors", "code"):
        each[name].add_argument("path", metavar="PATH", help=WHAT)
    each["code"].add_argument(
        "--lens",
        choices=("sentiment", "quotes", "actors", "agency", "frames", "coverage"),
        help="what to code (default: sentiment)",
    )
    each["code"].add_argument("--items", metavar="N", help="items to draw (default: 60)")
    each["code"].add_argument(
        "--coders", metavar="A,B", help="who codes; one sheet each (default: A)"
    )
    each["code"].add_argument(
        "--overlap", metavar="SHARE", help="share of items that all code (default: 1)"
    )
    each["code"].add_argument("--seed", metavar="N", help="another seed, another sample")
    each["code"].add_argument(
        "--show-outlets", action="store_true", help="tell coders whose text it is"
    )
    each["code"].add_argument(
        "--next", metavar="N", help="add N items, those that would narrow the findings most"
    )
    each["code"].add_argument(
        "--final", action="store_true", help="a sheet of the items on which coders differ"
    )
    each["new"].add_argument("path", metavar="FOLDER", help="the folder to make")
    each["tables"].add_argument("--output", metavar="DIR", required=True, help="where to write")
    each["tables"].add_argument(
        "--format", choices=("both", "parquet", "csv"), help="what to write (default: both)"
    )
    each["tables"].add_argument(
        "--workers", metavar="N", help="processes for a large corpus (default: one a core)"
    )
    each["tables"].add_argument(
        "--dask",
        metavar="ADDRESS",
        help="work on the cluster with this scheduler, as tcp://host:8786 (docs/cluster.md)",
    )
    each["tables"].add_argument(
        "--scheduler-file", metavar="FILE", help="the same, by the file that its scheduler wrote"
    )
    for name in ("report", "tables"):
        each[name].add_argument(
            "--sentiment",
            choices=("auto", "encoder", "linear"),
            help="what reads sentiment: the encoder, slow, or the linear model; auto goes by the "
            "number of words (default: as story.toml says, else auto)",
        )
        each[name].add_argument(
            "--wire",
            choices=("each", "once"),
            help="text that several outlets print counts for each that prints its own version, or "
            "once, for the first (default: as story.toml says, else each)",
        )
    each["cache"].add_argument("--clear", action="store_true", help="remove what is kept")
    each["check"].add_argument(
        "--all", action="store_true", help="list every article and every problem"
    )
    each["check"].add_argument(
        "--csv", metavar="FILE", help="write what was made of every file as a table"
    )
    each["actors"].add_argument(
        "--output",
        metavar="FILE",
        help="where to write (default: actors.csv in the story's folder)",
    )
    each["lab"].add_argument(
        "path",
        metavar="PATH",
        nargs="?",
        help=WHAT + ", for the notebooks to open (default: the shipped story)",
    )
    each["lab"].add_argument(
        "--no-browser", action="store_true", help="do not open a browser; print the address"
    )
    each["test"].epilog = "Further arguments go to pytest, as in: run.py test tests/test_run.py"
    return top


def main(arguments: list) -> int:
    """Set up what is missing, then hand over to the environment's own Python."""
    top = parser()
    given, options = top.parse_known_args(arguments)
    if options and given.command != "test":
        top.error("unrecognized arguments: " + " ".join(options))
    try:
        set_up(dev=given.command == "test")
    except SetUpError as error:
        sys.stderr.write("run.py: %s\n" % error)
        return 1
    if given.command == "test":
        return test(options)
    return call([PYTHON, "-P", "-m", "helpers"] + arguments, answers=True)


def test(options: list) -> int:
    """Every check; all are run, and any that fails fails the whole."""
    notebooks = os.path.join(ROOT, "notebooks")
    checks = [
        ("ruff", ["-m", "ruff", "check"]),
        ("mypy", ["-m", "mypy"]),
        ("pytest", ["-m", "pytest", "-q"] + options),
    ]
    if not options and os.path.isdir(notebooks):
        side_by_side = ["-n", "logical", "--maxprocesses", "4", "--dist", "loadfile"]
        checks[-1][1].extend(side_by_side + ["--nbval", "tests", "helpers", "notebooks"])
    failed = []
    for name, command in checks:
        sys.stdout.write("== %s\n" % name)
        sys.stdout.flush()
        if call([PYTHON] + command, cwd=ROOT):
            failed.append(name)
    sys.stdout.write("== %s\n" % ("failed: " + ", ".join(failed) if failed else "all passed"))
    return 1 if failed else 0


# -- the environment ------------------------------------------------------------------------------


def set_up(dev: bool) -> None:
    """Make `.venv` hold what the requirements say; does nothing where it already does.

    The stamp is written last: whatever interrupts the work before is simply done again.
    """
    wanted = fingerprint(dev)
    done = read_stamp()
    if os.path.exists(PYTHON) and all(done.get(key) == value for key, value in wanted.items()):
        return
    say("Setting up in %s (once; a minute or two) ..." % VENV)
    if os.path.exists(STAMP):
        os.remove(STAMP)
    requirements = ["requirements"] + (["requirements-dev"] if dev else [])
    uv = shutil.which("uv")
    if not (uv and install_with_uv(uv, requirements)):
        install_with_pip(requirements)
    call([PYTHON, "-P", "-m", "helpers.lab"], cwd=ROOT)  # our settings of Jupyter
    wanted["python"] = os.path.realpath(PYTHON)
    partial = STAMP + ".part"
    with open(partial, "w", encoding="utf-8") as file:
        json.dump(wanted, file)
    os.replace(partial, STAMP)
    say("Set up.")


def fingerprint(dev: bool) -> dict:
    """What the environment depends on: the interpreter, the place, and the requirements files."""
    found = {
        "root": ROOT,
        "python": os.path.realpath(PYTHON),
        "base": digest("requirements.txt", "requirements.lock", "pyproject.toml"),
    }
    if dev:
        found["dev"] = digest("requirements-dev.txt", "requirements-dev.lock")
    return found


def digest(*names: str) -> str:
    """One hash over the content of files."""
    total = hashlib.sha256()
    for name in names:
        path = os.path.join(ROOT, name)
        if os.path.exists(path):
            with open(path, "rb") as file:
                total.update(name.encode() + b"\0" + file.read() + b"\0")
    return total.hexdigest()


def read_stamp() -> dict:
    """What was written when the last set-up ended; empty where none did."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            found = json.load(file)
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def install_with_uv(uv: str, requirements: list) -> bool:
    """Install with uv; False where uv cannot, as behind a registry that only pip is told of."""
    if not usable(pip=False):
        new = [uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV]
        if call(new, quiet=True) and call([part for part in new if part != "--clear"]):
            return False
    # Copies, not links into uv's cache: NLTK refuses to open a data file that is linked twice.
    install = [uv, "pip", "install", "--quiet", "--link-mode", "copy", "--python", PYTHON]
    if call(install + locks(requirements)) == 0 and call(install + itself()) == 0:
        return True
    say("uv could not install; trying pip.")
    return False


def install_with_pip(requirements: list) -> None:
    """Install with pip, in an environment made by Python's own venv."""
    if not usable(pip=True):
        for module in ("venv", "ensurepip"):
            if importlib.util.find_spec(module) is None:
                raise SetUpError(without_venv(module))
        say("Making an environment with Python %d.%d ..." % tuple(sys.version_info[:2]))
        if call([sys.executable, "-m", "venv", "--clear", VENV]):
            raise SetUpError(without_venv("venv"))
    install = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
               "--no-input", "--progress-bar", "off"]  # fmt: skip
    failed = call(install + locks(requirements))
    if failed and sys.version_info[:2] > TESTED:
        say("The tested versions do not install on this Python; trying the newest that fit.")
        failed = call(install + ranges(requirements))
    if failed or call(install + itself()):
        raise SetUpError(
            "the packages could not be installed (see above). Check the connection and the free "
            "space on the disk, and run the same command again: it goes on from here. Where a "
            "mirror of yours builds packages itself, so that their hashes differ, set "
            "PARALLAX_HASHES=0 before it."
        )


def usable(pip: bool) -> bool:
    """Whether `.venv` holds a working Python that is new enough (and has pip)."""
    if not os.path.exists(PYTHON):
        return False
    code = "import sys%s; sys.exit(sys.version_info < %r)" % (", pip" if pip else "", MINIMUM)
    return call([PYTHON, "-c", code], quiet=True) == 0


def locks(requirements: list) -> list:
    """What installs exactly the packages that were tested, pip itself among them.

    Each file must have one of its hashes, unless PARALLAX_HASHES=0 says that versions are enough.
    """
    if os.environ.get("PARALLAX_HASHES") == "0":
        return ranges(requirements) + ["-c", os.path.join(ROOT, "constraints.txt")]
    arguments = ["--require-hashes", "--no-deps"]
    for name in requirements:
        arguments += ["-r", os.path.join(ROOT, name + ".lock")]
    return arguments


def ranges(requirements: list) -> list:
    """What installs the newest packages that fit, and what they need."""
    arguments = []
    for name in requirements:
        arguments += ["-r", os.path.join(ROOT, name + ".txt")]
    return arguments


def itself() -> list:
    """The arguments that install helpers/, editable, so that every kernel finds it."""
    return ["--no-deps", "--no-build-isolation", "-e", ROOT]


def without_venv(module: str) -> str:
    """What to do where Python comes in parts."""
    version = "%d.%d" % tuple(sys.version_info[:2])
    return (
        "this Python (%s) cannot make an environment: its module %s is missing or does not work. "
        "On Debian or Ubuntu: sudo apt install python%s-venv (or python3-venv). Then run the same "
        "command again." % (sys.executable, module, version)
    )


def call(
    command: list, cwd: "str | None" = None, quiet: bool = False, answers: bool = False
) -> int:
    """Run a command in the environment; its exit code. One that ``answers`` Ctrl-C is left to it.
    """
    environment = dict(os.environ)
    for name in ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_REQUIRE_VIRTUALENV"):
        environment.pop(name, None)
    environment["PIP_USER"] = "0"
    environment["VIRTUAL_ENV"] = VENV
    environment["PATH"] = os.path.dirname(PYTHON) + os.pathsep + environment.get("PATH", "")
    environment.setdefault("PYTHONHASHSEED", "0")
    silent = subprocess.DEVNULL if quiet else None
    try:
        if answers and not WINDOWS:
            return waited(command, environment)
        if cwd is None and not WINDOWS:
            return stopped(command, environment, silent)
        return subprocess.call(command, cwd=cwd, env=environment, stdout=silent, stderr=silent)
    except OSError as error:
        if not quiet:
            say("cannot start %s: %s" % (command[0], error))
        return 127


def waited(command: list, environment: dict) -> int:
    """Run a command that says itself that it was interrupted, when it is ready to.

    Until then it does not hear of Ctrl-C, and afterwards only of the first one: it is told again
    and again until it ends.
    """

    def deaf() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    process = subprocess.Popen(command, env=environment, preexec_fn=deaf)
    interrupted = False
    while True:
        try:
            return process.wait(0.2 if interrupted else None)
        except KeyboardInterrupt:
            interrupted = True
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)


def stopped(command: list, environment: dict, silent: "int | None") -> int:
    """Run a step of the set-up, which does not hear of Ctrl-C itself: it and what it has started
    are ended, and none of them prints where it was."""
    process = subprocess.Popen(
        command, env=environment, stdout=silent, stderr=silent, start_new_session=True
    )
    try:
        return process.wait()
    except KeyboardInterrupt:
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(process.pid, sign)
                process.wait(5)
                break
            except subprocess.TimeoutExpired:
                pass
            except ProcessLookupError:
                break
        raise


def say(line: str) -> None:
    """A line about the set-up; on stderr, so that a command's output stays clean."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

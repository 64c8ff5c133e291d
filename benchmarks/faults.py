"""What becomes of output when a run is disturbed: it is the old one or the new one, or it is lost.

    python benchmarks/faults.py [--runs 50] [--seed 0] [--only "tables,report"]

Each run begins with the output of a story, goes over a changed story, and is disturbed: killed or
interrupted (Ctrl-C) at a random moment, stopped by a full disk, joined by a second run, or the
story changes while it is read. Then the files must all be old or all be new; where anything else
lies beside them, the next run must give the bytes of one that nothing disturbed. A place that
cannot be written to must be refused before any work. One row per kind of disturbance is printed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BEFORE = {
    "a.txt": "A bridge is shut\n\nAda Orr, the minister, shut the bridge on Monday. “It is old,” "
    "she said. The harbour union called Orr reckless.\n",
    "b.txt": "Nobody crosses\n\nThe union said that Ada Orr had not been at the bridge. Orr told "
    "reporters that she had.\n",
}
AFTER = {**BEFORE, "c.txt": "A ferry\n\nAda Orr promised a ferry. “Soon,” the minister said.\n"}
LONG = {f"{i}.txt": f"{BEFORE['a.txt']}\nThat was day {i}.\n" for i in range(2_000)}
"""A story whose work no one can overlook, for runs that are to be refused before it."""
LATER = "One more\n\nThe ferry never came, the union said.\n"
COMMANDS = {
    "tables": ["tables", "STORY", "--output", "OUT"],
    "tables in partitions": ["tables", "STORY", "--output", "OUT", "--workers", "2"],
    "report": ["report", "STORY", "--output", "OUT"],
}
Files = dict[str, str]
COLUMNS = (
    "runs", "old", "new", "newer", "lost", "mended by the next", "lost for good", "traceback"
)  # fmt: skip


class Ground:
    """A place for stories and output, with what undisturbed runs give."""

    def __init__(self, place: Path, commands: Sequence[str]) -> None:
        self.place = place
        self.environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0",
                            "PARALLAX_CACHE": ""}  # fmt: skip
        for name, articles in (("before", BEFORE), ("after", AFTER), ("long", LONG)):
            self.write(name, articles)
        self.whole: dict[tuple[str, str], Path] = {}
        self.seconds: dict[str, float] = {}
        self.work: dict[str, float] = {}
        for command in commands:
            for story in ("before", "after"):
                out = place / f"{command} {story}"
                begun, before = time.monotonic(), spent()
                self.start(command, story, out).wait()
                self.work[command] = spent() - before
                self.seconds[command] = time.monotonic() - begun
                self.whole[command, story] = out

    def write(self, name: str, articles: Files) -> Path:
        """A story's folder. All are called alike, since their name stands in the output."""
        folder = self.place / name / "bridge"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for file, text in articles.items():
            (folder / file).write_text(text, encoding="utf-8")
        return folder

    def start(
        self, command: str, story: str, out: Path, limit: int | None = None
    ) -> subprocess.Popen[str]:
        """A run, in a process group of its own; ``limit`` is the most that a file may hold."""
        words = {"STORY": str(self.place / story / "bridge"), "OUT": str(out)}
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "helpers", *(words.get(w, w) for w in COMMANDS[command])],
            cwd=self.place, env=self.environment, text=True, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            preexec_fn=None if limit is None else lambda: resource.setrlimit(
                resource.RLIMIT_FSIZE, (limit, limit)),
        )  # fmt: skip


Disturbance = Callable[[Ground, str, Path, random.Random], tuple[int, str]]


def spent() -> float:
    """Seconds of the processor that runs that have ended took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def files(folder: Path) -> Files:
    """The hash of each file below a folder; what is ready to be moved counts as moved."""
    found = {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }
    ready = {n.removeprefix(".ready/"): h for n, h in found.items() if n.startswith(".ready/")}
    return {n: h for n, h in found.items() if n[0] != "."} | ready


def beside(folder: Path) -> list[str]:
    """What lies in a place of output and is none."""
    return [p.name for p in folder.iterdir() if p.name.startswith(".")]


# -- disturbances: each starts a run, disturbs it, and gives what it said and its exit code -------


def _signalled(sign: signal.Signals) -> Disturbance:
    def disturb(ground: Ground, command: str, out: Path, chance: random.Random) -> tuple[int, str]:
        run = ground.start(command, "after", out)
        time.sleep(chance.uniform(0.3, 1.1) * ground.seconds[command])
        if run.poll() is None:
            os.killpg(run.pid, sign)
        said = run.communicate()[1]
        return run.returncode, said

    return disturb


def _full(ground: Ground, command: str, out: Path, chance: random.Random) -> tuple[int, str]:
    run = ground.start(command, "after", out, limit=int(10 ** chance.uniform(2, 4.5)))
    said = run.communicate()[1]
    return run.returncode, said


def _joined(ground: Ground, command: str, out: Path, chance: random.Random) -> tuple[int, str]:
    runs = [ground.start(command, "after", out)]
    time.sleep(chance.uniform(0, 0.8) * ground.seconds[command])
    runs.append(ground.start(command, "after", out))
    said = [run.communicate()[1] for run in runs]
    codes = sorted(run.returncode for run in runs)
    assert codes in ([0, 0], [0, 2]), (codes, said)
    return 0, "".join(said)


def _changed(ground: Ground, command: str, out: Path, chance: random.Random) -> tuple[int, str]:
    run = ground.start(command, "after", out)
    time.sleep(chance.uniform(0.2, 0.9) * ground.seconds[command])
    new = ground.place / "after" / "bridge" / "d.txt"
    new.write_text(LATER, encoding="utf-8")
    said = run.communicate()[1]
    new.unlink()
    return run.returncode, said


def _forbidden(ground: Ground, command: str, out: Path, chance: random.Random) -> tuple[int, str]:
    shutil.rmtree(out)
    out.write_text("a file", encoding="utf-8")
    begun = spent()
    place = chance.choice([out, out / "below", Path("/proc/parallax"), Path("/dev/null/x")])
    run = ground.start(command, "long", place)
    said = run.communicate()[1]
    assert run.returncode == 2, said
    assert spent() - begun < 2 * ground.work[command], "refused after the work"
    out.unlink()
    shutil.copytree(ground.whole[command, "before"], out)
    return run.returncode, said


KINDS = {
    "killed": _signalled(signal.SIGKILL),
    "Ctrl-C": _signalled(signal.SIGINT),
    "a full disk": _full,
    "two at once": _joined,
    "a changing story": _changed,
    "a forbidden place": _forbidden,
}


def disturbed(ground: Ground, kind: str, command: str, chance: random.Random) -> list[str]:
    """What one disturbed run came to: "old", "new" or "lost", and what else it did."""
    out = ground.place / "out"
    shutil.rmtree(out, ignore_errors=True)
    old, new = (ground.whole[command, story] for story in ("before", "after"))
    shutil.copytree(old, out)
    code, said = KINDS[kind](ground, command, out, chance)
    found = files(out)
    notes = ["old" if found == files(old) else "new" if found == files(new) else "lost"]
    if kind == "a changing story" and code == 0 and notes == ["lost"]:
        notes = ["newer"]  # whole, of the story as it was read; the next run says the same of it
    if "Traceback" in said:
        notes.append("traceback")
    if notes != ["new"] and (beside(out) or notes[0] in ("lost", "newer")):
        ground.start(command, "after", out).wait()
        whole = files(out) == files(new) and not beside(out)
        notes.append("mended by the next" if whole else "lost for good")
    if notes[0] == "lost" or "traceback" in notes:
        print(f"-- {kind}, {command}, exit code {code}: {notes}\n{said[-600:]}", file=sys.stderr)
    return notes


def main() -> int:
    """Print what became of the runs; the exit code says whether any output was lost."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--runs", type=int, default=50)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--only", default=",".join(COMMANDS), help="commands, by commas")
    given = options.parse_args()
    commands = given.only.split(",")
    chance = random.Random(given.seed)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    with tempfile.TemporaryDirectory(prefix="parallax-faults-") as place:
        ground = Ground(Path(place), commands)
        for number in range(given.runs):
            kind = [*KINDS][number % len(KINDS)]
            command = commands[number // len(KINDS) % len(commands)]
            counts[kind]["runs"] += 1
            counts[kind].update(disturbed(ground, kind, command, chance))
            print(f"{number + 1} of {given.runs}", end="\r", file=sys.stderr, flush=True)
    print("disturbance", *COLUMNS, sep=" | ")
    for kind, found in counts.items():
        print(kind, *(found[column] for column in COLUMNS), sep=" | ")
    bad = sum(found[c] for found in counts.values() for c in ("lost", "lost for good", "traceback"))
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())

"""What a command takes with all processes that it starts: peak memory and CPU seconds (Linux).

    python benchmarks/peak.py python -m helpers tables corpus.jsonl --output out --workers 2

Looked at five times a second in /proc. Pages that processes share count once for each of them in
``resident`` and once in all in ``proportional``, which is what the machine has to have.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


def stats() -> dict[int, list[str]]:
    """The fields of every process's stat file behind its name."""
    found = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            try:
                text = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            found[int(folder.name)] = text.rpartition(")")[2].split()
    return found


def tree(root: int, known: dict[int, list[str]]) -> list[int]:
    """A process and all below it, itself first."""
    below = [root]
    for process in below:
        below += [child for child, fields in known.items() if int(fields[1]) == process]
    return [process for process in below if process in known]


def memory(process: int) -> tuple[int, int]:
    """Resident and proportional memory in kB; nothing of a process that has ended."""
    try:
        lines = (PROC / str(process) / "smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return 0, 0
    sizes = {name: int(rest.split()[0]) for name, _, rest in (x.partition(":") for x in lines)}
    return sizes.get("Rss", 0), sizes.get("Pss", 0)


def main(command: list[str]) -> int:
    peaks = dict.fromkeys(["resident", "proportional", "first process", "largest other"], 0)
    first = whole = 0.0
    begun = time.monotonic()
    running = subprocess.Popen(command)
    while running.poll() is None:
        known = stats()
        inside = tree(running.pid, known)
        sizes = [memory(process) for process in inside] or [(0, 0)]
        for name, now in {
            "resident": sum(resident for resident, _ in sizes),
            "proportional": sum(proportional for _, proportional in sizes),
            "first process": sizes[0][0],
            "largest other": max((resident for resident, _ in sizes[1:]), default=0),
        }.items():
            peaks[name] = max(peaks[name], now)
        # Of each: its own ticks, in the kernel too, and those of its children that have ended.
        ticks = [list(map(int, known[process][11:15])) for process in inside]
        if ticks:
            first = max(first, sum(ticks[0][:2]) / TICK)
            whole = max(whole, sum(map(sum, ticks)) / TICK)
        time.sleep(0.2)
    wall = time.monotonic() - begun
    told = ", ".join(f"{name} {size / 1e6:.2f} GB" for name, size in peaks.items())
    print(f"{told}; CPU {whole:.1f} s, of the first process {first:.1f} s; wall {wall:.1f} s")
    return running.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

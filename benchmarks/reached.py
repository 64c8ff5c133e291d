"""What the statistics reach beside what was asked of them: one table, all seeds fixed.

    python benchmarks/reached.py --data DIR [--quick] [--write]

Coverage and width of intervals by `intervals.py`, false and planted differences by
`differences.py`; what each row plants stands there. `--quick` takes a tenth of the runs, which
shows that all rows are made and no more. `--write` puts the table into docs/statistics.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from differences import Row, all_rows, speed
from intervals import PAGE, measured

MARKS = "<!-- reached -->\n", "<!-- end of reached -->"
CELLS = "share 30%, correlation .25", "share 5%, correlation .25", "2 per 1,000, bursts 3.3"
ASKED = {
    "word 1.0 whole story": (8, 12),
    "word 1.0 events": (8, 12),
    "alone whole story": (1, 1),
    "alone events": (1, 1),
    "pairs 30": (8, 8),
    "pairs 10": (3, 8),
    "share 13": (18, 40),
    "share 10": (12, 40),
    "asked 13": (27, 40),
    "asked 10": (18, 40),
    "forty": (1, 1),
}
"""How many of how many runs are asked for, by the row's key."""
SECONDS = 4.0
FALSE = 0.05
WIDER = 1.3


def of_intervals(runs: int) -> Iterator[tuple[str, str, str, bool | None]]:
    """Rows of the table: the worst cell from ten articles on and at five, and the widest."""
    cells = [(n, *found["ours"]) for cell, n, found in measured(runs) if cell in CELLS]
    for name, few, asked in (("ten articles and more", False, 0.93), ("five articles", True, 0.90)):
        held, wide = zip(*(cell[1:] for cell in cells if (cell[0] == 5) == few), strict=True)
        told = f"{min(held):.3f}"
        yield f"intervals hold the truth, {name}", f"≥ {asked}", told, min(held) >= asked
        ratio = f"{max(wide):.2f} times"
        what = f"their width over the percentile interval’s, {name}"
        yield what, f"≤ {WIDER}", ratio, max(wide) <= WIDER


def of_differences(row: Row) -> tuple[str, str, str, bool | None]:
    """A row of the table; whether it is enough is empty where nothing was asked."""
    low, high = row.interval
    found = f"{row.found} of {row.runs} ({100 * low:.0f} to {100 * high:.0f} of 100)"
    if row.key.startswith("false"):
        return row.what, f"≤ {FALSE:.0%}", found, row.found <= FALSE * row.runs
    if row.key not in ASKED:
        return row.what, "", found, None
    some, of = ASKED[row.key]
    asked = "always" if some == of else f"{some} of {of}"
    return row.what, asked, found, row.found * of >= some * row.runs


def table(data: Path, quick: bool) -> Iterator[str]:
    """The table, line by line."""
    yield "| row | asked | reached | |"
    yield "| --- | --- | --- | --- |"
    cells = list(of_intervals(400 if quick else 4000))
    took = speed()
    cells.append(("5,000 permutations × 20,000 terms × 200 articles", f"≤ {SECONDS:.0f} s",
                  f"{took:.1f} s", took <= SECONDS))  # fmt: skip
    for told in cells:
        yield _line(*told)
    for kinds, runs in (({"shares", "words"}, 20), ({"false"}, 100)):
        for row in all_rows(data, runs // 10 if quick else runs, kinds):
            yield _line(*of_differences(row))


def _line(what: str, asked: str, reached: str, enough: bool | None) -> str:
    said = "" if enough is None else "yes" if enough else "no"
    return f"| {what.strip()} | {asked} | {reached} | {said} |"


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--quick", is_flag=True, help="a tenth of the runs")
@click.option("--write", is_flag=True, help="put the table into docs/statistics.md")
def main(data: Path, quick: bool, write: bool) -> None:
    lines = []
    for line in table(data, quick):
        print(line, flush=True)
        lines.append(f"{line}\n")
    if write:
        before, rest = PAGE.read_text(encoding="utf-8").split(MARKS[0])
        after = rest.split(MARKS[1])[1]
        PAGE.write_text(before + MARKS[0] + "".join(lines) + MARKS[1] + after, encoding="utf-8")


if __name__ == "__main__":
    main()

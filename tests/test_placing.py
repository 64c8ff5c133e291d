"""Output is the old one or the new one, whatever stops a run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import placing
from helpers.placing import KEPT, PlaceError, placed

OWNED = ["a.html", "tables/a.csv", "tables/b.csv"]


def contents(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8")
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def build(place: Path, files: dict[str, str], stopped_by: BaseException | None = None) -> None:
    with placed(place, OWNED) as building:
        write(building, files)
        if stopped_by:
            raise stopped_by


OLD = {"a.html": "old", "tables/a.csv": "old", "tables/b.csv": "old", "mine.txt": "mine"}


@given(st.sets(st.sampled_from(OWNED)))
def test_what_is_not_built_anew_goes_and_what_is_not_ours_stays(
    tmp_path_factory: pytest.TempPathFactory, names: set[str]
) -> None:
    place = tmp_path_factory.mktemp("place")
    write(place, OLD)
    with placed(place, OWNED) as building:
        write(building, dict.fromkeys(names, "new"))
        assert contents(place) == OLD | dict.fromkeys(
            (f".building/{name}" for name in names), "new"
        ) | {".lock": f"{os.getpid()}\n"}
    assert contents(place) == dict.fromkeys(names, "new") | {"mine.txt": "mine"}


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt, OSError])
def test_an_error_leaves_what_was_there(tmp_path: Path, error: type[BaseException]) -> None:
    write(tmp_path, OLD)
    with pytest.raises(error):
        build(tmp_path, {"a.html": "half"}, stopped_by=error())
    assert contents(tmp_path) == OLD
    with pytest.raises(error):
        build(tmp_path / "new", {"a.html": "half"}, stopped_by=error())
    assert not (tmp_path / "new").exists()


def test_an_interrupted_run_leaves_its_partitions_to_the_next(tmp_path: Path) -> None:
    place = tmp_path / "place"
    half = {f"{KEPT}/0/key": "done", "a.html": "half"}
    with pytest.raises(KeyboardInterrupt):
        build(place, half, stopped_by=KeyboardInterrupt())
    with placed(place, OWNED) as building:
        assert contents(building) == {f"{KEPT}/0/key": "done"}
        write(building, {"a.html": "new"})
    assert contents(place) == {"a.html": "new"}


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_what_an_interrupted_run_left_is_not_used_where_it_leads_elsewhere(tmp_path: Path) -> None:
    place, other = tmp_path / "place", tmp_path / "other"
    write(other, {"mine.parquet": "mine"})
    kept = place / ".building" / KEPT
    write(kept, {"0/key": "done"})
    (kept / "0" / "in.parquet").symlink_to(other / "mine.parquet")
    with placed(place, OWNED) as building:
        assert contents(building) == {}
    assert contents(other) == {"mine.parquet": "mine"}


def test_a_run_killed_while_it_moves_its_files_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, OLD)
    moved = Path.replace

    def killed(self: Path, target: Path) -> Path:
        if self.name == "b.csv":
            raise KeyboardInterrupt
        return moved(self, target)

    new = dict.fromkeys(OWNED, "new")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            build(tmp_path, new)
    with pytest.raises(ZeroDivisionError):  # the next run fails, and the one before is whole
        build(tmp_path, {"a.html": "half"}, stopped_by=ZeroDivisionError())
    assert contents(tmp_path) == new | {"mine.txt": "mine"}


HOLD = """
import sys, time
from pathlib import Path
from helpers.placing import placed
with placed(Path(sys.argv[1]), ["a.html"]) as building:
    (building / "a.html").write_text("half")
    print("building", flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills with a POSIX signal")
def test_a_second_run_is_refused_until_the_first_ends_or_is_killed(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    first = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert first.stdout is not None
    assert first.stdout.readline() == "building\n"
    with pytest.raises(PlaceError, match=f"another run .process {first.pid}. is writing to"):
        placed(tmp_path, OWNED).__enter__()
    first.send_signal(signal.SIGKILL)
    first.wait()
    first.stdout.close()
    with placed(tmp_path, OWNED) as building:
        assert contents(building) == {}
        write(building, {"a.html": "new"})
    assert contents(tmp_path) == {"a.html": "new", "mine.txt": "mine"}


def test_a_place_that_cannot_be_written_is_told_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(PlaceError, match="nothing can be written to"):
        placed(tmp_path / "file" / "out", OWNED).__enter__()
    # root writes everywhere, so the refusal of a folder is played
    monkeypatch.setattr(placing.Path, "open", refuse)
    with pytest.raises(PlaceError, match=r"permission denied.: choose another folder"):
        placed(tmp_path, OWNED).__enter__()


def refuse(self: Path, *_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied", str(self))


def test_a_link_in_the_way_is_removed_and_not_followed(tmp_path: Path) -> None:
    elsewhere, place = tmp_path / "elsewhere", tmp_path / "place"
    write(elsewhere, {"mine.txt": "mine"})
    place.mkdir()
    (place / placing.BUILDING).symlink_to(elsewhere, target_is_directory=True)
    with placed(place, OWNED) as building:
        write(building, {"a.html": "new"})
    assert contents(elsewhere) == {"mine.txt": "mine"}
    assert contents(place) == {"a.html": "new"}

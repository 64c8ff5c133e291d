"""A cluster: the same bytes as on this machine; what is not there, dies or differs is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import test_scale
from click.testing import CliRunner
from pandas.testing import assert_frame_equal

from helpers import cluster, partitions
from helpers.__main__ import cli
from helpers.paths import ROOT
from helpers.scale import PartitionFailed, ScaleError, run_partitions

HERE = "test_cluster"  # how a worker imports the functions below


def joins(articles: pd.DataFrame, extra: Any, read: Path) -> dict[str, pd.DataFrame]:
    """A second pass: what the first one made, and its own process."""
    words = pd.read_parquet(read / "words.parquet")
    return {"joined": words.assign(title=articles["title"].array, worker=os.getpid())}


def ends(articles: pd.DataFrame, scheduler: int) -> dict[str, pd.DataFrame]:
    """A partition function that ends the scheduler."""
    os.kill(scheduler, signal.SIGKILL)
    return {}


def tables(*options: object) -> Any:
    return CliRunner().invoke(cli, ["tables", *map(str, options)])


def test_without_dask_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = tables("us-iran-2019", "--output", tmp_path, "--dask", "tcp://127.0.0.1:8786")
    assert done.exit_code == 2
    assert "pip install 'dask[distributed]'" in done.output
    assert len(done.output.splitlines()) == 1


def test_one_place_to_work_is_given(tmp_path: Path) -> None:
    options = ("--dask", "tcp://127.0.0.1:8786", "--workers", 2)
    done = tables("us-iran-2019", "--output", tmp_path, *options)
    assert done.exit_code == 2
    assert "give one of --workers, --dask" in done.output


@pytest.fixture(scope="module")
def distributed() -> Any:
    return pytest.importorskip("distributed", reason="Dask is not installed (extra `dask`)")


@pytest.fixture(scope="module")
def local(distributed: Any) -> Iterator[Any]:
    """A scheduler with two processes; they import the tests' modules too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parent))
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None
        ) as made:
            yield made


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--dask", "tcp://127.0.0.1:9"], "no scheduler answers at tcp://127.0.0.1:9"),
        (["--dask", "nonsense"], "no scheduler answers at nonsense (missing port"),
        (["--dask", " "], "--dask is empty"),
        (["--scheduler-file", "there-is-none.json"], "there-is-none.json cannot be used"),
    ],
)
def test_a_scheduler_that_is_not_there_is_one_line_within_ten_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, distributed: Any, options: list[str], told: str
) -> None:
    assert cluster.PATIENCE <= 5
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    begun = time.monotonic()
    done = tables("us-iran-2019", "--output", tmp_path / "out", *options)
    assert time.monotonic() - begun < 10
    assert done.exit_code == 2
    assert told in done.output
    assert len(done.output.splitlines()) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_cluster_makes_the_same_bytes(
    tmp_path: Path, local: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partitions, "LEAST", 2)
    articles = tmp_path / "articles.csv"
    rows = [{"text": text, "outlet": "AB"[i % 2]} for i, text in enumerate(test_scale.TEXTS)]
    pd.DataFrame(rows).to_csv(articles, index=False)
    made = []
    for name, options in {"alone": (), "cluster": ("--dask", local.scheduler_address)}.items():
        done = tables(articles, "--output", tmp_path / name, *options)
        assert done.exit_code == 0, done.output
        made.append({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()})
    assert len(made[0]) > 20
    assert made[0] == made[1]
    assert b"Orr" in made[0]["mentions.csv"]


@pytest.mark.slow
def test_two_passes_share_no_folder_and_both_processes_work(tmp_path: Path, local: Any) -> None:
    articles = test_scale.some(12)
    with cluster.connected(local.scheduler_address) as there:
        first = run_partitions(
            "test_scale:words", articles, tmp_path / "a", size=2, elsewhere=there
        )
        second = run_partitions(
            f"{HERE}:joins", articles, tmp_path / "b", read=first, size=2, elsewhere=there
        )
    made = pd.concat([pd.read_parquet(p / "joined.parquet") for p in second], ignore_index=True)
    expected = test_scale.words(articles, None)["words"]
    assert_frame_equal(made[["doc_id", "n"]], expected)
    assert os.getpid() not in set(made["worker"])
    assert not list(tmp_path.rglob("*.in.parquet"))


@pytest.mark.slow
def test_what_goes_wrong_in_a_worker_is_told(
    tmp_path: Path, local: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(function: str, folder: str, **options: Any) -> list[Path]:
        with cluster.connected(local.scheduler_address) as there:
            return run_partitions(
                function, test_scale.some(8), tmp_path / folder, size=4, elsewhere=there, **options
            )

    with pytest.raises(PartitionFailed, match="no such thing as a talk"):
        run("test_scale:fails", "bug")
    with pytest.raises(ScaleError, match=r"a worker cannot do .*no_such_module"):
        run("no_such_module:words", "absent")
    parts = run("test_scale:dies_once", "dies", shared=str(tmp_path))
    assert (tmp_path / "died").exists()
    assert sum(len(pd.read_parquet(p / "words.parquet")) for p in parts) == 8
    assert run("test_scale:dies_once", "dies", shared=str(tmp_path)) == parts  # nothing to do
    monkeypatch.setattr(cluster, "code_hash", lambda: "other")
    with pytest.raises(ScaleError, match="another version of this package"):
        run("test_scale:words", "old")


@pytest.mark.slow
def test_a_scheduler_that_goes_away_half_way_is_told(
    tmp_path: Path, distributed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = tmp_path / "scheduler.json"
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), str(Path(__file__).parent)]))

    def started(what: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--no-dashboard"]
        command += ["--scheduler-file", str(written), *options]
        quiet = subprocess.DEVNULL
        process = stack.enter_context(subprocess.Popen(command, stdout=quiet, stderr=quiet))
        stack.callback(process.kill)
        return process

    with ExitStack() as stack:
        scheduler = started("scheduler", "--host", "127.0.0.1", "--port", "0")
        while not written.exists() or not written.read_text():
            time.sleep(0.1)
        there = stack.enter_context(cluster.connected(scheduler_file=str(written)))
        options: Any = {"shared": scheduler.pid, "size": 1, "elsewhere": there}
        monkeypatch.setattr(cluster, "FIRST", 0.2)
        with pytest.raises(ScaleError, match="no workers"):
            run_partitions(f"{HERE}:ends", test_scale.some(2), tmp_path, **options)
        monkeypatch.setattr(cluster, "FIRST", 60)
        monkeypatch.setattr(cluster, "PATIENCE", 0.5)
        started("worker", "--no-nanny", "--nthreads", "1")
        with pytest.raises(ScaleError, match=r"scheduler .* is gone: .*kept"):
            run_partitions(f"{HERE}:ends", test_scale.some(2), tmp_path, **options)

"""Object stores: read and written by address; what a store has lost is named, and fetched again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from helpers import cache, stores
from helpers.__main__ import cli
from helpers.stores import StoreError

TEXTS = {
    "kites/a.txt": "Envoy leaves\n\nAnn Orr left Norway on Monday. “It is over,” Orr said.\n",
    "wrens/b.txt": "Talks end\n\nOrr said the talks with Norway had failed.\n",
    "story.toml": 'title = "Talks"\n',
}


def run(*arguments: object) -> Any:
    return CliRunner().invoke(cli, [*map(str, arguments)])


def refused(told: str, *arguments: object) -> None:
    done = run(*arguments)
    assert done.exit_code == 2, done.output
    assert told in done.output
    assert len(done.output.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check", "hdfs://kites/articles"], "an address of a kind that is not known"),
        (["tables", "us-iran-2019", "--output", "https://kites.example/out"], "not known"),
        (["report", "ftp://kites.example/articles"], "not known"),
        (["actors", "us-iran-2019", "--output", "gs://kites/actors.csv"], "an address"),
        (["actors", "s3://kites/articles"], "an address"),
        (["check", "file://kites/articles"], "names another machine"),
    ],
)
def test_what_is_no_store_is_one_line(arguments: list[str], told: str) -> None:
    refused(told, *arguments)


@pytest.mark.parametrize("command", [["check", "s3://kites/a"], ["report", "s3://kites/a"]])
def test_without_the_package_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    for name in ("fsspec", "fsspec.core"):
        monkeypatch.setitem(sys.modules, name, None)
    refused("pip install s3fs", *command)


def test_a_file_address_is_a_path(tmp_path: Path) -> None:
    (tmp_path / "a b.txt").write_text("Talks\n\nThe talks end.\n")
    assert "Talks" in run("check", (tmp_path / "a b.txt").as_uri()).stdout
    assert "Talks" in run("check", tmp_path.as_uri()).stdout


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """A store in memory, in the place of a real one, with a folder of articles; and a cache."""
    memory = pytest.importorskip("fsspec", reason="fsspec is not installed (extra `s3`)")
    made = memory.filesystem("memory", use_listings_cache=False, skip_instance_cache=True)
    monkeypatch.setitem(stores.KINDS, "memory", "fsspec")
    monkeypatch.setenv("PARALLAX_CACHE", str(tmp_path / "cache"))
    for name, text in TEXTS.items():
        made.pipe_file(f"/bucket/talks/{name}", text.encode())
    yield made
    made.store.clear()
    made.pseudo_dirs[:] = [""]


def held(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_a_folder_is_copied_with_all_below_it_and_goes_when_all_is_well(store: Any) -> None:
    with stores.near("memory://bucket/talks/") as here:
        assert Path(here).name == "talks"
        assert held(Path(here)) == {name: text.encode() for name, text in TEXTS.items()}
        assert cache.size() > 0
    assert cache.size() == 0


def test_a_table_comes_with_the_settings_beside_it(store: Any) -> None:
    store.pipe_file("/bucket/talks/articles/all.csv", b"text,outlet\nThe talks end.,Kite\n")
    store.pipe_file("/bucket/talks/codes/x.csv", b"a\n")
    with stores.near("memory://bucket/talks/articles/all.csv") as here:
        assert Path(here).read_bytes().startswith(b"text,")
        assert {*held(Path(here).parent.parent)} == {
            "articles/all.csv", "story.toml", "codes/x.csv"
        }  # fmt: skip


def test_what_is_lost_on_the_way_is_named_and_copied_by_the_next_run(
    store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    get = type(store).get_file

    def forgets(self: Any, path: str, *rest: Any, **named: Any) -> None:
        asked.append(path.rpartition("/")[2])
        if path.endswith("b.txt"):
            raise FileNotFoundError(path)
        get(self, path, *rest, **named)

    with monkeypatch.context() as forgetful:
        forgetful.setattr(type(store), "get_file", forgets)
        with pytest.raises(StoreError, match=r"1 of 3 files were not copied, wrens/b.txt first"):
            stores.near("memory://bucket/talks").__enter__()
    asked.clear()
    store.pipe_file("/bucket/talks/kites/a.txt", b"Other\n\nThe talks went on for days.\n")
    monkeypatch.setattr(type(store), "get_file", lambda *a, **k: asked.append(a[1]) or get(*a, **k))
    with stores.near("memory://bucket/talks") as here:
        assert held(Path(here))["wrens/b.txt"] == TEXTS["wrens/b.txt"].encode()
        assert held(Path(here))["kites/a.txt"].startswith(b"Other")
    assert sorted(p.rpartition("/")[2] for p in asked) == ["a.txt", "b.txt"]


@pytest.mark.parametrize("name", ["../up.txt", "a/../../up.txt", "a//b.txt", "./c.txt", "d\\e.txt"])
def test_a_name_that_leads_elsewhere_is_refused(store: Any, name: str) -> None:
    store.store[f"/bucket/talks/{name}"] = store.store["/bucket/talks/story.toml"]
    with pytest.raises(StoreError, match="whose name no file"):
        stores.near("memory://bucket/talks").__enter__()


def test_nothing_there_is_one_line(store: Any) -> None:
    refused("there is nothing at memory://bucket/none", "check", "memory://bucket/none")
    assert cache.size() == 0


def test_output_is_sent_whole_and_says_so_last(store: Any) -> None:
    store.pipe_file("/bucket/out/old.csv", b"old")
    store.pipe_file("/bucket/out/else.txt", b"not ours")
    with stores.place("memory://bucket/out", ["a.csv", "old.csv"]) as folder:
        (folder / "tables").mkdir(parents=True)
        (folder / "a.csv").write_text("a\n")
        (folder / "tables" / "b.csv").write_text("b\n")
    found = {p.removeprefix("/bucket/out/") for p in store.find("/bucket/out")}
    assert found == {"a.csv", "tables/b.csv", "else.txt", "_SUCCESS"}
    assert cache.size() == 0


def test_a_store_that_forgets_is_told_of_and_sent_the_rest(
    store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    put = type(store).put_file

    def forgets(self: Any, source: str, target: str, *rest: Any, **named: Any) -> None:
        sent.append(target.rpartition("/")[2])
        if not (target.endswith("b.csv") and len(sent) < 4):
            put(self, source, target, *rest, **named)

    monkeypatch.setattr(type(store), "put_file", forgets)
    store.pipe_file("/bucket/out/_SUCCESS", b"")

    def made() -> None:
        with stores.place("memory://bucket/out", []) as folder:
            folder.mkdir(parents=True, exist_ok=True)
            for name in "abc":
                (folder / f"{name}.csv").write_text(f"{name}\n")

    with pytest.raises(StoreError, match=r"1 of 3 files are missing there, b.csv first.*run the"):
        made()
    assert not store.exists("/bucket/out/_SUCCESS")
    made()
    assert sorted(sent) == ["a.csv", "b.csv", "b.csv", "c.csv"]
    assert store.exists("/bucket/out/_SUCCESS")


@pytest.mark.slow
def test_a_real_store_gives_and_takes_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through s3fs against a server of this machine that speaks as Amazon's store does."""
    absent = "not installed (requirements-dev.txt says how)"
    server = pytest.importorskip("moto.server", reason=f"moto is {absent}")
    s3fs = pytest.importorskip("s3fs", reason=f"s3fs is {absent}")
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    try:
        host, port = running.get_host_and_port()
        for name, value in {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "any",
            "AWS_SECRET_ACCESS_KEY": "any", "AWS_DEFAULT_REGION": "us-east-1",
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        plain = tmp_path / "talks"
        for name, text in TEXTS.items():
            (plain / name).parent.mkdir(parents=True, exist_ok=True)
            (plain / name).write_text(text, encoding="utf-8")
        there = s3fs.S3FileSystem(use_listings_cache=False)
        there.mkdir("bucket")
        there.put(str(plain), "bucket/talks", recursive=True)
        assert run("tables", plain, "--output", tmp_path / "out").exit_code == 0
        done = run("tables", "s3://bucket/talks", "--output", "s3://bucket/out")
        assert done.exit_code == 0, done.output
        there.get("bucket/out", str(tmp_path / "back"), recursive=True)
        back = held(tmp_path / "back")
        assert back.pop("_SUCCESS") == b""
        assert back == held(tmp_path / "out")
        refused("nothing at s3://bucket/no", "check", "s3://bucket/no")
    finally:
        running.stop()

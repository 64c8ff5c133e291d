"""The day on which a file was committed: told only where it vouches for what is read."""

import os
import shutil
import subprocess

import pytest

from helpers.committed import commit_date

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="no git here")
SAYS = "title = 'Ferry'\n"


def git(folder, *asked, day="2023-04-05"):
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    when = {f"GIT_{who}_DATE": f"{day}T23:30:00+1100" for who in ("AUTHOR", "COMMITTER")}
    named = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    subprocess.run(["git", "-C", folder, *named, *asked], check=True, env=own | when)


@pytest.fixture
def kept(tmp_path):
    """A story inside a work tree, committed once, another file after it."""
    file = tmp_path / "ferry" / "story.toml"
    file.parent.mkdir()
    file.write_text(SAYS, encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "Ask")
    (tmp_path / "later.txt").write_text("later", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "Later", day="2024-01-02")
    return file


def test_the_day_of_the_last_change_is_the_committers_own(kept):
    assert commit_date(kept) == "2023-04-05"
    kept.write_bytes(SAYS.replace("\n", "\r\n").encode())  # as git checks out on Windows
    assert commit_date(kept) == "2023-04-05"


def test_nothing_is_told_of_what_no_commit_holds(kept, tmp_path_factory, monkeypatch):
    other = kept.with_name("new.toml")
    other.write_text("new", encoding="utf-8")
    kept.write_text(SAYS + "outlets = []\n", encoding="utf-8")
    outside = tmp_path_factory.mktemp("outside") / "story.toml"
    outside.write_text(SAYS, encoding="utf-8")
    for file in (other, kept, outside, kept.parent / "none.toml"):
        assert commit_date(file) == ""
    kept.write_text(SAYS, encoding="utf-8")
    monkeypatch.setenv("PATH", "")
    assert commit_date(kept) == ""


def test_a_strangers_repository_starts_nothing(kept, tmp_path):
    """Its settings name programs for signatures, pages and transports; none is started."""
    ran = tmp_path / "ran"
    program = tmp_path / "program.sh"
    program.write_text(f"#!/bin/sh\ntouch '{ran}'\n", encoding="utf-8")
    program.chmod(0o755)
    for name, value in {
        "log.showSignature": "true", "gpg.program": program, "core.pager": program,
        "core.fsmonitor": program, "core.sshCommand": program, "diff.external": program,
        "filter.x.clean": program, "filter.x.process": program, "extensions.partialClone": "o",
        "remote.o.promisor": "true", "remote.o.url": f"ext::{program}",
        "protocol.ext.allow": "always", "core.repositoryFormatVersion": "1",
    }.items():  # fmt: skip
        git(tmp_path, "config", name, str(value))
    (tmp_path / ".gitattributes").write_text("* filter=x diff=x\n", encoding="utf-8")
    ran.unlink(missing_ok=True)  # what the set-up itself has started
    assert commit_date(kept) == "2023-04-05"
    for blob in (tmp_path / ".git" / "objects").glob("??/*"):  # as in a partial clone
        blob.unlink()
    assert commit_date(kept) == ""
    assert not ran.exists()

"""What many tests share: a maker of story folders, and the reference corpora where they are."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Generator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
# nbval starts kernels in the notebook's folder; they find helpers/ by its editable install, and
# a bare `pytest` in a checkout that was never installed finds it by this.
os.environ["PYTHONPATH"] = os.pathsep.join(
    [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
)

os.environ["PARALLAX_PROGRESS"] = "0"  # a slow machine must print no other notebooks

# What is slow to make is kept for this run's notebooks alone, and never in the user's own folder;
# tests make everything anew.
_KEPT = tempfile.TemporaryDirectory(prefix="parallax-")
os.environ["PARALLAX_CACHE"] = _KEPT.name

sys.path.append(str(ROOT / "benchmarks"))  # the benchmarks' scorers are tested too

# The suite gives one answer for one commit; PARALLAX_FUZZ=1 looks for new examples instead.
settings.register_profile("same", derandomize=True)
settings.register_profile("new", derandomize=False)
settings.load_profile("new" if os.environ.get("PARALLAX_FUZZ") else "same")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Tests read sentiment by the fast model, notebooks (for which this runs, too) as they do."""
    if item.path.suffix == ".ipynb":
        return (yield)
    chosen = os.environ.get("PARALLAX_SENTIMENT", "linear")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_SENTIMENT", chosen)
        patch.setenv("PARALLAX_CACHE", "")
        return (yield)


MakeStory = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def make_story(tmp_path: Path) -> MakeStory:
    """A function that writes files, given by their path, into a new folder."""

    def make(files: Mapping[str, str | bytes]) -> Path:
        folder = tmp_path / "story"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return make


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference corpora beside the checkout (or where PARALLAX_SHARED says)."""
    place = Path(os.environ.get("PARALLAX_SHARED", ROOT.parent / "shared"))
    if not place.is_dir():
        pytest.skip("the reference corpora are not here; PARALLAX_SHARED can say where they are")
    return place

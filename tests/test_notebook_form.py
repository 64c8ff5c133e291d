"""Notebooks keep their bytes: in JavaScript's hands, when JupyterLab saves them, when executed."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import lab
from helpers.display import reading, table
from helpers.notebook_form import PLOTLY, as_javascript, renumber, tidy
from helpers.paths import NOTEBOOKS, ROOT

FILES = sorted(NOTEBOOKS.glob("*.ipynb"))
NODE = shutil.which("node")


def javascript(text: str) -> Any:
    """JSON as it comes out of JavaScript: one kind of number, of which the whole ones are plain."""

    def number(digits: str) -> float:
        value = float(digits)
        whole = value.is_integer() and abs(value) < 1e21
        return int(f"{value:.0f}") if whole and abs(value) < 2**53 else value

    return json.loads(text, parse_int=number, parse_float=number, parse_constant=pytest.fail)


def text_of(notebook: Any) -> str:
    return str(nbformat.writes(nbformat.from_dict(notebook))) + "\n"


def as_jupyterlab_holds(text: str) -> dict[str, Any]:
    """A notebook after Restart & Run All: what JupyterLab 4 adds, as seen in a browser."""
    notebook = javascript(text)
    notebook["metadata"]["kernelspec"]["display_name"] = "Python 3.99 (of this machine)"
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.99.1"}
    for cell in notebook["cells"]:
        cell["metadata"]["execution"] = {"iopub.status.busy": "2026-01-01T00:00:00.000Z"}
        for output in cell.get("outputs", ()):
            if PLOTLY in output.get("data", {}):
                output["data"]["image/png"] = "iVBORw0KGgo=\n"
    return dict(notebook)


# -- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (5.0, "5"), (-0.0, "0"), (0.1, "0.1"), (1e16, "10000000000000000"), (1e21, "1e+21"),
        (123456789012345678901, "123456789012345680000"), (2**53 + 1, "9007199254740992"),
        (1e-05, "1e-05"), (True, "true"), (None, "null"), (math.inf, "null"), (math.nan, "null"),
        ({1: [(2.0,)]}, '{"1": [[2]]}'),
    ],
)  # fmt: skip
def test_numbers_are_written_as_they_come_back(value: Any, kept: str) -> None:
    assert json.dumps(as_javascript(value)) == kept


def test_what_is_shown_is_already_in_that_form() -> None:
    import pandas as pd

    from helpers import charts

    frame = pd.DataFrame({"outlet": ["Wire", "Post"], "n": [2.0, 3.0], "share": [0.5, 1.0]})
    shown = [
        charts.ranked_bars(frame, charts.Columns("outlet", "n"), charts.Look("Articles.")),
        table(frame, caption="Counts."),
        reading("Two outlets."),
    ]
    for item in shown:
        kept = json.dumps(item._repr_mimebundle_())
        assert kept == json.dumps(javascript(kept)), item


@pytest.mark.skipif(NODE is None, reason="node is not installed")
def test_the_same_numbers_in_a_javascript_engine() -> None:
    values = [0.1 * i for i in range(40)] + [10.0**e for e in range(-30, 30)]
    values += [-v for v in values] + [2.0**e + 1 for e in range(90)] + [1 / 3, 1e-7, 5e-324]
    ours = json.dumps(as_javascript(values))
    program = "console.log(JSON.stringify(JSON.parse(require('fs').readFileSync(0,'utf8'))))"
    done = subprocess.run(
        [str(NODE), "-e", program], input=ours, capture_output=True, text=True, check=True
    )
    assert json.dumps(json.loads(done.stdout)) == ours


@given(st.floats() | st.integers())
def test_a_second_time_changes_nothing(value: Any) -> None:
    once = as_javascript(value)
    assert json.dumps(as_javascript(once)) == json.dumps(once)


# -- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
class TestCommitted:
    def test_javascript_leaves_every_byte(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert text_of(javascript(text)) == text

    def test_run_and_saved_in_jupyterlab_it_has_the_same_bytes(
        self, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from jupyter_server.services.contents.largefilemanager import LargeFileManager

        monkeypatch.setattr(lab, "NOTEBOOKS", tmp_path / "notebooks")
        (tmp_path / "notebooks").mkdir()
        manager = LargeFileManager(root_dir=str(tmp_path))
        manager.register_pre_save_hook(lab.put_in_order)
        text = path.read_text(encoding="utf-8")
        for folder in ("notebooks/", ""):
            content = as_jupyterlab_holds(text)
            model = {"type": "notebook", "format": "json", "content": content}
            manager.save(model, f"{folder}{path.name}")
        assert (tmp_path / "notebooks" / path.name).read_text(encoding="utf-8") == text
        assert "3.99.1" in (tmp_path / path.name).read_text(encoding="utf-8"), "not one of ours"

    def test_a_tidy_notebook_stays_as_it_is(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        notebook = json.loads(text)
        tidy(notebook)
        renumber(notebook)
        assert text_of(notebook) == text


def test_tidying_keeps_what_somebody_chose() -> None:
    chosen = {"tags": ["parameters"], "collapsed": True}
    picture = {"output_type": "display_data", "data": {"image/png": "x"}, "metadata": {}}
    cell = {
        "cell_type": "code", "metadata": {**chosen, "execution": {}}, "execution_count": 7,
        "outputs": [picture], "source": "draw()",
    }  # fmt: skip
    notebook: dict[str, Any] = {"cells": [cell], "metadata": {"widgets": {}, "title": "Mine"}}
    tidy(notebook)
    assert cell["metadata"] == chosen
    assert cell["execution_count"] == 7, "in which order cells ran is not ours to say"
    assert picture["data"] == {"image/png": "x"}, "a picture that is no chart's"
    assert notebook["metadata"].keys() == {"kernelspec", "language_info", "title"}


def test_jupyter_finds_our_extension_in_an_environment(tmp_path: Path) -> None:
    from jupyter_server.extension.config import ExtensionConfigManager
    from jupyterlab_server.config import get_federated_extensions
    from jupyterlab_server.settings_utils import _get_overrides

    lab.install(tmp_path)
    lab.install(tmp_path)
    found = ExtensionConfigManager(read_config_path=[str(tmp_path / "etc" / "jupyter")])
    assert found.get_jpserver_extensions() == {"helpers.lab": True}
    assert lab._jupyter_server_extension_points() == [{"module": "helpers.lab"}]
    overrides, error = _get_overrides(str(tmp_path / "share" / "jupyter" / "lab" / "settings"))
    assert not error
    news = overrides["@jupyterlab/apputils-extension:notification"]
    assert news == {"fetchNews": "false", "checkForUpdates": False}
    (tables,) = get_federated_extensions([str(tmp_path / "share/jupyter/labextensions")]).values()
    assert Path(tables["ext_path"], tables["jupyterlab"]["_build"]["load"]).is_file()


@pytest.mark.slow
def test_executed_they_are_what_is_committed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from helpers.report import execute_notebooks

    monkeypatch.delenv("PARALLAX_SENTIMENT")  # notebooks read by the model that size chooses
    some = FILES[3::3]  # nbval runs all of them; to the last byte these are enough
    execute_notebooks(some, output=tmp_path)
    stale = [f.name for f in some if (tmp_path / f.name).read_bytes() != f.read_bytes()]
    assert not stale, f"run: python -m helpers notebooks (in {ROOT})"

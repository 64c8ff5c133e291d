"""Notebooks run in one kernel, apart from each other, and come out the same each time."""

import json
import signal
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers.report import NotebookFailed, execute_notebooks
from helpers.report.execute import INJECTED, inject

PARAMETERS = {"tags": ["parameters"]}


def _write(folder, name, *sources, tags=None):
    cells = [
        new_code_cell(s, id=f"cell-{i}", metadata=dict(tags or {}) if i == 0 else {})
        for i, s in enumerate(sources)
    ]
    nbformat.write(new_notebook(cells=[new_markdown_cell("# T", id="t"), *cells]), folder / name)
    return folder / name


def _outputs(notebook):
    outputs = [o for c in notebook.cells for o in c.get("outputs", ())]
    return [o.get("text") or o["data"]["text/plain"] for o in outputs]


@pytest.mark.slow
def test_parameters_reset_counts_and_bytes(tmp_path):
    one = _write(
        tmp_path, "01-a.ipynb", 'STORY = "default"', "STORY", "x = 5", "print(1)\nprint(2)",
        "import os; hash('a'), os.environ['PYTHONHASHSEED']", tags=PARAMETERS,
    )  # fmt: skip
    two = _write(tmp_path, "02-b.ipynb", "'x' in globals(), 'STORY' in globals()")
    first = execute_notebooks([one, two], parameters={"STORY": "it's"}, output=tmp_path / "out")
    assert _outputs(first[0])[:2] == ['"it\'s"', "1\n2\n"]
    assert _outputs(first[1]) == ["(False, True)"]
    counts = [c.execution_count for c in first[0].cells if c.cell_type == "code"]
    assert counts == [1, 2, 3, 4, 5, 6]
    assert first[1].cells[-1].execution_count == 2
    written = (tmp_path / "out" / "01-a.ipynb").read_bytes()
    again = execute_notebooks([one, two], parameters={"STORY": "it's"}, output=tmp_path / "out")
    assert (tmp_path / "out" / "01-a.ipynb").read_bytes() == written
    assert again == first
    saved = json.loads(written)
    assert saved["metadata"]["language_info"]["name"] == "python"
    assert "version" not in saved["metadata"]["language_info"]
    assert not any("execution" in c["metadata"] for c in saved["cells"])
    assert "injected" not in one.read_text(), "the notebook itself is not changed"


@pytest.mark.slow
def test_a_failing_cell_is_named(tmp_path):
    bad = _write(tmp_path, "03-bad.ipynb", "y = 1", "\nraise ValueError('no articles')")
    with pytest.raises(NotebookFailed) as caught:
        execute_notebooks([bad])
    words = str(caught.value)
    assert "03-bad.ipynb, code cell 2 (cell-1): ValueError: no articles" in words
    assert "raise ValueError('no articles')" in words
    assert "\x1b" not in words


@pytest.mark.skipif(sys.platform == "win32", reason="processes send no such signal there")
def test_ctrl_c_in_a_cell_reaches_whoever_listens(tmp_path):
    def answer(*_):
        raise KeyboardInterrupt("ours")

    before = signal.signal(signal.SIGINT, answer)
    press = "import os, signal, time\nos.kill(os.getppid(), signal.SIGINT)\ntime.sleep(60)"
    try:
        with pytest.raises(KeyboardInterrupt, match="ours"):
            execute_notebooks([_write(tmp_path, "a", press)])
        assert signal.getsignal(signal.SIGINT) is answer
    finally:
        signal.signal(signal.SIGINT, before)


def test_what_is_no_notebook_is_named(tmp_path):
    (tmp_path / "x.ipynb").write_text("{")
    with pytest.raises(NotebookFailed, match=r"x\.ipynb cannot be read as a notebook"):
        execute_notebooks([tmp_path / "x.ipynb"])
    assert execute_notebooks([]) == []


def test_injection_follows_the_tagged_cell_and_happens_once():
    cells = [new_markdown_cell("# T"), new_code_cell("import a"),
             new_code_cell("STORY = 1", metadata=PARAMETERS), new_code_cell("STORY")]  # fmt: skip
    notebook = new_notebook(cells=cells)
    inject(notebook, {"STORY": "a'b"})
    inject(notebook, {"STORY": "c"})
    assert [c.source for c in notebook.cells] == [
        "# T", "import a", "STORY = 1", "STORY = 'c'", "STORY",
    ]  # fmt: skip
    assert notebook.cells[3].id == INJECTED
    bare = new_notebook(cells=[new_markdown_cell("# T"), new_code_cell("x")])
    inject(bare, {"STORY": "c"})
    assert [c.source for c in bare.cells] == ["# T", "STORY = 'c'", "x"]


def test_nbconvert_exports_one_notebook(tmp_path):
    from helpers.report.exporter import ParallaxExporter

    path = _write(tmp_path, "04-quotes.ipynb", "1 + 1")
    text, resources = ParallaxExporter().from_filename(str(path))
    assert resources["output_extension"] == ".html"
    assert "<h1>T</h1>" in text
    assert "1 + 1" in text

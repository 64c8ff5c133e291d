"""``jupyter nbconvert --to parallax``: one notebook as one page, charts included, offline."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import helpers.startup  # noqa: F401  # isort: skip  (before nbconvert brings nbformat)
import nbformat
from nbconvert.exporters import Exporter

from helpers.report.outputs import known
from helpers.report.page import render_notebook

if TYPE_CHECKING:
    from nbformat import NotebookNode


class ParallaxExporter(Exporter):
    """The notebook as the report draws its chapter; outputs are read, nothing is executed."""

    export_from_notebook = "Parallax page"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_file(
        self, file_stream: Any, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """The page of a notebook's file; of one that is not valid, what is of known form."""
        text = file_stream.read()
        given = json.loads(text)
        if isinstance(given, dict) and given.get("nbformat") == 4:
            notebook = known(nbformat.from_dict(given))
        else:
            notebook = nbformat.reads(text, as_version=4)
        return self.from_notebook_node(notebook, resources=resources, **kw)

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """The page, and nbconvert's resources."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        name = resources.get("metadata", {}).get("name") or "notebook"
        notebook.metadata["parallax"] = {"notebook": str(name)}
        return render_notebook(notebook), resources

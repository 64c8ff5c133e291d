"""The briefing: notebooks executed, then one HTML page that works from disk.

=========================  ==================================================================
`execute_notebooks`        run notebooks in one kernel, reset between them, parameters set
`render`                   executed notebooks + tables → the briefing, one HTML file as text
`render_notebook`          one executed notebook → one page (also `jupyter nbconvert --to parallax`)
=========================  ==================================================================
"""

from helpers.report.execute import NotebookFailed, execute_notebooks
from helpers.report.page import render, render_notebook

__all__ = ["NotebookFailed", "execute_notebooks", "render", "render_notebook"]

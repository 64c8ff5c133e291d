"""The briefing: notebooks executed, then two HTML pages that work from disk.

=========================  ==================================================================
`execute_notebooks`        run notebooks in one kernel, reset between them, parameters set
`pages`                    executed notebooks + tables → briefing and methods, as HTML text
`render_notebook`          one executed notebook → one page (also `jupyter nbconvert --to parallax`)
=========================  ==================================================================
"""

from helpers.report.execute import NotebookFailed, execute_notebooks
from helpers.report.page import BRIEFING, METHOD, pages, render_notebook

__all__ = [
    "BRIEFING",
    "METHOD",
    "NotebookFailed",
    "execute_notebooks",
    "pages",
    "render_notebook",
]

"""The briefing: notebooks executed, then two HTML pages that work from disk.

=========================  ==================================================================
`execute_notebooks`        run notebooks in one kernel, reset between them, parameters set
`briefing_docx`            executed notebooks → the briefing as a Word file
`method_paragraph`         what was read and counted, in a paragraph for a paper
`Redactor`                 outputs and tables with hashes in the place of text
`pages`                    executed notebooks + tables → briefing and methods, as HTML text
`render_notebook`          one executed notebook → one page (also `jupyter nbconvert --to parallax`)
=========================  ==================================================================
"""

from helpers.report.execute import NotebookFailed, execute_notebooks
from helpers.report.page import BRIEFING, METHOD, briefing_docx, pages, render_notebook
from helpers.report.paragraph import method_paragraph
from helpers.report.redact import Redactor

__all__ = [
    "BRIEFING",
    "METHOD",
    "NotebookFailed",
    "Redactor",
    "briefing_docx",
    "execute_notebooks",
    "method_paragraph",
    "pages",
    "render_notebook",
]

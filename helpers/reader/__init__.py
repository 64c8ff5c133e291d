"""The reader: articles with their quotations, mentions and evaluation marked.

==========  ==================================================================================
`marks`     what is marked in each article, as numbers
`records`   all that is drawn of each article, plain JSON
`read`      one article, or several beside each other, as notebooks show them
`about`     the title block of an article, as HTML
`article`   its text with its marks, as HTML
==========  ==================================================================================

The same functions draw the articles at the end of a briefing.
"""

from helpers.reader.marks import Marks, marks
from helpers.reader.show import STYLE, about, article, read, reader, records, switches
from helpers.reader.web import web_address

__all__ = [
    "STYLE",
    "Marks",
    "about",
    "article",
    "marks",
    "read",
    "reader",
    "records",
    "switches",
    "web_address",
]

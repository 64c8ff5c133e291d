"""How an article is laid out: its paragraphs, their parts, and what is set aside as boilerplate.

Set aside is what a page carries beside the reporting: links to other articles, calls to subscribe,
captions, credits, notes about authors. It is found by its wording and shape
(``data/lexicons/en/boilerplate.csv``) and by what an outlet prints again and again (`Repeated`).
Nothing is dropped: every span keeps its place and the rule that set it aside.
"""

from __future__ import annotations

from helpers.layout.paragraphs import paragraphs, trim
from helpers.layout.parts import Laid, Piece, laid_out
from helpers.layout.patterns import blanked, spread
from helpers.layout.repeated import Repeated, repeated

__all__ = [
    "Laid",
    "Piece",
    "Repeated",
    "blanked",
    "laid_out",
    "paragraphs",
    "repeated",
    "spread",
    "trim",
]

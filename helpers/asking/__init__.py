"""Questions at the keyboard: a part of a story, a word in its contexts, a table with its outlets.

A `Story` has these as methods (`Askable`); the rooms that make tables know nothing of them.
"""

from helpers.asking.askable import Askable
from helpers.asking.selection import Selection, SelectionError

__all__ = ["Askable", "Selection", "SelectionError"]

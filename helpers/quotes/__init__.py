"""Who said what: quotations and reported speech, their sources, and whose words a span is in."""

from helpers.quotes.table import find_quotes
from helpers.quotes.voice import add_voice

__all__ = ["add_voice", "find_quotes"]

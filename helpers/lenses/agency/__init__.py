"""Agency: what each actor is shown doing, and what is done to it."""

from helpers.lenses.agency import show, takeaways
from helpers.lenses.agency.blaming import blame
from helpers.lenses.agency.method import agency

__all__ = [
    "agency",
    "blame",
    "show",
    "takeaways",
]

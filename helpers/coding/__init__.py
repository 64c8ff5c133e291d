"""The human check: a blind sample to code, the codes read back, and numbers corrected by them.

`draw` draws the items, `write_sheets` writes them as pages that work offline, `read_codes` reads
what was coded, `accuracy`, `agreement` and `corrected` say what follows from it.
"""

from helpers.coding import takeaways
from helpers.coding.codes import Codes, read_codes
from helpers.coding.corrections import checked, corrected
from helpers.coding.questions import LENSES, CodingError
from helpers.coding.results import (
    accuracy,
    agreement,
    as_codes,
    coded,
    disagreements,
    errors,
    held,
)
from helpers.coding.sample import draw
from helpers.coding.sheet import write_sheets

__all__ = [
    "LENSES",
    "Codes",
    "CodingError",
    "accuracy",
    "agreement",
    "as_codes",
    "checked",
    "coded",
    "corrected",
    "disagreements",
    "draw",
    "errors",
    "held",
    "read_codes",
    "takeaways",
    "write_sheets",
]

"""The human check: a blind sample to code, the codes read back, and numbers corrected by them.

`draw` draws the items, `write_sheets` writes them as pages that work offline, `read_codes` reads
what was coded, `accuracy`, `agreement` and `corrected` say what follows from it.
"""

from helpers.coding import takeaways
from helpers.coding.codes import Codes, read_codes, read_sample
from helpers.coding.corrections import checked, corrected, plan
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
from helpers.coding.sample import draw, draw_further
from helpers.coding.sheet import write_sheets
from helpers.coding.turns import write_further, write_to_decide

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
    "draw_further",
    "errors",
    "held",
    "plan",
    "read_codes",
    "read_sample",
    "takeaways",
    "write_further",
    "write_sheets",
    "write_to_decide",
]

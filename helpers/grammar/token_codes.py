"""The words of a token table as whole numbers, worked out once for all lenses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.made import made_of_tables
from helpers.schema import needs

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class TokenCodes:
    """A token table in numbers: what every token is and in which article it stands."""

    raw: Ints
    """Spelling number of each token, into `spellings`."""
    spellings: list[str]
    code: Ints
    """Number of each token's form in lower case (with straight apostrophes), into `lowered`."""
    lowered: list[str]
    doc: Ints
    """Article number of each token, into `doc_ids`."""
    doc_ids: list[str]


@made_of_tables
def token_codes(tokens: pd.DataFrame) -> TokenCodes:
    """The forms of `tokens`."""
    needs(tokens, "doc_id", "text", table="tokens")
    raw, spelled = _numbers(tokens["text"])
    small = [text.lower().replace("’", "'") for text in spelled]
    number: dict[str, int] = {}
    lower = np.array([number.setdefault(form, len(number)) for form in small], dtype=np.int64)
    doc, doc_ids = _numbers(tokens["doc_id"])
    code = lower[raw] if len(raw) else raw
    return TokenCodes(raw, spelled, code, list(number), doc, doc_ids)


def doc_numbers(rows: pd.DataFrame) -> tuple[Ints, list[str]]:
    """Article numbers of the rows, and the articles; from `token_codes` where it has them."""
    known = token_codes.known(rows)
    return _numbers(rows["doc_id"]) if known is None else (known.doc, known.doc_ids)


def _numbers(texts: pd.Series) -> tuple[Ints, list[str]]:
    number, values = pd.factorize(texts)
    return number.astype(np.int64), [str(value) for value in values.tolist()]


def places(wanted: list[str], among: list[str]) -> Ints:
    """Where each of `wanted` stands in `among`, -1 where it does not."""
    at = {value: i for i, value in enumerate(among)}
    return np.array([at.get(value, -1) for value in wanted], dtype=np.int64)

"""How deep sentiment is read: by the encoder, or by the linear model, a hundred times faster.

Which, is decided by the number of words alone, so that the same folder gives the same tables on any
machine. It is asked for with ``--sentiment``, which goes before ``sentiment = "..."`` in
``story.toml``; ``auto`` takes the encoder where it needs a few minutes at most.
"""

from __future__ import annotations

import os
from typing import NamedTuple

from helpers.paths import MODELS
from helpers.settings import DEPTHS

AUTO, ENCODER, LINEAR = DEPTHS
ASKED = "PARALLAX_SENTIMENT"
"""Environment variable: the depth that the command line asks for."""
WEIGHTS = MODELS / "target_encoder" / "encoder.npz"
RATE = 100
"""Targets that the encoder reads in a second (`benchmarks/sentiment.py`, one core)."""
WORDS_A_TARGET = 12
"""Words of an article on each mention of an actor (140,000 and 11,500 in ``us-iran-2019``)."""
MOST_SECONDS = 240


class Depth(NamedTuple):
    """``encoder`` or ``linear``, and the row for `problems` where it is not what was to be had."""

    name: str
    problem: str = ""
    action: str = ""


def seconds(words: int) -> float:
    """How long the encoder needs for articles of so many words, roughly."""
    return words / WORDS_A_TARGET / RATE


def reading_depth(asked: str, words: int) -> Depth:
    """The depth for articles of so many words in all; ``asked`` is one of `DEPTHS`."""
    asked = os.environ.get(ASKED) or asked or AUTO
    there = WEIGHTS.is_file()
    if asked == LINEAR:
        return Depth(LINEAR)
    if not there and asked == ENCODER:
        return Depth(
            LINEAR,
            f"sentiment is to be read by the encoder, and its weights are missing ({WEIGHTS.name})",
            "the linear model is used; restore data/models/target_encoder",
        )
    if there and asked == AUTO and seconds(words) > MOST_SECONDS:
        return Depth(
            LINEAR,
            f"the encoder of sentiment would take about {round(seconds(words) / 60)} minutes for "
            f"{words:,} words",
            "the linear model is used; --sentiment encoder asks for the encoder all the same",
        )
    return Depth(ENCODER if there else LINEAR)

"""A small encoder that reads what a sentence thinks of a target, and what befalls the target.

Trained by ``scripts/train_encoder.py``, run in NumPy alone; data, figures and limits on the card
in ``data/models/target_encoder/``.
"""

from __future__ import annotations

from helpers.lenses.sentiment.encoder.reading import (
    BEFALLS,
    CALIBRATION,
    EVALUATIONS,
    FILE,
    Reading,
    TargetEncoder,
    available,
)

__all__ = [
    "BEFALLS",
    "CALIBRATION",
    "EVALUATIONS",
    "FILE",
    "Reading",
    "TargetEncoder",
    "available",
]

"""How far coders agree (Krippendorff 2004)."""

from __future__ import annotations

import math
from collections import Counter

import pandas as pd


def krippendorff_alpha(codings: pd.DataFrame, *, level: str = "nominal") -> float:
    """Krippendorff's alpha of several coders: one row per item, one column per coder.

    Missing cells are items a coder did not code. `level`: "nominal" or "interval". Missing
    where nobody could disagree (one label only, or no item coded twice). Computed by
    `nltk.metrics.agreement`.

    >>> round(krippendorff_alpha(pd.DataFrame({"a": [1, 1, 0, 0], "b": [1, 1, 0, 1]})), 2)
    0.53
    """
    from nltk.metrics.agreement import AnnotationTask
    from nltk.metrics.distance import binary_distance, interval_distance

    if level not in ("nominal", "interval"):
        raise ValueError(f"level must be 'nominal' or 'interval', not {level!r}")
    triples = [
        (str(coder), item, label)
        for item, row in enumerate(codings.itertuples(index=False, name=None))
        for coder, label in zip(codings.columns, row, strict=True)
        if not pd.isna(label)
    ]
    coders = Counter(item for _, item, _ in triples)
    kept = [triple for triple in triples if coders[triple[1]] > 1]
    if len({label for _, _, label in kept}) < 2:
        return math.nan
    distance = binary_distance if level == "nominal" else interval_distance
    return float(AnnotationTask(data=kept, distance=distance).alpha())

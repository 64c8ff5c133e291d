"""Effect sizes, and each outlet against all others with interval and p-value."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.statistics.contrast import Contrast
from helpers.statistics.permutation import (
    permutation_p,
    permuted_labels,
    relabellings,
)
from helpers.statistics.rules import (
    ALPHA,
    CACHED_CELLS,
    DRAWS,
    LEAST_RELABELLINGS,
    SEED,
    SHARE_SCALES,
    Floats,
    Ratio,
    enough,
    require,
)
from helpers.statistics.student import (
    LIKELY_REACH,
    NORMAL_REACH,
    ONE_WAY_REACH,
    t_of,
    two_sided,
    z_of,
)
from helpers.statistics.tails import tails_of

FIRST_LOOK = 400
"""Permutations after which the search ends where nothing can come of it."""
HOPELESS = 0.1
"""p of the best comparison, corrected for all of them, at the first look that ends it: tails of few
permutations are rough."""


def difference_table(
    units: pd.DataFrame,
    ratio: Ratio,
    *,
    group: str = "outlet",
    by: Sequence[str] = (),
    strata: str | None = None,
    least: float = 0.0,
    seen: float = 0.0,
    families: int = 1,
    of: str | None = None,
    towards: int = 0,
    draws: int = DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """One row per group of `by` × outlet: its ratio against that of all other outlets together.

    `units` holds one or more rows per article (doc_id). Columns: `by`, `group`, value, reference,
    difference, low, high, n_target, n_reference, total_target, total_reference, articles_target,
    articles_reference, size, p_value, q_value, could_show, descriptive.

    `difference` is taken inside `strata` (`contrast`), value and reference are not. `size` is the
    difference over its standard error, as a value of a normal distribution. `p_value` permutes
    outlets within `strata`. `q_value` allows for all rows of the answer by the rarest size of each
    permutation (`tails`) and for `families` such answers; it is never below what Student's t gives
    for the row alone. `low` and `high` are the interval that belongs to it: without zero exactly
    where q_value is at most the level. `could_show` is the smallest difference that would have been
    found `LIKELY` often. With ``of`` one outlet is the only row, and nothing else is allowed for.
    With ``towards`` 1 or -1 all that is asked is whether an outlet has more, or less, than the
    others: tests are one-sided, and intervals open to that side.

    Pairs with less than `least` on a side's denominator or `seen` in both numerators are no rows.
    Fewer than `MIN_ARTICLES` articles on a side give a descriptive row without interval; fewer than
    `LEAST_RELABELLINGS` permutations one without p-value, whose interval is for the row alone.
    """
    keys = [*by, group, "doc_id"]
    aggregated = {ratio.numerator: "sum", ratio.denominator: "sum"}
    aggregated |= {strata: "first"} if strata else {}
    require(units, [*keys, *aggregated])
    sums = units.groupby(keys, sort=True, observed=True).agg(aggregated).reset_index()
    sums = sums[sums[ratio.denominator] > 0].reset_index(drop=True)
    pairs = list(_pairs(sums, ratio, group, by, strata, least, seen, of, towards))
    columns = [*by, group, "value", "reference", "difference", "low", "high", "n_target"]
    columns += ["n_reference", "total_target", "total_reference", "articles_target"]
    columns += ["articles_reference", "size", "p_value", "q_value", "could_show", "descriptive"]
    rows = _judged(pairs, sums, group, strata, families, draws, seed)
    table = pd.DataFrame(rows, columns=columns)
    return table.astype({"descriptive": bool})


@dataclass(frozen=True)
class _Pair:
    """One row of the answer: which articles, which of them are the outlet's."""

    names: dict[Hashable, Any]
    code: int
    """The outlet's, in alphabetical order."""
    rows: npt.NDArray[np.int64]
    mine: npt.NDArray[np.bool_]
    top: Floats
    bottom: Floats
    scale: float
    contrast: Contrast
    tested: bool
    """Whether its sides can be permuted."""
    freedom: float
    towards: int

    @property
    def sides(self) -> tuple[int, int]:
        return int(self.mine.sum()), int((~self.mine).sum())

    def sizes(self, labels: npt.NDArray[np.bool_]) -> Floats:
        return self.contrast.sizes(labels, self.freedom, self.towards)

    def ratio(self, side: npt.NDArray[np.bool_]) -> float:
        return float(self.top[side].sum() / self.bottom[side].sum()) * self.scale

    def bounds(self) -> float:
        """How far two ratios can be apart."""
        shares = (self.top >= 0).all() and (self.top <= self.bottom).all()
        return self.scale if shares and self.scale in SHARE_SCALES else np.inf


def _pairs(
    sums: pd.DataFrame,
    ratio: Ratio,
    group: str,
    by: Sequence[str],
    strata: str | None,
    least: float,
    seen: float,
    of: str | None,
    towards: int,
) -> Iterator[_Pair]:
    outlets = sorted(sums[group].dropna().unique())
    codes = pd.Categorical(sums[group], categories=outlets).codes
    met = sums[strata].to_numpy(dtype=object) if strata else np.zeros(len(sums))
    met = pd.factorize(met, use_na_sentinel=False)[0]
    # an outlet's label can only move to articles of events that it tells of, whoever is in them
    told = [np.unique(met[codes == code]) for code in range(len(outlets))]
    parts = sums.groupby(list(by), sort=True, observed=True) if by else [((), sums)]
    for key, part in parts:
        names = key if isinstance(key, tuple) else (key,)
        top = part[ratio.numerator].to_numpy(float)
        if top.sum() < seen:
            continue
        bottom = part[ratio.denominator].to_numpy(float)
        tellers = codes[part.index.to_numpy()]
        whole = np.zeros(len(part))
        events = met[part.index.to_numpy()]
        inside = Contrast(top, bottom, events, scale=ratio.scale)
        overall = Contrast(top, bottom, whole, scale=ratio.scale)
        for code in np.unique(tellers[tellers >= 0]).tolist():
            mine = tellers == code
            if of not in (None, outlets[code]):
                continue
            if min(bottom[mine].sum(), bottom[~mine].sum()) < least:
                continue
            able = enough(int(mine.sum()), int((~mine).sum()))
            able = able and relabellings(mine, events) >= LEAST_RELABELLINGS
            contrast = overall
            if able:
                contrast = inside.within(np.isin(events, told[code]))
            yield _Pair(
                names=dict(zip(by, names, strict=True)) | {group: outlets[code]},
                code=code,
                rows=part.index.to_numpy(),
                mine=mine,
                top=top,
                bottom=bottom,
                scale=ratio.scale,
                contrast=contrast,
                tested=able,
                freedom=contrast.own_freedom(mine) if 0 < mine.sum() < len(mine) else 1.0,
                towards=towards,
            )


def _judged(
    pairs: Sequence[_Pair],
    sums: pd.DataFrame,
    group: str,
    strata: str | None,
    families: int,
    draws: int,
    seed: int,
) -> list[dict[Hashable, Any]]:
    """The rows of the answer, all tested pairs together."""
    tested = [pair for pair in pairs if pair.tested]
    seen = np.array([float(p.sizes(p.mine[None, :])[0]) for p in tested])
    permuted = _permuted(tested, sums, group, strata, draws, seed, seen)
    tails = tails_of(seen, permuted)
    together = np.minimum(families * tails.p_values(seen), 1.0)
    found = zip(permutation_p(seen, permuted), together, tails.bars(families), strict=True)
    judged = dict(zip(map(id, tested), found, strict=True))
    return [_told(pair, judged.get(id(pair))) for pair in pairs]


def _permuted(
    tested: Sequence[_Pair],
    sums: pd.DataFrame,
    group: str,
    strata: str | None,
    draws: int,
    seed: int,
    seen: Floats,
) -> Floats:
    """Sizes of all tested pairs (columns) under permutations (rows) of the articles' outlets."""
    sizes = np.zeros((0, len(tested)))
    if not tested:
        return sizes
    articles = sums.drop_duplicates(["doc_id", group]).reset_index(drop=True)
    place = pd.Series(articles.index, index=pd.MultiIndex.from_frame(articles[["doc_id", group]]))
    outlets = sorted(sums[group].dropna().unique())
    codes = pd.Categorical(articles[group], categories=outlets).codes.astype(np.int16)
    events = articles[strata].tolist() if strata else None
    labels = permuted_labels(codes, events, draws=draws, seed=seed)
    at = place[pd.MultiIndex.from_frame(sums[["doc_id", group]])].to_numpy()
    height = max(CACHED_CELLS // len(articles), 1)
    for first, last in ((0, FIRST_LOOK), (FIRST_LOOK, draws)):
        part = labels[first:last]
        if not len(part):
            break
        if first and tails_of(seen, sizes).p_values(seen).min() > HOPELESS:
            break
        for start in range(0, len(part), height):  # a large corpus is held a few draws at a time
            drawn = part[start : start + height]
            moved = [p.sizes(drawn[:, at[p.rows]] == p.code) for p in tested]
            sizes = np.concatenate([sizes, np.stack(moved, axis=1)])
    return sizes


def _told(pair: _Pair, judged: tuple[float, float, float] | None) -> dict[Hashable, Any]:
    mine, missing = pair.mine, np.nan
    sides = pair.sides
    value = pair.ratio(mine)
    reference = pair.ratio(~mine) if sides[1] else missing
    row: dict[Hashable, Any] = dict(pair.names) | {
        "value": value,
        "reference": reference,
        "difference": value - reference,
        "low": missing,
        "high": missing,
        "n_target": float(pair.top[mine].sum()),
        "n_reference": float(pair.top[~mine].sum()),
        "total_target": float(pair.bottom[mine].sum()),
        "total_reference": float(pair.bottom[~mine].sum()),
        "articles_target": sides[0],
        "articles_reference": sides[1],
        "size": missing,
        "p_value": missing,
        "q_value": missing,
        "could_show": missing,
        "descriptive": not enough(*sides),
    }
    if not sides[1]:
        return row
    row["size"] = float(pair.sizes(mine[None, :])[0])
    if row["descriptive"]:
        return row
    found = pair.contrast.measured(mine[None, :], pair.freedom)
    difference, error, apart, bare = (float(part[0]) * pair.scale for part in found)
    freedom = pair.contrast.freedom(pair.freedom)
    reach = float(t_of(judged[2] if judged else NORMAL_REACH, freedom))
    ends = np.array([difference - reach * apart, difference + reach * apart])
    if judged:
        sign = pair.towards or (1 if difference > 0 else -1)
        alone = float(z_of(sign * difference / bare, pair.freedom)) if bare else np.inf
        row["p_value"], together, _ = judged
        row["q_value"] = max(together, float(two_sided(alone)) / (2 if pair.towards else 1))
        passed = reach + float(t_of(LIKELY_REACH, freedom))
        row["could_show"] = pair.contrast.could_show(mine, pair.freedom, passed) * pair.scale
        # zero is outside exactly where the test says so
        once = float(t_of(ONE_WAY_REACH if pair.towards else NORMAL_REACH, pair.freedom))
        near, far = (0, 1) if sign > 0 else (1, 0)
        if (sign * ends[near] > 0) != (row["q_value"] <= ALPHA):
            ends[near] = difference - sign * max(reach * error, once * bare)
        if pair.towards:
            ends[far] = sign * np.inf
    row["difference"] = difference
    row["low"], row["high"] = np.clip(ends, -pair.bounds(), pair.bounds()).tolist()
    return row

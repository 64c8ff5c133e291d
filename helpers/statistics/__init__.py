"""Statistics for every comparison of outlets: the article is the unit, never the word.

Words of one article are not independent observations: a name used thirty times in one report is
one editorial decision. So intervals come from the variance between articles (`intervals`,
`clustered`; compared with other ways in docs/statistics.md), p-values from permuting the outlets'
names among the articles of the same event (permutation within strata, Good 2005), and many
comparisons at once are controlled by the largest statistic of each permutation (Westfall and Young
1993).

With fewer than `MIN_ARTICLES` articles on a side no permutation could ever be surprising: results
are then *descriptive only*, without p-value and without interval.
"""

from helpers.statistics.agreement import alpha_interval, krippendorff_alpha
from helpers.statistics.comparison import difference_table
from helpers.statistics.intervals import Interval, ratio_interval, ratio_table
from helpers.statistics.permutation import (
    critical_value,
    max_statistic_p,
    permutation_p,
    permuted_labels,
    relabellings,
)
from helpers.statistics.rules import (
    ALPHA,
    ALPHA_TEXT,
    DESCRIPTIVE_ONLY,
    DRAWS,
    EXPLORATORY_ALPHA,
    LEAST_RELABELLINGS,
    LENS_PART,
    LEVEL,
    LEVEL_TEXT,
    LIKELY,
    MIN_ARTICLES,
    SEED,
    WORDS_PART,
    Ratio,
    enough,
    many,
    problem,
)
from helpers.statistics.shrinkage import shrunken
from helpers.statistics.tails import tails_of, weights_of

__all__ = [
    "ALPHA",
    "ALPHA_TEXT",
    "DESCRIPTIVE_ONLY",
    "DRAWS",
    "EXPLORATORY_ALPHA",
    "LEAST_RELABELLINGS",
    "LENS_PART",
    "LEVEL",
    "LEVEL_TEXT",
    "LIKELY",
    "MIN_ARTICLES",
    "SEED",
    "WORDS_PART",
    "Interval",
    "Ratio",
    "alpha_interval",
    "critical_value",
    "difference_table",
    "enough",
    "krippendorff_alpha",
    "many",
    "max_statistic_p",
    "permutation_p",
    "permuted_labels",
    "problem",
    "ratio_interval",
    "ratio_table",
    "relabellings",
    "shrunken",
    "tails_of",
    "weights_of",
]

"""The declarations of the tables `keyness` and `reference_keyness`."""

from __future__ import annotations

from dataclasses import replace

from helpers.schema import COUNT, FLAG, NUMBER, TEXT, table
from helpers.statistics.rules import ALPHA_TEXT, LIKELY

KEYNESS = table(
    "keyness",
    "outlet and term",
    {
        "outlet": TEXT,
        "term": TEXT,
        "n_target": COUNT,
        "n_reference": COUNT,
        "log_odds": NUMBER,
        "low": NUMBER,
        "high": NUMBER,
        "p_value": NUMBER,
        "q_value": NUMBER,
    },
    ("outlet", "term"),
    term="a word, or a phrase of two or three words, in lower case",
    n_target="how often the outlet used it",
    n_reference="how often all other outlets did",
    log_odds="weighted log-odds of the term in the outlet against the others",
    low="lower end of the interval, for all terms at once",
    high="upper end of the interval, for all terms at once",
    p_value="permutation of outlet labels; missing below four articles a side",
    q_value="p after control over all terms and lenses; missing below four articles a side",
    further={
        "rate_target": (NUMBER, "uses per 1,000 words in the outlet"),
        "rate_reference": (NUMBER, "uses per 1,000 words in all other outlets"),
        "articles_target": (COUNT, "articles of the outlet that use the term"),
        "articles_reference": (COUNT, "articles of the others that use it"),
        "could_show": (
            NUMBER,
            "how many times as often as the others the outlet would have to use the term to be "
            f"found out {LIKELY:.0%} of the time; missing without test, or where 100 would not do",
        ),
        "z": (NUMBER, "log_odds over its standard error"),
        "significant": (FLAG, f"whether q_value is at most {ALPHA_TEXT}"),
        "descriptive": (FLAG, "fewer than four articles a side, or too few shared events"),
    },
)

REFERENCE_KEYNESS = replace(
    KEYNESS,
    name="reference_keyness",
    grain="outlet and term, against the reference corpus (none without one)",
    meaning=dict(KEYNESS.meaning)
    | {
        "n_reference": "how often the reference corpus did",
        "log_odds": "weighted log-odds of the term in the outlet against the reference corpus",
        "p_value": "permutation of articles over both; missing below four articles a side",
        "q_value": "p after control over all terms and outlets",
    },
    further=dict(KEYNESS.further)
    | {
        "rate_reference": (NUMBER, "uses per 1,000 words in the reference corpus"),
        "articles_reference": (COUNT, "articles of the reference corpus that use it"),
        "descriptive": (FLAG, "fewer than four articles a side"),
    },
)

"""The rules by which attributions are found, named once: the values of the column `rule`."""

from __future__ import annotations

from typing import NamedTuple

PHRASE, CLAUSE, SPEECH, SAID = range(4)
"""What a rule's content is: a phrase; a clause, so a thought or somebody's words; words for sure;
words whose speaker the next report may go on with ("…, he said, adding …")."""


class Rule(NamedTuple):
    """A rule, and a sentence in which it finds something."""

    name: str
    content: int
    """PHRASE, CLAUSE, SPEECH or SAID."""
    example: str


RULES = (
    Rule("turn", CLAUSE, "REPORTER: Will you go?\nHALE: I will not. Will you?\nREPORTER: Why me?"),
    Rule("post", CLAUSE, "I will never resign. — Ann Hale (@annhale) May 5, 2019"),
    Rule("block", CLAUSE, "The mayor wrote:\nWe regret this, and I will say so.\nIt rained."),
    Rule("clause", SAID, "Ann Hale said that the talks were over."),
    Rule("bare", SAID, "The talks were over, Ann Hale said."),
    Rule("quote", SAID, "Ann Hale said: “The talks are over.”"),
    Rule("after quotation", SAID, "“The talks are over,” Ann Hale said."),
    Rule("according to", SAID, "According to Ann Hale, the talks were over."),
    Rule("clauselate", SPEECH, "Ann Hale said in a speech the talks were over."),
    Rule("as they say", SPEECH, "As Ann Hale put it, the talks were over."),
    Rule("in their view", SPEECH, "In her view, the talks were over."),
    Rule("colon", CLAUSE, "Ann Hale: The talks are over"),
    Rule("standing alone", CLAUSE, "“The talks are over.”"),
    Rule("reply", CLAUSE, "“Will you go?” Paul Brand asked.\n“No.”\nIt was late."),
    Rule("quoted words", CLAUSE, "Ann Hale left the “longest talks of them all” at noon."),
    Rule("as", CLAUSE, "Ann Hale described the talks as a farce."),
    Rule("objthat", CLAUSE, "Ann Hale repeated her belief that the talks were over."),
    Rule("noun clause", CLAUSE, "Ann Hale repeated her claim that the talks were over."),
    Rule(
        "noun quote",
        CLAUSE,
        "Ann Hale made a statement, “I really do not want these talks at all.”",
    ),
    Rule("noun prep", PHRASE, "Ann Hale is critical of the talks."),
    Rule("object", PHRASE, "Ann Hale criticised the talks."),
    Rule("objto", PHRASE, "Ann Hale urged the mayor to go."),
    Rule("to", PHRASE, "Ann Hale agreed to go."),
    Rule("ing", PHRASE, "Ann Hale suggested leaving the city."),
    Rule("prep", PHRASE, "Ann Hale complained of the talks."),
    Rule("passive to", PHRASE, "The talks are expected to fail."),
    Rule("passive prep", PHRASE, "The talks were seen by some as dead."),
    Rule("passive object", PHRASE, "The talks were called a farce."),
)
SAYING = frozenset(rule.name for rule in RULES if rule.content >= SAID)
SPEAKING = frozenset(rule.name for rule in RULES if rule.content >= SPEECH)
CERTAIN = {PHRASE: 0.7, CLAUSE: 0.6, SPEECH: 0.6, SAID: 0.6}
"""Confidence from which an attribution without quotation marks enters counts, by what its rule's
content is: there three in four and more are attributions (shares of marked cues in PolNeAR)."""
PHRASAL = frozenset(rule.name for rule in RULES if rule.content == PHRASE)
CLAUSAL = frozenset(rule.name for rule in RULES if rule.content >= CLAUSE)
VERBATIM = frozenset(("turn", "post", "block"))
"""Rules that find text printed as somebody's words: quoted, with and without marks."""

"""Who does what to whom: the verbs of a sentence with their doers and done-tos, from chunks alone.

No parser: each verb group looks for its subject to the left and its object to the right, over
parentheses, appositions and relative clauses, in the manner of shallow clause identification
(Tjong Kim Sang and Déjean 2001). What a verb takes from a neighbour (coordination, relative clause,
control) is marked in its links, so that a count can leave it out.
"""

from __future__ import annotations

from helpers.grammar.clauses.groups import Predicate, Sentence, frame
from helpers.grammar.clauses.verbs import read, sentence_clauses

__all__ = ["Predicate", "Sentence", "frame", "read", "sentence_clauses"]

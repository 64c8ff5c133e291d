"""Which capitals open or continue a name.

Judged where a capital proves nothing: the first word of a sentence by how it stands elsewhere in
the article, a headline by the names of the body.
"""

from __future__ import annotations

import re

from helpers import lexicons
from helpers.lenses.actors.gazetteer import Gazetteer, gazetteer
from helpers.lenses.actors.tagged_article import TaggedArticle
from helpers.lenses.actors.vocabulary import Vocabulary, vocabulary

# What makes a compound of a name; "Il-sung" and "Chi-man" are names.
_COMPOUND = re.compile(
    rf"-(?:[a-z]{{2,}}ed|[a-z]{{3,}}ing|{'|'.join(lexicons.listed('compound_endings'))})$"
)
_NEVER = lexicons.words("never_names")
# Two words that lost the space between them ("TrumpOvernight"), but not McCain or DeSantis.
_GLUED = re.compile(r"[a-z]{4,}[A-Z]")
_PROPER = ("NNP", "NNPS")


class Capitals:
    """The capitalised words of one article; `known` are those of the names found so far."""

    def __init__(self, doc: TaggedArticle) -> None:
        self.doc = doc
        self.gaz: Gazetteer = gazetteer()
        self.voc: Vocabulary = vocabulary()
        self.known: set[str] = set()

    def opens(self, k: int, b: int, muted: bool) -> bool:
        """Whether the capitalised token `k` may open or continue a name."""
        doc = self.doc
        t = doc.words[k]
        if self._never_opens(k):
            return False
        if doc.lower[k] in self.voc.function_words and not (
            t.isupper() and len(t) > 1 and not muted
        ):
            return self.gaz.match(doc.words, k, b) is not None
        if muted:
            return self._opens_in_headline(k, b)
        if k in doc.openings:
            return self._opens_sentence(k, b)
        return len(t) > 1 or (k + 1 < b and doc.words[k + 1][0].isupper())

    def _never_opens(self, k: int) -> bool:
        """ "GDP", "TrumpOvernight", "Monday", "Keller-led"."""
        t = self.doc.words[k]
        if t in _NEVER or self.glued(t):
            return True
        if t in self.voc.calendar and not self._person_month(k):
            return True
        if "-" not in t or not t.rsplit("-", 1)[1][:1].islower():
            return False
        return self.gaz.single(t.split("-", 1)[0]) is not None or _COMPOUND.search(t) is not None

    def _opens_in_headline(self, k: int, b: int) -> bool:
        """Where all words have capitals: what the body names, and what lists or tags know."""
        doc, t = self.doc, self.doc.words[k]
        if t in self.known or self.gaz.match(doc.words, k, b):
            return True
        if doc.lower[k] in doc.spellings and t not in doc.inside_counts:
            return False
        return t in self.voc.given or doc.tags[k] in _PROPER

    def _opens_sentence(self, k: int, b: int) -> bool:
        """Where any word has a capital: how it stands elsewhere in the article decides."""
        doc, t = self.doc, self.doc.words[k]
        usual, proper = doc.lower[k] in doc.spellings, doc.tags[k] in _PROPER
        if doc.inside_counts.get(t):
            return not usual or proper or doc.tags[k] == "JJ"
        if self.gaz.match(doc.words, k, b):
            return True
        if proper or (t in self.voc.given and not usual):
            return not usual or (k + 1 < b and doc.words[k + 1][0].isupper())
        return self._title_opens(k, b)

    def glued(self, t: str) -> bool:
        """Whether two words of the article lost the space between them; "LibriVox" did not."""
        seam = _GLUED.search(t)
        return seam is not None and (t[: seam.end() - 1] in self.doc.spellings or len(t) > 14)

    def _person_month(self, k: int) -> bool:
        """ "Theresa May", "Mrs. May": a month after a given name or a title, but never a day."""
        if k == 0 or self.doc.lower[k].endswith("day"):
            return False
        before = self.doc.words[k - 1]
        if before in self.voc.given:
            return True
        title = self.voc.title_before(self.doc.lower, max(0, k - 3), k)
        return title is not None and before[0].isupper()

    def _title_opens(self, k: int, b: int) -> bool:
        title = self.voc.title_at(self.doc.lower, k, b)
        if title is None:
            return False
        after = k + len(title.words)
        return after < b and self.doc.words[after][0].isupper()

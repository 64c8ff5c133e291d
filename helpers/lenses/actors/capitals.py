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
_VERBS = lexicons.words("bodies_named_by_verbs")
# Two words that lost the space between them ("TrumpOvernight"), but not McCain or DeSantis.
_GLUED = re.compile(r"[a-z]{4,}[A-Z]")
_BEFORE_MONTHS = ("IN", "CD", "JJ", "DT", "RB", "NN")
_PROPER = ("NNP", "NNPS")


class Capitals:
    """The capitalised words of one article; `known` are those of the names found so far."""

    def __init__(self, doc: TaggedArticle) -> None:
        self.doc = doc
        self.gaz: Gazetteer = gazetteer()
        self.voc: Vocabulary = vocabulary()
        self.known: set[str] = set()
        self.pairs = self._pairs()
        """Given names that are usual words, with surnames: "Will Keller", "Chase Oliver"."""

    def opens(self, k: int, b: int, muted: bool) -> bool:
        """Whether the capitalised token `k` may open or continue a name."""
        doc = self.doc
        t = doc.words[k]
        if k + 1 < b and (t, doc.words[k + 1]) in self.pairs:
            asked = doc.lower[k] in self.voc.function_words and k in doc.openings
            return not (asked and doc.words[b - 1] == "?")  # "Will Keller run again?"
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

    def _pairs(self) -> set[tuple[str, str]]:
        """Usual words that stand before a surname with a capital inside a sentence.

        A surname stands behind a title elsewhere ("Ms. Oliver"), which makes a given name of the
        word before it, not of "Oliver"; or it stands alone, and the word has no capital there but
        as a name: "where Will Keller works", or May, where that is no date.
        """
        doc, words, low, voc = self.doc, self.doc.words, self.doc.lower, self.voc
        capitals = set(doc.capitals)
        alone = {words[k] for k in capitals if k - 1 not in capitals}
        titled = {words[k] for k in capitals if voc.title_before(low, max(k - 1, 0), k)}
        found = set()
        for (a, b), muted in zip(doc.sents, doc.muted, strict=True):
            for k in range(a, 0 if muted else b - 1):
                if not {k, k + 1} <= capitals or k in doc.openings or not words[k].isalpha():
                    continue
                if k - 1 in capitals - doc.openings or low[k + 1] in voc.function_words:
                    continue
                word, surname = words[k], words[k + 1]
                sure = low[k] in voc.function_words
                if word in voc.calendar:
                    sure = doc.tags[k - 1][:2] not in _BEFORE_MONTHS
                given = word in voc.given
                sure = sure and surname in alone and not self._means_else(surname, k + 1)
                if not (sure or (given and surname in titled)) or surname.isupper():
                    continue
                if given or not self._means_else(word, k):
                    found.add((word, surname))
        return found

    def _means_else(self, word: str, k: int) -> bool:
        """Whether a word of a name is known for something else: a title, a body, a state."""
        known = self.voc.heads.get(word) or self.gaz.single(word)
        return bool(known) or self.voc.title_at(self.doc.lower, k, k + 1) is not None

    def _never_opens(self, k: int) -> bool:
        """ "GDP", "TrumpOvernight", "Monday", "Keller-led"."""
        t = self.doc.words[k]
        if t in _NEVER or self.glued(t):
            return True
        if t in self.voc.calendar and not self._person_month(k):
            return True
        if t in _VERBS and k in self.doc.openings and not self.doc.inside_counts.get(t):
            return True  # "Fed on hay", where no "the Fed" stands elsewhere
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

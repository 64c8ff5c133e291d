"""Where the grammar of its sentence says what a pronoun stands for, or cannot stand for.

After the binding principles (Chomsky 1981): nobody does to "him" what he does himself, "himself" is
who does it, and a name is not taken up by a pronoun that governs it. Before its name a pronoun
stands in what leads up to the subject.
"""

from __future__ import annotations

from collections.abc import Mapping

from helpers.lenses.actors.article_entities import Mention
from helpers.lenses.actors.tagged_article import TaggedArticle
from helpers.lenses.actors.vocabulary import pronouns

_GENDER = {word: p.gender for word, p in pronouns().items() if p.gender}


class Binding:
    """The sentences of one article, with the mentions by their first token."""

    def __init__(self, doc: TaggedArticle, by_first: Mapping[int, Mention]) -> None:
        self.doc, self.by_first = doc, by_first

    def done_to(self, k: int, number: int, a: int) -> list[tuple[int, int]]:
        """Whom the pronoun does something to, who is somebody else: "when she praised *Keller*"."""
        return [
            (a + i, a + i + 1)
            for p in self.doc.clauses(number).predicates
            if any(a + y == k + 1 for _, y in p.agents)
            for x, y in (*p.patients, *p.recipients)
            for i in range(x, y)
            if (f := self.by_first.get(a + i)) is not None and f.last == a + y
        ]

    def is_anybody(self, k: int) -> bool:
        """ "His or her": nobody in particular."""
        low = self.doc.lower
        return "or" in (low[k - 1], *low[k + 1 : k + 2]) and any(
            low[i : i + 1] and _GENDER.get(low[i], "") not in ("", _GENDER.get(low[k]))
            for i in (k - 2, k + 2)
        )

    def controller(self, k: int, number: int, a: int) -> list[Mention | None]:
        """Who is made to do it to himself: "told *Keller* to name himself"; None: unnamed."""
        spans = (
            (a + x, a + y)
            for p in self.doc.clauses(number).predicates
            if p.agent_link == "control" and any(a + y == k + 1 for _, y in p.patients)
            for x, y in p.agents
        )
        named = (next(filter(None, map(self.by_first.get, range(x, y))), None) for x, y in spans)
        return list(named)[:1]

    def glossed(self, k: int) -> Mention | None:
        """Whom an editor names behind the pronoun: "he [Keller] says"."""
        words = self.doc.words
        mention = self.by_first.get(k + 2) if words[k + 1 : k + 2] == ["["] else None
        return mention if mention and words[mention.last : mention.last + 1] == ["]"] else None

    def led_up_to(self, k: int, number: int, a: int) -> Mention | None:
        """The subject behind a participle: "asked if he would go, *Keller* said".

        Where nobody else is named before the pronoun.
        """
        s = self.doc.clauses(number)
        first = next((p for p in s.predicates if not p.auxiliary), None)
        if first is None or a + first.start >= k or s.letters[first.start] not in "eg":
            return None
        if any(i in self.by_first for i in range(a, k)) or first.chunk > 2:
            return None
        for p in s.predicates:
            held = [j for j in p.subject if j < len(s.kinds)]
            if p.finite and p.link == "direct" and held and a + s.starts[held[0]] > k:
                if self.doc.words[a + s.starts[held[0]] - 1] != ",":
                    continue
                span = range(a + s.starts[held[0]], a + s.ends[held[0]])
                return next((self.by_first[i] for i in reversed(span) if i in self.by_first), None)
        return None

    def opens(self, k: int, a: int) -> bool:
        """Whether a pronoun stands in the first words of a sentence: "in *her* letter"."""
        return self.doc.tags[a] in ("IN", "TO") and k - a <= 2

    def behind_opening(self, k: int, number: int) -> Mention | None:
        """ "In her letter, *Keller* said": the subject that follows the opening phrase."""
        b = self.doc.sents[number][1]
        end = next((j for j in range(k + 1, min(b - 1, k + 9)) if self.doc.words[j] == ","), -1)
        mention = self.by_first.get(end + 1) if end > 0 else None
        if mention is None or not self.doc.tags[mention.last].startswith(("VB", "MD", "RB")):
            return None
        return mention

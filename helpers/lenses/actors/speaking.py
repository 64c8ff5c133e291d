"""Who is speaking at each place of an article: what its reports say about its pronouns.

A speaker does not call himself "he" between his own quotation marks; "she would resign, Keller
said" is Keller's "she"; "he added" mostly goes on with whoever spoke last, and never means somebody
named in the words added. So what is said is read after the words that say who says it.
"""

from __future__ import annotations

from bisect import bisect_right, insort

from helpers.lenses.quotes import Report


class Speaking:
    """The reports of one article by place, and their speakers as they become known."""

    def __init__(self, reports: list[Report], n: int) -> None:
        """``n`` is the number of the article's tokens."""
        self.reports = [r for r in reports if r.speech]
        self.within = [-1] * n
        """Of each token: the number of the shortest report that holds it, else -1."""
        self.of_head: dict[int, list[int]] = {}
        """Of the head word of a single speaker: the numbers of the reports."""
        spans = []
        for number, report in enumerate(self.reports):
            if len(report.heads) == 1:
                self.of_head.setdefault(report.heads[0], []).append(number)
            spans += [(a - b, a, b, number) for a, b in report.content]
        for _, a, b, number in sorted(spans):
            self.within[a:b] = [number] * (b - a)
        self.speakers: dict[int, int] = {}
        """Of each report whose speaker is known: the candidate's root."""
        self._ends: dict[int, list[int]] = {}
        self._floor: list[tuple[int, int]] = []
        self.asker: int | None = None
        """Who asked, where the last report was a question."""
        self._asked = {r.cue for r in self.reports if r.act == "ask"}
        for number, report in enumerate(self.reports):
            if report.actor is not None:
                self._heard(number, int(report.actor))

    def order(self, k: int, depth: int = 0) -> tuple[int, ...]:
        """When the token ``k`` is read: after the source of the report in which it stands."""
        number = self.within[k]
        if number < 0 or depth > 3:
            return (k,)
        a, b = self.reports[number].source
        if a <= k or self.within[a] == number:
            return (k,)
        return (*self.order(b - 1, depth + 1), 1, k)

    def is_head(self, k: int) -> bool:
        """Whether token ``k`` is the head word of a single speaker."""
        return k in self.of_head

    def speaks(self, k: int, root: int) -> None:
        """The word at ``k``, if it is a source, names the candidate ``root``."""
        for number in self.of_head.get(k, ()):
            if self.reports[number].actor is None:
                self._heard(number, root)
            self.asker = root if self.reports[number].act == "ask" else None

    def _heard(self, number: int, root: int) -> None:
        """``root`` says what the report holds, and has the floor where it ends."""
        self.speakers[number] = root
        for _, end in (self.reports[number].source, *self.reports[number].content):
            insort(self._ends.setdefault(root, []), end)
            insort(self._floor, (end, root))

    def asked(self, k: int) -> bool:
        """Whether the name or pronoun at ``k`` stands behind "asked": the answer is awaited."""
        return k in self._asked

    def excluded(self, k: int) -> int | None:
        """Who does not speak at ``k``: nobody answers the own question."""
        answers = any(self.reports[number].act == "answer" for number in self.of_head.get(k, ()))
        return self.asker if answers else None

    def speaker(self, k: int) -> int | None:
        """The root of whoever says the words in which token ``k`` stands."""
        return self.speakers.get(self.within[k]) if self.within[k] >= 0 else None

    def leads(self, k: int, root: int) -> None:
        """The candidate is the subject of the author's own clause at token ``k``."""
        if self.within[k] < 0 or self.is_head(k) or self.asked(k):
            insort(self._floor, (k, root))

    def floor(self, k: int, roots: set[int]) -> int | None:
        """Of the ``roots`` the one who spoke last before token ``k``, or acted since."""
        at = bisect_right(self._floor, (k, -(10**9))) - 1
        while at >= 0 and self._floor[at][1] not in roots:
            at -= 1
        return self._floor[at][1] if at >= 0 else None

    def until(self, root: int, k: int) -> int:
        """Where the last words of ``root`` before token ``k`` ended; -1: none."""
        ends = self._ends.get(root)
        at = bisect_right(ends, k) - 1 if ends else -1
        return ends[at] if ends and at >= 0 else -1

    def said_at(self, k: int) -> list[tuple[int, int]]:
        """The token ranges of the words whose source is the word at ``k``."""
        return [span for n in self.of_head.get(k, ()) for span in self.reports[n].content]

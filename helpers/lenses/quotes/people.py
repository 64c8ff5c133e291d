"""The persons an article names, looked up by a label or a signature: "MR. PETTY" is Alan Petty."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from helpers.lenses.quotes.speakers import TITLES, Mention

_WORD = re.compile(r"[^\W\d_][^\W\d_.’'-]*(?:[.’'-][^\W\d_]+)*")


def name_words(text: str) -> list[str]:
    """The words of a name in small letters, without titles and initials.

    >>> name_words("MR. PETTY"), name_words("Donald J. Trump")
    (['petty'], ['donald', 'trump'])
    """
    found = [w.lower() for w in _WORD.findall(text)]
    bare = [w for w in found if len(w) > 1 and w not in TITLES]
    return bare or found


class People:
    """The persons among the mentions of one article."""

    def __init__(self, text: str, mentions: list[Mention]) -> None:
        self.text = text
        self._mentions = [m for m in mentions if m.type == "person" and m.actor is not None]
        self._starts = [m.start for m in self._mentions]
        self._full: dict[str, set[str]] = {}
        self._last: dict[str, set[str]] = {}
        for m in self._mentions:
            if m.kind in ("name", "title") and m.actor is not None and not m.actor.isupper():
                self._add(m.actor, m.actor)
                if not m.text.isupper():
                    self._add(m.text, m.actor)

    def _add(self, name: str, actor: str) -> None:
        found = name_words(name)
        if len(found) > 1:
            self._full.setdefault(" ".join(found), set()).add(actor)
        if found and found[-1] == (name_words(actor) or found)[-1]:  # no first name alone
            self._last.setdefault(found[-1], set()).add(actor)

    def actor(self, label: str) -> str | None:
        """The one person whose name or surname the label is."""
        found = name_words(re.sub(r"\([^()]*\)", " ", label))
        for table, key in ((self._full, " ".join(found)), (self._last, found[-1] if found else "")):
            actors = table.get(key, set())
            if len(actors) == 1:
                actor = next(iter(actors))
                own = name_words(actor)
                if len(found) < 2 or len(own) < 2 or found[0][0] == own[0][0]:
                    return actor
        return None

    def with_initials(self, label: str) -> str | None:
        """The one person whose initials the label is: "AH" for Ann Hale."""
        letters = [c.lower() for c in label if c.isalpha()]
        if not label.isupper() or not 1 < len(letters) < 4:
            return None
        found = {a for name, actors in self._full.items() for a in actors
                 if [w[0] for w in name.split()] == letters}  # fmt: skip
        return next(iter(found)) if len(found) == 1 else None

    def with_handle(self, handle: str) -> str | None:
        """The one person whose surname ends a handle, or begins it: @RepHale, @HaleForMayor."""
        bare = handle.lower().strip("@_0123456789")
        actors = set()
        for last, found in self._last.items():
            if len(last) > 3 and last.replace("-", "") in bare:
                actors |= found
        return next(iter(actors)) if len(actors) == 1 else None

    def named(self, label: str) -> bool:
        """Whether the label is a name of somebody in the article."""
        found = name_words(re.sub(r"\([^()]*\)", " ", label))
        return bool(found) and len(found) <= 4 and found[-1] in self._last

    def names(self, actor: str, start: int, end: int) -> bool:
        """Whether ``actor`` is named between the two places."""
        a, b = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return any(m.actor == actor and m.kind == "name" for m in self._mentions[a:b])

    def most_named(self, end: int) -> str | None:
        """Who is mentioned most before a place, of several the first; None where nobody is."""
        here = self._mentions[: bisect_left(self._starts, end)]
        counts = Counter(m.actor for m in here if m.actor is not None)
        return counts.most_common(1)[0][0] if counts else None

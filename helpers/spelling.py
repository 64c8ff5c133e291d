"""Names that were meant: the nearest known one, and whether a name looks like a misspelt one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

NEAR = 0.65
"""Share of letters in common (difflib): "titel" and "title" have 0.8, "mood" and "models" 0.6."""
LEAST_INSIDE = 4
"""Letters of a name that may be a part of another."""
_SIGNS = re.compile(r"[\W_]+")


def squeezed(name: str) -> str:
    """The name without capitals, blanks and signs.

    >>> squeezed("Publication Date"), squeezed("source.name"), squeezed("Author(s)")
    ('publicationdate', 'sourcename', 'authors')
    """
    return _SIGNS.sub("", name.casefold())


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like a name that must be wrong; None where none is near.

    A name that only one known name has in it is that one.

    >>> nearest("titel", ["question", "title"]), nearest("mood", ["question", "title"])
    ('title', None)
    >>> nearest("Wire", ["Harbor Wire", "Even Keel"])
    'Harbor Wire'
    """
    names = {squeezed(k): k for k in known}
    short = squeezed(name)
    found = get_close_matches(short, names, n=1, cutoff=NEAR)
    if not found and len(short) >= LEAST_INSIDE:
        inside = [long for long in names if short in long]
        found = inside if len(inside) == 1 else []
    return names[found[0]] if found else None


def misspelt(name: str, known: Iterable[str]) -> str | None:
    """The known name that a name looks like a slip of, where it may well be meant as it is.

    A slip is one letter too many, too few or another one, not the first, in a name of five letters
    or more; in a shorter one only two letters changed over or one doubled. A plural is one too.

    >>> [misspelt(n, ["date", "outlet", "headline"]) for n in ("outlett", "dtae", "headlines")]
    ['outlet', 'date', 'headline']
    >>> [misspelt(n, ["date", "outlet", "headline"]) for n in ("data", "deadline", "outlet_2")]
    [None, None, None]
    """
    short = squeezed(name)
    if any(c.isdigit() for c in short):
        return None  # "title2" is a second title
    return next((k for k in known if short != squeezed(k) and _slip(short, squeezed(k))), None)


def _slip(name: str, known: str) -> bool:
    if name == known + "s" and len(known) > 3:
        return True
    begin = next((i for i, (a, b) in enumerate(zip(name, known, strict=False)) if a != b), None)
    if begin is None:
        begin = min(len(name), len(known))
    ours, theirs = name[begin:], known[begin:]
    if len(ours) > 1 and len(theirs) > 1 and ours == theirs[1] + theirs[0] + theirs[2:]:
        return len(known) > 2
    doubled = begin > 0 and ours[:1] == name[begin - 1] and ours[1:] == theirs
    if doubled:
        return len(known) > 2
    one = ours[1:] == theirs or ours == theirs[1:] or (ours[1:] == theirs[1:] != ours)
    return one and begin > 0 and len(known) > 4 and len(name) > 3

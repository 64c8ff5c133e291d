"""The actors of a story and what each is called: the label that an editor would print."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from helpers import lexicons
from helpers.lenses.actors.vocabulary import vocabulary

_JOINED = str.maketrans("", "", " -‐‑")
_NUMERALS = frozenset(s for s in lexicons.words("name_suffixes") if s.isupper())
# A blank before a mark that hangs on the word before: "Anchor Sails , Inc.", "Workers ' Party".
_APART = re.compile(r" (?=,|['’](?:s\b| ))")


@dataclass(slots=True)
class Actor:
    """An actor of the story: what it is called, by how many articles, and what it holds."""

    type: str
    keys: list[tuple[str, ...]] = field(default_factory=list)
    suffix: str = ""
    label: str = ""
    wordings: Counter[str] = field(default_factory=Counter)
    """How it is written, and how often."""
    offices: Counter[tuple[str, str]] = field(default_factory=Counter)
    past: Counter[str] = field(default_factory=Counter)
    """The offices that somebody is said to have held before."""
    types: Counter[str] = field(default_factory=Counter)
    bare: Counter[str] = field(default_factory=Counter)
    """Articles that name this person in full and by that (folded) word alone."""
    states: Counter[str] = field(default_factory=Counter)
    state: str | None = None
    """The state itself, or the state of which a body is a part."""
    namesake_state: str | None = None
    """The state whose government a person of the same surname heads."""
    docs: int = 0
    count: int = 0
    male: int = 0
    female: int = 0

    @property
    def gender(self) -> str:
        """m, f or empty."""
        return "" if self.male == self.female else "m" if self.male > self.female else "f"

    @property
    def named_gender(self) -> str:
        """The gender that the given name says, which pronouns cannot outvote; else `gender`."""
        given = vocabulary().given.get(self.label.partition(" ")[0], "")
        return given if given in ("m", "f") and " " in self.label else self.gender


def label_of(actor: Actor) -> str:
    """The usual name: the most frequent full form, a longer one where it is not much rarer."""
    if not actor.wordings:
        return " ".join(w.capitalize() for w in (actor.keys[0] if actor.keys else ()))
    if actor.type == "person":
        return _person_label(actor)
    top = max(actor.wordings.values())
    usual = [f for f, n in actor.wordings.items() if n >= 0.5 * top]
    return _APART.sub("", max(usual, key=lambda f: (len(f), f)))


def _person_label(actor: Actor) -> str:
    """The usual full form; initials where most full forms have them ("George W. Keller")."""
    full: Counter[str] = Counter()
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    surnames: Counter[str] = Counter()
    for form, n in actor.wordings.items():
        words = form.split()
        if len(words) > 2 and words[-1] in _NUMERALS:
            words.pop()
        surnames[words[-1]] += n
        plain = [w for w in words if not (len(w) <= 2 and w[0].isupper() and w[-1] == ".")]
        if len(plain) > 1:
            full[" ".join(plain)] += n
            spelled[" ".join(plain)][" ".join(words)] += n
    if not full:
        return " ".join(min(actor.wordings, key=lambda f: (-actor.wordings[f], -len(f), f)).split())
    top = max(full.values())
    usual = [f for f, n in full.items() if n == top]
    best = max(usual, key=lambda f: (surnames[f.split()[-1]], len(f), f))
    titles = _title_words()
    for form, n in sorted(full.items()):
        more = set(form.split()) - set(best.split())
        longer = set(best.split()) < set(form.split()) or _ends_so(form, best)
        longer = longer or _given_before(form, best)
        if n * 3 >= top and longer and not titles & {w.lower() for w in more}:
            best = form
    with_initials = max(spelled[best], key=lambda f: (spelled[best][f], f))
    return with_initials if 3 * spelled[best][with_initials] > 2 * full[best] else best


def _ends_so(form: str, short: str) -> bool:
    """ "Adil Abdul-Mahdi" ends in "Abdul Mahdi"."""
    form, short = (f.translate(_JOINED) for f in (form, short))
    return len(form) > len(short) and form.endswith(short)


def _given_before(form: str, short: str) -> bool:
    """ "Sarah Moss" is called so, and not "Harker Moss", a double surname."""
    (first, *_, last), (other, *_, surname) = form.split(), short.split()
    given = vocabulary().given
    return last == surname and first in given and other not in given


@cache
def _title_words() -> frozenset[str]:
    return frozenset(w for titles in vocabulary().titles.values() for t in titles for w in t.words)


def make_distinct(actors: Sequence[Actor]) -> None:
    """Two people of one name keep two labels."""
    seen: Counter[str] = Counter()
    for actor in sorted(actors, key=lambda a: a.count <= 0):  # what lost all its mentions last
        seen[actor.label] += 1
        if seen[actor.label] > 1:
            actor.label = f"{actor.label} ({seen[actor.label]})"

"""Organisations under several names: initials, turned names, the state before or after, cut short.

"The Justice Department", "Department of Justice" and "DOJ" are one body; "Iranian Foreign Ministry"
and "Iraqi Foreign Ministry" are two, and "the Foreign Ministry" alone is the one that its article
names with a state. Only names are compared, so the work grows with them, not with the articles.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from helpers import lexicons
from helpers.lenses.actors import name_matching
from helpers.lenses.actors.article_entities import ArticleEntity
from helpers.lenses.actors.gazetteer import (
    CAPITAL,
    COUNTRY,
    DEMONYM,
    ORGANIZATION,
    PLACE,
    Entry,
    gazetteer,
)
from helpers.lenses.actors.vocabulary import vocabulary

Key = tuple[str, ...]

SMALL = lexicons.words("body_small_words")
_TURNED = lexicons.words("turning_heads")
"""Heads that stand last or before "of" without a change of meaning."""
_DROPPED = lexicons.words("droppable_heads")
"""Heads that a name of three words may leave out: "Harbour Guard" for "Harbour Guard Corps"."""
_FIRM = lexicons.words("company_heads")
"""Heads that any name may leave out."""
_ACRONYM = 3
"""Letters from which initials say enough beyond the article."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a body: its folded words without a state, that state, and those words in order."""

    whole: Key
    core: Key
    state: str
    bag: Key
    acronym: str
    label: str
    """The known body whose name stands behind a state, else empty."""
    town: bool
    """Whether a town or region stands before it."""
    shouted: bool
    """Whether it has a word in capitals, of which initials would be none."""

    @property
    def initials(self) -> set[str]:
        """The acronyms that the name may have, "of" counted or not, the head first or last."""
        found = set()
        for core in {self.whole, self.core}:
            plain = [w for w in core if w not in SMALL]
            full = [w for w in core if w != "s"]
            turned = [plain[-1], "of", *plain[:-1]] if plain else []
            found |= {"".join(w[0] for w in words) for words in (plain, full, turned)}
        return found

    @property
    def organ(self) -> tuple[bool, str]:
        """Whether such a body is a state's without that being said, and of which state if known.

        Raises `KeyError` for a name that says nothing of the kind.
        """
        words = [w for w in self.core if w != "s"]
        heads = [words[-n:] for n in range(min(4, len(words)), 0, -1)]
        if "of" in words:
            heads.append(words[: words.index("of")])
        found = next((e for h in heads if (e := _organs().get(tuple(h))) is not None), None)
        if found is None or self.town or (found[0] == "alone" and len(words) > 1):
            raise KeyError(self.core)
        # "Senate Ethics Committee": of the state whose senate it is.
        chamber = len(words) > 1 and _organs().get((words[0],), ("", ""))[0]
        return bool(found[0] or chamber), found[1]


def body_name(words: Sequence[str]) -> Name:
    """The parts of a body's name.

    >>> body_name("Peruvian Ministry of Defence".split()).bag
    ('defense', 'ministry')
    >>> body_name("Defense Ministry".split()).bag
    ('defense', 'ministry')
    >>> body_name(["Senate", "of", "Peru"]).state
    'Peru'
    """
    words = list(words)
    entry = gazetteer().match(words, 0, len(words)) if words else None
    whole = _folded(words)
    state, words = _without_state(words, entry)
    core = _folded(words)
    bag = tuple(w for w in core if w not in SMALL)
    if any(w in _TURNED for w in bag):
        bag = tuple(sorted(w for w in bag if w != "affair"))
    town = entry is not None and entry.kind in (PLACE, CAPITAL)
    shouted = any(w.isupper() and len(w) > 1 for w in words)
    known = gazetteer().match(words, 0, len(words)) if state and words else None
    label = known.label if known and len(known.words) == len(words) > 1 else ""
    return Name(whole, core, state, bag, _acronym(words, core), label, town, shouted)


def _without_state(words: list[str], entry: Entry | None) -> tuple[str, list[str]]:
    """The state in "Peruvian Senate" or "Senate of Peru" (else empty), and the other words."""
    if entry is not None and entry.kind in (COUNTRY, DEMONYM):
        rest = words[len(entry.words) :]
        if len(rest) > 1 or (rest and vocabulary().heads.get(rest[0]) == ORGANIZATION):
            return entry.label, rest
    for k in range(len(words) - 2, 0, -1):
        if words[k] == "of":
            tail = k + 1 + (words[k + 1].lower() == "the")
            owner = gazetteer().match(words, tail, len(words))
            if owner and owner.kind == COUNTRY and tail + len(owner.words) == len(words):
                return owner.label, words[:k]
    return "", words


def _acronym(words: list[str], core: Key) -> str:
    """The folded word of a name that is an acronym, else empty."""
    if len(words) != 1 or not core or not words[0].isupper():
        return ""
    return core[0] if len(core[0]) >= _ACRONYM or words[0] == core[0].upper() else ""


@cache
def _organs() -> dict[Key, tuple[str, str]]:
    """Bodies of states by their folded words: how certain they are one, the state if known."""
    table = lexicons.load("state_bodies")
    return {
        tuple(_fold(w) for w in str(row.body).split()): (
            row.certain if isinstance(row.certain, str) else "",
            row.country if isinstance(row.country, str) else "",
        )
        for row in table.itertuples()
    }  # fmt: skip


@cache
def _american() -> dict[str, str]:
    """Spellings of usual words by their American one."""
    table = lexicons.load("spellings")
    return dict(zip(table["spelling"], table["american"], strict=True))


def _folded(words: Sequence[str]) -> Key:
    """Folded words, "the" kept only where one other word would be left ("The Hill")."""
    folded = tuple(f for f in (_fold(w) for w in words) if f)
    plain = tuple(w for w in folded if w != "the")
    return plain if len(plain) > 1 else folded


def _fold(word: str) -> str:
    plain = name_matching.fold(word)
    if len(plain) > 4 and plain.endswith("s") and plain[-2] != "s":
        plain = plain[:-1]
    return _american().get(plain, plain)


class BodyMerger:
    """The bodies of a corpus: which names go together."""

    def __init__(self, home: str) -> None:
        self.home = home
        self.names: dict[Key, Name] = {}
        self.labels: dict[Key, str] = {}
        self.count: Counter[Key] = Counter()
        self.docs: dict[Key, set[int]] = defaultdict(set)
        self.bodies: set[Key] = set()
        self.spelled: dict[Key, set[Key]] = defaultdict(set)
        """The names behind which an article has an acronym in brackets."""
        self.parent: dict[Key, Key] = {}

    def add(self, d: int, key: Key, entity: ArticleEntity) -> None:
        """An entity of article `d` under this key; what has a label is known by it."""
        if key not in self.names:
            usual = min(entity.wordings.items(), key=lambda f: (-f[1], f[0]), default=("", 0))[0]
            self.names[key] = body_name((entity.label or usual).split() or list(key))
            self.parent[key] = key
            if entity.label:
                self.labels[key] = entity.label
        self.count[key] += entity.count
        self.docs[key].add(d)
        for acronym in entity.acronyms:
            self.spelled[(acronym,)].add(key)
        if entity.type == ORGANIZATION:
            self.bodies.add(key)

    def root(self, key: Key) -> Key:
        """The name by which the body of `key` is known."""
        while self.parent[key] != key:
            key = self.parent[key]
        return key

    def join(self) -> None:
        """Find the names of one body."""
        self._same()
        self._one_state()
        self._cut_short()
        self._acronyms()

    def _union(self, a: Key, b: Key) -> None:
        a, b = self.root(a), self.root(b)
        if a == b or (a in self.labels and b in self.labels):
            return
        a, b = sorted((a, b), key=lambda k: (k not in self.labels, -self.count[k], k))
        self.parent[b] = a

    def _same(self) -> None:
        at: dict[tuple[Key, str], Key] = {}
        for key in sorted(self.names):
            name = self.names[key]
            self._union(at.setdefault((name.bag, name.state), key), key)
            if name.label and (name.label,) in self.names:
                self._union((name.label,), key)  # "U.S. Central Intelligence Agency"

    def _one_state(self) -> None:
        """A bare name and the one with a state beside which it mostly stands.

        A name that no other state would use needs no such article; one that every state has is
        the home state's.
        """
        by_bag: dict[Key, dict[str, list[Key]]] = defaultdict(lambda: defaultdict(list))
        for key in sorted(self.names):
            by_bag[self.names[key].bag][self.names[key].state].append(key)
        for states in by_bag.values():
            bare = states.get("", [])
            stated = {s: self._articles(keys) for s, keys in states.items() if s}
            if not bare or not stated:
                continue
            here = self._articles(bare)
            both = Counter({s: len(here & there) for s, there in stated.items()})
            best = min(stated, key=lambda s: (-both[s], s != self.home, s))
            if both[best] == 0:
                common = self._common(bare[0])
                best = self.home if common else best
                if best not in stated or (len(stated) > 1 and not common):
                    continue
            elif 3 * both[best] < 2 * both.total():
                continue
            self._union(bare[0], states[best][0])

    def _articles(self, keys: list[Key]) -> set[int]:
        return set().union(*(self.docs[k] for k in keys))

    def _common(self, key: Key) -> bool:
        """Whether every state has a body of that name ("National Security Council")."""
        try:
            _, country = self.names[key].organ
        except KeyError:
            return len(self.names[key].bag) < 3
        return not country

    def _acronyms(self) -> None:
        by_initials: dict[str, set[Key]] = defaultdict(set)
        for key in sorted(self.names):
            if len(self.names[key].core) > 1 and not self.names[key].shouted:
                for letters in self.names[key].initials:
                    by_initials[letters].add(key)
        for key in sorted(self.names):
            acronym = self.names[key].acronym
            longer = {
                self.root(k)
                for k in by_initials.get(acronym, ())
                if k in self.spelled[key]
                or (key not in self.labels and self.docs[k] & self.docs[key])
            }
            if len(longer) == 1:
                self._union(key, longer.pop())

    def _cut_short(self) -> None:
        """ "Judiciary Committee" for the only "… Judiciary Committee", longer names first."""
        ends: dict[Key, set[Key]] = defaultdict(set)
        openings: dict[Key, set[Key]] = defaultdict(set)
        for key in sorted(self.bodies):
            core = self.names[key].core
            # "Assembly of the Nations" is not "Nations".
            first = next((k for k, w in enumerate(core) if w in SMALL), len(core) - 1)
            for k in range(1, first):
                ends[core[k:]].add(key)
            if (len(core) > 2 and core[-1] in _DROPPED) or core[-1] in _FIRM:
                for k in range(min(first, max(len(core) - 2, 1))):
                    ends[core[k:-1]].add(key)
            for k in range(2, len(core) - 1):
                if core[k] == "for":
                    openings[core[:k]].add(key)
            if core[1:2] == ("of",) and core[:1] in _organs():
                openings[core[:1]].add(key)  # "the House" of Representatives
        for key in sorted(self.bodies, key=lambda k: (-len(self.names[k].core), k)):
            name = self.names[key]
            whole = key in self.labels and len(name.core) > 1 and not name.state
            longer = {
                self.root(k)
                for k in ends.get(name.core, ())
                if not name.state or self.names[k].state in ("", name.state)
                # "Democratic Party" is no "Democratic Party of Norway" cut short
                if not (whole and (self.names[k].state or self.names[k].town))
            }
            # "Court" alone is no court for a district of which other articles tell.
            longer |= {
                self.root(k) for k in openings.get(name.core, ()) if self.docs[k] & self.docs[key]
            }
            if len(longer) == 1:
                self._union(key, longer.pop())

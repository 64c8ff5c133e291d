"""Third-person pronouns: the likeliest antecedent among the actors in sight, or left open.

Every candidate of the last sentences is weighed by distance, grammar, prominence, gender and
quotation marks, the factors of Lappin and Leass (1994). Unnamed people ("a senior official") are
candidates too: a pronoun that stands for one of them has no actor. Where no candidate is likely
enough, or two are as likely, the pronoun stays open. "In her letter, Keller said" looks ahead, and
whoever is named behind a quotation as its speaker does not say "she" of herself. The weights stand
half way between those set by hand and those that a search found best on the part of GUM that the
benchmark does not hold: there other genres prevail, and all the way did worse on news.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helpers import lexicons
from helpers.lenses.actors.local import ArticleNames, Found
from helpers.lenses.actors.vocabulary import HONORIFIC, Vocabulary, pronouns, vocabulary

_GENDER = {word: p.gender for word, p in pronouns().items() if p.gender}
_IT = frozenset(w for w, p in pronouns().items() if not p.gender and p.case != "existential")
PRONOUNS = frozenset(_GENDER) | _IT
_BE = lexicons.words("idle_it_verbs")
"""What follows an "it" that stands for nothing ("it was clear that")."""
_WINDOW = 3
_VERBS = frozenset({"VBZ", "VBD", "VBP", "MD"})
_BREAKS = lexicons.words("clause_breaks") | {",", ";", "—", "–"}
_INDEFINITE = lexicons.words("indefinite_determiners")
_DEFINITE = lexicons.words("definite_determiners")

# What speaks for a candidate, in units of about one sentence of distance.
WEIGHTS = {
    "distance": -1.3,
    "paragraph": -0.6,
    "gender known": 0.8,
    "subject": 0.9,
    "oblique": 0.0,
    "possessive": 0.2,
    "count": 0.08,
    "continues": 0.1,
    "opens": 0.5,
    "main subject": 0.5,
    "own clause": -3.0,
    "own subject": 0.7,
    "speaker": -1.0,
    "inside quotation": -0.5,
    "same quotation": 0.6,
    "goes on speaking": 0.5,
    "unnamed": -0.3,
    "near": 0.006,
    "margin": 0.4,
    "least": -1.8,
    "chain": 0.3,
    "topic": 0.3,
    "says this": -2.0,
}


# "It" mostly stands for a thing that has no name: less is believed, nouns between count against.
THINGS = WEIGHTS | {
    "margin": 0.5,
    "least": 0.0,
    "subject": 0.5,
    "noun between": -0.8,
    "close": 1.4,
    "be": -1.0,
    "many": 0.3,
    "one": -1.0,
    "taken": -0.8,
    "topic": 0.0,
    "chain": 0.3,
}


@dataclass(slots=True)
class Seen:
    """Where a candidate was last seen, and as what."""

    index: int
    sentence: int
    token: int
    role: str
    kind: str
    quoted: bool
    speaks: bool
    first: bool
    count: int
    gender: str
    thing: bool
    pronoun: bool = False
    many: bool = False


@dataclass(slots=True)
class Case:
    """A pronoun and its candidates with their scores, nearest first."""

    token: int
    sentence: int
    word: str
    candidates: list[Seen]
    scores: list[float]


def resolve(names: ArticleNames) -> None:
    """Add one `Found` per third-person pronoun, with its actor or (-1) left open."""
    added: list[Found] = []
    for case in (walk := _Walk(names)).cases():
        thing = case.word in _IT
        order = sorted(range(len(case.scores)), key=lambda i: (-case.scores[i], i))
        at, sure, rule = -1, 0.0, "pronoun: no antecedent"
        if order:
            best = order[0]
            top = case.scores[best]
            lead = top - case.scores[order[1]] if len(order) > 1 else 2.0
            rule = "pronoun: open"
            weights = THINGS if thing else WEIGHTS
            if top >= weights["least"] and lead >= weights["margin"]:
                seen = case.candidates[best]
                walk.mention(seen, case)
                at, rule = seen.index, "pronoun: antecedent"
                sure = min(0.95, (0.5 if thing else 0.6) + 0.15 * min(lead, 2.0))
                if at < 0:
                    at, rule = -1, "pronoun: unnamed person"
        if at >= 0 or not thing:
            type_ = names.entities[at].type if at >= 0 else "person"
            added.append(
                Found(case.token, case.token + 1, "pronoun", type_, case.sentence, at,
                      round(sure, 2), rule)
            )  # fmt: skip
    names.found = sorted(names.found + added, key=lambda f: (f.first, -f.last))


class _Walk:
    """Goes through an article and keeps who is in sight."""

    def __init__(self, names: ArticleNames) -> None:
        self.names = names
        self.doc = names.doc
        self.voc: Vocabulary = vocabulary()
        self.sight: dict[int, Seen] = {}
        self.by_first: dict[int, Found] = {}
        self.learned: dict[int, str] = {}
        self.unnamed = -2
        people = [
            (-e.count, i) for i, e in enumerate(names.entities) if e.type == "person" and e.key
        ]
        self.topic = min(people, default=(0, -1))[1]

    def mention(self, seen: Seen, case: Case) -> None:
        """The candidate was meant by the pronoun: it is in sight again from here."""
        word = case.word
        seen.sentence, seen.token = case.sentence, case.token
        seen.role = _role(self.doc.tag, word, case.token)
        seen.quoted = bool(self.doc.quoted[case.token])
        seen.count += 1
        seen.pronoun = True
        seen.first = case.token - self.doc.bounds[case.sentence][0] <= 1
        seen.speaks = self._speech(case.token + 1)
        if word in _GENDER and not seen.gender:
            seen.gender = _GENDER[word]
            if seen.index >= 0:
                entity = self.names.entities[seen.index]
                entity.male += seen.gender == "m"
                entity.female += seen.gender == "f"

    def cases(self) -> Iterator[Case]:
        """Every pronoun in text order; the caller says what it decided by `mention`."""
        doc = self.doc
        low = doc.low
        by_first = self.by_first
        covered = bytearray(len(low) + 1)
        for f in self.names.found:
            many = f.last - f.first == 2 and _many(self.doc.low, f)
            if f.kind == "demonym" and not many:
                continue
            by_first.setdefault(f.first, f)
            for k in range(f.first, f.last):
                covered[k] = 1
        titles = self.voc.titles
        number = 0
        for k in [
            k for k, w in enumerate(low) if w in PRONOUNS or w in titles or k in by_first
        ]:  # fmt: skip
            while k >= doc.bounds[number][1]:
                number += 1
            if doc.parts[number] == "boilerplate":
                continue
            a, b = doc.bounds[number]
            found = by_first.get(k)
            if found is not None:
                self._see(found, number, a, b)
            elif covered[k]:
                continue
            elif low[k] in PRONOUNS:
                yield self._case(k, number, low[k], a)
            else:
                self._unnamed(k, number, a, b, covered)

    def _see(self, found: Found, number: int, a: int, b: int) -> None:
        index = found.entity
        if index < 0:
            if found.type != "person" or found.kind == "pronoun":
                return
            index = self.unnamed
            self.unnamed -= 1
        entity = self.names.entities[index] if index >= 0 else None
        type_ = entity.type if entity is not None else "person"
        if type_ not in ("person", "government", "organization"):
            return
        root, gender = index, entity.gender if entity is not None else ""
        if entity is not None and entity.default >= 0:
            # Most likely the same person: one candidate, under the name used last.
            root = entity.default
            full = self.names.entities[root]
            gender = gender or (full.gender if full.first <= found.first else "")
        old = self.sight.get(root)
        self.sight[root] = Seen(
            index=index, sentence=number, token=found.first,
            role=self._position(found.first, found.last, a, b), kind=found.kind,
            quoted=bool(self.doc.quoted[found.first]),
            speaks=self._speech(found.last), first=found.first - a <= 1,
            count=(old.count if old else 0) + 1,
            gender=gender, thing=type_ != "person", many=_many(self.doc.low, found),
        )  # fmt: skip

    def _unnamed(self, k: int, number: int, a: int, b: int, covered: bytearray) -> None:
        """ "a senior official": someone without a name, in sight for a pronoun."""
        low = self.doc.low
        title = self.voc.title_at(low, k, b)
        if title is None or title.kind == HONORIFIC or any(covered[k : k + len(title.words)]):
            return
        j = k - 1
        while j > a and k - j <= 3 and self.doc.tag[j] in ("JJ", "NN", "NNP", "VBN", "CD", "HYPH"):
            j -= 1
        before = low[j] if j >= a else ""
        if before not in _INDEFINITE and before not in _DEFINITE:
            return
        kind = "indefinite" if before in _INDEFINITE else "definite"
        last = k + len(title.words)
        index = self.unnamed
        self.unnamed -= 1
        self.sight[index] = Seen(
            index=index, sentence=number, token=k, role=self._position(k, last, a, b), kind=kind,
            quoted=bool(self.doc.quoted[k]), speaks=self._speech(last),
            first=j - a <= 1, count=1, gender=title.gender, thing=False,
        )  # fmt: skip

    def _speech(self, k: int) -> bool:
        low = self.doc.low
        return k < len(low) and self.voc.contexts.get(("after", low[k]), ("",))[0] == "person"

    def _position(self, first: int, last: int, a: int, b: int) -> str:
        """subject, object, possessive, oblique or aside, from the words around."""
        tag, tok = self.doc.tag, self.doc.tok
        after = tag[last] if last < b else ""
        if after == "POS" or (last < b and tok[last] in ("'s", "’s")):
            return "possessive"
        before = tag[first - 1] if first > a else ""
        if after in _VERBS or (after == "RB" and last + 1 < b and tag[last + 1] in _VERBS):
            return "subject"
        if before in ("IN", "TO"):
            return "oblique"
        if before in ("VBD", "VBZ") and after in ("", ".", "''", ","):
            return "inverted" if first - 1 > a and tok[first - 2] in (",", "”", '"', "''") else (
                "object"
            )  # fmt: skip
        if before.startswith("VB"):
            return "object"
        if first == a or before in (",", "``", ":"):
            return "subject" if last < b and tok[last] == "," else "aside"
        return "other"

    def _case(self, k: int, number: int, word: str, a: int) -> Case:
        doc = self.doc
        thing = word in _IT
        gender = _GENDER.get(word, "")
        near = [
            s for s in self.sight.values()
            if number - s.sentence <= (_WINDOW if not thing else 1) and s.thing == thing
            and not (gender and s.gender and s.gender != gender)
        ]  # fmt: skip
        near.sort(key=lambda s: -s.token)
        near = near[:8]
        role = _role(doc.tag, word, k)
        if role == "possessive" and (ahead := self._ahead(k, number, a, thing)) is not None:
            return Case(k, number, word, [ahead], [1.0])
        speaker = self._speaker(k) if doc.quoted[k] and not thing else -1
        scores = [
            self._score(s, k, number, role, word, a)
            + (WEIGHTS["says this"] if s.index == speaker else 0.0)
            for s in near
        ]
        return Case(k, number, word, near, scores)

    def _ahead(self, k: int, number: int, a: int, thing: bool) -> Seen | None:
        """ "In her letter, Keller said": the subject that follows the opening phrase."""
        doc = self.doc
        if doc.tag[a] not in ("IN", "TO") or k - a > 2:
            return None
        b = doc.bounds[number][1]
        end = next((j for j in range(k + 1, min(b - 1, k + 9)) if doc.tok[j] == ","), -1)
        found = self.by_first.get(end + 1) if end > 0 else None
        if found is None or found.entity < 0 or found.kind == "demonym":
            return None
        entity = self.names.entities[found.entity]
        gender = _GENDER.get(doc.low[k], "")
        if (entity.type != "person") != thing or (
            gender and entity.gender and entity.gender != gender
        ):
            return None
        if not doc.tag[found.last].startswith(("VB", "MD", "RB")):
            return None
        return Seen(
            index=found.entity, sentence=number, token=found.first, role="subject",
            kind=found.kind, quoted=bool(doc.quoted[found.first]), speaks=False, first=False,
            count=1, gender=entity.gender, thing=thing,
        )  # fmt: skip

    def _speaker(self, k: int) -> int:
        """Who is named as the speaker right behind the quotation in which token `k` stands."""
        quoted = self.doc.quoted
        end = k
        while end < len(quoted) - 1 and quoted[end] and end - k < 80:
            end += 1
        for j in range(end, min(end + 5, len(quoted))):
            found = self.by_first.get(j)
            if found is not None:
                spoken = self._speech(found.last) or (j > 0 and self._speech(j - 1))
                return found.entity if spoken and found.type == "person" else -1
        return -1

    def _score(self, s: Seen, k: int, number: int, role: str, word: str, a: int) -> float:
        doc, w = self.doc, THINGS if s.thing else WEIGHTS
        distance = number - s.sentence
        quoted = bool(doc.quoted[k])
        score = w["distance"] * distance + w["count"] * min(s.count, 6)
        score += w["gender known"] if s.gender else 0.0
        subject = s.role in ("subject", "inverted")
        score += w["subject"] if subject else w.get(s.role, 0.0)
        score += w["continues"] if s.pronoun and subject and role == "subject" else 0.0
        score += w["chain"] if s.pronoun and distance <= 1 else 0.0
        score += w["unnamed"] if s.index < 0 else 0.0
        score += w["topic"] if s.index == self.topic else 0.0
        if s.thing:
            score += self._thing(s, k, word, distance)
        if distance == 0:
            score += w["near"] * (s.token - a)
            broken = any(t in _BREAKS for t in doc.tok[s.token + 1 : k])
            if not broken and subject:
                score += w["own clause"] if role == "object" else w["own subject"]
        elif s.first and subject:
            score += w["main subject"] if role == "subject" else 0.0
            score += w["opens"] if k - a <= 2 and distance == 1 else 0.0
        if doc.paragraphs[number] != doc.paragraphs[s.sentence]:
            score += w["paragraph"]
        if quoted and not s.quoted:
            # Inside a quotation the speaker says "I", so "he" is someone else.
            score += w["speaker"] if s.speaks and distance <= 1 else 0.0
        elif quoted and s.quoted and distance <= 1:
            score += w["same quotation"]
        elif s.quoted and not quoted:
            score += w["inside quotation"]
        if not quoted and s.speaks and role == "subject" and self._speech(k + 1) and distance:
            score += w["goes on speaking"]
        return score

    def _thing(self, s: Seen, k: int, word: str, distance: int) -> float:
        """What speaks for a state or body, which many nouns without a name compete with."""
        doc, w = self.doc, THINGS
        plural = word[0] == "t"
        score = w["many"] if s.many == plural else w["one"] if plural else -w["many"]
        score += w["taken"] if _role(doc.tag, word, k) == "object" else 0.0
        nouns = sum(t in ("NN", "NNS") for t in doc.tag[s.token + 1 : k]) if not distance else 2
        score += w["noun between"] * min(nouns, 3)
        if not nouns and word in ("its", "their"):
            score += w["close"]
        if word == "it" and k + 1 < len(doc.low) and doc.low[k + 1] in _BE:
            score += w["be"]
        return score


def _many(low: list[str], found: Found) -> bool:
    """Whether a name stands for many ("the Norwegians", "Guards") and is taken up by "they"."""
    return (
        low[found.last - 1].endswith("s")
        and found.type != "person"
        and (found.kind == "demonym" or found.last - found.first > 1)
    )


def _role(tag: list[str], word: str, k: int) -> str:
    if word == "her":
        return "possessive" if tag[k] == "PRP$" else "object"
    if word == "it":
        return "subject" if k + 1 < len(tag) and tag[k + 1] in _VERBS else "object"
    return pronouns()[word].case

"""Third-person pronouns: the likeliest antecedent among the actors in sight, or left open.

Unnamed people ("a senior official") are candidates too: a pronoun that stands for one of them has
no actor. Where no candidate is likely enough (`salience`), or two are as likely, the pronoun stays
open. "In her letter, Keller said" looks ahead, and whoever is named behind a quotation as its
speaker does not say "she" of herself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helpers import lexicons
from helpers.lenses.actors.article_entities import ArticleMentions, Mention
from helpers.lenses.actors.salience import (
    FINITE,
    THINGS,
    WEIGHTS,
    Antecedent,
    Salience,
    role_of,
)
from helpers.lenses.actors.vocabulary import HONORIFIC, Vocabulary, pronouns, vocabulary

_GENDER = {word: p.gender for word, p in pronouns().items() if p.gender}
_IT = frozenset(w for w, p in pronouns().items() if not p.gender and p.case != "existential")
PRONOUNS = frozenset(_GENDER) | _IT
_WINDOW = 3
_INDEFINITE = lexicons.words("indefinite_determiners")
_DEFINITE = lexicons.words("definite_determiners")


@dataclass(slots=True)
class Anaphor:
    """A pronoun and its candidates with their scores, nearest first."""

    token: int
    sentence: int
    word: str
    candidates: list[Antecedent]
    scores: list[float]


def resolve(article: ArticleMentions) -> None:
    """Add one `Mention` per third-person pronoun, with its actor or (-1) left open."""
    added: list[Mention] = []
    for case in (walk := _Tracker(article)).cases():
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
            type_ = article.entities[at].type if at >= 0 else "person"
            added.append(
                Mention(case.token, case.token + 1, "pronoun", type_, case.sentence, at,
                      round(sure, 2), rule)
            )  # fmt: skip
    article.mentions = sorted(article.mentions + added, key=lambda f: (f.first, -f.last))


class _Tracker:
    """Goes through an article and keeps who is in sight."""

    def __init__(self, article: ArticleMentions) -> None:
        self.article = article
        self.doc = article.doc
        self.voc: Vocabulary = vocabulary()
        self.sight: dict[int, Antecedent] = {}
        self.by_first: dict[int, Mention] = {}
        self.learned: dict[int, str] = {}
        self.unnamed = -2
        people = [
            (-e.count, i) for i, e in enumerate(article.entities) if e.type == "person" and e.key
        ]
        self.salience = Salience(self.doc, topic=min(people, default=(0, -1))[1])

    def mention(self, seen: Antecedent, case: Anaphor) -> None:
        """The candidate was meant by the pronoun: it is in sight again from here."""
        word = case.word
        seen.sentence, seen.token = case.sentence, case.token
        seen.role = role_of(self.doc.tags, word, case.token)
        seen.quoted = bool(self.doc.quoted[case.token])
        seen.count += 1
        seen.pronoun = True
        seen.first = case.token - self.doc.sents[case.sentence][0] <= 1
        seen.speaks = self.salience.speech(case.token + 1)
        if word in _GENDER and not seen.gender:
            seen.gender = _GENDER[word]
            if seen.index >= 0:
                entity = self.article.entities[seen.index]
                entity.male += seen.gender == "m"
                entity.female += seen.gender == "f"

    def cases(self) -> Iterator[Anaphor]:
        """Every pronoun in text order; the caller says what it decided by `mention`."""
        doc = self.doc
        low = doc.lower
        by_first = self.by_first
        covered = bytearray(len(low) + 1)
        for f in self.article.mentions:
            many = f.last - f.first == 2 and _many(self.doc.lower, f)
            if f.kind == "demonym" and not many:
                continue
            by_first.setdefault(f.first, f)
            for k in range(f.first, f.last):
                covered[k] = 1
        wanted = PRONOUNS | self.voc.titles.keys()
        number = 0
        for k in [k for k, w in enumerate(low) if w in wanted or k in by_first]:
            while k >= doc.sents[number][1]:
                number += 1
            if doc.parts[number] == "boilerplate":
                continue
            a, b = doc.sents[number]
            mention = by_first.get(k)
            if mention is not None:
                self._see(mention, number, a, b)
            elif covered[k]:
                continue
            elif low[k] in PRONOUNS:
                yield self._case(k, number, low[k], a)
            else:
                self._unnamed(k, number, a, b, covered)

    def _see(self, mention: Mention, number: int, a: int, b: int) -> None:
        index = mention.entity
        if index < 0:
            if mention.type != "person" or mention.kind == "pronoun":
                return
            index = self.unnamed
            self.unnamed -= 1
        entity = self.article.entities[index] if index >= 0 else None
        type_ = entity.type if entity is not None else "person"
        if type_ not in ("person", "government", "organization"):
            return
        root, gender = index, entity.gender if entity is not None else ""
        if entity is not None and entity.likely >= 0:
            # Most likely the same person: one candidate, under the name used last.
            root = entity.likely
            full = self.article.entities[root]
            gender = gender or (full.gender if full.first <= mention.first else "")
        old = self.sight.get(root)
        self.sight[root] = Antecedent(
            index=index, sentence=number, token=mention.first,
            role=self._position(mention.first, mention.last, a, b), kind=mention.kind,
            quoted=bool(self.doc.quoted[mention.first]),
            speaks=self.salience.speech(mention.last), first=mention.first - a <= 1,
            count=(old.count if old else 0) + 1,
            gender=gender, thing=type_ != "person", many=_many(self.doc.lower, mention),
        )  # fmt: skip

    def _unnamed(self, k: int, number: int, a: int, b: int, covered: bytearray) -> None:
        """ "a senior official": someone without a name, in sight for a pronoun."""
        low = self.doc.lower
        title = self.voc.title_at(low, k, b)
        if title is None or title.kind == HONORIFIC or any(covered[k : k + len(title.words)]):
            return
        j = k - 1
        while j > a and k - j <= 3 and self.doc.tags[j] in ("JJ", "NN", "NNP", "VBN", "CD", "HYPH"):
            j -= 1
        before = low[j] if j >= a else ""
        if before not in _INDEFINITE and before not in _DEFINITE:
            return
        kind = "indefinite" if before in _INDEFINITE else "definite"
        last = k + len(title.words)
        index = self.unnamed
        self.unnamed -= 1
        self.sight[index] = Antecedent(
            index=index, sentence=number, token=k, role=self._position(k, last, a, b), kind=kind,
            quoted=bool(self.doc.quoted[k]), speaks=self.salience.speech(last),
            first=j - a <= 1, count=1, gender=title.gender, thing=False,
        )  # fmt: skip

    def _position(self, first: int, last: int, a: int, b: int) -> str:
        """subject, object, possessive, oblique or aside, from the words around."""
        tag, tok = self.doc.tags, self.doc.words
        after = tag[last] if last < b else ""
        if after == "POS" or (last < b and tok[last] in ("'s", "’s")):
            return "possessive"
        before = tag[first - 1] if first > a else ""
        if after in FINITE or (after == "RB" and last + 1 < b and tag[last + 1] in FINITE):
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

    def _case(self, k: int, number: int, word: str, a: int) -> Anaphor:
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
        role = role_of(doc.tags, word, k)
        if role == "possessive" and (ahead := self._ahead(k, number, a, thing)) is not None:
            return Anaphor(k, number, word, [ahead], [1.0])
        speaker = self._speaker(k) if doc.quoted[k] and not thing else -1
        scores = [
            self.salience.score(s, k, number, role, word, a)
            + (WEIGHTS["says this"] if s.index == speaker else 0.0)
            for s in near
        ]
        return Anaphor(k, number, word, near, scores)

    def _ahead(self, k: int, number: int, a: int, thing: bool) -> Antecedent | None:
        """ "In her letter, Keller said": the subject that follows the opening phrase."""
        doc = self.doc
        if doc.tags[a] not in ("IN", "TO") or k - a > 2:
            return None
        b = doc.sents[number][1]
        end = next((j for j in range(k + 1, min(b - 1, k + 9)) if doc.words[j] == ","), -1)
        mention = self.by_first.get(end + 1) if end > 0 else None
        if mention is None or mention.entity < 0 or mention.kind == "demonym":
            return None
        entity = self.article.entities[mention.entity]
        gender = _GENDER.get(doc.lower[k], "")
        if (entity.type != "person") != thing or (
            gender and entity.gender and entity.gender != gender
        ):
            return None
        if not doc.tags[mention.last].startswith(("VB", "MD", "RB")):
            return None
        return Antecedent(
            index=mention.entity, sentence=number, token=mention.first, role="subject",
            kind=mention.kind, quoted=bool(doc.quoted[mention.first]), speaks=False, first=False,
            count=1, gender=entity.gender, thing=thing,
        )  # fmt: skip

    def _speaker(self, k: int) -> int:
        """Who is named as the speaker right behind the quotation in which token `k` stands."""
        quoted = self.doc.quoted
        end = k
        while end < len(quoted) - 1 and quoted[end] and end - k < 80:
            end += 1
        for j in range(end, min(end + 5, len(quoted))):
            mention = self.by_first.get(j)
            if mention is not None:
                spoken = self.salience.speech(mention.last) or (
                    j > 0 and self.salience.speech(j - 1)
                )
                return mention.entity if spoken and mention.type == "person" else -1
        return -1


def _many(low: list[str], mention: Mention) -> bool:
    """Whether a name stands for many ("the Norwegians", "Guards") and is taken up by "they"."""
    return (
        low[mention.last - 1].endswith("s")
        and mention.type != "person"
        and (mention.kind == "demonym" or mention.last - mention.first > 1)
    )

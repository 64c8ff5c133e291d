"""Third-person pronouns: the likeliest antecedent among the actors in sight, or left open.

Unnamed people ("a senior official") are candidates too: a pronoun that stands for one of them has
no actor. Where no candidate is likely enough (`salience`), or two are as likely, the pronoun stays
open. "In her letter, Keller said" looks ahead, and whoever is named behind a quotation as its
speaker does not say "she" of herself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from helpers.lenses.actors.article_entities import ArticleMentions, Mention
from helpers.lenses.actors.binding import Binding
from helpers.lenses.actors.salience import THINGS, WEIGHTS, Antecedent, role_of
from helpers.lenses.actors.sight import Sight, is_many
from helpers.lenses.actors.vocabulary import people_nouns, pronouns
from helpers.lenses.quotes import Report

_GENDER = {word: p.gender for word, p in pronouns().items() if p.gender}
_IT = frozenset(w for w, p in pronouns().items() if not p.gender and p.case != "existential")
PRONOUNS = frozenset(_GENDER) | _IT
_WINDOW = 3
_TURN = 4
"""Sentences back to which a candidate is looked for: of a pronoun; of one that is a speaker."""


def gender_of(word: str) -> str:
    """m or f: the gender that a pronoun in small letters says; empty for "it" and "they"."""
    return _GENDER.get(word, "")


def resolve(article: ArticleMentions, reports: list[Report]) -> None:
    """Add one `Mention` per third-person pronoun, with its actor or (-1) left open."""
    added: list[Mention] = []
    for case in (walk := _Tracker(article, reports)).cases():
        thing = case.word in _IT
        order = sorted(range(len(case.scores)), key=lambda i: (-case.scores[i], i))
        at, sure, rule, second = -1, 0.0, "pronoun: no antecedent", -1
        if order:
            best = order[0]
            top = case.scores[best]
            lead = top - case.scores[order[1]] if len(order) > 1 else 2.0
            rule = "pronoun: open"
            weights = THINGS if thing else WEIGHTS
            margin = weights[
                "margin" if case.floor != case.candidates[best].root else "turn margin"
            ]
            least = WEIGHTS["least"] if case.floor is not None else weights["least"]
            if top >= least and lead >= margin:
                seen = case.candidates[best]
                walk.mention(seen, case)
                at, rule = seen.index, "pronoun: antecedent"
                sure = min(0.95, (0.5 if thing else 0.6) + 0.15 * min(lead, 2.0))
                if at < 0:
                    at, rule = -1, "pronoun: unnamed person"
                elif len(order) > 1 and case.scores[order[1]] >= least:
                    second = case.candidates[order[1]].index
        told = rule == "pronoun: unnamed person" and walk.speaking.is_head(case.token)
        if at >= 0 or not thing or told:
            type_ = article.entities[at].type if at >= 0 else "person"
            added.append(
                Mention(case.token, case.token + 1, "pronoun", type_, case.sentence, at,
                      round(sure, 2), rule, second=max(second, -1))
            )  # fmt: skip
    found = article.mentions + added + walk.titles
    article.mentions = sorted(found, key=lambda f: (f.first, -f.last))


@dataclass(slots=True)
class Anaphor:
    """A pronoun and its candidates with their scores, nearest first."""

    token: int
    sentence: int
    word: str
    candidates: list[Antecedent]
    scores: list[float]
    floor: int | None = None
    """The root of whoever spoke last, or acted since, where the pronoun is a speaker."""


class _Tracker(Sight):
    """Goes through an article and keeps who is in sight."""

    def mention(self, seen: Antecedent, case: Anaphor) -> None:
        """The candidate was meant by the pronoun: it is in sight again from here."""
        word, k = case.word, case.token
        quoted = bool(self.doc.quoted[k])
        seen = replace(
            seen, sentence=case.sentence, token=k, last=k + 1, role=role_of(self.doc.tags, word, k),
            quoted=quoted, count=seen.count + 1, pronoun=True,
            first=k - self.doc.sents[case.sentence][0] <= 1, speaks=k in self.speaking.of_head,
        )  # fmt: skip
        entity = self.article.entities[seen.index] if seen.index >= 0 else None
        if word in _GENDER and entity is not None and not (entity.gender and seen.gender):
            # A short name learns it too, whose likely bearer's gender is known.
            entity.male += _GENDER[word] == "m"
            entity.female += _GENDER[word] == "f"
        seen.gender = seen.gender or _GENDER.get(word, "")
        self.keep(seen)
        self.speaking.speaks(k, seen.root)

    def cases(self) -> Iterator[Anaphor]:
        """Every pronoun, what is said after who says it; the caller decides by `mention`."""
        doc = self.doc
        low = doc.lower
        by_first = self.by_first
        covered = bytearray(len(low) + 1)
        for f in self.article.mentions:
            many = f.last - f.first == 2 and is_many(self.doc.lower, f)
            one = f.last - f.first == 1 and low[f.first] in people_nouns()
            if (f.kind == "demonym" and not many) or (f.type == "other" and one):
                continue  # "the Republican" is somebody
            if f.rule != "medium":
                by_first.setdefault(f.first, f)
            for k in range(f.first, f.last):
                covered[k] = 1
        wanted = PRONOUNS | self.voc.titles.keys() | people_nouns().keys()
        heads = self.speaking.of_head
        found = [k for k, w in enumerate(low) if w in wanted or k in by_first or k in heads]
        for k in sorted(found, key=self.speaking.order):
            number = self.sent[k]
            a, b = doc.sents[number]
            mention = by_first.get(k)
            if mention is not None:
                self.see(mention, number, a, b)
            elif covered[k]:
                continue
            elif low[k] in PRONOUNS:
                yield self._case(k, number, low[k], a)
            else:
                self.see_unnamed(k, number, a, b, covered)

    def _case(self, k: int, number: int, word: str, a: int) -> Anaphor:
        doc, speaking = self.doc, self.speaking
        bound = Binding(doc, self.by_first)
        thing = word in _IT
        gender = _GENDER.get(word, "")
        quoted = bool(doc.quoted[k])
        speaker = speaking.speaker(k)
        said = self._named_in(speaking.said_at(k)) | {speaking.excluded(k)}
        said |= self._named_in(bound.done_to(k, number, a))
        near = []
        window = _TURN if speaking.is_head(k) else 1 if thing else _WINDOW
        for s in self.sight.values():
            if (
                s.thing != thing
                or (gender and s.gender and s.gender != gender)
                or (quoted and s.root == speaker)
                or s.root in said
            ):
                continue
            at = self.heard(s.root, k)
            if number - at <= window and not (
                thing and not self._may_stand_for(s, k, word, number)
            ):
                near.append((s, min(at, number)))
        near.sort(key=lambda s: -s[0].token)
        near = near[:10]
        role = role_of(doc.tags, word, k)
        of = bound.controller(k, number, a) if role == "reflexive" else []
        ahead = of[0] if of else bound.glossed(k) or bound.led_up_to(k, number, a)
        if ahead is None and role == "possessive" and bound.opens(k, a):
            ahead = bound.behind_opening(k, number)
        meant = self._meant(ahead, k, number, thing) if ahead is not None else None
        if meant is not None:
            return Anaphor(k, number, word, [meant], [1.0])
        if of or bound.is_anybody(k):
            return Anaphor(k, number, word, [], [])
        floor = None
        if speaking.is_head(k) and not quoted:
            floor = speaking.floor(k, {s.root for s, _ in near})
        best: dict[int, tuple[float, Antecedent]] = {}
        for s, at in near:
            score = self.salience.score(s, k, number, at, role, word, a)
            if s.root == floor:
                score += WEIGHTS["turn"]
            if not quoted and s.root == speaker:
                score += WEIGHTS["reports"]
            if s.root not in best or score > best[s.root][0]:
                best[s.root] = score, s
        return Anaphor(k, number, word, [s for _, s in best.values()],
                       [x for x, _ in best.values()], floor)  # fmt: skip

    def _may_stand_for(self, s: Antecedent, k: int, word: str, number: int) -> bool:
        """Whether a word that mostly stands for things may stand for a state or body."""
        if word[0] == "t":
            return s.many or s.index < 0
        role = role_of(self.doc.tags, word, k)
        if word == "it":
            return role == "subject" and s.role in ("subject", "inverted")
        if role == "reflexive" and self.doc.tags[k - 1].startswith("NN"):
            return bool(s.token <= k - 1 and self._ends_at(s.token, k))  # "the deal itself"
        return True

    def _ends_at(self, first: int, k: int) -> bool:
        """Whether the mention that begins at token ``first`` ends right before ``k``."""
        mention = self.by_first.get(first)
        return mention is not None and mention.last == k

    def _named_in(self, spans: list[tuple[int, int]]) -> set[int | None]:
        """The roots of those named in the token ranges, but not as speakers."""
        out: set[int | None] = set()
        for k in (k for a, b in spans for k in range(a, min(b, len(self.sent)))):
            f = self.by_first.get(k)
            if f is None or f.entity < 0 or f.kind not in ("name", "title"):
                continue
            if "".join(self.doc.tags[f.last : f.last + 1]).startswith("NN"):
                continue  # "Keller hotels" may stand in Keller's own words
            if not any(self.speaking.is_head(i) for i in range(f.first, f.last)):
                likely = self.article.entities[f.entity].likely
                out.add(likely if likely >= 0 else f.entity)
        return out

    def _meant(self, mention: Mention, k: int, number: int, thing: bool) -> Antecedent | None:
        """A mention behind the pronoun as what it stands for, if it can be."""
        if mention.entity < 0 or mention.kind == "demonym":
            return None
        entity = self.article.entities[mention.entity]
        gender = _GENDER.get(self.doc.lower[k], "")
        if (entity.type != "person") != thing or (
            gender and entity.gender and entity.gender != gender
        ):
            return None
        return Antecedent(
            index=mention.entity, root=mention.entity, sentence=number, token=mention.first,
            last=mention.last, role="subject", kind=mention.kind,
            quoted=bool(self.doc.quoted[mention.first]), speaks=False, first=False, count=1,
            gender=entity.gender, thing=thing,
        )  # fmt: skip

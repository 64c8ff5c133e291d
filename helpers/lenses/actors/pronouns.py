"""Third-person pronouns: the likeliest antecedent among the actors in sight, or left open.

Unnamed people ("a senior official") are candidates too: a pronoun that stands for one of them has
no actor. Where no candidate is likely enough (`salience`), or two are as likely, the pronoun stays
open. "In her letter, Keller said" looks ahead, and whoever is named behind a quotation as its
speaker does not say "she" of herself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from helpers import lexicons
from helpers.lenses.actors.article_entities import ArticleMentions, Mention
from helpers.lenses.actors.described import Described
from helpers.lenses.actors.salience import (
    FINITE,
    THINGS,
    WEIGHTS,
    Antecedent,
    Salience,
    role_of,
)
from helpers.lenses.actors.speaking import Speaking
from helpers.lenses.actors.vocabulary import (
    HONORIFIC,
    POSSESSIVE,
    Vocabulary,
    people_nouns,
    pronouns,
    vocabulary,
)
from helpers.lenses.quotes import Report

_GENDER = {word: p.gender for word, p in pronouns().items() if p.gender}
_IT = frozenset(w for w, p in pronouns().items() if not p.gender and p.case != "existential")
PRONOUNS = frozenset(_GENDER) | _IT
_TYING = lexicons.words("tying_prepositions")
_ACTORS = ("person", "government", "organization")
_WINDOW = 3
_TURN = 4
"""Sentences back to which a candidate is looked for: of a pronoun; of one that is a speaker."""
_PHRASE = frozenset({"IN", "DT", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "CD", "HYPH", "PRP$"})
"""Tags of what may stand between a subject's head and its verb."""
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
    floor: int | None = None
    """The root of whoever spoke last, or acted since, where the pronoun is a speaker."""


def resolve(article: ArticleMentions, reports: list[Report]) -> None:
    """Add one `Mention` per third-person pronoun, with its actor or (-1) left open."""
    added: list[Mention] = []
    for case in (walk := _Tracker(article, reports)).cases():
        thing = case.word in _IT
        order = sorted(range(len(case.scores)), key=lambda i: (-case.scores[i], i))
        at, sure, rule = -1, 0.0, "pronoun: no antecedent"
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
        told = rule == "pronoun: unnamed person" and walk.speaking.is_head(case.token)
        if at >= 0 or not thing or told:
            type_ = article.entities[at].type if at >= 0 else "person"
            added.append(
                Mention(case.token, case.token + 1, "pronoun", type_, case.sentence, at,
                      round(sure, 2), rule)
            )  # fmt: skip
    found = article.mentions + added + walk.titles
    article.mentions = sorted(found, key=lambda f: (f.first, -f.last))


class _Tracker:
    """Goes through an article and keeps who is in sight."""

    def __init__(self, article: ArticleMentions, reports: list[Report]) -> None:
        self.article = article
        self.doc = article.doc
        self.voc: Vocabulary = vocabulary()
        self.speaking = Speaking(reports, len(self.doc.words))
        self._take_labels(reports)
        self.sight: dict[tuple[int, bool], Antecedent] = {}
        """The candidates by root; those last seen between quotation marks and outside them."""
        self.by_first: dict[int, Mention] = {}
        self.learned: dict[int, str] = {}
        self.unnamed = -2
        self.known_as: dict[str, int] = {}
        """The unnamed by their noun, for "the diplomat" after "a diplomat"."""
        people = [
            (-e.count, i) for i, e in enumerate(article.entities) if e.type == "person" and e.key
        ]
        self.salience = Salience(self.doc, topic=min(people, default=(0, -1))[1])
        self.described = Described(self.doc)
        self.titles: list[Mention] = []
        """Descriptions of speakers whom the article describes elsewhere."""
        self.sent = [n for n, (a, b) in enumerate(self.doc.sents) for _ in range(a, b)]

    def _take_labels(self, reports: list[Report]) -> None:
        """Text printed as somebody's words is quoted; its label is whom the report says."""
        for report in reports:
            for a, b in report.content if report.verbatim else ():
                self.doc.quoted[a:b] = b"\x01" * (b - a)
            for f in self.article.mentions if report.actor is not None else ():
                a, b = report.source
                if a <= f.first and f.last <= b and f.kind == "name":
                    f.entity, f.type = int(report.actor or 0), "person"

    def mention(self, seen: Antecedent, case: Anaphor) -> None:
        """The candidate was meant by the pronoun: it is in sight again from here."""
        word, k = case.word, case.token
        quoted = bool(self.doc.quoted[k])
        seen = replace(
            seen, sentence=case.sentence, token=k, last=k + 1, role=role_of(self.doc.tags, word, k),
            quoted=quoted, count=seen.count + 1, pronoun=True,
            first=k - self.doc.sents[case.sentence][0] <= 1, speaks=k in self.speaking.of_head,
        )  # fmt: skip
        if word in _GENDER and not seen.gender:
            seen.gender = _GENDER[word]
            if seen.index >= 0:
                entity = self.article.entities[seen.index]
                entity.male += seen.gender == "m"
                entity.female += seen.gender == "f"
        self._keep(seen)
        self.speaking.speaks(k, seen.root)

    def _keep(self, seen: Antecedent) -> None:
        for quoted in (False, True):
            other = self.sight.get((seen.root, quoted))
            if other is not None:
                other.gender, other.count = other.gender or seen.gender, seen.count
        self.sight[seen.root, seen.quoted] = seen
        leads = seen.role == "subject" or self.speaking.asked(seen.token)
        if leads and not seen.quoted:
            self.speaking.leads(seen.token, seen.root)

    def cases(self) -> Iterator[Anaphor]:
        """Every pronoun, what is said after who says it; the caller decides by `mention`."""
        doc = self.doc
        low = doc.lower
        by_first = self.by_first
        covered = bytearray(len(low) + 1)
        for f in self.article.mentions:
            many = f.last - f.first == 2 and _many(self.doc.lower, f)
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
        if type_ not in _ACTORS:
            return
        root, gender = index, entity.gender if entity is not None else ""
        if entity is not None and entity.likely >= 0:
            # Most likely the same person: one candidate, under the name used last.
            root = entity.likely
            full = self.article.entities[root]
            gender = gender or (full.gender if full.first <= mention.first else "")
        if type_ == "person" and mention.kind == "name" and index >= 0:
            self.described.note(mention, root, a, b)
        old = self.sight.get((root, False)) or self.sight.get((root, True))
        head = next((k for k in range(mention.first, mention.last) if self.speaking.is_head(k)), -1)
        self._keep(
            Antecedent(
                index=index, root=root, sentence=number, token=mention.first, last=mention.last,
                role=self._position(mention.first, mention.last, a, b), kind=mention.kind,
                quoted=bool(self.doc.quoted[mention.first]),
                speaks=head >= 0, first=mention.first - a <= 1,
                count=(old.count if old else 0) + 1,
                gender=gender, thing=type_ != "person", many=_many(self.doc.lower, mention),
            )
        )  # fmt: skip
        self.speaking.speaks(head, root)

    def _unnamed(self, k: int, number: int, a: int, b: int, covered: bytearray) -> None:
        """ "a senior official": someone without a name, in sight for a pronoun."""
        low = self.doc.lower
        title = self.voc.title_at(low, k, b)
        person = people_nouns().get(low[k])
        head = self.speaking.is_head(k)
        plural = False
        if title is not None and title.kind != HONORIFIC:
            last, gender = k + len(title.words), title.gender
        elif person is not None and ((self.doc.tags[k][:2] == "NN" and low[k] != "one") or head):
            last, gender, plural = k + 1, person.gender, person.many
        else:
            return
        if any(covered[k : last + 1]) or (last < b and self.doc.tags[last].startswith("NN")):
            return
        j = k - 1
        while j > a and k - j <= 3 and self.doc.tags[j] in ("JJ", "NN", "NNP", "VBN", "CD", "HYPH"):
            j -= 1
        before = low[j] if j >= a else ""
        definite = before in _DEFINITE or before in POSSESSIVE
        source = next((i for i in range(k, last) if self.speaking.is_head(i)), -1)
        if before not in _INDEFINITE and not definite and source < 0 and not plural:
            return
        if source < 0 and j - 1 > a and low[j - 1] == "," and covered[j - 2]:
            return  # "Keller, an aide to the mayor,"
        if last + 1 < b and low[last] == "," and covered[last + 1]:
            return  # "the aide, Anna Keller,"
        if source >= 0 and before == "the" and not plural and self._holds_no_actor(j, last):
            gender = gender or ("f" if low[k].endswith("woman") else "")
            near = {
                root for (root, _), seen in self.sight.items()
                if root >= 0 and not seen.thing and {seen.gender, gender} != {"m", "f"}
            }  # fmt: skip
            text = self.doc.text[self.doc.starts[j] : self.doc.ends[last - 1]]
            floor = self.speaking.floor(source, near)
            if floor is not None and number - self._heard(floor, source) > 1:
                floor = None
            root = self.described.means(text, near, floor)
            if root >= 0:
                self._name_again(root, Mention(j, last, "title", "person", number, root, 0.6,
                                               "described before"), source)  # fmt: skip
                return
        noun = low[last - 1]
        known = self.known_as.get(noun) if definite else None
        index = self.unnamed if known is None else known
        self.unnamed -= known is None
        self.known_as[noun] = index
        self._keep(
            Antecedent(
                index=index, root=index, sentence=number, token=k, last=last,
                role=self._position(k, last, a, b), kind="definite" if definite else "indefinite",
                quoted=bool(self.doc.quoted[k]), speaks=source >= 0,
                first=j - a <= 1, count=1, gender=gender, thing=plural, many=plural,
            )
        )  # fmt: skip
        self.speaking.speaks(source, index)

    def _heard(self, root: int, k: int) -> int:
        """The sentence before token ``k`` in which ``root`` was last seen or heard."""
        end = self.speaking.until(root, k)
        at = self.sent[end - 1] if end > 0 else -1
        for quoted in (False, True):
            seen = self.sight.get((root, quoted))
            if seen is not None and seen.sentence > at:
                at = seen.sentence
        return at

    def _holds_no_actor(self, first: int, last: int) -> bool:
        """Whether nothing but places is named in the token range."""
        held = (self.by_first.get(k) for k in range(first, last))
        return all(f is None or f.type not in _ACTORS for f in held)

    def _name_again(self, root: int, mention: Mention, source: int) -> None:
        """The words of a description that mean somebody named: a mention of the person."""
        self.titles.append(mention)
        seen = self.sight.get((root, False)) or self.sight.get((root, True))
        if seen is not None:
            a, b = self.doc.sents[mention.sentence]
            self._keep(
                replace(
                    seen, sentence=mention.sentence, token=mention.first, last=mention.last,
                    role=self._position(mention.first, mention.last, a, b), kind="title",
                    quoted=bool(self.doc.quoted[mention.first]), count=seen.count + 1,
                    pronoun=False, first=mention.first == a, speaks=True,
                )
            )  # fmt: skip
        self.speaking.speaks(source, root)

    def _position(self, first: int, last: int, a: int, b: int) -> str:
        """subject, object, possessive, oblique or aside, from the words around."""
        tag, tok = self.doc.tags, self.doc.words
        after = tag[last] if last < b else ""
        if after == "POS" or (last < b and tok[last] in ("'s", "’s")):
            return "possessive"
        before = tag[first - 1] if first > a else ""
        if after.startswith("NN"):
            return "modifier"  # "House Republicans"
        if (
            first > a
            and self.doc.lower[first - 1 - (before == "DT")] in _TYING
            and first - 1 - (before == "DT") >= a
        ):
            return "oblique"
        if after == "WP":
            return "subject"  # "a president who cannot leave his room"
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
        k = last
        while k < b and tag[k] in _PHRASE:
            k += 1
        if last < k < b and tag[k] in FINITE and tag[last] == "IN":
            return "subject"  # "an official at the ministry laughed"
        if first - (before == "DT") <= a or before in (",", "``", ":"):
            return "subject" if last < b and tok[last] == "," else "aside"
        return "other"

    def _case(self, k: int, number: int, word: str, a: int) -> Anaphor:
        doc, speaking = self.doc, self.speaking
        thing = word in _IT
        gender = _GENDER.get(word, "")
        quoted = bool(doc.quoted[k])
        speaker = speaking.speaker(k)
        said = self._named_in(speaking.said_at(k)) | {speaking.excluded(k)}
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
            at = self._heard(s.root, k)
            if number - at <= window and not (
                thing and not self._may_stand_for(s, k, word, number)
            ):
                near.append((s, min(at, number)))
        near.sort(key=lambda s: -s[0].token)
        near = near[:10]
        role = role_of(doc.tags, word, k)
        if role == "possessive" and (ahead := self._ahead(k, number, a, thing)) is not None:
            return Anaphor(k, number, word, [ahead], [1.0])
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
            if not any(self.speaking.is_head(i) for i in range(f.first, f.last)):
                likely = self.article.entities[f.entity].likely
                out.add(likely if likely >= 0 else f.entity)
        return out

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
            index=mention.entity, root=mention.entity, sentence=number, token=mention.first,
            last=mention.last, role="subject", kind=mention.kind,
            quoted=bool(doc.quoted[mention.first]), speaks=False, first=False, count=1,
            gender=entity.gender, thing=thing,
        )  # fmt: skip


def _many(low: list[str], mention: Mention) -> bool:
    """Whether a name stands for many ("the Norwegians", "Guards") and is taken up by "they"."""
    return (
        low[mention.last - 1].endswith("s")
        and mention.type != "person"
        and (mention.kind == "demonym" or mention.last - mention.first > 1)
    )

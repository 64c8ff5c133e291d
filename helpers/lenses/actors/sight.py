"""Who is in sight for a pronoun: the actors and unnamed people an article has named so far.

Unnamed people ("a senior official") are candidates too. A speaker described but not named there
("the Texas Republican") is whoever the article describes so (`described`).
"""

from __future__ import annotations

from dataclasses import replace

from helpers import lexicons
from helpers.lenses.actors.article_entities import ArticleMentions, Mention
from helpers.lenses.actors.described import Described
from helpers.lenses.actors.positions import position
from helpers.lenses.actors.salience import Antecedent, Salience
from helpers.lenses.actors.speaking import Speaking
from helpers.lenses.actors.vocabulary import (
    HONORIFIC,
    POSSESSIVE,
    Vocabulary,
    people_nouns,
    vocabulary,
)
from helpers.lenses.quotes import Report

_ACTORS = ("person", "government", "organization")
_INDEFINITE = lexicons.words("indefinite_determiners")
_DEFINITE = lexicons.words("definite_determiners")
_UNDER = lexicons.words("clause_breaks") - {"and", "but", "who", "which", "to"}
_UTTERANCES = lexicons.words("utterances")


def is_many(low: list[str], mention: Mention) -> bool:
    """Whether a name stands for many ("the Norwegians", "Guards") and is taken up by "they"."""
    return (
        low[mention.last - 1].endswith("s")
        and mention.type != "person"
        and (mention.kind == "demonym" or mention.last - mention.first > 1)
    )


class Sight:
    """Keeps who is in sight while an article is read."""

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

    def keep(self, seen: Antecedent) -> None:
        """Somebody was seen: under one gender and count, quoted or not."""
        for quoted in (False, True):
            other = self.sight.get((seen.root, quoted))
            if other is not None:
                other.gender, other.count = other.gender or seen.gender, seen.count
        self.sight[seen.root, seen.quoted] = seen
        leads = seen.role == "subject" or self.speaking.asked(seen.token)
        before = self._subject_before(seen)
        under = before and self.doc.lower[seen.token - 1] in _UNDER
        if not seen.quoted and ((leads and not under) or (not before and self._is_heard(seen))):
            self.speaking.leads(seen.token, seen.root)

    def _subject_before(self, seen: Antecedent) -> bool:
        """Whether another person is the subject of the sentence before: "*Moss* was asked whether
        Keller knew" is about Moss."""
        return any(
            s.sentence == seen.sentence and s.role == "subject" and s.token < seen.token
            and s.root != seen.root and not s.thing
            for s in self.sight.values()
        )  # fmt: skip

    def _is_heard(self, seen: Antecedent) -> bool:
        """ "*Keller*'s statement came late": whose words the sentence is about."""
        low = self.doc.lower
        said = low[seen.last + 1 : seen.last + 2]
        return seen.role == "possessive" and not _UTTERANCES.isdisjoint(said)

    def see(self, mention: Mention, number: int, a: int, b: int) -> None:
        """A mention of the article: whom it names is in sight, unless it is none or spoken to.

        "Dear Keller" speaks to her.
        """
        words = self.doc.words
        if b > mention.last and words[mention.last] == "?" and words[mention.first - 1] == ",":
            return  # "Why did she leave, Keller?"
        if words[mention.first - 1] == "Dear" and mention.first:
            return
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
        self.keep(
            Antecedent(
                index=index, root=root, sentence=number, token=mention.first, last=mention.last,
                role=position(self.doc, mention.first, mention.last, a, b), kind=mention.kind,
                quoted=bool(self.doc.quoted[mention.first]),
                speaks=head >= 0, first=mention.first - a <= 1,
                count=(old.count if old else 0) + 1,
                gender=gender, thing=type_ != "person", many=is_many(self.doc.lower, mention),
            )
        )  # fmt: skip
        self.speaking.speaks(head, root)

    def see_unnamed(self, k: int, number: int, a: int, b: int, covered: bytearray) -> None:
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
            if floor is not None and number - self.heard(floor, source) > 1:
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
        self.keep(
            Antecedent(
                index=index, root=index, sentence=number, token=k, last=last,
                role=position(self.doc, k, last, a, b),
                kind="definite" if definite else "indefinite",
                quoted=bool(self.doc.quoted[k]), speaks=source >= 0,
                first=j - a <= 1, count=1, gender=gender, thing=plural, many=plural,
            )
        )  # fmt: skip
        self.speaking.speaks(source, index)

    def heard(self, root: int, k: int) -> int:
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
            self.keep(
                replace(
                    seen, sentence=mention.sentence, token=mention.first, last=mention.last,
                    role=position(self.doc, mention.first, mention.last, a, b), kind="title",
                    quoted=bool(self.doc.quoted[mention.first]), count=seen.count + 1,
                    pronoun=False, first=mention.first == a, speaks=True,
                )
            )  # fmt: skip
        self.speaking.speaks(source, root)

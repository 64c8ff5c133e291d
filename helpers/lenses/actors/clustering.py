"""One article alone: its mentions, gathered into entities that the corpus may join later.

Phase 1 of three. What leaves this module is small (names, counts, offices, genders per
entity), so that a large corpus can be read in partitions.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from helpers.lenses.actors import name_matching
from helpers.lenses.actors.article_entities import ArticleEntity, ArticleMentions, Mention
from helpers.lenses.actors.candidates import GOVERNMENT, PERSON, TITLE, Candidate
from helpers.lenses.actors.detection import detect
from helpers.lenses.actors.gazetteer import CAPITAL, COUNTRY, ORGANIZATION, PLACE, gazetteer
from helpers.lenses.actors.name_matching import fold
from helpers.lenses.actors.name_types import TypeDecider
from helpers.lenses.actors.office_links import OfficeLinks
from helpers.lenses.actors.offices import (
    CROWNS,
    bare_office,
    opens_unique,
    said_past,
    same_post,
)
from helpers.lenses.actors.proposed import Proposed, ProposedNames
from helpers.lenses.actors.tagged_article import TaggedArticle
from helpers.lenses.actors.vocabulary import (
    OFFICE,
    POSSESSIVE,
    RANK,
    ROLE,
    Vocabulary,
    pronouns,
    usual_tag,
    vocabulary,
)

_FORMED = ("ed", "ing", "ous", "less", "ful")
"""Endings of adjectives, by which a word that no list knows is told from a given name."""
_BACK, _GONE = 2, 8
"""Sentences back to which a bearer of a surname was named just now, and from which long ago."""
_HEADLINE = 4
"""Words of a name from which it may be a headline."""
_GENDERS = {word: p.gender for word, p in pronouns().items() if p.gender}


def article_mentions(doc: TaggedArticle, names: list[Proposed] | None = None) -> ArticleMentions:
    """The article's mentions and entities, pronouns not yet.

    ``names`` are those that a model from elsewhere proposes; None: our own names by shape.
    """
    chunker = None if names is None else ProposedNames(doc, names)
    candidates = TypeDecider(doc).decide(detect(doc, chunker))
    clustering = _Clustering(doc)
    clustering.gather(candidates)
    mentions = sorted((_mention(c) for c in candidates), key=lambda m: (m.first, -m.last))
    return ArticleMentions(doc, mentions, clustering.entities)


def _mention(p: Candidate) -> Mention:
    within = tuple(_mention(w) for w in p.within) if p.within else ()
    office = (p.body or p.country, p.title)
    return Mention(
        p.first, p.last, p.kind, p.type, p.sentence, p.entity, p.confidence, p.rule, office, within
    )  # fmt: skip


class _Clustering:
    """The entities of one article, as they are gathered."""

    def __init__(self, doc: TaggedArticle) -> None:
        self.doc = doc
        self.voc: Vocabulary = vocabulary()
        self.entities: list[ArticleEntity] = []
        self.by_label: dict[str, int] = {}
        self.by_name: dict[tuple[str, ...], int] = {}
        """Those that are no people, by their folded words."""
        self.alike: dict[object, list[int]] = {}
        """The full names that share a part, as `name_matching.shared` gives it."""
        self.surnames: set[str] = set()
        self.forms = Counter(fold(word) for word in doc.words if word[:1].isupper())
        self.in_headlines: dict[int, str] = {}
        """Full names as headlines and captions in capitals have them."""
        self.named: dict[int, list[Candidate]] = {}
        """The names of each entity, in the order of gathering."""

    def gather(self, candidates: list[Candidate]) -> None:
        """Gather the candidates: full names, then short names, then labelled forms and titles."""
        self._spelled_out(candidates)
        people = [p for p in candidates if p.type == PERSON and p.kind == "name"]
        self._strays(people)
        self._full_names(people)
        for p in sorted((p for p in people if p.entity < 0), key=self._rank):
            self._short(p)
        for i, form in self.in_headlines.items():
            if not any(" " in wording for wording in self.entities[i].wordings):
                self.entities[i].wordings[form] += 1  # the body has the surname alone
        offices = OfficeLinks(self.doc, self.entities)
        for i, p in enumerate(candidates):
            if p.type == PERSON and p.kind == "name":
                offices.around(candidates, i)
        for candidate, p in [(c, inner) for c in candidates for inner in c.within]:
            if p.kind == CAPITAL and any(t.kind == OFFICE for t in candidate.titles):
                p.kind, p.type, p.confidence = "metonym", GOVERNMENT, 0.7
            elif p.kind == CAPITAL:
                p.kind, p.type, p.label = "name", PLACE, ""  # "the Oslo lawyer"
            if p.entity < 0:
                p.entity = self._labelled(p) if p.label else self._named(p)
        for p in candidates:
            if p.kind == TITLE:
                offices.describe(p, candidates)
            elif p.title == "holder":
                self._holder(p)
            elif p.entity < 0 and p.rule != "bare government":
                p.entity = self._labelled(p) if p.label else self._named(p)
        for i, p in enumerate(candidates):
            if p.type == ORGANIZATION and p.entity >= 0:
                self._states_around(candidates, i)

    def _strays(self, people: list[Candidate]) -> None:
        """Set right what a sentence or headline glued to a name that stands elsewhere.

        "Absent Keller" and "Oslo Keller" are Anna Keller, "Keller Poised" too, and "Anna Keller
        Joins Port Protest" where "Keller" stands alone; "a President Keller" does not hold the
        office.
        """
        words, low = self.doc.words, self.doc.lower
        full = [p for p in people if p.core_last - p.core > 1]
        forms = Counter(tuple(words[p.core : p.core_last]) for p in full)
        surnames: dict[str, set[str]] = {}
        for p in full:
            if words[p.core] in self.voc.given or forms[tuple(words[p.core : p.core_last])] > 1:
                surnames.setdefault(fold(words[p.core_last - 1]), set()).add(fold(words[p.core]))
        alone = {words[p.core] for p in people if p.core_last == p.core + 1}
        for p in people:
            if p.core_last - p.core >= _HEADLINE and words[p.core] in self.voc.given:
                name, more, *_ = words[p.core + 1 :]
                known = name in alone and name not in self.voc.given and more[0].isupper()
                if known and words[p.core_last - 1] not in alone:
                    p.last = p.core_last = p.core + 2
            if p.first > 0 and low[p.first - 1] in ("a", "an") and p.core_last == p.core + 1:
                p.titles = tuple(t for t in p.titles if t.kind != OFFICE)
            if p.core_last - p.core > 1 and p.first == p.core and self._stray(p, surnames):
                p.first = p.core = p.core + 1
                rest = tuple(words[p.core : p.core_last])
                if len(rest) == 2 and not forms[rest] and rest[0] not in self.voc.given:
                    p.first = p.core = p.core + 1

    def _stray(self, p: Candidate, surnames: dict[str, set[str]]) -> bool:
        """Whether the first word is no given name, but a usual word or a place before a name."""
        word = self.doc.words[p.core]
        others = surnames.get(fold(self.doc.words[p.core_last - 1]), set()) - {fold(word)}
        if word in self.voc.given or not others or not word[0].isalpha():
            return False
        entry = gazetteer().single(word)
        formed = p.core in self.doc.openings and word.endswith(_FORMED) and len(word) > 5
        place = entry is not None and entry.kind in (PLACE, COUNTRY)
        return bool(usual_tag(word)) or formed or place

    def _full_names(self, people: list[Candidate]) -> None:
        """Gather the names of two words and more; note which words are surnames."""
        last = {self.doc.words[p.core_last - 1] for p in people}
        self.surnames = {fold(word) for word in last if word not in self.voc.given}
        for p in people:
            words = self.doc.words[p.core : p.core_last]
            key, suffix = name_matching.person_key(words)
            if len(key) > 2 and key[-1] != key[0] and name_matching.given_match(key[0], key[-1]):
                # "Mike Keller Michael": the long form of a given name, glued on by a page.
                key, words = key[:-1], words[:-1]
            if len(key) > 1:
                self._full(p, key, suffix, name_matching.without_nickname(words))
        known = {e.key[0] for e in self.entities}
        for p, q in pairwise(people):
            if self._shares_surname(p, q) and fold(self.doc.words[p.core]) not in known:
                # "Anna and Peter Keller": the surname is hers too.
                words = [self.doc.words[p.core], self.doc.words[q.core_last - 1]]
                self._full(p, *name_matching.person_key(words), words)

    def _shares_surname(self, p: Candidate, q: Candidate) -> bool:
        """Whether a given name stands alone before "and" and a full name."""
        return (
            p.core_last == p.core + 1
            and self.doc.lower[p.last : q.first] == ["and"]
            and q.core_last - q.core > 1
            and q.first == q.core
            and {self.doc.words[p.core], self.doc.words[q.core]} <= self.voc.given.keys()
            and self.doc.words[p.core] not in self.voc.doubtful_given
            and fold(self.doc.words[p.core]) not in self.surnames
        )

    def _states_around(self, candidates: list[Candidate], i: int) -> None:
        """Whose body it is: "Norway's parliament", "the Norwegian Storting", "parliament of X"."""
        p, low = candidates[i], self.doc.lower
        states = self.entities[p.entity].states
        before = candidates[i - 1] if i else None
        if before and before.type == GOVERNMENT and before.label:
            gap = low[before.last : p.first]
            if not gap or (len(gap) == 1 and gap[0] in POSSESSIVE):
                states[before.label] += 1
        after = candidates[i + 1] if i + 1 < len(candidates) else None
        if (
            after
            and after.type == GOVERNMENT
            and after.label
            and p.sentence == after.sentence
            and [w for w in low[p.last : after.first] if w != "the"] == ["of"]
        ):
            states[after.label] += 1

    def _spelled_out(self, candidates: list[Candidate]) -> None:
        """An acronym in brackets behind a body's name is that body in the whole article."""
        tok = self.doc.words
        long_forms: dict[str, Candidate] = {}
        for before, p in pairwise(candidates):
            if (
                before.last == p.first - 1
                and tok[p.first - 1] == "("
                and before.type == p.type == ORGANIZATION
                and p.core_last == p.core + 1
                and not (before.label and p.label)
                and fold(tok[p.core])
                in name_matching.initials(self.doc.lower[before.core : before.core_last])
            ):
                long_forms.setdefault(tok[p.core], before)
        for p in candidates if long_forms else ():
            long = long_forms.get(tok[p.core]) if p.core_last == p.core + 1 else None
            if long is not None and p.type == ORGANIZATION:
                p.label = long.label
                p.short_for = " ".join(tok[long.core : long.core_last])

    def _touch(self, index: int, p: Candidate, words: list[str]) -> None:
        entity = self.entities[index]
        entity.count += 1
        self.named.setdefault(index, []).append(p)
        if words and not p.muted:
            entity.wordings[" ".join(words).replace(" ,", ",")] += 1  # "Keller, Jr."
        elif len(words) > 1:
            self.in_headlines.setdefault(index, " ".join(words))
        if p.titles and not p.body and p.core > p.first:
            # "FBI Director Keller", "Oslo Mayor Keller": body or region stand inside the name.
            inside = gazetteer().match(self.doc.words, p.first, p.core)
            p.body = inside.label if inside and inside.kind in (ORGANIZATION, PLACE) else ""
        past = said_past(self.doc.lower[max(p.first - 1, 0) : p.core])
        for title in p.titles:
            if past:
                entity.past[bare_office(title.name)] += 1
            entity.male += 2 * (title.gender == "m")
            entity.female += 2 * (title.gender == "f")
            if title.kind in (OFFICE, ROLE, RANK) and not title.plural:
                for where in dict.fromkeys((p.country, p.body) if p.body else (p.country,)):
                    entity.offices[where, title.name] += 1
        p.entity = index

    def _full(self, p: Candidate, key: tuple[str, ...], suffix: str, words: list[str]) -> None:
        found = name_matching.shared(key)
        for index in sorted(set().union(*(self.alike.get(part, ()) for part in found))):
            entity = self.entities[index]
            if entity.suffix == suffix and name_matching.same_person(entity.key, key):
                if len(key) > len(entity.key):
                    entity.key = key
                    self._note_alike(index, found)
                self._touch(index, p, words)
                return
        entity = ArticleEntity(PERSON, key, suffix, full=True, first=p.first)
        gender = self.voc.given.get(words[0], "")
        entity.male += gender == "m"
        entity.female += gender == "f"
        self.entities.append(entity)
        self._note_alike(len(self.entities) - 1, found)
        self._touch(len(self.entities) - 1, p, words)

    def _note_alike(self, index: int, parts: set[object]) -> None:
        for part in parts:
            self.alike.setdefault(part, []).append(index)

    def _rank(self, p: Candidate) -> int:
        """Short names with an office say most about who is meant, those of a headline least."""
        if self.doc.parts[p.sentence] == "headline":
            return 2
        return 0 if any(t.kind == OFFICE for t in p.titles) else 1

    def _short(self, p: Candidate) -> None:
        """A surname or given name alone: the full name it cuts short, else an actor of its own.

        Where the article introduces its only bearer later, or without the office, the short name
        stays an entity with that bearer as `likely` one: the corpus may know a better one.
        """
        words = self.doc.words[p.core : p.core_last]
        key, suffix = name_matching.person_key(words)
        if not key:
            return
        bearers = self._bearers(key[-1], suffix)
        if bearers and not suffix and all(self.entities[i].suffix == "jr" for i in bearers):
            # "President Moss" is not Peter Moss Jr., and where he is named, nor is "Moss"
            offices = {t.name for t in p.titles if t.kind == OFFICE}
            other = any(not e.full and e.key == key and e.offices for e in self.entities)
            if other or (offices and not any(offices & _held(self.entities[i]) for i in bearers)):
                bearers = []
        crown = next((t.name for t in p.titles if t.name in CROWNS), "")
        if crown and bearers and words[0] in self.voc.given and not self._crowned(bearers):
            # "Queen Anna" is no Anna Keller
            self._full(p, (crown, *key), suffix, [crown.capitalize(), *words])
            return
        index = self._choose(p, self._fitting(p, key, bearers))
        if index < 0 or self._doubtful(p, key, index):
            self._alone(p, (key, suffix), words, tuple(bearers), index)
            return
        p.rule = "short name" if p.rule != "title and name" else p.rule
        self._touch(index, p, words)

    def _bearers(self, word: str, suffix: str) -> list[int]:
        """The full names that end in the word, else those that hold it."""
        near = {i for part in name_matching.shared_surname(word) for i in self.alike.get(part, ())}
        bearers = [i for i in sorted(near) if _like(word, self.entities[i].key[-1])]
        bearers = bearers or self._otherwise_called(word)
        if suffix:  # "Donald Jr." is no other Donald
            bearers = [i for i in bearers if self.entities[i].suffix == suffix]
        return bearers

    def _otherwise_called(self, word: str) -> list[int]:
        full = [(i, e) for i, e in enumerate(self.entities) if e.type == PERSON and e.full]
        bearers = [i for i, e in full if word in e.key or word in _hyphened(e)]
        bearers = bearers or [i for i, e in full if word in _initials(e)]
        if not bearers and self._is_slip(word):
            bearers = [i for i, e in full if _slip(word, e.key[-1])]
            bearers = bearers if len(bearers) == 1 else []
        if not bearers and word.capitalize() in self.voc.given:  # "Dick" of Richard Keller
            bearers = [i for i, e in full if name_matching.given_match(word, e.key[0])]
            bearers = bearers if len(bearers) == 1 else []
        return bearers

    def _crowned(self, bearers: list[int]) -> bool:
        """Whether one of them is called a king, a prince … himself."""
        return any(o in CROWNS for i in bearers for _, o in self.entities[i].offices)

    def _is_slip(self, word: str) -> bool:
        """Whether a surname stands once in the article and may be another one misspelt."""
        return self.forms[word] == 1 and not usual_tag(word)

    def _fitting(self, p: Candidate, key: tuple[str, ...], bearers: list[int]) -> list[int]:
        """The bearers that the gender and the offices said with a short name do not rule out."""
        known = self.entities
        gender = _said_gender(p)
        fit = [
            i for i in bearers
            if not (gender and known[i].gender and gender != known[i].gender)
        ]  # fmt: skip
        offices = {t.name for t in p.titles if t.kind in (OFFICE, RANK, ROLE)}
        others = [
            _held(e) for e in known
            if e.type == PERSON and not e.full and e.key == key and e.offices
            and not (len(fit) == 1 and self._keeps(fit[0], p, e))
        ]  # fmt: skip
        if offices:
            # "President X" before any "Anna X" without that office: likely another X.
            other = any(held & offices for held in others)
            return [
                i for i in fit
                if (known[i].first < p.first and not known[i].suffix and not other)
                or offices & _held(known[i])
            ]  # fmt: skip
        if others:
            return [i for i in fit if gender and known[i].gender == gender and not known[i].suffix]
        return fit

    def _keeps(self, index: int, p: Candidate, titled: ArticleEntity) -> bool:
        """Whether a bare surname is its one bearer's, though "President X" of it follows.

        She was named first, is called so before him or again, and "she" is said in the article.
        """
        bearer = self.entities[index]
        if bearer.first > titled.first:
            return False
        said = Counter(gender for w in self.doc.lower if (gender := _GENDERS.get(w)))
        if bearer.gender and said and not said[bearer.gender]:
            return False
        word = " ".join(self.doc.words[p.core : p.core_last])
        called = [e for e in self.entities if e.likely == index and not e.offices] + [bearer]
        return p.first < titled.first or any(word in e.wordings for e in called)

    def _doubtful(self, p: Candidate, key: tuple[str, ...], index: int) -> bool:
        """Whether a short name may mean somebody else than the full name it could cut short."""
        e = self.entities[index]
        offices = {t.name for t in p.titles if opens_unique(t)}
        if offices:
            held = _held(e)
            same = any(same_post(office, o) for office in offices for o in held)
            return e.first < p.first and not same
        if self.doc.parts[p.sentence] == "headline" or p.muted:
            return False
        alone = [o for o in self.entities if not o.full and o.key == key and o.likely == index]
        return min([p.first, *(o.first for o in alone)]) < e.first

    def _alone(
        self, p: Candidate, name: tuple[tuple[str, ...], str], words: list[str],
        own: tuple[int, ...], likely: int,
    ) -> None:  # fmt: skip
        """An entity without a full name, the one that has this short name or a new one."""
        gender = _said_gender(p)
        for i, e in enumerate(self.entities):
            if (
                e.type == PERSON
                and not e.full
                and (e.key, e.suffix) == name
                and not (likely >= 0 and e.offices and not p.titles)
                and not (gender and e.gender and e.gender != gender)
            ):
                e.first = min(e.first, p.first)
                self._touch(i, p, words)
                return
        entity = ArticleEntity(PERSON, *name, first=p.first, bearers=own, likely=likely)
        if words[-1] in self.voc.given and not p.titles and not own:
            given = self.voc.given[words[-1]]
            entity.male += given == "m"
            entity.female += given == "f"
        self.entities.append(entity)
        self._touch(len(self.entities) - 1, p, words)

    def _choose(self, p: Candidate, fit: list[int]) -> int:
        if len(fit) < 2:
            return fit[0] if fit else -1
        offices = {t.name for t in p.titles if t.kind in (OFFICE, ROLE)}
        if offices:
            held = [i for i in fit if offices & _held(self.entities[i])]
            if len(held) == 1:
                return held[0]
        before = [i for i in fit if self.entities[i].first < p.first]
        now = self._named_just_now(p, before)
        if now >= 0:
            return now
        # The bare surname belongs to the one introduced first; later ones keep their given names.
        return min(
            before or fit,
            # Two surnames in a row ("Keller Moss") are a headline's, and no third person's.
            key=lambda i: (self.entities[i].key[0] in self.surnames, self.entities[i].first),
        )

    def _named_just_now(self, p: Candidate, bearers: list[int]) -> int:
        """The one bearer of a surname who was named right before it, the others long ago.

        He has an office, or nobody else was called by the surname alone: of brothers, or of two
        who share no more than their name. -1: nobody is.
        """
        seen = {i: [q for q in self.named[i] if q.first < p.first] for i in bearers}
        since = {i: p.sentence - max(q.sentence for q in names) for i, names in seen.items()}
        here = [i for i in bearers if since[i] <= _BACK]
        others = [i for i in bearers if since[i] >= _GONE]
        if len(here) != 1 or len(others) != len(bearers) - 1 or not others:
            return -1
        words = [*self.doc.words, ""]
        surname = self.entities[here[0]].key[-1]
        bare = [
            q for i, names in self.named.items() for q in names
            if i != here[0] and q.first < p.first and q.core_last == q.core + 1
            and self.entities[i].key[-1] == surname
        ]  # fmt: skip
        alone = any(not words[q.last][:1].isupper() for q in bare)  # not "Keller Street"
        full = [q for q in seen[here[0]] if q.core_last > q.core + 1]
        titled = bool(full) and any(t.kind in (OFFICE, ROLE, RANK) for t in full[-1].titles)
        return here[0] if titled or not alone else -1

    def _holder(self, p: Candidate) -> None:
        """ "the X administration": the state of X comes with the corpus; X is kept as entity."""
        words = self.doc.words[p.core : p.core_last]
        key, _ = name_matching.person_key(words)
        if not key:
            return
        for i, e in enumerate(self.entities):
            if e.type == PERSON and e.key and (e.key == key or e.key[-1] == key[-1]):
                p.entity = i
                break
        else:
            self.entities.append(ArticleEntity(PERSON, key, first=p.first))
            p.entity = len(self.entities) - 1
        self.entities[p.entity].nouns[p.noun] += 1

    def _labelled(self, p: Candidate) -> int:
        if p.label not in self.by_label:
            kind = p.type
            self.entities.append(
                ArticleEntity(kind, (p.label,), label=p.label, first=p.first, full=True)
            )
            self.by_label[p.label] = len(self.entities) - 1
        index = self.by_label[p.label]
        entity = self.entities[index]
        if p.noun:
            entity.nouns[p.noun] += 1
        entity.count += 1
        entity.wordings[" ".join(self.doc.words[p.first : p.last])] += 1
        self._note_acronym(p, entity)
        return index

    def _named(self, p: Candidate) -> int:
        words = p.short_for.split() or self.doc.words[p.core : p.core_last]
        key = tuple(f for f in (fold(w) for w in words) if f not in ("", "the"))
        if not key:
            return -1
        index = self.by_name.get(key, len(self.entities))
        if index == len(self.entities):
            self.entities.append(ArticleEntity(p.type, key, first=p.first, full=len(key) > 1))
            if p.type != PERSON:
                self.by_name[key] = index
        entity = self.entities[index]
        entity.count += 1
        entity.wordings[" ".join(words)] += 1
        self._note_acronym(p, entity)
        return index

    def _note_acronym(self, p: Candidate, entity: ArticleEntity) -> None:
        word = self.doc.words[p.core]
        if p.short_for and p.core_last == p.core + 1 and word.isupper():
            entity.acronyms.add(fold(word))


def _held(entity: ArticleEntity) -> set[str]:
    """The offices that the article gives somebody, wherever they are held."""
    return {office for _, office in entity.offices}


def _hyphened(entity: ArticleEntity) -> set[str]:
    """The halves of a double surname, and two last words as one: "Mahdi", "Abdul-Mahdi"."""
    last = (form.split()[-1] for form in entity.wordings)
    halves = {fold(half) for word in last if "-" in word for half in word.split("-")}
    return halves | ({"".join(entity.key[-2:])} if len(entity.key) > 2 else set())


def _initials(entity: ArticleEntity) -> set[str]:
    """ "FDR", "AOC": three letters or more for a person's names."""
    forms = (name_matching.initials(form.lower().split()) for form in entity.wordings)
    return {letters for found in forms for letters in found if len(letters) > 2}


def _said_gender(p: Candidate) -> str:
    """m, f or empty: what the titles before a name say ("Mrs.")."""
    return next((t.gender for t in reversed(p.titles) if t.gender), "")


def _like(a: str, b: str) -> bool:
    return a == b or (a[0] == b[0] and name_matching.near(a, b))


def _slip(a: str, b: str) -> bool:
    """Whether two folded surnames differ in a letter or two inside: "Cowmen" beside "Cowan"."""
    alike = a[:2] == b[:2] and a[-1] == b[-1] and min(len(a), len(b)) > 4
    return alike and name_matching.edits(a, b) <= 2

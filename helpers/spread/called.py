"""What each side calls the same deed, thing and actor, in its own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

from helpers import lexicons
from helpers.lenses import naming
from helpers.made import kept
from helpers.schema import UNKNOWN_OUTLET
from helpers.spread.grid import Column, Entry, Grid, Row, Span, plain, times
from helpers.spread.material import FEW, Material
from helpers.wording import clean, count, is_missing, listing

LEAST_SIDES = 2
NAMES = 4
"""Names of one cell; the others are counted."""
FAMILIES, OUTLETS = 15, 4
"""Rows of the whole story, and outlets of one word that are named."""
DESCRIBED = frozenset(("before", "apposition", "predicate", "polity", "epithet"))
ALONE = frozenset(("polity", "epithet"))
"""Parts that stand for an actor without naming it."""
LONGEST = 3
"""Words of a description that judges nobody: a longer one is hardly what an actor is called."""
BY_NAME = "by name"
"""Names, titles, capitals and the adjectives of a country, all as one: they choose no word."""


@dataclass(frozen=True)
class Use:
    """One word for one thing, in its place: ``of`` is what it names, ``loaded`` whether it judges.

    ``kind`` is "deed" (of a known actor), "thing" (with the same words after "of"), "listed" (a
    thing of the story's `labels.csv`), "family" (all words for a thing) or "actor".
    """

    kind: str
    of: str
    word: str
    stem: str
    """What its forms share: the lemma of a verb, the label without its adjectives."""
    loaded: bool
    place: Span
    own: bool = False
    """Whether nobody else speaks in the whole sentence (`Material.is_own`)."""


def uses(m: Material) -> list[Use]:
    """Every name for a deed, thing or actor in the outlets' own voice, in order.

    A word behind a quotation mark is somebody else's, also where it stands alone in them.
    """
    things = _nouns(m)
    each = (*_deeds(m, things), *_things(things), *_actors(m))
    found = [use for use in each if use.place[0] in m.own]
    mine = m.in_own_voice([use.place for use in found])
    voiced = [
        replace(use, own=m.is_own(use.place))
        for use, is_mine in zip(found, mine, strict=True)
        if is_mine
    ]
    return sorted(voiced, key=lambda u: (u.place, u.of))


def called(
    m: Material, columns: Sequence[Column], found: Iterable[Use], *, limit: int
) -> list[Row]:
    """One row per deed, thing or actor to which at least two sides give different names.

    A row is shown where one side at least uses a word that judges and another one does not. Of at
    most `FEW` articles also the families of words are held together ("the plan", "the gambit"):
    so few tell of one thing.
    """
    side = {doc: i for i, column in enumerate(columns) for doc in column.doc_ids}
    groups: dict[tuple[str, str], list[Use]] = {}
    unasked = {"family"} if len(side) > FEW else set()
    for use in found:
        if use.place[0] in side and use.kind not in unasked:
            groups.setdefault((use.kind, use.of), []).append(use)
    ranked = []
    for (kind, of), group in groups.items():
        sides = {side[u.place[0]] for u in group}
        judging = {side[u.place[0]] for u in group if u.loaded}
        if len(sides) < 2 or not judging or len(judging) == len(sides):
            continue
        there = _prints_of(m, group) if kind == "actor" else frozenset()
        cells = tuple(
            () if i not in judging and not there.isdisjoint(column.doc_ids)
            else names([u for u in group if side[u.place[0]] == i])
            for i, column in enumerate(columns)
        )  # a side that prints the word of whomever is not shown without it
        if sum(map(bool, cells)) < LEAST_SIDES:
            continue
        row = Row(heading(kind, of), cells, differs=True)
        ranked.append((-len(sides), kind, of, row))
    return [row for *_, row in sorted(ranked, key=lambda r: r[:3])[:limit]]


def families(m: Material, found: Iterable[Use]) -> Grid:
    """What differs in the names of the whole story: one row per deed, thing or actor.

    The first column holds the words that judge, the second what other outlets write instead; those
    that most articles on both sides name come first.
    """
    groups: dict[tuple[str, str], list[Use]] = {}
    for use in found:
        if use.kind != "family" and m.outlet(use.place[0]) != UNKNOWN_OUTLET:
            groups.setdefault((use.kind, use.of), []).append(use)
    ranked = []
    for (kind, of), group in groups.items():
        judging = {m.outlet(u.place[0]) for u in group if u.loaded}
        if kind == "actor":  # an outlet that prints the word of whomever does not lack it
            judging |= {m.outlet(doc) for doc in _prints_of(m, group)}
        sides = [u for u in group if u.loaded], [
            u for u in group if m.outlet(u.place[0]) not in judging
        ]
        if not all(sides):
            continue
        size = min(len({u.place[0] for u in side}) for side in sides)
        cells = tuple(_words(m, side) for side in sides)
        ranked.append((-size, -len(group), kind, of, Row(heading(kind, of), cells)))
    rows = tuple(row for *_, row in sorted(ranked, key=lambda r: r[:4]))
    columns = Column("Words that judge", ()), Column(f"What other {m.kind}s write", ())
    caption = f"{count(len(rows), 'thing')} that some {m.kind}s alone name with a word that judges"
    return Grid(caption, columns, rows[:FAMILIES])


def _words(m: Material, group: Sequence[Use]) -> tuple[Entry, ...]:
    """The words of one side with the outlets that use them, the most frequent first."""
    words = [u.word.lower() for u in group]
    order = sorted(set(words), key=lambda w: (-words.count(w), w))
    entries = []
    for word in order[:NAMES]:
        mine = [u for u in group if u.word.lower() == word]
        outlets = [m.outlet(u.place[0]) for u in mine]
        names = sorted(set(outlets), key=lambda o: (-outlets.count(o), o))
        at = [u.place for u in mine]
        said = word if word == BY_NAME else f"“{word}”"
        style = "mark" if mine[0].loaded else "plain"
        note = ": ".join(part for part in (times(at), listing(names, OUTLETS)) if part)
        entries.append(Entry(((style, said),), tuple(at), note))
    return tuple(entries)


def heading(kind: str, of: str) -> str:
    """What a row of names is about, in words."""
    return f"{'' if kind == 'actor' else 'The '}{of} is called"


def printing(m: Material, forms: Iterable[str]) -> frozenset[str]:
    """The articles that print one of some words (in small letters) outside of marks.

    Of whatever it may be and whoever says it: an outlet that prints a word is never said not to
    use it of the thing at hand, since whoever searches its articles finds the word.
    """
    wanted = frozenset(forms)
    return kept(m.story, ("printing", wanted), lambda: _printing(m, wanted))


def _prints_of(m: Material, group: Iterable[Use]) -> frozenset[str]:
    """The articles that print a word by which some uses judge, in one or in several."""
    stems = {use.stem for use in group if use.loaded}
    return printing(m, {form for stem in stems for form in (stem, f"{stem}s")})


def _printing(m: Material, forms: frozenset[str]) -> frozenset[str]:
    if not forms:
        return frozenset()
    tokens = m.story.tokens
    rows = tokens[kept(m.story, "_lower", lambda: tokens["text"].str.lower()).isin(forms)]
    rows = rows[rows["doc_id"].isin(sorted(m.articles))]
    spans = zip(rows["doc_id"], rows["start"].tolist(), rows["end"].tolist(), strict=True)
    return frozenset(span[0] for span in spans if not m.is_marked(span))


def names(group: Sequence[Use]) -> tuple[Entry, ...]:
    """The names of one cell with their places: those that judge first, then the most frequent."""
    places: dict[tuple[bool, str], list[Span]] = {}
    for use in group:
        places.setdefault((use.loaded, use.word), []).append(use.place)
    order = sorted(places, key=lambda k: (not k[0], -len(places[k]), k[1]))
    entries = []
    for loaded, word in order[:NAMES]:
        at = places[loaded, word]
        said = word if word == BY_NAME else f"“{word}”"
        entries.append(Entry((("mark" if loaded else "plain", said),), tuple(at), times(at)))
    if rest := order[NAMES:]:
        at = sorted(place for key in rest for place in places[key])
        entries.append(plain(f"and {count(len(rest), 'other name')}", at=at, note=times(at)))
    return tuple(entries)


def _deeds(m: Material, things: Iterable[tuple[str, Use]]) -> list[Use]:
    """Deeds by the actor whom they befall (or who does them, of a refusal).

    Where a deed befalls a state in an adjective ("of an Iranian general"), or a noun names it
    without saying whom it befell ("the assassination"), it is the one that the article tells of
    most, if it tells of any.
    """
    words = lexicons.load("deed_words")
    listed = [words[c].tolist() for c in ("deed", "role", "lemma", "loaded")]
    known = {
        (role, lemma): (deed, int(is_loaded) == 1)
        for deed, role, lemma, is_loaded in zip(*listed, strict=True)
    }
    deeds = set(listed[0])
    nouns = lexicons.load("nominalisations")
    verbs = dict(zip(nouns["noun"], nouns["lemma"], strict=True))
    states = set(m.story.mentions.loc[m.story.mentions["actor_type"] == "government", "actor"])
    found: list[Use] = []
    open_ones: list[tuple[str, Use]] = []
    rows = m.story.agency
    rows = rows[~rows["negated"] & (rows["voice"] == "author") & rows["through"].isna()]
    columns = (rows[c].tolist() for c in ("doc_id", "actor", "role", "predicate", "verb_start",
                                          "verb_end"))  # fmt: skip
    for doc, actor, role, lemma, start, end in zip(*columns, strict=True):
        if (role, lemma) not in known or doc not in m.articles:
            continue
        deed, loaded = known[role, lemma]
        place = (doc, int(start), int(end))
        use = Use("deed", _deed(deed, role, actor), m.text(place).lower(), lemma, loaded, place)
        if role == "patient" and actor in states:
            open_ones.append((deed, use))
        else:
            found.append(use)
    taken = {use.place for use in found}
    for thing, use in things:
        if thing in deeds and use.place not in taken:
            open_ones.append((thing, replace(use, stem=verbs.get(use.stem, use.stem))))
    most: dict[tuple[str, str], Counter[str]] = {}
    for use in found:
        most.setdefault((use.place[0], use.of.split()[0]), Counter())[use.of] += 1
    for deed, use in open_ones:
        if use.place not in taken and (near := most.get((use.place[0], deed))):
            of = min(near, key=lambda of: (-near[of], of))
            found.append(replace(use, kind="deed", of=of))
            taken.add(use.place)
    return found


def _deed(deed: str, role: str, actor: str) -> str:
    return f"{deed} {'of' if role == 'patient' else 'by'} {actor}"


def _nouns(m: Material) -> list[tuple[str, Use]]:
    """Every label of a thing, with the thing; ``of`` is what it is of, as far as the text says."""
    words = lexicons.load("thing_labels")
    pairs = zip(words["label"], words["loaded"], strict=True)
    loaded = {label for label, is_loaded in pairs if int(is_loaded)}
    listed = set(naming.listed_labels(m.story.labels)["label"])
    rows = naming.concept_namings(m.story.tokens, labels=m.story.labels)
    columns = (rows[c].tolist() for c in ("doc_id", "start", "end", "text", "thing", "label",
                                          "referent"))  # fmt: skip
    found = []
    for doc, start, end, text, thing, label, referent in zip(*columns, strict=True):
        if doc in m.articles:
            kind = "listed" if label in listed else "thing"
            of = thing if kind == "listed" else "" if is_missing(referent) else referent
            place = (doc, int(start), int(end))
            word = clean(text, 60)
            found.append((thing, Use(kind, of, word, str(label), label in loaded, place)))
    return found


def _things(things: Iterable[tuple[str, Use]]) -> Iterable[Use]:
    """Things of the same words after "of", whole families, and those of the story's own list."""
    deeds = set(lexicons.load("deed_words")["deed"])
    for thing, use in things:
        if use.kind == "listed":
            yield use
        elif thing not in deeds:
            yield replace(use, kind="family", of=thing)
            if use.of:
                yield replace(use, of=f"{thing} of {use.of}")


def _is_named(m: Material, actor: str, place: Span) -> bool:
    """Whether the sentence of a description also names its actor, or the description does."""
    doc, start, _ = place
    low, high = m.sentence(doc, start)
    text = m.articles[doc]["text"]
    return any(
        who == actor and low <= a < high and any(w[:1].isupper() for w in text[a:b].split()[-1:])
        for a, b, who in m.mentions(doc)
    )


def _others(m: Material, place: Span, states: Container[str]) -> bool:
    """Whether the sentence of a description names a state."""
    low, high = m.sentence(place[0], place[1])
    text = m.articles[place[0]]["text"]
    return any(
        who in states and low <= a < high and text[a:b][:1].isupper()
        for a, b, who in m.mentions(place[0])
    )


def _actors(m: Material) -> Iterable[Use]:
    judging = set(lexicons.load("judging_words").query("anywhere == '1'")["word"])
    states = set(m.story.mentions.loc[m.story.mentions["actor_type"] == "government", "actor"])
    rows = m.namings
    columns = (rows[c].tolist() for c in ("doc_id", "start", "end", "actor", "label",
                                          "part"))  # fmt: skip
    for doc, start, end, actor, label, part in zip(*columns, strict=True):
        if doc not in m.articles:
            continue
        place = (doc, int(start), int(end))
        if part in DESCRIBED:
            words_of = str(label).replace("-", " ").split()
            verdict = [word for word in words_of if word in judging]
            if not verdict and len(words_of) > LONGEST:
                continue
            if part in ALONE and not _is_named(m, str(actor), place) and _others(m, place, states):
                continue  # "the regime" in a sentence that names another state
            stem = verdict[0] if verdict else str(label)
            yield Use("actor", str(actor), str(label), stem, bool(verdict), place)
        else:  # "the dictator", "dictator Kim": what is no name in a title or before a name
            said = m.text(place).replace("-", " ").split()
            small = [w for w in said if w in judging]
            if small and actor in states and not _is_named(m, str(actor), place):
                continue  # "the regime" of a sentence that names another one, or none
            word = small[0] if small else BY_NAME
            yield Use("actor", str(actor), word, word, bool(small), place)

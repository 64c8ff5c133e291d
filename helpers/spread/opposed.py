"""Contrasts of a few texts: opposed headlines of one event, and whom each text holds to account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from helpers.comparing.terms import function_words
from helpers.findings.measured import how_right
from helpers.lemmas import lemma
from helpers.schema import UNKNOWN_OUTLET
from helpers.spread.grid import READ, Contrast, Side, Span
from helpers.spread.judging import Judgement, judgements, words
from helpers.spread.material import FEW, Material, by_article, columns_of
from helpers.spread.openings import first_sentence
from helpers.spread.spreads import Event, events
from helpers.spread.tone import tone
from helpers.wording import clean, is_missing, listing

LEAST_APART = 2.0
"""How far two headlines must stand apart, in words that evaluate."""
LEAST_SHARED, LEAST_SHARED_UNDATED, MOST_SHARED = 1, 3, 3
"""Words with content that two headlines of a found event must share, with days and without; and how
many of them count for showing the pair first."""
LEAST_SENTENCES = 2
"""Sentences in which a text must speak against the actor whom it holds to account."""
WORDS, OTHERS = 3, 3
"""Words and actors of one text that a statement names."""


# --------------------------------------------------------------------------------- headlines


def of_headlines(m: Material) -> Iterator[Contrast]:
    """The two headlines of an event of which one evaluates well and the other badly."""
    tones, words = _tones(m)
    declared = "event_found" not in m.story.articles
    for event in events(m):
        named = [d for d in event.doc_ids if d in tones and m.outlet(d) != UNKNOWN_OUTLET]
        docs = _furthest(m, named, tones)
        pairs = []
        for a, b in combinations(docs, 2):
            shared = len(words[a] & words[b])
            dated = not any(is_missing(m.articles[d].get("published")) for d in (a, b))
            least = 0 if declared else LEAST_SHARED if dated else LEAST_SHARED_UNDATED
            apart = _apart(tones, a, b)
            if m.outlet(a) != m.outlet(b) and shared >= least and apart >= LEAST_APART:
                pairs.append((apart + min(shared, MOST_SHARED) / 2, a, b))
        if pairs:
            strength, a, b = max(pairs)
            yield _headed(m, event, tones, a, b, strength=strength)


def _furthest(
    m: Material, docs: Sequence[str], tones: Mapping[str, Mapping[str, float]]
) -> list[str]:
    """Of each outlet the articles whose headlines evaluate best and worst."""
    by_outlet: dict[str, list[str]] = {}
    for doc in docs:
        by_outlet.setdefault(m.outlet(doc), []).append(doc)
    kept: dict[str, None] = {}
    for mine in by_outlet.values():
        ranked = sorted(mine, key=lambda doc: (sum(tones[doc].values()), doc))
        kept |= dict.fromkeys((ranked[0], ranked[-1]))
    return [doc for doc in docs if doc in kept]


def _headed(
    m: Material, event: Event, tones: Mapping[str, Mapping[str, float]], a: str, b: str, *,
    strength: float,
) -> Contrast:  # fmt: skip
    when = f", {event.when}" if event.when else ""
    marked = "; ".join(
        ", ".join(f"“{word}”" for word in tones[doc] if word not in tones[other])
        for doc, other in ((a, b), (b, a))
    )
    statement = f"{m.outlet(a)} and {m.outlet(b)} head one event in opposed ways ({marked}){when}"
    return Contrast("headline", statement, (_head(m, a), _head(m, b)), READ, strength)


def _head(m: Material, doc: str) -> Side:
    """An article's headline and first sentence."""
    places = [m.headline(doc)[1], first_sentence(m, doc)]
    return Side(m.outlet(doc), "headline and first sentence", tuple(p for p in places if p))


def _apart(tones: Mapping[str, Mapping[str, float]], a: str, b: str) -> float:
    """How far apart two headlines are; nothing where they lean to one side."""
    mine = sum(weight for word, weight in tones[a].items() if word not in tones[b])
    theirs = sum(weight for word, weight in tones[b].items() if word not in tones[a])
    return abs(mine - theirs) if mine * theirs < 0 else 0.0


def _tones(m: Material) -> tuple[dict[str, dict[str, float]], dict[str, set[str]]]:
    """doc_id → the words that evaluate in a headline, names apart, with their weight; and all of
    its words with content."""
    found: dict[str, dict[str, float]] = {}
    words: dict[str, set[str]] = {}
    tokens = m.story.tokens
    places = {doc: place for doc in sorted(m.own) if (place := m.headline(doc)[1])}
    ends = tokens["doc_id"].map({doc: end for doc, (_, _, end) in places.items()})
    head = tokens[tokens["end"] <= ends]
    columns = (head[c].tolist() for c in ("doc_id", "start", "text", "tag"))
    named = {doc: m.mentions(doc) for doc in places}
    for doc, start, token, tag in zip(*columns, strict=True):
        if start < places[doc][1]:
            continue
        if token[:1].isalpha() and token.lower() not in function_words():
            words.setdefault(doc, set()).add(lemma(token.lower(), tag))
        weight = tone(token.lower(), tag)
        if weight and not any(a <= start < b for a, b, _ in named[doc]):
            found.setdefault(doc, {})[token.lower()] = weight
    return found, words


# ------------------------------------------------------------------------------------- blame


def of_blame(m: Material) -> Iterator[Contrast]:
    """Whom one of a few texts holds to account, and whom another one does.

    Only where the folder holds so few articles that texts are compared and not outlets: of an
    outlet one article says nothing.
    """
    docs = [*m.articles]
    if not 2 <= len(docs) <= FEW:
        return
    main = m.main_actors(docs)
    columns = by_article(m, docs) if len(columns_of(m, docs)) < 2 else columns_of(m, docs)
    against: list[dict[str, list[Judgement]]] = [{} for _ in columns]
    for j in judgements(m):
        if j.polarity < 0 and j.kind != "said":
            for i, column in enumerate(columns):
                if j.place[0] in column.doc_ids:
                    against[i].setdefault(j.actor, []).append(j)
    for i, mine in enumerate(against):
        known = [actor for actor in mine if actor in main]
        for actor in sorted(known, key=lambda a: (-_sentences(m, mine[a]), a))[:1]:
            words = any(j.kind == "word" for j in mine[actor])  # deeds alone may just be the news
            if not words or _sentences(m, mine[actor]) < LEAST_SENTENCES:
                continue
            others = [k for k in range(len(columns)) if k != i and actor not in against[k]]
            others.sort(key=lambda k: (not against[k], k))
            for k in others[:1]:
                names = columns[i].name, columns[k].name
                yield _blamed(m, names, actor, mine[actor], against[k])


def _blamed(
    m: Material,
    names: tuple[str, str],
    actor: str,
    here: Sequence[Judgement],
    there: Mapping[str, Sequence[Judgement]],
) -> Contrast:
    places = tuple(j.place for j in here)
    order = sorted(there, key=lambda who: (-_sentences(m, there[who]), who))
    told = [f"{who} ({_quoted(m, there[who])})" for who in order[:OTHERS]]
    instead = f"it speaks so of {listing(told)}" if told else "it speaks so of nobody"
    statement = (
        f"“{names[0]}” speaks against {actor} ({_quoted(m, here)}); "
        f"“{names[1]}” does not: {instead}"
    )
    other = tuple(dict.fromkeys(j.place for who in order for j in there[who]))
    return Contrast(
        "blame",
        clean(statement, 400),
        (
            Side(names[0], f"on {actor}", places),
            Side(names[1], f"on {listing(order[:OTHERS])}" if order else "on nobody", other),
        ),
        how_right("blame"),
        float(_sentences(m, here)),
    )


def _quoted(m: Material, found: Sequence[Judgement]) -> str:
    return ", ".join(f"“{word}”" for word in words(m, [j.place for j in found])[:WORDS])


def _sentences(m: Material, found: Sequence[Judgement]) -> int:
    return len({_sentence(m, j.place) for j in found})


def _sentence(m: Material, place: Span) -> tuple[str, int]:
    return place[0], m.sentence(place[0], place[1])[0]

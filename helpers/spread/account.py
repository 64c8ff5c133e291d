"""Contrasts of a few texts: whom each of them holds to account, and another one does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from helpers.findings.measured import how_right
from helpers.spread.grid import Contrast, Side, Span
from helpers.spread.judging import Judgement, judgements, words
from helpers.spread.material import FEW, STEM, Material, by_article, columns_of
from helpers.wording import clean, listing

LEAST_SENTENCES = 2
"""Sentences in which a text must speak against the actor whom it holds to account."""
WORDS, OTHERS = 3, 3
"""Words and actors of one text that a statement names."""


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
        if j.polarity < 0:
            for i, column in enumerate(columns):
                if j.place[0] in column.doc_ids:
                    against[i].setdefault(j.actor, []).append(j)
    for i, mine in enumerate(against):
        known = [actor for actor in mine if actor in main]
        for actor in sorted(known, key=lambda a: (-_sentences(m, mine[a]), a))[:1]:
            if _sentences(m, mine[actor]) < LEAST_SENTENCES:
                continue
            others = [k for k in range(len(columns)) if k != i]
            docs = [doc for k in others for doc in columns[k].doc_ids]
            if any(actor in against[k] for k in others) or _agree(m, docs, actor, mine[actor]):
                continue  # nobody is held against one side while another one agrees with it
            k = min(others, key=lambda k: (not against[k], k))
            names = columns[i].name, columns[k].name
            yield _blamed(m, names, actor, mine[actor], against[k])


def _agree(m: Material, docs: Sequence[str], actor: str, here: Sequence[Judgement]) -> bool:
    """Whether others print most such words in sentences of the actor, whoever says them of whom."""
    stems = {word[:STEM] for word in words(m, [j.place for j in here])}
    sentences = {(doc, *m.sentence(doc, start)) for doc in docs
                 for start, _, who in m.mentions(doc) if who == actor}  # fmt: skip
    texts = [m.text(span).lower() for span in sorted(sentences)]
    return 2 * sum(any(stem in text for text in texts) for stem in stems) > len(stems)


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
    instead = f"speaks against {listing(told)}" if told else "does not"
    first, second = (n if n in m.story.outlets else f"“{n}”" for n in names)
    statement = f"{first} speaks against {actor} ({_quoted(m, here)}); {second} {instead}"
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

"""The room's main door: tables in, `mentions` out, in three phases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers import lexicons
from helpers.lenses.actors import metonyms
from helpers.lenses.actors.aliases import ActorList, actor_list_of
from helpers.lenses.actors.article import read_article
from helpers.lenses.actors.gazetteer import CAPITAL, COUNTRY, ORGANIZATION, PLACE, gazetteer
from helpers.lenses.actors.local import ArticleNames, Found, Local
from helpers.lenses.actors.merging import Registry, merge
from helpers.lenses.actors.pieces import GOVERNMENT, PERSON, TITLE
from helpers.lenses.actors.pronouns import resolve
from helpers.lenses.actors.proposed import proposals
from helpers.lenses.actors.reading import Reading, readings
from helpers.lenses.actors.vocabulary import POSSESSIVE, vocabulary
from helpers.schema import make, needs

if TYPE_CHECKING:
    from helpers.models.protocols import NameFinder

_LINKS = lexicons.words("description_small_words") | POSSESSIVE
_EMITTED = frozenset({PERSON, GOVERNMENT, ORGANIZATION})


def read(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    finder: NameFinder | None = None,
) -> list[ArticleNames]:
    """Phase 1: each article alone; the names are found by ``finder`` (None: by our own rules)."""
    needs(articles, "doc_id", "text", table="articles")
    needs(sentences, "doc_id", "sentence_id", table="sentences")
    needs(tokens, "doc_id", "sentence_id", "start", "end", "text", "tag", table="tokens")
    docs = readings(articles, sentences, tokens)
    if finder is None:
        names = [read_article(doc) for doc in docs]
    else:
        proposed = proposals(finder.find(articles, sentences, tokens))
        names = [read_article(doc, proposed.get(doc.doc_id, [])) for doc in docs]
    for article in names:
        resolve(article)
    return names


def read_again(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    found: Sequence[list[Found]],
    entities: Sequence[list[Local]],
) -> list[ArticleNames]:
    """What `read` gave for the same tables, from what was kept of it: each article's lists."""
    docs = readings(articles, sentences, tokens)
    return [ArticleNames(*names) for names in zip(docs, found, entities, strict=True)]


def find_mentions(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    actor_list: pd.DataFrame | None = None,
    finder: NameFinder | None = None,
) -> pd.DataFrame:
    """One row per mention of an actor: names, titles, metonyms, demonyms and pronouns.

    `actor_list` (actor, alias, kind, note) overrides whatever the text suggests. ``voice`` and
    ``speaker`` are left missing; `quotes.add_voice` fills them. An actor that could not be decided
    is missing. ``finder`` proposes the names in the place of our own rules.
    """
    names = read(articles, sentences, tokens, finder=finder)
    return mentions_of(names, merge([n.entities for n in names]), actor_list=actor_list)


def mentions_of(
    names: Sequence[ArticleNames], registry: Registry, *, actor_list: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row per mention in the articles that were read, with the actors of the registry.

    The registry may know more articles than these, as it does where a corpus is read in parts.
    """
    listed = actor_list_of(actor_list)
    columns: dict[str, list[Any]] = {
        c: []
        for c in ("doc_id", "start", "end", "text", "sentence_id", "actor", "kind", "actor_type",
                  "confidence", "rule", "state")
    }  # fmt: skip
    states = registry.states()
    for label, (actor, _) in listed.forms.items():
        states.setdefault(actor, states.get(label))
    for number, article in enumerate(names):
        rows = assign(number, article, registry, listed)
        _write(columns, article, rows, states)
    return make("mentions", columns)


Row = tuple[int, int, int, str | None, str, str, float, str]


def assign(number: int, names: ArticleNames, registry: Registry, listed: ActorList) -> list[Row]:
    """Phase 3: an article's rows (first, last, sentence, actor, kind, type, confidence, rule)."""
    rows: list[Row] = []
    parts = names.doc.parts
    told = {f.entity for f in names.found if parts[f.sentence] not in ("boilerplate", "headline")}
    for found in names.found:
        if parts[found.sentence] == "boilerplate" and found.entity not in told:
            continue  # who signs or is credited is no part of the story
        if found.rule == "bare government":
            continue
        row = _row(number, found, names, registry, listed)
        if row is not None:
            rows.append(row)
        elif found.within:
            inner = [_row(number, f, names, registry, listed) for f in found.within]
            rows += [r for r in inner if r is not None]
    rows += _bare_governments(names, rows, registry)
    rows = listed.override(names.doc, rows)
    rows.sort(key=lambda r: (r[0], -r[1]))
    kept: list[Row] = []
    for row in rows:
        if not kept or row[0] >= kept[-1][1]:
            kept.append(row)
    return kept


def _bare_governments(names: ArticleNames, rows: list[Row], registry: Registry) -> list[Row]:
    """ "the administration": the state this article, else the story, says that of."""
    own: dict[str, Counter[str]] = {}
    for row in rows:
        if row[7] == "administration" and row[3] is not None:
            noun = names.doc.low[row[1] - 1]
            own.setdefault(noun, Counter())[row[3]] += 1
    out: list[Row] = []
    for f in names.found:
        if f.rule != "bare government":
            continue
        noun = f.office[1]
        state, sure = None, 0.0
        styled = metonyms.styles().get(noun, ())
        if noun in own:
            state, sure = min(own[noun].items(), key=lambda v: (-v[1], v[0]))[0], f.confidence
        elif styled:
            # "The kingdom": the state of that style which was named last.
            near = [r for r in rows if r[3] in styled and r[0] < f.first]
            if near:
                state, sure = max(near, key=lambda r: r[0])[3], 0.6
        else:
            state, sure = registry.government(noun)
        if state is not None:
            out.append((f.first, f.last, f.sentence, state, f.kind, GOVERNMENT, sure, f.rule))
    return out


def _row(
    number: int, found: Found, names: ArticleNames, registry: Registry, listed: ActorList
) -> Row | None:
    at = registry.assigned.get((number, found.entity)) if found.entity >= 0 else None
    sure = registry.sure.get((number, found.entity), 1.0) if found.entity >= 0 else 1.0
    confidence, rule, kind = found.confidence * sure, found.rule, found.kind
    type_ = found.type
    if rule == "administration" and found.office[1] == "holder":
        noun = names.doc.low[found.last - 1]
        state = registry.administered(at, noun) if at is not None else None
        return (found.first, found.last, found.sentence, state, kind, GOVERNMENT,
                round(confidence, 2), rule)  # fmt: skip
    if kind == TITLE and found.entity >= 0 and not names.entities[found.entity].key:
        rule = "office in the corpus" if at is not None else "office: holder not named"
        confidence = sure
    if kind == TITLE and at is None and (found.within or not found.office[0]):
        return None  # the state or body inside the description is named, its holder is not
    if kind == "pronoun" and found.entity < 0:
        return (found.first, found.last, found.sentence, None, kind, type_, 0.0, rule)
    if kind == "pronoun" and at is None:
        rule, confidence = "pronoun: antecedent not named", 0.0
    if rule.startswith("place:"):
        return None  # a town by its context, whatever the same word stands for elsewhere
    actor = registry.actors[at] if at is not None else None
    if actor is not None:
        type_ = actor.type or type_
    label = actor.label if actor is not None else None
    if label is not None and (renamed := listed.renamed(label)) is not None:
        label, type_ = renamed[0], renamed[1] or type_
    elif type_ not in _EMITTED:
        return None
    return (found.first, found.last, found.sentence, label, kind, type_,
            round(min(confidence, 0.99), 2), rule)  # fmt: skip


def find_names(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    finder: NameFinder | None = None,
) -> pd.DataFrame:
    """One row per name in the text, whatever it names: people, bodies, states, places too.

    `find_mentions` keeps the actors among them; here towns and rivers stand as well, and names
    inside longer names ("U.S." in "U.S. President Anna Keller"), for work that needs every name.
    Columns: doc_id, start, end, text, type, actor, kind, inside (of a longer name).
    """
    names = read(articles, sentences, tokens, finder=finder)
    registry = merge([n.entities for n in names])
    rows: list[tuple[Any, ...]] = []
    for number, article in enumerate(names):
        doc = article.doc
        known: dict[str, tuple[str, str | None]] = {}
        spans: list[tuple[int, int]] = []
        for found in article.found:
            if found.kind == "pronoun" or (found.entity < 0 and found.kind != TITLE):
                continue
            at = registry.assigned.get((number, found.entity))
            actor = registry.actors[at] if at is not None else None
            type_ = actor.type if actor is not None and actor.type else found.type
            label = actor.label if actor is not None else None
            if found.rule == "administration":
                held = _inner(doc, [(found.first, found.last)], known)
                rows += [(*row[:-1], False) for row in held]
                continue
            start, end = doc.start[found.first], doc.end[found.last - 1]
            text = doc.text[start:end]
            rows.append((doc.doc_id, start, end, text, type_, label, found.kind, False))
            rows += _described(number, found, article, registry)
            if found.kind == "name" and type_ in (PERSON, ORGANIZATION, PLACE, GOVERNMENT):
                spans.append((found.first, found.last))
                known.setdefault(" ".join(doc.tok[found.first : found.last]), (type_, label))
        rows += _inner(doc, spans, known)
    columns = ["doc_id", "start", "end", "text", "type", "actor", "kind", "inside"]
    table = pd.DataFrame(rows, columns=columns).astype({"actor": "str", "type": "str"})
    return table.sort_values(["doc_id", "start", "end"], kind="stable").reset_index(drop=True)


def _described(
    number: int, found: Found, article: ArticleNames, registry: Registry
) -> list[tuple[Any, ...]]:
    """Names inside a description; "the head of Oslo Bank" is no longer name around them."""
    doc = article.doc
    held = {k for f in found.within for k in range(f.first, f.last)}
    named = all(
        doc.tok[k][0].isupper() or doc.low[k] in _LINKS
        for k in range(found.first, found.last)
        if k not in held
    )
    rows: list[tuple[Any, ...]] = []
    for f in found.within:
        at = registry.assigned.get((number, f.entity))
        actor = registry.actors[at] if at is not None else None
        type_ = actor.type if actor is not None and actor.type else f.type
        start, end = doc.start[f.first], doc.end[f.last - 1]
        label = actor.label if actor is not None else None
        rows.append((doc.doc_id, start, end, doc.text[start:end], type_, label, f.kind, named))
    return rows


def _inner(
    doc: Reading, spans: list[tuple[int, int]], known: dict[str, tuple[str, str | None]]
) -> list[tuple[Any, ...]]:
    """Names inside longer names: forms of the gazetteer and other names of the article."""
    gaz = gazetteer()
    rows: list[tuple[Any, ...]] = []
    for first, last in spans:
        k = first
        while k < last:
            if not doc.tok[k][0].isupper():
                k += 1
                continue
            best: tuple[int, str, str | None] | None = None
            entry = gaz.match(doc.tok, k, last)
            if entry is not None and entry.kind in (COUNTRY, CAPITAL, PLACE, ORGANIZATION):
                kind = GOVERNMENT if entry.kind == COUNTRY else entry.kind
                best = (len(entry.words), PLACE if kind == CAPITAL else kind, entry.label)
            for n in range(min(last - k, 6), 0, -1):
                other = known.get(" ".join(doc.tok[k : k + n]))
                word = doc.tok[k + n - 1]
                if other is not None and n == 1 and word in vocabulary().heads:
                    continue  # "the Party" alone is a name; inside "Green Party" it is not
                if other is not None and other[0] != PERSON and (best is None or n > best[0]):
                    if n < last - first:
                        best = (n, *other)
                    break
            if best is None or best[0] >= last - first:
                k += 1
                continue
            start, end = doc.start[k], doc.end[k + best[0] - 1]
            rows.append(
                (doc.doc_id, start, end, doc.text[start:end], best[1], best[2], "name", True)
            )
            k += best[0]
    return rows


def _write(
    columns: dict[str, list[Any]],
    names: ArticleNames,
    rows: Sequence[Row],
    states: dict[str, str | None],
) -> None:
    doc = names.doc
    for first, last, sentence, actor, kind, type_, confidence, rule in rows:
        start, end = doc.start[first], doc.end[last - 1]
        columns["doc_id"].append(doc.doc_id)
        columns["start"].append(start)
        columns["end"].append(end)
        columns["text"].append(doc.text[start:end])
        columns["sentence_id"].append(doc.sentence_ids[sentence])
        columns["actor"].append(actor)
        columns["kind"].append(kind)
        columns["actor_type"].append(type_)
        columns["confidence"].append(confidence)
        columns["rule"].append(rule)
        columns["state"].append(states.get(actor) if actor is not None else None)

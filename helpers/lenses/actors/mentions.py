"""The room's main door: tables in, `mentions` out, in three phases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers import lexicons
from helpers.grammar.document import documents
from helpers.lenses.actors import metonyms
from helpers.lenses.actors.aliases import ActorList, actor_list_of
from helpers.lenses.actors.article_entities import ArticleEntity, ArticleMentions, Mention
from helpers.lenses.actors.candidates import GOVERNMENT, PERSON, TITLE
from helpers.lenses.actors.clustering import article_mentions
from helpers.lenses.actors.gazetteer import CAPITAL, COUNTRY, ORGANIZATION, gazetteer
from helpers.lenses.actors.merging import merge
from helpers.lenses.actors.pronouns import gender_of, resolve
from helpers.lenses.actors.proposed import proposals
from helpers.lenses.actors.registry import Registry
from helpers.lenses.actors.tagged_article import TaggedArticle, tagged_articles
from helpers.lenses.quotes import Mention as NamedPerson
from helpers.lenses.quotes import reports_of
from helpers.schema import make, needs

if TYPE_CHECKING:
    from helpers.models.protocols import NameFinder

_SCHOOLS = lexicons.words("school_words")
_EMITTED = frozenset({PERSON, GOVERNMENT, ORGANIZATION})


def find_in_articles(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    finder: NameFinder | None = None,
) -> list[ArticleMentions]:
    """Phase 1: each article alone; the names are found by ``finder`` (None: by our own rules)."""
    needs(articles, "doc_id", "text", table="articles")
    needs(sentences, "doc_id", "sentence_id", table="sentences")
    needs(tokens, "doc_id", "sentence_id", "start", "end", "text", "tag", table="tokens")
    docs = tagged_articles(articles, sentences, tokens)
    if finder is None:
        found = [article_mentions(doc) for doc in docs]
    else:
        proposed = proposals(finder.find(articles, sentences, tokens))
        found = [article_mentions(doc, proposed.get(doc.doc_id, [])) for doc in docs]
    for article, document in zip(found, documents(articles, sentences, tokens), strict=True):
        resolve(article, reports_of(document, _people(article)))
    return found


def _people(article: ArticleMentions) -> list[NamedPerson]:
    """The persons named in an article by the numbers of their entities, for labels of turns."""
    doc = article.doc
    return [
        NamedPerson(doc.starts[f.first], doc.ends[f.last - 1], str(f.entity), f.kind, f.type,
                    " ".join(doc.words[f.first : f.last]))
        for f in article.mentions
        if f.entity >= 0 and f.type == PERSON and f.kind == "name"
    ]  # fmt: skip


def restore(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    mentions: Sequence[list[Mention]],
    entities: Sequence[list[ArticleEntity]],
) -> list[ArticleMentions]:
    """What `find_in_articles` gave for the same tables, from what was kept: each one's lists."""
    docs = tagged_articles(articles, sentences, tokens)
    return [ArticleMentions(*kept) for kept in zip(docs, mentions, entities, strict=True)]


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
    found = find_in_articles(articles, sentences, tokens, finder=finder)
    return mentions_of(found, merge([a.entities for a in found]), actor_list=actor_list)


def mentions_of(
    found: Sequence[ArticleMentions], registry: Registry, *, actor_list: pd.DataFrame | None = None
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
    for label, (actor, _) in listed.by_label.items():
        states.setdefault(actor, states.get(label))
    for number, article in enumerate(found):
        rows = assign(number, article, registry, listed)
        _write(columns, article, rows, states)
    return make("mentions", columns)


Row = tuple[int, int, int, str | None, str, str, float, str]


def assign(
    number: int, article: ArticleMentions, registry: Registry, listed: ActorList
) -> list[Row]:
    """Phase 3: an article's rows (first, last, sentence, actor, kind, type, confidence, rule)."""
    rows: list[Row] = []
    for mention in article.mentions:
        if mention.rule == "bare government":
            continue
        row = _row(number, mention, article, registry, listed)
        if row is not None:
            rows.append(row)
        elif mention.within:
            inner = [_row(number, f, article, registry, listed) for f in mention.within]
            rows += [r for r in inner if r is not None]
    rows += _bare_governments(article, rows, registry)
    rows = listed.override(article.doc, rows)
    rows.sort(key=lambda r: (r[0], -r[1]))
    kept: list[Row] = []
    for row in rows:
        if not kept or row[0] >= kept[-1][1]:
            kept.append(row)
    return kept


def _bare_governments(article: ArticleMentions, rows: list[Row], registry: Registry) -> list[Row]:
    """ "the administration": the state this article, else the story, says that of."""
    own: dict[str, Counter[str]] = {}
    for row in rows:
        if row[7] == "administration" and row[3] is not None:
            noun = article.doc.lower[row[1] - 1]
            own.setdefault(noun, Counter())[row[3]] += 1
    out: list[Row] = []
    named: Counter[str] = Counter(r[3] for r in rows if r[5] == GOVERNMENT and r[3] is not None)
    for f in article.mentions:
        if f.rule != "bare government":
            continue
        noun = f.office[1]
        if _in_school(article.doc, f):
            continue
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
            if noun == "government":  # the one the article is told from, not one of the story's
                state, sure = registry.home() or None, 0.5
                state = state if [state] == [s for s, _ in named.most_common(1)] else None
            state = state if state is not None and named[state] else None
        placed = _placed(article.doc, f.last)
        if placed is not None and (state is not None or article.doc.lower[f.last] == "of"):
            state, sure = placed, f.confidence
        if state is not None:
            out.append((f.first, f.last, f.sentence, state, f.kind, GOVERNMENT, sure, f.rule))
    return out


def _placed(doc: TaggedArticle, n: int) -> str | None:
    """ "The government in Oslo", "of Norway": the state of the place that follows."""
    if n + 1 >= len(doc.words) or doc.lower[n] not in ("in", "of"):
        return None
    entry = gazetteer().match(doc.words, n + 1 + (doc.lower[n + 1] == "the"), len(doc.words))
    return entry.label if entry is not None and entry.kind in (COUNTRY, CAPITAL) else None


def _in_school(doc: TaggedArticle, f: Mention) -> bool:
    """Whether "the administration" of a sentence about a university is that of the university."""
    if f.office[1] != "administration":
        return False
    return not _SCHOOLS.isdisjoint(doc.lower[slice(*doc.sents[f.sentence])])


def _row(
    number: int, mention: Mention, article: ArticleMentions, registry: Registry, listed: ActorList
) -> Row | None:
    """The mention with its actor; None where it turns out to be no actor's."""
    entity = _of_gender(number, mention, article, registry)
    at = registry.assigned.get((number, entity)) if entity >= 0 else None
    sure = registry.sure.get((number, entity), 1.0) if entity >= 0 else 1.0
    kind, type_ = mention.kind, mention.type
    if mention.rule == "administration" and mention.office[1] == "holder":
        noun = article.doc.lower[mention.last - 1]
        state = registry.administered(at, noun) if at is not None else None
        return (mention.first, mention.last, mention.sentence, state, kind, GOVERNMENT,
                round(mention.confidence * sure, 2), mention.rule)  # fmt: skip
    if kind == "pronoun" and entity < 0:
        rule = mention.rule if mention.entity < 0 else "pronoun: open"
        return (mention.first, mention.last, mention.sentence, None, kind, type_, 0.0, rule)
    # A town or a medium by its context, whatever the same word stands for elsewhere.
    if _is_unheld(mention, at) or mention.rule.startswith(("place:", "medium")):
        return None
    unnamed = kind == TITLE and mention.entity >= 0 and not article.entities[mention.entity].key
    rule, confidence = _grounds(mention, unnamed, at is not None, sure)
    actor = registry.actors[at] if at is not None else None
    label = actor.label if actor is not None else None
    if actor is not None:
        type_ = actor.type or type_
    if label is not None and (renamed := listed.renamed(label)) is not None:
        label, type_ = renamed[0], renamed[1] or type_
    elif type_ not in _EMITTED:
        return None
    return (mention.first, mention.last, mention.sentence, label, kind, type_,
            round(min(confidence, 0.99), 2), rule)  # fmt: skip


def _of_gender(
    number: int, mention: Mention, article: ArticleMentions, registry: Registry
) -> int:
    """The mention's entity; of a pronoun the first whose gender in the story is not the other one.

    Whether "Keller" alone is a woman, other articles may know.
    """
    gender = gender_of(article.doc.lower[mention.first]) if mention.kind == "pronoun" else ""
    for entity in (mention.entity, mention.second) if gender else ():
        at = registry.assigned.get((number, entity)) if entity >= 0 else None
        if entity >= 0 and (at is None or registry.actors[at].named_gender in ("", gender)):
            return entity
    return -1 if gender else mention.entity


def _is_unheld(mention: Mention, at: int | None) -> bool:
    """ "Norway's minister" without a holder: the state inside is named, or no state is said."""
    return mention.kind == TITLE and at is None and bool(mention.within or not mention.office[0])


def _grounds(mention: Mention, unnamed: bool, resolved: bool, sure: float) -> tuple[str, float]:
    """(rule, confidence) of a mention; `unnamed`: its article does not name the holder."""
    if unnamed:
        return "office in the corpus" if resolved else "office: holder not named", sure
    if mention.kind == "pronoun" and not resolved:
        return "pronoun: antecedent not named", 0.0
    return mention.rule, mention.confidence * sure


def _write(
    columns: dict[str, list[Any]],
    article: ArticleMentions,
    rows: Sequence[Row],
    states: dict[str, str | None],
) -> None:
    doc = article.doc
    for first, last, sentence, actor, kind, type_, confidence, rule in rows:
        start, end = doc.starts[first], doc.ends[last - 1]
        columns["doc_id"].append(doc.doc_id)
        columns["start"].append(start)
        columns["end"].append(end)
        columns["text"].append(doc.printed[start:end])
        columns["sentence_id"].append(doc.sentence_ids[sentence])
        columns["actor"].append(actor)
        columns["kind"].append(kind)
        columns["actor_type"].append(type_)
        columns["confidence"].append(confidence)
        columns["rule"].append(rule)
        columns["state"].append(states.get(actor) if actor is not None else None)

"""What an unknown name names: person, organisation, place, or nothing that acts.

A small linear model over what stands around the name in its whole article and how it is written;
no word list of names is learned. Trained by ``scripts/train_actor_types.py`` on treebank
documents that are not news; see ``data/models/actor-types/CARD.md``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from functools import cache
from math import exp

from helpers import lexicons, paths
from helpers.lenses.actors.candidates import Candidate
from helpers.lenses.actors.gazetteer import gazetteer
from helpers.lenses.actors.tagged_article import TaggedArticle
from helpers.lenses.actors.vocabulary import HONORIFIC, Vocabulary, pronouns, usual_tag

MODEL = paths.MODELS / "actor-types" / "weights.json"
CLASSES = ("person", "organization", "place", "other")
# News names more organisations, and fewer things, than the genres the weights come from.
_PRIOR = (0.2, 0.2, 0.1, -0.4)

_QUOTES = frozenset("“”\"‘’'«»") | {"``", "''"}
_PREPOSITIONS = lexicons.words("role_prepositions")
_RELATIVE = lexicons.words("relative_words")
_INNER = lexicons.words("inner_name_words")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LISTS = ("and", "or", ",", "&")
_SHOWN = 12
"""So many places of a name are looked at."""
_OF_ONE = ("before", "after", "the=", "tag=", "one ", "class=", "next=", "then=")
_PRONOUNS = {word: p.name_clue for word, p in pronouns().items() if p.name_clue}


@cache
def weights() -> dict[str, list[float]]:
    """Feature → one weight per class."""
    stored = json.loads(MODEL.read_text(encoding="utf-8"))
    return {str(f): [float(w) for w in row] for f, row in stored["weights"].items()}


def shape(word: str) -> str:
    """How a word is written, runs shortened: Xx, X, X.X., Xx-x.

    >>> shape("Keller"), shape("NATO"), shape("McCoy"), shape("Al-Farsi")
    ('Xx', 'X', 'XxXx', 'Xx-Xx')
    """
    out = ""
    for c in word:
        s = "X" if c.isupper() else "x" if c.islower() else "0" if c.isdigit() else c
        if not out or out[-1] != s:
            out += s
    return out


def features(
    doc: TaggedArticle, members: list[Candidate], lone: dict[str, int], surnames: Iterable[str],
    voc: Vocabulary,
) -> list[str]:  # fmt: skip
    """What is known of a name by all its places in an article; repeated clues count once."""
    words = doc.words[members[0].core : members[0].core_last]
    out = _written(doc, words, lone, surnames, voc)
    out.add(f"count={min(len(members), 3)}")
    shown = members[:_SHOWN]
    often: Counter[str] = Counter()
    for m in shown:
        a, b = doc.sents[m.sentence]
        out.add(f"tag={doc.tags[m.core_last - 1]}")
        _around(doc, m, a, b, voc, out)
        _role(doc, m, a, b, often)
        if m.last < b and doc.words[m.last] in (",", "("):
            _aside(doc, m.last + 1, b, voc, out)
        _pronoun(doc, m, b, out)
    the = often.pop("the")
    out.add(f"the={'always' if the == len(shown) else 'never' if not the else 'some'}")
    out.update(f"mostly {role}" for role, n in often.items() if 2 * n >= len(shown))
    if len(words) == 1:
        # What the surroundings say weighs more where the form says little.
        out.update([f"1 {clue}" for clue in out if clue.startswith(_OF_ONE)])
    return sorted(out)


def _written(
    doc: TaggedArticle, words: list[str], lone: dict[str, int], surnames: Iterable[str],
    voc: Vocabulary,
) -> set[str]:  # fmt: skip
    """How the name is written, and what is known of its words."""
    first, last = words[0], words[-1]
    out = {
        f"n={min(len(words), 4)}",
        f"shape={shape(last)[:6]}",
        f"suffix={last[-3:].lower()}",
        f"suffix2={last[-2:].lower()}",
        f"surname={last in surnames}",
        f"class={usual_tag(last)}",
    }
    if voc.heads.get(last):
        out.add(f"head={voc.heads[last]}")
    if len(words) == 1:
        out.add(f"one given={last in voc.given}")
        out.add(f"one lower={last.lower() in doc.spellings}")
        out.add(f"one mid={min(doc.inside_counts.get(last, 0), 2)}")
        if last.isupper():
            out.add(f"capitals={min(len(last), 6)}")
        return out
    if voc.heads.get(first):
        out.add(f"first head={voc.heads[first]}")
    out.add(f"first shape={shape(first)[:6]}")
    out.add(f"first suffix={first[-2:].lower()}")
    out.add(f"last alone={min(lone.get(last, 0), 1)}")
    out.add(f"first alone={min(lone.get(first, 0), 1)}")
    out.add(f"given={first in voc.given}")
    out.add(f"first class={usual_tag(first)}")
    out.add(f"classes={usual_tag(first)} {usual_tag(last)}")
    for word in words[1:-1]:
        out.add(f"inner={word.lower() if word[0].islower() else shape(word)[:4]}")
        if word in _INNER:
            before = words[words.index(word) - 1]
            out.add(f"inner head={voc.heads.get(before, '')}")
    out.add(f"last lower={last.lower() in doc.spellings}")
    out.add(f"first lower={first.lower() in doc.spellings}")
    return out


def _around(
    doc: TaggedArticle, m: Candidate, a: int, b: int, voc: Vocabulary, out: set[str]
) -> None:
    """The words next to one place of the name: function words as such, others by their class."""
    low, tag = doc.lower, doc.tags
    before = low[m.first - 1] if m.first > a else "<"
    after = low[m.last] if m.last < b else ">"
    _neighbour(doc, "before", before, m.first - 1, voc, out)
    _neighbour(doc, "after", after, m.last, voc, out)
    out.add(f"between={_coarse(doc, m.first - 1, a, b, voc)} {_coarse(doc, m.last, a, b, voc)}")
    if m.first - 2 >= a:
        out.add(f"two before={tag[m.first - 2]} {tag[m.first - 1]}")
        _two_back(doc, m.first - 2, before, voc, out)
    if m.last + 1 < b:
        out.add(f"two after={tag[m.last]} {tag[m.last + 1]}")
    if before in _QUOTES and after in _QUOTES:
        out.add("quoted")
    if m.first - 2 >= a and before in _LISTS:
        _beside(doc, m.first - 2, voc, out)
    if m.last + 1 < b and after in _LISTS:
        _beside(doc, m.last + 1, voc, out)


def _neighbour(
    doc: TaggedArticle, name: str, word: str, k: int, voc: Vocabulary, out: set[str]
) -> None:
    """The word `word` at token `k`, or a mark where the sentence ends, before or after a name."""
    if word[0].isdigit():
        out.add(f"{name} number={min(len(word), 5)}")
    elif not word[0].isalpha() or (word.isalpha() and word in voc.function_words):
        out.add(f"{name}={word}")
    else:
        out.add(f"{name} tag={doc.tags[k]}")
        cue = voc.contexts.get((name, word))
        if cue:
            out.add(f"{name} cue={cue[0]}")
        head = voc.heads.get(word.capitalize())
        if doc.words[k] != word:
            out.add(f"{name} capital")
        elif head:
            out.add(f"{name} head={head}")


def _two_back(doc: TaggedArticle, k: int, before: str, voc: Vocabulary, out: set[str]) -> None:
    """What stands at token `k` before "the", "of" or a comma and the name."""
    word = doc.lower[k]
    if before == "the":
        known = word in voc.function_words
        out.add(f"the before={word}" if known else f"the before tag={doc.tags[k]}")
    elif before == "of":
        cue = voc.contexts.get(("of", word))
        out.add(f"of cue={cue[0] if cue else ''}")
        out.add(f"of head={voc.heads.get(word.capitalize())}")
    elif before == "," and doc.words[k][0].isupper():
        out.add("after capital, comma")


def _beside(doc: TaggedArticle, k: int, voc: Vocabulary, out: set[str]) -> None:
    """What is known of a capitalised word that stands beside the name in a list."""
    word = doc.words[k]
    if not word[0].isupper():
        return
    entry = gazetteer().single(word)
    if word in voc.given:
        out.add("beside=given")
    elif entry is not None:
        out.add(f"beside={entry.kind}")


def _coarse(doc: TaggedArticle, k: int, a: int, b: int, voc: Vocabulary) -> str:
    """A neighbour as itself where it is a function word or a mark, else by its tag's class."""
    if not a <= k < b:
        return "#"
    word = doc.lower[k]
    if word[0].isdigit():
        return "0"
    return word if word in voc.function_words or not word[0].isalpha() else doc.tags[k][:2]


def _role(doc: TaggedArticle, m: Candidate, a: int, b: int, often: Counter[str]) -> None:
    """Count the places with "the", after a preposition, before a noun and as a subject."""
    before = doc.lower[m.first - 1] if m.first > a else ""
    often["the"] += before == "the"
    if before in _PREPOSITIONS:
        often[f"after {before}"] += 1
    if m.last < b:
        often["modifies"] += doc.tags[m.last][:2] == "NN" and doc.words[m.last][0].islower()
        often["subject"] += doc.tags[m.last] in _FINITE


def _aside(doc: TaggedArticle, k: int, b: int, voc: Vocabulary, out: set[str]) -> None:
    """What follows the name after a comma or a bracket."""
    if k >= b:
        return
    if doc.lower[k] in _RELATIVE:
        out.add(f"aside={doc.lower[k]}")
    elif doc.words[k].isdigit():
        out.add(f"aside number={len(doc.words[k])}")
    elif doc.words[k][0].isupper():
        out.add("aside capital")
    end = min(b, k + 6)
    while k < end and doc.words[k] != ",":
        title = voc.title_at(doc.lower, k, b)
        if title and title.kind != HONORIFIC:
            out.add("aside title")
            break
        k += 1


def _pronoun(doc: TaggedArticle, m: Candidate, b: int, out: set[str]) -> None:
    """The first pronoun after the name in its sentence, and what opens the next sentence."""
    low = doc.lower
    for k in range(m.last, min(b, m.last + 12)):
        if low[k] in _PRONOUNS:
            out.add(f"then={_PRONOUNS[low[k]]}")
            break
    if m.sentence + 1 < len(doc.sents):
        opening = low[doc.sents[m.sentence + 1][0]]
        if opening in _PRONOUNS:
            out.add(f"next={_PRONOUNS[opening]}")


def classify(found: list[str]) -> dict[str, float]:
    """The probability of each class, given the features of one name."""
    table = weights()
    scores = [b + p for b, p in zip(table["bias"], _PRIOR, strict=True)]
    for f in found:
        row = table.get(f)
        if row is not None:
            for i, w in enumerate(row):
                scores[i] += w
    top = max(scores)
    powers = [exp(s - top) for s in scores]
    total = sum(powers)
    return {c: power / total for c, power in zip(CLASSES, powers, strict=True)}

"""Third-person pronouns: the likeliest antecedent by distance, grammar and prominence.

A salience score after Lappin and Leass (1994): sentence distance, subject position, how often the
article has named the actor, and whether gender is known to agree. Where two candidates are as
likely the pronoun stays open. "It" and "they" are taken only where one actor stands as subject
of the same or the last sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from helpers.actors.article import ArticleNames, Found, Local

_MALE = frozenset({"he", "him", "his", "himself"})
_FEMALE = frozenset({"she", "her", "hers", "herself"})
_THING = frozenset({"its", "itself"})
PRONOUNS = _MALE | _FEMALE | _THING
_WINDOW = 3
_MARGIN = 0.35
_VERBS = frozenset({"VBZ", "VBD", "VBP", "MD"})
_SUBJECTS = frozenset({"he", "she"})


@dataclass(slots=True)
class _Seen:
    sentence: int
    token: int
    subject: bool
    quoted: bool
    speaker: bool


def resolve(names: ArticleNames) -> None:
    """Add one `Found` per third-person pronoun, with its actor or (-1) left open."""
    doc = names.doc
    low, tag, tok = doc.low, doc.tag, doc.tok
    entities = names.entities
    by_first = {f.first: f for f in names.found if f.entity >= 0 and f.kind != "pronoun"}
    covered = bytearray(len(tok) + 1)
    for f in names.found:
        for k in range(f.first, f.last):
            covered[k] = 1
    history: dict[int, _Seen] = {}
    counts: dict[int, int] = {}
    added: list[Found] = []
    clause: dict[int, int] = {}
    for number, (a, b) in enumerate(doc.bounds):
        seen_subject = False
        for k in range(a, b):
            found = by_first.get(k)
            if found is not None:
                entity = entities[found.entity]
                follows = tag[found.last] if found.last < b else ""
                possessive = found.last < b and tag[found.last] == "POS"
                subject = not possessive and (
                    follows in _VERBS or follows == "RB"
                    or (not seen_subject and found.last < b and tok[found.last] == ",")
                    or (follows in ("", ".", "''") and k > a and tag[k - 1] in ("VBD", "VBZ"))
                )  # fmt: skip
                seen_subject = seen_subject or subject
                counts[found.entity] = counts.get(found.entity, 0) + 1
                history[found.entity] = _Seen(number, k, subject, bool(doc.quoted[k]), False)
                if entity.type == "person" or entity.type == "government":
                    clause[found.entity] = k
                continue
            word = low[k]
            if word not in PRONOUNS or covered[k]:
                continue
            if word in _THING:
                entity_at, sure, rule = _thing(names, history, number, k)
                if entity_at < 0:
                    continue
            else:
                gender = "m" if word in _MALE else "f"
                entity_at, sure, rule = _person(names, history, counts, number, k, gender)
            type_ = "person" if word not in _THING else entities[entity_at].type
            added.append(Found(k, k + 1, "pronoun", type_, number, entity_at, sure, rule))
            if entity_at >= 0:
                subject = word in _SUBJECTS
                history[entity_at] = _Seen(number, k, subject, bool(doc.quoted[k]), False)
                counts[entity_at] = counts.get(entity_at, 0) + 1
                entity = entities[entity_at]
                if word not in _THING:
                    entity.male += word in _MALE and entity.male + entity.female < 2
                    entity.female += word in _FEMALE and entity.male + entity.female < 2
    names.found = sorted(names.found + added, key=lambda f: (f.first, -f.last))


def _person(
    names: ArticleNames, history: dict[int, _Seen], counts: dict[int, int],
    number: int, k: int, gender: str,
) -> tuple[int, float, str]:  # fmt: skip
    doc = names.doc
    word = doc.low[k]
    quoted = bool(doc.quoted[k])
    scores: list[tuple[float, int]] = []
    a = doc.bounds[number][0]
    for index, seen in history.items():
        entity: Local = names.entities[index]
        if entity.type != "person" or number - seen.sentence > _WINDOW:
            continue
        known = entity.gender
        if known and known != gender:
            continue
        distance = number - seen.sentence
        score = -0.9 * distance + (0.9 if known else 0.0)
        score += 0.8 * seen.subject + 0.25 * min(counts[index], 6)
        score += 0.004 * (seen.token - a if distance == 0 else 0)
        if quoted and not seen.quoted and distance == 0:
            # Inside a quotation the speaker says "I", so "he" is someone else.
            score -= 0.8 if seen.subject else 0.0
        if (
            word in ("him", "her")
            and doc.tag[k] == "PRP"
            and distance == 0
            and seen.subject
            and (not any(doc.tok[j] in (",", "that", "who", "and") for j in range(seen.token, k)))
        ):
            score -= 3.0  # the subject's own clause asks for "himself"
        scores.append((score, index))
    if not scores:
        return -1, 0.0, "pronoun: no antecedent"
    scores.sort(key=lambda s: (-s[0], s[1]))
    if len(scores) > 1 and scores[0][0] - scores[1][0] < _MARGIN:
        return -1, 0.0, "pronoun: open"
    lead = scores[0][0] - scores[1][0] if len(scores) > 1 else 2.0
    return scores[0][1], round(min(0.95, 0.6 + 0.15 * lead), 2), "pronoun: antecedent"


def _thing(
    names: ArticleNames, history: dict[int, _Seen], number: int, k: int
) -> tuple[int, float, str]:
    doc = names.doc
    a = doc.bounds[number][0]
    near = [
        (seen.token, index)
        for index, seen in history.items()
        if seen.sentence == number and a <= seen.token < k
        and names.entities[index].type in ("government", "organization")
    ]  # fmt: skip
    subjects = [n for n in near if history[n[1]].subject]
    if len(subjects) == 1 and len(near) <= 2:
        return subjects[0][1], 0.6, "pronoun: subject"
    return -1, 0.0, ""

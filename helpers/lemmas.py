"""Base forms of inflected verbs and nouns: lists for the irregular, spelling rules for the rest.

Only what the analyses need: which verb a verb form belongs to ("accused" → "accuse") and the
singular of a noun ("sanctions" → "sanction"). Proper names keep their form.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby

from helpers import lexicons

# Whether the stem left of -ed/-ing lost an "e": tried in order, the first ending that fits decides.
# Single words (`verb_stems.csv`) are asked before the endings they contradict.
_ENDINGS: list[tuple[re.Pattern[str], str]] = [
    (re.compile(pattern), kept)
    for pattern, kept in (
        (r"[iu]at$", "silent e"),
        # Endings that never take it: two vowels or two consonants before the last letter.
        (
            r"(?:[aeo]e|oo|[aeiou][aeiou])[bdfkmnpt]$|(?:[aeo][ai]|oo|ou|ee|ie|eu)[lrn]$",
            "no silent e",
        ),
        (r"[io]ng$", "no silent e"),
        # Endings that always do.
        (r"(?:u|[^s]c|v|[^z]z|[bcdfgkpstz]l|[rnld]g|[aeiou]g|[aeiounrlw]s)$", "silent e"),
        (r"(?:[^o]at|[^ao]ut|[^aou]in|[^aeiou]un|[^aeiou][aiou][bk])$", "silent e"),
        (r"(?:[^aeou]|^)[aiou]d$|(?:conced|preced|reced|imped|supersed|seced)$", "silent e"),
        (r"(?:^|[^aeo])(?:ar|ir|yr)$|[^aeio]or$|[^o]ur$", "silent e"),
        (r"[^aeiou][iuy]l$|(?:consol|cajol|parol|^pol|inhal|exhal|scal|^stal|impal)$", "silent e"),
        (r"^(?:[^aeiou]+|qu)[aiou][^aeiouwxyc]$", "silent e"),
    )
]
_DOUBLED = re.compile(r"([bdfgkmnprtvz])\1$")
# -lling of verbs stressed on a later syllable, and the British doubling, against verbs in -ll.
_DOUBLED_L = re.compile(r"[aeiouy][a-z]*[^aeiou][aeiou]ll$|[aeiou][ue]ell$|^fuell$")
_EE = re.compile(r"^(?:re|un|over|mis)?(?:n|sp|f|bl|h|w|s|br|d|kn)eed$|(?:succ|proc|exc)eed$")
_SIBILANT = re.compile(r"(?:ss|sh|ch|x|zz|o)es$|(?:focus|bias|canvas)es$")
_KEEPS_E = re.compile(
    r"(?:^|head|heart|tooth)aches$|caches$|avalanches$|shoes$|toes$|^axes$|^hoes$|canoes$"
)
_K_ADDED = re.compile(r"(?:panic|mimic|traffic|picnic|frolic)k$")


@cache
def _irregular() -> tuple[dict[str, str], dict[str, str], dict[str, str], dict[str, str]]:
    """Listed forms → lemma for past, participle, third person and gerund."""
    table = lexicons.load("irregular_verbs").fillna("")
    result: tuple[dict[str, str], ...] = ({}, {}, {}, {})
    for forms, column in zip(result, ("past", "participle", "third", "gerund"), strict=True):
        for base, listed in zip(table["lemma"], table[column], strict=True):
            for form in listed.split():
                forms.setdefault(form, base)
    past, participle, third, gerund = result
    return past, participle, third, gerund


@cache
def _stems(*keeps: str) -> list[tuple[re.Pattern[str], str]]:
    """The listed stems that keep one of these, in their order; neighbours that agree in one."""
    table = lexicons.load("verb_stems")
    rows = zip(table["keeps"].tolist(), table["pattern"].tolist(), strict=True)
    listed = [(kept, pattern) for kept, pattern in rows if kept in keeps]
    return [
        (re.compile(f"(?:{'|'.join(pattern for _, pattern in group)})$"), kept)
        for kept, group in groupby(listed, key=lambda row: row[0])
    ]


def _keeps(stem: str, what: str) -> bool:
    return any(pattern.search(stem) for pattern, _ in _stems(what))


@cache
def _contracted(kind: str) -> dict[str, str]:
    """Shortened forms ("'ll", "gon") → lemma, of modals or of other verbs."""
    table = lexicons.load("contracted_verbs")
    table = table[table["kind"] == kind]
    return dict(zip(table["form"], table["lemma"], strict=True))


@cache
def _bases() -> frozenset[str]:
    return frozenset(lexicons.load("irregular_verbs")["lemma"])


@cache
def _plurals() -> dict[str, str]:
    table = lexicons.load("irregular_nouns")
    return dict(zip(table["plural"], table["lemma"], strict=True))


_MEMO: dict[tuple[str, str], str] = {}
_MEMO_SIZE = 50_000


def lemma(word: str, tag: str) -> str:
    """The base form of a verb or common noun with this Penn Treebank tag.

    Proper names (NNP, NNPS) keep their form; any other word is put into small letters.

    >>> lemma("accused", "VBD"), lemma("chose", "VBD"), lemma("crises", "NNS"), lemma("Oz", "NNP")
    ('accuse', 'choose', 'crisis', 'Oz')
    """
    key = (word, tag)
    known = _MEMO.get(key)
    if known is None:
        if len(_MEMO) >= _MEMO_SIZE:
            _MEMO.clear()
        known = _MEMO[key] = _lemma(word, tag)
    return known


def _lemma(word: str, tag: str) -> str:
    if tag.startswith("NNP"):
        return word
    low = word.lower().replace("’", "'")
    if tag == "NNS":
        head, dash, last = low.rpartition("-")
        return _plurals().get(low) or head + dash + (_plurals().get(last) or _singular(last))
    if tag == "MD":
        return _contracted("modal").get(low, low)
    if tag in ("VBD", "VBN", "VBZ", "VBG", "VBP", "VB"):
        return _verb(low, tag)
    return low


def _verb(low: str, tag: str) -> str:
    past, participle, third, gerund = _irregular()
    if tag in ("VBD", "VBN"):
        first, second = (past, participle) if tag == "VBD" else (participle, past)
        listed = first.get(low) or second.get(low)
        return listed or _prefixed(low, tag) or _bare(low, "ed")
    if tag == "VBZ":
        return third.get(low) or _third(low)
    if low in _contracted("verb"):
        return _contracted("verb")[low]
    if tag == "VBG":
        return gerund.get(low) or _bare(low, "ing")
    # A past form tagged as a base form ("forces shot down"), unless it is a verb of its own.
    return (
        low
        if low in _bases() or low in lexicons.words("bases_like_past_forms")
        else past.get(low, low)
    )


def _prefixed(low: str, tag: str) -> str:
    """Irregular verbs behind a hyphen ("re-sent", "hand-picked")."""
    head, dash, last = low.rpartition("-")
    return head + dash + _verb(last, tag) if dash and head else ""


def _third(low: str) -> str:
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if _SIBILANT.search(low) and not _KEEPS_E.search(low):
        return low[:-2]
    return low[:-1] if low.endswith("s") and not low.endswith("ss") else low


def _bare(low: str, ending: str) -> str:
    """The verb without -ed or -ing: doubled consonants, y and the silent e put right."""
    if not low.endswith(ending) or len(low) < len(ending) + 2:
        return low
    stem = low[: -len(ending)]
    if not re.search(r"[aeiouy]", stem):
        return low
    if ending == "ed":
        if stem.endswith("i") and len(stem) > 2:
            return stem[:-1] + "y"
        if stem.endswith("e"):
            return low if _EE.search(low) else stem + "e"
    if _K_ADDED.search(stem):
        return stem[:-1]
    if _DOUBLED.search(stem):
        return stem if _keeps(stem, "two letters") else stem[:-1]
    if stem.endswith("ll"):
        return stem[:-1] if _DOUBLED_L.search(stem) and not _keeps(stem, "two l") else stem
    for pattern, kept in (*_stems("silent e", "no silent e"), *_ENDINGS):
        if pattern.search(stem):
            return stem + "e" if kept == "silent e" else stem
    return stem


def _singular(low: str) -> str:
    if low[:-1].endswith(tuple("0123456789'")):  # "1980s", "80's"
        return low
    if not low.endswith("s") or low.endswith(("ss", "us", "is")) or len(low) < 3:
        return low[:-3] + "man" if low.endswith("men") and len(low) > 4 else low
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith("uses") and not low.endswith(("auses", "ouses")):
        return low[:-2]
    if _SIBILANT.search(low) and not _KEEPS_E.search(low):
        return low[:-2]
    return low[:-1]

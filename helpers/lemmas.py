"""Base forms of inflected verbs and nouns: lists for the irregular, spelling rules for the rest.

Only what the analyses need: which verb a verb form belongs to ("accused" → "accuse") and the
singular of a noun ("sanctions" → "sanction"). Proper names keep their form.
"""

from __future__ import annotations

import re
from functools import cache

from helpers import lexicons

_CONTRACTED = {
    "'ll": "will",
    "ll": "will",
    "wo": "will",
    "ca": "can",
    "sha": "shall",
    "'d": "would",
}
_ALSO_BASES = frozenset("found fell wound ground bound shed rent bore wove felt stove".split())
_SPOKEN = {
    "gon": "go",
    "wan": "want",
    "ai": "be",
    "'m": "be",
    "am": "be",
    "are": "be",
    "'re": "be",
    "'ve": "have",
}

# Whether the stem left of -ed/-ing lost an "e": tried in order, the first ending that fits decides.
# Single words stand before the endings they contradict.
_RESTORE: list[tuple[re.Pattern[str], bool]] = [
    (re.compile(pattern), restored)
    for pattern, restored in (
        (
            r"(?:combat|format|debut|visit|ruin|exit|bias|focus|gas|canvas|edit|pilot|pivot|panic|develop|envelop"
            r"|gallop|wallop|murmur|belong|prolong|wrong|throng|^long|^bang|^gang|^hang|defang|clang|catalog"
            r"|imperil|siphon|abandon|control|patrol|worship|gossip|orbit|spirit|exploit|balloon|marathon)$",
            False,
        ),
        (
            r"(?:favor|honor|labor|harbor|monitor|sponsor|anchor|author|tutor|mirror|abhor|doctor|factor|mentor"
            r"|armor|color|humor|rumor|clamor|error|tailor|vector|censor|motor|neighbor|minor|major|savor|vapor)$",
            False,
        ),
        (
            r"(?:bath|loath|breath|sheath|seeth|^ach|re-rout|sooth|cloth|swath|writh|unit|cit|recit|incit|excit|ignit|^bit"
            r"|invit|expedit|tradit|requit|writ|complet|compet|delet|secret|excret|promot|devot|[dn]ot|quot"
            r"|^vot|^tot|interven|conven|contraven|scen|interfer|adher|persever|coher|rever|sever)$",
            True,
        ),
        (
            r"(?:postpon|condon|phon|^ton|clon|ston|^hon|thron|fring|cring|hing|bing|syring|chaf|straf|strif|welcom"
            r"|becom|overcom|^hom|[^m]um|[^aeo]am|tim|prim|chim|them|escap|[^aeo]ap|scop|^[^aeiou]*op|elop|[^aeo]ip"
            r"|yp|dup|guid|suad|crea|^[twphb]ast|browbeat|nauseat|permeat|delineat|massacr|creat|pan[ae]l)$",
            True,
        ),
        (
            r"(?:expans|rins|cleans|condens|dispens|licens|recompens|incens|respons|sens|tens|[el]aps|eclips|glimps"
            r"|els|puls|fals)$",
            True,
        ),
        (r"[iu]at$", True),
        # Endings that never take it: two vowels or two consonants before the last letter.
        (r"(?:[aeo]e|oo|[aeiou][aeiou])[bdfkmnpt]$|(?:[aeo][ai]|oo|ou|ee|ie|eu)[lrn]$", False),
        (r"[io]ng$", False),
        # Endings that always do.
        (r"(?:u|[^s]c|v|[^z]z|[bcdfgkpstz]l|[rnld]g|[aeiou]g|[aeiounrlw]s)$", True),
        (r"(?:[^o]at|[^ao]ut|[^aou]in|[^aeiou]un|[^aeiou][aiou][bk])$", True),
        (r"(?:[^aeou]|^)[aiou]d$|(?:conced|preced|reced|imped|supersed|seced)$", True),
        (r"(?:^|[^aeo])(?:ar|ir|yr)$|[^aeio]or$|[^o]ur$", True),
        (r"[^aeiou][iuy]l$|(?:consol|cajol|parol|^pol|inhal|exhal|scal|^stal|impal)$", True),
        (r"^(?:[^aeiou]+|qu)[aiou][^aeiouwxyc]$", True),
    )
]
_DOUBLED = re.compile(r"([bdfgkmnprtvz])\1$")
_KEEPS_DOUBLE = re.compile(
    r"(?:^add|^odd|^egg|^err|^ebb|purr|buzz|fizz|jazz|^fuzz|^butt|rebutt(?=e)|^putt(?=e)|whirr|[^d]staff|^staff|stuff"
    r"|puff|buff|sniff|cuff|bluff|scoff|^tariff)$"
)
# -lling of verbs stressed on a later syllable, and the British doubling, against verbs in -ll.
_DOUBLED_L = re.compile(r"[aeiouy][a-z]*[^aeiou][aeiou]ll$|[aeiou][ue]ell$|^fuell$")
_KEEPS_LL = re.compile(
    r"(?:install|befall|enroll|fulfill|foretell|instill|distill|appall|enthrall|wall|^call|recall|skill|spell|^(?:un|re)?roll|scroll|^troll|stroll"
    r"|kill|fill|pull|stall|swell|thrill|bill|poll|sell|drill|grill|shell|smell|dwell|well)$"
)
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
        return _CONTRACTED.get(low, low)
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
    if low in _SPOKEN:
        return _SPOKEN[low]
    if tag == "VBG":
        return gerund.get(low) or _bare(low, "ing")
    # A past form tagged as a base form ("forces shot down"), unless it is a verb of its own.
    return low if low in _bases() or low in _ALSO_BASES else past.get(low, low)


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
        return stem if _KEEPS_DOUBLE.search(stem) else stem[:-1]
    if stem.endswith("ll"):
        return stem[:-1] if _DOUBLED_L.search(stem) and not _KEEPS_LL.search(stem) else stem
    for pattern, restored in _RESTORE:
        if pattern.search(stem):
            return stem + "e" if restored else stem
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

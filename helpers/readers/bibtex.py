"""References as BibTeX (.bib): their values under the tags of RIS, which `references` reads.

Read in one pass, without macros: of a value in braces or quotation marks the inner text counts.
"""

from __future__ import annotations

import re

_ENTRY = re.compile(r"@(\w+)[ \t]*\{[^,{}\n]*,")
_NO_ENTRY = frozenset({"comment", "string", "preamble"})
_FIELD = re.compile(r"\s*([\w-]+)\s*=\s*")
_BARE = re.compile(r"[^,{}\s]+")
_ESCAPED = re.compile(r"\\([&%$#_{}])")
_ATTACHED = re.compile(r"(?:^|;)(?:[^:;]*:)?([^:;]+)(?::[\w.+/-]+)?(?=;|$)")
_TAGS = {
    "title": "TI", "journaltitle": "T2", "journal": "T2", "publisher": "PB", "date": "DA",
    "year": "PY", "url": "UR", "author": "AU", "file": "L1",
}  # fmt: skip
_AND = re.compile(r"\s+and\s+")


def references(text: str) -> list[dict[str, list[str]]]:
    """One record per entry, as those of RIS: the values of each tag.

    >>> references("@article{k, title = {The {UN} talks}, file = {Page:files/7/a.html:text/html}}")
    [{'TY': ['article'], 'TI': ['The UN talks'], 'L1': ['files/7/a.html']}]
    """
    found = []
    at = 0
    while entry := _ENTRY.search(text, at):
        at = entry.end()
        if entry[1].lower() in _NO_ENTRY:
            continue
        record = {"TY": [entry[1].lower()]}
        while field := _FIELD.match(text, at):
            value, at = _value(text, field.end())
            if tag := _TAGS.get(field[1].lower()):
                record.setdefault(tag, []).extend(_parts(tag, value))
            at += text[at : at + 1] == ","
        found.append(record)
    return found


def _value(text: str, at: int) -> tuple[str, int]:
    """A value and where it ends: in braces, in quotation marks, or bare."""
    if text[at : at + 1] not in {"{", '"'}:
        bare = _BARE.match(text, at)
        return (bare[0], bare.end()) if bare else ("", at)
    closing = "}" if text[at] == "{" else '"'
    depth = 0
    for end in range(at + 1, len(text)):
        sign = text[end]
        if sign == closing and not depth and text[end - 1] != "\\":
            return text[at + 1 : end], end + 1
        depth += (sign == "{") - (sign == "}")
    return "", len(text)


def _parts(tag: str, value: str) -> list[str]:
    """The files or authors of a value, or the value itself, without what BibTeX needs."""
    if tag == "L1":
        return [path for path in _ATTACHED.findall(value.replace("\\:", ":")) if path.strip()]
    plain = _ESCAPED.sub(r"\1", " ".join(value.split()))
    plain = plain.replace("{", "").replace("}", "")
    return _AND.split(plain) if tag == "AU" else [plain]

"""A report without the articles' words: offsets and hashes where they stood.

For corpora that may not be shared. Whoever has the articles finds every place again by its offsets,
and knows by the hash that it is the same text; nobody else can read more than a few words of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from helpers.reader import Marks
from helpers.wording import clean, count, is_missing

if TYPE_CHECKING:
    import pandas as pd
    from nbformat import NotebookNode

LONGEST = 5
"""Words of an article that may stand together: a name, a headword, a term."""
BARE = {"begin": 0, "head": [], "headings": [], "marks": Marks().data()}
"""Of an article whose text is taken out: nothing is marked in it."""
_WORD = re.compile(r"\w+")
_ASIDE = ("text/html", "text/plain")
"""Faces of an output that no page reads where there is a structured one."""
_MADE_OF = ("text/html", "image/svg+xml")
"""Faces that show what stands beside them as JSON once more."""


def digest(text: Any) -> str:
    """What stands in the place of a text: the beginning of its hash.

    >>> digest("He left.")
    'sha256:7ce6575d63f3ba1f'
    """
    words = "" if is_missing(text) else str(text)
    return f"sha256:{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()[:16]}"


class Redactor:
    """Takes out of texts what an article says in more than `LONGEST` words."""

    def __init__(self, texts: Iterable[Any]) -> None:
        self._runs: set[tuple[str, ...]] = set()
        for text in texts:
            words = _words("" if is_missing(text) else str(text))
            self._runs.update(zip(*(words[i:] for i in range(LONGEST + 1)), strict=False))

    def text(self, text: str) -> str:
        """``text`` with a hash in the place of each run of words that an article prints.

        >>> Redactor(["They met on the ship at noon."]).text("Met on the ship at noon, it says")
        '[sha256:4b4dbfbb885e0ee9, 6 words], it says'
        """
        found = list(_WORD.finditer(text))
        words = [match[0].casefold() for match in found]
        hidden = [False] * len(words)
        for i in range(len(words) - LONGEST):
            if tuple(words[i : i + LONGEST + 1]) in self._runs:
                hidden[i : i + LONGEST + 1] = [True] * (LONGEST + 1)
        out, at, i = [], 0, 0
        while i < len(words):
            if not hidden[i]:
                i += 1
                continue
            first = i
            while i < len(words) and hidden[i]:
                i += 1
            low, high = found[first].start(), found[i - 1].end()
            out += [text[at:low], f"[{digest(text[low:high])}, {count(i - first, 'word')}]"]
            at = high
        return "".join([*out, text[at:]])

    def value(self, value: Any) -> Any:
        """The same for every text inside of a structure."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            if {"before", "span", "after", "doc_id"} <= value.keys():  # a sentence of evidence
                told = f"characters {value['start']}–{value['end']}, {digest(value['span'])}"
                value = {**value, "before": "", "span": told, "after": ""}
            elif {"text", "marks", "doc_id"} <= value.keys():  # an article to be read
                value = {**value, **BARE, "text": digest(value["text"])}
            return {k: self.value(v) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(v) for v in value]
        return value

    def notebook(self, notebook: NotebookNode) -> NotebookNode:
        """An executed notebook whose outputs hold no sentence."""
        made = notebook.copy()
        made["cells"] = [cell.copy() for cell in notebook.cells]
        for cell in made["cells"]:
            if "outputs" not in cell:
                continue
            kept = []
            for output in cell["outputs"]:
                output = output.copy()
                data = dict(output.get("data", {}))
                if any(mime not in _ASIDE for mime in data):
                    data = {k: v for k, v in data.items() if k not in _MADE_OF}
                if data:
                    output["data"] = {k: self.value(v) for k, v in data.items()}
                if "text" in output:
                    output["text"] = self.text(output["text"])
                kept.append(output)
            cell["outputs"] = kept
        return made

    def table(self, table: pd.DataFrame) -> pd.DataFrame:
        """A table with hashes for its ``text``, and no run of an article's words elsewhere."""
        changed: dict[str, Any] = {}
        for name in table.columns:
            if name == "text":
                changed[name] = table[name].map(digest)
            elif table[name].dtype == "str" and name not in {"doc_id", "title", "file"}:
                changed[name] = table[name].map(
                    lambda cell: cell if is_missing(cell) else self.text(clean(cell))
                )
        return table.assign(**changed).astype({name: table[name].dtype for name in changed})


def _words(text: str) -> list[str]:
    return [match[0].casefold() for match in _WORD.finditer(text)]

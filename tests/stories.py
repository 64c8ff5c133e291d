"""Stories of a few texts, each of an outlet of its own."""

from __future__ import annotations

from helpers import schema
from helpers.story import Story


def story(*texts: str, outlets: tuple[str, ...] = ("North", "South", "East")) -> Story:
    rows = [
        {
            "doc_id": f"a{i}",
            "file": f"a{i}",
            "outlet": outlet,
            "text": text,
            "n_words": len(text.split()),
            "published": "2020-05-04",
            "title": text.split("\n", 1)[0],
        }
        for i, (text, outlet) in enumerate(zip(texts, outlets, strict=False))
    ]
    return Story.from_articles(schema.make("articles", rows))

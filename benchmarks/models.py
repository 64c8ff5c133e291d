"""Measures models that `story.toml` may choose, beside our own, and writes their cards.

    python benchmarks/models.py --data DIR --model spacy:en_core_web_sm [--as NAME]
                                [--only tagger,names,target_sentiment]

DIR holds `ud-ewt`, `ud-gum`, `gum-news` and `newsmtsc`, itself or in `gold/`. The model is checked
(`helpers.models.check_adapter`), then measured for each role that its adapter offers:

- tagger: share of right tags in the development parts of UD English EWT and GUM, the treebanks'
  own tokens; and in GUM's news with hyphenated words joined, as our tokenizer leaves them;
- names: F1 of named mentions in GUM's news, exact span, as in `benchmarks/actors.py`, with the
  story's titles and lists around the proposed names as in a story; and B³ of their merging;
- target_sentiment: macro-F1 of the likeliest label in NewsMTSC's two development parts.

The card, `data/models/adapters/NAME.json`, is what a story that chooses the model prints of it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from actors import gum, read_gum
from gold_data import folder
from sentiment import macro_f1

from helpers.models import ROLES, ModelError, cards, load
from helpers.models.choosing import OWN

sys.path.append(str(Path(__file__).resolve().parents[1] / "scripts"))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", required=True, help="as in story.toml")
    parser.add_argument("--as", dest="name", help="the name under which the card is kept")
    parser.add_argument("--only", default=",".join(ROLES))
    options = parser.parse_args()
    measures: dict[str, Callable[[Any, Path], dict[str, float]]] = {
        "tagger": tagger, "names": names, "target_sentiment": target_sentiment,
    }  # fmt: skip
    for role in options.only.split(","):
        try:
            model = load(role, options.model)
        except ModelError as error:
            print(f"{role}: not measured: {error}")
            continue
        figures = measures[role](model, options.data)
        print(f"{role}: {options.model} ({model.version})")
        for measure, value in figures.items():
            print(f"  {value:5.1f}  {measure}")
        file = cards.write(options.name or options.model, role, model.version, figures)
        print(f"  kept in {file}")


def tagger(model: Any, data: Path) -> dict[str, float]:
    """Accuracy on the treebanks' development parts."""
    from train_tagger import evaluation_parts

    parts = evaluation_parts(folder(data, "ud-ewt").parent)
    called = {
        "ud-ewt": "UD EWT dev, tags right",
        "ud-gum": "UD GUM dev, tags right",
        "news, hyphens joined": "news of it, words as here",
    }
    figures = {}
    for part, measure in called.items():
        tags = model.tag([words for words, _ in parts[part]])
        pairs = [
            (a, b)
            for (_, gold), got in zip(parts[part], tags, strict=True)
            for a, b in zip(gold, got, strict=True)
        ]
        figures[measure] = 100 * sum(a == b for a, b in pairs) / len(pairs)
    return figures


def names(model: Any, data: Path) -> dict[str, float]:
    """F1 of named mentions and B³ of their merging, on GUM's news."""
    files = sorted(folder(data, "gum-news").glob("*.conllu"))
    finder = None if model.version == load("names", OWN).version else model  # as a story does
    measured = gum([d for file in files for d in read_gum(file)], errors=False, finder=finder)
    called = {"outer": "GUM news, exact span, F1", "all": "with names inside names",
              "merged": "merged into actors, B³"}  # fmt: skip
    return {told: measured[part] for part, told in called.items()}


def target_sentiment(model: Any, data: Path) -> dict[str, float]:
    """Macro-F1 of the likeliest label on NewsMTSC's development parts."""
    figures = {}
    for part in ("rw", "mt"):
        lines = (folder(data, "newsmtsc") / f"{part}.dev.jsonl").read_text(encoding="utf-8")
        rows = pd.DataFrame([json.loads(line) for line in lines.splitlines()])
        targets = pd.DataFrame(
            {"text": rows["sentence"], "start": rows["from"], "end": rows["to"],
             "actor_type": "person"}
        )  # fmt: skip
        guess = model.probabilities(targets).argmax(axis=1) - 1
        gold = rows["polarity"].to_numpy(np.int64)
        figures[f"NewsMTSC {part} dev, macro-F1"] = macro_f1(gold, guess)
    return figures


if __name__ == "__main__":
    main()

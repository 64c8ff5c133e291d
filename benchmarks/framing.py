"""Scores the framing room: voice, agency, frames, coverage.

    python benchmarks/framing.py --data DIR [--only voice,frames,...]

DIR holds `basil`, `narrative-framing`, `newswcl50`, `ud-gum` and `ud-ewt`; what is missing is
said and left out; differences of words are scored by `differences.py`. Rows:

- *voice*: annotated spans of basil, is the span inside a quotation, F1 of "yes";
- *agency*: proper-noun agents and patients of the treebanks' development parts;
- *frames*: article has the frame or not, thresholds set on four fifths of the articles and
  measured on the fifth left out; mean of `--repeats` shuffles;
- *coverage*: concepts annotated in at least two outlets of an event (a property counts with the
  actor it is said of); cues are the other outlets' words for it; F1 of "absent".
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from gold_data import root

from helpers import segment
from helpers.lenses import coverage as coverage_room
from helpers.lenses.frames import article_model
from helpers.lenses.frames import method as frames_room
from helpers.schema import make

SEED = 7
WCL_OUTLETS = ("LL", "L", "M", "R", "RR")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", default="voice,agency,frames,coverage")
    parser.add_argument("--repeats", type=int, default=5, help="shuffles of the folds (frames)")
    options = parser.parse_args()
    options.data = root(options.data)
    wanted = [name.strip() for name in options.only.split(",")]
    print(f"{'what':<58}{'floor':>8}{'reach':>8}{'ours':>8}")
    if "voice" in wanted and present(options.data / "basil"):
        voice_row(read_basil(options.data / "basil"))
    if "agency" in wanted:
        agency_rows(options.data)
    if "frames" in wanted and present(options.data / "narrative-framing"):
        frame_rows(options.data / "narrative-framing", options.repeats)
    if "coverage" in wanted and present(options.data / "newswcl50"):
        coverage_row(options.data / "newswcl50")


def present(folder: Path) -> bool:
    if folder.is_dir():
        return True
    print(f"{folder.name:<58}{'no data: left out':>24}")
    return False


def row(what: str, floor: str, reach: str, ours: str) -> None:
    print(f"{what:<58}{floor:>8}{reach:>8}{ours:>8}", flush=True)


def f1(gold: np.ndarray, found: np.ndarray) -> float:
    """F1 of the positive class, in percent."""
    right = int((gold & found).sum())
    return 200 * right / max(int(gold.sum() + found.sum()), 1)


def tables(rows: list[dict[str, Any]]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Articles, sentences and tokens of rows with doc_id, outlet and text."""
    frame = pd.DataFrame(rows)
    articles = make("articles", frame.assign(n_words=[len(text.split()) for text in frame["text"]]))
    sentences = segment.sentences(articles)
    return articles, sentences, segment.tokens(articles, sentences)


# -------------------------------------------------------------------------------------- basil


def read_basil(folder: Path) -> dict[str, Any]:
    """Articles with their events, tables up to the quotes, and the annotated spans by offset."""
    from helpers.lenses.actors import find_mentions
    from helpers.lenses.quotes import find_quotes

    rows, spans = [], []
    for file in sorted((folder / "articles").glob("*.json")):
        data = json.loads(file.read_text(encoding="utf-8"))
        text, starts = flattened(data["body-paragraphs"])
        outlet, event = data["source"].lower(), file.stem.rsplit("_", 1)[0]
        rows.append({"doc_id": file.stem, "outlet": outlet, "event": event, "text": text})
        notes = json.loads(
            (folder / "annotations" / f"{file.stem}_ann.json").read_text(encoding="utf-8")
        )
        for note in notes["phrase-level-annotations"]:
            match = re.fullmatch(r"p(\d+)", note["id"])
            if match and int(match[1]) < len(starts) and note["end"] > note["start"]:
                at = starts[int(match[1])]
                spans.append((file.stem, at + note["start"], at + note["end"], note["quote"]))
    articles, sentences, tokens = tables(rows)
    mentions = find_mentions(articles, sentences, tokens)
    return {
        "quotes": find_quotes(articles, sentences, tokens, mentions),
        "spans": pd.DataFrame(spans, columns=["doc_id", "start", "end", "quote"]),
    }


def flattened(paragraphs: list[list[str]]) -> tuple[str, list[int]]:
    """The text with blank lines between paragraphs, and where each sentence begins."""
    parts, starts, at = [], [], 0
    for paragraph in paragraphs:
        for k, sentence in enumerate(paragraph):
            gap = " " if k else "\n\n" if at else ""
            at += len(gap)
            starts.append(at)
            parts += [gap, sentence]
            at += len(sentence)
    return "".join(parts), starts


def voice_row(basil: dict[str, Any]) -> None:
    from helpers.lenses.quotes import add_voice

    spans = basil["spans"]
    voiced = add_voice(spans[["doc_id", "start", "end"]], basil["quotes"])
    gold = (spans["quote"] == "yes").to_numpy(dtype=bool)
    found = (voiced["voice"] == "quoted").to_numpy(dtype=bool)
    row(f"voice: quoted-span flag, F1 ({len(spans)} spans)", "85", ">=92", f"{f1(gold, found):.1f}")


def agency_rows(data: Path) -> None:
    """Precision and recall as `benchmarks/agency.py` counts them, over both treebanks."""
    try:
        import agency  # the neighbouring script; its folder is on the path when ours runs
    except ImportError:
        row("agency", "", "85/60", "absent")
        return
    if not (present(data / "ud-gum") and present(data / "ud-ewt")):
        return
    for what, precision, recall in agency.summary(data):
        if what.startswith("both"):
            reading = what.partition(", ")[2]
            ours = f"{precision:.0f}/{recall:.0f}"
            row(f"agency: proper-noun agents and patients, {reading}, P/R", "", "85/60", ours)


# ------------------------------------------------------------------------------------- frames


def frame_rows(folder: Path, repeats: int) -> None:
    """Each frame as it is decided in use: by the model where one is shipped, else by cues."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
    train_frames = importlib.import_module("train_frames")
    data = train_frames.read(folder)
    trained = article_model.load()
    ours, always = [], []
    for frame, truth in data.truth.items():
        runs = [train_frames.crossed(data, frame, seed) for seed in range(repeats)]
        cues, model = np.mean(runs, axis=0)
        shipped = trained is not None and frame in trained.frames
        base = f1(truth, np.ones(len(truth), dtype=bool))
        ours.append(model if shipped else cues)
        always.append(base)
        how = f"model; cues {cues:.1f}" if shipped else "cues"
        agreement = frames_room.AGREEMENT[frame]
        name = f"frame {frame} (people: alpha {agreement:.2f}; {how}), F1"
        row(name, f"{base:.1f}", f">{base:.1f}", f"{ours[-1]:.1f}")
    row("frames, macro F1", f"{np.mean(always):.1f}", ">=52", f"{np.mean(ours):.1f}")


# ----------------------------------------------------------------------------------- coverage


def coverage_row(folder: Path) -> None:
    notes = pd.read_csv(folder / "annotations.csv", keep_default_na=False)
    gold, absent, string, several = [], [], [], []
    for event, marked in notes.groupby("event_id"):
        facts: list[dict[str, str]] = []
        asked: list[str] = []
        rows = [
            {"doc_id": outlet, "outlet": outlet, "text": read_wcl(folder, str(event), outlet)}
            for outlet in WCL_OUTLETS
        ]
        articles, sentences, tokens = tables(rows)
        plain = {item["outlet"]: item["text"].lower() for item in rows}
        for (name, _), concept in marked.groupby(["code_name", "target_concept"]):
            tellers = set(concept["publisher_id"])
            if len(tellers) < 2:
                continue
            for outlet in WCL_OUTLETS:
                others = concept[concept["publisher_id"] != outlet]
                cues = sorted(set(others["code_mention"]))
                facts.append(
                    {
                        "fact_id": f"F{len(facts)}",
                        "statement": str(name),
                        "cues": "|".join(re.sub(r"[|*#+]", " ", cue) for cue in cues),
                    }
                )
                asked.append(outlet)
                gold.append(outlet not in tellers)
                several.append(others["publisher_id"].nunique() > 1)
                string.append(
                    not any(
                        re.search(rf"\b{re.escape(cue.lower())}\b", plain[outlet]) for cue in cues
                    )
                )
        table = coverage_room.coverage(
            sentences, tokens, articles, facts=pd.DataFrame(facts), found=False
        )
        status = {
            (fact, outlet): value
            for fact, outlet, value in zip(
                table["fact_id"], table["outlet"], table["status"], strict=True
            )
        }
        absent += [
            status.get((fact["fact_id"], outlet)) == "absent"
            for fact, outlet in zip(facts, asked, strict=True)
        ]
    truth, found, plain_match = np.array(gold), np.array(absent), np.array(string)
    row(f"coverage: absent, F1 ({len(gold)} questions)",
        f"{f1(truth, plain_match):.1f}", ">=72", f"{f1(truth, found):.1f}")  # fmt: skip
    some = np.array(several)
    floor, ours = f1(truth[some], plain_match[some]), f1(truth[some], found[some])
    row("  of these, told by two other outlets at least", f"{floor:.1f}", "", f"{ours:.1f}")


def read_wcl(folder: Path, event: str, outlet: str) -> str:
    return (folder / f"event_{event}" / f"{event}_{outlet}.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    began = time.process_time()
    main()
    print(f"\n{time.process_time() - began:.0f} CPU seconds")

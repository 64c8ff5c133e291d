"""Scores sentiment towards targets on four kinds of data, each beside its simple baselines.

    python benchmarks/sentiment.py --data DIR
        [--only newsmtsc,pairs,persent,basil,countries,speed]

DIR holds `newsmtsc`, `persent` and `basil`, itself or in `gold/`; for the countries `corpora`
stands in or beside it.

NewsMTSC: the two development parts, macro-F1 and accuracy of the likeliest label, accuracy on the
half the model is surest of, and what is decided. Pairs: the test part of our own minimal pairs, by
kind, both questions of the code book. PerSenT: the author's feeling towards an article's main
person, by the mean over the person's mentions. BASIL: of two outlets on the same event whose
authors were marked to feel differently about an actor, which is harsher; ties count one half.
Countries: our own marks in `tests/gold/us-iran-2019-targets.csv`; the linear model's calibration
was fitted on these very marks (the training script prints cross-fitted figures).

Baselines: the commonest label; NLTK's VADER on the sentence, and on ten words to each side of the
target; both call a compound of more than 0.05 positive and of less than -0.05 negative.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.lenses.sentiment import encoder, model, score_targets, sentence_sentiment, vader
from helpers.schema import make
from helpers.segment import sentences as split
from helpers.story import Story

NUMBER = {"negative": -1, "neutral": 0, "positive": 1}
FEELING = {"neg": -1, "neu": 0, "pos": 1}
ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold" / "us-iran-2019-targets.csv"
PAIRS = ROOT / "data" / "sentiment" / "minimal_pairs.csv"
PRIOR_MENTIONS = 5
TIMED = 2_000  # targets that the encoder is timed on
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", default="newsmtsc,pairs,persent,basil,countries,speed")
    options = parser.parse_args()
    wanted = options.only.split(",")
    parts: dict[str, Callable[[Path], None]] = {
        "newsmtsc": newsmtsc, "pairs": pairs, "persent": persent, "basil": basil,
        "countries": countries, "speed": speed,
    }  # fmt: skip
    for name, run in parts.items():
        if name in wanted:
            run(options.data)


def folder(data: Path, name: str) -> Path:
    """The data set below DIR, below `DIR/gold`, or beside DIR."""
    for place in (data / "gold" / name, data / name, data.parent / name):
        if place.is_dir():
            return place
    raise SystemExit(f"No folder {name} in or beside {data.name}: give the folder of the data sets")


# ------------------------------------------------------------------------------- models


def by_encoder(frame: pd.DataFrame) -> encoder.Reading:
    """What the encoder says of each target of ``frame``, in its order."""
    sentence, distinct = pd.factorize(frame["text"])
    targets = zip(sentence.tolist(), frame["start"], frame["end"], strict=True)
    return encoder.TargetEncoder.load().read(distinct.tolist(), list(targets))


def scored(frame: pd.DataFrame) -> Iterator[tuple[str, Floats, npt.NDArray[np.bool_]]]:
    """Of each model: its name, the probabilities of each target, and which targets it decides."""
    for called, names in (("model", True), ("model, names hidden", False)):
        table = score_targets(frame, names=names)
        yield (
            called, table[list(model.LABELS)].to_numpy(),
            (table["label"] != model.UNCERTAIN).to_numpy(),
        )  # fmt: skip
    probability = by_encoder(frame).evaluation.astype(np.float64)
    yield "encoder", probability, probability.max(axis=1) >= encoder.TargetEncoder.load().threshold


# ------------------------------------------------------------------------------- measures


def macro_f1(gold: Ints, guess: Ints) -> float:
    scores = []
    for label in (-1, 0, 1):
        right = int(((gold == label) & (guess == label)).sum())
        scores.append(2 * right / max(int((gold == label).sum() + (guess == label).sum()), 1))
    return 100 * float(np.mean(scores))


def calibration(probability: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """One row per tenth of confidence: how many, how sure on average, how often right."""
    place = np.minimum((probability * 10).astype(int), 9)
    table = pd.DataFrame({"bin": place, "sure": probability, "right": right})
    return table.groupby("bin").agg(n=("sure", "size"), sure=("sure", "mean"),
                                    right=("right", "mean"))  # fmt: skip


def calibration_error(table: pd.DataFrame) -> float:
    return float(((table["sure"] - table["right"]).abs() * table["n"]).sum() / table["n"].sum())


def by_vader(texts: list[str]) -> Ints:
    compound = np.array([score["compound"] for score in vader.scores(texts)])
    return np.where(compound > 0.05, 1, np.where(compound < -0.05, -1, 0))


def near(frame: pd.DataFrame) -> list[str]:
    """Ten words on each side of the target."""
    rows = zip(frame["text"], frame["start"], frame["end"], strict=True)
    return [" ".join([*t[:a].split()[-10:], *t[b:].split()[:10]]) for t, a, b in rows]


def report(name: str, gold: Ints, frame: pd.DataFrame, baseline: int) -> dict[str, pd.DataFrame]:
    print(f"\n{name}: {len(gold)} targets")
    print("                     macro-F1  accuracy  surest half  decided  right there")
    plain = {
        "commonest label": np.full(len(gold), baseline),
        "VADER, sentence": by_vader(frame["text"].tolist()),
        "VADER, ±10 words": by_vader(near(frame)),
    }
    for called, guess in plain.items():
        print(f"{called:20} {macro_f1(gold, guess):8.1f} {100 * (guess == gold).mean():9.1f}")
    tables = {}
    for called, probability, decided in scored(frame):
        guess, sure = probability.argmax(axis=1) - 1, probability.max(axis=1)
        right = guess == gold
        half = np.argsort(-sure, kind="stable")[: len(gold) // 2]
        print(
            f"{called:20} {macro_f1(gold, guess):8.1f} {100 * right.mean():9.1f} "
            f"{100 * right[half].mean():12.1f} {100 * decided.mean():8.1f} "
            f"{100 * right[decided].mean():12.1f}"
        )
        tables[called] = pd.DataFrame({"sure": sure, "right": right})
    return tables


# ------------------------------------------------------------------------------- NewsMTSC


def newsmtsc(data: Path) -> None:
    read: dict[str, pd.DataFrame] = {}
    for part in ("train", "rw.dev", "mt.dev"):
        lines = (folder(data, "newsmtsc") / f"{part}.jsonl").read_text(encoding="utf-8")
        frame = pd.DataFrame([json.loads(line) for line in lines.splitlines()])
        read[part] = frame.rename(columns={"sentence": "text", "from": "start", "to": "end"})
    commonest = int(read["train"]["polarity"].mode()[0])
    found: dict[str, list[pd.DataFrame]] = defaultdict(list)
    for part in ("rw.dev", "mt.dev"):
        gold = read[part]["polarity"].to_numpy(np.int64)
        for called, table in report(f"NewsMTSC {part}", gold, read[part], commonest).items():
            found[called].append(table)
    for called, tables in found.items():
        table = pd.concat(tables)
        bins = calibration(table["sure"].to_numpy(), table["right"].to_numpy())
        print(f"\n{called}: calibration error {calibration_error(bins):.3f} over both parts")
        print(bins.round(3).to_string())


# ------------------------------------------------------------------------------- code book


def pairs(data: Path) -> None:
    """The test part of our own minimal pairs: shares that are right, by kind."""
    table = pd.read_csv(PAIRS).query("part == 'test'").rename(columns={"sentence": "text"})
    frame = table[["text", "start", "end"]].reset_index(drop=True)
    gold = table["evaluation"].map(NUMBER).to_numpy(np.int64)
    print(f"\nOwn minimal pairs, test part: {len(table)} targets")
    print("                     macro-F1  accuracy  decided  right there")
    right = pd.DataFrame({"kind": table["kind"].to_numpy()})
    for called, probability, decided in scored(frame):
        guess = probability.argmax(axis=1) - 1
        right[called] = guess == gold
        print(
            f"{called:20} {macro_f1(gold, guess):8.1f} {100 * right[called].mean():9.1f} "
            f"{100 * decided.mean():8.1f} {100 * right[called][decided].mean():12.1f}"
        )
    events = table["befalls"].map({name: i for i, name in enumerate(encoder.BEFALLS)}).to_numpy()
    guess = by_encoder(frame).befalls.argmax(axis=1)
    right["encoder, befalls"] = guess == events
    print(
        f"encoder, befalls     {macro_f1(events - 1, guess - 1):8.1f} "
        f"{100 * (guess == events).mean():9.1f}"
    )
    by_kind = right.groupby("kind").mean().mul(100).round(1)
    by_kind.insert(0, "n", right.groupby("kind").size())
    print(by_kind.sort_values("n", ascending=False, kind="stable").to_string())


# ------------------------------------------------------------------------------- PerSenT


def persent(data: Path) -> None:
    """The person's mentions are those masked in the file, read as the person's last name."""
    table = pd.read_csv(folder(data, "persent") / "dev.csv").dropna(subset=["MASKED_DOCUMENT"])
    gold, guesses = [], defaultdict(list)
    for row in table.to_dict("records"):
        name = str(row["TARGET_ENTITY"]).split()[-1]
        text = re.sub(r" {2,}", ", ", str(row["MASKED_DOCUMENT"])).replace("[TGT]", name)
        articles = make("articles", [{"doc_id": "a", "text": text, "n_words": 1}])
        pattern = re.compile(rf"\b{re.escape(name)}\b")
        rows = [
            (sentence, *match.span())
            for sentence in split(articles)["text"]
            for match in pattern.finditer(sentence)
        ]
        if not rows:
            continue
        frame = pd.DataFrame(rows, columns=["text", "start", "end"])
        gold.append(NUMBER[str(row["TRUE_SENTIMENT"]).lower()])
        for called, probability, _ in scored(frame):
            guesses[called].append(int(probability.mean(axis=0).argmax()) - 1)
        for called, texts in (("VADER, sentences", rows), ("VADER, ±10 words", None)):
            some = [text for text, *_ in rows] if texts else near(frame)
            mean = np.mean([score["compound"] for score in vader.scores(some)])
            guesses[called].append(1 if mean > 0.05 else -1 if mean < -0.05 else 0)
    answer = np.array(gold)
    print(f"\nPerSenT dev: {len(answer)} articles, the author's feeling for the main person")
    print("                     macro-F1  accuracy")
    commonest = Counter(gold).most_common(1)[0][0]
    for called, guess in {"commonest label": [commonest] * len(gold), **guesses}.items():
        given = np.array(guess)
        print(f"{called:20} {macro_f1(answer, given):8.1f} {100 * (given == answer).mean():9.1f}")


# ------------------------------------------------------------------------------- BASIL


def basil(data: Path) -> None:
    source = folder(data, "basil")
    feeling: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    text: dict[tuple[str, str], list[str]] = {}
    for file in sorted((source / "annotations").glob("*_ann.json")):
        name = file.name.removesuffix("_ann.json")
        event, number = name.rsplit("_", 1)
        article = json.loads((source / "articles" / f"{name}.json").read_text(encoding="utf-8"))
        text[event, number] = [s for paragraph in article["body-paragraphs"] for s in paragraph]
        marks = json.loads(file.read_text(encoding="utf-8"))["article-level-annotations"]
        for key, value in marks.items():
            actor = key.removeprefix("author_feeling_")
            if actor not in (key, "main_event"):
                feeling[event, actor][number] = FEELING[value]
    rows = [
        (event, actor, number, sentence, *match.span())
        for (event, actor), by_article in feeling.items()
        for number in by_article
        for sentence in text[event, number]
        for match in _pattern(actor).finditer(sentence)
    ]
    frame = pd.DataFrame(rows, columns=["event", "actor", "number", "text", "start", "end"])
    frame["VADER, sentence"] = [s["compound"] for s in vader.scores(frame["text"].tolist())]
    frame["VADER, ±10 words"] = [s["compound"] for s in vader.scores(near(frame))]
    for called, probability, _ in scored(frame[["text", "start", "end"]]):
        frame[called] = probability[:, 2] - probability[:, 0]
    pairs = [
        (event, actor, a, b)
        for (event, actor), by_article in feeling.items()
        for a in sorted(by_article)
        for b in sorted(by_article)
        if a < b and by_article[a] != by_article[b]
    ]
    print(f"\nBASIL: {len(pairs)} pairs of outlets; which one is harsher, % right")
    print("                         mean      sum   shrunk mean")
    groups = frame.groupby(["event", "actor", "number"])
    for called in frame.columns[6:]:
        total, n = groups[called].sum(), groups[called].size()
        shares = [
            _harsher(pairs, feeling, scores.to_dict())
            for scores in (total / n, total, total / (n + PRIOR_MENTIONS))
        ]
        print(f"{called:20} " + " ".join(f"{share:8.1f}" for share in shares))


def _pattern(actor: str) -> re.Pattern[str]:
    """The last word of the actor's label, with up to three capitalised words before it."""
    last = re.escape(actor.split("_")[-1])
    flags = re.NOFLAG if last[0].isupper() else re.IGNORECASE
    return re.compile(rf"\b(?:[A-Z][\w.]+ ){{0,3}}{last}\b", flags)


def _harsher(
    pairs: list[tuple[str, str, str, str]],
    feeling: dict[tuple[str, str], dict[str, int]],
    score: dict[tuple[str, str, str], float],
) -> float:
    right = []
    for event, actor, a, b in pairs:
        one, other = score.get((event, actor, a), 0.0), score.get((event, actor, b), 0.0)
        marked = feeling[event, actor]
        right.append(0.5 if one == other else float((one < other) == (marked[a] < marked[b])))
    return 100 * float(np.mean(right))


# ------------------------------------------------------------------------------- countries


def countries(data: Path) -> None:
    if not GOLD.is_file():
        print("\nCountries: no marks yet")
        return
    marks = pd.read_csv(GOLD)
    story = Story(folder(data, "corpora") / "us-iran-2019")
    sentences = story.sentences[["doc_id", "start", "end", "text"]]
    joined = marks.reset_index().merge(sentences, on="doc_id", suffixes=("", "_sentence"))
    inside = (joined["start"] >= joined["start_sentence"]) & (
        joined["end"] <= joined["end_sentence"]
    )
    joined = joined[inside].drop_duplicates("index")
    joined["end"] -= joined["start_sentence"]
    joined["start"] -= joined["start_sentence"]
    gold = joined["label"].to_numpy(np.int64)
    frame = joined[["text", "start", "end"]].reset_index(drop=True).assign(actor_type="government")
    commonest = Counter(gold.tolist()).most_common(1)[0][0]
    report("Countries and governments (us-iran-2019)", gold, frame, commonest)


# ------------------------------------------------------------------------------- speed


def speed(data: Path) -> None:
    lines = (folder(data, "newsmtsc") / "train.jsonl").read_text(encoding="utf-8").splitlines()
    frame = pd.DataFrame([json.loads(line) for line in lines])
    frame = frame.rename(columns={"sentence": "text", "from": "start", "to": "end"})
    story = make("sentences", {"doc_id": ["a"] * len(frame), "sentence_id": range(len(frame)),
                               "start": [0] * len(frame), "end": frame["text"].str.len(),
                               "text": frame["text"], "paragraph": [0] * len(frame),
                               "part": ["body"] * len(frame)})  # fmt: skip
    n_words = int(frame["text"].str.split().str.len().sum())
    print("\nSpeed on one core, features included")
    for turn in ("words new", "words known"):
        began = time.process_time()
        score_targets(frame, names=False)
        targets = len(frame) / (time.process_time() - began)
        began = time.process_time()
        sentence_sentiment(story)
        token = (time.process_time() - began) / n_words * 1e9
        some = frame.iloc[:: len(frame) // TIMED][:TIMED]
        began = time.process_time()
        by_encoder(some)
        encoded = len(some) / (time.process_time() - began)
        print(
            f"{turn:12} {targets:10,.0f} targets a second, encoder {encoded:,.0f}, "
            f"VADER {token:,.0f} ns a token ({1e9 / token / n_words * len(frame):,.0f} sentences)"
        )
    for called, place in (("model", model.FOLDER), ("encoder", encoder.FILE.parent)):
        size = sum(file.stat().st_size for file in place.glob("*.npz"))
        print(f"{called}: {size / 1e6:.2f} MB on disk")


if __name__ == "__main__":
    main()

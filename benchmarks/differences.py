"""Which differences between outlets are found, and what is found where there are none.

    python benchmarks/differences.py --data DIR [--runs 20] [--only false,words,shares,speed]

DIR holds `basil` and `us-iran-2019`. Rows, all seeds fixed:

- *false*: outlets shuffled within events, all lenses that look for differences: runs whose briefing
  has any finding that is called more than chance, with Wilson's interval, and those in which the
  usual z test calls a word;
- *words*: a word planted in the counted terms of `us-iran-2019`, outlets and events as they are,
  found in that outlet (as many runs as asked): negative binomial counts at 2 per 1,000 words, their
  squared coefficient of variation between articles in the row, six times as many in the outlet of
  most articles, and as much more often as the table says would be found; a word used twice in all
  but one of an outlet's five or six articles and nowhere else; and, in made up events with 400
  terms that each event uses its own way, a word three times as frequent in one outlet;
- *shares*: nine outlets with 13, 10, 9, 7, 7, 7, 6, 5 and 4 articles tell of ten actors, each in
  three articles of five and there 8 times on average; 30% negative with an intraclass correlation
  of .25, one outlet 20 points more on one actor. Unasked all 90 pairs and all lenses are allowed
  for, asked beforehand, whether it is more, the pair stands alone; below each what could be found
  by a test that knew how articles vary. And one of 40 outlets of six articles at 85% among outlets
  at 20%, on one of ten actors;
- *speed*: 5,000 permutations of 20,000 terms in 200 articles, processor seconds.
"""

from __future__ import annotations

import csv
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import NormalDist
from typing import Any, NamedTuple

import click
import numpy as np
import pandas as pd
from gold_data import folder

from helpers import Story, briefing
from helpers.comparing.events import comparable, event_strata
from helpers.comparing.terms import Counting, TermCounts, count_terms
from helpers.lenses.keyness import permutation
from helpers.lenses.keyness.method import keyness_of_counts
from helpers.statistics import ALPHA, LENS_PART, Ratio, difference_table, permuted_labels
from helpers.statistics.student import NORMAL_REACH

SEED = 20190925
TABLES = "mentions", "quotes", "target_sentiment", "agency", "frames", "tokens"
RATE, TIMES = 0.002, 6
CORRELATION = 0.25
SIZES = 13, 10, 9, 7, 7, 7, 6, 5, 4


class Row(NamedTuple):
    """What was planted or shuffled, how often it was found, and in how many runs."""

    key: str
    what: str
    found: int
    runs: int

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of the share."""
        z, share = 1.96, self.found / self.runs
        middle = (share + z**2 / 2 / self.runs) / (1 + z**2 / self.runs)
        spread = share * (1 - share) / self.runs + z**2 / 4 / self.runs**2
        reach = z * np.sqrt(spread) / (1 + z**2 / self.runs)
        return max(float(middle - reach), 0.0), min(float(middle + reach), 1.0)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.what:<74}{self.found:>4} of {self.runs:<4} [{low:.2f}, {high:.2f}]"


# ------------------------------------------------------------------------------- false findings


def basil(data: Path, into: Path) -> Path:
    """BASIL's articles as a folder of a story, with their events."""
    rows = []
    for file in sorted((folder(data, "basil") / "articles").glob("*.json")):
        told = json.loads(file.read_text(encoding="utf-8"))
        text = "\n\n".join(" ".join(paragraph) for paragraph in told["body-paragraphs"])
        (into / f"{file.stem}.txt").write_text(text, encoding="utf-8")
        event = file.stem.rsplit("_", 1)[0]
        rows.append({"file": f"{file.stem}.txt", "outlet": told["source"].upper(), "event": event})
    with (into / "articles.csv").open("w", encoding="utf-8", newline="") as sheet:
        writer = csv.DictWriter(sheet, ["file", "outlet", "event"])
        writer.writeheader()
        writer.writerows(rows)
    return into


def false_findings(name: str, story: Story, runs: int) -> Iterator[Row]:
    tables = {table: getattr(story, table) for table in TABLES}
    articles = story.originals
    own, counts = words_of(story)
    kept = articles["doc_id"].isin(own["doc_id"]).to_numpy()
    outlets = sorted(articles["outlet"].unique())
    codes = np.array([outlets.index(outlet) for outlet in articles["outlet"]])
    labels = permuted_labels(codes, story.events.to_numpy(dtype=object), draws=runs, seed=SEED)
    any_found, usual = 0, 0
    lenses: Counter[str] = Counter()
    for drawn in labels:
        moved = articles.assign(outlet=[outlets[code] for code in drawn])
        events = story.events
        words = keyness_of_counts(counts, moved[kept], events=events[kept], seed=SEED)
        usual += bool((words["z"].abs() > NORMAL_REACH).any())
        found = briefing.find(
            moved, {**tables, "keyness": words}, events=story.events, limit=None
        )
        called = {f.topic + ":" + f.claim_id for f in found if f.p_value <= ALPHA}
        any_found += bool(called)
        lenses.update(called)
    named = "".join(f" {claim} {n}" for claim, n in sorted(lenses.items()))
    what = f"{name}: any finding, outlets shuffled within events"
    yield Row(f"false {name}", f"{what};{named}" if named else what, any_found, runs)
    yield Row("usual", f"{name}: any word by the usual z test", usual, runs)


# ---------------------------------------------------------------------------------------- words


def words_of(story: Story) -> tuple[pd.DataFrame, TermCounts]:
    """The articles whose own words are compared, and their terms."""
    own = comparable(story.originals, voice="author")
    counting = Counting(outlets=sorted(own["outlet"].unique()), least_articles=3)
    docs = own["doc_id"].tolist()
    counts = count_terms(
        story.tokens, docs, counting, quotes=story.quotes, sentences=story.sentences, voice="author"
    )
    return own, counts


def with_word(counts: TermCounts, docs: list[str], uses: np.ndarray) -> TermCounts:
    """The counts with one more term, used so often in the articles."""
    place = {doc: i for i, doc in enumerate(counts.doc_ids)}
    at = np.array([place[doc] for doc in docs])[uses > 0]
    more = np.full(len(at), len(counts.terms))
    return TermCounts(
        counts.doc_ids,
        (*counts.terms, "planted"),
        counts.words,
        np.concatenate([counts.doc, at]),
        np.concatenate([counts.term, more]),
        np.concatenate([counts.count, uses[uses > 0].astype(np.int64)]),
    )


def called(table: pd.DataFrame, outlet: str, term: str = "planted") -> bool:
    hit = table[(table["outlet"] == outlet) & (table["term"] == term)]
    return bool((hit["significant"] & (hit["log_odds"] > 0)).any())


def planted_words(story: Story, runs: int) -> Iterator[Row]:
    own, counts = words_of(story)
    docs = own["doc_id"].tolist()
    place = {doc: i for i, doc in enumerate(counts.doc_ids)}
    words = counts.words[[place[doc] for doc in docs]]
    strata = event_strata(story.originals, events=story.event_column, problems=[])
    strata = strata.reindex(own["doc_id"])
    sizes = own["outlet"].value_counts()
    big = sizes.index[0]
    mine = (own["outlet"] == big).to_numpy()
    for bursts in (0.3, 1.0, 3.3):
        for name, events in (("events", strata), ("whole story", strata.map(lambda _: "story"))):

            def judged(run: int, times: float, bursts: float = bursts, events: Any = events) -> Any:
                rng = np.random.default_rng(SEED + run)
                mean = RATE * words * np.where(mine, times, 1)
                uses = rng.negative_binomial(1 / bursts, 1 / (1 + bursts * mean))
                table = keyness_of_counts(
                    with_word(counts, docs, uses), own, events=events, least_articles=1
                )
                return table[(table["outlet"] == big) & (table["term"] == "planted")].iloc[0]

            found = sum(
                bool(hit.significant and hit.log_odds > 0)
                for hit in (judged(run, TIMES) for run in range(runs))
            )
            what = f"word × {TIMES}, {mine.sum()} articles against {(~mine).sum()}, bursts {bursts}"
            yield Row(f"word {bursts} {name}", f"{what}, in {name}", found, runs)
            told = np.median([judged(run, 1).could_show for run in range(3)])
            if told < 100:
                found = sum(bool(judged(run, told).significant) for run in range(runs))
                what = f"– × {told:.1f}, which the table says would be found in 80%"
                yield Row(f"shown {bursts} {name}", what, found, runs)
    small = [o for o, n in sizes.items() if 5 <= n <= 6]
    for name, events in (("events", strata), ("whole story", strata.map(lambda _: "story"))):
        found = 0
        for outlet in small:
            at = np.flatnonzero(own["outlet"] == outlet)
            uses = np.zeros(len(docs))
            uses[at[:-1]] = 2
            found += called(keyness_of_counts(with_word(counts, docs, uses), own, events=events),
                            outlet)  # fmt: skip
        what = f"word of one outlet of 5 or 6 articles alone, in {name}"
        yield Row(f"alone {name}", what, found, len(small))


def paired(events: int, outlets: int, seed: int) -> bool:
    """Whether a word three times as frequent in one outlet is found, every event told by all."""
    rng = np.random.default_rng(seed)
    terms = 400
    shares, rows, sheet = rng.dirichlet(np.full(terms, 0.3)), [], []
    for event in range(events):
        topic = rng.gamma(0.5, 2, size=terms) * shares
        for outlet in range(outlets):
            uses = rng.poisson(topic / topic.sum() * 700)
            uses[0] = rng.negative_binomial(1, 1 / (1 + 1.4 * (3 if outlet == 0 else 1)))
            rows.append(uses)
            sheet.append((f"e{event}o{outlet}", f"outlet {outlet}", f"event {event}"))
    table = np.array(rows)
    doc, term = np.nonzero(table)
    articles = pd.DataFrame(sheet, columns=["doc_id", "outlet", "event"])
    counts = TermCounts(
        tuple(articles["doc_id"]), tuple(f"t{i:03d}" for i in range(terms)),
        table.sum(axis=1).astype(float), doc, term, table[doc, term],
    )  # fmt: skip
    return called(keyness_of_counts(counts, articles), "outlet 0", "t000")


# --------------------------------------------------------------------------------------- shares


def shares(
    rng: np.random.Generator, sizes: tuple[int, ...], usual: float, other: float
) -> pd.DataFrame:
    """Decided mentions of ten actors; the first outlet is ``other`` on the first actor."""
    odds = (1 - CORRELATION) / CORRELATION
    parts = []
    for outlet, size in enumerate(sizes):
        for actor in range(10):
            named = rng.random(size) < (1.0 if actor == 0 else 0.6)
            mean = other if outlet == actor == 0 else usual
            bottom = (1 + rng.negative_binomial(1.5, 1.5 / 8.5, size=size)) * named
            top = rng.binomial(bottom, rng.beta(mean * odds, (1 - mean) * odds, size=size))
            docs = [f"o{outlet:02d}a{i}" for i in range(size)]
            names = {"doc_id": docs, "outlet": f"o{outlet:02d}", "subject": actor}
            parts.append(pd.DataFrame(names | {"top": top, "bottom": bottom}))
    return pd.concat(parts, ignore_index=True)


def found_share(units: pd.DataFrame, asked: bool) -> bool:
    """Whether the planted difference is called, alone or among all."""
    part = units
    if asked:
        sides = units["outlet"].where(units["outlet"] == "o00", "rest")
        part = units.assign(outlet=sides)[units["subject"] == 0]
    table = difference_table(
        part, Ratio("top", "bottom"), by=["subject"], least=8, seen=5,
        families=1 if asked else LENS_PART, of="o00" if asked else None, towards=int(asked),
    )  # fmt: skip
    hit = table[(table["subject"] == 0) & (table["outlet"] == "o00")]
    return bool(((hit["q_value"] <= ALPHA) & (hit["difference"] > 0)).any())


def known_size(units: pd.DataFrame) -> float:
    """Standard errors of the planted difference for one who knows how articles vary, and by how
    much a mention of each is worth: the most that any test could see."""
    part = units[(units["subject"] == 0) & (units["bottom"] > 0)]
    worth = part["bottom"] / (1 + CORRELATION * (part["bottom"] - 1))
    share = part["top"] / part["bottom"]
    mine = part["outlet"] == "o00"
    one, other = (float((worth * share)[s].sum() / worth[s].sum()) for s in (mine, ~mine))
    error = np.sqrt(0.3 * 0.7 * (1 / worth[mine].sum() + 1 / worth[~mine].sum()))
    return float((one - other) / error)


def paired_words(runs: int) -> Iterator[Row]:
    for events, outlets in ((30, 3), (10, 2), (100, 3)):
        found = sum(paired(events, outlets, SEED + run) for run in range(runs))
        what = f"word × 3, {events} events × {outlets} outlets, bursts 1"
        yield Row(f"pairs {events}", what, found, runs)


def planted_shares(runs: int) -> Iterator[Row]:
    alone = NormalDist().inv_cdf(1 - ALPHA)
    among = NormalDist().inv_cdf(1 - ALPHA / LENS_PART / 90 / 2)
    for first in (13, 10, 7):
        sizes = (first, *(n for n in SIZES if n != first))
        what = f"share 20 points apart, outlet of {first} articles"
        drawn = [shares(np.random.default_rng(SEED + run), sizes, 0.3, 0.5) for run in range(runs)]
        known = np.array([known_size(units) for units in drawn])
        some = drawn[: runs // 4]
        found = sum(found_share(units, False) for units in some)
        yield Row(f"share {first}", f"{what}, unasked", found, len(some))
        knows = "– by one who knows how articles vary"
        yield Row("known", knows, int((known > among).sum()), runs)
        found = sum(found_share(units, True) for units in drawn)
        yield Row(f"asked {first}", f"{what}, asked", found, runs)
        yield Row("known", knows, int((known > alone).sum()), runs)
    found = sum(
        found_share(shares(np.random.default_rng(SEED + run), (6,) * 40, 0.2, 0.85), False)
        for run in range(max(runs // 16, 1))
    )
    yield Row("forty", "one outlet of 40 at 85% against 20%", found, max(runs // 16, 1))


def speed() -> float:
    """Processor seconds of 5,000 permutations of 20,000 terms in 200 articles of three outlets."""
    rng = np.random.default_rng(0)
    table = rng.poisson(0.3, (200, 20_000)).astype(np.float32)
    outlet = np.array(["A", "B", "C"], dtype=object)[rng.integers(0, 3, 200)]
    articles = permutation.ArticleTerms(
        table, table.sum(axis=1).astype(float), outlet, np.zeros(200, dtype=object)
    )
    hopeless, permutation.HOPELESS = permutation.HOPELESS, 2.0  # draw all of them
    began = time.process_time()
    permutation.judge(articles, draws=5000, seed=SEED, problems=[])
    permutation.HOPELESS = hopeless
    return time.process_time() - began


def all_rows(data: Path, runs: int, wanted: set[str]) -> Iterator[Row]:
    """The rows of the kinds that are wanted."""
    if "shares" in wanted:
        yield from planted_shares(8 * runs)
    if wanted.isdisjoint(("words", "false")):
        return
    story = Story(folder(data, "us-iran-2019"))
    if "words" in wanted:
        yield from planted_words(story, runs)
        yield from paired_words(runs)
    if "false" in wanted:
        yield from false_findings("us-iran-2019", story, runs)
        with tempfile.TemporaryDirectory() as scratch:
            yield from false_findings("BASIL", Story(basil(data, Path(scratch))), runs)


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--runs", default=20, show_default=True, help="shuffles and plantings")
@click.option("--only", default="speed,shares,words,false", show_default=True)
def main(data: Path, runs: int, only: str) -> None:
    wanted = set(only.split(","))
    if "speed" in wanted:
        what = "5,000 permutations × 20,000 terms × 200 articles, three outlets"
        print(f"{what:<74}{speed():>5.1f} s")
    for row in all_rows(data, runs, wanted):
        print(row, flush=True)


if __name__ == "__main__":
    main()

"""The minimal pairs in data/sentiment: closed label sets, offsets, groups, a split that stays."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

FILE = Path(__file__).resolve().parents[1] / "data" / "sentiment" / "minimal_pairs.csv"
COLUMNS = ["pair", "kind", "part", "start", "end", "evaluation", "befalls", "sentence"]
EVALUATIONS = {"negative", "neutral", "positive"}
BEFALLS = {"harm", "none", "benefit"}
RUN = 12  # words in a row that no sentence of one part may share with one of the other
MAIN_KINDS = (
    "killed trial probe office sanctions refused accused critic praise hope irony boycott negation"
    " loaded deed inside benefit other compare context speaker country"
).split()


def read() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def pairs() -> list[dict[str, str]]:
    return read()


def by_group(rows: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    groups = defaultdict(list)
    for row in rows:
        groups[row["pair"]].append(row)
    return groups


def test_columns_and_labels_are_those_of_the_code_book(pairs: list[dict[str, str]]) -> None:
    assert list(pairs[0]) == COLUMNS
    assert {row["evaluation"] for row in pairs} == EVALUATIONS
    assert {row["befalls"] for row in pairs} == BEFALLS
    assert {row["part"] for row in pairs} == {"train", "test"}


def test_offsets_mark_a_target_inside_the_sentence(pairs: list[dict[str, str]]) -> None:
    for row in pairs:
        sentence, start, end = row["sentence"], int(row["start"]), int(row["end"])
        assert 0 <= start < end <= len(sentence), row
        target = sentence[start:end]
        assert target == target.strip(), row
        assert not sentence[:start][-1:].isalnum(), row
        assert not sentence[end:][:1].isalnum(), row


def test_the_part_follows_from_the_group_alone(pairs: list[dict[str, str]]) -> None:
    for row in pairs:
        digest = int(hashlib.sha256(f"pair {row['pair']}".encode()).hexdigest(), 16)
        assert row["part"] == ("train" if digest % 3 else "test"), row


def test_a_group_is_of_one_kind_and_its_labels_differ(pairs: list[dict[str, str]]) -> None:
    for rows in by_group(pairs).values():
        assert len({row["kind"] for row in rows}) == 1, rows
        assert len({(row["evaluation"], row["befalls"]) for row in rows}) > 1, rows


def test_no_target_is_marked_twice_and_no_sentence_is_in_two_groups(
    pairs: list[dict[str, str]],
) -> None:
    marked = Counter((row["sentence"].casefold(), row["start"]) for row in pairs)
    assert [mark for mark, n in marked.items() if n > 1] == []
    groups = defaultdict(set)
    for row in pairs:
        groups[row["sentence"].casefold()].add(row["pair"])
    assert [sentence for sentence, of in groups.items() if len(of) > 1] == []


def test_the_parts_share_no_long_run_of_words(pairs: list[dict[str, str]]) -> None:
    runs: dict[str, set[tuple[str, ...]]] = {"train": set(), "test": set()}
    for row in pairs:
        words = re.findall(r"[\w’'-]+", row["sentence"].casefold())
        runs[row["part"]].update(tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
    assert runs["train"] & runs["test"] == set()


def test_each_main_kind_has_enough_rows_in_both_parts(pairs: list[dict[str, str]]) -> None:
    counts = Counter((row["kind"], row["part"]) for row in pairs)
    for kind in MAIN_KINDS:
        assert counts[kind, "train"] + counts[kind, "test"] >= 40, kind
        assert counts[kind, "test"] >= 5, kind
    share = sum(row["part"] == "test" for row in pairs) / len(pairs)
    assert 0.25 < share < 0.38  # a third of the first 581 groups; later ones are for training

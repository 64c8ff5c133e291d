"""Tags and base forms: what other rooms build on."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import tagging
from helpers.tagging import lemma, tag

SENTENCES = [
    ("She warned that the talks could fail .", "PRP VBD IN DT NNS MD VB ."),
    ("The minister 's office has n't replied .", "DT NN POS NN VBZ RB VBN ."),
    ("Two ships were seized near the port on Monday .", "CD NNS VBD VBN IN DT NN IN NNP ."),
    (
        "He refused to meet the envoy , who had criticized him .",
        "PRP VBD TO VB DT NN , WP VBD VBN PRP .",
    ),
    ("Officials who knew him said they heard nothing .", "NNS WP VBD PRP VBD PRP VBD NN ."),
]


@pytest.mark.parametrize(("words", "expected"), SENTENCES)
def test_tags_of_plain_sentences(words: str, expected: str) -> None:
    assert tag([words.split()]) == [expected.split()]


def test_headline_capitals_do_not_make_names() -> None:
    words = "Minister Says She Will Reject New Offer From Rival Party".split()
    assert tag([words])[0][1:4] == ["VBZ", "PRP", "MD"]
    assert tag([words])[0][4] == "VB"


def test_first_word_is_not_a_name_for_its_capital() -> None:
    got = tag(
        ["Talks collapsed .".split(), "Ships burned .".split(), '" Threats continue .'.split()]
    )
    assert [got[0][0], got[1][0], got[2][1]] == ["NNS", "NNS", "NNS"]


@pytest.mark.parametrize(
    ("plain", "curly"), [("It 's late", "It ’s late"), ("I do n't know", "I do n’t know")]
)
def test_typographic_apostrophes_change_nothing(plain: str, curly: str) -> None:
    assert tag([plain.split()]) == tag([curly.split()])


def test_curly_quotation_marks_have_their_own_tags() -> None:
    assert [tag(["“ No , ” he said .".split()])[0][i] for i in (0, 3)] == ["``", "''"]


def test_empty_input() -> None:
    assert tag([]) == []
    assert tag([[], ["Yes"], []])[0] == []
    assert [len(t) for t in tag([[], ["Yes"], []])] == [0, 1, 0]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(min_size=1, max_size=12), max_size=8), max_size=6))
def test_one_tag_per_token_whatever_comes(sentences: list[list[str]]) -> None:
    known = set(tagging.default_tagger().tags)
    got = tag(sentences)
    assert [len(t) for t in got] == [len(s) for s in sentences]
    assert {t for tags in got for t in tags} <= known


def test_a_sentence_does_not_see_its_neighbours() -> None:
    sentences = [words.split() for words, _ in SENTENCES]
    assert tag(sentences) == [tag([s])[0] for s in sentences]


def test_the_memo_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagging, "MAX_TYPES", 50)
    model = tagging.load_tagger(tagging.MODEL)
    before = model.tag([SENTENCES[0][0].split()])
    for start in range(0, 400, 40):
        model.tag([[f"word{i}" for i in range(start, start + 40)]])
    assert len(model._types.ids) < 200
    assert model.tag([SENTENCES[0][0].split()]) == before


def test_speed() -> None:
    sentences = [words.split() for words, _ in SENTENCES] * 800
    took = []
    for _ in range(4):
        started = time.process_time()
        tag(sentences)
        took.append(time.process_time() - started)
    # 300,000 tokens a second are needed; a busy machine gets a third of that.
    assert sum(map(len, sentences)) / min(took) > 100_000


def test_the_model_is_small_and_holds_no_code() -> None:
    assert tagging.MODEL.stat().st_size <= 2_000_000
    with np.load(tagging.MODEL, allow_pickle=False) as stored:
        assert all(stored[name].dtype != object for name in stored.files)


@pytest.mark.parametrize(
    ("word", "pos", "expected"),
    [
        ("said", "VBD", "say"),
        ("chose", "VBD", "choose"),
        ("found", "VBD", "find"),
        ("founded", "VBD", "found"),
        ("lay", "VBD", "lie"),
        ("laid", "VBD", "lay"),
        ("left", "VBN", "leave"),
        ("sought", "VBN", "seek"),
        ("accused", "VBD", "accuse"),
        ("threatened", "VBN", "threaten"),
        ("committed", "VBD", "commit"),
        ("visited", "VBD", "visit"),
        ("negotiating", "VBG", "negotiate"),
        ("dying", "VBG", "die"),
        ("fleeing", "VBG", "flee"),
        ("agreed", "VBD", "agree"),
        ("denies", "VBZ", "deny"),
        ("pushes", "VBZ", "push"),
        ("does", "VBZ", "do"),
        ("goes", "VBZ", "go"),
        ("focuses", "VBZ", "focus"),
        ("controlled", "VBN", "control"),
        ("called", "VBD", "call"),
        ("panicked", "VBD", "panic"),
        ("planned", "VBN", "plan"),
        ("hoped", "VBD", "hope"),
        ("hopped", "VBD", "hop"),
        ("’re", "VBP", "be"),
        ("wo", "MD", "will"),
        ("Accused", "VBD", "accuse"),
        ("shot", "VB", "shoot"),
        ("found", "VB", "found"),
        ("countries", "NNS", "country"),
        ("crises", "NNS", "crisis"),
        ("women", "NNS", "woman"),
        ("lawmen", "NNS", "lawman"),
        ("speeches", "NNS", "speech"),
        ("houses", "NNS", "house"),
        ("viruses", "NNS", "virus"),
        ("series", "NNS", "series"),
        ("1980s", "NNS", "1980s"),
        ("co-founders", "NNS", "co-founder"),
        ("Paris", "NNP", "Paris"),
        ("Strongly", "RB", "strongly"),
    ],
)
def test_lemma(word: str, pos: str, expected: str) -> None:
    assert lemma(word, pos) == expected


@settings(max_examples=100)
@given(
    st.text(max_size=12),
    st.sampled_from(["VBD", "VBG", "VBZ", "VBN", "VB", "NNS", "NN", "NNP", "MD"]),
)
def test_lemma_takes_any_string(word: str, pos: str) -> None:
    assert isinstance(lemma(word, pos), str)


@pytest.mark.shared
def test_accuracy_holds_on_the_treebanks(shared: Path) -> None:
    right = total = 0
    for name in ("ud-ewt", "ud-gum"):
        rows = (shared / "gold" / name / "dev.conllu").read_text(encoding="utf-8").split("\n\n")
        cells = [
            [line.split("\t") for line in row.split("\n") if line[:1].isdigit()] for row in rows
        ]
        sentences = [[c for c in row if c[0].isdigit()] for row in cells]
        for row, tags in zip(
            sentences, tag([[c[1] for c in row] for row in sentences]), strict=True
        ):
            right += sum(c[4] == t for c, t in zip(row, tags, strict=True))
            total += len(row)
    assert right / total > 0.95  # NLTK's PerceptronTagger on the same data: 0.949

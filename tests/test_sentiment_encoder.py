"""The encoder: pieces, the network against the formulas written out, batches, hostile input."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.lenses.sentiment import encoder, score_targets
from helpers.lenses.sentiment.encoder import network, reading
from helpers.lenses.sentiment.encoder.pieces import Pieces

VOCABULARY = (
    "[PAD] [CLS] [SEP] [MASK] [UNK] the general deny ##ied ##ies den un ##rest rest cafe don t s"
    " , . ’ ! - 1 ##9 a b ##b 日 x ##x"
).split()
WIDTH, INNER, LAYERS, LONGEST = 24, 40, 3, 20


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(VOCABULARY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The General", "the general"),
        ("The general denied", "the general den ##ied"),
        ("unrest rest", "un ##rest rest"),
        ("Café", "cafe"),
        ("Cafe\u0301", "cafe"),
        ("Don’t!", "don ’ t !"),
        ("19-19", "1 ##9 - 1 ##9"),
        ("the\u00a0general\u200b\x00\n", "the general"),
        ("日日", "日 日"),
        ("the quartz", "the [UNK]"),
        ("x" * 100, "x" + " ##x" * 99),
        ("x" * 101, "[UNK]"),
        (" \t ", ""),
        ("", ""),
    ],
)
def test_text_is_cut_into_the_longest_pieces(pieces: Pieces, text: str, expected: str) -> None:
    assert [VOCABULARY[n] for n in pieces.of(text)] == expected.split()


@pytest.mark.parametrize(
    ("text", "hidden", "longest", "expected"),
    [
        ("the general denied", "general", 20, "[CLS] the [MASK] den ##ied [SEP]"),
        ("the general denied", "the general denied", 20, "[CLS] [MASK] [SEP]"),
        ("a a a a b t t t t", "b", 7, "[CLS] a a [MASK] t t [SEP]"),
        ("a a a a b t", "b", 7, "[CLS] a a a [MASK] t [SEP]"),
        ("a b t t t t", "b", 7, "[CLS] a [MASK] t t t [SEP]"),
    ],
)
def test_a_long_sentence_is_cut_around_its_target(
    pieces: Pieces, text: str, hidden: str, longest: int, expected: str
) -> None:
    start = text.index(hidden)
    found, place = pieces.around(text, start, start + len(hidden), longest)
    assert [VOCABULARY[n] for n in found] == expected.split()
    assert found[place] == pieces.mask


def test_a_vocabulary_must_have_its_special_pieces() -> None:
    with pytest.raises(ValueError, match=r"lacks \[MASK\], \[PAD\]"):
        Pieces(["[CLS]", "[SEP]", "[UNK]", "the"])


def made_up(seed: int = 7) -> dict[str, Any]:
    """Arrays of a small network with weights drawn at random, in the form they are stored in."""
    draw = np.random.default_rng(seed)
    arrays: dict[str, Any] = {
        "vocabulary": np.frombuffer("\n".join(VOCABULARY).encode(), np.uint8),
        "layers": np.array(LAYERS),
        "places": draw.normal(size=(LONGEST, WIDTH)).astype(np.float16),
        "norm": draw.normal(size=(2, WIDTH)).astype(np.float32),
        "answer": draw.normal(size=(6, 2 * WIDTH)).astype(np.float32),
        "answer.bias": draw.normal(size=6).astype(np.float32),
        "heat": np.array([0.8, 1.2]),
        "shift": np.array([[0.1, 0.0, -0.1], [0.0, 0.0, 0.0]]),
        "beside": np.array(0.3),
        "threshold": np.array(0.6),
    }
    shapes = {"words": (len(VOCABULARY), WIDTH)}
    for i in range(LAYERS):
        shapes |= {
            f"{i}.qkv": (3 * WIDTH, WIDTH), f"{i}.o": (WIDTH, WIDTH),
            f"{i}.up": (INNER, WIDTH), f"{i}.down": (WIDTH, INNER),
        }  # fmt: skip
        for name in ("norm1", "norm2"):
            arrays[f"{i}.{name}"] = draw.normal(size=(2, WIDTH)).astype(np.float32)
    for name, shape in shapes.items():
        arrays[name] = draw.integers(-31, 32, shape).astype(np.int8)
        arrays[f"{name}.scale"] = draw.uniform(0.005, 0.02, shape[0]).astype(np.float32)
        if name != "words":
            arrays[f"{name}.bias"] = draw.normal(size=shape[0]).astype(np.float32)
    return arrays


def by_the_formulas(arrays: dict[str, Any], pieces: list[int], target: int) -> np.ndarray:  # type: ignore[type-arg]
    """Both answers for one sentence, place by place and head by head, in 64 bits."""

    def matrix(name: str) -> Any:
        return arrays[name].astype(float) * arrays[f"{name}.scale"].astype(float)[:, None]

    def norm(x: Any, weights: Any) -> Any:
        return (x - x.mean()) / math.sqrt(x.var() + 1e-12) * weights[0] + weights[1]

    def gelu(x: float) -> float:
        return 0.5 * x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))

    states = [
        norm(matrix("words")[n] + arrays["places"][i].astype(float), arrays["norm"])
        for i, n in enumerate(pieces)
    ]
    before = states
    size = WIDTH // 12
    for layer in range(LAYERS):
        before = states
        mixed = [matrix(f"{layer}.qkv") @ x + arrays[f"{layer}.qkv.bias"] for x in states]
        after = []
        for x, own in zip(states, mixed, strict=True):
            seen = []
            for head in range(12):
                part = slice(head * size, (head + 1) * size)
                q, keys = own[:WIDTH][part], [m[WIDTH : 2 * WIDTH][part] for m in mixed]
                weight = np.exp([q @ k / math.sqrt(size) for k in keys])
                values = np.array([m[2 * WIDTH :][part] for m in mixed])
                seen.append(weight / weight.sum() @ values)
            o = matrix(f"{layer}.o") @ np.concatenate(seen) + arrays[f"{layer}.o.bias"]
            x = norm(x + o, arrays[f"{layer}.norm1"])
            inner = matrix(f"{layer}.up") @ x + arrays[f"{layer}.up.bias"]
            down = matrix(f"{layer}.down") @ np.array([gelu(float(v)) for v in inner])
            after.append(norm(x + down + arrays[f"{layer}.down.bias"], arrays[f"{layer}.norm2"]))
        states = after
    read = np.concatenate([states[target], np.mean(before, axis=0)])
    return (arrays["answer"].astype(float) @ read + arrays["answer.bias"]).reshape(2, 3)


def test_the_network_does_what_the_formulas_say() -> None:
    arrays = made_up()
    rows = [[1, 5, 3, 10, 8, 2], [1, 3, 5, 6, 2], [1, 3, 2]]
    padded = np.zeros((4, 8), np.int64)
    for i, row in enumerate(rows):
        padded[i, : len(row)] = row
    found = network.Network(arrays)(padded, np.array([6, 5, 3, 1]), np.array([2, 1, 1, 0]))
    for i, (row, target) in enumerate(zip(rows, (2, 1, 1), strict=True)):
        np.testing.assert_allclose(found[i], by_the_formulas(arrays, row, target), atol=2e-4)


@pytest.fixture(scope="module")
def small() -> encoder.TargetEncoder:
    return encoder.TargetEncoder(made_up())


def test_calibration_is_applied_to_each_question(small: encoder.TargetEncoder) -> None:
    arrays = made_up()
    plain = encoder.TargetEncoder(arrays | {"heat": np.ones(2), "shift": np.zeros((2, 3))})
    asked = (["The general denied."], [(0, 0, 11)])
    raw, found = plain.read(*asked), small.read(*asked)
    for i, (before, after) in enumerate(zip(raw, found, strict=True)):
        odds = np.exp(np.log(before) * arrays["heat"][i] + arrays["shift"][i])
        np.testing.assert_allclose(after, odds / odds.sum(axis=1, keepdims=True), rtol=1e-4)


SENTENCES = st.lists(st.text(max_size=60), min_size=1, max_size=12)
PLACES = st.integers(-3, 70)


@settings(max_examples=25, deadline=None)
@given(sentences=SENTENCES, data=st.data())
def test_any_text_and_any_span_has_its_row(
    small: encoder.TargetEncoder, sentences: list[str], data: st.DataObject
) -> None:
    row = st.integers(0, len(sentences) - 1)
    targets = data.draw(st.lists(st.tuples(row, PLACES, PLACES), max_size=20))
    found = small.read(sentences, targets)
    for part in found:
        assert part.shape == (len(targets), 3)
        assert part.dtype == np.float32
        assert np.isfinite(part).all()
        np.testing.assert_allclose(part.sum(axis=1), 1, atol=1e-5)


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("the general denied " * 110, 1000, 1007),
        ("the general denied " * 110, 0, 2090),
        ("the general denied", 4, 4),
        ("the general denied", 12, 99),
        ("", 0, 0),
        ("将军否认了。", 0, 2),
        ("\U0001f600\ud800 the", 0, 1),
    ],
)
def test_hard_input_is_read(
    small: encoder.TargetEncoder, sentence: str, start: int, end: int
) -> None:
    found = small.read([sentence], [(0, start, end)])
    assert np.isfinite(found.evaluation).all()
    assert np.isfinite(found.befalls).all()


def alone_and_together(model: encoder.TargetEncoder, sentences: list[str], name: str) -> None:
    """Every target read alone, all at once and in the reverse order: the same bytes."""
    targets = [(i, s.index(name), s.index(name) + len(name)) for i, s in enumerate(sentences)]
    together, back = model.read(sentences, targets), model.read(sentences, targets[::-1])
    for i, target in enumerate(targets):
        alone = model.read(sentences, [target])
        for one, all_, reverse in zip(alone, together, back, strict=True):
            assert one.tobytes() == all_[i : i + 1].tobytes() == reverse[::-1][i : i + 1].tobytes()


def test_a_target_is_read_alike_with_any_others(small: encoder.TargetEncoder) -> None:
    alone_and_together(small, ["a " * n + "general" + " t" * m for n in range(6) for m in range(6)],
                       "general")  # fmt: skip


def test_the_linear_model_is_averaged_in() -> None:
    asked = (["The general lied to parliament.", ""], [(0, 0, 11), (0, 3, 3), (1, 0, 0)])
    alone = encoder.TargetEncoder(made_up() | {"beside": np.array(0.0)}).read(*asked)
    both = encoder.TargetEncoder(made_up() | {"beside": np.array(0.5)}).read(*asked)
    table = pd.DataFrame({"text": [asked[0][0]] * 2 + [" "], "start": [0, 3, 0], "end": [11, 4, 1]})
    linear = score_targets(table, names=False)[list(encoder.EVALUATIONS)].to_numpy()
    arrays = made_up()
    logits = (np.log(alone.evaluation) - arrays["shift"][0]) / arrays["heat"][0]
    logits -= np.log(np.exp(logits).sum(axis=1, keepdims=True))
    logits = (0.5 * logits + 0.5 * np.log(linear)) * arrays["heat"][0] + arrays["shift"][0]
    expected = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(both.evaluation, expected, rtol=1e-4)
    assert both.befalls.tobytes() == alone.befalls.tobytes()


def test_the_words_of_the_target_are_hidden(small: encoder.TargetEncoder) -> None:
    one = small.read(["The general denied."], [(0, 0, 11)])
    other = small.read(["Unrest denied."], [(0, 0, 6)])
    assert one.evaluation.tobytes() == other.evaluation.tobytes()


def test_missing_weights_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(reading, "FILE", tmp_path / "encoder.npz")
    assert not encoder.available()
    with pytest.raises(FileNotFoundError, match="restore"):
        network.stored(reading.FILE)


# -- the shipped weights --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> encoder.TargetEncoder:
    return encoder.TargetEncoder.load()


def target_of(marked: str) -> tuple[str, int, int]:
    """A sentence with its target in brackets → the sentence and the target's place."""
    start, end = marked.index("["), marked.index("]") - 1
    return marked.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize(
    ("marked", "evaluation", "befalls"),
    [
        ("[General Karam] was killed in an airstrike on Friday.", "neutral", "harm"),
        ("[Editor Sahl] was murdered in a cell of the consulate.", "neutral", "harm"),
        ("All charges against [Mr. Tolland] were dropped.", "neutral", "benefit"),
        ("[Secretary Brome] met the envoys in Lisbon on Monday.", "neutral", "none"),
        ("[Premier Ostrow] said that the talks would go on in May.", "neutral", "none"),
        ("[The council] imposed sanctions on nine firms on Tuesday.", "neutral", "none"),
        ("Critics said [Governor Pryce] had no plan whatsoever.", "negative", "none"),
        ("[Minister Dray] lied to parliament about the ships.", "negative", "none"),
        ("[Senator Quill] is a coward and a fraud.", "negative", "none"),
        ("[Dr. Amadi] saved hundreds of lives with her courage.", "positive", "none"),
        ("Her rivals praised [Judge Lorne] as fair and brilliant.", "positive", "none"),
    ],
)
def test_misfortune_is_told_from_evaluation(
    shipped: encoder.TargetEncoder, marked: str, evaluation: str, befalls: str
) -> None:
    sentence, start, end = target_of(marked)
    found = shipped.read([sentence], [(0, start, end)])
    assert encoder.EVALUATIONS[found.evaluation[0].argmax()] == evaluation
    assert encoder.BEFALLS[found.befalls[0].argmax()] == befalls


NEWS = [
    f"On {day} Ms. Varga {deed}{rest}"
    for day in ("Monday", "the eve of the summit", "Friday, hours after the attack on the port,")
    for deed in ("left the talks", "was accused of lying", "thanked her hosts", "broke her word")
    for rest in (".", ", which surprised the envoys who had waited for her since the morning.")
]


def test_the_shipped_encoder_reads_a_target_alike_with_any_others(
    shipped: encoder.TargetEncoder,
) -> None:
    alone_and_together(shipped, NEWS[::3], "Ms. Varga")


@pytest.mark.slow
def test_another_processor_gives_the_same_labels(shipped: encoder.TargetEncoder) -> None:
    """OpenBLAS, told that it runs on an older processor, multiplies in another order."""
    targets = [(i, text.index("Ms."), text.index("Ms.") + 9) for i, text in enumerate(NEWS)]
    script = (
        "import json, sys\n"
        "from helpers.lenses.sentiment import encoder\n"
        "given = json.load(sys.stdin)\n"
        "found = encoder.TargetEncoder.load().read(given[0], given[1])\n"
        "json.dump([part.tolist() for part in found], sys.stdout)\n"
    )
    made = subprocess.run(
        [sys.executable, "-c", script], input=json.dumps([NEWS, targets]), check=True, text=True,
        capture_output=True, env={**os.environ, "OPENBLAS_CORETYPE": "Haswell"},
    )  # fmt: skip
    for here, there in zip(shipped.read(NEWS, targets), json.loads(made.stdout), strict=True):
        np.testing.assert_allclose(here, there, atol=1e-3)
        assert (here.argmax(axis=1) == np.array(there).argmax(axis=1)).all()

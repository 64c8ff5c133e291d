"""The networks that `train_encoder.py` trains: MPNet as teacher, MiniLM as what is shipped.

Both read a sentence whose target is hidden, and answer the two questions of the code book
(`data/codebooks/evaluation.md`): evaluation and what befalls. Needs torch and safetensors.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

LONGEST = 128
QUESTIONS = 2  # evaluation and befalls, three answers each
ROWS = 16  # sentences a step of training
STEP = 8  # in which lengths are filled up to multiples of this


@dataclass(frozen=True)
class Form:
    """What tells one network from the other, and its parts' names in the file of weights."""

    heads: int
    epsilon: float
    padding: int
    first_position: int
    prefix: str
    attention: tuple[str, str, str, str]
    attention_norm: str
    mean_before_last: bool  # else after the last layer
    gelu: str


MPNET = Form(
    12, 1e-5, 1, 2, "", ("attention.attn.q", "attention.attn.k", "attention.attn.v",
    "attention.attn.o"), "attention.LayerNorm", False, "none",
)  # fmt: skip
MINILM = Form(
    12, 1e-12, 0, 0, "", ("attention.self.query", "attention.self.key", "attention.self.value",
    "attention.output.dense"), "attention.output.LayerNorm", True, "tanh",
)  # fmt: skip


class Layer(nn.Module):
    def __init__(self, width: int, inner: int, form: Form) -> None:
        super().__init__()
        self.form = form
        self.q, self.k, self.v, self.o = (nn.Linear(width, width) for _ in range(4))
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm1 = nn.LayerNorm(width, eps=form.epsilon)
        self.norm2 = nn.LayerNorm(width, eps=form.epsilon)

    def forward(self, x: Tensor, bias: Tensor, drop: float) -> Tensor:
        rows, length, width = x.shape
        q, k, v = (
            part(x).view(rows, length, self.form.heads, -1).transpose(1, 2)
            for part in (self.q, self.k, self.v)
        )
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        mixed = self.o(mixed.transpose(1, 2).reshape(rows, length, width))
        x = self.norm1(x + F.dropout(mixed, drop, self.training))
        inner = F.gelu(self.up(x), approximate=self.form.gelu)
        return self.norm2(x + F.dropout(self.down(inner), drop, self.training))


class Network(nn.Module):
    """A trunk of layers, and on the target's vector beside the sentence's mean the two answers."""

    def __init__(self, weights: dict[str, Tensor], form: Form, drop: float = 0.1) -> None:
        super().__init__()
        self.form, self.drop = form, drop
        words = weights["embeddings.word_embeddings.weight"]
        width = words.shape[1]
        n = 1 + max(int(k.split(".")[2]) for k in weights if k.startswith("encoder.layer."))
        inner = weights["encoder.layer.0.intermediate.dense.weight"].shape[0]
        self.words = nn.Embedding.from_pretrained(words, freeze=True)
        places = weights["embeddings.position_embeddings.weight"][form.first_position :][:LONGEST]
        if "embeddings.token_type_embeddings.weight" in weights:
            places = places + weights["embeddings.token_type_embeddings.weight"][0]
        self.places = nn.Parameter(places.clone())
        self.norm = nn.LayerNorm(width, eps=form.epsilon)
        self.layers = nn.ModuleList(Layer(width, inner, form) for _ in range(n))
        self.relative = (
            nn.Parameter(weights["encoder.relative_attention_bias.weight"].clone())
            if "encoder.relative_attention_bias.weight" in weights
            else None
        )
        self.answer = nn.Linear(2 * width, 3 * QUESTIONS)
        nn.init.normal_(self.answer.weight, std=0.02)
        nn.init.zeros_(self.answer.bias)
        self._take(weights)

    def _take(self, weights: dict[str, Tensor]) -> None:
        def copy(part: nn.Linear | nn.LayerNorm, name: str) -> None:
            part.weight.data.copy_(weights[name + ".weight"])
            part.bias.data.copy_(weights[name + ".bias"])

        copy(self.norm, "embeddings.LayerNorm")
        for i, layer in enumerate(self.layers):
            at = f"encoder.layer.{i}."
            for part, name in zip((layer.q, layer.k, layer.v, layer.o), self.form.attention,
                                  strict=True):  # fmt: skip
                copy(part, at + name)
            copy(layer.norm1, at + self.form.attention_norm)
            copy(layer.up, at + "intermediate.dense")
            copy(layer.down, at + "output.dense")
            copy(layer.norm2, at + "output.LayerNorm")

    def bias(self, here: Tensor) -> Tensor:
        """Added to the attention: nothing looks at padding; MPNet's distances."""
        bias = torch.where(here, 0.0, -1e9)[:, None, None, :]
        if self.relative is None:
            return bias
        at = torch.arange(here.shape[1])
        distance = at[None, :] - at[:, None]
        buckets, exact = len(self.relative) // 2, len(self.relative) // 4
        far = distance.abs()
        log = torch.log(far.clamp(min=1).float() / exact) / math.log(128 / exact)
        large = (exact + (log * (buckets - exact)).long()).clamp(max=buckets - 1)
        bucket = (distance > 0).long() * buckets + torch.where(far < exact, far, large)
        return bias + self.relative[bucket].permute(2, 0, 1)[None]

    def lower(self, ids: Tensor, n: int) -> Tensor:
        """What the first ``n`` layers make of the pieces."""
        x = self.norm(self.words(ids) + self.places[: ids.shape[1]])
        x = F.dropout(x, self.drop, self.training)
        bias = self.bias(ids != self.form.padding)
        for layer in self.layers[:n]:
            x = layer(x, bias, self.drop)
        return x

    def upper(self, x: Tensor, here: Tensor, target: Tensor, n: int) -> Tensor:
        """The answers (rows, questions, 3) from what the first ``n`` layers made."""
        bias = self.bias(here)
        before = x
        for layer in self.layers[n:]:
            before, x = x, layer(x, bias, self.drop)
        seen = before if self.form.mean_before_last else x
        mean = (seen * here[:, :, None]).sum(1) / here.sum(1, keepdim=True)
        read = torch.cat([x[torch.arange(len(x)), target], mean], 1)
        read = F.dropout(read, self.drop, self.training)
        return self.answer(read.float()).view(-1, QUESTIONS, 3)

    def forward(self, ids: Tensor, target: Tensor) -> Tensor:
        return self.upper(self.lower(ids, 0), ids != self.form.padding, target, 0)


def load(folder: Path, form: Form, keep: Sequence[int] | None = None) -> Network:
    """The network with the weights of ``model.safetensors``; ``keep``: which words' rows."""
    weights = {k: v.float() for k, v in load_file(folder / "model.safetensors").items()
               if v.is_floating_point()}  # fmt: skip
    if keep is not None:
        name = "embeddings.word_embeddings.weight"
        weights[name] = weights[name][torch.tensor(keep)].clone()
    return Network(weights, form)


@dataclass
class Examples:
    """Rows to read: pieces and the target's place; what is to be answered, and how it weighs.

    ``answer`` has a distribution for each question (rows, 2, 3), ``weight`` a number (rows, 2): 0
    where the question was not asked.
    """

    pieces: list[list[int]]
    target: np.ndarray[Any, Any]
    answer: np.ndarray[Any, Any]
    weight: np.ndarray[Any, Any]

    def __len__(self) -> int:
        return len(self.pieces)


def batches(
    lengths: Sequence[int],
    rows: int,
    chance: np.random.Generator | None = None,
    repeat: Any = None,
    step: int = 4,
) -> Iterator[tuple[int, list[int]]]:
    """Numbers of examples of like length, ``rows`` at a time; in random order if ``chance``.

    Lengths are filled up to a multiple of ``step``; ``repeat``: how often each example comes.
    """
    order = np.arange(len(lengths))
    if repeat is not None:
        order = np.repeat(order, repeat)
    if chance is not None:
        chance.shuffle(order)
    waiting: dict[int, list[int]] = {}
    full = []
    for i in order:
        length = -(-lengths[i] // step) * step
        some = waiting.setdefault(length, [])
        some.append(int(i))
        if len(some) == rows:
            full.append((length, waiting.pop(length)))
    full += waiting.items()
    if chance is not None:
        full = [full[i] for i in chance.permutation(len(full))]
    yield from full


def padded(pieces: list[list[int]], length: int, padding: int) -> Tensor:
    ids = torch.full((len(pieces), length), padding)
    for row, some in enumerate(pieces):
        ids[row, : len(some)] = torch.tensor(some)
    return ids


def loss(logits: Tensor, answer: Tensor, weight: Tensor) -> Tensor:
    each = -(answer * F.log_softmax(logits, -1)).sum(-1) * weight
    return each.sum() / weight[:, 0].sum().clamp(min=1e-6)


@torch.no_grad()
def logits(net: Network, pieces: list[list[int]], target: Any, rows: int = 32) -> Any:
    """The answers of a trained network, (rows, questions, 3), before the softmax."""
    net.eval()
    found = np.zeros((len(pieces), QUESTIONS, 3), np.float32)
    for length, some in batches([len(p) for p in pieces], rows):
        ids = padded([pieces[i] for i in some], length, net.form.padding)
        found[some] = net(ids, torch.tensor(target[some])).numpy()
    net.train()
    return found


def learn(
    net: Network, train: Examples, repeat: Any, tests: dict[str, tuple[Examples, Any]], *,
    epochs: int, rate: float, frozen: int, seed: int, save: Path,
) -> None:  # fmt: skip
    """Train, printing after each epoch what is right in each test part, and saving the weights."""
    chance = np.random.default_rng(seed)
    torch.manual_seed(seed)
    began = time.time()
    cached = below(net, train, frozen) if frozen else []
    if frozen:
        print(f"lower layers read, {time.time() - began:.0f} s", flush=True)
    for part in (net.norm, *net.layers[:frozen]) if frozen else ():
        part.requires_grad_(False)
    if frozen:
        net.places.requires_grad_(False)
    heads = list(net.answer.parameters())
    rest = [p for p in net.parameters() if p.requires_grad and not any(p is h for h in heads)]
    plain = [p for p in rest if p.ndim < 2]
    groups = [
        {"params": [p for p in rest if p.ndim > 1], "weight_decay": 0.01},
        {"params": plain, "weight_decay": 0.0},
        {"params": heads, "weight_decay": 0.0, "lr": 10 * rate},
    ]
    optimizer = torch.optim.AdamW(groups, lr=rate, fused=True)
    lengths = [len(p) for p in train.pieces]
    per_epoch = len(list(batches(lengths, ROWS, None, repeat, STEP)))
    steps = epochs * per_epoch
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda k: min((k + 1) / (0.08 * steps), max(0.0, (steps - k) / (0.92 * steps)))
    )
    net.train()
    recent: list[float] = []
    for epoch in range(epochs):
        for k, (length, some) in enumerate(batches(lengths, ROWS, chance, repeat, STEP)):
            ids = padded([train.pieces[i] for i in some], length, net.form.padding)
            here, target = ids != net.form.padding, torch.tensor(train.target[some])
            if frozen:
                x = torch.zeros(len(some), length, net.words.embedding_dim)
                for row, i in enumerate(some):
                    x[row, : lengths[i]] = cached[i]
            else:
                x = net.lower(ids, 0)
            found = net.upper(x, here, target, frozen)
            error = loss(found, torch.tensor(train.answer[some]),
                                 torch.tensor(train.weight[some]))  # fmt: skip
            error.backward()
            torch.nn.utils.clip_grad_norm_([*rest, *heads], 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            recent.append(error.item())
            if k % 50 == 49:
                mean, spent = np.mean(recent[-200:]), time.time() - began
                print(f"{epoch} {k + 1}/{per_epoch} {mean:.4f} {spent:.0f} s", flush=True)
        torch.save(net.state_dict(), save)
        print(f"epoch {epoch + 1}: {scores(net, tests)} {time.time() - began:.0f} s", flush=True)


@torch.no_grad()
def below(net: Network, train: Examples, frozen: int) -> list[torch.Tensor]:
    """What the frozen layers make of each example, read once."""
    net.eval()
    kept: list[torch.Tensor] = [torch.empty(0)] * len(train)
    for length, some in batches([len(p) for p in train.pieces], 32):
        ids = padded([train.pieces[i] for i in some], length, net.form.padding)
        x = net.lower(ids, frozen).bfloat16()
        for row, i in enumerate(some):
            kept[i] = x[row, : len(train.pieces[i])].clone()
    return kept


def macro_f1(gold: Any, guess: Any) -> float:
    both = [
        2 * ((gold == c) & (guess == c)).sum() / max((gold == c).sum() + (guess == c).sum(), 1)
        for c in range(3)
    ]
    return 100 * float(np.mean(both))


def scores(net: Network, tests: dict[str, tuple[Examples, Any]]) -> str:
    told = []
    for name, (part, gold) in tests.items():
        guess = logits(net, part.pieces, part.target).argmax(-1)
        told.append(f"{name} {macro_f1(gold[:, 0], guess[:, 0]):.1f}")
        if name == "pairs":
            right = 100 * (guess == gold).mean(0)
            told.append(f"(right {right[0]:.1f}, befalls {right[1]:.1f})")
    return " ".join(told)

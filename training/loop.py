"""The training loop: seeded, in mixed batches, for a number of seconds, and resumable."""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from detente.evaluation.attributions import british
from detente.evaluation.documents import Document
from training.corpora import Corpora
from training.losses import collate, losses, total
from training.model import Network
from training.windows import Window, Windows, shuffled

log = logging.getLogger("training")


@dataclass(frozen=True)
class Recipe:
    """How long and how fast to learn.

    Args:
        seconds: of training; the rates fall linearly to nothing at its end.
        trees, attributions: windows of each kind in a batch.
        names: how often a window of names joins them, 0 to 1.
        encoder_rate, head_rate: peak learning rates.
        warm: share of the time in which the rates rise.
        british: share of attribution texts that get British quotation marks.
        unquoted: share of windows whose quotation states are hidden, so that the model can do without.
        seed: of everything random.
        autocast: compute in bfloat16. Faster with AMX; a third slower on two cores with AVX-512 alone.
        save_every: seconds between checkpoints.
    """

    seconds: float = 5000
    trees: int = 2
    names: float = 1.0
    attributions: int = 3
    encoder_rate: float = 2e-4
    head_rate: float = 1.5e-3
    warm: float = 0.04
    british: float = 0.3
    unquoted: float = 0.1
    seed: int = 1
    autocast: bool = False
    save_every: float = 300


def train(network: Network, windows: Windows, corpora: Corpora, recipe: Recipe, folder: Path) -> None:
    """Trains a network and leaves checkpoints; goes on from the last one where there is one.

    Args:
        network: changed in place.
        windows: makes windows of documents.
        corpora: what to learn from.
        recipe: how.
        folder: for `last.pt` and `log.jsonl`.
    """
    optimizer = _optimizer(network, recipe)
    spent, step = _resume(network, optimizer, folder / "last.pt")
    torch.manual_seed(recipe.seed + step)
    batches = mixed(windows, corpora, recipe, random.Random(recipe.seed + step))
    began, saved = time.monotonic() - spent, time.monotonic()
    means: dict[str, float] = {}
    network.train()
    while (now := time.monotonic() - began) < recipe.seconds:
        _set_rates(optimizer, recipe, now / recipe.seconds)
        for name, value in _step(network, optimizer, next(batches), recipe).items():
            means[name] = 0.98 * means.get(name, value) + 0.02 * value
        step += 1
        if step % 50 == 0:
            _log(folder, step, now, means)
        if time.monotonic() - saved > recipe.save_every:
            _save(network, optimizer, now, step, folder / "last.pt")
            saved = time.monotonic()
    _log(folder, step, recipe.seconds, means)
    _save(network, optimizer, recipe.seconds, step, folder / "last.pt")


def mixed(windows: Windows, corpora: Corpora, recipe: Recipe, rng: random.Random) -> Iterator[list[Window]]:
    """Batches of tree, name and attribution windows, without end."""
    trees = _mixed_streams(
        [_forever(lambda c=c: windows.of_trees(shuffled(c, rng))) for c in corpora.treebanks],  # type: ignore[misc]
        [_size(c) for c in corpora.treebanks],
        rng,
    )
    names = _mixed_streams(
        [_forever(lambda c=c: windows.of_names(shuffled(c, rng))) for c in corpora.names],  # type: ignore[misc]
        corpora.shares,
        rng,
    )
    said = _pool(_forever(lambda: _attribution_pass(windows, corpora.attributions, recipe, rng)), 256, rng)
    while True:
        batch = [next(trees) for _ in range(recipe.trees)]
        if rng.random() < recipe.names:
            batch.append(next(names))
        if corpora.attributions:
            batch += [next(said) for _ in range(recipe.attributions)]
        for window in batch:
            if rng.random() < recipe.unquoted:
                window.quotes = [0] * len(window.quotes)
        yield batch


def _attribution_pass(
    windows: Windows, documents: list[Document], recipe: Recipe, rng: random.Random
) -> Iterator[Window]:
    for document in shuffled(documents, rng):
        marked = british(document) if rng.random() < recipe.british else document
        yield from windows.of_attributions(marked, skip=rng.randrange(min(4, len(document.paragraphs))))


def _forever(make: Callable[[], Iterable[Window]]) -> Iterator[Window]:
    while True:
        empty = True
        for window in make():
            empty = False
            yield window
        if empty:
            return


def _mixed_streams(
    streams: list[Iterator[Window]], weights: list[float], rng: random.Random
) -> Iterator[Window]:
    while True:
        yield next(rng.choices(streams, weights)[0])


def _pool(stream: Iterator[Window], size: int, rng: random.Random) -> Iterator[Window]:
    """The windows of a stream in another order, so that a batch does not hold one article."""
    pool: list[Window] = []
    for window in stream:
        pool.append(window)
        if len(pool) >= size:
            at = rng.randrange(len(pool))
            pool[at], pool[-1] = pool[-1], pool[at]
            yield pool.pop()


def _size(documents: list[Document]) -> float:
    return float(sum(len(document.text) for document in documents))


def _optimizer(network: Network, recipe: Recipe) -> torch.optim.Optimizer:
    network.words.weight.requires_grad_(False)
    encoder, heads = [], []
    for name, weight in network.named_parameters():
        if weight.requires_grad:
            old = name.split(".")[0] in ("layers", "norm", "places")
            (encoder if old else heads).append(weight)
    groups = [{"params": encoder, "peak": recipe.encoder_rate}, {"params": heads, "peak": recipe.head_rate}]
    return torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98), weight_decay=0.01)


def _set_rates(optimizer: torch.optim.Optimizer, recipe: Recipe, done: float) -> None:
    share = min(done / recipe.warm, (1 - done) / (1 - recipe.warm))
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * max(share, 0.0)


def _step(
    network: Network, optimizer: torch.optim.Optimizer, windows: list[Window], recipe: Recipe
) -> dict[str, float]:
    batch = collate(windows, network.name.out_features)
    with torch.autocast("cpu", torch.bfloat16, enabled=recipe.autocast):
        out = network(batch.ids, batch.shapes, batch.quotes, batch.mask)
        found = losses(network, out, batch)
        loss: Tensor = total(found)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_([p for p in network.parameters() if p.requires_grad], 1.0)
    optimizer.step()
    return {name: value.item() for name, value in found.items()}


def _log(folder: Path, step: int, seconds: float, means: dict[str, float]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    rounded = {name: round(value, 4) for name, value in means.items()}
    with (folder / "log.jsonl").open("a", encoding="utf8") as file:
        file.write(json.dumps({"step": step, "seconds": round(seconds), **rounded}) + "\n")


def _save(network: Network, optimizer: torch.optim.Optimizer, spent: float, step: int, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "spent": spent, "step": step}
    fresh = path.with_suffix(".new")
    torch.save(state, fresh)
    fresh.replace(path)


def _resume(network: Network, optimizer: torch.optim.Optimizer, path: Path) -> tuple[float, int]:
    if not path.exists():
        return 0.0, 0
    state = torch.load(path, weights_only=True)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    log.info("going on from step %d", state["step"])
    return state["spent"], state["step"]

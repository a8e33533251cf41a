"""The loss of each head, over the positions that a corpus labels, and their sum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from training.model import Network, Outputs
from training.windows import COLUMNS, NONE, Window

# Attribution, names and trees are the hard parts; the others are learnt in passing.
WEIGHTS = {
    "boundary": 0.5,
    "tag": 0.5,
    "lemma": 0.5,
    "arc": 1.0,
    "relation": 1.0,
    "name": 2.0,
    "role": 2.0,
    "source": 0.5,
    "content": 0.5,
    "speech": 0.2,
}


class Batch(NamedTuple):
    """Windows as tensors (batch, length); `cues` are rows of (window, cue, source), with their contents beside."""

    ids: Tensor
    shapes: Tensor
    quotes: Tensor
    mask: Tensor
    labels: dict[str, Tensor]
    other_names: Tensor
    cues: Tensor
    speech: Tensor
    contents: list[list[int]]


def collate(windows: Sequence[Window], name_labels: int) -> Batch:
    """Pads windows to the longest."""
    longest = max(len(w.ids) for w in windows)

    def pad(columns: list[list[int]], value: int) -> Tensor:
        return torch.tensor([column + [value] * (longest - len(column)) for column in columns])

    other = torch.zeros(len(windows), name_labels, dtype=torch.bool)
    other[:, 0] = True
    for k, window in enumerate(windows):
        other[k, window.other_names] = True
    cues = [(k, cue, source) for k, w in enumerate(windows) for cue, source, _, _ in w.cues]
    return Batch(
        ids=pad([w.ids for w in windows], 0),
        shapes=pad([w.shapes for w in windows], 0),
        quotes=pad([w.quotes for w in windows], 0),
        mask=pad([[1] * len(w.ids) for w in windows], 0).bool(),
        labels={name: pad([w.labels[name] for w in windows], NONE) for name in COLUMNS},
        other_names=other,
        cues=torch.tensor(cues, dtype=torch.long).reshape(-1, 3),
        speech=torch.tensor([float(s) for w in windows for _, _, _, s in w.cues]),
        contents=[contents for w in windows for _, _, contents, _ in w.cues],
    )


def losses(network: Network, out: Outputs, batch: Batch) -> dict[str, Tensor]:
    """The mean loss of each head that the batch has labels for."""
    found: dict[str, Tensor] = {}
    for name in ("boundary", "tag", "lemma", "role"):
        labels = batch.labels[name]
        kept = labels != NONE
        if kept.any():
            found[name] = functional.cross_entropy(getattr(out, name)[kept].float(), labels[kept])
    if (batch.labels["head"] != NONE).any():
        found.update(_tree_losses(network, out, batch))
    if (batch.labels["name"] != NONE).any():
        found["name"] = _name_loss(out, batch)
    if len(batch.cues):
        found.update(_link_losses(out, batch))
    return found


def total(found: dict[str, Tensor]) -> Tensor:
    """The weighted sum."""
    return sum((WEIGHTS[name] * loss for name, loss in found.items()), torch.zeros(()))


def _tree_losses(network: Network, out: Outputs, batch: Batch) -> dict[str, Tensor]:
    """Arcs compete with the words of the same sentence and the root."""
    head, sentence = batch.labels["head"], batch.labels["sentence"]
    where, dependent = torch.nonzero(head != NONE, as_tuple=True)
    scores = out.arc[where, dependent].float()
    same = sentence[where] == sentence[where, dependent][:, None]
    same[:, 0] = True
    same[torch.arange(len(dependent)), dependent] = False
    gold = head[where, dependent]
    arc = functional.cross_entropy(scores.masked_fill(~same, -1e4), gold)
    relation = batch.labels["relation"][where, dependent]
    scored = network.relations(out, where, dependent, gold).float()
    return {"arc": arc, "relation": functional.cross_entropy(scored, relation, ignore_index=NONE)}


def _name_loss(out: Outputs, batch: Batch) -> Tensor:
    """A piece outside names may be of a type that its corpus does not annotate: those labels share the credit."""
    labels = batch.labels["name"]
    where, at = torch.nonzero(labels != NONE, as_tuple=True)
    log = functional.log_softmax(out.name[where, at].float(), -1)
    gold = labels[where, at]
    free = log.masked_fill(~batch.other_names[where], -1e4).logsumexp(-1)
    named = log.gather(1, gold[:, None]).squeeze(1)
    return -torch.where(gold == 0, free, named).mean()


def _link_losses(out: Outputs, batch: Batch) -> dict[str, Tensor]:
    """A cue's source among all pieces; its contents among those that begin in the window."""
    where, cue, source = batch.cues.unbind(1)
    found = {"speech": functional.binary_cross_entropy_with_logits(out.speech[where, cue].float(), batch.speech)}
    scores = out.source[where, cue].float().masked_fill(~batch.mask[where], -1e4)
    if (source != NONE).any():
        found["source"] = functional.cross_entropy(scores, source, ignore_index=NONE)
    begins = batch.labels["role"][where] == 5
    gold = torch.zeros_like(begins, dtype=torch.float)
    for row, contents in enumerate(batch.contents):
        gold[row, contents] = 1
    if begins.any():
        logits = out.content[where, cue].float()
        found["content"] = functional.binary_cross_entropy_with_logits(logits[begins], gold[begins])
    return found

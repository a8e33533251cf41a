"""A network half-way between two checkpoints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs torch")


def test_each_weight_is_half_way_and_the_recipe_says_so(tmp_path: Path) -> None:
    from training.average import average

    network = torch.nn.Linear(2, 1)
    with torch.no_grad():
        network.weight.fill_(1.0)
        network.bias.fill_(3.0)
    torch.save({"network": {"weight": torch.zeros(1, 2), "bias": torch.ones(1)}}, tmp_path / "last.pt")
    (tmp_path / "recipe.json").write_text('{"seed": 3}')
    average(network, tmp_path / "last.pt", tmp_path)  # type: ignore[arg-type]
    assert (network.weight.tolist(), network.bias.tolist()) == ([[0.5, 0.5]], [2.0])
    assert json.loads((tmp_path / "recipe.json").read_text()) == {"seed": 3, "averaged": "half and half with the weights it began with"}

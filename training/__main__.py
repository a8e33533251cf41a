"""From the data folder to the ONNX file and its card: `python -m training DATA OUT`."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path

# Memory that is kept instead of given back makes training on a CPU several times faster; it must be set before
# the process starts.
MEMORY = {
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": "200000000000",
    "OMP_WAIT_POLICY": "PASSIVE",
}


def main(arguments: list[str]) -> None:
    """Trains, exports, quantizes, calibrates, evaluates and writes the card; goes on where it was stopped."""
    parser = argparse.ArgumentParser(prog="python -m training", description=main.__doc__)
    parser.add_argument("data", type=Path, help="the folder of corpora")
    parser.add_argument("out", type=Path, help="where checkpoints, model.onnx and card.md go")
    parser.add_argument("--minutes", type=float, default=90, help="how long to train")
    parser.add_argument("--start", type=Path, help="begin with this checkpoint: another round")
    parser.add_argument("--average", action="store_true", help="end half-way between this round and --start")
    parser.add_argument("--rate", type=float, default=2e-4, help="the encoder's peak rate; the heads' is 7.5 times it")
    parser.add_argument("--threads", type=int, default=1, help="of the processor")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--autocast", action="store_true", help="compute in bfloat16")
    parser.add_argument("--licensed-only", action="store_true", help="leave out the corpus that states no licence")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")

    import torch

    from training.average import average
    from training.build import finish, learn
    from training.loop import Recipe

    torch.set_num_threads(options.threads)
    recipe = Recipe(
        seconds=60 * options.minutes,
        encoder_rate=options.rate,
        head_rate=7.5 * options.rate,
        seed=options.seed,
        autocast=options.autocast,
    )
    network, labels = learn(options.data, options.out, recipe, not options.licensed_only, options.start)
    if options.average and options.start:
        average(network, options.start, options.out)
    finish(network, labels, options.data, options.out)


if __name__ == "__main__":
    if any(os.environ.get(name) != value for name, value in MEMORY.items()):
        os.execve(sys.executable, [sys.executable, "-m", "training", *sys.argv[1:]], os.environ | MEMORY)
    main(sys.argv[1:])

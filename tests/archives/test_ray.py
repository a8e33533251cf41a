"""A real Ray cluster of this machine's processes: the same bytes, also when a node is lost in mid-run."""

from __future__ import annotations

import hashlib
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from detente.archives.archive import Archive
from detente.archives.engines import InProcess
from detente.archives.ray_engine import RayCluster

from .made import archive_of, articles

ray = pytest.importorskip("ray", reason="--engine ray needs ray")
pytest.importorskip("pyarrow", reason="an archive needs pyarrow")


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((folder / "records").glob("*.parquet"))}


@pytest.fixture(scope="module")
def cluster() -> Any:
    """Two nodes of one core each."""
    from ray.cluster_utils import Cluster

    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    second = nodes.add_node(num_cpus=1)
    ray.init(address=nodes.address, log_to_driver=False, configure_logging=False)
    yield nodes, second
    ray.shutdown()
    nodes.shutdown()


def test_a_node_lost_in_mid_run_changes_no_byte(tmp_path: Path, cluster: Any) -> None:
    nodes, second = cluster
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        archive_of(folder, articles(40), size=4)
    Archive(here).read(InProcess())
    done: list[str] = []

    def lose() -> None:
        while not done:
            time.sleep(0.05)
        nodes.remove_node(second)

    losing = threading.Thread(target=lose)
    losing.start()
    summary = Archive(there).read(RayCluster(), told=lambda outcome: done.append(outcome.shard))
    losing.join()
    assert (summary.done, summary.broken) == (10, {})
    assert hashes(there) == hashes(here)


def test_a_damaged_shard_is_broken_and_the_others_are_read(tmp_path: Path, cluster: Any) -> None:
    archive_of(tmp_path, articles(6), size=3)
    (tmp_path / "articles" / "00000.parquet").write_bytes(b"PAR1")
    summary = Archive(tmp_path).read(RayCluster())
    assert list(summary.broken) == ["00000"]
    assert summary.done == 1


def test_nothing_to_do_starts_nothing(tmp_path: Path) -> None:
    assert list(RayCluster().run([])) == []

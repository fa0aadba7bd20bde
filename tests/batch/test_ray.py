"""On a Ray cluster of two nodes, one of which is lost on the way, the same bytes come out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lkjip.batch.run import How, run, run_to_url
from lkjip.batch.telling import Silent
from lkjip.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1] / "faults"))

import faulty

if not os.environ.get("LKJIP_TEST_RAY"):
    pytest.skip("starts a Ray cluster only with LKJIP_TEST_RAY=1", allow_module_level=True)
ray = pytest.importorskip("ray", reason="needs the extra lkjip[ray]")
FAULTS = Path(faulty.__file__).parent
STARTS = 3
SETTINGS = Settings(document_seconds=60, page_seconds=30)

pytestmark = pytest.mark.filterwarnings("ignore")  # Ray's own


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    monkeypatch.setenv("LKJIP_TEST_PAGE_SECONDS", "0.1")
    paths = [str(FAULTS), str(FAULTS.parents[1]), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))
    cluster = two_nodes()
    ray.init(address=cluster.address, log_to_driver=False)
    yield cluster
    ray.shutdown()
    cluster.shutdown()


def two_nodes() -> Any:
    """A cluster of this machine; Ray waits half a minute for each node and no longer."""
    from ray.cluster_utils import Cluster

    for _ in range(STARTS):
        cluster = Cluster()
        try:
            cluster.add_node(num_cpus=1)
            cluster.add_node(num_cpus=1)
            return cluster
        except Exception as error:
            why = str(error)
            cluster.shutdown()
    pytest.skip(f"Ray starts no two nodes on this machine: {why}")


class LosesANode(Silent):
    """Takes a node away after the first documents have come."""

    def __init__(self, cluster: Any) -> None:
        self.cluster, self.count, self.lost = cluster, 0, False

    def done(self, file: str, summary: Any, refusal: Any, known: bool = False) -> None:
        self.count += 1
        if not self.lost:
            self.lost = True
            node = next(iter(self.cluster.worker_nodes))
            self.cluster.remove_node(node, allow_graceful=False)


def test_a_lost_node_costs_nothing(cluster: Any, tmp_path: Path) -> None:
    for number in range(40):
        faulty.write(tmp_path / "in", f"{number % 3}/{number}.pdf", 3)
    faulty.write(tmp_path / "in", "bad.pdf", 3, "segfault 2")
    (tmp_path / "in" / "folder.pdf").mkdir()
    how = How(jobs=2, reader=faulty.read)
    run([tmp_path / "in"], tmp_path / "here", SETTINGS, how)
    told = LosesANode(cluster)
    on_ray = How(reader=faulty.read, on="ray")
    run([tmp_path / "in"], tmp_path / "there", SETTINGS, on_ray, told)
    assert told.lost
    assert tables(tmp_path / "there") == tables(tmp_path / "here")

    urls = (f"file://{tmp_path}/in", f"file://{tmp_path}/url")
    run_to_url([urls[0]], urls[1], SETTINGS, on_ray, Silent())
    assert entries(tmp_path / "url") == entries(tmp_path / "here")


def tables(output: Path) -> dict[str, bytes]:
    files = sorted(path for path in output.iterdir() if path.is_file())
    return {path.name: path.read_bytes() for path in files if path.name != "run.json"}


def entries(output: Path) -> set[str]:
    return {path.name for path in output.rglob("*.zip")}

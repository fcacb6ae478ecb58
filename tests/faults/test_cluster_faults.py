"""A Dask cluster that loses workers or its scheduler while pages are read."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import runs
from clusters import Cluster, until

from pipeline import tesseract

pytestmark = [
    pytest.mark.slow,
    pytest.mark.tesseract,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9"),
]


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    return runs.put_inputs(tmp_path / "vào", texts=1)


@pytest.fixture
def undisturbed(undisturbed: Mapping[str, bytes]) -> Mapping[str, bytes]:
    others = [f"công văn {number}." for number in (2, 3, 4)]
    return {
        name: data
        for name, data in undisturbed.items()
        if not any(other in name for other in others)
    }


@pytest.fixture
def gate(tmp_path: Path) -> runs.Gate:
    return runs.Gate(tmp_path / "cổng")


@pytest.fixture
def cluster(tmp_path: Path, gate: runs.Gate) -> Iterator[Cluster]:
    """Two workers behind the gate."""
    with Cluster(tmp_path / "cụm", **gate.variables) as cluster:
        yield cluster.start()


def start(cluster: Cluster, inputs: Path, out: Path, seconds: float = 60) -> subprocess.Popen[str]:
    """Begin a run that waits so many seconds for a cluster that is away."""
    patience = {"VANBAN_BATCH_CLUSTER_TIMEOUT": str(seconds)}
    return runs.start(inputs, out, "--cluster", cluster.address, variables=patience)


def end(run: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for the end; return the exit code and what was said."""
    _, errors = run.communicate(timeout=120)
    assert "Traceback" not in errors, errors
    return run.returncode, errors


def test_pages_of_a_worker_that_is_killed_are_read_by_another(
    cluster: Cluster,
    gate: runs.Gate,
    inputs: Path,
    tmp_path: Path,
    undisturbed: Mapping[str, bytes],
) -> None:
    out = tmp_path / "ra"
    run = start(cluster, inputs, out)
    until(lambda: gate.begun == 2)

    cluster.lose(cluster.workers[0])
    gate.open()

    assert end(run)[0] == 0
    assert runs.outputs(out) == undisturbed


def test_all_workers_lost_and_others_come(
    cluster: Cluster,
    gate: runs.Gate,
    inputs: Path,
    tmp_path: Path,
    undisturbed: Mapping[str, bytes],
) -> None:
    out = tmp_path / "ra"
    run = start(cluster, inputs, out)
    until(lambda: gate.begun == 2)

    for worker in cluster.workers:
        cluster.lose(worker)
    gate.open()
    cluster.add(1)

    assert end(run)[0] == 0
    assert runs.outputs(out) == undisturbed


def test_all_workers_lost_for_good_end_the_run_and_it_can_be_gone_on_with(
    cluster: Cluster,
    gate: runs.Gate,
    inputs: Path,
    tmp_path: Path,
    undisturbed: Mapping[str, bytes],
) -> None:
    out = tmp_path / "ra"
    run = start(cluster, inputs, out, seconds=2)
    until(lambda: gate.begun == 2)

    for worker in cluster.workers:
        cluster.lose(worker)
    code, errors = end(run)

    assert code == 27
    assert f"{cluster.address}: the Dask cluster does not answer (no workers)" in errors
    assert "Run the same command again" in errors
    assert runs.outputs(out).items() <= undisturbed.items()
    assert runs.run(inputs, out).returncode == 0
    assert runs.outputs(out) == undisturbed


def test_the_scheduler_restarted(
    cluster: Cluster,
    gate: runs.Gate,
    inputs: Path,
    tmp_path: Path,
    undisturbed: Mapping[str, bytes],
) -> None:
    out = tmp_path / "ra"
    run = start(cluster, inputs, out)
    until(lambda: gate.begun == 2)

    cluster.lose(cluster.scheduler)
    cluster.start()
    until(lambda: gate.begun >= 3)  # sent again
    gate.open()

    assert end(run)[0] == 0
    assert runs.outputs(out) == undisturbed


def test_the_scheduler_lost_for_good(
    cluster: Cluster,
    gate: runs.Gate,
    inputs: Path,
    tmp_path: Path,
    undisturbed: Mapping[str, bytes],
) -> None:
    out = tmp_path / "ra"
    run = start(cluster, inputs, out, seconds=2)
    until(lambda: gate.begun == 2)

    cluster.lose(cluster.scheduler)
    code, errors = end(run)

    assert code == 27
    assert f"{cluster.address}: the Dask cluster does not answer" in errors
    assert runs.run(inputs, out).returncode == 0
    assert runs.outputs(out) == undisturbed


def test_a_page_that_hangs_on_a_worker_is_given_up_at_its_limit(
    inputs: Path, tmp_path: Path, undisturbed: Mapping[str, bytes]
) -> None:
    slow = runs.Gate(tmp_path / "cổng")
    out = tmp_path / "ra"
    with Cluster(tmp_path / "cụm", **slow.variables) as cluster:
        cluster.start(workers=2)
        short = {"VANBAN_BATCH_PAGE_TIMEOUT": "4"}
        done = runs.run(inputs, out, "--cluster", cluster.address, variables=short)

        assert done.returncode == 3
        assert done.stderr.count("took too long and was given up (4 s)") == 2
        assert len(runs.outputs(out)) == 3  # of the text
        slow.open()
        again = ("--cluster", cluster.address, "--retry-failed")
        assert runs.run(inputs, out, *again).returncode == 0
    assert runs.outputs(out) == undisturbed


def test_a_page_that_kills_what_reads_it_is_tried_three_times_and_costs_only_itself(
    inputs: Path, tmp_path: Path
) -> None:
    noted, out = tmp_path / "noted", tmp_path / "ra"
    killing = f'case "$*" in *hocr*) echo >> "{noted}"; kill -9 $PPID; sleep 1;; esac\n'
    killing += f'exec {tesseract.program()} "$@"'
    variables = runs.put_program(tmp_path / "bin", "tesseract", killing)
    (inputs / "hai trang.tif").unlink()
    with Cluster(tmp_path / "cụm", **variables) as cluster:
        cluster.start(workers=1)
        done = runs.run(inputs, out, "--cluster", cluster.address)
        assert cluster.workers[0].poll() is None

    assert done.returncode == 3
    assert done.stderr.count("the process working on it was killed") == 1
    assert len(noted.read_text().splitlines()) == 3
    assert len(runs.outputs(out)) == 3  # of the text


def test_a_worker_that_comes_later_and_is_not_like_ours_ends_the_run_by_name(
    cluster: Cluster,
    gate: runs.Gate,
    inputs: Path,
    tmp_path: Path,
    undisturbed: Mapping[str, bytes],
) -> None:
    out = tmp_path / "ra"
    other = runs.put_program(tmp_path / "bin", "tesseract", "echo tesseract 4.1.1")
    run = start(cluster, inputs, out)
    until(lambda: gate.begun == 2)

    for worker in cluster.workers:
        cluster.lose(worker)
    cluster.add(1, **other)
    code, errors = end(run)

    assert code == 28
    assert "is not like yours and might read pages otherwise (tesseract)" in errors
    gate.open()
    assert runs.run(inputs, out).returncode == 0
    assert runs.outputs(out) == undisturbed


def test_asked_to_stop_it_takes_the_pages_in_work_and_leaves(
    cluster: Cluster,
    gate: runs.Gate,
    inputs: Path,
    tmp_path: Path,
    undisturbed: Mapping[str, bytes],
) -> None:
    out = tmp_path / "ra"
    run = start(cluster, inputs, out)
    until(lambda: gate.begun == 2)

    run.send_signal(signal.SIGINT)
    gate.open()
    code, errors = end(run)

    assert code == 130
    assert "Run the same command again" in errors
    assert runs.run(inputs, out).returncode == 0
    assert runs.outputs(out) == undisturbed


def test_asked_twice_it_leaves_at_once(
    cluster: Cluster,
    gate: runs.Gate,
    inputs: Path,
    tmp_path: Path,
    undisturbed: Mapping[str, bytes],
) -> None:
    out = tmp_path / "ra"
    run = start(cluster, inputs, out)
    until(lambda: gate.begun == 2)

    run.send_signal(signal.SIGINT)
    until(lambda: run.poll() is not None or "stopping" in (run.stderr.readline() or ""))
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate(timeout=8)

    assert run.returncode == 130
    assert "Traceback" not in errors
    gate.open()
    assert runs.run(inputs, out).returncode == 0
    assert runs.outputs(out) == undisturbed

"""Another machine that goes away while files are read from it, or written to it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import clusters
import pytest
import runs
import s3fs
import servers

pytestmark = [
    pytest.mark.slow,
    pytest.mark.tesseract,
    pytest.mark.skipif(sys.platform == "win32", reason="Tesseract is a shell script here"),
]


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let ledgers and copies of far files lie in the test's own folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def store(inputs: Path) -> Iterator[servers.Store]:
    """An S3 server that has the inputs."""
    with servers.s3("kho") as server:
        files = s3fs.S3FileSystem()
        for path in inputs.rglob("*.*"):
            files.put_file(str(path), f"kho/vào/{path.relative_to(inputs).as_posix()}")
        yield server


def test_inputs_that_cannot_be_reached_any_more_fail_by_name_and_are_read_later(
    store: servers.Store, tmp_path: Path, undisturbed: Mapping[str, bytes]
) -> None:
    gate, out = runs.Gate(tmp_path / "cổng"), tmp_path / "ra"
    variables = {**store.environment, **gate.variables}
    run = runs.start("s3://kho/vào", out, variables=variables)
    clusters.until(lambda: gate.begun == 2)

    store.stop()
    gate.open()
    _, errors = run.communicate(timeout=120)

    assert "Traceback" not in errors
    assert run.returncode in (3, 15), errors
    assert "s3://kho/vào/hai trang.tif: cannot be reached (" in errors
    assert runs.outputs(out).items() < undisturbed.items()
    store.start()
    assert runs.run("s3://kho/vào", out, variables=variables).returncode == 0
    assert runs.outputs(out) == undisturbed


def test_outputs_that_cannot_be_written_any_more_end_the_run_and_it_goes_on_later(
    store: servers.Store, inputs: Path, tmp_path: Path, undisturbed: Mapping[str, bytes]
) -> None:
    gate = runs.Gate(tmp_path / "cổng")
    variables = {**store.environment, **gate.variables}
    run = runs.start(inputs, "s3://kho/ra", variables=variables)
    clusters.until(lambda: gate.begun == 2)

    store.stop()
    gate.open()
    _, errors = run.communicate(timeout=180)

    assert "Traceback" not in errors
    assert run.returncode == 30, errors
    assert "s3://kho/ra: cannot be written (Could not connect" in errors
    store.start()
    assert servers.keys("kho/ra").items() < undisturbed.items()
    assert runs.run(inputs, "s3://kho/ra", variables=variables).returncode == 0
    assert servers.keys("kho/ra") == undisturbed

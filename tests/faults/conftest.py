"""What an undisturbed run gives, made once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import runs


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Return the outputs of an undisturbed run over :func:`runs.put_inputs`."""
    folder = tmp_path_factory.mktemp("yên")
    done = runs.run(runs.put_inputs(folder / "vào"), folder / "ra")
    assert done.returncode == 0, done.stderr
    return runs.outputs(folder / "ra")


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """Return a folder with the same inputs."""
    return runs.put_inputs(tmp_path / "vào")

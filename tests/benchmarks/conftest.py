"""Samples for the benchmarks: real scans, read once."""

from pathlib import Path

import pytest

SCANS = Path(__file__).parents[2] / "samples" / "scans"


@pytest.fixture(scope="session")
def scans() -> list[Path]:
    """The image samples, from a clean page to a photograph."""
    return sorted(path for path in SCANS.iterdir() if path.suffix != ".txt")

"""Whatever stands in a file, only errors with a name come out of what reads it."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faults.parsers import PARSERS

EXAMPLES = int(os.environ.get("VANBAN_FUZZ", "80"))
EXTREMES = (b"\0", b"\xff", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"-1", b"9" * 20)

# Where a change begins, as a share of the bytes; how many of them it takes; what takes their place.
changes = st.tuples(
    st.floats(0, 1, exclude_max=True),
    st.integers(0, 200) | st.sampled_from([0, 1, 4]),
    st.binary(max_size=12) | st.sampled_from(EXTREMES),
)


def changed(data: bytes, many: list[tuple[float, int, bytes]]) -> bytes:
    for share, length, other in many:
        place = int(share * len(data))
        data = data[:place] + other + data[place + length :]
    return data


@pytest.mark.parametrize("name", PARSERS)
def test_only_named_errors_come_out_of(name: str) -> None:
    parser = PARSERS[name]
    seeds = parser.seeds()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=EXAMPLES == 80,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(st.integers(0, len(seeds) - 1), st.lists(changes, min_size=1, max_size=4), st.booleans())
    def run(seed: int, many: list[tuple[float, int, bytes]], cut: bool) -> None:
        data = changed(seeds[seed], many)
        if cut:
            data = data[: int(many[0][0] * len(data))]
        with tempfile.TemporaryDirectory() as folder, suppress(*parser.errors):
            parser.run(data, Path(folder))

    run()


@pytest.mark.parametrize("name", PARSERS)
def test_sound_ones_are_taken_by(name: str, tmp_path: Path) -> None:
    parser = PARSERS[name]
    for seed in parser.seeds()[:2]:
        parser.run(seed, tmp_path)


def test_the_harness_for_atheris_says_when_it_is_not_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.faults import fuzz

    monkeypatch.setattr(fuzz, "find_spec", lambda _: None)
    assert fuzz.main([]) == 2
    assert "pip install atheris" in capsys.readouterr().err
    assert set(fuzz.OURS) <= set(PARSERS)

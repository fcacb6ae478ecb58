import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from pipeline.cli import main
from pipeline.correction import network
from pipeline.correction.network import ARRAYS
from pipeline.errors import ExitCode
from pipeline.resources import dictionary
from pipeline.training import rescorer
from pipeline.training.noise import KEPT, NEVER, Noise
from pipeline.training.rescorer import WORDS, Plan, batch, train_rescorer

LINES = ["Ban Thường vụ Tỉnh ủy họp phiên thường kỳ, thảo luận kế hoạch công tác năm."] * 40


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "party.txt").write_text("\n".join(LINES), encoding="utf-8")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    for part in ("language_model", "confusions"):
        shutil.copytree(dictionary(part), folder / part)
    return folder


def noise(words: int) -> Noise:
    """Every word may also have been its neighbour, the two being as likely."""
    candidates = np.zeros((words, KEPT), np.int64)
    candidates[:, 0], candidates[:, 1] = (np.arange(words) + 1) % words, np.arange(words)
    logp = np.full((words, KEPT), NEVER, np.float32)
    logp[:, :2] = 0
    return Noise(candidates, logp, np.ones(words, np.int64), np.arange(words + 1))


def test_every_word_is_damaged_and_its_target_is_itself() -> None:
    text = np.arange(5, 5 + 2 * WORDS, dtype=np.uint16)
    some = batch({"party": text}, (noise(500),) * 3, 4, np.random.default_rng(1))
    chosen = np.take_along_axis(some.candidates, some.target[..., None], axis=-1)[..., 0]
    assert (np.diff(chosen) == 1).all()
    assert (some.candidates[..., 0] == chosen + 1).all()


def test_boundaries_numbers_and_flags_stay() -> None:
    text = np.tile(np.array([0, 2, 7 | 1 << 15 | 1 << 13], np.uint16), WORDS)
    some = batch({"party": text}, (noise(500),) * 3, 2, np.random.default_rng(1))
    special = some.candidates[..., 0] < 5
    assert (some.candidates[special][:, 1:] == 0).all()
    assert set(some.flags[special].tolist()) == {0}
    assert set(some.flags[~special].tolist()) == {5}


def test_without_pytorch_the_package_is_named(
    corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    command = ["train", str(corpus), "--out", str(out), "--rescorer", "--lang", "en"]
    assert main(command) == ExitCode.NO_PACKAGE
    assert "vanban[train]" in capsys.readouterr().err


def test_training_twice_gives_the_same_bytes_and_learns(
    corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch", reason="needs PyTorch: pip install vanban[train]")
    monkeypatch.setattr(rescorer, "REPORTED", 10)
    plan = Plan(steps=40, width=16, hidden=32, stretches=8, readings=0.05)
    losses: list[list[float]] = []
    made: list[dict[str, bytes]] = []
    for _ in range(2):
        losses.append([])
        train_rescorer(corpus, out, plan, lambda _, loss: losses[-1].append(loss))
        made.append({path.name: path.read_bytes() for path in (out / "rescorer").iterdir()})
    assert made[0] == made[1]
    assert losses[0] == losses[1]
    assert losses[0][-1] < losses[0][0]
    assert set(network.load(out / "rescorer").arrays) == set(ARRAYS)

import shutil
import sys
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.correction import network
from pipeline.correction.network import ARRAYS
from pipeline.errors import ExitCode
from pipeline.resources import dictionary
from pipeline.training import rescorer
from pipeline.training.rescorer import Plan, train_rescorer

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


def test_without_pytorch_the_package_is_named(
    corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    command = ["train", str(corpus), "--out", str(out), "--rescorer", "--lang", "en"]
    assert main(command) == ExitCode.NO_PACKAGE
    assert "vanban[train]" in capsys.readouterr().err


def test_a_folder_without_language_model_is_named(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("torch", reason="needs PyTorch: pip install vanban[train]")
    command = ["train", str(corpus), "--out", str(tmp_path / "none"), "--rescorer", "--lang", "en"]
    assert main(command) == ExitCode.BAD_DICTIONARY
    assert len(capsys.readouterr().err.splitlines()) == 1


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

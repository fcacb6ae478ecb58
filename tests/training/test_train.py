from pathlib import Path

import pytest

from pipeline.correction.channel import load_profile
from pipeline.correction.language_model import load
from pipeline.errors import EmptyInputError
from pipeline.training import train
from pipeline.training.corpus import domains

LINES = [
    "Ban Thường vụ Tỉnh ủy Bình Sơn họp phiên thường kỳ, thảo luận kế hoạch công tác năm.",
    "Các cấp ủy, tổ chức đảng triển khai thực hiện nghị quyết của Tỉnh ủy Bình Sơn.",
]


def corpus(folder: Path) -> Path:
    folder.mkdir()
    (folder / "party.txt").write_text("\n".join(LINES * 30) + "\n", encoding="utf-8")
    (folder / "news.txt").write_text("\n".join(LINES[::-1] * 30) + "\n", encoding="utf-8")
    return folder


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    files = domains(corpus(tmp_path / "corpus"))
    for name in ("one", "two"):
        train.train_language_model(files, tmp_path / name)
    for path in sorted((tmp_path / "one").iterdir()):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_a_trained_model_loads_and_knows_its_text(tmp_path: Path) -> None:
    train.train_language_model(domains(corpus(tmp_path / "corpus")), tmp_path / "model")
    model = load(tmp_path / "model")
    assert {"thường", "ủy", "nghị"} <= set(model.vocabulary)


def test_a_folder_without_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmptyInputError):
        domains(tmp_path)


@pytest.mark.tesseract
def test_confusion_profiles_are_learned_from_pages_that_tesseract_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "READERS", {"english": ("eng", 0.0, 1), "vie": ("vie", 0.0, 1)})
    files = domains(corpus(tmp_path / "corpus"))
    train.train_confusions(files, tmp_path / "confusions")
    english = load_profile(tmp_path / "confusions" / "english.tsv")
    vie = load_profile(tmp_path / "confusions" / "vie.tsv")
    # The English model knows no ủ; the Vietnamese one reads it as printed.
    assert english.emission("ủ", "ủ") < english.emission("ủ", "u")
    assert vie.emission("ủ", "ủ") > vie.emission("ủ", "u")
    assert load_profile(tmp_path / "confusions" / "stripped.tsv").emission("ủ", "u") > -0.1
    sums = (tmp_path / "confusions" / "SHA256SUMS").read_text(encoding="utf-8")
    assert [line.split()[1] for line in sums.splitlines()] == [
        "english.tsv",
        "stripped.tsv",
        "vie.tsv",
    ]

from itertools import product
from pathlib import Path

import pytest

from pipeline.correction.lexicon import own_entries
from pipeline.training import phrases, train
from pipeline.training.phrases import mine

BEFORE = ("Sáng nay", "Theo kế hoạch", "Nhiều nơi", "Bà con", "Xã bên", "Chiều qua", "Ở đây")
AFTER = ("đã họp", "vẫn vắng", "ra đời", "nghỉ trưa", "đông vui", "làm tốt", "trồng cây")


def corpus(folder: Path, unit: str, name: str = "party.txt") -> Path:
    lines = [f"{a} {unit} {b}." for a, b in product(BEFORE, AFTER)]
    lines += [f"{a}, {b}." for a, b in product(BEFORE, AFTER)]
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.fixture(autouse=True)
def _one_place_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "MIN_PLACES", 1)


def mined(folder: Path, unit: str) -> dict[str, int]:
    return dict(mine([corpus(folder, unit)]))


def test_a_set_phrase_is_found_with_its_count_and_capitals(tmp_path: Path) -> None:
    assert mined(tmp_path, "Hội Làm vườn")["Hội Làm vườn"] == len(BEFORE) * len(AFTER)


def test_a_piece_of_a_longer_phrase_is_none(tmp_path: Path) -> None:
    assert not {"Hội Làm", "Làm vườn", "làm vườn"} & mined(tmp_path, "Hội Làm vườn").keys()


@pytest.mark.parametrize(
    "unit", ["mương, máng", "mương 12 máng", "mương (máng)", "mương XIII máng"]
)
def test_no_phrase_reaches_over_punctuation_or_a_number(tmp_path: Path, unit: str) -> None:
    assert not [phrase for phrase in mined(tmp_path, unit) if "máng" in phrase]


@pytest.mark.parametrize("unit", ["Nguyễn Bá Tửu", "ông Tửu", "cụ Bá Tửu"])
def test_no_phrase_ends_in_the_name_of_a_person(tmp_path: Path, unit: str) -> None:
    assert not [phrase for phrase in mined(tmp_path, unit) if "Tửu" in phrase]


@pytest.mark.parametrize("unit", ["tỉnh Lâm Đồng", "Chủ tịch Hồ Chí Minh"])
def test_a_known_place_or_body_is_no_person(tmp_path: Path, unit: str) -> None:
    assert unit in mined(tmp_path, unit)


def test_what_is_rare_is_no_phrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.training.units.MIN_LINES", 50)
    assert not mined(tmp_path, "Hội Làm vườn")


def test_the_list_is_the_same_byte_for_byte_and_reads_as_a_lexicon(tmp_path: Path) -> None:
    files = {"party": [corpus(tmp_path, "Hội Làm vườn")]}
    for name in ("one", "two"):
        train.train_phrases(files, tmp_path / name)
    written = tmp_path / "one" / "mined.txt"
    assert written.read_bytes() == (tmp_path / "two" / "mined.txt").read_bytes()
    assert "Hội Làm vườn" in own_entries(written)
    sums = (tmp_path / "one" / "SHA256SUMS").read_text(encoding="utf-8")
    assert [line.split()[1] for line in sums.splitlines()] == ["mined.txt"]


def test_without_party_text_the_list_is_empty(tmp_path: Path) -> None:
    train.train_phrases({"party": []}, tmp_path / "out")
    assert own_entries(tmp_path / "out" / "mined.txt") == []

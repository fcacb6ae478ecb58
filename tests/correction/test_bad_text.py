"""Text that no reader should have made: borne, bounded in time, and never made worse."""

import random
import unicodedata
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.correction import correct
from pipeline.settings import CorrectionSettings
from tests.correction.builder import document

SENTENCE = (
    "Các cấp ủy, tổ chức đảng triển khai thực hiện nghiêm túc Nghị quyết của Tỉnh ủy Bình Sơn."
)


@pytest.mark.parametrize("profile", ["auto", "vie", "english", "stripped"])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufffd\ufffd \ufffd", id="replacement characters"),
        pytest.param("ÿØÿà JFIF ÿÛ C\u00a0\u00ad þÿ €‰Š", id="a picture read as text"),
        pytest.param("ﬁ ﬂ Ⅻ ² ½ ㎏ 😀 ́ ́a", id="ligatures, numerals, an accent alone"),
        pytest.param("Сасы ΑΒΓ 中文 العربية", id="other alphabets"),
        pytest.param("?!?! ... ;;; \u2028 ~~~~ ||||", id="marks alone"),
        pytest.param("a" * 5000, id="a word of five thousand letters"),
        pytest.param("tổchức" * 300, id="no blanks"),
        pytest.param("1234567890" * 500, id="digits without end"),
    ],
)
def test_nothing_of_it_is_lost_or_invented(text: str, profile: str) -> None:
    before = document(text)
    after = correct(before, CorrectionSettings(profile=profile))
    assert [word.ocr for word in after.words()] == [word.ocr for word in before.words()]
    assert all(word.changes for word in after.words() if word.text != word.ocr)


def test_decomposed_letters_are_the_same_words() -> None:
    composed, decomposed = (
        [word.text for word in correct(document(text), CorrectionSettings()).words()]
        for text in (SENTENCE, unicodedata.normalize("NFD", SENTENCE))
    )
    assert composed == decomposed == SENTENCE.split()


def test_capitals_are_restored_as_capitals() -> None:
    read = document("DANG BO TINH BINH SON TO CHUC HOI NGHI CAN BO CHU CHOT TOAN TINH NAM 2025")
    written = [word.text for word in correct(read, CorrectionSettings()).words()]
    assert written[:2] == ["ĐẢNG", "BỘ"]
    assert all(word.isupper() or word.isdigit() for word in written)


def test_a_long_line_of_noise_is_borne() -> None:
    chance = random.Random(1)
    words = ["".join(chance.choices("aăâbcdđeêghiklmnoôơ6&¢§", k=7)) for _ in range(1500)]
    before = document(" ".join(words))
    after = correct(before, CorrectionSettings(profile="english"))
    assert len([*after.words()]) == 1500


def test_a_file_of_mixed_encodings_is_corrected_or_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mixed = tmp_path / "lẫn.txt"
    mixed.write_bytes(SENTENCE.encode() + b"\n" + SENTENCE.encode("utf-16") + b"\n\xff\xfe\x00")
    code = main(["correct", str(mixed), "--lang", "en"])
    output = capsys.readouterr()
    assert code == 0 or ("lẫn.txt" in output.err and output.err.count("\n") == 1)

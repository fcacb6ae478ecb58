"""Halves of a word are joined, on a line and over its end; nothing is lost, and the rest stays."""

import pytest

from pipeline.correction import correct
from pipeline.model import Decision, Reason
from pipeline.settings import CorrectionSettings
from tests.correction.builder import document


@pytest.mark.parametrize(
    ("read", "written"),
    [
        ("Ban Thường vụ yêu cầu các cấp ủy đảng tổ ch ức quán triệt", "tổ chức quán triệt"),
        ("Ban Thường vụ yêu cầu các cấp ủy đảng tổ ch\nức quán triệt", "tổ chức quán triệt"),
        ("các cấp ủy đ ảng trong toàn tỉnh nghiêm túc thực hiện chỉ thị", "cấp ủy đảng trong"),
    ],
)
def test_the_halves_of_a_word_are_joined(read: str, written: str) -> None:
    result = correct(document(read), CorrectionSettings(profile="vie"))
    lines = " ".join(line.text for page in result.pages for line in page.lines)
    assert written in lines
    changes = [word.changes[-1] for word in result.words() if word.changes]
    assert [change.reason for change in changes] == [Reason.SPACING, Reason.SPACING]
    assert {change.decision for change in changes} == {Decision.MADE}
    assert changes[1].after == ""
    assert [word.ocr for word in result.words()] == read.split()


@pytest.mark.parametrize("profile", ["vie", "english", "stripped"])
@pytest.mark.parametrize(
    ("read", "written"),
    [
        ("Số 10 -KH/TU", "Số 10-KH/TU"),
        ("theo Kế hoạch số 26-\nKH/BTGTW, ngày 12/3/2021 của Ban", "26-KH/BTGTW, ngày"),
        ("Quyết định số 15/2025 /QĐ-UBND ngày 12/3/2021", "15/2025/QĐ-UBND ngày"),
        ("tại Tờ trình số 318/TTr-\nVHXHX ngày 12/3/2021", "318/TTr-VHXHX ngày"),
    ],
)
def test_the_halves_of_a_symbol_are_joined(read: str, written: str, profile: str) -> None:
    result = correct(document(read), CorrectionSettings(profile=profile))
    assert written in " ".join(line.text for page in result.pages for line in page.lines)


@pytest.mark.parametrize(
    "read",
    [
        "từ năm 2021\n-UBND tỉnh chủ trì",
        "giai đoạn 2021 -2026",
        "cấp 10 - KH/TU",
        "mục 3 -VC/BQ",
        "số 318/TTr\nVHXHX ngày",
        "số 3/ABC-\nVHXHX",
    ],
)
def test_what_is_no_symbol_is_not_joined(read: str) -> None:
    result = correct(document(read), CorrectionSettings(profile="vie"))
    assert [word.text for word in result.words()] == read.split()


@pytest.mark.parametrize(
    "read", ["điểm b án phí và lệ phí", "điểm c Khoản 1 Điều này", "tổ chức, ức chế", "ch. ức"]
)
def test_what_may_be_two_words_stays_two(read: str) -> None:
    result = correct(document(read), CorrectionSettings(profile="vie"))
    assert " ".join(word.text for word in result.words()) == read


def test_lines_without_a_word_are_borne() -> None:
    read = "...\n- Báo cáo. \n. .\n-"
    result = correct(document(read), CorrectionSettings())
    assert [word.text for word in result.words()] == read.split()

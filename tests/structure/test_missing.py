"""What is missing beside a signature is shown at the word next to the gap."""

from __future__ import annotations

import pytest

from pipeline.model import Change, Decision, Document, Reason, Stage
from pipeline.settings import StructureSettings
from pipeline.structure import rebuild
from tests.structure.documents import PLAN, boxed, built


def gaps(made: Document) -> list[str]:
    return [
        word.text
        for word in made.words()
        if any(change.reason is Reason.MISSING for change in word.changes)
    ]


def signed(*right: str) -> Document:
    """Make a page whose closing has the lines *right* beside the recipients."""
    rows: list[tuple[str, float, float]] = [
        (
            "Các cấp ủy, tổ chức đảng chăm lo trồng rừng, giữ rừng đầu nguồn cho thật tốt./.",
            30,
            150,
        ),
        ("Nơi nhận:", 30, 200),
        ("- Các huyện ủy,", 30, 206),
        ("- Lưu Văn phòng Tỉnh ủy.", 30, 212),
    ]
    rows += [(text, 120, 202 + 6 * at) for at, text in enumerate(right)]
    return boxed(sorted(rows, key=lambda row: row[2]))


@pytest.mark.parametrize(
    ("right", "marked"),
    [
        (("Nguyễn Văn Bình",), ["Nguyễn"]),
        (("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"), ["THƯ"]),
        (("T/M BAN THƯỜNG VỤ",), ["VỤ"]),
        (("CHỦ TỊCH", "KT. CHỦ TỊCH", "PHÓ GIÁM ĐỐC"), ["ĐỐC"]),
        (("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Nguyễn Văn Bình"), []),
    ],
)
def test_the_word_beside_the_gap_is_in_doubt(right: tuple[str, ...], marked: list[str]) -> None:
    made = built(signed(*right))
    assert gaps(made) == marked
    assert [word.text for word in made.words() if word.doubtful] == marked


def test_nothing_is_written_that_was_not_read() -> None:
    made = built(PLAN.replace(" Nguyễn Văn Bình", ""))
    assert gaps(made) == ["THƯ"]
    (word,) = (word for word in made.words() if word.changes)
    assert word.changes == (
        Change("THƯ", "THƯ", Reason.MISSING, 0.0, Stage.STRUCTURE, Decision.PROPOSED),
    )
    assert made.text.replace("\n", " ").split().count("THƯ") == 1


def test_a_document_built_again_has_the_doubt_once() -> None:
    made = built(PLAN.replace(" Nguyễn Văn Bình", ""))
    assert rebuild(made, StructureSettings()) == made


def test_a_text_without_a_signature_lacks_none() -> None:
    assert gaps(built("Các cấp ủy chăm lo trồng rừng.\n")) == []

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
        (("T/M BAN THƯỜNG VỤ", "Nguyễn Văn Bình"), ["Nguyễn"]),
        (("KT. CHỦ TỊCH", "CHỦ TỊCH", "Nguyễn Văn Bình"), ["CHỦ"]),
        (("BỘ TRƯỞNG", "THỨ TRƯỞNG", "Nguyễn Văn Bình"), ["THỨ"]),  # KT. was not read
        (("Q. GIÁM ĐỐC", "Nguyễn Văn Bình"), []),
        ((), ["nhận:"]),
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


def test_of_a_text_without_recipients_no_signature_is_missed() -> None:
    assert gaps(built(boxed([("Các cấp ủy chăm lo trồng rừng.", 30.0, 150.0)]))) == []


def test_the_office_of_another_is_never_that_of_the_signer() -> None:
    made = built(signed("KT. CHỦ TỊCH", "CHỦ TỊCH", "Nguyễn Văn Bình"))
    assert made.metadata.office is None
    assert made.metadata.doubts == ("doubt.no_office",)
    deputy = built(signed("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn Bình")).metadata
    assert deputy.office is not None
    assert (deputy.office.value, deputy.office.certainty, deputy.doubts) == (
        "PHÓ CHỦ TỊCH",
        0.98,
        (),
    )


@pytest.mark.parametrize(
    ("lines", "office"),
    [
        (("BỘ TRƯỞNG", "THỨ TRƯỞNG"), "THỨ TRƯỞNG"),  # the first was KT. BỘ TRƯỞNG
        (("BỘ TRƯỞNG", "HỆ TRƯƠNG"), "HỆ TRƯƠNG"),
        (("BỘ TRƯỞNG", "TH1 TRƯ1 NG"), None),
        (("%+. BỘ TRƯỞNG",), "BỘ TRƯỞNG"),
        (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "PHÓ C1 TỊCH"), "CHỦ TỊCH"),
    ],
)
def test_an_office_that_may_not_be_whole_is_not_sure(
    lines: tuple[str, ...], office: str | None
) -> None:
    facts = built(signed(*lines, "Nguyễn Văn Bình")).metadata
    assert (facts.office.value if facts.office is not None else None) == office
    assert facts.office is None or facts.office.certainty < 0.7
    assert set(facts.doubts) <= {"doubt.no_office", "doubt.unsure_office"}
    assert facts.doubts


def test_who_signs_is_the_first_signature_and_never_the_office_of_the_next() -> None:
    made = built(
        signed("T/M BAN THƯỜNG VỤ", "Nguyễn Văn Bình", "T/M ĐẢNG ỦY", "BÍ THƯ", "Trần Thị Mai")
    )
    assert made.metadata.signer is not None
    assert made.metadata.signer.value == "Nguyễn Văn Bình"
    assert made.metadata.office is None

"""Lines that enact are centred and bold, whatever the record takes them for."""

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.text.paragraph import Paragraph

from pipeline.model import Kind

from .builder import Builder
from .reading import opened, the

BASIS = "Căn cứ Luật Thư viện ngày 21 tháng 11 năm 2019;"


def decision(above: str, formula: str, kind: Kind = Kind.PARAGRAPH) -> Builder:
    builder = Builder().add(Kind.TYPE, "QUYẾT ĐỊNH").add(Kind.SUBJECT, "Về việc tổ chức lễ hội")
    builder.add(Kind.PARAGRAPH, above).add(Kind.LEGAL_BASIS, BASIS)
    return builder.add(kind, formula, level=1 if kind is Kind.HEADING else 0)


def is_centred(paragraph: Paragraph) -> bool:
    """Return whether *paragraph* is centred and bold, by itself or by its style."""
    align = paragraph.alignment
    align = paragraph.style.paragraph_format.alignment if align is None else align
    return align == WD_ALIGN_PARAGRAPH.CENTER and paragraph.style.font.bold


@pytest.mark.parametrize(
    ("above", "formula"),
    [
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BÌNH SƠN", "QUYẾT ĐỊNH:"),
        ("HỘI ĐỒNG NHÂN DÂN TỈNH BÌNH SƠN", "QUYẾT NGHỊ :"),
        ("ỦY BAN NHÂN DÂN TỈNH BÌNH SƠn", "BAN THƯỜNG VỤ TỈNH ỦY QUYẾT ĐỊNH"),
    ],
)
def test_they_stand_around_the_legal_basis(above: str, formula: str) -> None:
    file = opened(decision(above, formula).document())
    for opening in (above, formula):
        assert the(file, opening).style.name == "VB Lời ban hành"
        assert is_centred(the(file, opening))
    assert not is_centred(the(file, "Căn cứ"))


def test_they_keep_the_lines_of_the_page() -> None:
    above = "HỘI ĐỒNG NHÂN DÂN TỈNH BÌNH SƠN\nKHÓA X, KỲ HỌP THỨ BA"
    assert the(opened(decision(above, "QUYẾT NGHỊ:").document()), "HỘI").text == above


def test_one_that_was_taken_for_a_heading_stays_one() -> None:
    formula = the(opened(decision("ỦY BAN", "QUYẾT ĐỊNH:", Kind.HEADING).document()), "QUYẾT ĐỊNH:")
    assert formula.style.name == "Heading 1"
    assert is_centred(formula)
    assert formula.text == "QUYẾT ĐỊNH:"


@pytest.mark.parametrize("above", ["Thực hiện chương trình công tác năm 2022", "ĐỀ NGHỊ: kèm theo"])
def test_other_text_above_the_legal_basis_stays_text(above: str) -> None:
    file = opened(decision(above, "Quyết định ban hành Quy chế:").document())
    assert the(file, above).style.name == "VB Nội dung"
    assert the(file, "Quyết định").style.name == "VB Nội dung"


def test_capitals_in_the_midst_of_the_text_stay_text() -> None:
    builder = Builder().add(Kind.TYPE, "KẾ HOẠCH").add(Kind.PARAGRAPH, "Nội dung chính như sau.")
    builder.add(Kind.PARAGRAPH, "CÁC HUYỆN ỦY THỰC HIỆN").add(Kind.LEGAL_BASIS, BASIS)
    assert the(opened(builder.document()), "CÁC HUYỆN").style.name == "VB Nội dung"

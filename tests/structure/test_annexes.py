"""Annexes and marks are told from the text that mentions them."""

import pytest

from pipeline.model import Kind
from pipeline.outline import outline
from tests.structure.documents import PLAN, built

ROWS = "1. Xã Thượng Lâm\n2. Xã Hạ Lâm\n"


@pytest.mark.parametrize(
    ("head", "label"),
    [
        ("PHỤ LỤC\nDANH MỤC CÁC XÃ", "PHỤ LỤC"),
        ("Phụ lục\nDanh mục các xã\n(Kèm theo Kế hoạch số 12-KH/TU)", "Phụ lục"),
        ("Phụ lục 1: DANH MỤC CÁC XÃ", "Phụ lục 1:"),
        ("Phụ lục 1: Danh mục các xã trồng rừng", "Phụ lục 1:"),
        ("Phụ lục I. Danh mục các xã", "Phụ lục I."),
        ("PHỤ LỤC SỐ 01\nDANH MỤC CÁC XÃ", "PHỤ LỤC SỐ 01"),
        ("PHỤ LỤC 02 - DANH MỤC CÁC XÃ", "PHỤ LỤC 02 -"),
        ("PHỤ LỤC 1: DANH MỤC CÁC XÃ CÓ RỪNG\nTRÊN ĐỊA BÀN TỈNH", "PHỤ LỤC 1:"),
    ],
)
def test_an_annex_has_its_label_and_a_numbering_of_its_own(head: str, label: str) -> None:
    rows = [row.key for row in outline(built(f"{PLAN}\n{head}\n{ROWS}"))]
    joined = "".join(label.split())
    assert rows[-3:] == [("heading", 1, joined), ("heading", 2, "1."), ("heading", 2, "2.")]


@pytest.mark.parametrize(
    "mention",
    [
        "Chỉ tiêu của từng xã được nêu chi tiết tại\nPhụ lục 1 kèm theo Kế hoạch này.",
        "Chỉ tiêu được nêu trong các phụ lục, trong đó có\nPhụ lục 2.",
    ],
)
def test_a_mention_of_an_annex_that_begins_a_line_is_text(mention: str) -> None:
    made = built(PLAN.replace("III. TỔ CHỨC", f"{mention}\n\nIII. TỔ CHỨC"))
    assert not [block for block in made.blocks if block.kind is Kind.ANNEX]


@pytest.mark.parametrize(
    ("printed", "secrecy", "urgency"),
    [
        ("MẬT", "MẬT", None),
        ("| TỐI MẬT |", "TỐI MẬT", None),
        ("[TUYỆT MẬT]", "TUYỆT MẬT", None),
        ("HỎA TỐC", None, "HỎA TỐC"),
        ("HOẢ TỐC HẸN GIỜ 15h00", None, "HOẢ TỐC HẸN GIỜ 15h00"),
        ("MẬT THƯỢNG KHẨN", "MẬT", "THƯỢNG KHẨN"),
        ("KHẨN\nMẬT", "MẬT", "KHẨN"),
        ("Độ mật: Tối mật", "Tối mật", None),
        ("DỰ THẢO LẦN 2", None, None),
    ],
)
def test_marks_are_found_with_their_frames_or_without(
    printed: str, secrecy: str | None, urgency: str | None
) -> None:
    made = built(PLAN.replace("Số 12 -KH/TU", f"Số 12 -KH/TU\n{printed}"))
    facts = made.metadata
    assert (facts.secrecy and facts.secrecy.value) == secrecy
    assert (facts.urgency and facts.urgency.value) == urgency
    assert [row.words for row in outline(made) if row.kind == "type"] == ["KẾ HOẠCH"]
    assert [made.text_of(b.spans) for b in made.blocks if b.kind is Kind.MARK] == printed.split(
        "\n"
    )


def test_a_document_does_not_cite_itself() -> None:
    made = built(f"{PLAN}\nPHỤ LỤC\nDANH MỤC CÁC XÃ\n(Kèm theo Kế hoạch số 12-KH/TU)\n{ROWS}")
    assert [cited.symbol for cited in made.metadata.cited] == ["07-NQ/TU"]

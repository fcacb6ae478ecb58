"""A second document in the same file has a header of its own."""

from __future__ import annotations

import pytest

from pipeline.model import Document, Kind
from tests.structure.documents import (
    DECISION,
    DECISION_HEADER,
    PLAN,
    PLAN_HEADER,
    boxed,
    built,
    outline,
)

LETTER = """
UBND TỈNH BÌNH SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NÔNG NGHIỆP Độc lập - Tự do - Hạnh phúc
Số: 12/SNN-KL Bình Sơn, ngày 10 tháng 8 năm 2021
V/v trồng rừng đầu nguồn
hồ Suối Vàng

Kính gửi: Các huyện trong tỉnh.

Sở đề nghị các huyện trồng rừng.
"""
FORM = """
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

ĐƠN ĐỀ NGHỊ TRỒNG RỪNG

Kính gửi: Ủy ban nhân dân huyện Suối Vàng

Tôi đề nghị được trồng rừng trên đất của gia đình.

Suối Vàng, ngày ... tháng ... năm ...
NGƯỜI LÀM ĐƠN
"""


def after_signer(made: Document, name: str) -> list[str]:
    rows = outline(made)
    return rows[rows.index(f"signer 0| {name}") + 1 :]


def test_its_left_column_comes_before_its_right_one() -> None:
    assert after_signer(built(DECISION + "\f" + PLAN), "Lê Thị Hòa")[:8] == PLAN_HEADER


def test_it_ends_the_closing_above_even_where_its_body_was_read_first() -> None:
    assert after_signer(built(PLAN + "\f" + DECISION), "Nguyễn Văn Bình")[:8] == DECISION_HEADER


def test_on_the_page_of_the_signature_above_it_is_one_too() -> None:
    after = after_signer(built(DECISION + "\n" + PLAN), "Lê Thị Hòa")
    assert after[3] == "motto 0| ĐẢNG CỘNG SẢN VIỆT NAM"


def test_a_letter_has_its_subject_and_addressees() -> None:
    assert after_signer(built(DECISION + "\f" + LETTER), "Lê Thị Hòa") == [
        "superior_body 0| UBND TỈNH BÌNH SƠN",
        "issuing_body 0| SỞ NÔNG NGHIỆP",
        "number 0| Số: 12/SNN-KL",
        "subject 0| V/v trồng rừng đầu nguồn hồ Suối Vàng",
        "motto 0| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "motto 0| Độc lập - Tự do - Hạnh phúc",
        "place_date 0| Bình Sơn, ngày 10 tháng 8 năm 2021",
        "addressee 0| Kính gửi: Các huyện trong tỉnh.",
        "paragraph 0| Sở đề nghị các huyện trồng rừng.",
    ]


@pytest.mark.parametrize(
    "above", ["PHỤ LỤC II\n", "PHỤ LỤC\nMẫu đơn\n(Kèm theo Quy chế)\n", "MẪU SỐ 01\n"]
)
def test_a_form_in_an_annex_has_its_motto_and_the_text_below_stays_text(above: str) -> None:
    made = built(DECISION + "\f" + above + FORM)
    after = after_signer(made, "Lê Thị Hòa")
    assert after[-7:-4] == [
        "motto 0| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "motto 0| Độc lập - Tự do - Hạnh phúc",
        "heading 1| ĐƠN ĐỀ NGHỊ TRỒNG RỪNG",
    ]
    assert not any(row.startswith(("issuing_body", "place_date")) for row in after)


def test_the_metadata_is_that_of_the_first_document() -> None:
    alone, together = built(PLAN).metadata, built(PLAN + "\f" + DECISION).metadata
    assert together == alone


def test_a_letter_of_a_few_lines_does_not_share_the_header_of_the_next_page() -> None:
    rows = outline(built(LETTER + "\f" + PLAN))
    assert "paragraph 0| Sở đề nghị các huyện trồng rừng." in rows
    at = rows.index("paragraph 0| Sở đề nghị các huyện trồng rừng.")
    assert rows[at + 1] == "issuing_body 0| TỈNH ỦY BÌNH SƠN"


def test_below_a_cover_the_header_is_that_of_the_document() -> None:
    made = built("TÀI LIỆU HỘI NGHỊ TRỒNG RỪNG\n" + "\f" + PLAN)
    assert made.metadata.number == built("\f" + PLAN).metadata.number
    assert made.metadata.number is not None


def test_its_lists_begin_anew() -> None:
    made = built(PLAN + "\f" + PLAN)
    assert made.metadata.doubts == ()
    assert [block.label for block in made.blocks].count("III.") == 2


def test_with_boxes_it_is_found_as_its_columns_were_read() -> None:
    made = built(
        boxed(
            [("Các cấp ủy, tổ chức đảng chăm lo trồng rừng, giữ rừng đầu nguồn thật tốt.", 30)],
            [
                ("TỈNH ỦY BÌNH SƠN", 35, 20),
                ("*", 55, 26),
                ("Số 12-KH/TU", 40, 32),
                ("ĐẢNG CỘNG SẢN VIỆT NAM", 120, 20),
                ("Bình Sơn, ngày 05 tháng 4 năm 2022", 110, 32),
                ("KẾ HOẠCH", 95, 50),
                ("Tổ chức trồng rừng", 85, 57),
            ],
        )
    )
    assert [block.kind for block in made.blocks[1:]] == [
        Kind.ISSUING_BODY,
        Kind.ORNAMENT,
        Kind.NUMBER,
        Kind.MOTTO,
        Kind.PLACE_DATE,
        Kind.TYPE,
        Kind.SUBJECT,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "CHÀO MỪNG NGÀY THÀNH LẬP\nĐẢNG CỘNG SẢN VIỆT NAM\n\nTổ chức văn nghệ.\n",
        "ĐẢNG CỘNG SẢN VIỆT NAM\n\nĐảng ra đời ngày 03 tháng 02 năm 1930.\n",
        "Dòng đầu ghi CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nDòng sau ghi tiêu ngữ.\n",
        "1. CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM là quốc hiệu.\n",
    ],
)
def test_a_title_or_a_sentence_with_the_name_is_no_header(text: str) -> None:
    made = built(PLAN.split("III. TỔ CHỨC")[0] + "\f" + text)
    assert sum(block.kind is Kind.MOTTO for block in made.blocks) == 1

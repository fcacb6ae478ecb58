"""Recipients and signature are told apart, on shared lines and on their own."""

import pytest

from pipeline.model import Document, Kind
from tests.structure.documents import DECISION, PLAN, boxed, built, document, outline


def test_signature_columns_on_shared_lines_come_after_the_recipients() -> None:
    assert outline(built(PLAN))[-7:] == [
        "recipients 0| Nơi nhận:",
        "recipients 0| - Các huyện ủy,",
        "recipients 0| - Các ban xây dựng Đảng và Văn phòng Tỉnh ủy,",
        "recipients 0| - Lưu Văn phòng Tỉnh ủy.",
        "authority 0| T/M BAN THƯỜNG VỤ",
        "office 0| PHÓ BÍ THƯ",
        "signer 0| Nguyễn Văn Bình",
    ]


def test_a_signature_on_lines_of_its_own_keeps_its_place() -> None:
    assert outline(built(DECISION))[-7:] == [
        "recipients 0| Nơi nhận:",
        "recipients 0| - Như Điều 3;",
        "recipients 0| - UBND tỉnh;",
        "recipients 0| - Lưu: VT, QLCT.",
        "authority 0| KT. GIÁM ĐỐC",
        "office 0| PHÓ GIÁM ĐỐC",
        "signer 0| Lê Thị Hòa",
    ]


def test_columns_with_boxes_are_read_left_then_right() -> None:
    made = built(
        boxed(
            [
                ("Thông báo này được phổ biến đến các chi bộ trực thuộc.", 40.0, 200.0),
                ("Nơi nhận:", 30.0, 215.0),
                ("- Các chi bộ,", 30.0, 221.0),
                ("- Lưu Văn phòng.", 30.0, 227.0),
                ("T/M ĐẢNG ỦY", 130.0, 215.0),
                ("BÍ THƯ", 135.0, 222.0),
                ("Yf v= ml]", 132.0, 235.0),  # the signature
                ("“Trần Thị Mai", 130.0, 250.0),
            ]
        )
    )
    assert [block.kind for block in made.blocks] == [
        Kind.PARAGRAPH,
        *[Kind.RECIPIENTS] * 3,
        Kind.AUTHORITY,
        Kind.OFFICE,
        Kind.NOTE,
        Kind.SIGNER,
    ]


def test_an_annex_after_the_signature_is_text_again_with_a_numbering_of_its_own() -> None:
    made = built(
        DECISION
        + "\nPHỤ LỤC I\nDANH MỤC HỒ CHỨA NƯỚC CẦN KIỂM TRA\n\n1. Hồ Suối Vàng\n\n2. Hồ Đá Bạc\n"
    )
    assert outline(made)[-4:] == [
        "annex 0| PHỤ LỤC I",
        "annex 0| DANH MỤC HỒ CHỨA NƯỚC CẦN KIỂM TRA",
        "heading 2| 1. Hồ Suối Vàng",
        "heading 2| 2. Hồ Đá Bạc",
    ]


def signed(*lines: tuple[str, float, float]) -> Document:
    """Return the end of a scanned notice with *lines* in its right column."""
    left = [
        ("Thông báo này được phổ biến đến các chi bộ trực thuộc.", 40.0, 200.0),
        ("Nơi nhận:", 30.0, 215.0),
        ("- Lưu Văn phòng.", 30.0, 221.0),
    ]
    return built(boxed([*left, *lines]))


def test_a_name_half_covered_by_the_seal_is_kept_and_specks_are_set_aside() -> None:
    made = signed(
        ("T/M ĐẢNG ỦY", 130.0, 215.0),
        ("— BÍ THƯ", 130.0, 222.0),
        ("6N * ĐẠ", 132.0, 235.0),
        ('N "ấn Đình Quyết', 130.0, 250.0),
    )
    assert outline(made)[3:] == [
        "authority 0| T/M ĐẢNG ỦY",
        "note 0| —",
        "office 0| BÍ THƯ",
        "note 0| 6N * ĐẠ",
        "note 0| N",
        'signer 0| "ấn Đình Quyết',
    ]


def test_an_office_between_what_a_seal_was_read_as_is_found() -> None:
    made = signed(
        ("T/M ĐẢNG ỦY", 130.0, 215.0),
        ("c—— BÍ THƯ ứ;", 130.0, 222.0),
        ("Đinh Đình Quyết", 130.0, 250.0),
    )
    assert outline(made)[3:] == [
        "authority 0| T/M ĐẢNG ỦY",
        "note 0| c——",
        "office 0| BÍ THƯ",
        "note 0| ứ;",
        "signer 0| Đinh Đình Quyết",
    ]


def test_a_surname_with_a_letter_under_the_seal_is_kept() -> None:
    made = signed(
        ("KT. CHỦ TỊCH", 130.0, 215.0),
        ("PHÓ CHỦ TỊCH", 130.0, 222.0),
        ("1ông Đình Quyết", 130.0, 250.0),
    )
    assert outline(made)[-1] == "signer 0| 1ông Đình Quyết"


@pytest.mark.parametrize("line", ["PHÓ CHỦ 1c", "H CW TỊCH", "J TỊCH", "C Ủ TICH", "PHỎÓ CHỦ TỊCH"])
def test_an_office_read_in_part_is_kept_as_it_was_read(line: str) -> None:
    made = signed(
        ("TM. ỦY BAN NHÂN DÂN", 130.0, 215.0),
        (line, 135.0, 222.0),
        ("6N * ĐẠ", 132.0, 235.0),
        ("Đinh Đình Quyết", 130.0, 250.0),
    )
    assert outline(made)[3:] == [
        "authority 0| TM. ỦY BAN NHÂN DÂN",
        f"office 0| {line}",
        "note 0| 6N * ĐẠ",
        "signer 0| Đinh Đình Quyết",
    ]
    assert any(word.doubtful for word in made.words_of(made.blocks[4].spans))
    assert made.metadata.office is None or made.metadata.office.certainty < 0.7


def test_an_office_that_no_list_knows_is_sure_when_it_was_read_so() -> None:
    made = signed(
        ("TM. HỘI ĐỒNG GIẢI THƯỞNG", 130.0, 215.0),
        ("TRƯỞNG NHÓM KHẢO SÁT", 132.0, 222.0),
        ("Đinh Đình Quyết", 130.0, 250.0),
    )
    assert made.metadata.office is not None
    assert made.metadata.office.value == "TRƯỞNG NHÓM KHẢO SÁT"
    assert made.metadata.doubts == ()
    assert not any(word.doubtful for word in made.words())


def test_what_was_read_before_a_name_of_two_letters_or_more_belongs_to_it() -> None:
    made = signed(
        ("T/M ĐẢNG ỦY", 130.0, 215.0),
        ("BÍ THƯ", 130.0, 222.0),
        ("TS. Đinh Đình Quyết", 130.0, 250.0),
    )
    assert outline(made)[-1] == "signer 0| TS. Đinh Đình Quyết"


def test_recipients_stand_where_the_page_was_copied() -> None:
    made = built(
        boxed(
            [
                ("Nơi nhận:", 115.0, 215.0),
                ("- Các huyện ủy,", 115.0, 221.0),
                ("- Lưu Văn phòng.", 115.0, 227.0),
                ("T/M ĐẢNG ỦY", 165.0, 215.0),
                ("BÍ THƯ", 168.0, 222.0),
                ("Trần Thị Mai", 165.0, 250.0),
            ]
        )
    )
    assert outline(made) == [
        "recipients 0| Nơi nhận:",
        "recipients 0| - Các huyện ủy,",
        "recipients 0| - Lưu Văn phòng.",
        "authority 0| T/M ĐẢNG ỦY",
        "office 0| BÍ THƯ",
        "signer 0| Trần Thị Mai",
    ]


MINUTES = """\
CHI BỘ KHE CAM
*
Số 03-BB/CB
ĐẢNG CỘNG SẢN VIỆT NAM
Bình Sơn, ngày 05 tháng 9 năm 2025

BIÊN BẢN
Hội nghị chi bộ

Hội nghị kết thúc lúc 11 giờ cùng ngày.

"""


def test_two_who_sign_side_by_side_each_have_their_column() -> None:
    made = built(
        f"{MINUTES}NGƯỜI GHI BIÊN BẢN CHỦ TRÌ HỘI NGHỊ\n(Đã ký) (Đã ký)\nSùng Thị Dua Ma Văn Páo\n"
    )
    assert outline(made)[-6:] == [
        "office 0| NGƯỜI GHI BIÊN BẢN",
        "office 0| (Đã ký)",
        "signer 0| Sùng Thị Dua",
        "office 0| CHỦ TRÌ HỘI NGHỊ",
        "office 0| (Đã ký)",
        "signer 0| Ma Văn Páo",
    ]
    office, signer = made.metadata.office, made.metadata.signer
    assert office is not None
    assert signer is not None
    # Minutes are of who presided.
    assert (office.value, signer.value) == ("CHỦ TRÌ HỘI NGHỊ", "Ma Văn Páo")


def test_three_who_sign_a_joint_document_each_have_their_column() -> None:
    made = built(
        f"{MINUTES}Nơi nhận:\n- Như trên;\n- Lưu: VT.\n"
        "T/M ĐẢNG ỦY T/M ỦY BAN NHÂN DÂN T/M ỦY BAN MTTQ\n"
        "BÍ THƯ CHỦ TỊCH CHỦ TỊCH\n"
        "Hoàng Văn Thái Đinh Thị Lan Lê Hữu Phước\n"
    )
    assert outline(made)[-9:] == [
        "authority 0| T/M ĐẢNG ỦY",
        "office 0| BÍ THƯ",
        "signer 0| Hoàng Văn Thái",
        "authority 0| T/M ỦY BAN NHÂN DÂN",
        "office 0| CHỦ TỊCH",
        "signer 0| Đinh Thị Lan",
        "authority 0| T/M ỦY BAN MTTQ",
        "office 0| CHỦ TỊCH",
        "signer 0| Lê Hữu Phước",
    ]


def test_one_office_of_several_words_is_not_divided() -> None:
    made = built(f"{MINUTES}KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nLê Thị Hòa\n")
    assert outline(made)[-3:] == [
        "authority 0| KT. GIÁM ĐỐC",
        "office 0| PHÓ GIÁM ĐỐC",
        "signer 0| Lê Thị Hòa",
    ]


@pytest.mark.parametrize("line", ["KT.GIÁM ĐỐC", "TM.ỦY BAN NHÂN DÂN", "KT.CHỦ TỊCH"])
def test_an_authority_needs_no_blank_after_its_point(line: str) -> None:
    made = built(f"{MINUTES}{line}\nPHÓ GIÁM ĐỐC\nLê Thị Hòa\n")
    assert outline(made)[-3:] == [
        f"authority 0| {line}",
        "office 0| PHÓ GIÁM ĐỐC",
        "signer 0| Lê Thị Hòa",
    ]


@pytest.mark.parametrize(
    "behind",
    ["giữ rừng./. ", "giữ rừng./. „.— ", "giữ rừng.\n./.„.— ", "giữ rừng /. ", "giữ rừng.\n„ .; "],
)
def test_the_head_of_the_recipients_may_stand_behind_the_end_of_the_text(behind: str) -> None:
    made = built(
        f"Các huyện tổ chức trồng và {behind}Nơi nhận:\n- Các huyện ủy,\n- Lưu Văn phòng.\n"
        "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nNguyễn Văn Bình\n"
    )
    assert outline(made)[-6:] == [
        "recipients 0| Nơi nhận:",
        "recipients 0| - Các huyện ủy,",
        "recipients 0| - Lưu Văn phòng.",
        "authority 0| T/M BAN THƯỜNG VỤ",
        "office 0| PHÓ BÍ THƯ",
        "signer 0| Nguyễn Văn Bình",
    ]
    assert outline(made)[0].startswith("paragraph 0| Các huyện tổ chức trồng và giữ rừng")


def test_beside_the_head_behind_the_end_of_the_text_may_stand_who_signs() -> None:
    made = built(
        "Các huyện trồng rừng./. Nơi nhận: T/M BAN THƯỜNG VỤ\n- Lưu Văn phòng. PHÓ BÍ THƯ\n"
    )
    assert outline(made) == [
        "paragraph 0| Các huyện trồng rừng./.",
        "recipients 0| Nơi nhận:",
        "recipients 0| - Lưu Văn phòng.",
        "authority 0| T/M BAN THƯỜNG VỤ",
        "office 0| PHÓ BÍ THƯ",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "- Nơi nhận: Bộ phận một cửa của huyện.",
        "2. Nơi nhận: Bộ phận một cửa của huyện.",
        "Hồ sơ ghi rõ nơi gửi, nơi nhận: mỗi nơi một bản.",
        "Hồ sơ gửi về Sở. Nơi nhận: Văn phòng Sở.",
    ],
)
def test_a_place_where_something_is_received_is_text(text: str) -> None:
    assert not any(block.kind is Kind.RECIPIENTS for block in built(text).blocks)


def test_short_items_above_the_recipients_stay_items() -> None:
    made = built(
        "1. Ban Tuyên giáo:\n\n- Theo dõi việc thực hiện.\n\n- Báo cáo kết quả\n\nNơi nhận:\n\n"
        "- Các huyện ủy,\n\n- Lưu Văn phòng.\n"
    )
    assert [block.kind for block in made.blocks] == [
        Kind.HEADING,
        *[Kind.ITEM] * 2,
        *[Kind.RECIPIENTS] * 3,
    ]


def test_an_endless_line_is_searched_once_for_an_authority() -> None:
    endless = document("báo cáo " * 30_000)
    assert built(endless).text == endless.text

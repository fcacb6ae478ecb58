"""Each form of marker that documents use, in a document that uses it."""

import pytest

from pipeline.model import Change, Reason, Stage, Word
from pipeline.outline import outline
from pipeline.structure.markers import readings
from tests.structure.documents import built

HEAD = """\
TỈNH ỦY BÌNH SƠN
Số 05-NQ/TU
ĐẢNG CỘNG SẢN VIỆT NAM
Bình Sơn, ngày 12 tháng 3 năm 2022
NGHỊ QUYẾT
về phát triển lâm nghiệp bền vững

Ban Chấp hành Đảng bộ tỉnh quyết nghị như sau:
"""
TEXT = "Các cấp ủy tổ chức quán triệt sâu rộng Nghị quyết này đến cán bộ, đảng viên và nhân dân."
MORE = "Văn phòng Tỉnh ủy theo dõi, đôn đốc việc thực hiện và báo cáo Ban Thường vụ."
SIGNED = """
Nơi nhận:
- Các huyện ủy,
- Lưu Văn phòng Tỉnh ủy.
T/M BAN THƯỜNG VỤ
BÍ THƯ
Trần Khắc Thuận
"""


def titled(*units: tuple[str, str]) -> str:
    """Return units with a title each and a paragraph under it."""
    return "\n".join(f"{marker} {title}\n{TEXT}" for marker, title in units)


def romans(sign: str) -> str:
    return titled(
        (f"I{sign}", "QUAN ĐIỂM, MỤC TIÊU"),
        (f"II{sign}", "NHIỆM VỤ, GIẢI PHÁP"),
        (f"III{sign}", "TỔ CHỨC THỰC HIỆN"),
        (f"IV{sign}", "HIỆU LỰC THI HÀNH"),
    )


def listed(*markers: str) -> str:
    return "\n".join(f"{marker} {(TEXT, MORE)[at % 2]}" for at, marker in enumerate(markers))


def under(first: str, second: str, *markers: str) -> str:
    """Return two titled units, the first with a list."""
    return f"{first} Các cấp ủy:\n{listed(*markers)}\n{second} Ủy ban nhân dân tỉnh: {MORE}"


def divided(first: str, second: str, inside: str) -> str:
    """Return two divisions whose names stand below their numbers."""
    return f"{first}\nTÌNH HÌNH VÀ NGUYÊN NHÂN\n{inside}\n{second}\nNHIỆM VỤ\n{inside}"


def articles(*numbers: int) -> str:
    names = ("Phạm vi điều chỉnh", "Đối tượng", "Nguyên tắc", "Thẩm quyền", "Hiệu lực")
    return titled(*((f"Điều {number}.", names[number - 1]) for number in numbers))


def decimals(sign: str) -> str:
    first = listed(f"1.1{sign}", f"1.2{sign}")
    second = listed(f"2.1{sign}", f"2.2{sign}")
    return f"1{sign} Về mục tiêu\n{first}\n2{sign} Về nhiệm vụ\n{second}"


FORMS = {
    "I.": romans("."),
    "I-": romans("-"),
    "I –": romans(" –"),
    "IV-": romans("-"),
    "1.": listed("1.", "2.", "3."),
    "1-": listed("1-", "2-", "3-"),
    "1.1.": decimals("."),
    "1.1-": decimals("-"),
    "1.1.1.": f"1. Về mục tiêu\n1.1. Mục tiêu chung\n{listed('1.1.1.', '1.1.2.')}\n"
    f"1.2. Mục tiêu cụ thể\n{listed('1.2.1.', '1.2.2.')}",
    "a)": under("1.", "2.", "a)", "b)", "c)"),
    "a.": under("1.", "2.", "a.", "b.", "c."),
    "a-": under("1-", "2-", "a-", "b-", "c-"),
    "đ)": under("1.", "2.", *(f"{letter})" for letter in "abcdđe")),
    "Đ.": titled(*((f"{letter}.", "KẾT QUẢ ĐẠT ĐƯỢC") for letter in "ABCDĐE")),
    "A.": f"A. TÌNH HÌNH\n{romans('.')}\nB. PHƯƠNG HƯỚNG\n{romans('.')}",
    "1)": listed("1)", "2)", "3)"),
    "(1)": listed("(1)", "(2)", "(3)"),
    "i)": under("1.", "2.", *(f"{letter})" for letter in "abcdđeghik")),
    "-": under("1.", "2.", "-", "-"),
    "+": f"1. Các cấp ủy:\n- Triển khai:\n{listed('+', '+')}\n- Báo cáo:\n{listed('+', '+')}",
    "PHẦN THỨ NHẤT": divided("PHẦN THỨ NHẤT", "PHẦN THỨ HAI", romans(".")),
    "Phần I": divided("Phần I", "Phần II", listed("1.", "2.")),
    "CHƯƠNG I": f"CHƯƠNG I\nQUY ĐỊNH CHUNG\n{articles(1, 2)}",
    "Chương II": f"Chương I\nQUY ĐỊNH CHUNG\n{articles(1, 2)}\nChương II\nTỔ CHỨC\n{articles(3)}",
    "Mục 1": f"Chương I\nQUY ĐỊNH CHUNG\nMục 1\nNGUYÊN TẮC\n{articles(1)}\n"
    f"Mục 2\nTHẨM QUYỀN\n{articles(2)}",
    "Điều 5.": articles(1, 2, 3, 4, 5),
    "Khoản 1": f"Điều 1. Sửa đổi, bổ sung một số điều\n{listed('Khoản 1.', 'Khoản 2.')}",
    "Phụ lục 1": f"{listed('1.', '2.')}\n{SIGNED}\fPhụ lục 1\nDANH MỤC NHIỆM VỤ\n"
    f"{listed('1.', '2.')}\n\fPhụ lục 2\nBIỂU TỔNG HỢP\n{listed('1.', '2.')}",
}


@pytest.mark.parametrize("form", FORMS)
def test_the_marker_is_recognised(form: str) -> None:
    rows = outline(built(f"{HEAD}{FORMS[form]}\n"))
    labels = [row.label.removesuffix(".") if form == "Khoản 1" else row.label for row in rows]
    assert form in labels


@pytest.mark.parametrize("form", FORMS)
def test_nothing_else_is_taken_for_a_unit(form: str) -> None:
    rows = [row for row in outline(built(f"{HEAD}{FORMS[form]}\n")) if row.depth]
    assert all(row.label for row in rows)


def test_depth_is_that_of_true_nesting() -> None:
    rows = outline(built(f"{HEAD}{FORMS['Mục 1']}\n"))
    assert [(row.depth, row.label) for row in rows if row.depth] == [
        (1, "Chương I"),
        (2, "Mục 1"),
        (3, "Điều 1."),
        (2, "Mục 2"),
        (3, "Điều 2."),
    ]
    rows = outline(built(f"{HEAD}{FORMS['Phụ lục 1']}\n"))
    assert [(row.depth, row.label) for row in rows if row.depth][2:] == [
        (1, "Phụ lục 1"),
        (2, "1."),
        (2, "2."),
        (1, "Phụ lục 2"),
        (2, "1."),
        (2, "2."),
    ]


def test_a_range_of_numbers_is_no_marker() -> None:
    rows = outline(built(f"{HEAD}Mỗi xã trồng từ\n10 - 12 ha rừng trong năm, theo kế hoạch.\n"))
    assert not [row for row in rows if row.depth]


def test_a_speck_that_correction_took_out_before_a_marker_is_passed_over() -> None:
    speck = Change(".", "", Reason.PUNCTUATION, 0.95, Stage.CORRECTION)
    words = (Word(".").changed(speck), Word("1."), Word("Yêu"), Word("cầu"))
    plain, specked = readings(words[1:]), readings(words)
    assert [each.label for each in specked] == [each.label for each in plain]
    assert specked[0].words == ("", *plain[0].words)

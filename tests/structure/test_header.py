"""The header's components are found in both forms, with columns apart or on one line."""

import pytest

from pipeline.model import Kind, replace
from pipeline.settings import StructureSettings
from pipeline.structure import rebuild
from tests.structure.documents import (
    DECISION,
    DECISION_HEADER,
    PLAN,
    PLAN_HEADER,
    boxed,
    built,
    document,
    outline,
)


def test_columns_on_one_line_are_split() -> None:
    assert outline(built(PLAN))[:8] == PLAN_HEADER


def test_the_state_form_has_superior_body_motto_and_legal_bases() -> None:
    rows = outline(built(DECISION))
    assert rows[:12] == [
        *DECISION_HEADER,
        "paragraph 0| GIÁM ĐỐC SỞ NÔNG NGHIỆP TỈNH",
        "legal_basis 0| Căn cứ Luật Thủy lợi ngày 19 tháng 6 năm 2017;",
        "legal_basis 0| Căn cứ Quyết định số 15/2020/QĐ-UBND ngày 02/4/2020 của Ủy ban nhân dân "
        "tỉnh về quản lý công trình thủy lợi;",
        "legal_basis 0| Theo đề nghị của Trưởng phòng Quản lý công trình.",
    ]


def test_two_bodies_over_two_shared_lines_keep_their_columns() -> None:
    made = built(
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "TỈNH BÌNH SƠN Độc lập - Tự do - Hạnh phúc\n"
        "Số: 24/BC-UBND Bình Sơn, ngày 12 tháng 12 năm 2022\n\n"
        "BÁO CÁO\nKết quả phòng, chống thiên tai năm 2022\n\nTrong năm, tỉnh có 5 đợt mưa lớn.\n"
    )
    assert outline(made)[:5] == [
        "issuing_body 0| ỦY BAN NHÂN DÂN TỈNH BÌNH SƠN",
        "number 0| Số: 24/BC-UBND",
        "motto 0| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "motto 0| Độc lập - Tự do - Hạnh phúc",
        "place_date 0| Bình Sơn, ngày 12 tháng 12 năm 2022",
    ]


def test_an_official_letter_has_a_subject_and_addressees_but_no_type() -> None:
    made = built(
        "TỈNH ỦY BÌNH SƠN\nSố 145-CV/TU\nVề việc chuẩn bị hội nghị sơ kết\n"
        "ĐẢNG CỘNG SẢN VIỆT NAM\nBình Sơn, ngày 05 tháng 9 năm 2022\n\n"
        "Kính gửi:\n- Các huyện ủy,\n- Các ban xây dựng Đảng của Tỉnh ủy.\n\n"
        "Thường trực Tỉnh ủy đề nghị các cơ quan chuẩn bị báo cáo trước ngày 20/9/2022.\n"
    )
    kinds = [block.kind for block in made.blocks]
    assert kinds == [
        Kind.ISSUING_BODY,
        Kind.NUMBER,
        Kind.SUBJECT,
        Kind.MOTTO,
        Kind.PLACE_DATE,
        Kind.ADDRESSEE,
        Kind.ADDRESSEE,
        Kind.ADDRESSEE,
        Kind.PARAGRAPH,
    ]
    assert made.metadata.type is not None
    assert made.metadata.type.value == "Công văn"


def test_lost_marks_do_not_hide_the_components() -> None:
    made = built(
        "TINH UY BINH SON\nSố #3 -CT/TU\nDANG CONG SAN VIET NAM\n\nCHI THI\nvề phòng cháy rừng\n"
    )
    assert [block.kind for block in made.blocks] == [
        Kind.ISSUING_BODY,
        Kind.NUMBER,
        Kind.MOTTO,
        Kind.TYPE,
        Kind.SUBJECT,
    ]


def test_a_fragment_without_a_header_is_text_from_its_first_line() -> None:
    made = built(
        "3. Giao Văn phòng Tỉnh ủy theo dõi việc thực hiện.\n\n4. Kết luận này gửi đến chi bộ.\n"
    )
    assert [block.kind for block in made.blocks] == [Kind.ITEM, Kind.ITEM]


def test_stamps_and_captions_of_digital_signatures_are_set_aside() -> None:
    made = built(
        boxed(
            [
                ("Người ký: Văn phòng Tỉnh ủy Bình Sơn", 140.0, 18.0),
                ("Thời gian ký: 05.04.2022 08:15:30 +07:00", 140.0, 24.0),
                ("TỈNH ỦY BÌNH SƠN", 35.0, 32.0),
                ("Số 31-TB/TU", 40.0, 40.0),
                ("CÔNG VĂN ĐẾN", 35.0, 48.0),
                ("Ngày: 06/4", 35.0, 54.0),
                ("ĐẢNG CỘNG SẢN VIỆT NAM", 115.0, 60.0),
                ("THÔNG BÁO", 90.0, 70.0),
                ("kết luận về công tác quy hoạch cán bộ", 70.0, 78.0),
            ]
        )
    )
    notes = [made.text_of(block.spans) for block in made.blocks if block.kind is Kind.NOTE]
    assert notes == [
        "Người ký: Văn phòng Tỉnh ủy Bình Sơn",
        "Thời gian ký: 05.04.2022 08:15:30 +07:00",
        "CÔNG VĂN ĐẾN",
        "Ngày: 06/4",
    ]
    assert made.metadata.symbol is not None
    assert made.metadata.symbol.value == "31-TB/TU"


def test_addressees_come_after_both_columns_wherever_they_were_read() -> None:
    made = built(
        "TỈNH ỦY BÌNH SƠN\nx\nSố 145-CV/TU\nVề việc chuẩn bị hội nghị sơ kết\nKính gửi:\n"
        "ĐẢNG CỘNG SẢN VIỆT NAM\nBình Sơn, ngày 05 tháng 9 năm 2022\n\n"
        "- Các huyện ủy,\n- Các ban xây dựng Đảng của Tỉnh ủy.\n\n"
        "Thường trực Tỉnh ủy đề nghị các cơ quan chuẩn bị báo cáo trước ngày 20/9/2022.\n"
    )
    assert outline(made)[1:6] == [
        "ornament 0| x",  # the asterisk
        "number 0| Số 145-CV/TU",
        "subject 0| Về việc chuẩn bị hội nghị sơ kết",
        "motto 0| ĐẢNG CỘNG SẢN VIỆT NAM",
        "place_date 0| Bình Sơn, ngày 05 tháng 9 năm 2022",
    ]
    assert outline(made)[6].endswith("Kính gửi:")


@pytest.mark.parametrize(("confidence", "aside"), [(0.3, True), (0.9, False), (None, False)])
def test_what_a_pen_left_before_the_addressee_is_set_aside(
    confidence: float | None, aside: bool
) -> None:
    text = (
        "SỞ NÔNG NGHIỆP\nSố: 20/SNN-TL\nV/v kiểm tra hồ chứa\n1# Kính gửi:\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Bình Sơn, ngày 05 tháng 9 năm 2022\n\n- Các huyện;\n- Công ty Thủy lợi tỉnh.\n\n"
        "Sở đề nghị các huyện kiểm tra hồ chứa trước ngày 20/9/2022.\n"
    )
    read = document(text)
    lines = [
        replace(
            line,
            words=tuple(
                replace(word, confidence=confidence) if word.ocr == "1#" else word
                for word in line.words
            ),
        )
        for line in read.pages[0].lines
    ]
    page = replace(read.pages[0], lines=tuple(lines))
    made = rebuild(replace(read, pages=(page,)), StructureSettings())
    assert ("note 0| 1#" in outline(made)) == aside
    assert ("subject 0| V/v kiểm tra hồ chứa" in outline(made)) == aside


@pytest.mark.parametrize(
    ("read", "confidence", "sign"),
    [("vo:", 0.4, True), ("vo:", 0.9, False), ("vo:", None, False), ("07:", 0.4, False)],
)
def test_an_asterisk_with_specks_beside_it_is_a_sign(
    read: str, confidence: float | None, sign: bool
) -> None:
    (page,) = (
        made := document(
            f"TỈNH ỦY BÌNH SƠN\n{read}\nSố 145-KH/TU\nĐẢNG CỘNG SẢN VIỆT NAM\n"
            "Bình Sơn, ngày 05 tháng 9 năm 2022\nKẾ HOẠCH\nTổ chức phong trào thi đua\n"
        )
    ).pages
    lines = tuple(
        replace(line, words=tuple(replace(word, confidence=confidence) for word in line.words))
        if line.words[0].ocr == read
        else line
        for line in page.lines
    )
    blocks = built(replace(made, pages=(replace(page, lines=lines),))).blocks
    assert (blocks[1].kind is Kind.ORNAMENT) == sign


def test_a_speck_between_type_and_subject_parts_them_not() -> None:
    made = built(PLAN.replace("KẾ HOẠCH\n", "KẾ HOẠCH\n-:\n", 1))
    kinds = [block.kind for block in made.blocks[5:8]]
    assert kinds == [Kind.TYPE, Kind.ORNAMENT, Kind.SUBJECT]


def test_specks_beside_the_type_are_no_part_of_it() -> None:
    rows = outline(built(PLAN.replace("KẾ HOẠCH\n", "' KẾ HOẠCH -\n", 1)))
    at = rows.index("type 0| KẾ HOẠCH")
    assert rows[at - 1 : at + 2 : 2] == ["ornament 0| '", "ornament 0| -"]


def test_the_text_of_a_letter_whose_columns_share_lines_is_no_part_of_its_subject() -> None:
    made = built("""
UBND TỈNH BÌNH SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NÔNG NGHIỆP Độc lập - Tự do - Hạnh phúc
Số: 12/SNN-KL Bình Sơn, ngày 10 tháng 8 năm 2021
V/v trồng rừng đầu nguồn
hồ Suối Vàng

Kính gửi: Các huyện trong tỉnh.

Sở đề nghị các huyện trồng rừng, giữ rừng đầu nguồn cho tốt.

Các huyện báo cáo về Sở trước ngày 15 tháng 9./.
""")
    assert outline(made)[3:] == [
        "subject 0| V/v trồng rừng đầu nguồn hồ Suối Vàng",
        "motto 0| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "motto 0| Độc lập - Tự do - Hạnh phúc",
        "place_date 0| Bình Sơn, ngày 10 tháng 8 năm 2021",
        "addressee 0| Kính gửi: Các huyện trong tỉnh.",
        "paragraph 0| Sở đề nghị các huyện trồng rừng, giữ rừng đầu nguồn cho tốt.",
        "paragraph 0| Các huyện báo cáo về Sở trước ngày 15 tháng 9./.",
    ]


def test_a_text_of_one_endless_line_is_looked_at_once() -> None:
    made = built("căn cứ ngày họp " * 2000)
    assert [block.kind for block in made.blocks] == [Kind.PARAGRAPH]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Số:542 TB-UBND", Kind.NUMBER),
        ("Số: 300 :QĐ-UBND", Kind.NUMBER),
        ("Số 12 Trần Phú", Kind.PARAGRAPH),  # an address
        ("Số lượng: 12 hồ sơ", Kind.PARAGRAPH),
        ("SỞ Y TẾ", Kind.ISSUING_BODY),
    ],
)
def test_what_begins_like_a_number_is_its_line_whatever_parts_it(line: str, kind: Kind) -> None:
    made = built(
        f"ỦY BAN NHÂN DÂN\nTỈNH BÌNH SƠN\n{line}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Bình Sơn, ngày 05 tháng 9 năm 2022\n\nTHÔNG BÁO\nVề việc trồng rừng\n"
    )
    (block,) = (each for each in made.blocks if line in made.text_of(each.spans))
    assert block.kind is kind


@pytest.mark.parametrize(("top", "kind"), [(40.0, Kind.NUMBER), (200.0, Kind.NOTE)])
def test_a_number_is_no_smudge_however_badly_it_was_read(top: float, kind: Kind) -> None:
    rows = [
        ("TỈNH ỦY BÌNH SƠN", 35.0, 20.0),
        ("ĐẢNG CỘNG SẢN VIỆT NAM", 115.0, 20.0),
        ("Số:542 TB-TU", 50.0, top),
    ]
    before = boxed(rows)
    (page,) = before.pages
    *head, number = page.lines
    words = tuple(replace(word, confidence=0.2) for word in number.words)
    lines = (*head, replace(number, words=words))
    made = built(replace(before, pages=(replace(page, lines=lines),)))
    (block,) = (each for each in made.blocks if made.text_of(each.spans) == "Số:542 TB-TU")
    assert block.kind is kind


def header(*left: str, right: tuple[str, ...] = ()) -> str:
    """Return a decision whose left column has the lines *left*."""
    lines = right or ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    date = "Bình Sơn, ngày 09 tháng 8 năm 2021"
    text = "QUYẾT ĐỊNH\nVề việc quản lý hồ chứa nước\n\nĐiều 1. Ban hành quy chế.\n"
    return "\n".join((*left, *lines, date, "", text))


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        ("Số: 300 :QĐ-SNN", "300", "300/QĐ-SNN"),
        ("Số: 631 QĐ-SNN", "631", "631/QĐ-SNN"),
        ("số:24ÏQĐ-SNN", None, "/QĐ-SNN"),
        ("Sé: 44/QĐ-SNN", "44", "44/QĐ-SNN"),
        ("S6 44/QĐ-SNN", "44", "44/QĐ-SNN"),
        ("3ô: 44/QĐ-SNN", "44", "44/QĐ-SNN"),
        ("Số: 44", "44", None),
    ],
)
@pytest.mark.parametrize("apart", [True, False])
def test_a_damaged_number_line_is_no_body(
    line: str, number: str | None, symbol: str | None, apart: bool
) -> None:
    left = ("UBND TỈNH BÌNH SƠN", "SỞ NÔNG NGHIỆP")
    made = built(header(*left, line) if apart else header(left[0], f"{left[1]} {line}"))
    facts = made.metadata
    assert outline(made)[:3] == [
        "superior_body 0| UBND TỈNH BÌNH SƠN",
        "issuing_body 0| SỞ NÔNG NGHIỆP",
        f"number 0| {line}",
    ]
    assert (facts.number.value if facts.number else None) == number
    assert (facts.symbol.value if facts.symbol else None) == symbol
    assert ("doubt.no_number" in facts.doubts) == (number is None)


def test_what_a_damaged_number_line_says_is_in_doubt() -> None:
    facts = built(header("SỞ NÔNG NGHIỆP", "Số: 300 :QĐ-SNN")).metadata
    for fact in (facts.number, facts.symbol, facts.type_code, facts.body_code):
        assert fact is not None
        assert fact.doubtful


@pytest.mark.parametrize("name", ["SỞ NÔNG NGHIỆP", "SỞ KH-ĐT", "SỞ VHTTDL"])
def test_a_body_whose_name_begins_as_the_number_line_does_is_a_body(name: str) -> None:
    rows = outline(built(header("TỈNH BÌNH SƠN", name, "Số: 12/QĐ-SNN")))
    assert rows[:3] == [
        "superior_body 0| TỈNH BÌNH SƠN",
        f"issuing_body 0| {name}",
        "number 0| Số: 12/QĐ-SNN",
    ]


@pytest.mark.parametrize(
    "motto",
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "VIỆT NAM"),
        ("CỘNG HÒA XÃ HỘI", "CHỦ NGHĨA VIỆT NAM"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA",),
        ("CỌNG HCA XÁ HÒI CBỦ NCHĨA VIÊT MAM",),
    ],
)
def test_a_motto_over_two_lines_or_damaged_is_no_body(motto: tuple[str, ...]) -> None:
    right = (*motto, "Độc lập - Tự do - Hạnh phúc")
    made = built(header("UBND TỈNH BÌNH SƠN", "SỞ NÔNG NGHIỆP", "Số: 12/QĐ-SNN", right=right))
    assert outline(made)[:5] == [
        "superior_body 0| UBND TỈNH BÌNH SƠN",
        "issuing_body 0| SỞ NÔNG NGHIỆP",
        "number 0| Số: 12/QĐ-SNN",
        f"motto 0| {' '.join(motto)}",
        "motto 0| Độc lập - Tự do - Hạnh phúc",
    ]


def test_a_motto_over_two_lines_that_the_bodies_share_is_one() -> None:
    made = built(
        "UBND TỈNH BÌNH SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA\nSỞ NÔNG NGHIỆP VIỆT NAM\n"
        "Số: 12/QĐ-SNN Độc lập - Tự do - Hạnh phúc\nBình Sơn, ngày 09 tháng 8 năm 2021\n\n"
        "QUYẾT ĐỊNH\nVề việc quản lý hồ chứa nước\n\nĐiều 1. Ban hành quy chế.\n"
    )
    assert "motto 0| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in outline(made)
    assert outline(made)[:2] == [
        "superior_body 0| UBND TỈNH BÌNH SƠN",
        "issuing_body 0| SỞ NÔNG NGHIỆP",
    ]


@pytest.mark.parametrize(
    "name", ["HỘI NÔNG DÂN VIỆT NAM", "BAN CHỈ ĐẠO THỰC HIỆN NGHỊ QUYẾT SỐ 36/NQ-CP"]
)
def test_a_body_whose_name_ends_as_a_motto_or_a_number_does_is_a_body(name: str) -> None:
    made = built(header(name, "Số: 12/QĐ-SNN"))
    assert outline(made)[:2] == [f"issuing_body 0| {name}", "number 0| Số: 12/QĐ-SNN"]


@pytest.mark.parametrize("left", ["", "SỞ NÔNG NGHIỆP ", "TRƯỜNG ĐẠI HỌC TP. BÌNH SƠN "])
def test_an_abbreviation_before_the_place_is_of_the_place(left: str) -> None:
    text = header("SỞ NÔNG NGHIỆP", "Số: 12/QĐ-SNN")
    made = built(text.replace("Bình Sơn, ngày", f"{left}TP. Suối Vàng, ngày"))
    assert "place_date 0| TP. Suối Vàng, ngày 09 tháng 8 năm 2021" in outline(made)
    assert made.metadata.place is not None
    assert made.metadata.place.value == "TP. Suối Vàng"


@pytest.mark.parametrize("date", ["ngày9tháng 8 năm 2021", "ngàW† tháng 8 năm 2021"])
def test_a_date_that_a_pen_ran_through_still_stands_beside_its_place(date: str) -> None:
    text = header("SỞ NÔNG NGHIỆP", "Số: 12/QĐ-SNN")
    made = built(text.replace("ngày 09 tháng 8 năm 2021", date))
    assert f"place_date 0| Bình Sơn, {date}" in outline(made)
    assert made.metadata.place is not None
    assert made.metadata.place.value == "Bình Sơn"


def test_an_incoming_stamp_whose_frame_was_read_is_set_aside() -> None:
    made = built(header("SỞ NÔNG NGHIỆP", "Số: 12/QĐ-SNN", "T ĐẾN", "Số:......---", "Ngày: 7/9"))
    notes = [made.text_of(block.spans) for block in made.blocks if block.kind is Kind.NOTE]
    assert notes == ["T ĐẾN", "Số:......---", "Ngày: 7/9"]
    facts = made.metadata
    assert facts.issuing_body is not None
    assert facts.issuing_body.value == "SỞ NÔNG NGHIỆP"
    assert facts.symbol is not None
    assert facts.symbol.value == "12/QĐ-SNN"

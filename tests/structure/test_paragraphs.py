"""Wrapped lines become paragraphs, and nothing else does."""

from dataclasses import replace

import pytest

from pipeline.model import Document, Kind, Reason
from tests.structure.documents import boxed, built, outline

TEXT_LEFT, INDENT = 30.0, 40.0


def test_a_line_that_begins_with_a_number_or_a_dash_in_mid_sentence_is_text() -> None:
    made = built(
        """
        1. Huyện Suối Vàng phấn đấu hoàn thành các chỉ tiêu phát triển kinh tế - xã hội giai
        đoạn 2021 - 2025, trong đó có chỉ tiêu trồng rừng tập trung đã được giao tại khoản
        2. Điều 4 của Quy chế phối hợp, gắn với xây dựng nông thôn mới, phát triển kinh tế
        - xã hội vùng đồng bào dân tộc thiểu số.

        2. Tổ chức sơ kết việc thực hiện vào quý IV hằng năm, báo cáo Ban Thường vụ Tỉnh ủy.
        """
    )
    assert [block.label for block in made.blocks] == ["1.", "2."]


def test_a_blank_line_in_mid_sentence_does_not_break_a_paragraph() -> None:
    made = built(
        """
        Các cấp ủy tăng cường lãnh đạo, chỉ đạo công tác phòng cháy, chữa cháy rừng; chuẩn bị

        đầy đủ lực lượng, phương tiện theo phương châm bốn tại chỗ, sẵn sàng ứng phó kịp thời
        khi có tình huống xảy ra.
        """
    )
    assert len(made.blocks) == 1


def test_a_paragraph_goes_on_over_a_page_break_and_the_page_number_is_set_aside() -> None:
    made = built(
        "Ban Thường vụ Huyện ủy Suối Vàng yêu cầu các chi bộ, đảng bộ trực thuộc quán triệt\n"
        "đầy đủ nội dung Nghị quyết đến toàn thể cán bộ, đảng viên và nhân dân trên địa bàn,\n"
        "\f2\n"
        "gắn với việc học tập và làm theo gương người tốt, việc tốt ở cơ sở.\n"
    )
    assert [block.kind for block in made.blocks] == [Kind.PARAGRAPH, Kind.NOTE]
    assert made.text_of(made.blocks[0].spans).endswith(
        "trên địa bàn, gắn với việc học tập và làm theo gương người tốt, việc tốt ở cơ sở."
    )
    assert made.text_of(made.blocks[1].spans) == "2"


def test_an_indented_line_after_a_full_stop_begins_a_paragraph_when_there_are_boxes() -> None:
    made = built(
        boxed(
            [
                (
                    "Các xã dọc sông Lam Hà đã hoàn thành việc di dời dân cư ra khỏi vùng trũng",
                    INDENT,
                ),
                ("trước mùa mưa lũ, bảo đảm chỗ ở tạm thời và lương thực cho nhân dân.", TEXT_LEFT),
                (
                    "Tuy nhiên, một số nơi còn chủ quan, chậm kiểm tra các hồ chứa nhỏ và đường",
                    INDENT,
                ),
                (
                    "tràn; phương án thông tin cho vùng hạ du chưa được diễn tập thường xuyên.",
                    TEXT_LEFT,
                ),
            ]
        )
    )
    assert len(made.blocks) == 2


def test_a_page_number_in_the_margin_is_a_note_even_if_it_is_misread() -> None:
    made = built(
        boxed(
            [
                (
                    "Tỉnh ủy giao Văn phòng Tỉnh ủy đôn đốc việc thực hiện Kết luận và tổng hợp,",
                    40.0,
                    50.0,
                )
            ],
            [
                ("Z", 110.0, 10.0),
                ("báo cáo Ban Thường vụ Tỉnh ủy trong tháng 12 hằng năm.", 30.0, 25.0),
            ],
        )
    )
    assert [block.kind for block in made.blocks] == [Kind.PARAGRAPH, Kind.NOTE]


@pytest.mark.parametrize(
    ("text", "confidence", "aside"),
    [
        ("~ ' “ ·", 0.5, True),
        ("lvy :u2 JZ", 0.2, True),
        ("lvy :u2 JZ", 0.5, False),
        ("Số: 44/TB-VPTU", 0.2, False),  # a symbol is a fact, however badly it is read
        ("./.", 0.2, False),
        ("lvy :u2 JZ", None, False),  # a text layer has no confidence
    ],
)
def test_a_smudge_that_was_read_as_words_is_a_note(
    text: str, confidence: float | None, aside: bool
) -> None:
    document = boxed([("Tỉnh ủy giao Văn phòng Tỉnh ủy theo dõi.", 30.0), (text, 90.0, 60.0)])
    (page,) = document.pages
    first, smudge = page.lines
    words = tuple(replace(word, confidence=confidence) for word in smudge.words)
    lines = first, replace(smudge, words=words)
    made = built(replace(document, pages=(replace(page, lines=lines),)))
    assert (made.blocks[-1].kind is Kind.NOTE) == aside


def doubtless(document: Document, line: int, confidence: float) -> Document:
    """Return *document* with the words of *line* of its only page read with that *confidence*."""
    (page,) = document.pages
    lines = list(page.lines)
    words = tuple(replace(word, confidence=confidence) for word in lines[line].words)
    lines[line] = replace(lines[line], words=words)
    return replace(document, pages=(replace(page, lines=tuple(lines)),))


@pytest.mark.parametrize(
    ("text", "left", "top", "aside"),
    [
        ("ký./.", 30.0, 57.0, False),  # it stands in line with the text above
        ("ký./.", 90.0, 57.0, True),
        ("ký./.", 30.0, 90.0, True),
        ("./; —", 30.0, 57.0, True),  # no letter
    ],
)
def test_a_faint_line_of_the_text_is_no_smudge(
    text: str, left: float, top: float, aside: bool
) -> None:
    rows = [("Tỉnh ủy giao Văn phòng Tỉnh ủy theo dõi việc thực hiện kể từ ngày", 30.0, 50.0)]
    made = built(doubtless(boxed([*rows, (text, left, top)]), 1, 0.2))
    assert (made.blocks[-1].kind is Kind.NOTE) == aside


def test_what_is_put_at_the_edge_of_a_page_is_in_no_column() -> None:
    rows = [("ttcb@binhson", 30.0, 8.0), ("Tỉnh ủy giao Văn phòng Tỉnh ủy.", 30.0, 15.0)]
    made = built(doubtless(boxed(rows), 0, 0.2))
    assert [block.kind for block in made.blocks] == [Kind.NOTE, Kind.PARAGRAPH]


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("Hồ Dầu Khe nhv", "thật"),  # syllables
        ("lvy :u2 JZ", ""),
    ],
)
def test_beside_a_line_set_aside_that_may_be_text_the_word_is_in_doubt(
    text: str, beside: str
) -> None:
    rows = [("Các huyện trồng rừng cho thật", 30.0, 50.0), (text, 90.0, 80.0)]
    made = built(doubtless(boxed(rows), 1, 0.2))
    assert made.blocks[-1].kind is Kind.NOTE
    marked = [
        word.text
        for word in made.words()
        if any(change.reason is Reason.ASIDE for change in word.changes)
    ]
    assert marked == ([beside] if beside else [])


def test_the_name_of_a_chapter_belongs_to_its_heading() -> None:
    made = built(
        "Chương II\nQUYỀN HẠN VÀ TRÁCH NHIỆM\nCỦA CÁC CƠ QUAN\n\nĐiều 1. Trách nhiệm chung\n"
    )
    assert outline(made)[0] == "heading 1| Chương II QUYỀN HẠN VÀ TRÁCH NHIỆM CỦA CÁC CƠ QUAN"


def test_a_title_as_long_as_a_line_is_parted_from_its_text_when_its_siblings_are_titles() -> None:
    made = built(
        "I. Ưu điểm, kết quả đạt được\n"
        "Trong năm 2025, chi bộ đã lãnh đạo, chỉ đạo thực hiện đồng bộ các mục tiêu,\n"
        "chỉ tiêu và nhiệm vụ được giao.\n"
        "II. Giải trình những vấn đề được gợi ý kiểm điểm của cấp có thẩm quyền rồi\n"
        "Giải trình từng vấn đề được gợi ý kiểm điểm, nêu nguyên nhân, xác định trách\n"
        "nhiệm của tập thể, cá nhân.\n"
        "III. Phương hướng khắc phục\n"
        "Tập thể chi bộ nghiêm túc tiếp thu, sửa chữa.\n"
    )
    assert [block.kind for block in made.blocks] == [Kind.HEADING, Kind.PARAGRAPH] * 3
    assert made.text_of(made.blocks[3].spans).startswith("Giải trình từng")

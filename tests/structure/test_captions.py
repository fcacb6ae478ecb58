"""Captions of digital signatures and stamps are told from text that has the same words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model import Box, Document, Kind
from tests.structure.documents import boxed, built

LEFT, INDENT = 30.0, 42.7
FULL = "Các huyện ủy, thành ủy gửi góp ý về Ban Quản lý dự án rừng đầu nguồn trước ngày"


def aside(made: Document) -> list[str]:
    return [made.text_of(block.spans) for block in made.blocks if block.kind is Kind.NOTE]


def small(document: Document, *, share: float) -> Document:
    """Return *document* with its last two lines set in type of that *share* of the size."""
    (page,) = document.pages
    lines = list(page.lines)
    for index in (-2, -1):
        words, left = [], 0
        for word in lines[index].words:
            assert word.box is not None
            left = left or word.box.left
            width = round(word.box.width * share)
            words.append(replace(word, box=Box(left, word.box.top, width, 30)))
            left += width + 10
        boxes = [word.box for word in words if word.box is not None]
        lines[index] = replace(lines[index], words=tuple(words), box=Box.around(boxes))
    return replace(document, pages=(replace(page, lines=tuple(lines)),))


@pytest.mark.parametrize(
    "line",
    [
        "rungdaunguon@binhson.gov.vn;",
        "Email: vanthu@binhson.gov.vn; điện thoại: 0299.555.417.",
        "Ký bởi: Đinh Văn Páo",
        "Thời gian ký: 14:25:07 ngày 12/10/2022",
        "Người ký: ông Đinh Văn Páo, Phó Giám đốc",
        "ĐẾN",
        "Đến ngày 30/6/2022: 45%",
    ],
)
@pytest.mark.parametrize("left", [LEFT, INDENT])
def test_a_line_that_is_set_as_the_text_is_stays_in_it(line: str, left: float) -> None:
    rows = [(FULL, LEFT, 130.0), (line, left, 137.0), (FULL, INDENT, 144.0), (FULL, LEFT, 151.0)]
    made = built(boxed(rows))
    assert aside(made) == []
    assert line.split(maxsplit=1)[0] in made.text


def test_a_list_of_addresses_at_the_top_of_a_page_stays_in_the_text() -> None:
    made = built(
        boxed(
            [(FULL, LEFT, 250.0), ("và qua thư điện tử", LEFT, 257.0)],
            [("rungdaunguon@binhson.gov.vn;", LEFT, 20.0), (FULL, LEFT, 27.0)],
        )
    )
    assert aside(made) == []


@pytest.mark.parametrize("left", [3.0, 150.0])
def test_a_caption_in_a_corner_is_set_aside(left: float) -> None:
    lines = ["Ký bởi: Văn phòng", "vanthu@binhson.gov.vn", "08:15:30 +07:00"]
    rows = [(line, left, 8.0 + 6 * at) for at, line in enumerate(lines)]
    rows += [(FULL, LEFT, 60.0 + 7 * at) for at in range(4)]
    assert aside(built(boxed(rows))) == lines


def test_a_caption_of_several_lines_beside_the_signature_is_set_aside() -> None:
    rows = [(FULL, LEFT, 100.0 + 7 * at) for at in range(4)]
    rows += [("T/M BAN THƯỜNG VỤ", 120.0, 135.0), ("BÍ THƯ", 130.0, 142.0)]
    rows += [("Ký bởi: Đinh Văn Páo", 125.0, 150.0), ("Ngày ký: 06-08-2022", 125.0, 156.0)]
    rows += [("Đinh Văn Páo", 128.0, 170.0)]
    made = built(boxed(rows))
    assert aside(made) == ["Ký bởi: Đinh Văn Páo", "Ngày ký: 06-08-2022"]
    assert made.metadata.signer is not None
    assert made.metadata.signer.value == "Đinh Văn Páo"


@pytest.mark.parametrize(("share", "count"), [(0.7, 2), (1.0, 0)])
def test_a_caption_in_the_middle_of_a_page_is_known_by_its_small_type(
    share: float, count: int
) -> None:
    rows = [(FULL, LEFT, 100.0 + 7 * at) for at in range(4)]
    rows += [("Ký bởi: Đinh Văn Páo", INDENT, 135.0), ("Ngày ký: 06-08-2022", INDENT, 141.0)]
    assert len(aside(built(small(boxed(rows), share=share)))) == count


def test_without_boxes_a_caption_has_several_lines_and_stands_at_the_edge() -> None:
    caption = "Người ký: Văn phòng Tỉnh ủy\nEmail: vanthu@binhson.gov.vn\n"
    text = "".join(f"{number}. {FULL} {number}/10/2022.\n" for number in range(1, 9))
    assert len(aside(built(caption + text))) == 2
    assert aside(built("Người ký: Văn phòng Tỉnh ủy\n" + text)) == []
    assert aside(built(text + caption + text)) == []


def test_a_stamp_is_known_in_the_head_of_the_first_page_only() -> None:
    stamp = ["CÔNG VĂN ĐẾN", "Số: 1172", "Ngày: 06/4"]
    text = [(FULL, LEFT, 150.0 + 7 * at) for at in range(8)]
    high = [(line, 35.0, 50.0 + 6 * at) for at, line in enumerate(stamp)]
    low = [(line, LEFT, 210.0 + 6 * at) for at, line in enumerate(stamp)]
    assert aside(built(boxed([*high, *text]))) == stamp
    assert aside(built(boxed([*text, *low]))) == []


def test_dates_in_the_head_of_a_page_are_no_stamp() -> None:
    rows = [("Đến ngày 30/6/2022: 45%;", INDENT, 40.0), ("Đến năm 2030: 60%.", INDENT, 47.0)]
    assert aside(built(boxed([*rows, (FULL, INDENT, 54.0), (FULL, LEFT, 61.0)]))) == []

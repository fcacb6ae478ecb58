"""Tables without rules: drawn, found among their words, and read by the real Tesseract."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from pipeline.image import CleanPage, PageImage
from pipeline.model import Box, Word
from pipeline.recognition import recognise, tables
from pipeline.recognition.borderless import find_borderless, unread_again
from pipeline.recognition.hocr import Strip
from pipeline.settings import RecognitionSettings
from tests.imaging.drawing import font

PITCH, GAP = 44, 14  # between lines, and more between rows
X_HEIGHT = 15.0
LEFTS = (120, 300, 640, 860)
LETTERS = 33

Row = Sequence[str]  # cells; a | parts the lines of one

HEADER = ("TT", "Họ và tên", "Ngày vào", "Mức hỗ trợ")
ROWS = (
    ("1", "Lê Văn Bình|(xã Đông Hải)", "16/07/2003", "1.250.000"),
    ("2", "Phạm Thị Hoa", "11/01/2004", "2.300.000"),
    ("3", "Nguyễn Thị Ngọc|Trâm", "06/11/2013", "950.000"),
    ("4", "Trần Quang Khải", "13/07/1991", "1.475.000"),
    ("5", "Vũ Đức Minh", "21/10/1984", "3.120.000"),
)
ABOVE = "Danh sách các hộ được hỗ trợ sửa chữa nhà ở trong năm nay như sau:"
BELOW = "Các ban, ngành có liên quan và các hộ có tên trên chịu trách nhiệm thi hành."


def draw(rows: Sequence[Row], *, centred: bool = False) -> tuple[PageImage, tuple[Strip, ...]]:
    """Return a page with a table between two lines of text, and its words as if all were read."""
    image = Image.new("L", (1240, 1754), 255)
    pen = ImageDraw.Draw(image)
    face = font(LETTERS)
    strips: list[Strip] = []

    def write(left: float, base: float, text: str) -> None:
        words: list[Word] = []
        for word in text.split():
            pen.text((left, base), word, 0, face, anchor="ls")
            box = pen.textbbox((left, base), word, face, anchor="ls")
            x, y, right, bottom = map(round, box)
            words.append(Word(word, 0.95, Box(x, y, right - x, bottom - y)))
            left += pen.textlength(word + " ", face)
        strips.append(Strip(tuple(words), 0.0, float(base), X_HEIGHT))

    write(120, 300, ABOVE)
    base = 300.0 + PITCH + GAP
    for row in rows:
        cells = [cell.split("|") for cell in row]
        most = max(map(len, cells))
        for left, lines in zip(LEFTS, cells, strict=False):
            down = (most - len(lines)) * PITCH / 2 if centred else 0
            for at, line in enumerate(filter(None, lines)):
                write(left, base + down + at * PITCH, line)
        base += most * PITCH + GAP
    write(120, base + GAP, BELOW)
    return PageImage(np.array(image), 150), tuple(strip for strip in strips if strip.words)


def in_rows(strips: Sequence[Strip], table: tables.Grid) -> list[list[str]]:
    found: dict[int, dict[int, str]] = {}
    for cell, lines in tables.in_cells(strips, table, 0):
        text = "|".join(" ".join(word.ocr for word in line.words) for line in lines)
        found.setdefault(cell.row, {})[cell.column] = text
    columns = range(len(table.columns) - 1)
    return [[row.get(column, "") for column in columns] for row in found.values()]


def without_column(strips: Sequence[Strip], left: int) -> tuple[Strip, ...]:
    """Return *strips* without those that begin there, as if they had been passed over."""
    return tuple(strip for strip in strips if abs(strip.box.left - left) > 5)


@pytest.mark.parametrize("centred", [False, True])
@pytest.mark.parametrize("header", [(HEADER,), ()])
def test_rows_and_columns_are_found(*, header: tuple[Row, ...], centred: bool) -> None:
    rows = (*header, *ROWS)
    image, strips = draw(rows, centred=centred)
    (table,) = find_borderless(image, strips, X_HEIGHT)
    assert in_rows(strips, table.grid) == list(map(list, rows))


def test_text_above_and_below_is_no_part_of_it() -> None:
    image, strips = draw((HEADER, *ROWS))
    (table,) = find_borderless(image, strips, X_HEIGHT)
    outside = [w.ocr for s in tables.outside(strips, table.grid) for w in s.words]
    assert " ".join(outside) == f"{ABOVE} {BELOW}"


def test_a_column_that_was_passed_over_is_part_of_it() -> None:
    image, strips = draw((HEADER, *ROWS))
    (table,) = find_borderless(image, without_column(strips, LEFTS[0]), X_HEIGHT)
    assert in_rows(strips, table.grid) == list(map(list, (HEADER, *ROWS)))


ROLL = (
    ("1.", "Lê Văn Bình", "Huyện ủy|Suối Vàng", "x"),
    ("2.", "Phạm Thị Hoa", "Ban Dân vận", ""),
    ("3.", "Nguyễn Thị|Ngọc Trâm", "Sở Nội vụ", "x"),
    ("4.", "Trần Quang Khải", "Văn phòng", "x"),
    ("5.", "Vũ Đức Minh", "Sở Tài chính", ""),
    ("6.", "Đỗ Thị Lan", "Công an tỉnh", "x"),
)


@pytest.mark.parametrize("unread", [(), (3, 4), range(1, 7)])
def test_labels_that_count_tell_the_rows_of_a_roll_even_where_they_were_passed_over(
    unread: Sequence[int],
) -> None:
    rows = (("TT", "Họ và tên", "Đơn vị", "Có mặt"), *ROLL)
    image, strips = draw(rows)
    labels = {f"{number}." for number in unread}
    read = tuple(strip for strip in strips if strip.words[0].ocr not in labels)
    (table,) = find_borderless(image, read, X_HEIGHT)
    assert in_rows(strips, table.grid) == list(map(list, rows))


def test_a_longer_name_in_a_narrow_gap_is_no_reason_to_lose_the_table() -> None:
    rows = (*ROWS[:2], ("3", "Nguyễn Thị Ngọc Bảo", "06/11/2013", "950.000"), *ROWS[3:])
    image, strips = draw(rows)
    (table,) = find_borderless(image, strips, X_HEIGHT)
    assert in_rows(strips, table.grid) == list(map(list, rows))


LABELLED = tuple((f"{n}.", "Đồng chí Lê Văn Bình", "Trưởng ban", "") for n in range(1, 7))
SIGNED = (
    ("Nơi nhận:", "", "T/M BAN THƯỜNG VỤ", ""),
    ("- Như Điều 3;", "", "PHÓ BÍ THƯ", ""),
    ("- Lưu VP 12.", "", "Lê Văn Bình", ""),
)
JOINT = tuple(("CHỦ TỊCH", "BÍ THƯ", "GIÁM ĐỐC", "") for _ in range(5))
FEW = ROWS[1:2] * 3


@pytest.mark.parametrize("rows", [LABELLED, SIGNED, JOINT, FEW, ()])
def test_lists_signatures_and_text_are_none(rows: Sequence[Row]) -> None:
    image, strips = draw(rows)
    assert find_borderless(image, strips, X_HEIGHT) == []


@given(
    st.lists(
        st.tuples(
            st.integers(0, 8),
            st.integers(0, 30),
            st.sampled_from(["12", "1.250", "3.", "Hoa", "x"]),
        ),
        max_size=150,
    )
)
def test_whatever_stands_anywhere_no_word_is_in_two_cells(
    words: list[tuple[int, int, str]],
) -> None:
    strips = [
        Strip(
            (Word(text, 0.9, Box(90 * x + y % 7, 20 * y, 14 * len(text), 22)),),
            0.0,
            20 * y + 22,
            15,
        )
        for x, y, text in words
    ]
    image = PageImage(np.full((700, 900), 255, np.uint8))
    for table in find_borderless(image, strips, X_HEIGHT):
        assert list(table.grid.rows) == sorted(table.grid.rows)
        assert list(table.grid.columns) == sorted(table.grid.columns)
        inside = [
            w for _, lines in tables.in_cells(strips, table.grid, 0) for s in lines for w in s.words
        ]
        outside = [w for strip in tables.outside(strips, table.grid) for w in strip.words]
        assert len(inside) + len(outside) == len(words)


def test_a_page_without_words_has_none() -> None:
    assert find_borderless(PageImage(np.full((400, 300), 255, np.uint8)), (), X_HEIGHT) == []


def test_what_was_read_before_stays_where_a_cell_gives_nothing() -> None:
    image, strips = draw(ROWS)
    (table,) = find_borderless(image, strips, X_HEIGHT)
    read = tuple(strip for strip in strips if strip.words[0].ocr != "950.000")
    kept = unread_again([table], strips, read)
    assert [word.ocr for strip in kept for word in strip.words] == ["950.000"]


@pytest.mark.tesseract
def test_a_table_without_rules_is_read_cell_by_cell() -> None:
    image, _ = draw((HEADER, *ROWS))
    lines = recognise(CleanPage(image, x_height=X_HEIGHT), RecognitionSettings())
    found: dict[tuple[int, int], list[str]] = {}
    for line in lines:
        if line.cell:
            found.setdefault((line.cell.row, line.cell.column), []).append(line.text)
    expected = {
        (r, c): cell.split("|")
        for r, row in enumerate((HEADER, *ROWS))
        for c, cell in enumerate(row)
    }
    assert found == expected
    assert [line.text for line in lines if line.cell is None] == [ABOVE, BELOW]

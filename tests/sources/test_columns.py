"""Tables in plain text are found by tabs, bars and columns of blanks; nothing else is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Line
from pipeline.sources.columns import lines_of

GRID = (
    ("TT", "Nội dung", "Cơ quan chủ trì", "Thời gian"),
    ("1", "Đề án phát triển du lịch", "Sở Văn hóa", "Quý IV/2016"),
    ("2", "Đề án đào tạo cán bộ", "Ban Tổ chức", "Quý I/2017"),
)
TABBED = "\n".join("\t".join(row) for row in GRID)
BARRED = "\n".join(f"| {' | '.join(row)} |" for row in GRID)
RULED = BARRED.replace("\n", "\n|---|---|---|---|\n", 1)
FRAMED = f"+----+----+----+----+\n{BARRED}\n+----+----+----+----+"
SPACED = "\n".join(f"{a:<5}{b:<28}{c:<18}{d}" for a, b, c, d in GRID)


def grid(lines: tuple[Line, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the cells of the only table of *lines* by row."""
    rows: dict[int, dict[int, list[str]]] = {}
    for line in lines:
        if line.cell is not None:
            rows.setdefault(line.cell.row, {}).setdefault(line.cell.column, []).append(line.text)
    return tuple(tuple(" ".join(cell) for cell in row.values()) for row in rows.values())


@pytest.mark.parametrize("text", [TABBED, BARRED, RULED, FRAMED, SPACED])
def test_a_table_has_a_line_for_each_cell(text: str) -> None:
    lines = lines_of(f"Phân công như sau:\n\n{text}\n\nCác cơ quan báo cáo.".split("\n"))
    assert grid(lines) == GRID
    assert [line.text for line in lines if line.cell is None] == [
        "Phân công như sau:",
        "Các cơ quan báo cáo.",
    ]
    assert lines[-1].gap_above


def test_the_wrapped_rest_of_a_cell_belongs_to_it() -> None:
    lines = lines_of(
        [
            "TT   Nội dung             Thời gian",
            "1    Đề án phát triển     Quý IV/2016",
            "     du lịch sinh thái",
            "2    Đề án đào tạo        Quý I/2017",
        ]
    )
    assert grid(lines)[1] == ("1", "Đề án phát triển du lịch sinh thái", "Quý IV/2016")


@pytest.mark.parametrize(
    "text",
    [
        "TỈNH ỦY BÌNH SƠN\tĐẢNG CỘNG SẢN VIỆT NAM\n*\tBình Sơn, ngày 05 tháng 4 năm 2022",
        "Nơi nhận:            T/M BAN THƯỜNG VỤ\n- Các huyện ủy,      PHÓ BÍ THƯ",
        "| TỐI MẬT |\n| HỎA TỐC |",
        "|. MỤC ĐÍCH\n|I. NỘI DUNG",
        "T/M ĐẢNG ỦY     T/M HỘI ĐỒNG     T/M HỘI\nBÍ THƯ          CHỦ TỊCH         CHỦ TỊCH",
        "Các cấp ủy  tập trung lãnh  đạo\nvà chỉ đạo  công tác này.",
    ],
)
def test_what_only_stands_side_by_side_is_no_table(text: str) -> None:
    assert all(line.cell is None for line in lines_of(text.split("\n")))


def test_two_columns_are_a_table_when_the_first_counts() -> None:
    assert grid(lines_of(["TT\tNội dung", "1\tTrồng rừng", "2\tGiữ rừng"])) == (
        ("TT", "Nội dung"),
        ("1", "Trồng rừng"),
        ("2", "Giữ rừng"),
    )


CELLS = st.sampled_from(["1", "2.", "TT", "Nội dung", "Sở Y tế", "", "Quý I", "---"])
ROWS = st.lists(
    st.builds(
        lambda cells, gap: gap.join(cells),
        st.lists(CELLS, max_size=5),
        st.sampled_from(["\t", "   ", " ", " | "]),
    ),
    max_size=8,
)


@given(ROWS)
def test_no_word_is_lost_added_or_moved(rows: list[str]) -> None:
    read = [word.ocr for line in lines_of(rows) for word in line.words]
    printed = [word for row in rows for word in row.replace("|", " ").split()]
    marks = {"|", "---"}  # the frame of a table
    assert [word for word in read if word not in marks] == [
        word for word in printed if word not in marks
    ]

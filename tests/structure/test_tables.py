"""Tables in text: as cells, or as what is left of one whose rules were not seen."""

import pytest

from pipeline.model import Cell, Document, Kind, Line, Merged, Page, Source, Word
from pipeline.outline import outline
from tests.structure.documents import PLAN, built

DUMPED = """\
TT

1

Tên thủ tục

Tuyển sinh trung
học phổ thông

Địa điểm thực hiện

- Tiếp nhận và trả
kết quả: Trung tâm.
- Cơ quan thực hiện:
Sở Giáo dục.

A

THỦ TỤC CẤP TỈNH

Ghi chú
"""
TABBED = "TT\tNội dung\tThời gian\n1\tTrồng rừng\tQuý I\n2\tGiữ rừng\tQuý II\n"


def units(made: Document) -> list[tuple[str, int, str]]:
    return [row.key for row in outline(made)]


def with_table(table: str) -> Document:
    return built(PLAN.replace("III. TỔ CHỨC", f"{table}\nIII. TỔ CHỨC"))


@pytest.mark.parametrize("table", [DUMPED, TABBED, TABBED.replace("\t", " | ")])
def test_what_stands_in_a_table_is_no_unit(table: str) -> None:
    assert units(with_table(table)) == units(built(PLAN))


def test_cells_one_below_the_other_stay_text_in_their_order() -> None:
    made = with_table(DUMPED)
    assert Kind.TABLE not in {block.kind for block in made.blocks}
    assert " ".join(DUMPED.split()) in " ".join(made.text.split())


def test_a_table_of_tabs_is_a_table() -> None:
    (block,) = (block for block in with_table(TABBED).blocks if block.kind is Kind.TABLE)
    assert [len(row) for row in block.rows] == [3, 3, 3]


def test_a_note_below_a_table_is_no_item() -> None:
    made = built(f"1. Chỉ tiêu\n\n{TABBED}\n* Ghi chú: Số liệu đến 30/6/2022.\n\n2. Kinh phí\n")
    assert [row.label for row in outline(made)] == ["1.", "2."]


def test_a_merged_cell_covers_the_rows_and_columns_that_hold_words() -> None:
    cells = [
        ("TT", Cell(0, 0, 0, rows=2)),
        ("Kinh phí", Cell(0, 0, 1, columns=3)),  # one of its columns is empty throughout
        ("tỉnh", Cell(0, 1, 1)),
        ("huyện", Cell(0, 1, 3)),
        ("1", Cell(0, 2, 0, columns=2)),  # another stands in what it would cover
        ("5", Cell(0, 2, 1)),
    ]
    lines = tuple(Line(tuple(map(Word, text.split())), cell=cell) for text, cell in cells)
    made = built(Document(Source("bang.pdf", "0"), (Page(1, lines=lines),)))
    assert made.text == "TT\tKinh phí\t\n\ttỉnh\thuyện\n1\t5\t\n"
    assert made.blocks[0].merged == (Merged(0, 0, 2, 1), Merged(0, 1, 1, 2))
    assert Document.from_json(made.to_json()) == made

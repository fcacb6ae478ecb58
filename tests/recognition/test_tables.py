"""Ruled tables: what stands in a cell comes out with its row and column."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.image import Ruling
from pipeline.model import Box, Cell, Word
from pipeline.recognition import arrange
from pipeline.recognition.hocr import Strip, parse
from pipeline.recognition.tables import grids, in_cells, outside
from tests.recognition import pages

HEIGHT = 2339


def across(y: int, left: int = 100, right: int = 1000) -> Ruling:
    return Ruling(left, y, right, y)


def down(x: int, top: int = 100, bottom: int = 400) -> Ruling:
    return Ruling(x, top, x, bottom)


GRID = (*map(across, (100, 200, 300, 400)), *map(down, (100, 500, 1000)))


def strip(top: int, *words: tuple[str, int]) -> Strip:
    read = tuple(Word(text, 0.9, Box(x, top, 80, 30)) for text, x in words)
    return Strip(read, 0.0, top + 30.0, 15.0)


def test_rulings_make_rows_and_columns():
    (grid,) = grids(GRID, HEIGHT)
    assert grid.rows == (100, 200, 300, 400)
    assert grid.columns == (100, 500, 1000)
    assert grid.cell(700, 250) == (1, 1)
    assert grid.cell(50, 250) is None


def test_lines_that_nearly_meet_are_one_table():
    short = (*map(across, (100, 200)), down(105, 103, 198), down(500, 98, 202), down(998))
    assert len(grids(short, HEIGHT)) == 1


def test_a_missing_outer_border_is_put_back():
    (grid,) = grids((*map(across, (100, 200, 300)), down(500, 100, 300)), HEIGHT)
    assert grid.columns == (100, 500, 1000)


def test_a_missing_border_inside_merges_the_cells():
    (grid,) = grids((across(100), across(200), across(300), down(100, 100, 300),
                     down(500, 200, 300), down(1000, 100, 300)), HEIGHT)  # fmt: skip
    assert grid.cell(700, 150) == grid.cell(200, 150) == (0, 0)
    assert grid.cell(700, 250) == (1, 1)


def test_a_merged_cell_says_how_many_rows_and_columns_it_covers():
    (grid,) = grids((across(100), across(200, 500), across(300), down(100, 100, 300),
                     down(500, 100, 300), down(750, 200, 300), down(1000, 100, 300)),
                    HEIGHT)  # fmt: skip
    read = [strip(130, ("TT", 150), ("Kinh", 600)), strip(230, ("tỉnh", 600), ("huyện", 800))]
    assert [cell for cell, _ in in_cells(read, grid, 0)] == [
        Cell(0, 0, 0, rows=2),
        Cell(0, 0, 1, columns=2),
        Cell(0, 1, 1),
        Cell(0, 1, 2),
    ]


def test_a_border_broken_by_a_letter_still_divides():
    broken = (across(200, 100, 480), across(200, 520, 1000))
    (grid,) = grids((across(100), *broken, across(300), down(100), down(1000)), HEIGHT)
    assert grid.cell(500, 150) != grid.cell(500, 250)


def test_the_rule_under_a_title_and_a_frame_are_no_tables():
    frame = (across(1000), across(1100), down(100, 1000, 1100), down(1000, 1000, 1100))
    assert grids((across(600, 400, 700), *frame), HEIGHT) == []


def test_two_rulings_that_only_meet_are_no_table_and_a_cross_is():
    assert grids([Ruling(1495, 549, 1615, 549), Ruling(1612, 481, 1612, 582)], 2339) == []
    (cross,) = grids([Ruling(200, 549, 1400, 549), Ruling(800, 481, 800, 982)], 2339)
    assert len(set(cross.cells.values())) == 4


def test_two_tables_are_two_from_top_to_bottom():
    low = tuple(Ruling(r.left, r.top + 900, r.right, r.bottom + 900) for r in GRID)
    found = grids((*low, *GRID), HEIGHT)
    assert [grid.rows[0] for grid in found] == [100, 1000]


def test_a_line_read_across_the_cells_is_cut_at_their_borders():
    (grid,) = grids(GRID, HEIGHT)
    cells = in_cells([strip(135, ("Nội", 200), ("dung", 300), ("Sở", 600))], grid, 0)
    assert [(cell, [w.ocr for line in lines for w in line.words]) for cell, lines in cells] == [
        (Cell(0, 0, 0), ["Nội", "dung"]),
        (Cell(0, 0, 1), ["Sở"]),
    ]


def test_pieces_of_one_line_in_a_cell_are_put_together():
    (grid,) = grids(GRID, HEIGHT)
    ((_, lines),) = in_cells([strip(136, ("hóa", 300)), strip(135, ("Văn", 200))], grid, 0)
    assert [[word.ocr for word in line.words] for line in lines] == [["Văn", "hóa"]]


def test_words_beside_the_table_stay_outside():
    (grid,) = grids(GRID, HEIGHT)
    line = strip(135, ("trong", 200), ("ngoài", 1200))
    assert [[w.ocr for w in rest.words] for rest in outside([line], grid)] == [["ngoài"]]


def test_a_real_table_comes_row_by_row_and_cell_by_cell_at_its_place():
    page = pages.table_page()
    lines = arrange(
        parse(pages.recorded("table_page")), page, grids(page.rulings, page.image.height)
    )
    expected = [
        (text, Cell(0, row, column))
        for row, cells in enumerate(pages.ROWS)
        for column, cell in enumerate(cells)
        for text in cell
    ]
    assert [(line.text, line.cell) for line in lines[1:-2]] == expected
    assert [line.text for line in (lines[0], *lines[-2:])] == ["PHÂN CÔNG THỰC HIỆN", *pages.LAST]


places = st.tuples(st.integers(0, 600), st.integers(0, 1400))


@given(st.lists(places, max_size=20))
def test_every_word_is_either_in_one_cell_or_outside(found):
    (grid,) = grids(GRID, HEIGHT)
    strips = [strip(top, (f"{n}", x)) for n, (top, x) in enumerate(found)]
    inside = [w.ocr for _, ls in in_cells(strips, grid, 0) for line in ls for w in line.words]
    beside = [w.ocr for line in outside(strips, grid) for w in line.words]
    assert sorted(inside + beside) == sorted(str(n) for n in range(len(found)))

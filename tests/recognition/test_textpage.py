"""The words of a page that is text already go into the cells of its ruled tables."""

from pipeline.image import Ruling
from pipeline.model import Box, Cell, Line, Page, Word
from pipeline.recognition.textpage import with_tables, x_height


def line(*placed: tuple[str, int, int]) -> Line:
    """Return a line of words, each from (text, left, top), 20 pixels a letter and 40 high."""
    words = tuple(Word(text, box=Box(left, top, 20 * len(text), 40)) for text, left, top in placed)
    return Line(words, Box.around([word.box for word in words if word.box]))


# Two columns, two rows; the right cell of the second row holds two lines, the left one between.
RULINGS = (
    *(Ruling(100, top, 900, top) for top in (200, 300, 500)),
    *(Ruling(left, 200, left, 500) for left in (100, 400, 900)),
)
PAGE = Page(
    1,
    1000,
    1400,
    300,
    (
        line(("Danh", 100, 100), ("mục", 220, 100)),
        line(("TT", 150, 230), ("Tên", 450, 230)),
        line(("1", 150, 370), ("Trồng", 450, 340), ("Chăm", 450, 410), ("rừng", 600, 340)),
        line(("Hết", 100, 600)),
    ),
)


def test_words_stand_in_their_cells_line_by_line_and_the_rest_around() -> None:
    made = with_tables(PAGE, RULINGS)
    assert [(row.text, row.cell) for row in made.lines] == [
        ("Danh mục", None),
        ("TT", Cell(0, 0, 0)),
        ("Tên", Cell(0, 0, 1)),
        ("1", Cell(0, 1, 0)),
        ("Trồng rừng", Cell(0, 1, 1)),
        ("Chăm", Cell(0, 1, 1)),
        ("Hết", None),
    ]


def test_no_word_is_lost_or_altered() -> None:
    def words(page: Page) -> list[Word]:
        return sorted((w for row in page.lines for w in row.words), key=lambda word: word.ocr)

    assert words(with_tables(PAGE, RULINGS)) == words(PAGE)


def test_a_page_without_a_table_stays_as_it_is() -> None:
    assert with_tables(PAGE, RULINGS[:3]) is PAGE
    assert x_height(PAGE) == 16
    assert x_height(Page(1)) == 0

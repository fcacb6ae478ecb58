"""Tables: ruled ones of the document, and the borderless frames of header and closing block."""

from collections.abc import Collection, Iterator, Sequence
from itertools import product

from docx.oxml.xmlchemy import BaseOxmlElement

from pipeline.model import Block, Merged, Word
from pipeline.writers.word.layout import twips
from pipeline.writers.word.runs import Sheet, paragraph
from pipeline.writers.word.stacking import Frame
from pipeline.writers.word.styles import FRAME, GRID
from pipeline.writers.word.xml import make

Row = list[list[Word]]
_PADDING = 4.0  # millimetres of a cell that its text cannot use: margins, and room for the estimate
_SHORT = 4  # characters up to which a column (number, unit) is centred


def frame_of(sheet: Sheet, blocks: Sequence[Block], form: tuple[float, float]) -> Frame:
    """Return the frame of *blocks*: as printed, else with the *form*'s widths, in millimetres."""
    printed = sheet.printed.frames.get(blocks[0]) if sheet.printed else None
    share = sheet.layout.page.text_width / sum(form)
    return printed or Frame(0, form[0] * share, sheet.layout.page.text_width)


def framed(frame: Frame, columns: Sequence[list[BaseOxmlElement]]) -> BaseOxmlElement:
    """Return a borderless table of one row that never breaks over pages.

    Args:
        frame: where it stands.
        columns: the paragraphs of each column; an empty column gets the one a cell must have.
    """
    cells = [
        _cell(width, column or [make("p")])
        for width, column in zip(frame.widths, columns, strict=True)
    ]
    row = make("tr", make("trPr", make("cantSplit")), *cells)
    return _table(FRAME, frame.widths, [row], frame.left)


def ruled(sheet: Sheet, block: Block) -> BaseOxmlElement:
    """Return the table of *block*: borders, head rows repeated on each page, no row broken.

    The head is the first row, and as many more as a cell of it reaches down.
    """
    words = [[sheet.document.words_of(cell) for cell in row] for row in block.rows]
    count = max(len(row) for row in words)
    grid: list[Row] = [row + [[]] * (count - len(row)) for row in words]
    covers = {field: each for each in block.merged for field in _fields(each)}
    reach = max((each.rows for each in block.merged if each.row == 0), default=1)
    headed = reach if len(grid) > reach else int(len(grid) > 1)
    widths = _widths(sheet, grid, {(each.row, each.column) for each in block.merged})
    short = [
        all(len(_text(row[column])) <= _SHORT for row in grid[headed:]) for column in range(count)
    ]
    rows = []
    for index, row in enumerate(grid):
        head = index < headed
        cells = []
        for column, (cell, centred) in enumerate(zip(row, short, strict=True)):
            cover = covers.get((index, column))
            if cover is None:
                own = [_cell_paragraph(sheet, cell, head, centred)]
                cells.append(_cell(widths[column], own))
            elif column == cover.column:
                wide = sum(widths[column : column + cover.columns])
                own = [_cell_paragraph(sheet, cell, head, head or cover.columns > 1)]
                cells.append(_cell(wide, own, cover, first=index == cover.row))
        repeat = make("tblHeader") if head else None
        rows.append(make("tr", make("trPr", make("cantSplit"), repeat), *cells))
    return _table(GRID, widths, rows)


def _fields(merged: Merged) -> Iterator[tuple[int, int]]:
    """Yield row and column of every field that *merged* covers."""
    rows = range(merged.row, merged.row + merged.rows)
    return product(rows, range(merged.column, merged.column + merged.columns))


def _cell_paragraph(sheet: Sheet, words: list[Word], head: bool, centred: bool) -> BaseOxmlElement:
    role = "table_head" if head else "cell_centred" if centred else "cell"
    return paragraph(sheet, role, words, seen=not head)


def _text(words: list[Word]) -> str:
    return " ".join(word.text for word in words if word.text)


def _widths(
    sheet: Sheet, grid: list[Row], merged: Collection[tuple[int, int]]
) -> tuple[float, ...]:
    """Return column widths in millimetres that fill the text width.

    Each column first gets what its longest word needs; what is left is shared by how much more its
    fullest cell could use, damped by the square root so that long columns do not starve the others.
    The places of *merged* cells are passed over: they have the room of several.
    """
    total = sheet.layout.page.text_width

    def millimetres(text: str) -> float:
        return sheet.layout.length(text, "table_head")  # bold, the wider of a table's styles

    alone = [
        [[] if (row, column) in merged else cell for column, cell in enumerate(cells)]
        for row, cells in enumerate(grid)
    ]
    columns = list(zip(*alone, strict=True))
    needs = [
        max(millimetres(part) for cell in column for part in (_text(cell).split() or [""]))
        + _PADDING
        for column in columns
    ]
    if sum(needs) >= total:
        return tuple(total * need / sum(needs) for need in needs)
    wants = [
        max(0.0, max(millimetres(_text(cell)) for cell in column) + _PADDING - need) ** 0.5
        for column, need in zip(columns, needs, strict=True)
    ]
    spare, wanted = total - sum(needs), sum(wants)
    shares = [want / wanted if wanted else 1 / len(wants) for want in wants]
    return tuple(need + spare * share for need, share in zip(needs, shares, strict=True))


def _cell(
    width: float,
    paragraphs: list[BaseOxmlElement],
    cover: Merged | None = None,
    *,
    first: bool = True,
) -> BaseOxmlElement:
    """Return a cell; *first*: not one that goes on with the merged cell above it."""
    across = cover is not None and cover.columns > 1
    down = cover is not None and cover.rows > 1
    properties = make(
        "tcPr",
        make("tcW", w=twips(width), type="dxa"),
        make("gridSpan", val=cover.columns) if cover and across else None,
        make("vMerge", val="restart" if first else "continue") if down else None,
    )
    return make("tc", properties, *paragraphs)


def _table(
    style: str, widths: Sequence[float], rows: list[BaseOxmlElement], left: float = 0
) -> BaseOxmlElement:
    return make(
        "tbl",
        make(
            "tblPr",
            make("tblStyle", val=style),
            make("tblW", w=sum(map(twips, widths)), type="dxa"),
            make("tblInd", w=twips(left), type="dxa") if left else None,
            make("tblLayout", type="fixed"),
        ),
        make("tblGrid", *(make("gridCol", w=twips(width)) for width in widths)),
        *rows,
    )

"""Documents as they are printed: words with boxes, as an ideal press and an ideal reader make them.

Millimetres and points are those of A4; all words are written for this project.
"""

from dataclasses import dataclass, field, replace
from typing import Self

from pipeline.model import Block, Box, Document, Kind, Line, Page, Source, Span, Word
from pipeline.structure.flow import ems
from pipeline.writers.word.layout import POINTS_PER_MM, System, load
from pipeline.writers.word.letters import extent

from .builder import word

WIDTH, HEIGHT = 2480, 3508  # pixels of A4 at 300 dpi
MM = WIDTH / 210
POINT = MM / POINTS_PER_MM
LEFT, RIGHT = 30.0, 195.0  # edges of the text in mm
LETTERS = load(System.PARTY).height
BLANK = 0.25  # em


@dataclass
class Paper:
    """Pages that are printed line by line.

    Attributes:
        at: the baseline of the last line, in points from the top of the page.
    """

    at: float = 0.0
    lines: list[list[Line]] = field(default_factory=lambda: [[]])
    blocks: list[Block] = field(default_factory=list)

    def turn(self) -> Self:
        """Go on with a new page."""
        self.lines.append([])
        return self

    def add(
        self,
        kind: Kind,
        *rows: tuple[str, float] | tuple[str, float, float],
        at: float | None = None,
        size: float = 14,
        step: float = 18,
        level: int = 0,
        label: str = "",
        title: int = 0,
    ) -> Self:
        """Print a block.

        Args:
            kind: of the block.
            rows: text, left edge and, where words are set apart to reach it, right edge in mm.
            at: baseline of the first row in points; without it *step* below the row before.
            size: of the type in points.
            step: from line to line in points.
            level, label, title: of the block.
        """
        spans = []
        for index, (text, left, *right) in enumerate(rows):
            self.at = at if at is not None and not index else self.at + step
            words = _set(
                text, left * MM, self.at * POINT, size * POINT, [each * MM for each in right]
            )
            page = self.lines[-1]
            page.append(Line(words, Box.around([each.box for each in words if each.box])))
            spans.append(Span(len(self.lines) - 1, len(page) - 1, 0, len(words)))
        self.blocks.append(Block(kind, tuple(spans), level, label, title))
        return self

    def document(self, width: int = WIDTH, height: int = HEIGHT) -> Document:
        pages = tuple(
            Page(number, width, height, 300, tuple(lines))
            for number, lines in enumerate(self.lines, 1)
        )
        return Document(Source("van-ban.pdf", "0" * 64), pages, tuple(self.blocks))


def centred(text: str, size: float = 14, axis: float = (LEFT + RIGHT) / 2) -> tuple[str, float]:
    """Return a row whose middle stands at *axis*."""
    return text, axis - _width(text, size * POINT) / MM / 2


def text(first: float = 40, lines: int = 3, *, ragged: bool = False) -> list[tuple[str, ...]]:
    """Return the rows of a paragraph, its first line at *first* mm."""
    words = "Các cấp ủy, tổ chức đảng xác định đây là nhiệm vụ trọng tâm của năm nay"
    more = " ở xã Thượng Lâm"
    rows = [(words + more * (index % 2), LEFT) for index in range(lines)]
    rows[0] = words, first
    full = [row if ragged else (*row, RIGHT) for row in rows[:-1]]
    return [*full, ("và ở cơ sở.", LEFT if lines > 1 else first)]


def scattered(document: Document, boxes: list[tuple[int, int]]) -> Document:
    """Put the lines of a document on A4, line by line at (left, baseline) in pixels."""
    page = document.pages[0]
    lines = []
    for line, (left, foot) in zip(page.lines, boxes, strict=True):
        words = _boxed(line.words, left, foot, 14 * POINT, [])
        found = [each.box for each in words if each.box]
        lines.append(replace(line, words=words, box=Box.around(found) if found else None))
    paper = replace(page, width=WIDTH, height=HEIGHT, dpi=300, lines=tuple(lines))
    return replace(document, pages=(paper,))


def _set(text: str, left: float, foot: float, em: float, right: list[float]) -> tuple[Word, ...]:
    return _boxed([word(part) for part in text.split()], left, foot, em, right)


def _boxed(
    words: list[Word] | tuple[Word, ...], left: float, foot: float, em: float, right: list[float]
) -> tuple[Word, ...]:
    blank = BLANK * em
    if right and len(words) > 1:
        blank = (right[0] - left - sum(ems(each.text) * em for each in words)) / (len(words) - 1)
    made = []
    for each in words:
        rise, drop = extent(each.text, LETTERS) or (0.69, 0.0)
        width = ems(each.text) * em
        bottom, height = round(foot + drop * em + 0.5), round((rise + drop) * em + 1)
        box = Box(round(left), bottom - height, round(width), height)
        made.append(replace(each, box=box, confidence=0.95))
        left += width + blank
    return tuple(made)


def _width(text: str, em: float) -> float:
    parts = [word(part).text for part in text.split()]
    return sum(ems(part) * em for part in parts) + BLANK * em * (len(parts) - 1)


def letter() -> Document:
    """A letter of a made-up provincial Party committee, printed as the form asks."""
    left, right = 63.0, 150.0
    paper = Paper().add(
        Kind.ISSUING_BODY, centred("**TỈNH** **ỦY** **BÌNH** **SƠN**", axis=left), at=71
    )
    paper.add(Kind.ORNAMENT, centred("*", axis=left))
    paper.add(Kind.NUMBER, centred("Số 145-CV/TU", axis=left))
    paper.add(
        Kind.SUBJECT,
        centred("_Về_ _việc_ _chuẩn_ _bị_", 12, left),
        centred("_làm_ _việc_ _với_ _huyện_", 12, left),
        size=12,
    )
    motto = "**ĐẢNG** **CỘNG** **SẢN** **VIỆT** **NAM**"
    paper.add(Kind.MOTTO, centred(motto, 15, right), at=71, size=15)
    date = "_Bình_ _Sơn,_ _ngày_ _05_ _tháng_ _9_ _năm_ _2022_"
    paper.add(Kind.PLACE_DATE, centred(date, 14, right), at=107)
    paper.add(Kind.ADDRESSEE, ("_Kính_ _gửi:_", 60), at=185)
    paper.add(Kind.ADDRESSEE, ("- Các ban, cơ quan Tỉnh ủy,", 82))
    paper.add(Kind.ADDRESSEE, ("- Huyện ủy Suối Vàng.", 82))
    paper.add(Kind.PARAGRAPH, *text(), at=260)
    paper.add(Kind.ITEM, *text(lines=4), at=320, level=1, label="Các")
    paper.add(Kind.RECIPIENTS, ("Nơi nhận:", LEFT), at=420)
    paper.add(Kind.RECIPIENTS, ("- Như kính gửi,", LEFT), size=12)
    paper.add(Kind.RECIPIENTS, ("- Lưu Văn phòng Tỉnh ủy.", LEFT), size=12, step=15)
    axis = 157.0
    paper.add(Kind.AUTHORITY, centred("**T/L** **BAN** **THƯỜNG** **VỤ**", axis=axis), at=420)
    paper.add(Kind.OFFICE, centred("CHÁNH VĂN PHÒNG", axis=axis))
    paper.add(Kind.SIGNER, centred("**Nguyễn** **Thanh** **Hậu**", axis=axis), at=530)
    return paper.document()

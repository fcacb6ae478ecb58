"""Lines of type: breaks paragraphs at the measure, puts lines under each other and fills pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from samples.make.faces import Face, width
from samples.make.sheet import HEIGHT, MM, WIDTH, Rule, Sheet, Text

INDENT = 10 * MM
_RISE = 0.75  # part of the leading that stands above the baseline


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face."""

    text: str
    face: Face = Face.REGULAR


Line = list[tuple[str, Face]]


def break_lines(runs: Sequence[Run], size: float, measure: float, indent: float = 0) -> list[Line]:
    """Break *runs* at blanks into lines no wider than *measure*, and where a text has a line break.

    The first line is shorter by *indent*. All lengths in points.
    """
    lines: list[Line] = []
    line: Line = []
    room = measure - indent
    for run in runs:
        for number, part in enumerate(run.text.strip().split("\n")):
            words = [(word, run.face) for word in part.split()]
            if number:
                lines.append(line)
                line, room = [], measure
            for word in words:
                if line and _natural([*line, word], size) > room:
                    lines.append(line)
                    line, room = [], measure
                line.append(word)
    return [*lines, line]


def _natural(line: Line, size: float) -> float:
    blanks = (len(line) - 1) * width(" ", Face.REGULAR, size)
    return blanks + sum(width(word, face, size) for word, face in line)


class Column:
    """Sets lines downwards between the margins, opening a new page when one is full."""

    def __init__(self, right_margin: float, leading: float) -> None:
        self.left = 30 * MM
        self.right = WIDTH - right_margin
        self.leading = leading
        self.top = 20 * MM
        self.bottom = HEIGHT - 20 * MM
        self.sheets = [Sheet()]
        self.y = self.top

    @property
    def sheet(self) -> Sheet:
        """The page being filled."""
        return self.sheets[-1]

    def new_page(self) -> None:
        """Open a page and number it, top centre, 10 mm from the edge."""
        self.sheets.append(Sheet())
        number = str(len(self.sheets))
        self.centred_at(WIDTH / 2, 10 * MM + 14 * _RISE, Run(number), 14)
        self.y = self.top

    def need(self, height: float) -> None:
        """Open a new page unless *height* is left on this one."""
        if self.y + height > self.bottom:
            self.new_page()

    def paragraph(
        self,
        runs: Sequence[Run],
        *,
        size: float = 14,
        before: float = 6,
        keep: bool = False,
    ) -> None:
        """Set a justified paragraph with a first-line indent, no line of it alone on a page.

        Args:
            runs: the text.
            size: of the type.
            before: space above, left out at the top of a page.
            keep: whether at least two lines of what follows must stand on the same page.
        """
        lines = break_lines(runs, size, self.right - self.left, INDENT)
        if self.y > self.top:
            self.y += before
        fit = int((self.bottom - self.y) / self.leading + 1e-6)
        wanted = len(lines) + 2 if keep else min(len(lines), 2)
        if fit < wanted:
            self.new_page()
        elif fit == len(lines) - 1:
            fit -= 1
            if fit < 2:
                self.new_page()
        for number, line in enumerate(lines):
            if number and number == fit and len(lines) > fit:
                self.new_page()
            indent = 0 if number else INDENT
            self._justified(line, size, self.left + indent, last=number == len(lines) - 1)
            self.y += self.leading

    def centred(self, run: Run, size: float, before: float = 0) -> None:
        """Set the lines of *run* in the middle between the margins."""
        self.y += before
        for line in run.text.strip().split("\n"):
            middle = (self.left + self.right) / 2
            self.centred_at(middle, self.y + self.leading * _RISE, Run(line, run.face), size)
            self.y += self.leading

    def centred_at(self, middle: float, baseline: float, run: Run, size: float) -> float:
        """Set one line around *middle*; return its width."""
        wide = width(run.text, run.face, size)
        self.sheet.texts.append(Text(middle - wide / 2, baseline, run.text, run.face, size))
        return wide

    def rule(self, middle: float, y: float, length: float) -> None:
        """Draw a horizontal rule around *middle*."""
        self.sheet.rules.append(Rule(middle - length / 2, y, middle + length / 2, y))

    def _justified(self, line: Line, size: float, x: float, *, last: bool) -> None:
        blank = width(" ", Face.REGULAR, size)
        if not last and len(line) > 1:
            blank += (self.right - x - _natural(line, size)) / (len(line) - 1)
        baseline = self.y + self.leading * _RISE
        for word, face in line:
            self.sheet.texts.append(Text(x, baseline, word, face, size))
            x += width(word, face, size) + blank

"""A word that a line ran through is in doubt, whatever comes later; one above a line is not."""

from __future__ import annotations

import pytest

from pipeline.correction import correct
from pipeline.image import Ruling
from pipeline.model import Box, Document, Line, Page, Source, Word
from pipeline.recognition.crossed import with_crossed_doubted
from pipeline.recognition.hocr import Strip
from pipeline.settings import Settings

X_HEIGHT = 20.0
BASELINE = 130
WORDS = (
    Word("ngày", 0.96, Box(100, 100, 90, 38)),
    Word("12/3/2019", 0.96, Box(200, 100, 180, 30)),
    Word("vẻ", 0.7, Box(390, 92, 40, 38)),
)


def doubted(*rulings: Ruling) -> list[str]:
    strip = Strip(WORDS, 0.0, float(BASELINE), X_HEIGHT)
    (after,) = with_crossed_doubted([strip], rulings)
    assert [(word.ocr, word.box) for word in after.words] == [
        (word.ocr, word.box) for word in WORDS
    ]
    return [word.ocr for word in after.words if word.doubtful]


def across(y: int, left: int = 0, right: int = 1000) -> Ruling:
    return Ruling(left, y, right, y)


def down(x: int, top: int = 0, bottom: int = 1000) -> Ruling:
    return Ruling(x, top, x, bottom)


@pytest.mark.parametrize("y", [102, 115, 128])
def test_a_line_through_words_leaves_figures_and_unsure_words_in_doubt(y: int) -> None:
    assert doubted(across(y)) == ["12/3/2019", "vẻ"]


@pytest.mark.parametrize(
    "ruling",
    [
        across(134),  # an underline
        across(80),  # the edge of a table
        across(115, right=230),  # reaches a part of the figures only
        down(386),  # between words
        down(290, bottom=60),  # ends above the line
    ],
)
def test_lines_beside_words_leave_no_doubt(ruling: Ruling) -> None:
    assert doubted(ruling) == []


def test_a_line_that_runs_down_leaves_the_one_word_in_doubt_that_it_meets() -> None:
    assert doubted(down(290)) == ["12/3/2019"]
    assert doubted(down(140)) == []  # surely read, and no figure


def test_a_crossed_word_that_is_corrected_stays_in_doubt() -> None:
    strip = Strip(WORDS, 0.0, float(BASELINE), X_HEIGHT)
    texts = ("Ban", "Chấp", "hành", "Đảng", "bộ", "tỉnb")
    crossed = [Word(text, 0.7, Box(100 * at, 100, 80, 30)) for at, text in enumerate(texts)]
    (after,) = with_crossed_doubted([strip.part(crossed)], [across(115)])
    page = Page(1, 1000, 1000, 200, lines=(Line(after.words, after.box),))
    document = correct(Document(Source("a.png", "0" * 64), (page,)), Settings().correction)
    words = document.pages[0].lines[0].words
    assert words[-1].text == "tỉnh"
    assert all(word.doubtful for word in words)

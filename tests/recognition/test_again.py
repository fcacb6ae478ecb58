"""The surer of two readings is kept; a figure that was read in two ways is trusted by nobody."""

import numpy as np

from pipeline.image import PageImage
from pipeline.model import Box, Word
from pipeline.recognition.again import find_unsure
from pipeline.recognition.hocr import Strip

PAGE = PageImage(np.full((200, 900), 255, np.uint8), 200)
BOX = Box(100, 50, 80, 30)


def strip(text: str, confidence: float, box: Box = BOX) -> Strip:
    return Strip((Word(text, confidence, box),), 0.0, 80.0, 18.0)


def reread(first: Strip, second: Strip) -> Word:
    unsure = find_unsure(PAGE, [first], 18)
    (box,) = (piece.box for pieces in unsure.stack.pieces for piece in pieces)
    frame, scale = unsure.stack.frame, unsure.stack.scale
    read = second.moved(frame - box.left, frame - box.top).scaled(scale)
    (outcome,) = unsure.decided([first], [(read,)])
    return outcome.words[0]


def test_the_surer_reading_is_kept() -> None:
    word = reread(strip("tinh", 0.6), strip("tỉnh", 0.95))
    assert (word.ocr, word.confidence, word.box) == ("tỉnh", 0.95, BOX)
    word = reread(strip("tỉnh", 0.7), strip("tinh", 0.6))
    assert word.ocr == "tỉnh"


def test_figures_that_differ_are_trusted_by_nobody() -> None:
    word = reread(strip("23/4/2018", 0.7), strip("23/4/2013", 0.9))
    assert word.confidence is not None
    assert word.confidence <= 0.5
    word = reread(strip("23/4/2018", 0.7), strip("23/4/2018", 0.9))
    assert word.confidence == 0.7


def test_what_stands_elsewhere_is_another_word() -> None:
    word = reread(strip("tinh", 0.6), strip("tỉnh", 0.95, Box(400, 50, 80, 30)))
    assert word.ocr == "tinh"


def test_figures_that_a_second_reading_lost_or_set_apart_stay() -> None:
    first = strip("15/04", 0.6)
    lost = strip("/04", 0.95, Box(120, 50, 60, 30))
    word = reread(first, lost)
    assert word.ocr == "15/04"
    assert word.confidence is not None
    assert word.confidence <= 0.5
    apart = Strip(
        (Word("15", 0.95, Box(100, 50, 28, 30)), Word("/04", 0.9, Box(130, 50, 50, 30))),
        *(0.0, 80.0, 18.0),
    )
    assert reread(first, apart) == first.words[0]


def test_a_sure_line_is_not_read_again() -> None:
    unsure = find_unsure(PAGE, [strip("tỉnh", 0.95)], 18)
    assert unsure.stack.pictures == ()
    assert unsure.decided([strip("tỉnh", 0.95)], []) == (strip("tỉnh", 0.95),)

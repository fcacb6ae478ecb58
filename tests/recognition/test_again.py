"""The surer of two readings is kept; a figure that was read in two ways is trusted by nobody."""

import numpy as np
import pytest

from pipeline.image import PageImage
from pipeline.model import Box, Choice, Word
from pipeline.recognition.again import find_unsure
from pipeline.recognition.hocr import Strip
from pipeline.recognition.surer import surer

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


def test_the_sign_of_a_marker_stays() -> None:
    assert reread(strip("1.", 0.86), strip("1,", 0.9)).ocr == "1."
    assert reread(strip("1,", 0.86), strip("1.", 0.9)).ocr == "1."


def test_a_letter_of_the_other_reading_stays_as_a_choice() -> None:
    def seen(text: str, confidence: float) -> Strip:
        choices = tuple((Choice(letter, 0.9),) for letter in text)
        return Strip((Word(text, confidence, BOX, choices=choices),), 0.0, 80.0, 18.0)

    word = reread(seen("tinh", 0.6), seen("tỉnh", 0.95))
    assert word.ocr == "tỉnh"
    assert [choice.text for choice in word.choices[1]] == ["ỉ", "i"]
    assert word.choices[1][1].confidence < word.choices[1][0].confidence


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


def row(*words: tuple[str, float, int, int]) -> Strip:
    """Return words side by side: text, confidence, left and right end."""
    boxes = [Word(text, sure, Box(left, 50, right - left, 30)) for text, sure, left, right in words]
    return Strip(tuple(boxes), 0.0, 80.0, 18.0)


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        # A number that Tesseract broke: told once, whole.
        ([("22/1", 0.7, 97, 171), ("1/2019;", 0.5, 180, 306)], "22/11/2019;", ["22/11/2019;"]),
        # Two words that the second reading ran together: they stay two.
        ([("19", 0.2, 100, 130), ("tháng", 0.3, 138, 220)], "19tháng", ["19", "tháng"]),
        ([("443/QĐ", 0.5, 97, 200), ("ngày", 0.9, 210, 280)], "443/QĐngày!", ["443/QĐ", "ngày"]),
        ([("Kiêm", 0.6, 97, 150), ("soát", 0.9, 158, 200)], "Kiểmsoát", ["Kiêm", "soát"]),
        # Parts of one letter's word that touch.
        ([("T‹", 0.3, 100, 124), ("ồ", 0.4, 121, 142)], "Tổ", ["Tổ"]),
    ],
)
def test_words_read_again_as_one_are_told_once(
    first: list[tuple[str, float, int, int]], second: str, outcome: list[str]
) -> None:
    wide = Box(first[0][2], 50, first[-1][3] - first[0][2], 30)
    found = surer(row(*first).words, [Word(second, 0.92, wide)], 18.0)
    assert [word.ocr for word in found] == outcome


def test_what_was_read_of_the_next_word_is_not_told_twice() -> None:
    first = row(("443/QĐ-BYT", 0.5, 97, 420), ("ngày", 0.9, 340, 418)).words
    others = row(("443/QĐ-BYT", 0.8, 97, 330), ("ngày!", 0.7, 340, 420)).words
    assert [word.ocr for word in surer(first, others, 18.0)] == ["443/QĐ-BYT", "ngày"]


def test_a_broken_number_with_other_figures_is_trusted_by_nobody() -> None:
    first = row(("22/1", 0.7, 97, 171), ("1/2019;", 0.6, 180, 306))
    found = surer(first.words, [Word("22/11/2010;", 0.92, Box(97, 50, 209, 30))], 18.0)
    assert [(word.ocr, word.confidence) for word in found] == [("22/1", 0.5), ("1/2019;", 0.5)]


def test_a_figure_must_be_surer_than_a_word_not_to_be_read_again() -> None:
    assert find_unsure(PAGE, [strip("07/6/2017", 0.9)], 18).places == (0,)
    assert find_unsure(PAGE, [strip("Ninh", 0.9)], 18).places == ()


def test_a_sure_line_is_not_read_again() -> None:
    unsure = find_unsure(PAGE, [strip("tỉnh", 0.95)], 18)
    assert unsure.stack.pictures == ()
    assert unsure.decided([strip("tỉnh", 0.95)], []) == (strip("tỉnh", 0.95),)

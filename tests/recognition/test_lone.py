"""A number far from the words of its line is put there, in doubt."""

import pytest

from pipeline.model import Box, Word
from pipeline.recognition.hocr import Strip
from pipeline.recognition.lone import with_numbers

X_HEIGHT = 20.0


def strip(text: str, left: int, bottom: int, confidence: float = 0.95, height: int = 28) -> Strip:
    word = Word(text, confidence, Box(left, bottom - height, 40, height))
    return Strip((word,), 0.0, float(bottom), X_HEIGHT)


LINES = [strip("Chương", 100, 200), strip("Kết", 100, 250)]


def test_a_number_goes_to_the_line_that_it_stands_on() -> None:
    found = with_numbers(LINES, [strip("19", 900, 252), strip("7", 900, 199)])
    assert [[word.ocr for word in each.words] for each in found] == [["Chương", "7"], ["Kết", "19"]]
    assert [word.doubtful for each in found for word in each.words] == [False, True] * 2


@pytest.mark.parametrize(
    "read",
    [
        strip("7", 900, 225),  # between the lines
        strip("7", 900, 200, confidence=0.7),
        strip("l7", 900, 200),
        strip("7", 900, 200, height=60),  # a stroke of a pen
    ],
)
def test_what_is_no_number_of_a_line_is_left(read: Strip) -> None:
    assert with_numbers(LINES, [read]) == LINES

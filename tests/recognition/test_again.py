"""The surer of two readings is kept; a figure that was read in two ways is trusted by nobody."""

import numpy as np
import pytest

from pipeline.image import PageImage
from pipeline.model import Box, Word
from pipeline.recognition import again
from pipeline.recognition.again import read_again
from pipeline.recognition.hocr import Strip
from pipeline.settings import RecognitionSettings

PAGE = PageImage(np.full((200, 900), 255, np.uint8), 200)
BOX = Box(100, 50, 80, 30)


def strip(text: str, confidence: float, box: Box = BOX) -> Strip:
    return Strip((Word(text, confidence, box),), 0.0, 80.0, 18.0)


def reread(
    monkeypatch: pytest.MonkeyPatch, first: Strip, second: Strip
) -> tuple[Word, list[list[Box]]]:
    asked: list[list[Box]] = []

    def read_stacked(_: PageImage, boxes: list[Box], *__: object) -> list[tuple[int, Strip]]:
        asked.append(boxes)
        return [(number, second) for number in range(len(boxes))]

    monkeypatch.setattr(again, "read_stacked", read_stacked)
    (outcome,) = read_again(PAGE, [first], 18, RecognitionSettings())
    return outcome.words[0], asked


def test_the_surer_reading_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    word, _ = reread(monkeypatch, strip("tinh", 0.6), strip("tỉnh", 0.95))
    assert (word.ocr, word.confidence, word.box) == ("tỉnh", 0.95, BOX)
    word, _ = reread(monkeypatch, strip("tỉnh", 0.7), strip("tinh", 0.6))
    assert word.ocr == "tỉnh"


def test_figures_that_differ_are_trusted_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    word, _ = reread(monkeypatch, strip("23/4/2018", 0.7), strip("23/4/2013", 0.9))
    assert word.confidence is not None
    assert word.confidence <= 0.5
    word, _ = reread(monkeypatch, strip("23/4/2018", 0.7), strip("23/4/2018", 0.9))
    assert word.confidence == 0.7


def test_what_stands_elsewhere_is_another_word(monkeypatch: pytest.MonkeyPatch) -> None:
    word, _ = reread(monkeypatch, strip("tinh", 0.6), strip("tỉnh", 0.95, Box(400, 50, 80, 30)))
    assert word.ocr == "tinh"


def test_a_sure_line_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    _, asked = reread(monkeypatch, strip("tỉnh", 0.95), strip("tinh", 0.99))
    assert asked == [[]]

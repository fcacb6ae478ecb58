"""Numerals of strokes: the picture says how many letters they have."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.image import PageImage
from pipeline.model import Box, Word
from pipeline.recognition.hocr import Strip
from pipeline.recognition.strokes import with_miscounted_doubted
from tests.imaging.drawing import font

X_HEIGHT = 20.0
BASELINE = 130


def is_doubted(printed: str, read: str) -> bool:
    image = Image.new("L", (900, 300), 250)
    pen = ImageDraw.Draw(image)
    pen.text((100, BASELINE), f"{printed} NHIỆM VỤ", 20, font(43), anchor="ls")
    left, top, right, bottom = (
        round(side) for side in pen.textbbox((100, BASELINE), printed, font(43), anchor="ls")
    )
    word = Word(read, 0.93, Box(left, top, right - left, bottom - top))
    (strip,) = with_miscounted_doubted(
        PageImage(np.array(image)), [Strip((word,), 0.0, float(BASELINE), X_HEIGHT)]
    )
    assert (strip.words[0].ocr, strip.words[0].box) == (read, word.box)
    return strip.words[0].doubtful


@pytest.mark.parametrize("text", ["I.", "II.", "III.", "II", "1.", "11", "1)", "II)", "11/", "I)"])
def test_numerals_with_as_many_letters_as_strokes_are_trusted(text: str) -> None:
    assert not is_doubted(text, text)


@pytest.mark.parametrize(
    ("printed", "read"), [("III.", "II."), ("II.", "I."), ("II)", "1)"), ("II", "III"), ("11", "1")]
)
def test_numerals_with_other_numbers_of_letters_are_in_doubt(printed: str, read: str) -> None:
    assert is_doubted(printed, read)


@pytest.mark.parametrize("text", ["IV.", "Il", "12", "VI", "a)"])
def test_other_words_are_not_counted(text: str) -> None:
    assert not is_doubted("III.", text)

"""What was read from specks is not trusted; what is printed is, however small."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.image import PageImage
from pipeline.model import Box, Choice, Word
from pipeline.recognition.dirt import without_trust_in_dirt
from pipeline.recognition.hocr import Strip
from tests.imaging.drawing import font

X_HEIGHT = 20.0
BASE = 130


def page() -> Image.Image:
    image = Image.new("L", (900, 300), 250)
    ImageDraw.Draw(image).text((100, BASE), "Trung cấp nghề", 20, font(43), anchor="ls")
    return image


def confidence(image: Image.Image, word: Word) -> float:
    row = Strip((Word("nghề", 0.95, Box(330, 95, 90, 45)), word), 0.0, float(BASE), X_HEIGHT)
    (strip,) = without_trust_in_dirt(PageImage(np.array(image)), [row], X_HEIGHT)
    assert [other.ocr for other in strip.words] == ["nghề", word.ocr]
    assert [other.box for other in strip.words] == [other.box for other in row.words]
    assert strip.words[0].confidence == 0.95
    assert strip.words[1].confidence is not None
    return strip.words[1].confidence


@pytest.mark.parametrize("read", ["3", "A", "14"])
@pytest.mark.parametrize("size", [(8, 3), (12, 6), (3, 3)])
def test_a_figure_from_specks_is_not_trusted(read: str, size: tuple[int, int]) -> None:
    image = page()
    ImageDraw.Draw(image).rectangle((500, 115, 499 + size[0], 114 + size[1]), 120)
    assert confidence(image, Word(read, 0.93, Box(495, 110, 24, 24))) < 0.2


@pytest.mark.parametrize("points", [19, 28, 43])
def test_a_printed_figure_is_trusted_however_small(points: int) -> None:
    image = page()
    ImageDraw.Draw(image).text((500, BASE - 20), "3", 20, font(points), anchor="ls")
    assert confidence(image, Word("3", 0.93, Box(495, 60, 40, 60))) == 0.93


def test_marks_are_low_and_trusted() -> None:
    image = page()
    ImageDraw.Draw(image).rectangle((500, 122, 505, 130), 20)
    choices = ((Choice(".", 0.9),),)
    assert confidence(image, Word(".", 0.93, Box(500, 122, 6, 9), choices)) == 0.93

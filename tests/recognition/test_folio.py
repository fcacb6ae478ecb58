"""A page number alone at the edge is found, and nothing else is taken for one."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.image import PageImage
from pipeline.model import Box, Word
from pipeline.recognition.folio import figures, find_folio
from pipeline.recognition.hocr import Strip
from pipeline.recognition.stack import read_all
from pipeline.settings import RecognitionSettings
from tests.imaging.drawing import font

X_HEIGHT = 20.0
BODY = (Strip((Word("Điều", 0.9, Box(100, 300, 90, 30)),), 0.0, 330.0, X_HEIGHT),)


def page(text: str, x: int = 600, y: int = 120) -> np.ndarray:
    drawn = Image.new("L", (1240, 1600), 250)
    ImageDraw.Draw(drawn).text((x, y), text, 20, font(13 * 200 / 72), anchor="ls")
    return np.array(drawn)


def found(image: np.ndarray) -> tuple[Strip, ...]:
    folio = find_folio(PageImage(image, 200), BODY)
    return folio.number(read_all(folio.pictures, RecognitionSettings()))


def number(image: np.ndarray) -> list[str]:
    return [word.ocr for strip in found(image) for word in strip.words]


@pytest.mark.parametrize("text", ["2", "7", "14", "36"])
def test_a_lone_number_above_the_text_is_read(text: str) -> None:
    assert number(page(text)) == [text]


@pytest.mark.parametrize("figure", range(1, 21))
def test_a_number_is_never_another_one(figure: int) -> None:
    assert number(page(str(figure))) in ([str(figure)], [])


def test_it_is_found_below_the_text_too_and_where_it_stands() -> None:
    (strip,) = found(page("6", y=1500))
    assert strip.words[0].ocr == "6"
    box = strip.box
    assert abs(box.left - 600) < 20
    assert abs(box.bottom - 1500) < 20


@pytest.mark.parametrize("text", ["A", "2 of 14", "1234", "."])
def test_letters_and_more_than_a_number_are_none(text: str) -> None:
    assert number(page(text)) == []


def test_what_stands_at_the_very_edge_is_dirt() -> None:
    assert number(page("1", x=5)) == []


def test_an_empty_page_has_none() -> None:
    assert number(np.full((1600, 1240), 250, np.uint8)) == []
    assert find_folio(PageImage(page("2"), 200), ()).pictures == ()


def test_two_figures_far_apart_are_no_number() -> None:
    band = np.minimum(page("2"), page("3", x=400))[:290]
    assert figures(band, 128.0, X_HEIGHT) is None

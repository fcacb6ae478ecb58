"""White print on black is turned over, wherever it stands; what is merely dark is left alone."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.image import PageImage, Pixels
from pipeline.imaging import clean
from pipeline.imaging.inverse import find_negatives, turn_over
from pipeline.settings import ImagingSettings
from tests.imaging import drawing


def with_bar(top: int, left: int, right: int, words: str = "THÔNG BÁO KẾT LUẬN CỦA") -> Pixels:
    """Return a page with a black bar that bears a white heading."""
    image = Image.fromarray(drawing.draw(150))
    pen = ImageDraw.Draw(image)
    pen.rectangle((left, top, image.width - 1 - right, top + 70), fill=10)
    pen.text((left + 260, top + 20), words, font=drawing.font(26), fill=250)
    return np.array(image)


def test_a_negative_is_turned_over() -> None:
    page = drawing.draw(150)
    mask, share = find_negatives(np.asarray(255 - page, np.uint8))
    assert share > 0.95
    turned = turn_over(255 - page, mask)
    assert np.mean(np.abs(turned.astype(int) - page) > 60) < 0.01


@pytest.mark.parametrize(
    ("top", "left", "right"),
    [(0, 0, 0), (0, 100, 100), (900, 0, 0), (900, 0, 300), (900, 150, 150)],
    ids=["whole top", "top", "both sides", "left", "inside"],
)
def test_a_white_heading_on_a_bar_is_turned_over(top: int, left: int, right: int) -> None:
    page = with_bar(top, left, right)
    plain = drawing.draw(150)
    ImageDraw.Draw(image := Image.fromarray(plain)).rectangle(
        (left, top, image.width - 1 - right, top + 70), fill=255
    )
    (cleaned,) = clean(PageImage(page, 150), ImagingSettings(resolution=False))
    assert cleaned.steps[0].name == "inverse"
    assert "borders" not in [step.name for step in cleaned.steps]
    bar = cleaned.image.pixels[top : top + 70, left + 255 : left + 255 + 350]
    assert 0.03 < (bar < 128).mean() < 0.4


def test_colour_is_turned_over_too() -> None:
    page = np.dstack([255 - drawing.draw(150)] * 3)
    (cleaned,) = clean(PageImage(np.ascontiguousarray(page), 150), ImagingSettings())
    assert cleaned.steps[0].name == "inverse"
    assert not cleaned.blank


def framed(grain: int) -> Pixels:
    page = drawing.draw(150)
    chance = np.random.default_rng(3)
    rim = np.full_like(page, 12)
    depth = 40 + (20 * np.sin(np.arange(len(page)) / 9)).astype(int)
    for row, cut in enumerate(depth):
        page[row, :cut] = rim[row, :cut]
    page[:60] = 12
    noise = chance.integers(-grain, grain + 1, page.shape)
    return np.clip(page + noise, 0, 255).astype(np.uint8)


def sealed() -> Pixels:
    return drawing.seal(drawing.draw(150), (700, 900), 120)


def photographed() -> Pixels:
    """Return a page on a dark desk with a grain."""
    page = drawing.draw(150)
    desk = np.random.default_rng(5).integers(20, 70, (2200, 1700), dtype=np.uint8)
    desk = np.asarray(cv2.GaussianBlur(desk, (0, 0), 2), np.uint8)
    desk[200 : 200 + page.shape[0], 200 : 200 + page.shape[1]] = page
    return desk


def portrait() -> Pixels:
    page = drawing.draw(150)
    chance = np.random.default_rng(8).integers(0, 256, (40, 30), dtype=np.uint8)
    page[1100:1500, 200:500] = cv2.resize(chance, (300, 400), interpolation=cv2.INTER_CUBIC)
    return page


@pytest.mark.parametrize(
    "page",
    [
        drawing.draw(150),
        drawing.draw(300),
        drawing.shade(drawing.draw(150), 0.2),
        np.zeros((1754, 1240), np.uint8),
        np.full((1754, 1240), 255, np.uint8),
        drawing.speckle(np.zeros((1754, 1240), np.uint8), 0.001),
        np.random.default_rng(1).integers(0, 256, (1754, 1240), dtype=np.uint8),
        framed(0),
        framed(12),
        sealed(),
        photographed(),
        portrait(),
        with_bar(900, 150, 150, ""),
    ],
    ids=[
        *("page", "fine page", "shaded", "black", "white", "specks on black", "noise"),
        *("border", "grainy border", "seal", "desk", "portrait", "bar"),
    ],
)
def test_what_is_not_print_on_black_is_left_alone(page: Pixels) -> None:
    assert find_negatives(page)[1] == 0.0


def test_it_can_be_switched_off() -> None:
    page = np.asarray(255 - drawing.draw(150), np.uint8)
    (cleaned,) = clean(PageImage(page, 150), ImagingSettings(inverse=False))
    assert "inverse" not in [step.name for step in cleaned.steps]

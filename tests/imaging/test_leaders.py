"""Rows of dots: leaders are taken out and counted, what only looks like them stays."""

import cv2
import numpy as np
import pytest

from pipeline.components import label
from pipeline.image import Pixels
from pipeline.imaging.ink import ink_mask, letter_height
from pipeline.imaging.leaders import take_out
from tests.imaging import drawing

LED = {62: "Đơn vị công tác:", 40: "Phần thứ hai: kết quả", 7: "Ngày"}


def draw(text: str, dpi: int = 200) -> tuple[Pixels, float]:
    """Return a page with *text* below a directive, and its x-height."""
    page = drawing.draw(dpi, 13, f"{drawing.TEXT}\n{text}")
    letter = letter_height(label(ink_mask(page))[1])
    assert letter is not None
    return page, letter


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_leaders_are_taken_out_and_their_dots_counted(dpi: int) -> None:
    lines = [f"{text}{'.' * count}" for count, text in LED.items()]
    page, letter = draw("\n".join(lines), dpi)
    bare, _ = draw("\n".join(LED.values()), dpi)
    cleaned, found = take_out(page, letter)
    assert [leader.dots for leader in found] == list(LED)
    ink = ink_mask(cleaned)
    assert np.count_nonzero(ink != ink_mask(bare)) < 0.002 * np.count_nonzero(ink)


@pytest.mark.parametrize("text", ["Số: ... ngày ... tháng ...", "a. b. c. d. e. g. h. i.", ": : :"])
def test_stops_of_text_stay(text: str) -> None:
    page, letter = draw(text)
    cleaned, found = take_out(page, letter)
    assert found == ()
    assert cleaned is page


@pytest.mark.parametrize("step", [6, 9, 14])
def test_screens_frames_and_specks_stay(step: int) -> None:
    page, letter = draw("")
    height, width = page.shape
    page = page.copy()
    page[-400:-200:step, 200 : width - 200 : step] = 0  # the screen behind a head of a table
    page[-160, 200 : width - 200 : step] = 0
    for down in range(-160, -20, step):
        page[down, 200 :: (width - 400) // 3 // step * step] = 0
    page[-100:-20, [100, 160]] = 0
    page[-60, 100:160:step] = 0  # dots between rows of a cell with rules at its sides
    noise = np.random.default_rng(step)
    page[noise.integers(0, height, 400), noise.integers(0, width, 400)] = 0
    page = np.asarray(cv2.erode(page, np.ones((3, 3), np.uint8)), np.uint8)
    assert take_out(page, letter)[1] == ()

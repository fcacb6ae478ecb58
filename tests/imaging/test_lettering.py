"""Print in colour stays on the page, whatever rules it; stamps of the same look go."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.image import Pixels, to_grey
from pipeline.imaging import seals
from tests.imaging import drawing

RED = (200, 20, 30)
BLACK = (20, 20, 20)
HEADER = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA\nVIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nBình Sơn, ngày 12/3/2019"
)
AMOUNTS = ["Kinh phí", "1.374.900.000", "1.021.350.000", "1.350.600.000", "3.746.850.000"]


def directive() -> Image.Image:
    """Return a directive with nothing in its lower half."""
    page = drawing.draw(200)
    page[1150:] = 255
    return Image.fromarray(np.dstack([page] * 3))


def tabled(columns: tuple[tuple[int, int, int], ...], left: int = 230) -> Image.Image:
    """Return a directive with a table of amounts under it, each column in its colour."""
    page = directive()
    pen = ImageDraw.Draw(page)
    for number, colour in enumerate(columns):
        start = left + 300 * number
        for row, amount in enumerate(AMOUNTS):
            top = 1300 + 80 * row
            pen.rectangle((start, top, start + 300, top + 80), outline=colour, width=3)
            pen.text((start + 40, top + 18), amount, font=drawing.font(36), fill=colour)
    return page


def stay(page: Pixels) -> bool:
    sheet, share = seals.remove_seals(page)
    return share == 0.0 and sheet.stamped is None and np.array_equal(sheet.grey, to_grey(page))


def lying(page: Image.Image, degrees: float) -> Pixels:
    turned = page.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=(255, 255, 255))
    return np.array(turned)


@pytest.mark.parametrize("degrees", [0, 2, -4, 90, 180, 270])
@pytest.mark.parametrize("colour", [RED, RED[::-1]])
def test_a_column_of_a_table_stays_with_its_rules(
    colour: tuple[int, int, int], degrees: float
) -> None:
    assert stay(lying(tabled((BLACK, BLACK, BLACK, colour)), degrees))


def test_a_table_in_colour_as_wide_as_the_text_stays() -> None:
    assert stay(np.array(tabled((RED, RED, RED, RED))))


@pytest.mark.parametrize("degrees", [0, 2, -4, 90, 180, 270])
def test_lines_of_print_stay_though_they_are_as_large_as_a_seal(degrees: float) -> None:
    page = directive()
    pen = ImageDraw.Draw(page)
    pen.multiline_text((700, 1300), HEADER, font=drawing.font(42), fill=RED, spacing=10)
    pen.line((700, 1465, 1200, 1465), fill=RED, width=3)
    assert stay(lying(page, degrees))


@pytest.mark.parametrize("degrees", [0, 2, 8])
@pytest.mark.parametrize("colour", [RED, RED[::-1]])
def test_a_stamp_with_a_frame_goes_from_a_table_too(
    colour: tuple[int, int, int], degrees: float
) -> None:
    clean = np.array(tabled((BLACK, BLACK, BLACK, BLACK)))
    stamp = Image.new("RGB", (460, 260), (255, 255, 255))
    pen = ImageDraw.Draw(stamp)
    pen.rectangle((0, 0, 459, 259), outline=colour, width=4)
    pen.line((0, 70, 459, 70), fill=colour, width=3)
    text = "CÔNG VĂN ĐẾN\nSố: 2093\nNgày 12 tháng 3 năm 2021\nChuyển: Văn phòng"
    pen.multiline_text((30, 12), text, font=drawing.font(34), fill=colour, spacing=12)
    page = clean.copy()
    turned = lying(stamp, degrees)
    where = np.s_[1380 : 1380 + turned.shape[0], 600 : 600 + turned.shape[1]]
    page[where] = cv2.multiply(page[where], turned, scale=1 / 255)
    sheet, share = seals.remove_seals(page)
    assert share > 0
    assert ((sheet.grey < 160) & (to_grey(clean) == 255)).sum() < 300
    assert (sheet.grey[to_grey(clean) < 128] < 160).mean() > 0.97


def signature(page: Pixels) -> Pixels:
    steps = np.arange(20)
    points = np.column_stack((850 + 12 * steps, 1690 + 110 * (steps % 2)))
    drawn = page.copy()
    cv2.polylines(drawn, [points.astype(np.int32)], isClosed=False, color=RED[::-1], thickness=5)
    return drawn


def frame(page: Pixels) -> Pixels:
    drawn = page.copy()
    cv2.rectangle(drawn, (250, 1320), (680, 1500), RED[::-1], 4)
    cv2.putText(drawn, "Den so 12", (300, 1400), 0, 1.5, RED[::-1], 3)
    return drawn


@pytest.mark.parametrize("draw", [signature, frame])
def test_print_that_a_signature_or_a_stamp_of_its_colour_is_near_stays(
    draw: Callable[[Pixels], Pixels],
) -> None:
    page = directive()
    pen = ImageDraw.Draw(page)
    lines = HEADER + "\nNơi nhận: Văn phòng"
    pen.multiline_text((700, 1300), lines, font=drawing.font(42), fill=RED[::-1], spacing=30)
    clean = np.array(page)
    drawn = draw(clean)
    sheet, share = seals.remove_seals(drawn)
    assert share > 0
    assert (sheet.grey[to_grey(clean) < 100] < 150).mean() > 0.97
    assert ((sheet.grey < 150) & (to_grey(clean) == 255)).sum() < 100

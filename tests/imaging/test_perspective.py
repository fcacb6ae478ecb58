"""A photographed page is flattened; a flat one, or one without visible edges, is left alone."""

import cv2
import numpy as np
import pytest

from pipeline.image import PageImage, Pixels
from pipeline.imaging import clean
from pipeline.imaging.deskew import measure_skew
from pipeline.imaging.perspective import find_sheet, flatten
from pipeline.imaging.textlines import find_direction, look
from pipeline.settings import ImagingSettings
from tests.imaging import drawing

DESK = 90


def photographed(page: Pixels, corners: list[tuple[float, float]], desk: int = DESK) -> Pixels:
    """Return the picture in which the page's corners, as shares of the picture, lie there."""
    height, width = page.shape
    seen = np.array(corners, np.float32) * (width, height)
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, seen.astype(np.float32))
    picture = cv2.warpPerspective(
        page, matrix, (width, height), flags=cv2.INTER_AREA, borderValue=desk
    )
    return np.asarray(picture, np.uint8)


LEANING = [(0.12, 0.06), (0.87, 0.04), (0.96, 0.95), (0.05, 0.93)]


def test_the_corners_of_a_leaning_page_are_found() -> None:
    page = drawing.draw(150)
    sheet = find_sheet(photographed(page, LEANING))
    assert sheet is not None
    expected = np.array(LEANING) * page.shape[::-1]
    assert np.abs(sheet.corners - expected).max() < 6
    assert 4 < sheet.lean < 12


def test_the_flattened_page_has_its_lines_level_and_straight() -> None:
    picture = photographed(drawing.draw(200), LEANING)
    sheet = find_sheet(picture)
    assert sheet is not None
    left, right = np.array_split(flatten(picture, sheet.corners), 2, axis=1)
    for half in (left, right):
        rows = find_direction(look(np.ascontiguousarray(half)).letters, 10)
        assert rows is not None
        skew = measure_skew(rows)
        assert skew is not None
        assert abs(skew) < 0.1


@pytest.mark.parametrize("lit", [1.0, 0.55])
def test_uneven_light_does_not_hide_the_edges(lit: float) -> None:
    picture = photographed(drawing.draw(150), LEANING, desk=60)
    assert find_sheet(drawing.shade(picture, lit)) is not None


def test_a_flat_page_is_left_alone() -> None:
    page = drawing.draw(150)
    assert find_sheet(page) is None
    on_the_glass = cv2.copyMakeBorder(page, *(60,) * 4, cv2.BORDER_CONSTANT, value=20)
    assert find_sheet(np.asarray(on_the_glass, np.uint8)) is None
    assert find_sheet(drawing.turn(page, 4.0)) is None


def test_a_picture_of_something_else_is_left_alone() -> None:
    chance = np.random.default_rng(1)
    assert find_sheet(chance.integers(0, 256, (600, 400), dtype=np.uint8)) is None
    blob = np.full((600, 400), DESK, np.uint8)
    cv2.circle(blob, (200, 300), 180, 240, -1)
    assert find_sheet(blob) is None
    assert find_sheet(np.zeros((600, 400), np.uint8)) is None


def test_the_step_is_recorded_and_can_be_switched_off() -> None:
    picture = PageImage(photographed(drawing.draw(150), LEANING), 150)
    (page,) = clean(picture, ImagingSettings())
    assert page.steps[0].name == "perspective"
    (left,) = clean(picture, ImagingSettings(perspective=False))
    assert "perspective" not in [step.name for step in left.steps]

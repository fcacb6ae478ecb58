"""Skew and orientation, measured and mended."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.imaging.deskew import measure_skew, straighten
from pipeline.imaging.orientation import find_orientation, turn, uprightness
from pipeline.imaging.textlines import letters_of
from tests.imaging import drawing


@given(degrees=st.floats(-10, 10))
@settings(max_examples=15, deadline=None)
def test_skew_is_known_within_a_seventh_of_a_degree(degrees: float) -> None:
    skew = measure_skew(drawing.turn(drawing.draw(200), degrees), 15.0)
    assert skew is not None
    assert skew.angle == pytest.approx(degrees, abs=0.15)


def test_skew_is_known_at_fax_resolution_with_speckle() -> None:
    skew = measure_skew(drawing.speckle(drawing.turn(drawing.draw(110), -2.5), 0.005), 15.0)
    assert skew is not None
    assert skew.angle == pytest.approx(-2.5, abs=0.15)


def test_straightened_page_is_straight_and_loses_no_corner() -> None:
    skewed = drawing.turn(drawing.draw(200), 4.0)
    straight = straighten(skewed, 4.0)
    skew = measure_skew(straight, 15.0)
    assert skew is not None
    assert abs(skew.angle) < 0.1
    assert straight.shape[0] > skewed.shape[0]
    assert straight.shape[1] > skewed.shape[1]


def test_empty_page_and_noise_have_no_skew() -> None:
    assert measure_skew(np.full((1000, 700), 255, np.uint8), 15.0) is None
    noise = np.random.default_rng(3).integers(0, 256, (1000, 700), np.uint8)
    assert measure_skew(noise, 15.0) is None


@pytest.mark.parametrize("dpi", [300, 200, 110])
@pytest.mark.parametrize("text", [drawing.TEXT, drawing.TEXT.upper()], ids=["text", "capitals"])
def test_vietnamese_marks_tell_up_from_down(dpi: int, text: str) -> None:
    page = drawing.draw(dpi, text=text)
    for damaged in (page, drawing.turn(page, 3.0), drawing.speckle(page)):
        mask, _ = letters_of(damaged)
        assert uprightness(mask) > 0.5
        assert uprightness(np.ascontiguousarray(mask[::-1, ::-1])) < -0.5


def test_upright_page_stays() -> None:
    assert find_orientation(drawing.draw(200), 15.0) == 0


@pytest.mark.tesseract
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_turned_page_is_found_and_turned_back(degrees: int) -> None:
    page = drawing.draw(200)
    turned = turn(page, degrees)
    found = find_orientation(turned, 15.0)
    assert found == 360 - degrees
    assert np.array_equal(turn(turned, found), page)


@pytest.mark.tesseract
def test_page_upside_down_and_askew_is_found() -> None:
    page = drawing.turn(turn(drawing.draw(200), 180), -3.0)
    assert find_orientation(page, 15.0) == 180

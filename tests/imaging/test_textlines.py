"""Skew and orientation, measured and mended."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.image import Pixels
from pipeline.imaging.deskew import measure_skew, straighten
from pipeline.imaging.orientation import find_orientation, turn, uprightness
from pipeline.imaging.textlines import find_direction, look
from tests.imaging import drawing


def skew_of(page: Pixels) -> float | None:
    rows = find_direction(look(page).letters, 15.0)
    return measure_skew(rows) if rows else None


def orientation_of(page: Pixels) -> int:
    view = look(page)
    rows = find_direction(view.letters, 15.0)
    assert rows is not None
    return find_orientation(page, view, rows, 15.0)


@given(degrees=st.floats(-10, 10))
@settings(max_examples=15, deadline=None)
def test_skew_is_known_within_a_seventh_of_a_degree(degrees: float) -> None:
    skew = skew_of(drawing.turn(drawing.draw(200), degrees))
    assert skew is not None
    assert skew == pytest.approx(degrees, abs=0.15)


def test_skew_is_known_at_fax_resolution_with_speckle() -> None:
    skew = skew_of(drawing.speckle(drawing.turn(drawing.draw(110), -2.5), 0.005))
    assert skew is not None
    assert skew == pytest.approx(-2.5, abs=0.15)


def test_straightened_page_is_straight_and_loses_no_corner() -> None:
    skewed = drawing.turn(drawing.draw(200), 4.0)
    straight = straighten(skewed, 4.0)
    skew = skew_of(straight)
    assert skew is not None
    assert abs(skew) < 0.1
    assert straight.shape[0] > skewed.shape[0]
    assert straight.shape[1] > skewed.shape[1]


def test_empty_page_and_noise_have_no_skew() -> None:
    assert skew_of(np.full((1000, 700), 255, np.uint8)) is None
    noise = np.random.default_rng(3).integers(0, 256, (1000, 700), np.uint8)
    assert skew_of(noise) is None


@pytest.mark.parametrize("dpi", [300, 200, 110])
@pytest.mark.parametrize("text", [drawing.TEXT, drawing.TEXT.upper()], ids=["text", "capitals"])
def test_vietnamese_marks_tell_up_from_down(dpi: int, text: str) -> None:
    page = drawing.draw(dpi, text=text)
    for damaged in (page, drawing.turn(page, 3.0), drawing.speckle(page)):
        assert uprightness(look(damaged)) > 0.5
        assert uprightness(look(np.ascontiguousarray(damaged[::-1, ::-1]))) < -0.5


def test_upright_page_stays() -> None:
    assert orientation_of(drawing.draw(200)) == 0


@pytest.mark.tesseract
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_turned_page_is_found_and_turned_back(degrees: int) -> None:
    page = drawing.draw(200)
    turned = turn(page, degrees)
    found = orientation_of(turned)
    assert found == 360 - degrees
    assert np.array_equal(turn(turned, found), page)


@pytest.mark.tesseract
def test_page_upside_down_and_askew_is_found() -> None:
    page = drawing.turn(turn(drawing.draw(200), 180), -3.0)
    assert orientation_of(page) == 180

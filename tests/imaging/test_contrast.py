"""Faint print is made dark; good print and what shows through are left alone."""

import cv2
import numpy as np
import pytest

from pipeline.image import Pixels
from pipeline.imaging.contrast import measure_faintness, strengthen
from tests.imaging import drawing


def faded(page: Pixels, share: float, paper: int = 235) -> Pixels:
    """Return the page with its print only a *share* as dark as it was, on grainy paper."""
    grain = np.random.default_rng(2).normal(0, 3, page.shape)
    return np.clip(paper - share * (255.0 - page) + grain, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("share", [0.15, 0.25, 0.35])
def test_faint_print_becomes_dark_and_the_paper_stays(share: float) -> None:
    page = drawing.draw(200)
    faint = faded(page, share)
    depth = measure_faintness(faint)
    assert depth is not None
    strong = strengthen(faint, depth)
    print_ = page < 60
    assert np.median(strong[print_]) < 90
    assert abs(int(np.median(strong)) - int(np.median(faint))) <= 1


def test_colour_stays_colour() -> None:
    faint = np.asarray(cv2.cvtColor(faded(drawing.draw(200), 0.2), cv2.COLOR_GRAY2RGB), np.uint8)
    depth = measure_faintness(faint)
    assert depth is not None
    assert strengthen(faint, depth).shape == faint.shape


def test_good_print_is_not_faint() -> None:
    assert measure_faintness(drawing.draw(200)) is None
    assert measure_faintness(drawing.draw(110)) is None
    assert measure_faintness(np.asarray(drawing.draw(200) // 2, np.uint8)) is None


def test_what_shows_through_and_empty_paper_are_not_print() -> None:
    behind = cv2.GaussianBlur(drawing.draw(200)[:, ::-1], (0, 0), 2.0)
    assert measure_faintness(faded(np.asarray(behind, np.uint8), 0.2)) is None
    assert measure_faintness(faded(np.full((2000, 1400), 255, np.uint8), 1.0)) is None

"""Pages come out the same in bands as at once, however large they are."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageOps

from pipeline.sources import bands
from pipeline.sources.bands import to_pixels

ORIENTATION = 274


@pytest.fixture(autouse=True)
def _narrow_bands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bands, "_BAND", 300)


def chance(*shape: int) -> np.ndarray:
    return np.random.default_rng(4).integers(0, 256, shape, dtype=np.uint8)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("shape", [(50, 70), (50, 70, 3)])
def test_pages_are_turned_as_they_were_held(orientation: int, shape: tuple[int, ...]) -> None:
    image = Image.fromarray(chance(*shape))
    held = image.copy()
    held.getexif()[ORIENTATION] = orientation
    assert np.array_equal(to_pixels(image, orientation), ImageOps.exif_transpose(held))


@pytest.mark.parametrize("row", [0, 25, 49])
def test_colour_anywhere_makes_a_page_of_colour(row: int) -> None:
    pixels = np.repeat(chance(50, 70)[..., None], 3, axis=2)
    assert np.array_equal(to_pixels(Image.fromarray(pixels)), pixels[..., 0])
    pixels[row, 3] = (200, 10, 10)
    assert np.array_equal(to_pixels(Image.fromarray(pixels)), pixels)


def test_deep_samples_are_scaled_alike_in_all_bands() -> None:
    dark = chance(50, 70).astype(np.uint16)
    assert np.array_equal(to_pixels(Image.fromarray(dark)), dark)
    dark[49, 69] = 65535
    assert to_pixels(Image.fromarray(dark))[:40].max() <= 1
    assert to_pixels(Image.fromarray(dark))[49, 69] == 255
    shares = (chance(50, 70) / 255).astype(np.float32)
    shares[0, 0] = np.nan
    assert np.array_equal(to_pixels(Image.fromarray(shares))[1:], (shares[1:] * 255).round())


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
@pytest.mark.parametrize(("ink", "paper"), [(255, 0), (0, 255), (120, 255)])
def test_print_on_nothing_is_on_the_paper_that_shows_it(mode: str, ink: int, paper: int) -> None:
    letters = np.zeros((50, 70), np.uint8)
    letters[10:40, 20:25] = 255
    layer = Image.fromarray(np.full((50, 70), ink, np.uint8)).convert(mode)
    layer.putalpha(Image.fromarray(letters))
    assert np.array_equal(to_pixels(layer), np.where(letters, ink, paper))


def test_white_sheet_in_a_transparent_picture_keeps_its_print_and_its_paper() -> None:
    layer = Image.new("RGBA", (70, 50), (0, 0, 0, 0))
    layer.paste((255, 255, 255, 255), (10, 10, 40, 40))
    layer.paste((0, 0, 0, 255), (15, 15, 35, 17))
    pixels = to_pixels(layer)
    assert (pixels[0, 0], pixels[12, 12], pixels[16, 20]) == (255, 255, 0)


def test_what_is_transparent_is_white_in_all_bands() -> None:
    layer = Image.fromarray(np.dstack([np.zeros((50, 70, 3), np.uint8), chance(50, 70)]), "RGBA")
    assert np.abs(to_pixels(layer).astype(int) - (255 - chance(50, 70))).max() <= 1

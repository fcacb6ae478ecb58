"""The whole room: acts when needed, leaves a clean page alone, never touches the original."""

from dataclasses import fields, replace

import cv2
import numpy as np
import pytest

from pipeline.image import CleanPage, PageImage, Pixels
from pipeline.imaging import clean, resolution
from pipeline.settings import ImagingSettings
from tests.imaging import drawing

SETTINGS = ImagingSettings()
# The steps after the one that is looked at.
QUICK = ImagingSettings(orientation=False, noise=False, resolution=False, rulings=False)
SWITCHES = {field.name: False for field in fields(ImagingSettings) if field.type in {bool, "bool"}}


def cleaned(image: PageImage, settings: ImagingSettings) -> CleanPage:
    (page,) = clean(image, settings)
    return page


def steps(page: CleanPage) -> dict[str, float]:
    return {step.name: step.value for step in page.steps}


def test_clean_page_is_left_alone() -> None:
    page = drawing.draw(200)
    result = cleaned(PageImage(page, 200), SETTINGS)
    assert result.steps == ()
    assert result.rulings == ()
    assert not result.blank
    assert result.image.dpi == 200
    assert np.array_equal(result.image.pixels, page)


def test_a_page_of_larger_letters_than_the_reader_needs_is_reduced_first() -> None:
    result = cleaned(PageImage(drawing.turn(drawing.draw(300), 3.0), 300), SETTINGS)
    assert [step.name for step in result.steps] == ["resolution", "deskew"]
    assert result.x_height == pytest.approx(20, rel=0.1)
    assert result.image.dpi == pytest.approx(225, rel=0.1)


def test_grey_page_in_colour_comes_out_grey_without_a_step() -> None:
    page = drawing.draw(200)
    result = cleaned(PageImage(np.asarray(cv2.cvtColor(page, cv2.COLOR_GRAY2RGB)), 200), SETTINGS)
    assert result.steps == ()
    assert np.array_equal(result.image.pixels, page)


def damaged() -> Pixels:
    page = drawing.turn(drawing.draw(110), 3.0)
    colour = drawing.seal(page, (600, 900), 80)
    colour[:, :25] = 15
    return np.asarray(colour * np.linspace(1, 0.5, colour.shape[1])[:, None], np.uint8)


def test_original_is_never_changed() -> None:
    page = damaged()
    page.flags.writeable = False
    before = page.copy()
    result = cleaned(PageImage(page, 110), SETTINGS)
    assert {"borders", "seals", "shade", "deskew", "resolution"} <= set(steps(result))
    assert np.array_equal(page, before)


def test_same_page_gives_same_pixels() -> None:
    first, second = (cleaned(PageImage(damaged(), 110), SETTINGS) for _ in range(2))
    assert first.steps == second.steps
    assert np.array_equal(first.image.pixels, second.image.pixels)


def test_every_step_can_be_switched_off() -> None:
    result = cleaned(PageImage(damaged(), 110), replace(SETTINGS, **SWITCHES))
    assert result.steps == ()
    assert result.image.pixels.shape == damaged().shape[:2]


@pytest.mark.parametrize("name", ["borders", "seals", "shade", "deskew", "resolution"])
def test_a_switched_off_step_does_not_act(name: str) -> None:
    result = cleaned(PageImage(damaged(), 110), replace(SETTINGS, **{name: False}))
    assert name not in steps(result)


def test_skew_is_recorded_in_degrees() -> None:
    result = cleaned(PageImage(drawing.turn(drawing.draw(200), 3.5), 200), SETTINGS)
    assert steps(result)["deskew"] == pytest.approx(3.5, abs=0.1)


def test_skew_below_the_setting_is_left() -> None:
    page = drawing.turn(drawing.draw(200), 0.6)
    assert "deskew" not in steps(cleaned(PageImage(page, 200), replace(SETTINGS, min_skew=1.0)))


@pytest.mark.tesseract
def test_page_upside_down_is_turned_and_recorded() -> None:
    page = drawing.draw(200)
    result = cleaned(PageImage(page[::-1, ::-1], 200), SETTINGS)
    assert steps(result) == {"orientation": 180.0}
    assert np.array_equal(result.image.pixels, page)


def noise(blur: float, share: int) -> Pixels:
    chance = np.random.default_rng(2).normal(size=(1754, 1240)).astype(np.float32)
    if blur:
        chance = cv2.GaussianBlur(chance, (0, 0), blur)
    return np.where(chance < np.percentile(chance, share), 0, 255).astype(np.uint8)


@pytest.mark.parametrize(("blur", "share"), [(0, 50), (0, 10), (1, 30), (1.5, 20)])
def test_a_page_of_nothing_but_noise_is_known_for_it(blur: float, share: int) -> None:
    (page,) = clean(PageImage(noise(blur, share), 150), ImagingSettings())
    assert page.noise or page.blank
    assert page.blank or page.steps[-1].name == "all_noise"


@pytest.mark.parametrize("share", [0.05, 0.15])
@pytest.mark.parametrize("degrees", [0, 7, 90])
def test_print_in_much_noise_is_not_taken_for_noise(share: float, degrees: int) -> None:
    page = drawing.draw(200)
    page = np.rot90(page).copy() if degrees == 90 else drawing.turn(page, degrees)
    (result,) = clean(PageImage(drawing.speckle(page, share), 200), QUICK)
    assert not result.noise


@pytest.mark.parametrize("share", [0.075, 0.1])
def test_clusters_of_specks_are_not_enlarged_as_letters(share: float) -> None:
    page = drawing.draw(300, 14, "\n".join(drawing.TEXT.splitlines()[:8]))
    (result,) = clean(PageImage(drawing.speckle(page, share), 300), ImagingSettings())
    assert result.image.height <= page.shape[0]
    assert result.x_height == pytest.approx(20, rel=0.15)


@pytest.mark.parametrize("share", [0.02, 0.05])
def test_a_single_line_in_much_noise_is_not_taken_for_noise(share: float) -> None:
    page = drawing.draw(200, text="\n" * 9 + "12. Tỉnh ủy Bình Sơn")
    (result,) = clean(PageImage(drawing.speckle(page, share), 200), QUICK)
    assert not result.noise


def photograph(height: int = 3000, width: int = 4000, grain: float = 20.0) -> Pixels:
    """Return clouds as a camera takes them: light and dark in large, grain in small."""
    chance = np.random.default_rng(1)
    clouds = chance.normal(0, 1, (12, 16)).astype(np.float32)
    scene = 128 + 45 * cv2.resize(clouds, (width, height), interpolation=cv2.INTER_CUBIC)
    grainy = scene + chance.normal(0, grain, scene.shape).astype(np.float32)
    return np.asarray(np.clip(cv2.GaussianBlur(grainy, (0, 0), 0.7), 0, 255), np.uint8)


@pytest.mark.parametrize("grain", [20.0, 30.0])
def test_the_grain_of_a_photograph_is_not_enlarged_like_small_print(grain: float) -> None:
    pages = clean(PageImage(photograph(grain=grain), 0), SETTINGS)

    assert all(max(page.image.height, page.image.width) <= 4000 for page in pages)


def test_small_print_is_enlarged_and_among_specks_as_far_as_print_needs() -> None:
    page = drawing.draw(75)
    specked = page.copy()
    specked[::6, ::6] = 0

    assert resolution.spared(page, 2.5) == 2.5
    assert resolution.spared(specked, 2.5) == 2.5
    assert resolution.spared(specked, 9.0) == pytest.approx(3600 / max(page.shape))

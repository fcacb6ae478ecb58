"""Pages that no office would call a page: each ends in a page or a named failure."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from pipeline.errors import OversizedInputError, VanbanError
from pipeline.model import Document, Page, Source
from pipeline.process import finish, read_page
from pipeline.settings import Settings
from tests.imaging import drawing

pytestmark = pytest.mark.tesseract

PHRASE = "Ban Thường vụ Tỉnh ủy"
EXIF_ORIENTATION = 0x0112


def printed() -> Image.Image:
    return Image.fromarray(drawing.draw(150))


def read(image: Image.Image, path: Path, **options: object) -> Page:
    image.save(path, **options)
    (page,) = read_page(path, 0, Settings())
    return page


def text(page: Page) -> str:
    return " ".join(line.ocr for line in page.lines)


def sixteen_bits(image: Image.Image) -> Image.Image:
    return Image.fromarray(np.asarray(image, np.uint16) * 257)


def see_through(image: Image.Image) -> Image.Image:
    """Return print on nothing, as drawing programs write it."""
    ink = 255 - np.asarray(image)
    return Image.fromarray(np.dstack([np.zeros((*ink.shape, 3), np.uint8), ink]), "RGBA")


@pytest.mark.parametrize(
    ("ending", "change"),
    [
        ("png", lambda image: image.convert("1")),
        ("png", sixteen_bits),
        ("png", lambda image: image.convert("P")),
        ("png", lambda image: image.convert("LA")),
        ("png", see_through),
        ("tif", lambda image: image.convert("RGB").convert("CMYK")),
        ("jpg", lambda image: image.convert("RGB").convert("CMYK")),
        ("png", lambda image: image.rotate(180)),
        ("png", lambda image: image.rotate(90, expand=True)),
    ],
)
def test_whatever_the_pixels_are_made_of_the_text_is_read(
    ending: str, change: Callable[[Image.Image], Image.Image], tmp_path: Path
) -> None:
    assert PHRASE in text(read(change(printed()), tmp_path / f"trang.{ending}"))


def test_a_picture_that_its_camera_turned_is_read_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = 6  # to be turned clockwise by a quarter
    turned = printed().rotate(90, expand=True)
    assert PHRASE in text(read(turned, tmp_path / "ảnh.jpg", exif=exif))


@pytest.mark.parametrize("side", [1, 2, 15])
def test_a_picture_of_hardly_any_pixels_is_a_blank_page(side: int, tmp_path: Path) -> None:
    page = read(Image.new("L", (side, side), 0), tmp_path / "chấm.png")
    assert page.blank
    assert page.lines == ()


def test_a_black_page_and_a_page_of_only_a_seal_hold_no_text(tmp_path: Path) -> None:
    assert text(read(Image.new("L", (1240, 1754), 0), tmp_path / "đen.png")) == ""
    sealed = drawing.seal(np.full((1754, 1240), 255, np.uint8), (620, 800), 120)
    assert len(text(read(Image.fromarray(sealed), tmp_path / "dấu.png"))) < 20


def test_a_photograph_of_something_else_gives_a_page(tmp_path: Path) -> None:
    chance = np.random.default_rng(7)
    fur = cv2.GaussianBlur(chance.integers(0, 256, (900, 1200, 3), dtype=np.uint8), (0, 0), 9)
    cv2.circle(fur, (500, 400), 220, (90, 70, 50), -1)
    page = read(Image.fromarray(np.asarray(fur, np.uint8)), tmp_path / "mèo.jpg")
    assert page.failure is None


def test_a_page_beyond_the_ceiling_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "khổng lồ.png"
    Image.new("1", (40_000, 40_000), 1).save(path)
    with pytest.raises(OversizedInputError, match="40000 x 40000 > 200000000 px"):
        read_page(path, 0, Settings())


def test_a_large_sheet_at_600_dpi_is_read(tmp_path: Path) -> None:
    a3 = Image.new("L", (7016, 9921), 255)
    page = Image.fromarray(drawing.draw(600))
    a3.paste(page, (800, 800))
    try:
        assert PHRASE in text(read(a3, tmp_path / "a3.png", dpi=(600, 600)))
    except VanbanError as error:  # where memory is short: by its name
        pytest.fail(str(error))


def test_a_streak_through_text_leaves_no_wrong_word_unmarked(tmp_path: Path) -> None:
    """The streak runs through the middle of a line, as a fax or a dirty scanner draws it."""
    clean = np.where(drawing.draw(200) < 128, 0, 255).astype(np.uint8)
    rows = np.flatnonzero((clean < 128).sum(axis=1) > 150)
    streaked = clean.copy()
    for part in (0.25, 0.5, 0.75):
        top = int(rows[int(part * len(rows))])
        streaked[top : top + 2] = 0
    whole, damaged = (
        finish(
            Document(Source(name, "0" * 64), (read(Image.fromarray(pixels), tmp_path / name),)),
            Settings(),
        )
        for name, pixels in (("clean.png", clean), ("streaked.png", streaked))
    )
    right = {word.text.strip(".,;") for word in whole.words()}
    wrong = [word for word in damaged.words() if word.text.strip(".,;") not in right]
    assert [word.text for word in wrong if not word.doubtful] == []
    assert len(wrong) < 0.1 * len(list(whole.words()))

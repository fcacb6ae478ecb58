"""Pages damaged as archives have them: profiles that turn a good page into a hard one.

A profile takes a page drawn in colour at 300 dpi and gives it back as a scanner, a fax or a
telephone would. The same page and seed give the same pixels. All of it is drawn here: no picture
of a real seal, desk or page is used.
"""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.random import Generator, default_rng
from PIL import Image, ImageDraw, ImageFont

from pipeline.image import PageImage, Pixels

Profile = Callable[[Pixels, Generator], PageImage]

DRAWN: Final = 300  # dpi
PAPER: Final = 255
RED, BLUE = (200, 30, 45), (40, 50, 160)


def damaged(page: Pixels, profile: str, seed: int) -> PageImage:
    """Return a page of *DRAWN* dpi, RGB, in the condition of a profile."""
    return PROFILES[profile](page, default_rng(seed))


def _scanned(page: Pixels, dpi: int, blur: float) -> Pixels:
    """Return a page at the resolution of a scanner with a lens so bad, in scanned pixels."""
    size = (round(page.shape[1] * dpi / DRAWN), round(page.shape[0] * dpi / DRAWN))
    small = cv2.resize(page, size, interpolation=cv2.INTER_AREA)
    return _pixels(cv2.GaussianBlur(small, (0, 0), blur) if blur else small)


def _grainy(page: Pixels, grain: float, chance: Generator) -> Pixels:
    return _pixels(page + chance.normal(0, grain, page.shape))


def _inked(page: Pixels, ink: float) -> Pixels:
    """Return a page with that share of its blackness."""
    return _pixels(PAPER - (PAPER - page.astype(np.float64)) * ink)


def _grey(page: Pixels) -> Pixels:
    return _pixels(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY))


def _packed(page: Pixels, quality: int) -> Pixels:
    """Return a page as JPEG leaves it."""
    order = page[..., ::-1] if page.ndim == 3 else page
    _, data = cv2.imencode(".jpg", order, [cv2.IMWRITE_JPEG_QUALITY, quality])
    read = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
    return _pixels(read[..., ::-1] if page.ndim == 3 else read)


def _pixels(page: object) -> Pixels:
    return np.ascontiguousarray(np.clip(np.asarray(page), 0, 255).astype(np.uint8))


def _clean(page: Pixels, _: Generator) -> PageImage:
    return PageImage(_grey(page), DRAWN)


def _office(page: Pixels, chance: Generator) -> PageImage:
    return PageImage(_packed(_grainy(_grey(_scanned(page, 200, 0.5)), 4, chance), 75), 200)


def _fax(page: Pixels, chance: Generator) -> PageImage:
    """Black and white, ragged edges, specks, some lines of pixels lost."""
    grey = _grainy(_grey(_scanned(page, 200, 0.7)), 25, chance)
    fax = np.where(grey < 150, 0, 255)
    fax[chance.random(fax.shape) < 0.0008] = 0
    fax[chance.integers(0, len(fax), 3)] = PAPER
    return PageImage(_pixels(fax), 200)


def _faint(page: Pixels, chance: Generator) -> PageImage:
    return PageImage(_grainy(_inked(_grey(_scanned(page, 150, 0.6)), 0.42), 7, chance), 150)


def _bleed(page: Pixels, chance: Generator) -> PageImage:
    """The other side shows through, mirrored and blurred."""
    grey = _grey(_scanned(page, 200, 0.5)).astype(np.float64)
    other = cv2.GaussianBlur(np.roll(grey[:, ::-1], (37, 11), (0, 1)), (0, 0), 1.6)
    return PageImage(_grainy(_pixels(grey - (PAPER - other) * 0.3), 4, chance), 200)


def _photo(page: Pixels, chance: Generator) -> PageImage:
    """A telephone held over a page on a desk: perspective, shadow, uneven light, JPEG."""
    small = _scanned(page, 220, 0.6)
    height, width = small.shape[:2]
    margin = round(0.06 * width)
    size = (width + 2 * margin, height + 2 * margin)
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    moved = corners + margin + chance.uniform(-0.035, 0.035, (4, 2)) * width
    warp = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    desk = chance.normal((96, 76, 60), 6, (size[1], size[0], 3))
    photo = cv2.warpPerspective(small, warp, size, flags=cv2.INTER_CUBIC, borderValue=(0, 0, 0))
    covered = cv2.warpPerspective(np.ones((height, width), np.float32), warp, size)[..., None]
    photo = photo * covered + desk * (1 - covered)
    down, across = np.mgrid[0 : size[1], 0 : size[0]]
    angle = chance.uniform(0, 2 * pi)
    slope = (across / size[0] - 0.5) * cos(angle) + (down / size[1] - 0.5) * sin(angle)
    shadow = 1 / (1 + np.exp(-40 * (across / size[0] + 0.4 * down / size[1] - 1.05)))
    light = (0.78 + 0.3 * slope) * (1 - 0.3 * shadow)
    warm = light[..., None] * np.array([1.0, 0.97, 0.9])
    return PageImage(_packed(_grainy(_pixels(photo * warm), 5, chance), 80), 0)


def _low(page: Pixels, chance: Generator) -> PageImage:
    return PageImage(_packed(_grainy(_grey(_scanned(page, 110, 0.4)), 4, chance), 80), 110)


def _skewed(page: Pixels, chance: Generator) -> PageImage:
    small = _grey(_scanned(page, 200, 0.5))
    centre = (small.shape[1] / 2, small.shape[0] / 2)
    turn = cv2.getRotationMatrix2D(centre, 4.0, 1.0)
    size = (small.shape[1], small.shape[0])
    turned = cv2.warpAffine(small, turn, size, flags=cv2.INTER_CUBIC, borderValue=PAPER)
    return PageImage(_grainy(_pixels(turned), 4, chance), 200)


def _sealed(page: Pixels, chance: Generator) -> PageImage:
    """A red round seal over the last lines and an incoming stamp over the first ones."""
    ink = Image.fromarray(np.full(page.shape, PAPER, np.uint8))
    draw = ImageDraw.Draw(ink)
    height, width = page.shape[:2]
    dark = np.flatnonzero((page.min(axis=2) < 128).any(axis=1))
    first, last = (int(dark[0]), int(dark[-1])) if len(dark) else (0, height)
    _seal(draw, (round(0.66 * width), max(last - 330, 300)), 210)
    _stamp(draw, (round(0.12 * width), first + 420))
    mixed = np.minimum(page, _pixels(ink)).astype(np.float64)
    return PageImage(_packed(_grainy(_scanned(_pixels(mixed), 200, 0.5), 3, chance), 80), 200)


def _seal(draw: ImageDraw.ImageDraw, centre: tuple[int, int], radius: int) -> None:
    x, y = centre
    for r, thick in ((radius, 9), (radius - 22, 4), (radius - 92, 4)):
        draw.ellipse((x - r, y - r, x + r, y + r), outline=RED, width=thick)
    points = [
        (x + r * sin(k * pi / 5), y - r * cos(k * pi / 5)) for k, r in enumerate([70, 28] * 5)
    ]
    draw.polygon(points, fill=RED)
    face = ImageFont.truetype(str(_SANS), 44)
    for number, letter in enumerate("BAN TUYÊN GIÁO ★ TỈNH LÂM SƠN ★ "):
        angle = number * 2 * pi / 32
        glyph = Image.new("L", (60, 60), 0)
        ImageDraw.Draw(glyph).text((30, 30), letter, font=face, fill=255, anchor="mm")
        turned = glyph.rotate(-angle * 180 / pi)
        place = (
            round(x + (radius - 57) * sin(angle)) - 30,
            round(y - (radius - 57) * cos(angle)) - 30,
        )
        draw.bitmap(place, turned, fill=RED)


def _stamp(draw: ImageDraw.ImageDraw, corner: tuple[int, int]) -> None:
    x, y = corner
    draw.rectangle((x, y, x + 560, y + 240), outline=BLUE, width=6)
    face = ImageFont.truetype(str(_SANS), 40)
    for row, text in enumerate(
        ("VĂN PHÒNG TỈNH ỦY", "ĐẾN  Số: ............", "Ngày: ..../..../....")
    ):
        draw.text((x + 30, y + 20 + 70 * row), text, font=face, fill=BLUE)


_SANS: Final = Path("/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf")


def _typed(page: Pixels, chance: Generator) -> PageImage:
    """A page set in a typewriter's face, struck unevenly, yellowed."""
    grey = _grey(_scanned(page, 200, 0.6)).astype(np.float64)
    struck = cv2.resize(chance.uniform(0.45, 1.0, (140, 90)), grey.shape[::-1])
    paper = 228 - 18 * cv2.resize(chance.random((7, 5)), grey.shape[::-1])
    return PageImage(_grainy(_pixels(paper * (1 - (1 - grey / PAPER) * struck)), 6, chance), 200)


PROFILES: Final[dict[str, Profile]] = {
    "clean": _clean,
    "office": _office,
    "fax": _fax,
    "faint": _faint,
    "bleed": _bleed,
    "photo": _photo,
    "low": _low,
    "skew": _skewed,
    "seal": _sealed,
    "typewriter": _typed,
}

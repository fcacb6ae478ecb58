"""Pages damaged as archives have them: profiles that turn a good page into a hard one.

A profile takes a page drawn in colour at 300 dpi and gives it back as a scanner, a fax or a
telephone would, by what ``samples.make`` knows of ink and damage. The same page and seed give the
same pixels.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Final

import numpy as np
from numpy.random import Generator, default_rng
from PIL import Image, ImageChops, ImageEnhance, ImageOps

from pipeline.image import PageImage, Pixels
from samples.make import files, ink
from samples.make.damage import dust, fax, grain, photograph, shade, skew, soften, tint

Profile = Callable[[Image.Image, Generator], Image.Image]

DRAWN: Final = 300  # dpi
WHITE, DESK = (255, 255, 255), (96, 82, 70)


def damaged(page: Pixels, profile: str, seed: int) -> PageImage:
    """Return a page of :data:`DRAWN` dpi, RGB, in the condition of a profile."""
    dpi, spoil = PROFILES[profile]
    whole = Image.fromarray(page)
    size = (round(whole.width * dpi / DRAWN), round(whole.height * dpi / DRAWN))
    small = whole.resize(size, Image.Resampling.BOX) if dpi != DRAWN else whole
    spoiled = spoil(small, default_rng(seed))
    return PageImage(np.array(spoiled.convert("L" if spoiled.mode == "1" else None)), dpi)


def _packed(page: Image.Image, quality: int) -> Image.Image:
    return Image.open(BytesIO(files.jpeg(page, quality)))


def _clean(page: Image.Image, _: Generator) -> Image.Image:
    return page.convert("L")


def _office(page: Image.Image, chance: Generator) -> Image.Image:
    return _packed(grain(soften(page.convert("L"), 0.5), chance, 4), 75)


def _fax(page: Image.Image, chance: Generator) -> Image.Image:
    return fax(dust(soften(page, 0.6), chance, spots=160, largest=4), chance)


def _faint(page: Image.Image, chance: Generator) -> Image.Image:
    pale = Image.blend(Image.new("L", page.size, WHITE[0]), page.convert("L"), 0.42)
    return grain(soften(pale, 0.6), chance, 7)


def _bleed(page: Image.Image, chance: Generator) -> Image.Image:
    """The other side shows through, mirrored and blurred."""
    grey = soften(page.convert("L"), 0.5)
    behind = ImageChops.offset(ImageOps.mirror(grey), 11, 37)
    pale = Image.blend(Image.new("L", grey.size, WHITE[0]), soften(behind, 1.6), 0.3)
    return grain(ImageChops.multiply(grey, pale), chance, 4)


def _photo(page: Image.Image, chance: Generator) -> Image.Image:
    """A telephone held over a page on a desk: perspective, uneven light, JPEG."""
    seen = photograph(tint(page, (243, 240, 231)), DESK, margin=0.06, lean=0.03)
    lit = shade(skew(seen, 3.5, DESK), chance, darkest=0.52)
    return _packed(grain(soften(lit, 0.7), chance, 4), 80)


def _low(page: Image.Image, chance: Generator) -> Image.Image:
    return _packed(grain(soften(page.convert("L"), 0.4), chance, 4), 80)


def _skewed(page: Image.Image, chance: Generator) -> Image.Image:
    return grain(skew(soften(page.convert("L"), 0.5), 4.0, WHITE[0]), chance, 4)


def _sealed(page: Image.Image, chance: Generator) -> Image.Image:
    """A red round seal over the last lines and an incoming stamp over the first ones."""
    top, bottom = (ImageOps.invert(page.convert("L")).getbbox() or (0, 0, *page.size))[1::2]
    em = page.width / 40
    lines = ("ĐẾN", "Số: 1127", "Ngày: 02/3/2022")
    stamped = ink.stamp(page, chance, (0.22 * page.width, top + 9 * em), em, lines)
    seal = (0.66 * page.width, bottom - 5 * em)
    sealed = ink.seal(stamped, chance, seal, 7 * em, "TỈNH LÂM SƠN * TỈNH ỦY * ")
    return _packed(grain(soften(sealed, 0.5), chance, 3), 80)


def _struck(page: Image.Image, chance: Generator) -> Image.Image:
    """Letters struck unevenly, as by a typewriter, on dark paper; the typeface stays."""
    grey = soften(page.convert("L"), 0.6)
    force = Image.fromarray(chance.integers(115, 256, (140, 90), dtype=np.uint8))
    uneven = Image.composite(
        grey, Image.new("L", grey.size, WHITE[0]), force.resize(grey.size, Image.Resampling.BICUBIC)
    )
    return grain(ImageEnhance.Brightness(uneven).enhance(0.86), chance, 6)


# Of each profile the resolution, and what happens to the page at that resolution.
PROFILES: Final[dict[str, tuple[int, Profile]]] = {
    "clean": (300, _clean),
    "office": (200, _office),
    "fax": (200, _fax),
    "faint": (150, _faint),
    "bleed": (200, _bleed),
    "photo": (220, _photo),
    "low": (110, _low),
    "skew": (200, _skewed),
    "seal": (200, _sealed),
    "typewriter": (200, _struck),
}

"""Which document comes as what: resolution, marks, damage and file format of each scan."""

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.random import Generator
from PIL import Image

from samples.make import damage, files
from samples.make.drawing import Marks, draw
from samples.make.record import Record
from samples.make.typesetting import typeset


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one document is scanned.

    Attributes:
        suffix: of the file.
        dpi: resolution.
        damage: what happens to the page of an index counted from 0.
        save: pages to bytes.
        stamp: lines of a registry's stamp on page 1.
    """

    suffix: str
    dpi: int
    damage: Callable[[Image.Image, int, Generator], Image.Image]
    save: Callable[[list[Image.Image]], bytes]
    stamp: tuple[str, ...] = ()


def scan(name: str, record: Record) -> bytes:
    """Return the file of the scan of the document *name*; its seed is the checksum of the name."""
    recipe = RECIPES[name]
    rng = np.random.default_rng(crc32(name.encode()))
    pages = []
    for index, sheet in enumerate(typeset(record)):
        marks = Marks(stamp=() if index else recipe.stamp)
        page = draw(sheet, record, recipe.dpi, marks, rng)
        pages.append(recipe.damage(page, index, rng))
    return recipe.save(pages)


def clean_pages(record: Record, dpi: int) -> list[Image.Image]:
    """Return the pages of the document in grey, as from a good printer, unsigned."""
    rng = np.random.default_rng(0)
    marks = Marks(signed=False)
    return [draw(sheet, record, dpi, marks, rng).convert("L") for sheet in typeset(record)]


def _office(page: Image.Image, index: int, rng: Generator) -> Image.Image:
    paper = (249, 248, 244)
    page = damage.skew(damage.tint(page, paper), 0.8 - 0.1 * index, paper)
    page = damage.dust(damage.soften(page, 0.5), rng, spots=40, largest=3)
    return damage.grain(page, rng, sigma=3.5)


def _fax(page: Image.Image, index: int, rng: Generator) -> Image.Image:
    page = damage.skew(damage.soften(page, 0.6), -0.5 + 0.4 * index, (255, 255, 255))
    return damage.fax(damage.dust(page, rng, spots=160, largest=4), rng)


def _clean(page: Image.Image, _index: int, _rng: Generator) -> Image.Image:
    return damage.soften(page.convert("L"), 0.6)


def _photo(page: Image.Image, _index: int, rng: Generator) -> Image.Image:
    table = (96, 82, 70)
    page = damage.photograph(damage.tint(page, (243, 240, 231)), table, margin=0.06, lean=0.03)
    page = damage.shade(damage.skew(page, 3.5, table), rng, darkest=0.52)
    return damage.grain(damage.soften(page, 0.7), rng, sigma=3)


def _small(page: Image.Image, index: int, rng: Generator) -> Image.Image:
    page = damage.soften(damage.tint(page, (246, 244, 238)), 0.35)
    page = damage.grain(page, rng, sigma=3)
    return page.transpose(Image.Transpose.ROTATE_180) if index == 1 else page


def _bordered(page: Image.Image, _index: int, rng: Generator) -> Image.Image:
    page = damage.skew(damage.soften(page.convert("L"), 0.7), -0.3, 252)
    page = damage.scanner_border(page, rng, (46, 22, 60))
    return damage.grain(page, rng, sigma=1.5)


RECIPES = {
    "ke-hoach-12-kh-tu": Recipe(
        ".pdf", 200, _office, lambda pages: files.pdf(pages, dpi=200, quality=60)
    ),
    "nghi-quyet-07-nq-tu": Recipe(".tif", 200, _fax, lambda pages: files.tiff(pages, dpi=200)),
    "chi-thi-05-ct-tu": Recipe(
        ".png", 300, _clean, lambda pages: files.png(pages[0], dpi=300, levels=16)
    ),
    "cong-van-145-cv-tu": Recipe(
        ".jpg", 180, _photo, lambda pages: files.jpeg(pages[0], quality=70)
    ),
    "quyet-dinh-318-qd-ubnd": Recipe(
        ".pdf",
        110,
        _small,
        lambda pages: files.pdf(pages, dpi=110, quality=70),
        stamp=("ĐẾN", "Số: 1127", "Ngày: 02/3/2022"),
    ),
    "thong-bao-64-tb-vptu": Recipe(
        ".pdf", 300, _bordered, lambda pages: files.pdf(pages, dpi=300, quality=50)
    ),
}

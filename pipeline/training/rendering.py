"""Lines of text → page images, damaged as scans are → what Tesseract reads → pairs of words.

The pairs (printed, read) are what the confusion models learn from. Everything is seeded: the same
lines, font and Tesseract give the same pairs.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein
from unidecode import unidecode

from pipeline import tesseract
from pipeline.errors import MissingInputError
from pipeline.image import PageImage, Pixels
from pipeline.recognition import hocr
from pipeline.settings import RecognitionSettings

PAGE: Final = (2480, 3508)  # A4 at 300 dpi
MARGIN: Final = 240
# Debian 12 has an old Liberation without Vietnamese in `liberation`, the new one in `liberation2`.
FONTS: Final = (
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-{style}.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-{style}.ttf",
)

# Body text is mostly upright; titles are bold or italic, and capitals.
STYLES: Final = ("Regular", "Regular", "Regular", "Regular", "Italic", "Bold")
CAPITALS: Final = 0.1

Pair = tuple[str, str]


def serif_font(style: str) -> Path:
    """Return a font file of the Times kind with Vietnamese letters.

    Raises:
        MissingInputError: none of :data:`FONTS` is installed.
    """
    for name in FONTS:
        path = Path(name.format(style=style))
        if path.exists() and _has_vietnamese(path):
            return path
    raise MissingInputError(FONTS[0], "apt install fonts-liberation2")


def _has_vietnamese(path: Path) -> bool:
    """Tell whether the font draws ế as something else than its empty box."""
    face = ImageFont.truetype(str(path), 40)
    return bytes(face.getmask("ế")) != bytes(face.getmask("\U0010ffff"))


def typeset(lines: list[str], font: Path, points: float) -> tuple[Pixels, list[str]]:
    """Draw as many of *lines* as a page holds, broken to its width; return these too."""
    size = round(points * 300 / 72)
    face = ImageFont.truetype(str(font), size)
    image = Image.new("L", PAGE, 255)
    draw = ImageDraw.Draw(image)
    printed: list[str] = []
    top = MARGIN
    for line in lines:
        for piece in _wrapped(line.split(), face, PAGE[0] - 2 * MARGIN):
            if top > PAGE[1] - MARGIN - size:
                return np.asarray(image, dtype=np.uint8), printed
            draw.text((MARGIN, top), piece, font=face, fill=0)
            printed.append(piece)
            top += round(size * 1.45)
    return np.asarray(image, dtype=np.uint8), printed


def _wrapped(words: list[str], face: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    line: list[str] = []
    for word in words:
        if line and face.getlength(" ".join([*line, word])) > width:
            yield " ".join(line)
            line = []
        line.append(word)
    if line:
        yield " ".join(line)


@dataclass(frozen=True, slots=True)
class Condition:
    """How a page was scanned.

    Attributes:
        dpi: of the scanner; the page was drawn at 300.
        blur: standard deviation of the lens, in scanned pixels.
        ink: share of the blackness that is left, 0..1.
        grain: standard deviation of the noise, in grey levels.
        bitonal: whether the scanner gave black and white only.
        heavy: whether the toner ran.
    """

    dpi: int
    blur: float
    ink: float
    grain: float
    bitonal: bool
    heavy: bool


def condition(worst: float, chance: random.Random) -> Condition:
    """Draw a condition; *worst* from 0 (good office scanners) to 1 (fax and faded copies)."""
    return Condition(
        dpi=chance.choice((300, 200, 200, 150) if worst < 0.5 else (200, 150, 130, 110)),
        blur=chance.uniform(0.2, 0.6 + 0.6 * worst),
        ink=1 - chance.uniform(0, 0.5 * worst),
        grain=chance.uniform(0, 6 + 22 * worst),
        bitonal=chance.random() < 0.35,
        heavy=chance.random() < 0.25,
    )


def damage(pixels: Pixels, how: Condition, seed: int) -> Pixels:
    """Return the page as scanned under a condition, at the scanner's resolution."""
    noise = np.random.default_rng(seed)
    if how.heavy:
        pixels = np.asarray(cv2.erode(pixels, np.ones((3, 3), np.uint8)), dtype=np.uint8)
    scale = how.dpi / 300
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    blurred = cv2.GaussianBlur(small, (0, 0), how.blur).astype(np.float64)
    grain = 255 - (255 - blurred) * how.ink + noise.normal(0, how.grain, blurred.shape)
    if how.bitonal:
        grain = np.where(grain < 255 - 120 * how.ink, 0, 255)
    return np.clip(grain, 0, 255).astype(np.uint8)


def read_pairs(
    lines: list[str], *, language: str, worst: float, pages: int, seed: int
) -> Iterator[Pair]:
    """Print *lines* on *pages* pages, read them with Tesseract and yield (printed, read) words."""
    chance = random.Random(seed)  # noqa: S311  # a reproducible sample, no secret
    reader = RecognitionSettings(language=language, choices=False)
    for page in range(pages):
        font = serif_font(chance.choice(STYLES))
        sample = chance.sample(lines, min(len(lines), 60))
        if chance.random() < CAPITALS:
            sample = [line.upper() for line in sample]
        pixels, printed = typeset(sample, font, chance.choice((12, 13, 14)))
        how = condition(worst, chance)
        scanned = PageImage(damage(pixels, how, seed + page), how.dpi)
        strips = hocr.parse(tesseract.hocr(scanned, 6, reader))
        yield from _paired(printed, [" ".join(w.ocr for w in strip.words) for strip in strips])


def _paired(printed: list[str], read: list[str]) -> Iterator[Pair]:
    """Pair the words of lines that were read as one line of as many words."""
    at = 0
    for line in printed:
        for step in range(at, min(at + 3, len(read))):
            if _alike(line, read[step]):
                words, seen = line.split(), read[step].split()
                if len(words) == len(seen):
                    yield from zip(words, seen, strict=True)
                at = step + 1
                break


def _alike(printed: str, read: str) -> bool:
    return Levenshtein.normalized_distance(unidecode(printed), unidecode(read)) < 0.35

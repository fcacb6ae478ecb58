"""What is not type on a page: pen strokes, the signature, round seals and the stamp of a registry.

Each is drawn large on a coverage mask (255 is full ink), scaled down and multiplied into the page,
so that the type below stays visible as it does under real ink. Places and lengths are pixels.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from samples.make.faces import Face, font, width

Colour = tuple[int, int, int]
Points = NDArray[np.float64]
Point = tuple[float, float]
BLUE: Colour = (28, 52, 150)
RED: Colour = (206, 38, 48)

_OVERSAMPLING = 3

# The digits as a pen writes them: points of a smooth stroke in a unit box, y down.
_DIGITS: dict[str, tuple[tuple[float, float], ...]] = {
    "0": (
        (0.6, 0.05),
        (0.25, 0.2),
        (0.15, 0.6),
        (0.4, 1.0),
        (0.75, 0.7),
        (0.75, 0.25),
        (0.5, 0.03),
    ),
    "1": ((0.3, 0.3), (0.6, 0.02), (0.56, 0.5), (0.5, 1.0)),
    "2": (
        (0.2, 0.25),
        (0.5, 0.0),
        (0.75, 0.25),
        (0.5, 0.65),
        (0.15, 0.98),
        (0.5, 0.9),
        (0.85, 0.97),
    ),
    "3": (
        (0.2, 0.1),
        (0.65, 0.05),
        (0.6, 0.35),
        (0.4, 0.45),
        (0.75, 0.65),
        (0.5, 1.0),
        (0.15, 0.88),
    ),
    "4": ((0.5, 0.0), (0.15, 0.6), (0.8, 0.6), (0.6, 0.35), (0.55, 1.05)),
    "5": ((0.8, 0.02), (0.35, 0.05), (0.3, 0.42), (0.7, 0.5), (0.65, 0.95), (0.15, 0.92)),
    "6": ((0.7, 0.02), (0.3, 0.4), (0.25, 0.85), (0.6, 0.98), (0.7, 0.62), (0.3, 0.65)),
    "7": ((0.15, 0.08), (0.5, 0.1), (0.8, 0.05), (0.55, 0.5), (0.4, 1.02)),
    "8": ((0.7, 0.1), (0.3, 0.15), (0.65, 0.6), (0.5, 1.0), (0.2, 0.8), (0.65, 0.35), (0.68, 0.1)),
    "9": (
        (0.7, 0.15),
        (0.3, 0.15),
        (0.3, 0.45),
        (0.7, 0.4),
        (0.7, 0.15),
        (0.65, 0.6),
        (0.45, 1.05),
    ),
}


def write_digits(
    page: Image.Image, rng: Generator, digits: str, at: Point, em: float
) -> Image.Image:
    """Write *digits* in blue pen from *at* on the baseline; *em* is the size of the type beside."""
    x, y = at
    strokes = []
    high, wide = em * 0.86, em * 0.5
    for place, digit in enumerate(digits):
        points = np.array(_DIGITS[digit]) + rng.normal(0, 0.025, (len(_DIGITS[digit]), 2))
        left = x + place * wide * 1.06 + (1 - points[:, 1]) * high * 0.22
        strokes.append(
            np.stack(
                [left + points[:, 0] * wide, y - (1 - points[:, 1]) * high + em * 0.05], axis=1
            )
        )
    return _stroke(page, strokes, em * 0.075)


def sign(page: Image.Image, rng: Generator, at: Point, em: float) -> Image.Image:
    """Put an invented signature around *at* in blue pen."""
    x, y = at
    turns = np.linspace(0, float(rng.uniform(3.5, 7)) * math.pi, 26)
    swing = np.linspace(1.5, 0.6, turns.size) * (1 + rng.normal(0, 0.25, turns.size))
    loops = np.stack(
        [
            x + em * (np.linspace(-2.4, 2.2, turns.size) + 0.8 * np.cos(turns)),
            y + em * (0.9 * swing * np.sin(turns) - np.linspace(-0.3, 0.5, turns.size)),
        ],
        axis=1,
    )
    flourish = np.array(
        [(x - 2.8 * em, y + 0.9 * em), (x, y + 0.5 * em), (x + 3.6 * em, y - 0.5 * em)]
    )
    return _stroke(page, [loops, flourish], em * 0.07)


def seal(page: Image.Image, rng: Generator, at: Point, diameter: float, words: str) -> Image.Image:
    """Press a round red seal with *words* along its rim and a star in the middle."""
    size = round(diameter * _OVERSAMPLING)
    mask = Image.new("L", (size, size))
    draw = ImageDraw.Draw(mask)
    middle = size / 2
    for radius, thickness in ((0.495, 0.018), (0.46, 0.008), (0.29, 0.008)):
        edge = radius * size
        box = (middle - edge, middle - edge, middle + edge, middle + edge)
        draw.ellipse(box, outline=255, width=max(1, round(thickness * size)))
    radius = 0.375 * size
    em = min(0.125 * size, 2 * math.pi * radius / width(words, Face.BOLD, 1.08))
    letters, run = font(Face.BOLD, em), width(words, Face.BOLD, em)
    for place, letter in enumerate(words):
        before, wide = width(words[:place], Face.BOLD, em), width(letter, Face.BOLD, em)
        angle = 2 * math.pi * (before + wide / 2) / run
        tile = Image.new("L", (round(em * 1.6),) * 2)
        foot = (tile.width / 2, tile.height / 2 + em * 0.34)
        ImageDraw.Draw(tile).text(foot, letter, 255, letters, anchor="ms")
        tile = tile.rotate(-math.degrees(angle), Image.Resampling.BICUBIC)
        left = round(middle + radius * math.sin(angle) - tile.width / 2)
        top = round(middle - radius * math.cos(angle) - tile.height / 2)
        mask.paste(255, (left, top), tile)
    star = [
        (
            middle + size * (0.2 if point % 2 == 0 else 0.08) * math.sin(math.pi * point / 5),
            middle - size * (0.2 if point % 2 == 0 else 0.08) * math.cos(math.pi * point / 5),
        )
        for point in range(10)
    ]
    draw.polygon(star, fill=255)
    mask = mask.rotate(float(rng.uniform(-8, 8)), Image.Resampling.BICUBIC)
    return _press(page, _uneven(mask, rng), RED, at, strength=0.85)


def stamp(
    page: Image.Image, rng: Generator, at: Point, em: float, lines: Sequence[str]
) -> Image.Image:
    """Press a framed blue stamp with *lines* around *at*, slightly askew."""
    size = em * _OVERSAMPLING
    mask = Image.new("L", (round(size * 8.4), round(size * (len(lines) * 1.35 + 0.6))))
    draw = ImageDraw.Draw(mask)
    inset = size * 0.15
    frame = (inset, inset, mask.width - inset, mask.height - inset)
    draw.rectangle(frame, outline=255, width=round(size * 0.09))
    for place, line in enumerate(lines):
        baseline = size * (1.3 + 1.35 * place)
        face = font(Face.REGULAR if place else Face.BOLD, size)
        draw.text((mask.width / 2, baseline), line, 255, face, anchor="ms")
    mask = mask.rotate(2.5, Image.Resampling.BICUBIC, expand=True)
    return _press(page, _uneven(mask, rng), BLUE, at, strength=0.8)


def _uneven(mask: Image.Image, rng: Generator) -> Image.Image:
    """Let the ink of a stamp be thin in patches."""
    patches = Image.fromarray(rng.integers(110, 256, (14, 14), dtype=np.uint8))
    cover = np.asarray(patches.resize(mask.size, Image.Resampling.BICUBIC), dtype=np.float64) / 255
    return Image.fromarray((np.asarray(mask) * cover).astype(np.uint8))


def _press(
    page: Image.Image, mask: Image.Image, colour: Colour, at: Point, strength: float
) -> Image.Image:
    small = mask.resize(
        (round(mask.width / _OVERSAMPLING), round(mask.height / _OVERSAMPLING)),
        Image.Resampling.LANCZOS,
    )
    cover = Image.new("L", page.size)
    cover.paste(small, (round(at[0] - small.width / 2), round(at[1] - small.height / 2)))
    return _multiply(page, cover, colour, strength)


def _stroke(page: Image.Image, strokes: Sequence[Points], thickness: float) -> Image.Image:
    left, top = (
        int(np.floor(value - 3 * thickness)) for value in np.concatenate(strokes).min(axis=0)
    )
    right, bottom = (
        int(np.ceil(value + 3 * thickness)) for value in np.concatenate(strokes).max(axis=0)
    )
    grown = 4
    size = ((right - left) * grown, (bottom - top) * grown)
    mask = Image.new("L", size)
    draw = ImageDraw.Draw(mask)
    for points in strokes:
        curve = (_smooth(points) - (left, top)) * grown
        for place, (x, y) in enumerate(curve):
            radius = thickness * grown / 2 * (1 + 0.25 * math.sin(place / 9))
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    cover = Image.new("L", page.size)
    cover.paste(mask.resize((right - left, bottom - top), Image.Resampling.LANCZOS), (left, top))
    return _multiply(page, cover, BLUE, 0.92)


def _smooth(points: Points, steps: int = 60) -> Points:
    """Return a Catmull-Rom curve through *points*, *steps* points for each stretch."""
    ends = np.concatenate([points[:1], points, points[-1:]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        pieces.append(
            0.5
            * (
                2 * b
                + (c - a) * t
                + (2 * a - 5 * b + 4 * c - d) * t**2
                + (3 * b - a - 3 * c + d) * t**3
            )
        )
    return np.concatenate(pieces)


def _multiply(
    page: Image.Image, cover: Image.Image, colour: Colour, strength: float
) -> Image.Image:
    """Multiply *colour* into the page where *cover* has ink."""
    box = cover.getbbox()
    if box is None:
        return page
    part = np.asarray(page.crop(box), dtype=np.float64)
    ink = np.asarray(cover.crop(box), dtype=np.float64)[..., None] / 255 * strength
    mixed = part * (1 - ink * (1 - np.array(colour) / 255))
    page.paste(Image.fromarray(mixed.round().astype(np.uint8)), box[:2])
    return page

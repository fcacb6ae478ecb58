"""Draws a typeset page as a clean RGB image at a resolution."""

from dataclasses import dataclass

from numpy.random import Generator
from PIL import Image, ImageDraw

from samples.make import ink
from samples.make.faces import font
from samples.make.record import Record
from samples.make.sheet import HEIGHT, MM, WIDTH, Sheet

_INK = 22  # grey level of toner
_FINE_DPI = 600
_SEAL = 36 * MM  # diameter


@dataclass(frozen=True, slots=True)
class Marks:
    """What the page carries besides type: signature and seal, the lines of a registry's stamp."""

    signed: bool = True
    stamp: tuple[str, ...] = ()


def draw(sheet: Sheet, record: Record, dpi: int, marks: Marks, rng: Generator) -> Image.Image:
    """Return the page as RGB at *dpi*; the random numbers only shape pen strokes and ink."""
    image = _type(sheet, dpi).convert("RGB")
    scale = dpi / 72
    for text in sheet.texts:
        if text.pen:
            x, y = text.x * scale + 0.1 * text.size * scale, text.y * scale
            image = ink.write_digits(image, rng, text.text, (x, y), text.size * scale)
    if sheet.signature and marks.signed:
        x, y = (value * scale for value in sheet.signature)
        image = ink.sign(image, rng, (x, y), 14 * scale)
        rim = f"{record.motto[0]} * {' '.join(record.issuing_body.split())} * "
        at = (x - 21 * MM * scale, y - 4 * scale)
        image = ink.seal(image, rng, at, _SEAL * scale, rim)
    if marks.stamp:
        at = (56 * MM * scale, 11 * MM * scale)
        image = ink.stamp(image, rng, at, 10 * scale, marks.stamp)
    return image


def _type(sheet: Sheet, dpi: int) -> Image.Image:
    """Draw type and rules in grey, large and scaled down, so that hinting moves no letter."""
    grown = max(2, round(_FINE_DPI / dpi))
    scale = dpi / 72 * grown
    size = (round(WIDTH * dpi / 72), round(HEIGHT * dpi / 72))
    image = Image.new("L", (size[0] * grown, size[1] * grown), 255)
    pencil = ImageDraw.Draw(image)
    for rule in sheet.rules:
        ends = (rule.x0 * scale, rule.y0 * scale, rule.x1 * scale, rule.y1 * scale)
        pencil.line(ends, _INK, max(1, round(rule.width * scale)))
    for text in sheet.texts:
        if not text.pen:
            face = font(text.face, text.size * scale)
            pencil.text((text.x * scale, text.y * scale), text.text, _INK, face, anchor="ls")
    return image.reduce(grown)

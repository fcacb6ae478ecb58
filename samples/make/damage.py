"""What scanners, fax lines and cameras do to a page: one defect, one function, image in, image out.

Every random number comes from the generator handed in, so a fixed seed gives a fixed image.
"""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Colour = tuple[int, int, int]


def tint(image: Image.Image, paper: Colour) -> Image.Image:
    """Give white paper the colour *paper*; ink keeps its darkness."""
    return _image(np.asarray(image, dtype=np.float64) * (np.array(paper) / 255))


def skew(image: Image.Image, degrees: float, around: Colour | int) -> Image.Image:
    """Turn the page anticlockwise by a few *degrees* inside its frame; corners show *around*."""
    return image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=around)


def soften(image: Image.Image, radius: float) -> Image.Image:
    """Blur like a lens; *radius* in pixels."""
    return image.filter(ImageFilter.GaussianBlur(radius))


def grain(image: Image.Image, rng: Generator, sigma: float) -> Image.Image:
    """Add sensor noise of *sigma* grey levels, the same in all channels."""
    noise = rng.normal(0, sigma, (image.height, image.width))
    return _image(np.asarray(image, dtype=np.float64) + _like(image, noise))


def dust(image: Image.Image, rng: Generator, spots: int, largest: float) -> Image.Image:
    """Scatter dark and light *spots* of up to *largest* pixels across."""
    array = np.array(image)
    for _ in range(spots):
        radius = rng.uniform(0.5, largest / 2)
        y, x = rng.uniform(0, image.height), rng.uniform(0, image.width)
        top, left = max(0, int(y - radius)), max(0, int(x - radius))
        rows, columns = np.ogrid[top : int(y + radius) + 1, left : int(x + radius) + 1]
        inside = (rows - y) ** 2 + (columns - x) ** 2 <= radius**2
        part = array[top : int(y + radius) + 1, left : int(x + radius) + 1]
        part[inside[: part.shape[0], : part.shape[1]]] = 30 if rng.random() < 0.8 else 250
    return Image.fromarray(array)


def shade(image: Image.Image, rng: Generator, darkest: float) -> Image.Image:
    """Let light fall off across the page, from full at one corner to the factor *darkest*."""
    rows = np.linspace(0, 1, image.height)[:, None]
    columns = np.linspace(0, 1, image.width)[None, :]
    tilt = rng.uniform(0.35, 0.65)
    fall = (tilt * rows + (1 - tilt) * columns) ** 1.3
    light = 1 - (1 - darkest) * fall
    return _image(np.asarray(image, dtype=np.float64) * _like(image, light))


def photograph(image: Image.Image, table: Colour, margin: float, lean: float) -> Image.Image:
    """See the page from slightly below its middle, lying on a *table* that shows at its edges.

    Args:
        image: the flat page.
        table: colour of what it lies on.
        margin: width of table seen, as a part of the page's width.
        lean: by how much the far edge looks shorter, as a part of its length.
    """
    edge = round(image.width * margin)
    whole = Image.new("RGB", (image.width + 2 * edge, image.height + 2 * edge), table)
    whole.paste(image, (edge, edge))
    wide, high = whole.size
    inset = wide * lean / 2
    corners = ((-inset, 0.0), (0.0, float(high)), (float(wide), float(high)), (wide + inset, 0.0))
    frame = ((0.0, 0.0), (0.0, float(high)), (float(wide), float(high)), (float(wide), 0.0))
    return whole.transform(
        whole.size,
        Image.Transform.PERSPECTIVE,
        _projection(frame, corners),
        Image.Resampling.BICUBIC,
        fillcolor=table,
    )


def scanner_border(image: Image.Image, rng: Generator, widths: tuple[int, int, int]) -> Image.Image:
    """Leave a ragged dark border of mean *widths* pixels at the left, top and right edge."""
    array = np.array(image)
    for turns, mean in zip((0, 3, 2), widths, strict=True):  # left, top, right
        view = np.rot90(array, -turns)
        wave = np.cumsum(rng.normal(0, 0.35, view.shape[0]))
        depth = np.clip(mean + wave - wave.mean(), 2, 2 * mean).astype(int)
        dark = np.arange(2 * mean)[None, :] < depth[:, None]
        ink = rng.integers(15, 45, dark.shape).astype(np.uint8)
        part = view[:, : 2 * mean]
        part[dark] = ink[dark] if array.ndim == 2 else ink[dark][:, None]
    return Image.fromarray(array)


def fax(image: Image.Image, rng: Generator, threshold: int = 140) -> Image.Image:
    """Make every pixel black or white, with ragged edges and a sprinkle of lone black pixels."""
    grey = np.asarray(image.convert("L"), dtype=np.float64)
    white = grey + rng.normal(0, 22, grey.shape) > threshold
    white &= rng.random(grey.shape) > 0.0006
    return Image.fromarray(white)


def _projection(
    frame: tuple[tuple[float, float], ...], corners: tuple[tuple[float, float], ...]
) -> tuple[float, ...]:
    """Return the eight numbers Pillow needs to fetch each point of *frame* from *corners*."""
    rows, values = [], []
    for (x, y), (u, v) in zip(frame, corners, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return tuple(float(number) for number in np.linalg.solve(np.array(rows), np.array(values)))


def _like(image: Image.Image, plane: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give *plane* the channels of *image*."""
    return plane if image.mode == "L" else plane[..., None]


def _image(array: NDArray[np.float64]) -> Image.Image:
    return Image.fromarray(array.clip(0, 255).round().astype(np.uint8))

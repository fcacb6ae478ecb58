"""What is printed on the page: ink and paper, connected components, the height of the letters.

Measures only; every step looks through these before it acts. All of them expect dark on light.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.image import Pixels, paper_level

Mask = NDArray[np.uint8]  # 1 where ink is, 0 elsewhere

_SAMPLE: Final = 4  # every so manieth pixel is enough to know the grey levels
# Ink is at most so bright beside the paper: pale toner still counts, show-through does not.
_INK_RANGE: Final = (0.35, 0.75)
_MIN_LETTERS: Final = 30  # fewer say nothing about the height of letters
_TALL: Final = 90  # percentile of heights that ascenders and capitals reach
_PEAK: Final = 0.5  # share of the highest peak that makes a peak count
_MARKS: Final = 0.48  # marks and dots are lower than this share of it


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """Connected components of ink, one array entry each; sizes in pixels."""

    left: NDArray[np.int32]
    top: NDArray[np.int32]
    width: NDArray[np.int32]
    height: NDArray[np.int32]
    area: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.area)


def ink_mask(grey: Pixels) -> Mask:
    """Return what is clearly darker than the paper, by Otsu's threshold kept within reason."""
    sample = np.ascontiguousarray(grey[::_SAMPLE, ::_SAMPLE])
    otsu, _ = cv2.threshold(sample, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    paper = paper_level(grey)
    level = float(np.clip(otsu, _INK_RANGE[0] * paper, _INK_RANGE[1] * paper))
    return np.asarray(cv2.threshold(grey, level, 1, cv2.THRESH_BINARY_INV)[1], np.uint8)


def label(mask: Mask) -> tuple[NDArray[np.int32], Components]:
    """Return the label of each pixel (0 is paper) and the components; the first has label 1."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=cv2.CV_32S)
    left, top, width, height, area = np.asarray(stats[1:], np.int32).T
    return np.asarray(labels, np.int32), Components(left, top, width, height, area)


def ink_of(labels: NDArray[np.int32], chosen: NDArray[np.bool_]) -> Mask:
    """Return the ink of the components for which *chosen* is true."""
    return np.concatenate(([False], chosen)).astype(np.uint8)[labels]


def letter_height(components: Components) -> float | None:
    """Return the x-height of the text in pixels, or None when there is too little text to tell.

    Most letters are lower-case ones without ascender, and marks mostly stand apart from them: the
    x-height is the commonest height above that of marks and dots, which reach less than half as
    high as ascenders and capitals do.
    """
    height, width = components.height, components.width
    shaped = (
        (height >= 4)
        & (width < 3 * height)
        & (height < 4 * width)
        & (components.area > 0.15 * height * width)
    )
    heights = height[shaped]
    if len(heights) < _MIN_LETTERS:
        return None
    tall = float(np.percentile(heights, _TALL))
    counts = np.bincount(heights).astype(np.float64)
    counts[: int(_MARKS * tall) + 1] = 0.0
    smooth = np.convolve(counts, (0.25, 0.5, 0.25), mode="same")
    # The lowest of the peaks: a page with many tall letters must not pass for one of larger type.
    peaks = (smooth >= np.roll(smooth, 1)) & (smooth >= np.roll(smooth, -1))
    peak = int(np.flatnonzero(peaks & (smooth >= _PEAK * smooth.max()))[0])
    around = np.arange(max(0, peak - 1), min(len(counts), peak + 2))
    return float(np.average(around, weights=counts[around] + 1e-9))


def shrink(grey: Pixels, longest: int) -> tuple[Pixels, float]:
    """Return the page with its longer side at most *longest* pixels, and the factor, 0..1."""
    factor = min(1.0, longest / max(grey.shape[:2]))
    if factor == 1.0:
        return grey, factor
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), factor

"""Red and blue ink over the text: seals, stamps, signatures, told from the print by their colour.

Seals of a grey scan are told by being paler than print (:func:`remove_pale_seals`).

Seen through a filter of its own colour an ink turns pale while black print stays black: the red
channel shows the text under a red seal. Only marks of a seal's size are taken out. Coloured print
and handwritten numbers are small and stay, and when most of the ink is coloured it is the text.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.components import Mask, label
from pipeline.image import Pixels, paper_level, to_grey
from pipeline.imaging.ink import ink_mask, shrink
from pipeline.imaging.shade import measure_shade
from pipeline.model import Box

_LONGEST: Final = 1200  # pixels of the reduced page
_CHROMA: Final = 45  # levels between the channel of the ink's colour and the others
_PALE: Final = 22  # the same for what is fainter, inside a mark of that colour
_PART_MM: Final = 5.0  # marks of one colour so near to a seal belong to it
_PAGE_MM: Final = 297.0  # what the longer side is taken for
_JOIN_MM: Final = 3.0  # parts of one seal are nearer than this
_SAMPLE: Final = 4  # every so manieth pixel tells whether there is any colour
_LEAST_SHARE: Final = 0.0005  # of the page: a seal's ring alone covers ten times as much
_SEAL_MM: Final = 12.0  # the least width and height of a seal
_MOST_OF_INK: Final = 0.4
_INK: Final = 150  # brightness below which something is ink at all, on white paper
_GREY: Final = 15  # levels between channels that are no colour yet
# In the ink's own channel, beside the seal's usual level: print under it is darker than the first
# share, plain seal is lighter than the second.
_PRINT: Final = 0.65
_SEAL: Final = 0.85
_RED, _BLUE = 0, 2
# Of the way from print to paper: what is paler is no print; of the paper: what is paler is paper.
_PRINT_LEVEL: Final = 25  # percentile of all ink that is as dark as print: its edges are paler
_PALE_INK: Final = 0.3
_PALE_PAPER: Final = 0.85
_ROUND_MM: Final = (18.0, 55.0)  # the least and the greatest width and height of a pale seal
_FILLED: Final = 0.06  # of its square that a seal's ink covers


def remove_seals(rgb: Pixels) -> tuple[Pixels, float]:
    """Return the page in grey without seals, and the share of the page that they covered.

    Args:
        rgb: shape (height, width, 3).
    """
    grey = to_grey(rgb)
    small, _ = shrink(rgb, _LONGEST)
    white = _white_balanced(small)
    covered = 0.0
    for channel in (_RED, _BLUE):
        zone = _zone(white, channel)
        if not zone.any():
            continue
        covered += float(zone.mean())
        height, width = grey.shape
        full = cv2.resize(zone, (width, height), interpolation=cv2.INTER_NEAREST) > 0
        paper = cv2.resize(measure_shade(rgb[..., channel])[0], (width, height))
        grey[full] = _filtered(rgb[full], channel, np.asarray(paper, np.uint8)[full])
    return grey, covered


def has_colour(pixels: Pixels) -> bool:
    """Tell whether a page has any ink that differs from its paper in colour: most have none."""
    if pixels.ndim == 2:
        return False
    red, green, blue = (_tones(pixels[::_SAMPLE, ::_SAMPLE, channel]) for channel in range(3))
    most, least = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    apart = cv2.subtract(most, least)
    return bool(np.count_nonzero(apart > _CHROMA) > _LEAST_SHARE * red.size)


def _tones(channel: Pixels) -> NDArray[np.int16]:
    """Return how far a channel is from its level on the paper."""
    levels = np.ascontiguousarray(channel).astype(np.int16)
    return levels - np.int16(np.median(levels))


def _white_balanced(small: Pixels) -> Pixels:
    """Return the page with its paper made white, so that a cast of the light is no ink."""
    gains = [255.0 / max(1, paper_level(small[..., channel])) for channel in range(3)]
    return np.clip(small * np.array(gains, np.float32), 0, 255).astype(np.uint8)


def _zone(white: Pixels, channel: int) -> Mask:
    """Return where marks of one colour are that have the size of a seal."""
    others = list(cv2.split(white))
    own = others.pop(channel)
    least, most = cv2.min(*others), cv2.max(*others)
    # Violet stamps count as blue: there red may stand above green.
    coloured = cv2.subtract(own, least if channel == _BLUE else most)  # stops at 0
    mask = ((coloured > _CHROMA) & (own >= most)).astype(np.uint8)
    ink = cv2.min(own, least) < _INK
    text_itself = np.count_nonzero(mask) > _MOST_OF_INK * np.count_nonzero(ink)
    if not mask.any() or text_itself or np.median(coloured[ink]) > _GREY:
        return np.zeros_like(mask)
    pixels_per_mm = max(white.shape[:2]) / _PAGE_MM
    reach = max(1, round(_JOIN_MM * pixels_per_mm))
    joined = np.asarray(cv2.dilate(mask, np.ones((reach, reach), np.uint8)), np.uint8)
    boxes = [Box(*box) for box in label(joined)[1].boxes()]
    least = _SEAL_MM * pixels_per_mm
    large = [box for box in boxes if min(box.width, box.height) >= least]
    pale = np.asarray(cv2.dilate((coloured > _PALE).astype(np.uint8), np.ones((3, 3))), np.uint8)
    zone = np.zeros(mask.shape, np.uint8)
    for box in _with_parts(large, boxes, round(_PART_MM * pixels_per_mm)):
        inside = np.s_[box.top : box.bottom, box.left : box.right]
        zone[inside] |= pale[inside] | joined[inside]
    return zone


def _with_parts(large: list[Box], boxes: list[Box], reach: int) -> list[Box]:
    """Return the marks that are *large*, and those near one of them: the lines of one stamp."""
    found, rest = list(large), [box for box in boxes if box not in large]
    for box in found:  # which grows on the way
        near = [other for other in rest if _are_near(box, other, reach)]
        found += near
        rest = [other for other in rest if other not in near]
    return found


def _are_near(one: Box, other: Box, reach: int) -> bool:
    across = max(one.left, other.left) - min(one.right, other.right)
    down = max(one.top, other.top) - min(one.bottom, other.bottom)
    return max(across, down) <= reach


def _filtered(rgb: Pixels, channel: int, paper: Pixels) -> Pixels:
    """Return what the ink's own channel shows, with the coloured ink lifted to the paper's level.

    Args:
        rgb: shape (n, 3), the pixels inside the zone.
        channel: the channel in which the ink is pale.
        paper: shape (n,), level of the paper around them in that channel.
    """
    values = rgb.astype(np.float32)
    own = values[:, channel]
    chroma = own - np.delete(values, channel, axis=1).min(axis=1)
    # Grey pixels, print among them, keep their level; the more colour, the nearer to the paper.
    lift = np.clip((chroma - _GREY) / (_CHROMA - _GREY), 0.0, 1.0)
    strong = own[chroma > _CHROMA]
    pale = float(np.median(strong)) if len(strong) else float(np.median(paper))
    lift *= np.clip((own / pale - _PRINT) / (_SEAL - _PRINT), 0.0, 1.0)
    lifted = own + lift * np.maximum(0.0, paper.astype(np.float32) - own)
    return np.asarray(np.clip(lifted, 0, 255), np.uint8)


def remove_pale_seals(grey: Pixels) -> tuple[Pixels, float]:
    """Return a grey page without seals that are paler than print, and the share that they covered.

    Where a mark of a seal's size stands in ink clearly paler than print, all that is as pale there
    goes; print under it is darker and stays.
    """
    small, _ = shrink(grey, _LONGEST)
    paper = paper_level(small)
    ink = small[ink_mask(small) > 0]
    if not ink.size:
        return grey, 0.0
    dark = float(np.percentile(ink, _PRINT_LEVEL))
    cut = dark + _PALE_INK * (paper - dark)
    print_itself = cv2.dilate((small <= cut).astype(np.uint8), np.ones((5, 5), np.uint8))
    pale = ((small > cut) & (small < _PALE_PAPER * paper) & (print_itself == 0)).astype(np.uint8)
    pixels_per_mm = max(small.shape) / _PAGE_MM
    reach = max(1, round(_JOIN_MM * pixels_per_mm))
    joined = np.asarray(cv2.dilate(pale, np.ones((reach, reach), np.uint8)), np.uint8)
    labels, found = label(joined)
    low, high = (part * pixels_per_mm for part in _ROUND_MM)
    zone = np.zeros(small.shape, np.uint8)
    for number, (left, top, width, height) in enumerate(found.boxes(), start=1):
        if not low <= min(width, height) <= max(width, height) <= high:
            continue
        inside = np.s_[top : top + height, left : left + width]
        own = labels[inside] == number
        if np.count_nonzero(pale[inside][own]) > _FILLED * own.size:
            zone[inside] |= own
    if not zone.any():
        return grey, 0.0
    full = cv2.resize(zone, grey.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0
    cleaned = grey.copy()
    cleaned[full & (grey > cut)] = paper
    return cleaned, float(zone.mean())

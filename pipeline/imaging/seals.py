"""Red and blue ink over the text: seals, stamps, signatures, told from the print by their colour.

Seen through a filter of its own colour an ink turns pale while black print stays black: the red
channel shows the text under a red seal. Only marks of a seal's size are taken out that are no print
in colour, of which :mod:`pipeline.imaging.lettering` knows how it stands; print that a signature or
a frame touches stays beside it. Handwritten numbers are small and stay, and when most of the ink is
coloured it is the text.

What is stamped in red beside a round seal, the office and the name of who signs, is text: it is
kept as a page of its own, without the signature that runs across it. A word stamped in a frame as
large as a seal, as HỎA TỐC, stays on the page as black as print, without its frame; if it covers
print, it is kept with the other stamped text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.components import Mask, ink_of, label
from pipeline.image import Pixels, middle_level, paper_level, to_grey
from pipeline.imaging import frames, lettering, marks, rings
from pipeline.imaging.ink import shrink
from pipeline.imaging.shade import measure_shade
from pipeline.imaging.sheet import Sheet
from pipeline.model import Box

_CHROMA: Final = 45  # levels between the channel of the ink's colour and the others
_PALE: Final = 22  # the same for what is fainter, inside a mark of that colour
_PART_MM: Final = 5.0  # marks of one colour so near to a seal belong to it
_SAMPLE: Final = 4  # every so manieth pixel tells whether there is any colour
_LEAST_SHARE: Final = 0.0005  # of the page: a seal's ring alone covers ten times as much
_SEAL_MM: Final = 12.0  # the least width and height of a seal
_WHOLE_MM: Final = 22.0  # of a round one that is not cut off
_STROKE_MM: Final = 9.0  # the least width and height of its ring, its frame or of a signature
_PLAIN: Final = 0.6  # of the ring that is seen: lines of letters may look like half of one
_COVERED: Final = 0.1  # of a framed word's ink: print that it may touch
_MOST_OF_INK: Final = 0.4
_INK: Final = 150  # brightness below which something is ink at all, on white paper
_FAINT: Final = 215  # the same of rules, which are thin
_GREY: Final = 15  # levels between channels that are no colour yet
# In the ink's own channel, beside the seal's usual level: print under it is darker than the first
# share, plain seal is lighter than the second.
_PRINT: Final = 0.65
_SEAL: Final = 0.85
# The same of its colour, beside the seal's usual one.
_DULL: Final = 0.7
_FULL: Final = 0.9
_RED, _BLUE = 0, 2


def remove_seals(rgb: Pixels) -> tuple[Sheet, float]:
    """Return the page in grey without seals, and the share of the page that they covered.

    Args:
        rgb: shape (height, width, 3).
    """
    grey = to_grey(rgb)
    small, _ = shrink(rgb, marks.LONGEST)
    white = _white_balanced(small)
    covered = 0.0
    stamped = None
    for channel in (_RED, _BLUE):
        found = _marks(white, channel)
        zone = found.zone()
        if not zone.any():
            continue
        covered += float(zone.mean())
        full = marks.enlarged(zone, grey.shape)
        paper = cv2.resize(measure_shade(rgb[..., channel])[0], grey.shape[::-1])
        grey[full] = _filtered(rgb[full], channel, np.asarray(paper, np.uint8)[full])
        if channel != _RED:
            continue
        if (clear := found.clear_words()).any():
            grey = np.minimum(grey, _layer(rgb, channel, marks.enlarged(clear, grey.shape)))
        if (beside := found.beside_rings()).any():
            stamped = _layer(rgb, channel, marks.enlarged(beside, grey.shape))
    return Sheet(grey, stamped), covered


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
    levels = np.ascontiguousarray(channel)
    return levels.astype(np.int16) - np.int16(middle_level(levels))


def _white_balanced(small: Pixels) -> Pixels:
    """Return the page with its paper made white, so that a cast of the light is no ink."""
    gains = [255.0 / max(1, paper_level(small[..., channel])) for channel in range(3)]
    levels = np.arange(256, dtype=np.float32)[:, None] * np.array(gains, np.float32)
    table = np.clip(levels, 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(small, table[None]), np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class _Marks:
    """Ink of one colour on the reduced page.

    Attributes:
        ink: what is clearly of the colour.
        around: the same with all paler ink of the colour, and what lies between its parts.
        seals: marks of a seal's size that are no lines of text.
        parts: the other ones.
        words: those of red ink that are a word in a frame.
        print_: ink without colour.
        pixels_per_mm: of the reduced page.
    """

    ink: Mask
    around: Mask
    print_: Mask
    seals: Sequence[Box] = ()
    parts: Sequence[Box] = ()
    words: Sequence[frames.FramedWord] = ()
    pixels_per_mm: float = 1.0

    def zone(self) -> Mask:
        """Return where seals are, with the parts near them, and what frames words."""
        zone = self._covered_by(self.seals)
        for word in self.words:
            zone |= word.frame
        return np.asarray(zone | self._words(clear=False), np.uint8)

    def clear_words(self) -> Mask:
        """Return where words stand in frames on empty paper."""
        return self._words(clear=True)

    def beside_rings(self) -> Mask:
        """Return where something stands next to a round seal, runs out of it, or covers print."""
        rings_ = {box: _find_ring(self.ink, box) for box in self.seals}
        zone = self._covered_by([box for box, ring in rings_.items() if ring])
        for ring in filter(None, rings_.values()):
            zone[rings.disc(ring, zone.shape) > 0] = 0
        return np.asarray(zone | self._words(clear=False), np.uint8)

    def _words(self, *, clear: bool) -> Mask:
        zone = np.zeros_like(self.ink)
        for word in self.words:
            covered = np.count_nonzero(self.print_ & word.inside)
            if (covered <= _COVERED * np.count_nonzero(self.ink & word.inside)) == clear:
                zone |= word.inside
        return zone

    def _covered_by(self, seals: Sequence[Box]) -> Mask:
        zone = np.zeros_like(self.ink)
        for box in _with_parts(seals, self.parts, round(_PART_MM * self.pixels_per_mm)):
            inside = np.s_[box.top : box.bottom, box.left : box.right]
            zone[inside] |= self.around[inside]
        return zone


def _marks(white: Pixels, channel: int) -> _Marks:
    """Return the marks of one colour; none where the text itself is of that colour."""
    others = list(cv2.split(white))
    own = others.pop(channel)
    least, most = cv2.min(*others), cv2.max(*others)
    # Violet stamps count as blue: there red may stand above green.
    coloured = cv2.subtract(own, least if channel == _BLUE else most)  # stops at 0
    mask = ((coloured > _CHROMA) & (own >= most)).astype(np.uint8)
    ink = cv2.min(own, least) < _INK
    print_ = (ink & (coloured <= _GREY)).astype(np.uint8)
    text_itself = np.count_nonzero(mask) > _MOST_OF_INK * np.count_nonzero(ink)
    if not mask.any() or text_itself or np.median(coloured[ink]) > _GREY:
        return _Marks(mask, np.zeros_like(mask), print_)
    pixels_per_mm = marks.pixels_per_mm(white.shape)
    whole = _with_pale(mask, ((coloured > _PALE) & (own >= most)).astype(np.uint8))
    labels, areas = label(marks.joined(whole))
    pale = np.asarray(cv2.dilate((coloured > _PALE).astype(np.uint8), np.ones((3, 3))), np.uint8)
    strokes = label(whole)[1].boxes()
    long = [Box(*box) for box in strokes if min(box[2:]) >= _STROKE_MM * pixels_per_mm]
    seals: list[Box] = []
    parts: list[Box] = []
    words: list[frames.FramedWord] = []
    lettered: list[Box] = []
    faint = (cv2.min(own, least) < _FAINT) & (coloured <= _GREY)
    inks = lettering.Inks(whole, mask, print_, faint.astype(np.uint8))
    rows: lettering.Rows | None = None
    for number, box in enumerate((Box(*box) for box in areas.boxes()), start=1):
        side = min(box.width, box.height) / pixels_per_mm
        # Lines of coloured text may be as large as a seal, but lower than a whole one, and all
        # their strokes are short; those of a pale seal are, too.
        drawn = side >= _SEAL_MM and (
            side >= _WHOLE_MM
            or any(_are_near(box, stroke, 0) for stroke in long)
            or _find_ring(mask, box) is not None
        )
        if drawn:
            own_ink = np.asarray(whole & (labels == number), np.uint8)
            # A smaller frame stays where it is: Tesseract passes over a lone word without one.
            framed = channel == _RED and frames.may_be_one(box, pixels_per_mm)
            word = frames.find_word(whole, own_ink, pixels_per_mm) if framed else None
            if word is not None:
                words.append(word)
                continue
            rows = rows or lettering.find_rows(inks)
            found = _seals_in(box, own_ink, inks, long, rows) if rows else [box]
            if channel == _RED and found and found != [box] and _find_ring(mask, box):
                found = [box]  # what is stamped beside a ring is kept by itself
            seals += found
            if not found:
                lettered.append(box)
        else:
            parts.append(box)
    # What a frame or a ring holds belongs to it.
    parts += [box for box in lettered if any(_holds(seal, box) for seal in seals)]
    around = np.asarray(pale | (labels > 0), np.uint8)
    return _Marks(mask, around, print_, seals, parts, words, pixels_per_mm)


def _seals_in(
    mark: Box,
    ink: Mask,
    inks: lettering.Inks,
    long: Sequence[Box],
    rows: lettering.Rows,
) -> list[Box]:
    """Return what is no print in a mark: nothing, its *long* strokes and frames, or all of it."""
    if lettering.is_print(inks, mark, ink, rows):
        return []
    within = [stroke for stroke in long if _holds(mark, stroke)]
    beside = _without(ink, within)
    return within if within and lettering.is_print(inks, mark, beside, rows) else [mark]


def _with_pale(ink: Mask, pale: Mask) -> Mask:
    """Return the *ink* and all *pale* ink that runs on from it: no stamp inks its frame evenly."""
    labels, found = label(pale)
    strong = np.bincount(labels[ink > 0], minlength=len(found) + 1)[1:] > 0
    return ink_of(labels, strong)


def _find_ring(ink: Mask, mark: Box) -> rings.Circle | None:
    """Return the outermost ring of a mark that has one which is plainly seen."""
    none = np.zeros_like(ink)
    plain = rings.find_ring(ink, none, mark, _PLAIN)
    return plain and rings.find_ring(ink, none, mark)


def _with_parts(seals: Sequence[Box], parts: Sequence[Box], reach: int) -> list[Box]:
    """Return the *seals*, and the parts near one of them: the lines of one stamp."""
    found, rest = list(seals), list(parts)
    for box in found:  # which grows on the way
        near = [other for other in rest if _are_near(box, other, reach)]
        found += near
        rest = [other for other in rest if other not in near]
    return found


def _without(ink: Mask, boxes: Sequence[Box]) -> Mask:
    rest = ink.copy()
    for box in boxes:
        rest[box.top : box.bottom, box.left : box.right] = 0
    return rest


def _holds(one: Box, other: Box) -> bool:
    return (
        one.left <= other.left
        and one.top <= other.top
        and other.right <= one.right
        and other.bottom <= one.bottom
    )


def _are_near(one: Box, other: Box, reach: int) -> bool:
    across = max(one.left, other.left) - min(one.right, other.right)
    down = max(one.top, other.top) - min(one.bottom, other.bottom)
    return max(across, down) <= reach


def _layer(rgb: Pixels, channel: int, where: NDArray[np.bool_]) -> Pixels:
    """Return the ink of one colour there, black on white: the more colour, the darker."""
    values = rgb[where].astype(np.int16)
    chroma = values[:, channel] - np.delete(values, channel, axis=1).max(axis=1)
    strong = chroma[chroma > _CHROMA]
    layer = np.full(rgb.shape[:2], 255, np.uint8)
    if strong.size:
        layer[where] = np.clip(255 - 255 / np.median(strong) * chroma, 0, 255)
    return layer


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
    strong = chroma > _CHROMA
    pale = float(np.median(own[strong])) if strong.any() else float(np.median(paper))
    plain = np.clip((own / pale - _PRINT) / (_SEAL - _PRINT), 0.0, 1.0)
    if strong.any():
        # Print takes as much of the colour away as of the light; a dark edge is of full colour.
        share = chroma / float(np.median(chroma[strong]))
        plain = np.maximum(plain, np.clip((share - _DULL) / (_FULL - _DULL), 0.0, 1.0))
    lift *= plain
    lifted = own + lift * np.maximum(0.0, paper.astype(np.float32) - own)
    return np.asarray(np.clip(lifted, 0, 255), np.uint8)

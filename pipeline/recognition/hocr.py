"""Tesseract's hOCR → lines of words with boxes, confidences and choices.

What always holds:

* Text is NFC, without blanks; every word that has a visible character is kept, garbage too: whether
  a word is noise is decided later, with a reason.
* ``choices`` has one entry for each character of the word, or is empty.
* The XML is parsed without entities or network.

What Tesseract 5 writes with ``hocr_char_boxes=1`` and ``lstm_choice_mode=2``: a word holds an
``ocrx_cinfo`` span with ``x_bboxes`` for each character it read, and behind it a span
``lstm_choices_…`` with the readings of that place, best first, each with an ``x_confs`` of 0..100.
These confidences are not shares of one whole. Two in three are 0, and of 30 misread characters on
four real pages those held the truth twice, the others 19 times: they are left out. The character
that was read is always among the readings.
The LSTM models know nothing of the type face, so bold and italic stay None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from lxml import etree

from pipeline.model import Box, Choice, Word, nfc

_NUMBER: Final = r"(-?\d+(?:\.\d+)?)"
_SPAN: Final = "{*}span"
_DIVISION: Final = "{*}div"
_WORD_CONFIDENCE: Final = re.compile(rf"\bx_wconf {_NUMBER}")
_CHARACTER_CONFIDENCE: Final = re.compile(rf"\bx_conf {_NUMBER}")
_READING_CONFIDENCE: Final = re.compile(rf"\bx_confs {_NUMBER}")
_BASELINE: Final = re.compile(rf"\bbaseline {_NUMBER} {_NUMBER}")
_X_SIZE: Final = re.compile(rf"\bx_size {_NUMBER}; x_descenders {_NUMBER}; x_ascenders {_NUMBER}")


@dataclass(frozen=True, slots=True)
class Strip:
    """Words that Tesseract sees on one line: a line of the page, or lines of two columns in one.

    Attributes:
        words: from left to right; at least one.
        slope, base: the baseline is at ``base + slope * x`` pixels from the top of the page.
        x_height: of the line's small letters, in pixels.
        box: around all its words.
    """

    words: tuple[Word, ...]
    slope: float
    base: float
    x_height: float
    box: Box = field(init=False)

    def __post_init__(self) -> None:
        """Measure the box: it is asked for often."""
        object.__setattr__(self, "box", Box.around([word_box(word) for word in self.words]))

    @property
    def baseline(self) -> float:
        """Height of the baseline under the middle of the words, in pixels from the top."""
        return self.base + self.slope * self.box.middle

    def part(self, words: list[Word]) -> Strip:
        """Return the strip that holds only *words* of this one."""
        return Strip(tuple(words), self.slope, self.base, self.x_height)

    def scaled(self, factor: float) -> Strip:
        """Return the strip as it stands in an image *factor* times as large."""
        if factor == 1.0:
            return self

        def scaled(box: Box) -> Box:
            left, top = round(box.left * factor), round(box.top * factor)
            return Box(
                left, top, round(box.right * factor) - left, round(box.bottom * factor) - top
            )

        words = tuple(replace(word, box=scaled(word_box(word))) for word in self.words)
        return Strip(words, self.slope, self.base * factor, self.x_height * factor)

    def moved(self, right: int, down: int) -> Strip:
        """Return the strip in the coordinates of the page that its image was cut from."""
        words = [
            replace(word, box=Box(box.left + right, box.top + down, box.width, box.height))
            for word in self.words
            for box in [word_box(word)]
        ]
        base = self.base + down - self.slope * right
        return Strip(tuple(words), self.slope, base, self.x_height)


def word_box(word: Word) -> Box:
    """Return the box of a recognised word, which always has one."""
    if word.box is None:
        raise ValueError("a recognised word has a box")
    return word.box


def parse(data: bytes) -> tuple[Strip, ...]:
    """Return the strips of an hOCR file in the order of the file; none when nothing was read."""
    root = _root(data)
    return () if root is None else _strips(root)


def parse_each(data: bytes) -> list[tuple[Strip, ...]]:
    """Return the strips of each picture in an hOCR file, each in its picture's coordinates."""
    root = _root(data)
    pages = () if root is None else root.iter(_DIVISION)
    return [_strips(page) for page in pages if page.get("class") == "ocr_page"]


def _root(data: bytes) -> etree._Element | None:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


def _strips(root: etree._Element) -> tuple[Strip, ...]:
    strips = []
    # Besides ocr_line Tesseract uses ocr_header, ocr_caption and ocr_textfloat for a line.
    lines = dict.fromkeys(word.getparent() for word in root.iter(_SPAN) if _is_word(word))
    for node in lines:
        if node is None:
            continue
        words = sorted(_words(node), key=lambda word: word_box(word).left)
        if words:
            strips.append(_strip(node.get("title", ""), words))
    return tuple(strips)


def _strip(title: str, words: list[Word]) -> Strip:
    box = _box(title) or Box.around([word_box(word) for word in words])
    line = _BASELINE.search(title)
    slope, offset = (float(line[1]), float(line[2])) if line else (0.0, 0.0)
    size = _X_SIZE.search(title)
    x_height = float(size[1]) - float(size[2]) - float(size[3]) if size else box.height / 2
    return Strip(tuple(words), slope, box.bottom + offset - slope * box.left, max(1.0, x_height))


def _words(line: etree._Element) -> Iterator[Word]:
    for node in _children(line):
        title = node.get("title", "")
        box = _box(title)
        if not _is_word(node) or box is None:
            continue
        cells = list(_characters(node))
        text = _clean("".join(char for char, _ in cells) or _text(node))
        if not text:
            continue
        confidence = _WORD_CONFIDENCE.search(title)
        yield Word(
            ocr=text,
            confidence=float(confidence[1]) / 100 if confidence else None,
            box=box,
            choices=_choices(text, cells),
        )


def _characters(word: etree._Element) -> Iterator[tuple[str, tuple[Choice, ...]]]:
    """Yield each character that Tesseract read in *word*, with the readings of its place."""
    for node in word.iter(_SPAN):
        title = node.get("title", "")
        if "x_bboxes" not in title:
            continue
        char = _text(node)
        following = node.getnext()
        readings: list[Choice] = []
        if following is not None and following.get("id", "").startswith("lstm_choices"):
            for reading in _children(following):
                confidence = _READING_CONFIDENCE.search(reading.get("title", ""))
                value = float(confidence[1]) if confidence else 0.0
                text = _clean(_text(reading)) if value > 0 else ""
                if text:
                    readings.append(Choice(text, value / 100))
        if all(reading.text != nfc(char) for reading in readings):
            confidence = _CHARACTER_CONFIDENCE.search(title)
            own = float(confidence[1]) / 100 if confidence else 0.0
            readings.insert(0, Choice(nfc(char), own))
        yield char, tuple(readings)


def _choices(
    text: str, cells: list[tuple[str, tuple[Choice, ...]]]
) -> tuple[tuple[Choice, ...], ...]:
    """Return the readings for each character of *text*, or () when they cannot be put to them.

    They cannot when Tesseract read several characters as one (a ligature, ``...``), or one as
    several that NFC puts together.
    """
    if "".join(nfc(char) for char, _ in cells) != text or any(len(nfc(c)) != 1 for c, _ in cells):
        return ()
    return tuple(readings for _, readings in cells)


def _children(node: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements in *node*, without comments and entities."""
    yield from node.iterchildren(etree.Element)


def _text(node: etree._Element) -> str:
    return "".join(node.itertext()) if len(node) else node.text or ""


def _is_word(node: etree._Element) -> bool:
    return bool(node.get("class") == "ocrx_word")


@lru_cache(maxsize=4096)
def _clean(text: str) -> str:
    return nfc("".join(text.split()))


def _box(title: str) -> Box | None:
    match = re.search(r"\bbbox (\d+) (\d+) (\d+) (\d+)", title)
    if not match:
        return None
    left, top, right, bottom = map(int, match.groups())
    return Box(left, top, right - left, bottom - top)

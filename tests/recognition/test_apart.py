"""A column read badly beside another is read once more, and only what is better is taken."""

import numpy as np
import pytest

from pipeline.image import PageImage
from pipeline.model import Box, Word
from pipeline.recognition.apart import Apart, find_apart
from pipeline.recognition.hocr import Strip

PAGE = PageImage(np.full((2000, 1600), 255, np.uint8), 200)
X_HEIGHT = 20.0
TOP = 1400


def line(top: int, *words: tuple[str, int, int, float], height: int = 30) -> Strip:
    """A line of words (text, left, right, confidence)."""
    read = (
        Word(text, confidence, Box(left, top, right - left, height))
        for text, left, right, confidence in words
    )
    return Strip(tuple(read), 0.0, top + 30.0, X_HEIGHT)


def page(first: tuple[str, int, int, float]) -> list[Strip]:
    """Recipients beside a signature; the *first* one was read together with an office."""
    body = [
        line(400 + 60 * row, ("Toàn", 100, 500, 0.9), ("tỉnh", 515, 1500, 0.9)) for row in range(6)
    ]
    return [
        *body,
        line(TOP, ("Nơi", 100, 160, 0.96), ("nhận:", 170, 250, 0.96), ("TRƯỞNG", 1000, 1200, 0.95)),
        line(TOP + 50, first, ("PHÓ", 1000, 1080, 0.95), ("CHỦ", 1090, 1200, 0.95), height=45),
        line(TOP + 100, ("-", 100, 110, 0.9), ("Lưu:", 120, 200, 0.9), ("VT.", 210, 260, 0.9)),
        line(TOP + 300, ("Vũ", 1000, 1050, 0.9), ("Quyết", 1070, 1200, 0.9)),
    ]  # fmt: skip


def read_apart(apart: Apart, strips: list[Strip], *lines: Strip) -> list[str]:
    """Return the texts of *strips* when *lines* are read in the first column, none elsewhere."""
    (piece,) = apart.stacks[0].pieces[0]
    frame = apart.stacks[0].frame
    seen = [strip.moved(frame - piece.box.left, frame - piece.box.top) for strip in lines]
    read = [seen, *([] for _ in apart.pictures[1:])]
    return [" ".join(word.ocr for word in s.words) for s in apart.decided(strips, read)]


BAD = page(("1.", 100, 170, 0.2))
RIGHT = line(TOP + 55, ("-", 100, 110, 0.9), ("Như", 120, 170, 0.95), ("trên;", 180, 240, 0.95))


def test_a_column_whose_lines_were_read_well_is_not_read_again() -> None:
    assert find_apart(PAGE, page(("Sở", 100, 170, 0.9)), (), X_HEIGHT).pictures == ()
    assert Apart().decided(BAD, []) == tuple(BAD)


def test_the_column_is_shown_without_the_other_one() -> None:
    apart = find_apart(PAGE, BAD, (), X_HEIGHT)
    ((piece,),) = apart.stacks[0].pieces
    assert len(apart.pictures) == 1
    assert piece.box.left < 100
    assert 250 < piece.box.right < 1000
    assert piece.box.top < TOP
    assert piece.box.bottom > TOP + 330


def test_small_print_beside_large_is_found_again() -> None:
    texts = read_apart(find_apart(PAGE, BAD, (), X_HEIGHT), BAD, RIGHT)
    assert "- Như trên;" in texts
    assert "PHÓ CHỦ" in texts
    assert not any("1." in text for text in texts)
    assert sum("nhận:" in text for text in texts) == 1


@pytest.mark.parametrize(
    "other",
    [
        line(TOP + 55, ("Nhu", 100, 170, 0.6), ("tren;", 180, 240, 0.6)),  # unsure
        line(TOP + 55, ("ị", 100, 110, 0.9), ("x", 120, 130, 0.9)),  # a pen
        line(TOP, ("Noi", 100, 160, 0.9), ("nhan:", 170, 250, 0.9)),  # no better than it was
    ],
)
def test_what_is_read_no_better_is_left_out(other: Strip) -> None:
    apart = find_apart(PAGE, BAD, (), X_HEIGHT)
    assert tuple(read_apart(apart, BAD, other)) == tuple(
        " ".join(word.ocr for word in strip.words) for strip in BAD
    )


def test_figures_that_were_read_otherwise_before_are_not_trusted() -> None:
    apart = find_apart(PAGE, BAD, (), X_HEIGHT)
    (piece,) = apart.stacks[0].pieces[0]
    frame = apart.stacks[0].frame
    seen = line(TOP + 55, ("-", 100, 110, 0.9), ("Điều", 120, 180, 0.95), ("12;", 190, 240, 0.95))
    read = [seen.moved(frame - piece.box.left, frame - piece.box.top)]
    found = apart.decided(BAD, [read])[-1]
    assert [(word.ocr, word.confidence) for word in found.words[1:]] == [
        ("Điều", 0.95),
        ("12;", 0.5),
    ]

"""Marks too small to be printed go; what may have been printed stays."""

import pytest

from pipeline.correction.punctuation import mended
from pipeline.correction.specks import without_specks
from pipeline.model import Box, Line, Reason, Word


def row(*words: tuple[str, int, int]) -> Line:
    """Return a line of words, each with the width and height of its box."""
    return Line(
        tuple(Word(text, 0.8, Box(60 * at, 0, *size)) for at, (text, *size) in enumerate(words))
    )


@pytest.mark.parametrize("mark", [":", "-", "_", "„", "-_", "'"])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_speck_between_words_or_beside_them_goes(mark: str, at: int) -> None:
    words = [("giao", 50, 30), ("Sở", 40, 32)]
    words.insert(at, (mark, 4, 5))
    line = row(*words)
    assert mended(line).text == "giao Sở"
    (changed,) = [word for word in mended(line).words if word.changes]
    assert changed.changes[-1].reason is Reason.PUNCTUATION


@pytest.mark.parametrize(
    "words",
    [
        (("-", 9, 3), ("Như", 50, 30), ("trên;", 50, 30)),  # a dash is wide
        (("kinh", 50, 30), ("tế", 50, 30), ("-", 5, 2), ("xã", 50, 30)),  # if damaged, too
        (("Kính", 50, 30), ("gửi", 50, 30), (":", 4, 18)),  # a colon is high
        (("Bình", 50, 30), (".", 4, 4)),  # typed behind a blank
        (("ngày", 50, 30), (".", 4, 4), (".", 4, 4), (".", 4, 4), ("tháng", 50, 30)),
        ((".", 4, 4), (":", 4, 4)),  # nothing to measure by
        (("Điều", 50, 30), ("1", 4, 5)),  # says something
    ],
)
def test_what_may_have_been_printed_stays(words: tuple[tuple[str, int, int], ...]) -> None:
    line = row(*words)
    texts = [word.text for word in line.words]
    assert without_specks(line, texts) == texts


def test_a_stop_that_begins_a_line_is_a_speck() -> None:
    assert mended(row((".", 4, 4), ("Độc", 50, 30), ("lập", 50, 30))).text == "Độc lập"


def test_what_was_typed_has_no_specks() -> None:
    line = Line(tuple(map(Word, ["giao", ":", "Sở"])))
    assert mended(line) == line

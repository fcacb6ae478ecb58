"""Capitals no higher than small letters are small ones; others stay."""

import pytest

from pipeline.correction.capitals import with_small_letters
from pipeline.model import Box, Cell, Line, Reason, Word

# Heights in pixels of type whose small letters are 20 pixels high.
TYPED = {"sửa": 30, "đổi,": 34, "bổ": 30, "một": 37, "số": 32, "điều": 30, "tại": 37, "cơ": 22}


def line(*words: str | tuple[str, int], cell: Cell | None = None) -> Line:
    sized = [(word, TYPED[word]) if isinstance(word, str) else word for word in words]
    return Line(
        tuple(
            Word(text, 0.9, Box(80 * at, 0, 70, height)) for at, (text, height) in enumerate(sized)
        ),
        cell=cell,
    )


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        (line("sửa", "đổi,", "bổ", ("Sung", 28), "một", "số", "điều"), "sung"),
        (line("sửa", "đổi,", "tại", "cơ", ("SỞ.", 29)), "sở."),
        (line("sửa", "đổi,", "một", ("sỐ", 31), "điều"), "số"),
    ],
)
def test_a_word_no_higher_than_in_small_letters_is_written_so(read: Line, printed: str) -> None:
    fixed = with_small_letters([read], 0)
    (changed,) = [word for word in fixed.words if word.changes]
    assert (changed.text, changed.changes[-1].reason) == (printed, Reason.CASE)


@pytest.mark.parametrize(
    "read",
    [
        line("sửa", "đổi,", "bổ", ("Sung", 38), "một", "số"),  # as high as a capital
        line(("Sung", 28), "sửa", "đổi,", "bổ", "một"),  # the first word
        line("sửa", "đổi,", ("Điều", 30), ("Sung", 28), "một", "số"),  # behind a name
        line("sửa", "đổi,", "tại", ("Ủy", 30), "một", "số"),  # its mark may be lost
        line("sửa", ("UBND", 20), "đổi,", "bổ", "một"),  # no word
        line(("SỞ", 29), ("CÔNG", 29), ("AN", 29), "bổ", ("TỈNH", 36)),  # all in capitals
    ],
)
def test_other_capitals_stay(read: Line) -> None:
    assert with_small_letters([read], 0) == read


def test_the_lines_of_a_cell_tell_together() -> None:
    cell = Cell(0, 1, 2)
    lines = [
        line("sửa", "đổi,", cell=cell),
        line("cơ", ("SỞ", 29), cell=cell),
        line(("SỞ", 29), cell=Cell(0, 2, 2)),
    ]
    assert with_small_letters(lines, 1).text == "cơ sở"
    assert with_small_letters(lines, 2) == lines[2]


def test_what_was_typed_keeps_its_capitals() -> None:
    typed = Line(tuple(map(Word, ["sửa", "đổi,", "bổ", "Sung", "một", "số", "điều"])))
    assert with_small_letters([typed], 0) == typed

"""A column of numbers with a word in it."""

from collections.abc import Sequence

import pytest

from pipeline.model import Box, Cell, Line, Word
from pipeline.recognition.misfits import with_misfits_doubted


def column(cells: Sequence[str | tuple[str, float]], *, column: int = 0) -> list[Line]:
    """Return a column whose cells are each a text, or one read with another confidence than .95."""
    lines = []
    for row, cell in enumerate(cells):
        text, confidence = (cell, 0.95) if isinstance(cell, str) else cell
        words = tuple(Word(word, confidence, Box(0, 40 * row, 30, 20)) for word in text.split())
        lines.append(Line(words, Box(0, 40 * row, 30, 20), cell=Cell(0, row, column)))
    return lines


def doubted(lines: Sequence[Line]) -> list[str]:
    made = with_misfits_doubted(lines)
    assert [line.text for line in made] == [line.text for line in lines]
    return [word.ocr for line in made for word in line.words if word.doubtful]


@pytest.mark.parametrize("read", ["Ib", "°", "mì", "q1:", "IT"])
def test_what_is_no_number_among_numbers_is_doubted(read: str) -> None:
    assert doubted(column(["TT", "1", "2", (read, 0.4), "4", "5", "6"])) == [read]


@pytest.mark.parametrize("cell", [("-", 0.3), ("Cộng", 0.95), ("3", 0.3), ("16/07/2003", 0.3)])
def test_dashes_numbers_and_what_is_sure_are_not(cell: tuple[str, float]) -> None:
    assert doubted(column(["TT", "1", "2", cell, "4", "5", "6"])) == []


def test_heads_and_remarks_are_not() -> None:
    remark = ("Chưa có số liệu", 0.4)
    assert doubted(column([("Sô", 0.4), ("thẻ", 0.4), "1", "2", remark, "4", "5", "6"])) == []


@pytest.mark.parametrize("read", ["357921", "974316", "1/275"])
def test_a_large_number_without_signs_among_those_that_have_them_is_doubted(read: str) -> None:
    assert doubted(column(["2013", "318.674", read, "97.316", "16.809", "-1.317"])) == [read]


@pytest.mark.parametrize("read", ["243", "95", "729%", "97/71"])
def test_a_whole_number_among_decimals_is_doubted(read: str) -> None:
    assert doubted(column(["Tỷ lệ", "62,5", "100", read, "8,25", "71.4%", "1.204,9"])) == [read]


def test_whole_numbers_are_none_where_few_have_decimals() -> None:
    assert doubted(column(["62,5", "35", "8,25", "71", "4,9", "40", "12,5"])) == []


def test_numbers_without_signs_are_none_where_others_lack_them_too() -> None:
    assert doubted(column(["240718356", "24071.835", "240718357", "240718358", "1", "12"])) == []


def test_a_number_that_does_not_count_on_is_doubted() -> None:
    assert doubted(column(["TT", "14", "15", "16", "7", "18", "19", "20"])) == ["7"]
    assert doubted(column(["STT", "1", "11", "12", "13", "2", "3", "4"])) == ["11", "12", "13"]
    assert doubted(column(["STT", "1", "1.1", "12", "1.3", "2", "2.1", "22", "3"])) == ["12", "22"]


@pytest.mark.parametrize(
    "cells",
    [
        ["1", "2", "3", "1", "2", "1", "2", "3", "4"],  # each group by itself
        ["9", "10", "11", "12", "13"],
        ["1", "1.1", "1.2", "2", "2.1", "3"],
        ["5.", "6.", "7.", "9.", "10.", "11."],  # one is left out
    ],
)
def test_numbers_that_count_rows_are_not(cells: list[str]) -> None:
    assert doubted(column(cells)) == []


@pytest.mark.parametrize(
    "cells", [["1", "2", ("Ib", 0.4), "4"], ["1", ("Ib", 0.4), "3", ("xã", 0.4), "5", ("ấp", 0.4)]]
)
def test_few_numbers_say_nothing(cells: list[str | tuple[str, float]]) -> None:
    assert doubted(column(cells)) == []


@pytest.mark.parametrize("read", ["2.4: 6.220.000", "35.97 2.000", "2 2", ": 9.640.000"])
def test_a_number_in_pieces_among_whole_ones_is_doubted(read: str) -> None:
    cells = ["Năm 2022", "318.400", "97.150", read, "112.300", "51.870", "33.015"]
    assert doubted(column(cells, column=2)) == read.split()


def test_amounts_count_nothing() -> None:
    assert doubted(column(["3", "7", "5", "1", "12", "2", "3", "4", "5"], column=3)) == []


def test_other_columns_and_text_say_nothing() -> None:
    text = Line((Word("Ib", 0.4, Box(0, 0, 30, 20)),), Box(0, 0, 30, 20))
    names = column([("Ib", 0.4), "Hoa", "Lan", "Mai", "Tú"], column=1)
    assert doubted([text, *column(["1", "2", "3", "4", "5"]), *names]) == []

"""Whoever signs for another is his deputy, whatever the seal left of the word."""

from __future__ import annotations

import pytest

from pipeline.correction.deputies import with_deputies
from pipeline.model import Box, Decision, Line, Word, replace


def lines(*texts: str) -> list[Line]:
    return [Line(tuple(map(Word, text.split()))) for text in texts]


def texts(*read: str) -> list[str]:
    return [" ".join(word.text for word in line.words) for line in with_deputies(lines(*read))]


@pytest.mark.parametrize("damaged", ["O", "lạ", '"ÒP', ">HÓ", "=*!'2"])
def test_the_word_under_the_seal_is_set_right(damaged: str) -> None:
    assert texts("KT. CHỦ TỊCH", f"{damaged} CHỦ TỊCH") == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


@pytest.mark.parametrize(
    "read",
    [
        ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"),
        ("TM. BAN THƯỜNG VỤ", "X BAN THƯỜNG VỤ"),
        ("KT. CHỦ TỊCH", "ỦY VIÊN BAN THƯỜNG VỤ"),
        ("KT. CHỦ TỊCH", "Chủ tịch Chủ tịch"),
        ("KT. CHỦ TỊCH", "HÀ NỘI X CHỦ TỊCH"),
        ("KT. CHỦ TỊCH",),
    ],
)
def test_all_else_stays(read: tuple[str, ...]) -> None:
    assert texts(*read) == list(read)


@pytest.mark.parametrize("below", ["O CHỦ TỊCH", "CHỦ TỊCH"])
def test_what_was_left_of_the_word_goes_with_it(below: str) -> None:
    above, scrap, office = lines("KT. CHỦ TỊCH", '"HÓ', below)
    read = [
        replace(line, box=box)
        for line, box in (
            (above, Box(1136, 1428, 277, 46)),
            (scrap, Box(1126, 1475, 76, 32)),
            (office, Box(1182, 1484, 240, 37)),
        )
    ]
    assert [line.text for line in with_deputies(read)] == ["KT. CHỦ TỊCH", "", "PHÓ CHỦ TỊCH"]


def test_an_office_with_its_beginning_under_the_seal_is_whole_again() -> None:
    assert texts("KT. CHỦ TỊCH", "U TỊCH")[1] == "PHÓ CHỦ TỊCH"
    assert texts("KT. TRƯỞNG BAN", "NG BAN")[1] == "PHÓ TRƯỞNG BAN"
    assert texts("KT. CHỦ TỊCH", "TỊCH")[1] == "TỊCH"
    assert texts("KT. CHỦ TỊCH", "VỤ TỊCH")[1] == "VỤ TỊCH"


def test_a_word_that_is_lost_is_proposed_only() -> None:
    _, line = with_deputies(lines("KT. CHỦ TỊCH", "CHỦ TỊCH"))
    assert line.words[0].text == "CHỦ"
    (change,) = line.words[0].changes
    assert (change.after, change.decision) == ("PHÓ CHỦ", Decision.PROPOSED)

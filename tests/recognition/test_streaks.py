"""Streaks of a scanner or a fax among the lines of a table."""

import pytest

from pipeline.image import Ruling
from pipeline.recognition.streaks import without_streaks

WIDTH, HEIGHT = 1000, 1400
DOWN, ACROSS = Ruling(300, 0, 300, 1390), Ruling(5, 420, 1000, 420)


def table(left: int, right: int) -> tuple[Ruling, ...]:
    return (
        *(Ruling(left, top, right, top) for top in (200, 300, 500)),
        *(Ruling(x, 200, x, 500) for x in (left, 400, right)),
    )


@pytest.mark.parametrize("streaks", [(DOWN,), (ACROSS,), (DOWN, ACROSS)])
def test_lines_from_edge_to_edge_part_no_cells(streaks: tuple[Ruling, ...]) -> None:
    printed = table(100, 900)
    assert without_streaks((*printed, *streaks), WIDTH, HEIGHT) == printed


@pytest.mark.parametrize("printed", [table(100, 900), table(2, 997)])
def test_the_lines_of_tables_stay_even_on_a_page_cut_close(printed: tuple[Ruling, ...]) -> None:
    assert without_streaks(printed, WIDTH, HEIGHT) == printed

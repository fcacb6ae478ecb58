"""A stop after which a sentence goes on is doubted, and nothing is decided."""

import pytest

from pipeline.correction.stops import with_doubted_stops
from pipeline.model import Cell, Line, Word


def line(text: str, *, gap_above: bool = False, cell: Cell | None = None) -> Line:
    words = tuple(Word(word, 0.9) for word in text.split())
    return Line(words, gap_above=gap_above, cell=cell)


def doubted(*lines: Line) -> list[str]:
    return [word.text for line in with_doubted_stops(lines) for word in line.words if word.doubtful]


def test_a_comma_is_proposed_and_the_stop_stays() -> None:
    (found,) = with_doubted_stops([line("các sở. ban, ngành")])
    assert found.text == "các sở. ban, ngành"
    assert found.words[1].changes[-1].after == "sở,"
    assert found.words[1].doubtful


def test_a_sentence_goes_on_in_the_next_line() -> None:
    assert doubted(line("về nông thôn."), line("miền núi")) == ["thôn."]


@pytest.mark.parametrize(
    "lines",
    [
        (line("các sở. Ban, ngành"),),
        (line("TP. hồ, tr. sau và kg. gạo"),),  # abbreviations
        (line("về nông thôn."), line("miền núi", gap_above=True)),
        (line("về nông thôn.", cell=Cell(0, 0, 0)), line("miền núi", cell=Cell(0, 0, 1))),
        (line("về nông thôn."), line("a) miền núi")),
    ],
)
def test_other_stops_are_not_doubted(lines: tuple[Line, ...]) -> None:
    assert doubted(*lines) == []


def test_what_was_typed_is_not_doubted() -> None:
    assert doubted(Line((Word("các"), Word("sở."), Word("ban")))) == []

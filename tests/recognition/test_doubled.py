"""Two readings of the same ink become one; lines that only reach into each other stay."""

from pipeline.model import Box, Word
from pipeline.recognition.doubled import read_once
from pipeline.recognition.hocr import Strip


def strip(*words: tuple[str, float, Box], base: float = 2741.0) -> Strip:
    read = tuple(Word(text, sure, box) for text, sure, box in words)
    return Strip(read, 0.0, base, 20.0)


FIRST = strip(
    ("Nơi", 0.96, Box(330, 2709, 71, 32)),
    ("nhân:", 0.94, Box(439, 2709, 85, 32)),
)


def test_of_two_readings_the_surer_words_are_kept() -> None:
    ghost = strip(("sứ", 0.22, Box(359, 2712, 33, 40)), ("nhận:", 0.96, Box(417, 2712, 93, 50)))
    (made,) = read_once([FIRST, ghost])
    assert [word.ocr for word in made.words] == ["Nơi", "nhận:"]
    assert [word.box for word in made.words] == [word.box for word in FIRST.words]


def test_what_goes_on_beside_a_second_reading_stays() -> None:
    ghost = strip(
        ("sứ", 0.22, Box(359, 2712, 33, 78)),
        ("Vi", 0.3, Box(417, 2720, 93, 30)),
        ("BÍ", 0.95, Box(1692, 2743, 52, 37)),
    )
    first, rest = read_once([FIRST, ghost])
    assert [word.ocr for word in first.words] == ["Nơi", "nhân:"]
    assert [word.ocr for word in rest.words] == ["BÍ"]


def test_one_tall_word_of_the_next_line_costs_nothing() -> None:
    below = strip(
        ("tổ", 0.99, Box(439, 2700, 40, 90)), ("chức", 0.9, Box(500, 2760, 80, 32)), base=2790.0
    )
    assert read_once([FIRST, below]) == (FIRST, below)
    alone = strip(("tổ", 0.99, Box(439, 2700, 40, 90)))
    assert read_once([FIRST, alone]) == (FIRST, alone)


def test_a_line_below_that_reaches_into_the_first_stays() -> None:
    tall = strip(
        ("MTQG:", 0.9, Box(643, 591, 141, 65)), ("Phát", 0.9, Box(801, 591, 81, 65)), base=625
    )
    below = strip(
        ("thiểu", 0.9, Box(646, 635, 88, 39)),
        ("số", 0.9, Box(748, 635, 34, 39)),
        ("và", 0.9, Box(810, 635, 39, 39)),
        base=674,
    )
    assert read_once([tall, below]) == (tall, below)


def test_two_words_over_one_are_no_second_reading() -> None:
    wide = strip(("MTQG:", 0.9, Box(643, 591, 141, 65)), base=625)
    both = strip(
        ("thiểu", 0.9, Box(646, 595, 88, 39)), ("số", 0.9, Box(748, 595, 34, 39)), base=630
    )
    assert read_once([wide, both]) == (wide, both)

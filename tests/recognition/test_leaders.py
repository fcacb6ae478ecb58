"""Leaders go back between the words, and what they lead to is read."""

from dataclasses import replace

import pytest

from pipeline import imaging
from pipeline.image import Leader, PageImage, Ruling
from pipeline.model import Box, Word
from pipeline.recognition import recognise
from pipeline.recognition.hocr import Strip
from pipeline.recognition.leaders import with_leaders
from pipeline.settings import ImagingSettings, RecognitionSettings
from tests.imaging import drawing

X_HEIGHT = 20.0
LEADER = Leader(Box(300, 196, 400, 4), 40)


def strip(text: str, left: int, base: float = 200.0) -> Strip:
    words = [
        Word(word, 0.9, Box(left + 60 * at, 170, 50, 30)) for at, word in enumerate(text.split())
    ]
    return Strip(tuple(words), 0.0, base, X_HEIGHT)


def texts(strips: tuple[Strip, ...]) -> list[str]:
    return [" ".join(word.ocr for word in each.words) for each in strips]


def test_a_leader_joins_what_stands_at_its_ends() -> None:
    above, title, number = strip("Mục lục", 100, 150.0), strip("Phần thứ", 185), strip("14", 720)
    found = with_leaders((above, number, title), [LEADER], (), X_HEIGHT)
    assert texts(found) == ["Mục lục", f"Phần thứ {'.' * 40} 14"]


def test_a_leader_alone_is_a_line_and_a_rule_parts_it_from_the_next_cell() -> None:
    number, border = strip("14", 720), Ruling(710, 100, 710, 300)
    assert texts(with_leaders((number,), [LEADER], [border], X_HEIGHT)) == ["14", "." * 40]
    assert texts(with_leaders((), [LEADER], (), X_HEIGHT)) == ["." * 40]


@pytest.mark.parametrize("leaders", [True, False])
def test_a_table_of_contents_is_read_with_its_numbers(*, leaders: bool) -> None:
    contents = [
        ("Phần thứ nhất: đặc điểm", 52, 3),
        ("Phần thứ hai: kết quả", 55, 14),
        ("Kết luận", 80, 102),
    ]
    lines = [f"{title}{'.' * dots}{number}" for title, dots, number in contents]
    page = PageImage(drawing.draw(200, 13, f"{drawing.TEXT}\n" + "\n".join(lines)), 200)
    (clean,) = imaging.clean(page, replace(ImagingSettings(), leaders=leaders))
    read = [line.text for line in recognise(clean, RecognitionSettings())]
    expected = [f"{title} {'.' * dots} {number}" for title, dots, number in contents]
    assert (read[-3:] == expected) is leaders

"""Between the items of a list of recipients stands a semicolon, though a colon was read."""

from pipeline.correction.recipients import with_semicolons
from pipeline.model import Line, Reason, Word


def read(*lines: str, sure: float | None = 0.9) -> list[Line]:
    return [Line(tuple(Word(text, sure) for text in line.split())) for line in lines]


def told(lines: list[Line]) -> list[str]:
    return [line.text for line in with_semicolons(lines)]


def test_a_colon_before_the_next_dash_is_a_semicolon() -> None:
    lines = read("Nơi nhận:", "- Như Điều 3:", "- CVP/VX:", "- Các sở,", "đoàn thể:", "- Lưu.")
    assert told(lines) == [
        *("Nơi nhận:", "- Như Điều 3;", "- CVP/VX;", "- Các sở,", "đoàn thể;", "- Lưu.")
    ]
    changed = [word for line in with_semicolons(lines) for word in line.words if word.changes]
    assert [word.changes[-1].reason for word in changed] == [Reason.PUNCTUATION] * 3


def test_what_announces_something_stays() -> None:
    for lines in (
        ["Giao các sở:", "- Sở Xây dựng;"],
        ["Nơi nhận:", "- Các huyện ủy:", "+ Bí thư;", "- Lưu."],
        ["Nơi nhận:", "- Như trên;", "T/M BAN THƯỜNG VỤ", "Phân công như sau:", "- Một;"],
    ):
        assert told(read(*lines)) == lines


def test_a_text_that_was_typed_stays() -> None:
    lines = ["Nơi nhận:", "- Như trên:", "- Lưu."]
    assert told(read(*lines, sure=None)) == lines

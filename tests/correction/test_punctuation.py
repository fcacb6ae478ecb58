"""Marks that no directive is printed with become what they were, each with its reason."""

from itertools import starmap

import pytest

from pipeline.correction.punctuation import mended
from pipeline.model import Choice, Line, Reason, Word, replace


def line(text: str) -> Line:
    return Line(tuple(map(Word, text.split())))


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("~ Tổ chức quán triệt", "- Tổ chức quán triệt"),
        ("báo cáo (qua Văn phòng}", "báo cáo (qua Văn phòng)"),
        ("báo cáo {qua Văn phòng)", "báo cáo (qua Văn phòng)"),
        ("ngày 4⁄4, tại", "ngày 4/4, tại"),
        ("VPCP (B/©);", "VPCP (B/c);"),
        ("'Trong tháng này", "Trong tháng này"),
    ],
)
def test_a_mark_whose_reading_leaves_no_choice_is_mended(read: str, printed: str) -> None:
    result = mended(line(read))
    assert " ".join(word.text for word in result.words) == printed
    changed = [word for word in result.words if word.changes]
    assert [word.changes[-1].reason for word in changed] == [Reason.PUNCTUATION]


@pytest.mark.parametrize(
    "read", ["Văn phòng} báo cáo", "'Trong tháng' này", "~", "a - b (c) d", "'90 năm", "5 ~ 6"]
)
def test_other_marks_stay(read: str) -> None:
    assert mended(line(read)) == line(read)


def test_a_line_of_a_hundred_thousand_words_is_looked_at_once() -> None:
    long = line("Ban Thường vụ (họp phiên) " * 20_000)
    assert mended(long) == long


def test_specks_alone_between_words_go_where_a_picture_was_read() -> None:
    read = Line(tuple(Word(text, 0.4) for text in ["là", "nhiệm", "vụ", "¡", "lâu", "dài"]))
    assert mended(read).text == "là nhiệm vụ lâu dài"
    typed = Line(tuple(map(Word, ["là", "nhiệm", "vụ", "¡", "lâu", "dài"])))
    assert mended(typed) == typed


@pytest.mark.parametrize("text", ["¡ ›", "khoản | Điều", "ngày __ tháng", "§ 5"])
def test_what_may_be_a_figure_or_a_blank_stays(text: str) -> None:
    line = Line(tuple(Word(word, 0.4) for word in text.split()))
    assert mended(line) == line


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("thi hành Quyết định này./2..", "thi hành Quyết định này./."),
        ("thi hành Quyết định này./„", "thi hành Quyết định này./."),
        ("ngày 18_ tháng 02", "ngày 18 tháng 02"),
        ("Độc lập -- Tự do", "Độc lập - Tự do"),
        ("- __ Các khoa, phòng", "- Các khoa, phòng"),
        ("- - Lưu: VT.", "- Lưu: VT."),
        ("số 63//2010/NĐ-CP", "số 63/2010/NĐ-CP"),
    ],
)
def test_dirt_goes_where_only_one_mark_can_stand(read: str, printed: str) -> None:
    words = tuple(Word(word, 0.6) for word in read.split())
    assert mended(Line(words)).text == printed
    assert mended(line(read)) == line(read)  # no picture, so it was typed


@pytest.mark.parametrize("text", ["này./.", "- ____ đồng chí", "- -", "18_a", "5./2"])
def test_no_other_mark_is_dirt(text: str) -> None:
    words = Line(tuple(Word(word, 0.6) for word in text.split()))
    assert mended(words) == words


def seen(stop: str, *others: tuple[str, float]) -> Line:
    """Return ``đầy đủ. chính xác``, its stop read with other readings beside it."""
    marks = (
        (Choice("đ", 0.9),),
        (Choice("ủ", 0.9),),
        (Choice(stop, 0.9), *starmap(Choice, others)),
    )
    words = (Word("đầy", 0.9), Word(f"đủ{stop}", 0.9, choices=marks), Word("chính", 0.9))
    return Line((*words, Word("xác", 0.9)))


def test_a_stop_inside_a_sentence_is_the_comma_that_was_seen_beside_it() -> None:
    assert mended(seen(".", (",", 0.6))).text == "đầy đủ, chính xác"


def test_a_stop_stays_where_no_comma_was_seen_or_a_sentence_begins() -> None:
    assert mended(seen(".")).text == "đầy đủ. chính xác"
    assert mended(seen(".", (",", 0.1))).text == "đầy đủ. chính xác"
    line = seen(".", (",", 0.6))
    begun = replace(line, words=(*line.words[:2], Word("Chính", 0.9), line.words[3]))
    assert mended(begun).text == "đầy đủ. Chính xác"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("khách tham quan, . thu nhập", "khách tham quan, thu nhập"),
        (". thu nhập cao hơn", "thu nhập cao hơn"),
        ("như sau: ' công tác", "như sau: công tác"),
    ],
)
def test_a_mark_alone_where_none_may_stand_is_dirt(read: str, printed: str) -> None:
    words = [Word(text, 0.8) for text in read.split()]
    assert mended(Line(tuple(words))).text == printed
    assert mended(line(read)) == line(read)


@pytest.mark.parametrize("read", [". Nội dung chính", "Kính gửi : Sở", "Điều 1 . Phạm vi", ". ."])
def test_a_mark_alone_that_may_be_printed_so_stays(read: str) -> None:
    words = Line(tuple(Word(text, 0.8) for text in read.split()))
    assert mended(words).text == read

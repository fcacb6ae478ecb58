"""Plain text as a source."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import DamagedInputError, EmptyInputError, UnsupportedInputError
from pipeline.model import Line, Page, nfc
from pipeline.settings import SourceSettings
from pipeline.sources import Probe, SourceKind, probe, read_page
from pipeline.sources.text import decode

SETTINGS = SourceSettings()
TEXT = "TỈNH ỦY BÌNH SƠN\nSố 07-CT/TU\n\n\nvề tăng cường bảo vệ rừng ở huyện Suối Vàng\n"


def lines_of(path: Path, index: int = 0) -> tuple[Line, ...]:
    page = read_page(path, index, SETTINGS)
    assert isinstance(page, Page)
    return page.lines


def write(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_whatever_its_unicode_encoding(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, TEXT.encode(encoding))
    assert probe(path, SETTINGS) == Probe(SourceKind.TEXT, 1)
    lines = lines_of(path)
    assert [line.text for line in lines] == [line for line in TEXT.splitlines() if line]
    assert [line.gap_above for line in lines] == [False, False, True]


def test_words_stand_between_blanks_and_tabs(tmp_path: Path) -> None:
    (line,) = lines_of(write(tmp_path, "1\tGieo ươm\u00a0 12.500  cây\r\n".encode()))
    assert [word.ocr for word in line.words] == ["1", "Gieo", "ươm", "12.500", "cây"]
    assert all(word.box is None and word.confidence is None for word in line.words)


def test_decomposed_text_becomes_nfc(tmp_path: Path) -> None:
    (line,) = lines_of(write(tmp_path, "Tỉnh ủy".encode()))
    assert line.text == nfc("Tỉnh ủy")


def test_form_feeds_separate_pages_and_the_last_opens_none(tmp_path: Path) -> None:
    path = write(tmp_path, "trang một\f\ftrang ba\n\f".encode())
    assert probe(path, SETTINGS).pages == 3
    assert [len(lines_of(path, index)) for index in range(3)] == [1, 0, 1]


def test_windows_vietnamese_is_read_by_its_code_page(tmp_path: Path) -> None:
    # cp1258 writes tones as combining marks after the letter.
    data = "Ti\u0309nh u\u0309y Bi\u0300nh Sơn la\u0303nh đa\u0323o ba\u0309o vê\u0323 rư\u0300ng"
    path = write(tmp_path, data.encode("cp1258"))
    assert lines_of(path)[0].text == "Tỉnh ủy Bình Sơn lãnh đạo bảo vệ rừng"


def test_western_text_is_read_by_its_code_page() -> None:
    text = "Thông báo: «Nghị quyết» — résumé"[:9] + " « résumé »"
    assert decode(text.encode("cp1252"), Path("a.txt")) == text


def test_bytes_of_no_known_encoding_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, bytes(range(0x80, 0xA0)) * 20)
    with pytest.raises(UnsupportedInputError):
        probe(path, SETTINGS)


@pytest.mark.parametrize("data", [b"Ban\0Th", "Số 07-CT/TU".encode("utf-16-le")])
def test_binary_data_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UnsupportedInputError, match="binary"):
        decode(data, tmp_path / "a.txt")


@pytest.mark.parametrize("stray", [b"\x07", b"\x1b", b"\x02"])
def test_a_stray_control_character_does_not_make_a_text_binary(
    tmp_path: Path, stray: bytes
) -> None:
    path = write(tmp_path, "Tỉnh ủy ".encode() + stray + "Bình Sơn".encode())
    assert probe(path, SETTINGS).kind is SourceKind.TEXT
    assert "Bình" in lines_of(path)[0].text or "Bình" in lines_of(path)[0].text[1:]
    with pytest.raises(UnsupportedInputError):
        probe(write(tmp_path, b"Ti" + stray * 20), SETTINGS)


def test_blank_text_is_empty(tmp_path: Path) -> None:
    with pytest.raises(EmptyInputError):
        probe(write(tmp_path, b" \n\t\n\f\n"), SETTINGS)


def test_bytes_that_break_their_promise_are_damaged(tmp_path: Path) -> None:
    with pytest.raises(DamagedInputError):
        probe(write(tmp_path, b"\xef\xbb\xbfT\xe1nh"), SETTINGS)


@given(
    st.lists(st.lists(st.text("aăâbcđeêsốừỷ.,;", min_size=1, max_size=6), min_size=1), min_size=1)
)
def test_every_word_comes_through_in_order(rows: list[list[str]]) -> None:
    text = "\n".join(" ".join(row) for row in rows)
    decoded = decode(text.encode(), Path("a.txt"))
    assert [line.split(" ") for line in decoded.split("\n")] == [[nfc(w) for w in r] for r in rows]


def test_one_bad_byte_in_utf8_is_damage_and_its_place_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    good = "Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy thực hiện tốt chỉ thị này.\n".encode() * 5
    path.write_bytes(good + b"\xff" + good)
    with pytest.raises(DamagedInputError) as caught:
        lines_of(path)
    assert caught.value.detail == f"UTF-8, byte {len(good) + 1}"

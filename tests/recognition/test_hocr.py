"""What Tesseract writes becomes words, and nothing that it wrote is lost on the way."""

import unicodedata

import pytest

from pipeline.model import Box, Choice
from pipeline.recognition.hocr import Strip, parse
from tests.recognition.pages import recorded

PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html [<!ENTITY secret SYSTEM "{secret}">]>
<html xmlns="http://www.w3.org/1999/xhtml"><body><div class='ocr_page'>
<p class='ocr_par'><span class='{line}' title="bbox 10 20 300 60; baseline 0.01 -8; \
x_size 40; x_descenders 9; x_ascenders 11">{words}</span></p></div></body></html>"""
WORD = "<span class='ocrx_word' title='bbox 10 20 90 60; x_wconf {sure}'>{text}</span>"


def page(words: str, line: str = "ocr_line", secret: str = "file:///etc/hostname") -> bytes:
    return PAGE.format(words=words, line=line, secret=secret).encode()


def word(text: str, sure: int = 90) -> str:
    return WORD.format(text=text, sure=sure)


def cell(char: str, *readings: tuple[str, float]) -> str:
    inner = "".join(f"<span title='x_confs {sure}'>{text}</span>" for text, sure in readings)
    return (
        f"<span class='ocrx_cinfo' title='x_bboxes 1 2 3 4; x_conf 97.5'>{char}</span>"
        f"<span class='ocrx_cinfo' id='lstm_choices_1_1_1'>{inner}</span>"
    )


def only(data: bytes) -> Strip:
    (strip,) = parse(data)
    return strip


def test_a_word_has_its_text_box_and_confidence():
    first = only(page(word("Tỉnh", 87))).words[0]
    assert (first.ocr, first.confidence, first.box) == ("Tỉnh", 0.87, Box(10, 20, 80, 40))


def test_nobody_claims_to_have_seen_the_type_face():
    first = only(page(word("Tỉnh"))).words[0]
    assert first.bold is None
    assert first.italic is None


def test_decomposed_letters_become_nfc():
    assert only(page(word(unicodedata.normalize("NFD", "Thường")))).words[0].ocr == "Thường"


def test_words_of_blanks_are_dropped_and_garbage_is_kept():
    strip = only(page(word("  ") + word("„~|") + word("ủy")))
    assert [read.ocr for read in strip.words] == ["„~|", "ủy"]


def test_a_line_of_blanks_is_no_line():
    assert parse(page(word(" "))) == ()


@pytest.mark.parametrize("line", ["ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"])
def test_lines_of_every_class_are_read(line):
    assert only(page(word("Sơn"), line)).words[0].ocr == "Sơn"


def test_words_stand_from_left_to_right():
    right = word("hai").replace("bbox 10 20 90", "bbox 200 20 290")
    assert [read.ocr for read in only(page(right + word("một"))).words] == ["một", "hai"]


def test_choices_are_per_character_and_leave_out_the_impossible():
    read = cell("ô", ("ô", 91), ("ổ", 44), ("o", 0)) + cell("n", ("n", 96))
    first = only(page(word(read))).words[0]
    assert first.ocr == "ôn"
    assert first.choices == ((Choice("ô", 0.91), Choice("ổ", 0.44)), (Choice("n", 0.96),))


def test_the_character_that_was_read_is_always_among_its_choices():
    first = only(page(word(cell("l", ("1", 60))))).words[0]
    assert first.choices == ((Choice("l", 0.975), Choice("1", 0.6)),)


def test_characters_read_as_one_leave_no_choices():
    first = only(page(word(cell("tr", ("tr", 60)) + cell("à", ("à", 90))))).words[0]
    assert first.ocr == "trà"
    assert first.choices == ()


def test_without_character_boxes_there_are_no_choices():
    assert only(page(word("Bình"))).words[0].choices == ()


def test_entities_are_not_resolved(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("mật", encoding="utf-8")
    strips = parse(page(word("a&secret;b"), secret=secret.as_uri()))
    assert "mật" not in "".join(read.ocr for strip in strips for read in strip.words)


def test_damaged_xml_still_gives_the_words_before_the_damage():
    data = page(word("Bình") + word("Sơn"))
    assert [read.ocr for read in parse(data[: data.index(b"</p>")])[0].words] == ["Bình", "Sơn"]


@pytest.mark.parametrize("data", [b"", b"\x00\xff rubbish", b"<html/>"])
def test_what_is_no_hocr_has_no_words(data):
    assert parse(data) == ()


def test_the_baseline_and_the_size_of_letters_are_known():
    strip = only(page(word("Sơn")))
    assert strip.x_height == 20
    assert strip.baseline == pytest.approx(52 + 0.01 * (50 - 10))


def test_a_moved_strip_keeps_its_baseline_under_its_words():
    strip = only(page(word("Sơn")))
    moved = strip.moved(100, 40)
    assert moved.box == Box(110, 60, 80, 40)
    assert moved.baseline == pytest.approx(strip.baseline + 40)


def test_a_real_recording_has_choices_for_every_character():
    words = [read for strip in parse(recorded("first_page")) for read in strip.words]
    assert len(words) > 50
    assert all(len(read.choices) == len(read.ocr) for read in words)
    assert all(0 <= read.confidence <= 1 for read in words)
    assert any(len(place) > 1 for read in words for place in read.choices)

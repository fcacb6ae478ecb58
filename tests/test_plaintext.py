"""The filter changes words and nothing else."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import (
    Change,
    Decision,
    Document,
    Reason,
    Source,
    Stage,
    Word,
    nfc,
)
from pipeline.plaintext import changes, to_document, to_text

SOURCE = Source("stdin", "0" * 64)


def altered(document: Document, table: dict[str, str]) -> Document:
    """Return *document* with the words of *table* changed."""

    def word(old: Word) -> Word:
        if old.ocr not in table:
            return old
        return old.changed(
            Change(old.ocr, table[old.ocr], Reason.LETTERS, 0.95, Stage.CORRECTION, Decision.MADE)
        )

    pages = tuple(
        replace(
            page,
            lines=tuple(replace(line, words=tuple(map(word, line.words))) for line in page.lines),
        )
        for page in document.pages
    )
    return replace(document, pages=pages)


@given(st.text(alphabet=" \t\n\r\f\v\u2028aăệ.1\u0301\u00a0", max_size=40))
def test_what_is_not_changed_comes_out_as_it_went_in(text: str) -> None:
    assert to_text(to_document(text, SOURCE), text) == nfc(text)


def test_line_breaks_indents_and_page_breaks_survive_a_correction() -> None:
    text = "\r\n   Bcfy tỉnh  ủy\r\n\r\n\fBcfy\t2\n"

    document = altered(to_document(text, SOURCE), {"Bcfy": "Bảy"})

    assert to_text(document, text) == "\r\n   Bảy tỉnh  ủy\r\n\r\n\fBảy\t2\n"


def test_a_word_merged_into_its_neighbour_takes_its_blanks_along() -> None:
    text = "Ban Th ường vụ\n  x y\n"

    document = altered(to_document(text, SOURCE), {"Th": "Thường", "ường": "", "x": ""})

    assert to_text(document, text) == "Ban Thường vụ\n  y\n"


def test_lines_after_blank_ones_know_it() -> None:
    (page,) = to_document("CHỈ THỊ\n\nVề công tác\nbảo vệ rừng", SOURCE).pages

    assert [line.gap_above for line in page.lines] == [False, True, False]


def test_changes_are_located_by_page_and_line_of_the_input() -> None:
    text = "a\n\nBcfy\n\fx\nBcfy"

    located = list(changes(altered(to_document(text, SOURCE), {"Bcfy": "Bảy"}), text))

    assert [(change.page, change.line) for change in located] == [(1, 3), (2, 2)]
    assert {change.change.after for change in located} == {"Bảy"}


@given(st.text(alphabet="aă \n\f\r", max_size=30))
def test_every_word_of_the_input_is_a_word_of_the_document(text: str) -> None:
    words = [word.ocr for word in to_document(text, SOURCE).words()]

    assert words == re.findall(r"\S+", text)

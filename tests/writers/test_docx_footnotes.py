"""Footnotes that the text refers to are Word's own, and no mark is lost or printed twice."""

import io
import zipfile

import pytest
from docx.oxml.ns import qn
from lxml import etree

from pipeline.model import Block, Document, Kind, replace
from pipeline.settings import WriterSettings
from pipeline.writers import write

from .builder import Builder, party_plan, with_footnotes
from .reading import footnotes, opened, texts, the, with_marks

COUNTED = [("1", "2", "3"), ("(1)", "(2)", "(3)"), ("[1]", "[2]", "[3]"), ("¹", "²", "³")]
OWN = [("2", "3", "4"), ("1", "2", "1"), ("(1)", "(2)", "(2)")]


def squeezed(lines: list[str]) -> str:
    return "".join("".join(lines).split()).translate(str.maketrans("¹²³", "123"))


def expected(document: Document) -> str:
    """The text of *document*, footnotes without a reference before the others."""
    loose = [block for block in document.blocks if block.label == "9"]
    notes = [b for b in document.blocks if b.kind is Kind.FOOTNOTE and b not in loose]
    rest = [block for block in document.blocks if block.kind is not Kind.FOOTNOTE]
    return squeezed([replace(document, blocks=(*rest, *loose, *notes)).text])


@pytest.mark.parametrize("labels", [*COUNTED, *OWN, ("1", "*", "2"), ("*", "1", "2")])
def test_marks_and_footnotes_read_as_they_are_printed(labels: tuple[str, ...]) -> None:
    document = with_footnotes(labels)
    file = opened(document)
    assert len(footnotes(file)) == 3
    assert squeezed(with_marks(file)) == expected(document)
    assert the(file, "9 Không").style.name == "footnote text"


@pytest.mark.parametrize("labels", COUNTED)
def test_numbers_that_count_up_are_word_s_own(labels: tuple[str, ...]) -> None:
    file = opened(with_footnotes(labels))
    references = list(file.element.body.iter(qn("w:footnoteReference")))
    assert [each.get(qn("w:id")) for each in references] == ["1", "2", "3"]
    assert not any(each.get(qn("w:customMarkFollows")) for each in references)
    assert all(list(each.iter(qn("w:footnoteRef"))) for each in footnotes(file))
    bare = labels[0][:-2] + labels[0][2:]
    assert f"Nghị quyết{bare}, đạt" in " ".join(texts(file))


@pytest.mark.parametrize("labels", OWN)
def test_numbers_that_do_not_count_up_are_printed(labels: tuple[str, ...]) -> None:
    file = opened(with_footnotes(labels))
    for reference, label in zip(
        file.element.body.iter(qn("w:footnoteReference")), labels, strict=True
    ):
        assert reference.get(qn("w:customMarkFollows")) == "1"
        assert reference.getnext().text == label.strip("()")


def test_stars_do_not_disturb_the_numbers() -> None:
    file = opened(with_footnotes(("1", "*", "2")))
    own = [
        each.get(qn("w:customMarkFollows"))
        for each in file.element.body.iter(qn("w:footnoteReference"))
    ]
    assert own == [None, "1", None]


def test_the_mark_is_raised_and_what_surrounds_it_keeps_its_face() -> None:
    file = opened(with_footnotes(("(1)", "(2)", "(3)")))
    marks = [run for run in the(file, "Toàn tỉnh").runs if run.style.name == "footnote reference"]
    assert [run.text for run in marks] == ["(", "", ")"]
    assert file.styles["footnote reference"].font.superscript
    italic = list(footnotes(file)[1].iter(qn("w:i")))
    assert len(italic) == 1


def test_a_figure_that_was_read_as_a_word_of_its_own_joins_the_word_before() -> None:
    document = (
        Builder()
        .add(Kind.PARAGRAPH, "Theo Nghị quyết (1) của Tỉnh ủy và Kế hoạch (2).")
        .add(Kind.FOOTNOTE, "(1) Số 07-NQ/TU.", label="(1)")
        .add(Kind.FOOTNOTE, "(2) Số 21-KH/HU.", label="(2)")
        .document()
    )
    assert with_marks(opened(document))[0] == "Theo Nghị quyết(1) của Tỉnh ủy và Kế hoạch(2)."


def test_a_mark_glued_to_its_footnote_is_not_printed_twice() -> None:
    document = (
        Builder()
        .add(Kind.PARAGRAPH, "Theo Nghị quyết1 của Tỉnh ủy.")
        .add(Kind.FOOTNOTE, "1Số 07-NQ/TU.", label="1")
        .document()
    )
    assert with_marks(opened(document))[1] == "1Số 07-NQ/TU."


def test_a_line_break_that_was_read_as_part_of_a_word_is_no_mark() -> None:
    document = with_footnotes()
    line = document.pages[0].lines[1]
    words = (*line.words[:-1], replace(line.words[-1], ocr="a\n1\nb\nc"))
    lines = (*document.pages[0].lines[:1], replace(line, words=words), *document.pages[0].lines[2:])
    broken = replace(document, pages=(replace(document.pages[0], lines=lines),))
    assert len(footnotes(opened(broken))) == 3
    assert "a 1 b c" in texts(opened(broken))[1]


def test_without_footnotes_the_file_has_no_part_for_them() -> None:
    for document in (
        party_plan(),
        replace(party_plan(), blocks=(Block(Kind.FOOTNOTE, label="1"),)),
    ):
        with zipfile.ZipFile(io.BytesIO(write(document, "docx", WriterSettings()))) as file:
            assert "word/footnotes.xml" not in file.namelist()
            assert b"footnotePr" not in file.read("word/settings.xml")


def test_the_part_has_word_s_separators_and_the_settings_name_them() -> None:
    with zipfile.ZipFile(io.BytesIO(write(with_footnotes(), "docx", WriterSettings()))) as file:
        part = etree.fromstring(file.read("word/footnotes.xml"))
        settings = etree.fromstring(file.read("word/settings.xml"))
    identifiers = [each.get(qn("w:id")) for each in part]
    assert identifiers == ["-1", "0", "1", "2", "3"]
    assert [each.get(qn("w:type")) for each in part[:2]] == ["separator", "continuationSeparator"]
    named = settings.find(qn("w:footnotePr"))
    assert [each.get(qn("w:id")) for each in named] == ["-1", "0"]

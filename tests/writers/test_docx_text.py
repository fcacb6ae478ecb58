"""Nothing is lost on the way into Word, and nothing invented but the form's ornaments."""

import time
from collections import Counter
from dataclasses import replace

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Block, Change, Document, Kind, Page, Reason, Stage, Word
from pipeline.settings import WriterSettings
from pipeline.writers.word import runs
from pipeline.writers.word.layout import System, load
from pipeline.writers.word.runs import Sheet

from .builder import Builder, party_plan, state_decision
from .paper import HEIGHT, WIDTH, letter, scattered
from .reading import opened, paragraphs, texts, the

ORNAMENTS = {"*", "-----"}
SYLLABLES = (
    "Tỉnh",
    "ủy",
    "Bình",
    "Sơn",
    "SUỐI",
    "VÀNG",
    "số:",
    "(1)",
    "09-NQ/TU,",
    "-",
    "&",
    "<b>",
)

LAYOUTS = ("official", "as-printed")

syllables = st.sampled_from(SYLLABLES)
phrases = st.lists(syllables, max_size=6).map(" ".join)
kinds = st.sampled_from([kind for kind in Kind if kind is not Kind.TABLE])
tables = st.lists(st.lists(phrases, min_size=1, max_size=3), min_size=1, max_size=3)
blocks = st.lists(
    st.tuples(kinds, phrases, st.integers(0, 9), st.integers(0, 7)) | tables, max_size=12
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    builder = Builder()
    for block in draw(blocks):
        if isinstance(block, tuple):
            kind, text, level, title = block
            builder.add(kind, text, level=level, title=title)
        else:
            builder.table(*(tuple(row) for row in block))
    return builder.document()


@st.composite
def printed_documents(draw: st.DrawFn) -> Document:
    """The same with every line somewhere on a page, in columns or not."""
    document = draw(documents())
    lefts = st.sampled_from((354, 400, 1500)) | st.integers(0, WIDTH)
    places = st.tuples(lefts, st.integers(0, HEIGHT))
    count = len(document.pages[0].lines)
    return scattered(document, draw(st.lists(places, min_size=count, max_size=count)))


def words(lines: list[str]) -> Counter[str]:
    return Counter(word for line in lines for word in line.split() if word not in ORNAMENTS)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("document", [party_plan(), state_decision(), letter()])
def test_each_block_is_a_paragraph_with_its_words_in_the_order_of_the_text(
    document: Document, layout: str
) -> None:
    kept = [block for block in document.blocks if block.kind is not Kind.FOOTNOTE]
    expected = [
        part
        for line in replace(document, blocks=tuple(kept)).text.splitlines()
        for part in line.split("\t")
        if part and part not in ORNAMENTS
    ]
    notes = [block for block in document.blocks if block.kind is Kind.FOOTNOTE]
    expected += [document.text_of(block.spans) for block in notes]
    motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    file = opened(document, WriterSettings(layout=layout))
    written = [line for line in texts(file) if line not in ORNAMENTS]
    if motto in written:  # its two lines are two paragraphs
        place = written.index(motto)
        written[place : place + 2] = [" ".join(written[place : place + 2])]
    assert written == expected


@settings(max_examples=60, deadline=None)
@given(documents() | printed_documents(), st.sampled_from(LAYOUTS))
def test_whatever_the_blocks_the_words_are_those_of_the_text(
    document: Document, layout: str
) -> None:
    file = opened(document, WriterSettings(layout=layout))
    assert words(texts(file)) == words(document.text.splitlines())


def test_the_form_writes_its_ornaments_once_whether_they_were_seen_or_not() -> None:
    seen = party_plan()
    unseen = replace(
        seen, blocks=tuple(block for block in seen.blocks if block.kind is not Kind.ORNAMENT)
    )
    for document in (seen, unseen):
        lines = texts(opened(document))
        assert (lines.count("*"), lines.count("-----")) == (1, 1)


def test_an_ornament_within_the_text_is_set_aside_like_all_furniture() -> None:
    builder = Builder().add(Kind.PARAGRAPH, "Phần đầu.").add(Kind.ORNAMENT, "* * *")
    lines = texts(opened(builder.add(Kind.PARAGRAPH, "Phần sau.").document()))
    assert lines == ["Phần đầu.", "Phần sau."]


def test_page_numbers_and_stamps_set_aside_are_not_written() -> None:
    builder = Builder().add(Kind.NOTE, "Ký bởi: Tỉnh ủy").add(Kind.PARAGRAPH, "Nội dung.")
    assert texts(opened(builder.document())) == ["Nội dung."]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("document", [state_decision(), letter()])
def test_before_structure_has_run_each_line_is_a_paragraph(document: Document, layout: str) -> None:
    document = replace(document, blocks=())
    file = opened(document, WriterSettings(layout=layout))
    assert texts(file) == document.text.splitlines()


def test_what_is_written_is_the_corrected_word_and_merged_words_leave_no_gap() -> None:
    builder = Builder().add(Kind.PARAGRAPH, "dang uỷ xã")
    line = builder.lines[0]
    made = Change("dang", "đảng ủy", Reason.SPACING, 0.99, Stage.CORRECTION)
    gone = Change("uỷ", "", Reason.SPACING, 0.99, Stage.CORRECTION)
    first, second, third = line.words
    builder.lines[0] = replace(line, words=(first.changed(made), second.changed(gone), third))
    assert texts(opened(builder.document())) == ["đảng ủy xã"]


def test_what_xml_cannot_hold_is_made_visible_and_stops_nothing() -> None:
    builder = Builder()
    builder.add(Kind.PARAGRAPH, "xã")
    builder.lines[0] = replace(builder.lines[0], words=(Word("xã\x0c\x00Suối"),))
    assert texts(opened(builder.document())) == ["xã\ufffd\ufffdSuối"]


def test_a_block_that_points_at_no_word_leaves_no_text() -> None:
    document = replace(Builder().document(), blocks=(Block(Kind.TABLE), Block(Kind.HEADING)))
    assert texts(opened(document)) == []


def test_a_blank_stands_between_words_of_different_faces() -> None:
    builder = Builder().add(Kind.PARAGRAPH, "Thực **hiện** ?nghiêm? _túc_ quy định")
    file = opened(builder.document())
    assert the(file, "Thực").text == "Thực hiện nghiêm túc quy định"
    assert [run.text for run in the(file, "Thực").runs if run.font.highlight_color] == ["nghiêm"]


def test_no_paragraph_of_the_body_is_empty() -> None:
    empty = [each.style.name for each in paragraphs(opened(party_plan())) if not each.text]
    assert set(empty) <= {"VB Đường kẻ", "VB Chữ ký", "VB Ngăn bảng", "VB Ô bảng"}


def test_a_page_that_could_not_be_read_is_told_in_its_place() -> None:
    builder = Builder().add(Kind.PARAGRAPH, "Trang một.").add(Kind.PARAGRAPH, "Trang ba.")
    document = builder.document()
    first, last = document.pages[0].lines
    blocks = [
        replace(block, spans=tuple(replace(span, page=at, line=0) for span in block.spans))
        for at, block in zip((0, 2), document.blocks, strict=True)
    ]
    pages = (Page(1, lines=(first,)), Page(2, failure="a.pdf [2]: hỏng"), Page(3, lines=(last,)))
    broken = replace(
        document, pages=(*pages, Page(4, failure="a.pdf [4]: hỏng")), blocks=tuple(blocks)
    )
    shown = [each.text for each in paragraphs(opened(broken))]
    assert shown == ["Trang một.", "[a.pdf [2]: hỏng]", "Trang ba.", "[a.pdf [4]: hỏng]"]
    bare = [each.text for each in paragraphs(opened(replace(broken, blocks=())))]
    assert bare == shown


def test_the_words_of_an_endless_paragraph_are_joined_in_one_go() -> None:
    sheet = Sheet(Builder().document(), load(System.PARTY), WriterSettings())
    pieces = [(runs._Face(), "sơ kết ")] * 200_000
    started = time.monotonic()
    (run,) = runs._runs(sheet, pieces)

    assert len(run.text) == len("sơ kết ") * 200_000
    assert time.monotonic() - started < 3


def test_a_paragraph_with_rows_of_dots_is_not_stretched() -> None:
    builder = Builder()
    builder.add(Kind.PARAGRAPH, f"Phần thứ nhất: đặc điểm {'.' * 60} 3")
    builder.add(Kind.ITEM, f"1. Họ và tên: {'.' * 60}", level=1)
    builder.add(Kind.PARAGRAPH, "Văn phòng Tỉnh ủy lưu hồ sơ...")
    file = opened(builder.document())
    alignments = [
        the(file, opening).alignment for opening in ("Phần thứ nhất", "1. Họ", "Văn phòng")
    ]
    assert alignments == [WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.LEFT, None]

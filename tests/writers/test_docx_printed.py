"""The Word file as printed: what was measured is direct formatting over the form's named styles."""

from dataclasses import replace

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from pipeline.model import Document, Kind
from pipeline.settings import WriterSettings
from pipeline.writers import write

from .builder import Builder, party_plan, state_decision
from .paper import Paper, centred, letter, text
from .reading import opened, paragraphs, texts, the

PRINTED = WriterSettings(layout="as-printed")


def the_printed(document: Document, opening: str) -> Paragraph:
    return the(opened(document, PRINTED), opening)


def faces(found: Paragraph) -> list[tuple[str, bool | None, bool | None]]:
    """Return text, bold and italic of each run, blanks at its ends left out."""
    return [(run.text.strip(), run.font.bold, run.font.italic) for run in found.runs]


def with_face(document: Document, *, bold: bool | None, italic: bool | None) -> Document:
    """Return *document* with words of one face, or that nobody looked at."""
    pages = [
        replace(
            page,
            lines=tuple(
                replace(line, words=tuple(replace(w, bold=bold, italic=italic) for w in line.words))
                for line in page.lines
            ),
        )
        for page in document.pages
    ]
    return replace(document, pages=tuple(pages))


class TestFaces:
    def test_are_as_seen_where_the_style_says_otherwise(self) -> None:
        upright = with_face(party_plan(), bold=False, italic=False)
        for opening in ("TỈNH ỦY", "KẾ HOẠCH", "I. MỤC", "Trần Văn"):
            assert {bold for _, bold, _ in faces(the_printed(upright, opening))} == {False}
        assert {italic for *_, italic in faces(the_printed(upright, "Bình Sơn,"))} == {False}
        heavy = with_face(party_plan(), bold=True, italic=True)
        assert {bold for _, bold, _ in faces(the_printed(heavy, "PHÓ BÍ"))} == {True}
        assert {bold for _, bold, _ in faces(the_printed(heavy, "I. MỤC"))} == {None}

    def test_of_single_words_are_their_own(self) -> None:
        builder = Builder().add(Kind.HEADING, "I. **MỤC** _ĐÍCH_", level=1, label="I.")
        line = builder.lines[0]
        first, second, third = line.words
        words = replace(first, bold=False), second, replace(third, bold=False)
        builder.lines[0] = replace(line, words=words)
        found = faces(the_printed(builder.document(), "I."))
        assert found == [("I.", False, None), ("MỤC", None, None), ("ĐÍCH", False, True)]

    def test_where_nobody_looked_are_the_forms(self) -> None:
        unseen = with_face(party_plan(), bold=None, italic=None)
        assert faces(the_printed(unseen, "KẾ HOẠCH")) == [("KẾ HOẠCH", None, None)]
        (run,) = the_printed(state_decision(), "Điều 1.").runs
        assert run.font.italic is False

    def test_of_a_running_title_are_as_seen(self) -> None:
        plan = with_face(party_plan(), bold=False, italic=None)
        first, rest = the_printed(plan, "2. Yêu cầu").runs
        assert (first.style.name, first.font.bold, rest.font.bold) == ("VB Đề mục", False, None)


class TestFormat:
    def test_lies_over_the_same_named_styles(self) -> None:
        official, printed = opened(letter()), opened(letter(), PRINTED)
        left_out = {"VB Chữ ký", "VB Đường kẻ"}
        for name in ("TỈNH", "Số 145", "Về việc", "Kính", "Các cấp", "- Như", "Nguyễn"):
            assert the(printed, name).style.name == the(official, name).style.name
        names = {each.style.name for each in paragraphs(official)}
        assert names - {each.style.name for each in paragraphs(printed)} <= left_out

    def test_has_the_measured_sizes(self) -> None:
        file = opened(letter(), PRINTED)
        for opening, size in (("TỈNH", 14), ("ĐẢNG", 15), ("Về việc", 12), ("Các cấp", 14)):
            assert {run.font.size for run in the(file, opening).runs} == {Pt(size)}

    def test_has_places_and_spaces(self) -> None:
        found = the_printed(letter(), "Các cấp").paragraph_format
        assert found.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
        assert abs(found.first_line_indent - Mm(10)) < Mm(0.1)
        assert found.line_spacing == Pt(18)
        assert abs(the_printed(letter(), "- Các ban").paragraph_format.left_indent - Mm(52)) < Mm(
            0.1
        )

    def test_keeps_the_lines_of_header_title_and_closing_and_joins_those_of_paragraphs(
        self,
    ) -> None:
        assert the_printed(letter(), "Về việc").text == "Về việc chuẩn bị\nlàm việc với huyện"
        assert "\n" not in the_printed(letter(), "Các cấp").text

    def test_leaves_the_signature_the_room_it_has_on_the_paper(self) -> None:
        right = opened(letter(), PRINTED).tables[-1].rows[0].cells[1]
        assert [each.text for each in right.paragraphs] == [
            "T/L BAN THƯỜNG VỤ",
            "CHÁNH VĂN PHÒNG",
            "Nguyễn Thanh Hậu",
        ]
        assert right.paragraphs[2].paragraph_format.space_before > Pt(60)

    def test_has_the_margins_of_the_paper(self) -> None:
        rows = [(row[0], row[1] + 4, *row[2:]) for row in text(lines=6)]
        document = Paper().add(Kind.PARAGRAPH, *rows, at=75).document()
        section = opened(document, PRINTED).sections[0]
        assert abs(section.left_margin - Mm(34)) < Mm(0.1)

    def test_keeps_tables_real(self) -> None:
        file = opened(party_plan(), PRINTED)
        assert file.tables[1].style.name == "VB Bảng"
        assert file.tables[1].rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None

    def test_sets_the_cells_of_a_table_in_their_size_without_the_space_above_it(self) -> None:
        paper = Paper().add(Kind.PARAGRAPH, *text(lines=4), at=100)
        cells = [("Trồng rừng phòng hộ đầu nguồn", 35), ("Ban Dân vận Tỉnh ủy", 120)]
        for cell in cells:
            paper.add(Kind.PARAGRAPH, cell, at=260, size=12)
        *others, first, second = paper.blocks
        table = replace(first, kind=Kind.TABLE, spans=(), rows=((first.spans, second.spans),))
        document = replace(paper.document(), blocks=(*others, table))
        found = the_printed(document, "Trồng rừng")
        assert found.runs[0].font.size == Pt(12)
        assert found.paragraph_format.space_before is None


class TestOrnaments:
    def test_are_those_of_the_paper(self) -> None:
        paper = Paper().add(Kind.TYPE, centred("KẾ HOẠCH"), at=80)
        paper.add(Kind.SUBJECT, centred("trồng cây")).add(Kind.ORNAMENT, centred("***"))
        paper.add(Kind.PARAGRAPH, *text()).add(Kind.ORNAMENT, centred("-----"))
        document = paper.add(Kind.PARAGRAPH, ("Phần sau.", 40)).document()
        lines = texts(opened(document, PRINTED))
        assert [line for line in lines if not line[0].isalpha()] == ["***", "-----"]
        assert lines[2] == "***"
        assert lines.index("-----") == len(lines) - 2

    def test_stand_on_the_axis_of_what_they_are_under(self) -> None:
        file = opened(letter(), PRINTED)
        star, body = the(file, "*"), the(file, "TỈNH")
        assert star.style.name == "VB Dấu ngăn"
        for side in ("left_indent", "right_indent"):
            assert getattr(star.paragraph_format, side) == getattr(body.paragraph_format, side)

    def test_that_nobody_printed_are_not_written(self) -> None:
        paper = Paper().add(Kind.TYPE, centred("KẾ HOẠCH"), at=80)
        paper.add(Kind.SUBJECT, centred("trồng cây"))
        document = paper.add(Kind.PARAGRAPH, *text(), step=20).document()
        assert "-----" in texts(opened(document))
        assert "-----" not in texts(opened(document, PRINTED))


def test_of_text_that_says_nothing_of_the_paper_is_the_official_file() -> None:
    document = state_decision()
    assert write(document, "docx", PRINTED) == write(document, "docx", WriterSettings())


def test_highlights_doubts_all_the_same() -> None:
    document = Paper().add(Kind.PARAGRAPH, ("Ban ?chủ? ?yếu? họp.", 40), at=100).document()
    yellow = [run.text for run in the_printed(document, "Ban").runs if run.font.highlight_color]
    assert yellow == ["chủ yếu"]


@pytest.mark.parametrize("tracked", [False, True])
@pytest.mark.parametrize("document", [letter(), party_plan()])
def test_the_same_document_gives_the_same_bytes(document: Document, tracked: bool) -> None:
    how = replace(PRINTED, tracked=tracked, doubts="comment")
    assert write(document, "docx", how) == write(document, "docx", how)

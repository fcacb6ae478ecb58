"""What the official form asks for stands in the file."""

import datetime as dt
import io
import zipfile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from pipeline.model import Document, Kind, Merged, replace
from pipeline.settings import WriterSettings
from pipeline.writers import write
from pipeline.writers.docx import system_of

from .builder import Builder, party_plan, state_decision
from .reading import opened, paragraphs, the


def style_of(document: Document, opening: str) -> str:
    return the(opened(document), opening).style.name


def outline(paragraph: Paragraph) -> int | None:
    """The level Word's navigation pane shows the paragraph at, from the paragraph or its style."""
    for properties in (paragraph._p.pPr, paragraph.style.element.pPr):
        level = None if properties is None else properties.find(qn("w:outlineLvl"))
        if level is not None:
            return int(level.get(qn("w:val"))) + 1
    return None


def bordered(paragraph: Paragraph) -> bool:
    return paragraph._p.pPr.find(qn("w:pBdr")) is not None


class TestPage:
    def test_is_a4_with_the_margins_of_the_form(self) -> None:
        section = opened(party_plan()).sections[0]
        measures = (
            section.page_width,
            section.page_height,
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
            section.header_distance,
        )
        expected = (210, 297, 20, 20, 30, 15, 10)
        assert all(
            abs(value - Mm(mm)) < Mm(0.02) for value, mm in zip(measures, expected, strict=True)
        )

    def test_is_numbered_at_the_top_centre_but_not_on_the_first(self) -> None:
        section = opened(party_plan()).sections[0]
        assert section.different_first_page_header_footer
        (number,) = section.header.paragraphs
        assert number.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
        assert "PAGE" in [each.text for each in number._p.iter(qn("w:instrText"))]


class TestTypeFace:
    def test_is_times_new_roman_for_all_scripts_at_14_points(self) -> None:
        normal = opened(party_plan()).styles["Normal"]
        fonts = normal.element.rPr.find(qn("w:rFonts"))
        names = {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")}
        assert names == {"Times New Roman"}
        assert normal.font.size == Pt(14)

    def test_every_run_and_style_is_vietnamese(self) -> None:
        file = opened(party_plan())
        runs = [run._r for each in paragraphs(file) for run in each.runs]
        styles = [
            style.element
            for style in file.styles
            if style.name.startswith(("VB", "Heading", "Header", "Normal"))
            and style.element.get(qn("w:type")) != "table"
        ]
        assert len(styles) > 40
        for element in runs + styles:
            assert element.rPr.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"

    def test_body_is_justified_with_exact_lines_and_a_first_line_indent(self) -> None:
        style = opened(party_plan()).styles["VB Nội dung"].paragraph_format
        assert style.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
        assert (style.line_spacing_rule, style.line_spacing) == (WD_LINE_SPACING.EXACTLY, Pt(18))
        assert style.space_before == Pt(6)
        assert abs(style.first_line_indent - Mm(10)) < Mm(0.02)


class TestSystem:
    def test_is_what_the_metadata_says(self) -> None:
        assert system_of(Builder().document(system="state")) == "state"

    def test_is_the_states_when_only_its_motto_was_seen(self) -> None:
        assert system_of(state_decision()) == "state"

    def test_is_the_partys_when_nothing_was_seen(self) -> None:
        assert system_of(Builder().add(Kind.PARAGRAPH, "Độc lập").document()) == "party"


class TestHeader:
    def test_has_two_columns_without_borders(self) -> None:
        table = opened(party_plan()).tables[0]
        assert table.style.name == "VB Khung"
        left, right = ([each.text for each in cell.paragraphs] for cell in table.rows[0].cells)
        assert left == ["TỈNH ỦY BÌNH SƠN", "*", "Số 15-KH/TU"]
        assert right == ["ĐẢNG CỘNG SẢN VIỆT NAM", "", "Bình Sơn, ngày 03 tháng 4 năm 2026"]

    def test_draws_a_rule_under_the_motto_and_in_the_states_form_under_the_body(self) -> None:
        cells = opened(party_plan()).tables[0].rows[0].cells
        assert [sum(map(bordered, cell.paragraphs)) for cell in cells] == [0, 1]
        cells = opened(state_decision()).tables[0].rows[0].cells
        assert [sum(map(bordered, cell.paragraphs)) for cell in cells] == [1, 1]
        assert bordered(cells[0].paragraphs[2])

    def test_sets_the_countrys_name_and_motto_in_styles_of_their_own(self) -> None:
        assert style_of(state_decision(), "CỘNG HÒA") == "VB Quốc hiệu"
        assert style_of(state_decision(), "Độc lập") == "VB Tiêu ngữ"

    def test_brings_number_and_date_to_the_same_height(self) -> None:
        plan = opened(party_plan())
        drops = [
            the(plan, opening).paragraph_format.space_before or 0
            for opening in ("Số 15", "Bình Sơn, ngày")
        ]
        # Left: body and star, 18 pt each. Right: motto of 18 pt and a rule of 11 pt.
        assert drops == [0, Pt(7)]

    def test_of_a_letter_carries_the_subject_under_the_number(self) -> None:
        letter = Builder().add(Kind.ISSUING_BODY, "TỈNH ỦY BÌNH SƠN")
        letter.add(Kind.NUMBER, "Số 07-CV/TU").add(Kind.SUBJECT, "về việc nghỉ lễ")
        letter.add(Kind.MOTTO, "ĐẢNG CỘNG SẢN VIỆT NAM")
        letter.add(Kind.ADDRESSEE, "Kính gửi: Các huyện ủy")
        table = opened(letter.document()).tables[0]
        subject = table.rows[0].cells[0].paragraphs[-1]
        assert (subject.text, subject.style.name) == ("về việc nghỉ lễ", "VB Trích yếu công văn")

    def test_keeps_a_mark_in_the_column_it_was_read_in(self) -> None:
        draft = Builder().add(Kind.ISSUING_BODY, "HUYỆN ỦY SUỐI VÀNG").add(Kind.MARK, "MẬT")
        draft.add(Kind.MOTTO, "ĐẢNG CỘNG SẢN VIỆT NAM").add(Kind.MARK, "DỰ THẢO")
        cells = opened(draft.document()).tables[0].rows[0].cells
        assert [cell.paragraphs[-1].text for cell in cells] == ["MẬT", "DỰ THẢO"]


class TestTitle:
    def test_is_centred_and_bold_with_dashes_under_the_subject(self) -> None:
        file = opened(party_plan())
        for opening, style in (("KẾ HOẠCH", "VB Tên loại"), ("tuyên truyền", "VB Trích yếu")):
            found = the(file, opening).style
            assert found.name == style
            assert found.font.bold
            assert found.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
        assert the(file, "-----").style.name == "VB Dấu ngăn"

    def test_has_a_rule_in_the_states_form(self) -> None:
        body = list(opened(state_decision()).iter_inner_content())
        place = next(i for i, each in enumerate(body) if getattr(each, "text", "") == "QUYẾT ĐỊNH")
        assert bordered(body[place + 2])

    def test_keeps_the_lines_of_the_page_when_they_fit(self) -> None:
        subject = the(opened(party_plan()), "tuyên truyền")
        assert subject.text.splitlines()[1].startswith("và đón nhận")

    def test_lets_the_text_flow_when_a_line_of_the_page_does_not_fit(self) -> None:
        long = "về " + "công tác dân vận " * 8
        plan = Builder().add(Kind.TYPE, "KẾ HOẠCH").add(Kind.SUBJECT, f"{long}\nnăm 2026")
        assert "\n" not in the(opened(plan.document()), "về").text


class TestHeadings:
    @pytest.mark.parametrize(
        ("opening", "level"), [("I. MỤC", 1), ("1. Mục đích", 2), ("1.1. Ban", 3)]
    )
    def test_are_words_own_so_that_the_navigation_pane_shows_them(
        self, opening: str, level: int
    ) -> None:
        found = the(opened(party_plan()), opening)
        assert found.style.name == f"Heading {level}"
        assert outline(found) == level

    def test_that_run_into_their_text_are_bold_to_the_colon_and_keep_their_level(self) -> None:
        found = the(opened(party_plan()), "2. Yêu cầu")
        assert found.runs[0].style.name == "VB Đề mục"
        assert found.runs[0].text.strip() == "2. Yêu cầu:"
        assert found.runs[1].style.name == "Default Paragraph Font"
        assert outline(found) == 2

    def test_of_chapters_are_centred_with_the_name_on_its_own_line(self) -> None:
        found = the(opened(state_decision()), "Chương I")
        assert found.text == "Chương I\nQUY ĐỊNH CHUNG"
        assert found.alignment == WD_ALIGN_PARAGRAPH.CENTER

    def test_of_articles_are_bold_upright_at_any_level(self) -> None:
        (run,) = the(opened(state_decision()), "Điều 1.").runs
        assert run.font.italic is False

    def test_deeper_than_the_form_knows_take_the_last_style(self) -> None:
        deep = Builder().add(Kind.HEADING, "+ Sâu", level=12, label="+")
        assert style_of(deep.document(), "+ Sâu") == "Heading 6"


class TestBody:
    def test_items_keep_their_marker_as_text_without_a_hanging_indent(self) -> None:
        found = the(opened(party_plan()), "- Khơi dậy")
        assert found.style.name == "VB Liệt kê 3"
        assert abs(found.style.paragraph_format.first_line_indent - Mm(10)) < Mm(0.02)
        assert not found.style.paragraph_format.left_indent
        assert outline(found) is None

    def test_bold_and_italic_are_as_seen(self) -> None:
        file = opened(party_plan())
        bold = [run.text.strip() for run in the(file, "Ban Thường vụ").runs if run.font.bold]
        italic = [run.text.strip() for run in the(file, "- Cổ vũ").runs if run.font.italic]
        assert (bold, italic) == (["với những nội dung"], ["thi đua"])

    def test_doubtful_words_are_yellow_when_asked_for(self) -> None:
        def yellow(doubts: str) -> list[str]:
            file = opened(party_plan(), WriterSettings(doubts=doubts))
            return [
                run.text
                for each in paragraphs(file)
                for run in each.runs
                if run.font.highlight_color == WD_COLOR_INDEX.YELLOW
            ]

        assert yellow("highlight") == ["chủ yếu"]
        assert yellow("comment") == yellow("none") == []

    def test_legal_basis_is_italic_in_the_states_form_only(self) -> None:
        party = the(opened(party_plan()), "- Căn cứ Nghị quyết").style
        state = the(opened(state_decision()), "Căn cứ Luật").style
        assert (party.name, party.font.italic) == ("VB Căn cứ", None)
        assert (state.name, state.font.italic) == ("VB Căn cứ", True)

    def test_an_annex_starts_a_page(self) -> None:
        file = opened(party_plan())
        assert the(file, "PHỤ LỤC").paragraph_format.page_break_before
        assert not the(file, "(Kèm theo").paragraph_format.page_break_before

    def test_each_annex_of_the_party_counts_its_own_pages(self) -> None:
        def starts(document: Document) -> list[str | None]:
            numbers = [
                section._sectPr.find(qn("w:pgNumType")) for section in opened(document).sections
            ]
            return [None if number is None else number.get(qn("w:start")) for number in numbers]

        builder = (
            Builder().add(Kind.MOTTO, "ĐẢNG CỘNG SẢN VIỆT NAM").add(Kind.PARAGRAPH, "Nội dung.")
        )
        builder.add(Kind.ANNEX, "PHỤ LỤC 1", label="PHỤ LỤC 1").add(Kind.PARAGRAPH, "Các xã.")
        builder.table(("TT", "Xã"), ("1", "Hạ Lâm"))
        builder.add(Kind.ANNEX, "PHỤ LỤC 2", label="PHỤ LỤC 2").add(Kind.PARAGRAPH, "Các huyện.")
        assert starts(builder.document(system="party")) == [None, "1", "1"]
        assert starts(builder.document(system="state")) == [None]
        file = opened(builder.document(system="party"))
        assert all(section.different_first_page_header_footer for section in file.sections)
        assert [each.text for each in paragraphs(file) if each.text.startswith("PHỤ")] == [
            "PHỤ LỤC 1",
            "PHỤ LỤC 2",
        ]

    def test_footnotes_come_last(self) -> None:
        assert list(paragraphs(opened(party_plan())))[-1].text.startswith("(1) Số liệu")


class TestTables:
    def test_have_borders_a_repeated_first_row_and_unbroken_rows(self) -> None:
        table = opened(party_plan()).tables[1]
        assert table.style.name == "VB Bảng"
        assert table.style.element.find(f".//{qn('w:tblBorders')}") is not None
        heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        assert heads == [True, False, False]
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)

    def test_fill_the_text_width_and_give_long_columns_more(self) -> None:
        widths = [cell.width for cell in opened(party_plan()).tables[1].rows[0].cells]
        assert abs(sum(widths) - Mm(165)) < Mm(0.2)
        assert widths[0] < widths[3] < widths[1]

    def test_have_cells_that_reach_over_rows_and_columns(self) -> None:
        builder = Builder().table(
            ("TT", "Kinh phí", ""), ("", "tỉnh", "huyện"), ("1", "5", "7"), ("Cộng", "", "12")
        )
        covers = (Merged(0, 0, 2, 1), Merged(0, 1, 1, 2), Merged(3, 0, 1, 2))
        builder.blocks[-1] = replace(builder.blocks[-1], merged=covers)
        table = opened(builder.document()).tables[0]
        assert [[cell.text for cell in row.cells] for row in table.rows] == [
            ["TT", "Kinh phí", "Kinh phí"],
            ["TT", "tỉnh", "huyện"],
            ["1", "5", "7"],
            ["Cộng", "Cộng", "12"],
        ]
        heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        assert heads == [True, True, False, False]

    def test_with_rows_of_unequal_length_get_empty_cells(self) -> None:
        table = opened(Builder().table(("TT", "Nội dung"), ("1",)).document()).tables[0]
        assert [cell.text for cell in table.rows[1].cells] == ["1", ""]

    def test_in_a_row_are_kept_apart(self) -> None:
        file = opened(Builder().table(("Một",)).table(("Hai",)).document())
        kinds = [each.tag.split("}")[1] for each in file.element.body]
        assert kinds == ["tbl", "p", "tbl", "p", "sectPr"]


class TestClosing:
    def test_has_recipients_left_and_the_signature_right_in_a_row_that_stays_together(self) -> None:
        table = opened(party_plan()).tables[2]
        left, right = table.rows[0].cells
        assert left.paragraphs[0].text == "Nơi nhận:"
        assert left.paragraphs[-1].text == "- Lưu Văn phòng Tỉnh ủy."
        lines = [each.text for each in right.paragraphs]
        assert lines == ["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "", "", "", "", "Trần Văn Suối"]
        assert table.rows[0]._tr.find(f".//{qn('w:cantSplit')}") is not None

    def test_does_not_stand_on_a_page_without_text(self) -> None:
        assert the(opened(party_plan()), "Căn cứ Kế hoạch").paragraph_format.keep_with_next

    def test_underlines_the_word_recipients_in_the_partys_form(self) -> None:
        (run,) = the(opened(party_plan()), "Nơi nhận").runs
        assert (run.style.font.underline, run.style.font.size) == (True, Pt(14))
        (run,) = the(opened(state_decision()), "Nơi nhận").runs
        assert (run.style.font.bold, run.style.font.italic) == (True, True)

    def test_sets_the_office_bold_in_the_states_form_only(self) -> None:
        assert the(opened(party_plan()), "PHÓ BÍ THƯ").style.font.bold is None
        assert the(opened(state_decision()), "PHÓ GIÁM ĐỐC").style.font.bold


class TestProperties:
    def test_come_from_the_metadata(self) -> None:
        core = opened(party_plan()).core_properties
        assert core.title.startswith("Kế hoạch 15-KH/TU tuyên truyền")
        assert core.subject == "tuyên truyền kỷ niệm 50 năm ngày thành lập tỉnh Bình Sơn"
        assert core.language == "vi-VN"
        assert core.created == core.modified == dt.datetime(2026, 4, 3, tzinfo=dt.UTC)

    def test_mark_what_is_in_doubt_and_have_no_date_then(self) -> None:
        plan = party_plan()
        facts = plan.metadata
        assert facts.symbol is not None
        assert facts.subject is not None
        assert facts.date is not None
        doubted = replace(
            facts,
            symbol=replace(facts.symbol, certainty=0.6),
            subject=replace(facts.subject, value="rừng " * 100, certainty=0.6),
            date=replace(facts.date, certainty=0.6),
        )
        data = write(replace(plan, metadata=doubted), "docx", WriterSettings())
        core = docx.Document(io.BytesIO(data)).core_properties
        assert core.title.startswith("Kế hoạch 15-KH/TU [?] rừng")
        assert core.title.endswith(" [?]")
        assert core.subject.endswith(" [?]")
        assert (len(core.title), len(core.subject)) == (255, 255)
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            assert b"created" not in file.read("docProps/core.xml")

    @pytest.mark.parametrize("date", [{}, {"date": "2026-04"}])
    def test_have_no_date_when_the_document_has_none(self, date: dict[str, str]) -> None:
        data = write(Builder().document(**date), "docx", WriterSettings())
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            assert b"dcterms" not in file.read("docProps/core.xml").split(b">", 2)[2]

    def test_hold_a_subject_of_any_length(self) -> None:
        data = write(Builder().document(subject="dài " * 200), "docx", WriterSettings())
        assert len(docx.Document(io.BytesIO(data)).core_properties.subject) == 255


LABEL_MM = 19  # of "Kính gửi:" at 14 pt


class TestAddressees:
    def test_one_is_centred(self) -> None:
        letter = Builder().add(Kind.ADDRESSEE, "Kính gửi: Các huyện ủy").document()
        assert style_of(letter, "Kính gửi") == "VB Kính gửi"

    def test_several_are_a_list_that_begins_where_its_head_ends(self) -> None:
        letter = Builder().add(Kind.ADDRESSEE, "Kính gửi:").add(Kind.ADDRESSEE, "- Các ban,")
        head, item = (the(opened(letter.document()), opening) for opening in ("Kính", "- Các"))
        assert head.style.name == "VB Kính gửi nhiều nơi"
        assert head.runs[0].style.name == "VB Nhãn kính gửi"
        assert item.style.name == "VB Danh sách kính gửi"
        first, second = (each.style.paragraph_format.left_indent.mm for each in (head, item))
        assert second - first == pytest.approx(LABEL_MM, abs=2)

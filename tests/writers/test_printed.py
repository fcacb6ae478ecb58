"""How a document was printed is measured from the boxes of its words."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Block, Box, Change, Document, Kind, Reason, Stage
from pipeline.writers.word.layout import System, load
from pipeline.writers.word.letters import em, extent
from pipeline.writers.word.look import Look
from pipeline.writers.word.printed import Printed, measure

from .builder import Builder, party_plan, state_decision, word
from .paper import LEFT, LETTERS, RIGHT, WIDTH, Paper, centred, letter, text

PARTY, STATE = load(System.PARTY), load(System.STATE)


def look(document: Document, opening: str) -> Look:
    """Return the look of the block that starts with *opening*."""
    return measure(document, PARTY).looks[block(document, opening)]


def block(document: Document, opening: str) -> Block:
    return next(
        each
        for each in document.blocks
        if document.text_of(tuple(each.all_spans())).startswith(opening)
    )


def under(document: Document, opening: str, form: System = System.PARTY) -> str | None:
    return measure(document, load(form)).under.get(block(document, opening))


class TestLetters:
    @pytest.mark.parametrize(
        ("read", "rise", "drop"),
        [
            ("nêu", 0.69, 0),
            ("mơ", 0.56, 0),
            ("ao", 0.47, 0),
            ("gạo,", 0.47, 0.21),
            ("SƠN", 0.66, 0),
        ],
    )
    def test_reach_as_far_as_their_marks_and_tails(
        self, read: str, rise: float, drop: float
    ) -> None:
        assert extent(read, LETTERS) == (rise, drop)

    @pytest.mark.parametrize("read", ["cấp", "THUẬN,Ổ", "-----", "./."])
    def test_with_two_marks_above_or_none_at_all_are_not_measured(self, read: str) -> None:
        assert extent(read, LETTERS) is None

    @pytest.mark.parametrize("text", ["nêu", "ao", "SƠN", "gạo,", "(2022)"])
    def test_tell_the_size_whatever_they_are(self, text: str) -> None:
        document = Paper().add(Kind.PARAGRAPH, (text, LEFT), at=100).document()
        (found,) = document.words()
        assert em(found, LETTERS) == pytest.approx(14 * WIDTH / 210 * 25.4 / 72, rel=0.03)

    def test_that_a_signature_runs_through_tell_nothing(self) -> None:
        for box in (Box(0, 0, 100, 140), Box(0, 0, 0, 50)):
            read = replace(word("Hậu"), box=box, confidence=0.5)
            assert em(read, LETTERS) is None

    def test_of_a_text_layer_tell_the_size_by_their_width(self) -> None:
        document = Paper().add(Kind.PARAGRAPH, ("nhiệm", LEFT), at=100).document()
        (found,) = document.words()
        typed = replace(found, confidence=None, box=replace(found.box, top=0, height=70))
        assert em(typed, LETTERS) == pytest.approx(14 * WIDTH / 210 * 25.4 / 72, rel=0.03)


class TestSizes:
    def test_are_those_of_the_print(self) -> None:
        document = letter()
        found = {
            opening: look(document, opening).size
            for opening in ("TỈNH", "ĐẢNG", "Về việc", "Các cấp", "- Như", "T/L")
        }
        assert list(found.values()) == [14, 15, 12, 14, 12, 14]

    def test_of_a_text_layer_are_those_of_the_type(self) -> None:
        document = letter()
        lines = [
            replace(
                line,
                words=tuple(
                    replace(each, confidence=None, bold=None, italic=None) for each in line.words
                ),
            )
            for line in document.pages[0].lines
        ]
        typed = replace(document, pages=(replace(document.pages[0], lines=tuple(lines)),))
        sizes = [look(typed, each).size for each in ("Về việc", "Các cấp", "- Như", "CHÁNH")]
        assert sizes == [12, 14, 12, 14]

    def test_of_a_number_with_too_few_words_are_the_forms(self) -> None:
        assert look(letter(), "Số 145").size is None

    @pytest.mark.parametrize("size", [13, 14.5, 15])
    def test_of_the_body_are_measured(self, size: float) -> None:
        document = Paper().add(Kind.PARAGRAPH, *text(lines=6), at=100, size=size).document()
        assert look(document, "Các cấp").size == pytest.approx(size, abs=0.5)

    def test_are_compared_with_the_forms_when_the_paper_is_no_a4(self) -> None:
        paper = Paper().add(Kind.TYPE, centred("THÔNG BÁO"), at=80, size=16)
        paper.add(Kind.PARAGRAPH, *text(lines=6), at=130)
        halved = paper.document(width=WIDTH // 2 * 3, height=WIDTH * 3)
        assert (look(halved, "Các cấp").size, look(halved, "THÔNG").size) == (14, 16)

    def test_stay_within_what_a_document_has(self) -> None:
        paper = Paper().add(Kind.TYPE, centred("THÔNG BÁO", 40), at=80, size=40)
        paper.add(Kind.PARAGRAPH, *text(lines=6), at=130)
        paper.add(Kind.FOOTNOTE, ("(1) Theo báo cáo của Cục Thống kê", LEFT), size=4)
        document = paper.document()
        assert (look(document, "THÔNG").size, look(document, "(1)").size) == (20, 8)

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.integers(-1, 1), min_size=200, max_size=200))
    def test_of_equal_print_are_equal_though_boxes_are_a_pixel_off(self, off: list[int]) -> None:
        document = letter()
        shifts = iter(off)
        lines = [
            replace(
                line,
                words=tuple(
                    replace(each, box=replace(each.box, height=each.box.height + next(shifts)))
                    for each in line.words
                ),
            )
            for line in document.pages[0].lines
        ]
        shaken = replace(document, pages=(replace(document.pages[0], lines=tuple(lines)),))
        for opening in ("Các cấp", "TỈNH", "Bình Sơn", "- Huyện", "CHÁNH", "T/L"):
            assert look(shaken, opening).size == 14


class TestPlace:
    def test_of_a_paragraph_is_justified_with_its_first_line_indented(self) -> None:
        found = look(letter(), "Các cấp")
        assert (found.align, found.left, found.first_line) == ("both", 0, 10)
        assert found.breaks is None

    def test_of_ragged_text_is_left(self) -> None:
        paper = Paper().add(Kind.PARAGRAPH, *text(lines=6), at=100)
        document = paper.add(
            Kind.ITEM, *text(LEFT, 6, ragged=True), label="Các", level=1
        ).document()
        items = measure(document, PARTY).looks[document.blocks[1]]
        assert (items.align, items.first_line) == ("left", 0)

    def test_of_a_single_line_is_that_of_the_text(self) -> None:
        paper = Paper().add(Kind.PARAGRAPH, *text(lines=6), at=100)
        document = paper.add(Kind.ITEM, ("1. Mục đích", 40), label="1.", level=1).document()
        found = look(document, "1.")
        assert (found.align, found.left, found.first_line) == ("both", 0, 10)

    @pytest.mark.parametrize(("reason", "left"), [(Reason.SPACING, 0), (Reason.PUNCTUATION, 6)])
    def test_is_told_by_words_that_others_swallowed_but_not_by_specks(
        self, reason: Reason, left: float
    ) -> None:
        document = Paper().add(Kind.PARAGRAPH, *text(lines=2), at=100).document()
        page = document.pages[0]
        head, tail = page.lines
        gone = Change(tail.words[0].ocr, "", reason, 0.9, Stage.CORRECTION)
        tail = replace(tail, words=(tail.words[0].changed(gone), *tail.words[1:]))
        document = replace(document, pages=(replace(page, lines=(head, tail)),))
        assert look(document, "Các cấp").left == pytest.approx(left, abs=1)

    def test_of_a_list_of_addressees_is_far_to_the_right(self) -> None:
        assert [look(letter(), each).left for each in ("Kính", "- Huyện")] == [30, 52]

    def test_of_what_hangs_is_a_first_line_further_left(self) -> None:
        rows = [
            (row[0], row[1] if index == 0 else LEFT + 15, *row[2:])
            for index, row in enumerate(text(LEFT))
        ]
        paper = Paper().add(Kind.PARAGRAPH, *text(lines=6), at=100)
        document = paper.add(Kind.ITEM, *rows, label="Các", level=1).document()
        found = measure(document, PARTY).looks[document.blocks[1]]
        assert (found.left, found.first_line) == (15, -15)

    def test_of_centred_lines_keeps_their_breaks(self) -> None:
        paper = Paper().add(Kind.TYPE, centred("KẾ HOẠCH"), at=80)
        paper.add(Kind.SUBJECT, centred("Đẩy mạnh trồng rừng"), centred("trên địa bàn tỉnh"))
        paper.add(Kind.PARAGRAPH, *text(lines=6), at=150)
        paper.add(Kind.PARAGRAPH, centred("QUYẾT ĐỊNH:"))
        document = paper.document()
        found = look(document, "Đẩy mạnh")
        assert (found.align, found.left, found.first_line, found.breaks) == ("center", 0, 0, (4,))
        assert look(document, "QUYẾT").align == "center"

    def test_of_a_line_at_the_right_edge_is_right(self) -> None:
        paper = Paper().add(Kind.PARAGRAPH, *text(lines=6), at=100)
        document = paper.add(Kind.PARAGRAPH, ("Trang cuối", 170, RIGHT)).document()
        assert look(document, "Trang").align == "right"


class TestColumns:
    def test_of_a_header_stand_where_they_are_printed(self) -> None:
        document = letter()
        measured = measure(document, PARTY)
        header, closing = measured.frames.values()
        assert (header.left, header.right) == (closing.left, closing.right) == (0, 165)
        assert sum(header.widths) == 165
        looks = [look(document, each) for each in ("TỈNH", "Số 145", "ĐẢNG", "Bình Sơn")]
        assert {each.align for each in looks} == {"center"}
        # An axis, in mm from the left edge of the text: half of what the indents leave.
        left, _, right, _ = looks
        assert left.left + (header.split - left.left - left.right) / 2 == pytest.approx(33, abs=1)
        assert header.split + right.left + (165 - header.split - right.left - right.right) / 2 == (
            pytest.approx(120, abs=1)
        )

    def test_of_recipients_are_at_the_left(self) -> None:
        assert (look(letter(), "- Như").align, look(letter(), "- Như").left) == ("left", 0)

    def test_that_do_not_stand_apart_are_the_forms(self) -> None:
        paper = Paper().add(Kind.ISSUING_BODY, ("BAN TUYÊN GIÁO TỈNH ỦY BÌNH SƠN", LEFT), at=71)
        paper.add(Kind.MOTTO, ("ĐẢNG CỘNG SẢN VIỆT NAM", 80), at=89)
        document = paper.add(Kind.PARAGRAPH, *text(), at=150).document()
        assert measure(document, PARTY).frames == {}
        assert look(document, "BAN").align is None

    def test_leave_a_block_without_boxes_to_the_form(self) -> None:
        document = letter()
        lost = block(document, "CHÁNH").spans[0].line
        lines = [
            replace(line, words=tuple(replace(w, box=None) for w in line.words))
            if index == lost
            else line
            for index, line in enumerate(document.pages[0].lines)
        ]
        document = replace(document, pages=(replace(document.pages[0], lines=tuple(lines)),))
        assert look(document, "CHÁNH") == Look()
        assert look(document, "T/L").align == "center"


class TestSpace:
    def test_above_is_measured(self) -> None:
        paper = Paper().add(Kind.PARAGRAPH, *text(lines=4), at=100)
        paper.add(Kind.ITEM, *text(), step=18, at=100 + 3 * 18 + 18 + 9, label="Các", level=1)
        document = paper.document()
        found = measure(document, PARTY).looks[document.blocks[1]]
        assert (found.before, found.line) == (9, 18)

    def test_above_the_signer_is_the_room_of_the_signature(self) -> None:
        assert look(letter(), "Nguyễn").before == pytest.approx(530 - 438 - 18, abs=1)

    def test_on_top_of_a_page_is_the_forms(self) -> None:
        paper = Paper().add(Kind.PARAGRAPH, *text(), at=100).turn()
        document = paper.add(Kind.ITEM, *text(lines=2), at=75, label="Các", level=1).document()
        assert measure(document, PARTY).looks[document.blocks[1]].before is None

    def test_brings_number_and_date_to_their_heights(self) -> None:
        document = letter()
        # The star takes a line of 18 pt, the rule 5 pt.
        assert look(document, "Số 145").before == pytest.approx(0, abs=1)
        assert look(document, "Bình Sơn").before == pytest.approx(107 - 71 - 18 - 5, abs=2)


class TestOrnaments:
    def star(self, kind: Kind | None, read: str = "*", below: float = 107) -> Document:
        paper = Paper().add(Kind.ISSUING_BODY, centred("TỈNH ỦY BÌNH SƠN", axis=63), at=71)
        if kind is not None:
            paper.add(kind, centred(read, axis=63))
        paper.add(Kind.NUMBER, centred("Số 12-KH/TU", axis=63), at=below)
        paper.add(Kind.MOTTO, centred("ĐẢNG CỘNG SẢN VIỆT NAM", axis=150), at=71)
        return paper.add(Kind.PARAGRAPH, *text(), at=200).document()

    @pytest.mark.parametrize(
        ("kind", "read", "shown"),
        [
            (Kind.ORNAMENT, "*", "*"),
            (Kind.ORNAMENT, "***", "***"),
            (Kind.ORNAMENT, "x", "*"),
            (Kind.NOTE, "+", "*"),
        ],
    )
    def test_are_as_printed_and_where_they_were_misread_the_forms(
        self, kind: Kind, read: str, shown: str
    ) -> None:
        assert under(self.star(kind, read), "TỈNH") == shown

    def test_are_not_written_where_there_was_no_room_for_one(self) -> None:
        assert under(self.star(None, below=89), "TỈNH") == ""

    def test_are_the_forms_where_room_was_left_for_one(self) -> None:
        assert under(self.star(None), "TỈNH") == "*"

    def test_a_wide_note_in_their_place_is_none(self) -> None:
        seal = self.star(Kind.NOTE, "Ký bởi Tỉnh ủy", below=89 + 10)
        assert under(seal, "TỈNH") == ""

    def test_rules_stay(self) -> None:
        assert under(self.star(None, below=89), "TỈNH", System.STATE) == "rule"
        assert under(self.star(None), "ĐẢNG") == "rule"

    def test_under_the_subject_are_read_or_guessed_from_the_room(self) -> None:
        for read, below, shown in (
            ("-----", 36, "-----"),
            ("***", 36, "***"),
            ("", 36, "-----"),
            ("", 20, ""),
        ):
            paper = Paper().add(Kind.TYPE, centred("KẾ HOẠCH"), at=80)
            paper.add(Kind.SUBJECT, centred("trồng cây"), at=98)
            if read:
                paper.add(Kind.ORNAMENT, centred(read))
            paper.add(Kind.PARAGRAPH, *text(), at=98 + below)
            assert under(paper.document(), "trồng cây") == shown

    def test_within_the_text_are_those_that_were_read(self) -> None:
        paper = Paper().add(Kind.PARAGRAPH, *text(), at=100).add(Kind.ORNAMENT, centred("* * *"))
        paper.add(Kind.PARAGRAPH, ("Phần sau.", 40)).add(Kind.ORNAMENT, centred("....."))
        document = paper.document()
        assert (under(document, "Các cấp"), under(document, "Phần sau")) == ("* * *", None)

    def test_of_text_without_boxes_are_those_that_stand_in_it(self) -> None:
        plan = Builder().add(Kind.TYPE, "KẾ HOẠCH").add(Kind.ORNAMENT, "***").document()
        assert under(plan, "KẾ HOẠCH") == "***"
        plan = Builder().add(Kind.TYPE, "KẾ HOẠCH").document()
        assert under(plan, "KẾ HOẠCH") is None


class TestPage:
    def margins(self, left: float, right: float, top: float) -> tuple[float, ...]:
        rows = [
            (row[0], row[1] - LEFT + left, *([210 - right] if row[2:] else []))
            for row in text(lines=6)
        ]
        paper = Paper().add(Kind.PARAGRAPH, *rows, at=top * 72 / 25.4 + 14.4)
        page = measure(paper.document(), STATE).page
        return page.left, page.right, page.top

    def test_has_the_measured_margins_when_a_form_allows_them(self) -> None:
        assert self.margins(34, 18, 25) == (34, 18, 25)

    def test_has_the_forms_when_they_are_all_but_measured_or_no_form_allows_them(self) -> None:
        assert self.margins(31, 16, 21) == (30, 15, 20)
        assert self.margins(20, 40, 60) == (30, 15, 20)

    def test_on_its_side_is_not_measured(self) -> None:
        document = Paper().add(Kind.PARAGRAPH, *text(), at=100).document(3508, 2480)
        assert measure(document, PARTY).looks == {document.blocks[0]: Look()}


@pytest.mark.parametrize("document", [party_plan(), state_decision()])
def test_of_a_document_without_boxes_nothing_is_measured(document: Document) -> None:
    measured = measure(document, PARTY)
    assert set(measured.looks.values()) == {Look()}
    assert (measured.page, measured.frames) == (PARTY.page, {})


def test_of_a_document_without_blocks_nothing_is_measured() -> None:
    assert measure(replace(letter(), blocks=()), PARTY) == Printed(PARTY.page)

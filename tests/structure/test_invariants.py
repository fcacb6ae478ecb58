"""Rebuilding moves no word: the promises of the room, over documents made at random."""

from __future__ import annotations

import cProfile
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Cell, Document, Kind, Line, Page, Reason, Source, Stage, Word
from pipeline.settings import StructureSettings
from pipeline.structure import rebuild
from tests.structure.documents import DECISION, PLAN, boxed, document

VOCABULARY = """
I. II. I1. |. l. 1. 2. 3. 11. 1.1. 2,3. 2 .1. a) b, đ) (1) - – — + * • t 4 I- 1-
Nơi nhận: T/M TM. BAN THƯỜNG VỤ PHÓ BÍ THƯ CHỦ TỊCH Nguyễn Văn Bình Lưu
Số 12-KH/TU Bình Sơn, ngày 05 tháng 4 năm 2022 ĐẢNG CỘNG SẢN VIỆT NAM TỈNH ỦY
KẾ HOẠCH Kính gửi: Căn cứ Điều 1. Chương I Phần thứ nhất Mục PHỤ LỤC ----- V/v
công tác tuyên truyền, nhân dân. sau: kinh tế 2021 rừng; Người ký: Đến 1.Tiếp -Tăng
1 2 ¹ quyết1 Sơn(1) dân.² (2) [1] 1Theo * rừng*
ĐẾN Số: Sé: /KH-UBND CỘNG HÒA XÃ HỘI CHỦ NGHĨA TP. ngàyltháng
"""
WORDS = st.sampled_from([*VOCABULARY.split(), ""])
LINES = st.builds(
    lambda words, gap, cell: Line(tuple(map(Word, words)), gap_above=gap, cell=cell),
    st.lists(WORDS, max_size=9),
    st.booleans(),
    st.one_of(
        st.none(),
        st.none(),
        st.none(),
        st.builds(Cell, st.integers(0, 1), st.integers(0, 2), st.integers(0, 2)),
    ),
)
PAGES = st.lists(st.lists(LINES, max_size=12), max_size=3)
DOCUMENTS = st.builds(
    lambda pages: Document(
        Source("ngau-nhien.txt", "0"),
        tuple(Page(number, lines=tuple(lines)) for number, lines in enumerate(pages, 1)),
    ),
    PAGES,
)


ASIDE = frozenset({Kind.NOTE, Kind.TABLE, Kind.FOOTNOTE})


def places(made: Document, kinds: frozenset[Kind] = frozenset(Kind)) -> list[tuple[int, int, int]]:

    return [
        (span.page, span.line, word)
        for block in made.blocks
        if block.kind in kinds
        for span in block.all_spans()
        for word in range(span.start, span.stop)
    ]


def check(before: Document, after: Document) -> None:
    every = [
        (page, line, word)
        for page, pages in enumerate(before.pages)
        for line, lines in enumerate(pages.lines)
        for word in range(len(lines.words))
    ]
    assert Counter(places(after)) == Counter(every)

    split = {
        line
        for line, blocks in Counter(
            (page, line)
            for block in after.blocks
            for page, line in {(span.page, span.line) for span in block.all_spans()}
        ).items()
        if blocks > 1
    }
    signature = {Kind.AUTHORITY, Kind.OFFICE, Kind.SIGNER}
    right = frozenset({*signature, Kind.MOTTO, Kind.PLACE_DATE}) if split else frozenset()
    below = frozenset({Kind.ADDRESSEE})
    for columns in (frozenset(Kind) - right - below, right - below, below):
        order = [place for place in places(after, columns - ASIDE) if place[:2] not in split]
        assert order == sorted(order)

    for old, new in zip(before.words(), after.words(), strict=True):
        assert new.ocr == old.ocr
        assert new.changes[: len(old.changes)] == old.changes
        for change in new.changes[len(old.changes) :]:
            assert change.stage is Stage.STRUCTURE
            if change.reason in {Reason.DOUBT, Reason.MISSING, Reason.ASIDE}:
                assert change.before == change.after
            else:
                assert change.reason is Reason.MARKER
        if new.changes == old.changes:
            assert new == old
    for block in after.blocks:
        squeezed = after.text_of(block.spans).replace(" ", "")
        assert squeezed.startswith(block.label.replace(" ", ""))
        assert block.title <= len(after.words_of(block.spans))


@given(DOCUMENTS, st.booleans())
@settings(max_examples=300, deadline=None)
def test_every_word_stands_in_one_block_in_its_order_and_unaltered(
    before: Document, repair: bool
) -> None:
    after = rebuild(before, StructureSettings(repair_markers=repair))
    check(before, after)
    assert Document.from_json(after.to_json()) == after


def test_the_promises_hold_for_whole_documents() -> None:
    for text in (PLAN, DECISION, PLAN + "\f" + DECISION):
        before = document(text)
        check(before, rebuild(before, StructureSettings()))
    rows: list[tuple[str, float] | tuple[str, float, float]] = [
        (f"{number}. Nhiệm vụ thứ {number} của huyện Suối Vàng.", 40.0) for number in range(1, 9)
    ]
    laid_out = boxed(rows)
    check(laid_out, rebuild(laid_out, StructureSettings()))


def test_rebuilding_again_changes_nothing_more() -> None:
    before = document("I. NỘI DUNG\n\n1. Trồng rừng\n\n2, Giữ rừng\n\nI1. TỔ CHỨC THỰC HIỆN\n")
    once = rebuild(before, StructureSettings())
    assert rebuild(once, StructureSettings()).blocks == once.blocks


def test_table_cells_become_one_block_by_rows() -> None:
    cells = [
        ("STT", 0, 0),
        ("Nội dung", 0, 1),
        ("1", 1, 0),
        ("Trồng rừng", 1, 1),
        ("đầu nguồn", 1, 1),
    ]
    lines = tuple(
        Line(tuple(map(Word, text.split())), cell=Cell(0, row, column))
        for text, row, column in cells
    )
    made = rebuild(Document(Source("bang.pdf", "0"), (Page(1, lines=lines),)), StructureSettings())
    assert [block.kind for block in made.blocks] == [Kind.TABLE]
    assert made.text == "STT\tNội dung\n1\tTrồng rừng đầu nguồn\n"


def test_work_grows_with_the_number_of_pages_only() -> None:
    part = PLAN.split("-----")[1].split("Nơi nhận")[0]
    few, many = (calls(document("\f".join([part] * count))) for count in (10, 40))
    assert many < 5 * few


def calls(before: Document) -> int:
    """How many calls rebuilding takes: what time depends on, and no other program disturbs."""
    profile = cProfile.Profile()
    profile.runcall(rebuild, before, StructureSettings())
    return sum(entry.callcount for entry in profile.getstats())

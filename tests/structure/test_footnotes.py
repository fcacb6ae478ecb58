"""Footnotes are taken out of the text when they are plain to see, and only then."""

from __future__ import annotations

import pytest

from pipeline.model import Box, Document, Kind, Line, Page, Source, Word, replace
from pipeline.structure.flow import ems
from pipeline.structure.references import references
from tests.structure.documents import HEIGHT, LEFT, WIDTH, built, row

BODY, NOTE = 58, 44  # pixels: 14 and 10.5 points at 300 dpi
LINE = 80

UPPER = (
    "Thực hiện Nghị quyết của Tỉnh ủy Bình Sơn^1 về phát triển lâm nghiệp, toàn tỉnh đã",
    "trồng được 12.500 ha rừng tập trung, đạt 104% kế hoạch được giao^2 và tiếp tục chăm",
)
LOWER = ("sóc diện tích rừng đã trồng trên địa bàn các huyện của tỉnh trong những năm qua.",)
NOTES = (
    "^1 Nghị quyết số 07-NQ/TU, ngày 15/3/2022 của Tỉnh ủy Bình Sơn về phát triển lâm nghiệp",
    "bền vững giai đoạn 2022 - 2025.",
    "^2 Số liệu của Chi cục Kiểm lâm tỉnh Bình Sơn.",
)


def typeset(*pages: list[tuple[str, int]]) -> Document:
    """Make a document with boxes from (text, size in pixels); ``^1`` is raised and smaller."""
    made = []
    for number, rows in enumerate(pages, 1):
        lines, top = [], 300
        for text, size in rows:
            lines.append(_line(text.replace("^", " ^"), top, size))
            top += LINE
        made.append(Page(number, WIDTH, HEIGHT, 300, tuple(lines)))
    return Document(Source("van-ban.pdf", "0"), tuple(made))


def _line(text: str, top: int, size: int, left: int = LEFT) -> Line:
    words = []
    for raw in text.split():
        own = round(size * 0.6) if raw.startswith("^") else size
        text = raw.removeprefix("^")
        width = round(ems(text) * own)
        words.append(Word(text, 0.95, Box(left, top, width, round(own * 0.7))))
        left += width + size // 4
    boxes = [word.box for word in words if word.box is not None]
    return Line(tuple(words), Box.around(boxes))


def page(*parts: tuple[tuple[str, ...], int]) -> list[tuple[str, int]]:
    return [(text, size) for texts, size in parts for text in texts]


def notes(made: Document) -> list[str]:
    return [row(made, block) for block in made.blocks if block.kind is Kind.FOOTNOTE]


def anchors(made: Document) -> list[tuple[str, str]]:
    """Return for each footnote with a reference its label and the word before the mark."""
    found = []
    for block, reference in references(made).items():
        page, line, at = reference.place
        words = made.pages[page].lines[line].words
        text = words[at].text
        printed = text[reference.start : reference.stop]
        assert printed.replace("¹", "1").replace("²", "2") in block.label
        found.append((block.label, text[: reference.start] or words[at - 1].text))
    return found


def test_small_lines_with_raised_numbers_at_the_foot_of_a_page_are_footnotes() -> None:
    made = built(typeset(page((UPPER, BODY), (NOTES, NOTE)), page((LOWER, BODY))))
    assert [block.kind for block in made.blocks] == [Kind.PARAGRAPH, Kind.FOOTNOTE, Kind.FOOTNOTE]
    assert [block.label for block in made.blocks[1:]] == ["1", "2"]
    assert notes(made)[0].endswith("giai đoạn 2022 - 2025.")
    assert anchors(made) == [("1", "Sơn"), ("2", "giao")]


def test_a_paragraph_goes_on_behind_the_footnotes_of_its_page() -> None:
    made = built(typeset(page((UPPER, BODY), (NOTES, NOTE)), page((LOWER, BODY))))
    assert "tiếp tục chăm sóc diện tích" in made.text_of(made.blocks[0].spans)


@pytest.mark.parametrize(("mark", "below"), [("(1)", True), ("1", False)])
def test_a_note_under_the_recipients_is_read_before_the_column_of_the_signature(
    mark: str, below: bool
) -> None:
    (first, second) = typeset(
        page((tuple(line.replace("^1", mark).replace("^2", "") for line in UPPER), BODY)),
        page((LOWER, BODY)),
    ).pages
    left = ("Nơi nhận:", "- Như trên;", "- Lưu: VT.", f"{mark} Nghị quyết số 07-NQ/TU.")
    right = ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Nguyễn Văn Bình")
    closing = [_line(text, 500 + LINE * at, NOTE) for at, text in enumerate(left)]
    closing += [_line(text, 500 + LINE * at, BODY, 1500) for at, text in enumerate(right)]
    second = replace(second, lines=(*second.lines, *closing))
    made = built(Document(Source("van-ban.pdf", "0"), (first, second)))
    assert (made.blocks[-1].kind is Kind.FOOTNOTE) == below
    recipients = [fact.value for fact in made.metadata.recipients]
    assert recipients == ["Như trên", "Lưu: VT"]
    assert made.metadata.signer is not None


def test_numbers_count_on_over_the_pages_or_begin_again_on_each() -> None:
    for number in ("1", "3"):
        second = (
            f"Các huyện ủy đã ban hành kế hoạch thực hiện{'^' + number} và chỉ đạo các xã tổ chức",
        )
        note = (f"^{number} Kế hoạch số 21-KH/HU, ngày 02/4/2022 của Huyện ủy Suối Vàng.",)
        made = built(
            typeset(page((UPPER, BODY), (NOTES, NOTE)), page((LOWER + second, BODY), (note, NOTE)))
        )
        assert [label for label, _ in anchors(made)] == ["1", "2", number]


def test_a_note_whose_reference_was_not_read_is_still_one_below_those_that_were() -> None:
    body = tuple(line.replace("^2", "") for line in UPPER)
    made = built(typeset(page((body, BODY), (NOTES, NOTE))))
    assert len(notes(made)) == 2
    assert anchors(made) == [("1", "Sơn")]


def test_notes_of_the_size_of_the_text_are_text() -> None:
    made = built(typeset(page((UPPER, BODY), (NOTES, BODY))))
    assert notes(made) == []


def test_a_small_numbered_list_that_nothing_refers_to_is_text() -> None:
    body = tuple(line.replace("^1", "").replace("^2", "") for line in UPPER)
    items = ("1. Huyện Suối Vàng trồng 500 ha rừng.", "2. Huyện Lam Hà trồng 300 ha rừng.")
    assert notes(built(typeset(page((body, BODY), (items, NOTE))))) == []


def test_a_damaged_series_is_no_series() -> None:
    body = tuple(line.replace("^1", "").replace("^2", "") for line in UPPER)
    late = ("^7 Số liệu của Chi cục Kiểm lâm tỉnh Bình Sơn, tính đến tháng 12 năm 2021.",)
    assert notes(built(typeset(page((body, BODY), (late, NOTE))))) == []


TEXT = """
Thực hiện Nghị quyết của Tỉnh ủy{one} về phát triển lâm nghiệp bền vững, các cấp ủy
đã lãnh đạo trồng mới 12.500 ha rừng tập trung, đạt 104% kế hoạch{two} và tiếp tục

{open_}1{close} Nghị quyết số 07-NQ/TU, ngày 15/3/2022 của Tỉnh ủy Bình Sơn về phát triển
lâm nghiệp bền vững.
{open_}2{close} Số liệu của Chi cục Kiểm lâm.
\fchăm sóc, bảo vệ diện tích rừng đã trồng trên địa bàn các huyện.
"""


@pytest.mark.parametrize(
    ("one", "two", "open_", "close"),
    [
        ("1", "2", "", ""),
        ("(1)", "(2)", "(", ")"),
        (" (1)", " (2),", "(", ")"),
        ("[1]", "[2]", "[", "]"),
        ("¹", " ²", "", ""),
    ],
)
def test_in_text_without_boxes_a_reference_to_each_is_needed(
    one: str, two: str, open_: str, close: str
) -> None:
    text = TEXT.format(one=one, two=two, open_=open_, close=close)
    made = built(text)
    assert [block.kind for block in made.blocks] == [Kind.PARAGRAPH, Kind.FOOTNOTE, Kind.FOOTNOTE]
    assert [word for _, word in anchors(made)] == ["ủy", "hoạch"]
    assert "và tiếp tục chăm sóc" in made.text
    assert notes(built(TEXT.format(one=one, two="", open_=open_, close=close))) == []


def test_stars_mark_footnotes_too() -> None:
    made = built(
        "Danh sách các xã được công nhận* trong năm 2021 trên địa bàn huyện Suối Vàng.\n\n"
        "* Không tính các xã đã sáp nhập.\n"
    )
    assert notes(made) == ["footnote 0| * Không tính các xã đã sáp nhập."]
    assert anchors(made) == [("*", "nhận")]


@pytest.mark.parametrize(
    "text",
    [
        # An enumeration that goes on in lines of its own.
        "Tập trung các nhiệm vụ: (1) Trồng rừng; (2) giữ rừng như sau.\n\n(1) Trồng rừng.\n"
        "(2) Giữ rừng.\n",
        # Figures that belong to their words.
        "Diện tích 20 km2, theo Điều1 và Luật QH1 của tỉnh.\n\n1 Huyện Suối Vàng có rừng.\n",
        # A numbered unit below.
        "Theo Nghị quyết1 của Tỉnh ủy.\n\n1 Nghị quyết số 07-NQ/TU.\nII. TỔ CHỨC THỰC HIỆN\n",
        # Nothing parts it from the text.
        "Theo Nghị quyết1 của Tỉnh ủy, các huyện đã trồng được\n1 triệu cây phân tán.\n",
        # A list with stops.
        "Theo Nghị quyết1 của Tỉnh ủy.\n\n1. Các huyện trồng rừng.\n2. Các xã giữ rừng.\n",
        # Nothing above it.
        "(1) Theo Nghị quyết(1) của Tỉnh ủy.\n",
    ],
)
def test_what_only_looks_like_a_footnote_stays_text(text: str) -> None:
    assert notes(built(text)) == []


def test_footnotes_come_last_in_the_text() -> None:
    made = built(
        "I. NỘI DUNG\n\nTheo Nghị quyết(1) của Tỉnh ủy.\n\n(1) Số 07-NQ/TU.\n\f"
        "II. TỔ CHỨC THỰC HIỆN\n\nCác huyện thực hiện.\n"
    )
    assert made.text.splitlines()[-1] == "(1) Số 07-NQ/TU."


def test_a_reference_is_looked_for_before_its_footnote_only() -> None:
    made = built(
        "Theo Nghị quyết(1) của Tỉnh ủy.\n\n(1) Số 07-NQ/TU.\n"
        "\fXem thêm Kế hoạch(1) của Huyện ủy.\n"
    )
    assert anchors(made) == [("(1)", "quyết")]

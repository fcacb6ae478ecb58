"""Lines come out in the order a person reads them."""

from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.image import Ruling
from pipeline.model import Box, Word
from pipeline.recognition import arrange
from pipeline.recognition.hocr import Strip, parse, word_box
from pipeline.recognition.layout import by_rows, columns, gaps_above, zones
from pipeline.recognition.tables import grids
from tests.recognition import pages
from tests.recognition.pages import HEIGHT, recorded

X_HEIGHT = 20.0


def strip(top: int, *words: tuple[str, int, int]) -> Strip:
    """A line of words (text, left, right) whose baseline is 40 below *top*."""
    read = tuple(Word(text, 0.9, Box(left, top, right - left, 40)) for text, left, right in words)
    return Strip(read, 0.0, top + 40.0, X_HEIGHT)


def texts(column: list[Strip]) -> list[str]:
    return [" ".join(word.ocr for word in line.words) for line in column]


def lines_of(name: str) -> list[str]:
    page = pages.PAGES[name]()
    found = grids(page.rulings, page.image.height)
    return [line.text for line in arrange(parse(recorded(name)), page, found)]


def test_the_left_header_column_is_read_before_the_right_one():
    lines = lines_of("first_page")
    assert lines[:5] == [*pages.HEADER_LEFT, *pages.HEADER_RIGHT]


def test_type_subject_and_body_follow_the_header():
    assert lines_of("first_page")[5:] == [*pages.TITLE, *pages.BODY]


def test_recipients_are_read_before_the_signature_block_and_the_page_number_first():
    lines = lines_of("last_page")
    assert lines[0] == "2"
    assert lines[1:3] == list(pages.LAST)
    assert lines[3:] == [*pages.RECIPIENTS, *pages.SIGNATURE]


def test_tesseract_alone_reads_straight_across():
    # Guards the fixtures: if this fails they no longer show what the layout is for.
    assert any("ỦY" in text and "ĐẢNG" in text for text in texts(parse(recorded("first_page"))))


BODY = [strip(400 + 60 * row, ("Toàn", 100, 500), ("tỉnh", 515, 1500)) for row in range(6)]


def test_a_page_of_plain_text_is_one_column():
    assert columns(BODY, 2000, ()) == [BODY]


def test_one_wide_blank_in_a_line_is_no_column():
    line = strip(340, ("ngày", 100, 500), ("tháng", 700, 1500))
    assert columns([line, *BODY], 2000, ()) == [[line, *BODY]]


def test_blanks_that_happen_to_stand_over_each_other_are_no_gutter():
    rows = [strip(400 + 60 * r, ("a", 100, 700), ("b", 725, 1500)) for r in range(4)]
    assert zones(rows, 2000, ()) == []


def header() -> list[Strip]:
    left, right = (100, 600), (900, 1500)
    return [strip(100 + 60 * r, (f"trái{r}", *left), (f"phải{r}", *right)) for r in range(3)]


def test_lines_that_tesseract_read_across_the_gutter_are_cut():
    left, right, body = columns([*header(), *BODY], 2000, ())
    assert texts(left) == ["trái0", "trái1", "trái2"]
    assert texts(right) == ["phải0", "phải1", "phải2"]
    assert body == BODY


def test_blocks_that_tesseract_kept_apart_are_ordered_the_same():
    apart = [strip(line.box.top, (w.ocr, w.box.left, w.box.right)) for line in header()
             for w in line.words]  # fmt: skip
    left, right, _ = columns([*apart[1::2], *BODY, *apart[::2]], 2000, ())
    assert texts(left + right) == [f"{side}{r}" for side in ("trái", "phải") for r in range(3)]


def test_a_right_column_that_begins_higher_is_still_read_second():
    high = strip(40, ("ĐẢNG", 900, 1500))
    left, right, _ = columns([high, *header(), *BODY], 2000, ())
    assert texts(left)[0] == "trái0"
    assert texts(right)[0] == "ĐẢNG"


def test_a_page_number_above_a_two_column_page_stays_first():
    number = strip(20, ("2", 1000, 1020))
    low = [line.moved(0, 200) for line in header()]
    assert texts(columns([*low, number], 2000, ())[0]) == ["2"]


def test_two_columns_under_a_printed_line_across_them_are_a_table():
    rule = Ruling(100, 150, 1500, 150)
    assert zones([*header(), *BODY], 2000, (rule,)) == []


def test_a_short_rule_under_the_motto_does_not_hide_the_header():
    rule = Ruling(950, 150, 1400, 150)
    assert len(zones([*header(), *BODY], 2000, (rule,))) == 1


def test_a_stroke_of_the_pen_in_the_gutter_does_not_make_a_table():
    stroke = Ruling(700, 150, 800, 150)
    assert len(zones([*header(), *BODY], 2000, (stroke,))) == 1


def test_a_list_in_two_columns_in_the_middle_of_the_text_is_read_across():
    middle = [line.moved(0, 1100) for line in header()]
    below = [line.moved(0, 1100) for line in BODY]
    assert zones([*BODY, *middle, *below], 2500, ()) == []


def test_footnotes_may_follow_the_signature_block():
    last = [line.moved(0, 900) for line in header()]
    foot = strip(1900, ("1.", 100, 120), ("Chú", 140, 1500))
    found = columns([*BODY, *last, foot], 2000, ())
    assert texts(found[-1]) == ["1. Chú"]
    assert texts(found[1]) == ["trái0", "trái1", "trái2"]


def test_pieces_of_one_row_are_read_from_left_to_right():
    row = [strip(100, ("hai", 600, 900)), strip(104, ("một", 100, 400))]
    assert texts(by_rows(row)) == ["một", "hai"]


def test_a_clearly_larger_distance_is_a_gap():
    tops = (100, 160, 220, 310, 370)
    column = [strip(top, ("Căn", 100, 900)) for top in tops]
    assert gaps_above(column) == [False, False, False, True, False]


def test_the_gap_of_a_paragraph_of_one_line_is_seen_too():
    tops = (100, 200, 260, 360, 420, 520)
    column = [strip(top, ("Căn", 100, 900)) for top in tops]
    assert gaps_above(column) == [False, True, False, True, False, True]


def test_the_gap_above_the_name_of_the_signer_is_seen():
    lines = arrange(parse(recorded("last_page")), pages.last_page(), [])
    gaps = {line.text: line.gap_above for line in lines}
    assert gaps[pages.SIGNATURE[2]]
    assert not gaps[pages.SIGNATURE[1]]
    assert not gaps[pages.RECIPIENTS[2]]


def test_no_lines_make_no_columns():
    assert columns([], 2000, ()) == []


spans = st.tuples(st.integers(0, 1500), st.integers(1, 600))
strips = st.builds(
    lambda top, places: strip(
        top, *((f"{top}.{x}", x, x + width) for x, width in sorted(set(places)))
    ),
    st.integers(0, HEIGHT),
    st.lists(spans, min_size=1, max_size=6),
)


@given(st.lists(strips, max_size=25))
def test_whatever_stands_on_the_page_every_word_is_in_exactly_one_line(found):
    before = sorted(str((word.ocr, word.box)) for line in found for word in line.words)
    after = [word for column in columns(found, HEIGHT, ()) for line in column
             for word in line.words]  # fmt: skip
    assert sorted(str((word.ocr, word.box)) for word in after) == before


@given(st.lists(strips, max_size=12), st.randoms())
def test_the_order_in_which_tesseract_found_the_lines_does_not_matter(found, random):
    assume(len({line.box.top for line in found}) == len(found))
    shuffled = found.copy()
    random.shuffle(shuffled)
    assert columns(shuffled, HEIGHT, ()) == columns(found, HEIGHT, ())


def signature_block(top: int, *scraps: tuple[int, str, int, int]) -> list[Strip]:
    """Recipients and a signature, with a scrap (row, text, left, right) read in some rows."""
    rows = [
        [("Nơi", 100, 160), ("nhận:", 180, 290), ("CHỦ", 1000, 1100), ("TỊCH", 1120, 1240)],
        *([("-", 100, 110), ("Sở", 130, 180), (name, 200, 560)] for name in "ABCDEFG"),
        [("-", 100, 110), ("Lưu.", 130, 220), ("Trần", 1000, 1100), ("Hòa", 1120, 1220)],
    ]
    found = []
    for row, words in enumerate(rows):
        line = strip(top + 60 * row, *words)
        more = [
            Word(text, 0.1, Box(left, top + 60 * row, right - left, 40))
            for at, text, left, right in scraps
            if at == row
        ]
        found.append(line.part(sorted([*line.words, *more], key=lambda word: word_box(word).left)))
    return found


def test_a_scrap_of_a_seal_does_not_close_the_gutter_beside_a_signature():
    block = signature_block(1400, (3, "ĐÀ", 570, 990))
    left, right = columns([*BODY, *block], 2000, ())[-2:]
    assert texts(left)[0] == "Nơi nhận:"
    assert texts(right)[0] == "CHỦ TỊCH"


def running(top: int, left: int, right: int) -> Strip:
    """A line of running text, with a blank that is a little wider than the others."""
    words = [
        (f"chữ{at}", start + 10 * (start > 700), start + 75 + 10 * (start > 700))
        for at, start in enumerate(range(left, right, 100))
    ]
    return strip(top, *words)


def test_text_above_a_signature_block_is_not_cut_at_its_gutter():
    last = running(1340, 95, 1400)
    body, *_ = columns([*BODY, last, *signature_block(1400)], 2000, ())
    assert body[-1] == last


def test_a_subject_below_a_header_is_not_cut_at_its_gutter():
    subject = running(290, 365, 1200)
    *_, body = columns([*header(), subject, *BODY], 2000, ())
    assert body[0] == subject

"""Pages with known text are read by the real Tesseract."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from pipeline.image import CleanPage, PageImage, Ruling, to_grey
from pipeline.model import Box, Cell
from pipeline.recognition import cells, recognise, tables, tesseract
from pipeline.recognition.cells import boxes
from pipeline.recognition.hocr import parse
from pipeline.recognition.unread import certain, look_again, regions, without
from pipeline.settings import RecognitionSettings
from tests.recognition import pages

PLAIN = RecognitionSettings(choices=False)


def test_a_blank_page_is_never_shown_to_tesseract(monkeypatch):
    monkeypatch.setenv("PATH", "")
    white = PageImage(np.full((200, 100), 255, np.uint8))
    assert recognise(CleanPage(white, blank=True), PLAIN) == ()


@pytest.mark.tesseract
def test_a_page_without_letters_has_no_lines():
    white = PageImage(np.full((400, 300), 255, np.uint8), 200)
    assert recognise(CleanPage(white), PLAIN) == ()


@pytest.mark.tesseract
def test_a_first_page_is_read_in_order_with_choices():
    lines = recognise(pages.first_page(), RecognitionSettings())
    text = [line.text for line in lines]
    assert text[:5] == [*pages.HEADER_LEFT, *pages.HEADER_RIGHT]
    assert text[-3:] == list(pages.BODY)
    words = [word for line in lines for word in line.words]
    assert all(len(word.choices) == len(word.ocr) for word in words)


@pytest.mark.tesseract
def test_a_colour_page_reads_like_a_grey_one():
    page = pages.last_page()
    colour = replace(page, image=PageImage(np.stack([page.image.pixels] * 3, axis=2), pages.DPI))
    assert [line.text for line in recognise(colour, PLAIN)] == [
        line.text for line in recognise(page, PLAIN)
    ]


@pytest.mark.tesseract
def test_every_cell_of_a_table_is_read_whole():
    lines = recognise(pages.table_page(), PLAIN)
    found: dict[tuple[int, int], list[str]] = {}
    for line in lines:
        if line.cell:
            found.setdefault((line.cell.row, line.cell.column), []).append(line.text)
    expected = {(r, c): [*cell] for r, row in enumerate(pages.ROWS) for c, cell in enumerate(row)}
    assert found == expected


def test_the_picture_of_the_cells_goes_back_to_the_page():
    page = pages.table_page()
    (grid,) = tables.grids(page.rulings, page.image.height)
    inside = boxes(grid, 2)
    assert len(inside) == 9
    assert inside[0, 0] == Box(152, 422, 146, 76)
    (table,) = cells.understood(page.image, [grid], 18)
    assert len(table.inside) == 9
    emptied = cells.without(page.image, [table]).pixels
    assert emptied[430:770, 160:1490].min() == 255
    assert emptied.min() < 128


def test_folds_across_the_text_are_no_table():
    page = pages.first_page()
    middle = page.image.width // 2
    printed = np.flatnonzero((page.image.pixels[:, middle - 20 : middle + 20] < 128).any(axis=1))
    top, bottom = int(printed[0]) - 9, int(printed[-1]) + 9
    folds = (
        *(Ruling(0, level, page.image.width, level) for level in (top, bottom)),
        Ruling(middle, top, middle, bottom),
    )
    found = tables.grids(folds, page.image.height)
    assert found
    assert cells.understood(page.image, found, 18) == []


@pytest.mark.tesseract
def test_a_table_is_read_into_its_cells():
    lines = recognise(pages.table_page(), PLAIN)
    cells = {(line.cell.row, line.cell.column): line.text for line in lines if line.cell}
    assert cells[(1, 2)] == "Huyện ủy Suối Vàng"
    assert Cell(0, 1, 1) in [line.cell for line in lines]
    assert lines[-1].cell is None


@pytest.mark.tesseract
def test_a_cell_that_was_passed_over_is_read_once_more(monkeypatch):
    read = cells.read_all
    calls = []

    def without_figures(pictures, settings):
        calls.append(len(pictures))
        found = read(pictures, settings)
        if len(calls) > 1:
            return found
        return [[s for s in strips if s.words[0].ocr != "01"] for strips in found]

    monkeypatch.setattr(cells, "read_all", without_figures)
    found = {line.cell: line.text for line in recognise(pages.table_page(), PLAIN) if line.cell}
    assert calls == [1, 1]
    assert found[Cell(0, 1, 0)] == "01"


@pytest.mark.tesseract
def test_without_choices_there_are_none():
    lines = recognise(pages.last_page(), PLAIN)
    assert lines
    assert not any(word.choices for line in lines for word in line.words)


@pytest.mark.tesseract
def test_a_spawned_worker_reads_the_same_lines():
    page = pages.table_page()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        assert pool.submit(recognise, page, PLAIN).result() == recognise(page, PLAIN)


def passed_over():
    """A page of which only the upper half was read, and what was read of it."""
    page = pages.last_page()
    return page.image, [s for s in parse(pages.recorded("last_page")) if s.box.top < 420]


@pytest.mark.tesseract
def test_lines_that_were_passed_over_are_read_at_the_second_look():
    image, strips = passed_over()
    found = look_again(image, strips, PLAIN)
    read = {" ".join(word.ocr for word in strip.words): strip.box for strip in found}
    assert pages.RECIPIENTS[-1] in read
    assert pages.SIGNATURE[-1] in read
    assert abs(read[pages.SIGNATURE[-1]].middle - 1200) < 10
    assert abs(read[pages.SIGNATURE[-1]].bottom - 730) < 15


@pytest.mark.tesseract
def test_what_is_stamped_beside_a_seal_is_read_where_it_stands():
    whole = pages.last_page()
    stamped = pages.Sheet()
    stamped.centred(1200, 800, "KT. GIÁM ĐỐC", 48)
    stamped.centred(1200, 870, "PHÓ GIÁM ĐỐC", 48)
    lines = recognise(replace(whole, stamped=stamped.page().image.pixels), PLAIN)
    read = [" ".join(word.ocr for word in line.words) for line in lines]
    assert read[-2:] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    assert read[:-2] == [
        " ".join(word.ocr for word in line.words) for line in recognise(whole, PLAIN)
    ]


@pytest.mark.tesseract
def test_the_second_look_can_be_switched_off(monkeypatch):
    calls = []
    hocr = tesseract.hocr
    cut = "\n".join(recorded_upper_half())
    monkeypatch.setattr(
        tesseract,
        "hocr",
        lambda *given: calls.append(given) or (cut.encode() if len(calls) == 1 else hocr(*given)),
    )
    together = tesseract.hocr_of_all
    monkeypatch.setattr(
        tesseract, "hocr_of_all", lambda *given: calls.append(given) or together(*given)
    )
    with_look = recognise(pages.last_page(), PLAIN)
    looks = len(calls)
    calls.clear()
    without_look = recognise(pages.last_page(), replace(PLAIN, second_look=False))
    assert looks > 1
    assert len(calls) == 1
    assert len(without_look) < len(with_look)


def recorded_upper_half():
    """The recording of the last page up to the recipients."""
    lines = pages.recorded("last_page").decode().splitlines()
    end = next(i for i, line in enumerate(lines) if ">N<" in line)
    return lines[:end]


def test_where_all_was_read_there_is_nothing_to_look_at():
    page = pages.last_page().image
    strips = parse(pages.recorded("last_page"))
    assert regions(without(to_grey(page.pixels), strips, 18, 255), 128, 18) == []


def test_what_was_passed_over_makes_regions():
    image, strips = passed_over()
    found = regions(without(to_grey(image.pixels), strips, 18, 255), 128, 18)
    assert any(box.left < 200 and box.top < 500 < box.bottom for box in found)
    assert any(Box(1100, 690, 200, 40).middle - box.middle < 60 for box in found)


def test_the_grain_of_the_paper_is_no_ink():
    rng = np.random.default_rng(1)
    paper = rng.integers(180, 255, (600, 600), np.uint8)
    assert regions(paper, 128, 20) == []


@pytest.mark.parametrize(
    ("text", "confidence", "counts"),
    [("Trần Văn Suối", 0.9, True), ("Trần Văn Suối", 0.5, False), ("* .— ⁄", 0.95, False)],
)
def test_only_certain_text_counts_at_the_second_look(text, confidence, counts):
    from tests.recognition.test_layout import strip

    line = strip(100, *((word, 100 * n, 100 * n + 80) for n, word in enumerate(text.split())))
    words = [replace(word, confidence=confidence) for word in line.words]
    assert certain(line.part(words)) is counts


def test_two_certain_words_vouch_for_one_under_a_seal():
    from tests.recognition.test_layout import strip

    line = strip(
        100, (">=<Hơấng", 0, 150), ("Thị", 160, 190), ("Mai", 200, 260), ("Liên", 270, 300)
    )
    sure = [replace(word, confidence=0.96) for word in line.words[1:]]
    first = replace(line.words[0], confidence=0.2)
    assert certain(line.part([first, *sure]))
    assert not certain(line.part([first, sure[0]]))

"""Two pages on one picture are parted, one of them empty or not; a wide page is not."""

import numpy as np
import pytest

from pipeline.image import PageImage, Pixels
from pipeline.imaging import clean
from pipeline.imaging.spread import find_gutter
from pipeline.settings import ImagingSettings
from tests.imaging import drawing


def opened(right: Pixels | None = None) -> Pixels:
    left = drawing.draw(110)
    return np.hstack([left, left if right is None else right])


def empty() -> Pixels:
    return np.full_like(drawing.draw(110), 255)


def test_an_opened_book_is_parted_in_its_middle() -> None:
    book = opened()
    gutter = find_gutter(book)
    assert gutter is not None
    assert abs(gutter - book.shape[1] / 2) < 0.07 * book.shape[1]
    pages = clean(PageImage(book, 110), ImagingSettings())
    assert [step.value for page in pages for step in page.steps if step.name == "spread"] == [1, 2]
    assert all(page.image.width < page.image.height for page in pages)


def test_each_half_is_straightened_by_itself() -> None:
    book = opened(drawing.turn(drawing.draw(110), 1.5))
    pages = clean(PageImage(book, 110), ImagingSettings(resolution=False))
    assert len(pages) == 2
    assert "deskew" in [step.name for step in pages[1].steps]


def test_one_page_is_not_parted() -> None:
    assert find_gutter(drawing.draw(110)) is None
    wide = drawing.draw(110, text="\n".join([drawing.TEXT.splitlines()[4] * 2] * 20))
    assert find_gutter(np.ascontiguousarray(wide[:800])) is None


def test_a_title_across_the_middle_makes_it_one_page() -> None:
    page = opened()
    title = drawing.draw(110, text="  KẾ HOẠCH tuyên truyền kỷ niệm ngày thành lập tỉnh")[80:140]
    page[10:70, 550 : 550 + title.shape[1]] = title
    assert find_gutter(page) is None


def test_text_on_one_side_alone_is_one_page() -> None:
    assert find_gutter(opened(empty())) is None
    light = np.linspace(1.0, 0.8, 2 * empty().shape[1], dtype=np.float32)
    assert find_gutter((opened(empty()) * light).astype(np.uint8)) is None


@pytest.mark.parametrize("text", ["", "- Lưu: Văn phòng Tỉnh ủy.\nT/M BAN THƯỜNG VỤ"])
def test_a_nearly_empty_page_is_parted_at_the_line_between_the_sheets(text: str) -> None:
    book = opened(drawing.draw(110, text=text))
    middle = book.shape[1] // 2
    book[:, middle - 2 : middle + 2] = 120
    gutter = find_gutter(book)
    assert gutter is not None
    assert abs(gutter - middle) < 5
    pages = clean(PageImage(book, 110), ImagingSettings())
    assert [page.blank for page in pages] == [False, not text]


@pytest.mark.parametrize("order", [1, -1])
def test_an_empty_page_is_parted_where_its_paper_begins(order: int) -> None:
    left, right = (drawing.draw(110), empty() - 4)[::order]
    noise = np.random.default_rng(1).normal(-9, 3, (left.shape[0], 2 * left.shape[1]))
    book = np.clip(np.hstack([left, right]) + noise, 0, 255).astype(np.uint8)
    gutter = find_gutter(book)
    assert gutter is not None
    assert abs(gutter - left.shape[1]) < 10
    assert [page.blank for page in clean(PageImage(book, 110), ImagingSettings())] == [
        order < 0,
        order > 0,
    ]


def test_what_is_printed_over_a_fold_makes_it_one_page() -> None:
    page = opened(empty())
    middle = page.shape[1] // 2
    page[:, middle - 2 : middle + 2] = 120
    page[300:303, 200:-200] = 0
    assert find_gutter(page) is None


def test_a_table_with_nothing_in_its_middle_column_is_one_page() -> None:
    page = opened()
    for top in range(60, 1200, 90):
        page[top : top + 3, 60:-60] = 0
    assert find_gutter(page) is None


def test_it_can_be_switched_off() -> None:
    assert len(clean(PageImage(opened(), 110), ImagingSettings(spread=False))) == 1

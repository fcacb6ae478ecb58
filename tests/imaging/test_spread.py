"""Two pages on one picture are parted; a wide page is not."""

import numpy as np

from pipeline.image import PageImage, Pixels
from pipeline.imaging import clean
from pipeline.imaging.spread import find_gutter
from pipeline.settings import ImagingSettings
from tests.imaging import drawing


def opened(right: Pixels | None = None) -> Pixels:
    left = drawing.draw(110)
    return np.hstack([left, left if right is None else right])


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
    assert find_gutter(opened(np.full_like(drawing.draw(110), 255))) is None


def test_it_can_be_switched_off() -> None:
    assert len(clean(PageImage(opened(), 110), ImagingSettings(spread=False))) == 1

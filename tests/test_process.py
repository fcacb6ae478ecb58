"""The stages, composed: pages one at a time, then the document."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from pipeline.errors import DamagedInputError, DebugImagesError, VanbanError
from pipeline.model import Document, Kind, Page, Source
from pipeline.process import PIPELINE, correct, finish, read_page, rebuild
from pipeline.settings import ImagingSettings, Settings

SOURCE = Source("a.txt", "0" * 64)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("Ban Thirờng vụ Tỉnh ủy\nđề nghị\f\fPhụ lục", encoding="utf-8")
    return path


def test_a_page_of_text_comes_straight_through(letter: Path) -> None:
    (page,) = read_page(letter, 0, Settings())

    assert [line.text for line in page.lines] == ["Ban Thirờng vụ Tỉnh ủy", "đề nghị"]
    assert (page.number, page.width, page.blank) == (1, 0, False)


def test_a_page_without_words_is_kept_and_marked_blank(letter: Path) -> None:
    assert read_page(letter, 1, Settings()) == (Page(2, blank=True),)


def test_a_blank_scan_is_marked_and_never_goes_to_ocr(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    Image.new("L", (1240, 1754), 255).save(tmp_path / "trắng.png", dpi=(150, 150))

    (page,) = read_page(tmp_path / "trắng.png", 0, Settings())

    assert page.blank
    assert page.lines == ()
    assert page.width > 0


def test_a_page_that_cannot_be_read_is_a_named_failure(tmp_path: Path) -> None:
    path = tmp_path / "cụt.png"
    Image.effect_noise((400, 400), 80).save(path)
    path.write_bytes(path.read_bytes()[:2000])

    with pytest.raises(VanbanError) as raised:
        read_page(path, 0, Settings())

    assert isinstance(raised.value, DamagedInputError)


def test_a_document_is_corrected_and_then_rebuilt(letter: Path) -> None:
    pages = tuple(page for index in range(3) for page in read_page(letter, index, Settings()))

    document = finish(Document(SOURCE, pages), Settings())

    assert (correct, rebuild) == PIPELINE
    assert document.text.startswith("Ban Thường vụ Tỉnh ủy đề nghị\n")
    assert document.blocks[0].kind is Kind.PARAGRAPH
    assert document.source == SOURCE


def test_other_stages_can_be_put_in_their_place(letter: Path) -> None:
    def sign(document: Document, settings: Settings) -> Document:
        return replace(document, version="mine")

    assert finish(Document(SOURCE), Settings(), (sign,)).version == "mine"


def test_the_picture_after_each_step_can_be_seen(tmp_path: Path) -> None:
    path = tmp_path / "trang.png"
    page = Image.new("L", (1240, 1754), 250)
    page.paste(10, (0, 0, 40, 1754))
    page.save(path, dpi=(150, 150))
    shown = tmp_path / "ảnh"

    read_page(path, 0, Settings(imaging=ImagingSettings(debug_images=str(shown))))

    names = sorted(file.name.split("-", 2)[2] for file in shown.iterdir())
    assert names == ["p001-00-page.png", "p001-01-borders.png"]


def test_pictures_that_cannot_be_written_are_a_named_failure(tmp_path: Path) -> None:
    path = tmp_path / "trang.png"
    Image.new("L", (400, 400), 250).save(path)

    with pytest.raises(DebugImagesError):
        read_page(path, 0, Settings(imaging=ImagingSettings(debug_images=str(path))))

import pytest

from pipeline.model import Document, Kind
from pipeline.settings import FORMATS, WriterSettings
from pipeline.writers import write

from .builder import Builder, party_plan


def test_the_formats_asked_for_by_default_can_be_written() -> None:
    assert set(WriterSettings().formats) <= set(FORMATS)


def test_the_text_file_is_the_text_of_the_document_in_utf8() -> None:
    document = Builder().add(Kind.PARAGRAPH, "Kính gửi các huyện ủy").document()
    assert write(document, "txt", WriterSettings()) == "Kính gửi các huyện ủy\n".encode()


def test_the_file_of_record_gives_the_document_back() -> None:
    document = party_plan()
    assert Document.from_json(write(document, "json", WriterSettings())) == document


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_same_document_gives_the_same_bytes(name: str) -> None:
    assert write(party_plan(), name, WriterSettings()) == write(
        party_plan(), name, WriterSettings()
    )


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_document_without_words_is_written_all_the_same(name: str) -> None:
    assert isinstance(write(Builder().document(), name, WriterSettings()), bytes)

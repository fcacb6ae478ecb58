import pytest

from pipeline.errors import BadSettingError
from pipeline.model import Document, Kind
from pipeline.settings import WriterSettings
from pipeline.writers import FORMATS, write

from .builder import Builder, party_plan


def test_every_format_asked_for_by_default_has_a_writer() -> None:
    assert set(WriterSettings().formats) <= set(FORMATS)


def test_an_unknown_format_is_named_with_those_that_are_known() -> None:
    with pytest.raises(BadSettingError, match=r"odt: docx, txt, json"):
        write(party_plan(), "odt", WriterSettings())


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

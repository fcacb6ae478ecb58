"""The document: blocks and metadata that point at the words of its pages, and its JSON form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pydantic import TypeAdapter, ValidationError

from pipeline.model.pages import DOUBT_BELOW, Page, Word

SCHEMA_VERSION: Final = 1


class Kind(StrEnum):
    """What a block is, in the terms of the official form (see the glossary)."""

    SUPERIOR_BODY = "superior_body"
    ISSUING_BODY = "issuing_body"
    MOTTO = "motto"  # Quốc hiệu and Tiêu ngữ, or ĐẢNG CỘNG SẢN VIỆT NAM
    NUMBER = "number"  # số và ký hiệu
    PLACE_DATE = "place_date"
    MARK = "mark"  # secrecy, urgency, draft
    TYPE = "type"  # tên loại
    SUBJECT = "subject"  # trích yếu
    ADDRESSEE = "addressee"  # Kính gửi
    LEGAL_BASIS = "legal_basis"  # căn cứ
    HEADING = "heading"
    ITEM = "item"  # a numbered or dashed unit without a title
    PARAGRAPH = "paragraph"
    TABLE = "table"
    RECIPIENTS = "recipients"  # Nơi nhận, one block a line
    AUTHORITY = "authority"  # T/M BAN THƯỜNG VỤ
    OFFICE = "office"  # PHÓ BÍ THƯ
    SIGNER = "signer"
    ANNEX = "annex"
    FOOTNOTE = "footnote"
    ORNAMENT = "ornament"  # the * and ----- of the form
    NOTE = "note"  # furniture set aside: page numbers, stamps, seals, captions


# Kept with the document but no part of its text; writers draw ornaments, they do not quote them.
FURNITURE: Final = frozenset({Kind.NOTE, Kind.ORNAMENT})


@dataclass(frozen=True, slots=True)
class Span:
    """Words ``start:stop`` of one line: indices into ``Document.pages[page].lines[line].words``."""

    page: int
    line: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Merged:
    """A cell of a table block that covers several fields: its top left one, and how many."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Block:
    """A unit of the document, pointing at its words.

    Attributes:
        kind: what it is.
        level: depth in the hierarchy from 1 for headings and items; 0 otherwise.
        label: the marker as written (``I.``, ``a)``, ``-``), the block's first words, or "".
        spans: its words in reading order, label included.
        title: how many of its words (label included) form a running-in title; 0 when none do.
        rows: for tables, cells by row; their words are not in ``spans``.
        merged: the cells of ``rows`` that cover more than their field; the others are empty.
    """

    kind: Kind
    spans: tuple[Span, ...] = ()
    level: int = 0
    label: str = ""
    title: int = 0
    rows: tuple[tuple[tuple[Span, ...], ...], ...] = ()
    merged: tuple[Merged, ...] = ()

    def all_spans(self) -> Iterator[Span]:
        """Yield every span of the block, those of table cells row by row."""
        yield from self.spans
        for row in self.rows:
            for cell in row:
                yield from cell


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known about the document: its value, how surely, and the words that say so."""

    value: str
    certainty: float
    spans: tuple[Span, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether it is to be compared with the page before anyone relies on it."""
        return self.certainty < DOUBT_BELOW


@dataclass(frozen=True, slots=True)
class Citation:
    """A document cited in the text; fields that the text does not give are empty."""

    type: str
    symbol: str
    date: str  # ISO 8601
    body: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the pages say about the document; a field is None when they do not say it."""

    system: Fact | None = None  # party | state
    superior_body: Fact | None = None
    issuing_body: Fact | None = None
    number: Fact | None = None
    symbol: Fact | None = None
    type_code: Fact | None = None
    body_code: Fact | None = None
    type: Fact | None = None
    subject: Fact | None = None
    place: Fact | None = None
    date: Fact | None = None  # ISO 8601
    secrecy: Fact | None = None  # độ mật
    urgency: Fact | None = None  # độ khẩn
    addressees: tuple[Fact, ...] = ()  # Kính gửi
    authority: Fact | None = None
    office: Fact | None = None
    signer: Fact | None = None
    recipients: tuple[Fact, ...] = ()
    cited: tuple[Citation, ...] = ()
    doubts: tuple[str, ...] = ()  # consistency checks that failed, as message keys


@dataclass(frozen=True, slots=True)
class Source:
    """Where the document came from: its file name (no folders) and the checksum of its bytes."""

    name: str
    sha256: str


class SchemaError(ValueError):
    """The JSON is no document; the message says in one line why not.

    Attributes:
        where: the place in the JSON, names and numbers joined by dots; empty for the whole.
    """

    def __init__(self, why: str, where: str = "") -> None:
        super().__init__(f"{where or 'document'}: {why}")
        self.where = where


class SchemaVersionError(SchemaError):
    """The JSON is a document of another schema version, which ``where`` names."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document on its way from source to writers."""

    source: Source
    pages: tuple[Page, ...] = ()
    blocks: tuple[Block, ...] = ()
    metadata: Metadata = Metadata()
    profile: str = ""  # the confusion profile that correction detected
    version: str = ""  # the vanban that made it
    recipe: str = ""  # key of all that it was made with, see pipeline.batch.recipe

    def words(self) -> Iterator[Word]:
        """Yield every word of every page, in page and line order."""
        for page in self.pages:
            for line in page.lines:
                yield from line.words

    def shown_words(self) -> Iterator[Word]:
        """Yield the words that readers of the document see: all but those of furniture."""
        if not self.blocks:
            yield from self.words()
        for block in self.blocks:
            if block.kind not in FURNITURE:
                yield from self.words_of(tuple(block.all_spans()))

    def words_of(self, spans: tuple[Span, ...]) -> list[Word]:
        """Return the words that *spans* point at, in order."""
        return [
            word
            for span in spans
            for word in self.pages[span.page].lines[span.line].words[span.start : span.stop]
        ]

    def text_of(self, spans: tuple[Span, ...]) -> str:
        """Return the written text of *spans*, words joined by single blanks."""
        return " ".join(word.text for word in self.words_of(spans) if word.text)

    @property
    def text(self) -> str:
        """The final text: one block per line, table cells separated by tabs, no furniture.

        Before the structure stage has run there are no blocks, and each line stands on its own.
        """
        if not self.blocks:
            return "".join(f"{line.text}\n" for page in self.pages for line in page.lines)
        lines: list[str] = []
        for block in self.blocks:
            if block.kind in FURNITURE:
                continue
            if block.spans:
                lines.append(self.text_of(block.spans))
            lines.extend("\t".join(map(self.text_of, row)) for row in block.rows)
        return "".join(f"{line}\n" for line in lines if line)

    def to_json(self) -> bytes:
        """Return the file of record: UTF-8 JSON, defaults left out, always the same bytes."""
        return _FILE.dump_json(_File(SCHEMA_VERSION, self), exclude_defaults=True) + b"\n"

    @staticmethod
    def from_json(data: bytes) -> Document:
        """Read what :meth:`to_json` wrote.

        Raises:
            SchemaError: the bytes are no such JSON.
            SchemaVersionError: they are of another schema version.
        """
        try:
            schema = _VERSION.validate_json(data).schema
            if schema != SCHEMA_VERSION:
                raise SchemaVersionError(f"this version reads {SCHEMA_VERSION}", f"schema {schema}")
            return _FILE.validate_json(data).document
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise SchemaError(first["msg"], where) from error


@dataclass(frozen=True, slots=True)
class _Version:
    """All that is read of the JSON before its schema version is known."""

    schema: int


@dataclass(frozen=True, slots=True)
class _File:
    """What stands in the JSON file: the document and the version of this schema."""

    schema: int
    document: Document


_FILE = TypeAdapter(_File)
_VERSION = TypeAdapter(_Version)

"""Plain text in, corrected text out, line for line.

What always holds: the output has the line breaks, page breaks, blank lines and indents of the
input; only words differ, and each that does has a change with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from pipeline.model import Change, Document, Line, Page, Source, Word, nfc

_PAGE_BREAK: Final = "\f"
_LINE_END: Final = re.compile("(\r\n|[\r\n\f\v\x85\u2028\u2029])")
_BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Located:
    """A change and where its word stands: page and line from 1, blank lines counted."""

    page: int
    line: int
    change: Change


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the input as it stands, with what ends it; page and line count from 1."""

    text: str
    end: str
    page: int
    line: int


def to_document(text: str, source: Source) -> Document:
    """Return the document that *text* is before correction: its lines that are not blank."""
    by_page = groupby(_rows(nfc(text)), key=lambda row: row.page)
    pages = (Page(number, lines=lines_of(row.text for row in rows)) for number, rows in by_page)
    return Document(source, tuple(pages))


def lines_of(rows: Iterable[str]) -> tuple[Line, ...]:
    """Return the lines of one page from its NFC rows; a blank row is a gap above the next line."""
    lines: list[Line] = []
    gap = False
    for row in rows:
        words = tuple(Word(token) for token in row.split())
        if words:
            lines.append(Line(words, gap_above=gap and bool(lines)))
        gap = not words
    return tuple(lines)


def to_text(document: Document, text: str) -> str:
    """Return *text* with the words of *document*, which :func:`to_document` made of it."""
    lines = (line for page in document.pages for line in page.lines)
    return "".join(
        (_rewritten(row.text, next(lines)) if row.text.strip() else row.text) + row.end
        for row in _rows(nfc(text))
    )


def changes(document: Document, text: str) -> Iterator[Located]:
    """Yield every change of *document*, which :func:`to_document` made of *text*, in order."""
    lines = (line for page in document.pages for line in page.lines)
    for row in _rows(nfc(text)):
        if row.text.strip():
            for word in next(lines).words:
                for change in word.changes:
                    yield Located(row.page, row.line, change)


def _rows(text: str) -> Iterator[_Row]:
    page = line = 1
    parts = [*_LINE_END.split(text), ""]
    for content, end in zip(parts[::2], parts[1::2], strict=True):
        if content or end:
            yield _Row(content, end, page, line)
        page, line = (page + 1, 1) if end == _PAGE_BREAK else (page, line + 1)


def _rewritten(row: str, line: Line) -> str:
    """Put the words of *line* where those of *row* stand; an empty one takes its blanks along."""
    content = row.strip()
    start = row.index(content)
    blanks = ["", *_BLANKS.findall(content)]
    written = [pair for pair in zip(blanks, line.words, strict=True) if pair[1].text]
    text = "".join(blank + word.text for blank, word in written)
    return row[:start] + text.lstrip() + row[start + len(content) :]

"""On a terminal a bar moves and failures stand above it; elsewhere there are plain lines."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from pipeline.batch.progress import BarProgress, PlainProgress, progress_on
from pipeline.batch.summary import Outcome, Result
from pipeline.batch.work import Written
from pipeline.errors import DamagedInputError
from pipeline.messages import Language

EMPTY = Result(Path("b.pdf"), Outcome.CONVERTED, Written((Path("ra/b.docx"),), 3, 0, 0, (2, 3)))
DONE = Result(
    Path("a.pdf"), Outcome.CONVERTED, Written((Path("ra/a.docx"), Path("ra/a.txt")), 2, 0, 0)
)
FAILED = Result(
    Path("b.pdf"), Outcome.FAILED, None, (DamagedInputError("một [đậm] tên rất dài " * 9 + ".pdf"),)
)


def test_plain_lines_name_input_outputs_and_pages() -> None:
    stream = io.StringIO()

    with PlainProgress(Language.VIETNAMESE, stream, 1) as progress:
        progress.opened(2)
        progress.page_read()
        progress.finished(DONE)

    assert stream.getvalue() == f"a.pdf → {Path('ra/a.docx')}, .txt (số trang: 2)\n"


def test_pages_without_text_are_told() -> None:
    stream, console = io.StringIO(), Console(file=io.StringIO(), force_terminal=True, width=80)
    with PlainProgress(Language.ENGLISH, stream, 1) as plain:
        plain.finished(EMPTY)
    with BarProgress(Language.ENGLISH, console, documents=1) as bar:
        bar.finished(EMPTY)
    told = "b.pdf: no text was found on pages: 2, 3"
    assert stream.getvalue().splitlines()[1] == told
    assert told in console.file.getvalue()  # type: ignore[attr-defined]  # as above


def test_the_bar_counts_documents_pages_and_failures() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=120)

    with BarProgress(Language.ENGLISH, console, documents=2) as progress:
        progress.opened(2)
        progress.page_read()
        progress.page_read()
        progress.finished(DONE)
        progress.finished(FAILED)

    shown = console.file.getvalue()  # type: ignore[attr-defined]  # it is the StringIO from above
    assert "2/2 documents · 2 pages" in shown
    assert "1 failed" in shown


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("width", [80, 96, 108])
def test_the_line_of_the_bar_is_whole_on_a_terminal_of(width: int, language: Language) -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=width)

    with BarProgress(language, console, documents=9999) as progress:
        progress.opened(20)
        for _ in range(10):
            progress.page_read()
        progress.finished(FAILED)

    shown = console.file.getvalue()  # type: ignore[attr-defined]  # it is the StringIO from above
    assert "…" not in shown
    assert ("━" in shown) is (width > 80)


def test_a_failure_above_the_bar_is_one_whole_line_whatever_its_name() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=80)

    with BarProgress(Language.ENGLISH, console, documents=1) as progress:
        progress.finished(FAILED)

    shown = console.file.getvalue()  # type: ignore[attr-defined]  # it is the StringIO from above
    name = FAILED.failures[0].subject
    assert any(name in line for line in shown.splitlines())


def test_what_is_no_terminal_gets_no_bar() -> None:
    assert isinstance(progress_on(io.StringIO(), Language.ENGLISH, 1), PlainProgress)

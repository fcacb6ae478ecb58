"""The exit code follows from what failed and what was written."""

from pathlib import Path

from pipeline.batch.summary import Outcome, Result, Summary
from pipeline.batch.work import Written
from pipeline.errors import (
    DamagedInputError,
    EncryptedInputError,
    ExitCode,
    MissingInputError,
    VanbanError,
)

WRITTEN = Written((Path("a.docx"),), pages=3, corrections=5, doubts=2)


def summary(*results: tuple[Written | None, tuple[VanbanError, ...]]) -> Summary:
    total = Summary()
    for written, failures in results:
        outcome = Outcome.CONVERTED if written else Outcome.FAILED
        total.add(Result(Path("a.pdf"), outcome, written, failures))
    return total


def test_all_well_is_zero() -> None:
    total = summary((WRITTEN, ()), (WRITTEN, ()))

    assert total.exit_code is ExitCode.OK
    assert (total.documents, total.converted, total.pages) == (2, 2, 6)
    assert (total.corrections, total.doubts) == (10, 4)


def test_an_empty_run_is_zero() -> None:
    assert Summary().exit_code is ExitCode.OK


def test_something_written_beside_a_failure_is_partial() -> None:
    assert summary((WRITTEN, ()), (None, (MissingInputError("b"),))).exit_code is ExitCode.PARTIAL


def test_a_document_with_an_unreadable_page_is_partial() -> None:
    assert summary((WRITTEN, (DamagedInputError("a [2]"),))).exit_code is ExitCode.PARTIAL


def test_failures_of_one_kind_give_its_code() -> None:
    failure = (EncryptedInputError("b"),)

    assert summary((None, failure), (None, failure)).exit_code is ExitCode.ENCRYPTED_INPUT


def test_failures_of_several_kinds_give_the_general_code() -> None:
    total = summary((None, (EncryptedInputError("a"),)), (None, (MissingInputError("b"),)))

    assert total.exit_code is ExitCode.FAILED

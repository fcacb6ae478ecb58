"""Exit codes are a promise, and failures survive the way between processes."""

import errno
import pickle

import pytest

from pipeline import errors
from pipeline.errors import (
    BadValueError,
    ExitCode,
    OutputFullError,
    OutputTooLargeError,
    OutputUnwritableError,
    VanbanError,
)
from pipeline.messages import Language, next_step
from pipeline.write_failures import unwritable

KINDS = VanbanError.__subclasses__()


def test_every_kind_of_failure_has_an_exit_code_and_key_of_its_own() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS)
    assert len({kind.key for kind in KINDS}) == len(KINDS)
    assert all(kind.code >= 10 for kind in KINDS)


def test_the_promised_numbers_have_not_changed() -> None:
    promised = {
        "OK": 0,
        "FAILED": 1,
        "USAGE": 2,
        "PARTIAL": 3,
        "MISSING_INPUT": 10,
        "EMPTY_INPUT": 11,
        "UNSUPPORTED_INPUT": 12,
        "ENCRYPTED_INPUT": 13,
        "DAMAGED_INPUT": 14,
        "UNREADABLE_INPUT": 15,
        "OVERSIZED_INPUT": 16,
        "NO_TESSERACT": 20,
        "NO_LANGUAGE": 21,
        "OCR_FAILED": 22,
        "WORKER_DIED": 23,
        "NO_PACKAGE": 24,
        "OUTPUT_UNWRITABLE": 30,
        "BAD_SETTING": 40,
        "BAD_DICTIONARY": 41,
        "INTERRUPTED": 130,
    }

    assert promised.items() <= {code.name: code.value for code in ExitCode}.items()


@pytest.mark.parametrize("kind", [VanbanError, *KINDS])
def test_a_failure_comes_whole_out_of_another_process(kind: type[VanbanError]) -> None:
    again = pickle.loads(pickle.dumps(kind("quyết định.pdf", "trang 2")))

    assert type(again) is kind
    assert (again.subject, again.detail) == ("quyết định.pdf", "trang 2")


def test_what_is_allowed_comes_out_of_another_process_too() -> None:
    again = pickle.loads(pickle.dumps(BadValueError("--layout", "'x'", "official, as-printed")))

    assert again.allowed == "official, as-printed"


@pytest.mark.parametrize(
    ("number", "kind", "step"),
    [
        (errno.ENOSPC, OutputFullError, "make room"),
        (errno.EDQUOT, OutputFullError, "make room"),
        (errno.EFBIG, OutputTooLargeError, "raise the limit"),
        (errno.EACCES, OutputUnwritableError, "permissions"),
    ],
)
def test_what_keeps_a_file_from_being_written_has_its_own_next_step(
    number: int, kind: type[VanbanError], step: str
) -> None:
    failure = unwritable("ra/a.docx", OSError(number, "why"))

    assert type(failure) is kind
    assert step in next_step(Language.ENGLISH, failure)


def test_every_failure_is_described_for_developers() -> None:
    assert all(kind.__doc__ for kind in KINDS)
    assert errors.__doc__

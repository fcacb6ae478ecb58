"""Every failure a user can meet: its exit code and, through the message catalogue, what to do next.

The exit codes are a promise: scripts may rely on them, and a number is never given a new meaning.
The words stand in ``pipeline/messages`` under the key of the class, in Vietnamese and English; each
is one line that names the file and the next step.
"""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path
from typing import ClassVar


class ExitCode(IntEnum):
    """What the process returns. Kinds of failure start at 10; a mixed outcome has its own."""

    OK = 0
    FAILED = 1  # nothing could be converted, for more than one reason
    USAGE = 2  # the command line is off
    PARTIAL = 3  # some documents were converted, some failed
    STOPPED = 4  # ended early because of failures, as asked for
    INTERRUPTED = 130  # stopped by Ctrl-C

    MISSING_INPUT = 10
    EMPTY_INPUT = 11
    UNSUPPORTED_INPUT = 12
    ENCRYPTED_INPUT = 13
    DAMAGED_INPUT = 14
    UNREADABLE_INPUT = 15
    OVERSIZED_INPUT = 16
    CHANGED_INPUT = 17
    NO_TESSERACT = 20
    NO_LANGUAGE = 21
    OCR_FAILED = 22
    WORKER_DIED = 23
    NO_PACKAGE = 24
    TIMED_OUT = 25
    OUT_OF_MEMORY = 26
    NO_CLUSTER = 27
    OTHER_CLUSTER = 28
    OUTPUT_UNWRITABLE = 30
    OUTPUT_EXISTS = 31
    OUTPUT_IN_USE = 32
    BAD_SETTING = 40
    BAD_DICTIONARY = 41


class VanbanError(Exception):
    """A failure with a name. Subclasses set ``code`` and ``key``; *detail* goes into the message.

    Attributes:
        subject: the file, folder, program or setting it is about.
        detail: what was seen, in a few words; may be empty.
    """

    code: ClassVar[ExitCode] = ExitCode.FAILED
    key: ClassVar[str] = "failed"

    def __init__(self, subject: str | Path, detail: str = "") -> None:
        super().__init__(str(subject), detail)
        self.subject = str(subject)
        self.detail = detail

    def __reduce__(self) -> tuple[type[VanbanError], tuple[str, ...]]:
        # Errors cross process borders; the default would lose the arguments of subclasses.
        return type(self), (self.subject, self.detail)


class MissingInputError(VanbanError):
    """The input path does not exist."""

    code = ExitCode.MISSING_INPUT
    key = "missing_input"


class EmptyInputError(VanbanError):
    """The file has no bytes, or the folder holds nothing to convert."""

    code = ExitCode.EMPTY_INPUT
    key = "empty_input"


class PassedOverError(EmptyInputError):
    """The folder holds files, and the user's patterns pass over all of them."""

    key = "passed_over"


class NoCorpusError(EmptyInputError):
    """There is no text to train on: the folder holds none, or is a file."""

    key = "no_corpus"


class UnsupportedInputError(VanbanError):
    """The bytes are of no kind that vanban reads, whatever the name says."""

    code = ExitCode.UNSUPPORTED_INPUT
    key = "unsupported_input"


class UnknownAddressError(UnsupportedInputError):
    """A URL of a kind that nothing vanban uses knows of."""

    key = "unknown_address"


class NotTextError(UnsupportedInputError):
    """A command that takes text alone was given something else."""

    key = "not_text"


class NotComparableError(UnsupportedInputError):
    """What is to be compared is neither a text nor a record."""

    key = "not_comparable"


class OtherVersionError(UnsupportedInputError):
    """Another version of vanban wrote the record."""

    key = "other_version"


class EncryptedInputError(VanbanError):
    """The PDF asks for a password."""

    code = ExitCode.ENCRYPTED_INPUT
    key = "encrypted_input"


class DamagedInputError(VanbanError):
    """The file is of a known kind but cannot be read to its end."""

    code = ExitCode.DAMAGED_INPUT
    key = "damaged_input"


class DamagedRecordError(DamagedInputError):
    """The ``.json`` is none that vanban wrote, or not the whole of it."""

    key = "damaged_record"


class DamagedLedgerError(DamagedInputError):
    """The ledger of the output folder is damaged."""

    key = "damaged_ledger"


class UnreadableInputError(VanbanError):
    """The system does not let us read the file or folder."""

    code = ExitCode.UNREADABLE_INPUT
    key = "unreadable_input"


class UnreachableError(UnreadableInputError):
    """A file of another machine cannot be read: no answer, or no right to."""

    key = "unreachable"


class NoStandardInputError(UnreadableInputError):
    """Standard input is closed."""

    key = "no_stdin"


class OversizedInputError(VanbanError):
    """A page has more pixels than the ceiling allows."""

    code = ExitCode.OVERSIZED_INPUT
    key = "oversized_input"


class ChangedInputError(VanbanError):
    """The file was changed or taken away while it was being read, or is still being written."""

    code = ExitCode.CHANGED_INPUT
    key = "changed_input"


class NoTesseractError(VanbanError):
    """The Tesseract program is not installed or does not start."""

    code = ExitCode.NO_TESSERACT
    key = "no_tesseract"


class ReplacedTesseractError(NoTesseractError):
    """Tesseract or a model is not the one that the run began with."""

    key = "replaced_tesseract"


class NoLanguageError(VanbanError):
    """Tesseract is there, its Vietnamese model is not."""

    code = ExitCode.NO_LANGUAGE
    key = "no_language"


class OcrFailedError(VanbanError):
    """Tesseract failed on a page."""

    code = ExitCode.OCR_FAILED
    key = "ocr_failed"


class OcrTimedOutError(OcrFailedError):
    """Tesseract ran out of time on a page."""

    key = "ocr_timed_out"


class WorkerDiedError(VanbanError):
    """The process that worked on a page was killed."""

    code = ExitCode.WORKER_DIED
    key = "worker_died"


class NoWorkerError(WorkerDiedError):
    """The system starts no process for the work, which would befall every page."""

    key = "no_worker"


class TimedOutError(VanbanError):
    """Work on a page or document took longer than it may."""

    code = ExitCode.TIMED_OUT
    key = "timed_out"


class OutOfMemoryError(VanbanError):
    """Work on a page or document took more memory than it may, or than there is."""

    code = ExitCode.OUT_OF_MEMORY
    key = "out_of_memory"


class NoClusterError(VanbanError):
    """The Dask scheduler does not answer, or has no workers."""

    code = ExitCode.NO_CLUSTER
    key = "no_cluster"


class OtherClusterError(NoClusterError):
    """A machine of the cluster would read pages otherwise than this one."""

    code = ExitCode.OTHER_CLUSTER
    key = "other_cluster"


class MissingPackageError(VanbanError):
    """A Python package that only some commands need is not installed."""

    code = ExitCode.NO_PACKAGE
    key = "no_package"


class NoFarPackageError(MissingPackageError):
    """A package for files that stand on other machines is not installed."""

    key = "no_far_package"


class NoClusterPackageError(MissingPackageError):
    """The package for working on many machines is not installed."""

    key = "no_cluster_package"


class OutputUnwritableError(VanbanError):
    """An output file or folder cannot be written."""

    code = ExitCode.OUTPUT_UNWRITABLE
    key = "output_unwritable"


class OutputFullError(OutputUnwritableError):
    """There is no room left where the output goes."""

    key = "output_full"


class OutputTooLargeError(OutputUnwritableError):
    """A file would be larger than the file system or a limit of the user's lets it be."""

    key = "output_too_large"


class DebugImagesError(OutputUnwritableError):
    """The pictures of the steps cannot be written where ``--debug-images`` wants them."""

    key = "debug_images"


class OutputRemovedError(OutputUnwritableError):
    """The output folder was taken away during the run."""

    key = "output_removed"


class OutputUnreachableError(OutputUnwritableError):
    """A file of another machine cannot be written: no answer, or no right to."""

    key = "output_unreachable"


class OutputInMemoryError(OutputUnwritableError):
    """What would be written is gone when the process ends that has written it."""

    key = "output_in_memory"


class OutputIsInputError(OutputUnwritableError):
    """The output folder is one of the input folders."""

    key = "output_is_input"


class OutputExistsError(VanbanError):
    """A file that we did not write, or that was changed since, stands where an output would go."""

    code = ExitCode.OUTPUT_EXISTS
    key = "output_exists"


class OutputInUseError(VanbanError):
    """Another run is writing into the same output folder."""

    code = ExitCode.OUTPUT_IN_USE
    key = "output_in_use"


class NoLedgerError(MissingInputError):
    """The folder is no output folder of vanban: it has no ledger."""

    key = "no_ledger"


class StreamClosedError(OutputUnwritableError):
    """Standard output is closed, or what stands behind it is full."""

    key = "stream_closed"


class BadSettingError(VanbanError):
    """A setting is unknown or has a value that does not fit."""

    code = ExitCode.BAD_SETTING
    key = "bad_setting"


class BadSettingsFileError(BadSettingError):
    """The settings file is no TOML in UTF-8."""

    key = "bad_settings_file"


class BadValueError(BadSettingError):
    """A setting has a value that it cannot have.

    Attributes:
        allowed: the values that it can have, as they are shown to the user.
    """

    key = "bad_value"

    def __init__(self, subject: str | Path, detail: str = "", allowed: str = "") -> None:
        super().__init__(subject, detail)
        self.allowed = allowed

    def __reduce__(self) -> tuple[type[VanbanError], tuple[str, ...]]:
        return type(self), (self.subject, self.detail, self.allowed)


class BadDictionaryError(VanbanError):
    """A data file of ``dictionaries/`` is missing or damaged."""

    code = ExitCode.BAD_DICTIONARY
    key = "bad_dictionary"


class BadListError(BadDictionaryError):
    """A word list of the user's is no text."""

    key = "bad_list"

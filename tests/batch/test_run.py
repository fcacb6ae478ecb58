"""A run takes every document to its end, or to a failure with a name."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.batch import output, work
from pipeline.batch.book import HOME, Book
from pipeline.batch.discovery import discover
from pipeline.batch.executor import Executor, Task
from pipeline.batch.ledger import Ledger
from pipeline.batch.progress import PlainProgress
from pipeline.batch.report.facts import Report
from pipeline.batch.run import run
from pipeline.batch.serial import SerialExecutor
from pipeline.batch.summary import Result, Summary
from pipeline.batch.surroundings import Surroundings
from pipeline.errors import (
    ChangedInputError,
    DamagedInputError,
    EmptyInputError,
    ExitCode,
    NoTesseractError,
    VanbanError,
    WorkerDiedError,
)
from pipeline.messages import Language
from pipeline.model import Document, Page
from pipeline.settings import BatchSettings, Settings, WriterSettings
from pipeline.sources import SourceKind

LETTER = """\
TỈNH ỦY BÌNH SƠN
*
Số 12-CV/TU
Kính gửi: Huyện ủy Suối Vàng
Ban Thường vụ Tỉnh ủy đề nghị Huyện ủy báo cáo kết quả trước ngày 15 tháng 6.
\fPhụ lục kèm theo công văn.
"""

PLAIN = replace(Settings(), writers=WriterSettings(formats=("txt", "json")))


class Recorder:
    """A progress that remembers what it was told."""

    def __init__(self) -> None:
        self.results: list[Result] = []
        self.pages: list[int] = []
        self.read = 0

    def opened(self, pages: int) -> None:
        self.pages.append(pages)

    def page_read(self) -> None:
        self.read += 1

    def finished(self, result: Result) -> None:
        self.results.append(result)


class Intercepting(SerialExecutor):
    """A serial executor that puts failures in the place of some outcomes, as dead workers do."""

    def __init__(self, failing: Callable[[Task], VanbanError | None]) -> None:
        super().__init__()
        self._failing = failing

    def collect(self) -> list[tuple[Task, object]]:
        return [(task, self._failing(task) or value) for task, value in super().collect()]


def convert(
    folder: Path,
    executor: Executor | None = None,
    ready: Callable[[SourceKind], VanbanError | None] = lambda _: None,
    settings: Settings = PLAIN,
) -> tuple[Summary, Recorder]:
    out = folder / "ra"
    items = discover([folder / "vào"], out, settings.writers.formats).items
    recorder = Recorder()
    with executor or SerialExecutor() as entered, Ledger.open(out / HOME) as ledger:
        book = Book(ledger, out, settings)
        return run(items, book, entered, recorder, Surroundings(ready)), recorder


def put(folder: Path, **files: str) -> None:
    (folder / "vào").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "vào" / f"{name}.txt").write_text(text, encoding="utf-8")


def outputs(folder: Path) -> set[str]:
    return {path.name for path in (folder / "ra").iterdir() if path.is_file()}


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / "ra" / name).read_bytes() for name in outputs(folder)}


def page(index: int, error: type[VanbanError]) -> Callable[[Task], VanbanError | None]:
    def failing(task: Task) -> VanbanError | None:
        return error(task.subject) if task.subject.endswith(f"[{index}]") else None

    return failing


def test_a_long_text_has_more_time_to_be_put_together_though_it_is_one_page(tmp_path: Path) -> None:
    put(tmp_path, ngắn=LETTER, dài=LETTER + " " * 1_500_000)
    seconds = {}

    def noted(task: Task) -> None:
        if task.call is work.finish:
            seconds[Path(task.subject).stem] = task.limits.seconds

    convert(tmp_path, Intercepting(noted))

    assert seconds["dài"] > 1.5 * seconds["ngắn"]


def test_every_format_of_every_document_is_written(tmp_path: Path) -> None:
    put(tmp_path, a=LETTER, b=LETTER)

    summary, recorder = convert(tmp_path)

    assert outputs(tmp_path) == {"a.txt", "a.json", "b.txt", "b.json"}
    assert (summary.documents, summary.converted, summary.pages) == (2, 2, 4)
    assert summary.exit_code is ExitCode.OK
    assert (recorder.pages, recorder.read) == ([2], 2)  # the two are one content


def test_the_record_names_the_source_by_its_name_and_checksum_only(tmp_path: Path) -> None:
    put(tmp_path, a=LETTER)

    convert(tmp_path)

    document = Document.from_json((tmp_path / "ra/a.json").read_bytes())
    assert document.source.name == "a.txt"
    assert len(document.source.sha256) == 64
    assert document.version
    assert [page.number for page in document.pages] == [1, 2]
    assert str(tmp_path) not in (tmp_path / "ra/a.json").read_text(encoding="utf-8")


def test_a_bad_document_stops_nothing_but_itself(tmp_path: Path) -> None:
    put(tmp_path, a=LETTER, b="", c=LETTER)

    summary, _ = convert(tmp_path)

    assert outputs(tmp_path) == {"a.txt", "a.json", "c.txt", "c.json"}
    assert summary.exit_code is ExitCode.PARTIAL
    (failure,) = summary.failures
    assert isinstance(failure, EmptyInputError)
    assert failure.subject == str(tmp_path / "vào/b.txt")


def test_a_page_that_fails_is_kept_and_marked_and_the_rest_is_written(tmp_path: Path) -> None:
    put(tmp_path, a=LETTER)

    summary, _ = convert(tmp_path, Intercepting(page(2, WorkerDiedError)))

    document = Document.from_json((tmp_path / "ra/a.json").read_bytes())
    first, second = document.pages
    assert first.failure is None
    assert second == Page(2, failure=second.failure)
    assert second.failure is not None
    assert second.failure.startswith("a.txt [2]: ")
    assert summary.exit_code is ExitCode.PARTIAL
    assert [failure.subject for failure in summary.failures] == [f"{tmp_path / 'vào/a.txt'} [2]"]


def test_a_document_without_one_good_page_is_one_failure_and_not_written(tmp_path: Path) -> None:
    put(tmp_path, a=LETTER)

    def failing(task: Task) -> VanbanError | None:
        return DamagedInputError(task.subject) if task.subject.endswith("]") else None

    summary, _ = convert(tmp_path, Intercepting(failing))

    assert outputs(tmp_path) == set()
    (failure,) = summary.failures
    assert failure.subject == str(tmp_path / "vào/a.txt")
    assert summary.exit_code is ExitCode.DAMAGED_INPUT


def test_a_worker_killed_while_writing_leaves_nothing_behind(tmp_path: Path) -> None:
    put(tmp_path, a=LETTER)

    def failing(task: Task) -> VanbanError | None:
        if task.call.__name__ != "finish":
            return None
        token = task.arguments[-1]
        for name in outputs(tmp_path):
            path = tmp_path / "ra" / name
            path.rename(output.part(path, token))
        return WorkerDiedError(task.subject)

    summary, _ = convert(tmp_path, Intercepting(failing))

    assert outputs(tmp_path) == set()
    assert summary.exit_code is ExitCode.WORKER_DIED


def test_a_kind_that_cannot_be_read_here_fails_before_its_pages_are_tried(tmp_path: Path) -> None:
    put(tmp_path, a=LETTER)

    summary, recorder = convert(tmp_path, ready=lambda kind: NoTesseractError("tesseract"))

    assert recorder.read == 0
    (failure,) = summary.failures
    assert failure.subject == str(tmp_path / "vào/a.txt")
    assert failure.detail == "tesseract"
    assert summary.exit_code is ExitCode.NO_TESSERACT


def test_the_same_run_again_gives_the_same_bytes(tmp_path: Path) -> None:
    put(tmp_path, a=LETTER)
    convert(tmp_path)
    before = contents(tmp_path)
    for name in before:
        (tmp_path / "ra" / name).unlink()
    shutil.rmtree(tmp_path / "ra" / HOME)

    convert(tmp_path)

    assert contents(tmp_path) == before


def test_documents_are_opened_only_as_there_is_room_for_them(tmp_path: Path) -> None:
    put(tmp_path, **{f"v{number}": f"{LETTER}{number}\n" for number in range(6)})
    open_now, most = set(), 0

    def watch(task: Task) -> None:
        nonlocal most
        if task.call.__name__ == "open_source":
            open_now.add(task.arguments[0])
        most = max(most, len(open_now))
        if task.call.__name__ == "finish":
            open_now.discard(task.arguments[0].path)

    convert(tmp_path, Intercepting(watch))

    assert most == 1


def test_plain_progress_tells_each_document_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    put(tmp_path, a=LETTER, b="")
    out = tmp_path / "ra"
    items = discover([tmp_path / "vào"], out, ("txt", "json")).items
    with (
        SerialExecutor() as executor,
        PlainProgress(Language.ENGLISH, sys.stderr, 2) as progress,
        Ledger.open(out / HOME) as ledger,
    ):
        run(items, Book(ledger, out, PLAIN), executor, progress)

    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert lines[0].endswith("a.txt, .json (pages: 2)")
    assert "b.txt: nothing to convert" in lines[1]


def test_formats_of_an_earlier_run_do_not_grow_stale(tmp_path: Path) -> None:
    put(tmp_path, a=LETTER)
    convert(tmp_path)
    put(tmp_path, a=LETTER.replace("Suối Vàng", "Đồi Thông"))
    only_text = replace(PLAIN, writers=replace(PLAIN.writers, formats=("txt",)))

    convert(tmp_path, settings=only_text)

    assert outputs(tmp_path) == {"a.txt", "a.json"}
    record = Document.from_json(contents(tmp_path)["a.json"])
    assert record.text.encode() == contents(tmp_path)["a.txt"]


def test_what_people_made_of_an_earlier_format_stays(tmp_path: Path) -> None:
    put(tmp_path, a=LETTER)
    convert(tmp_path)
    (tmp_path / "ra" / "a.txt").write_text("own", encoding="utf-8")
    put(tmp_path, a=LETTER.replace("Suối Vàng", "Đồi Thông"))
    only_record = replace(PLAIN, writers=replace(PLAIN.writers, formats=("json",)))

    summary, _ = convert(tmp_path, settings=only_record)

    assert summary.exit_code is ExitCode.OK
    assert contents(tmp_path)["a.txt"] == b"own"


def test_a_document_whose_time_has_not_come_is_neither_counted_nor_told(tmp_path: Path) -> None:
    put(tmp_path, a=LETTER)
    out = tmp_path / "ra"
    items = discover([tmp_path / "vào"], out, ("txt",)).items
    recorder = Recorder()
    changed = Intercepting(
        lambda task: ChangedInputError(task.subject) if task.call is work.finish else None
    )
    with changed as executor, Ledger.open(out / HOME) as ledger:
        world = Surroundings(later=lambda _, failure: isinstance(failure, ChangedInputError))
        summary = run(items, Book(ledger, out, PLAIN), executor, recorder, world)

        assert [entry.state for entry in ledger.entries()] == ["pending"]
    assert (summary.documents, summary.failures, recorder.results) == (0, [], [])


def test_who_wants_to_see_the_steps_has_unchanged_documents_read_again(tmp_path: Path) -> None:
    put(tmp_path, a=LETTER)
    convert(tmp_path)
    assert convert(tmp_path)[0].unchanged == 1

    imaging = replace(PLAIN.imaging, debug_images=str(tmp_path / "ảnh"))
    summary, recorder = convert(tmp_path, settings=replace(PLAIN, imaging=imaging))

    assert (summary.unchanged, summary.converted) == (0, 1)
    assert recorder.read == 2  # the pages of the letter


def test_a_document_that_failed_is_told_once_in_each_run_and_in_the_report(tmp_path: Path) -> None:
    put(tmp_path, a=LETTER, b="Công văn một trang.")

    def damaged(task: Task) -> VanbanError | None:
        return DamagedInputError(task.subject) if task.subject.endswith("]") else None

    first, _ = convert(tmp_path, Intercepting(damaged))
    again, _ = convert(tmp_path, Intercepting(damaged))

    told = [str(tmp_path / "vào" / name) for name in ("a.txt", "b.txt")]
    assert sorted(failure.subject for failure in first.failures) == told
    assert sorted(failure.subject for failure in again.failures) == told
    with Ledger.look_into(tmp_path / "ra" / HOME) as ledger:
        gathered = Report.of("ra", ledger, running=False).gathered
    assert gathered.totals["failures"] == 2
    assert [failed.count for failed in gathered.failed.values()] == [2]


class Wide(Intercepting):
    """An executor that has many tasks in flight, and gives back all that are."""

    capacity = 4

    def collect(self) -> list[tuple[Task, object]]:
        done: list[tuple[Task, object]] = []
        while self.in_flight:
            done += super().collect()
        return done


@pytest.mark.parametrize(
    ("batch", "told"),
    [
        (BatchSettings(on_error="stop"), 1),
        (BatchSettings(max_failures="1"), 2),
        (BatchSettings(max_failures="100%"), 6),
    ],
)
def test_a_run_that_failures_stop_tells_no_more_of_them(
    batch: BatchSettings, told: int, tmp_path: Path
) -> None:
    put(tmp_path, **{name: f"Công văn {name}." for name in "abcdef"})
    failing = Wide(
        lambda task: DamagedInputError(task.subject) if task.subject.endswith("]") else None
    )

    summary, recorder = convert(tmp_path, failing, settings=replace(PLAIN, batch=batch))

    assert (summary.failed, len(recorder.results)) == (told, told)
    assert summary.stopped == (told < 6)
    with Ledger.look_into(tmp_path / "ra" / HOME) as ledger:
        failed = [entry.place for entry in ledger.entries() if ledger.failures(entry.place)]
    assert len(failed) == told

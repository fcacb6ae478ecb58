"""Places that are no paths: ``memory://``, the far store that needs no other machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from upath import UPath

from pipeline.batch import places
from pipeline.batch.book import Book
from pipeline.batch.discovery import discover
from pipeline.batch.ledger import Ledger
from pipeline.batch.places import place
from pipeline.batch.run import run
from pipeline.batch.serial import SerialExecutor
from pipeline.batch.summary import Result, Summary
from pipeline.cli import main
from pipeline.errors import (
    DamagedInputError,
    ExitCode,
    NoFarPackageError,
    UnknownAddressError,
    UnreachableError,
)
from pipeline.messages import Language, explain
from pipeline.settings import Settings, WriterSettings

TEXT = "Số 12-CV/TU\nKính gửi: Huyện ủy Suối Vàng\n\fPhụ lục\n"
PLAIN = replace(Settings(), writers=WriterSettings(formats=("txt", "json")))
NAMES = ("a.txt", "sâu/50% & #1?.txt", "sâu/công văn.txt")


class Silent:
    """A progress that tells nobody."""

    def __init__(self) -> None:
        self.results: list[Result] = []

    def opened(self, pages: int) -> None:
        pass

    def page_read(self) -> None:
        pass

    def finished(self, result: Result) -> None:
        self.results.append(result)


@pytest.fixture(autouse=True)
def _fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    UPath("memory://").fs.store.clear()
    yield
    UPath("memory://").fs.store.clear()


def convert(source: Any, out: Any, ledger: Path) -> tuple[Summary, Silent]:
    found = discover([source], out, PLAIN.writers.formats)
    silent = Silent()
    with SerialExecutor() as executor, Ledger.open(ledger) as opened:
        return run(found.items, Book(opened, out, PLAIN), executor, silent), silent


def put(folder: Any) -> None:
    for name in NAMES:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(TEXT.replace("12", str(len(name))).encode())


def contents(folder: Any) -> dict[str, bytes]:
    return {
        str(file).removeprefix(f"{folder}/"): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and ".vanban" not in file.parts
    }


def test_a_run_in_memory_gives_what_one_on_the_disk_gives(tmp_path: Path) -> None:
    for folder in (tmp_path, place("memory://kho")):
        put(folder / "vào")

    near, _ = convert(tmp_path / "vào", tmp_path / "ra", tmp_path / "near")
    far, _ = convert(place("memory://kho/vào"), place("memory://kho/ra"), tmp_path / "far")

    assert near.converted == far.converted == len(NAMES)
    assert contents(place("memory://kho/ra")) == contents(tmp_path / "ra")
    again, _ = convert(place("memory://kho/vào"), place("memory://kho/ra/"), tmp_path / "far")
    assert (again.converted, again.unchanged) == (0, len(NAMES))


def test_a_failure_names_the_far_file_not_the_copy_of_it(tmp_path: Path) -> None:
    folder = place("memory://kho/vào")
    (folder / "hỏng.tif").write_bytes(b"II*\0\x08\0\0\0 no directory")

    _, silent = convert(folder, tmp_path / "ra", tmp_path / "ledger")

    (failure,) = silent.results[0].failures
    assert isinstance(failure, DamagedInputError)
    assert failure.subject == "memory://kho/vào/hỏng.tif"
    assert str(tmp_path) not in failure.detail


def test_a_new_file_is_seen_at_the_next_look(tmp_path: Path) -> None:
    folder = place("memory://kho/vào")
    (folder / "a.txt").write_bytes(b"a")
    assert len(discover([folder], tmp_path, ("txt",)).items) == 1

    (folder / "b.txt").write_bytes(b"b")

    assert len(discover([folder], tmp_path, ("txt",)).items) == 2


def test_far_files_are_known_by_their_names_and_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = place("memory://kho/vào")
    for name in ("a.jfif", "b.dat", "c.docx"):
        (folder / name).write_bytes(b"\xff\xd8\xff")
    monkeypatch.setattr(type(folder), "open", None)

    found = discover([folder], tmp_path, ("txt",))

    assert [item.path.name for item in found.items] == ["a.jfif"]
    assert [path.name for path in found.passed_over] == ["b.dat", "c.docx"]


def test_copies_of_far_files_do_not_pile_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_KEPT", 3)
    for number in range(6):
        file = place(f"memory://kho/{number}.txt")
        file.write_bytes(b"%d" % number)
        copy = places.local_copy(file)
        assert copy.read_bytes() == b"%d" % number
        assert places.local_copy(file) == copy

    assert len(list(copy.parent.iterdir())) == 3


@pytest.mark.parametrize("url", ["khong-co://kho/vào", "foo://x"])
def test_a_kind_of_url_that_nothing_knows_is_told(url: str) -> None:
    with pytest.raises(UnknownAddressError) as raised:
        place(url)

    told = explain(Language.ENGLISH, raised.value)
    assert told.startswith(f"{url}: vanban knows no such kind of address; ")
    assert "sftp://HOST/FOLDER" in told


def test_a_kind_of_url_whose_package_is_missing_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "upath", None)

    with pytest.raises(NoFarPackageError):
        place("s3://kho/vào")


def test_the_command_line_writes_nothing_into_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path / "vào")

    code = main(["convert", str(tmp_path / "vào"), "--out", "memory://kho/ra", "--lang", "en"])

    assert code == ExitCode.OUTPUT_UNWRITABLE
    (line,) = capsys.readouterr().err.splitlines()
    assert "what is written into memory is gone" in line


def test_a_fault_on_the_way_is_a_failure_of_that_file(monkeypatch: pytest.MonkeyPatch) -> None:
    file = place("memory://kho/a.txt")

    def broken(*_: object, **__: object) -> None:
        raise ConnectionResetError(104, "Connection reset by peer")

    monkeypatch.setattr(type(file), "read_bytes", broken)
    with pytest.raises(UnreachableError) as raised:
        places.read(file)

    assert (raised.value.subject, raised.value.detail) == (str(file), "Connection reset by peer")

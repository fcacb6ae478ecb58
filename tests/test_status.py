"""``vanban status`` reads the ledger of an output folder and writes nothing into it."""

import json
import os
import sqlite3
import sys
import tempfile
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.batch.ledger import FILE, Ledger
from pipeline.batch.session import ledger_of
from pipeline.cli import main
from pipeline.errors import ExitCode

_NOBODY = 65_534


@pytest.fixture
def out(capsys: pytest.CaptureFixture[str]) -> Iterator[Path]:
    """Return an output folder with a ledger, where others may look (pytest's are closed)."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        made = Path(folder) / "ra"
        for each in (made, other := Path(folder) / "khác"):
            with Ledger.open(each / ".vanban") as ledger:
                ledger.expect([("a", "vào/a.pdf")])
                ledger.begin_run()
        # What is imported late and cannot be read by everybody.
        assert main(["status", str(other), "--lang", "en"]) == ExitCode.OK
        capsys.readouterr()
        yield made


@contextmanager
def without_right_to_write(out: Path) -> Iterator[None]:
    """Be somebody who may only read there."""
    folders, root = (out, out / ".vanban"), os.geteuid() == 0
    for folder in folders:
        folder.chmod(0o755 if root else 0o555)
    if root:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        for folder in folders:
            folder.chmod(0o755)


def listed(out: Path) -> set[str]:
    return {path.name for path in out.rglob("*")}


@pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
def test_one_who_may_not_write_sees_how_the_documents_stand(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = listed(out)
    with without_right_to_write(out):
        assert main(["status", str(out), "--lang", "en"]) == ExitCode.OK

    shown = capsys.readouterr().out
    assert shown.startswith(f"{out}: documents: 1, pages: 0\n")
    assert "a run is writing" not in shown
    assert listed(out) == before


@pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
def test_one_who_may_not_write_sees_a_run_that_goes_on(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ledger_of(out) as ledger:
        ledger.expect([("b", "vào/b.pdf")])
        with without_right_to_write(out):
            assert main(["status", str(out), "--lang", "en"]) == ExitCode.OK

    shown = capsys.readouterr().out
    assert "documents: 2" in shown
    assert "a run is writing into this folder now" in shown


def test_many_documents_are_counted_without_being_held(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Ledger.open(out / ".vanban") as ledger:
        ledger.expect((f"quyển {number}", f"vào/quyển {number}.pdf") for number in range(5000))

    tracemalloc.start()
    assert main(["status", str(out), "--lang", "en"]) == ExitCode.OK
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "documents: 5001, pages: 0" in capsys.readouterr().out
    assert peak < 2_000_000


def test_machines_are_told_of_each_document(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", str(out), "--json", "--lang", "en"]) == ExitCode.OK

    told = json.loads(capsys.readouterr().out)
    assert (told["running"], told["passed_over"]) == (False, [])
    assert [(each["place"], each["state"]) for each in told["documents"]] == [("a", "pending")]


@pytest.mark.parametrize("content", [b"", b"no ledger at all" * 300])
def test_a_damaged_ledger_is_told_as_such_and_left_as_it_is(
    content: bytes, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = out / ".vanban" / FILE
    path.write_bytes(content)

    assert main(["status", str(out), "--lang", "en"]) == ExitCode.DAMAGED_INPUT

    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{out}: the ledger in this folder is damaged")
    assert path.read_bytes() == content


def test_a_folder_without_a_ledger_is_told_as_such(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", str(tmp_path), "--lang", "en"]) == ExitCode.MISSING_INPUT

    assert "has converted nothing" in capsys.readouterr().err
    assert listed(tmp_path) == set()


def test_a_ledger_of_an_older_version_is_read_as_it_is(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = out / ".vanban" / FILE
    with sqlite3.connect(path) as ledger:
        ledger.executescript("DROP TABLE runs; PRAGMA user_version = 1;")

    assert main(["status", str(out), "--report", "--lang", "en"]) == ExitCode.OK

    assert "documents: 1" in capsys.readouterr().out
    with sqlite3.connect(path) as ledger:
        assert ledger.execute("PRAGMA user_version").fetchone() == (1,)

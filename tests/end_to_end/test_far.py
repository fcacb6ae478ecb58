"""Inputs and outputs on other machines: real servers, and the same files as on this one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import runs
import s3fs
import scans
import servers

from pipeline.cli import main
from pipeline.errors import ExitCode

NAMES = ("quét 1.png", "50% đặc biệt/tệp #1 + ?.txt", "sâu/công văn số 5.txt")


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let ledgers and copies of far files lie in the test's own folder."""
    monkeypatch.setenv("VANBAN_LANG", "en")
    monkeypatch.setenv("HOME", str(tmp_path / "nhà"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "nhà" / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "nhà" / "cache"))
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        path = Path("vào", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        scans.put_png(path, 900) if path.suffix == ".png" else scans.put_text(path)
    scans.put_encrypted_pdf(Path("vào/kín.pdf"))


@pytest.fixture
def store() -> Iterator[s3fs.S3FileSystem]:
    """An S3 server that has the inputs."""
    with servers.s3("kho"):
        files = s3fs.S3FileSystem()
        for path in Path("vào").rglob("*.*"):
            files.put_file(str(path), f"kho/{path}")
        yield files


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[str]:
    """The URL of an SFTP server that has the inputs."""
    with servers.sftp(tmp_path, tmp_path / "nhà") as url:
        yield url


def convert(source: str, out: str, *options: str) -> int:
    return main(["convert", source, "--out", out, "--jobs", "2", *options])


@pytest.fixture
def near() -> dict[str, bytes]:
    """What comes out on this machine."""
    assert convert("vào", "đây") == ExitCode.PARTIAL
    return runs.outputs(Path("đây"))


@pytest.mark.tesseract
def test_from_a_store_to_this_machine(
    store: s3fs.S3FileSystem, near: dict[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    assert convert("s3://kho/vào", "ra") == ExitCode.PARTIAL

    assert runs.outputs(Path("ra")) == near
    assert "s3://kho/vào/kín.pdf: the PDF asks for a password; save" in capsys.readouterr().err


@pytest.mark.tesseract
def test_from_a_store_to_a_store_and_a_second_run_reads_nothing(
    store: s3fs.S3FileSystem, near: dict[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    assert convert("s3://kho/vào", "s3://kho/sâu/ra") == ExitCode.PARTIAL
    assert servers.keys("kho/sâu/ra") == near
    capsys.readouterr()

    assert convert("s3://kho/vào/", "s3://kho/sâu/ra/") == ExitCode.PARTIAL  # the failure is known
    assert "converted: 0, unchanged: 3; pages: 0" in capsys.readouterr().err

    assert main(["status", "s3://kho/sâu/ra"]) == ExitCode.OK
    assert "s3://kho/sâu/ra: documents: 4" in capsys.readouterr().out


def test_a_second_run_asks_for_whole_folders_not_for_each_file(
    store: s3fs.S3FileSystem, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(20):
        store.pipe_file(f"kho/nhiều/{number}.txt", f"Công văn số {number}\n".encode())
    convert("s3://kho/nhiều", "s3://kho/ra", "--formats", "txt,json")
    caplog.clear()

    assert convert("s3://kho/nhiều", "s3://kho/ra", "--formats", "txt,json") == ExitCode.OK

    asked = [line for line in caplog.messages if "HTTP/1.1" in line and "/.vanban/" not in line]
    assert 0 < len(asked) < 20


def test_what_was_changed_or_taken_away_over_there_is_done_again(
    store: s3fs.S3FileSystem, capsys: pytest.CaptureFixture[str]
) -> None:
    only = ("--include", "*.txt", "--formats", "txt,json")
    convert("s3://kho/vào", "s3://kho/ra", *only)
    before = servers.keys("kho/ra")
    store.pipe_file("kho/vào/sâu/công văn số 5.txt", "Phụ lục\n".encode())
    store.rm_file("kho/ra/50% đặc biệt/tệp #1 + ?.txt")
    capsys.readouterr()

    assert convert("s3://kho/vào", "s3://kho/ra", *only) == ExitCode.OK

    assert "converted: 2, unchanged: 0" in capsys.readouterr().err
    after = servers.keys("kho/ra")
    assert after.pop("sâu/công văn số 5.txt") == "Phụ lục\n".encode()
    assert after["50% đặc biệt/tệp #1 + ?.txt"] == before["50% đặc biệt/tệp #1 + ?.txt"]


def test_a_file_of_others_over_there_is_left_alone(
    store: s3fs.S3FileSystem, capsys: pytest.CaptureFixture[str]
) -> None:
    key = "kho/ra/sâu/công văn số 5.txt"
    store.pipe_file(key, b"cua nguoi khac")

    code = convert(
        "s3://kho/vào/sâu", "s3://kho/ra/sâu", "--formats", "txt", "--on-existing", "fail"
    )

    assert code == ExitCode.OUTPUT_EXISTS
    assert f"s3://{key}: there is a file here that vanban did not write" in capsys.readouterr().err
    assert servers.keys("kho/ra") == {"sâu/công văn số 5.txt": b"cua nguoi khac"}


def test_from_this_machine_to_the_top_of_a_bucket(store: s3fs.S3FileSystem) -> None:
    store.mkdir("trong")

    assert convert("vào/sâu", "s3://trong", "--formats", "txt") == ExitCode.OK

    assert set(servers.keys("trong")) == {"công văn số 5.txt"}


@pytest.mark.tesseract
def test_by_sftp_there_and_back(machine: str, near: dict[str, bytes]) -> None:
    assert convert(f"{machine}/vào", f"{machine}/ra/đây") == ExitCode.PARTIAL
    assert runs.outputs(Path("ra/đây")) == near

    assert convert(f"{machine}/vào", f"{machine}/ra/đây") == ExitCode.PARTIAL
    assert not list(Path("ra").rglob("*.part"))


def test_a_machine_that_is_not_known_is_not_trusted(
    machine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("nhà/.ssh/known_hosts").write_text("")

    assert convert(f"{machine}/vào", "ra") == ExitCode.UNREADABLE_INPUT

    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{machine}/vào: cannot be reached (Host key is not trusted")


@pytest.mark.parametrize(
    ("source", "out", "code"),
    [
        ("s3://khong-co/vào", "ra", ExitCode.MISSING_INPUT),
        ("s3://kho/không", "ra", ExitCode.MISSING_INPUT),
        ("vào", "s3://khong-co/ra", ExitCode.OUTPUT_UNWRITABLE),
        ("vào", "s3://không có/ra", ExitCode.OUTPUT_UNWRITABLE),
        ("khong://kho/vào", "ra", ExitCode.UNSUPPORTED_INPUT),
    ],
)
def test_what_is_not_there_is_told_in_one_line_and_nothing_is_made(
    store: s3fs.S3FileSystem,
    source: str,
    out: str,
    code: ExitCode,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert convert(source, out) == code

    line = capsys.readouterr().err.splitlines()[0]
    assert line.startswith((source, out))
    assert store.ls("") == ["kho"]


def test_without_the_right_to_it_it_is_told_so(
    store: s3fs.S3FileSystem, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    s3fs.S3FileSystem.clear_instance_cache()

    assert convert("s3://kho/vào", "ra") == ExitCode.UNREADABLE_INPUT
    assert "cannot be reached (Unable to locate credentials)" in capsys.readouterr().err

    assert convert("vào", "s3://kho/ra") == ExitCode.OUTPUT_UNWRITABLE
    assert "s3://kho/ra: cannot be written (Unable to locate" in capsys.readouterr().err


def test_a_file_url_is_a_file_of_this_machine(tmp_path: Path) -> None:
    source, out = (f"file://{tmp_path}/{name}" for name in ("vào/sâu", "ra"))

    assert convert(source, out, "--formats", "txt") == ExitCode.OK

    assert set(runs.outputs(Path("ra"))) == {"công văn số 5.txt"}

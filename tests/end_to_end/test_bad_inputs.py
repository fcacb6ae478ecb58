"""Every bad input is one line that names it and the next step, and stops nothing but itself."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import scans

from pipeline.cli import main
from pipeline.errors import ExitCode

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VANBAN_LANG", "en")
    monkeypatch.chdir(tmp_path)


def outputs() -> set[str]:
    return {
        path.name
        for path in Path("ra").rglob("*")
        if ".vanban" not in path.parts and path.stem != "report"
    }


def missing(_: Path) -> None:
    """Leave the path as it is: nothing there."""


def empty(path: Path) -> None:
    path.touch()


def text(path: Path) -> None:
    scans.put_text(path)


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 20)


def folder(path: Path) -> None:
    path.mkdir()


BAD: list[tuple[str, Callable[[Path], object], ExitCode]] = [
    ("không có.pdf", missing, ExitCode.MISSING_INPUT),
    ("rỗng.pdf", empty, ExitCode.EMPTY_INPUT),
    ("thư mục rỗng", folder, ExitCode.EMPTY_INPUT),
    ("văn bản thuần.pdf", text, ExitCode.UNSUPPORTED_INPUT),
    ("nhị phân.png", binary, ExitCode.UNSUPPORTED_INPUT),
    ("có mật khẩu.pdf", scans.put_encrypted_pdf, ExitCode.ENCRYPTED_INPUT),
    ("cụt.tif", scans.put_truncated_tiff, ExitCode.DAMAGED_INPUT),
]


@pytest.mark.parametrize(("name", "make", "code"), BAD, ids=[name for name, _, _ in BAD])
def test_a_bad_input_alone_gives_its_own_exit_code(
    name: str,
    make: Callable[[Path], object],
    code: ExitCode,
    capsys: pytest.CaptureFixture[str],
) -> None:
    make(Path(name))

    assert main(["convert", name, "--out", "ra", "--jobs", "1"]) == code

    failure, _closing = capsys.readouterr().err.splitlines()
    assert failure.startswith(name)
    assert "; " in failure
    assert outputs() == set()


def test_the_rest_of_the_batch_is_done_whatever_fails(capsys: pytest.CaptureFixture[str]) -> None:
    for name, make, _ in BAD:
        make(Path(name))
    scans.put_text(Path("tốt.txt"))
    names = [name for name, _, _ in BAD]

    status = main(["convert", *names, "tốt.txt", "--out", "ra", "--lang", "vi"])

    assert status == ExitCode.PARTIAL
    assert outputs() == {"tốt.docx", "tốt.txt", "tốt.json"}
    printed = capsys.readouterr().err
    assert "Traceback" not in printed
    lines = printed.splitlines()
    assert len(lines) == len(BAD) + 2
    for name in names:
        assert sum(line.startswith((f"{name}: ", f"{name} [")) for line in lines) == 1


@pytest.mark.skipif(
    sys.platform == "win32" or os.getuid() == 0, reason="nothing is unreadable to this user"
)
def test_an_unreadable_file_and_folder_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    scans.put_text(Path("kín.txt")).chmod(0)
    Path("thư mục kín").mkdir(mode=0)

    status = main(["convert", "kín.txt", "thư mục kín", "--out", "ra"])

    assert status == ExitCode.UNREADABLE_INPUT
    assert len(capsys.readouterr().err.splitlines()) == 3


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "trống"))


@pytest.mark.usefixtures("no_tesseract")
def test_without_tesseract_scans_fail_by_name_and_texts_are_converted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    scans.put_png(Path("quét.png"))
    scans.put_text(Path("chữ.txt"))

    assert main(["convert", "quét.png", "--out", "ra"]) == ExitCode.NO_TESSERACT
    failure, _ = capsys.readouterr().err.splitlines()
    assert failure.startswith("quét.png: Tesseract is not installed")
    assert "apt install tesseract-ocr" in failure

    assert main(["convert", "quét.png", "chữ.txt", "--out", "ra"]) == ExitCode.PARTIAL
    assert outputs() == {"chữ.docx", "chữ.txt", "chữ.json"}


@pytest.mark.tesseract
def test_without_the_vietnamese_model_scans_fail_by_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    scans.put_png(Path("quét.png"))

    assert main(["convert", "quét.png", "--out", "ra"]) == ExitCode.NO_LANGUAGE
    failure, _ = capsys.readouterr().err.splitlines()
    assert failure.startswith("quét.png: ")
    assert "vie" in failure


def test_an_output_folder_that_is_a_file_is_told_before_any_work(
    capsys: pytest.CaptureFixture[str],
) -> None:
    scans.put_text(Path("chữ.txt"))
    Path("ra").write_bytes(b"a file")

    assert main(["convert", "chữ.txt", "--out", "ra"]) == ExitCode.OUTPUT_UNWRITABLE
    (failure,) = capsys.readouterr().err.splitlines()
    assert failure.startswith("ra: cannot be written")
    assert Path("ra").read_bytes() == b"a file"


def test_one_output_that_cannot_be_written_costs_its_document_only() -> None:
    scans.put_text(Path("a.txt"))
    scans.put_text(Path("b.txt"))
    Path("ra/a.docx").mkdir(parents=True)

    assert main(["convert", "a.txt", "b.txt", "--out", "ra"]) == ExitCode.PARTIAL
    assert outputs() == {"a.docx", "b.docx", "b.txt", "b.json"}


@pytest.mark.tesseract
@pytest.mark.skipif(sys.platform == "win32", reason="the murderer is a shell script")
def test_a_page_that_kills_its_worker_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    murderer = tmp_path / "bin" / "tesseract"
    murderer.parent.mkdir()
    # The width of a BMP is its bytes 18 to 21.
    murderer.write_text(
        "#!/bin/sh\n"
        'case "$1" in\n'
        '  *.BMP) case "$(od -An -j18 -N4 -tu4 "$1")" in *991*) kill -9 $PPID ;; esac ;;\n'
        "esac\n"
        f'exec {shutil.which("tesseract")} "$@"\n'
    )
    murderer.chmod(murderer.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{murderer.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("VANBAN_IMAGING_RESOLUTION", "false")
    scans.put_png(Path("chết.png"), width=991)
    scans.put_png(Path("sống.png"))
    scans.put_text(Path("chữ.txt"))

    status = main(["convert", "chết.png", "sống.png", "chữ.txt", "--out", "ra", "--jobs", "2"])

    assert status == ExitCode.PARTIAL
    failures = [line for line in capsys.readouterr().err.splitlines() if "killed" in line]
    assert [line.split(":")[0] for line in failures] == ["chết.png"]
    assert outputs() == {f"{n}.{e}" for n in ("sống", "chữ") for e in ("docx", "txt", "json")}


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise there")
def test_ctrl_c_leaves_no_half_written_file() -> None:
    Path("vào").mkdir()
    for number in range(300):
        scans.put_text(Path(f"vào/{number:03}.txt"))
    command = [sys.executable, "-m", "pipeline", "convert", "vào", "--out", "ra", "--jobs", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    run = subprocess.Popen(command, stderr=subprocess.PIPE, env=environment)
    for _ in range(600):
        if Path("ra").is_dir() and any(Path("ra").glob("*.json")):
            break
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate(timeout=30)

    assert run.returncode == ExitCode.INTERRUPTED
    assert b"Traceback" not in errors
    names = outputs()
    assert not [name for name in names if name.endswith(".part")]
    assert len(names) % 3 == 0
    assert 0 < len(names) < 900


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_refused_and_not_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    Path("inputs").mkdir()
    os.mkfifo("inputs/pipe.txt")
    Path("inputs/b.txt").write_text("Ban Thường vụ Tỉnh ủy Bình Sơn\n", encoding="utf-8")

    assert main(["convert", "inputs", "--out", "ra", "--formats", "txt"]) == ExitCode.PARTIAL
    assert "pipe.txt: not a file vanban reads" in capsys.readouterr().err
    assert outputs() == {"b.txt"}


def test_a_name_with_control_characters_is_shown_on_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["convert", "hai\ndòng\x1b[31m.pdf", "--out", "ra"]) == ExitCode.MISSING_INPUT
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith(r"hai\ndòng\x1b[31m.pdf: no such file")
    assert len(lines) == 2  # the failure and the summary


def test_an_image_too_narrow_to_read_is_a_blank_page() -> None:
    from PIL import Image

    Image.new("L", (1, 8000), 0).save("narrow.png")
    assert main(["convert", "narrow.png", "--out", "ra", "--formats", "txt"]) == ExitCode.OK


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("command", ["correct a.txt", "evaluate a.txt a.txt --json", "doctor"])
def test_a_full_disk_behind_standard_output_is_named(command: str) -> None:
    Path("a.txt").write_text("Tỉnh ủy Bình Sơn\n", encoding="utf-8")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", *command.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == ExitCode.OUTPUT_UNWRITABLE
    assert done.stderr.startswith(b"stdout: cannot be written")


def test_an_empty_truth_and_a_corpus_that_is_not_there_are_named() -> None:
    Path("empty.txt").touch()
    Path("a.txt").write_text("Tỉnh ủy Bình Sơn\n", encoding="utf-8")
    assert main(["evaluate", "empty.txt", "a.txt"]) == ExitCode.EMPTY_INPUT
    assert main(["train", "nowhere", "--out", "ra"]) == ExitCode.MISSING_INPUT
    assert main(["correct", "."]) == ExitCode.UNSUPPORTED_INPUT

"""What a run says: on a terminal, in a log, and to programs."""

import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = "CHỈ THỊ\nvề công tác văn thư, lưu trữ\n"


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """Return a folder with two texts and a file that fails.

    They are of yesterday: the content of a file changed just before it was read is looked at again.
    """
    folder = tmp_path / "vào"
    folder.mkdir()
    for name in ("một", "hai"):
        (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    (folder / "hỏng.pdf").write_bytes(b"%PDF-1.4")
    yesterday = time.time() - 86_400
    for file in folder.iterdir():
        os.utime(file, (yesterday, yesterday))
    return folder


def command(inputs: Path, *options: str) -> list[str]:
    out = inputs.parent / "ra"
    start = [sys.executable, "-m", "pipeline", "convert", str(inputs), "--out", str(out)]
    return [*start, "--jobs", "1", "--formats", "txt", *options]


def environment() -> dict[str, str]:
    variables = {"PYTHONPATH": str(ROOT), "VANBAN_LANG": "en", "TERM": "xterm", "COLUMNS": "100"}
    return {**os.environ, **variables}


def on_a_terminal(arguments: list[str], *, stop_at: str = "") -> tuple[int, str]:
    """Run a command on a terminal; Ctrl-C is typed when *stop_at* is shown."""
    pty = pytest.importorskip("pty", reason="terminals of this kind are not there on Windows")
    main, side = pty.openpty()
    run = subprocess.Popen(
        arguments,
        env=environment(),
        stdin=side,
        stdout=side,
        stderr=side,
        start_new_session=True,
    )
    os.close(side)
    shown = b""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        ready, _, _ = select.select([main], [], [], 0.2)
        if ready:
            try:
                shown += os.read(main, 65536)
            except OSError:  # the other side is closed
                break
        if stop_at and stop_at.encode() in shown:
            stop_at = ""
            os.killpg(run.pid, signal.SIGINT)  # as the terminal does, to all its programs
    os.close(main)
    return run.wait(timeout=60), shown.decode("utf-8")


def left_on(shown: str) -> list[str]:
    """Return the lines that stay on a terminal: those that were not taken away again."""
    lines = [""]
    for part in re.split(r"(\r?\n|\r|\x1b\[[0-9;?]*[A-Za-z])", shown):
        if part in {"\n", "\r\n"}:
            lines.append("")
        elif part == "\x1b[2K":
            lines[-1] = ""
        elif part == "\x1b[1A":
            lines.pop()
        elif part != "\r" and not part.startswith("\x1b"):
            lines[-1] += part
    return [line for line in lines if line]


def test_on_a_terminal_one_line_moves_and_only_what_matters_stays(inputs: Path) -> None:
    code, shown = on_a_terminal(command(inputs))

    assert code == 3
    assert "0/3 documents · 0 failed" in shown
    assert "pages, " in shown
    failure, counts = left_on(shown)
    assert failure.startswith(f"{inputs / 'hỏng.pdf'}: damaged or cut short; ")
    assert counts.startswith("documents: 3, converted: 2, unchanged: 0;")
    assert counts.endswith(f"; report: {inputs.parent / 'ra' / 'report.html'}")


def test_ctrl_c_on_a_terminal_tells_how_to_go_on(inputs: Path) -> None:
    for number in range(40):
        (inputs / f"văn bản {number}.txt").write_text(TEXT * (number + 1), encoding="utf-8")

    code, shown = on_a_terminal(command(inputs), stop_at="/43 documents")

    assert code == 130
    told = "\n".join(left_on(shown))
    assert "stopping once the pages in work are read; Ctrl-C again stops at once" in told
    assert "Run the same command again to convert the rest (documents: " in told
    assert "Traceback" not in shown


def test_programs_are_told_line_by_line_and_the_counts_at_the_end(inputs: Path) -> None:
    done = subprocess.run(
        command(inputs, "--log-json"), env=environment(), capture_output=True, check=False
    )

    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [event["event"] for event in events] == [*("document",) * 3, "progress", "end"]
    assert {event["outcome"] for event in events[:3]} == {"converted", "failed"}
    end = events[-1]
    assert (end["code"], end["name"], end["converted"], end["failures"]) == (3, "PARTIAL", 2, 1)
    assert Path(end["report"]).is_file()
    assert (end["left"], end["remarks"], done.stderr) == (0, [], b"")
    assert done.returncode == 3


def test_programs_are_told_the_end_of_a_run_that_is_refused(inputs: Path) -> None:
    refused = [*command(inputs, "--log-json"), "--out", str(inputs)]

    done = subprocess.run(refused, env=environment(), capture_output=True, check=False)

    (end,) = map(json.loads, done.stdout.splitlines())
    assert (end["event"], end["code"], done.returncode) == ("end", 30, 30)
    assert end["remarks"][0].startswith(f"{inputs}: --out is the input folder itself")
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_standard_output_that_is_full_is_not_taken_for_the_folder(inputs: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            command(inputs, "--log-json"),
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
        asked = subprocess.run(
            [sys.executable, "-m", "pipeline", "status", str(inputs.parent / "ra")],
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    for done in (ran, asked):
        assert done.returncode == 30
        assert done.stderr.startswith(b"stdout: cannot be written (no space left on the disk)")


def test_a_reader_that_has_seen_enough_does_not_end_the_run(inputs: Path) -> None:
    words = " ".join(f"'{word}'" for word in command(inputs, "--log-json"))

    subprocess.run(f"{words} | head -c 1", shell=True, env=environment(), check=True)

    made = {path.name for path in (inputs.parent / "ra").iterdir() if path.suffix == ".txt"}
    assert made == {"một.txt", "hai.txt"}


def test_what_is_left_is_what_no_run_has_ended(inputs: Path) -> None:
    subprocess.run(command(inputs), env=environment(), capture_output=True, check=False)
    (inputs / "a.pdf").write_bytes(b"%PDF-1.4")
    for number in range(9):
        (inputs / f"z{number}.txt").write_text(TEXT, encoding="utf-8")

    stopped = subprocess.run(
        command(inputs, "--on-error", "stop"), env=environment(), capture_output=True, check=False
    )

    assert stopped.returncode == 4
    left = re.search(rb"to convert the rest \(documents: (\d+)\)", stopped.stderr)
    assert left is not None
    assert 5 <= int(left[1]) <= 9


def test_what_is_tried_again_comes_last(inputs: Path) -> None:
    (inputs / "zz.txt").write_text(TEXT, encoding="utf-8")
    options = ("--on-error", "stop", "--retry-failed")
    for _ in range(2):
        last = subprocess.run(
            command(inputs, *options), env=environment(), capture_output=True, check=False
        )
    assert last.returncode == 4
    assert (inputs.parent / "ra" / "zz.txt").is_file()


def test_an_input_without_a_name_is_not_the_current_folder(tmp_path: Path) -> None:
    start = [sys.executable, "-m", "pipeline", "convert", "", "--out", str(tmp_path / "ra")]

    done = subprocess.run(start, env=environment(), capture_output=True, check=False)

    assert done.returncode == 2
    assert not (tmp_path / "ra").exists()

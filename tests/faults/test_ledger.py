"""Ledgers damaged or lost, two runs at once, clocks that jump, and what people have changed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
import runs
from clusters import until

pytestmark = pytest.mark.tesseract
LEDGER = Path(".vanban", "ledger.sqlite3")


@pytest.fixture
def no_reading(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which Tesseract is of the same version, but reads nothing."""
    if sys.platform == "win32":
        pytest.skip("the false Tesseract is a shell script")
    real = shutil.which("tesseract")
    script = f'case "$*" in *hocr*) exit 9;; esac\nexec {real} "$@"'
    return runs.put_program(tmp_path / "bin", "tesseract", script)


@pytest.fixture
def finished(inputs: Path, tmp_path: Path) -> Path:
    """Return the output folder of a run that has ended well."""
    out = tmp_path / "ra"
    assert runs.run(inputs, out).returncode == 0
    return out


def status(out: Path) -> dict[str, str]:
    """Return the state of each document."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "status", str(out), "--json"],
        env=runs.environment(),
        capture_output=True,
        check=True,
    )
    return {each["place"]: each["state"] for each in json.loads(done.stdout)["documents"]}


def test_a_second_run_reads_and_writes_nothing(
    inputs: Path, finished: Path, no_reading: dict[str, str]
) -> None:
    before = {path: path.stat().st_mtime_ns for path in finished.rglob("*.docx")}

    done = runs.run(inputs, finished, variables=no_reading)

    assert done.returncode == 0
    assert "converted: 0, unchanged: 6" in done.stderr
    assert {path: path.stat().st_mtime_ns for path in finished.rglob("*.docx")} == before


@pytest.mark.parametrize("how", ["garbage", "cut", "emptied", "deleted", "of another version"])
def test_a_ledger_that_is_damaged_is_rebuilt_from_the_outputs_without_reading_a_page(
    how: str,
    inputs: Path,
    finished: Path,
    undisturbed: Mapping[str, bytes],
    no_reading: dict[str, str],
) -> None:
    path = finished / LEDGER
    data = path.read_bytes()
    if how == "garbage":
        path.write_bytes(data[:2000] + b"\xff" * 3000 + data[5000:])
    elif how == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif how == "emptied":
        path.write_bytes(b"")
    elif how == "deleted":
        path.unlink()
    else:
        with sqlite3.connect(path) as ledger:
            ledger.execute("PRAGMA user_version = 99")

    done = runs.run(inputs, finished, variables=no_reading)

    assert done.returncode == 0, done.stderr
    assert "failures: 0" in done.stderr
    assert runs.outputs(finished) == undisturbed
    assert set(status(finished).values()) == {"done"}


def test_two_runs_on_one_folder_the_second_refuses(
    inputs: Path, tmp_path: Path, undisturbed: Mapping[str, bytes]
) -> None:
    out = tmp_path / "ra"
    first = runs.start(inputs, out)
    until((out / LEDGER).exists)
    first.send_signal(signal.SIGSTOP)  # so that it is not done before the second begins

    second = runs.run(inputs, out)

    first.send_signal(signal.SIGCONT)
    assert second.returncode == 32, second.stderr
    (line,) = second.stderr.splitlines()
    assert line.startswith(f"{out}: another run is writing")
    _, errors = first.communicate(timeout=120)
    assert first.returncode == 0, errors
    assert runs.outputs(out) == undisturbed


def test_the_clock_may_jump(inputs: Path, finished: Path) -> None:
    year = 365 * 24 * 3600
    changed = inputs / "sâu" / "công văn 1.txt"
    for moment in (time.time() + year, time.time() - 30 * year):
        with changed.open("a", encoding="utf-8") as file:
            file.write("Công văn này được bổ sung.\n")
        os.utime(changed, (moment, moment))

        done = runs.run(inputs, finished)

        assert done.returncode == 0, done.stderr
        assert "converted: 1, unchanged: 5" in done.stderr


def test_a_change_within_the_same_moment_and_of_the_same_length_is_seen(
    inputs: Path, tmp_path: Path
) -> None:
    out, changed = tmp_path / "ra", inputs / "sâu" / "công văn 1.txt"
    os.utime(changed)
    runs.run(inputs, out)
    stamp = changed.stat().st_mtime_ns
    text = changed.read_text(encoding="utf-8").replace("15 tháng 6", "16 tháng 7")
    with sqlite3.connect(out / LEDGER) as ledger:  # as if looked at in the moment of the change
        ledger.execute("UPDATE documents SET looked = ?", (stamp / 1e9,))
    changed.write_text(text, encoding="utf-8")
    os.utime(changed, ns=(stamp, stamp))

    assert "converted: 1, unchanged: 5" in runs.run(inputs, out).stderr
    assert "16 tháng 7" in (out / "sâu" / "công văn 1.txt").read_text(encoding="utf-8")


def test_only_what_is_missing_is_made_again_and_without_reading(
    inputs: Path, finished: Path, undisturbed: Mapping[str, bytes], no_reading: dict[str, str]
) -> None:
    (finished / "quét 1.docx").unlink()

    done = runs.run(inputs, finished, variables=no_reading)

    assert "converted: 1, unchanged: 5" in done.stderr
    assert runs.outputs(finished) == undisturbed


def test_other_settings_of_the_word_file_do_not_read_a_page_again(
    inputs: Path, finished: Path, no_reading: dict[str, str]
) -> None:
    before = runs.outputs(finished)
    dressed = ("--doubts", "none", "--layout", "as-printed")

    done = runs.run(inputs, finished, *dressed, variables=no_reading)

    assert "converted: 6" in done.stderr
    after = runs.outputs(finished)
    assert {name for name in after if after[name] != before[name]} <= {
        name for name in after if name.endswith(".docx")
    }


def test_the_same_content_under_two_names_is_read_once_and_written_twice(
    inputs: Path, tmp_path: Path
) -> None:
    shutil.copy(inputs / "quét 1.png", inputs / "bản sao.png")
    out, log = tmp_path / "ra", tmp_path / "calls"
    real = shutil.which("tesseract")
    counting = f'case "$*" in *hocr*) echo >> "{log}";; esac\nexec {real} "$@"'
    path = runs.put_program(tmp_path / "bin", "tesseract", counting)
    done = runs.run(inputs / "quét 1.png", tmp_path / "một", variables=path)
    once = len(log.read_text().splitlines())
    log.unlink()

    done = runs.run(inputs, out, "--include", "quét 1.png", "--include", "bản sao*", variables=path)

    assert done.returncode == 0
    assert len(log.read_text().splitlines()) == once
    files = runs.outputs(out)
    assert files["bản sao.docx"] == files["quét 1.docx"]
    assert files["bản sao.json"] == files["quét 1.json"].replace(
        "quét 1.png".encode(), "bản sao.png".encode()
    )


@pytest.mark.parametrize("policy", ["skip", "overwrite", "fail"])
def test_a_word_file_that_somebody_has_changed(
    policy: str, inputs: Path, finished: Path, undisturbed: Mapping[str, bytes]
) -> None:
    edited = finished / "quét 1.docx"
    edited.write_bytes(edited.read_bytes() + b"a reviewer's work")
    kept = edited.read_bytes()

    unchanged = runs.run(inputs, finished, "--on-existing", policy)
    assert unchanged.returncode == 0
    assert edited.read_bytes() == kept  # there is nothing to do, so nothing is done

    done = runs.run(inputs, finished, "--on-existing", policy, "--doubts", "none")

    assert done.returncode == (3 if policy == "fail" else 0), done.stderr
    assert (edited.read_bytes() == kept) == (policy != "overwrite")
    if policy != "overwrite":
        assert "quét 1" in done.stderr


def test_a_file_of_others_is_never_overwritten_unasked(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "ra"
    out.mkdir()
    (out / "quét 1.docx").write_bytes(b"somebody else's")

    done = runs.run(inputs, out)

    assert done.returncode == 0
    assert "left alone because of other files" in done.stderr
    assert (out / "quét 1.docx").read_bytes() == b"somebody else's"
    assert not (out / "quét 1.txt").exists()


@pytest.mark.parametrize(
    ("options", "code"),
    [(["--on-error", "stop"], 4), (["--max-failures", "1"], 4), (["--max-failures", "90%"], 3)],
)
def test_failures_stop_the_run_when_asked(
    options: list[str], code: int, inputs: Path, tmp_path: Path
) -> None:
    for number in range(3):
        (inputs / f"0 rỗng {number}.pdf").touch()
    for number in range(20):
        (inputs / f"z {number:02}.txt").write_text(f"Công văn số {number}\n", encoding="utf-8")

    done = runs.run(inputs, tmp_path / "ra", "--jobs", "1", *options)

    assert done.returncode == code, done.stderr
    converted = sum(name.endswith(".docx") for name in runs.outputs(tmp_path / "ra"))
    assert (converted < 26) == (code == 4)


def test_the_watch_takes_files_as_they_come_and_survives_bad_ones(
    inputs: Path, tmp_path: Path
) -> None:
    out = tmp_path / "ra"
    run = runs.start(inputs, out, "--watch")
    until((out / "quét 1.docx").exists)
    (inputs / "hỏng.pdf").write_bytes(b"%PDF-1.7 broken")
    (inputs / "mới.txt").write_text("Công văn mới đến trong ngày.\n", encoding="utf-8")
    until((out / "mới.docx").exists)
    run.send_signal(2)
    _, errors = run.communicate(timeout=60)

    assert "Traceback" not in errors
    assert errors.count("hỏng.pdf") == 1
    assert run.returncode == 3

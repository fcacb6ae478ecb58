"""Runs of the real command over a small folder, and what an undisturbed one gives."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import scans

from pipeline import tesseract
from pipeline.model import Document

ROOT = Path(__file__).resolve().parents[2]
TEXT = """\
TỈNH ỦY BÌNH SƠN
*
Số {number}-CV/TU
Kính gửi: Huyện ủy Suối Vàng
Ban Thường vụ Tỉnh ủy đề nghị Huyện ủy báo cáo kết quả trước ngày 15 tháng 6.
\fPhụ lục kèm theo công văn số {number}-CV/TU.
"""


def put_inputs(folder: Path, texts: int = 4, pictures: int = 1) -> Path:
    """Fill *folder* with texts of two pages, scans of one and a scan of two pages."""
    (folder / "sâu").mkdir(parents=True)
    for number in range(1, texts + 1):
        text = TEXT.format(number=number)
        (folder / "sâu" / f"công văn {number}.txt").write_text(text, encoding="utf-8")
    for number in range(pictures):
        lines = (f"Thông báo số {number + 1}-TB/TU", *scans.LINES[:2])
        scans.page(900, 300, lines).save(folder / f"quét {number + 1}.png", dpi=(150, 150))
    if pictures:
        first, second = (scans.page(900, 300, lines) for lines in (scans.LINES[:2], ("Phụ lục",)))
        first.save(folder / "hai trang.tif", save_all=True, append_images=[second], dpi=(150, 150))
    for file in folder.rglob("*"):
        os.utime(file, (1_600_000_000, 1_600_000_000))
    return folder


def command(inputs: Path | str, out: Path | str, *options: str) -> list[str]:
    """Return the command line of a run with two workers."""
    start = [sys.executable, "-m", "pipeline", "convert", str(inputs), "--out", str(out)]
    return [*start, "--jobs", "2", *options]


def environment(**variables: str) -> dict[str, str]:
    """Return the environment of a run, with *variables* set."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "VANBAN_LANG": "en", **variables}


def run(
    inputs: Path | str,
    out: Path | str,
    *options: str,
    variables: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Convert to the end; what is said has no traceback."""
    done = subprocess.run(
        command(inputs, out, *options),
        env=environment(**(variables or {})),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def start(
    inputs: Path | str, out: Path | str, *options: str, variables: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """Begin a run and come back at once."""
    return subprocess.Popen(
        command(inputs, out, *options),
        env=environment(**(variables or {})),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def outputs(out: Path) -> dict[str, bytes]:
    """Return what people see under *out*: names and bytes, but for the reports on the run."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".vanban" not in path.parts and not path.stem.startswith("report")
    }


def page_numbers(files: Mapping[str, bytes]) -> dict[str, list[int]]:
    """Return the page numbers of each record."""
    return {
        name: [page.number for page in Document.from_json(data).pages]
        for name, data in files.items()
        if name.endswith(".json")
    }


def put_program(folder: Path, name: str, script: str) -> dict[str, str]:
    """Write a shell script that stands before the real program on PATH; return the environment."""
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


class Gate:
    """A Tesseract that notes each page it begins, and waits until it may read."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._begun, self._open = folder / "begun", folder / "open"
        self._begun.touch()
        # It gives up after some minutes: a run that is killed may leave it behind.
        script = f"""\
case "$*" in *hocr*) echo >> "{self._begun}"
left=4000; while [ ! -e "{self._open}" ] && [ $((left -= 1)) -gt 0 ]; do sleep 0.05; done;; esac
exec {tesseract.program()} "$@\""""
        self.variables = put_program(folder / "bin", "tesseract", script)

    @property
    def begun(self) -> int:
        """How many pages were begun."""
        return len(self._begun.read_text().splitlines())

    def open(self) -> None:
        """Let them be read."""
        self._open.touch()

"""What runs over many pages cost: more processes, a cluster, memory, and a run with nothing to do.

Run with ``python -m tests.benchmarks.batch [MEASURE...] [--pages N]``; measures are ``scaling``,
``cluster``, ``memory``, ``again`` and ``resumed``. One table is printed, with what is to be
reached. Whole runs of the real command are timed, from start to end, and what is compared takes
turns (a b b a), so that a machine that slows down slows both; still, only a quiet machine gives
figures worth keeping.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, sleep
from typing import Final

from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from pipeline import sources
from pipeline.image import PageImage
from pipeline.settings import SourceSettings
from tests.end_to_end.clusters import Cluster

ROOT: Final = Path(__file__).resolve().parents[2]
SCANS: Final = ROOT / "samples" / "scans"
PICTURE: Final = SourceSettings(text_layer="never")
TURNS: Final = 2
ENVIRONMENT: Final = {**os.environ, "PYTHONPATH": str(ROOT), "VANBAN_LANG": "en"}
# Runs the command in a process of its own and tells the largest memory that it has had, in KiB.
LAUNCHER: Final = """
import sys
from pathlib import Path
from pipeline.cli import main
code = main(sys.argv[1:])
status = Path("/proc/self/status").read_text()
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
sys.exit(code)
"""

Row = tuple[str, str, str, str]


def scaling(folder: Path, pages: int) -> Iterator[Row]:
    """Compare two processes with one, on pages of the samples."""
    put_pages(folder / "in", pages)
    one, two = _in_turn(
        folder,
        lambda out: convert(folder / "in", out, "--jobs", "1"),
        lambda out: convert(folder / "in", out, "--jobs", "2"),
    )
    speeds = f"{60 * pages / one:.1f} and {60 * pages / two:.1f} pages/min"
    yield f"2 processes to 1, {pages} pages", f"{one / two:.2f}", "1.85", speeds


def cluster(folder: Path, pages: int) -> Iterator[Row]:
    """Compare two Dask workers on this machine with two processes; the bytes must be the same."""
    put_pages(folder / "in", pages)
    with Cluster(folder / "cluster") as dask:
        dask.start(workers=2)
        near, far = _in_turn(
            folder,
            lambda out: convert(folder / "in", out, "--jobs", "2"),
            lambda out: convert(folder / "in", out, "--jobs", "2", "--cluster", dask.address),
        )
    same = _outputs(folder / "out 0") == _outputs(folder / "out 1")
    note = "the same to the last byte" if same else "NOT THE SAME BYTES"
    yield f"2 Dask workers to 2 processes, {pages} pages", f"{near / far:.2f}", "0.90", note


def memory(folder: Path, pages: int) -> Iterator[Row]:
    """Compare the largest memory of the main process on *pages* and on ten times as many."""
    for kind, put in (("in one document", put_long), ("in as many documents", put_small)):
        used = []
        for number in (pages, 10 * pages):
            source = folder / f"{kind} {number}"
            put(source, number)
            used.append(_largest(source, folder / f"out {kind} {number}"))
        small, large = used
        note = f"{small:.0f} and {large:.0f} MiB"
        yield (
            f"memory, {10 * pages} to {pages} pages {kind}",
            f"{large / small:.2f}",
            "≤ 1.10",
            note,
        )


def again(folder: Path, documents: int) -> Iterator[Row]:
    """Time a second run over ten times so many finished documents, and count its OCR."""
    put_small(folder / "in", documents)
    for number in range(9 * documents):
        text = f"Số {number}-CV/TU\nKính gửi: Huyện ủy Suối Vàng\n"
        (folder / "in" / f"công văn {number}.txt").write_text(text, encoding="utf-8")
    convert(folder / "in", folder / "out")
    counted = _Counted(folder)
    seconds = convert(folder / "in", folder / "out", variables=counted.variables)
    note = f"{counted.pages()} pages read"
    yield f"second run, {10 * documents} documents", f"{seconds:.1f} s", "< 5 s", note


def resumed(folder: Path, pages: int) -> Iterator[Row]:
    """Kill a run over ten times so many pages twice, with -9, and let it go on each time."""
    source, all_pages = folder / "in", 10 * pages
    put_small(source, 9 * pages)
    put_long(source / "long", pages)
    calm = _Counted(folder / "calm")
    convert(source, folder / "out calm", variables=calm.variables)
    counted = _Counted(folder / "killed")
    for share in (0.3, 0.7):
        command = _command(source, folder / "out")
        environment = {**ENVIRONMENT, **counted.variables}
        run = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        while counted.pages() < share * calm.pages():
            sleep(0.1)
        run.kill()
        run.wait()
    convert(source, folder / "out", variables=counted.variables)
    same = _outputs(folder / "out calm") == _outputs(folder / "out")
    documents = len(list((folder / "out").rglob("*.docx")))
    twice = counted.pages() - calm.pages()
    note = f"{documents} documents, the same to the last byte" if same else "NOT THE SAME BYTES"
    yield f"read twice, {all_pages} pages, killed twice", f"{twice}", "in flight", note


class _Counted:
    """A Tesseract that counts how often it reads."""

    def __init__(self, folder: Path) -> None:
        program = folder / "bin" / "tesseract"
        program.parent.mkdir(parents=True)
        self._calls = folder / "calls"
        self._calls.touch()
        script = f'#!/bin/sh\necho "$*" >> "{self._calls}"\nexec {shutil.which("tesseract")} "$@"\n'
        program.write_text(script, encoding="utf-8")
        program.chmod(0o755)
        self.variables = {"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}

    def pages(self) -> int:
        """Return how many pages were read, second looks at parts of them left out."""
        return sum("hocr" in call and "--psm 3" in call for call in self._calls.open())


MEASURES: Final = {
    "scaling": scaling,
    "cluster": cluster,
    "memory": memory,
    "again": again,
    "resumed": resumed,
}


def convert(
    source: Path, out: Path, *options: str, variables: dict[str, str] | None = None
) -> float:
    """Run the command; return its seconds."""
    environment = {**ENVIRONMENT, **(variables or {})}
    started = perf_counter()
    subprocess.run(
        [*_command(source, out), *options], env=environment, check=True, capture_output=True
    )
    return perf_counter() - started


def _command(source: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "pipeline", "convert", str(source), "--out", str(out)]


def _in_turn(folder: Path, *ways: Callable[[Path], float]) -> list[float]:
    """Go each of the *ways* several times, in turn; return the seconds of each."""
    seconds = [0.0] * len(ways)
    for turn in range(TURNS):
        for number in range(len(ways)) if turn % 2 == 0 else reversed(range(len(ways))):
            out = folder / f"out {number}"
            shutil.rmtree(out, ignore_errors=True)
            seconds[number] += ways[number](out) / TURNS
    return seconds


def _largest(source: Path, out: Path) -> float:
    """Run the command; return the MiB of its main process."""
    command = [sys.executable, "-c", LAUNCHER, "convert", str(source), "--out", str(out)]
    done = subprocess.run(command, env=ENVIRONMENT, check=True, capture_output=True, text=True)
    return int(done.stdout) / 1024


def _outputs(folder: Path) -> dict[str, bytes]:
    """Return what people see in *folder*, but for the reports on the run."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".vanban" not in path.parts and not path.stem.startswith("report")
    }


def put_pages(folder: Path, number: int) -> None:
    """Put so many pages of the samples into *folder*, no two files the same."""
    folder.mkdir(parents=True)
    pages = []
    for path in sorted(SCANS.iterdir()):
        if path.suffix != ".txt":
            count = sources.probe(path, PICTURE).pages
            pages += [sources.read_page(path, index, PICTURE) for index in range(count)]
    for index, page in zip(range(number), itertools.cycle(pages), strict=False):
        assert isinstance(page, PageImage)
        own = PngInfo()
        own.add_text("Comment", str(index))
        dpi = (page.dpi, page.dpi) if page.dpi else None
        picture = Image.fromarray(page.pixels)
        picture.save(folder / f"{index:04}.png", dpi=dpi, pnginfo=own, compress_level=1)


def put_small(folder: Path, number: int) -> None:
    """Put so many small pictures of one line into *folder*."""
    folder.mkdir(parents=True)
    for index in range(number):
        _line(index).save(folder / f"{index:04}.png", dpi=(150, 150))


def put_long(folder: Path, number: int) -> None:
    """Put one document of so many small pages into *folder*."""
    folder.mkdir(parents=True)
    first, *others = (_line(index) for index in range(number))
    first.save(folder / "a.tif", save_all=True, append_images=others, compression="group4")


def _line(number: int) -> Image.Image:
    image = Image.new("1", (420, 80), 1)
    text = f"Công văn số {number}-CV/TU"
    ImageDraw.Draw(image).text((20, 20), text, font=ImageFont.load_default(28), fill=0)
    return image


def main() -> None:
    """Read the command line, measure, print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.batch", description=__doc__, allow_abbrev=False
    )
    parser.add_argument("measures", nargs="*", choices=[*MEASURES, []], metavar="MEASURE")
    parser.add_argument("--pages", type=int, default=100)
    options = parser.parse_args()
    rows: list[Row] = [("measure", "found", "reach", "")]
    for name in options.measures or MEASURES:
        with tempfile.TemporaryDirectory() as folder:
            rows.extend(MEASURES[name](Path(folder), options.pages))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")  # noqa: T201
    for row in rows:
        cells = (row[0].ljust(widths[0]), row[1].rjust(widths[1]), row[2].rjust(widths[2]), row[3])
        print("  ".join(cells))  # noqa: T201


if __name__ == "__main__":
    main()

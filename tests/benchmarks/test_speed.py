"""How fast the stages are, and the whole against plain Tesseract, in one run on one machine.

Run with ``make bench``. Absolute times mean little on a shared machine; compare the rows, and read
the ratios in the last one.
"""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest
from PIL import Image
from pytest_benchmark.fixture import BenchmarkFixture

from pipeline import correction, imaging, process, recognition, sources, structure, writers
from pipeline.image import PageImage
from pipeline.model import Document, Page, Source
from pipeline.settings import Settings, SourceSettings
from tests.benchmarks.plain import plain_command, plain_tesseract

SETTINGS = Settings()
PICTURES = SourceSettings(text_layer="never")
COPIES = {"samples": 6, "real": 2}  # a run should be long beside its start
ROUNDS = 3
# A process counts the memory of the one that started it, until it is its own: this one is small.
LAUNCHER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.fixture(scope="session")
def clean(scans: list[Path]) -> PageImage:
    """A good page at 300 dpi."""
    png = next(path for path in scans if path.suffix == ".png")
    page = sources.read_page(png, 0, SETTINGS.sources)
    assert isinstance(page, PageImage)
    return page


@pytest.fixture(scope="session")
def read(clean: PageImage) -> Document:
    """The same page, recognised."""
    lines = recognition.recognise(imaging.clean(clean, SETTINGS.imaging)[0], SETTINGS.recognition)
    return Document(Source("chi-thi.png", "0" * 64), (Page(1, lines=lines),))


def test_imaging_of_a_clean_page(benchmark: BenchmarkFixture, clean: PageImage) -> None:
    benchmark.pedantic(imaging.clean, (clean, SETTINGS.imaging), rounds=5, warmup_rounds=1)


def test_recognition_of_a_clean_page(benchmark: BenchmarkFixture, clean: PageImage) -> None:
    page = imaging.clean(clean, SETTINGS.imaging)[0]
    benchmark.pedantic(recognition.recognise, (page, SETTINGS.recognition), rounds=3)


def test_correction_of_a_page(benchmark: BenchmarkFixture, read: Document) -> None:
    benchmark.pedantic(correction.correct, (read, SETTINGS.correction), rounds=5, warmup_rounds=1)


def test_structure_of_a_page(benchmark: BenchmarkFixture, read: Document) -> None:
    corrected = process.correct(read, SETTINGS)
    benchmark.pedantic(structure.rebuild, (corrected, SETTINGS.structure), rounds=5)


def test_writing_a_word_file(benchmark: BenchmarkFixture, read: Document) -> None:
    finished = process.finish(read, SETTINGS)
    benchmark.pedantic(writers.write, (finished, "docx", SETTINGS.writers), rounds=5)


@pytest.mark.parametrize("data", ["samples", "real"])
def test_the_whole_against_others(
    benchmark: BenchmarkFixture, scans: list[Path], tmp_path: Path, data: str
) -> None:
    """Pages per minute of ``vanban convert``, ``tesseract`` and, where it is installed, OCRmyPDF.

    All with one job per core on the same pages, one after the other, and again: what else the
    machine does changes within minutes. The ratio is the median one, beside the extremes. Memory is
    that of the largest process.
    """
    if data == "real":
        scans = _real()
    batch = _copies(scans, tmp_path / "in", COPIES[data])
    pages = _images(batch, tmp_path)
    jobs = os.cpu_count() or 1
    ocrmypdf = shutil.which("ocrmypdf")
    command = [sys.executable, "-m", "pipeline", "convert", str(tmp_path / "in"), "--out"]
    rounds: list[dict[str, tuple[float, float]]] = []

    def convert() -> None:
        out = tmp_path / f"out-{len(rounds)}"
        rounds[-1]["vanban"] = _run([*command, str(out)])

    def next_round() -> None:
        started = perf_counter()
        with ThreadPoolExecutor(jobs) as pool:
            list(pool.map(plain_tesseract, pages))
        seconds = perf_counter() - started
        rounds.append({"tesseract": (seconds, _run(plain_command(pages[0]))[1])})
        if ocrmypdf:
            rounds[-1]["ocrmypdf"] = _ocrmypdf(ocrmypdf, pages, jobs, tmp_path)

    benchmark.pedantic(convert, setup=next_round, rounds=ROUNDS)
    print(f"\n{data}: {len(pages)} pages, {jobs} jobs, {ROUNDS} rounds")  # noqa: T201
    print("program    pages/min  vanban to it         MiB")  # noqa: T201
    for name in rounds[0]:
        ratios = sorted(used[name][0] / used["vanban"][0] for used in rounds)
        benchmark.extra_info[f"speed against {name}"] = median(ratios)
        speed = 60 * len(pages) / median(used[name][0] for used in rounds)
        memory = max(used[name][1] for used in rounds)
        told = f"{median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})"
        print(f"{name:<9}  {speed:>9.1f}  {told:>16}  {memory:>6.0f}")  # noqa: T201


def _run(command: list[str]) -> tuple[float, float]:
    """Run a program; return its seconds, and the MiB of the largest of its processes."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1", "VANBAN_SOURCES_TEXT_LAYER": "never"}
    # As an installed program, which is compiled when it comes.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    launched = [sys.executable, "-S", "-c", LAUNCHER, *command]
    started = perf_counter()
    told = subprocess.run(launched, env=environment, check=True, capture_output=True, text=True)
    return perf_counter() - started, int(told.stdout) / 1024


def _ocrmypdf(program: str, pages: list[Path], jobs: int, folder: Path) -> tuple[float, float]:
    """Let OCRmyPDF read *pages* in one PDF."""
    images = [Image.open(page).convert("L") for page in pages]
    images[0].save(folder / "all.pdf", save_all=True, append_images=images[1:], resolution=300)
    command = [program, "-q", "-l", "vie", "--jobs", str(jobs), "--output-type", "pdf"]
    return _run([*command, str(folder / "all.pdf"), str(folder / "read.pdf")])


def _real() -> list[Path]:
    """Return the real scans under the folder that SHARED names."""
    shared = os.environ.get("SHARED")
    if not shared:
        pytest.skip("needs real scans: make bench SHARED=folder")
    return sorted(
        path for path in Path(shared, "scans").iterdir() if path.suffix in {".pdf", ".jpg"}
    )


def _copies(scans: list[Path], folder: Path, copies_of_each: int) -> list[Path]:
    """Put each scan several times into *folder*.

    No two have the same content: that would be read once.
    """
    folder.mkdir()
    copies = []
    for number in range(copies_of_each):
        for path in scans:
            copies.append(folder / f"{number}-{path.name}")
            copies[-1].write_bytes(path.read_bytes() + number * b"\n")
    return copies


def _images(scans: list[Path], folder: Path) -> list[Path]:
    """Save every page as Tesseract takes it."""
    saved = []
    for path in scans:
        for index in range(sources.probe(path, SETTINGS.sources).pages):
            page = sources.read_page(path, index, PICTURES)
            assert isinstance(page, PageImage)
            target = folder / f"{path.stem}-{index}.png"
            Image.fromarray(page.pixels).save(target)
            saved.append(target)
    return saved

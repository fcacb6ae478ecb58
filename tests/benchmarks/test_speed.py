"""How fast the stages are, and the whole against plain Tesseract, in one run on one machine.

Run with ``make bench``. Absolute times mean little on a shared machine; compare the rows, and read
the ratio in the last one.
"""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

import pytest
from PIL import Image
from pytest_benchmark.fixture import BenchmarkFixture

from pipeline import correction, imaging, process, recognition, sources, structure, writers
from pipeline.image import PageImage
from pipeline.model import Document, Page, Source
from pipeline.settings import Settings
from tests.benchmarks.plain import plain_tesseract

SETTINGS = Settings()


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


def test_the_whole_against_plain_tesseract(
    benchmark: BenchmarkFixture, scans: list[Path], tmp_path: Path
) -> None:
    """Pages per minute of ``vanban convert`` and of ``tesseract``, both with one job per core."""
    pages = _images(scans, tmp_path)
    jobs = os.cpu_count() or 1

    def convert() -> None:
        out = tmp_path / "out"
        shutil.rmtree(out, ignore_errors=True)
        command = [sys.executable, "-m", "pipeline", "convert", *map(str, scans), "--out", str(out)]
        subprocess.run(command, check=True, capture_output=True)

    started = perf_counter()
    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(plain_tesseract, pages))
    plain = perf_counter() - started
    benchmark.pedantic(convert, rounds=2)
    ours = benchmark.stats.stats.median
    benchmark.extra_info |= {"pages": len(pages), "speed against plain tesseract": plain / ours}
    print(  # noqa: T201  # the figure that this benchmark is for
        f"\n{len(pages)} pages, {jobs} jobs: tesseract {60 * len(pages) / plain:.1f} a minute, "
        f"vanban {60 * len(pages) / ours:.1f}, ratio {plain / ours:.2f}"
    )


def _images(scans: list[Path], folder: Path) -> list[Path]:
    """Save every page as Tesseract takes it."""
    saved = []
    for path in scans:
        for index in range(sources.probe(path, SETTINGS.sources).pages):
            page = sources.read_page(path, index, SETTINGS.sources)
            assert isinstance(page, PageImage)
            target = folder / f"{path.stem}-{index}.png"
            Image.fromarray(page.pixels).save(target)
            saved.append(target)
    return saved

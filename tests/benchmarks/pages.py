"""How well pages are read: real ones and damaged ones, by vanban and by plain Tesseract.

Run with ``python -m tests.benchmarks.pages SHARED [PROFILE...]``; SHARED is the folder that holds
``scans/`` and ``born_digital/``. One table is printed, a row for each set of pages: word error rate
over the whole page in its reading order (strict), and character error rate of each line of the
truth against the stretch of the output that suits it best, whatever the order. Both readers get the
same pixels, one after the other; seconds are those of one process and compare within a run only.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np
from PIL import Image
from rapidfuzz.distance import Levenshtein

from pipeline import process, sources
from pipeline.evaluation.canonical import canonical
from pipeline.image import PageImage
from pipeline.model import Document, Source
from pipeline.settings import Settings, SourceSettings
from tests.benchmarks.damage import DRAWN, PROFILES, damaged
from tests.benchmarks.plain import plain_tesseract

SETTINGS: Final = Settings()
PICTURE: Final = SourceSettings(dpi=DRAWN, text_layer="never")
HEAD: Final = (
    "set",
    "pages",
    "words",
    "plain WER",
    "WER",
    "plain line CER",
    "line CER",
    "plain s",
    "s",
)


@dataclass(frozen=True, slots=True)
class Task:
    """A page to be read: where it is, how it is damaged (not at all if empty), and its truth."""

    path: Path
    index: int
    profile: str
    truth: str


@dataclass(frozen=True, slots=True)
class Score:
    """Errors of one reader on one page."""

    words: int
    word_errors: int
    characters: int
    character_errors: int
    seconds: float


def tasks(shared: Path, profiles: list[str]) -> Iterator[Task]:
    """Yield the pages with truth: the real scans as they are, the born-digital ones damaged."""
    if not profiles or "real" in profiles:
        for truth in sorted((shared / "scans").glob("*.gt.txt")):
            stem = truth.name.removesuffix(".gt.txt")
            path = next(p for p in truth.parent.glob(f"{stem}.*") if p.suffix != ".txt")
            yield Task(path, 0, "", truth.read_text(encoding="utf-8"))
    for profile in profiles or PROFILES:
        if profile == "real":
            continue
        for path in sorted((shared / "born_digital").glob("*.pdf")):
            pages = path.with_suffix(".txt").read_text(encoding="utf-8").split("\f")
            for index, text in enumerate(pages):
                if text.strip():
                    yield Task(path, index, profile, text)


def read(task: Task) -> tuple[Score, Score]:
    """Return how plain Tesseract and vanban read a page."""
    page = sources.read_page(task.path, task.index, PICTURE)
    assert isinstance(page, PageImage)
    if task.profile:
        rgb = page.pixels if page.pixels.ndim == 3 else np.stack([page.pixels] * 3, -1)
        page = damaged(rgb, task.profile, task.index)
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder, "page.png")
        Image.fromarray(page.pixels).save(image, dpi=(page.dpi or DRAWN,) * 2)
        started = perf_counter()
        plain_tesseract(image)
        plain = _score(task.truth, image.with_suffix(".txt").read_text("utf-8"), started)
        started = perf_counter()
        document = Document(Source("page", "0" * 64), process.read_page(image, 0, SETTINGS))
        pages = process.correct(document, SETTINGS).pages
        lines = [line for page in pages for line in page.lines]
        text = "\n".join(" ".join(word.text for word in line.words) for line in lines)
        return plain, _score(task.truth, text, started)


def _score(truth: str, output: str, started: float) -> Score:
    seconds = perf_counter() - started
    written = canonical(output)
    words = canonical(truth).split()
    lines = [line for line in map(canonical, truth.splitlines()) if line]
    return Score(
        len(words),
        Levenshtein.distance(words, written.split()),
        sum(map(len, lines)),
        sum(best_distance(line, written) for line in lines),
        seconds,
    )


def best_distance(line: str, text: str) -> int:
    """Return the edit distance of *line* to the stretch of *text* that suits it best."""
    letters = np.array([ord(letter) for letter in text], np.int64)
    ramp = np.arange(len(letters) + 1)
    row = np.zeros(len(letters) + 1, np.int64)  # a stretch begins anywhere at no cost
    for number, letter in enumerate(line, 1):
        fresh = np.concatenate(
            [[number], np.minimum(row[:-1] + (letters != ord(letter)), row[1:] + 1)]
        )
        row = np.minimum.accumulate(fresh - ramp) + ramp
    return int(row.min())


def main(shared: Path, profiles: list[str]) -> None:
    """Read every page and print the table."""
    every = list(tasks(shared, profiles))
    with ProcessPoolExecutor() as pool:
        scores = list(pool.map(read, every, chunksize=1))
    rows = [HEAD]
    for name in dict.fromkeys(task.profile for task in every):
        some = [pair for task, pair in zip(every, scores, strict=True) if task.profile == name]
        rows.append(_row(name or "real", some))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=True)))  # noqa: T201


def _row(name: str, pairs: list[tuple[Score, Score]]) -> tuple[str, ...]:
    plain, ours = zip(*pairs, strict=True)
    words = sum(score.words for score in ours)

    def wer(scores: tuple[Score, ...]) -> str:
        return f"{sum(s.word_errors for s in scores) / words:.2%}"

    def cer(scores: tuple[Score, ...]) -> str:
        return f"{sum(s.character_errors for s in scores) / sum(s.characters for s in scores):.2%}"

    seconds = [f"{np.median([s.seconds for s in scores]):.1f}" for scores in (plain, ours)]
    return (
        name,
        str(len(pairs)),
        str(words),
        wer(plain),
        wer(ours),
        cer(plain),
        cer(ours),
        *seconds,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])

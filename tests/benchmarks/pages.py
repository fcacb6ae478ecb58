"""How well pages are read: real ones and damaged ones, by vanban and by plain Tesseract.

Run with ``python -m tests.benchmarks.pages SHARED [SET...]``; SHARED is the folder that holds
``scans/`` and ``born_digital/``, the sets are ``samples``, ``real`` and the profiles of damage. One
table is printed, a row for each set: word error rate over the whole page in its reading order
(strict); the same against the text layer that the page was drawn from, in the order of the design
(columns one after the other, tables cell by cell, page numbers and captions aside), where a PDF has
its text as it was typed; word and character error rate of each line of the truth against the
stretch of the output that suits it best, whatever the order; on how many pages our strict WER is
above the plain one.
Both readers get the same pixels, one after the other; seconds are those of one process and compare
within a run only.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
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
    "plain in order",
    "in order",
    "plain line WER",
    "line WER",
    "plain line CER",
    "line CER",
    "worse",
    "plain s",
    "s",
)


@dataclass(frozen=True, slots=True)
class Task:
    """Pages to be read as one text: where they are, how they are damaged, and their truth.

    Attributes:
        in_order: the truth in the order of the design.
    """

    set: str
    path: Path
    indices: tuple[int, ...]
    truth: str
    in_order: str


@dataclass(frozen=True, slots=True)
class Score:
    """Errors of one reader on one page."""

    words: int
    word_errors: int
    words_in_order: int
    errors_in_order: int
    line_word_errors: int
    characters: int
    character_errors: int
    seconds: float


def tasks(shared: Path, sets: list[str]) -> Iterator[Task]:
    """Yield the pages with truth: samples and real scans as they are, born-digital ones damaged."""
    for name in sets or ("samples", "real", *PROFILES):
        match name:
            case "samples":
                yield from _samples()
            case "real":
                for truth in sorted((shared / "scans").glob("*.gt.txt")):
                    stem = truth.name.removesuffix(".gt.txt")
                    path = next(p for p in truth.parent.glob(f"{stem}.*") if p.suffix != ".txt")
                    text = truth.read_text(encoding="utf-8")
                    yield Task(name, path, (0,), text, text)
            case profile:
                yield from _born_digital(shared, profile)


def _samples() -> Iterator[Task]:
    for path in sorted(Path("samples/scans").iterdir()):
        if path.suffix != ".txt":
            truth = Path("samples/truth", f"{path.stem}.truth.txt").read_text(encoding="utf-8")
            pages = sources.probe(path, SETTINGS.sources).pages
            yield Task("samples", path, tuple(range(pages)), truth, truth)


def _born_digital(shared: Path, profile: str) -> Iterator[Task]:
    for path in sorted((shared / "born_digital").glob("*.pdf")):
        pages = path.with_suffix(".txt").read_text(encoding="utf-8").split("\f")
        for index, text in enumerate(pages):
            if text.strip():
                yield Task(profile, path, (index,), text, _text_layer(path, index))


@cache
def _text_layer(path: Path, index: int) -> str:
    """Return the text that lies in a page of a PDF, none of it corrected."""
    pages = process.read_page(path, index, SETTINGS)
    return process.rebuild(Document(Source(path.name, "0" * 64), pages), SETTINGS).text


def read(task: Task) -> tuple[Score, Score]:
    """Return how plain Tesseract and vanban read some pages."""
    plain, ours = "", ""
    plain_seconds = our_seconds = 0.0
    for index in task.indices:
        page = sources.read_page(task.path, index, PICTURE)
        assert isinstance(page, PageImage)
        if task.set in PROFILES:
            rgb = page.pixels if page.pixels.ndim == 3 else np.stack([page.pixels] * 3, -1)
            page = damaged(rgb, task.set, index)
        with tempfile.TemporaryDirectory() as folder:
            image = Path(folder, "page.png")
            Image.fromarray(page.pixels).save(image, dpi=(page.dpi or DRAWN,) * 2)
            started = perf_counter()
            plain_tesseract(image)
            plain += image.with_suffix(".txt").read_text("utf-8")
            plain_seconds += perf_counter() - started
            started = perf_counter()
            ours += _vanban(image)
            our_seconds += perf_counter() - started
    return _score(task, plain, plain_seconds), _score(task, ours, our_seconds)


def _vanban(image: Path) -> str:
    """Return the text of a page as ``--formats txt`` writes it."""
    document = Document(Source("page", "0" * 64), process.read_page(image, 0, SETTINGS))
    return process.rebuild(process.correct(document, SETTINGS), SETTINGS).text


def _score(task: Task, output: str, seconds: float) -> Score:
    written = canonical(output)
    words, in_order = canonical(task.truth).split(), canonical(task.in_order).split()
    lines = [line for line in map(canonical, task.truth.splitlines()) if line]
    return Score(
        len(words),
        Levenshtein.distance(words, written.split()),
        len(in_order),
        Levenshtein.distance(in_order, written.split()),
        sum(best_distance(line.split(), written.split()) for line in lines),
        sum(map(len, lines)),
        sum(best_distance(line, written) for line in lines),
        seconds,
    )


def best_distance(line: Sequence[str], text: Sequence[str]) -> int:
    """Return the edit distance of *line* to the stretch of *text* that suits it best."""
    codes = {part: code for code, part in enumerate({*line, *text})}
    letters = np.array([codes[part] for part in text], np.int64)
    ramp = np.arange(len(letters) + 1)
    row = np.zeros(len(letters) + 1, np.int64)  # a stretch begins anywhere at no cost
    for number, part in enumerate(line, 1):
        fresh = np.concatenate(
            [[number], np.minimum(row[:-1] + (letters != codes[part]), row[1:] + 1)]
        )
        row = np.minimum.accumulate(fresh - ramp) + ramp
    return int(row.min())


def main(shared: Path, sets: list[str]) -> None:
    """Read every page and print the table."""
    every = list(tasks(shared, sets))
    with ProcessPoolExecutor() as pool:
        scores = list(pool.map(read, every, chunksize=1))
    rows = [HEAD]
    for name in dict.fromkeys(task.set for task in every):
        some = [pair for task, pair in zip(every, scores, strict=True) if task.set == name]
        rows.append(_row(name, some))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=True)))  # noqa: T201


def _row(name: str, pairs: list[tuple[Score, Score]]) -> tuple[str, ...]:
    plain, ours = zip(*pairs, strict=True)
    words = sum(score.words for score in ours)

    def wer(scores: tuple[Score, ...]) -> str:
        return f"{sum(s.word_errors for s in scores) / words:.2%}"

    def in_order(scores: tuple[Score, ...]) -> str:
        errors = sum(s.errors_in_order for s in scores)
        return f"{errors / sum(s.words_in_order for s in scores):.2%}"

    def line_wer(scores: tuple[Score, ...]) -> str:
        return f"{sum(s.line_word_errors for s in scores) / words:.2%}"

    def cer(scores: tuple[Score, ...]) -> str:
        return f"{sum(s.character_errors for s in scores) / sum(s.characters for s in scores):.2%}"

    seconds = [f"{np.median([s.seconds for s in scores]):.1f}" for scores in (plain, ours)]
    return (
        name,
        str(len(pairs)),
        str(words),
        wer(plain),
        wer(ours),
        in_order(plain),
        in_order(ours),
        line_wer(plain),
        line_wer(ours),
        cer(plain),
        cer(ours),
        str(sum(our.word_errors > its.word_errors for its, our in pairs)),
        *seconds,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])

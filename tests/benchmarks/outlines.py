"""How well outlines are rebuilt: from clean text, from PDFs and from damaged scans of them.

Run with ``python -m tests.benchmarks.outlines SHARED [SET...]``; SHARED is the folder that holds
``born_digital/``, the sets are ``text``, ``pdf`` and the profiles of damage. One row is printed for
each set: units of the truth (in ``outlines/`` beside this file), precision, recall and F1.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from pipeline import process, sources
from pipeline.evaluation.structure import OUTLINE, Form, Score, read_form, score, total
from pipeline.image import PageImage
from pipeline.model import Document, Page, Source
from pipeline.outline import outline
from pipeline.settings import Settings
from tests.benchmarks.damage import PROFILES, damaged
from tests.benchmarks.pages import PICTURE

SETTINGS: Final = Settings()
TRUTH: Final = Path(__file__).parent / "outlines"
SETS: Final = ("text", "pdf", "office", "fax", "photo", "skew", "seal")


def scored(path: Path, name: str) -> Score:
    """Return how well the outline of the PDF at *path* is rebuilt from the set *name* of it."""
    pages = tuple(page for pages in _pages(path, name) for page in pages)
    made = process.finish(Document(Source(path.name, "0" * 64), pages), SETTINGS)
    truth = read_form(TRUTH / f"{path.stem}{OUTLINE}")
    return score(path.stem, truth, Form(outline(made)))


def _pages(path: Path, name: str) -> Iterator[tuple[Page, ...]]:
    read = path.with_suffix(".txt") if name == "text" else path
    for index in range(sources.probe(read, SETTINGS.sources).pages):
        if name not in PROFILES:
            yield process.read_page(read, index, SETTINGS)
            continue
        page = sources.read_page(path, index, PICTURE)
        assert isinstance(page, PageImage)
        rgb = page.pixels if page.pixels.ndim == 3 else np.stack([page.pixels] * 3, -1)
        with tempfile.TemporaryDirectory() as folder:
            image = Path(folder, "page.png")
            Image.fromarray(damaged(rgb, name, index).pixels).save(image)
            yield process.read_page(image, 0, SETTINGS)


def main(shared: Path, names: list[str]) -> None:
    """Print a row for each set."""
    paths = [
        shared / "born_digital" / f"{truth.name.removesuffix(OUTLINE)}.pdf" for truth in _all()
    ]
    print("set     units  precision  recall     F1")  # noqa: T201
    with ProcessPoolExecutor() as pool:
        for name in names or SETS:
            scores = list(pool.map(partial(scored, name=name), paths))
            sums = total(scores)
            rates = f"{sums.precision:>9.3f}  {sums.recall:>6.3f}  {sums.f1:>5.3f}"
            print(f"{name:<6}  {sums.units:>5}  {rates}")  # noqa: T201


def _all() -> list[Path]:
    return sorted(TRUTH.glob(f"*{OUTLINE}"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])

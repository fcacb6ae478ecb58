"""Makes the sets that correction is measured on, from the part of a corpus nothing was trained on.

Run with ``python -m tests.benchmarks.held_out CORPUS OUT``; takes some fifteen minutes. Below OUT
every set is a pair of folders, ``SET/truth`` and ``SET/read``, of files with the same names:

- ``clean-DOMAIN``: the text itself, of which nothing is to be changed,
- ``stripped-DOMAIN``: its marks taken off,
- ``english``: printed, damaged a little, read by Tesseract's English model,
- ``vie-light``, ``vie-medium``, ``vie-heavy``: printed, damaged more and more, and read as
  ``vanban convert`` reads: records with confidences and alternatives.

A document is one held-out block of a corpus file. Paragraphs that the training part holds as well
are left out: those of which more than half of the runs of eight syllables stand there.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Final

from rapidfuzz.distance.Indel import normalized_similarity as ratio

from pipeline import imaging, recognition, tesseract
from pipeline.correction.channel import bare
from pipeline.image import PageImage
from pipeline.model import Document, Line, Page, Source
from pipeline.recognition import hocr
from pipeline.settings import RecognitionSettings, Settings
from pipeline.training import corpus, rendering

RUN: Final = 8  # syllables
BLOCKS: Final = {"party": 40, "legal": 40, "news": 40}  # documents a domain at most
# Party documents proper; the news about the Party and the encyclopedia are no directives.
PARTY_FILES: Final = ("party", "party_local")
PAGES: Final = 3  # a document at most
CONDITIONS: Final = {"vie-light": 0.1, "vie-medium": 0.55, "vie-heavy": 1.0}
READ_SHARE: Final = 0.5  # of a page's words; one with less was not read, and is left out
ENGLISH: Final = 0.3  # how bad the scans are that the English model reads
_WORD: Final = re.compile(r"\w+")


def documents(folder: Path) -> dict[str, dict[str, list[str]]]:
    """Return the held-out paragraphs by domain and document."""
    found: dict[str, dict[str, list[str]]] = {domain: {} for domain in corpus.DOMAINS}
    files = corpus.domains(folder)
    for domain, paths in files.items():
        for path in paths:
            stem = path.name.split(".")[0]
            if domain == "party" and stem not in PARTY_FILES:
                continue
            texts = [" ".join(line.split()) for line in corpus.held_out(path)]
            size = corpus.BLOCK - 2 * corpus.MARGIN
            for at in range(0, len(texts), size):
                found[domain][f"{stem}-{at // size:03}"] = texts[at : at + size]
    chosen = {domain: _some(found[domain], BLOCKS[domain]) for domain in corpus.DOMAINS}
    seen = _seen(chosen, list(chain.from_iterable(files.values())))
    return {
        domain: {name: [p for p in texts if not _is_known(p, seen)] for name, texts in docs.items()}
        for domain, docs in chosen.items()
    }


def _some(texts: dict[str, list[str]], most: int) -> dict[str, list[str]]:
    names = sorted(texts)
    step = max(1, len(names) // most)
    return {name: texts[name] for name in names[::step][:most]}


def _runs(text: str) -> Iterator[int]:
    words = _WORD.findall(text.lower())
    return (hash(tuple(words[at : at + RUN])) for at in range(len(words) - RUN + 1))


def _seen(chosen: dict[str, dict[str, list[str]]], files: list[Path]) -> set[int]:
    """Return the runs of the chosen paragraphs that stand in the training part."""
    texts = chain.from_iterable(chain.from_iterable(docs.values()) for docs in chosen.values())
    wanted = set(chain.from_iterable(map(_runs, texts)))
    return {
        run for file in files for line in corpus.lines(file) for run in _runs(line) if run in wanted
    }


def _is_known(text: str, seen: set[int]) -> bool:
    runs = list(_runs(text))
    return sum(run in seen for run in runs) * 2 > len(runs)


def stripped(text: str) -> str:
    """Return *text* without the marks of its letters."""
    return "".join(bare(letter) if letter.isalpha() else letter for letter in text)


def _write(folder: Path, document: str, truth: str, read: str | bytes) -> None:
    """Write a document's truth, and what was read of it: text, or a record as bytes."""
    ending = ".txt" if isinstance(read, str) else ".json"
    contents = {"truth": (".txt", truth), "read": (ending, read)}
    for side, (suffix, content) in contents.items():
        path = folder / side / f"{document}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else f"{content}\n".encode())


def print_and_read(job: tuple[Path, str, str, list[str]]) -> None:
    """Print one document, damage it as the set *name* says, read it, and write truth and record."""
    out, name, document, texts = job
    worst = CONDITIONS.get(name, ENGLISH)
    seed = int(sha256(f"{name} {document}".encode()).hexdigest()[:8], 16)
    chance = random.Random(seed)  # reproducible, no secret
    truth: list[str] = []
    english: list[str] = []
    pages: list[Page] = []
    font = rendering.serif_font("Regular")
    for number in range(1, PAGES + 1):
        pixels, printed = rendering.typeset(texts, font, chance.choice((13, 14)))
        texts = _rest(texts, printed)
        truth += printed
        how = rendering.condition(worst, chance)
        image = PageImage(rendering.damage(pixels, how, seed + number), how.dpi)
        if name == "english":
            reader = RecognitionSettings(language="eng", choices=False)
            strips = hocr.parse(tesseract.hocr(image, 6, reader))
            english += [" ".join(word.ocr for word in strip.words) for strip in strips]
        else:
            clean = imaging.clean(image, Settings().imaging)[0]
            lines = recognition.recognise(clean, Settings().recognition)
            if _was_read(printed, lines):
                pages.append(Page(number, lines=lines))
            else:
                del truth[-len(printed) :]
                print(f"{name} {document}: page {number} was not read", file=sys.stderr)  # noqa: T201
        if not texts:
            break
    if name == "english":
        _write(out / name, document, "\n".join(truth), "\n".join(english))
    else:
        record = Document(Source(f"{document}.png", "0" * 64), tuple(pages)).to_json()
        _write(out / name, document, "\n".join(truth), record)


def _was_read(printed: list[str], lines: tuple[Line, ...]) -> bool:
    """Tell whether a page was read at all; one upside down or empty is no matter of correction."""
    words = " ".join(printed).split()
    return ratio(words, [word.ocr for line in lines for word in line.words]) > READ_SHARE


def _rest(texts: list[str], printed: list[str]) -> list[str]:
    """Return what a page had no room for."""
    words = sum(len(line.split()) for line in printed)
    for at, text in enumerate(texts):
        words -= len(text.split())
        if words < 0:
            return [" ".join(text.split()[words:]), *texts[at + 1 :]]
    return []


def main(folder: Path, out: Path) -> None:
    """Make all sets below *out*."""
    found = documents(folder)
    jobs = []
    for domain, docs in found.items():
        for document, texts in docs.items():
            truth = "\n".join(texts)
            if not truth:
                continue
            _write(out / f"clean-{domain}", document, truth, truth)
            _write(out / f"stripped-{domain}", document, truth, stripped(truth))
            if domain == "party":
                jobs += [(out, name, document, texts) for name in ("english", *CONDITIONS)]
    with ProcessPoolExecutor() as pool:
        list(pool.map(print_and_read, jobs))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

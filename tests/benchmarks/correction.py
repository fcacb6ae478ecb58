"""Corrects the sets that ``tests.benchmarks.held_out`` made and prints what correction is worth.

Run with ``python -m tests.benchmarks.correction SETS [SET...]``. Of each set the corrected records
are left in ``SET/out``, so that ``vanban evaluate SET/truth SET/out --ablations`` tells more. Speed
is that of one process with cold memories, loading left out; compare it only within one run.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter
from typing import Final

from pipeline import correction, plaintext
from pipeline.evaluation.canonical import canonical
from pipeline.evaluation.comparison import compare
from pipeline.evaluation.reliability import calibration_error
from pipeline.evaluation.summary import summary
from pipeline.model import Document, Source
from pipeline.settings import CorrectionSettings
from pipeline.sources.record import read_record

_HEAD: Final = (
    "set", "words", "WER read", "WER", "letters right", "fixed", "broken", "figures broken", "ECE",
    "words/s",
)  # fmt: skip


def _read(path: Path) -> Document:
    if path.suffix == ".json":
        return read_record(path)
    return plaintext.to_document(path.read_text(encoding="utf-8"), Source(path.name, "0" * 64))


def _row(folder: Path) -> tuple[str, ...]:
    """Correct one set and return its line of the table."""
    profile = "stripped" if folder.name.startswith("stripped") else "auto"
    made, raw = [], []
    right = letters = words = 0
    seconds = 0.0
    (folder / "out").mkdir(exist_ok=True)
    for path in sorted((folder / "read").iterdir()):
        truth = (folder / "truth" / f"{path.stem}.txt").read_text(encoding="utf-8")
        read = _read(path)
        started = perf_counter()
        document = correction.correct(read, CorrectionSettings(profile=profile))
        seconds += perf_counter() - started
        (folder / "out" / f"{path.stem}.json").write_bytes(document.to_json())
        written = [word.text for word in document.words()]
        words += len(written)
        made.append(compare(path.stem, truth, document))
        raw.append(compare(path.stem, truth, " ".join(word.ocr for word in document.words())))
        true = truth.split()
        if len(written) == len(true):  # only letters were damaged
            pairs = [(a, b) for a, b in zip(true, written, strict=True) if _has_letter(a)]
            letters += len(pairs)
            right += sum(canonical(a) == canonical(b) for a, b in pairs)
    after, before = summary(tuple(made)), summary(tuple(raw))
    return (
        folder.name,
        str(after.counts.words),
        f"{before.counts.wer:.2%}",
        f"{after.counts.wer:.2%}",
        f"{right / letters:.2%}" if letters else "-",
        f"{after.counts.fixed}/{after.counts.wrong}",
        f"{after.counts.broken}/{after.counts.right}",
        f"{after.counts.figures_broken}/{after.counts.figures}",
        f"{calibration_error(after.bins):.3f}" if after.bins else "-",
        f"{words / seconds:.0f}",
    )


def _has_letter(word: str) -> bool:
    return any(map(str.isalpha, word))


def main(sets: Path, names: list[str]) -> None:
    """Print the table of the named sets, or of all."""
    rows = [_HEAD]
    for folder in sorted(path for path in sets.iterdir() if not names or path.name in names):
        rows.append(_row(folder))
        print(*rows[-1], sep="\t", file=sys.stderr)  # noqa: T201  # it takes minutes
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=True)))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])

"""``python -m samples.make``: make truth and scans of the samples again."""

import argparse
from pathlib import Path

from samples.make import english_ocr, truth
from samples.make.record import HERE, load, names
from samples.make.scans import RECIPES, scan


def main() -> None:
    """Read the command line and write the files."""
    parser = argparse.ArgumentParser(prog="python -m samples.make", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="documents; all when none is named"
    )
    parser.add_argument("--out", type=Path, default=HERE, help="folder for truth/ and scans/")
    parser.add_argument(
        "--ocr-text",
        action="store_true",
        help=f"also read {english_ocr.NAME} again; needs Tesseract with its eng model",
    )
    options = parser.parse_args()
    for name in options.names or names():
        make(name, options.out, ocr_text=options.ocr_text)


def make(name: str, out: Path, *, ocr_text: bool = False) -> None:
    """Write truth, outline and scan of the document *name* under *out*.

    A document without a scan comes as OCR text, which is only read again with *ocr_text*.
    """
    record = load(name)
    _write(out / "truth" / f"{name}.truth.txt", truth.text(record).encode())
    _write(out / "truth" / f"{name}.outline.tsv", truth.outline(record).encode())
    if name in RECIPES:
        _write(out / "scans" / f"{name}{RECIPES[name].suffix}", scan(name, record))
    elif ocr_text:
        _write(out / "scans" / f"{name}.ocr.txt", english_ocr.read(record).encode())


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


if __name__ == "__main__":
    main()

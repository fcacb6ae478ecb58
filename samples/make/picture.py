"""``python -m samples.make.picture``: the README's picture, a page before and after.

Left the scan of a sample, right the same page of the Word file that vanban makes of it, as
LibreOffice prints it. Nothing is touched up: what was misread or is in doubt shows. Needs Tesseract
with its vie model, and LibreOffice.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image

from pipeline.cli import main as vanban
from samples.make.record import HERE

PICTURE: Final = HERE / "before-after.png"
SCAN: Final = HERE / "scans" / "thong-bao-64-tb-vptu.pdf"
_PAGE_WIDTH: Final = 784  # pixels; two pages and the seams are 1600 wide
_SEAM: Final = 8
_SEAM_COLOUR: Final = (120, 130, 140)
_COLOURS: Final = 48  # of the palette; paper, ink and highlighting need no more


def main() -> None:
    """Convert the sample and write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        printed = _as_pdf(_converted(SCAN, Path(folder)))
        beside(_first_page(SCAN), _first_page(printed)).save(PICTURE, optimize=True)


def beside(before: Image.Image, after: Image.Image) -> Image.Image:
    """Return both pages side by side, framed, in a small palette."""
    height = min(before.height, after.height)
    whole = Image.new("RGB", (2 * _PAGE_WIDTH + 4 * _SEAM, height + 2 * _SEAM), _SEAM_COLOUR)
    whole.paste(before, (_SEAM, _SEAM))
    whole.paste(after, (_PAGE_WIDTH + 3 * _SEAM, _SEAM))
    return whole.quantize(_COLOURS, dither=Image.Dither.NONE)


def _converted(scan: Path, folder: Path) -> Path:
    code = vanban(["convert", str(scan), "--out", str(folder), "--formats", "docx"])
    if code:
        raise SystemExit(code)
    return folder / f"{scan.stem}.docx"


def _as_pdf(word: Path) -> Path:
    """Print the Word file with LibreOffice, under a profile of its own.

    Raises:
        SystemExit: LibreOffice is not installed; says which package holds it.
    """
    program = shutil.which("soffice")
    if program is None:
        raise SystemExit("LibreOffice is missing; on Debian: apt install libreoffice-writer-nogui")
    profile = (word.parent / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", word.parent, word], check=True, capture_output=True)
    return word.with_suffix(".pdf")


def _first_page(path: Path) -> Image.Image:
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[0]
        # Twice the size and then halved: small letters come out smoother.
        image: Image.Image = page.render(scale=2 * _PAGE_WIDTH / page.get_width()).to_pil()
    height = round(image.height * _PAGE_WIDTH / image.width)
    return image.convert("RGB").resize((_PAGE_WIDTH, height), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()

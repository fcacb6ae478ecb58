"""The one place that runs the Tesseract program (through pytesseract).

What always holds:

* One thread per Tesseract: the batch runs one process per core, and Tesseract's own threads would
  only fight over the cores. ``OMP_THREAD_LIMIT`` is set where the child is started, so it also
  holds in spawned workers and on Windows; a value that the user has set stays.
* A model that is asked for and not there is an error. Tesseract itself would silently read on with
  the models that it has.
* Every way to fail ends as one of a few named errors, which say which program was run and, in
  quotation marks, what it answered.

``TESSDATA_PREFIX`` is Tesseract's own variable for the folder of its models and is passed on.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import pytesseract
from PIL import Image
from pytesseract import pytesseract as wrapper

from pipeline.errors import NoLanguageError, NoTesseractError, OcrFailedError, OcrTimedOutError
from pipeline.settings import RecognitionSettings

if TYPE_CHECKING:
    from pipeline.image import PageImage

_QUESTION_TIMEOUT: Final = 30.0  # seconds; --version and --list-langs answer in milliseconds
_OSD_CONFIG: Final = "--psm 0 -c min_characters_to_try=20"
# One round of the search for other readings finds nearly all that five do, in half of the time.
_CHOICES: Final = "-c lstm_choice_mode=2 -c lstm_choice_iterations=1 -c hocr_char_boxes=1"
# We turn white print on black over ourselves; Tesseract would read each unsure line once more.
_NEVER_INVERTED: Final = "-c tessedit_do_invert=0"
_WINDOWS_HOMES: Final = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")
_MODEL_FAULT: Final = re.compile(r"Failed loading language|Error opening data file|load any lang")


def program() -> str:
    """Return the path of Tesseract: from ``PATH``, else from its usual folders on Windows.

    The Windows installer does not put Tesseract on ``PATH``; it goes to ``Tesseract-OCR`` under the
    programs folder of the machine or of the user. Elsewhere those variables do not exist.

    Raises:
        NoTesseractError: it is in neither place.
    """
    found = shutil.which("tesseract")
    if found:
        return found
    homes = [os.environ.get(name) for name in _WINDOWS_HOMES]
    local = os.environ.get("LOCALAPPDATA")
    homes.append(str(Path(local, "Programs")) if local else None)
    for home in filter(None, homes):
        path = Path(home, "Tesseract-OCR", "tesseract.exe")
        if path.is_file():
            return str(path)
    raise NoTesseractError("tesseract", "not on PATH")


def version() -> str:
    """Return Tesseract's version, like ``5.3.0``.

    Raises:
        NoTesseractError: it is not there or does not answer.
    """
    answer = _ask("--version")
    match = re.search(r"tesseract\s+v?(\d+\.\S+)", answer)
    if not match:
        raise NoTesseractError(program(), f"“--version” answers {_quoted(answer)}")
    return match[1]


def languages() -> tuple[str, ...]:
    """Return the names of the installed models (``eng``, ``vie``), sorted; empty when none is.

    Raises:
        NoTesseractError: Tesseract is not there or does not answer.
    """
    _, _, names = _ask("--list-langs").partition(":")  # the first line is a title with a colon
    return tuple(sorted(re.findall(r"^[\w/\\.-]+$", names, re.MULTILINE)))


def model_file(model: str) -> Path | None:
    """Return the file of an installed model, or None when Tesseract does not say where it is.

    Raises:
        NoTesseractError: Tesseract is not there or does not answer.
    """
    folder = re.search(r'"(.+)"', _ask("--list-langs").partition(":\n")[0])
    path = Path(folder[1], f"{model}.traineddata") if folder else None
    return path if path is not None and path.is_file() else None


def hocr(image: PageImage, psm: int, settings: RecognitionSettings) -> bytes:
    """Return what Tesseract reads in *image*, as hOCR (XHTML, UTF-8).

    Args:
        image: what to read.
        psm: Tesseract's page segmentation mode; 3 finds the blocks of a page by itself, 6 takes the
            image as one block.
        settings: model, alternatives, time limit.

    Raises:
        NoTesseractError: the program is not there or does not start.
        NoLanguageError: a model is not there or cannot be loaded.
        OcrFailedError: it crashed, or its output is no whole hOCR.
        OcrTimedOutError: it ran out of time.
    """
    return _read(_picture(image), image.dpi, 1, psm, settings)


def hocr_of_all(images: Sequence[PageImage], psm: int, settings: RecognitionSettings) -> bytes:
    """Return what Tesseract reads in each of *images*, as one hOCR with one page for each.

    It starts once for all of them, which takes as long as a line of text.

    Args:
        images: at least one; the resolution of the first one is taken for that of all.
        psm: as for :func:`hocr`.
        settings: as for :func:`hocr`.

    Raises:
        VanbanError: as :func:`hocr`.
    """
    if len(images) == 1:
        return hocr(images[0], psm, settings)
    with TemporaryDirectory(prefix="vanban-") as folder:
        path = Path(folder, "pictures.tif")
        first, *others = (Image.fromarray(image.pixels) for image in images)
        first.save(path, save_all=True, append_images=others)
        return _read(str(path), images[0].dpi, len(images), psm, settings)


def _read(
    picture: Image.Image | str, dpi: int, pages: int, psm: int, settings: RecognitionSettings
) -> bytes:
    """Return what Tesseract reads in a picture, or in a file with so many *pages*."""
    path = program()
    _require(settings.language, path, os.environ.get("TESSDATA_PREFIX"))

    options = [f"--psm {psm}", _NEVER_INVERTED]
    if dpi:
        options.append(f"--dpi {dpi}")
    if settings.choices:
        options.append(_CHOICES)

    _prepare(path)
    try:
        output: bytes = pytesseract.image_to_pdf_or_hocr(
            picture,
            lang=settings.language,
            config=" ".join(options),
            extension="hocr",
            timeout=settings.timeout,
        )
    except pytesseract.TesseractError as error:
        if _MODEL_FAULT.search(error.message):
            raise NoLanguageError(settings.language, f"says {_quoted(error.message)}") from error
        said = f", says {_quoted(error.message)}" if error.message.strip() else ""
        raise OcrFailedError(path, f"exit status {error.status}{said}") from error
    except RuntimeError as error:  # how pytesseract reports the time limit
        raise OcrTimedOutError(path, f"no answer within {settings.timeout:g} s") from error
    except UnicodeDecodeError as error:  # pytesseract takes what a crash says for UTF-8
        raise OcrFailedError(path, "crashed with an unreadable message") from error
    except FileNotFoundError as error:
        raise OcrFailedError(path, "wrote no output") from error
    except OSError as error:
        raise OcrFailedError(path, error.strerror or str(error)) from error
    # The parser forgives, so a cut file (full disk) would silently lose the rest of the page.
    if output.count(b"'ocr_page'") != pages or not output.rstrip().endswith(b"</html>"):
        raise OcrFailedError(path, f"output is no whole hOCR ({len(output)} bytes)")
    return output


def orientation(image: PageImage) -> tuple[int, float]:
    """Return the clockwise turn in degrees (0, 90, 180, 270) that sets *image* upright.

    The second value is Tesseract's confidence in it; from about 2 it can be believed.

    Raises:
        NoTesseractError: the program is not there.
        OcrFailedError: it has no answer: too little text, no ``osd`` model, no time.
    """
    path = program()
    _prepare(path)
    try:
        answer = pytesseract.image_to_osd(
            _picture(image),
            config=_OSD_CONFIG,
            output_type=pytesseract.Output.DICT,
            timeout=_QUESTION_TIMEOUT,
        )
    except (pytesseract.TesseractError, RuntimeError, OSError) as error:
        raise OcrFailedError(path, "no orientation found") from error
    return int(answer["rotate"]), float(answer["orientation_conf"])


@lru_cache(maxsize=8)
def _require(language: str, program: str, models: str | None) -> None:  # noqa: ARG001
    """Raise NoLanguageError unless each model that *language* names is there.

    Asked once for each *program* and folder of *models*, the key: it costs a start of Tesseract.
    """
    installed = languages()
    for model in language.split("+"):
        if model not in installed:
            raise NoLanguageError(
                model, f"installed: “{', '.join(installed)}”" if installed else "none installed"
            )


def _picture(image: PageImage) -> Image.Image:
    picture = Image.fromarray(image.pixels)
    # pytesseract would pack a PNG, which takes a quarter of a second a page, and Tesseract reads
    # PPM byte by byte.
    picture.format = "BMP"
    return picture


def _quoted(answer: str) -> str:
    """Return the end of what the program said, on one line and marked as its own words."""
    words = " ".join(answer.replace("”", "'").split())
    return f"“{words[-120:]}”"


def _prepare(path: str) -> None:
    """Make the next call of pytesseract run the program at *path*, with one thread."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    wrapper.tesseract_cmd = path


def _ask(question: str) -> str:
    """Return what Tesseract prints when started with the one argument *question*."""
    path = program()
    try:
        done = subprocess.run(  # noqa: S603  # the program is found by us, the argument is ours
            [path, question],
            timeout=_QUESTION_TIMEOUT,
            check=False,
            **wrapper.subprocess_args(),
        )
    except OSError as error:
        raise NoTesseractError(path, error.strerror or str(error)) from error
    except subprocess.TimeoutExpired as error:
        raise NoTesseractError(path, f"“{question}” does not answer") from error
    output: bytes = done.stdout + done.stderr
    answer = output.decode("utf-8", "replace").replace("\r\n", "\n")
    if done.returncode != 0:
        raise NoTesseractError(
            path, f"“{question}” exits with {done.returncode}, says {_quoted(answer)}"
        )
    return answer

"""However Tesseract fails, the failure has a name and says what was seen."""

import os
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytesseract import pytesseract as wrapper

from pipeline import tesseract
from pipeline.errors import (
    ExitCode,
    NoLanguageError,
    NoTesseractError,
    OcrFailedError,
    OcrTimedOutError,
)
from pipeline.image import PageImage
from pipeline.recognition.hocr import parse, parse_each
from pipeline.settings import RecognitionSettings
from tests.recognition import pages

PAGE = PageImage(np.full((60, 200), 255, np.uint8))
SETTINGS = RecognitionSettings()
VERSION = "echo 'tesseract 5.3.0'; echo ' leptonica-1.82.0'"
LANGUAGES = "echo 'List of available languages in \"/models/\" (2):'; echo eng; echo vie"

scripts = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """Put a program called tesseract first on PATH that does what the test says."""

    def install(reading="exit 0", version=VERSION, languages=LANGUAGES) -> Path:
        program = tmp_path / "tesseract"
        program.write_text(
            f'#!/bin/sh\ncase "$1" in\n--version) {version} ;;\n'
            f"--list-langs) {languages} ;;\n*) {reading} ;;\nesac\n",
            encoding="utf-8",
        )
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        return program

    return install


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    """A machine without Tesseract."""
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    "ask",
    [tesseract.version, tesseract.languages, lambda: tesseract.hocr(PAGE, 3, SETTINGS)],
    ids=["version", "languages", "hocr"],
)
def test_a_missing_program_is_named(nowhere, ask):
    with pytest.raises(NoTesseractError) as caught:
        ask()
    assert caught.value.code is ExitCode.NO_TESSERACT


@pytest.mark.parametrize(
    ("variable", "below"),
    [("ProgramFiles", ""), ("ProgramFiles(x86)", ""), ("LOCALAPPDATA", "Programs")],
)
def test_the_usual_folders_of_windows_are_looked_into(
    nowhere, tmp_path, monkeypatch, variable, below
):
    program = tmp_path / "home" / below / "Tesseract-OCR" / "tesseract.exe"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setenv(variable, str(tmp_path / "home"))
    assert tesseract.program() == str(program)


@scripts
def test_version_and_languages_are_what_the_program_says(stand_in):
    stand_in()
    assert tesseract.version() == "5.3.0"
    assert tesseract.languages() == ("eng", "vie")


@scripts
def test_no_models_are_no_error_for_the_doctor(stand_in):
    stand_in(languages="echo 'List of available languages in \"/models/\" (0):'")
    assert tesseract.languages() == ()


@scripts
@pytest.mark.parametrize("answer", ["echo 'command line tool 7'", "exit 3", "kill -SEGV $$"])
def test_a_program_that_is_not_tesseract_is_told_from_it(stand_in, answer):
    program = stand_in(version=answer)
    with pytest.raises(NoTesseractError) as caught:
        tesseract.version()
    assert caught.value.subject == str(program)
    assert "--version" in caught.value.detail


@scripts
def test_a_program_that_does_not_start_is_named(stand_in):
    stand_in().write_bytes(b"\x00\x01 no program")
    with pytest.raises(NoTesseractError):
        tesseract.version()


@scripts
def test_a_missing_model_is_named_with_those_that_are_there(stand_in):
    stand_in(languages="echo 'List (1):'; echo eng")
    with pytest.raises(NoLanguageError) as caught:
        tesseract.hocr(PAGE, 3, SETTINGS)
    assert caught.value.subject == "vie"
    assert "eng" in caught.value.detail


@scripts
def test_one_missing_model_of_two_is_an_error_too(stand_in):
    stand_in()
    with pytest.raises(NoLanguageError) as caught:
        tesseract.hocr(PAGE, 3, replace(SETTINGS, language="vie+lao"))
    assert caught.value.subject == "lao"


@scripts
def test_a_model_that_cannot_be_loaded_is_a_missing_model(stand_in):
    stand_in("echo \"Failed loading language 'vie'\" >&2; exit 1")
    with pytest.raises(NoLanguageError):
        tesseract.hocr(PAGE, 3, SETTINGS)


@scripts
@pytest.mark.parametrize(
    ("reading", "seen"),
    [
        ("echo 'out of memory' >&2; exit 5", "exit status 5, says “out of memory”"),
        ("kill -SEGV $$", "-11"),
        ("printf '\\377\\376' >&2; exit 1", "unreadable message"),
        ("exit 0", "no output"),
        ("printf 'rubbish \\377' > \"$2.hocr\"", "no whole hOCR"),
        (': > "$2.hocr"', "0 bytes"),
        ('printf "<html><div class=\'ocr_page\'>" > "$2.hocr"', "no whole hOCR"),
    ],
    ids=["exit", "signal", "bad bytes", "silence", "rubbish", "empty", "cut short"],
)
def test_a_failed_reading_says_which_program_and_what_was_seen(stand_in, reading, seen):
    program = stand_in(reading)
    with pytest.raises(OcrFailedError) as caught:
        tesseract.hocr(PAGE, 3, SETTINGS)
    assert caught.value.subject == str(program)
    assert seen in caught.value.detail


@scripts
def test_a_reading_that_hangs_is_given_up(stand_in):
    stand_in("exec sleep 30")
    start = time.monotonic()
    with pytest.raises(OcrTimedOutError, match=r"0\.3 s"):
        tesseract.hocr(PAGE, 3, replace(SETTINGS, timeout=0.3))
    assert time.monotonic() - start < 5


ECHO = (
    "printf \"<html xmlns='http://www.w3.org/1999/xhtml'><div class='ocr_page'><span>"
    "<span class='ocrx_word' title='bbox 0 0 9 9'>%s</span></span></div></html>\" "
    '"{what}" > "$2.hocr"'
)


@scripts
def test_tesseract_gets_one_thread(stand_in, monkeypatch):
    monkeypatch.delenv("OMP_THREAD_LIMIT", raising=False)
    stand_in(ECHO.format(what="$OMP_THREAD_LIMIT"))
    assert parse(tesseract.hocr(PAGE, 3, SETTINGS))[0].words[0].ocr == "1"


@scripts
def test_fewer_pages_than_pictures_are_no_whole_output(stand_in):
    stand_in(ECHO.format(what="1"))
    with pytest.raises(OcrFailedError, match="no whole hOCR"):
        tesseract.hocr_of_all([PAGE, PAGE], 6, SETTINGS)


@pytest.mark.tesseract
def test_several_pictures_are_read_in_one_call_as_each_by_itself(monkeypatch):
    whole = pages.last_page().image
    pictures = [
        PageImage(np.ascontiguousarray(whole.pixels[rows]), whole.dpi)
        for rows in (slice(0, 420), slice(420, 900), slice(1500, 1700))
    ]
    settings = RecognitionSettings()
    calls = []
    read = wrapper.run_tesseract
    monkeypatch.setattr(
        wrapper,
        "run_tesseract",
        lambda *given, **named: calls.append(named) or read(*given, **named),
    )
    together = parse_each(tesseract.hocr_of_all(pictures, 6, settings))
    assert len(calls) == 1
    assert together == [parse(tesseract.hocr(picture, 6, settings)) for picture in pictures]
    assert [bool(strips) for strips in together] == [True, True, False]


@scripts
@pytest.mark.parametrize(
    ("settings", "dpi", "expected", "unexpected"),
    [
        (SETTINGS, 200, ["--dpi200", "lstm_choice_mode=2", "--psm6", "-lvie"], []),
        (replace(SETTINGS, choices=False), 0, ["--psm6"], ["--dpi", "lstm_choice_mode"]),
    ],
)
def test_the_settings_reach_the_command_line(stand_in, settings, dpi, expected, unexpected):
    stand_in(ECHO.format(what="$*"))
    line = parse(tesseract.hocr(replace(PAGE, dpi=dpi), 6, settings))[0].words[0].ocr
    assert all(option in line for option in expected)
    assert not any(option in line for option in unexpected)


@pytest.mark.tesseract
def test_the_real_tesseract_answers():
    assert int(tesseract.version().split(".")[0]) >= 5
    assert "vie" in tesseract.languages()


@pytest.mark.tesseract
def test_the_folder_of_models_can_be_set(tmp_path, monkeypatch):
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(NoLanguageError, match="vie"):
        tesseract.hocr(PAGE, 3, SETTINGS)

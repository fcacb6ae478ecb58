"""The doctor says what is there, what is missing and how to get it."""

import hashlib
from pathlib import Path

import pytest

from pipeline import doctor
from pipeline.cli import main
from pipeline.errors import ExitCode
from pipeline.settings import RecognitionSettings, Settings


@pytest.fixture
def no_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.tesseract
def test_a_whole_installation_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("OK       Tesseract 5") for line in lines)
    assert not any(line.startswith("MISSING") for line in lines)


@pytest.mark.usefixtures("no_programs")
def test_without_tesseract_it_says_how_to_get_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--lang", "en"]) == ExitCode.NO_TESSERACT
    output = capsys.readouterr().out
    assert "MISSING  tesseract" in output
    assert "apt install tesseract-ocr" in output
    assert "OPTIONAL LibreOffice: " in output, "what is merely useful does not fail"


@pytest.mark.tesseract
def test_a_model_that_is_missing_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))

    assert main(["doctor", "--lang", "vi"]) == ExitCode.NO_LANGUAGE
    assert "THIẾU    vie" in capsys.readouterr().out


@pytest.mark.tesseract
def test_the_models_that_the_settings_ask_for_are_looked_for() -> None:
    failure = doctor.ocr_failure(RecognitionSettings(language="vie+xyz"))

    assert failure is not None
    assert failure.subject == "xyz"
    assert doctor.ocr_failure(Settings().recognition) is None


def test_a_dictionary_that_differs_from_its_checksum_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tốt.txt").write_bytes(b"x")
    (tmp_path / "hỏng.txt").write_bytes(b"y")
    digest = hashlib.sha256(b"x").hexdigest()
    (tmp_path / doctor.CHECKSUMS).write_text(
        f"{digest}  tốt.txt\n{digest}  hỏng.txt\n{digest} *mất.txt\n", encoding="utf-8"
    )
    monkeypatch.setattr(doctor, "dictionary", lambda: tmp_path)

    checks = doctor.examine(Settings())

    failures = [check.failure for check in checks if check.key == "dictionaries"]
    assert [Path(failure.subject).name for failure in failures if failure] == [
        "hỏng.txt",
        "mất.txt",
    ]
    assert {failure.code for failure in failures if failure} == {ExitCode.BAD_DICTIONARY}


def test_the_shipped_dictionaries_are_whole() -> None:
    checks = [check for check in doctor.examine(Settings()) if check.key == "dictionaries"]

    assert all(check.failure is None for check in checks)

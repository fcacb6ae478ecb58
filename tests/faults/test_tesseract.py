"""A Tesseract that hangs, crashes, babbles or is replaced is named, and no neighbour lost."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import runs

from pipeline import tesseract
from pipeline.model import Document

pytestmark = [
    pytest.mark.tesseract,
    pytest.mark.skipif(sys.platform == "win32", reason="the false Tesseracts are shell scripts"),
]
REAL = tesseract.program() if shutil.which("tesseract") else ""
# The width of a BMP is its bytes 18 to 21; Tesseract is given the file as its first argument.
ON_WIDE = (
    'case "$1" in *.BMP) '
    'if [ "$(od -An -j18 -N4 -tu4 "$1" | tr -d " ")" = 991 ]; then {fault}; fi;; '
    'esac\nexec {real} "$@"'
)
VARIABLES = {"VANBAN_IMAGING_RESOLUTION": "false", "VANBAN_RECOGNITION_READ_AGAIN": "false"}
FAULTS = {
    "crashes": ("kill -SEGV $$", "Tesseract could not read the page"),
    "prints bad UTF-8": (r"printf '\377\376\300' >&2; exit 1", "Tesseract could not read the page"),
    "writes nothing": ("exit 0", "Tesseract could not read the page"),
    "writes half": ('echo "<html><div class=ocr_page>" > "$2.hocr"; exit 0', "could not read"),
    "hangs": ("sleep 100", "took too long"),
    "kills its worker": ("kill -9 $PPID; sleep 1", "was killed"),
}


@pytest.fixture
def with_a_wide_scan(inputs: Path) -> Path:
    import scans

    scans.page(991, 300, scans.LINES[:2]).save(inputs / "rộng.png", dpi=(150, 150))
    return inputs


@pytest.mark.parametrize("fault", FAULTS)
def test_a_page_on_which_tesseract(fault: str, with_a_wide_scan: Path, tmp_path: Path) -> None:
    script, said = FAULTS[fault]
    path = runs.put_program(tmp_path / "bin", "tesseract", ON_WIDE.format(fault=script, real=REAL))
    limit = {"VANBAN_BATCH_PAGE_TIMEOUT": "8"} if fault == "hangs" else {}

    done = runs.run(with_a_wide_scan, tmp_path / "ra", variables={**path, **VARIABLES, **limit})

    assert done.returncode == 3, done.stderr
    (failure,) = [line for line in done.stderr.splitlines() if said in line]
    assert "rộng.png" in failure
    names = {name.rpartition(".")[0] for name in runs.outputs(tmp_path / "ra")}
    assert len(names) == 6
    assert "rộng" not in names


def test_what_failed_is_remembered_and_tried_again_when_asked(
    with_a_wide_scan: Path, tmp_path: Path
) -> None:
    out = tmp_path / "ra"
    fault = f'if [ -e "{tmp_path}/broken" ]; then exit 1; fi'
    (tmp_path / "broken").touch()
    path = runs.put_program(tmp_path / "bin", "tesseract", ON_WIDE.format(fault=fault, real=REAL))
    variables = {**path, **VARIABLES}
    assert runs.run(with_a_wide_scan, out, variables=variables).returncode == 3
    (tmp_path / "broken").unlink()

    again = runs.run(with_a_wide_scan, out, variables=variables)
    assert again.returncode == 3
    assert "unchanged: 6" in again.stderr
    assert "--retry-failed" in again.stderr

    retried = runs.run(with_a_wide_scan, out, "--retry-failed", variables=variables)
    assert retried.returncode == 0
    assert "converted: 1, unchanged: 6" in retried.stderr


def test_a_tesseract_replaced_during_the_run_ends_it_and_all_is_read_by_the_new_one(
    inputs: Path, tmp_path: Path, undisturbed: Mapping[str, bytes]
) -> None:
    binaries = tmp_path / "bin"
    newer = f'case "$1" in --version) echo tesseract 9.9.9;; *) exec {REAL} "$@";; esac'
    runs.put_program(tmp_path / "new", "tesseract", newer)
    replacing = (
        f'case "$*" in *hocr*) if mkdir "{tmp_path}/once" 2>/dev/null; then sleep 1; '
        f'mv "{tmp_path}/new/tesseract" "{binaries}/tesseract"; fi;; esac\n'
        f'exec {REAL} "$@"'
    )
    path = runs.put_program(binaries, "tesseract", replacing)

    done = runs.run(inputs, tmp_path / "ra", variables=path)

    assert done.returncode == 20, done.stderr
    assert "replaced during the run" in done.stderr
    again = runs.run(inputs, tmp_path / "ra", variables=path)
    assert again.returncode == 0, again.stderr
    found = runs.outputs(tmp_path / "ra")
    assert found.keys() == undisturbed.keys()
    assert all(found[name] == undisturbed[name] for name in found if name.endswith(".docx"))
    keys = {Document.from_json(found[name]).recipe for name in found if name.endswith(".json")}
    assert len(keys) == 1


def test_a_tesseract_taken_away_during_the_run_ends_it(inputs: Path, tmp_path: Path) -> None:
    binaries = tmp_path / "bin"
    vanishing = f'case "$*" in *hocr*) rm -f "{binaries}/tesseract";; esac\nexec {REAL} "$@"'
    path = runs.put_program(binaries, "tesseract", vanishing)
    (tmp_path / "tools").mkdir()
    for tool in ("sh", "rm", "cat", "od", "tr"):
        (tmp_path / "tools" / tool).symlink_to(shutil.which(tool) or tool)
    path["PATH"] = f"{binaries}:{tmp_path / 'tools'}"

    done = runs.run(inputs, tmp_path / "ra", variables=path)

    assert done.returncode == 20, done.stderr
    assert runs.run(inputs, tmp_path / "ra").returncode == 0

"""The wheel is whole: installed into a fresh environment it works from any folder."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import __version__

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
TEXT = "huong-dan-03-hd-btgtu.ocr.txt"

# What is asked about this checkout must not leak into the fresh environment.
OUTSIDE = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("VANBAN_", "PYTHON")) and name != "VIRTUAL_ENV"
}

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel built from this checkout, without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", ROOT, "--no-deps", "--no-build-isolation", "--wheel-dir", folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def fresh(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the programs' folder of a fresh environment that holds the wheel.

    The dependencies are seen through a ``.pth`` file. It names the folder only, so the editable
    vanban in there, which hangs on a ``.pth`` file of its own, is not seen.
    """
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    python = shutil.which("python", path=programs)
    # Installed first: with the .pth file in place pip would take the other vanban for installed.
    pip("--python", python, "install", "--no-deps", "--no-index", wheel)
    variables = {"base": str(folder), "platbase": str(folder)}
    own = Path(sysconfig.get_path("purelib", "venv", variables))
    shared = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (own / "dependencies.pth").write_text("\n".join(sorted(shared)) + "\n", encoding="utf-8")
    return programs


def pip(*arguments: str | Path | None) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    done = subprocess.run(
        [*command, *map(str, arguments)], env=OUTSIDE, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.fixture
def run(fresh: Path) -> Run:
    """Return how to run a program of the fresh environment from the root of the file system."""

    def go(program: str, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(shutil.which(program, path=fresh)), *map(str, arguments)],
            cwd=Path(fresh.anchor),
            env={**OUTSIDE, "VANBAN_LANG": "en", "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            timeout=240,
            check=False,
        )

    return go


def test_the_wheel_carries_data_types_and_messages(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    inside = {f"pipeline/{path.relative_to(ROOT).as_posix()}" for path in data_files()}
    assert inside <= names
    assert {"pipeline/py.typed", "pipeline/messages/vi.toml", "pipeline/messages/en.toml"} <= names
    tops = {name.split("/")[0] for name in names}
    assert tops == {"pipeline", f"vanban-{__version__}.dist-info"}


def data_files() -> list[Path]:
    return [path for path in (ROOT / "dictionaries").rglob("*") if path.is_file()]


def test_it_runs_from_its_own_environment_and_not_from_the_checkout(run: Run, fresh: Path) -> None:
    asked = "import pipeline, pipeline.resources as r; print(pipeline.__file__, r.dictionary())"
    package, data = run("python", "-c", asked).stdout.split()
    assert Path(package).is_relative_to(fresh.parent)
    assert Path(data) == Path(package).parent / "dictionaries"


def test_it_knows_its_version(run: Run) -> None:
    assert run("vanban", "--version").stdout == f"vanban {__version__}\n"


@pytest.mark.tesseract
def test_the_doctor_finds_it_well(run: Run, fresh: Path) -> None:
    done = run("vanban", "doctor")
    assert done.returncode == 0, done.stdout
    (dictionaries,) = (line for line in done.stdout.splitlines() if "dictionaries" in line)
    assert dictionaries.startswith("OK")
    assert str(fresh.parent) in dictionaries


def test_it_converts_from_any_folder(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "ra"
    done = run("vanban", "convert", ROOT / "samples" / "scans" / TEXT, "--out", out)
    assert done.returncode == 0, done.stderr
    stem = TEXT.removesuffix(".txt")
    seen = {path.name for path in out.iterdir()} - {".vanban"}
    documents = {f"{stem}.{e}" for e in ("docx", "txt", "json")}
    assert seen == documents | {"report.html", "report.json"}
    assert "TỈNH ỦY BÌNH SƠN" in (out / f"{stem}.txt").read_text(encoding="utf-8")

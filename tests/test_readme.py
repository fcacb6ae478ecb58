"""The READMEs tell the truth: commands run, tables are the program's, links lead somewhere."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from PIL import Image

from pipeline.configuration import load
from pipeline.errors import ExitCode
from pipeline.model import Kind, Metadata
from pipeline.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.vi.md")
PROGRAM = ".venv/bin/vanban"
SCANS = ROOT / "samples" / "scans"
OCR_TEXT = SCANS / "huong-dan-03-hd-btgtu.ocr.txt"

each_readme = pytest.mark.parametrize("name", READMES)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def fenced(name: str, kind: str) -> list[str]:
    """Return the fenced blocks of *kind* in the file *name*."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", text_of(name), re.MULTILINE | re.DOTALL)


def commands(name: str, kind: str = "sh") -> list[str]:
    return [line for block in fenced(name, kind) for line in block.splitlines() if line.strip()]


def rows(name: str) -> list[list[str]]:
    """Return the cells of every table row in the file *name*."""
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text_of(name).splitlines()
        if line.startswith("|")
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with everything that the READMEs' commands name."""
    scans = tmp_path / "my-scans"
    scans.mkdir()
    with Image.open(SCANS / "chi-thi-05-ct-tu.png") as page:
        page.crop((0, 0, page.width, page.height // 3)).save(scans / "plan.png", dpi=(300, 300))
    shutil.copy(OCR_TEXT, scans)
    (tmp_path / "my-words.txt").write_text("hồ Đá Bạc\n", encoding="utf-8")
    (tmp_path / "truth.txt").write_text("CHỈ THỊ\n", encoding="utf-8")
    copied = tmp_path / OCR_TEXT.relative_to(ROOT)
    copied.parent.mkdir(parents=True)
    shutil.copy(OCR_TEXT, copied)
    return tmp_path


def names(folder: Path) -> set[str]:
    """Return the names of the documents' files in *folder*."""
    seen = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    return seen - {"report.html", "report.json"}


def run(command: str, folder: Path) -> str:
    """Run a command line of the README with this interpreter; return its standard output.

    One that would go on for ever is asked to end once it has said that it is watching.
    """
    program = f'"{sys.executable}" -m pipeline'
    if sys.platform != "win32":
        program = f"exec {program}"  # so that the signal reaches it, not the shell
    here = subprocess.Popen(
        command.replace(PROGRAM, program),
        shell=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "VANBAN_LANG": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    if "--watch" in command:
        assert here.stderr is not None
        assert b"watching" in here.stderr.readline()
        here.terminate()
    printed, told = here.communicate(timeout=240)
    assert here.returncode == 0, f"{command}\n{told.decode()}"
    return printed.decode("utf-8")


def test_both_readmes_have_the_same_commands_and_examples_in_the_same_order() -> None:
    english, vietnamese = READMES
    for kind in ("sh", "powershell", "toml", "text"):
        assert fenced(english, kind) == fenced(vietnamese, kind)
        assert fenced(english, kind)


def test_every_command_is_of_vanban_or_make() -> None:
    names = (*READMES, "dictionaries/README.md")
    others = [c for name in names for c in commands(name) if not c.startswith((PROGRAM, "make "))]
    assert others == []


@pytest.mark.slow
@pytest.mark.tesseract
def test_every_vanban_command_of_the_readme_works(folder: Path) -> None:
    for command in commands("README.md"):
        if command.startswith(PROGRAM):
            run(command, folder)

    assert names(folder / "my-documents") == {
        f"{name}.{kind}" for name in ("plan", OCR_TEXT.stem) for kind in ("docx", "txt", "json")
    }
    for out in ("final", "tracked", "commented", "numbered", "printed"):
        assert names(folder / out) == {"plan.docx"}
    catalogue = names(folder / "catalogue")
    assert catalogue == {"plan.outline.tsv", "plan.metadata.json"}
    assert "TỈNH ỦY BÌNH SƠN" in (folder / "corrected.txt").read_text(encoding="utf-8")


def test_the_changes_that_the_readme_shows_are_those_that_explain_lists(folder: Path) -> None:
    (command,) = (c for c in commands("README.md") if "--explain" in c)
    shown = [line for block in fenced("README.md", "text") for line in block.splitlines()]
    listed = run(command, folder).splitlines()
    assert set(shown) <= set(listed)


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_every_make_target_that_the_documents_name_exists() -> None:
    named = {
        target
        for name in (*READMES, "CHANGELOG.md", "dictionaries/README.md")
        for target in re.findall(r"(?:^|`)make ([a-z]+)", text_of(name), re.MULTILINE)
    }
    assert {"demo", "test", "install", "lint", "model", "bench"} <= named
    done = subprocess.run(
        ["make", "-n", *sorted(named), "CORPUS=my-texts"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize(
    "name",
    [
        *(*READMES, "CHANGELOG.md", "dictionaries/README.md", "samples/README.md"),
        *("docs/service.md", "docs/service.vi.md", "docs/machines.md", "docs/machines.vi.md"),
    ],
)
def test_every_link_inside_the_repository_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#\s]+)\)", text_of(name))
    inside = [link for link in links if "://" not in link]
    assert [link for link in inside if not (ROOT / name).parent.joinpath(link).exists()] == []


@each_readme
def test_the_folders_and_files_of_the_repository_that_are_named_exist(name: str) -> None:
    paths = re.findall(r"\b((?:samples|pipeline|dictionaries)/[\w./-]*)", text_of(name))
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


@each_readme
def test_the_table_of_exit_codes_is_that_of_the_program(name: str) -> None:
    table = {int(row[0]): row[1].strip("`") for row in rows(name) if row[0].isdigit()}
    assert table == {code.value: code.name for code in ExitCode}


@each_readme
def test_every_setting_in_the_table_exists_and_has_that_default(name: str, tmp_path: Path) -> None:
    table = [row for row in rows(name) if row[0].startswith("`[")]
    assert len(table) >= 10
    for setting, default, *_ in table:
        section, field = setting.strip("`").split()
        file = tmp_path / "vanban.toml"
        file.write_text(f"{section}\n{field} = {default.strip('`')}\n", encoding="utf-8")
        assert load(file, environment={}) == Settings(), setting


@each_readme
def test_the_switches_of_imaging_are_all_named(name: str) -> None:
    (row,) = (row for row in rows(name) if row[0] == "`[imaging] deskew`")
    imaging = Settings().imaging
    switches = {f.name for f in fields(imaging) if getattr(imaging, f.name) is True}
    assert set(re.findall(r"`(\w+)`", row[2])) == switches - {"deskew"}


@each_readme
def test_the_settings_file_of_the_example_is_understood(name: str, tmp_path: Path) -> None:
    file = tmp_path / "vanban.toml"
    file.write_text("".join(fenced(name, "toml")), encoding="utf-8")
    settings = load(file, environment={})
    assert settings.writers.formats == ("docx", "txt")
    assert settings.imaging.deskew is False


def test_the_glossary_has_the_words_of_the_data_model() -> None:
    glossary = text_of("README.md").split("## Glossary")[1]
    words = set(re.findall(r"^\|[^|]+\| `(\w+)` \|", glossary, re.MULTILINE))
    known = {*Kind, *(field.name for field in fields(Metadata))}
    assert words - known == {"syllable"}


def test_every_data_file_is_described() -> None:
    described = text_of("dictionaries/README.md")
    folder = ROOT / "dictionaries"
    missing = [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*.*"))
        if path.is_file() and path.suffix != ".npy" and f"{path.name}`" not in described
    ]
    assert missing == ["README.md"]
    for path in folder.rglob("*.npy"):
        every, one = f"{path.stem.split('_')[0]}_*.npy", path.name
        assert any(f"{path.parent.name}/{name}`" in described for name in (every, one)), path


def test_the_picture_is_small_and_shows_two_pages() -> None:
    picture = ROOT / "samples" / "before-after.png"
    assert picture.stat().st_size < 400_000
    with Image.open(picture) as image:
        assert 1500 <= image.width <= 1700
        assert image.width > image.height

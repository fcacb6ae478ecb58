"""Disks that fill up or only read, folders and files that vanish or change under a run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest
import runs
from clusters import until

pytestmark = [
    pytest.mark.tesseract,
    pytest.mark.skipif(sys.platform == "win32", reason="mounts and shell scripts"),
]


# Waits until the document is being read.
BEGUN = """
import sys, time
from pathlib import Path
from pipeline.batch.ledger import Ledger
until = time.monotonic() + 30
while time.monotonic() < until:
    with Ledger.look_into(Path(sys.argv[1], '.vanban')) as ledger:
        states = {e.input[-13:]: e.state for e in ledger.entries()}
        if states.get('hai trang.tif') == 'reading':
            break
"""


def _mount(folder: Path, *options: str) -> None:
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", *options, "tmpfs", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("this user may not mount a small disk")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "đĩa"
    _mount(folder, "-o", "size=160k")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def disk_of_small_blocks(tmp_path: Path) -> Iterator[Path]:
    """Yield a disk whose blocks are smaller than a page of memory, so that files may have holes."""
    image, folder = tmp_path / "img", tmp_path / "đĩa"
    with image.open("wb") as file:
        file.truncate(1500 * 1024)
    if shutil.which("mkfs.ext4") is None:
        pytest.skip("no mkfs.ext4")
    subprocess.run(["mkfs.ext4", "-q", "-O", "^has_journal", str(image)], check=True)
    folder.mkdir()
    mount = ["mount", "-o", "loop", str(image), str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_ends_the_run_by_name_and_it_goes_on_when_there_is_room(
    inputs: Path, small_disk: Path, undisturbed: Mapping[str, bytes]
) -> None:
    out = small_disk / "ra"

    done = runs.run(inputs, out)

    assert done.returncode == 30, done.stderr
    assert "cannot be written, because the disk is full" in done.stderr
    assert "stopped; documents left: " in done.stderr
    assert done.stderr.splitlines()[-1].startswith("documents: ")
    for name, data in runs.outputs(out).items():
        assert undisturbed[name] == data
    subprocess.run(["mount", "-o", "remount,size=50m", str(small_disk)], check=True)
    again = runs.run(inputs, out)
    assert again.returncode == 0, again.stderr
    assert runs.outputs(out) == undisturbed


def _occupy(ball: Path) -> None:
    with suppress(OSError), ball.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1024))


def _look(out: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", "status", str(out)],
        env=runs.environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_a_look_at_a_full_disk_with_small_blocks_tells_what_is_done(
    disk_of_small_blocks: Path, tmp_path: Path
) -> None:
    out = disk_of_small_blocks / "ra"
    many = runs.put_inputs(tmp_path / "nhiều", texts=40, pictures=0)
    done = runs.run(many, out)
    assert done.returncode == 30, done.stderr
    _occupy(disk_of_small_blocks / "ball")
    state = out / ".vanban"
    before = {file.name: file.read_bytes() for file in state.iterdir() if file.is_file()}

    looked = _look(out)

    assert looked.returncode == 0, looked.stderr
    assert "40" in looked.stdout
    assert before == {file.name: file.read_bytes() for file in state.iterdir() if file.is_file()}


def test_an_output_folder_that_cannot_be_written_is_told_before_any_work(
    inputs: Path, small_disk: Path
) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    done = runs.run(inputs, small_disk / "ra")

    assert done.returncode == 30
    assert len(done.stderr.splitlines()) == 1


def test_a_disk_that_becomes_read_only_ends_the_run(
    inputs: Path, small_disk: Path, undisturbed: Mapping[str, bytes]
) -> None:
    subprocess.run(["mount", "-o", "remount,size=50m", str(small_disk)], check=True)
    out = small_disk / "ra"
    run = runs.start(inputs, out)
    until(lambda: list(out.rglob("*.json")))
    forced = ["mount", "-o", "remount,ro", str(small_disk)]
    while subprocess.run(forced, capture_output=True, check=False).returncode:
        if run.poll() is not None:
            pytest.skip("the run was never without an open file")
    _, errors = run.communicate(timeout=60)

    assert run.returncode in (0, 30), errors
    assert "Traceback" not in errors
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert runs.run(inputs, out).returncode == 0
    assert runs.outputs(out) == undisturbed


def test_an_output_folder_deleted_during_the_run_ends_it_by_name(
    inputs: Path, tmp_path: Path, undisturbed: Mapping[str, bytes]
) -> None:
    out = tmp_path / "ra"
    run = runs.start(inputs, out)
    until(lambda: list(out.rglob("*.json")))
    while out.exists():
        shutil.rmtree(out, ignore_errors=True)
    _, errors = run.communicate(timeout=60)

    assert run.returncode == 30, errors
    assert "was removed while vanban was writing into it; run again" in errors
    assert "Traceback" not in errors
    assert runs.run(inputs, out).returncode == 0
    assert runs.outputs(out) == undisturbed


@pytest.mark.parametrize("what", ["deleted", "changed"])
def test_an_input_that_is(
    what: str, inputs: Path, tmp_path: Path, undisturbed: Mapping[str, bytes]
) -> None:
    out, victim = tmp_path / "ra", inputs / "hai trang.tif"
    real = shutil.which("tesseract")
    act = f'rm -f "{victim}"' if what == "deleted" else f'cp "{inputs}/quét 1.png" "{victim}"'
    begun = f'{sys.executable} -c "{BEGUN}" "{out}"'
    act = f"{begun}; {act}"
    once = f'case "$*" in *hocr*) if mkdir "{tmp_path}/once" 2>/dev/null; then {act}; fi;; esac'
    path = runs.put_program(tmp_path / "bin", "tesseract", f'{once}\nexec {real} "$@"')

    done = runs.run(inputs, out, variables=path)

    assert done.returncode == 3, done.stderr
    told = [line for line in done.stderr.splitlines() if line.startswith(str(victim))]
    assert told
    found = runs.outputs(out)
    assert {name for name in undisturbed if not name.startswith("hai")} <= found.keys()
    assert not any(name.startswith("hai trang.") for name in found) or what == "changed"


def test_a_file_that_is_still_being_written_is_left_for_later(
    inputs: Path, tmp_path: Path, undisturbed: Mapping[str, bytes]
) -> None:
    out, growing = tmp_path / "ra", inputs / "đang chép.txt"
    run = runs.start(inputs, out)
    with growing.open("w", encoding="utf-8") as file:
        while run.poll() is None and not list(out.rglob("*.json")):
            file.write("Ban Thường vụ Tỉnh ủy đề nghị Huyện ủy báo cáo kết quả.\n")
            file.flush()
            os.fsync(file.fileno())
            time.sleep(0.05)
    _, errors = run.communicate(timeout=60)

    assert run.returncode == 3, errors
    assert "đang chép.txt: changed or removed while it was being read" in errors
    assert runs.outputs(out) == undisturbed
    assert runs.run(inputs, out).returncode == 0
    assert "đang chép.docx" in runs.outputs(out)

"""kill -9 at any moment: what is there is whole, and the same command goes on to the same end."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import psutil
import pytest
import runs
from clusters import until

pytestmark = [
    pytest.mark.tesseract,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9"),
]
KILLS, ROUNDS = 5, 4  # twenty kills
LONGEST = 5.0  # seconds, about what an undisturbed run takes


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_the_main_process_killed_at_random_moments(
    seed: int, inputs: Path, tmp_path: Path, undisturbed: Mapping[str, bytes]
) -> None:
    out, chance = tmp_path / "ra", random.Random(seed)
    for _ in range(KILLS):
        run = runs.start(inputs, out)
        time.sleep(chance.uniform(0.2, LONGEST))
        run.kill()
        run.communicate()
        for name, data in runs.outputs(out).items():
            if not name.endswith(".part"):
                assert undisturbed[name] == data  # whole, at any instant

    done = runs.run(inputs, out)

    assert done.returncode == 0, done.stderr
    assert runs.outputs(out) == undisturbed
    assert runs.page_numbers(runs.outputs(out)) == runs.page_numbers(undisturbed)


def test_pages_that_were_read_before_a_kill_are_not_read_again(
    inputs: Path, tmp_path: Path, undisturbed: Mapping[str, bytes]
) -> None:
    out, calls = tmp_path / "ra", tmp_path / "calls"
    counting = f'case "$*" in *hocr*) echo >> "{calls}";; esac\nexec {_tesseract()} "$@"'
    variables = runs.put_program(tmp_path / "bin", "tesseract", counting)
    whole = tmp_path / "once"
    runs.run(inputs, whole, variables=variables)
    once = len(calls.read_text().splitlines())
    calls.unlink()

    run = runs.start(inputs, out, variables=variables)
    until(lambda: list(out.glob(".vanban/pages/*/*.z")) or list(out.rglob("*.json")))
    run.kill()
    run.communicate()
    runs.run(inputs, out, variables=variables)

    assert runs.outputs(out) == undisturbed == runs.outputs(whole)
    in_flight = 2 * 6  # a page of each worker, at most so many calls
    assert len(calls.read_text().splitlines()) <= once + in_flight


def test_a_worker_killed_costs_a_second_try_of_its_page_alone(
    inputs: Path, tmp_path: Path, undisturbed: Mapping[str, bytes]
) -> None:
    out = tmp_path / "ra"
    run = runs.start(inputs, out)
    killed = 0
    while run.poll() is None and killed < 3:
        time.sleep(0.7)
        for worker in _workers(run.pid)[:1]:
            worker.send_signal(signal.SIGKILL)
            killed += 1
    _, errors = run.communicate(timeout=120)

    assert run.returncode == 0, errors
    assert killed
    assert runs.outputs(out) == undisturbed


def test_a_worker_that_cannot_be_started_ends_the_run_by_name(inputs: Path, tmp_path: Path) -> None:
    program = (
        "import sys; sys.executable = '/no/python'; from pipeline.cli import main; sys.exit(main())"
    )
    options = runs.command(inputs, tmp_path / "ra")[3:]

    done = subprocess.run(
        [sys.executable, "-c", program, *options],
        env=runs.environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )

    assert done.returncode == 23, done.stderr
    assert done.stderr.count("no process could be started for work") == 1
    assert "Traceback" not in done.stderr
    assert runs.run(inputs, tmp_path / "ra").returncode == 0


@pytest.mark.parametrize("ask", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_finishes_the_pages_in_work_and_says_how_to_go_on(
    ask: signal.Signals, inputs: Path, tmp_path: Path, undisturbed: Mapping[str, bytes]
) -> None:
    out = tmp_path / "ra"
    run = runs.start(inputs, out)
    until(lambda: list(out.glob(".vanban/pages/*/*.z")) or run.poll() is not None)
    run.send_signal(ask)
    _, errors = run.communicate(timeout=60)

    assert run.returncode == 130
    assert "Traceback" not in errors
    assert "stopping once the pages in work are read" in errors
    assert "Run the same command again" in errors
    assert runs.outputs(out).items() < undisturbed.items()
    done = runs.run(inputs, out)
    assert done.returncode == 0
    assert runs.outputs(out) == undisturbed


def test_asked_twice_it_leaves_at_once_and_nothing_is_broken(
    inputs: Path, tmp_path: Path, undisturbed: Mapping[str, bytes]
) -> None:
    out = tmp_path / "ra"
    slow = f'case "$*" in *hocr*) sleep 20;; esac\nexec {_tesseract()} "$@"'
    variables = runs.put_program(tmp_path / "bin", "tesseract", slow)
    run = runs.start(inputs, out, variables=variables)
    until(lambda: list(out.rglob("*.json")))  # of a text; the scans are in work
    run.send_signal(signal.SIGINT)
    time.sleep(0.5)
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate(timeout=8)

    assert run.returncode == 130
    assert "Traceback" not in errors
    assert runs.outputs(out).items() <= undisturbed.items()
    assert runs.run(inputs, out).returncode == 0
    assert runs.outputs(out) == undisturbed


def test_the_ledger_tells_what_is_done_and_pending_while_nobody_runs(
    inputs: Path, tmp_path: Path
) -> None:
    out = tmp_path / "ra"
    run = runs.start(inputs, out)
    until(lambda: list(out.rglob("*.json")))
    run.kill()
    run.communicate()

    with sqlite3.connect(out / ".vanban" / "ledger.sqlite3") as ledger:
        states = dict(ledger.execute("SELECT state, count(*) FROM documents GROUP BY state"))
    assert sum(states.values()) == 6
    assert states.keys() <= {"pending", "reading", "writing", "done"}


def _workers(run: int) -> list[psutil.Process]:
    """Return the workers of a run that are there, not the programs that it asks something."""
    try:
        children = psutil.Process(run).children()
        return [child for child in children if "pipeline.batch.worker" in " ".join(child.cmdline())]
    except psutil.NoSuchProcess:
        return []


def _tesseract() -> str:
    from pipeline import tesseract

    return tesseract.program()

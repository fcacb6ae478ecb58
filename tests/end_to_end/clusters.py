"""Real Dask clusters on this machine: a scheduler and workers, each a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
_START = 120.0  # seconds that a process may take to start


class Cluster:
    """A scheduler and its workers of one thread; they stand in a folder of their own."""

    def __init__(self, folder: Path, **variables: str) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.address = ""
        self.scheduler: subprocess.Popen[bytes] | None = None
        self.workers: list[subprocess.Popen[bytes]] = []
        self._variables = variables
        self._logs: list[Path] = []

    def start(self, workers: int = 2) -> Self:
        """Start the scheduler, at the same address as before, and so many workers."""
        self.file.unlink(missing_ok=True)
        port = self.address.rpartition(":")[2] or "0"
        place = ("--host", "127.0.0.1", "--port", port, "--scheduler-file", str(self.file))
        self.scheduler, _ = self._run("scheduler", "--no-dashboard", *place)
        until(lambda: self.file.exists() and self.file.read_text().endswith("}"))
        self.address = json.loads(self.file.read_text())["address"]
        self.add(workers)
        return self

    def add(self, workers: int, **variables: str) -> None:
        """Start so many workers more, and wait for them."""
        name = ("--scheduler-file", str(self.file), "--local-directory", str(self.folder))
        how = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "60")
        started = [self._run("worker", *name, *how, **variables) for _ in range(workers)]
        self.workers += [process for process, _ in started]
        for process, log in started:
            until(lambda: "Registered to" in log.read_text() or process.poll() is not None)  # noqa: B023
            assert process.poll() is None, log.read_text()

    def lose(self, process: subprocess.Popen[bytes] | None) -> None:
        """Kill -9 the scheduler or a worker."""
        assert process is not None
        process.kill()
        process.wait()

    def log(self) -> str:
        """Return all that the processes have said."""
        return "\n".join(log.read_text() for log in self._logs)

    def copies(self) -> list[Path]:
        """Return the copies of files that the workers have got."""
        return list(self.folder.glob("dask-scratch-space/*/vanban/*"))

    def _run(
        self, kind: str, *options: str, **variables: str
    ) -> tuple[subprocess.Popen[bytes], Path]:
        log = self.folder / f"{len(self._logs)}.log"
        self._logs.append(log)
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **self._variables, **variables}
        with log.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{kind}", *options],
                cwd=self.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
            )
        return process, log

    def __enter__(self) -> Self:
        """Nothing to do: a test says when to start."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End all processes."""
        for process in (*self.workers, self.scheduler):
            if process is not None:
                process.kill()
                process.wait()


def until(true: Callable[[], object], seconds: float = _START) -> None:
    """Wait until something is *true*."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)

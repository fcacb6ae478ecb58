"""Calls that worker processes make in the tests; here because workers import them by name."""

import os
import subprocess
import sys
import time
from pathlib import Path

from pipeline.errors import DamagedInputError


def double(number: int) -> int:
    return 2 * number


def environment(name: str) -> str:
    return os.environ.get(name, "")


def fail(path: str) -> None:
    raise DamagedInputError(path, "trang 2")


def stumble(_path: str) -> None:
    raise ZeroDivisionError("a fault\nof two lines")


def die() -> None:
    os._exit(9)


def die_the_first_time(mark: Path) -> str:
    if mark.exists():
        return "alive"
    mark.touch()
    os._exit(9)


def sleep_then_double(number: int) -> int:
    time.sleep(0.2)
    return 2 * number


def hang() -> None:
    time.sleep(60)


def fill_memory() -> None:
    held = bytearray(800 * 2**20)
    held[::4096] = b"x" * len(held[::4096])
    time.sleep(60)


def let_a_child_fill_memory() -> None:
    program = "import calls; calls.fill_memory()"
    subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parent, check=False)


def chatter() -> str:
    os.write(1, b"a library speaks\n")
    sys.stdout.write("and another")
    return "well"

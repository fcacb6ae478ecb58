"""Calls that worker processes make in the tests; here because workers import them by name."""

import os
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

"""Keeps what libraries of others print off the user's terminal: our messages are one line each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

_ERRORS: Final = 2  # the descriptor of standard error


@contextmanager
def quiet() -> Iterator[None]:
    """Drop what is written to standard error while this lasts, by libtiff and its kind.

    Nothing of ours is said meanwhile: a failure is an exception, told by whoever catches it.
    """
    try:
        kept = os.dup(_ERRORS)
    except OSError:  # it is closed: nothing can be said anyway
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, _ERRORS)
        yield
    finally:
        os.dup2(kept, _ERRORS)
        for descriptor in (kept, nowhere):
            with suppress(OSError):
                os.close(descriptor)

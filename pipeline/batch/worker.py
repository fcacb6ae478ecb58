"""What runs in a worker process: takes calls from standard input, answers on standard output.

A worker ends when its standard input does, even in the middle of a call: whoever started it is gone
and nobody would take the answer.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import Any, BinaryIO, Final

from pipeline.batch.executor import outcome_of
from pipeline.threads import keep_to_one

# The models are many objects that stay, and a page makes many that go: looked through less often.
_COLLECTING: Final = (50_000, 20, 50)

_Call = tuple[Any, tuple[Any, ...], str]


def serve() -> None:
    """Answer calls until standard input ends."""
    keep_to_one()
    gc.set_threshold(*_COLLECTING)
    os.environ["OMP_THREAD_LIMIT"] = "1"  # Tesseract's
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent lets running tasks end
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries print is no answer
    calls: SimpleQueue[_Call] = SimpleQueue()
    threading.Thread(target=_take, args=(sys.stdin.buffer, calls), daemon=True).start()
    # A future keeps whatever a call raises, so nothing needs to be caught here.
    with ThreadPoolExecutor(max_workers=1) as thread:
        while True:
            call, arguments, subject = calls.get()
            future = thread.submit(call, *arguments)
            pickle.dump(outcome_of(future, subject), answers)
            answers.flush()


def _take(stream: BinaryIO, calls: SimpleQueue[_Call]) -> None:
    try:
        while True:
            calls.put(pickle.load(stream))  # noqa: S301  # from the process that started us
    finally:
        os._exit(0)

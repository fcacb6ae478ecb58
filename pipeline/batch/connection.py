"""The connection to a Dask scheduler: made, looked after, lost and found again.

What always holds: when it stays lost for longer than it may, whoever waits for it is told by name;
nobody waits for ever.
"""

from __future__ import annotations

import json
import logging
import re
import socket
import threading
import time
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from distributed import Client

from pipeline.errors import NoClusterError, OtherClusterError, VanbanError

_CONNECT: Final = 10.0  # seconds
_ADDRESS: Final = re.compile(r"(tcp|tls|ws|wss)://[^/\s]+|[^/\s]+:\d+")
_PORT: Final = 8786  # where a scheduler listens unless told otherwise
_CLOSE: Final = 2.0  # seconds
_LOOK: Final = 1.0  # seconds between two looks at the cluster
# What a connection fails with; ValueError is for an address that is none.
FAULTS: Final = (OSError, ImportError, RuntimeError, ValueError)


class Connection:
    """A connection to the scheduler at an address or of a scheduler file.

    Attributes:
        where: the address or the file.
        workers: how many tasks each does at a time, by address; never changed, only replaced.
    """

    def __init__(self, where: str, patience: float) -> None:
        """Prepare; the scheduler or all workers may be away for *patience* seconds."""
        self.where = where
        self._patience = patience
        self._client: Client | None = None
        self.workers: dict[str, int] = {}
        self._seen = 0.0
        self._failure: VanbanError | None = None
        self._changed = threading.Condition()
        self._closed = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    @property
    def failure(self) -> VanbanError | None:
        """Why nobody should wait any longer, or None."""
        return self._failure

    def open(self) -> Client:
        """Connect, and wait for a worker.

        Raises:
            NoClusterError: nobody answers, or there are no workers.
            OtherClusterError: the scheduler or a worker has another version of Dask or Python.
        """
        _silence()
        try:
            client = self._client = _connect(address(self.where))
            _require_same_versions(client.get_versions())
            self._seen = time.monotonic()
            while not (self.workers or self._failure):
                self._look()
                self._closed.wait(_LOOK / 10)
        except FAULTS as error:
            raise NoClusterError(self.where, reason(error)) from error
        if self._failure is not None:
            raise self._failure
        self._keeper.start()
        return client

    def client(self) -> Client:
        """Return the client once it is connected and there are workers.

        Raises:
            NoClusterError: it was not for longer than it may be.
        """
        with self._changed:
            while self._failure is None and not self._closed.is_set():
                client = self._client
                if client is not None and client.status == "running" and self.workers:
                    return client
                self._changed.wait(_LOOK)
        raise self._failure or NoClusterError(self.where)

    def close(self) -> None:
        """Leave the cluster; what it still does for us is dropped."""
        self._closed.set()
        if self._client is not None:
            with suppress(*FAULTS):
                self._client.close(timeout=_CLOSE)

    def _keep(self) -> None:
        while self._failure is None and not self._closed.wait(_LOOK):
            with suppress(*FAULTS):
                if self._client is None or self._client.status == "closed":
                    self._client = _connect(address(self.where))
            self._look()

    def _look(self) -> None:
        """See how many workers there are, and whether they are away for too long."""
        now = time.monotonic()
        if self._client is None or self._client.status != "running":
            self.workers = {}
        else:
            with suppress(*FAULTS):  # those of the last look, then
                self.workers = self._client.nthreads()
                self._seen = now if self.workers else self._seen
        if now - self._seen > self._patience:
            self._failure = NoClusterError(self.where, "no workers")
        with self._changed:
            self._changed.notify_all()


def address(where: str) -> str:
    """Return the address of the scheduler: *where* itself, or what the file of that name says.

    Raises:
        OSError, ValueError: it is neither an address nor a scheduler file.
    """
    if _ADDRESS.fullmatch(where) and not Path(where).exists():
        return where if "://" in where else f"tcp://{where}"
    text = Path(where).read_text(encoding="utf-8")
    try:
        return str(json.loads(text)["address"])
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError("no scheduler file") from error


def _connect(address: str) -> Client:
    _greet(address)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of versions: we look ourselves
        return Client(address, timeout=_CONNECT, set_as_default=False, name="vanban")


def _greet(address: str) -> None:
    """See that a scheduler listens there: it speaks first. Dask itself would wait for ever."""
    parts = urlsplit(address)
    if parts.scheme == "tcp":
        with socket.create_connection((parts.hostname, parts.port or _PORT), _CONNECT) as line:
            if not line.recv(1):
                raise ConnectionResetError("no Dask scheduler")


def _require_same_versions(told: dict[str, Any]) -> None:
    """Raise OtherClusterError unless Dask and Python are the same everywhere."""
    for where, found in {"scheduler": told["scheduler"], **told["workers"]}.items():
        other, ours = _versions(found), _versions(told["client"])
        if other != ours:
            raise OtherClusterError(where, f"{other}; {ours}")


def _versions(found: dict[str, Any]) -> str:
    python = ".".join(found["host"]["python"].split(".")[:2])
    return f"Python {python}, distributed {found['packages']['distributed']}"


def reason(error: object) -> str:
    """Return in a few words what an error says."""
    return getattr(error, "strerror", "") or str(error).strip().partition("\n")[0]


def _silence() -> None:
    """Let Dask write nothing of its own between our lines."""
    for name in ("distributed", "distributed.client", "distributed.core", "tornado"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)

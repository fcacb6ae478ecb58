"""The SQLite file under the ledger: its schema, and how it is opened to write or to read."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

_DOCUMENTS: Final = """
CREATE TABLE documents (
    place TEXT PRIMARY KEY, input TEXT NOT NULL, state TEXT NOT NULL,
    size INTEGER NOT NULL DEFAULT 0, modified INTEGER NOT NULL DEFAULT 0,
    looked REAL NOT NULL DEFAULT 0, checksum TEXT NOT NULL DEFAULT '',
    recipe TEXT NOT NULL DEFAULT '', dress TEXT NOT NULL DEFAULT '',
    pages INTEGER NOT NULL DEFAULT 0, words INTEGER NOT NULL DEFAULT 0,
    corrections INTEGER NOT NULL DEFAULT 0, doubts INTEGER NOT NULL DEFAULT 0,
    seconds REAL NOT NULL DEFAULT 0, finished REAL NOT NULL DEFAULT 0,
    confidences TEXT NOT NULL DEFAULT '[]', empty TEXT NOT NULL DEFAULT '[]',
    outputs TEXT NOT NULL DEFAULT '{}', putting TEXT NOT NULL DEFAULT '[]'
) WITHOUT ROWID;
CREATE INDEX documents_by_content ON documents (checksum, recipe);
CREATE TABLE pages (
    place TEXT NOT NULL, number INTEGER NOT NULL, state TEXT NOT NULL,
    seconds REAL NOT NULL DEFAULT 0, PRIMARY KEY (place, number)
) WITHOUT ROWID;
CREATE TABLE failures (
    place TEXT NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL,
    subject TEXT NOT NULL, detail TEXT NOT NULL
);
CREATE INDEX failures_by_place ON failures (place);
"""
_RUNS: Final = """
CREATE TABLE runs (
    number INTEGER PRIMARY KEY, started REAL NOT NULL, ended REAL NOT NULL,
    seconds REAL NOT NULL, documents INTEGER NOT NULL, pages INTEGER NOT NULL,
    ending TEXT NOT NULL
);
"""
_STEPS: Final = (_DOCUMENTS, _RUNS)  # from each version of the schema to the next
LATEST: Final = len(_STEPS)  # the version of the schema
_LOG_HEADER: Final = 32  # bytes at the head of a write-ahead log; no two logs have the same
_LOOKS: Final = 20  # at a ledger that changes under our eyes


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection that writes; the schema is made, or brought up to date.

    Raises:
        sqlite3.Error: the file is damaged, of a later version, or cannot be made.
    """
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        found = version(connection)
        (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if sound != "ok" or found > LATEST:
            raise sqlite3.DatabaseError(f"{sound}, version {found}")
        if steps := "".join(_STEPS[found:]):
            connection.executescript(f"BEGIN; {steps} PRAGMA user_version = {LATEST}; COMMIT;")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Return a connection to a copy in memory, of one moment, also while a run is writing.

    Nothing is written beside the ledger. SQLite itself would put an index of the write-ahead log
    there and map it into memory, and be killed for it by the system where the disk is full.

    Raises:
        sqlite3.Error: the file is damaged.
        OSError: it, or the log beside it, cannot be copied.
    """
    log = path.with_name(f"{path.name}-wal")
    for _ in range(_LOOKS):
        # While it is the same log, it holds all that may have changed in the file meanwhile.
        before = _beginning(log)
        try:
            connection = _copy_with_log(path, log) if before else _in_memory(path)
        except (sqlite3.Error, FileNotFoundError):
            if _beginning(log) == before:
                raise
            continue
        if _beginning(log) == before:
            return connection
        connection.close()
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(path))


def _beginning(log: Path) -> bytes:
    """Return by what one write-ahead log is told from the next; empty, when there is none."""
    try:
        with log.open("rb") as file:
            return file.read(_LOG_HEADER)
    except FileNotFoundError:
        return b""


def _copy_with_log(path: Path, log: Path) -> sqlite3.Connection:
    with TemporaryDirectory(prefix="vanban-") as folder:
        copy = Path(folder, path.name)
        shutil.copyfile(path, copy)  # before the log: what is in it counts
        shutil.copyfile(log, Path(folder, log.name))
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # the index stays in memory
            connection.execute("PRAGMA journal_mode = DELETE")  # takes over what is in the log
        return _in_memory(copy)


def _in_memory(path: Path) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    copy = sqlite3.connect(":memory:")
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.backup(copy)
        copy.execute("SELECT count(*) FROM documents")
    except sqlite3.Error:
        copy.close()
        raise
    return copy


def version(connection: sqlite3.Connection) -> int:
    """Return the version of the schema that the file has."""
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    return int(found)


def move_aside(path: Path) -> None:
    """Rename a damaged ledger, with the files that SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm"):
        file = path.with_name(path.name + ending)
        if file.exists():
            file.replace(file.with_name(f"damaged-{file.name}"))
